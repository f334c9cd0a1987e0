//! From tags to text: an HTML page's elements, or the HTML that some records have for a body, as
//! paragraphs.
//!
//! Separate from `html`, because records need it too. The parser does the hard part (entities, unclosed
//! tags); a scan before it finds pages nested so deep that walking their tree would cost too much,
//! and takes their block tags alone.

use dom_query::{Document, NodeRef};
use memchr::memchr;
use rustc_hash::FxHashMap;

use super::tags::{Piece, Pieces, is_in};
use super::text_writer::{INLINE, LINES, PARAGRAPHS, Writer};

/// How deep elements may be nested; browsers stop at the same depth.
const DEEPEST: usize = 512;

/// Elements whose text nobody reads.
const UNREAD: &[&str] =
    &["script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "button", "math"];

/// Elements whose line breaks are those of the text.
const KEPT: &[&str] = &["pre", "textarea"];

/// Elements that do not nest: void ones, and those the parser closes when the next one opens.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dd", "dt", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
];

/// Returns the text of an HTML document or fragment, its paragraphs joined by a blank line.
pub(super) fn to_text(html: &str) -> String {
    let flat;
    let html = if is_too_deep(html) {
        flat = flatten(html);
        &flat
    } else {
        html
    };
    text_of(&Document::fragment(html).root())
}

/// Returns a text from a record as people read it: if it clearly holds tags or entities they are
/// resolved, and otherwise it is returned as it is.
pub(super) fn clean(text: String) -> String {
    if memchr(b'<', text.as_bytes()).is_some() && has_tags(&text) {
        let blocks = Pieces::new(&text).any(|piece| match piece {
            Piece::Open(name) => name == "br" || is_in(name, PARAGRAPHS) || is_in(name, LINES),
            _ => false,
        });
        let paragraphs =
            blocks && Pieces::new(&text).any(|piece| matches!(piece, Piece::Open(name) if is_in(name, &["p", "div"])));
        // Without blocks, the line breaks are the only sign of paragraphs there is; without paragraphs,
        // the blank lines; beside paragraphs, those outside of them.
        return match (blocks, paragraphs) {
            (false, _) => to_text(&text.replace('\n', "<br>")),
            (true, false) => to_text(&text.replace("\n\n", BLANK_LINE)),
            (true, true) => to_text(&with_blank_lines(&text)),
        };
    }
    if memchr(b'&', text.as_bytes()).is_some() && has_entities(&text) {
        let plain = to_text(&text.replace('<', "&lt;").replace('\n', "<br>"));
        // Feeds often escape their HTML once more.
        return if has_tags(&plain) { to_text(&plain) } else { plain };
    }
    text
}

/// What stands for a blank line in HTML.
const BLANK_LINE: &str = "\n<br><br>\n";

/// Returns HTML with the blank lines that stand outside of all its blocks as such.
fn with_blank_lines(html: &str) -> String {
    let mut lines = String::with_capacity(html.len());
    let mut depth = 0usize;
    let mut pieces = Pieces::new(html);
    loop {
        let before = pieces.rest;
        let Some(piece) = pieces.next() else { return lines };
        let written = &before[..before.len() - pieces.rest.len()];
        match piece {
            Piece::Text(_) if depth == 0 => lines.push_str(&written.replace("\n\n", BLANK_LINE)),
            Piece::Text(_) => lines.push_str(written),
            Piece::Open(name) | Piece::Close(name) => {
                let is_block = !name.eq_ignore_ascii_case("hr") && (is_in(name, PARAGRAPHS) || is_in(name, LINES));
                match piece {
                    Piece::Open(_) => depth += usize::from(is_block),
                    _ => depth = depth.saturating_sub(usize::from(is_block)),
                }
                lines.push_str(written);
            }
        }
    }
}

