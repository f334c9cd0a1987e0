//! Counts for people: a facet as bars, two as a table, a timeline as a sparkline, telling words as a list.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use super::Look;
use super::figures::{counted, thousands};
use super::sanitize::clean;
use super::text::{QUIET, TICKER, TITLE, flow, painted, totals};
use crate::article::{Mic, Ticker};
use crate::market;
use crate::search::{Across, Facet, FacetCounts, FacetValue, Marked, SearchResponse, SignificantWords};
use crate::wording::UiLanguage;

/// The widest name of a value that is shown whole.
const NAME: usize = 48;

/// Writes each facet as a table with a bar a value, or, of two, with the counts of one within the other;
/// where `sparklines` is set, those of a timeline as a sparkline alone.
pub fn tables(response: &SearchResponse, sparklines: bool, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, counts) in response.facets.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        match &counts.across {
            None => bars(counts, look, out)?,
            Some(across) if sparklines => lines(counts, across, look, out)?,
            Some(across) => table(counts, across, look, out)?,
        }
        rest(counts, look, out)?;
    }
    if let Some(found) = &response.words {
        if !response.facets.is_empty() {
            writeln!(out)?;
        }
        words(found, response.total, look, out)?;
    }
    let told = response.facets.iter().flat_map(|counts| &counts.values).any(|value| value.stories.is_some());
    let articles = match told {
        true => totals(response, look.language),
        false => counted(response.total, "article", "articles", look.language),
    };
    writeln!(out, "\n{}", painted(&articles, QUIET, look))
}

/// Returns how many stories have a value, or articles where stories are not counted.
fn number(value: &FacetValue) -> u64 {
    value.stories.unwrap_or(value.count)
}

/// Writes a facet on a few lines under the hits.
pub(super) fn line(counts: &FacetCounts, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let (Some(first), Some(last)) = (counts.values.first(), counts.values.last()) else { return Ok(()) };
    let mut text = String::new();
    if counts.facet.unit().is_some() && counts.others == 0 && counts.values.len() > 4 {
        let most = counts.values.iter().max_by_key(|value| number(value)).unwrap_or(first);
        let line = sparkline(counts.values.iter().map(number));
        let at_most = look.language.pick("most", "maximum");
        let (value, count) = (&most.value, thousands(number(most), look.language));
        text = format!("{} {line} {} ({at_most}: {value}\u{a0}{count})", first.value, last.value);
    } else {
        for (n, value) in counts.values.iter().enumerate() {
            if n > 0 {
                text.push_str(" · ");
            }
            let mark = if value.selected { "*" } else { "" };
            // No-break spaces keep a value and its count on one line.
            let name = value_text(counts.facet, &value.value).replace(' ', "\u{a0}");
            text.push_str(&format!("{name}{mark}\u{a0}{}", thousands(number(value), look.language)));
        }
    }
    if counts.others > 0 {
        let (one, many) = look.language.pick(("more", "more"), ("autre", "autres"));
        text.push_str(&format!(" · {}", counted(counts.others, one, many, look.language)));
    }
    let name = format!("{:<9}", label(counts.facet, look.language));
    write!(out, "{}", painted(&name, QUIET, look))?;
    let indent = " ".repeat(width(&name));
    flow(&Marked { text, lit: Vec::new() }, anstyle::Style::new(), &indent, indent.len(), look, out)?;
    writeln!(out)
}

