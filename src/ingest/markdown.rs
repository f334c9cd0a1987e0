//! Markdown: front matter for what is known of the article, and its text without the marks.
//!
//! Only what a reader would not miss is taken out: marks of headings, emphasis, code and quotes, and
//! the targets of links. What may be a mark or may be text (`5*3`, `snake_case`) stays.

use serde_json::Map;

use super::decode::decode;
use super::format::Format;
use super::front_matter;
use super::markup;
use super::record::Record;
use super::source::{Drafts, Source, Stop};
use super::tags::without_comments;
use crate::article::{DateOrigin, Draft};

/// Markdown, with YAML or TOML front matter or none.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "Markdown"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn about(&self) -> &'static str {
        "one article; title, date, lang, tickers, author, source, url, section from its front matter"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let text = decode(source.whole()?, None)?;
        let (stated, text) = match front_matter::read(&text) {
            Some((stated, rest)) => (stated, rest),
            None => (Map::new(), text.as_str()),
        };
        let (stated, _) = Record::of(stated).stated(DateOrigin::FrontMatter);
        let text = without_comments(text);
        let (above, title, text) = first_heading(&text);
        let plain = |text: &str| match above {
            "" => plain(text),
            above => [plain(above), plain(text)].join("\n\n").trim_start().to_owned(),
        };
        let same = |headline: &str| title.as_deref().is_none_or(|title| title == headline);
        let (headline, body) = match stated.headline {
            Some(headline) if same(&headline) => (Some(headline), plain(text)),
            Some(headline) => {
                let body = [title.unwrap_or_default(), plain(text)].join("\n\n");
                (Some(headline), body)
            }
            None => (title, plain(text)),
        };
        // A description in the front matter stands for a text that is not there.
        let body = if body.trim().is_empty() { stated.body } else { body };
        drafts.give(Draft { headline, body, ..stated })
    }
}

/// Among how many of the first lines the title is looked for.
const FIRST_LINES: usize = 12;

/// The longest line, in bytes, that may stand above it: the name of a site, a menu.
const LONGEST_ABOVE: usize = 100;

/// Returns the heading that opens the text, `# Title` or a line underlined with `=`, what stands above it, and what
/// follows. That above is no text of a story: short lines, links, comments, notes.
fn first_heading(text: &str) -> (&str, Option<String>, &str) {
    let text = text.trim_start_matches('\n');
    let mut at = 0;
    for line in text.split_inclusive('\n').take(FIRST_LINES) {
        let (above, rest) = text.split_at(at);
        if let Some((title, rest)) = heading(rest) {
            let title = plain(title.trim_end_matches(['#', ' ']));
            return (above, (!title.is_empty()).then_some(title), rest.trim_start_matches('\n'));
        }
        let bare = line.trim();
        let is_above = bare.starts_with(['>', '<'])
            || bare.len() <= LONGEST_ABOVE
                && !bare.ends_with(['.', '!', '?', '…', ':'])
                && !bare.starts_with(['#', '-', '*', '`', '~']);
        if !is_above {
            break;
        }
        at += line.len();
    }
    ("", None, text)
}

/// Returns the title that a text begins with, and what follows.
fn heading(text: &str) -> Option<(&str, &str)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(title) = line.strip_prefix("# ") {
        return Some((title, rest));
    }
    let (below, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let underlined = below.len() > 2 && below.trim_end().bytes().all(|byte| byte == b'=');
    (underlined && !line.trim().is_empty()).then_some((line, rest))
}

/// Returns Markdown as readable text.
pub(super) fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut paragraph = String::new();
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let bare = line.trim_start();
        if let Some(mark) = fence {
            if bare.starts_with(mark) && bare.trim_end().bytes().all(|byte| mark.as_bytes().contains(&byte)) {
                fence = None;
            } else {
                text.push_str(line);
                text.push('\n');
            }
            continue;
        }
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark)) {
            flush(&mut paragraph, &mut text);
            fence = Some(mark);
            continue;
        }
        if is_table_rule(bare) {
            continue;
        }
        let content = block(line);
        if content.is_none_or(|content| content.trim().is_empty()) {
            flush(&mut paragraph, &mut text);
            if !text.is_empty() && !text.ends_with("\n\n") {
                text.push('\n');
            }
        } else if let Some(content) = content {
            paragraph.push_str(content);
            paragraph.push('\n');
        }
    }
    flush(&mut paragraph, &mut text);
    markup::clean(text.trim_end().to_owned())
}

