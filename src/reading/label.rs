//! What stands above a title or before a dateline and says nothing of the news: the sort of text
//! ("Communiqué de presse"), whom it must not reach, and what a register knows of the company.
//!
//! Apart because headline and date pass over the same lines.

use super::letters::{self, SPACES};

/// The sorts of text, in plain form.
const SORTS: &[&str] = &[
    "communique",
    "communique de presse",
    "communiques de presse",
    "press release",
    "press releases",
    "news release",
    "news releases",
    "media release",
    "information reglementee",
    "informations reglementees",
    "regulated information",
    "information privilegiee",
    "informations privilegiees",
    "inside information",
    "regulatory announcement",
    "regulatory news",
    "ad hoc announcement",
    "ad hoc release",
    "ad hoc news",
    "annonce evenementielle",
    "stock exchange release",
    "stock exchange announcement",
    "company announcement",
    "corporate news",
    "for immediate release",
    "pour diffusion immediate",
    "diffusion immediate",
    "a la une",
    "breaking news",
];

/// What such a sort may go on with: the rule that asks for it.
const RULES: &[&str] = &["pursuant to", "according to", "selon", "au sens de", "conformement"];

/// How a warning begins that says whom the text must not reach.
const WARNINGS: &[&str] = &[
    "ne pas diffuser",
    "ne pas distribuer",
    "ne doit pas etre diffuse",
    "not for distribution",
    "not for release",
    "not for publication",
    "this announcement contains inside information",
];

/// What a register says of the company, and the lines of a form, which a colon follows.
const REGISTER: &[&str] = &[
    "societe anonyme",
    "societe europeenne",
    "societe par actions simplifiee",
    "societe en commandite",
    "siege social",
    "registered office",
];
const FORM: &[&str] = &[
    "rns number",
    "number",
    "company",
    "emetteur",
    "issuer",
    "tidm",
    "ticker",
    "isin",
    "code isin",
    "lei",
    "mnemo",
    "time",
    "heure",
    "source",
    "contact",
    "contacts",
    "media contact",
    "press contact",
    "investor contact",
    "contact presse",
];

/// How a form marks the title.
const TITLES: &[&str] = &["headline", "title", "titre", "objet", "subject"];

/// Between the parts of a label: `Regulated information – inside information`.
const MARKS: &[char] = &['-', '\u{2013}', '\u{2014}', '|', '/', ':', '\u{2022}', '\u{b7}'];

/// No such line is longer than this many bytes.
const LONGEST: usize = 160;

/// Returns whether the line is a label, and no more.
pub fn is_label(line: &str) -> bool {
    let line = line.trim_matches(|c: char| SPACES.contains(&c) || matches!(c, '*' | '_' | '[' | ']'));
    if line.len() > LONGEST {
        return false;
    }
    let rest = after_sorts(line);
    let ruled = rest.len() < line.len() && RULES.iter().any(|rule| letters::strip_word(rest, rule).is_some());
    line.len() > rest.len() && rest.is_empty()
        || ruled
        || [WARNINGS, REGISTER].into_iter().flatten().any(|words| letters::strip_word(line, words).is_some())
        || is_registration(line)
        || is_rubric(line)
        || field(line, FORM).is_some()
}

/// Returns the line without the sorts of text that it begins with, and the marks behind each.
pub fn after_sorts(line: &str) -> &str {
    let mut rest = line;
    while let Some(length) = SORTS.iter().filter_map(|sort| letters::strip_word(rest, sort)).max() {
        let after = rest[length..].trim_start_matches(SPACES);
        // A word behind it makes it a part of a sentence, unless a rule follows.
        let ends = after.is_empty() || after.starts_with(MARKS);
        if !ends && !RULES.iter().any(|rule| letters::strip_word(after, rule).is_some()) {
            break;
        }
        rest = after.trim_start_matches(|c| MARKS.contains(&c) || SPACES.contains(&c));
    }
    rest
}

/// Returns what follows the sorts of text that the line begins with, a mark or none behind the last one.
pub fn behind_sorts(line: &str) -> Option<&str> {
    let rest = after_sorts(line);
    match SORTS.iter().filter_map(|sort| letters::strip_word(rest, sort)).max() {
        Some(length) => Some(&rest[length..]),
        None => Some(rest).filter(|rest| rest.len() < line.len()),
    }
}

/// Returns what a form names as the title: `Headline: Director/PDMR Shareholding`.
pub fn stated_title(line: &str) -> Option<&str> {
    field(line, TITLES)
}

/// Returns the value of a line of a form that has one of these names, in plain form.
pub fn field<'a>(line: &'a str, names: &[&str]) -> Option<&'a str> {
    let (name, value) = line.split_once([':', '\u{ff1a}'])?;
    let name = name.trim_end_matches(SPACES);
    let value = value.trim_matches(SPACES);
    (!value.is_empty() && names.iter().any(|known| letters::same(name, known))).then_some(value)
}

/// Returns whether the line only says that news follow: `Halden Corporate News:`.
fn is_rubric(line: &str) -> bool {
    let Some(words) = line.strip_suffix(':').map(|words| words.trim_end_matches(SPACES)) else { return false };
    let last = words.rsplit(SPACES).next().unwrap_or_default();
    ["news", "actualites"].iter().any(|news| letters::same(last, news)) && words.split(SPACES).count() <= 4
}

