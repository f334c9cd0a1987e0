//! The engines that are compared, and the work that each is given.

use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::Result;
use crate::measure::{Indexing, Searching, bytes_in, cpu, peak_memory};
use crate::queries::{Operation, Query};
use crate::{own, peer};

/// Bytes of memory that a writer may take.
pub const MEMORY: usize = 256 << 20;
/// How many hits, and how many values of a facet, are asked for.
pub const HITS: usize = 10;

/// Returns how many threads index.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// An engine, or one way to use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// telex as it comes.
    Telex,
    /// telex without translation (`--no-xlang`); the index is the same.
    TelexOneLanguage,
    /// tantivy with its default tokenizer.
    Plain,
    /// tantivy with a stemmed field a language.
    Stems,
}

/// Answers a query: the microseconds it took, and how much was found.
type Answer = Box<dyn Fn(&Query) -> Result<(f64, usize)>>;

impl Engine {
    /// Every engine, in the order of the table.
    pub const ALL: [Engine; 4] = [Engine::Telex, Engine::TelexOneLanguage, Engine::Plain, Engine::Stems];

    pub fn name(self) -> &'static str {
        match self {
            Engine::Telex => "telex",
            Engine::TelexOneLanguage => "telex-no-xlang",
            Engine::Plain => "tantivy",
            Engine::Stems => "tantivy-stem",
        }
    }

    pub fn named(name: &str) -> Option<Engine> {
        Engine::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Returns the engine whose index it searches.
    pub fn indexed_by(self) -> Engine {
        if self == Engine::TelexOneLanguage { Engine::Telex } else { self }
    }

    /// Indexes a corpus in an empty folder.
    pub fn index(self, corpus: &Path, place: &Path) -> Result<Indexing> {
        fs::create_dir_all(place)?;
        let start = Instant::now();
        let articles = match self {
            Engine::Telex | Engine::TelexOneLanguage => own::index(corpus, place)?,
            Engine::Plain => peer::index(false, corpus, place)?,
            Engine::Stems => peer::index(true, corpus, place)?,
        };
        let wall = start.elapsed().as_secs_f64();
        Ok(Indexing { articles, wall, cpu: cpu(), memory: peak_memory(), bytes: bytes_in(place) })
    }

    /// Answers every query of a list in each round, after one round that does not count.
    pub fn search(self, place: &Path, queries: &[Query], mode: Mode, rounds: usize) -> Result<Searching> {
        let answer: Answer = match self {
            Engine::Telex | Engine::TelexOneLanguage => {
                let opened = own::Opened::open(self == Engine::Telex, place)?;
                Box::new(move |query| opened.time(query, mode))
            }
            Engine::Plain | Engine::Stems => {
                let opened = peer::Opened::open(self == Engine::Stems, place)?;
                Box::new(move |query| opened.time(query, mode))
            }
        };
        let mut times: Vec<(String, Vec<f64>)> =
            queries.iter().map(|query| (query.class.clone(), Vec::with_capacity(rounds))).collect();
        let mut empty = 0;
        for round in 0..=rounds {
            for (query, (_, times)) in queries.iter().zip(&mut times) {
                let (time, found) = answer(query)?;
                match round {
                    0 => empty += usize::from(found == 0),
                    _ => times.push(time),
                }
            }
        }
        Ok(Searching::of(times, empty))
    }

    /// Returns whether it can answer a query.
    pub fn knows(self, query: &Query) -> bool {
        query.operation != Operation::Typed || self.indexed_by() == Engine::Telex
    }
}

/// What is asked of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The ten best and their scores.
    Best,
    /// The ten best with their stored texts.
    Records,
    /// The ten best with snippets, matches lit.
    Snippets,
    /// The ten tickers that stand in most of the matching articles.
    Facet,
}

impl Mode {
    /// Every mode, in the order of the table.
    pub const ALL: [Mode; 4] = [Mode::Best, Mode::Records, Mode::Snippets, Mode::Facet];

    pub fn name(self) -> &'static str {
        match self {
            Mode::Best => "best",
            Mode::Records => "records",
            Mode::Snippets => "snippets",
            Mode::Facet => "facet",
        }
    }

    pub fn named(name: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.name() == name)
    }
}
