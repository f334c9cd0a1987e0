//! What is told when something is wrong: to a person in either language, to a program as JSON, and of a file of the
//! engine in words of ours.

use std::fs;

use serde_json::{Value, json};

use crate::testenv::{Outcome, TestEnv};

fn news() -> TestEnv {
    let env = TestEnv::new();
    for day in 1..=9 {
        let record = json!({ "title": format!("Zorvane {day}"), "text": format!("La zorvane, édition {day}, paraît."),
            "date": format!("2025-03-{day:02}"), "lang": "fr" });
        env.write(&format!("news/{day}.json"), record.to_string());
    }
    env.ok(["index", "news", "-i", "index"]);
    env
}

/// The messages of errors on standard error, of which every line must be one.
fn errors(outcome: &Outcome) -> Vec<String> {
    let error = |line: &str| {
        let error: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{outcome}"));
        assert_eq!(error["schema"], "telex.error/1", "{outcome}");
        error["message"].as_str().unwrap().to_owned()
    };
    outcome.stderr.lines().map(error).collect()
}

#[test]
fn a_program_gets_every_error_as_json() {
    let env = news();
    env.ok(["saved", "add", "sound", "zorvane", "-i", "index"]);
    let saved = fs::read_to_string(env.path("index/saved.toml")).unwrap();
    env.write("index/saved.toml", saved + "\n[broken]\nquery = \"(zorvane\"\n");
    let outcome = env.telex(["alert", "--json", "-i", "index"]);
    assert_eq!(outcome.code, Some(2), "{outcome}");
    assert_eq!(errors(&outcome), ["`(` is never closed", "the saved search `broken` cannot be read"]);
}

#[test]
fn a_damaged_file_is_told_by_its_name_and_what_to_do() {
    for (ending, change) in [("store", 20), ("idx", 9), ("term", 30)] {
        let env = news();
        let files = fs::read_dir(env.path("index/engine")).unwrap().map(|entry| entry.unwrap().path());
        let file = files.into_iter().find(|path| path.extension().is_some_and(|found| found == ending)).unwrap();
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() - change]).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        let outcome = env.telex(["search", "zorvane", "-i", "index"]);
        assert_eq!(outcome.code, Some(3), "{outcome}");
        assert_eq!(
            outcome.stderr,
            format!(
                "error: index/engine/{name}: the index is damaged\n\
                 hint: build the index again with `telex index --full`\n"
            )
        );
    }
    let env = news();
    fs::remove_dir_all(env.path("index/stories")).unwrap();
    let outcome = env.telex(["search", "zorvane", "-i", "index"]);
    assert!(outcome.code == Some(3) && outcome.stderr.contains("a file of the index is missing"), "{outcome}");
}

#[test]
fn what_is_told_of_a_file_or_a_table_is_told_in_french_as_well() {
    let env = TestEnv::new();
    env.write("news/a.xyz", "Un texte");
    env.write("news/b.json", "{\"x\":1}");
    env.write("news/c.txt", "Un texte de la presse.");
    let told = env.telex(["index", "news", "--ui-lang", "fr", "--report", "report.jsonl"]).stderr;
    assert!(told.contains("écarté a.xyz : telex ne lit pas les fichiers .xyz, seulement .txt "), "{told}");
    assert!(told.contains("écarté b.json : il n’a aucun champ que telex connaît pour un titre"), "{told}");
    // The report is for programs.
    let report = fs::read_to_string(env.path("report.jsonl")).unwrap();
    assert!(report.contains("\"detail\":\"telex does not read .xyz files, only .txt "), "{report}");

    env.write("bad.csv", "symbol,mic,name\nAB,ZZZZ,Alba\n");
    let told = env.telex(["tickers", "add", "bad.csv", "--ui-lang", "fr"]);
    assert_eq!(told.code, Some(2), "{told}");
    assert!(told.stderr.contains("ligne 2 : `ZZZZ` n’est pas un marché que telex connaît"), "{told}");
}

#[test]
fn one_error_has_one_wording() {
    let env = news();
    for args in [&["show", "nothing"][..], &["explain", "zorvane", "nothing"], &["similar", "nothing"]] {
        let outcome = env.telex([args, &["-i", "index"]].concat());
        assert_eq!(outcome.code, Some(2), "{outcome}");
        assert!(outcome.stderr.starts_with("error: no article has the id `nothing`\nhint: "), "{outcome}");
    }
    let absent = "error: nowhere: there is no such file or folder\n\
                  hint: give the path of a folder of articles, or of one file\n";
    for args in [&["index", "nowhere"][..], &["search", "zorvane", "--in", "nowhere"], &["doctor", "nowhere"]] {
        assert_eq!(env.telex(args).stderr, absent, "{args:?}");
    }
}

#[test]
fn similar_articles_have_the_notes_of_a_search() {
    let env = news();
    let told = env.telex(["similar", "1.json", "--ticker", "ZZQX", "-i", "index"]).stderr;
    assert!(told.contains("looked for ") && told.contains("no table has `ZZQX`"), "{told}");
}

#[test]
#[cfg(unix)]
fn a_text_that_is_cut_is_told() {
    let env = news();
    let mut text = b"La zorvane, \xc3\xa9dition de mars.".to_vec();
    for (length, is_told) in [(16 << 20, false), ((16 << 20) + 1, true)] {
        text.resize(length, b' ');
        let path = env.write("text", &text);
        let stdin = fs::File::open(path).unwrap();
        let outcome = Outcome::of(env.command(["similar", "-", "-i", "index"]).stdin(stdin));
        assert_eq!(outcome.stderr.contains("of the text are looked at"), is_told, "{outcome}");
    }
}

#[test]
fn a_cursor_is_of_a_search_with_the_same_dates_and_dialect() {
    let env = news();
    let page = ["search", "zorvane w/9 édition", "-n", "2", "--format", "json", "-i", "index", "--no-collapse"];
    let first = [&page[..], &["--since", "2025-03-01", "--after", "start"]].concat();
    let response: Value = serde_json::from_str(&env.ok(first)).unwrap();
    let next = response["next"].as_str().unwrap();
    for (args, code) in [
        (&["--since", "2025-03-01"][..], 0),
        (&["--since", "2030-01-01"], 2),
        (&["--until", "2025-03-01"], 2),
        (&["--since", "2025-03-01", "--dialect", "factiva"], 2),
        (&[], 2),
    ] {
        let outcome = env.telex([&page[..], args, &["--after", next]].concat());
        assert_eq!(outcome.code, Some(code), "{args:?}: {outcome}");
    }
}
