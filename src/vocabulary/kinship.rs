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
    /// All of them.
    const ALL: [Key; 4] = [Key::Fold, Key::French, Key::English, Key::Number];

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
        Key::ALL.into_iter().for_each(|key| self.for_each_value(key, form, &mut |value| each(key, value)));
    }

    /// Returns whether `form` is filed under itself, as a key of this sort.
    pub(super) fn is_own(&self, key: Key, form: &str) -> bool {
        let mut own = false;
        self.for_each_value(key, form, &mut |value| own |= value == form);
        own
    }

    fn for_each_value(&self, key: Key, form: &str, each: &mut dyn FnMut(&str)) {
        let stemmed = |language| self.stemmers.stem(form, language).into_iter();
        match key {
            Key::Fold => each(&fold(form)),
            // A quantity has none.
            Key::French => stemmed(Language::French).for_each(|stem| each(&stem)),
            Key::English => stemmed(Language::English).for_each(|stem| each(&stem)),
            // A scaled number is the same as one written in full: `1,2 milliard`, `1 200 000 000`.
            Key::Number if is_quantity(form) => amount_without_unit(form).into_iter().for_each(each),
            Key::Number => canonical_numbers(form).iter().for_each(|value| each(value)),
        }
    }
}
