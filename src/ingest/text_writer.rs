//! The text of elements as a browser lays it out: white space collapsed, lines and paragraphs where blocks begin and end.
//!
//! Separate from `markup`, which walks the tree of a page, because readers of XML write the same.

/// Elements that begin and end a paragraph.
pub(super) const PARAGRAPHS: &[&str] = &[
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
    "details",
    "summary",
    "body",
];

/// Elements that begin and end a line.
pub(super) const LINES: &[&str] = &["li", "dt", "dd", "tr", "option", "caption"];

/// Inline elements.
pub(super) const INLINE: &[&str] =
    &["a", "b", "i", "u", "em", "strong", "span", "font", "sup", "sub", "img", "br", "small", "td", "th"];

/// Returns whether elements of this name begin and end a paragraph or a line.
pub(super) fn is_block(name: &str) -> bool {
    PARAGRAPHS.contains(&name) || LINES.contains(&name)
}

/// Collapses white space as a browser does, and breaks lines where blocks do.
#[derive(Default)]
pub(super) struct Writer {
    pub text: String,
    /// Whether a space stands before the next word.
    pub space: bool,
    breaks: usize,
    /// Whether an inline element began or ended behind the last word.
    edge: bool,
    /// How many elements it is in whose line breaks are those of the text.
    pub kept: usize,
}

impl Writer {
    /// Notes that an element of this name begins or ends.
    pub fn tag(&mut self, name: &str) {
        match name {
            "br" => self.breaks = (self.breaks + 1).min(2),
            "td" | "th" => self.space = true,
            _ if PARAGRAPHS.contains(&name) => self.breaks = 2,
            _ if LINES.contains(&name) => self.breaks = self.breaks.max(1),
            _ => self.edge |= INLINE.contains(&name),
        }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        if self.kept == 0 {
            return self.words(text);
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.breaks = (self.breaks + 1).min(2);
            }
            self.words(line);
        }
    }

    fn words(&mut self, text: &str) {
        // White space in HTML is ASCII; a no-break space is a character of the text.
        for (at, word) in text.split([' ', '\n', '\t', '\r', '\x0C']).enumerate() {
            self.space |= at > 0;
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                match self.breaks {
                    0 if self.space || self.edge && parts_words(&self.text, word) => self.text.push(' '),
                    0 => {}
                    1 => self.text.push('\n'),
                    _ => self.text.push_str("\n\n"),
                }
            }
            (self.space, self.breaks, self.edge) = (false, 0, false);
            self.text.push_str(word);
        }
    }

    /// Returns what was written.
    pub fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

/// Returns whether two words meet where an inline element begins or ends, for want of a space: a browser shows the mark
/// before a headline apart, and author and date.
fn parts_words(before: &str, after: &str) -> bool {
    let mut letters = after.chars();
    let begins = letters.next().is_some_and(char::is_uppercase);
    if !begins {
        return false;
    }
    let is_name = letters.next().is_some_and(char::is_lowercase);
    let last = || before.chars().rev().take_while(|c| c.is_alphanumeric()).take(SHORTEST_WORD);
    let is_word = last().count() == SHORTEST_WORD;
    // `EXCLUSIVEHalden`, `targetsSubscribers`, `2025By`; not `McDONALD`, `H` and `alden`.
    is_word && (last().next().is_some_and(|c| !c.is_uppercase()) || is_name && last().all(char::is_uppercase))
}

/// Fewer letters, or digits, may be the beginning of a word that an element parts.
const SHORTEST_WORD: usize = 3;

#[cfg(test)]
mod tests {
    use crate::ingest::markup::to_text;

    #[test]
    fn words_of_two_elements_are_parted() {
        for (html, expected) in [
            ("<h1><span>Exclusive</span><span>Halden raises</span></h1>", "Exclusive Halden raises"),
            ("<h1><span>EXCLUSIVE</span>Halden</h1>", "EXCLUSIVE Halden"),
            ("Halden raises targets<span>Subscribers only</span>", "Halden raises targets Subscribers only"),
            ("<span>March 4, 2025</span><span>By Jane Roe</span>", "March 4, 2025 By Jane Roe"),
            (
                "<span>H</span>alden, <b>HAL</b>DEN, <i>e</i>Bay, Mc<b>Roe</b>, 4<b>K</b>",
                "Halden, HALDEN, eBay, McRoe, 4K",
            ),
            ("<b>screw</b>s, (<b>Halden</b>), l’<b>Oural</b>", "screws, (Halden), l’Oural"),
        ] {
            assert_eq!(to_text(html), expected, "{html}");
        }
    }
}
