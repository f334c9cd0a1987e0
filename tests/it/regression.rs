//! Bugs that were. Each test is named for what went wrong, in a few words, and opens with a comment:
//! what was seen, and why it happened. A bug that a room can show on its own is tested at the foot of
//! that room's file instead.

use crate::testenv::{Outcome, TestEnv};

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
    let child = env.command(["search", "zorvane", "--in", "news"]).spawn().unwrap();
    let begin = std::time::Instant::now();
    while std::fs::read(env.path("news/.telex/lock")).unwrap_or_default().is_empty() {
        assert!(begin.elapsed().as_secs() < 20, "the index was never locked");
    }
    assert!(std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let outcome = Outcome::from(child.wait_with_output().unwrap());
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(130), ""), "{outcome}");
}
