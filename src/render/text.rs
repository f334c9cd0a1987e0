//! Output for people: cards for hits, tables for facets, sentences for the rest.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::sanitize::{clean, sanitized};
use super::time::date;
use super::{Look, Page};
use crate::article::{Article, DateOrigin, Mention, Ticker};
use crate::index::Stats;
use crate::indexer::IndexReport;
use crate::market;
use crate::search::{Facet, FacetCounts, FacetValue, Hit, Marked, SearchResponse, StoryOf};

/// How many publishers of copies a card names.
const COPY_SOURCES: usize = 5;

const LIT: Style = AnsiColor::Red.on_default().bold();
const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const TICKER: Style = AnsiColor::Cyan.on_default();

/// Writes a card for each hit, then the total and the facets in a few lines.
pub(super) fn cards(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(query) = page.query {
        writeln!(out, "{}", painted(&clean(query), QUIET, page.look))?;
    }
    for hit in &response.hits {
        card(hit, page, out)?;
    }
    let articles = totals(response);
    let shown = response.hits.len() as u64;
    match response.hits.first() {
        Some(first) if shown < response.stories => {
            writeln!(out, "{articles}, {} to {} shown", first.rank, first.rank as u64 + shown - 1)?;
        }
        _ => writeln!(out, "{articles}")?,
    }
    for counts in &response.facets {
        facet_line(counts, page.look, out)?;
    }
    Ok(())
}

fn card(hit: &Hit, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let look = page.look;
    let number = format!("{:>3}. ", hit.rank);
    let indent = " ".repeat(number.len());
    write!(out, "{number}")?;
    let link = page.root.filter(|_| look.links).map(|root| file_link(&root.join(&hit.path)));
    if let Some(link) = &link {
        write!(out, "\u{1b}]8;;{link}\u{1b}\\")?;
    }
    flow(&hit.headline, TITLE, &indent, number.len(), look, out)?;
    if link.is_some() {
        write!(out, "\u{1b}]8;;\u{1b}\\")?;
    }
    writeln!(out)?;

    let mut facts = Vec::new();
    if let Some(published) = &hit.published {
        let guessed =
            matches!(published.origin, DateOrigin::FileTime | DateOrigin::Properties | DateOrigin::DatelineNoYear);
        facts.push(format!("{}{}", if guessed { "~" } else { "" }, &date(published)[..10]));
    }
    facts.extend(hit.source.as_deref().map(clean));
    facts.push(hit.language.code().to_owned());
    let facts = painted(&facts.join(" · "), QUIET, look);
    let tickers = symbols(&hit.tickers, 6);
    let tickers = if tickers.is_empty() { tickers } else { format!("  {}", painted(&tickers, TICKER, look)) };
    writeln!(out, "{indent}{facts}{tickers}  {}", painted(&clean(&hit.id), QUIET, look))?;
    if let Some(story) = hit.story.as_ref().filter(|story| story.copies > 0) {
        writeln!(out, "{indent}{}", painted(&copies_note(story), QUIET, look))?;
    }

    for snippet in &hit.snippets {
        let mut marked = snippet.marked.clone();
        if snippet.cut_before {
            marked.text.insert(0, '…');
            for range in &mut marked.lit {
                *range = range.start + '…'.len_utf8()..range.end + '…'.len_utf8();
            }
        }
        if snippet.cut_after {
            marked.text.push('…');
        }
        write!(out, "{indent}")?;
        flow(&marked, Style::new(), &indent, indent.len(), look, out)?;
        writeln!(out)?;
    }
    writeln!(out)
}

/// Returns `31 articles, 9 stories`; the stories only if there are fewer of them.
fn totals(response: &SearchResponse) -> String {
    let articles = counted(response.total, "article", "articles");
    if response.stories == response.total {
        return articles;
    }
    format!("{articles}, {}", counted(response.stories, "story", "stories"))
}

/// Returns `+7 copies: AFP, Reuters`.
fn copies_note(story: &StoryOf) -> String {
    let mut note = format!("+{}", counted(story.copies, "copy", "copies"));
    let sources: Vec<String> = story.sources.iter().take(COPY_SOURCES).map(|source| clean(source)).collect();
    if !sources.is_empty() {
        note.push_str(&format!(": {}", sources.join(", ")));
    }
    if story.sources.len() > COPY_SOURCES {
        note.push_str(", …");
    }
    note
}

