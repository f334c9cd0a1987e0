//! Killed, stopped, run twice at once: the last commit stays, searches go on, and the next run
//! completes the work.
#![cfg(unix)]

use std::fs::File;
use std::io::Write;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use telex::index::{Index, verify};
use telex::indexer::{self, IndexOptions, Observer, Progress};

use crate::testenv::{Outcome, Random, TestEnv};

/// Writes `count` small articles; `edition` changes the text of some of them.
fn write_news(env: &TestEnv, count: usize, edition: usize) {
    for n in 0..count {
        if edition > 0 && n % 7 != edition % 7 {
            continue;
        }
        let text = format!(
            "Dépêche {n} de l’agence\n\nPARIS, {} mars 2025 – La zorvane numéro {n} paraît (NYSE:IBM). Édition {edition}. {}\n",
            1 + n % 28,
            "Le marché attend la suite des résultats de la société. ".repeat(4)
        );
        env.write(&format!("news/{}/{n}.txt", n % 20), text);
    }
}

fn start(env: &TestEnv, index: &str) -> Child {
    env.command(["index", "news", "-i", index, "--threads", "2"]).spawn().unwrap()
}

/// Checks that the index is readable and whole, or that there is none yet; returns how many articles it has.
fn check_readable(env: &TestEnv, index: &str, round: usize) -> Option<u64> {
    let stats = env.telex(["stats", "--json", "-i", index]);
    if stats.code == Some(3) {
        assert!(stats.stderr.contains("\"code\":\"missing\""), "round {round}: {stats}");
        assert_eq!(env.telex(["search", "zorvane", "-i", index]).code, Some(3), "round {round}");
        return None;
    }
    assert_eq!(stats.code, Some(0), "round {round}: {stats}");
    let articles = serde_json::from_str::<serde_json::Value>(&stats.stdout).unwrap()["articles"].as_u64().unwrap();
    let search = env.telex(["search", "zorvane", "-i", index, "--format", "json", "-n", "1"]);
    assert_eq!(search.code, Some(i32::from(articles == 0)), "round {round}: {search}");
    let total = serde_json::from_str::<serde_json::Value>(&search.stdout).unwrap()["total"].as_u64();
    assert_eq!(total, Some(articles), "round {round}");
    Some(articles)
}

/// Waits until a process begins to commit: it writes a new table of files just before.
fn wait_for_commit(env: &TestEnv, index: &str, child: &mut Child) {
    let tables = || -> Vec<_> {
        let entries = std::fs::read_dir(env.path(index).join("files"));
        entries.map(|entries| entries.flatten().map(|entry| entry.file_name()).collect()).unwrap_or_default()
    };
    let before = tables();
    while tables().iter().all(|table| before.contains(table)) && child.try_wait().unwrap().is_none() {}
}

#[test]
fn killed_at_any_moment_the_last_commit_stays_and_the_next_run_completes_it() {
    const FILES: usize = 800;
    let env = TestEnv::new();
    write_news(&env, FILES, 0);
    let begin = Instant::now();
    env.ok(["index", "news", "-i", "whole", "--threads", "2"]);
    let whole = begin.elapsed();
    let mut random = Random::new(42);
    let (mut killed, mut committed) = (0, None);
    for round in 0..20 {
        if round == 5 {
            // From here on over an index that is there.
            env.ok(["index", "news", "-i", "killed", "--threads", "2"]);
            committed = check_readable(&env, "killed", round);
            assert_eq!(committed, Some(FILES as u64));
        }
        if round >= 5 {
            write_news(&env, FILES, round);
        }
        let mut child = start(&env, "killed");
        if round % 4 > 0 {
            wait_for_commit(&env, "killed", &mut child);
            // A commit takes some milliseconds.
            sleep(Duration::from_micros(random.below(4000) as u64));
        } else {
            let span = if round >= 5 { whole / 4 } else { whole };
            sleep(span * random.below(1000) as u32 / 1000);
        }
        child.kill().unwrap();
        killed += usize::from(child.wait().unwrap().code().is_none());
        let now = check_readable(&env, "killed", round);
        assert!(now >= committed, "round {round}: {committed:?} articles became {now:?}");
        committed = now;
    }
    assert!(killed >= 5, "only {killed} of the runs were still going on when they were killed");
    env.ok(["index", "news", "-i", "killed", "--threads", "2"]);
    env.ok(["index", "news", "-i", "fresh", "--threads", "2"]);
    let [left, right] = ["killed", "fresh"].map(|index| env.ok(["export", "--text", "-i", index]));
    assert!(left == right, "an index that was killed and completed differs from one made at once");
    assert_eq!(left.lines().count(), FILES);
}

/// Ends a run, as if it were killed, as soon as it has read so many articles.
struct Killer {
    articles: u64,
}

impl Observer for Killer {
    fn progress(&self, progress: &Progress) {
        assert!(progress.articles < self.articles, "killed");
    }
}

