//! Ranking: which hit comes first, the same order every time, page after page.

use crate::testenv::TestEnv;

/// Indexes texts, each with a name, a headline and a body, all of one day, and returns how `query` ranks them.
fn ranked(query: &str, texts: &[(&str, &str, &str)]) -> Vec<String> {
    let env = TestEnv::new();
    for (name, headline, body) in texts {
        let record = serde_json::json!({ "title": headline, "text": body, "date": "2025-03-04", "lang": "fr" });
        env.write(&format!("{name}.json"), record.to_string());
    }
    env.ok(["index", "."]);
    env.ids(query).iter().map(|id| id.replace(".json", "")).collect()
}

#[test]
fn the_form_typed_comes_before_its_accents_and_those_before_its_inflections() {
    // The names are in the other order, so that a tie would show.
    let texts = [
        ("a-stem", "Un titre neutre", "On parle ici des marchés et de rien."),
        ("b-accent", "Un titre neutre", "On parle ici des marche et de rien."),
        ("c-exact", "Un titre neutre", "On parle ici des marché et de rien."),
    ];
    assert_eq!(ranked("marché", &texts), ["c-exact", "b-accent", "a-stem"]);
    assert_eq!(ranked("=\"marché\"", &texts), ["c-exact"]);
    let texts = [
        ("a-stem", "Un titre neutre", "On parle ici des licenciements et de rien."),
        ("b-exact", "Un titre neutre", "On parle ici des licenciement et de rien."),
    ];
    assert_eq!(ranked("licenciement", &texts), ["b-exact", "a-stem"]);
}

#[test]
fn the_headline_comes_before_the_body() {
    let texts = [
        ("a-body", "Un titre neutre", "On parle ici de quartz et de rien du tout ce jour."),
        ("b-headline", "Un titre de quartz", "On parle ici de plus ou moins de rien ce jour."),
    ];
    assert_eq!(ranked("quartz", &texts), ["b-headline", "a-body"]);
}

#[test]
fn often_comes_before_once_and_a_short_text_before_a_long_one() {
    let texts = [
        ("a-long", "Un titre neutre", "On parle ici de quartz et de rien du tout ce jour, ni hier ni demain non plus."),
        ("b-once", "Un titre neutre", "On parle ici de quartz et de rien du tout ce jour."),
        ("c-often", "Un titre neutre", "On parle de quartz, de quartz, de quartz ce jour."),
    ];
    assert_eq!(ranked("quartz", &texts), ["c-often", "b-once", "a-long"]);
}

#[test]
fn the_opening_comes_before_the_end() {
    let filler = "Le reste du texte ne dit rien de bien neuf sur ce sujet. ".repeat(40);
    let opening = format!("Du quartz a été trouvé. {filler}");
    let end = format!("{filler} Du quartz a été trouvé.");
    let texts = [("a-end", "Un titre neutre", end.as_str()), ("b-opening", "Un titre neutre", opening.as_str())];
    assert_eq!(ranked("quartz", &texts), ["b-opening", "a-end"]);
}

#[test]
fn a_rare_word_weighs_more_than_a_common_one() {
    let texts = [
        ("a", "Un titre neutre", "Le basalt seul."),
        ("b", "Un titre neutre", "Le quartz seul."),
        ("c", "Un titre neutre", "Le quartz encore."),
        ("d", "Un titre neutre", "Le quartz toujours."),
    ];
    assert_eq!(ranked("quartz OR basalt", &texts)[0], "a");
}

/// Writes a small corpus of equal texts on several days, some without a date of their own.
fn equals(env: &TestEnv) {
    for (id, date) in [
        ("e", "2025-03-01"),
        ("c", "2025-03-03"),
        ("b", "2025-03-03"),
        ("a", "2025-03-02"),
        ("d", "2025-03-03T10:00:00Z"),
    ] {
        let record = serde_json::json!({ "title": "Le titre", "text": "Du quartz.", "date": date, "lang": "fr" });
        env.write(&format!("{id}.json"), record.to_string());
    }
}

#[test]
fn ties_go_to_the_newest_and_then_to_the_smallest_id() {
    let env = TestEnv::new();
    equals(&env);
    env.ok(["index", "."]);
    let order = |args: &[&str]| {
        let all = [&["quartz"], args].concat();
        env.ids_with(&all).iter().map(|id| id.replace(".json", "")).collect::<String>()
    };
    assert_eq!(order(&[]), "dbcae");
    assert_eq!(order(&["--sort", "newest"]), "dbcae");
    assert_eq!(order(&["--sort", "oldest"]), "eabcd");
    assert_eq!(order(&["--sort", "relevance"]), "dbcae");
    // Without a word there is nothing to rank by but the date.
    assert_eq!(env.ids("*"), env.ids_with(&["*", "--sort", "newest"]));
}

const QUERIES: [&str; 10] = [
    "licenciements",
    "hausse du chiffre d'affaires",
    "résultats OR results",
    "\"premier trimestre\"",
    "marché action",
    "growth sales -oil",
    "*",
    "lang:fr société",
    "Engie résultats",
    "SAP cloud",
];

/// Returns all hits of all queries with their scores, one a line.
fn answers(env: &TestEnv, index: &str) -> Vec<String> {
    let ask = |query: &&str| {
        let run = env.ok(["search", "--any", "-n", "1000", "--format", "trec", "-i", index, query]);
        run.lines().map(|line| format!("{query}: {line}")).collect::<Vec<_>>()
    };
    QUERIES.iter().flat_map(ask).collect()
}

/// Compares answers line by line, so that a failure shows the first that differs.
fn check(got: &[String], want: &[String]) {
    for (got, want) in got.iter().zip(want) {
        assert_eq!(got, want);
    }
    assert_eq!(got.len(), want.len());
}

