//! The headline: the stated one, or the title line of the text, or its first sentence cut short. Apart
//! because it also decides what stays in the body, so that no text stands twice.

use super::date::{self, Order, dateline};
use super::{author, label, letters, sentence};
use crate::article::HeadlineOrigin;

/// Returns the headline, where it comes from, and the body without the line that became the headline
/// (or that repeats the stated one).
pub fn read(stated: Option<&str>, mut body: String) -> (String, HeadlineOrigin, String) {
    if let Some(stated) = stated.map(folded).filter(|stated| !stated.is_empty()) {
        let repeated = lines(&body).next().filter(|first| same_title(&stated, first.text)).map(|first| first.end);
        if let Some(end) = repeated {
            body.drain(..after_blank_lines(&body, end));
        }
        return (stated, HeadlineOrigin::Metadata, body);
    }
    if let Some(title) = title_line(&body) {
        let headline = folded(title.text);
        let end = after_blank_lines(&body, title.end);
        let start = if body[..title.start].trim().is_empty() { 0 } else { title.start };
        body.drain(start..end);
        return (headline, HeadlineOrigin::FirstLine, body);
    }
    (first_sentence(&body), HeadlineOrigin::FirstSentence, body)
}

/// The longest first line that stands as a title, in characters.
const LONGEST_TITLE: usize = 150;

/// The longest headline made of a sentence, in characters; and the shortest that a clause gives.
const LONGEST_SENTENCE: usize = 140;
const SHORTEST_CLAUSE: usize = 75;

/// How many lines with text may come before the title or the first sentence.
const MOST_LINES_BEFORE: usize = 5;

/// A line with text, and where it stands.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// Whether a blank line or the start of the text comes before it.
    apart: bool,
}

/// Returns the lines that have text; `end` is the byte after the line break.
fn lines(body: &str) -> impl Iterator<Item = Line<'_>> + Clone {
    let mut start = 0;
    let mut apart = true;
    body.split_inclusive('\n').filter_map(move |text| {
        let line = Line { text: text.trim(), start, end: start + text.len(), apart };
        start = line.end;
        apart = line.text.is_empty();
        (!line.text.is_empty()).then_some(line)
    })
}

/// Returns the line that stands as a title, after date and author lines, if one does.
fn title_line(body: &str) -> Option<Line<'_>> {
    let mut rest = lines(body);
    // The letterhead, which is the title only if no other stands below it.
    let mut letterhead = None;
    for _ in 0..=MOST_LINES_BEFORE {
        let Some(line) = rest.next() else { break };
        if let Some(title) = label::stated_title(line.text).filter(|title| looks_like_title(title)) {
            return rest.next().map(|_| Line { text: title, ..line });
        }
        if is_preamble(line.text) {
            continue;
        }
        let following: Vec<Line<'_>> = rest.clone().take(3).collect();
        let is_title = looks_like_title(line.text)
            && !is_wrapped(line, &following)
            && following.iter().any(|line| line.text.contains(char::is_alphabetic));
        match is_title {
            true if is_letterhead(line.text, &following) => letterhead = letterhead.or(Some(line)),
            true => return Some(line),
            false => break,
        }
    }
    letterhead
}

/// Whether a line that could be a title is the name of who publishes it: a company's, or a paper's above its date.
fn is_letterhead(line: &str, following: &[Line<'_>]) -> bool {
    let dated = || following.first().is_some_and(|next| date::is_date_line(next.text));
    label::is_company(line) || label::is_paper(line) && dated()
}

/// Whether the line says when, where or by whom, or is a label, and so is no title.
fn is_preamble(line: &str) -> bool {
    let label =
        line.split_whitespace().nth(1).is_none() && (line.len() <= 30 && !line.ends_with('.') || is_address(line));
    // `Accueil > Bourse > Actions`
    let trail = line.matches(['>', '›', '»']).count() > 1 && !sentence::ends_with_stop(line);
    author::byline(line).is_some() || label || trail || label::is_label(line) || date::is_date_line(line)
}

fn is_address(word: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| word.starts_with(start))
}

fn looks_like_title(line: &str) -> bool {
    let short = line.chars().take(LONGEST_TITLE + 1).count() <= LONGEST_TITLE;
    let letters = line.chars().filter(|c| c.is_alphabetic()).take(2).count() == 2;
    let unfinished = line.ends_with([',', ';', ':', '-', '–', '—', '(']) || ends_with_link(line);
    short
        && letters
        && !unfinished
        && !sentence::ends_with_stop(line)
        && dateline::read(line, Order::DayFirst).is_none()
}

