//! Exports of press databases: one file, many articles, with what the database knows of each.
//!
//! Factiva and Nexis write documents of every kind (DOCX, RTF, HTML, text) whose lines are the same;
//! `press_html` reads what only their pages have, and Europresse's.

use super::fields::fold;
use crate::article::{DateOrigin, Draft};

/// One article of an export, and its number there.
#[derive(Debug, PartialEq)]
pub(super) struct Clip {
    /// The article.
    pub draft: Draft,
    /// The database's own id.
    pub id: Option<String>,
}

/// Finds the articles of one database's exports; none if it is another's.
type Reader = fn(&[&str]) -> Vec<Clip>;

/// Returns the articles of an export, told from its lines; `None` if they are those of no database.
pub(super) fn articles(lines: &[&str]) -> Option<Vec<Clip>> {
    let readers: [Reader; 3] = [factiva_fields, factiva_plain, nexis];
    readers.iter().map(|read| read(lines)).find(|clips| !clips.is_empty())
}

/// Returns whether a text may be an export, at a glance: it has a line that closes or opens its articles.
pub(super) fn is_likely(text: &str) -> bool {
    let signs = [
        "\nDocument ",
        " DOCUMENTS",
        "End of Document",
        "END OF DOCUMENT",
        "Fin du document",
        "\nAN ",
        "\nAN\t",
        "\nAN\n",
    ];
    signs.iter().any(|sign| text.contains(sign))
}

/// Factiva's two-letter codes (as its export "full article with indexing" has them).
const CODES: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT",
    "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM", "ART", "CX",
];

/// Returns the code that a line begins with, and what follows it in the same line.
fn code(line: &str) -> Option<(&'static str, &str)> {
    let end = line.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let is_set_off = rest.trim().is_empty() || rest.starts_with('\t') || rest.starts_with("  ");
    let code = CODES.iter().find(|code| **code == word).filter(|_| is_set_off)?;
    Some((code, rest.trim()))
}

/// Reads articles whose fields carry Factiva's codes: from a headline or section to the number.
fn factiva_fields(lines: &[&str]) -> Vec<Clip> {
    let mut clips = Vec::new();
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match code(line) {
            Some((code, rest)) => {
                // The fields are searched only for what may begin an article, not for each of them.
                let begins = matches!(code, "SE" | "HD") && fields.iter().any(|(known, _)| *known == code);
                if begins {
                    clips.extend(factiva_article(&std::mem::take(&mut fields)));
                }
                fields.push((code, if rest.is_empty() { Vec::new() } else { vec![rest] }));
            }
            None => {
                if let Some((_, texts)) = fields.last_mut().filter(|_| !line.trim().is_empty()) {
                    texts.push(line.trim());
                }
            }
        }
        // The number closes an article.
        let closed = fields.last().is_some_and(|(code, texts)| *code == "AN" && !texts.is_empty());
        if closed {
            clips.extend(factiva_article(&std::mem::take(&mut fields)));
        }
    }
    clips.extend(factiva_article(&fields));
    clips
}

fn factiva_article(fields: &[(&str, Vec<&str>)]) -> Option<Clip> {
    let texts =
        |code: &'static str| fields.iter().filter(move |(known, _)| *known == code).flat_map(|(_, texts)| texts.iter());
    let line = |code| Some(texts(code).copied().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty());
    let headline = line("HD")?;
    // An accident of letters is no article of Factiva's.
    line("PD").or_else(|| line("WC")).or_else(|| line("AN"))?;
    let body = texts("LP").chain(texts("TD")).copied().collect::<Vec<_>>().join("\n\n");
    let date = match (line("PD"), line("ET")) {
        (Some(day), Some(time)) => vec![format!("{day} {time}"), day],
        (Some(day), None) => vec![day],
        (None, _) => Vec::new(),
    };
    let id = line("AN").map(|number| number.trim_start_matches("Document ").to_owned());
    let draft = Draft {
        headline: Some(headline),
        body,
        language: line("LA"),
        dates: date.into_iter().map(|date| (date, DateOrigin::Metadata)).collect(),
        tickers: Vec::new(),
        source: line("SN"),
        author: line("BY").map(without_by),
        url: None,
        section: line("SE").or_else(|| line("CLM")),
        ..Draft::default()
    };
    Some(Clip { draft, id })
}

