//! `telex saved`: queries kept under a name, which `saved:NAME` and `telex alert` use.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use telex::error::{Error, Result};
use telex::index::Index;
use telex::query::{ParseOptions, parse};
use telex::render;
use telex::said;
use telex::saved::{Journal, SavedSearches};
use telex::wording::UiLanguage;

use crate::args::{Global, Saved, SavedCommand};
use crate::exit::{Ending, Outcome};
use crate::terminal::Terminal;
use crate::{place, request};

pub fn run(args: &Saved, global: &Global, terminal: &Terminal) -> Outcome {
    let place = place::existing(global)?;
    match &args.command {
        SavedCommand::Add { name, query, replace } => add(&place, name, &query.join(" "), *replace, terminal),
        SavedCommand::List { json } => list(&place, *json),
        SavedCommand::Rm { names } => remove(&place, names),
    }
}

fn add(place: &Path, name: &str, query: &str, replace: bool, terminal: &Terminal) -> Outcome {
    // First the journal, so that the index has whatever an alert noted.
    let mut journal = Journal::open(place)?;
    let index = Index::open(place)?;
    let mut saved = SavedSearches::read(place)?;
    let is_new = saved.query(name).is_err();
    saved.add(name, query, replace)?;
    if query.trim().is_empty() {
        let message = ("there is nothing to look for", "il n’y a rien à chercher");
        let hint = ("give the query after the name", "donnez la requête après le nom");
        return Err(Error::usage(message).hint(hint).into());
    }
    check(&saved, query)?;
    // What is there already is not news.
    journal.arrive(&index.contents()?)?;
    journal.watch(name)?;
    saved.write(place)?;
    terminal.tell(match is_new {
        true => said!(
            "saved as `{name}`; `telex alert {name}` tells what is new from now on",
            "enregistrée sous `{name}` ; `telex alert {name}` dit désormais ce qui est nouveau"
        ),
        // What came since the last alert is not missed for having been asked for in other words.
        false => said!(
            "saved as `{name}`; `telex alert {name}` tells what is new since it last told",
            "enregistrée sous `{name}` ; `telex alert {name}` dit ce qui est nouveau depuis la dernière fois"
        ),
    });
    Ok(Ending::Done)
}

/// Checks that a query can be read with these saved searches, and does not lead back to itself.
fn check(saved: &SavedSearches, query: &str) -> Result<()> {
    let options = ParseOptions { saved: Arc::new(saved.queries()), ..request::parse_options() };
    parse(query, &options).map(drop)
}

fn list(place: &Path, json: bool) -> Outcome {
    let saved = SavedSearches::read(place)?;
    let mut out = io::stdout().lock();
    let width = saved.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, query) in saved.iter() {
        if json {
            render::saved(name, query, &mut out)?;
        } else {
            writeln!(out, "{name:<width$}  {}", render::clean(query))?;
        }
    }
    out.flush()?;
    Ok(if saved.iter().next().is_some() { Ending::Done } else { Ending::Nothing })
}

fn remove(place: &Path, names: &[String]) -> Outcome {
    // The journal is made where there is none: not for a search that is not there.
    let known = SavedSearches::read(place)?;
    names.iter().try_for_each(|name| known.query(name).map(drop))?;
    let mut journal = Journal::open(place)?;
    let mut saved = SavedSearches::read(place)?;
    for name in names {
        saved.remove(name)?;
    }
    for (other, query) in saved.iter() {
        if let Err(error) = check(&saved, query) {
            let [english, french] = [UiLanguage::English, UiLanguage::French].map(|language| error.told(language));
            let message = said!(
                "the saved search `{other}` could not be read any more: {english}",
                "la recherche enregistrée `{other}` ne pourrait plus être lue : {french}"
            );
            let hint = ("remove that one as well", "retirez aussi celle-là");
            return Err(Error::usage(message).hint(hint).into());
        }
    }
    saved.write(place)?;
    names.iter().try_for_each(|name| journal.forget(name))?;
    Ok(Ending::Done)
}
