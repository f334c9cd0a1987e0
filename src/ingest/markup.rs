//! From tags to text: an HTML page's elements, or the HTML that some records have for a body, as
//! paragraphs.
//!
//! Apart from `html`, because records need it too. The parser does the hard part (entities, unclosed
//! tags); a scan before it finds pages nested so deep that walking their tree would cost too much,
//! and takes their block tags alone.

use dom_query::{Document, NodeRef};
use memchr::{memchr, memmem};
use rustc_hash::FxHashMap;

/// How deep elements may be nested; browsers stop at the same depth.
const DEEPEST: usize = 512;

/// Elements that begin and end a paragraph.
const PARAGRAPHS: &[&str] = &[
    "p",
    "div",
    "article",
    "section",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "figure",
    "figcaption",
    "ul",
    "ol",
    "dl",
    "table",
    "pre",
    "hr",
    "form",
    "address",
    "body",
];

/// Elements that begin and end a line.
const LINES: &[&str] = &["li", "dt", "dd", "tr", "option", "caption"];

/// Elements whose text nobody reads.
const UNREAD: &[&str] =
    &["script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "button", "math"];

/// Elements that do not nest: void ones, and those the parser closes when the next one opens.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dd", "dt", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
];

/// Inline elements; with the others they tell a tag from a `<SYMBOL>`.
const INLINE: &[&str] =
    &["a", "b", "i", "u", "em", "strong", "span", "font", "sup", "sub", "img", "br", "small", "td", "th"];

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
        // the blank lines.
        return match (blocks, paragraphs) {
            (false, _) => to_text(&text.replace('\n', "<br>")),
            (true, false) => to_text(&text.replace("\n\n", "\n<br><br>\n")),
            (true, true) => to_text(&text),
        };
    }
    if memchr(b'&', text.as_bytes()).is_some() && has_entities(&text) {
        let plain = to_text(&text.replace('<', "&lt;").replace('\n', "<br>"));
        // Feeds often escape their HTML once more.
        return if has_tags(&plain) { to_text(&plain) } else { plain };
    }
    text
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
        }
        if !is_unread(name)
            && let Some(child) = here.first_child()
        {
            node = Some(child);
            continue;
        }
        node = after(here, root, &mut writer);
    }
    writer.finish()
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
        }
        if let Some(next) = here.next_sibling() {
            return Some(next);
        }
        here = here.parent().filter(|parent| parent.id != root.id)?;
    }
}

/// Collapses white space as a browser does, and breaks lines where blocks do.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    space: bool,
    breaks: usize,
}

impl Writer {
    /// Notes that an element of this name begins or ends.
    pub fn tag(&mut self, name: &str) {
        match name {
            "br" => self.breaks = (self.breaks + 1).min(2),
            "td" | "th" => self.space = true,
            _ if PARAGRAPHS.contains(&name) => self.breaks = 2,
            _ if LINES.contains(&name) => self.breaks = self.breaks.max(1),
            _ => {}
        }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        // White space in HTML is ASCII; a no-break space is a character of the text.
        for (at, word) in text.split([' ', '\n', '\t', '\r', '\x0C']).enumerate() {
            self.space |= at > 0;
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                match self.breaks {
                    0 if self.space => self.text.push(' '),
                    0 => {}
                    1 => self.text.push('\n'),
                    _ => self.text.push_str("\n\n"),
                }
            }
            (self.space, self.breaks) = (false, 0);
            self.text.push_str(word);
        }
    }

    /// Returns what was written.
    pub fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
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

fn is_in(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A stretch of HTML, without the attributes.
enum Piece<'a> {
    /// Text, its entities as written.
    Text(&'a str),
    /// The name of an opening tag.
    Open(&'a str),
    /// The name of a closing tag.
    Close(&'a str),
}

/// Cuts HTML at its tags in one pass; comments, declarations, scripts and styles are left out.
struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    fn new(rest: &'a str) -> Pieces<'a> {
        Pieces { rest }
    }

    /// Moves past the first `end`, or to the end of the text.
    fn skip_past(&mut self, end: &str) {
        self.rest = memmem::find(self.rest.as_bytes(), end.as_bytes())
            .and_then(|at| self.rest.get(at + end.len()..))
            .unwrap_or_default();
    }

    /// Moves to the closing tag of the raw element `name`.
    fn skip_raw(&mut self, name: &str) {
        while let Some(at) = memmem::find(self.rest.as_bytes(), b"</") {
            let after = self.rest.get(at + 2..).unwrap_or_default();
            if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                self.rest = self.rest.get(at..).unwrap_or_default();
                return;
            }
            self.rest = after;
        }
        self.rest = "";
    }

    /// Returns where the tag ends that `rest` begins with, quoted attributes respected.
    fn end_of_tag(&self) -> usize {
        let bytes = self.rest.as_bytes();
        let mut quote = None;
        for (at, &byte) in bytes.iter().enumerate() {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') if at > 0 && matches!(bytes.get(at - 1), Some(b'=' | b' ')) => quote = Some(byte),
                (None, b'>') => return at + 1,
                _ => {}
            }
        }
        bytes.len()
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let bytes = self.rest.as_bytes();
            let first = *bytes.first()?;
            match (first, bytes.get(1)) {
                (b'<', Some(b'!')) if self.rest.starts_with("<!--") => self.skip_past("-->"),
                (b'<', Some(b'!' | b'?')) => self.skip_past(">"),
                (b'<', Some(&second)) if second.is_ascii_alphabetic() || second == b'/' => {
                    let (tag, rest) = self.rest.split_at(self.end_of_tag());
                    let closing = second == b'/';
                    let name = tag.get(1 + usize::from(closing)..).unwrap_or_default();
                    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
                    let name = name.get(..end).unwrap_or_default();
                    self.rest = rest;
                    if closing {
                        return Some(Piece::Close(name));
                    }
                    if is_in(name, &["script", "style"]) {
                        self.skip_raw(name);
                    }
                    return Some(Piece::Open(name));
                }
                _ => {
                    let end = memchr(b'<', bytes.get(1..).unwrap_or_default()).map_or(bytes.len(), |at| at + 1);
                    let (text, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    return Some(Piece::Text(text));
                }
            }
        }
    }
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
