//! Characters of a typed query: what opens and closes a quotation, where a word ends, what is a number.
//!
//! These small questions stand apart from the lexer that asks them, since the grammar and the printer
//! ask some of them too.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::analysis;

/// Returns a text with the full-width signs and digits that an input method for Chinese or Japanese writes as those that
/// they stand for, character by character: `pct:＞５％` is `pct:>5%`. Its letters are words of their own.
pub(super) fn narrowed(text: &str) -> Cow<'_, str> {
    const WIDE: std::ops::RangeInclusive<char> = '\u{ff01}'..='\u{ff5e}';
    if !text.contains(|c| WIDE.contains(&c)) {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| match char::from_u32((c as u32).wrapping_sub(0xfee0)) {
        Some(sign) if WIDE.contains(&c) && !sign.is_ascii_alphabetic() => sign,
        _ => c,
    };
    Cow::Owned(text.chars().map(narrow).collect())
}

/// Returns whether there is something to search for in `word`: a letter, a digit, or a sign that the index keeps.
pub(super) fn is_searchable(word: &str) -> bool {
    word.chars().any(analysis::is_searchable)
}

/// Returns whether `c` excludes what it stands before, as a minus or what is typed for one: hyphens, the en dash.
pub(super) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

/// Returns whether `c` is a sign before an operand.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '+' | '!') || is_minus(c)
}

/// Returns the words of a text that is not a query: what white space separates, without what
/// carries nothing to search for.
pub(super) fn plain_words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let end = word_end(text, at, |_| false);
        if is_searchable(&text[at..end]) {
            words.push(at..end);
        }
        at = end;
    }
    words
}

/// Returns what closes a quotation that `open` opens; `None` if it opens none.
pub(super) fn closers(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"']),
        '«' => Some(&['»']),
        '‹' => Some(&['›']),
        '“' | '”' => Some(&['”']),
        '„' => Some(&['“', '”']),
        _ => None,
    }
}

/// Returns whether `c` ends a word without being white space.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '(' | ')' | '»') || closers(c).is_some()
}

/// Returns whether `text` begins with an operator that needs no space around it.
pub(super) fn starts_operator(text: &str) -> bool {
    text.starts_with("&&") || text.starts_with('|')
}

/// Returns where a word ends at a single `|`, which is `OR`; `None` in an address, in what begins like an expression, and
/// where there is none.
pub(super) fn bar(word: &str) -> Option<usize> {
    word.find('|').filter(|bar| *bar > 0 && !word.starts_with('/') && !word[..*bar].contains("//"))
}

/// Returns where the word that begins at `start` ends. White space ends it, but for a space that
/// does not break between two digits (`1 200,50`); so do `&&` and `||`, and what `is_end` says.
/// A word is never empty.
pub(super) fn word_end(text: &str, start: usize, is_end: impl Fn(char) -> bool) -> usize {
    let mut before = None;
    for (offset, c) in text[start..].char_indices() {
        let here = start + offset;
        if c.is_whitespace() {
            let after = text[here + c.len_utf8()..].chars().next();
            let digits = [before, after].iter().all(|near| near.is_some_and(|c: char| c.is_ascii_digit()));
            if !digits || !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}') {
                return here;
            }
        } else if offset > 0 && (is_end(c) || ["&&", "||"].iter().any(|sign| text[here..].starts_with(sign))) {
            return here;
        }
        before = Some(c);
    }
    text.len()
}

/// Returns whether `text` begins with a number, signs and currency before it included.
pub(super) fn is_number(text: &str) -> bool {
    let after = text.trim_start_matches(|c| is_minus(c) || "+±~≈".contains(c)).trim_start_matches(['$', '€', '£', '¥']);
    after.trim_start_matches(['.', ',']).starts_with(|c: char| c.is_ascii_digit())
}

/// Returns whether `name` could be the name of a field.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '_' || c == '-';
    name.starts_with(char::is_alphabetic) && name.chars().all(fits)
}

/// The longest regular expression, in characters.
const LONGEST_REGEX: usize = 256;

/// Signs that end a sentence or a part of one, and may be glued to a word.
pub(super) const STOPS: [char; 6] = [',', ';', '.', '?', '!', ':'];

