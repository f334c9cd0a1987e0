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
    /// Calls `each` with the keys that `form` is filed under, each of its sort and value.
    pub fn for_each_key(&self, form: &str, each: &mut dyn FnMut(Key, &str)) {
        each(Key::Fold, &fold(form));
        if is_quantity(form) {
            // A scaled number is the same as one written in full: `1,2 milliard`, `1 200 000 000`.
            if let Some(value) = amount_without_unit(form) {
                each(Key::Number, value);
            }
            return;
        }
        for (key, language) in [(Key::French, Language::French), (Key::English, Language::English)] {
            if let Some(stem) = self.stemmers.stem(form, language) {
                each(key, &stem);
            }
        }
        canonical_numbers(form).iter().for_each(|value| each(Key::Number, value));
    }
}
