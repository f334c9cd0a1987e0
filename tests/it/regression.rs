//! Bugs that were. Each test is named for what went wrong, in a few words, and opens with a comment:
//! what was seen, and why it happened. A bug that a room can show on its own is tested at the foot of
//! that room's file instead.

use crate::testenv::TestEnv;

#[test]
fn an_index_was_made_of_a_folder_that_is_not_there() {
    // `telex index typo` said that all was well and left `typo/.telex` behind: the folder of the index
    // was made first, and with it the folder to index.
    let env = TestEnv::new();
    for args in [&["index", "typo"][..], &["index", "typo", "-i", "elsewhere"], &["index", "typo", "--dry-run"]] {
        let outcome = env.telex(args);
        assert_eq!(outcome.code, Some(2), "{outcome}");
        assert!(outcome.stderr.contains("there is no such file or folder"), "{outcome}");
        assert!(!env.path("typo").exists() && !env.path("elsewhere").exists());
    }
}

#[test]
#[cfg(unix)]
fn a_search_went_on_after_its_update_was_interrupted() {
    // ^C while `search --in` brought the index up to date ended the update alone; half an answer came
    // out as a whole one, with exit code 0.
    let env = TestEnv::new();
    for n in 0..1500 {
        env.write(&format!("news/{n}.txt"), format!("Headline {n}\n\nThe zorvane. {}\n", "More to come. ".repeat(20)));
    }
    let outcome = env.interrupted("news/.telex", &["search", "zorvane", "--in", "news"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(130), ""), "{outcome}");
}

#[test]
fn a_folder_moved_with_its_index_was_indexed_twice() {
    // The index knew its folder by its full path alone. Under a new name, or copied, every article stood
    // in it a second time, with an id of another form.
    let env = TestEnv::new();
    env.write("news/a.txt", "A headline\n\nThe word is zorvane.\n");
    env.write("news/fr/b.txt", "Un titre\n\nLe mot est zorvane.\n");
    env.ok(["index", "news"]);
    let want = env.ok(["export", "--text", "-i", "news/.telex"]);
    std::fs::rename(env.path("news"), env.path("press")).unwrap();
    let report = env.json(["index", "press", "--json"]).remove(0);
    assert_eq!((&report["files"]["unchanged"], &report["articles"]["total"]), (&2.into(), &2.into()), "{report}");
    assert_eq!(env.ok(["export", "--text", "-i", "press/.telex"]), want);
    let stats = env.json(["stats", "--json", "-i", "press/.telex"]).remove(0);
    assert_eq!(stats["roots"], serde_json::json!([env.path("press")]));
    // An index elsewhere cannot know that its folder moved: what was there is still told as it was.
    env.ok(["index", "press", "-i", "index"]);
    std::fs::rename(env.path("press"), env.path("papers")).unwrap();
    assert_eq!(env.json(["stats", "--json", "-i", "index"])[0]["roots"], serde_json::json!([env.path("press")]));
}

#[test]
#[cfg(unix)]
fn a_killed_commit_stopped_every_run_after_it() {
    // A commit writes the list of deleted articles under a name that follows from what it does. Killed
    // between that and its end, it left the file; the next run, which does the same, could not write it.
    let env = TestEnv::new();
    for n in 0..5 {
        env.write(&format!("news/{n}.txt"), format!("Headline {n}\n\nThe zorvane number {n}.\n"));
    }
    let index = |name: &str| env.telex(["index", "news", "-i", name, "--threads", "1"]);
    assert_eq!(index("one").code, Some(0));
    assert!(
        std::process::Command::new("cp").arg("-r").args([env.path("one"), env.path("two")]).status().unwrap().success()
    );
    env.write("news/3.txt", "Another headline\n\nThe word is quartz.\n");
    assert_eq!(index("two").code, Some(0));
    // What the second index wrote is what a killed commit leaves in the first.
    let mut left = 0;
    for entry in std::fs::read_dir(env.path("two/engine")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".del") || name == ".managed.json" {
            std::fs::copy(env.path("two/engine").join(&name), env.path("one/engine").join(&name)).unwrap();
            left += 1;
        }
    }
    assert_eq!(left, 2, "a list of deleted articles and the engine's own list of files");
    let outcome = index("one");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert_eq!(env.ids_with(&["-i", "one", "zorvane OR quartz"]).len(), 5);
}

#[test]
fn a_file_of_the_index_cut_to_a_few_bytes_was_a_panic() {
    // The engine reads eight bytes from the end of a file that has four.
    let env = TestEnv::new();
    env.write("news/a.txt", "Headline\n\nThe zorvane is here.\n");
    env.ok(["index", "news", "-i", "whole"]);
    for ending in ["store", "fast", "idx", "term", "pos", "fieldnorm"] {
        for length in 0..9 {
            let _ = std::fs::remove_dir_all(env.path("cut"));
            let copied =
                std::process::Command::new("cp").arg("-r").args([env.path("whole"), env.path("cut")]).status().unwrap();
            assert!(copied.success());
            let mut files = std::fs::read_dir(env.path("cut/engine")).unwrap().map(|entry| entry.unwrap().path());
            let file = files.find(|path| path.extension().is_some_and(|other| other == ending)).unwrap();
            std::fs::File::options().write(true).open(file).unwrap().set_len(length).unwrap();
            for args in [["verify", "-i", "cut"].as_slice(), &["search", "zorvane", "-i", "cut"]] {
                let outcome = env.telex(args);
                assert_eq!(outcome.code, Some(3), "{ending} of {length} bytes: {outcome}");
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn a_path_with_a_line_break_was_the_path_of_no_file() {
    // `--format paths` wrote a space for whatever acts on a terminal, so that no file had the name it told.
    let env = TestEnv::new();
    env.write("a\nb.txt", "Headline\n\nThe zorvane is here.\n");
    env.write("c d.txt", "Headline\n\nThe zorvane is there.\n");
    env.ok(["index", "."]);
    let paths = env.ok(["search", "zorvane", "--format", "paths"]);
    let mut paths: Vec<&str> = paths.lines().collect();
    paths.sort();
    assert_eq!(paths, ["\"a\\nb.txt\"", "c d.txt"]);
}

#[test]
fn an_article_in_a_padded_gzip_file_was_refused() {
    // Zeros that fill up a block, and what a download leaves behind the end, were read as a broken member.
    let env = TestEnv::new();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, b"Headline\n\nThe zorvane is here.\n").unwrap();
    let whole = encoder.finish().unwrap();
    env.write("padded.txt.gz", [&whole[..], &[0; 512]].concat());
    env.write("trailing.txt.gz", [&whole[..], b"<html>"].concat());
    env.write("cut.txt.gz", &whole[..whole.len() - 4]);
    let outcome = env.telex(["index", "."]);
    assert!(outcome.stderr.contains("cut.txt.gz: the gzip archive is damaged"), "{outcome}");
    let mut ids = env.ids("zorvane");
    ids.sort();
    assert_eq!(ids, ["padded.txt.gz", "trailing.txt.gz"]);
}

#[test]
fn the_market_of_a_symbol_was_a_company_of_the_article() {
    // `HKEX` and `Deutsche Börse` are companies, and here they say where a symbol is listed.
    let env = TestEnv::new();
    env.write("a.txt", "Sunlight grows\n\nTencent (HKEX: 0700) and Siemens (Deutsche Börse: SIE) have grown.\n");
    env.ok(["index", "."]);
    assert!(env.ids("ticker:XHKG:0388 OR ticker:DB1").is_empty());
    assert_eq!(env.ids("ticker:0700 ticker:XETR:SIE"), ["a.txt"]);
}
