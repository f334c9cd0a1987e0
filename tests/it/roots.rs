//! The folders that an index is made of: several in one, one within another, and folders that are gone.

use std::fs;

use crate::index::{exported, index_with};
use crate::testenv::TestEnv;

#[test]
fn two_folders_and_single_files_share_an_index() {
    let env = TestEnv::new();
    env.write("one/a.txt", "First headline\n\nThe word is quartz.\n");
    env.write("two/a.txt", "Second headline\n\nThe word is basalt.\n");
    let single = env.write("three/odd.news", "Third headline\n\nThe word is granite.\n");
    env.write("three/other.txt", "Fourth headline\n\nNot asked for.\n");
    assert_eq!(index_with(&env, &["one", "two", "three/odd.news", "-i", "both"]), [3, 0, 0, 0, 3]);
    assert_eq!(exported(&env, "both"), ["../three/odd.news", "../two/a.txt", "a.txt"]);
    assert_eq!(index_with(&env, &["one", "two", "three/odd.news", "-i", "both"]), [0, 0, 3, 0, 3]);
    // One of them alone leaves the others as they are.
    env.write("two/b.txt", "Fifth headline\n\nThe word is marble.\n");
    assert_eq!(index_with(&env, &["two", "-i", "both"])[..4], [1, 0, 1, 0]);
    assert_eq!(exported(&env, "both").len(), 4);
    // A file that is gone leaves the index when its folder, or itself, is named again.
    fs::remove_file(single).unwrap();
    assert_eq!(index_with(&env, &["three/odd.news", "-i", "both"])[3], 1);
    fs::remove_file(env.path("one/a.txt")).unwrap();
    assert_eq!(index_with(&env, &["one", "-i", "both", "--prune"])[3], 1);
    assert_eq!(exported(&env, "both"), ["../two/a.txt", "../two/b.txt"]);
}

#[test]
fn a_folder_that_is_gone_leaves_the_index_when_it_is_given() {
    let env = TestEnv::new();
    env.write("one/a.txt", "Headline of alpha\n\nThe word is alpha.\n");
    env.write("two/b.txt", "Headline of bravo\n\nThe word is bravo.\n");
    assert_eq!(index_with(&env, &["one", "two", "-i", "ix"]), [2, 0, 0, 0, 2]);
    fs::rename(env.path("two"), env.path("three")).unwrap();
    // It may be on a disk that is not there today.
    assert_eq!(index_with(&env, &["one", "-i", "ix"]), [0, 0, 1, 0, 2]);
    assert_eq!(index_with(&env, &["one", "two", "three", "-i", "ix", "--prune"]), [1, 0, 1, 1, 2]);
    assert_eq!(env.ids_with(&["-i", "ix", "bravo"]), ["../three/b.txt"]);
    fs::remove_dir_all(env.path("one")).unwrap();
    assert_eq!(index_with(&env, &["one", "-i", "ix", "--prune"]), [0, 0, 0, 1, 1]);
}

#[test]
fn a_folder_that_is_gone_or_empty_keeps_its_articles_unless_they_are_to_go() {
    let env = TestEnv::new();
    for name in ["a", "b", "sub/c"] {
        env.write(&format!("news/{name}.txt"), format!("Headline of {name}\n\nThe word is zorvane.\n"));
    }
    env.write("more/d.txt", "Headline of d\n\nThe word is zorvane.\n");
    index_with(&env, &["news", "more", "-i", "ix"]);
    // What is within a folder that is there was taken away by somebody.
    fs::remove_dir_all(env.path("news/sub")).unwrap();
    assert_eq!(index_with(&env, &["news", "-i", "ix"]), [0, 0, 2, 1, 3]);
    fs::rename(env.path("news"), env.path("elsewhere")).unwrap();
    let refused = |want: &str, lines: &[&[&str]]| {
        for line in lines {
            let told = env.telex([line, &["-i", "ix"][..]].concat());
            assert!(told.code == Some(2) && told.stderr.contains(want), "{line:?}: {told}");
            assert_eq!(exported(&env, "ix").len(), 3, "{line:?}");
        }
    };
    let gone = "news: this folder is gone, and the index has 2 articles of it\nhint: its disk may not be mounted";
    refused(gone, &[&["index", "news"], &["index", "more", "news"], &["index"], &["index", "news", "--dry-run"]]);
    refused("no such file or folder", &[&["index", "news", "--full"], &["search", "zorvane", "--in", "news"]]);
    // The place where a disk was mounted stays.
    fs::create_dir_all(env.path("news/.hidden/sub")).unwrap();
    let empty = "news: this folder holds no file any more, and the index has 2 articles of it";
    refused(empty, &[&["index", "news"], &["index", "news", "--full"], &["search", "zorvane", "--in", "news"]]);
    assert!(env.telex(["index", "news", "-i", "ix", "--ui-lang", "fr"]).stderr.contains("avec `--prune` les retire"));
    assert_eq!(index_with(&env, &["more", "-i", "ix"]), [0, 0, 1, 0, 3]);
    assert_eq!(index_with(&env, &["news", "--dry-run", "--prune", "-i", "ix"])[3], 2);
    assert_eq!(index_with(&env, &["news", "--prune", "-i", "ix"]), [0, 0, 0, 2, 1]);
    // Nothing of it is left to lose.
    assert_eq!(index_with(&env, &["news", "more", "-i", "ix"]), [0, 0, 1, 0, 1]);
}

