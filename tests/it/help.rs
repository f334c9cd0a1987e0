//! The help is what it was, and true: a change of it shows here, and is meant or a mistake.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;

use crate::testenv::TestEnv;

const COMMANDS: [&str; 15] = [
    "index",
    "search",
    "facets",
    "explain",
    "similar",
    "saved",
    "alert",
    "show",
    "stats",
    "export",
    "tickers",
    "verify",
    "compact",
    "doctor",
    "completions",
];

#[test]
fn the_help_of_every_command() {
    let env = TestEnv::new();
    insta::assert_snapshot!("telex", env.ok(["--help"]));
    insta::assert_snapshot!("telex-short", env.ok(["-h"]));
    insta::assert_snapshot!("telex-search-short", env.ok(["search", "-h"]));
    for command in COMMANDS {
        insta::assert_snapshot!(format!("telex-{command}"), env.ok([command, "--help"]));
    }
}

#[test]
fn the_help_names_every_command() {
    let env = TestEnv::new();
    let help = env.ok(["--help"]);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = list.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(names, [&COMMANDS[..], &["help"]].concat());
    assert_eq!(env.ok(["--version"]), format!("telex {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_format_that_the_help_names_exists_and_no_other() {
    let env = TestEnv::new();
    env.write("a.txt", "A headline\n\nThe word is zorvane.\n");
    env.ok(["index", "."]);
    let help = env.ok(["search", "--help"]);
    let flag = help.split("--format <FORMAT>").nth(1).unwrap();
    let values = flag.split("Possible values:").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> =
        values.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split(':').next()).collect();
    assert_eq!(names, telex::render::FORMATS.iter().map(|format| format.name).collect::<Vec<_>>());
    for name in names {
        assert!(!env.ok(["search", "zorvane", "--format", name]).is_empty(), "{name}");
    }
}

#[test]
fn every_facet_that_the_help_names_exists_and_no_other() {
    let env = TestEnv::new();
    env.write("a.txt", "A headline\n\nThe word is zorvane.\n");
    env.ok(["index", "."]);
    for facet in telex::search::Facet::ALL {
        for command in ["search", "facets"] {
            assert!(env.ok([command, "--help"]).contains(facet.name()), "{command} does not name {}", facet.name());
        }
        env.ok(["facets", facet.name()]);
    }
}

#[test]
fn every_query_of_the_help_can_be_read() {
    let env = TestEnv::new();
    let help = env.ok(["search", "--help"]);
    let language = help.split("Le langage de requête:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut queries = 0;
    let saved = Arc::new([("NAME".to_owned(), "x".to_owned())].into());
    let options = telex::query::ParseOptions { saved, ..Default::default() };
    for line in language.lines() {
        // Queries stand on the left, parted by commas or by two spaces; what they mean on the right.
        let left = line.trim_start().split("   ").next().unwrap();
        if line.starts_with("      ") {
            continue;
        }
        for query in left.split("  ").filter(|query| !query.is_empty()) {
            for query in query.split(", ") {
                let outcome = telex::query::parse(query, &options);
                assert!(outcome.is_ok(), "{query}: {outcome:?}");
                queries += 1;
            }
        }
    }
    assert!(queries > 12, "only {queries} queries were found in {language}");
}

/// The examples are run by a shell, in an indexed folder of the sample corpus: none is refused, and what a code or a name
/// means is found. Those that need another program, or a folder of the reader's own, are left out.
#[cfg(unix)]
#[test]
fn every_example_of_the_help_can_be_run() {
    let env = TestEnv::new();
    env.copy_sample();
    let folder = env.path("home/presse");
    std::fs::create_dir_all(env.path("home")).unwrap();
    std::fs::rename(env.path("sample_corpus"), &folder).unwrap();
    env.write("home/presse/fr/2025-07-17-aws.txt", "AWS grandit\n\nLes licenciements baissent.\n");
    env.write("home/brouillon.txt", "AWS grandit\n\nLes licenciements baissent.\n");
    env.write("home/presse/my-companies.csv", "symbol,mic,name,aliases,isin\nZRV,XPAR,Zorvane,,\n");
    env.ok(["index", "home/presse"]);
    let helps = COMMANDS.map(|command| env.ok([command, "--help"]));
    let examples = helps.iter().flat_map(|help| help.lines()).filter_map(|line| line.strip_prefix("  telex "));
    let examples = examples.map(|line| line.split("   ").next().unwrap_or_default().trim());
    let foreign = |line: &str| ["/mnt/", "| jq", "| less", "--exec"].iter().any(|part| line.contains(part));
    let examples: BTreeSet<&str> = examples.filter(|line| !foreign(line)).collect();
    // A saved search is there before it is used, and goes last.
    let order = |line: &&str| (line.starts_with("saved rm"), !line.starts_with("saved add"));
    let mut examples: Vec<&str> = examples.into_iter().collect();
    examples.sort_by_key(order);
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_telex")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", programs.display());
    for line in &examples {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("telex {line}")]).env_clear().env("PATH", &path).env("HOME", env.path("home"));
        let outcome = shell.current_dir(&folder).output().unwrap();
        let most = if line.starts_with("tickers resolve") { 0 } else { 1 };
        assert!(outcome.status.code().is_some_and(|code| code <= most), "telex {line}: {outcome:?}");
    }
    assert!(examples.len() > 25, "{examples:?}");
}