#[test]
fn of_a_file_too_large_for_one_commit_half_is_kept_and_the_next_run_reads_it_anew() {
    let env = TestEnv::new();
    let record = |n: usize, edition: usize| {
        format!("{{\"title\": \"Zorvane {n}\", \"body\": \"La mesure {edition} numéro w{n}x paraît {}.\"}}\n", n / 3)
    };
    let write = |edition: usize| env.write("news/all.jsonl", (0..3000).map(|n| record(n, edition)).collect::<String>());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() as i64;
    let options =
        |index: &str| IndexOptions { waiting: 1000, ..IndexOptions::new(vec![env.path("news")], env.path(index), now) };
    let killed = |articles: u64| {
        let run = || indexer::run(&options("killed"), &Killer { articles });
        std::panic::catch_unwind(run).expect_err("the run was not ended");
        let index = Index::open(&env.path("killed")).unwrap();
        assert!(verify(&env.path("killed")).unwrap().damages.is_empty());
        index.len()
    };
    write(0);
    let half = killed(2500);
    assert!((500..2500).contains(&half), "{half} articles were committed");
    assert_eq!(check_readable(&env, "killed", 0), Some(half));
    let report = indexer::run(&options("killed"), &Killer { articles: u64::MAX }).unwrap();
    assert_eq!((report.articles_removed, report.articles_total), (half, 3000));
    let same = |round: usize| {
        env.ok(["index", "news", "-i", &format!("fresh{round}")]);
        let [left, right] = ["killed", &format!("fresh{round}")].map(|index| env.ok(["export", "--text", "-i", index]));
        assert!(left == right, "round {round}");
    };
    same(0);
    // A changed file: what the index had of it is replaced.
    write(1);
    killed(1700);
    env.ok(["index", "news", "-i", "killed"]);
    same(1);
    let again = env.json(["index", "news", "-i", "killed", "--json"]).remove(0);
    assert_eq!(again["files"]["unchanged"], 1);
}

#[test]
fn a_run_that_breaks_while_the_readers_wait_for_a_commit_ends() {
    let env = TestEnv::new();
    for file in 0..100 {
        let record = |n: usize| format!("{{\"title\": \"Zorvane {n}\", \"body\": \"Numéro {file} {n}.\"}}\n");
        env.write(&format!("news/{file}.jsonl"), (0..40).map(record).collect::<String>());
    }
    for articles in (200..900).step_by(101) {
        let index = env.path(format!("index{articles}"));
        let options = IndexOptions {
            waiting: 400,
            threads: 2,
            ..IndexOptions::new(vec![env.path("news")], index, 1_750_000_000)
        };
        let (ended, end) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let run = std::panic::catch_unwind(|| indexer::run(&options, &Killer { articles }));
            let _ = ended.send(run.is_err());
        });
        let is_err = end.recv_timeout(Duration::from_secs(60));
        assert_eq!(is_err, Ok(true), "stopped after {articles}");
    }
}

#[test]
fn an_interrupt_keeps_what_is_done_and_says_so() {
    let env = TestEnv::new();
    write_news(&env, 1500, 0);
    let outcome = env.interrupted("index", &["index", "news", "-i", "index", "--threads", "2"]);
    assert_eq!(outcome.code, Some(130), "{outcome}");
    assert!(outcome.stderr.contains("stopping; once more to stop at once"), "{outcome}");
    // One alone is kept, several are.
    assert!(outcome.stderr.contains("interrupted: ") && outcome.stderr.contains(" kept"), "{outcome}");
    let kept: u64 = outcome.stderr.split("interrupted: ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert_eq!(check_readable(&env, "index", 0).unwrap_or(0), kept);
    assert!(kept < 1500, "the interrupt came too late to show anything");
    let report = env.json(["index", "news", "-i", "index", "--json"]).remove(0);
    assert_eq!(report["articles"]["total"], 1500);
    assert_eq!(report["files"]["unchanged"].as_u64(), Some(kept), "what was kept is not read again");
}

#[test]
fn a_second_writer_is_told_who_writes_or_waits() {
    let env = TestEnv::new();
    write_news(&env, 10, 0);
    env.ok(["index", "news", "-i", "index"]);
    // A lock held here stands for any other process.
    let mut lock = File::options().read(true).write(true).open(env.path("index/lock")).unwrap();
    lock.try_lock().unwrap();
    lock.set_len(0).unwrap();
    write!(lock, "4242").unwrap();
    let refused = env.telex(["index", "news", "-i", "index"]);
    assert_eq!(refused.code, Some(4), "{refused}");
    assert!(refused.stderr.contains("process 4242 is writing to this index"), "{refused}");
    assert!(refused.stderr.contains("--wait"), "{refused}");
    // Readers are not held up, and a search in the folder takes the index as it is.
    assert_eq!(check_readable(&env, "index", 0), Some(10));
    let search = env.telex(["search", "zorvane", "--in", "news", "-i", "index"]);
    assert_eq!(search.code, Some(0), "{search}");
    assert!(search.stderr.contains("searching the index as it is"), "{search}");
    let waiting = env.command(["index", "news", "-i", "index", "--wait", "20s"]).spawn().unwrap();
    sleep(Duration::from_millis(200));
    drop(lock);
    let waited = Outcome::from(waiting.wait_with_output().unwrap());
    assert_eq!(waited.code, Some(0), "{waited}");
}

#[test]
fn two_writers_at_once_do_no_harm_and_searches_go_on() {
    let env = TestEnv::new();
    write_news(&env, 1000, 0);
    env.ok(["index", "news", "-i", "index"]);
    let (mut refused, mut searches) = (0, 0);
    // A fast machine may be done before the second comes, so there are several rounds.
    for edition in 1..=6 {
        write_news(&env, 1000, edition);
        let mut first = start(&env, "index");
        env.wait_for_lock("index", first.id());
        let second = env.telex(["index", "news", "-i", "index"]);
        if second.code == Some(4) {
            assert!(second.stderr.contains(&format!("process {} ", first.id())), "{second}");
            refused += 1;
        }
        while first.try_wait().unwrap().is_none() {
            assert_eq!(check_readable(&env, "index", searches), Some(1000));
            searches += 1;
        }
        assert_eq!(first.wait().unwrap().code(), Some(0));
        if refused > 1 && searches > 3 {
            break;
        }
    }
    assert!(refused > 0 && searches > 0, "{refused} were refused, {searches} searches were made meanwhile");
    env.ok(["index", "news", "-i", "fresh"]);
    assert!(env.ok(["export", "--text", "-i", "index"]) == env.ok(["export", "--text", "-i", "fresh"]));
}
