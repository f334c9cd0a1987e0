//! From runs of letters on pages to a title and paragraphs.
//!
//! A page says only where letters stand. Runs of one height are a line; lines follow one another in the
//! order in which the page shows them, which is that of reading in what programs write. What stands in the
//! same place on several pages is a running head. The title is what is largest at the top.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::document::Paragraphs;

/// How many lines at the top and at the bottom of a page may be a running head.
const HEADS: usize = 3;
/// The most lines that a title has.
const LONGEST_TITLE: usize = 5;
/// The longest part of a word, in letters, that is looked up for a hyphen of its own: longer is no word.
const LONGEST_WORD: usize = 64;
/// One of so many lines reaches over the edge of its column: a line that is set across two of them.
const BEYOND: usize = 5;
/// How many lines before and behind one tell how wide its column is: more than a page has, but for one made to be slow.
const AROUND: usize = 200;

/// Letters shown in one go: where they begin, y downwards, and how far they reach, in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub width: f64,
}

/// A line as it stands on a page.
#[derive(Clone, Debug)]
struct Line {
    text: String,
    page: usize,
    x: f64,
    end: f64,
    y: f64,
    size: f64,
}

/// The lines of all pages, in order.
#[derive(Default)]
pub(super) struct Layout {
    lines: Vec<Line>,
    pages: usize,
}

impl Layout {
    /// Begins a page.
    pub fn begin_page(&mut self) {
        self.pages += 1;
    }

    /// Adds a run of letters to the line it goes on with, or begins a line with it. Returns whether it did.
    pub fn add(&mut self, run: Run) -> bool {
        let page = self.pages;
        let Run { text, x, y, size, width } = run;
        let last = self.lines.last_mut().filter(|line| {
            let reach = line.size.max(size);
            line.page == page
                && (y - line.y).abs() < 0.5 * reach
                && x > line.end - 0.6 * reach
                && x < line.end + 3. * reach
        });
        let begins = last.is_none();
        match last {
            Some(line) => {
                let gap = x - line.end > 0.17 * size;
                if gap && !line.text.ends_with(' ') && !text.starts_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(&text);
                line.end = x + width;
                // A note's mark is smaller than its line.
                line.size = line.size.max(size);
            }
            None => self.lines.push(Line { text, page, x, end: x + width, y, size }),
        }
        begins
    }

