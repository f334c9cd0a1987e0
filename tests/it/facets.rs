//! Counts equal a naive scan: the records that `export` prints are counted here by hand, for every
//! facet under hundreds of filters, and compared with what the program counts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::testenv::{Random, TestEnv};

const TICKERS: [&str; 8] = ["XPAR:MC", "XPAR:OR", "XNAS:AMZN", "XNAS:ON", "XNYS:IBM", "XNYS:T", "XLON:BP", "XTKS:7203"];
const SOURCES: [&str; 3] = ["Agence Fluviale", "Halden Presse", "Le Récit"];
const WORDS: [&str; 5] = ["zorvane", "kibatu", "pemolo", "vusina", "ralito"];
const AUTHORS: [&str; 3] = ["Zoé Marchetti", "Amos Tull", "Collectif"];
const FACETS: [&str; 12] =
    ["ticker", "exchange", "lang", "source", "author", "section", "year", "quarter", "month", "week", "day", "hour"];

/// Makes an index of `count` articles in three files, over two years, and returns its records.
fn corpus(env: &TestEnv, count: usize) -> Vec<Value> {
    let mut random = Random::new(7);
    let mut files = vec![String::new(); 3];
    let mut last: Option<Value> = None;
    for n in 0..count {
        let tickers: Vec<&str> = TICKERS.into_iter().filter(|_| random.below(4) == 0).collect();
        let words: Vec<&str> = (0..6).map(|_| random.pick(&WORDS)).collect();
        let mut day = format!("20{}-{:02}-{:02}", 24 + random.below(2), 1 + random.below(12), 1 + random.below(28));
        if random.below(3) > 0 {
            day += &format!("T{:02}:30:00Z", random.below(24));
        }
        let mut record = json!({
            "id": n, "title": format!("Title {n}"), "text": words.join(" "), "date": day, "tickers": tickers,
            "lang": random.pick(&["fr", "fr", "en", "de"]),
        });
        if random.below(5) > 0 {
            record["source"] = json!(random.pick(&SOURCES));
        }
        if random.below(3) > 0 {
            record["author"] = json!(random.pick(&AUTHORS));
            record["section"] = json!(random.pick(&["Marchés", "Industrie"]));
        }
        // Some tell the story of the one before, under another name.
        if let Some(last) = last.filter(|_| random.below(4) == 0) {
            for said in ["title", "text", "date", "lang"] {
                record[said] = last[said].clone();
            }
        }
        files[random.below(3)] += &format!("{record}\n");
        last = Some(record);
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

/// Returns the story of each article, by its id.
fn stories(env: &TestEnv) -> BTreeMap<String, String> {
    let id = |value: &Value| value.as_str().map(str::to_owned);
    let hits = env.json(["search", "*", "--json", "-n", "100000"]).into_iter();
    hits.map(|hit| (id(&hit["id"]).unwrap(), id(&hit["story"]["id"]).or_else(|| id(&hit["id"])).unwrap())).collect()
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
        "lang" | "source" | "author" | "section" => text(facet).into_iter().collect(),
        _ => text("date").and_then(|date| span(facet, &date)).into_iter().collect(),
    }
}

/// Returns the span of time that holds a date, given as RFC 3339 or as a day.
fn span(unit: &str, date: &str) -> Option<String> {
    let day: jiff::civil::Date = date[..10].parse().unwrap();
    Some(match unit {
        "year" => date[..4].to_owned(),
        "quarter" => format!("{}-Q{}", &date[..4], (day.month() + 2) / 3),
        "month" => date[..7].to_owned(),
        "week" => format!("{:04}-W{:02}", day.iso_week_date().year(), day.iso_week_date().week()),
        "day" => date[..10].to_owned(),
        _ => date.contains('T').then(|| date[..13].to_owned())?,
    })
}

/// A filter on a record.
type Test = Box<dyn Fn(&Value) -> bool>;

/// A filter: its flags, its form in a query, the sort of facet that it narrows, and the facets of this
/// sort that are counted without it.
struct Filter {
    sort: &'static str,
    aside: Box<dyn Fn(&str) -> bool>,
    flags: Vec<String>,
    query: String,
    test: Test,
}

fn filter(random: &mut Random, sort: &'static str) -> Filter {
    let mut aside: Box<dyn Fn(&str) -> bool> = Box::new(|_| true);
    let (flags, query, test): (Vec<String>, String, Test) = match sort {
        "ticker" => {
            let chosen: Vec<&str> =
                BTreeSet::from_iter((0..1 + random.below(2)).map(|_| random.pick(&TICKERS))).into_iter().collect();
            // One alone asks who is named with it; several are a choice.
            let several = chosen.len() > 1;
            aside = Box::new(move |_| several);
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
            if random.below(2) == 0 {
                ends[1] = ends[0].clone();
            }
            let [since, until] = ends;
            let (first, last) = (format!("{since}-01"), format!("{until}-28"));
            let whole = ["year", "quarter", "month"];
            aside = Box::new(move |unit| whole.contains(&unit) && span(unit, &first) == span(unit, &last));
            let flags = ["--since", &since, "--until", &until].map(str::to_owned).to_vec();
            let query = format!("date:{since}..{until}");
            (
                flags,
                query,
                Box::new(move |r| (since.as_str()..=until.as_str()).contains(&&r["date"].as_str().unwrap()[..7])),
            )
        }
    };
    Filter { sort, aside, flags, query, test }
}

/// Returns the sort of filter that narrows a facet. Markets have none of their own.
fn own_sort(facet: &str) -> &str {
    match facet {
        "year" | "quarter" | "month" | "week" | "day" | "hour" => "date",
        other => other,
    }
}

/// Returns the records that a facet is counted over.
fn counted<'a>(records: &'a [Value], facet: &str, word: Option<&str>, filters: &[Filter]) -> Vec<&'a Value> {
    let has_word = |record: &&Value| word.is_none_or(|word| record["body"].as_str().unwrap().contains(word));
    let passes =
        |record: &&Value| filters.iter().all(|f| f.sort == own_sort(facet) && (f.aside)(facet) || (f.test)(record));
    records.iter().filter(has_word).filter(passes).collect()
}