fn bars(counts: &FacetCounts, look: Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", painted(label(counts.facet, look.language), TITLE, look))?;
    let most = counts.values.iter().map(number).max().unwrap_or(1).max(1);
    let names = Names::of(counts);
    let count_width = width(&thousands(most, look.language));
    let room = look.width.saturating_sub(names.width + count_width + 8).clamp(4, 40);
    for (name, value) in names.texts.iter().zip(&counts.values) {
        let bar = "█".repeat((number(value) as usize * room).div_ceil(most as usize));
        let (name, count) = (names.padded(name), right(&thousands(number(value), look.language), count_width));
        let articles = (number(value) != value.count).then(|| thousands(value.count, look.language));
        let articles = articles.map(|articles| format!("{articles} articles"));
        let main = value.main.map(|main| thousands(main, look.language));
        let main = main.map(|main| look.language.pick(format!("{main} main"), format!("{main} en sujet")));
        let beside: Vec<String> = articles.into_iter().chain(main).collect();
        let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
        let bar = painted(&bar, TICKER, look);
        let line = format!("  {name}{} {count}  {bar}{beside}", mark(value));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes a row a value with its timeline.
fn lines(counts: &FacetCounts, across: &Across, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let columns = &across.columns;
    let span = match (columns.values.first(), columns.values.last()) {
        (Some(first), Some(last)) => format!("{} … {}", first.value, last.value),
        _ => String::new(),
    };
    let unit = label(columns.facet, look.language);
    writeln!(out, "{}  {unit} {span}", painted(label(counts.facet, look.language), TITLE, look))?;
    let names = Names::of(counts);
    let count_width =
        width(&thousands(counts.values.iter().map(|value| value.count).max().unwrap_or(0), look.language));
    for ((name, value), cells) in names.texts.iter().zip(&counts.values).zip(&across.cells) {
        let (name, count) = (names.padded(name), right(&thousands(value.count, look.language), count_width));
        let line = painted(&sparkline(cells.iter().copied()), TICKER, look);
        writeln!(out, "  {name}{} {count}  {line}", mark(value))?;
    }
    Ok(())
}

/// Writes the counts of a facet within another; in several parts, if the columns have no room side by side.
fn table(counts: &FacetCounts, across: &Across, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let columns = &across.columns;
    let title = format!("{} × {}", label(counts.facet, look.language), label(columns.facet, look.language));
    writeln!(out, "{}", painted(&title, TITLE, look))?;
    let all = look.language.pick("all", "tous");
    let names = Names::of(counts);
    let more = if counts.others > 0 { look.language.pick("more", "autres") } else { "" };
    let name_width = names.width.max(width(all)).max(width(more));
    let most = counts.values.iter().map(|value| value.count).max().unwrap_or(0).max(counts.other_articles);
    let total_width = width(&thousands(most, look.language)).max(width(all));
    let heads: Vec<String> =
        columns.values.iter().map(|value| shortened(&value_text(columns.facet, &value.value), 20)).collect();
    let widths: Vec<usize> = heads
        .iter()
        .zip(&columns.values)
        .map(|(head, value)| width(head).max(width(&thousands(value.count, look.language))))
        .collect();
    let room = look.width.saturating_sub(name_width + total_width + 4);
    for (part, block) in blocks(&widths, room).into_iter().enumerate() {
        if part > 0 {
            writeln!(out)?;
        }
        let cells = |cell: &dyn Fn(usize) -> String| {
            block.clone().map(|n| format!("  {}", right(&cell(n), widths[n]))).collect::<String>()
        };
        let head = format!("  {}  {}{}", " ".repeat(name_width), right(all, total_width), cells(&|n| heads[n].clone()));
        writeln!(out, "{}", painted(&head, QUIET, look))?;
        for ((name, value), row) in names.texts.iter().zip(&counts.values).zip(&across.cells) {
            let (name, total) = (left(name, name_width), right(&thousands(value.count, look.language), total_width));
            let spark = match columns.facet.unit() {
                Some(_) if part == 0 && widths.len() == block.len() => sparkline(row.iter().copied()),
                _ => String::new(),
            };
            let line =
                format!("  {name}{} {total}{}  {spark}", mark(value), cells(&|n| thousands(row[n], look.language)));
            writeln!(out, "{}", line.trim_end())?;
        }
        if counts.others > 0 {
            let more = left(more, name_width);
            let total = right(&thousands(counts.other_articles, look.language), total_width);
            let line = format!("  {more}  {total}{}", cells(&|n| thousands(across.others[n], look.language)));
            writeln!(out, "{}", painted(&line, QUIET, look))?;
        }
        let line = format!(
            "  {}  {}{}",
            left(all, name_width),
            " ".repeat(total_width),
            cells(&|n| thousands(columns.values[n].count, look.language))
        );
        writeln!(out, "{}", painted(&line, QUIET, look))?;
    }
    Ok(())
}

/// Parts columns into runs that have room side by side; each has one at least.
fn blocks(widths: &[usize], room: usize) -> Vec<std::ops::Range<usize>> {
    let mut blocks = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (n, width) in widths.iter().enumerate() {
        if n > start && used + width + 2 > room {
            blocks.push(start..n);
            (start, used) = (n, 0);
        }
        used += width + 2;
    }
    blocks.push(start..widths.len());
    blocks
}

/// Writes what is not shown: further values, and articles without any.
fn rest(counts: &FacetCounts, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut parts = Vec::new();
    if counts.others > 0 {
        let (one, many, within) = look.language.pick(("more", "more", "in"), ("autre", "autres", "dans"));
        let others = counted(counts.others, one, many, look.language);
        let articles = counted(counts.other_articles, "article", "articles", look.language);
        parts.push(format!("{others} {within} {articles}"));
    }
    if counts.without > 0 {
        let articles = counted(counts.without, "article", "articles", look.language);
        parts.push(look.language.pick(format!("{articles} with none"), format!("{articles} n’en ayant aucun")));
    }
    if parts.is_empty() { Ok(()) } else { writeln!(out, "  {}", painted(&parts.join(", "), QUIET, look)) }
}

fn words(found: &SignificantWords, total: u64, look: Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", painted(look.language.pick("words", "mots"), TITLE, look))?;
    let names = found.words.iter().map(|word| width(&clean(&word.word))).max().unwrap_or(0).min(NAME);
    let most = found.words.first().map_or(1.0, |word| word.score);
    let room = look.width.saturating_sub(names + 30).clamp(4, 30);
    for word in &found.words {
        let bar = "█".repeat(((word.score / most * room as f64).ceil() as usize).max(1));
        let name = left(&shortened(&clean(&word.word), NAME), names);
        let (count, background) = (thousands(word.count, look.language), thousands(word.background, look.language));
        let counts = look.language.pick(format!("{count} of {background}"), format!("{count} sur {background}"));
        writeln!(out, "  {name}  {counts:>15}  {}", painted(&bar, TICKER, look))?;
    }
    let (read, total) = (thousands(found.read, look.language), thousands(total, look.language));
    let note = match (found.words.is_empty(), read == total) {
        (true, _) => look.language.pick("no word stands out".to_owned(), "aucun mot ne ressort".to_owned()),
        (false, true) => return Ok(()),
        (false, false) => look.language.pick(
            format!("read in {read} of the {total} articles, as if drawn by lot"),
            format!("lus dans {read} des {total} articles, comme tirés au sort"),
        ),
    };
    writeln!(out, "  {}", painted(&note, QUIET, look))
}

/// Returns a bar a count, eight heights high, and a dot for none.
fn sparkline(counts: impl Iterator<Item = u64> + Clone) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.clone().max().unwrap_or(0).max(1);
    counts
        .map(|count| if count == 0 { '·' } else { BARS[((count * 8).div_ceil(most) as usize).clamp(1, 8) - 1] })
        .collect()
}

/// The names of a facet's values, as wide as the widest.
struct Names {
    texts: Vec<String>,
    width: usize,
}

impl Names {
    fn of(counts: &FacetCounts) -> Names {
        let texts: Vec<String> =
            counts.values.iter().map(|value| shortened(&value_text(counts.facet, &value.value), NAME)).collect();
        let width = texts.iter().map(|name| width(name)).max().unwrap_or(0);
        Names { texts, width }
    }

    fn padded(&self, name: &str) -> String {
        left(name, self.width)
    }
}

fn mark(value: &FacetValue) -> &'static str {
    if value.selected { "*" } else { " " }
}

fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Returns a text cut to `columns` columns at most.
fn shortened(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= columns
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Returns the name of a facet for people; the query language knows both.
fn label(facet: Facet, language: UiLanguage) -> &'static str {
    language.pick(facet.name(), facet.french_name())
}

/// Returns a value for people: a ticker with its company's name where it is known.
fn value_text(facet: Facet, value: &str) -> String {
    match name(facet, value) {
        Some(name) => format!("{value} {name}"),
        None => clean(value),
    }
}

/// Returns the name of the company that a value stands for.
pub(super) fn name(facet: Facet, value: &str) -> Option<&'static str> {
    let (mic, symbol) = value.split_once(':').filter(|_| facet == Facet::Ticker)?;
    market::companies::name(&Ticker::new(symbol, Mic::new(mic)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparklines_show_nothing_as_a_dot() {
        assert_eq!(sparkline([0, 1, 4, 8].into_iter()), "·▁▄█");
        assert_eq!(sparkline([0, 0].into_iter()), "··");
    }

    #[test]
    fn columns_without_room_go_into_further_parts() {
        assert!(blocks(&[7, 7, 7], 30).into_iter().eq(std::iter::once(0..3)));
        assert_eq!(blocks(&[7, 7, 7], 20), [0..2, 2..3]);
        assert_eq!(blocks(&[50, 7], 20), [0..1, 1..2]);
        assert!(blocks(&[], 20).into_iter().eq(std::iter::once(0..0)));
    }

    #[test]
    fn the_row_of_the_others_is_as_wide_as_any() {
        let value = |value: &str, count| FacetValue {
            value: value.to_owned(),
            count,
            stories: None,
            main: None,
            selected: false,
        };
        let of = |facet, value: FacetValue| FacetCounts {
            facet,
            values: vec![value],
            others: 1,
            other_articles: 12_345,
            without: 0,
            across: None,
        };
        let columns = of(Facet::Source, value("Récit", 12_347));
        let across = Across { columns: Box::new(columns), cells: vec![vec![2]], others: vec![12_345] };
        let counts = of(Facet::Language, value("fr", 2));
        for (language, all, more) in [(UiLanguage::English, "all", "more"), (UiLanguage::French, "tous", "autres")] {
            let look = Look { color: false, links: false, width: 80, language };
            let mut out = Vec::new();
            table(&counts, &across, look, &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            let rows: Vec<&str> = out.lines().skip(1).collect();
            let named: Vec<&str> = rows.iter().map(|row| row.split_whitespace().next().unwrap()).collect();
            assert_eq!(named, [all, "fr", more, all], "{out}");
            assert!(rows.iter().all(|row| width(row) == width(rows[0])), "{out}");
        }
    }

    #[test]
    fn every_facet_is_found_by_the_name_that_is_shown() {
        for facet in Facet::ALL {
            for language in [UiLanguage::English, UiLanguage::French] {
                assert_eq!(Facet::from_name(label(facet, language)), Some(facet));
            }
        }
        assert_eq!(shortened("abcdef", 4), "abc…");
    }
}