/// Whether the line is the first of a paragraph broken into short lines: the next stands right under it
/// and goes on in lower case, or is itself a broken line.
fn is_wrapped(line: Line<'_>, following: &[Line<'_>]) -> bool {
    let Some(next) = following.first().filter(|next| !next.apart) else { return false };
    let third = following.get(1).filter(|third| !third.apart);
    // No date line stands within a paragraph, and no byline.
    if author::byline(next.text).is_some()
        || [Some(next), third].into_iter().flatten().any(|line| date::is_date_line(line.text))
    {
        return false;
    }
    if next.text.starts_with(char::is_lowercase) {
        return !is_address(next.text);
    }
    let Some(third) = third else { return false };
    let wide = |line: &Line<'_>| (50..=90).contains(&line.text.chars().count());
    wide(&line) && wide(next) && (third.text.starts_with(char::is_lowercase) || ends_with_link(next.text))
}

/// Whether the last word calls for another: a line of prose was cut there.
fn ends_with_link(line: &str) -> bool {
    line.rsplit(char::is_whitespace).next().is_some_and(|word| LINKS.contains(&word))
}

/// Words that end no title and no headline.
const LINKS: &[&str] = &[
    "de", "du", "des", "le", "la", "les", "un", "une", "et", "ou", "à", "au", "aux", "en", "dans", "par", "pour",
    "sur", "avec", "sans", "que", "qui", "dont", "ses", "son", "sa", "ce", "cette", "the", "a", "an", "of", "to",
    "and", "or", "in", "on", "at", "by", "for", "with", "from", "as", "that", "which", "its", "their", "is", "was",
    "are", "has", "have", "will",
];

/// Returns the first sentence without its dateline, cut at a clause or a word.
fn first_sentence(body: &str) -> String {
    let first = lines(body).take(MOST_LINES_BEFORE).find(|line| !is_preamble(line.text));
    let Some(first) = first.or_else(|| lines(body).next()) else { return String::new() };
    let text = first_story(letters::head(&body[first.start..], 4 * 1024).trim_start());
    let dateline = dateline::read(text, Order::DayFirst).map_or(0, |dateline| dateline.length);
    let text = match text[dateline..].trim_start() {
        "" => text,
        rest => rest,
    };
    let mut end = sentence::first_end(text);
    // `EXCLUSIF. Halden supprime 400 postes.`
    let is_word = text[..end].split_whitespace().nth(1).is_none() && text[..end].ends_with(['.', '!', '?']);
    if is_word {
        end += sentence::first_end(&text[end..]);
    }
    shortened(&folded(&text[..end]))
}

/// Returns the text up to the line that another dateline opens: an agency tells its title and then its story, each behind
/// its name.
fn first_story(text: &str) -> &str {
    let breaks = text.match_indices('\n').map(|(at, _)| at);
    let opens = |at: &usize| dateline::read(text[*at..].trim_start(), Order::DayFirst).is_some();
    breaks.take(MOST_LINES_BEFORE).find(opens).map_or(text, |at| &text[..at])
}

/// Cuts a sentence that is too long: at the last clause that leaves enough, or at the last word; with `…`.
fn shortened(sentence: &str) -> String {
    let Some((limit, _)) = sentence.char_indices().nth(LONGEST_SENTENCE) else { return sentence.to_owned() };
    // One character goes to the ellipsis.
    let room = sentence[..limit].char_indices().next_back().map_or(0, |(at, _)| at);
    let least = sentence.char_indices().nth(SHORTEST_CLAUSE).map_or(0, |(at, _)| at);
    let head = &sentence[..room];
    let clause =
        [", ", "; ", " : ", ": ", " – ", " — ", " - "].iter().filter_map(|mark| sentence[..limit].rfind(mark)).max();
    let word = if sentence[room..].starts_with(' ') { room } else { head.rfind(' ').unwrap_or(room) };
    let cut = clause.filter(|&at| at >= least && at <= room).unwrap_or(word);
    let mut kept = sentence[..cut].trim_end();
    while let Some((before, last)) = kept.rsplit_once(' ')
        && (LINKS.contains(&last) || last.chars().all(|c| !c.is_alphanumeric()))
    {
        kept = before.trim_end();
    }
    format!("{}…", kept.trim_end_matches([',', ';', ':', ' ']))
}

