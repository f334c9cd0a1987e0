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
                let any = std::mem::replace(&mut self.any, false);
                // Nothing is excluded for a translation's sake.
                let crossings = std::mem::take(&mut self.crossings);
                let plan = self.node(inner, field);
                (self.any, self.crossings) = (any, crossings);
                self.note_untranslated(inner, &plan, field);
                plan
            }
            _ => self.node(node, field),
        }
    }

    /// Notes that what is excluded would have been looked for in the other language as well: `bank NOT loan` keeps
    /// articles with *prêt*, which `bank loan` finds. A translation that `plan` excludes in any case is not told.
    fn note_untranslated(&mut self, excluded: &Node, plan: &Plan, field: Option<TextField>) {
        if self.crossings.is_empty() {
            return;
        }
        let (notes, places) = (self.notes.clone(), self.places);
        let also = std::mem::take(&mut self.also);
        self.node(excluded, field);
        (self.notes, self.places) = (notes, places);
        let mut translations = std::mem::replace(&mut self.also, also);
        plan.for_each_leaf(None, &mut |leaf| {
            if let Plan::Family(family) = leaf {
                translations.retain(|translation| family.forms.iter().all(|form| form.text != *translation));
            }
        });
        if !translations.is_empty() {
            let told = translations[..translations.len().min(MOST_TOLD)].join(", ");
            self.note(said!(
                "`{excluded}` is excluded as typed, and not in the other language ({told})",
                "`{excluded}` est exclu tel quel, et non dans l’autre langue ({told})"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::query::{ParseOptions, parse};
    use crate::search::{Filters, Matching, Reach, expand};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn what_is_excluded_without_its_translation_is_told() {
        let lexicon = Lexicon::of("dividend\tdividende\nloan\tprêt\n");
        let vocabulary = Vocabulary::of(&[&["bank", "dividend", "dividende", "loan", "prêt"]]);
        for (typed, want) in [
            ("bank NOT loan", &["`loan` is excluded as typed, and not in the other language (prêt)"][..]),
            // The English word is an inflection of the French one, as letters go: it is excluded with it.
            ("bank NOT dividende", &[]),
            ("bank NOT bank", &[]),
        ] {
            let query = parse(typed, &ParseOptions::default()).unwrap();
            let asked = Filters::default();
            let got = expand(&query, &asked, Matching::All, &vocabulary, Some(&lexicon), Reach::Asked);
            let notes: Vec<_> = got.notes.iter().map(|note| note.english.as_ref()).collect::<Vec<&str>>();
            assert_eq!(notes, want, "{typed}");
        }
    }
}