/// Returns the text of everything under a node.
pub(super) fn text_of(root: &NodeRef<'_>) -> String {
    let mut writer = Writer::default();
    let mut node = root.first_child();
    while let Some(here) = node {
        let name = here.node_name().unwrap_or_default();
        let name: &str = &name;
        if here.is_text() {
            writer.text(&here.text());
        } else {
            writer.tag(name);
            if begins_word(&here, &writer) {
                writer.space = true;
            }
            writer.kept += usize::from(KEPT.contains(&name));
        }
        if !is_unread(name)
            && !is_hidden(&here)
            && let Some(child) = here.first_child()
        {
            node = Some(child);
            continue;
        }
        node = after(here, root, &mut writer);
    }
    writer.finish()
}

/// Returns whether an element is not shown: the title of a page, and what is styled so. What the page as a whole is, a
/// script shows later.
pub(super) fn is_hidden(node: &NodeRef<'_>) -> bool {
    let is_styled = |style: &str| {
        let style: String = style.to_ascii_lowercase().split_whitespace().collect();
        style.contains("display:none") || style.contains("mso-hide:all")
    };
    node.has_name("title")
        || node.is_element()
            && (node.has_attr("hidden") || node.attr("style").is_some_and(|style| is_styled(&style)))
            && !node.has_name("body")
            && !node.has_name("html")
}

/// Returns whether an inline element begins a word although no space stands before it: the mark of a footnote, and a
/// date right behind another element, or that right behind a date.
fn begins_word(node: &NodeRef<'_>, writer: &Writer) -> bool {
    if node.has_name("sup") {
        let mark = node.text();
        let mark = mark.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
        let is_mark = !mark.is_empty()
            && mark.len() <= 3
            && (mark.bytes().all(|byte| byte.is_ascii_digit()) || mark.bytes().all(|byte| byte == b'*'));
        let before = writer.text.trim_end_matches(['.', ',', ';', ':', '»', '”', '"', ')']);
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).take(3).count();
        return is_mark && letters == 3;
    }
    let is_time = |node: &NodeRef<'_>| node.has_name("time");
    node.prev_sibling().is_some_and(|before| before.is_element() && (is_time(node) || is_time(&before)))
}

/// Returns whether nobody reads the text of elements of this name.
pub(super) fn is_unread(name: &str) -> bool {
    UNREAD.contains(&name)
}

/// Leaves a node and those it is the last of; returns the next one to enter.
fn after<'a>(mut here: NodeRef<'a>, root: &NodeRef<'_>, writer: &mut Writer) -> Option<NodeRef<'a>> {
    loop {
        if !here.is_text() {
            let name = here.node_name().unwrap_or_default();
            if &*name != "br" {
                writer.tag(&name);
            }
            writer.kept -= usize::from(KEPT.contains(&&*name));
        }
        if let Some(next) = here.next_sibling() {
            return Some(next);
        }
        here = here.parent().filter(|parent| parent.id != root.id)?;
    }
}

/// Returns whether elements are nested deeper than is reasonable, or one has attributes, or one run of text
/// ampersands, of a number that takes the parser the square of it in time.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut open: FxHashMap<String, usize> = FxHashMap::default();
    let mut depth = 0;
    let mut pieces = Pieces::new(html);
    loop {
        let before = pieces.rest;
        let Some(piece) = pieces.next() else { return false };
        match piece {
            Piece::Open(name) if !is_in(name, FLAT) => {
                depth += 1;
                *open.entry(name.to_ascii_lowercase()).or_default() += 1;
            }
            Piece::Close(name) => {
                if let Some(count) = open.get_mut(&name.to_ascii_lowercase())
                    && *count > 0
                {
                    *count -= 1;
                    depth -= 1;
                }
            }
            Piece::Open(_) | Piece::Text(_) => {}
        }
        let length = before.len() - pieces.rest.len();
        let is_heavy = length > MOST_MARKS && {
            let marks: &[u8] = if matches!(piece, Piece::Text(_)) { b"&" } else { b" \t\n\r/" };
            before.as_bytes()[..length].iter().filter(|byte| marks.contains(byte)).nth(MOST_MARKS).is_some()
        };
        if depth > DEEPEST || is_heavy {
            return true;
        }
    }
}

/// How many attributes an element may have, and ampersands a run of text.
const MOST_MARKS: usize = 20_000;