#[test]
fn the_order_does_not_depend_on_threads_or_segments() {
    let env = TestEnv::new();
    env.copy_sample();
    env.ok(["index", "sample_corpus", "-i", "one", "--threads", "1"]);
    let want = answers(&env, "one");
    assert!(want.len() > 80, "{}", want.len());
    env.ok(["index", "sample_corpus", "-i", "four", "--threads", "4"]);
    check(&answers(&env, "four"), &want);
    // In several runs, each making a segment.
    let parts = ["en", "fr", "de"].map(|part| env.path("sample_corpus").join(part));
    for part in &parts {
        let hidden = part.with_file_name(format!(".{}", part.file_name().unwrap().to_str().unwrap()));
        std::fs::rename(part, hidden).unwrap();
    }
    for part in &parts {
        env.ok(["index", "sample_corpus", "-i", "many", "--threads", "1"]);
        let hidden = part.with_file_name(format!(".{}", part.file_name().unwrap().to_str().unwrap()));
        std::fs::rename(hidden, part).unwrap();
    }
    env.ok(["index", "sample_corpus", "-i", "many", "--threads", "1"]);
    assert!(env.json(["stats", "--json", "-i", "many"])[0]["segments"].as_u64() > Some(1));
    check(&answers(&env, "many"), &want);
}

#[test]
fn the_order_does_not_depend_on_what_was_updated_or_removed() {
    let env = TestEnv::new();
    env.copy_sample();
    env.ok(["index", "sample_corpus", "-i", "fresh", "--threads", "1"]);
    let want = answers(&env, "fresh");
    env.write(
        "sample_corpus/fr/passing.txt",
        "Une société en hausse\n\nLa hausse du chiffre d’affaires profite à la société.\n",
    );
    for file in ["fr/engie-eolien-mer.md", "en/sap-cloud-ai.txt"] {
        let path = env.path("sample_corpus").join(file);
        let kept = std::fs::read(&path).unwrap();
        std::fs::write(&path, "Something else\n\nFor a while: growth, sales, licenciements.\n").unwrap();
        env.ok(["index", "sample_corpus", "-i", "updated", "--threads", "1"]);
        std::fs::write(&path, kept).unwrap();
    }
    std::fs::remove_file(env.path("sample_corpus/fr/passing.txt")).unwrap();
    env.ok(["index", "sample_corpus", "-i", "updated", "--threads", "1"]);
    check(&answers(&env, "updated"), &want);
}

#[test]
fn pages_show_everything_once() {
    let env = TestEnv::new();
    env.copy_sample();
    env.ok(["index", "sample_corpus"]);
    for (query, sort) in [("*", "relevance"), ("*", "oldest"), ("société OR company OR hausse OR year", "relevance")]
    {
        let page = |limit: usize, offset: usize| {
            let (limit, offset) = (limit.to_string(), offset.to_string());
            let index = ["-i", "sample_corpus/.telex", "--json", "--any", "--sort", sort];
            let outcome = env.telex(["search", query, "-n", &limit, "--offset", &offset].iter().chain(&index));
            let hits = outcome.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            hits.map(|hit| (hit["rank"].as_u64().unwrap(), hit["id"].to_string())).collect::<Vec<_>>()
        };
        let all = page(1000, 0);
        assert!(all.len() > 20, "{query}: {}", all.len());
        assert!((1..).zip(&all).all(|(n, (rank, _))| n == *rank));
        for size in [1, 7, 10] {
            let pages: Vec<_> = (0..all.len().div_ceil(size)).flat_map(|n| page(size, n * size)).collect();
            assert_eq!(pages, all, "{query} by {sort}, {size} a page");
        }
        assert!(page(10, all.len()).is_empty());
        assert!(page(0, 0).is_empty());
    }
}

#[test]
fn recent_articles_come_first_where_they_are_asked_for() {
    let env = TestEnv::new();
    env.write("old.txt", "Fusion, fusion\n\nPARIS, 4 mars 2019 – La fusion des deux fusions est une fusion.\n");
    env.write("new.txt", "Banques\n\nPARIS, 4 mars 2025 – Deux banques parlent, entre autres choses, de fusion.\n");
    // A time of 0 is none.
    let undated = env.write("undated.txt", "Fusion\n\nUne fusion, et rien que la fusion.\n");
    std::fs::File::options().write(true).open(undated).unwrap().set_modified(std::time::UNIX_EPOCH).unwrap();
    env.ok(["index", "."]);
    let ids = |flags: &[&str]| env.ids_with(&[&["fusion"], flags].concat());
    assert_eq!(ids(&[]).last().map(String::as_str), Some("new.txt"));
    assert_eq!(ids(&["--recent", "60d"]), ["new.txt", "old.txt", "undated.txt"]);
    // With a half-life of centuries only the article without a date is behind.
    assert_eq!(ids(&["--recent", "900y"]), ["old.txt", "new.txt", "undated.txt"]);
    for wrong in ["30", "d", "0d", "99999999999999999999y", "30 days"] {
        let outcome = env.telex(["search", "fusion", "--recent", wrong]);
        assert_eq!(outcome.code, Some(2), "{wrong}: {outcome}");
    }
    // A cursor belongs to its half-life.
    let page = env.telex(["search", "fusion", "--recent", "30d", "-n", "1", "--after", "start", "--format", "json"]);
    let next: serde_json::Value = serde_json::from_str(&page.stdout).unwrap();
    let next = next["next"].as_str().unwrap();
    assert_eq!(env.telex(["search", "fusion", "--recent", "7d", "-n", "1", "--after", next]).code, Some(2));
    let second = env.json(["search", "fusion", "--recent", "30d", "-n", "1", "--after", next, "--json"]);
    assert_eq!(second[0]["id"], "old.txt");
}
