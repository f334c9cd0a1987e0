//! What is excluded: in the forms typed and their inflections, and never for a translation's sake, which is told.

use super::Expander;
use crate::query::{Kind, Node, TextField};
use crate::search::plan::Plan;

/// The most translations of what is excluded that are told.
const MOST_TOLD: usize = 3;

impl Expander<'_> {
    /// Opens what a part excludes.
    pub(super) fn negated(&mut self, node: &Node, field: Option<TextField>) -> Plan {
        match &node.kind {
            // What is excluded is excluded in the forms that would have been found, no matter how many
            // words the request needs.
            Kind::Not(inner) => {
                self.note_untranslated(inner, field);
                let any = std::mem::replace(&mut self.any, false);
                // Nothing is excluded for a translation's sake.
                let crossings = std::mem::take(&mut self.crossings);
                let plan = self.node(inner, field);
                (self.any, self.crossings) = (any, crossings);
                plan
            }
            _ => self.node(node, field),
        }
    }

    /// Notes that what is excluded would have been looked for in the other language as well: `bank NOT loan` keeps
    /// articles with *prêt*, which `bank loan` finds.
    fn note_untranslated(&mut self, excluded: &Node, field: Option<TextField>) {
        if self.crossings.is_empty() {
            return;
        }
        let (notes, places) = (self.notes.clone(), self.places);
        let also = std::mem::take(&mut self.also);
        self.node(excluded, field);
        (self.notes, self.places) = (notes, places);
        let translations = std::mem::replace(&mut self.also, also);
        if !translations.is_empty() {
            let told = translations[..translations.len().min(MOST_TOLD)].join(", ");
            self.note(said!(
                "`{excluded}` is excluded as typed, and not in the other language ({told})",
                "`{excluded}` est exclu tel quel, et non dans l’autre langue ({told})"
            ));
        }
    }
}