/// How many ampersands of a run of text the parser is given at once.
const MARKS_AT_ONCE: usize = 1000;

/// Returns the same text with its block tags alone, each as `<p>`, which nests nothing.
pub(super) fn flatten(html: &str) -> String {
    let mut flat = String::with_capacity(html.len());
    for piece in Pieces::new(html) {
        match piece {
            Piece::Text(text) => push_parted(text, &mut flat),
            Piece::Open(name) | Piece::Close(name) => match () {
                () if name.eq_ignore_ascii_case("br") => flat.push_str("<br>"),
                () if is_in(name, PARAGRAPHS) || is_in(name, LINES) => flat.push_str("<p>"),
                () if is_in(name, &["td", "th"]) => flat.push(' '),
                () => {}
            },
        }
    }
    flat
}

/// Adds a text, with an empty element that parts it where it has very many ampersands.
fn push_parted(text: &str, flat: &mut String) {
    let mut from = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()).step_by(MARKS_AT_ONCE).skip(1) {
        flat.push_str(&text[from..at]);
        flat.push_str("<i></i>");
        from = at;
    }
    flat.push_str(&text[from..]);
}

/// Returns whether a text holds tags that are no accident: a known opening tag in lower case, or a
/// known closing tag. A symbol such as `<BR>` or `<A>` is neither.
fn has_tags(text: &str) -> bool {
    Pieces::new(text).any(|piece| match piece {
        Piece::Text(_) => false,
        Piece::Open(name) => {
            (PARAGRAPHS.contains(&name) || LINES.contains(&name) || INLINE.contains(&name))
                && !matches!(name, "a" | "b" | "i" | "u")
        }
        Piece::Close(name) => is_in(name, PARAGRAPHS) || is_in(name, LINES) || is_in(name, INLINE),
    })
}

