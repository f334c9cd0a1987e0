//! Hits as a table: CSV (RFC 4180) and TSV, with fixed columns.

use std::io::{self, Write};

use super::Page;
use super::sanitize::clean;
use super::time::date;
use crate::search::{Hit, SearchResponse};

const COLUMNS: [&str; 9] = ["rank", "score", "date", "lang", "source", "tickers", "headline", "id", "path"];

/// Writes comma-separated values.
pub(super) fn csv(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    table(response, page, csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out))
}

/// Writes tab-separated values; no value holds a tab or a line end.
pub(super) fn tsv(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut builder = csv::WriterBuilder::new();
    table(response, page, builder.delimiter(b'\t').quote_style(csv::QuoteStyle::Never).from_writer(out))
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

fn cells(hit: &Hit) -> [String; 9] {
    let tickers: Vec<String> = hit.tickers.iter().map(|mention| mention.ticker.to_string()).collect();
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
    ]
}
