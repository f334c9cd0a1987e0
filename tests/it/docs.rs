//! The examples of the README and of `docs/` are what the program prints.
//!
//! A block marked `console` holds commands after `$` and, below each, what it prints; `[…]` stands for
//! any lines. Times are not compared. A command that names `sample_corpus` runs beside it, any other
//! within it, where the index is there already. A block marked `json` below a line that begins with a command is the
//! object that it prints, with `…` for what is left out.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::testenv::{Outcome, TestEnv};

/// A command with what a document says that it prints.
struct Example {
    place: String,
    command: String,
    printed: Vec<String>,
}

fn examples(document: &str) -> Vec<Example> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside && let Some(command) = line.strip_prefix("$ ") {
            let place = format!("{document}:{number}");
            examples.push(Example { place, command: command.to_owned(), printed: Vec::new() });
        } else if inside && let Some(example) = examples.last_mut() {
            example.printed.push(line.to_owned());
        }
    }
    examples
}

/// Splits a command into words as a shell does, as far as the examples need it.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = None;
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_with(String::new);
            }
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_with(String::new).push(c),
        }
    }
    words.extend(word);
    words
}

/// Returns a line without what differs between machines and runs, and without what a document cannot show.
fn plain(line: &str) -> String {
    let spaced: String = line.chars().map(|c| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c }).collect();
    match spaced.starts_with("time ") || spaced.starts_with("indexed ") {
        true => spaced.split(|c: char| c.is_ascii_digit() || c == '.').filter(|part| !part.is_empty()).collect(),
        false => spaced.trim_end().to_owned(),
    }
}

/// Checks that what was printed is what was promised, where `[…]` stands for any lines.
fn check(example: &Example, printed: &[String]) {
    let promised: Vec<String> = example.printed.iter().map(|line| plain(line)).collect();
    let promised = promised.join("\n");
    let printed: Vec<String> = printed.iter().map(|line| plain(line)).collect();
    let printed = printed.join("\n");
    let place = &example.place;
    let mut rest = printed.trim_end();
    for (n, part) in promised.trim_end().split("[…]").enumerate() {
        let part = part.trim_matches('\n');
        match rest.find(part) {
            Some(at) if n > 0 || at == 0 => rest = &rest[at + part.len()..],
            _ => panic!("{place}: `{}` is said to print\n{promised}\nand prints\n{printed}", example.command),
        }
    }
    let open = promised.trim_end().ends_with("[…]");
    assert!(open || rest.trim().is_empty(), "{place}: `{}` also prints\n{rest}", example.command);
}

/// Returns a command that goes through other programs, for a shell that finds this telex before any other.
fn shell(env: &TestEnv, command: &str) -> Command {
    let folder = Path::new(env!("CARGO_BIN_EXE_telex")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut shell = env.shell(command);
    shell.env(
        "PATH",
        std::env::join_paths([folder.to_owned()].into_iter().chain(std::env::split_paths(&path))).unwrap(),
    );
    shell
}

#[test]
fn every_example_prints_what_it_is_said_to_print() {
    let mut run = 0;
    for document in ["README.md", "docs/query.md", "docs/facets.md", "docs/relevance.md", "docs/tour.md"] {
        assert!(!examples(document).is_empty(), "{document} has no example");
    }
    for example in ["README.md", "docs/query.md", "docs/facets.md", "docs/relevance.md", "docs/tour.md"]
        .into_iter()
        .flat_map(examples)
    {
        let mut args = words(&example.command);
        let piped = args.iter().any(|word| word == "|");
        if args.remove(0) != "telex" && !piped {
            continue;
        }
        let env = TestEnv::new();
        env.copy_sample();
        let beside = example.command.contains("sample_corpus");
        if example.printed.iter().any(|line| line.contains("1 added")) {
            env.ok(["index", "sample_corpus"]);
            fs::remove_file(env.path("sample_corpus/fr/yen-toyota.txt")).unwrap();
            env.write("sample_corpus/fr/new.txt", "Une dépêche\n\nElle vient d’arriver.\n");
        } else if !beside {
            env.ok(["index", "sample_corpus"]);
        }
        let folder = if beside { env.path("") } else { env.path("sample_corpus") };
        let outcome = match piped {
            true => Outcome::of(shell(&env, &example.command).current_dir(folder)),
            false => Outcome::of(env.command(&args).current_dir(folder)),
        };
        // A program that is not on this machine.
        if piped && outcome.code == Some(127) {
            continue;
        }
        let printed: Vec<String> = outcome.stderr.lines().chain(outcome.stdout.lines()).map(str::to_owned).collect();
        check(&example, &printed);
        run += 1;
    }
    assert!(run > 10, "only {run} examples were found");
}

/// Returns the commands of a document of JSON, each with its line and the object that it is said to print.
fn objects(document: &str) -> Vec<(usize, String, Value)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
    let (mut found, mut command, mut block) = (Vec::new(), None, None::<String>);
    for (number, line) in (1..).zip(text.lines()) {
        match (&mut block, line) {
            (None, "```json") => block = Some(String::new()),
            (Some(json), "```") => {
                // What is left out is an element, or the end of a text.
                let json = json.replace("[ … ]", "[\"…\"]").replace("…\n", "\"…\"\n").replace("…]", "\"…\"]");
                let json = json.replace(", … }", ", \"…\": 0 }");
                if let Some((number, command)) = command.take() {
                    let object = serde_json::from_str(&json).unwrap_or_else(|error| panic!("line {number}: {error}"));
                    found.push((number, command, object));
                }
                block = None;
            }
            (Some(json), line) => json.extend([line, "\n"]),
            (None, line) => {
                let typed = line.strip_prefix("`telex ").and_then(|rest| rest.split_once('`'));
                command =
                    typed.map(|(rest, _)| (number, format!("telex {rest}"))).or(command.filter(|_| line.is_empty()));
            }
        }
    }
    found
}