/// Returns where `~1` and `^2` begin at the end of a word; its length if there is neither.
pub(super) fn suffix(word: &str) -> usize {
    // An address holds every sign.
    if word.contains("//") {
        return word.len();
    }
    let mut end = word.len();
    let mut rest = word.trim_end_matches(STOPS);
    loop {
        let head = rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let Some(before) = head.strip_suffix(['~', '^']) else { return end };
        if !before.ends_with(|c: char| c.is_alphanumeric() || "*?~^".contains(c)) || !is_searchable(before) {
            return end;
        }
        (end, rest) = (before.len(), before);
    }
}

/// Returns the byte of the slash that closes the regular expression which the slash at the beginning of
/// `text` opens; `None` if it opens none.
pub(super) fn regex_end(text: &str) -> Option<usize> {
    let (mut escaped, mut class) = (false, false);
    // The first slash of a class that is not closed: then it ends the expression, which has what is wrong with it told.
    let mut inside = None;
    let mut letters = text.char_indices().skip(1).take(LONGEST_REGEX).take_while(|(_, c)| !c.is_whitespace());
    let close = letters.find(|(at, c)| {
        let ends = *c == '/' && !escaped && !class;
        inside = inside.filter(|_| class).or((*c == '/' && !escaped && class).then_some(*at));
        (escaped, class) = match c {
            _ if escaped => (false, class),
            '\\' => (true, class),
            '[' => (false, true),
            ']' => (false, false),
            _ => (false, class),
        };
        ends
    });
    // A path (`/usr/bin`) goes on after its second slash.
    let ends = |after: &str| {
        after.is_empty()
            || starts_operator(after)
            || after.starts_with(|c: char| c.is_whitespace() || c == '^' || is_separator(c) || STOPS.contains(&c))
    };
    close.map(|(close, _)| close).or(inside.filter(|_| class)).filter(|close| *close > 1 && ends(&text[close + 1..]))
}

/// The flags that other engines read behind a regular expression.
const FLAGS: [char; 8] = ['g', 'i', 'm', 's', 'u', 'v', 'x', 'y'];

/// Returns where the flags begin and end that stand behind the regular expression at the beginning of `text`: `/oil/i`.
pub(super) fn regex_flags(text: &str) -> Option<Range<usize>> {
    let word = &text[..word_end(text, 0, is_separator)];
    let bare = word.trim_end_matches(STOPS);
    let (inner, flags) = bare.strip_prefix('/')?.rsplit_once('/')?;
    let distinct = (1..).zip(flags.chars()).all(|(next, flag)| FLAGS.contains(&flag) && !flags[next..].contains(flag));
    let is_one = !flags.is_empty() && distinct && is_searchable(inner) && !inner.replace("\\/", "").contains('/');
    is_one.then(|| bare.len() - flags.len()..bare.len())
}

/// Returns whether a text is a whole number, in groups of three digits if there are spaces: `1 234 567`.
pub(super) fn is_grouped(text: &str) -> bool {
    let mut groups = text.split(char::is_whitespace);
    let is_number = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    first.len() <= 3 && is_number(first) && groups.all(|group| group.len() == 3 && is_number(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_know_no_syntax() {
        let text = "\"OPA\" -amicale ? title:fusion (AND 1\u{a0}200";
        let words: Vec<_> = plain_words(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(words, ["\"OPA\"", "-amicale", "title:fusion", "(AND", "1\u{a0}200"]);
    }

    #[test]
    fn numbers_may_have_a_sign_and_a_currency() {
        for (text, want) in [
            ("5", true),
            ("-0,31", true),
            ("+$5", true),
            ("-,5", true),
            ("€1.2bn", true),
            ("-x5", false),
            ("x", false),
            ("-", false),
        ] {
            assert_eq!(is_number(text), want, "{text}");
        }
    }

    #[test]
    fn a_space_that_does_not_break_holds_digits_together_and_nothing_else() {
        for (text, want) in [
            ("1\u{a0}200 a", "1\u{a0}200"),
            ("1\u{202f}200\u{2009}000", "1\u{202f}200\u{2009}000"),
            ("1 200", "1"),
            ("1\u{a0}M€", "1"),
            ("a\u{a0}1", "a"),
            ("a&&b", "a"),
            ("a&b", "a&b"),
            ("a(b", "a"),
            ("d’or", "d’or"),
        ] {
            assert_eq!(&text[..word_end(text, 0, is_separator)], want, "{text}");
        }
    }
}