/// Returns the text with every run of spaces and line breaks as one space, none at the ends.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in
        text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')).filter(|word| !word.is_empty())
    {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Whether a line says the same as the headline, spaces, letter case and a final stop aside.
fn same_title(headline: &str, line: &str) -> bool {
    if line.len() > headline.len() * 2 + 16 {
        return false;
    }
    let letters = |text: &str| -> Vec<char> {
        let text = text.trim_start_matches(['#', ' ']).trim_end_matches(['.', ' ']);
        text.chars().filter(|c| !c.is_whitespace()).filter_map(letters::plain).collect()
    };
    letters(headline) == letters(line)
}

/// Returns the first byte from `start` that is not in a blank line.
fn after_blank_lines(body: &str, start: usize) -> usize {
    let blank = body[start..].split_inclusive('\n').take_while(|line| line.trim().is_empty());
    start + blank.map(str::len).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use HeadlineOrigin::{FirstLine, FirstSentence, Metadata};
    use proptest::prelude::*;

    fn check(stated: Option<&str>, body: &str, want: (&str, HeadlineOrigin, &str)) {
        let (headline, origin, body) = read(stated, body.to_owned());
        assert_eq!((headline.as_str(), origin, body.as_str()), want);
    }

    #[test]
    fn a_stated_headline_stands() {
        check(Some(" Un \n titre "), "Le texte.", ("Un titre", Metadata, "Le texte."));
        check(Some("Un titre"), "\nUN  TITRE.\n\nLe texte.", ("Un titre", Metadata, "Le texte."));
        check(
            Some("Un titre"),
            "Un titre plus long\nLe texte.",
            ("Un titre", Metadata, "Un titre plus long\nLe texte."),
        );
        check(Some("  "), "Un titre\nLe texte.", ("Un titre", FirstLine, "Le texte."));
    }

    #[test]
    fn a_title_line_leaves_the_body() {
        check(
            None,
            "Les ventes montent\n\nLe groupe va bien.",
            ("Les ventes montent", FirstLine, "Le groupe va bien."),
        );
        check(None, "\r\nWill rates rise?\r\nThe bank met.", ("Will rates rise?", FirstLine, "The bank met."));
        check(None, "Deal with Example Inc.\nThe group met.", ("Deal with Example Inc.", FirstLine, "The group met."));
        check(
            None,
            "Publié le 3 mars 2025\nLes ventes montent\nLe groupe va bien.",
            ("Les ventes montent", FirstLine, "Publié le 3 mars 2025\nLe groupe va bien."),
        );
        check(
            None,
            "By Anne Example\nSales are rising\nThe group is well.",
            ("Sales are rising", FirstLine, "By Anne Example\nThe group is well."),
        );
        let stays = "Le Quotidien du Nord\n4 mars 2025\n\nLe groupe va bien.";
        check(
            None,
            "Le Quotidien du Nord\n4 mars 2025\n\nHalden en hausse de 12 %\n\nLe groupe va bien.",
            ("Halden en hausse de 12 %", FirstLine, stays),
        );
        let stays = "Le Quotidien du Nord, mardi 4 mars 2025, p. 12\n\nLe groupe va bien.";
        check(
            None,
            "Le Quotidien du Nord, mardi 4 mars 2025, p. 12\n\nHalden en hausse\n\nLe groupe va bien.",
            ("Halden en hausse", FirstLine, stays),
        );
        check(
            None,
            "Halden supprime 400 postes\n4 mars 2025\n\nDeux usines ferment\n\nLe groupe va bien.",
            ("Halden supprime 400 postes", FirstLine, "4 mars 2025\n\nDeux usines ferment\n\nLe groupe va bien."),
        );
        let address = "https://halden.example/a\n\nLe groupe va bien.";
        check(None, &format!("Halden up\n{address}"), ("Halden up", FirstLine, address));
        let dated = "04.03.25 - 08:05 - Halden relève ses objectifs\n\nLe groupe va bien.";
        check(None, dated, ("Halden relève ses objectifs", FirstSentence, dated));
        for below in ["mar. 4 mars 2025 08:15", "mardi 4 mars 2025", "4 mars 2025 - Par Anne Petit"] {
            let rest = format!("{below}\n\nLe groupe va bien.");
            check(
                None,
                &format!("Halden supprime 400 postes\n{rest}"),
                ("Halden supprime 400 postes", FirstLine, &rest),
            );
        }
    }

    #[test]
    fn what_stands_above_a_title_is_none() {
        for (above, body) in [
            ("RNS Number : 4821K\nBrightmere PLC\n04 March 2025\n\nBrightmere PLC\n\n", "The board has changed."),
            ("FOR IMMEDIATE RELEASE\n\nContact: Jill Hill, 555-0100\n\n", "The group said so."),
            ("Regulatory News:\n\n", "The group said so."),
            ("Brightmere Corporate News:\n\n", "The group said so."),
            ("https://www.brightmere.example/investors/press-releases/2025/03/04\n\n", "The group said so."),
        ] {
            let (headline, origin, _) = read(None, format!("{above}Directorate Change at a Maker of Valves\n\n{body}"));
            assert_eq!((headline.as_str(), origin), ("Directorate Change at a Maker of Valves", FirstLine), "{above}");
        }
        // Where no title follows, it is the title.
        check(
            None,
            "Brightmere PLC\n\nThe board has changed.",
            ("Brightmere PLC", FirstLine, "The board has changed."),
        );
    }

    #[test]
    fn prose_stays_in_the_body() {
        for (body, want) in [
            ("Le groupe va bien. Il vend.", "Le groupe va bien."),
            ("EXCLUSIF. Halden supprime 400 postes. Fin.", "EXCLUSIF. Halden supprime 400 postes."),
            ("Vidéo. Halden bondit.", "Vidéo. Halden bondit."),
            ("Fin.", "Fin."),
            ("PARIS, July 13 (Reuters) - Shares of the firm\nrose again. More.", "Shares of the firm rose again."),
            ("Paris (AFP) – La Bourse monte. Fin.", "La Bourse monte."),
            ("(AOF) - Halden gagne 3%\n(AOF) - Halden gagne 3% à 28,40 euros. Fin.", "Halden gagne 3%"),
            ("(AOF) - Halden gagne 3%\nPARIS, 3 mars (Reuters) - Halden gagne 3%.", "Halden gagne 3%"),
            (
                "Shares of the firm\nrose again after the report. More.",
                "Shares of the firm rose again after the report.",
            ),
            ("Une seule ligne sans point", "Une seule ligne sans point"),
            ("Publié le 3 mars 2025\nLe groupe va bien. Il vend.", "Le groupe va bien."),
            ("3 mars 2025", "3 mars 2025"),
            ("", ""),
            (" \n ", ""),
        ] {
            check(None, body, (want, FirstSentence, body));
        }
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_clause_or_a_word() {
        let clause = "Le groupe Exemple a annoncé lundi la vente de sa division de semences en Pologne, \
                      alors que les prix des céréales reculent depuis six mois sur tous les marchés.";
        check(
            None,
            clause,
            (
                "Le groupe Exemple a annoncé lundi la vente de sa division de semences en Pologne…",
                FirstSentence,
                clause,
            ),
        );
        let words = "The example group said on Monday that it would sell the seed division it bought ten years ago in \
                     Poland to a rival from the north of the country that it did not name.";
        check(
            None,
            words,
            (
                "The example group said on Monday that it would sell the seed division it bought ten years ago in Poland to a \
                 rival from the north…",
                FirstSentence,
                words,
            ),
        );
    }

    proptest! {
        #[test]
        fn a_headline_is_one_line_and_not_too_long(body in "([A-Za-z,.;:é ]{0,30}|[\n\r]){0,20}") {
            let (headline, origin, rest) = read(None, body.clone());
            prop_assert!(!headline.contains('\n') && headline.chars().count() <= LONGEST_TITLE);
            prop_assert!(rest.len() <= body.len());
            prop_assert!(origin != FirstSentence || rest == body);
        }

        #[test]
        fn any_text_is_survived(stated in proptest::option::of("\\PC{0,20}"), body in "(\\PC|\n){0,200}") {
            let (headline, origin, _) = read(stated.as_deref(), body);
            prop_assert_eq!(origin == Metadata, stated.is_some_and(|stated| !folded(&stated).is_empty()));
            prop_assert!(!headline.starts_with(' '));
        }
    }
}
