//! Random damage to files, and random texts, dates, codes and queries: each gives an answer or is told,
//! and nothing panics, hangs or points outside its text.
//!
//! Deterministic by a seed. `TELEX_FUZZ=1000000 cargo test --release --test it fuzz:: -- --nocapture` runs so
//! many cases of each target, and prints them; `TELEX_SEED` begins elsewhere. A case that fails tells its
//! seed, with which it fails again.

#![allow(clippy::print_stdout, reason = "figures are told with --nocapture")]

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use telex::analysis::{Token, TokenKind, Tokens};
use telex::article::{Article, DateOrigin, Draft};
use telex::index::Index;
use telex::ingest::{self, FieldMap, Found, Limits};
use telex::query::{self, ParseOptions, Query};
use telex::reading::{self, Circumstances};
use telex::search::SearchRequest;

use crate::testenv::{Random, TestEnv};

const NOW: i64 = 1_760_000_000;

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

/// Runs a target many times, each with its own chance.
fn fuzz(target: &str, usual: u64, mut run: impl FnMut(&mut Random)) {
    let (cases, seed) = (number("TELEX_FUZZ", usual), number("TELEX_SEED", 1));
    let start = Instant::now();
    for case in 0..cases {
        let begun = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| run(&mut Random::new(seed + case))));
        assert!(result.is_ok(), "{target}: TELEX_FUZZ=1 TELEX_SEED={} fails", seed + case);
        let seconds = begun.elapsed().as_secs();
        assert!(seconds < 60, "{target}: TELEX_FUZZ=1 TELEX_SEED={} takes {seconds} s", seed + case);
    }
    println!("{target}: {cases} cases in {:.0} s", start.elapsed().as_secs_f64());
}

