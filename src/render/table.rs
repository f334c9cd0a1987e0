//! Hits and counts as tables: CSV (RFC 4180) and TSV.

use std::io::{self, Write};

use super::sanitize::clean;
use super::time::date;
use super::{Page, each_company};
use crate::search::{Facet, FacetCounts, FacetValue, Hit, SearchResponse};

const COLUMNS: [&str; 10] = ["rank", "score", "date", "lang", "source", "tickers", "headline", "id", "path", "section"];

/// Writes comma-separated values.
pub(super) fn csv(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    table(response, page, builder(page.separator).from_writer(out))
}

/// Writes tab-separated values; no value holds a tab or a line end.
pub(super) fn tsv(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    table(response, page, builder(b'\t').from_writer(out))
}

/// Returns what makes writers of tables whose cells `separator` parts; no cell is quoted where it is a tab.
fn builder(separator: u8) -> csv::WriterBuilder {
    let mut builder = csv::WriterBuilder::new();
    builder.delimiter(separator).terminator(csv::Terminator::CRLF);
    if separator == b'\t' {
        builder.quote_style(csv::QuoteStyle::Never).terminator(csv::Terminator::Any(b'\n'));
    }
    builder
}

/// Writes counts as a table: a line a value of each facet; or, of two facets, a line a value of the first with a column
/// a value of the second; or a line a telling word. Only one table has room. Cells are parted by `separator`, and no
/// cell of a tab-separated table is quoted.
pub fn facets(response: &SearchResponse, separator: u8, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = builder(separator).from_writer(out);
    let mut row = |cells: Vec<String>| writer.write_record(cells).map_err(cause);
    if let Some(found) = &response.words {
        row(["word", "articles", "background", "score"].map(str::to_owned).to_vec())?;
        for word in &found.words {
            let score = format!("{:.4}", word.score);
            row(vec![clean(&word.word), word.count.to_string(), word.background.to_string(), score])?;
        }
    } else if let Some(FacetCounts { facet, values, across: Some(across), .. }) = response.facets.first() {
        let columns = across.columns.values.iter().map(|value| clean(&value.value));
        row([facet.name(), "name", "articles"].map(str::to_owned).into_iter().chain(columns).collect())?;
        for (value, cells) in values.iter().zip(&across.cells) {
            let head = [clean(&value.value), company(*facet, value), value.count.to_string()];
            row(head.into_iter().chain(cells.iter().map(u64::to_string)).collect())?;
        }
    } else {
        let told = response.facets.iter().flat_map(|counts| &counts.values).any(|value| value.stories.is_some());
        let names = ["facet", "value", "name", "articles"].into_iter().chain(told.then_some("stories"));
        row(names.map(str::to_owned).collect())?;
        for counts in &response.facets {
            for value in &counts.values {
                let name = company(counts.facet, value);
                let cells = [counts.facet.name().to_owned(), clean(&value.value), name, value.count.to_string()];
                row(cells.into_iter().chain(value.stories.map(|stories| stories.to_string())).collect())?;
            }
        }
    }
    writer.flush()
}

fn company(facet: Facet, value: &FacetValue) -> String {
    super::facets::name(facet, &value.value).unwrap_or_default().to_owned()
}

fn table(response: &SearchResponse, page: &Page<'_>, mut writer: csv::Writer<&mut dyn Write>) -> io::Result<()> {
    let query = page.query.filter(|_| page.names || response.total > 0);
    if page.names {
        writer.write_record(query.map(|_| "query").into_iter().chain(COLUMNS)).map_err(cause)?;
    }
    for hit in &response.hits {
        let cells = cells(hit);
        writer.write_record(query.into_iter().chain(cells.iter().map(String::as_str))).map_err(cause)?;
    }
    writer.flush()
}

/// Returns the failure of the output itself, by which a pipe that closes is known.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn cells(hit: &Hit) -> [String; 10] {
    let tickers: Vec<String> = each_company(&hit.tickers).map(|mention| mention.ticker.to_string()).collect();
    [
        hit.rank.to_string(),
        format!("{:.4}", hit.score),
        hit.published.as_ref().map(date).unwrap_or_default(),
        hit.language.code().to_owned(),
        clean(hit.source.as_deref().unwrap_or_default()),
        tickers.join(" "),
        clean(&hit.headline.text),
        clean(&hit.id),
        clean(&hit.path),
        clean(hit.section.as_deref().unwrap_or_default()),
    ]
}
