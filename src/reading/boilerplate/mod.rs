//! Where the boilerplate at the tail begins: disclaimers, credits, "read next", "About X", contacts.
//! Apart because it holds words and tickers of other stories, which must not count for this one.
//!
//! A line is a tail only if it opens with one of a closed list of phrases, stands late in the text, and
//! is followed by what such a tail is made of. When in doubt the text is kept: "Lire aussi" between two
//! paragraphs stays (see [`pointer`]), and so does an article about a picture agency.

mod openers;

use std::sync::LazyLock;

use super::letters::{self, Phrases, SPACES};
use super::{pointer, sentence};
use openers::{CREDIT_WORDS, HOLDINGS, NETWORKS, OPENERS, Reach, Shape};

/// Returns the byte of `body` where its boilerplate begins: the start of a line, or of the credit in
/// brackets that closes the last one; `body.len()` if there is none. Some text always comes before it.
pub fn begin(body: &str) -> usize {
    let lines: Vec<Line<'_>> = late_lines(body);
    let mut end = first_opener(body, &lines).unwrap_or(body.len());
    while let Some(credit) = closing_credit(&body[..end]) {
        end = credit;
    }
    end
}

/// Among so many bytes a notice is looked for.
const FIRST_BYTES: usize = 2000;

/// Returns where in the top of a text a notice begins, below the first prose; the end of the text if none does. It may
/// be too much of the text to be its tail.
pub fn notice(text: &str) -> usize {
    let (mut start, mut below_prose) = (0, false);
    for line in letters::head(text, FIRST_BYTES).split_inclusive('\n') {
        if below_prose && opener(line.trim()) == Some(Reach::Everything) {
            return start;
        }
        below_prose |= is_prose(line.trim());
        start += line.len();
    }
    text.len()
}

/// A tail begins after this share of the text, in percent, or among its last lines.
const LATE: usize = 40;
const LAST_LINES: usize = 8;

/// A line with text in the late part of the body.
struct Line<'a> {
    text: &'a str,
    start: usize,
    /// How many lines with text follow.
    following: usize,
}

/// Returns the lines where a tail may begin, in order. The first line with text is never one.
fn late_lines(body: &str) -> Vec<Line<'_>> {
    let late = body.len() / 100 * LATE;
    let mut lines = Vec::new();
    let mut end = body.len();
    for text in body.rsplit('\n') {
        let start = end - text.len();
        end = start.saturating_sub(1);
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if start < late && lines.len() >= LAST_LINES {
            break;
        }
        lines.push(Line { text, start, following: lines.len() });
    }
    while let Some(first) = lines.last()
        && body[..first.start].trim().is_empty()
    {
        lines.pop();
    }
    lines.reverse();
    lines
}

