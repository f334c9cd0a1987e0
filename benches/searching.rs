//! How fast queries of each kind are read and answered. The expected totals follow from how `news` writes.

mod news;

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::sync::Arc;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use telex::index::Index;
use telex::indexer;
use telex::query::{ParseOptions, parse};
use telex::search::{Facet, FacetRequest, Matching, SearchRequest, SnippetOptions};

/// How many articles.
const ARTICLES: usize = 4000;

/// The searches that `saved:` may name.
const SAVED: (&str, &str) = ("deals", "acquisition OR \"taux de change\"");

/// A name, a query, and whether article `n` answers it.
type Case = (&'static str, &'static str, fn(usize) -> bool);

const CASES: &[Case] = &[
    ("term", "dividende", |n| n.is_multiple_of(2)),
    ("family", "acquisitions", |n| n.is_multiple_of(3)),
    ("exact form", "=dividende", |n| n.is_multiple_of(2)),
    ("translated", "takeover", |n| n.is_multiple_of(3)),
    ("and", "dividende acquisition", |n| n.is_multiple_of(6)),
    ("or", "dividende OR acquisition", |n| n.is_multiple_of(2) || n.is_multiple_of(3)),
    ("not", "dividende -acquisition", |n| n.is_multiple_of(2) && !n.is_multiple_of(3)),
    ("boolean", "(dividende OR acquisition) AND printemps NOT change", |n| n.is_multiple_of(2) && !n.is_multiple_of(5)),
    ("phrase", "\"taux de change\"", |n| n.is_multiple_of(5)),
    ("prefix", "acqui*", |n| n.is_multiple_of(3)),
    ("wildcard", "ac*ition", |n| n.is_multiple_of(3)),
    ("leading wildcard", "*quisition", |n| n.is_multiple_of(3)),
    ("fuzzy", "dividande~", |n| n.is_multiple_of(2)),
    ("regular expression", "/acqui[a-z]+/", |n| n.is_multiple_of(3)),
    ("near", "dividende NEAR/4 printemps", |n| n.is_multiple_of(2)),
    ("in order", "taux ADJ/2 change", |n| n.is_multiple_of(5)),
    ("sentence", "acquisition W/S étude", |n| n.is_multiple_of(3)),
    ("paragraph", "dividende W/P change", |n| n.is_multiple_of(10)),
    ("first words", "FIRST/20(dividende)", |n| n.is_multiple_of(2)),
    ("at least", "ATLEAST2(nouvelle)", |_| false),
    ("field", "title:nouvelle dividende", |n| n.is_multiple_of(2)),
    ("ticker", "dividende ticker:NASDAQ:AMZN", |n| n.is_multiple_of(2) && n % 7 == 4),
    ("date", "dividende date:2025-03", |n| n.is_multiple_of(2) && n % 12 == 2),
    ("date range", "dividende date:2025-02..2025-04", |n| n.is_multiple_of(2) && matches!(n % 12, 1..=3)),
    ("saved", "saved:deals", |n| n.is_multiple_of(3) || n.is_multiple_of(5)),
    ("every article", "*", |_| true),
    ("nothing", "introuvable", |_| false),
];

fn options() -> ParseOptions {
    let (name, query) = SAVED;
    let saved = BTreeMap::from([(name.to_owned(), query.to_owned())]);
    ParseOptions { saved: Arc::new(saved), ..ParseOptions::default() }
}

/// Returns a request for ten records without snippets.
fn request(query: &str) -> SearchRequest {
    let query = parse(query, &options()).expect("a query that reads");
    let snippets = SnippetOptions { fragments: 0, chars: 0 };
    SearchRequest { matching: Matching::All, snippets, ..SearchRequest::new(query) }
}

fn parsing(criterion: &mut Criterion) {
    let options = options();
    let mut group = criterion.benchmark_group("parsing");
    for (name, query, _) in CASES {
        let printed = parse(query, &options).expect("a query that reads").to_string();
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                let read = parse(black_box(query), &options).expect("a query that reads");
                assert_eq!(read.to_string(), printed);
            });
        });
    }
    group.finish();
}

fn searching(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the articles");
    let lines: Vec<String> = (0..ARTICLES).map(news::record).collect();
    fs::write(folder.path().join("news.jsonl"), lines.join("\n")).expect("the articles written");
    let place = folder.path().join(".telex");
    indexer::run(&news::options(folder.path(), &place), &news::Quiet).expect("an index written");
    let index = Index::open(&place).expect("an index opened");

    let mut group = criterion.benchmark_group("searching");
    for (name, query, answers) in CASES {
        let request = request(query);
        let expected = (0..ARTICLES).filter(|n| answers(*n)).count() as u64;
        group.bench_function(*name, |bencher| {
            bencher.iter(|| assert_eq!(index.search(&request).expect("an answer").total, expected, "{query}"));
        });
    }
    snippets(&mut group, &index);
    facets(&mut group, &index);
    group.finish();

    let mut group = criterion.benchmark_group("opening");
    group.bench_function("an index", |bencher| {
        bencher.iter(|| assert_eq!(Index::open(&place).expect("an index opened").len(), ARTICLES as u64));
    });
    group.finish();
}

fn snippets(group: &mut BenchmarkGroup<'_, WallTime>, index: &Index) {
    for (name, query) in [("snippets of a term", "dividende"), ("snippets of a phrase", "\"taux de change\"")] {
        let request = SearchRequest { snippets: SnippetOptions::default(), ..request(query) };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let hits = index.search(&request).expect("an answer").hits;
                assert!(hits.len() == 10 && hits.iter().all(|hit| !hit.snippets.is_empty()));
            });
        });
    }
}

fn facets(group: &mut BenchmarkGroup<'_, WallTime>, index: &Index) {
    // Even numbers have every security, six of the twelve months, and one language.
    for (facet, values) in [(Facet::Ticker, news::CODES.len()), (Facet::Month, 6), (Facet::Language, 1)] {
        let facets = vec![FacetRequest::top(facet, 20)];
        let request = SearchRequest { facets, limit: 0, ..request("dividende") };
        group.bench_function(format!("facet {}", facet.name()), |bencher| {
            bencher.iter(|| {
                let facets = index.search(&request).expect("an answer").facets;
                assert_eq!(facets[0].values.len(), values);
            });
        });
    }
}

criterion_group!(benches, parsing, searching);
criterion_main!(benches);