/// Counts by hand what `facet` should show.
fn count(records: &[Value], facet: &str, word: Option<&str>, filters: &[Filter]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for record in counted(records, facet, word, filters) {
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
    let stories = stories(&env);
    let distinct: BTreeSet<&String> = stories.values().collect();
    assert!(distinct.len() < 260, "only {} of 300 articles are copies", 300 - distinct.len());
    let mut random = Random::new(11);
    let all = FACETS.map(|facet| format!("{facet}:10000")).join(",");
    let mut compared = 0;
    for round in 0..48 {
        let sorts: Vec<&'static str> =
            ["ticker", "lang", "source", "date"].into_iter().filter(|_| random.below(5) < 2).collect();
        let filters: Vec<Filter> = sorts.into_iter().map(|sort| filter(&mut random, sort)).collect();
        let word = (random.below(3) > 0).then(|| random.pick(&WORDS));
        // Half of the time as flags, half of the time in the query.
        let mut query: Vec<String> = word.map(|word| word.to_owned()).into_iter().collect();
        let mut args = ["facets", "--facet", &all, "--json", "--all"].map(str::to_owned).to_vec();
        match round % 2 {
            0 => args.extend(filters.iter().flat_map(|filter| filter.flags.clone())),
            _ => query.extend(filters.iter().map(|filter| filter.query.clone())),
        }
        args.extend(["--query".to_owned(), query.join(" ")]);
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
            let over = self::counted(&records, facet, word, &filters);
            for value in counted["values"].as_array().unwrap() {
                let has = |record: &&&Value| values(record, facet).contains(value["value"].as_str().unwrap());
                let told: BTreeSet<&String> =
                    over.iter().filter(has).map(|record| &stories[record["id"].as_str().unwrap()]).collect();
                assert_eq!(value["stories"], told.len(), "{facet} {value} of {args:?}");
            }
            let without = over.iter().filter(|record| values(record, facet).is_empty()).count();
            assert_eq!(counted["without"], without, "{facet} of {args:?}");
            compared += 1;
        }
    }
    assert!(compared > 300);
}

