//! The whole comparison: the corpus, the rounds, the tables.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;

use crate::Result;
use crate::corpus::{self, Sink, Size};
use crate::engine::{Engine, Mode};
use crate::measure::{Indexing, Searching};
use crate::queries;
use crate::table;

/// How often a child process answers each query.
const TIMES: usize = 5;

/// What to measure.
pub struct Options {
    pub sources: Vec<PathBuf>,
    /// Bytes of text.
    pub bytes: u64,
    /// Bytes after which an article is cut.
    pub length: usize,
    pub rounds: usize,
    /// How many queries.
    pub queries: usize,
    /// Whether every article is a file.
    pub files: bool,
    /// Where to leave what is made.
    pub keep: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Options {
        let (sources, length) = (Vec::new(), usize::MAX);
        Options { sources, bytes: 100_000_000, length, rounds: 3, queries: 200, files: false, keep: None }
    }
}

/// The figures of an engine, of every round.
#[derive(Default)]
pub struct Figures {
    pub indexing: Vec<Indexing>,
    /// By mode.
    pub searching: [Vec<Searching>; Mode::ALL.len()],
    /// The kinds of query that only telex has.
    pub kinds: Vec<Searching>,
}

/// Measures every engine in turns, and prints the tables.
pub fn run(options: &Options) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let place = options.keep.as_deref().unwrap_or(scratch.path());
    fs::create_dir_all(place)?;
    let (corpus, size) = corpus_in(place, options)?;
    let (common, kinds) = (place.join("queries.tsv"), place.join("kinds.tsv"));
    queries::write(&queries::common(&corpus, options.queries)?, &common)?;
    queries::write(&queries::kinds(&corpus)?, &kinds)?;

    let mut all: Vec<(Engine, Figures)> = Engine::ALL.map(|engine| (engine, Figures::default())).into();
    for round in 0..options.rounds {
        eprintln!("round {} of {}", round + 1, options.rounds);
        for (engine, figures) in &mut all {
            let index = place.join(format!("index-{}", engine.indexed_by().name()));
            if engine.indexed_by() == *engine {
                if index.exists() {
                    fs::remove_dir_all(&index)?;
                }
                figures.indexing.push(child(&[path("index"), path(engine.name()), &corpus, &index])?);
            }
        }
        for (mode, at) in Mode::ALL.into_iter().zip(0..) {
            for (engine, figures) in &mut all {
                figures.searching[at].push(search(*engine, place, &common, mode)?);
            }
        }
        for (engine, figures) in all.iter_mut().filter(|(engine, _)| engine.indexed_by() == Engine::Telex) {
            figures.kinds.push(search(*engine, place, &kinds, Mode::Records)?);
        }
    }
    table::print(&size, &all);
    Ok(())
}

/// Makes the corpus, or takes the one that an earlier run has left.
fn corpus_in(place: &Path, options: &Options) -> Result<(PathBuf, Size)> {
    let corpus = place.join(if options.files { "corpus" } else { "corpus.jsonl" });
    if corpus.exists() {
        let size = corpus::size(&corpus)?;
        return Ok((corpus, size));
    }
    let sink = match options.files {
        true => Sink::Files(corpus.clone()),
        false => Sink::Lines(BufWriter::with_capacity(1 << 20, File::create(&corpus)?)),
    };
    let size = corpus::make(&options.sources, options.bytes, options.length, sink)?;
    Ok((corpus, size))
}

fn search(engine: Engine, place: &Path, list: &Path, mode: Mode) -> Result<Searching> {
    let index = place.join(format!("index-{}", engine.indexed_by().name()));
    let rounds = TIMES.to_string();
    child(&[path("search"), path(engine.name()), &index, list, path(mode.name()), path(&rounds)])
}

fn path(text: &str) -> &Path {
    Path::new(text)
}

/// Measures in a process of its own, so that memory and processor time are its own.
fn child<T: DeserializeOwned>(arguments: &[&Path]) -> Result<T> {
    let output = Command::new(std::env::current_exe()?).args(arguments).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{arguments:?} failed: {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
