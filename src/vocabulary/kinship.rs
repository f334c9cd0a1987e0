//! What makes two forms kin: the keys that a form is filed under.

use crate::analysis::{Stemmers, amount_without_unit, canonical_numbers, fold, is_quantity};
use crate::article::Language;

/// The sorts of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The form without accents.
    Fold,
    /// Its French stem.
    French,
    /// Its English stem.
    English,
    /// The value of a number.
    Number,
}

impl Key {
    /// Returns the byte that stands before keys of this sort on disk.
    pub(super) fn tag(self) -> u8 {
        match self {
            Key::Fold => b'a',
            Key::French => b'f',
            Key::English => b'e',
            Key::Number => b'n',
        }
    }
}

/// Computes the keys of forms.
#[derive(Default)]
pub struct Kinship {
    stemmers: Stemmers,
}

impl Kinship {
    /// Returns the keys that `form` is filed under.
    pub fn keys(&self, form: &str) -> Vec<(Key, String)> {
        let mut keys = vec![(Key::Fold, fold(form))];
        if is_quantity(form) {
            // A scaled number is the same as one written in full: `1,2 milliard`, `1 200 000 000`.
            keys.extend(amount_without_unit(form).map(|value| (Key::Number, value.to_owned())));
            return keys;
        }
        for (key, language) in [(Key::French, Language::French), (Key::English, Language::English)] {
            keys.extend(self.stemmers.stem(form, language).map(|stem| (key, stem)));
        }
        keys.extend(canonical_numbers(form).into_iter().map(|value| (Key::Number, value)));
        keys
    }
}