    /// Returns the title and the paragraphs.
    pub fn paragraphs(mut self) -> Paragraphs {
        self.lines.iter_mut().for_each(|line| line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" "));
        self.lines.retain(|line| !line.text.is_empty());
        self.drop_overprints();
        self.drop_running_heads();
        let body = self.body_size();
        let title = self.title(body);
        let spacing = self.spacing();
        let words = Hyphenated::of(&self.lines);
        let mut document = Paragraphs::default();
        let mut paragraph = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| Some((before, self.lines.get(before)?)));
            let within_title = title.contains(&at) && title.contains(&at.saturating_sub(1)) && at > title.start;
            let parted = before.is_some_and(|(at, before)| {
                let column = self.column(at);
                parts(before, line, spacing, column) || self.has_room(at, line, spacing, column)
            });
            if !within_title && (parted || at == title.start || at == title.end) {
                document.push(&std::mem::take(&mut paragraph));
            }
            if at == title.start && !title.is_empty() {
                document.title = Some(document.texts.len());
            }
            words.join(&mut paragraph, &line.text);
        }
        document.push(&paragraph);
        document
    }

    /// Takes out what is drawn twice in one place to look bold.
    fn drop_overprints(&mut self) {
        self.lines.dedup_by(|line, before| {
            line.page == before.page
                && line.text == before.text
                && (line.x - before.x).abs() < 0.2 * line.size
                && (line.y - before.y).abs() < 0.2 * line.size
        });
    }

    /// Takes out the lines at the edges of pages that say the same, but for numbers, in the same place of
    /// another page.
    fn drop_running_heads(&mut self) {
        let mut places: FxHashMap<(String, i64), FxHashSet<usize>> = FxHashMap::default();
        let edges = self.edges();
        for &at in &edges {
            let line = &self.lines[at];
            places.entry(place(line)).or_default().insert(line.page);
        }
        let mut at = 0;
        self.lines.retain(|line| {
            let is_head = edges.contains(&at) && places.get(&place(line)).is_some_and(|pages| pages.len() > 1);
            at += 1;
            !is_head
        });
    }

    /// Returns the lines that are among the highest and the lowest of their pages.
    fn edges(&self) -> FxHashSet<usize> {
        let mut edges = FxHashSet::default();
        let mut start = 0;
        for page in self.lines.chunk_by(|a, b| a.page == b.page) {
            let mut order: Vec<usize> = (start..start + page.len()).collect();
            order.sort_by(|a, b| self.lines[*a].y.total_cmp(&self.lines[*b].y));
            // Of a short page less, so that two pages that say the same are not taken for nothing but heads.
            let heads = (page.len() / 4).clamp(1, HEADS);
            edges.extend(order.iter().take(heads).chain(order.iter().rev().take(heads)));
            start += page.len();
        }
        edges
    }

    /// Returns the size of most letters.
    fn body_size(&self) -> f64 {
        let mut letters: FxHashMap<i64, usize> = FxHashMap::default();
        for line in &self.lines {
            *letters.entry(tenths(line.size)).or_default() += line.text.len();
        }
        let most = letters.into_iter().max_by_key(|(size, count)| (*count, *size));
        most.map_or(0., |(size, _)| size as f64 / 10.)
    }

    /// Returns the lines of the title: the largest on the first page, if they are larger than the text and
    /// have some words. A name in a letterhead is short.
    fn title(&self, body: f64) -> Range<usize> {
        let first = self.lines.first().map_or(0, |line| line.page);
        let page = self.lines.iter().take_while(|line| line.page == first).count();
        let same = |at: usize, size: f64| self.lines.get(at).is_some_and(|line| (line.size - size).abs() < 0.06 * size);
        let mut best = 0..0;
        let mut size = body * 1.15;
        let mut at = 0;
        while at < page {
            let line = &self.lines[at];
            let end = (at..page).find(|&next| !same(next, line.size)).unwrap_or(page);
            let words = self.lines[at..end].iter().flat_map(|line| line.text.split(' ')).count();
            if line.size > size && words >= 3 && end - at <= LONGEST_TITLE {
                (best, size) = (at..end, line.size * 1.01);
            }
            at = end.max(at + 1);
        }
        best
    }

    /// Returns the usual distance of lines, in sizes of their letters.
    fn spacing(&self) -> f64 {
        let mut distances: Vec<f64> = self.lines.windows(2).filter_map(|pair| distance(&pair[0], &pair[1])).collect();
        distances.sort_by(f64::total_cmp);
        // Where there are few lines, the distance of paragraphs would be taken for that of lines.
        distances.get(distances.len() / 3).map_or(1.2, |usual| usual.clamp(1., 1.8))
    }

    /// Returns whether a paragraph ends with line `at` since the first word of the next line would have had room in it.
    fn has_room(&self, at: usize, next: &Line, spacing: f64, column: f64) -> bool {
        let line = &self.lines[at];
        let is_below = distance(line, next).is_some_and(|distance| distance <= 1.3 * spacing);
        // What begins small goes on with a sentence, however its lines were cut.
        if !is_below || next.text.starts_with(char::is_lowercase) || next.x < line.x - 2. * line.size {
            return false;
        }
        let letters = next.text.chars().count().max(1) as f64;
        let word = next.text.split(' ').next().unwrap_or_default().chars().count() as f64;
        // The space before it, and a doubt of how wide its letters are.
        let room = 1.2 * word * (next.end - next.x) / letters + line.size;
        if line.end + room >= column {
            return false;
        }
        let mut ends: Vec<f64> = self.around(at).map(|other| other.end).collect();
        let beyond = ends.len() / BEYOND;
        if beyond >= ends.len() {
            return false;
        }
        let (_, edge, _) = ends.select_nth_unstable_by(beyond, |a, b| b.total_cmp(a));
        line.end + room < *edge
    }

    /// Returns where the lines around line `at` reach to that begin as it does, on its page.
    fn column(&self, at: usize) -> f64 {
        self.around(at).map(|other| other.end).fold(self.lines[at].end, f64::max)
    }

    /// Returns the lines around line `at` that begin as it does, on its page.
    fn around(&self, at: usize) -> impl Iterator<Item = &Line> {
        let around = &self.lines[at.saturating_sub(AROUND)..self.lines.len().min(at + AROUND)];
        let line = &self.lines[at];
        around.iter().filter(|other| other.page == line.page && (other.x - line.x).abs() < 2. * line.size)
    }
}

fn tenths(number: f64) -> i64 {
    (number * 10.).round() as i64
}

/// Returns what a line says, but for its numbers, and how high it stands.
fn place(line: &Line) -> (String, i64) {
    let mut text = String::new();
    for c in line.text.chars() {
        match c.is_ascii_digit() {
            true if text.ends_with('#') => {}
            true => text.push('#'),
            false => text.push(c),
        }
    }
    (text, (line.y / 4.).round() as i64)
}

/// Returns how far below the one the other line stands, in sizes of letters; `None` if it is no line below.
fn distance(before: &Line, line: &Line) -> Option<f64> {
    let distance = (line.y - before.y) / line.size.max(before.size);
    (line.page == before.page && (0.8..4.).contains(&distance)).then_some(distance)
}