/// Returns whether a text holds something like `&amp;`, `&eacute;` or `&#39;`.
fn has_entities(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = text.as_bytes().get(at + 1..).unwrap_or_default();
        let end = rest.iter().take(12).position(|&byte| byte == b';').unwrap_or(0);
        match rest.get(..end).unwrap_or_default() {
            [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_alphanumeric),
            name => name.len() > 1 && name.iter().all(u8::is_ascii_alphanumeric),
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(to_text(html), expected, "{html}");
    }

    #[test]
    fn blocks_become_paragraphs() {
        check("<p>Un</p><p>Deux <b>mots</b></p>", "Un\n\nDeux mots");
        check("  Un\n <br>deux<br><br>trois", "Un\ndeux\n\ntrois");
        check("<ul><li>Un<li>Deux</ul>fin", "Un\nDeux\n\nfin");
        check("<table><tr><td>CA</td><td>3,2</td></tr><tr><td>Net</td></tr></table>", "CA 3,2\nNet");
        check("<p>1&nbsp;000&nbsp;&euro; &amp; plus</p><script>var a = '<p>';</script>", "1\u{A0}000\u{A0}€ & plus");
        check("<!-- no --><style>p {}</style>", "");
        check("<html><head><title>T</title></head><body>Un mot.</body></html>", "Un mot.");
    }

    #[test]
    fn the_lines_of_preformatted_text_are_kept() {
        check(
            "<p>Un\nmot</p><pre>\nUn\n  <b>deux</b>\n\n\ntrois\n</pre>quatre\ncinq",
            "Un mot\n\nUn\ndeux\n\ntrois\n\nquatre cinq",
        );
        check("<pre>a<br>\nb</pre><p>c\nd</p>", "a\n\nb\n\nc d");
    }

    #[test]
    fn what_is_not_shown_is_no_text() {
        check(
            "<div style='DISPLAY : none'>Aperçu</div><span hidden>x</span><p style='color:red'>Un mot.</p>",
            "Un mot.",
        );
        check("<html><body style='display:none'><p>Un mot.</p></body></html>", "Un mot.");
    }

    #[test]
    fn marks_of_footnotes_and_dates_are_words() {
        check("la stratégie<sup>1</sup>. Le plan<sup>[12]</sup>", "la stratégie 1. Le plan [12]");
        check("le plan.<sup>*</sup> le «&nbsp;plan&nbsp;»<sup>2</sup>", "le plan. * le «\u{A0}plan\u{A0}»2");
        check(
            "le 1<sup>er</sup>, 30 m<sup>2</sup>, CO<sub>2</sub>, 10<sup>6</sup>, M<sup>me</sup>",
            "le 1er, 30 m2, CO2, 106, Mme",
        );
        check("<time>4 mars 2025</time><time>1:05</time>, (<time>6 mars</time>)", "4 mars 2025 1:05, (6 mars)");
        check("<span>Anne Petit</span><time>4 mars</time><span>Paris</span><span>x</span>", "Anne Petit 4 mars Parisx");
    }

    #[test]
    fn records_are_cleaned_of_clear_markup_alone() {
        for (text, expected) in [
            ("Plain <GTE> text, 3 < 4", "Plain <GTE> text, 3 < 4"),
            ("Shares of <A> and <BR> rose\nagain", "Shares of <A> and <BR> rose\nagain"),
            ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
            ("One <b>bold</b>\n\nTwo", "One bold\n\nTwo"),
            ("One<br>two\n\nThree\nfour", "One\ntwo\n\nThree four"),
            ("<p>One\n\ntwo</p>", "One two"),
            ("One.\n\n<div>x</div>\n\nTwo.\n\nThree.", "One.\n\nx\n\nTwo.\n\nThree."),
            ("<div><p>One</p>\n\ntwo\n\nthree</div>", "One\n\ntwo three"),
            ("S&amp;P 500\nAT&#38;T", "S&P 500\nAT&T"),
            ("R&D; M&A", "R&D; M&A"),
            ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\n\nTwo"),
        ] {
            assert_eq!(clean(text.to_owned()), expected, "{text}");
        }
    }

    #[test]
    fn no_depth_overflows_the_stack() {
        for (open, close) in [("<div>", "</div>"), ("<b>", ""), ("<span>", "</p>"), ("<x-y>", "")] {
            let html = format!("{}deep{}", open.repeat(100_000), close.repeat(100_000));
            check(&html, "deep");
        }
        let html = format!("{}deep{}", "<div>".repeat(DEEPEST), "</div>".repeat(DEEPEST));
        assert!(!is_too_deep(&html));
        check(&html, "deep");
    }

    #[test]
    fn old_pages_with_unclosed_tags_are_not_deep() {
        assert!(is_too_deep(&format!("<p {}>x", "a=b ".repeat(30_000))) && is_too_deep(&"&".repeat(30_000)));
        assert!(!is_too_deep(&"<p>a<li>b<tr><td>c<br><img src='>'>".repeat(2000)));
        assert!(!is_too_deep(&"<script>'<div>'</script><!-- <div> --><b a='<i>'>x</b>".repeat(2000)));
    }

    #[test]
    fn entities_and_attributes_of_any_number_are_no_danger() {
        let start = std::time::Instant::now();
        let entities = "&eacute;".repeat(200_000);
        assert_eq!(to_text(&entities), "é".repeat(200_000));
        let attributes: String = (0..200_000).map(|n| format!(" a{n}=b")).collect();
        assert_eq!(to_text(&format!("<p{attributes}>Un mot.</p>")), "Un mot.");
        // In the square of their number they took a minute.
        assert!(start.elapsed().as_secs() < 20);
    }

    proptest! {
        #[test]
        fn text_without_markup_is_kept(text in "[a-zé0-9 <>.,\n]{0,60}") {
            let closing_free = !has_tags(&text);
            prop_assume!(closing_free);
            prop_assert_eq!(clean(text.clone()), text);
        }

        #[test]
        fn flattening_keeps_every_word(words in prop::collection::vec("[a-z]{1,8}", 1..10)) {
            let html = words.iter().map(|word| format!("<div><i>{word}</i></div>")).collect::<String>();
            prop_assert_eq!(to_text(&flatten(&html)), words.join("\n\n"));
            prop_assert_eq!(to_text(&html), words.join("\n\n"));
        }
    }
}
