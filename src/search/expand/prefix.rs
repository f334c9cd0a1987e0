//! Words of which only the beginning is typed: every form of the vocabulary that begins so.

use super::{Expander, words_of};
use crate::analysis::{Token, fold};
use crate::query::TextField;
use crate::search::plan::{Family, Plan};
use crate::wording::Bilingual;

/// The most forms a prefix opens into.
const PREFIX_FORMS: usize = 16_384;

impl Expander<'_> {
    /// Opens `acqui*`; in a word of several tokens the last is begun.
    pub(super) fn prefix_word(&mut self, text: &str, field: Option<TextField>) -> Plan {
        let tokens: Vec<Token> = words_of(text).collect();
        match tokens.as_slice() {
            [] => Plan::Nothing,
            [token] => {
                let (forms, more) = self.vocabulary.starting_with(&fold(&token.text), PREFIX_FORMS);
                if more {
                    self.notes.push(too_many(text, PREFIX_FORMS));
                }
                let forms = forms.into_iter().map(|form| (form, 1.0)).collect();
                Plan::Family(Family { typed: format!("{text}*"), forms, field, boost: 1.0, ..Family::default() })
            }
            _ => self.phrase(text, true, field, false),
        }
    }
}

/// Says that a prefix opens into too many forms.
pub(super) fn too_many(prefix: &str, most: usize) -> Bilingual {
    said!(
        "more than {most} words begin with `{prefix}`; {most} of them were searched",
        "plus de {most} mots commencent par `{prefix}` ; {most} d’entre eux ont été cherchés"
    )
}
