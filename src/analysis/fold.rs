//! The fold of a form: what stays of it when accents, ligatures, apostrophes and inner dots are set
//! aside. Forms with the same fold are the same word typed with more or less care:
//! `société` and `societe`, `œuvre` and `oeuvre`, `u.s` and `us`, `prud'hommes` and `prudhommes`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the fold of a form (lower case, as the tokenizer gives it). Numbers and quantities keep their
/// separators.
pub fn fold(form: &str) -> String {
    let is_number = form.as_bytes().first().is_some_and(|b| b.is_ascii_digit() || *b == b'#');
    if form.is_ascii() {
        return form.chars().filter(|c| is_number || !matches!(c, '\'' | '.')).collect();
    }
    let mut out = String::with_capacity(form.len());
    for c in form.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'þ' => out.push_str("th"),
            // At the end of a word, and nowhere else; of capitals nobody can tell.
            'ς' => out.push('σ'),
            '\'' | '.' if !is_number => {}
            _ => out.push(raised_or_lowered(c).unwrap_or(c)),
        }
    }
    out
}

/// Returns the digit that a raised or a lowered one is: `co₂` and `co2` are one, and so are `m²` and `m2`.
fn raised_or_lowered(c: char) -> Option<char> {
    let value = match c {
        '¹' => 1,
        '²' | '³' => c as u32 - '²' as u32 + 2,
        '⁰' | '⁴'..='⁹' => c as u32 - '⁰' as u32,
        '₀'..='₉' => c as u32 - '₀' as u32,
        _ => return None,
    };
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        for (form, want) in [
            ("société", "societe"),
            ("événement", "evenement"),
            ("évènement", "evenement"),
            ("œuvre", "oeuvre"),
            ("hermès", "hermes"),
            ("prud'hommes", "prudhommes"),
            ("u.s", "us"),
            ("brk.b", "brkb"),
            ("s&p", "s&p"),
            ("0,31", "0,31"),
            ("1.234", "1.234"),
            ("#85.15eur", "#85.15eur"),
            ("łódź", "lodz"),
            ("straße", "strasse"),
            ("ελλάδα", "ελλαδα"),
            ("οδος", "οδοσ"),
            ("co₂", "co2"),
            ("m²m³m¹", "m2m3m1"),
            ("x⁰x⁹x₀x₉", "x0x9x0x9"),
        ] {
            assert_eq!(fold(form), want, "{form}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(form in "[a-zà-ÿœæ'.&0-9]{0,12}") {
            let once = fold(&form);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
