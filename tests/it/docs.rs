//! The examples of the README and of `docs/` are what the program prints.
//!
//! A block marked `console` holds commands after `$` and, below each, what it prints; `[…]` stands for
//! any lines. Times are not compared. A command that names `sample_corpus` runs beside it, any other
//! within it, where the index is there already.

use std::fs;
use std::path::Path;

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

#[test]
fn every_example_prints_what_it_is_said_to_print() {
    let mut run = 0;
    for example in ["README.md", "docs/query.md", "docs/json.md", "docs/facets.md", "docs/relevance.md", "docs/tour.md"]
        .into_iter()
        .flat_map(examples)
    {
        let mut args = words(&example.command);
        // What goes through other programs is theirs, too.
        if args.remove(0) != "telex" || args.iter().any(|word| word == "|") {
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
        let outcome = Outcome::of(env.command(&args).current_dir(folder));
        let printed: Vec<String> = outcome.stderr.lines().chain(outcome.stdout.lines()).map(str::to_owned).collect();
        check(&example, &printed);
        run += 1;
    }
    assert!(run > 10, "only {run} examples were found");
}
