//! Pages through a changing index, and what is told where nothing is found.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::testenv::TestEnv;

fn article(env: &TestEnv, id: &str, text: &str, day: usize) {
    let record =
        json!({ "title": format!("Titre {id}"), "text": text, "date": format!("2025-03-{day:02}"), "lang": "fr" });
    env.write(&format!("{id}.json"), record.to_string());
}

/// Reads one page of seven and returns its ids with the cursor of the next.
fn page(env: &TestEnv, sort: &str, after: &str) -> (Vec<String>, Option<String>) {
    let args = ["search", "zorvane kibatu", "--any", "--no-collapse", "-n", "7", "--sort", sort, "--format", "json"];
    let response: Value = serde_json::from_str(&env.ok([&args[..], &["--after", after]].concat())).unwrap();
    let hits = response["hits"].as_array().unwrap().iter();
    let ids = hits.map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
    (ids, response["next"].as_str().map(str::to_owned))
}

#[test]
fn nothing_comes_twice_or_is_passed_over_while_the_index_changes() {
    for sort in ["relevance", "newest", "oldest"] {
        let env = TestEnv::new();
        for n in 0..40 {
            let words = ["zorvane", "zorvane kibatu", "kibatu kibatu", "zorvane rien"][n % 4];
            article(&env, &format!("a{n:02}"), &format!("{words} {}", "mot ".repeat(n)), 1 + n % 20);
        }
        env.ok(["index", "."]);
        let before: BTreeSet<String> = env.ids_with(&["zorvane kibatu", "--any"]).into_iter().collect();
        assert_eq!(before.len(), 40);
        let mut removed = BTreeSet::new();
        let mut seen: Vec<String> = Vec::new();
        let mut after = "start".to_owned();
        for round in 0.. {
            let (ids, next) = page(&env, sort, &after);
            seen.extend(ids);
            let Some(next) = next else { break };
            after = next;
            // Something better than all else comes, something goes.
            article(&env, &format!("new{round}"), "zorvane kibatu zorvane kibatu", 1 + round * 3 % 28);
            let gone =
                before.iter().find(|id| !removed.contains(*id) && (round % 2 == 0) != seen.contains(*id)).unwrap();
            std::fs::remove_file(env.path(gone)).unwrap();
            removed.insert(gone.clone());
            env.ok(["index", "."]);
        }
        let once: BTreeSet<String> = seen.iter().cloned().collect();
        assert_eq!(once.len(), seen.len(), "{sort}: {seen:?}");
        let missed: Vec<_> = before.difference(&once).filter(|id| !removed.contains(*id)).collect();
        assert!(missed.is_empty(), "{sort}: {missed:?}");
    }
}

#[test]
fn a_cursor_belongs_to_its_search() {
    let env = TestEnv::new();
    (0..9).for_each(|n| article(&env, &format!("a{n}"), "zorvane kibatu", 1));
    env.ok(["index", "."]);
    let (_, next) = page(&env, "relevance", "start");
    let next = next.unwrap();
    let told = env.telex(["search", "zorvane", "--after", &next]);
    assert_eq!(told.code, Some(2), "{told}");
    assert!(told.stderr.contains("of another search"), "{told}");
    assert_eq!(env.telex(["search", "zorvane", "--after", "nonsense"]).code, Some(2));
    // For people, the cursor is told apart from the hits.
    let told = env.telex(["search", "zorvane", "-n", "2", "--no-collapse", "--after", "start", "--format", "paths"]);
    assert!(told.stderr.contains("next page: --after "), "{told}");
}

#[test]
fn what_empties_a_search_is_told_with_what_would_help() {
    let env = TestEnv::new();
    (0..6).for_each(|n| article(&env, &format!("a{n}"), "Le licenciement de la zorvane.", 1));
    (0..3).for_each(|n| article(&env, &format!("b{n}"), "Une kibatu.", 1));
    env.ok(["index", "."]);
    let told = env.telex(["search", "licenciement", "zorvane", "kibatu", "--all"]);
    assert_eq!(told.code, Some(1), "{told}");
    assert!(told.stderr.contains("no article for all 3 together: 6 without `kibatu`"), "{told}");
    assert!(told.stderr.contains("9 with any of the words: try --any"), "{told}");
    let told = env.telex(["search", "zorvane", "--lang", "en", "--ui-lang", "fr"]);
    assert!(told.stderr.contains("aucun article pour les 2 ensemble : 6 sans `--lang`"), "{told}");
    // The nearest spelling, by frequency; never for numbers and capitals.
    let told = |word: &str| env.telex(["search", word, "--all"]).stderr;
    assert!(told("zrovane").contains("no article has `zrovane`; did you mean `zorvane`?"), "{}", told("zrovane"));
    assert!(told("Zrovane").contains("no article has `Zrovane`; did you mean `zorvane`?"), "{}", told("Zrovane"));
    assert!(!told("ZROVANE").contains("did you mean"));
}