fn flush(paragraph: &mut String, text: &mut String) {
    if !paragraph.is_empty() {
        inline(paragraph, text);
        paragraph.clear();
    }
}

/// Returns a line without the marks of headings and quotes; `None` for one that is a mark itself: a
/// rule, an underline, the target of a link.
fn block(line: &str) -> Option<&str> {
    let mut line = line.trim_end();
    while let Some(quoted) = line.trim_start().strip_prefix('>') {
        line = quoted.trim_start();
    }
    let bare = line.trim();
    let is_rule = |mark: u8| bare.len() > 2 && bare.bytes().all(|byte| byte == mark || byte == b' ');
    if [b'-', b'*', b'_', b'='].into_iter().any(is_rule) {
        return None;
    }
    if is_link_target(bare) {
        return None;
    }
    let level = bare.bytes().take_while(|&byte| byte == b'#').count();
    match bare.get(level..).and_then(|title| title.strip_prefix(' ')) {
        Some(title) if (1..=6).contains(&level) => Some(title.trim_end_matches(['#']).trim()),
        _ if bare.starts_with('|') && bare.ends_with('|') && bare.len() > 1 => Some(bare.trim_matches('|').trim()),
        _ => Some(line),
    }
}

/// Returns whether a line says where a link leads, `[name]: https://example.com "Title"`, and is not
/// a speaker, a tag or a footnote in front of a text.
fn is_link_target(line: &str) -> bool {
    let Some((name, rest)) = line.strip_prefix('[').and_then(|line| line.split_once("]:")) else { return false };
    let rest = rest.trim();
    let (target, title) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    let title = title.trim();
    let quoted = [('"', '"'), ('\'', '\''), ('(', ')')]
        .into_iter()
        .any(|(open, close)| title.len() > 1 && title.starts_with(open) && title.ends_with(close));
    !name.starts_with('^')
        && !name.contains(']')
        && target.contains(['/', '#', '@', '.'])
        && (title.is_empty() || quoted)
}

/// Returns whether a line parts the head of a table from its rows, `|---|:-:|`.
fn is_table_rule(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

/// Appends the text of a paragraph without its inline marks.
fn inline(paragraph: &str, text: &mut String) {
    let dropped = emphasis(paragraph);
    let mut dropped = dropped.iter().peekable();
    let bytes = paragraph.as_bytes();
    let mut at = 0;
    // Where to go on after the text of a link: `](target)` is left out.
    let mut targets: Vec<(usize, usize)> = Vec::new();
    while let Some(&byte) = bytes.get(at) {
        while dropped.peek().is_some_and(|(start, _)| *start < at) {
            dropped.next();
        }
        if let Some((_, length)) = dropped.next_if(|(start, _)| *start == at) {
            at += length;
            continue;
        }
        if let Some((_, end)) = targets.pop_if(|(start, _)| *start == at) {
            at = end;
            continue;
        }
        let rest = paragraph.get(at..).unwrap_or_default();
        match byte {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                text.push(char::from(bytes.get(at + 1).copied().unwrap_or_default()));
                at += 2;
                continue;
            }
            b'`' => {
                at += 1;
                continue;
            }
            b'!' if bytes.get(at + 1) == Some(&b'[') && link(paragraph, at + 1).is_some() => {
                at += 1;
                continue;
            }
            b'[' => {
                if let Some(target) = link(paragraph, at) {
                    targets.push(target);
                    at += 1;
                    continue;
                }
            }
            b'<' if rest.starts_with("<http") || rest.starts_with("<mailto:") => {
                if let Some(address) = address(rest) {
                    text.push_str(address);
                    at += address.len() + 2;
                    continue;
                }
            }
            _ => {}
        }
        let next = rest.chars().next().unwrap_or_default();
        text.push(next);
        at += next.len_utf8();
    }
}

