//! What must stay true of the source itself, read from its files: who may use whom, how files open,
//! what the library never does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every room of the library with the rooms that it uses, from the ground floor up. A room may use only
/// those above it in this table, so the arrows go one way. The table is exact: a line with an arrow
/// that nobody uses any more is to be cut.
const ROOMS: &[(&str, &[&str])] = &[
    ("wording", &[]),
    ("error", &["wording"]),
    ("article", &["wording"]),
    ("durable", &["error"]),
    ("lock", &["wording", "error"]),
    ("threads", &["error"]),
    ("analysis", &["article"]),
    ("market", &["wording", "article"]),
    ("ingest", &["wording", "error", "article"]),
    ("config", &["error", "durable", "ingest"]),
    ("vocabulary", &["error", "article", "analysis"]),
    ("lexicon", &["wording", "error", "article", "analysis"]),
    ("reading", &["article", "analysis", "market", "wording"]),
    ("story", &["article", "analysis"]),
    ("doctor", &["wording", "error", "article", "threads", "market", "ingest", "reading"]),
    ("saved", &["error", "durable", "lock"]),
    ("query", &["wording", "error", "article", "analysis", "market"]),
    ("search", &["wording", "article", "analysis", "market", "vocabulary", "lexicon", "query"]),
    (
        "index",
        &[
            "wording",
            "error",
            "article",
            "durable",
            "lock",
            "threads",
            "analysis",
            "vocabulary",
            "story",
            "query",
            "search",
        ],
    ),
    ("indexer", &["wording", "error", "article", "threads", "ingest", "reading", "story", "index"]),
    ("render", &["wording", "error", "article", "market", "search", "index", "indexer", "doctor"]),
];

/// The files that may be longer than [`LONGEST`], each with the reason.
const LONG: &[(&str, &str)] = &[
    ("src/bin/telex/args.rs", "the command line as typed is one thing, and its comments are the help"),
    ("src/analysis/tokenizer.rs", "one pass over a text is one thing, and its cases are a column"),
    ("src/query/tests.rs", "columns of queries and their trees"),
];

const LONGEST: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns every Rust file under a folder, with its text, by its path from the root of the project.
fn files(folder: &str) -> Vec<(String, String)> {
    fn visit(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => visit(&path, out),
                false => out.push(path),
            }
        }
    }
    let mut paths = Vec::new();
    visit(&root().join(folder), &mut paths);
    paths.sort();
    let rust = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let named = rust.map(|path| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).unwrap())
    });
    named.collect()
}

/// Returns the files of the library, without those of the program.
fn library() -> Vec<(String, String)> {
    let all = files("src").into_iter();
    all.filter(|(name, _)| !name.starts_with("src/bin/")).collect()
}

/// Returns the room of a file of the library; none for the front hall.
fn room(name: &str) -> Option<&str> {
    let inner = name.strip_prefix("src/")?;
    let room = inner.split('/').next()?;
    let room = room.strip_suffix(".rs").unwrap_or(room);
    (room != "lib").then_some(room)
}

