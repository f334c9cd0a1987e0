//! Output for people: cards for hits, an article whole, figures of an index and of a run.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::figures::{counted, decimal, size, thousands};
use super::sanitize::{clean, sanitized};
use super::time::date;
use super::{Look, Page, each_company, facets};
use crate::article::{Article, DateOrigin, How, Mention, Ticker};
use crate::index::{Stats, Verification};
use crate::indexer::IndexReport;
use crate::search::{Hit, Marked, SearchResponse, StoryOf};
use crate::wording::UiLanguage;

/// How many publishers of copies a card names.
const COPY_SOURCES: usize = 5;

pub(super) const LIT: Style = AnsiColor::Red.on_default().bold();
pub(super) const TITLE: Style = Style::new().bold();
pub(super) const QUIET: Style = Style::new().dimmed();
pub(super) const TICKER: Style = AnsiColor::Cyan.on_default();

/// Writes a card for each hit, then the total and the facets in a few lines.
pub(super) fn cards(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(query) = page.query {
        writeln!(out, "{}", painted(&clean(query), QUIET, page.look))?;
    }
    for hit in &response.hits {
        card(hit, page, out)?;
    }
    let language = page.look.language;
    let articles = totals(response, language);
    let shown = response.hits.len() as u64;
    match response.hits.first() {
        Some(first) if shown < response.stories => {
            let (first, last) = (first.rank as u64, first.rank as u64 + shown - 1);
            let range = language.pick(format!("{first} to {last} shown"), format!("{first} à {last} affichés"));
            writeln!(out, "{articles}, {range}")?;
        }
        _ => writeln!(out, "{articles}")?,
    }
    for counts in &response.facets {
        facets::line(counts, page.look, out)?;
    }
    Ok(())
}

