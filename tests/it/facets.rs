//! Counts equal a naive scan: the records that `export` prints are counted here by hand, for every
//! facet under hundreds of filters, and compared with what the program counts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::testenv::{Random, TestEnv};

const TICKERS: [&str; 8] = ["XPAR:MC", "XPAR:OR", "XNAS:AMZN", "XNAS:ON", "XNYS:IBM", "XNYS:T", "XLON:BP", "XTKS:7203"];
const SOURCES: [&str; 3] = ["Agence Fluviale", "Halden Presse", "Le Récit"];
const WORDS: [&str; 5] = ["zorvane", "kibatu", "pemolo", "vusina", "ralito"];
const FACETS: [&str; 7] = ["ticker", "exchange", "lang", "source", "year", "month", "day"];

/// Makes an index of `count` articles in three files, over two years, and returns its records.
fn corpus(env: &TestEnv, count: usize) -> Vec<Value> {
    let mut random = Random::new(7);
    let mut files = vec![String::new(); 3];
    for n in 0..count {
        let tickers: Vec<&str> = TICKERS.into_iter().filter(|_| random.below(4) == 0).collect();
        let words: Vec<&str> = (0..6).map(|_| random.pick(&WORDS)).collect();
        let day = format!("20{}-{:02}-{:02}", 24 + random.below(2), 1 + random.below(12), 1 + random.below(28));
        let mut record = json!({
            "id": n, "title": format!("Title {n}"), "text": words.join(" "), "date": day, "tickers": tickers,
            "lang": random.pick(&["fr", "fr", "en", "de"]),
        });
        if random.below(5) > 0 {
            record["source"] = json!(random.pick(&SOURCES));
        }
        files[random.below(3)] += &format!("{record}\n");
    }
    for (n, file) in files.iter().enumerate() {
        env.write(&format!("news/{n}.jsonl"), file);
        // Each file makes a segment of its own.
        env.ok(["index", "news", "-i", ".telex", "--threads", "1"]);
    }
    let records = env.json(["export", "--text"]);
    assert_eq!(records.len(), count);
    records
}

/// Returns the values that a record has of a facet, each once.
fn values(record: &Value, facet: &str) -> BTreeSet<String> {
    let text = |name: &str| record[name].as_str().map(str::to_owned);
    let tickers = record["tickers"].as_array().unwrap().iter();
    match facet {
        "ticker" => {
            tickers.map(|t| format!("{}:{}", t["mic"].as_str().unwrap(), t["symbol"].as_str().unwrap())).collect()
        }
        "exchange" => tickers.map(|t| t["mic"].as_str().unwrap().to_owned()).collect(),
        "lang" | "source" => text(facet).into_iter().collect(),
        _ => {
            let length = match facet {
                "year" => 4,
                "month" => 7,
                _ => 10,
            };
            text("date").map(|date| date[..length].to_owned()).into_iter().collect()
        }
    }
}

/// A filter on a record.
type Test = Box<dyn Fn(&Value) -> bool>;

/// A filter: its flags, its form in a query, and the sort of facet that it narrows.
struct Filter {
    sort: &'static str,
    flags: Vec<String>,
    query: String,
    test: Test,
}

fn filter(random: &mut Random, sort: &'static str) -> Filter {
    let (flags, query, test): (Vec<String>, String, Test) = match sort {
        "ticker" => {
            let chosen: Vec<&str> = (0..1 + random.below(2)).map(|_| random.pick(&TICKERS)).collect();
            let flags = chosen.iter().flat_map(|ticker| ["--ticker".to_owned(), ticker.to_string()]).collect();
            let query = format!("ticker:{}", chosen.join(","));
            (flags, query, Box::new(move |r| values(r, "ticker").iter().any(|t| chosen.contains(&t.as_str()))))
        }
        "lang" => {
            let lang = random.pick(&["fr", "en", "other"]);
            (vec!["--lang".to_owned(), lang.to_owned()], format!("lang:{lang}"), Box::new(move |r| r["lang"] == lang))
        }
        "source" => {
            let source = random.pick(&SOURCES);
            let typed = source.to_uppercase().replace('É', "e");
            let query = format!("source:\"{typed}\"");
            (vec!["--source".to_owned(), typed], query, Box::new(move |r| r["source"] == source))
        }
        _ => {
            let mut ends = [0, 1].map(|_| format!("20{}-{:02}", 24 + random.below(2), 1 + random.below(12)));
            ends.sort();
            let [since, until] = ends;
            let flags = ["--since", &since, "--until", &until].map(str::to_owned).to_vec();
            let query = format!("date:{since}..{until}");
            (
                flags,
                query,
                Box::new(move |r| (since.as_str()..=until.as_str()).contains(&&r["date"].as_str().unwrap()[..7])),
            )
        }
    };
    Filter { sort, flags, query, test }
}

/// Returns the sort of filter that a facet is counted without. Markets have none of their own.
fn own_sort(facet: &str) -> &str {
    match facet {
        "year" | "month" | "day" => "date",
        other => other,
    }
}

