//! Thousands of articles in one segment, many of them deleted, are found, scored and counted as the same articles
//! are in several small segments: scorers go through a segment in windows of documents, of which every other test
//! has but one.

use serde_json::{Value, json};

use crate::testenv::TestEnv;

/// How many articles stay; a third as many again are deleted.
const ARTICLES: usize = 5_400;
/// The words of the texts, the more frequent first: some say the same in the other language, and most are in one
/// text of a few hundred.
const WORDS: &[&str] = &[
    "the",
    "des",
    "banque",
    "market",
    "hausse",
    "bank",
    "marché",
    "rise",
    "centrale",
    "central",
    "taux",
    "dividende",
    "dividend",
    "profit",
    "bénéfice",
    "quartz",
    "action",
    "shares",
    "licenciement",
    "layoffs",
];

/// Writes records `from` to `to`, made of words by a row of numbers that is the same each time.
fn write(env: &TestEnv, name: &str, from: usize, to: usize) {
    let mut lines = String::new();
    for n in from..to {
        let mut state = (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut next = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        let length = 4 + next(20);
        // Two throws, the smaller one: a word comes the oftener the nearer it is to the beginning of the list.
        let words: Vec<&str> =
            (0..length).map(|_| WORDS[next(WORDS.len() as u64).min(next(WORDS.len() as u64)) as usize]).collect();
        let language = if n % 3 == 0 { "fr" } else { "en" };
        let date = format!("20{:02}-0{}-1{}", 10 + next(9), 1 + next(9), next(9));
        let record = json!({
            "id": format!("{n:05}"), "title": words[..3].join(" "), "text": words.join(" "), "lang": language,
            "date": date,
        });
        lines += &format!("{record}\n");
    }
    env.write(name, lines);
}

/// Returns what a search finds: totals, counts, the best with their scores.
fn answer(env: &TestEnv, query: &str, args: &[&str]) -> Value {
    let search = ["search", query, "--format", "json", "--facet", "lang,year"];
    let most = if args.contains(&"-n") { &[][..] } else { &["-n", "150"] };
    let outcome = env.telex(search.iter().chain(most).chain(args));
    assert!(matches!(outcome.code, Some(0 | 1)), "{query}: {outcome}");
    let response: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let number = |hit: &Value| hit["id"].as_str().unwrap().rsplit('#').next().unwrap().to_owned();
    let hits: Vec<(String, Value)> =
        response["hits"].as_array().unwrap().iter().map(|hit| (number(hit), hit["score"].clone())).collect();
    json!({ "total": response["total"], "facets": response["facets"], "hits": hits })
}

#[test]
fn a_large_segment_with_deletions_answers_as_small_ones_do() {
    let (large, small) = (TestEnv::new(), TestEnv::new());
    write(&large, "all.jsonl", 0, ARTICLES);
    write(&large, "gone.jsonl", ARTICLES, ARTICLES + ARTICLES / 3);
    large.ok(["index", ".", "--threads", "1"]);
    std::fs::remove_file(large.path("gone.jsonl")).unwrap();
    large.ok(["index", ".", "--threads", "1"]);
    for part in 0..6 {
        let each = ARTICLES / 6;
        write(&small, &format!("part-{part}.jsonl"), part * each, (part + 1) * each);
        small.ok(["index", ".", "--threads", "1"]);
    }
    let mut found = 0;
    for (query, args) in [
        ("quartz", &[][..]),
        ("licenciement", &[]),
        ("banque", &[]),
        ("banque centrale taux", &[]),
        ("market rise dividend profit", &["--any"]),
        ("\"banque centrale\"", &[]),
        ("\"banque centrale\" OR \"central bank\"", &[]),
        ("quartz NEAR/3 hausse", &[]),
        ("quartz NOT banque", &[]),
        ("(banque OR shares) (hausse OR action) NOT taux", &[]),
        ("hausse lang:fr", &[]),
        ("market", &["--lang", "fr"]),
        ("divid*", &["--any"]),
        ("headline:quartz lead:action", &[]),
        ("layofs~1 shares", &[]),
        ("quartz date:2015", &["--sort", "newest"]),
        ("*", &["--sort", "oldest"]),
    ] {
        let (one, many) = (answer(&large, query, args), answer(&small, query, args));
        assert_eq!(one["total"], many["total"], "{query}");
        assert_eq!(one["facets"], many["facets"], "{query}");
        assert_eq!(one["hits"], many["hits"], "{query}");
        found += usize::from(one["total"].as_u64().unwrap() > 0);
        // Where all are kept none is passed over for what it can score at most.
        let all = answer(&large, query, &[&["-n", "9999"], args].concat());
        let (all, page) = (all["hits"].as_array().unwrap(), one["hits"].as_array().unwrap());
        assert_eq!(all[..page.len()], page[..], "{query}");
        // What is explained is what was ranked, wherever in the segment it stands.
        if let Some((id, score)) = one["hits"].get(70).map(|hit| (hit[0].as_str().unwrap(), &hit[1]))
            && args.is_empty()
        {
            let explained = large.json(["explain", query, &format!("all.jsonl#{id}"), "--json"]).remove(0);
            let (told, ranked) = (explained["article"]["score"].as_f64().unwrap(), score.as_f64().unwrap());
            assert!((told - ranked).abs() < 1e-4, "{query} {id}: {told} and {ranked}");
        }
    }
    assert!(found >= 15, "only {found} queries find anything");
    // The language is counted as if it were not asked for, the year as if the year were not.
    for (query, args) in [("banque", &["--lang", "fr"][..]), ("market date:2015 lang:en", &[]), ("quartz", &[])] {
        let count = ["facets", "lang,year", "-q", query, "--json"];
        let [one, many] = [&large, &small].map(|env| env.json(count.iter().chain(args)));
        assert!(one == many && !one.is_empty(), "{query}: {one:?} and {many:?}");
    }
}