/// Returns where the first line stands that opens a tail. A notice near the top, with the story below it,
/// opens none: above a tail stands at least a quarter of the prose that it would take.
fn first_opener(body: &str, lines: &[Line<'_>]) -> Option<usize> {
    let prose = |text: &str| text.split('\n').map(str::trim).filter(|line| is_prose(line)).map(str::len).sum::<usize>();
    let above = lines.first().map_or(0, |line| prose(&body[..line.start]));
    let mut below = 0;
    let within: usize = lines.iter().map(|line| if is_prose(line.text) { line.text.len() } else { 0 }).sum();
    let mut found = None;
    // Whether only short lines and openers stand between here and an opener that takes everything.
    let mut short_below = true;
    let mut tail_below = false;
    for (at, line) in lines.iter().enumerate().rev() {
        let next = lines.get(at + 1).map(|line| line.text);
        let reach = opener(line.text).or_else(|| is_about(line.text, next).then_some(Reach::Everything));
        let reach = reach.or_else(|| are_networks(line.text, next).then_some(Reach::ShortLines));
        let everything = match reach {
            Some(Reach::Everything) => true,
            Some(Reach::LastLines) => line.following < LAST_LINES,
            Some(Reach::Tail) => tail_below,
            _ => false,
        };
        below += if is_prose(line.text) { line.text.len() } else { 0 };
        let outweighed = (above + within - below) * 4 < below;
        let opens = (everything || reach == Some(Reach::ShortLines) && short_below) && !outweighed;
        tail_below = opens;
        short_below = everything || short_below && (reach.is_some() || !is_prose(line.text));
        if opens {
            found = Some(line.start);
        }
    }
    found
}

/// Returns the reach of the opener that begins this line, if one does.
fn opener(line: &str) -> Option<Reach> {
    if line == "###" || pointer::is_pointer(line) {
        return Some(Reach::ShortLines);
    }
    let line = line.trim_start_matches(['*', '_', '#', '>', '»', '›', '•', '-', ' ', '\u{a0}']);
    // In lower case the line goes on with the sentence of the line above.
    if line.starts_with(char::is_lowercase) {
        return None;
    }
    if line.starts_with("SOURCE ") && line.len() <= 80 || is_credit(line) {
        return Some(Reach::ShortLines);
    }
    if is_copyright(line) {
        return Some(Reach::LastLines);
    }
    static PHRASES: LazyLock<Phrases<(Shape, Reach)>> = LazyLock::new(|| {
        Phrases::of(OPENERS.into_iter().flatten().map(|&(phrase, shape, reach)| (phrase, (shape, reach))))
    });
    let fits = |(phrase, (shape, _)): &&(&str, (Shape, Reach))| match shape {
        Shape::Start => letters::strip(line, phrase).is_some(),
        Shape::Caption => letters::strip(line, phrase).is_some() && !is_prose(line),
        Shape::Label => letters::strip_word(line, phrase).is_some_and(|length| {
            let after = &line[length..];
            let rest = after.trim_start_matches([' ', '\u{a0}', '\u{202f}', '*', '_', '.']);
            // `Contact-free payment` is no dash.
            let is_dashed = rest.starts_with('-') && !after.starts_with('-');
            rest.is_empty() || rest.starts_with([':', '\u{ff1a}', '–', '—']) || is_dashed
        }),
        Shape::Alone => letters::strip_word(line, phrase).is_some_and(|length| {
            line[length..].trim_matches([' ', '\u{a0}', '\u{202f}', '*', '_', '.', ':']).is_empty()
        }),
    };
    PHRASES.beginning(line).iter().find(fits).map(|(_, (_, reach))| *reach).or_else(|| holdings(line))
}

/// Returns the reach of a line that tells what its author owns.
fn holdings(line: &str) -> Option<Reach> {
    if line.len() > LONGEST_DISCLOSURE {
        return None;
    }
    static PHRASES: LazyLock<Phrases<Reach>> = LazyLock::new(|| Phrases::of(HOLDINGS.iter().copied()));
    let mut reach = None;
    for (space, _) in line.match_indices(' ') {
        let text = &line[space + 1..];
        // One look tells nearly all words.
        if !text.starts_with(['d', 'h', 'i']) {
            continue;
        }
        let mut here = PHRASES.beginning(text).iter();
        match here.find(|(phrase, _)| letters::strip_word(text, phrase).is_some()) {
            Some((_, Reach::Tail)) => reach = Some(Reach::Tail),
            Some((_, told)) => return Some(*told),
            None => {}
        }
    }
    reach
}

/// Whether the line is a sentence or a paragraph, not a title, a name or an address.
pub(super) fn is_prose(line: &str) -> bool {
    line.len() > 200 || sentence::ends_with_stop(line) && line.split_whitespace().nth(6).is_some()
}

/// Whether the line names networks and nothing else, and more than one with the line below: buttons to share the text.
fn are_networks(line: &str, next: Option<&str>) -> bool {
    let count = |line: &str| {
        let names = || {
            line.split(|c| SPACES.contains(&c) || matches!(c, ',' | '|' | '/' | '•' | '·'))
                .filter(|name| !name.is_empty())
        };
        let known = |name: &str| NETWORKS.iter().any(|network| letters::same(name, network));
        if line.len() <= LONGEST_BUTTONS && names().all(known) { names().count() } else { 0 }
    };
    match count(line) {
        0 => false,
        1 => next.is_some_and(|next| count(next) > 0),
        _ => true,
    }
}

/// Buttons take no more than this many bytes.
const LONGEST_BUTTONS: usize = 120;

/// Whether the line heads the portrait of a company that ends a press release. The company must be named
/// again in what follows, or "About" heads something else.
fn is_about(line: &str, next: Option<&str>) -> bool {
    const HEADS: &[&str] = &["about ", "a propos de ", "a propos d'", "a propos du ", "a propos des ", "a propos "];
    let line = line.trim_start_matches(['*', '_', '#', ' ']);
    let Some(length) = HEADS.iter().find_map(|head| letters::strip(line, head)) else { return false };
    let (name, rest) = match line[length..].split_once(':') {
        Some((name, rest)) if !rest.trim().is_empty() => (name, rest),
        Some((name, _)) => (name, next.unwrap_or_default()),
        None => (&line[length..], next.unwrap_or_default()),
    };
    let name = name.trim_matches([' ', '*', '_', '\u{a0}', '\u{202f}']);
    if name.len() > 80 || name.ends_with(['?', '!']) || sentence::ends_with_stop(name) {
        return false;
    }
    if ["us", "the company", "the group", "nous", "la societe", "du groupe"].iter().any(|own| letters::same(name, own))
    {
        return true;
    }
    let articles = ["the ", "la ", "le ", "les ", "l'"];
    let name = articles.iter().find_map(|article| Some(&name[letters::strip(name, article)?..])).unwrap_or(name);
    let word = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let capital = word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && word.contains(char::is_alphabetic);
    capital && letters::head(rest, 300).contains(word)
}

/// Whether the line claims the rights of a text: `Copyright Exemple SA 2025. Tous droits réservés.`
fn is_copyright(line: &str) -> bool {
    line.len() <= LONGEST_CREDIT
        && letters::strip_word(line, "copyright").is_some_and(|length| {
            let mut starts = line[length..].char_indices().map(|(at, _)| &line[length + at..]);
            starts.any(|text| {
                ["rights reserved", "droits reserves"].iter().any(|words| letters::strip(text, words).is_some())
            })
        })
}

/// Whether the line is a credit in brackets: `(Reporting by A; editing by B)`.
fn is_credit(line: &str) -> bool {
    let inner = line.strip_prefix('(').filter(|_| line.len() <= LONGEST_CREDIT);
    inner.is_some_and(|inner| {
        let mut starts = inner.char_indices().map(|(at, _)| &inner[at..]);
        starts.any(|text| CREDIT_WORDS.iter().any(|words| letters::strip(text, words).is_some()))
    })
}

const LONGEST_CREDIT: usize = 400;

/// What an author owns is told in no more than this many bytes.
const LONGEST_DISCLOSURE: usize = 1_500;

/// Returns where the credit in brackets begins that closes the last line of the text.
fn closing_credit(text: &str) -> Option<usize> {
    let trimmed = text.trim_end();
    if !trimmed.ends_with(')') {
        return None;
    }
    let start = trimmed.rfind('(')?;
    (is_credit(&trimmed[start..]) && !trimmed[..start].trim().is_empty()).then_some(start)
}

#[cfg(test)]
mod tests;