#[test]
fn without_a_path_an_index_is_brought_up_to_date_with_its_own_folders() {
    let env = TestEnv::new();
    let none = env.telex(["index"]);
    assert!(none.code == Some(2) && none.stderr.contains("no index here to bring up to date"), "{none}");
    env.write("one/a.txt", "Headline of alpha\n\nThe word is alpha.\n");
    env.write("two/b.txt", "Headline of bravo\n\nThe word is bravo.\n");
    index_with(&env, &["one", "two", "-i", ".telex"]);
    env.write("two/c.txt", "Headline of charlie\n\nThe word is charlie.\n");
    assert_eq!(index_with(&env, &[]), [1, 0, 2, 0, 3]);
    // What a damaged index advises is a command that works.
    for layer in fs::read_dir(env.path(".telex/vocabulary")).unwrap() {
        fs::write(layer.unwrap().path(), "rubbish").unwrap();
    }
    let damaged = env.telex(["verify"]);
    assert!(damaged.code == Some(3) && damaged.stderr.contains("`telex index --full`"), "{damaged}");
    assert_eq!(index_with(&env, &["--full"]), [3, 0, 0, 0, 3]);
    assert_eq!(env.telex(["verify"]).code, Some(0));
}

#[test]
fn paths_that_overlap_are_read_once() {
    let env = TestEnv::new();
    env.write("news/fr/a.txt", "First headline\n\nThe word is quartz.\n");
    env.write("news/b.txt", "Second headline\n\nThe word is basalt.\n");
    assert_eq!(index_with(&env, &["news", "news/fr", "news/b.txt"]), [2, 0, 0, 0, 2]);
    assert_eq!(exported(&env, "news/.telex"), ["b.txt", "fr/a.txt"]);
}

#[test]
fn a_folder_around_one_that_is_known_leaves_it_its_names() {
    let env = TestEnv::new();
    env.write("news/fr/a.txt", "First headline\n\nThe word is quartz.\n");
    env.write("news/fr/c.txt", "Third headline\n\nThe word is granite.\n");
    env.write("news/b.txt", "Second headline\n\nThe word is basalt.\n");
    assert_eq!(index_with(&env, &["news/fr", "news", "-i", "at-once"]), [3, 0, 0, 0, 3]);
    assert_eq!(index_with(&env, &["news/fr", "-i", "later"]), [2, 0, 0, 0, 2]);
    assert_eq!(index_with(&env, &["news", "-i", "later"]), [1, 0, 2, 0, 3]);
    for index in ["at-once", "later"] {
        assert_eq!(exported(&env, index), ["../news/b.txt", "a.txt", "c.txt"]);
    }
    fs::remove_file(env.path("news/fr/c.txt")).unwrap();
    assert_eq!(index_with(&env, &["news", "-i", "later"]), [0, 0, 2, 1, 2]);
    fs::remove_dir_all(env.path("news/fr")).unwrap();
    assert_eq!(index_with(&env, &["news", "-i", "later"]), [0, 0, 1, 1, 1]);
}

#[test]
fn links_lead_to_the_files_of_every_folder() {
    let env = TestEnv::new();
    let files = ["x/news/one.txt", "y/deep/wire/two.txt", "z/wire/été 3.txt"];
    for (file, n) in files.iter().zip(1..) {
        env.write(file, format!("Headline {n} of zorvane\n\nThe word is zorvane, number {n} of three.\n"));
    }
    index_with(&env, &["x/news", "y/deep/wire", "z/wire", "-i", "ix"]);
    env.write("list.tsv", "q\tzorvane\n");
    for (format, begin, end) in [("html", "<a href=\"file://", "\""), ("markdown", "](<file://", ">)")] {
        for line in
            [&["search", "zorvane", "--format", format][..], &["search", "--queries", "list.tsv", "--format", format]]
        {
            let out = env.ok([line, &["-i", "ix"]].concat());
            let mut links: Vec<&str> = out.split(begin).skip(1).filter_map(|rest| rest.split(end).next()).collect();
            links.sort();
            let want =
                files.map(|file| env.path(file).display().to_string().replace(' ', "%20").replace('é', "%C3%A9"));
            assert_eq!(links, want, "{line:?}: {out}");
        }
    }
}
