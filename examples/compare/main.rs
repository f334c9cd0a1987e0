//! Measures telex beside plain tantivy on the same articles.
//!
//! ```sh
//! cargo run --release --example compare -- [--mb N] [--rounds N] [--queries N] [--length N] [--files] [--keep FOLDER] SOURCE…
//! ```
//!
//! A source is a folder or file of articles in any format that telex reads. Of its text the first N megabytes
//! (100) become the corpus; a smaller source is recombined until they are reached. `--length` cuts each article
//! after so many bytes, for many articles in little text. With `--files` the corpus is a folder of one file an
//! article, otherwise one file of lines. Then each engine indexes it and answers the same queries, made from
//! the corpus's own words, in turns: every measure is taken in a process of its own, and the figures are
//! medians over N rounds (3), with the least and the greatest beside them.
//!
//! `--keep` leaves corpus, queries and indexes in a folder. What is in it can be measured by itself:
//!
//! ```sh
//! compare index ENGINE CORPUS INDEX
//! compare search ENGINE INDEX QUERIES.tsv [MODE] [ROUNDS]
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example tells on the terminal")]

mod corpus;
mod engine;
mod measure;
mod own;
mod peer;
mod queries;
mod random;
mod run;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};

use engine::{Engine, Mode};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The program's own, for telex and the others alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "usage: compare [--mb N] [--rounds N] [--queries N] [--length N] [--files] [--keep FOLDER] SOURCE…
       compare index ENGINE CORPUS INDEX
       compare search ENGINE INDEX QUERIES.tsv [MODE] [ROUNDS]
ENGINE is telex, telex-no-xlang, tantivy or tantivy-stem; MODE is best, records, snippets or facet";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["index", engine, corpus, place] => index(engine, Path::new(corpus), Path::new(place)),
        ["search", engine, place, list] => search(engine, place, list, "best", "7"),
        ["search", engine, place, list, mode] => search(engine, place, list, mode, "7"),
        ["search", engine, place, list, mode, rounds] => search(engine, place, list, mode, rounds),
        _ => run::run(&options(&words)?),
    }
}

fn index(engine: &str, corpus: &Path, place: &Path) -> Result<()> {
    let figures = Engine::named(engine).ok_or(USAGE)?.index(corpus, place)?;
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

fn search(engine: &str, place: &str, list: &str, mode: &str, rounds: &str) -> Result<()> {
    let (engine, mode) = (Engine::named(engine).ok_or(USAGE)?, Mode::named(mode).ok_or(USAGE)?);
    let mut queries = queries::read(Path::new(list))?;
    queries.retain(|query| engine.knows(query));
    let figures = engine.search(Path::new(place), &queries, mode, rounds.parse()?)?;
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

fn options(words: &[&str]) -> Result<run::Options> {
    let mut options = run::Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().copied().ok_or(USAGE);
        match *word {
            "--mb" => options.bytes = value()?.parse::<u64>()? * 1_000_000,
            "--rounds" => options.rounds = value()?.parse::<usize>()?.max(1),
            "--queries" => options.queries = value()?.parse()?,
            "--length" => options.length = value()?.parse()?,
            "--files" => options.files = true,
            "--keep" => options.keep = Some(PathBuf::from(value()?)),
            flag if flag.starts_with('-') => return Err(USAGE.into()),
            source => options.sources.push(PathBuf::from(source)),
        }
    }
    if options.sources.is_empty() { Err(USAGE.into()) } else { Ok(options) }
}