/// Returns whether the line is the company's number in a register: `RCS Lille Métropole 812 345 678`, `812 345 678 RCS Lille`.
fn is_registration(line: &str) -> bool {
    let figures = line.bytes().filter(u8::is_ascii_digit).count();
    figures >= 9
        && line.split(SPACES).any(|word| matches!(word.trim_matches(['.', ',']), "RCS" | "R.C.S" | "SIREN" | "SIRET"))
}

/// Forms of companies that end their names, in plain form and without dots.
const COMPANIES: &[&str] = &[
    "sa",
    "sas",
    "se",
    "sca",
    "nv",
    "bv",
    "ag",
    "plc",
    "inc",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "llc",
    "lp",
    "oyj",
    "asa",
    "ab",
    "as",
    "spa",
    "reit",
    "incorporated",
];

/// Returns whether the line is the full name of a company, as a letterhead has it: `Brightmere plc`.
pub fn is_company(line: &str) -> bool {
    let mut words = line.split(|c: char| SPACES.contains(&c) || c == ',').filter(|word| !word.is_empty());
    let Some(last) = words.next_back() else { return false };
    let last: String = last.chars().filter(|c| *c != '.').collect();
    let before: Vec<&str> = words.collect();
    let named =
        |word: &&str| word.starts_with(|c: char| !c.is_lowercase()) || matches!(*word, "de" | "et" | "and" | "of");
    COMPANIES.iter().any(|form| letters::same(&last, form))
        && (1..=5).contains(&before.len())
        && before.iter().all(named)
}

/// Words in the names of papers and agencies, in plain form.
const PAPERS: &[&str] = &[
    "times",
    "post",
    "journal",
    "news",
    "daily",
    "weekly",
    "herald",
    "tribune",
    "wire",
    "newswire",
    "press",
    "gazette",
    "telegraph",
    "chronicle",
    "courier",
    "observer",
    "magazine",
    "agency",
    "quotidien",
    "hebdomadaire",
    "presse",
    "agence",
    "courrier",
    "depeche",
    "echo",
    "echos",
    "monde",
    "revue",
    "bulletin",
];

/// Returns whether the line is the name of a paper or an agency: `Le Quotidien du Nord`.
pub fn is_paper(line: &str) -> bool {
    let words = || line.split(|c: char| SPACES.contains(&c) || c == '\'' || c == '’');
    let is_named = |word: &str| {
        word.starts_with(char::is_uppercase) || matches!(word, "de" | "du" | "des" | "la" | "of" | "the" | "l")
    };
    (2..=5).contains(&words().count())
        && !line.contains([':', '?', '!', '"', '.'])
        && words().all(is_named)
        && words().any(|word| PAPERS.iter().any(|paper| letters::same(word, paper)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_every_sort_are_told() {
        for line in [
            "COMMUNIQUÉ DE PRESSE",
            "Press Releases",
            "Information privilégiée",
            "Regulated information – inside information",
            "Communiqué de presse | Information réglementée :",
            "Ad hoc announcement pursuant to Art. 53 LR",
            "NOT FOR DISTRIBUTION IN OR INTO THE UNITED STATES",
            "Ne pas diffuser aux États-Unis, au Canada ou au Japon",
            "Société anonyme au capital de 12 400 000 euros",
            "Siège social : 14 rue des Tanneurs, 59000 Lille",
            "RCS Lille Métropole 812 345 678",
            "RNS Number : 4821K",
            "Time: 16:30 SGT",
            "Contact: Jill Hill, 555-0100",
            "Halden Corporate News:",
        ] {
            assert!(is_label(line), "{line}");
        }
    }

    #[test]
    fn titles_are_no_labels() {
        for line in [
            "Communiqué de presse sur les résultats du semestre",
            "Press release rules will change next year",
            "Inside information leaked before the deal",
            "Société : la rue gronde",
            "Information réglementée : le groupe publie ses comptes",
            "RCS lance un fonds",
            "The markets brace for more bad news:",
            "",
        ] {
            assert!(!is_label(line), "{line}");
        }
        assert_eq!(after_sorts("Communiqué de presse – Nanterre, le 3 mars"), "Nanterre, le 3 mars");
        assert_eq!(after_sorts("Communiqué de presse sur les ventes"), "Communiqué de presse sur les ventes");
        assert_eq!(stated_title("Headline: Director Shareholding"), Some("Director Shareholding"));
        assert_eq!(stated_title("Headline inflation: still high"), None);
    }

    #[test]
    fn a_letterhead_is_told_from_a_title() {
        for line in ["Brightmere plc", "BELVOIR SA", "Fenwick & Oak Holdings, Inc.", "Banque de Lorraine S.A."] {
            assert!(is_company(line), "{line}");
        }
        for line in ["Le Quotidien du Nord", "The Northway Times", "L’Écho de Lille", "Agence Halden"] {
            assert!(is_paper(line), "{line}");
        }
        for line in ["Halden cuts 400 jobs", "News", "Bad news for Halden", "Le groupe Halden"] {
            assert!(!is_paper(line), "{line}");
        }
        for line in ["Deal with Example Inc.", "plc", "Le groupe quitte la SA", "Brightmere plc slips"] {
            assert!(!is_company(line), "{line}");
        }
    }

    #[test]
    fn the_tables_are_plain() {
        for words in [SORTS, RULES, WARNINGS, REGISTER, FORM, TITLES, COMPANIES, PAPERS].into_iter().flatten() {
            assert_eq!(letters::strip(words, words), Some(words.len()), "{words}");
        }
    }
}