/// The longest text, target or address of a link looked for, so that a page of brackets takes no
/// quadratic time.
const LONGEST: usize = 2000;
/// How deep the brackets of a link may lie in one another.
const DEEPEST: usize = 32;

/// Returns the address of `<https://example.com>`, which `rest` opens with.
fn address(rest: &str) -> Option<&str> {
    let mut window = rest.as_bytes().iter().take(LONGEST).skip(1);
    // Neither white space nor a second `<` is part of an address.
    let end = 1 + window.position(|byte| matches!(byte, b'<' | b'>') || byte.is_ascii_whitespace())?;
    let closes = rest.as_bytes().get(end) == Some(&b'>');
    rest.get(1..end).filter(|address| closes && !address.contains(char::is_whitespace))
}

/// Returns where the bracket closes that `bytes` open with.
fn closed(bytes: &[u8], opens: &[u8], closes: u8) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in bytes.iter().take(LONGEST).enumerate() {
        if opens.contains(byte) {
            depth += 1;
        } else if *byte == closes {
            depth = depth.saturating_sub(1);
        }
        match depth {
            0 => return Some(at),
            DEEPEST.. => return None,
            _ => {}
        }
    }
    None
}

/// Returns where the text of the link that opens at `open` ends, and where its target ends: the
/// `](target)` or `][name]` between is no text.
fn link(paragraph: &str, open: usize) -> Option<(usize, usize)> {
    let bytes = paragraph.as_bytes();
    let close = open + closed(bytes.get(open..)?, b"[", b']')?;
    let closing = match bytes.get(close + 1)? {
        b'(' => b')',
        b'[' => b']',
        _ => return None,
    };
    let length = closed(bytes.get(close + 1..)?, b"([", closing)?;
    Some((close, close + 1 + length + 1))
}

