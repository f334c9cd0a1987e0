//! Faults on purpose, by a seed: killed at random moments, the disk full, files of the index damaged or
//! cut, articles that change while they are read, readers beside a writer, an index of old. Each time the
//! index is as some commit left it, or telex says that it is not.
//!
//! `TELEX_FAULTS=500 cargo test --release --test it faults` runs as many rounds of each (20 by default).
#![cfg(unix)]
#![allow(clippy::print_stdout, reason = "what was met is told with --nocapture")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::testenv::{Outcome, Random, TestEnv, copy};

/// How many rounds.
fn rounds() -> usize {
    std::env::var("TELEX_FAULTS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(20)
}

/// Changes a corpus at random: writes, rewrites, renames and deletes files of one and of many articles.
fn change_news(env: &TestEnv, random: &mut Random, edition: usize) {
    for _ in 0..1 + random.below(12) {
        let n = random.below(60);
        let name = format!("news/{}/{n}.txt", n % 5);
        match random.below(10) {
            0 => drop(fs::remove_file(env.path(&name))),
            1 => drop(fs::rename(env.path(&name), env.path(format!("news/{}/{n}.txt", (n + 1) % 5)))),
            2 => {
                let line = |k: usize| {
                    format!(
                        "{{\"id\":\"r{k}\",\"title\":\"Brève {k}\",\"body\":\"La zorvane de l’édition {edition}.\"}}\n"
                    )
                };
                env.write(&format!("news/list{}.jsonl", n % 3), (0..random.below(40)).map(line).collect::<String>());
            }
            _ => {
                let body = "Le marché attend la suite des résultats. ".repeat(1 + random.below(30));
                let text =
                    format!("Dépêche {n}\n\nPARIS, 3 mars 2025 – La zorvane (NYSE:IBM) en édition {edition}. {body}\n");
                env.write(&name, text);
            }
        }
    }
}

/// The whole of what an index says: every article, and the counts by facet.
fn state(env: &TestEnv, index: &str) -> String {
    env.ok(["export", "--text", "-i", index]) + &env.ok(["facets", "ticker,lang", "--json", "-i", index])
}

fn verified(env: &TestEnv, index: &str) -> Outcome {
    env.telex(["verify", "--json", "-i", index])
}

#[test]
fn killed_at_random_moments_nothing_is_lost_and_the_next_run_ends_as_an_undisturbed_one() {
    let env = TestEnv::new();
    let mut random = Random::new(7);
    fs::create_dir_all(env.path("news")).unwrap();
    for edition in 0..6 {
        change_news(&env, &mut random, edition);
    }
    env.ok(["index", "news", "-i", "killed"]);
    // How long such a run takes here, by the last one that was let be.
    let mut usual = Duration::from_millis(50);
    let mut killed = 0;
    for round in 0..rounds() {
        change_news(&env, &mut random, round);
        let compacts = round % 4 == 3;
        let args: &[&str] = if compacts { &["compact", "-i", "killed"] } else { &["index", "news", "-i", "killed"] };
        let before = state(&env, "killed");
        let mut child = env.command(args).spawn().unwrap();
        std::thread::sleep(usual * random.below(1000) as u32 / 1000);
        child.kill().unwrap();
        killed += usize::from(child.wait().unwrap().code().is_none());
        let found = verified(&env, "killed");
        assert_eq!(found.code, Some(0), "round {round}: {found}");
        if compacts {
            assert!(before == state(&env, "killed"), "round {round}: compaction changed what the index says");
        }
        let begin = Instant::now();
        env.ok(["index", "news", "-i", "killed"]);
        usual = begin.elapsed();
        env.ok(["index", "news", "-i", "fresh", "--full"]);
        assert!(state(&env, "killed") == state(&env, "fresh"), "round {round}: not as an undisturbed run");
    }
    println!("killed {killed} of {} runs", rounds());
    assert!(killed * 4 >= rounds(), "only {killed} runs were still going on when they were killed");
}

#[test]
fn a_full_disk_is_told_and_the_last_commit_stays() {
    let env = TestEnv::new();
    let mut random = Random::new(11);
    fs::create_dir_all(env.path("news")).unwrap();
    change_news(&env, &mut random, 0);
    env.ok(["index", "news", "-i", "index"]);
    let mut refused = 0;
    for round in 0..rounds().min(100) {
        let before = state(&env, "index");
        for _ in 0..4 {
            change_news(&env, &mut random, round);
        }
        // No file may grow beyond this many blocks of 512 bytes: writing fails as on a full disk.
        let limit = 1 + random.below(30);
        let telex = env!("CARGO_BIN_EXE_telex");
        let mut shell = Command::new("sh");
        shell.current_dir(env.path("")).env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {limit}; exec {telex} index news -i index"));
        let outcome = Outcome::of(&mut shell);
        let found = verified(&env, "index");
        assert_eq!(found.code, Some(0), "round {round}, {limit} blocks: {outcome} then {found}");
        if outcome.code != Some(0) {
            refused += 1;
            assert_eq!(outcome.code, Some(5), "round {round}: {outcome}");
            assert!(outcome.stderr.contains("error: "), "{outcome}");
            assert!(before == state(&env, "index"), "round {round}: {outcome}");
        }
        // Space returns.
        env.ok(["index", "news", "-i", "index"]);
        env.ok(["index", "news", "-i", "fresh", "--full"]);
        assert!(state(&env, "index") == state(&env, "fresh"), "round {round}");
    }
    println!("{refused} of {} runs met a full disk", rounds().min(100));
    assert!(refused * 4 >= rounds().min(100), "only {refused} runs met a full disk");
}

/// The files of an index that matter.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file() && entry.metadata().unwrap().len() > 8)
        .map(|entry| entry.into_path())
        .filter(|path| !path.ends_with("trust") && !path.ends_with(".managed.json"))
        .collect();
    files.sort();
    files
}

