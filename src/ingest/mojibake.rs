//! Mojibake: UTF-8 that some program before us read as Windows-1252 and wrote again, `Ã©` for `é` and
//! `â€™` for `’`, once or several times over.
//!
//! Only what cannot be meant is repaired: characters that make a whole UTF-8 sequence again, of a letter
//! or sign that French and English news have, where their own spelling has none such. What is repaired
//! is counted, so that it can be told.

use memchr::memchr_iter;

use crate::article::Draft;

/// How many times over a text may have been encoded.
const DEEPEST: usize = 3;

/// The first byte, in UTF-8, of every character that a sequence can begin with: `Â Ã Å â ð`.
const FIRST: u8 = 0xC3;

/// The characters that Windows-1252 has from 0x80 on; U+FFFD where it has none.
const UPPER: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž', '\u{FFFD}', '\u{FFFD}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}', 'ž', 'Ÿ',
];

/// Repairs the texts of a draft and notes how many characters were.
pub(super) fn repair_draft(draft: &mut Draft) {
    let fields = [&mut draft.headline, &mut draft.source, &mut draft.author, &mut draft.section];
    for text in fields.into_iter().flatten().chain([&mut draft.body]) {
        if let Some((repaired, count)) = repair(text) {
            *text = repaired;
            draft.repaired = draft.repaired.saturating_add(count);
        }
    }
}

/// Returns the text repaired and how many characters were; `None` if there is nothing to repair.
fn repair(text: &str) -> Option<(String, u32)> {
    let mut result = repair_once(text)?;
    for _ in 1..DEEPEST {
        let Some((repaired, _)) = repair_once(&result.0) else { break };
        result.0 = repaired;
    }
    Some(result)
}

fn repair_once(text: &str) -> Option<(String, u32)> {
    let mut repaired = String::new();
    let mut kept = 0;
    let mut count = 0;
    for at in memchr_iter(FIRST, text.as_bytes()) {
        if at < kept {
            continue;
        }
        if let Some((meant, length)) = sequence(text, at) {
            repaired.push_str(&text[kept..at]);
            repaired.push(meant);
            kept = at + length;
            count += 1;
        }
    }
    repaired.push_str(&text[kept..]);
    (count > 0).then_some((repaired, count))
}

/// Returns the character that was meant by what begins at byte `at`, and how many bytes stand for it.
fn sequence(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    let lead = byte_of(rest.chars().next()?)?;
    let more = match lead {
        0xC2 | 0xC3 | 0xC5 => 1,
        0xE2 => 2,
        0xF0 => 3,
        _ => return None,
    };
    let mut bytes = vec![lead];
    let mut length = 0;
    for (n, c) in rest.chars().take(more + 1).enumerate() {
        length += c.len_utf8();
        if n > 0 {
            bytes.push(byte_of(c).filter(|byte| (0x80..0xC0).contains(byte))?);
        }
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let before = text[..at].chars().next_back();
    let after = rest[length..].chars().next();
    is_meant(meant, before, after).then_some((meant, length))
}

/// Returns whether a character is one that news have, and not what the characters that stand for it spell.
fn is_meant(meant: char, before: Option<char>, after: Option<char>) -> bool {
    match meant {
        // `Â` ends no word in lower case, but one in capitals might, before a sign.
        '\u{A0}'..='\u{BF}' => !before.is_some_and(char::is_uppercase),
        // Control codes are half of what was encoded more than twice.
        '\u{80}'..='\u{9F}' | '\u{C0}'..='\u{FF}' => true,
        // `Å` is a word, and may be quoted.
        'œ' => after.is_some_and(char::is_lowercase),
        'Œ' => after.is_some_and(char::is_alphabetic),
        'Š' => after.is_some_and(char::is_alphabetic),
        'š' | 'ž' | 'Ž' | 'Ÿ' => true,
        '\u{2000}'..='\u{214F}' | '\u{2190}'..='\u{22FF}' | '\u{1F000}'..='\u{1FAFF}' => true,
        _ => false,
    }
}

/// Returns the byte that is read as `c` in Windows-1252, or in ISO-8859-1.
fn byte_of(c: char) -> Option<u8> {
    match u8::try_from(c) {
        Ok(byte) => Some(byte),
        Err(_) => UPPER.iter().position(|&upper| upper == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::testing::read_one;

    /// Returns what becomes of a text whose UTF-8 is read as Windows-1252.
    fn broken(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_encoded_twice_is_repaired() {
        for text in [
            "Le bénéfice d’Exemple dépasse 3 € – « à l’été », a-t-il dit…",
            "Société Générale à Évry : œuvre, cœur, ŒUVRE",
            "The company’s “profit” rose — £3m, 5°",
            "À Noël, ça chauffe 🚀",
        ] {
            let once = broken(text);
            assert_eq!(repair(&once).unwrap().0, text, "{once}");
            let twice = broken(&once);
            assert_eq!(repair(&twice).unwrap().0, text, "{twice}");
            assert_eq!(repair(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_is_broken_is_repaired() {
        let text = format!("Un été {} cher", broken("très"));
        assert_eq!(repair(&text), Some(("Un été très cher".to_owned(), 1)));
    }

    #[test]
    fn what_can_be_meant_stays() {
        for text in
            ["NÃO É’", "SÃO PAULO", "le château, bâti", "« Å », Å’, “Å“", "PÂ»", "Ä“", "prêt-à-porter", "ð", "Ã", "â€"]
        {
            assert_eq!(repair(text), None, "{text}");
        }
    }

    #[test]
    fn every_format_is_repaired_and_says_so() {
        let title = broken("Le bénéfice monte");
        let draft =
            read_one("a.json", format!("{{\"title\":\"{title}\",\"body\":\"{}\"}}", broken("À l’été.")).as_bytes());
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Le bénéfice monte"), "À l’été."));
        assert_eq!(draft.repaired, 6);
        assert_eq!(read_one("a.txt", "Le bénéfice".as_bytes()).repaired, 0);
    }

    proptest! {
        #[test]
        fn what_is_repaired_needs_no_repair(text in "[a-zé’Ãâ€™©Â \u{A0}œ]{0,40}") {
            if let Some((repaired, count)) = repair(&text) {
                prop_assert!(count > 0 && repaired.chars().count() < text.chars().count());
            }
        }

        #[test]
        fn french_letters_survive(text in "[a-zàâçéèêëîïôùûœÀÉÈ’«» -]{0,60}") {
            prop_assert_eq!(repair(&text), None);
        }
    }
}