/// Writes the articles of a story, in order, with the share of the text of the one asked for that each has.
pub fn copies(copies: &[(&Article, f32)], look: Look, out: &mut dyn Write) -> io::Result<()> {
    for (article, shared) in copies {
        let mut facts: Vec<String> = article.published.iter().map(date).collect();
        facts.extend(article.source.as_deref().map(clean));
        facts.push(format!("{:.0} %", shared * 100.0));
        let facts = painted(&facts.join(" · "), QUIET, look);
        writeln!(out, "{}", painted(&clean(&article.headline), TITLE, look))?;
        writeln!(out, "  {facts}  {}", painted(&clean(&article.id), QUIET, look))?;
    }
    writeln!(out, "{}", counted(copies.len() as u64, "article", "articles"))
}

/// Returns `AMZN MSFT +2`: the first symbols, the subjects before the others, and how many more there are.
fn symbols(mentions: &[Mention], most: usize) -> String {
    let mut mentions: Vec<&Mention> = mentions.iter().collect();
    mentions.sort_by_key(|mention| !mention.main);
    let mut shown: Vec<String> = mentions.iter().take(most).map(|mention| clean(&mention.ticker.symbol)).collect();
    if mentions.len() > most {
        shown.push(format!("+{}", mentions.len() - most));
    }
    shown.join(" ")
}

fn file_link(path: &std::path::Path) -> String {
    let mut link = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => link.push(byte as char),
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

/// Writes a text with its lit ranges, broken between words at the width, further lines indented.
/// `column` is where it begins.
fn flow(
    marked: &Marked,
    base: Style,
    indent: &str,
    mut column: usize,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut pen = Pen { look, base, lit: false, out };
    pen.begin()?;
    let mut word: Vec<(char, bool)> = Vec::new();
    let mut ranges = marked.lit.iter().peekable();
    let mut first = true;
    for (at, c) in marked.text.char_indices().chain([(marked.text.len(), ' ')]) {
        while ranges.peek().is_some_and(|range: &&Range<usize>| range.end <= at) {
            ranges.next();
        }
        let lit = ranges.peek().is_some_and(|range| range.contains(&at));
        let c = sanitized(c);
        if c != ' ' {
            word.push((c, lit));
            continue;
        }
        if word.is_empty() {
            continue;
        }
        let width: usize = word.iter().map(|(c, _)| c.width().unwrap_or(0)).sum();
        if !first {
            if column + 1 + width > look.width {
                pen.light(false)?;
                write!(pen.out, "\n{indent}")?;
                column = indent.len();
            } else {
                // The space between two lit words of one phrase is lit as well.
                let joined = word.first().is_some_and(|(_, lit)| *lit) && pen.lit && spans(marked, at, &word);
                pen.light(joined)?;
                write!(pen.out, " ")?;
                column += 1;
            }
        }
        for (c, lit) in word.drain(..) {
            pen.light(lit)?;
            write!(pen.out, "{c}")?;
        }
        column += width;
        first = false;
    }
    pen.end()
}

/// Returns whether the word that ends at `end` is lit by a range that began before it.
fn spans(marked: &Marked, end: usize, word: &[(char, bool)]) -> bool {
    let start = end.saturating_sub(word.iter().map(|(c, _)| c.len_utf8()).sum());
    marked.lit.iter().any(|range| range.start < start && range.end > start)
}

/// Changes colours as the text goes along.
struct Pen<'a> {
    look: Look,
    base: Style,
    lit: bool,
    out: &'a mut dyn Write,
}

impl Pen<'_> {
    fn begin(&mut self) -> io::Result<()> {
        if self.look.color { write!(self.out, "{}", self.base) } else { Ok(()) }
    }

    fn light(&mut self, lit: bool) -> io::Result<()> {
        if self.look.color && lit != self.lit {
            let reset = if self.lit { LIT.render_reset() } else { self.base.render_reset() };
            write!(self.out, "{reset}{}", if lit { LIT } else { self.base })?;
        }
        self.lit = lit;
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.light(false)?;
        if self.look.color { write!(self.out, "{}", self.base.render_reset()) } else { Ok(()) }
    }
}

