//! What is told of a query beside its answer: values and words that no article has, and what was not looked for.

use std::fs::{self, File};

use crate::testenv::TestEnv;

fn news() -> TestEnv {
    let env = TestEnv::new();
    let records = [
        r#"{"title":"Kestwick: 5G in the G7","text":"A bank lends less: a fall of −3,1 % and a rise of 15 %.","lang":"en","source":"Gazette du Port","author":"Wei Linn","section":"Banques"}"#,
        r#"{"title":"Prêts de Kestwick","text":"La banque a un pipeline. Le prêt baisse, sommet du G-7 et réseau 5-G.","lang":"fr","source":"Vitrine","author":"Zoé Marchetti","section":"Industrie"}"#,
        r#"{"title":"Kestwick M 6","text":"The bank signs a loan in a 5 G town of the G 7.","lang":"en","source":"Vitrine"}"#,
    ];
    env.write("a.jsonl", records.join("\n"));
    env.ok(["index", "."]);
    env
}

#[test]
fn a_value_that_no_article_has_is_told_with_the_nearest() {
    let env = news();
    for (query, told) in [
        ("source:vitrin", "no article has the source `vitrin`; did you mean `Vitrine`?"),
        ("source:herald", "no article has the source `herald`"),
        ("source:Gazette du port", "no article has the source `Gazette`; did you mean `Gazette du Port`?"),
        ("source:port", "no article has the source `port`; did you mean `Gazette du Port`?"),
        ("author:Lin", "no article has the author `Lin`; did you mean `Wei Linn`?"),
        ("section:banque", "no article has the section `banque`; did you mean `Banques`?"),
        ("type:csvv", "no article has the type of file `csvv`"),
        ("source:Vitrine,herald", "no article has the source `herald`"),
        ("body:Kestwick", "no article has `Kestwick` in its text"),
        ("title:pipeline", "no article has `pipeline` in its headline"),
        ("Kestwik", "no article has `Kestwik`; did you mean `kestwick`?"),
        ("lead:Zorvane", "no article has `Zorvane` in its lead"),
        ("-15 %", "no article has the quantity `-15 %`; `15 %` is looked for"),
        ("bank NOT loan", "`loan` is excluded as typed, and not in the other language (prêt)"),
    ] {
        let outcome = env.telex(["search", query, "--format", "paths"]);
        assert!(outcome.stderr.lines().any(|line| line == told), "{query}: {outcome}");
    }
    for query in ["source:VITRINE", "author:marchetti", "section:industrie", "type:jsonl", "-source:herald", "+15 %"] {
        let outcome = env.telex(["search", query, "--format", "paths"]);
        assert!(!outcome.stderr.contains("no article has the"), "{query}: {outcome}");
    }
}

#[test]
fn letters_and_digits_are_one_however_they_are_joined() {
    let env = news();
    for query in ["G7", "G-7", "G 7", "\"G 7\"", "5G", "5-G", "5 G", "\"the G7\" OR \"du G7\""] {
        assert_eq!(env.ids(query).len(), 3, "{query}");
    }
    assert_eq!((env.ids("M6").len(), env.ids("M-6").len(), env.ids("76").len()), (1, 1, 0));
}

#[test]
fn a_negative_quantity_is_lit_from_its_sign_on() {
    let env = news();
    for query in ["pct:<0", "−3,1 %"] {
        let shown = env.ok(["search", query, "--format", "markdown"]);
        assert!(shown.contains("**−3,1 %**"), "{query}: {shown}");
    }
}

#[test]
fn the_ends_of_an_interval_are_in_order_as_flags_too() {
    let env = news();
    let outcome = env.telex(["search", "bank", "--since", "2025-08", "--until", "2025-01"]);
    assert!(outcome.code == Some(2) && outcome.stderr.contains("ends before it begins"), "{outcome}");
    assert_eq!(env.telex(["search", "bank", "--since", "2025-08", "--until", "2025-08"]).code, Some(1));
}

#[test]
fn counts_for_other_programs_leave_nothing_out_unseen() {
    let env = TestEnv::new();
    let record =
        |n: usize| format!("{{\"title\":\"A quartz\",\"text\":\"The quartz {n}\",\"source\":\"Paper {n:02}\"}}\n");
    env.write("a.jsonl", (0..12).map(record).collect::<String>());
    env.ok(["index", "."]);
    let rows = |facet: &str| env.ok(["facets", facet, "--format", "csv"]).lines().count() - 1;
    assert_eq!((rows("source"), rows("source:3")), (12, 3));
    let table = env.telex(["facets", "lang,source", "--format", "csv"]);
    assert!(table.stderr.contains("10 of the 12 values of `source` have a column; `source:12` gives all"), "{table}");
    let counts = env.json(["facets", "source", "-q", "quartz basalt", "--json"]).remove(0);
    assert_eq!((&counts["relaxed"], &counts["total"]), (&true.into(), &12.into()));
}

#[test]
fn an_index_that_is_being_made_is_not_said_to_be_missing() {
    let env = TestEnv::new();
    fs::create_dir_all(env.path(".telex/engine")).unwrap();
    let lock = File::create(env.path(".telex/lock")).unwrap();
    let told = |lock: &str| {
        let outcome = env.telex(["search", "bank"]);
        assert!(outcome.code == Some(3) && outcome.stderr.contains(lock), "{outcome}");
    };
    told("there is no index here");
    lock.lock().unwrap();
    told("the index is being made");
}