/// Returns whether a paragraph ends between two lines; `column` is where the first could have reached to.
fn parts(before: &Line, line: &Line, spacing: f64, column: f64) -> bool {
    let sentence_ends = before.text.ends_with(['.', '!', '?', ':', '»', '”', '"', '…']);
    let begins_small = line.text.starts_with(char::is_lowercase);
    if (before.size - line.size).abs() > 0.12 * before.size {
        return true;
    }
    match distance(before, line) {
        Some(distance) if distance > 1.3 * spacing => true,
        Some(_) => {
            let is_short = before.end < column - 0.2 * (column - before.x);
            let is_indented = line.x > before.x + 0.8 * line.size && line.x < before.x + 5. * line.size;
            !begins_small && sentence_ends && (is_short || is_indented)
        }
        None if before.page == line.page && line.y > before.y + line.size => true,
        // On the next page, or in the next column, a sentence goes on.
        None => !begins_small && (sentence_ends || before.page == line.page && (before.y - line.y).abs() < line.size),
    }
}

/// The words that a document writes with a hyphen within a line.
struct Hyphenated(FxHashSet<String>);

impl Hyphenated {
    fn of(lines: &[Line]) -> Hyphenated {
        let words = lines.iter().flat_map(|line| line.text.split(|c: char| !c.is_alphanumeric() && c != '-'));
        Hyphenated(words.filter(|word| word.trim_matches('-').contains('-')).map(str::to_lowercase).collect())
    }

    /// Adds a line to a paragraph. A hyphen at the end of a line is undone, unless the word has one of its own: here, by
    /// what stands before or after it, or elsewhere.
    fn join(&self, paragraph: &mut String, line: &str) {
        let first: String = line.chars().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric()).collect();
        let last = paragraph.trim_end_matches(['-', '\u{AD}', '\u{2010}']);
        let cut = last.len() < paragraph.len()
            && last.ends_with(char::is_alphabetic)
            && first.starts_with(char::is_lowercase);
        if cut {
            let word = last.chars().rev().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric());
            let start = last.len() - word.map(char::len_utf8).sum::<usize>();
            let whole = format!("{}-{first}", &last[start..]).to_lowercase();
            let is_own = self.0.contains(&whole) || has_hyphen(&last[..start], &last[start..], &first);
            let length = last.len() + usize::from(is_own && paragraph.ends_with('-'));
            paragraph.truncate(length);
        } else if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line);
    }
}

/// What stands before a hyphen of its own in many words, and what stands after one.
const BEFORE_HYPHENS: &[&str] = &[
    "full", "half", "long", "short", "mid", "year", "vice", "non", "first", "third", "fourth", "single", "double",
    "self", "same", "avant", "après", "demi", "quasi", "outre", "celui", "celle", "ceux", "celles",
];
const AFTER_HYPHENS: &[&str] = &["il", "elle", "on", "ils", "elles", "je", "ce", "là", "ci", "même", "mêmes", "à"];

/// What ends a word that has none: `shortage`, `middle`.
const ENDINGS: &[&str] = &["age", "ages", "fall", "falls", "ly", "er", "ing", "ish", "dle", "dling", "tage", "tages"];

