//! `telex doctor` finds what is wrong with a folder, and writes nothing.

use crate::testenv::TestEnv;

fn newsroom() -> TestEnv {
    let env = TestEnv::new();
    env.write(
        "news/a.json",
        "{\"title\":\"Un titre\",\"date\":\"2025-03-04\",\"body\":\"Le groupe investit à Lyon.\"}",
    );
    env.write(
        "news/b.json",
        "{\"title\":\"Un titre\",\"date\":\"2025-13-04\",\"body\":\"Le groupe investit à Lyon.\"}",
    );
    env.write("news/c.jsonl", "{\"title\":\"T\\u001b[31m\",\"date\":\"2025-03-04\"}\nrubbish\n");
    env
}

#[test]
fn a_folder_is_examined_and_left_as_it_is() {
    let env = newsroom();
    let outcome = env.telex(["doctor", "news"]);
    assert_eq!(outcome.code, Some(1), "{outcome}");
    for part in [
        "3 files, 3 articles\n",
        "not read  1\n  news/c.jsonl:2  this is not JSON",
        "bad date  1\n  news/b.json  `2025-13-04` is no date",
        "no text  1\n  news/c.jsonl#1  ",
        "duplicate  1\n  news/b.json  it says the same as news/a.json",
    ] {
        assert!(outcome.stdout.contains(part), "{part}: {outcome}");
    }
    assert!(!env.path("news/.telex").exists());
    assert_eq!(env.telex(["doctor", "news/a.json"]).stdout, "1 file, 1 article\nnothing is wrong\n");
    assert_eq!(env.telex(["doctor", "none"]).code, Some(2));
}

#[test]
fn what_two_paths_share_is_examined_once() {
    let env = newsroom();
    let alone = env.telex(["doctor", "news"]).stdout;
    assert_eq!(env.telex(["doctor", "news", "news/a.json", "./news"]).stdout, alone);
    let outcome = env.telex(["doctor", "news/a.json", "news"]);
    assert!(outcome.stdout.starts_with("3 files, 3 articles\n"), "{outcome}");
    // A file that is given counts whatever its ending; in its folder it is told.
    env.write("news/d.dat", "Un texte de quelques mots.");
    let outcome = env.telex(["doctor", "news", "news/d.dat"]);
    assert!(outcome.stdout.starts_with("4 files, 4 articles\n"), "{outcome}");
}

#[test]
fn the_folders_of_an_index_are_examined_for_programs_too() {
    let env = newsroom();
    env.telex(["index", "news"]);
    let outcome = env.telex(["doctor", "-i", "news/.telex", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!((outcome.code, found["schema"].as_str()), (Some(1), Some("telex.doctor/1")));
    assert_eq!((found["counts"]["duplicate"].as_u64(), found["counts"]["too_large"].as_u64()), (Some(1), Some(0)));
    assert_eq!(found["findings"][0]["fault"], "unread");
    assert_eq!(found["findings"][0]["line"], 2);
}
