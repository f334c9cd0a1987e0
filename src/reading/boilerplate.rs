//! Where the boilerplate at the tail begins: disclaimers, credits, "read next", "About X", contacts.
//! Apart because it holds words and tickers of other stories, which must not count for this one.
//!
//! A line is a tail only if it opens with one of a closed list of phrases, stands late in the text, and
//! is followed by what such a tail is made of. When in doubt the text is kept: "Lire aussi" between two
//! paragraphs stays (see [`pointer`]), and so does an article about a picture agency.

use std::sync::LazyLock;

use super::letters::{self, Phrases};
use super::{pointer, sentence};

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

/// What an opener asks of its line.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// It begins the line.
    Start,
    /// It begins a short line that is no sentence.
    Caption,
    /// It is the line, or a colon follows it.
    Label,
    /// It is the whole line but for a colon: a word that also opens news.
    Alone,
}

/// What an opener takes with it.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    /// All that follows.
    Everything,
    /// All that follows, if the line is one of the last.
    LastLines,
    /// Short lines and other openers; with a paragraph of prose behind it, it is not a tail.
    ShortLines,
    /// A tail that begins right below it.
    Tail,
}

/// Phrase in plain form, what its line must look like, what it takes with it.
type Opener = (&'static str, Shape, Reach);

/// Credits of pictures and people: names that are not in the news.
const CREDITS: &[Opener] = &[
    ("image via", Shape::Caption, Reach::ShortLines),
    ("image courtesy", Shape::Caption, Reach::ShortLines),
    ("image by", Shape::Caption, Reach::ShortLines),
    ("image", Shape::Label, Reach::ShortLines),
    ("image credit", Shape::Label, Reach::ShortLines),
    ("photo via", Shape::Caption, Reach::ShortLines),
    ("photo by", Shape::Caption, Reach::ShortLines),
    ("photo courtesy", Shape::Caption, Reach::ShortLines),
    ("photo", Shape::Label, Reach::ShortLines),
    ("photos", Shape::Label, Reach::ShortLines),
    ("photo credit", Shape::Label, Reach::ShortLines),
    ("credit photo", Shape::Label, Reach::ShortLines),
    ("credits photo", Shape::Label, Reach::ShortLines),
    ("credit image", Shape::Label, Reach::ShortLines),
    ("illustration", Shape::Label, Reach::ShortLines),
    ("reporting by", Shape::Caption, Reach::ShortLines),
    ("to contact the reporter", Shape::Start, Reach::ShortLines),
    ("to contact the author", Shape::Start, Reach::ShortLines),
    ("pour contacter l'auteur", Shape::Start, Reach::ShortLines),
    ("(end) dow jones", Shape::Start, Reach::ShortLines),
    ("(fin) dow jones", Shape::Start, Reach::ShortLines),
    ("(finir) dow jones", Shape::Start, Reach::ShortLines),
    ("view source version on", Shape::Start, Reach::ShortLines),
    ("consultez la version source sur", Shape::Start, Reach::ShortLines),
    ("valeurs associees", Shape::Caption, Reach::ShortLines),
    ("information fournie par", Shape::Caption, Reach::ShortLines),
    ("article redige par", Shape::Caption, Reach::ShortLines),
    ("cet article a ete traduit", Shape::Start, Reach::LastLines),
    ("cet article a ete redige", Shape::Start, Reach::LastLines),
    ("this article was generated", Shape::Start, Reach::LastLines),
    ("this content was partially produced", Shape::Start, Reach::LastLines),
    ("((", Shape::Caption, Reach::ShortLines),
];

/// Notices of the law and of the house: the same under every article.
const NOTICES: &[Opener] = &[
    ("avis de non-responsabilite", Shape::Label, Reach::Everything),
    ("clause de non-responsabilite", Shape::Label, Reach::Everything),
    ("avertissement", Shape::Alone, Reach::Everything),
    ("avertissement legal", Shape::Label, Reach::Everything),
    ("disclaimer", Shape::Label, Reach::Everything),
    ("disclaimers", Shape::Label, Reach::Everything),
    ("disclosure", Shape::Label, Reach::Everything),
    ("disclosures", Shape::Label, Reach::Everything),
    ("legal notice", Shape::Label, Reach::Everything),
    ("legal disclaimer", Shape::Label, Reach::Everything),
    ("our standards", Shape::Label, Reach::LastLines),
    ("nos standards", Shape::Label, Reach::LastLines),
    ("the views and opinions expressed", Shape::Start, Reach::LastLines),
    ("copyright ©", Shape::Start, Reach::LastLines),
    ("copyright (c)", Shape::Start, Reach::LastLines),
    ("copyright 20", Shape::Start, Reach::LastLines),
    ("© 20", Shape::Start, Reach::LastLines),
    ("©20", Shape::Start, Reach::LastLines),
    ("© copyright", Shape::Start, Reach::LastLines),
    ("©", Shape::Caption, Reach::LastLines),
    ("reproduction interdite", Shape::Start, Reach::LastLines),
    ("toute reproduction", Shape::Start, Reach::LastLines),
    ("this information is provided by", Shape::Start, Reach::LastLines),
    ("ce message vous est envoye", Shape::Start, Reach::LastLines),
    ("vous recevez ce message", Shape::Start, Reach::LastLines),
    ("you are receiving this", Shape::Start, Reach::LastLines),
    ("you received this email", Shape::Start, Reach::LastLines),
    ("pour vous desabonner", Shape::Start, Reach::LastLines),
    ("se desabonner", Shape::Caption, Reach::LastLines),
    ("to unsubscribe", Shape::Start, Reach::LastLines),
    ("unsubscribe", Shape::Caption, Reach::LastLines),
    ("(c) 20", Shape::Start, Reach::LastLines),
    ("all rights reserved", Shape::Start, Reach::LastLines),
    ("tous droits reserves", Shape::Start, Reach::LastLines),
    ("vos commentaires", Shape::Label, Reach::ShortLines),
    ("partager", Shape::Label, Reach::ShortLines),
    ("partager cet article", Shape::Caption, Reach::ShortLines),
    ("partagez cet article", Shape::Caption, Reach::ShortLines),
    ("share this article", Shape::Caption, Reach::ShortLines),
    ("suivez-nous", Shape::Caption, Reach::ShortLines),
    ("suivez-nous sur", Shape::Start, Reach::LastLines),
    ("suivez toute l'actualite", Shape::Start, Reach::LastLines),
    ("retrouvez toute l'actualite", Shape::Start, Reach::LastLines),
    ("retrouvez-nous sur", Shape::Start, Reach::LastLines),
    ("rejoignez-nous sur", Shape::Start, Reach::LastLines),
    ("follow us on", Shape::Start, Reach::LastLines),
    ("join us on", Shape::Caption, Reach::ShortLines),
    ("connectez-vous pour", Shape::Caption, Reach::ShortLines),
    ("abonnez-vous", Shape::Caption, Reach::ShortLines),
    ("inscrivez-vous a", Shape::Caption, Reach::ShortLines),
    ("sign up for", Shape::Caption, Reach::ShortLines),
    ("subscribe to", Shape::Caption, Reach::ShortLines),
    ("trade confidently with insights", Shape::Start, Reach::LastLines),
    ("aof - en savoir plus", Shape::Label, Reach::Everything),
    ("lexique", Shape::Alone, Reach::Everything),
];

/// What sells subscriptions under columns on shares.
const PITCHES: &[Opener] = &[
    ("should you invest $", Shape::Start, Reach::Everything),
    ("should you buy stock in", Shape::Start, Reach::Everything),
    ("should you buy shares of", Shape::Caption, Reach::ShortLines),
    ("before you buy stock in", Shape::Start, Reach::Everything),
    ("before you buy shares of", Shape::Start, Reach::Everything),
    ("where to invest $", Shape::Caption, Reach::Everything),
    ("don't miss this second chance at", Shape::Caption, Reach::Everything),
    ("stock advisor returns as of", Shape::Start, Reach::Everything),
    ("analyst's disclosure", Shape::Label, Reach::Everything),
];

/// The end of a press release: cautions and contacts.
const RELEASES: &[Opener] = &[
    ("forward-looking statements", Shape::Label, Reach::Everything),
    ("forward looking statements", Shape::Label, Reach::Everything),
    ("forward-looking information", Shape::Label, Reach::Everything),
    ("cautionary note regarding", Shape::Caption, Reach::Everything),
    ("cautionary note on", Shape::Caption, Reach::Everything),
    ("cautionary statement", Shape::Caption, Reach::Everything),
    ("cautionary statements", Shape::Caption, Reach::Everything),
    ("note regarding forward-looking", Shape::Caption, Reach::Everything),
    ("safe harbor statement", Shape::Caption, Reach::Everything),
    ("safe harbor", Shape::Label, Reach::Everything),
    ("this press release contains forward-looking", Shape::Start, Reach::Everything),
    ("this news release contains forward-looking", Shape::Start, Reach::Everything),
    ("this release contains forward-looking", Shape::Start, Reach::Everything),
    ("this press release contains certain forward-looking", Shape::Start, Reach::Everything),
    ("this press release may contain forward-looking", Shape::Start, Reach::Everything),
    ("declarations prospectives", Shape::Label, Reach::Everything),
    ("enonces prospectifs", Shape::Label, Reach::Everything),
    ("informations prospectives", Shape::Label, Reach::Everything),
    ("information prospective", Shape::Label, Reach::Everything),
    ("ce communique ne constitue pas", Shape::Start, Reach::Everything),
    ("ce communique de presse ne constitue pas", Shape::Start, Reach::Everything),
    ("le present communique ne constitue pas", Shape::Start, Reach::Everything),
    ("ce document ne constitue pas une offre", Shape::Start, Reach::Everything),
    ("this press release does not constitute", Shape::Start, Reach::Everything),
    ("this news release does not constitute", Shape::Start, Reach::Everything),
    ("this announcement does not constitute", Shape::Start, Reach::Everything),
    ("this communication does not constitute", Shape::Start, Reach::Everything),
    ("mise en garde concernant", Shape::Caption, Reach::Everything),
    ("mise en garde relative", Shape::Caption, Reach::Everything),
    ("ce communique contient des declarations", Shape::Start, Reach::Everything),
    ("ce communique contient des informations", Shape::Start, Reach::Everything),
    ("ce communique de presse contient des", Shape::Start, Reach::Everything),
    ("le present communique contient des", Shape::Start, Reach::Everything),
    ("notes to editors", Shape::Label, Reach::Everything),
    ("note to editors", Shape::Label, Reach::Everything),
    ("contact", Shape::Label, Reach::ShortLines),
    ("contacts", Shape::Label, Reach::ShortLines),
    ("contact presse", Shape::Label, Reach::ShortLines),
    ("contacts presse", Shape::Label, Reach::ShortLines),
    ("contacts medias", Shape::Label, Reach::ShortLines),
    ("contact media", Shape::Label, Reach::ShortLines),
    ("contacts investisseurs", Shape::Label, Reach::ShortLines),
    ("relations investisseurs", Shape::Label, Reach::ShortLines),
    ("relations presse", Shape::Label, Reach::ShortLines),
    ("enquiries", Shape::Label, Reach::ShortLines),
    ("media enquiries", Shape::Label, Reach::ShortLines),
    ("media inquiries", Shape::Label, Reach::ShortLines),
    ("media contact", Shape::Label, Reach::ShortLines),
    ("media contacts", Shape::Label, Reach::ShortLines),
    ("media relations", Shape::Label, Reach::ShortLines),
    ("press contact", Shape::Label, Reach::ShortLines),
    ("press contacts", Shape::Label, Reach::ShortLines),
    ("company contact", Shape::Label, Reach::ShortLines),
    ("investor contact", Shape::Label, Reach::ShortLines),
    ("investor contacts", Shape::Label, Reach::ShortLines),
    ("investor relations", Shape::Label, Reach::ShortLines),
    ("investor relations contact", Shape::Label, Reach::ShortLines),
    ("for further information", Shape::Caption, Reach::ShortLines),
    ("for more information", Shape::Caption, Reach::ShortLines),
    ("for media inquiries", Shape::Caption, Reach::ShortLines),
    ("pour plus d'information", Shape::Caption, Reach::ShortLines),
    ("pour plus d'informations", Shape::Caption, Reach::ShortLines),
    ("pour de plus amples renseignements", Shape::Caption, Reach::ShortLines),
];

const OPENERS: [&[Opener]; 4] = [CREDITS, NOTICES, PITCHES, RELEASES];

/// What an author owns, in plain form, as a column on shares tells it in its last lines; with what a line that says so opens.
const HOLDINGS: &[(&str, Reach)] = &[
    ("in any of the stocks mentioned", Reach::LastLines),
    ("in any of the shares mentioned", Reach::LastLines),
    ("in any of the companies mentioned", Reach::LastLines),
    ("in any of the securities mentioned", Reach::LastLines),
    ("has a disclosure policy", Reach::LastLines),
    ("is an advertising partner of", Reach::LastLines),
    ("has positions in and recommends", Reach::LastLines),
    ("have positions in and recommend", Reach::LastLines),
    ("dans les valeurs mentionnees", Reach::LastLines),
    ("dans les societes mentionnees", Reach::LastLines),
    // The news has funds that do.
    ("has a position in", Reach::Tail),
    ("has positions in", Reach::Tail),
    ("have positions in", Reach::Tail),
    ("has no position in", Reach::Tail),
    ("has no positions in", Reach::Tail),
    ("have no position in", Reach::Tail),
    ("have no positions in", Reach::Tail),
    ("does not own any of", Reach::Tail),
];

/// What a credit in brackets says, in plain form.
const CREDIT_WORDS: &[&str] = &[
    "reporting by",
    "editing by",
    "writing by",
    "compiled by",
    "pour le service francais",
    "edite par",
    "version francaise",
    "redige par",
];

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
#[path = "boilerplate_tests.rs"]
mod tests;
