//! How fast queries of each sort are answered. The expected totals follow from how `news` writes.

mod news;

use std::fs;

use criterion::{Criterion, criterion_group, criterion_main};
use telex::index::Index;
use telex::indexer;
use telex::query::{ParseOptions, parse};
use telex::search::{Facet, FacetRequest, Matching, SearchRequest, SnippetOptions};

/// How many articles.
const ARTICLES: usize = 4000;

/// A name, a query, and whether article `n` answers it.
type Case = (&'static str, &'static str, fn(usize) -> bool);

const CASES: &[Case] = &[
    ("term", "dividende", |n| n.is_multiple_of(2)),
    ("family", "acquisitions", |n| n.is_multiple_of(3)),
    ("and", "dividende acquisition", |n| n.is_multiple_of(6)),
    ("or", "dividende OR acquisition", |n| n.is_multiple_of(2) || n.is_multiple_of(3)),
    ("not", "dividende -acquisition", |n| n.is_multiple_of(2) && !n.is_multiple_of(3)),
    ("phrase", "\"taux de change\"", |n| n.is_multiple_of(5)),
    ("prefix", "acqui*", |n| n.is_multiple_of(3)),
    ("ticker", "dividende ticker:NASDAQ:AMZN", |n| n.is_multiple_of(2) && n % 7 == 4),
    ("date", "dividende date:2025-03", |n| n.is_multiple_of(2) && n % 12 == 2),
];

fn request(query: &str) -> SearchRequest {
    let query = parse(query, &ParseOptions::default()).expect("a query that reads");
    SearchRequest { matching: Matching::All, ..SearchRequest::new(query) }
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
        let bare = SearchRequest { snippets: SnippetOptions { fragments: 0, chars: 0 }, ..request(query) };
        let expected = (0..ARTICLES).filter(|n| answers(*n)).count() as u64;
        group.bench_function(*name, |bencher| {
            bencher.iter(|| assert_eq!(index.search(&bare).expect("an answer").total, expected));
        });
    }
    let with_snippets = request("dividende");
    group.bench_function("term with snippets", |bencher| {
        bencher.iter(|| {
            let hits = index.search(&with_snippets).expect("an answer").hits;
            assert!(hits.len() == 10 && hits.iter().all(|hit| !hit.snippets.is_empty()));
        });
    });
    let facet = |facet| FacetRequest::top(facet, 20);
    let with_facets = SearchRequest {
        facets: vec![facet(Facet::Ticker), facet(Facet::Month), facet(Facet::Language)],
        snippets: SnippetOptions { fragments: 0, chars: 0 },
        ..request("dividende")
    };
    group.bench_function("term with facets", |bencher| {
        bencher.iter(|| {
            let facets = index.search(&with_facets).expect("an answer").facets;
            let values: Vec<usize> = facets.iter().map(|facet| facet.values.len()).collect();
            // Even numbers have six of the twelve months.
            assert_eq!(values, [news::CODES.len(), 6, 1]);
        });
    });
    group.finish();
}

criterion_group!(benches, searching);
criterion_main!(benches);
