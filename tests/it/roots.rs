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
    assert_eq!(index_with(&env, &["one", "-i", "both"])[3], 1);
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
    assert_eq!(index_with(&env, &["one", "two", "three", "-i", "ix"]), [1, 0, 1, 1, 2]);
    assert_eq!(env.ids_with(&["-i", "ix", "bravo"]), ["../three/b.txt"]);
    fs::remove_dir_all(env.path("one")).unwrap();
    assert_eq!(index_with(&env, &["one", "-i", "ix"]), [0, 0, 0, 1, 1]);
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