/// Counts by hand what `facet` should show.
fn count(records: &[Value], facet: &str, word: Option<&str>, filters: &[Filter]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let has_word = |record: &&Value| word.is_none_or(|word| record["body"].as_str().unwrap().contains(word));
    let passes = |record: &&Value| filters.iter().all(|f| f.sort == own_sort(facet) || (f.test)(record));
    for record in records.iter().filter(has_word).filter(passes) {
        for value in values(record, facet) {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

#[test]
fn counts_and_totals_equal_a_naive_scan() {
    let env = TestEnv::new();
    let records = corpus(&env, 300);
    let mut random = Random::new(11);
    let all = FACETS.map(|facet| format!("{facet}:1000")).join(",");
    let mut compared = 0;
    for round in 0..48 {
        let sorts: Vec<&'static str> =
            ["ticker", "lang", "source", "date"].into_iter().filter(|_| random.below(5) < 2).collect();
        let filters: Vec<Filter> = sorts.into_iter().map(|sort| filter(&mut random, sort)).collect();
        let word = (random.below(3) > 0).then(|| random.pick(&WORDS));
        // Half of the time as flags, half of the time in the query.
        let mut query: Vec<String> = word.map(|word| word.to_owned()).into_iter().collect();
        let mut args = vec!["facets".to_owned(), all.clone(), "--json".to_owned(), "--all".to_owned()];
        match round % 2 {
            0 => args.extend(filters.iter().flat_map(|filter| filter.flags.clone())),
            _ => query.extend(filters.iter().map(|filter| filter.query.clone())),
        }
        args.push(query.join(" "));
        let outcome = env.telex(&args);
        let response: Value = serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{args:?}: {outcome}"));

        let has_word = |record: &&Value| word.is_none_or(|word| record["body"].as_str().unwrap().contains(word));
        let total = records.iter().filter(has_word).filter(|r| filters.iter().all(|f| (f.test)(r))).count();
        assert_eq!(response["total"], total, "{args:?}");
        assert_eq!(outcome.code, Some(i32::from(total == 0)), "{args:?}");
        for (n, facet) in FACETS.iter().enumerate() {
            let counted = &response["facets"][n];
            let got: BTreeMap<String, u64> = counted["values"]
                .as_array()
                .unwrap()
                .iter()
                .map(|value| (value["value"].as_str().unwrap().to_owned(), value["count"].as_u64().unwrap()))
                .collect();
            assert_eq!(got, count(&records, facet, word, &filters), "{facet} of {args:?}");
            assert_eq!((&counted["facet"], &counted["others"]), (&json!(facet), &json!(0)));
            compared += 1;
        }
    }
    assert!(compared > 300);
}

/// Returns the values and counts of one facet, with how many there are besides.
fn facet(env: &TestEnv, args: &[&str]) -> (Vec<(String, u64)>, u64) {
    let outcome = env.telex([&["facets", "--json"], args].concat());
    let response: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let values = response["facets"][0]["values"].as_array().unwrap().iter();
    let values = values.map(|v| (v["value"].as_str().unwrap().to_owned(), v["count"].as_u64().unwrap())).collect();
    (values, response["facets"][0]["others"].as_u64().unwrap())
}

#[test]
fn a_facet_beside_its_own_filter_equals_a_query_for_each_value() {
    let env = TestEnv::new();
    corpus(&env, 150);
    let (sideways, _) = facet(&env, &["ticker:100", "zorvane", "--ticker", "XPAR:MC"]);
    assert_eq!(sideways.len(), TICKERS.len());
    for (ticker, count) in sideways {
        assert_eq!(env.ids_with(&["zorvane", "--ticker", &ticker]).len() as u64, count, "{ticker}");
    }
    let (languages, _) = facet(&env, &["lang", "zorvane", "--lang", "fr", "--ticker", "XPAR:MC"]);
    assert_eq!(languages.len(), 3);
    for (lang, count) in languages {
        assert_eq!(env.ids_with(&["zorvane", "--ticker", "XPAR:MC", "--lang", &lang]).len() as u64, count, "{lang}");
    }
    // What is asked for is marked.
    let response = env.json(["facets", "ticker:100", "--json", "--ticker", "XPAR:MC"]).remove(0);
    let selected: Vec<&Value> =
        response["facets"][0]["values"].as_array().unwrap().iter().filter(|v| v["selected"] == true).collect();
    assert_eq!(selected.len(), 1);
    assert_eq!(selected[0]["value"], "XPAR:MC");
}

#[test]
fn the_most_frequent_come_first_and_the_rest_is_counted() {
    let env = TestEnv::new();
    let records = corpus(&env, 150);
    let mut want: Vec<(String, u64)> = count(&records, "ticker", None, &[]).into_iter().collect();
    want.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for limit in [0, 1, 3, 8, 100] {
        let (got, others) = facet(&env, &[&format!("ticker:{limit}")]);
        assert_eq!(got, want[..limit.min(want.len())], "{limit}");
        assert_eq!(others as usize, want.len().saturating_sub(limit));
    }
}

#[test]
fn days_add_up_to_months_and_months_to_years() {
    let env = TestEnv::new();
    corpus(&env, 150);
    let [years, months, days] =
        ["year", "month", "day"].map(|name| facet(&env, &[&format!("{name}:1000"), "kibatu"]).0);
    let sum = |parts: &[(String, u64)], whole: &str| {
        parts.iter().filter(|(part, _)| part.starts_with(whole)).map(|(_, count)| count).sum::<u64>()
    };
    assert_eq!(years.len(), 2);
    for (year, count) in &years {
        assert_eq!(sum(&months, year), *count, "{year}");
    }
    for (month, count) in &months {
        assert_eq!(sum(&days, month), *count, "{month}");
    }
    assert!(months.is_sorted() && days.is_sorted(), "dates stand in their own order");
    assert_eq!(facet(&env, &["date", "kibatu"]).0, years);
}

#[test]
fn counts_beside_hits_are_those_of_the_command() {
    let env = TestEnv::new();
    corpus(&env, 100);
    let beside =
        env.json(["search", "pemolo", "--all", "--format", "json", "-n", "2", "--facet", "ticker:3,lang"]).remove(0);
    let alone = env.json(["facets", "ticker:3,lang", "pemolo", "--all", "--json"]).remove(0);
    assert_eq!((&beside["facets"], &beside["total"]), (&alone["facets"], &alone["total"]));
    assert_eq!(beside["hits"].as_array().unwrap().len(), 2);
}
