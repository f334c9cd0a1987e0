//! Output for other programs that know no structure: a TREC run, and paths.
//!
//! A path stands as it is, so that a file of that name is there, unless it would command a terminal, break its line, or
//! is no UTF-8: then it is quoted as git does.

use std::ffi::OsString;
use std::io::{self, Write};

use rustc_hash::FxHashSet;

use super::Page;
use super::sanitize::{clean, sanitized};
use crate::article::file_name;
use crate::index::path_of;
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
pub(super) fn paths(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for hit in &response.hits {
        if seen.insert(&hit.path) {
            writeln!(out, "{}", quoted(file_of(&hit.path, page).as_encoded_bytes()))?;
        }
    }
    Ok(())
}

/// Returns the file whose name in the index is `name`, as it is opened from where the user is.
fn file_of(name: &str, page: &Page<'_>) -> OsString {
    match path_of(page.roots, name) {
        Some(path) => path.strip_prefix(page.here).unwrap_or(&path).as_os_str().to_owned(),
        None => file_name::name(name),
    }
}

/// Returns a path as it is; or, if it holds what a terminal must not get or bytes that are not UTF-8, between quotation
/// marks with the escapes of C, bytes in octal, so that it can be told from every other.
fn quoted(bytes: &[u8]) -> String {
    let acts = |c: char| c.is_control() || sanitized(c) != c;
    if let Ok(name) = std::str::from_utf8(bytes)
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
    use std::path::Path;

    use super::*;
    use crate::index::Root;
    use crate::render::Look;
    use crate::wording::UiLanguage;

    #[test]
    fn a_file_is_told_as_it_opens_from_here() {
        let root = |label: &str, path: &str| Root { label: label.to_owned(), path: path.into() };
        let roots = [root("", "/news/fr"), root("../archive/", "/old")];
        let look = Look { color: false, links: false, width: 100, language: UiLanguage::English };
        for (here, name, told) in [
            ("/news/fr", "a/b.txt", "a/b.txt"),
            ("/news", "a/b.txt", "fr/a/b.txt"),
            ("/news/fr/a", "c.txt", "/news/fr/c.txt"),
            ("/news", "../archive/c.txt", "/old/c.txt"),
        ] {
            let page = Page { query: None, roots: &roots, here: Path::new(here), look, names: true, separator: b',' };
            assert_eq!(file_of(name, &page).to_string_lossy(), told, "{name} from {here}");
        }
    }

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
            assert_eq!(quoted(&file_name::bytes(path)), written, "{path:?}");
        }
    }
}