/// Returns the code of a line: what stands before a comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Returns the names that follow `crate::` in a text, those of a `{ }` list too.
fn used(text: &str) -> BTreeSet<String> {
    let code: Vec<&str> = text.lines().map(code).collect();
    let code = code.join("\n");
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            None => drop(names.insert(word(rest))),
            Some(list) => {
                // Names at the outermost level of the list.
                let mut depth = 0;
                let mut first = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => first = true,
                        c if first && depth == 0 && !c.is_whitespace() => {
                            names.insert(word(&list[at..]));
                            first = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

#[test]
fn names_after_crate_are_read() {
    let read = |text: &str| used(text).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(read("use crate::index::Index;\nfn f() -> crate::query::Query {}"), "index query");
    assert_eq!(read("use crate::{article::{How, Mic}, error,\n  search::Hit};"), "article error search");
    assert_eq!(read("// use crate::index::Index;"), "");
}

#[test]
fn every_room_uses_only_the_rooms_below_it() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let rooms: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    for (name, text) in library() {
        let Some(room) = room(&name) else { continue };
        let uses = found.entry(room.to_owned()).or_default();
        for other in used(&text) {
            assert!(rooms.contains(&other.as_str()), "{name} uses crate::{other}, which is no room");
            if other != room {
                uses.insert(other);
            }
        }
    }
    for (n, (room, may)) in ROOMS.iter().enumerate() {
        for other in *may {
            assert!(rooms[..n].contains(other), "{room} may use {other}, which does not stand before it");
        }
        let uses = found.remove(*room).unwrap_or_else(|| panic!("there is no room {room}"));
        let may: BTreeSet<String> = may.iter().map(|name| name.to_string()).collect();
        assert_eq!(uses, may, "what {room} uses (left) is not what it may use (right)");
    }
    assert!(found.is_empty(), "no line in the table for {found:?}");
}

#[test]
fn the_front_hall_lists_every_room() {
    let hall = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let listed: BTreeSet<&str> =
        hall.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(listed, ROOMS.iter().map(|(room, _)| *room).collect());
}

/// Returns the cells of the lines of a Markdown table whose first cell is a floor: floor, room, and the others.
fn floors(text: &str, before: &str) -> BTreeMap<String, (usize, Vec<String>)> {
    let cells = |line: &str| -> Option<(String, (usize, Vec<String>))> {
        let cells = line.strip_prefix(before)?.strip_prefix("| ")?.strip_suffix('|')?.split('|');
        let mut cells = cells.map(|cell| cell.trim().trim_matches(['`', '[', ']']).to_owned());
        let floor = cells.next()?.parse().ok()?;
        Some((cells.next()?, (floor, cells.collect())))
    };
    text.lines().filter_map(cells).collect()
}

#[test]
fn the_rooms_stand_on_the_floors_that_the_documents_say() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let hall = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let (plan, hall) = (floors(&architecture, ""), floors(&hall, "//! "));
    for (room, may) in ROOMS {
        let (floor, cells) = plan.get(*room).unwrap_or_else(|| panic!("{room} is not in ARCHITECTURE.md"));
        assert_eq!(hall.get(*room).map(|(floor, _)| floor), Some(floor), "{room} in src/lib.rs");
        let said: BTreeSet<&str> = cells[1].split(", ").filter(|name| !name.is_empty()).collect();
        assert_eq!(said, may.iter().copied().collect(), "what {room} imports, in ARCHITECTURE.md (left)");
        for other in *may {
            assert!(plan[*other].0 < *floor, "{room} stands no higher than {other}, which it imports");
        }
    }
}

#[test]
fn only_one_room_knows_the_engine() {
    // The vocabulary reads its files through the engine's type for bytes.
    let may = ["index", "vocabulary"];
    for (name, text) in library() {
        let uses = text.lines().any(|line| code(line).contains("tantivy::"));
        assert!(!uses || room(&name).is_some_and(|room| may.contains(&room)), "{name} uses tantivy");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (name, text) in files("src").iter().chain(&files("tests")) {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.len() > 20, "{name} does not open with a `//!` sentence: {first}");
    }
}

#[test]
fn the_library_does_not_print_exit_or_read_the_environment() {
    let never = [
        "println!",
        "print!(",
        "eprintln!",
        "eprint!(",
        "std::env",
        "env::var",
        "process::exit",
        "process::abort",
        "io::stdout",
        "io::stderr",
        "io::stdin",
        "SystemTime::now",
        "Timestamp::now",
        "Zoned::now",
    ];
    for (name, text) in library() {
        // Tests stand at the foot.
        let body = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (number, line) in (1..).zip(body.lines()) {
            for bad in never {
                assert!(!code(line).contains(bad), "{name}:{number}: {bad}");
            }
        }
    }
}

#[test]
fn the_program_uses_the_library_by_its_front_door() {
    for (name, text) in files("src/bin") {
        assert!(!text.contains("tantivy"), "{name} knows the engine");
        assert!(!text.contains("#[path"), "{name} takes a file of the library");
        assert!(!text.contains("serde_json"), "{name} writes JSON, which only `render` makes safe for a terminal");
    }
}

#[test]
fn no_file_is_too_long() {
    for (name, text) in files("src").iter().chain(&files("tests")) {
        let lines = text.lines().count();
        let listed = LONG.iter().find(|(long, _)| long == name);
        match listed {
            None => assert!(lines <= LONGEST, "{name} has {lines} lines: part it, or list it with the reason"),
            Some((_, reason)) => {
                assert!(lines > LONGEST, "{name} has {lines} lines and need not be listed ({reason})");
            }
        }
    }
    for (long, _) in LONG {
        assert!(root().join(long).exists(), "{long} is listed and is not there");
    }
}

#[test]
fn nothing_is_left_to_do() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("db", "g!("),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("#[ig", "nore"),
    ];
    for (name, text) in files("src").iter().chain(&files("tests")) {
        for (number, line) in (1..).zip(text.lines()) {
            for mark in marks {
                assert!(!line.contains(mark), "{name}:{number}: {mark}");
            }
        }
    }
}
