//! Saved searches, and alerts that miss nothing and tell nothing twice.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use serde_json::Value;

use crate::testenv::{Random, TestEnv};

fn write(env: &TestEnv, name: &str, text: &str) {
    env.write(&format!("news/{name}"), format!("Titre de {text}\n\nUne zorvane {text} paraît au marché.\n"));
}

fn newsroom() -> TestEnv {
    let env = TestEnv::new();
    write(&env, "old.txt", "ancienne");
    env.ok(["index", "news", "-i", "index"]);
    env
}

fn index(env: &TestEnv) {
    env.ok(["index", "news", "-i", "index"]);
}

/// Runs an alert, and returns the ids it tells.
fn alert(env: &TestEnv, args: &[&str]) -> Vec<String> {
    let outcome = env.telex([&["alert", "--json", "-i", "index"], args].concat());
    let ids: Vec<String> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["hit"]["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(outcome.code, Some(i32::from(ids.is_empty())), "{outcome}");
    ids
}

#[test]
fn searches_are_saved_listed_used_and_removed() {
    let env = newsroom();
    let at = ["-i", "index"];
    let run = |args: &[&str]| env.telex([args, &at].concat());
    assert_eq!(run(&["saved", "list"]).code, Some(1));
    for args in [
        &["saved", "add", "zor", "zorvane", "OR", "=zorvanes"][..],
        &["saved", "add", "vieux", "saved:zor ancienne -neuf"],
        &["saved", "add", "not", "-ancienne"],
    ] {
        assert_eq!(run(args).code, Some(0), "{args:?}");
    }
    let list = run(&["saved", "list"]).stdout;
    assert_eq!(list, "not    -ancienne\nvieux  saved:zor ancienne -neuf\nzor    zorvane OR =zorvanes\n");
    let json = run(&["saved", "list", "--json"]).stdout;
    assert!(json.lines().all(|line| line.contains("telex.saved/1")), "{json}");
    for (query, code) in [("saved:vieux", 0), ("-saved:zor", 1), ("saved:not", 1), ("saved:zor,not", 0)] {
        assert_eq!(env.telex([&at[..], &["search", "--all", query]].concat()).code, Some(code), "{query}");
    }
    for (args, told) in [
        (&["saved", "add", "zor", "x"][..], "already"),
        (&["saved", "add", "a b", "x"], "no name"),
        (&["saved", "add", "bad", "(x"], "never closed"),
        (&["saved", "add", "me", "saved:me"], "defined by itself"),
        (&["saved", "add", "zor", "saved:vieux", "--replace"], "defined by itself"),
        (&["saved", "rm", "zor"], "`vieux` could not be read any more"),
        (&["saved", "rm", "nobody"], "the saved searches are not, vieux, zor"),
        (&["search", "saved:nobody"], "no saved search is called `nobody`"),
        (&["alert", "nobody"], "no saved search is called `nobody`"),
    ] {
        let outcome = run(args);
        assert_eq!(outcome.code, Some(2), "{args:?}: {outcome}");
        assert!(outcome.stderr.contains(told), "{args:?}: {outcome}");
    }
    assert!(run(&["search", "saved:nobody"]).stderr.contains("\n        ^^^^^^\n"));
    assert_eq!(run(&["saved", "rm", "zor", "vieux"]).code, Some(0));
    assert_eq!(run(&["saved", "list"]).stdout, "not  -ancienne\n");
    env.ok(["index", "news", "-i", "index", "--full"]);
    assert_eq!(run(&["saved", "list"]).stdout, "not  -ancienne\n", "building again keeps them");
}

#[test]
fn what_is_new_is_told_once() {
    let env = newsroom();
    env.ok(["saved", "add", "zor", "zorvane", "-i", "index"]);
    env.ok(["saved", "add", "rouge", "rouge", "-i", "index"]);
    assert_eq!(alert(&env, &[]), [""; 0], "what was there when it was saved is not new");
    write(&env, "a.txt", "rouge");
    write(&env, "b.txt", "verte");
    index(&env);
    assert_eq!(alert(&env, &["rouge"]), ["a.txt"]);
    let mut told = alert(&env, &[]);
    told.sort();
    assert_eq!(told, ["a.txt", "b.txt"], "to the other search both are new");
    assert_eq!(alert(&env, &[]), [""; 0]);
    // Moved, touched, and built again: nothing is new.
    fs::rename(env.path("news/a.txt"), env.path("news/moved.txt")).unwrap();
    index(&env);
    env.ok(["index", "news", "-i", "index", "--full"]);
    assert_eq!(alert(&env, &[]), [""; 0]);
    fs::remove_file(env.path("news/b.txt")).unwrap();
    index(&env);
    assert_eq!(alert(&env, &[]), [""; 0]);
    // Taken out and put back it is no news either; a text that changed is.
    write(&env, "b.txt", "verte");
    index(&env);
    assert_eq!(alert(&env, &[]), [""; 0]);
    write(&env, "b.txt", "bleue");
    index(&env);
    assert_eq!(alert(&env, &[]), ["b.txt"]);
    let text = env.telex(["alert", "-i", "index"]);
    assert_eq!((text.code, text.stdout.as_str()), (Some(1), ""), "{text}");
    write(&env, "c.txt", "jaune");
    index(&env);
    let text = env.telex(["alert", "-i", "index"]);
    assert!(text.stdout.starts_with("zor: 1 new\n") && text.stdout.contains("c.txt"), "{text}");
    assert!(!text.stderr.contains("stopped"), "nobody stopped an alert: {text}");
    write(&env, "d.txt", "noire");
    index(&env);
    assert!(env.telex(["alert", "-i", "index", "--json"]).stdout.contains("\"again\":false"));
}

#[cfg(unix)]
#[test]
fn a_command_gets_what_is_new_and_is_asked_again_if_it_fails() {
    let env = newsroom();
    env.ok(["saved", "add", "zor", "zorvane", "-i", "index"]);
    write(&env, "a.txt", "rouge");
    index(&env);
    let failing = env.telex(["alert", "-i", "index", "--exec", "cat > /dev/null; exit 3"]);
    assert_eq!(failing.code, Some(5), "{failing}");
    assert!(failing.stderr.contains("did not take the alert `zor`"), "{failing}");
    let command = "echo \"$TELEX_SAVED $TELEX_COUNT $TELEX_AGAIN\" >> told; cat >> told";
    env.ok(["alert", "-i", "index", "--exec", command]);
    let told = fs::read_to_string(env.path("told")).unwrap();
    assert!(told.starts_with("zor 1 1\n{") && told.contains("\"again\":true"), "{told}");
    assert_eq!(env.telex(["alert", "-i", "index", "--exec", command]).code, Some(1));
    assert_eq!(fs::read_to_string(env.path("told")).unwrap(), told);
}

/// Killed at any moment: every article is told, and what is told a second time says that it may be.
#[cfg(unix)]
#[test]
fn killed_at_any_moment_nothing_is_missed_and_nothing_told_twice_in_silence() {
    let env = newsroom();
    env.ok(["saved", "add", "zor", "zorvane", "-i", "index"]);
    let mut random = Random::new(11);
    let mut told: BTreeMap<String, u32> = BTreeMap::new();
    let mut wanted = 0;
    let mut note = |output: &[u8]| {
        let text = String::from_utf8_lossy(output);
        // What was cut off by the kill was not told.
        for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            let line: Value = serde_json::from_str(line).unwrap();
            let times = told.entry(line["hit"]["id"].as_str().unwrap().to_owned()).or_default();
            *times += 1;
            assert!(*times == 1 || line["again"] == true, "told again in silence: {line}");
        }
        told.len()
    };
    for round in 0..30 {
        for _ in 0..1 + random.below(4) {
            write(&env, &format!("{wanted}.txt"), &format!("numéro {wanted} de la série"));
            wanted += 1;
        }
        index(&env);
        let mut child = env.command(["alert", "--json", "-i", "index"]).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(random.below(if round % 2 == 0 { 8_000 } else { 40_000 }) as u64));
        child.kill().unwrap();
        note(&child.wait_with_output().unwrap().stdout);
    }
    let last = env.telex(["alert", "--json", "-i", "index"]);
    assert_eq!(note(last.stdout.as_bytes()), wanted, "{last}");
    assert_eq!(env.telex(["alert", "--json", "-i", "index"]).code, Some(1));
}
