//! A picture of a place in a text: the line, and under it the marks that point.

use unicode_width::UnicodeWidthStr;

use crate::error::Place;

/// How many columns a picture may take, so that a long query does not fill the screen.
const COLUMNS: usize = 100;

/// Returns the line of `place`, and a line that points at its span with `^` in the same columns.
///
/// Control characters are shown as spaces. Of a long line, the part around the span is shown.
pub fn caret(place: &Place) -> (String, String) {
    let text = place.text.as_str();
    let start = floor(text, place.span.start);
    let end = floor(text, place.span.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = end.min(line_end);

    // A third of the room goes to what comes before the span.
    let mut before = &text[line_start..start];
    let mut cut_before = false;
    while width(before) > COLUMNS / 3 && line_width_exceeds(&text[line_start..line_end]) {
        before = skip(before, (width(before) - COLUMNS / 3).div_ceil(2));
        cut_before = true;
    }
    let mut after = &text[start..line_end];
    let mut cut_after = false;
    let room = COLUMNS.saturating_sub(width(before));
    if width(after) > room {
        after = keep(after, room);
        cut_after = true;
    }
    let before = if cut_before { format!("…{}", clean(before)) } else { clean(before) };
    let marked = &after[..after.len().min(end - start)];
    let marks = "^".repeat(width(&clean(marked)).max(1));
    let line = format!("{before}{}{}", clean(after), if cut_after { "…" } else { "" });
    (line, format!("{}{marks}", " ".repeat(width(&before))))
}

fn line_width_exceeds(line: &str) -> bool {
    width(line) > COLUMNS
}

fn width(text: &str) -> usize {
    text.width()
}

fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Returns the greatest character boundary of `text` that is not after `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns `text` without its first `count` characters.
fn skip(text: &str, count: usize) -> &str {
    text.char_indices().nth(count.max(1)).map_or("", |(at, _)| &text[at..])
}

/// Returns the longest beginning of `text` that takes no more than `columns`.
fn keep(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += width(c.encode_utf8(&mut [0; 4]));
        if taken > columns {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, span: std::ops::Range<usize>, line: &str, marks: &str) {
        let place = Place { text: text.to_owned(), span };
        assert_eq!(caret(&place), (line.to_owned(), marks.to_owned()), "{text:?}");
    }

    #[test]
    fn marks_stand_under_what_they_point_at() {
        check("abc def", 4..7, "abc def", "    ^^^");
        check("été x", 6..7, "été x", "    ^");
        check("e\u{301}te\u{301} x", 8..9, "e\u{301}te\u{301} x", "    ^");
        check("日本 x", 7..8, "日本 x", "     ^");
        check("a\tb", 2..3, "a b", "  ^");
        check("abc", 3..3, "abc", "   ^");
        check("one\ntwo three\nfour", 8..13, "two three", "    ^^^^^");
        check("one\ntwo", 0..7, "one", "^^^");
        check("é", 1..90, "é", "^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}x{}", "a ".repeat(500), " b".repeat(500));
        let (line, marks) = caret(&Place { text, span: 1000..1001 });
        assert!(line.width() <= COLUMNS + 2, "{line}");
        assert!(line.starts_with('…') && line.ends_with('…'));
        assert_eq!(line.chars().nth(marks.chars().count() - 1), Some('x'));
    }
}