#[test]
fn damage_is_found_and_never_gives_a_wrong_answer() {
    let env = TestEnv::new();
    let mut random = Random::new(13);
    fs::create_dir_all(env.path("news")).unwrap();
    for edition in 0..3 {
        change_news(&env, &mut random, edition);
        env.ok(["index", "news", "-i", "whole"]);
    }
    let answers = |index: &str| {
        [
            env.telex(["search", "zorvane", "--json", "-n", "50", "-i", index]),
            env.telex(["facets", "ticker,lang,month", "--json", "-i", index]),
            env.telex(["export", "--text", "-i", index]),
        ]
    };
    let right = answers("whole");
    let (mut found, mut refused) = (0, 0);
    for round in 0..rounds() {
        let _ = fs::remove_dir_all(env.path("damaged"));
        assert!(
            Command::new("cp").arg("-a").args([env.path("whole"), env.path("damaged")]).status().unwrap().success()
        );
        let files = files_of(&env.path("damaged"));
        let path = &files[random.below(files.len())];
        let mut bytes = fs::read(path).unwrap();
        let at = random.below(bytes.len());
        match round % 3 {
            0 => bytes.truncate(at),
            _ => bytes[at] ^= 1 << random.below(8),
        }
        fs::write(path, bytes).unwrap();
        let name = path.strip_prefix(env.path("damaged")).unwrap().display();
        let verified = verified(&env, "damaged");
        found += usize::from(verified.code == Some(3));
        for (answer, right) in answers("damaged").iter().zip(&right) {
            let same = (answer.code, &answer.stdout) == (right.code, &right.stdout);
            let told = answer.code == Some(3) && answer.stderr.contains("error");
            assert!(same || told, "round {round}, byte {at} of {name}: {answer}");
            assert!(!answer.stderr.contains("panicked"), "round {round}, byte {at} of {name}: {answer}");
            refused += usize::from(told);
            if told {
                assert_eq!(
                    verified.code,
                    Some(3),
                    "round {round}, byte {at} of {name}: search refused, verify did not"
                );
            }
        }
        if verified.code == Some(3) {
            env.ok(["index", "news", "-i", "damaged", "--full"]);
            assert_eq!(answers("damaged")[2].stdout, right[2].stdout, "round {round}: built again");
        }
    }
    println!("of {} damages {found} were found by verify, {refused} answers were refused", rounds());
    assert!(found * 2 > rounds(), "verify found only {found}");
}