/// Reads articles as Factiva prints them, each closed by a line `Document LEMOND0020250319el3j0001x`.
fn factiva_plain(lines: &[&str]) -> Vec<Clip> {
    let filled: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let parts = filled.split_inclusive(|line| document_number(line).is_some());
    parts.filter_map(factiva_printed).collect()
}

fn document_number(line: &str) -> Option<&str> {
    let number = line.strip_prefix("Document ")?.trim();
    let is_number = (15..=40).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.bytes().any(|byte| byte.is_ascii_digit())
        && number.starts_with(|c: char| c.is_ascii_uppercase());
    is_number.then_some(number)
}

fn factiva_printed(lines: &[&str]) -> Option<Clip> {
    let (last, lines) = lines.split_last()?;
    let id = document_number(last)?;
    let count = lines.iter().position(|line| is_word_count(line))?;
    let (above, below) = (lines.get(..count)?, lines.get(count + 1..)?);
    // Above the count: perhaps the section, the headline, perhaps the author.
    let author = above.split_last().filter(|(last, titles)| {
        let longer = || titles.iter().any(|title| title.chars().count() > last.chars().count());
        !titles.is_empty() && (is_byline(last) || are_names(last) && longer())
    });
    let author = author.map(|(last, _)| last);
    let titles = above.get(..above.len() - usize::from(author.is_some()))?;
    let headline = titles.last()?;
    // Below it: date, time, source, its code, page, language, copyright; then the text.
    let copyright = below.iter().take(12).position(|line| is_copyright(line));
    let named = below.iter().take(10).position(|line| language(line).is_some());
    let start = copyright.or(named).map_or(0, |at| at + 1);
    let head = below.get(..start)?;
    let date = head.iter().position(|line| has_year(line) && line.len() < 40 && !is_copyright(line));
    let source =
        date.and_then(|date| head.iter().skip(date + 1).find(|line| !line.starts_with(|c: char| c.is_ascii_digit())));
    let draft = Draft {
        headline: Some((*headline).to_owned()),
        body: below.get(start..)?.join("\n\n"),
        language: head.iter().find_map(|line| language(line)).map(str::to_owned),
        dates: date
            .and_then(|at| head.get(at))
            .map(|date| ((*date).to_owned(), DateOrigin::Metadata))
            .into_iter()
            .collect(),
        tickers: Vec::new(),
        source: source.map(|source| (*source).to_owned()),
        author: author.map(|author| without_by((*author).to_owned())),
        url: None,
        section: titles.len().checked_sub(2).and_then(|at| titles.get(at)).map(|section| (*section).to_owned()),
        ..Draft::default()
    };
    Some(Clip { draft, id: Some(id.to_owned()) })
}

/// Returns whether a line is `1,234 words` or `1 234 mots`.
fn is_word_count(line: &str) -> bool {
    let digits = line.strip_suffix(" words").or_else(|| line.strip_suffix(" mots")).unwrap_or_default();
    !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{A0}' | '\u{202F}'))
}

fn is_byline(line: &str) -> bool {
    line.len() < 120 && ["By ", "by ", "Par ", "par ", "PAR ", "BY "].iter().any(|word| line.starts_with(word))
}

/// Returns whether a line is nothing but names of people: `ANNE PETIT; PAUL ROUX`.
fn are_names(line: &str) -> bool {
    let joined = [" et ", " and ", " & "].iter().fold(line.to_owned(), |line, join| line.replace(join, ";"));
    let is_name = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_large =
            |word: &&&str| word.trim_start_matches("d'").trim_start_matches("d’").starts_with(char::is_uppercase);
        let is_word = |word: &&str| {
            is_large(&word)
                || matches!(*word, "de" | "du" | "des" | "la" | "le" | "van" | "von" | "der" | "den" | "di" | "da")
        };
        (2..=4).contains(&words.len()) && words.iter().all(is_word) && words.iter().filter(is_large).count() > 1
    };
    !line.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '?' | '!' | '"' | '«'))
        && joined.split([';', ',']).all(is_name)
}

/// Returns the author of a byline without its `By`, place and date.
fn without_by(line: String) -> String {
    let Some((_, name)) = line.split_once(' ').filter(|_| is_byline(&line)) else { return line };
    let end = [" à ", " in ", " (", " | ", " - "].iter().filter_map(|end| name.find(end)).min().unwrap_or(name.len());
    name[..end].trim().to_owned()
}

fn is_copyright(line: &str) -> bool {
    let line = line.trim_start().to_lowercase();
    ["copyright", "(c) ", "©", "tous droits réservés", "all rights reserved"].iter().any(|word| line.starts_with(word))
}