/// Every sample with its name: those of the corpus, and those of the other formats.
fn samples() -> Vec<(String, Vec<u8>)> {
    fn visit(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
        let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match path.is_dir() {
                _ if name.starts_with('.') => {}
                true => visit(&path, files),
                false => files.push((name, std::fs::read(&path).unwrap())),
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    ["sample_corpus", "tests/data/formats"].iter().for_each(|folder| visit(&root.join(folder), &mut files));
    files
}

const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "&",
    "&#x",
    "]]>",
    "<![CDATA[",
    "<!--",
    "<!DOCTYPE a [<!ENTITY",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\u",
    "\\",
    "\n",
    "\r\n\r\n",
    "\0",
    "\u{FEFF}",
    "é",
    "Ã©",
    "’",
    "\u{202E}",
    "\u{1b}[31m",
    "---\n",
    "+++\n",
    "=?utf-8?q?",
    "--b\r\n",
    "Content-Length: 99999999999\r\n",
    "WARC/1.0\r\n",
    "HTTP/1.1 200\r\n",
    "endstream",
    "endobj",
    "<<",
    ">>",
    "/Kids[1 0 R]",
    "{\\rtf",
    "\\bin9",
    "PK\u{3}\u{4}",
    "0",
    "-1",
    "99999999999999999999",
    "\t",
    ";",
];

/// Damages bytes in a few places.
fn damage(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    for _ in 0..1 + random.below(5) {
        let at = random.below(bytes.len() + 1);
        let end = (at + 1 + random.below(40)).min(bytes.len());
        match random.below(8) {
            0 => bytes.truncate(at),
            1 | 2 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            3 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let piece = bytes[at..end].repeat(1 + random.below(100));
                bytes.splice(at..at, piece);
            }
            6 if !other.is_empty() => {
                let from = random.below(other.len());
                let piece = other[from..(from + 200).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => drop(bytes.splice(at..at, random.pick(PIECES).bytes())),
        }
    }
}

/// Reads bytes as a file called `name`, and every article in it.
fn read(env: &TestEnv, name: &str, bytes: &[u8]) {
    let path = env.write(name, bytes);
    let found = Found { path, name: name.to_owned(), size: bytes.len() as u64, modified: 0, changed: 0 };
    // As small as a search for faults allows: what is larger takes longer and shows no more.
    let limits = Limits { text: 1 << 20, record: 1 << 20, unpacked: 8 << 20, members: 1000, ..Limits::default() };
    let circumstances = Circumstances { path: name, modified: 0, now: NOW, names: true };
    let whole = ingest::read(&found, &limits, &FieldMap::default(), &mut |result| {
        match result {
            Ok(draft) => {
                assert!(draft.headline.is_some() || !draft.body.trim().is_empty(), "an article without a word");
                check(&reading::read(draft, &circumstances));
            }
            Err(skip) => assert!(!skip.detail.english.is_empty()),
        }
        ControlFlow::Continue(())
    });
    assert_ne!(whole.ok().flatten(), Some(0), "a file on disk without a fingerprint");
}

/// Checks that all of an article points into its text.
fn check(article: &Article) {
    assert!(article.body.is_char_boundary(article.body_end));
    assert!(article.published.is_none_or(|published| published.at <= NOW + 2 * 86_400));
    for span in article.tickers.iter().flat_map(|mention| &mention.spans) {
        let text = if span.headline { &article.headline } else { &article.body };
        assert!(text.get(span.start..span.end).is_some_and(|named| !named.is_empty()), "{span:?} of {text}");
    }
}

#[test]
fn damaged_files_of_every_format_are_read_or_told() {
    let samples = samples();
    let env = TestEnv::new();
    fuzz("formats", 600, |random| {
        let (name, bytes) = &samples[random.below(samples.len())];
        let (_, other) = &samples[random.below(samples.len())];
        let mut bytes = bytes.clone();
        damage(&mut bytes, other, random);
        read(&env, name, &bytes);
        std::fs::remove_file(env.path(name)).unwrap();
    });
}

#[test]
fn bytes_of_any_encoding_are_text_or_told() {
    let env = TestEnv::new();
    fuzz("decode", 400, |random| {
        let mut bytes: Vec<u8> = (0..random.below(12)).flat_map(|_| random.pick(PIECES).bytes()).collect();
        match random.below(4) {
            0 => bytes = bytes.iter().flat_map(|byte| [*byte, 0]).collect(),
            1 => bytes = bytes.iter().flat_map(|byte| [0, *byte]).collect(),
            2 => bytes.extend((0..random.below(40)).map(|_| random.below(256) as u8)),
            _ => {}
        }
        damage(&mut bytes, b"Soci\xE9t\xE9 \xFF\xFE \x80\x85", random);
        read(&env, random.pick(&["a.txt", "a.html", "a.csv", "a.jsonl", "a.md", "a.xml"]), &bytes);
    });
}

#[test]
fn dates_and_codes_are_found_within_their_texts() {
    const WORDS: &[&str] = &[
        "PARIS",
        "NEW YORK",
        ",",
        "(",
        ")",
        "[",
        "]",
        "-",
        "–",
        "/",
        ":",
        ".",
        " ",
        "\u{a0}",
        "12",
        "3",
        "31",
        "2025",
        "1",
        "er",
        "mars",
        "March",
        "févr",
        "Sept",
        "lundi",
        "T08:15",
        "Z",
        "+01:00",
        "GMT",
        "Publié le",
        "Updated",
        "il y a 2 heures",
        "NASDAQ",
        "NYSE",
        "Euronext Paris",
        "MC",
        "AAPL",
        "$",
        "OR.PA",
        "FR0000121014",
        "US0378331005",
        "XPAR",
        "BRK.B",
        "LVMH",
        "L’Oréal",
        "Orange",
        "Target",
        "é",
        "\n",
        "\n\n",
        "İ",
        "ß",
        "🚀",
        "99999999999",
        "0",
    ];
    fuzz("dates and codes", 3_000, |random| {
        let mut text = || (0..random.below(20)).map(|_| random.pick(WORDS)).collect::<String>();
        let (headline, body, date, ticker) = (text(), text(), text(), text());
        let draft = Draft {
            headline: Some(headline),
            body,
            dates: vec![(date, DateOrigin::Metadata)],
            tickers: vec![ticker],
            ..Draft::default()
        };
        check(&reading::read(draft, &Circumstances { path: "2025/a.txt", modified: 0, now: NOW, names: true }));
    });
}

#[test]
fn tokens_follow_one_another_in_their_text() {
    const WORDS: &[&str] = &[
        "l’",
        "l'",
        "qu'",
        "aujourd'hui",
        "S&P",
        "AT&T",
        "1,2",
        "1 200",
        "€",
        "M€",
        "%",
        "10-K",
        "T2 2025",
        "é",
        "e\u{301}",
        "ﬁ",
        "İ",
        "ß",
        "中",
        "👩‍👩‍👧",
        "\u{200d}",
        "\u{ad}",
        "-",
        "--",
        "’s",
        ".",
        "…",
        "\n\n",
        " ",
        "a",
        "Zz",
        "0",
        "_",
        "@",
        "#",
        "\0",
        "\u{FFFD}",
    ];
    fuzz("analyzer", 5_000, |random| {
        let text: String = (0..random.below(30)).map(|_| random.pick(WORDS)).collect();
        let (mut tokens, mut token) = (Tokens::new(&text), Token::default());
        let (mut start, mut position) = (0, 0);
        while tokens.next(&mut token) {
            assert!(text.get(token.start..token.end).is_some(), "{token:?} of {text:?}");
            // What a number and its unit come to is said behind them, at the place of the number.
            if token.kind == TokenKind::Word {
                assert!(token.start >= start && token.position >= position, "{token:?} of {text:?}");
                (start, position) = (token.start, token.position);
            }
        }
    });
}

const QUERY: &[&str] = &[
    "\"",
    "« ",
    " »",
    "(",
    ")",
    "AND",
    "OR",
    "NOT",
    "ET",
    "SAUF",
    "-",
    "+",
    "=",
    "~1",
    "~",
    "^2",
    "*",
    "?",
    "/",
    "/a(b|c)/",
    "NEAR/5",
    "W/S",
    "ADJ/3",
    "FIRST/50(",
    "ATLEAST3(",
    "NOSTEM(",
    "title:",
    "ticker:",
    "date:",
    "since:",
    "[2025 TO 2026]",
    "2025-T3",
    "7d",
    "hier",
    "$MC",
    "XPAR:MC",
    "l'",
    "action",
    "licenciements",
    "S&P",
    "1,2 %",
    "€1.2bn",
    "é",
    "\u{202E}",
    "\0",
    " ",
    " ",
    " ",
    ",",
    ":",
];

fn query(random: &mut Random) -> Result<Query, telex::Error> {
    let typed: String = (0..random.below(14)).map(|_| random.pick(QUERY)).collect();
    let read = query::parse(&typed, &ParseOptions { now: NOW, ..ParseOptions::default() });
    if let Err(error) = &read
        && let Some(place) = error.place()
    {
        assert!(place.text.get(place.span.clone()).is_some(), "{:?} of {typed:?}", place.span);
    }
    read
}

#[test]
fn queries_are_read_or_refused_and_print_back_the_same() {
    fuzz("queries", 5_000, |random| {
        if let Ok(read) = query(random) {
            let printed = read.to_string();
            let again = query::parse(&printed, &ParseOptions { now: NOW, ..ParseOptions::default() });
            assert_eq!(again.map(|again| again.to_string()).ok().as_ref(), Some(&printed), "{:?}", read.text);
        }
    });
}

#[test]
fn what_is_lit_lies_within_its_snippet() {
    let env = TestEnv::new();
    env.copy_sample();
    env.ok(["index", "sample_corpus"]);
    let index = Index::open(&env.path("sample_corpus/.telex")).unwrap();
    let (mut read, mut answered, mut lit) = (0, 0, 0);
    fuzz("snippets", 100, |random| {
        let Ok(query) = query(random) else { return };
        read += 1;
        // What opens into too much is refused.
        let Ok(response) = index.search(&SearchRequest::new(query)) else { return };
        answered += 1;
        for hit in &response.hits {
            let snippets = hit.snippets.iter().map(|snippet| &snippet.marked);
            for marked in snippets.chain([&hit.headline]) {
                for range in &marked.lit {
                    lit += 1;
                    assert!(marked.text.get(range.clone()).is_some(), "{range:?} of {:?}", marked.text);
                }
            }
        }
    });
    println!("{read} queries were read, {answered} answered, {lit} places lit");
    assert!(answered * 10 >= read * 9, "of {read} queries that were read {answered} were answered");
    assert!(lit > 0 || number("TELEX_FUZZ", 100) < 100, "nothing was lit");
}