#[test]
fn an_index_that_lost_or_spoilt_a_file_is_built_again() {
    let env = TestEnv::new();
    let mut random = Random::new(29);
    fs::create_dir_all(env.path("news")).unwrap();
    for edition in 0..2 {
        change_news(&env, &mut random, edition);
        env.ok(["index", "news", "-i", "whole"]);
    }
    let counted = |index: &str| env.ok(["search", "*", "-n", "0", "--json", "-i", index]);
    let right = counted("whole");
    for (at, path) in files_of(&env.path("whole")).iter().enumerate() {
        let name = path.strip_prefix(env.path("whole")).unwrap();
        for gone in [true, false] {
            let _ = fs::remove_dir_all(env.path("hurt"));
            let copied = Command::new("cp").arg("-a").args([env.path("whole"), env.path("hurt")]).status();
            assert!(copied.unwrap().success());
            let hurt = env.path("hurt").join(name);
            if gone {
                fs::remove_file(&hurt).unwrap();
            } else {
                // Rotten, with the size and the time that the note of trusted files has.
                let modified = fs::metadata(&hurt).unwrap().modified().unwrap();
                let mut bytes = fs::read(&hurt).unwrap();
                let middle = bytes.len() / 2;
                bytes[middle..].iter_mut().take(40).for_each(|byte| *byte ^= 0x5a);
                fs::write(&hurt, bytes).unwrap();
                fs::File::options().write(true).open(&hurt).unwrap().set_modified(modified).unwrap();
            }
            env.ok(["index", "news", "-i", "hurt", "--full"]);
            assert_eq!(verified(&env, "hurt").code, Some(0), "file {at}, {}, gone: {gone}", name.display());
            assert_eq!(counted("hurt"), right, "file {at}, {}, gone: {gone}", name.display());
        }
    }
}

#[test]
fn eight_readers_beside_a_writer_see_commits_and_nothing_between() {
    let env = TestEnv::new();
    let edition = |n: usize| {
        let line =
            |k: usize| format!("{{\"id\":\"r{k}\",\"title\":\"Brève {k}\",\"body\":\"La zorvane numéro{n}.\"}}\n");
        (0..50).map(line).collect::<String>()
    };
    env.write("news/list.jsonl", edition(0));
    // Among so many others that segments are large and small.
    let other = |k: usize| format!("{{\"id\":\"o{k}\",\"title\":\"Autre {k}\",\"body\":\"Le marché {k} attend.\"}}\n");
    env.write("news/others.jsonl", (0..100 * rounds()).map(other).collect::<String>());
    env.ok(["index", "news", "-i", "index"]);
    let stop = AtomicBool::new(false);
    let answers = std::thread::scope(|threads| {
        let readers: Vec<_> = (0..8)
            .map(|_| {
                threads.spawn(|| {
                    let mut answers = 0;
                    while !stop.load(Ordering::Relaxed) {
                        let outcome = env.telex(["search", "zorvane", "--format", "json", "-n", "50", "-i", "index"]);
                        assert_eq!(outcome.code, Some(0), "{outcome}");
                        let answer: Value = serde_json::from_str(&outcome.stdout).unwrap();
                        let texts = answer["hits"].as_array().unwrap().iter().map(|hit| &hit["snippets"][0]["text"]);
                        let texts: std::collections::BTreeSet<String> = texts.map(|text| text.to_string()).collect();
                        assert_eq!((answer["total"].as_u64(), texts.len()), (Some(50), 1), "{texts:?}");
                        answers += 1;
                    }
                    answers
                })
            })
            .collect();
        for n in 1..=rounds().div_ceil(2) {
            env.write("news/list.jsonl", edition(n));
            env.ok(["index", "news", "-i", "index"]);
        }
        stop.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().unwrap()).sum::<usize>()
    });
    println!("{answers} answers during {} commits, each of one commit", rounds().div_ceil(2));
    assert!(answers >= 8);
}

