//! `telex alert`: what is new for the saved searches since they were last told.
//!
//! The order of acts is what keeps the promise of [`Journal`]: note what the index holds; for each search
//! find what is new, write the intent, tell, and only once the output is out write that it was told.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::Stdio;

use telex::error::{Error, Kind, Result};
use telex::index::Index;
use telex::query::parse;
use telex::render::{self, Page};
use telex::said;
use telex::saved::{Journal, SavedSearches};
use telex::search::{Matching, SearchRequest, SearchResponse, Sort};

use crate::args::{Alert, Global};
use crate::exit::{self, Ending, Failure, Outcome};
use crate::terminal::{Terminal, shell};
use crate::{place, request};

pub fn run(args: &Alert, global: &Global, terminal: &Terminal) -> Outcome {
    let place = place::existing(global)?;
    // First the journal: whoever holds it may be saving a search, and the index has whatever another alert noted.
    let mut journal = Journal::open(&place)?;
    let saved = SavedSearches::read(&place)?;
    args.names.iter().try_for_each(|name| saved.query(name).map(drop))?;
    let names: Vec<&str> = match args.names.is_empty() {
        true => saved.iter().map(|(name, _)| name).collect(),
        false => args.names.iter().map(String::as_str).collect(),
    };
    if names.is_empty() {
        terminal.tell((
            "there are no saved searches; `telex saved add NAME QUERY` makes one",
            "il n’y a pas de recherche enregistrée ; `telex saved add NOM REQUÊTE` en fait une",
        ));
    }
    let index = Index::open(&place)?;
    journal.arrive(&index.contents()?)?;
    let options = request::options_at(&place, terminal);
    let (mut told, mut failed) = (false, None);
    for name in names {
        let query = match parse(saved.query(name)?, &options) {
            Ok(query) => query,
            Err(error) => {
                // The others are told all the same.
                exit::show(&error, terminal);
                let message = said!(
                    "the saved search `{name}` cannot be read",
                    "la recherche enregistrée `{name}` est illisible"
                );
                failed = Some(Error::usage(message).into());
                continue;
            }
        };
        let new = journal.new_for(name);
        if new.is_empty() {
            continue;
        }
        let mut asked = SearchRequest {
            matching: Matching::All,
            sort: Sort::Oldest,
            limit: usize::MAX,
            collapse: !args.json && args.exec.is_none(),
            ..SearchRequest::new(query)
        };
        asked.filters.contents = Some(new.into());
        let response = index.search(&asked)?;
        if response.total > 0 {
            let doubtful = journal.intend(name)?;
            match tell(args, name, &response, &doubtful, &index, terminal) {
                Ok(()) => told = true,
                // What a command did not take is told again, the next time.
                Err(Failure::Telex(error)) => {
                    exit::show(&error, terminal);
                    let message = ("not every alert was taken", "une alerte n’a pas été prise");
                    failed = Some(Error::new(Kind::Io, message).into());
                    continue;
                }
                Err(failure) => return Err(failure),
            }
        }
        journal.confirm(name)?;
    }
    match failed {
        Some(failure) => Err(failure),
        None if told => Ok(Ending::Done),
        None => Ok(Ending::Nothing),
    }
}

/// Tells what is new for one search; when this returns, it is out.
fn tell(
    args: &Alert,
    name: &str,
    response: &SearchResponse,
    doubtful: &BTreeSet<u64>,
    index: &Index,
    terminal: &Terminal,
) -> std::result::Result<(), Failure> {
    let again = |content| doubtful.contains(&content);
    let doubtful = response.hits.iter().filter(|hit| again(hit.content)).count();
    let roots = index.roots();
    let page = terminal.page(&roots);
    let mut output = Vec::new();
    if args.json || args.exec.is_some() {
        render::alert(name, response, &page, &again, &mut output)?;
    } else {
        let total = response.total;
        let (one, several) = terminal.language.pick(("new", "new"), ("nouveau", "nouveaux"));
        let noun = terminal.language.plural(total, one, several);
        let heading = format!("{name}{} {total} {noun}", terminal.language.pick(":", " :"));
        (render::TEXT.render)(response, &Page { query: Some(&heading), ..page }, &mut output)?;
        writeln!(output)?;
    }
    if doubtful > 0 {
        let told = terminal.language.plural(doubtful as u64, "a peut-être déjà été dit", "ont peut-être déjà été dits");
        terminal.tell(said!(
            "{name}: an earlier alert was stopped; {doubtful} of these may have been told before",
            "{name} : une alerte a été arrêtée ; {doubtful} de ces articles {told}"
        ));
    }
    match &args.exec {
        Some(command) => Ok(execute(command, name, response.total, doubtful > 0, &output)?),
        None => {
            // One write, so that a process that is killed has told all or nothing as far as it can be.
            let mut out = io::stdout().lock();
            out.write_all(&output)?;
            Ok(out.flush()?)
        }
    }
}

/// Runs a command of the user's with what is new on its standard input.
fn execute(command: &str, name: &str, count: u64, again: bool, input: &[u8]) -> Result<()> {
    let failed = |cause: String| {
        let message = said!(
            "`{command}` did not take the alert `{name}`: {cause}",
            "`{command}` n’a pas pris l’alerte `{name}` : {cause}"
        );
        Error::new(Kind::Io, message)
            .hint(("it is told again by the next alert", "la prochaine alerte le dira de nouveau"))
    };
    let mut child = shell(command)
        .env("TELEX_SAVED", name)
        .env("TELEX_COUNT", count.to_string())
        .env("TELEX_AGAIN", if again { "1" } else { "0" })
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command may have heard enough before the end; its exit code tells whether it is content.
        let _ = stdin.write_all(input);
    }
    let status = child.wait().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
}