fn painted(text: &str, style: Style, look: Look) -> String {
    if look.color { format!("{style}{text}{}", style.render_reset()) } else { text.to_owned() }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// Returns `12 345`, with a no-break space.
fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// Returns a value for people: a ticker with its company's name where it is known.
fn value_text(facet: Facet, value: &str) -> String {
    let ticker =
        value.split_once(':').and_then(|(mic, symbol)| Some(Ticker::new(symbol, crate::article::Mic::new(mic)?)));
    match ticker.filter(|_| facet == Facet::Ticker) {
        Some(ticker) => match market::companies::name(&ticker) {
            Some(name) => format!("{value} {name}"),
            None => clean(value),
        },
        None => clean(value),
    }
}

/// Writes a facet on a few lines under the hits.
fn facet_line(counts: &FacetCounts, look: Look, out: &mut dyn Write) -> io::Result<()> {
    if counts.values.is_empty() {
        return Ok(());
    }
    let mut text = String::new();
    for (n, FacetValue { value, count, selected, .. }) in counts.values.iter().enumerate() {
        if n > 0 {
            text.push_str(" · ");
        }
        let mark = if *selected { "*" } else { "" };
        // No-break spaces keep a value and its count on one line.
        let name = value_text(counts.facet, value).replace(' ', "\u{a0}");
        text.push_str(&format!("{name}{mark}\u{a0}{}", thousands(*count)));
    }
    if counts.others > 0 {
        text.push_str(&format!(" · {} more", thousands(counts.others)));
    }
    let name = format!("{:<9}", counts.facet.name());
    write!(out, "{}", painted(&name, QUIET, look))?;
    let indent = " ".repeat(name.len());
    flow(&Marked { text, lit: Vec::new() }, Style::new(), &indent, name.len(), look, out)?;
    writeln!(out)
}

/// Writes each facet as a table with a bar a value.
pub fn facets(response: &SearchResponse, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, counts) in response.facets.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", painted(counts.facet.name(), TITLE, look))?;
        let rows: Vec<(String, &FacetValue)> =
            counts.values.iter().map(|value| (value_text(counts.facet, &value.value), value)).collect();
        let name_width = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(48);
        let most = rows.iter().map(|(_, value)| value.count).max().unwrap_or(1).max(1);
        let count_width = width(&thousands(most));
        let room = look.width.saturating_sub(name_width + count_width + 8).clamp(4, 40);
        for (name, value) in rows {
            let bar = "█".repeat((value.count as usize * room).div_ceil(most as usize));
            let mark = if value.selected { "*" } else { " " };
            let gap = " ".repeat(name_width.saturating_sub(width(&name)));
            let count = thousands(value.count);
            let pad = " ".repeat(count_width.saturating_sub(width(&count)));
            let main = value.main.map(|main| format!(" ({} main)", thousands(main))).unwrap_or_default();
            writeln!(out, "  {name}{gap}{mark} {pad}{count}  {}{main}", painted(&bar, TICKER, look))?;
        }
        if counts.others > 0 {
            writeln!(out, "  {} more", thousands(counts.others))?;
        }
    }
    writeln!(out, "\n{}", painted(&counted(response.total, "article", "articles"), QUIET, look))
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Writes an article whole, with what is known of it and how it is known.
pub fn whole_article(article: &Article, look: Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", painted(&clean(&article.headline), TITLE, look))?;
    let mut facts: Vec<(&str, String)> = vec![("id", article.id.clone())];
    if let Some(published) = &article.published {
        facts.push((
            "date",
            format!(
                "{} UTC (from {})",
                date(published).trim_end_matches('Z').replace('T', " "),
                published.origin.name().replace('_', " ")
            ),
        ));
    }
    facts.push(("lang", format!("{} ({:.2})", article.language, article.language_confidence)));
    let stated = [
        ("source", &article.source),
        ("author", &article.author),
        ("section", &article.section),
        ("url", &article.url),
    ];
    facts.extend(stated.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))));
    for mention in &article.tickers {
        let name = market::companies::name(&mention.ticker).map(|name| format!(" {name}")).unwrap_or_default();
        let times = if mention.mentions < 2 { String::new() } else { format!(", {} times", mention.mentions) };
        let main = if mention.main { "main, " } else { "" };
        let how = if mention.brand { "brand" } else { mention.how.name() };
        facts.push(("ticker", format!("{}{name} ({main}{how}{times})", mention.ticker)));
    }
    for (name, value) in facts {
        writeln!(out, "{} {}", painted(&format!("{name:>8}"), QUIET, look), clean(&value))?;
    }
    writeln!(out)?;
    paragraphs(article.text(), Style::new(), look, out)?;
    let tail = article.body[article.body_end..].trim();
    if !tail.is_empty() {
        writeln!(out)?;
        paragraphs(tail, QUIET, look, out)?;
    }
    Ok(())
}

