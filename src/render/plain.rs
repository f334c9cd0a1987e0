//! Output for other programs that know no structure: a TREC run, and paths.

use std::io::{self, Write};

use super::Page;
use super::sanitize::clean;
use crate::search::SearchResponse;

/// Writes a TREC run, as trec_eval reads it: `query Q0 id rank score tag`.
pub(super) fn trec(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    for hit in &response.hits {
        // The columns are parted by spaces: a space within one would make two.
        let id = clean(&hit.id).replace(char::is_whitespace, "_");
        writeln!(out, "{} Q0 {id} {} {:.6} telex", page.query.unwrap_or("1"), hit.rank, hit.score)?;
    }
    Ok(())
}

/// Writes the files of the hits, best first, each once.
pub(super) fn paths(response: &SearchResponse, _page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: Vec<&str> = Vec::new();
    for hit in &response.hits {
        if !seen.contains(&hit.path.as_str()) {
            writeln!(out, "{}", clean(&hit.path))?;
            seen.push(&hit.path);
        }
    }
    Ok(())
}
