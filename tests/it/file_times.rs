//! Files whose times tell less than they seem to: of the same tick, set back, or ahead of the clock.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use crate::index::index_with;
use crate::testenv::TestEnv;

#[test]
fn a_file_that_failed_and_was_mended_within_the_same_tick_is_read() {
    let env = TestEnv::new();
    let name = env.write("news/a.txt", "\0\0\0\0 zorvane \0\0\0\0\0");
    let time = fs::metadata(&name).unwrap().modified().unwrap();
    assert_eq!(index_with(&env, &["news"]), [1, 0, 0, 0, 0]);
    env.write("news/a.txt", "Le groupe zorvane.");
    File::options().write(true).open(&name).unwrap().set_modified(time).unwrap();
    assert_eq!(index_with(&env, &["news"]), [0, 1, 0, 0, 1]);
}

#[cfg(unix)]
#[test]
fn a_file_of_the_same_size_with_its_time_restored_is_read() {
    let env = TestEnv::new();
    let name = env.write("news/a.txt", "Le groupe zorvane.");
    let restore = || File::options().write(true).open(&name).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    restore();
    assert_eq!(index_with(&env, &["news"]), [1, 0, 0, 0, 1]);
    // Its times are those of a file that has been left alone.
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(index_with(&env, &["news"]), [0, 0, 1, 0, 1]);
    env.write("news/a.txt", "Le groupe belvoir.");
    restore();
    assert_eq!(index_with(&env, &["news"]), [0, 1, 0, 0, 1]);
    assert_eq!(env.ids_with(&["-i", "news/.telex", "belvoir"]), ["a.txt"]);
}

#[test]
fn a_file_of_a_time_to_come_makes_no_commits() {
    let env = TestEnv::new();
    let name = env.write("news/a.txt", "Le groupe zorvane.");
    let ahead = SystemTime::now() + Duration::from_secs(100_000_000);
    File::options().write(true).open(&name).unwrap().set_modified(ahead).unwrap();
    let tables = || {
        let mut names: Vec<_> =
            fs::read_dir(env.path("news/.telex/files")).unwrap().map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(index_with(&env, &["news"]), [1, 0, 0, 0, 1]);
    let first = tables();
    assert_eq!(index_with(&env, &["news"]), [0, 0, 1, 0, 1]);
    assert_eq!(index_with(&env, &["news"]), [0, 0, 1, 0, 1]);
    assert_eq!(tables(), first);
}