/// Returns whether a word cut into `last` and `first`, behind `before`, has a hyphen there that belongs to it: `long-term`,
/// `c'est-à-dire`, `a-t-il`.
fn has_hyphen(before: &str, last: &str, first: &str) -> bool {
    let is_one_of = |words: &[&str], word: &str| words.contains(&word.to_lowercase().as_str());
    before.ends_with('-')
        || is_one_of(BEFORE_HYPHENS, last) && !is_one_of(ENDINGS, first)
        || is_one_of(AFTER_HYPHENS, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_of_a_word_are_kept() {
        let words = Hyphenated(FxHashSet::default());
        for (line, next, joined) in [
            ("its full-", "year profit", "its full-year profit"),
            ("le vice-", "président", "le vice-président"),
            ("a-t-", "il dit", "a-t-il dit"),
            ("dit-", "elle", "dit-elle"),
            ("C’est-", "à-dire", "C’est-à-dire"),
            ("c'est-à-", "dire", "c'est-à-dire"),
            ("celles-", "ci montent", "celles-ci montent"),
            ("a short-", "age of", "a shortage of"),
            ("le déve-", "loppement", "le développement"),
            ("les résul-", "tats", "les résultats"),
        ] {
            let mut paragraph = line.to_owned();
            words.join(&mut paragraph, next);
            assert_eq!(paragraph, joined, "{line}");
        }
    }

    /// Lays out pages of lines, each `x y size text`.
    fn check(pages: &[&[(f64, f64, f64, &str)]], title: Option<&str>, expected: &[&str]) {
        let mut layout = Layout::default();
        for page in pages {
            layout.begin_page();
            for (x, y, size, text) in *page {
                let width = text.chars().count() as f64 * size * 0.5;
                layout.add(Run { text: (*text).to_owned(), x: *x, y: *y, size: *size, width });
            }
        }
        let document = layout.paragraphs();
        assert_eq!(document.texts, expected);
        assert_eq!(document.title.map(|at| document.texts[at].as_str()), title);
    }

    #[test]
    fn lines_are_joined_to_paragraphs() {
        check(
            &[&[
                (50., 100., 10., "Le groupe a signé un accord de long terme pour le déve-"),
                (50., 112., 10., "loppement d'un site. Le contre-"),
                (50., 136., 10., "Le contre-ordre est venu de la direction le même jour à midi."),
                (50., 148., 10., "Il a surpris."),
                (50., 160., 10., "Le titre a perdu 3 % à la Bourse de Paris dans un volume de contre-"),
                (50., 172., 10., "ordre."),
            ]],
            None,
            &[
                "Le groupe a signé un accord de long terme pour le développement d'un site. Le contre-",
                "Le contre-ordre est venu de la direction le même jour à midi. Il a surpris.",
                "Le titre a perdu 3 % à la Bourse de Paris dans un volume de contre-ordre.",
            ],
        );
    }

    #[test]
    fn a_line_with_room_for_the_next_word_ends_a_paragraph() {
        let text = "The group said on Tuesday that orders rose, and that it will";
        check(
            &[&[
                (50., 100., 10., "By Jane Roe"),
                (50., 112., 10., "March 4, 2025"),
                (50., 124., 10., text),
                (50., 136., 10., "Hire 400 people in the works that it has in the north of"),
                (50., 148., 10., "Spain. It sells screws."),
                (50., 160., 10., "Key points"),
                (50., 172., 10., "- Sales up 4%"),
                (50., 184., 10., "- Profit up 12%"),
                (50., 196., 10., text),
                (50., 208., 10., "go on."),
            ]],
            None,
            &[
                "By Jane Roe",
                "March 4, 2025",
                &format!("{text} Hire 400 people in the works that it has in the north of Spain. It sells screws."),
                "Key points",
                "- Sales up 4%",
                "- Profit up 12%",
                &format!("{text} go on."),
            ],
        );
        // A line across both columns does not tell how wide one is.
        let column = |at: usize| (50., 112. + 12. * at as f64, 10., "Halden said that Fenwick and");
        let mut page =
            vec![(50., 100., 10., "A sentence of the lead that stands above the text and above both of its columns")];
        page.extend((0..9).map(column));
        check(&[&page], None, &[&page.iter().map(|line| line.3).collect::<Vec<_>>().join(" ")]);
    }

    #[test]
    fn the_title_is_what_is_largest_at_the_top() {
        check(
            &[&[
                (50., 60., 30., "AGENCE"),
                (50., 100., 18., "Le groupe ouvre deux sites"),
                (50., 120., 18., "et en ferme trois"),
                (50., 150., 10., "Un texte qui suit et qui est bien plus long que tout le reste."),
            ]],
            Some("Le groupe ouvre deux sites et en ferme trois"),
            &[
                "AGENCE",
                "Le groupe ouvre deux sites et en ferme trois",
                "Un texte qui suit et qui est bien plus long que tout le reste.",
            ],
        );
    }

    #[test]
    fn running_heads_are_left_out_and_sentences_go_on() {
        let page = |number: &'static str, text: &'static str| {
            [(50., 20., 8., "La Lettre des marchés"), (50., 100., 10., text), (300., 780., 8., number)]
        };
        check(
            &[&page("Page 9 sur 10", "La hausse se"), &page("Page 10 sur 10", "poursuit partout.")],
            None,
            &["La hausse se poursuit partout."],
        );
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        check(&[&[(50., 100., 10., "Gras"), (50.3, 100., 10., "Gras")]], None, &["Gras"]);
    }

    #[test]
    fn very_many_lines_take_as_long_as_they_are_many() {
        const COUNT: usize = 100_000;
        let start = std::time::Instant::now();
        let mut layout = Layout::default();
        layout.begin_page();
        for at in 0..COUNT {
            layout.add(Run { text: "Un mot.".to_owned(), x: 50., y: 12. * at as f64, size: 10., width: 40. });
        }
        let words = layout.paragraphs().texts.iter().flat_map(|text| text.split(' ')).count();
        assert_eq!(words, 2 * COUNT);
        // In the square of their number they took minutes.
        assert!(start.elapsed().as_secs() < 10);
    }
}