fn card(hit: &Hit, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let look = page.look;
    let number = format!("{:>3}. ", hit.rank);
    let indent = " ".repeat(number.len());
    write!(out, "{number}")?;
    let link = look.links.then(|| page.file_link(hit)).flatten();
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
        writeln!(out, "{indent}{}", painted(&copies_note(story, look.language), QUIET, look))?;
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
pub(super) fn totals(response: &SearchResponse, language: UiLanguage) -> String {
    let articles = counted(response.total, "article", "articles", language);
    if response.stories == response.total {
        return articles;
    }
    let (one, many) = language.pick(("story", "stories"), ("sujet", "sujets"));
    format!("{articles}, {}", counted(response.stories, one, many, language))
}

/// Returns `+7 copies: AFP, Reuters`.
pub(super) fn copies_note(story: &StoryOf, language: UiLanguage) -> String {
    let (one, many) = language.pick(("copy", "copies"), ("copie", "copies"));
    let mut note = format!("+{}", counted(story.copies, one, many, language));
    let sources: Vec<String> = story.sources.iter().take(COPY_SOURCES).map(|source| clean(source)).collect();
    if !sources.is_empty() {
        note.push_str(&format!("{}{}", language.pick(": ", "\u{a0}: "), sources.join(", ")));
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
    writeln!(out, "{}", counted(copies.len() as u64, "article", "articles", look.language))
}

/// Returns `AMZN MSFT +2`: the first symbols, the subjects before the others, and how many more there are.
fn symbols(mentions: &[Mention], most: usize) -> String {
    let about = |company: &Ticker| mentions.iter().any(|mention| mention.main && mention.company == *company);
    let mut mentions: Vec<&Mention> = each_company(mentions).collect();
    mentions.sort_by_key(|mention| !about(&mention.company));
    let mut shown: Vec<String> = mentions.iter().take(most).map(|mention| clean(&mention.ticker.symbol)).collect();
    if mentions.len() > most {
        shown.push(format!("+{}", mentions.len() - most));
    }
    shown.join(" ")
}

pub(super) fn file_link(path: &std::path::Path) -> String {
    let mut link = String::from("file://");
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => link.push(byte as char),
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

/// Writes a text with its lit ranges, broken between words at the width, further lines indented.
/// `column` is where it begins.
pub(super) fn flow(
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
    // Whether the word is lit by a range that began before it.
    let mut joined = false;
    let mut ranges = marked.lit.iter().peekable();
    let mut first = true;
    for (at, c) in marked.text.char_indices().chain([(marked.text.len(), ' ')]) {
        while ranges.peek().is_some_and(|range: &&Range<usize>| range.end <= at) {
            ranges.next();
        }
        let range = ranges.peek().filter(|range| range.contains(&at));
        let c = sanitized(c);
        if c != ' ' {
            if word.is_empty() {
                joined = range.is_some_and(|range| range.start < at);
            }
            word.push((c, range.is_some()));
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
                pen.light(joined && pen.lit)?;
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

pub(super) fn painted(text: &str, style: Style, look: Look) -> String {
    if look.color { format!("{style}{text}{}", style.render_reset()) } else { text.to_owned() }
}

/// Writes an article whole, with what is known of it and how it is known.
pub fn whole_article(article: &Article, look: Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", painted(&clean(&article.headline), TITLE, look))?;
    let name = |english, french| look.language.pick(english, french);
    let mut facts: Vec<(&str, String)> = vec![("id", article.id.clone())];
    if let Some(published) = &article.published {
        let at = date(published).trim_end_matches('Z').replace('T', " ");
        let origin = origin(published.origin, look.language);
        let from = look.language.pick("from ", "d’après ");
        facts.push(("date", format!("{at} UTC ({from}{origin})")));
    }
    facts.push((
        name("lang", "langue"),
        format!("{} ({})", article.language, decimal(article.language_confidence.into(), 2, look.language)),
    ));
    let stated: [(&str, &Option<String>); 4] = [
        ("source", &article.source),
        (name("author", "auteur"), &article.author),
        (name("section", "rubrique"), &article.section),
        ("url", &article.url),
    ];
    facts.extend(stated.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))));
    for mention in &article.tickers {
        let company = super::company_name(mention).map(|name| format!(" {name}")).unwrap_or_default();
        let times = match mention.mentions {
            0 | 1 => String::new(),
            times => format!(", {times} {}", name("times", "fois")),
        };
        let main = if mention.main { name("main, ", "principal, ") } else { "" };
        let how = if mention.brand { name("brand", "marque") } else { how(mention.how, look.language) };
        facts.push((name("ticker", "symbole"), format!("{}{company} ({main}{how}{times})", mention.ticker)));
    }
    for (name, value) in facts {
        writeln!(out, "{} {}", painted(&format!("{name:>8}"), QUIET, look), clean(&value))?;
    }
    writeln!(out)?;
    paragraphs(article.text(), Style::new(), look, out)?;
    let tail = article.body.get(article.body_end..).unwrap_or_default().trim();
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

/// Returns where a date was read, in words.
fn origin(origin: DateOrigin, language: UiLanguage) -> String {
    let french = match origin {
        DateOrigin::Metadata => "les métadonnées",
        DateOrigin::FrontMatter => "l’en-tête du fichier",
        DateOrigin::Byline => "la ligne de publication",
        DateOrigin::Dateline => "la dépêche",
        DateOrigin::DatelineNoYear => "la dépêche, sans l’année",
        DateOrigin::Properties => "les propriétés du fichier",
        DateOrigin::FileName => "le nom du fichier",
        DateOrigin::FileTime => "l’heure du fichier",
    };
    language.pick(origin.name().replace('_', " "), french.to_owned())
}

/// Returns the way in which a security is named.
pub fn how(how: How, language: UiLanguage) -> &'static str {
    let french = match how {
        How::Metadata => "métadonnées",
        How::Code => "code",
        How::Ric => "code Reuters",
        How::Cashtag => "symbole en $",
        How::Isin => "ISIN",
        How::Name => "nom",
    };
    language.pick(how.name(), french)
}

/// Returns counts of what has names: `fr 32 · en 21`.
fn listed<N: std::fmt::Display>(counts: impl IntoIterator<Item = (N, u64)>, language: UiLanguage) -> String {
    let part = |(name, count)| format!("{name} {}", thousands(count, language));
    counts.into_iter().map(part).collect::<Vec<String>>().join(" · ")
}

/// Writes what a run of the indexer did.
pub fn index_summary(report: &IndexReport, dry_run: bool, language: UiLanguage, out: &mut dyn Write) -> io::Result<()> {
    let mut row =
        |english: &str, french: &str, text: String| writeln!(out, "{:<10}{text}", language.pick(english, french));
    let [added, updated, unchanged, removed] =
        [report.files_added, report.files_updated, report.files_unchanged, report.files_removed]
            .map(|count| thousands(count, language));
    let would = if dry_run { "would be " } else { "" };
    let seraient = if dry_run { "à faire : " } else { "" };
    let french = |count: u64, one: &str, many: &str| counted(count, one, many, UiLanguage::French);
    let new = french(report.files_added, "nouveau", "nouveaux");
    let same = french(report.files_unchanged, "inchangé", "inchangés");
    let gone = french(report.files_removed, "retiré", "retirés");
    row(
        "files",
        "fichiers",
        language.pick(
            format!("{added} {would}added, {updated} {would}updated, {unchanged} unchanged, {removed} {would}removed"),
            format!("{seraient}{new}, {updated} mis à jour, {same}, {gone}"),
        ),
    )?;
    if !report.skipped.is_empty() {
        let skipped = report.skipped.iter();
        let skipped: Vec<String> = skipped
            .map(|(reason, count)| format!("{} {}", thousands(*count, language), reason.words().to(language)))
            .collect();
        row("skipped", "écartés", skipped.join(", "))?;
    }
    if dry_run {
        return writeln!(out, "{}", language.pick("nothing was written (dry run)", "rien n’a été écrit (à blanc)"));
    }
    let written_in_french = french(report.articles_written, "écrit", "écrits");
    let removed_in_french = french(report.articles_removed, "ôté", "ôtés");
    let [written, removed, total] = [report.articles_written, report.articles_removed, report.articles_total]
        .map(|count| thousands(count, language));
    row(
        "articles",
        "articles",
        language.pick(
            format!("{written} written, {removed} taken out, {total} in the index"),
            format!("{written_in_french}, {removed_in_french}, {total} dans l’index"),
        ),
    )?;
    if report.articles_repaired > 0 {
        let articles = counted(report.articles_repaired, "article", "articles", language);
        row("repaired", "réparés", format!("{articles} (mojibake)"))?;
    }
    if report.articles_written > 0 {
        row("lang", "langue", listed(report.languages.iter().map(|(language, count)| (*language, *count)), language))?;
        let no_date = language.pick("no date", "sans date");
        let year = |year: &Option<i16>| year.map_or_else(|| no_date.to_owned(), |year| year.to_string());
        row("year", "année", listed(report.years.iter().map(|(at, count)| (year(at), *count)), language))?;
    }
    if !report.top_tickers.is_empty() {
        row("ticker", "symbole", listed(report.top_tickers.iter().map(|(ticker, count)| (ticker, *count)), language))?;
    }
    let seconds = report.elapsed.as_secs_f64();
    let mut time = format!("{} s", decimal(seconds, 2, language));
    if report.articles_written > 0 {
        let per_second = |figure: u64| figure as f64 / seconds.max(1e-9);
        let (read, speed) = (size(report.text_bytes, language), size(per_second(report.text_bytes) as u64, language));
        let articles = thousands(per_second(report.articles_written).round() as u64, language);
        let of_text = language.pick("of text", "de texte");
        time += &format!(", {read} {of_text}, {speed}/s, {articles} articles/s");
    }
    row("time", "durée", time)
}

/// Writes the figures of an index.
pub fn stats_text(stats: &Stats, language: UiLanguage, out: &mut dyn Write) -> io::Result<()> {
    let mut row =
        |english: &str, french: &str, text: String| writeln!(out, "{:<10}{text}", language.pick(english, french));
    let (articles, files) = (thousands(stats.articles, language), language.pick("files", "fichiers"));
    let files = counted(stats.files, files.trim_end_matches('s'), files, language);
    row("articles", "articles", language.pick(format!("{articles} in {files}"), format!("{articles} dans {files}")))?;
    row("lang", "langue", listed(stats.languages.iter().map(|(language, count)| (*language, *count)), language))?;
    if let Some((first, last)) = stats.published {
        let day = |at| {
            let precision = crate::article::Precision::Day;
            date(&crate::article::Published { at, precision, origin: DateOrigin::Metadata })
        };
        let (first, last) = (day(first), day(last));
        row("dates", "dates", language.pick(format!("{first} to {last} (UTC)"), format!("{first} à {last} (UTC)")))?;
    }
    let none = language.pick("none", "sans date");
    let name = |from: &Option<DateOrigin>| match (from, language) {
        (Some(from), UiLanguage::English) => from.name().to_owned(),
        (Some(from), UiLanguage::French) => origin(*from, language),
        (None, _) => none.to_owned(),
    };
    row("dated by", "date lue", listed(stats.date_origins.iter().map(|(from, count)| (name(from), *count)), language))?;
    let forms = thousands(stats.forms, language);
    row(
        "forms",
        "formes",
        language.pick(format!("{forms} in the vocabulary"), format!("{forms} dans le vocabulaire")),
    )?;
    let bytes = size(stats.bytes, language);
    let segments = counted(stats.segments as u64, "segment", "segments", language);
    row("size", "taille", language.pick(format!("{bytes} in {segments}"), format!("{bytes} en {segments}")))?;
    for root in &stats.roots {
        row("root", "racine", clean(&root.display().to_string()))?;
    }
    row("analysis", "analyse", format!("version {}", stats.analysis))
}

/// Writes what a look at every byte of an index found.
pub fn verification_text(found: &Verification, language: UiLanguage, out: &mut dyn Write) -> io::Result<()> {
    for damage in &found.damages {
        writeln!(out, "{}", clean(&damage.told(language)))?;
    }
    if found.damages.is_empty() {
        let files =
            counted(found.files as u64, language.pick("file", "fichier"), language.pick("files", "fichiers"), language);
        let articles = counted(found.articles, "article", "articles", language);
        let bytes = size(found.bytes, language);
        let said = said!("{files}, {bytes}, {articles}: all whole", "{files}, {bytes}, {articles} : tout est intact");
        writeln!(out, "{}", said.to(language))?;
    }
    Ok(())
}