/// Returns the values and counts of one facet, with how many there are besides.
fn facet(env: &TestEnv, args: &[&str]) -> (Vec<(String, u64)>, u64) {
    let outcome = env.telex([&["facets", "--json", "--no-collapse"], args].concat());
    let response: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let values = response["facets"][0]["values"].as_array().unwrap().iter();
    let values = values.map(|v| (v["value"].as_str().unwrap().to_owned(), v["count"].as_u64().unwrap())).collect();
    (values, response["facets"][0]["others"].as_u64().unwrap())
}

#[test]
fn a_facet_beside_its_own_filter_equals_a_query_for_each_value() {
    let env = TestEnv::new();
    corpus(&env, 150);
    let (sideways, _) = facet(&env, &["ticker:100", "zorvane", "--ticker", "XPAR:MC,XPAR:OR"]);
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
    for value in response["facets"][0]["values"].as_array().unwrap() {
        // With one security alone, those that are named with it.
        let both = format!("ticker:XPAR:MC ticker:{}", value["value"].as_str().unwrap());
        assert_eq!(env.ids(&both).len() as u64, value["count"], "{both}");
    }
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
    let beside = env
        .json(["search", "pemolo", "--all", "--format", "json", "--collapse", "-n", "2", "--facet", "ticker:3,lang"])
        .remove(0);
    let alone = env.json(["facets", "ticker:3", "--facet", "lang", "-q", "pemolo", "--all", "--json"]).remove(0);
    assert_eq!((&beside["facets"], &beside["total"]), (&alone["facets"], &alone["total"]));
    assert_eq!(beside["hits"].as_array().unwrap().len(), 2);
}

/// Counts a table by hand: cells by row and column, and the articles that have none of the rows shown.
fn table(records: &[&Value], rows: &[String], row: &str, columns: &[String], column: &str) -> (Vec<Vec<u64>>, u64) {
    let cell = |a: &String, b: &String| {
        records.iter().filter(|r| values(r, row).contains(a) && values(r, column).contains(b)).count() as u64
    };
    let cells = rows.iter().map(|a| columns.iter().map(|b| cell(a, b)).collect()).collect();
    let others = records.iter().filter(|record| values(record, row).iter().any(|value| !rows.contains(value)));
    (cells, others.count() as u64)
}