#[test]
fn files_that_change_while_they_are_read_end_as_they_are() {
    let env = TestEnv::new();
    fs::create_dir_all(env.path("news")).unwrap();
    let mut random = Random::new(17);
    for round in 0..rounds().div_ceil(4) {
        let mut child = env.command(["index", "news", "-i", "index"]).spawn().unwrap();
        while child.try_wait().unwrap().is_none() {
            change_news(&env, &mut random, round);
        }
        let outcome = Outcome::from(child.wait_with_output().unwrap());
        assert_eq!(outcome.code, Some(0), "round {round}: {outcome}");
        assert_eq!(verified(&env, "index").code, Some(0), "round {round}");
        // Files are put back with the times they had, or with times long past.
        let old = std::time::SystemTime::now() - Duration::from_secs(90_000_000);
        let name = env.write("news/4/clock.txt", format!("Une dépêche\n\nLa zorvane de la ronde {round}.\n"));
        fs::File::options().write(true).open(name).unwrap().set_modified(old).unwrap();
        env.ok(["index", "news", "-i", "index"]);
        env.ok(["index", "news", "-i", "fresh", "--full"]);
        assert!(state(&env, "index") == state(&env, "fresh"), "round {round}");
    }
}

#[test]
fn a_file_that_changes_within_a_tick_of_the_clock_is_read_again() {
    let env = TestEnv::new();
    let path = env.write("news/a.txt", "Une dépêche\n\nLa zorvane monte.\n");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    env.ok(["index", "news", "-i", "index"]);
    // As long as before, and at the same time.
    env.write("news/a.txt", "Une dépêche\n\nLa zorvane chute.\n");
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    env.ok(["index", "news", "-i", "index"]);
    assert_eq!(env.telex(["search", "chute", "-i", "index"]).code, Some(0));
    assert_eq!(env.telex(["search", "monte", "--all", "-i", "index"]).code, Some(1));
}

#[test]
fn an_index_of_old_is_refused_with_the_way_out() {
    let env = TestEnv::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/index_v1"), &env.path("index"));
    for command in [&["search", "kering"][..], &["stats"], &["verify"], &["index", "news"]] {
        env.write("news/a.txt", "Une dépêche\n\nLa zorvane monte.\n");
        let outcome = env.telex([command, &["-i", "index"]].concat());
        assert_eq!(outcome.code, Some(3), "{outcome}");
        assert!(outcome.stderr.contains("telex index --full"), "{outcome}");
    }
    env.ok(["index", "news", "-i", "index", "--full"]);
    assert_eq!(env.telex(["search", "zorvane", "-i", "index"]).code, Some(0));
}

#[test]
fn an_index_made_anew_tells_which_folders_were_not_given() {
    let env = TestEnv::new();
    env.write("news/a.txt", "Une dépêche\n\nLa zorvane monte.\n");
    env.write("wires/b.txt", "Une autre\n\nLa zorvane baisse.\n");
    env.ok(["index", "news", "wires", "-i", "index"]);
    let ids = env.ids_with(&["search", "zorvane", "-i", "index"]);
    let meta = env.path("index/engine/meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    assert!(text.contains("\\\"analysis\\\":"), "{text}");
    fs::write(&meta, text.replace("\\\"analysis\\\":", "\\\"analysis\\\":9")).unwrap();
    let outcome = env.telex(["index", "news", "-i", "index", "--full"]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(outcome.stderr.contains("wires was in the index") && !outcome.stderr.contains("news was"), "{outcome}");
    env.ok(["index", "wires", "-i", "index"]);
    assert_eq!(env.ids_with(&["search", "zorvane", "-i", "index"]), ids);
}
