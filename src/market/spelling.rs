//! One spelling of a company's name for all the ways in which its signs are typed: apostrophes, hyphens,
//! spaces. Letter case stays, since it tells `Orange` from `orange`.
//!
//! The build script that compiles the names and the search for them in a text both read through here.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the sign that stands for `c` in names.
pub fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '＇' => '\'',
        '‐' | '‑' | '–' => '-',
        '\n' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        c => c,
    }
}

/// Returns `name` with plain signs and single spaces.
pub fn spelled(name: &str) -> String {
    let name: String = name.nfc().map(plain).collect();
    name.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns `name` without accents.
pub fn unaccented(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'œ' => plain.push_str("oe"),
            'Œ' => plain.push_str("Oe"),
            'æ' => plain.push_str("ae"),
            'Æ' => plain.push_str("Ae"),
            'ø' => plain.push('o'),
            'Ø' => plain.push('O'),
            c => plain.push(c),
        }
    }
    plain
}

/// Returns `name` with plain capitals: writers leave accents on small letters alone, `Electricité`.
pub fn with_plain_capitals(name: &str) -> String {
    let plain = |c: char| if c.is_uppercase() { unaccented(c.encode_utf8(&mut [0; 4])) } else { c.to_string() };
    name.nfc().map(plain).collect()
}

/// Returns `name` with a capital first and no other within its words, as newspapers write the names of brands:
/// `Argenx`, `Caixabank`, `Aena`. What begins a word stays as it is.
pub fn titled(name: &str) -> String {
    let mut titled = String::with_capacity(name.len());
    let mut before = None;
    for c in name.chars() {
        match before {
            None => titled.extend(c.to_uppercase()),
            Some(before) if is_within(before) => titled.extend(c.to_lowercase()),
            Some(_) => titled.push(c),
        }
        before = Some(c);
    }
    titled
}

/// Returns whether what follows a letter or sign stands within a word: `Dick's` is one.
pub fn is_within(before: char) -> bool {
    before.is_alphanumeric() || before == '\''
}

/// Returns a name with, or without, the stop behind a word that is cut short: `St. James`, `St James`.
pub fn abbreviated(name: &str) -> Option<String> {
    const CUT: [&str; 5] = ["St", "Ste", "Dr", "Mt", "Bros"];
    let other = |word: &str| match word.strip_suffix('.') {
        Some(cut) if CUT.contains(&cut) => cut.to_owned(),
        None if CUT.contains(&word) => format!("{word}."),
        _ => word.to_owned(),
    };
    let way = name.split(' ').map(other).collect::<Vec<_>>().join(" ");
    (way != name).then_some(way)
}

/// Returns the other ways in which a name that begins with initials is written: `J.P. Morgan`, `J. P. Morgan`,
/// `JP Morgan`, `J P Morgan`, `J.P.Morgan`.
pub fn initials(name: &str) -> Vec<String> {
    let (mut letters, mut rest) = (Vec::new(), name);
    while let Some((letter, after)) = rest.split_once('.').filter(|(letter, _)| is_initial(letter)) {
        letters.push(letter);
        rest = after.trim_start();
    }
    if letters.is_empty() || !rest.starts_with(char::is_uppercase) || rest.chars().nth(2).is_none() {
        return Vec::new();
    }
    let dotted = letters.join(".");
    let mut ways = vec![
        format!("{dotted}. {rest}"),
        format!("{}. {rest}", letters.join(". ")),
        format!("{} {rest}", letters.concat()),
        format!("{} {rest}", letters.join(" ")),
        format!("{dotted}.{rest}"),
    ];
    ways.retain(|way| way != name);
    ways.dedup();
    ways
}

fn is_initial(letter: &str) -> bool {
    letter.chars().nth(1).is_none() && letter.starts_with(char::is_uppercase)
}

/// Returns the key under which a person's spelling of a name is looked up: small letters, no accents, no
/// dots and commas, no form of company at the end (`Amazon.com, Inc.` and `amazon com` meet).
pub fn folded(name: &str) -> String {
    let folded = unaccented(&spelled(name)).to_lowercase();
    let mut words: Vec<&str> =
        folded.split([' ', '.', ',', '-', '(', ')', '!']).filter(|word| !word.is_empty()).collect();
    loop {
        match words[..] {
            // The German one of partnerships is of three words.
            [_, .., "&", "co", "kgaa"] => words.truncate(words.len() - 3),
            [_, .., form] if is_form(form) => words.truncate(words.len() - 1),
            _ => break,
        }
    }
    words.join(" ")
}

/// Returns whether a word in small letters is a form of company that a name may leave out at its end.
pub fn is_form(word: &str) -> bool {
    FORMS.contains(&word)
}

/// The forms of company that a name may leave out at its end.
const FORMS: [&str; 17] = [
    "inc",
    "corp",
    "co",
    "ltd",
    "plc",
    "llc",
    "lp",
    "sa",
    "se",
    "nv",
    "ag",
    "ab",
    "asa",
    "oyj",
    "spa",
    "kgaa",
    "aktiengesellschaft",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_written_in_many_ways() {
        let ways = ["J.P. Morgan", "JP Morgan", "J P Morgan", "J.P.Morgan"];
        assert_eq!(initials("J. P. Morgan"), ways);
        assert_eq!(initials("T. Rowe Price"), ["T Rowe Price", "T.Rowe Price"]);
        for name in ["Amazon.com", "E.ON", "St. James", "Morgan", "", "A.", ".", "É."] {
            assert!(initials(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn names_are_written_with_one_capital_a_word() {
        for (name, expected) in [
            ("argenx", "Argenx"),
            ("CaixaBank", "Caixabank"),
            ("Dick'S Sporting Goods", "Dick's Sporting Goods"),
            ("Arcelor-Mittal", "Arcelor-Mittal"),
            ("L'ORÉAL", "L'oréal"),
            ("AT&T", "At&T"),
            ("3M", "3m"),
            ("", ""),
        ] {
            assert_eq!(titled(name), expected, "{name}");
        }
    }

    #[test]
    fn words_cut_short_have_a_stop_or_none() {
        for (name, expected) in [
            ("St. James's Place", Some("St James's Place")),
            ("St Mary Land", Some("St. Mary Land")),
            ("Keurig Dr Pepper", Some("Keurig Dr. Pepper")),
            ("Warner Bros. Discovery", Some("Warner Bros Discovery")),
            ("Standard Bank", None),
        ] {
            assert_eq!(abbreviated(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn capitals_lose_their_accents() {
        assert_eq!(with_plain_capitals("Établissements Générale"), "Etablissements Générale");
    }

    #[test]
    fn forms_of_company_are_left_out() {
        for (name, expected) in [
            ("Amazon.com, Inc.", "amazon com"),
            ("Springer Nature AG & Co. KGaA", "springer nature"),
            ("Merck & Co", "merck &"),
            ("Merck KGaA", "merck"),
            ("Deutsche Bank Aktiengesellschaft", "deutsche bank"),
            ("SA", "sa"),
        ] {
            assert_eq!(folded(name), expected, "{name}");
        }
    }
}