/// Returns the names of the values of a facet in an answer.
fn named(counts: &Value) -> Vec<String> {
    counts["values"].as_array().unwrap().iter().map(|value| value["value"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn tables_equal_a_naive_scan() {
    let env = TestEnv::new();
    let records = corpus(&env, 200);
    let mut random = Random::new(5);
    for _ in 0..30 {
        let (row, column) = (random.pick(&FACETS), random.pick(&["month", "lang:2", "ticker:3", "week", "quarter:2"]));
        let word = random.pick(&WORDS);
        let limit = 1 + random.below(5);
        let query = format!("{word} ticker:XPAR:MC,XNAS:AMZN");
        let facets = format!("{row}:{limit},{column}");
        let response = env.json(["facets", &facets, "-q", &query, "--all", "--no-sideways", "--json"]).remove(0);
        let over: Vec<&Value> = records
            .iter()
            .filter(|record| record["body"].as_str().unwrap().contains(word))
            .filter(|record| !values(record, "ticker").is_disjoint(&["XPAR:MC", "XNAS:AMZN"].map(str::to_owned).into()))
            .collect();
        assert_eq!(response["total"], over.len());
        let counts = &response["facets"][0];
        let (rows, columns) = (named(counts), named(&counts["across"]["columns"]));
        // The two that are asked for are shown whatever the limit.
        assert!(rows.len() <= limit.max(2));
        let column = column.split(':').next().unwrap();
        let (cells, others) = table(&over, &rows, row, &columns, column);
        assert_eq!(counts["across"]["cells"], json!(cells), "{facets} of {query}");
        assert_eq!(counts["other_articles"], others, "{facets} of {query}");
    }
}

#[test]
fn a_timeline_has_every_span_and_ends_where_it_was_asked_to() {
    let env = TestEnv::new();
    for (id, date) in [("a", "2024-11-30"), ("b", "2025-03-01"), ("c", "2025-03-31"), ("d", "2025-06-15")] {
        let record = json!({ "title": id, "text": if id == "d" { "kibatu" } else { "zorvane" }, "date": date });
        env.write(&format!("{id}.json"), record.to_string());
    }
    env.ok(["index", "."]);
    let line = |args: &[&str]| {
        let (values, others) = facet(&env, args);
        assert_eq!(others, 0);
        values.into_iter().map(|(span, count)| format!("{span} {count}")).collect::<Vec<_>>().join(", ")
    };
    let want = "2024-11 1, 2024-12 0, 2025-01 0, 2025-02 0, 2025-03 2";
    assert_eq!(line(&["month", "zorvane"]), want);
    assert_eq!(line(&["--by", "month", "-q", "zorvane"]), want);
    assert_eq!(line(&["month:2", "zorvane"]), "2024-11 1, 2025-03 2");
    // The months of a period, as far as there are articles at all.
    assert_eq!(
        line(&["month", "zorvane date:2025"]),
        "2025-01 0, 2025-02 0, 2025-03 2, 2025-04 0, 2025-05 0, 2025-06 0"
    );
    assert_eq!(line(&["year", "zorvane date:2025"]), "2024 1, 2025 2");
    assert_eq!(line(&["year", "zorvane date:2025", "--no-sideways"]), "2025 2");
    assert_eq!(line(&["month", "--under", "2025-Q1"]), "2025-01 0, 2025-02 0, 2025-03 2");
    let both = env.json(["facets", "lang", "--by", "quarter", "--json"]).remove(0);
    assert_eq!(both["facets"][0]["facet"], "quarter");
    assert_eq!(both["facets"][1]["across"]["columns"]["values"].as_array().unwrap().len(), 3);
}

#[test]
fn what_lies_under_a_market_is_its_securities() {
    let env = TestEnv::new();
    corpus(&env, 100);
    let (all, _) = facet(&env, &["ticker:100", "zorvane"]);
    let (paris, others) = facet(&env, &["ticker:1", "zorvane", "--under", "XPAR"]);
    let mut want: Vec<_> = all.into_iter().filter(|(ticker, _)| ticker.starts_with("XPAR:")).collect();
    assert_eq!(others, 1);
    want.truncate(1);
    assert_eq!(paris, want);
    assert_eq!(env.telex(["facets", "ticker", "--under", "nowhere"]).code, Some(2));
}

#[test]
fn telling_words_equal_a_naive_count() {
    let env = TestEnv::new();
    for n in 0..60 {
        let special = if n % 10 == 0 { "Les zorvanes montent. Le Zorvane baisse." } else { "Rien de neuf." };
        let ticker = if n % 5 == 0 { json!(["XPAR:MC"]) } else { json!([]) };
        let text = format!("La bourse ouvre. {special}");
        let record =
            json!({ "title": "Un titre", "text": text, "tickers": ticker, "lang": "fr", "date": "2025-01-02" });
        env.write(&format!("{n}.json"), record.to_string());
    }
    env.ok(["index", "."]);
    let response = env.json(["facets", "words", "-q", "ticker:MC", "--json"]).remove(0);
    assert_eq!((&response["total"], &response["words"]["read"]), (&json!(12), &json!(12)));
    let words = response["words"]["values"].as_array().unwrap();
    let found: Vec<_> = words.iter().map(|word| (&word["count"], &word["background"])).collect();
    // Six of the twelve have the word, and no other article has; every other word is everywhere.
    assert!(found.iter().all(|counts| *counts == (&json!(6), &json!(6))), "{response}");
    let written: BTreeSet<&str> = words.iter().map(|word| word["word"].as_str().unwrap()).collect();
    assert_eq!(written, BTreeSet::from(["Zorvane", "baisse", "montent"]));
    assert_eq!(env.json(["facets", "words:1", "-q", "ticker:MC", "--json"])[0]["words"]["values"], json!([words[0]]));
    assert_eq!(env.json(["facets", "words", "-q", "*", "--json"])[0]["words"]["values"], json!([]));
}

#[test]
fn counts_go_into_a_spreadsheet() {
    let env = TestEnv::new();
    for (id, source, date) in [("a", "A; B", "2025-01-02"), ("b", "C", "2025-02-03"), ("c", "C", "2025-02-03")] {
        let record = json!({ "title": id, "text": "zorvane", "date": date, "source": source, "tickers": ["XPAR:MC"] });
        env.write(&format!("{id}.json"), record.to_string());
    }
    env.ok(["index", "."]);
    let csv = |args: &[&str]| env.ok([&["facets"], args, &["--format", "csv"]].concat()).replace("\r\n", "|");
    assert_eq!(
        csv(&["source", "--facet", "ticker"]),
        "facet,value,name,articles,stories|source,C,,2,2|source,A; B,,1,1|ticker,XPAR:MC,LVMH,3,3|"
    );
    assert_eq!(csv(&["source:1", "--no-collapse"]), "facet,value,name,articles|source,C,,2|");
    assert_eq!(
        csv(&["source,month", "--separator", ";"]),
        "source;name;articles;2025-01;2025-02|C;;2;0;2|\"A; B\";;1;1;0|"
    );
    assert_eq!(
        env.ok(["facets", "lang", "--format", "tsv"]).lines().next(),
        Some("facet\tvalue\tname\tarticles\tstories")
    );
    let several = env.telex(["facets", "source,month", "--facet", "lang", "--format", "csv"]);
    assert_eq!(several.code, Some(2), "{several}");
}

#[test]
fn what_has_nothing_under_it_is_told() {
    let env = TestEnv::new();
    env.write("news/a.txt", "Headline\n\nThe word is zorvane.\n");
    env.ok(["index", "news"]);
    for args in [["facets", "month", "--under", "XPAR"], ["facets", "source", "--under", "2025"]] {
        let told = env.telex([&args[..], &["-i", "news/.telex"]].concat());
        assert_eq!(told.code, Some(2), "{told}");
        assert!(told.stderr.contains("no facet has values under"), "{told}");
    }
}

#[test]
fn a_table_keeps_its_rows_where_the_second_facet_has_no_value() {
    let env = TestEnv::new();
    env.write("news/a.jsonl", r#"{"title": "Zorvane", "text": "Zorvane.", "source": "Le Récit"}"#);
    env.ok(["index", "news"]);
    let told = env.json(["facets", "source,author", "--json", "-i", "news/.telex"]);
    let text = told[0].to_string();
    assert!(text.contains("Le Récit"), "{text}");
    let shown = env.ok(["facets", "source,author", "-i", "news/.telex"]);
    assert!(shown.contains("Le Récit"), "{shown}");
    let cells = env.ok(["facets", "source,author", "--format", "csv", "-i", "news/.telex"]);
    assert!(cells.contains("Le Récit"), "{cells}");
}

#[test]
fn a_timeline_begins_and_ends_with_what_is_there() {
    let env = TestEnv::new();
    let record =
        |year: i32| format!("{{\"title\": \"Zorvane\", \"text\": \"Zorvane.\", \"date\": \"{year}-05-01\"}}\n");
    env.write("news/a.jsonl", record(2024));
    env.write("news/b.jsonl", record(1970));
    env.ok(["index", "news", "--threads", "1"]);
    env.write("news/b.jsonl", record(2025));
    env.ok(["index", "news", "--threads", "1"]);
    let told = env.json(["facets", "year", "date:1950..", "--json", "-i", "news/.telex"]);
    let years = told[0]["facets"][0]["values"].as_array().unwrap().len();
    assert_eq!(years, 2, "{}", told[0]);
}