/// Returns the line if it is the name of a language alone.
fn language(line: &str) -> Option<&str> {
    const NAMES: &[&str] = &[
        "english", "anglais", "francais", "french", "german", "allemand", "spanish", "espagnol", "italian", "italien",
    ];
    (line.len() < 12 && NAMES.contains(&fold(line).as_str())).then_some(line)
}

/// Returns whether a line holds a year, 1900 to 2099.
fn has_year(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_ascii_digit());
    words.into_iter().any(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
}

/// What a line of Nexis says, by its label in English or French.
#[derive(Clone, Copy, PartialEq)]
enum Label {
    Headline,
    Length,
    Section,
    Byline,
    Body,
    Language,
    Ticker,
    Date,
    Source,
    /// Something else that stands above the text.
    Above,
    /// Something else that stands below the text.
    Below,
}

const LABELS: &[(&str, Label)] = &[
    ("headline", Label::Headline),
    ("titre", Label::Headline),
    ("length", Label::Length),
    ("longueur", Label::Length),
    ("section", Label::Section),
    ("rubrique", Label::Section),
    ("byline", Label::Byline),
    ("auteur", Label::Byline),
    ("signature", Label::Byline),
    ("body", Label::Body),
    ("corps", Label::Body),
    ("language", Label::Language),
    ("langue", Label::Language),
    ("ticker", Label::Ticker),
    ("load-date", Label::Date),
    ("date de chargement", Label::Date),
    ("journal code", Label::Below),
    ("code du journal", Label::Below),
    ("publication", Label::Source),
    ("dateline", Label::Above),
    ("highlight", Label::Above),
    ("graphic", Label::Below),
    ("classification", Label::Below),
    ("publication-type", Label::Below),
    ("type de publication", Label::Below),
    ("subject", Label::Below),
    ("sujet", Label::Below),
    ("company", Label::Below),
    ("entreprise", Label::Below),
    ("industry", Label::Below),
    ("organization", Label::Below),
    ("geographic", Label::Below),
    ("person", Label::Below),
    ("url", Label::Below),
];

/// Returns what a line of Nexis says: `Length: 345 words`, or `Body` alone.
fn label(line: &str) -> Option<(Label, &str)> {
    let (name, value) = match line.split_once(':') {
        Some((name, value)) => (name.trim(), value.trim()),
        None => (line.trim(), ""),
    };
    let name = name.to_lowercase();
    let (_, label) = LABELS.iter().find(|(known, _)| *known == name)?;
    let is_alone = matches!(label, Label::Body | Label::Below) && line.trim().len() == name.len();
    (line.contains(':') || is_alone).then_some((*label, value))
}

/// Reads articles as Nexis prints them, parted by `End of Document` or by `1 of 20 DOCUMENTS`.
fn nexis(lines: &[&str]) -> Vec<Clip> {
    let mut clips = Vec::new();
    let mut part = Vec::new();
    let mut parted = false;
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        if is_end(line) || is_count(line) {
            parted = true;
            clips.extend(nexis_article(&std::mem::take(&mut part)));
        } else {
            part.push(line);
        }
    }
    if parted {
        clips.extend(nexis_article(&part));
    }
    clips
}

fn is_end(line: &str) -> bool {
    ["end of document", "fin du document"].iter().any(|end| line.eq_ignore_ascii_case(end))
}

/// Returns whether a line is `12 of 340 DOCUMENTS`.
fn is_count(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = |word: Option<&str>| word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    number(words.next())
        && words.next().is_some_and(|word| matches!(word, "of" | "de" | "sur"))
        && number(words.next())
        && words.next().is_some_and(|word| word.eq_ignore_ascii_case("documents"))
        && words.next().is_none()
}

