//! Measures how well telex ranks, on judged sets: nDCG@10, MRR@10 and recall@100 of each.
//!
//! ```sh
//! cargo run --release --example relevance -- [--across] [--keep FOLDER] SET…
//! ```
//!
//! A set is a folder with three files: `corpus.jsonl.gz`, the articles (`id`, `title`, `body`, `lang`);
//! `queries.jsonl`, the queries (`id`, `text`, `lang`), which are plain text without operators;
//! `qrels.tsv`, the judgements (query, document, grade). One matching word is enough to be ranked.
//! With `--across` a query asks for the articles of the other language alone. `--keep` leaves the
//! indexes in a folder, so that the next run finds them.
#![allow(clippy::print_stdout, reason = "an example tells on standard output")]

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use telex::article::Language;
use telex::index::Index;
use telex::indexer::{self, IndexOptions, Observer};
use telex::query::parse_plain;
use telex::search::{Filters, Matching, SearchRequest, SnippetOptions};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// How many hits of a query are looked at.
const DEPTH: usize = 100;

#[derive(Deserialize)]
struct Query {
    id: String,
    text: String,
    lang: String,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    lang: String,
}

/// The judged documents of a query with their grades.
type Grades = HashMap<String, u32>;

#[derive(Default)]
struct Figures {
    ndcg: f64,
    mrr: f64,
    recall: f64,
}

struct Silent;

impl Observer for Silent {}

fn main() -> Result<()> {
    let mut across = false;
    let mut keep = None;
    let mut sets = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--across" => across = true,
            "--keep" => keep = Some(PathBuf::from(arguments.next().ok_or("--keep needs a folder")?)),
            _ => sets.push(PathBuf::from(argument)),
        }
    }
    if sets.is_empty() {
        return Err("usage: relevance [--across] [--keep FOLDER] SET…".into());
    }
    let scratch = tempfile::tempdir()?;
    let keep = keep.as_deref().unwrap_or(scratch.path());
    println!("{:<24} queries  nDCG@10  MRR@10  recall@100", "set");
    for set in &sets {
        let name = set.file_name().unwrap_or_default().to_string_lossy();
        let (queries, figures) = measure(set, &keep.join(&*name), across)?;
        let Figures { ndcg, mrr, recall } = figures;
        println!("{name:<24} {queries:>7}   {ndcg:.4}  {mrr:.4}      {recall:.4}");
    }
    Ok(())
}

/// Returns how many queries a set has, and its figures.
fn measure(set: &Path, index: &Path, across: bool) -> Result<(usize, Figures)> {
    let corpus = set.join("corpus.jsonl.gz");
    indexer::run(&IndexOptions::new(vec![corpus.clone()], index.to_owned(), now()), &Silent)?;
    let index = Index::open(index)?;
    let queries: Vec<Query> = lines(&fs::read_to_string(set.join("queries.jsonl"))?)?;
    let languages: HashMap<String, String> = if across {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(fs::File::open(corpus)?), &mut text)?;
        lines::<Document>(&text)?.into_iter().map(|document| (document.id, document.lang)).collect()
    } else {
        HashMap::new()
    };
    let mut judged: HashMap<String, Grades> = HashMap::new();
    for line in fs::read_to_string(set.join("qrels.tsv"))?.lines() {
        let [query, document, grade] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not a judgement: {line}").into());
        };
        judged.entry(query.to_owned()).or_default().insert(document.to_owned(), grade.parse()?);
    }
    let figures: Vec<Figures> = queries
        .par_iter()
        .filter_map(|query| {
            let mut grades = judged.get(&query.id).cloned().unwrap_or_default();
            grades.retain(|document, grade| {
                *grade > 0 && (!across || languages.get(document).is_some_and(|lang| *lang != query.lang))
            });
            (!grades.is_empty()).then(|| Ok(score(&ask(&index, query, across)?, &grades)))
        })
        .collect::<Result<_>>()?;
    let mean = |each: fn(&Figures) -> f64| figures.iter().map(each).sum::<f64>() / figures.len().max(1) as f64;
    Ok((figures.len(), Figures { ndcg: mean(|f| f.ndcg), mrr: mean(|f| f.mrr), recall: mean(|f| f.recall) }))
}

/// Returns the ids of a query's hits, best first, as the corpus has them.
fn ask(index: &Index, query: &Query, across: bool) -> Result<Vec<String>> {
    let mut filters = Filters::default();
    if across {
        filters.languages.push(if query.lang == "fr" { Language::English } else { Language::French });
    }
    let request = SearchRequest {
        filters,
        matching: Matching::Any,
        limit: DEPTH,
        snippets: SnippetOptions { fragments: 0, chars: 0 },
        ..SearchRequest::new(parse_plain(&query.text)?)
    };
    let hits = index.search(&request)?.hits;
    Ok(hits.into_iter().map(|hit| hit.id.rsplit('#').next().unwrap_or_default().to_owned()).collect())
}

/// Returns the figures of one ranking: nDCG with gain 2^grade − 1 (Järvelin and Kekäläinen, 2002; Burges
/// and others, 2005), the reciprocal rank of the first relevant hit among ten, and the share of the
/// relevant that were found.
fn score(ranked: &[String], grades: &Grades) -> Figures {
    let gain = |grade: u32| f64::from(2_u32.pow(grade) - 1);
    let discounted = |grades: &mut dyn Iterator<Item = u32>| -> f64 {
        (2..).zip(grades.take(10)).map(|(place, grade)| gain(grade) / f64::from(place).log2()).sum()
    };
    let grade = |id: &String| grades.get(id).copied().unwrap_or(0);
    let mut ideal: Vec<u32> = grades.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let first = ranked.iter().take(10).position(|id| grade(id) > 0);
    let found: HashSet<&String> = ranked.iter().filter(|id| grade(id) > 0).collect();
    Figures {
        ndcg: discounted(&mut ranked.iter().map(grade)) / discounted(&mut ideal.into_iter()),
        mrr: first.map_or(0.0, |place| 1.0 / (place + 1) as f64),
        recall: found.len() as f64 / ideal_depth(grades) as f64,
    }
}

fn ideal_depth(grades: &Grades) -> usize {
    grades.len().min(DEPTH)
}

fn lines<T: DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