/// Returns where what is printed is not what was promised; the values of `differing` differ between machines and runs.
fn difference(promised: &Value, printed: &Value, place: &str) -> Option<String> {
    const DIFFERING: [&str; 4] = ["seconds", "bytes", "roots", "next"];
    match (promised, printed) {
        (Value::Object(promised), Value::Object(printed)) => {
            let open = promised.contains_key("…");
            let more = printed.keys().find(|key| !open && !promised.contains_key(*key));
            let wrong = promised.iter().filter(|(key, _)| *key != "…" && !DIFFERING.contains(&key.as_str()));
            more.map(|key| format!("{place}.{key} is printed, too")).or_else(|| {
                let mut wrong = wrong.map(|(key, value)| (format!("{place}.{key}"), value, printed.get(key)));
                wrong.find_map(|(place, value, found)| difference(value, found.unwrap_or(&Value::Null), &place))
            })
        }
        (Value::Array(promised), Value::Array(printed)) => {
            let shown = promised.iter().take_while(|value| **value != "…").count();
            if printed.len() < shown || promised.len() == shown && printed.len() != shown {
                return Some(format!("{place} has {} elements", printed.len()));
            }
            let mut pairs = (0..).zip(promised.iter().zip(printed)).take(shown);
            pairs.find_map(|(n, (promised, printed))| difference(promised, printed, &format!("{place}[{n}]")))
        }
        (Value::String(promised), Value::String(printed)) if promised.ends_with('…') => {
            (!printed.starts_with(promised.trim_end_matches('…').trim_end())).then(|| format!("{place} is {printed}"))
        }
        (promised, printed) => (promised != printed).then(|| format!("{place} is {printed}")),
    }
}

#[test]
fn every_object_is_what_its_command_prints() {
    let objects = objects("docs/json.md");
    assert!(objects.len() > 8, "only {} objects were found", objects.len());
    for (number, command, promised) in objects {
        let mut args = words(&command);
        args.remove(0);
        let env = TestEnv::new();
        env.copy_sample();
        env.ok(["index", "sample_corpus", "--threads", "2"]);
        let folder = if command.contains("sample_corpus") { env.path("") } else { env.path("sample_corpus") };
        let outcome = Outcome::of(env.command(&args).current_dir(folder));
        let printed = if outcome.stdout.is_empty() { &outcome.stderr } else { &outcome.stdout };
        let printed: Vec<Value> = printed.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let wrong = match printed.as_slice() {
            [] => Some("nothing is printed".to_owned()),
            // A command that prints an object a line: one of them.
            several => several.iter().map(|object| difference(&promised, object, "")).min().flatten(),
        };
        assert!(wrong.is_none(), "docs/json.md:{number}: `{command}`: {}", wrong.unwrap_or_default());
    }
}