fn nexis_article(lines: &[&str]) -> Option<Clip> {
    let labels: Vec<Option<(Label, &str)>> = lines.iter().map(|line| label(line)).collect();
    let at = |wanted| labels.iter().position(|label| label.is_some_and(|(label, _)| label == wanted));
    let length = at(Label::Length)?;
    // Without a line that says so, the text begins below the last label of the head.
    let body = at(Label::Body).unwrap_or_else(|| {
        let labelled = labels.iter().skip(length).take_while(|label| label.is_some()).count();
        length + labelled - 1
    });
    let end = tail(lines, &labels, body + 1);
    let value = |wanted| {
        // A line of the text that looks like a label says nothing of the article.
        let mut stated = labels.iter().take(body + 1).chain(labels.iter().skip(end)).flatten();
        stated.find(|(label, value)| *label == wanted && !value.is_empty()).map(|(_, value)| (*value).to_owned())
    };
    let heads: Vec<&str> =
        lines.iter().take(body).zip(&labels).filter(|(_, label)| label.is_none()).map(|(line, _)| *line).collect();
    let above = labels.iter().take(body).take_while(|label| label.is_none()).count();
    let (headline, heads) = match (value(Label::Headline), below_date(&lines[..above])) {
        (Some(headline), _) => (headline, heads.as_slice()),
        (None, Some(headline)) => (headline.to_owned(), heads.as_slice()),
        (None, None) => heads.split_first().map(|(first, rest)| ((*first).to_owned(), rest))?,
    };
    let date = heads.iter().find(|line| is_day(line)).map(|date| (*date).to_owned());
    let source = heads.iter().find(|line| !has_year(line) && !is_copyright(line)).map(|source| (*source).to_owned());
    let dates = date.into_iter().chain(value(Label::Date));
    let draft = Draft {
        headline: Some(headline),
        body: lines.get(body + 1..end)?.join("\n\n"),
        language: value(Label::Language)
            .map(|language| language.split(';').next().unwrap_or_default().trim().to_owned()),
        dates: dates.map(|date| (date, DateOrigin::Metadata)).collect(),
        tickers: value(Label::Ticker).map(|tickers| nexis_tickers(&tickers)).unwrap_or_default(),
        source: value(Label::Source).or(source),
        author: value(Label::Byline).map(without_by),
        url: None,
        section: value(Label::Section).map(|section| section.split(';').next().unwrap_or_default().trim().to_owned()),
        ..Draft::default()
    };
    Some(Clip { draft, id: None })
}

/// Returns whether a line of the head tells the day.
fn is_day(line: &str) -> bool {
    has_year(line) && line.len() < 80 && !is_copyright(line)
}

/// Returns the headline as Nexis printed it once: above the labels, but below source, day and edition, where now it
/// stands first.
fn below_date<'a>(head: &[&'a str]) -> Option<&'a str> {
    let mut lines = head.iter().copied().filter(|line| !is_copyright(line));
    let (source, day) = (lines.next()?, lines.next()?);
    lines.next_back().filter(|_| is_day(day) && !is_day(source))
}

/// Returns where the tail begins, at `from` or below: the first label of the last lines, if these are labels and what
/// goes on with them. What looks like a label further up is text.
fn tail(lines: &[&str], labels: &[Option<(Label, &str)>], from: usize) -> usize {
    let mut start = lines.len();
    for (at, line) in lines.iter().enumerate().skip(from).rev() {
        let label = labels.get(at).copied().flatten().map(|(label, _)| label);
        if matches!(label, Some(Label::Below | Label::Language | Label::Date | Label::Ticker)) {
            start = at;
            continue;
        }
        let above = at.checked_sub(1).filter(|above| *above >= from);
        let goes_on = above.is_some_and(|above| {
            let is_open = matches!(labels.get(above), Some(Some((Label::Below, ""))));
            is_open || lines.get(above).is_some_and(|above| above.ends_with([';', ',']))
        });
        if !(goes_on || is_labelled(line) || is_weighed(line) || is_copyright(line)) {
            break;
        }
    }
    start
}

/// Returns whether a line begins as one with a label does, known or not: `Journal-Code: NWY`.
fn is_labelled(line: &str) -> bool {
    let name = line.split_once(':').map_or("", |(name, _)| name.trim());
    let is_name = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    !name.is_empty() && name.len() <= 30 && is_name && name.split(' ').count() <= 3
}

/// Returns whether a line holds terms as Nexis weighs them: `MERGERS (90%); BANKING (88%)`.
fn is_weighed(line: &str) -> bool {
    line.ends_with("%)") || line.contains("%);")
}

/// Reads `AAPL (NASDAQ) (94%); SIE (FRA) (81%)`.
fn nexis_tickers(text: &str) -> Vec<String> {
    let one = |part: &str| {
        let (symbol, rest) = part.trim().split_once(' ').unwrap_or((part.trim(), ""));
        let market = rest.trim().strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(market, _)| market);
        let market = market.filter(|market| !market.contains('%'));
        (!symbol.is_empty()).then(|| market.map_or(symbol.to_owned(), |market| format!("{market}:{symbol}")))
    };
    text.split(';').filter_map(one).collect()
}
