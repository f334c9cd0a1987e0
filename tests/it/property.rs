//! Random queries over random articles equal a naive scan, across one to several segments with
//! articles changed and removed in between.
//!
//! The words are nonsense, without stems in common, so that a word finds itself and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use telex::analysis::Stemmers;
use telex::article::Language;
use telex::index::Index;
use telex::indexer::{self, IndexOptions, Observer};
use telex::query::{ParseOptions, parse};
use telex::search::{Matching, SearchRequest};

use crate::testenv::Random;

const WORDS: [&str; 12] = [
    "bakomi", "dovuta", "fagino", "gomaru", "hibalo", "jukona", "kibatu", "mopira", "nizoka", "pemolo", "rusafi",
    "vudaro",
];

/// A query, in a form that can be written and evaluated.
enum Query {
    Word(&'static str),
    Prefix(&'static str),
    Phrase(Vec<&'static str>),
    Title(Box<Query>),
    Body(Box<Query>),
    And(Vec<Query>),
    Beside(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
}

/// An article as the test knows it.
struct Article {
    headline: Vec<&'static str>,
    body: Vec<&'static str>,
}

impl Query {
    fn random(random: &mut Random, depth: usize) -> Query {
        let parts = |random: &mut Random| (0..2 + random.below(2)).map(|_| Query::random(random, depth - 1)).collect();
        match if depth == 0 { random.below(5) } else { random.below(14) } {
            0..=2 => Query::Word(word(random)),
            3 => Query::Phrase((0..2 + random.below(2)).map(|_| word(random)).collect()),
            4 => {
                let word = word(random);
                Query::Prefix(&word[..2 + random.below(3)])
            }
            5 => Query::Title(Box::new(Query::Word(word(random)))),
            6 => Query::Body(Box::new(Query::random(random, 0))),
            7 | 8 => Query::And(parts(random)),
            9 => Query::Beside(parts(random)),
            10..=12 => Query::Or(parts(random)),
            _ => Query::Not(Box::new(Query::random(random, depth - 1))),
        }
    }

    /// Writes the query as a user would, with brackets wherever they may stand.
    fn written(&self) -> String {
        let joined = |parts: &[Query], by: &str| {
            let parts: Vec<String> = parts.iter().map(Query::written).collect();
            format!("({})", parts.join(by))
        };
        match self {
            Query::Word(word) => word.to_string(),
            Query::Prefix(start) => format!("{start}*"),
            Query::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Query::Title(inner) => format!("title:{}", inner.written()),
            Query::Body(inner) => format!("body:{}", inner.written()),
            Query::And(parts) => joined(parts, " AND "),
            Query::Beside(parts) => joined(parts, " "),
            Query::Or(parts) => joined(parts, " OR "),
            Query::Not(inner) => format!("(NOT {})", inner.written()),
        }
    }

    fn matches(&self, article: &Article) -> bool {
        self.matches_in(article, true, true)
    }

    fn matches_in(&self, article: &Article, headline: bool, body: bool) -> bool {
        let texts = [(headline, &article.headline), (body, &article.body)];
        let anywhere = |test: &dyn Fn(&[&str]) -> bool| texts.iter().any(|(wanted, text)| *wanted && test(text));
        match self {
            Query::Word(word) => anywhere(&|text| text.contains(word)),
            Query::Prefix(start) => anywhere(&|text| text.iter().any(|word| word.starts_with(start))),
            Query::Phrase(words) => anywhere(&|text| text.windows(words.len()).any(|window| window == words)),
            Query::Title(inner) => inner.matches_in(article, true, false),
            Query::Body(inner) => inner.matches_in(article, false, true),
            Query::And(parts) | Query::Beside(parts) => {
                parts.iter().all(|part| part.matches_in(article, headline, body))
            }
            Query::Or(parts) => parts.iter().any(|part| part.matches_in(article, headline, body)),
            Query::Not(inner) => !inner.matches_in(article, headline, body),
        }
    }
}

struct Silent;

impl Observer for Silent {}

fn index(news: &std::path::Path, threads: usize) -> Index {
    let options = IndexOptions {
        threads,
        memory: 64 << 20,
        // A program that another test begins has the lock's file open for a moment.
        wait: Duration::from_secs(10),
        ..IndexOptions::new(vec![news.to_owned()], news.join(".telex"), 1_760_000_000)
    };
    indexer::run(&options, &Silent).unwrap();
    Index::open(&options.index).unwrap()
}

fn word(random: &mut Random) -> &'static str {
    random.pick(&WORDS)
}

fn words(random: &mut Random, most: usize) -> Vec<&'static str> {
    (0..1 + random.below(most)).map(|_| word(random)).collect()
}

fn found(index: &Index, text: &str, matching: Matching) -> BTreeSet<String> {
    let query = parse(text, &ParseOptions::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let request = SearchRequest { matching, limit: 10_000, ..SearchRequest::new(query) };
    let response = index.search(&request).unwrap();
    assert_eq!(response.total, response.hits.len() as u64, "{text}");
    for hit in &response.hits {
        // Nothing is lit but words of the query, and something is, if a word had to match.
        let pieces = std::iter::once(&hit.headline).chain(hit.snippets.iter().map(|snippet| &snippet.marked));
        for lit in pieces.flat_map(|marked| marked.lit.iter().map(|range| &marked.text[range.clone()])) {
            let asked = |word: &str| {
                text.split(|c: char| !c.is_alphabetic()).any(|typed| typed.len() > 1 && word.starts_with(typed))
            };
            assert!(lit.split(' ').all(asked), "{text} lit {lit} in {}", hit.id);
        }
    }
    response.hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn the_words_have_nothing_in_common() {
    let stemmers = Stemmers::default();
    let mut seen = BTreeSet::new();
    for word in WORDS {
        for language in [Language::French, Language::English] {
            let stem = stemmers.stem(word, language).unwrap_or_default();
            assert!(seen.insert((language, stem.clone())), "{word} shares its stem {stem}");
        }
    }
}

#[test]
fn hits_equal_a_naive_scan_over_changing_segments() {
    let (mut asked, mut hits, mut most_segments) = (0, 0, 0);
    for seed in 1..=4 {
        let mut random = Random::new(seed);
        let folder = tempfile::tempdir().unwrap();
        let mut articles: BTreeMap<String, Article> = BTreeMap::new();
        for step in 0..5 {
            // Some come, some change, some go.
            for _ in 0..8 + random.below(8) {
                let name = format!("{}.json", random.below(60));
                let article = Article { headline: words(&mut random, 3), body: words(&mut random, 12) };
                let record = serde_json::json!({
                    "title": article.headline.join(" "), "text": article.body.join(" "),
                    "lang": random.pick(&["fr", "en", "de"]),
                });
                fs::write(folder.path().join(&name), record.to_string()).unwrap();
                articles.insert(name, article);
            }
            for _ in 0..random.below(4) * step.min(1) {
                let names: Vec<String> = articles.keys().cloned().collect();
                let name = &names[random.below(names.len())];
                fs::remove_file(folder.path().join(name)).unwrap();
                articles.remove(name);
            }
            let index = index(folder.path(), 1 + step % 2);
            most_segments = most_segments.max(index.stats().unwrap().segments);
            for n in 0..40 {
                let query = Query::random(&mut random, 2);
                let text = query.written();
                let want: BTreeSet<String> =
                    articles.iter().filter(|(_, article)| query.matches(article)).map(|(id, _)| id.clone()).collect();
                assert_eq!(found(&index, &text, Matching::All), want, "seed {seed}, step {step}, query {n}: {text}");
                asked += 1;
                hits += want.len();
                // Side by side, any of several words is enough if it is so asked.
                let some = words(&mut random, 4);
                let any = |article: &Article| some.iter().any(|word| Query::Word(word).matches(article));
                let want: BTreeSet<String> =
                    articles.iter().filter(|(_, article)| any(article)).map(|(id, _)| id.clone()).collect();
                assert_eq!(
                    found(&index, &some.join(" "), Matching::Any),
                    want,
                    "seed {seed}, step {step}: any of {some:?}"
                );
            }
        }
    }
    assert!(asked >= 500 && hits > 1000 && most_segments > 2, "{asked} queries, {hits} hits, {most_segments} segments");
}

#[test]
fn no_query_brings_it_down() {
    let folder = tempfile::tempdir().unwrap();
    crate::testenv::copy(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus"), folder.path());
    let index = index(folder.path(), 2);
    let pieces = [
        "hausse",
        "l'",
        "d’",
        "L'Oréal",
        "S&P",
        "500",
        "1 200,50",
        "%",
        "€",
        "-",
        "+",
        "!",
        "(",
        ")",
        "\"",
        "«",
        "»",
        "“",
        "”",
        "*",
        "AND",
        "OR",
        "NOT",
        "ET",
        "SAUF",
        "&&",
        "||",
        ":",
        "ticker:",
        "title:",
        "body:",
        "date:",
        "lang:fr",
        "path:",
        "source:",
        "2025",
        "2025-07",
        "..",
        ">=",
        "$",
        "AMZN",
        "=",
        "~",
        "^",
        "/",
        "?",
        "🎮",
        "e\u{301}",
        "\u{ad}",
        "\u{a0}",
        "\u{202e}",
        "\0",
        "'",
        "’",
        "acqui*",
        "\"taux de*\"",
        " ",
        " ",
        " ",
        "[",
        "]",
        " TO ",
        ",",
        ".",
    ];
    let (mut read, mut refused) = (0, 0);
    for seed in 0..1500 {
        let mut random = Random::new(seed);
        let text: String = (0..1 + random.below(8)).map(|_| random.pick(&pieces)).collect();
        match parse(&text, &ParseOptions::default()) {
            Ok(query) => {
                let matching = random.pick(&[Matching::All, Matching::Any, Matching::AllThenAny]);
                let response = index.search(&SearchRequest { matching, ..SearchRequest::new(query) }).unwrap();
                assert_eq!(response.hits.len() as u64, response.total.min(10), "seed {seed}: {text:?}");
                for snippet in response.hits.iter().flat_map(|hit| &hit.snippets) {
                    let lit = |range: &std::ops::Range<usize>| {
                        snippet.marked.text.get(range.clone()).is_some_and(|lit| !lit.is_empty())
                    };
                    assert!(snippet.marked.lit.iter().all(lit), "seed {seed}: {text:?}: {snippet:?}");
                }
                read += 1;
            }
            Err(error) => {
                let place = error.place().unwrap_or_else(|| panic!("seed {seed}: {text:?}: {error}"));
                assert!(text.get(place.span.clone()).is_some(), "seed {seed}: {text:?}: {place:?}");
                refused += 1;
            }
        }
    }
    assert!(read > 300 && refused > 300, "{read} were read, {refused} refused");
}