fn paragraphs(text: &str, style: Style, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for line in text.trim_end().lines() {
        flow(&Marked { text: line.to_owned(), lit: Vec::new() }, style, "", 0, look, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes what a run of the indexer did.
pub fn index_summary(report: &IndexReport, dry_run: bool, out: &mut dyn Write) -> io::Result<()> {
    let would = if dry_run { "would be " } else { "" };
    writeln!(
        out,
        "files     {} {would}added, {} {would}updated, {} unchanged, {} {would}removed",
        thousands(report.files_added),
        thousands(report.files_updated),
        thousands(report.files_unchanged),
        thousands(report.files_removed)
    )?;
    if !report.skipped.is_empty() {
        let skipped: Vec<String> = report
            .skipped
            .iter()
            .map(|(reason, count)| format!("{} {}", thousands(*count), reason.words().english))
            .collect();
        writeln!(out, "skipped   {}", skipped.join(", "))?;
    }
    if dry_run {
        return writeln!(out, "nothing was written (dry run)");
    }
    writeln!(
        out,
        "articles  {} written, {} taken out, {} in the index",
        thousands(report.articles_written),
        thousands(report.articles_removed),
        thousands(report.articles_total)
    )?;
    if report.articles_repaired > 0 {
        writeln!(out, "repaired  {} (mojibake)", counted(report.articles_repaired, "article", "articles"))?;
    }
    if report.articles_written > 0 {
        let languages: Vec<String> =
            report.languages.iter().map(|(language, count)| format!("{language} {}", thousands(*count))).collect();
        writeln!(out, "lang      {}", languages.join(" · "))?;
        let years: Vec<String> = report
            .years
            .iter()
            .map(|(year, count)| {
                let year = year.map_or_else(|| "no date".to_owned(), |year| year.to_string());
                format!("{year} {}", thousands(*count))
            })
            .collect();
        writeln!(out, "year      {}", years.join(" · "))?;
    }
    if !report.top_tickers.is_empty() {
        let tickers: Vec<String> =
            report.top_tickers.iter().map(|(ticker, count)| format!("{ticker} {}", thousands(*count))).collect();
        writeln!(out, "ticker    {}", tickers.join(" · "))?;
    }
    let seconds = report.elapsed.as_secs_f64();
    write!(out, "time      {seconds:.2} s")?;
    if report.articles_written > 0 {
        let megabytes = report.text_bytes as f64 / 1e6;
        let per_second = |figure: f64| figure / seconds.max(1e-9);
        let articles = per_second(report.articles_written as f64);
        write!(out, ", {megabytes:.1} MB of text, {:.1} MB/s, {articles:.0} articles/s", per_second(megabytes))?;
    }
    writeln!(out)
}

/// Writes the figures of an index.
pub fn stats_text(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "articles  {} in {}", thousands(stats.articles), counted(stats.files, "file", "files"))?;
    let languages: Vec<String> =
        stats.languages.iter().map(|(language, count)| format!("{language} {}", thousands(*count))).collect();
    writeln!(out, "lang      {}", languages.join(" · "))?;
    if let Some((first, last)) = stats.published {
        let day = |at| {
            let precision = crate::article::Precision::Day;
            date(&crate::article::Published { at, precision, origin: DateOrigin::Metadata })
        };
        writeln!(out, "dates     {} to {} (UTC)", day(first), day(last))?;
    }
    let origins: Vec<String> = stats
        .date_origins
        .iter()
        .map(|(origin, count)| format!("{} {}", origin.map_or("none", DateOrigin::name), thousands(*count)))
        .collect();
    writeln!(out, "dated by  {}", origins.join(" · "))?;
    writeln!(out, "forms     {} in the vocabulary", thousands(stats.forms))?;
    writeln!(
        out,
        "size      {:.1} MB in {}",
        stats.bytes as f64 / 1e6,
        counted(stats.segments as u64, "segment", "segments")
    )?;
    for root in &stats.roots {
        writeln!(out, "root      {}", clean(&root.display().to_string()))?;
    }
    writeln!(out, "analysis  version {}", stats.analysis)
}
