//! Output for other programs that know no structure: a TREC run, and paths.
//!
//! A path stands as it is, so that a file of that name is there, unless it would command a terminal, break its line, or
//! is no UTF-8: then it is quoted as git does.

use std::io::{self, Write};

use rustc_hash::FxHashSet;

use super::Page;
use super::sanitize::{clean, sanitized};
use crate::article::file_name;
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

/// Writes the files of the hits, best first, each once; a name that holds what acts on a terminal or ends a line is
/// quoted.
pub(super) fn paths(response: &SearchResponse, _page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for hit in &response.hits {
        if seen.insert(&hit.path) {
            writeln!(out, "{}", quoted(&hit.path))?;
        }
    }
    Ok(())
}

/// Returns a path as it is; or, if it holds what a terminal must not get or bytes that are not UTF-8, between quotation
/// marks with the escapes of C, bytes in octal, so that it can be told from every other.
fn quoted(path: &str) -> String {
    let acts = |c: char| c.is_control() || sanitized(c) != c;
    let bytes = file_name::bytes(path);
    if let Ok(name) = std::str::from_utf8(&bytes)
        && !name.starts_with('"')
        && !name.contains(acts)
    {
        return name.to_owned();
    }
    let mut quoted = String::from('"');
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' | '\\' => quoted.extend(['\\', c]),
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                '\t' => quoted.push_str("\\t"),
                c if acts(c) => octal(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut quoted),
                c => quoted.push(c),
            }
        }
        octal(chunk.invalid(), &mut quoted);
    }
    quoted.push('"');
    quoted
}

fn octal(bytes: &[u8], out: &mut String) {
    bytes.iter().for_each(|byte| out.push_str(&format!("\\{byte:03o}")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_where_it_must_be() {
        for (path, written) in [
            ("fr/a b.jsonl", "fr/a b.jsonl"),
            ("l’été\\\"1\".txt", "l’été\\\"1\".txt"),
            ("a\nb.txt", "\"a\\nb.txt\""),
            ("a\t\"b\"\\.txt", "\"a\\t\\\"b\\\"\\\\.txt\""),
            ("a\u{1b}[31m\u{202e}.txt", "\"a\\033[31m\\342\\200\\256.txt\""),
            ("b\u{FFFD}FF é.txt", "\"b\\377 é.txt\""),
            ("b\u{FFFD}\u{FFFD}FF.txt", "b\u{FFFD}FF.txt"),
            ("\"a\".txt", "\"\\\"a\\\".txt\""),
        ] {
            assert_eq!(quoted(path), written, "{path:?}");
        }
    }
}
