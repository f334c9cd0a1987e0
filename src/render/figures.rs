//! Numbers for people: in groups of three digits, with the decimal sign and the noun of a language.
//!
//! Separate from the texts they stand in, so that one number reads the same in all of them.

use crate::wording::UiLanguage;

/// Returns a count with its noun.
pub fn counted(count: u64, one: &str, many: &str, language: UiLanguage) -> String {
    format!("{} {}", thousands(count, language), language.plural(count, one, many))
}

/// Returns a number of bytes in megabytes: `1.5 MB`, `1,5 Mo`.
pub fn size(bytes: u64, language: UiLanguage) -> String {
    format!("{} {}", decimal(bytes as f64 / 1e6, 1, language), language.pick("MB", "Mo"))
}

/// Returns a number with `decimals` decimals, after a point or a comma.
pub(super) fn decimal(number: f64, decimals: usize, language: UiLanguage) -> String {
    let text = format!("{number:.decimals$}");
    language.pick(text.clone(), text.replace('.', ","))
}

/// Returns `12,345`, or in French `12 345`, with a no-break space.
pub fn thousands(count: u64, language: UiLanguage) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(language.pick(',', '\u{a0}'));
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_language_does() {
        let [english, french] = [UiLanguage::English, UiLanguage::French];
        assert_eq!(counted(3747, "form", "forms", english), "3,747 forms");
        assert_eq!(counted(1, "form", "forms", english), "1 form");
        assert_eq!(counted(0, "forme", "formes", french), "0 forme");
        assert_eq!([english, french].map(|language| size(1_249_000, language)), ["1.2 MB", "1,2 Mo"]);
        assert_eq!([999, 1000, 1_234_567].map(|count| thousands(count, english)), ["999", "1,000", "1,234,567"]);
        assert_eq!([999, 1_234_567].map(|count| thousands(count, french)), ["999", "1\u{a0}234\u{a0}567"]);
    }
}
