//! Lists of queries, answered in one run.

use std::fs::File;

use serde_json::Value;

use crate::output::small;
use crate::testenv::Outcome;

#[test]
fn a_list_of_queries_is_answered_in_its_order() {
    let env = small();
    env.write("queries.tsv", "q1\tkering\nq2\tno such words\r\n\nq3\tboeing OR kering\n");
    env.write("empty-first.tsv", "\u{feff}q0\tno such words\nq1\tkering\n");
    let csv = env.ok(["search", "--queries", "empty-first.tsv", "--format", "csv"]);
    assert_eq!(csv.lines().filter(|line| line.starts_with("query,rank,")).count(), 1, "{csv}");
    assert!(csv.lines().count() == 3 && csv.contains("\nq1,1,"), "{csv}");
    assert_outcome!(env, ["search", "--queries", "queries.tsv", "--format", "trec"], @"
    exit 0
    --- stdout
    q1 Q0 wire.jsonl#k_1 1 [SCORE] telex
    q1 Q0 wire.jsonl#b2 2 [SCORE] telex
    q3 Q0 wire.jsonl#b2 1 [SCORE] telex
    q3 Q0 wire.jsonl#k_1 2 [SCORE] telex
    --- stderr
    ");
    assert_outcome!(env, ["search", "--queries", "queries.tsv", "-n", "1"], @r#"
    exit 0
    --- stdout
    q1
      1. Kering, le repli
         2025-03-04 · Halden Presse · fr  KER  wire.jsonl#k 1
         Kering perd 3 %.

    2 articles, 1 to 1 shown
    q2
    0 articles
    q3
      1. Boeing "climbs"
         2025-03-05 · en  BA KER  wire.jsonl#b2
         Boeing rose.
         Kering too.

    2 articles, 1 to 1 shown
    --- stderr
    q2: no article has `words`
    "#);
    // Every line of machine output names its query.
    for hit in env.json(["search", "--queries", "queries.tsv", "--json"]) {
        assert!(hit["query"].as_str().unwrap().starts_with('q'), "{hit}");
    }
    let csv = env.ok(["search", "--queries", "queries.tsv", "--format", "csv"]);
    assert_eq!(csv.lines().filter(|line| line.starts_with("query,")).count(), 1, "{csv}");
    let parted = env.ok(["search", "--queries", "queries.tsv", "--format", "csv", "--separator", ";"]);
    assert_eq!(parted.lines().filter(|line| line.starts_with("query;rank;score;")).count(), 1, "{parted}");
    // A run for TREC takes signs as text; a typed list reads them, and goes on after a bad line.
    env.write("odd.tsv", "a\tkering (\nno tab here\nb\tboeing\n");
    let run = env.telex(["search", "--queries", "odd.tsv", "--format", "trec"]);
    assert_eq!((run.code, run.stdout.lines().count()), (Some(2), 3), "{run}");
    assert!(run.stderr.contains("odd.tsv:2"), "{run}");
    let typed = env.telex(["search", "--queries", "odd.tsv", "--format", "paths"]);
    assert_eq!((typed.code, typed.stdout.lines().count()), (Some(2), 1), "{typed}");
}

#[test]
fn what_a_person_should_know_of_a_query_is_told_with_its_id() {
    let env = small();
    env.write("queries.tsv", "q1\tkering granite\nq2\tkering\nq3\tticker:ZZQQ\n");
    for format in ["text", "csv", "jsonl", "paths"] {
        let line = ["search", "--queries", "queries.tsv", "--format", format];
        let told = env.telex(line).stderr;
        for want in ["q1: no article has every word; these have at least one\n", "q3: no table has `ZZQQ`"] {
            assert!(told.contains(want), "{format}: {want}: {told}");
        }
        assert!(!told.contains("q2:"), "{format}: {told}");
        assert_eq!(env.telex([&line[..], &["--quiet"]].concat()).stderr, "", "{format}");
    }
}

#[test]
fn a_bad_line_of_a_list_is_told_with_its_number() {
    let env = small();
    env.write("queries.tsv", "q1\tkering\nq2\t(kering\n\tboeing\nno tab here\nq 5\tkering\n");
    let list = ["search", "--queries", "queries.tsv", "--format"];
    let typed = env.telex([&list[..], &["paths"]].concat());
    assert_eq!((typed.code, typed.stdout.as_str()), (Some(2), "wire.jsonl\nwire.jsonl\n"), "{typed}");
    for told in ["queries.tsv:2: q2: ", "queries.tsv:3: there is no id", "queries.tsv:4: no tab"] {
        assert!(typed.stderr.contains(told), "{told}: {typed}");
    }
    let french = env.telex([&list[..], &["paths", "--ui-lang", "fr"]].concat());
    assert!(french.stderr.contains("queries.tsv:2 : q2 : "), "{french}");
    // A program gets each as an object.
    let json = env.telex([&list[..], &["jsonl"]].concat());
    let errors: Vec<Value> = json.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |n: usize| (errors[n]["schema"].as_str(), errors[n]["line"].as_u64(), errors[n]["query"].as_str());
    assert_eq!(of(0), (Some("telex.error/1"), Some(2), Some("q2")));
    assert_eq!((errors[0]["reason"].as_str(), errors[0]["start"].as_u64()), (Some("unclosed_bracket"), Some(0)));
    assert_eq!((of(1).1, of(1).2), (Some(3), None));
    assert_eq!((of(2).1, of(2).2), (Some(4), None));
    assert_eq!((errors.len(), of(3).1), (4, None), "{json}");
    // A run has six columns in every line.
    let run = env.telex([&list[..], &["trec"]].concat());
    assert!(run.code == Some(2) && run.stderr.contains("queries.tsv:5: q 5: "), "{run}");
    assert!(run.stdout.lines().all(|line| line.split(' ').count() == 6), "{run}");
}

#[test]
fn a_list_of_queries_may_come_from_standard_input() {
    let env = small();
    let list = File::open(env.write("queries.tsv", "q1\tkering\n")).unwrap();
    let outcome = Outcome::of(env.command(["search", "--queries", "-", "--format", "trec"]).stdin(list));
    assert_eq!((outcome.code, outcome.stdout.lines().count()), (Some(0), 2), "{outcome}");
}