/// Returns the marks of emphasis, as start and length, in order: runs of `*`, `_` or `~~` that open
/// before a word and close after one.
fn emphasis(paragraph: &str) -> Vec<(usize, usize)> {
    let bytes = paragraph.as_bytes();
    let mut open: Vec<(u8, usize, usize)> = Vec::new();
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\\' {
            at += 2;
            continue;
        }
        if !matches!(byte, b'*' | b'_' | b'~') {
            at += 1;
            continue;
        }
        let length = bytes.get(at..).unwrap_or_default().iter().take_while(|&&other| other == byte).count();
        let before = paragraph.get(..at).and_then(|text| text.chars().next_back()).unwrap_or(' ');
        let after = paragraph.get(at + length..).and_then(|text| text.chars().next()).unwrap_or(' ');
        let fits = if byte == b'~' { length == 2 } else { length <= 3 };
        // `**` may stand inside a word; a single mark there is a product or an identifier.
        let strong = byte == b'*' && length > 1;
        let closes = !before.is_whitespace() && (strong || !after.is_alphanumeric());
        let opens = !after.is_whitespace() && (strong || !before.is_alphanumeric());
        let partner = open.iter().rposition(|&(mark, _, size)| mark == byte && size == length);
        match partner {
            Some(partner) if fits && closes => {
                if let Some(&(_, start, _)) = open.get(partner) {
                    marks.extend([(start, length), (at, length)]);
                }
                open.truncate(partner);
            }
            // A paragraph of stars is not searched for ever.
            _ if fits && opens && open.len() < 64 => open.push((byte, at, length)),
            _ => {}
        }
        at += length;
    }
    marks.sort_unstable();
    marks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::SkipReason;
    use crate::ingest::testing::{read, read_one};

    fn check(markdown: &str, expected: &str) {
        assert_eq!(plain(markdown), expected, "{markdown}");
    }

    #[test]
    fn marks_are_taken_out_and_text_is_kept() {
        check(
            "## Résultats ##\n\nLe **CA** de *Dior* a ~~baissé~~ __monté__.",
            "Résultats\n\nLe CA de Dior a baissé monté.",
        );
        check(
            "Voir [le rapport](https://a.b/c_(d)) et [le **site**][1].\n\n[1]: https://a.b",
            "Voir le rapport et le site.",
        );
        check("![Photo du [siège](x)](a.png) fin", "Photo du siège fin");
        check("> Cité\n> deux fois\n\n---\n\nFin", "Cité\ndeux fois\n\nFin");
        check("```rust\nlet a = *b*;\n```\nFin", "let a = *b*;\nFin");
        check("- un\n- `deux`\n* trois *x*", "- un\n- deux\n* trois x");
        check("| A | B |\n|---|:-:|\n| 1 | 2 |", "A | B\n1 | 2");
        check("<https://a.b> \\*non\\* <br>oui", "https://a.b *non*\noui");
    }

    #[test]
    fn what_may_be_text_stays() {
        for text in ["5*3*2 = 30", "snake_case_name", "le [1] et (2)", "3 * 4 * 5", "_seul", "a ~ b", "#CAC40", "+ 3 %"]
        {
            check(text, text);
        }
    }

    #[test]
    fn front_matter_states_the_article() {
        let yaml = "---\ntitle: \"Kering : nouveau cap\"\ndate: 2025-03-04\nlang: fr\ntickers: [KER.PA, 'NASDAQ:AAPL']\nauthor: A. Durand\ntags: [luxe, mode]\n---\n\n# Kering : nouveau cap\n\nLe **groupe** change.\n";
        let toml = "+++\ntitle = \"Kering : nouveau cap\"\ndate = 2025-03-04\nlang = 'fr'\ntickers = ['KER.PA', 'NASDAQ:AAPL']\nauthor = 'A. Durand'\ntags = ['luxe', 'mode']\n+++\nLe **groupe** change.\n";
        let expected = Draft {
            record: None,
            headline: Some("Kering : nouveau cap".to_owned()),
            body: "Le groupe change.".to_owned(),
            language: Some("fr".to_owned()),
            dates: vec![("2025-03-04".to_owned(), DateOrigin::FrontMatter)],
            tickers: vec!["KER.PA".to_owned(), "NASDAQ:AAPL".to_owned()],
            author: Some("A. Durand".to_owned()),
            section: Some("luxe".to_owned()),
            ..Draft::default()
        };
        assert_eq!(read_one("a.md", yaml.as_bytes()), expected);
        assert_eq!(read_one("a.md", toml.replace('\n', "\r\n").as_bytes()), expected);
    }

    #[test]
    fn a_heading_is_the_title_if_none_is_stated() {
        for (text, headline, body) in [
            ("# Un *titre* #\n\nTexte", Some("Un titre"), "Texte"),
            ("Un titre\n========\nTexte", Some("Un titre"), "Texte"),
            ("Un texte.\n\n# Plus loin", None, "Un texte.\n\nPlus loin"),
            ("Le Quotidien\n\n# Un titre\n\nTexte", Some("Un titre"), "Le Quotidien\n\nTexte"),
            ("[Une](/) | [Bourse](/b)\n\n# Un titre\n\nTexte", Some("Un titre"), "Une | Bourse\n\nTexte"),
            ("<!-- a\nb -->\n# Un titre\n\nTexte\n\n<!-- more -->\n\nFin", Some("Un titre"), "Texte\n\nFin"),
            ("> Note : traduit.\n\n# Un titre\n\nTexte", Some("Un titre"), "Note : traduit.\n\nTexte"),
            (
                "# T\n\nUn.\n\n<details><summary>x</summary>\n\nDeux.\n\n</details>\n\nFin.",
                Some("T"),
                "Un.\n\nx\n\nDeux.\n\nFin.",
            ),
            (
                "# T\n\nUn.\n\n<div align='center'>x</div>\n\nDeux.\n\n## Suite\n\nFin.",
                Some("T"),
                "Un.\n\nx\n\nDeux.\n\nSuite\n\nFin.",
            ),
            ("\n---\ntitle: Titre\nlang: fr\n---\nTexte", Some("Titre"), "Texte"),
            ("---\ntitle: Titre\ndate: 2025-01-01\n\nTexte", Some("Titre"), "Texte"),
            ("---\ntitle: Titre\n\nTexte", None, "title: Titre\n\nTexte"),
            ("---\ntitle: Stated\n---\n# Other\nTexte", Some("Stated"), "Other\n\nTexte"),
            ("---\ndate: 2025-01-01\n---\n# Un titre\nTexte", Some("Un titre"), "Texte"),
            ("---\nnot: [front\n---\nTexte", None, "not: [front\n\nTexte"),
            ("---\ntitle: t\ndescription: d\n---\n", Some("t"), "d"),
            ("---\ntitle: t\n---\n", Some("t"), ""),
        ] {
            let draft = read_one("a.md", text.as_bytes());
            assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (headline, body), "{text}");
        }
        assert_eq!(read("a.md", b"---\nlang: fr\n---\n\n")[0].as_ref().unwrap_err().reason, SkipReason::Empty);
    }

    #[test]
    fn front_matter_that_is_no_yaml_is_read_line_by_line() {
        let text = "---\ntitle: Renault : le titre bondit\ndate: 2025-03-04\nauteurs:\n  - A. Durand\n  - 'B. Petit'\ntickers: [RNO.PA, \"STLAP.PA\"]\n---\nTexte";
        let draft = read_one("a.md", text.as_bytes());
        assert_eq!(draft.headline.as_deref(), Some("Renault : le titre bondit"));
        assert_eq!(draft.dates, [("2025-03-04".to_owned(), DateOrigin::FrontMatter)]);
        assert_eq!(draft.author.as_deref(), Some("A. Durand, B. Petit"));
        assert_eq!((draft.tickers.join(" "), draft.body.as_str()), ("RNO.PA STLAP.PA".to_owned(), "Texte"));
        let draft = read_one("a.md", b"---\ntitle: a: b\nUne phrase.\n---\nTexte");
        assert_eq!(draft.headline, None);
        // A list that never closes takes nothing else with it.
        let draft = read_one("a.md", b"---\ntitle: Un titre\ntags: [a, b\ndate: 2025-03-04\n---\nTexte");
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Un titre"), "Texte"));
        assert_eq!(draft.dates, [("2025-03-04".to_owned(), DateOrigin::FrontMatter)]);
    }

    #[test]
    fn a_label_in_front_of_a_text_is_no_link_target() {
        for text in
            ["[PARIS]: le titre gagne 3 %.", "[Note]: hausse", "[^1]: https://a.b", "[a]: a.b c.d", "[a] [b]: c.d"]
        {
            check(text, text);
        }
        for text in ["[1]: https://a.b", "[le site]: /b \"Le site\"", "[a]: <https://a.b> 'T'"] {
            check(&format!("Un\n{text}"), "Un");
        }
    }

    #[test]
    fn the_end_of_an_address_is_not_sought_for_ever() {
        let long = format!("<http://{}>", "a".repeat(LONGEST));
        check(&long, &long);
        check("<http://a.b <http://c.d>", "<http://a.b http://c.d");
    }

    proptest! {
        #[test]
        fn words_are_never_lost(words in prop::collection::vec("[a-zé]{1,6}", 1..12), marks in prop::collection::vec(0..8usize, 12)) {
            let marked = words.iter().zip(&marks).map(|(word, mark)| match mark {
                0 => format!("**{word}**"),
                1 => format!("_{word}_"),
                2 => format!("`{word}`"),
                3 => format!("[{word}](x)"),
                4 => format!("{word}\n>"),
                5 => format!("\n# {word}\n"),
                _ => word.clone(),
            });
            let text = plain(&marked.collect::<Vec<_>>().join(" "));
            let read = text.split_whitespace().filter(|piece| *piece != ">").collect::<Vec<_>>();
            prop_assert_eq!(read, words);
        }
    }
}
