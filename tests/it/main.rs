//! The integration tests of telex: one binary, each test with the real program in a fresh folder.
//!
//! They tell what a user can rely on. What a room does on its own is tested at the foot of its files;
//! a test belongs here if it needs the program, or several rooms together.
//!
//! To add a file, write it beside this one and give it a line below; a test sees to it that none is
//! forgotten. A bug becomes a test in `regression`.

/// A fresh folder with the program, and what the tests share.
#[macro_use]
mod testenv;

/// From folders to an index: formats, what changed, what is skipped, where the index is.
mod index;

/// Files of the same tick, with their times set back, or ahead of the clock.
mod file_times;

/// The folders of an index: several, one within another, gone.
mod roots;

/// What is set in `config.toml`, and where it is read from.
mod config;

/// Archives made to burst, loops, pipes, huge lines: all told, and the rest indexed.
mod hostile;

/// Words, phrases and tickers find their articles, however they are typed.
mod search;

/// Numbers, amounts, rates and periods find every spelling of themselves.
mod numbers;

/// How a query is typed never changes what it finds.
mod invariants;

/// To the other language and back.
mod crossing;

/// The queries that a newcomer types first, and that fail elsewhere.
mod traps;

/// What is told beside an answer: values and words that no article has, and what was not looked for.
mod notes;

/// Ranking: which hit comes first, the same order every time, page after page.
mod order;

/// Explanations: their parts add up to what search ranks by.
mod explain;

/// Lists of queries, answered in one run.
mod lists;

/// The command line: dashes, flags that clash, flags and their fields.
mod flags;

/// Output formats, exit codes, pipes, messages.
mod output;
mod paging;

/// The shapes for machines: their names, their keys, their offsets.
mod json;

/// Counts equal a naive scan.
mod facets;

/// Random queries over random articles equal a naive scan.
mod property;

/// A large segment answers as small ones do.
mod windows;

/// What is lit, and nothing else.
mod highlight;

/// Every operator and field finds what going through all articles finds.
mod brute;

/// The queries for it.
mod random_queries;

/// What their words and patterns stand for.
mod spellings;

/// Copies of one story are one hit.
mod stories;

/// Saved searches and alerts.
mod alerts;

/// Killed, stopped, run twice at once: the last commit stays.
mod crash;

/// Killed, full, damaged, changed under way: faults on purpose, by a seed.
mod faults;

/// What is wrong with a folder.
mod doctor;

/// The samples of other formats than those of the corpus.
mod formats;

/// Random damage and random texts: an answer or a reason, never a panic.
mod fuzz;

/// The examples of the README and of the other documents print what they say.
mod docs;

/// What is told when something is wrong.
mod told;

/// Companies by name, under every spelling.
mod companies;

/// Companies named in labelled texts: recall and precision.
mod mentions;

/// The help is what it was, and true.
mod help;

/// What must stay true of the source itself.
mod house;

/// Bugs that were, each by its name.
mod regression;

#[test]
fn no_file_of_tests_is_forgotten() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let contents = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".rs").filter(|name| *name != "main") else { continue };
        assert!(contents.contains(&format!("\nmod {name};")), "tests/it/{name}.rs has no line in main.rs");
        files += 1;
    }
    assert!(files > 10, "only {files} files of tests were found");
}
