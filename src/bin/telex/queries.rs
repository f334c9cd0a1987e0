//! `telex search --queries`: a list of queries, one a line, each with its id.
//!
//! Separate from one query: what is wrong with a line of the list is told with its number, and stops no other.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use telex::error::{Error, Result};
use telex::index::Index;
use telex::query::{ParseOptions, Query, parse, parse_plain};
use telex::render::{Format, Page};
use telex::said;
use telex::search::SearchRequest;

use crate::exit::{self, Ending, Outcome};
use crate::request;
use crate::search::tell_of;
use crate::terminal::Terminal;

/// Answers every query of a list, in its order.
pub fn run(
    file: &Path,
    index: &Index,
    (format, separator): (&Format, u8),
    ask: &dyn Fn(Query) -> SearchRequest,
    options: &ParseOptions,
    terminal: &Terminal,
) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut first, mut found, mut failed) = (true, false, false);
    let mut ids = HashSet::new();
    let roots = index.roots();
    for (number, line) in (1..).zip(lines(file)?) {
        let line = line.map_err(|error| Error::io(file, error))?;
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        let (id, text) = line.split_once('\t').unzip();
        let is_new = id.is_none_or(|id| ids.insert(id.to_owned()));
        match read(id, text.unwrap_or(line), format, options).and_then(|query| once(query, id, is_new)) {
            Ok(query) => {
                let asked = ask(query);
                let mut response = index.search(&asked)?;
                response.notes.extend(request::readings(&asked.query, &asked.filters));
                // A list for a TREC run was written by nobody who could mend it.
                if format.name != "trec" {
                    tell_of(id.unwrap_or_default(), &response, terminal);
                }
                let page = Page { query: id, names: std::mem::take(&mut first), separator, ..terminal.page(&roots) };
                found |= response.total > 0;
                (format.render)(&response, &page, &mut out)?;
            }
            Err(error) => {
                failed = true;
                let id = id.map(str::trim).filter(|id| !id.is_empty());
                exit::show_of_list(&error, file, number, id, terminal);
            }
        }
    }
    out.flush()?;
    if failed {
        return Err(Error::usage((
            "some queries of the list could not be read",
            "des requêtes de la liste n’ont pas pu être lues",
        ))
        .into());
    }
    Ok(if found { Ending::Done } else { Ending::Nothing })
}

/// Reads a query of the list, if its id can stand in the answer.
fn read(id: Option<&str>, text: &str, format: &Format, options: &ParseOptions) -> Result<Query> {
    let is_run = format.name == "trec";
    match id {
        None => {
            let message = ("no tab between id and query", "pas de tabulation entre l’identifiant et la requête");
            Err(Error::usage(message))
        }
        Some(id) if id.trim().is_empty() => {
            Err(Error::usage(("there is no id before the tab", "il n’y a pas d’identifiant avant la tabulation")))
        }
        // The columns of a run are parted by spaces.
        Some(id) if is_run && id.contains(char::is_whitespace) => Err(Error::usage(said!(
            "a TREC run has no room for the space in the id `{id}`",
            "un fichier TREC n’a pas de place pour l’espace de l’identifiant `{id}`"
        ))),
        Some(_) if text.trim().is_empty() => {
            Err(Error::usage(("there is no query behind the tab", "il n’y a pas de requête après la tabulation")))
        }
        // A list for a TREC run is made by a machine from plain text; others are typed.
        Some(_) if is_run => parse_plain(text),
        Some(_) => parse(text, options),
    }
}

/// Refuses a query whose id another one has: their answers could not be told apart.
fn once(query: Query, id: Option<&str>, is_new: bool) -> Result<Query> {
    match id.filter(|_| !is_new) {
        Some(id) => Err(Error::usage(said!("the id `{id}` came before", "l’identifiant `{id}` est déjà venu"))),
        None => Ok(query),
    }
}

/// Returns the lines of a file or of standard input; bytes that are not UTF-8 become `\u{fffd}`.
fn lines(file: &Path) -> Result<impl Iterator<Item = io::Result<String>>> {
    let reader: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(file).map_err(|error| Error::io(file, error))?))
    };
    let line =
        |line: io::Result<Vec<u8>>| Ok(String::from_utf8_lossy(&line?).trim_start_matches('\u{feff}').to_owned());
    Ok(reader.split(b'\n').map(line))
}
