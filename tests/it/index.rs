//! From folders to an index: what changed since, what is skipped and why, where the
//! index is.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::testenv::TestEnv;

/// Indexes `path` and returns the files added, updated, unchanged and removed, and the articles there are.
fn index(env: &TestEnv, path: &str) -> [u64; 5] {
    index_with(env, &[path])
}

pub fn index_with(env: &TestEnv, args: &[&str]) -> [u64; 5] {
    let mut line = vec!["index", "--json"];
    line.extend(args);
    let report = env.json(line).remove(0);
    let files = ["added", "updated", "unchanged", "removed"].map(|name| report["files"][name].as_u64().unwrap());
    let total = report["articles"]["total"].as_u64().unwrap();
    [files[0], files[1], files[2], files[3], total]
}

/// Returns the ids of every article of the index of `folder`.
pub fn exported(env: &TestEnv, index: &str) -> Vec<String> {
    env.json(["export", "-i", index]).iter().map(|article| article["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_sample_corpus_is_read_as_expected() {
    let env = TestEnv::new();
    env.copy_sample();
    assert_eq!(index(&env, "sample_corpus")[1..], [0, 0, 0, 54]);
    let expected: Value = serde_json::from_str(include_str!("../../sample_corpus/.expected.json")).unwrap();
    let expected: Vec<Value> = expected.as_array().unwrap().clone();
    let exported = env.json(["export", "-i", "sample_corpus/.telex"]);
    let ids = |articles: &[Value]| articles.iter().map(|article| article["id"].to_string()).collect::<BTreeSet<_>>();
    assert_eq!(ids(&exported), ids(&expected));
    for want in &expected {
        let got = exported.iter().find(|article| article["id"] == want["id"]).unwrap();
        // Names that stand without a code are not listed there.
        let codes = got["tickers"].as_array().unwrap().iter().filter(|ticker| ticker["how"] != "name");
        let codes: BTreeSet<String> = codes
            .map(|ticker| format!("{}:{}", ticker["mic"].as_str().unwrap(), ticker["symbol"].as_str().unwrap()))
            .collect();
        let got = json!({ "id": got["id"], "lang": got["lang"], "date": got["date"].as_str().unwrap()[..10], "tickers": codes });
        assert_eq!(&got, want);
    }
}

#[test]
fn every_encoding_is_read() {
    let env = TestEnv::new();
    let text = "Été : l’œuvre coûte 3 €\n\nDès août, la société zorvane a relevé ses prévisions à Évry, où l’activité \
                s’améliore. Les résultats dépassent les attentes, a déclaré le président.\n";
    let utf16: Vec<u16> = std::iter::once(0xfeff).chain(text.encode_utf16()).collect();
    let dos = text.replace('\n', "\r\n");
    let cases: [(&str, Vec<u8>); 6] = [
        ("utf8.txt", text.as_bytes().to_vec()),
        ("bom.txt", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("crlf.txt", dos.into_bytes()),
        ("utf16le.txt", utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect()),
        ("utf16be.txt", utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect()),
        ("cp1252.txt", encoding_rs::WINDOWS_1252.encode(text).0.into_owned()),
    ];
    for (name, bytes) in &cases {
        env.write(&format!("news/{name}"), bytes);
    }
    env.ok(["index", "news"]);
    let articles = env.json(["export", "--text", "-i", "news/.telex"]);
    assert_eq!(articles.len(), cases.len());
    for article in articles {
        assert_eq!(article["headline"], "Été : l’œuvre coûte 3 €", "{}", article["id"]);
        assert_eq!(article["lang"], "fr", "{}", article["id"]);
        assert!(article["body"].as_str().unwrap().starts_with("Dès août, la société zorvane"), "{article}");
    }
}

#[test]
fn a_second_run_touches_only_what_changed() {
    let env = TestEnv::new();
    for (name, text) in [("a.txt", "alpha"), ("b.txt", "bravo"), ("c/d.txt", "delta"), ("c/e.txt", "echo")] {
        env.write(&format!("news/{name}"), format!("Headline of {text}\n\nThe word is {text}.\n"));
    }
    let ids = |query: &str| env.ids_with(&["-i", "news/.telex", query]);
    assert_eq!(index(&env, "news"), [4, 0, 0, 0, 4]);
    assert_eq!(index(&env, "news"), [0, 0, 4, 0, 4]);

    // A new time with the same bytes is no change.
    File::options().write(true).open(env.path("news/a.txt")).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(index(&env, "news"), [0, 0, 4, 0, 4]);

    env.write("news/f.txt", "Headline of foxtrot\n\nThe word is foxtrot.\n");
    assert_eq!(index(&env, "news"), [1, 0, 4, 0, 5]);
    assert_eq!(ids("foxtrot"), ["f.txt"]);

    env.write("news/a.txt", "Headline of amber\n\nThe word is amber now.\n");
    assert_eq!(index(&env, "news"), [0, 1, 4, 0, 5]);
    assert_eq!((ids("alpha"), ids("amber")), (vec![], vec!["a.txt".to_owned()]));

    fs::remove_file(env.path("news/b.txt")).unwrap();
    assert_eq!(index(&env, "news"), [0, 0, 4, 1, 4]);
    assert!(ids("bravo").is_empty());

    fs::rename(env.path("news/f.txt"), env.path("news/g.txt")).unwrap();
    assert_eq!(index(&env, "news"), [1, 0, 3, 1, 4]);
    assert_eq!(ids("foxtrot"), ["g.txt"]);

    fs::rename(env.path("news/c"), env.path("news/moved")).unwrap();
    assert_eq!(index(&env, "news"), [2, 0, 2, 2, 4]);
    assert_eq!(exported(&env, "news/.telex"), ["a.txt", "g.txt", "moved/d.txt", "moved/e.txt"]);

    assert_eq!(index_with(&env, &["news", "--full"]), [0, 4, 0, 0, 4]);
    assert_eq!(index(&env, "news"), [0, 0, 4, 0, 4]);
    assert_eq!(exported(&env, "news/.telex").len(), 4);
}

#[test]
fn records_of_a_file_come_and_go_with_it() {
    let env = TestEnv::new();
    let record =
        |id: &str, word: &str| format!("{{\"id\": \"{id}\", \"title\": \"On {word}\", \"text\": \"A {word}.\"}}\n");
    env.write("news/wire.jsonl", [record("1", "quartz"), record("2", "basalt")].concat());
    assert_eq!(index(&env, "news"), [1, 0, 0, 0, 2]);
    env.write("news/wire.jsonl", [record("2", "basalt"), record("3", "granite")].concat());
    assert_eq!(index(&env, "news"), [0, 1, 0, 0, 2]);
    assert_eq!(exported(&env, "news/.telex"), ["wire.jsonl#2", "wire.jsonl#3"]);
    env.write("news/wire.jsonl", "");
    assert_eq!(index(&env, "news"), [0, 1, 0, 0, 0]);
}

#[cfg(unix)]
#[test]
fn a_folder_whose_name_is_no_text_is_known_again() {
    use std::os::unix::ffi::OsStrExt;
    let env = TestEnv::new();
    env.write("news/a.txt", "Headline\n\nThe word is zorvane.\n");
    let folder = env.path("news").join(std::ffi::OsStr::from_bytes(b"archiv\xE9s"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("b.txt"), "Headline\n\nThe word is kibatu.\n").unwrap();
    env.ok(["index", "news"]);
    let whole = exported(&env, "news/.telex");
    assert_eq!(whole.len(), 2);
    let index = env.path("news/.telex");
    env.ok([std::ffi::OsStr::new("index"), folder.as_os_str(), std::ffi::OsStr::new("-i"), index.as_os_str()]);
    assert_eq!(exported(&env, "news/.telex"), whole);
}

#[test]
fn a_file_may_be_called_as_a_record_is() {
    let env = TestEnv::new();
    env.write("news/a.jsonl", "{\"id\": \"x.txt\", \"title\": \"One\", \"text\": \"The word is zorvane.\"}\n");
    env.write("news/a.jsonl#x.txt", "Two\n\nThe word is kibatu.\n");
    env.ok(["index", "news"]);
    assert_eq!(exported(&env, "news/.telex"), ["a.jsonl#x.txt"; 2]);
    env.ok(["verify", "-i", "news/.telex"]);
}

#[test]
fn every_article_has_an_id_of_its_own_by_which_it_is_shown() {
    let env = TestEnv::new();
    let names =
        ["a b.txt", "c#1.txt", "d'e\"f.txt", "été.txt", "e\u{301}te\u{301}.txt", "🎮.txt", "-n.txt", "x/y/z.txt"];
    for name in names {
        env.write(&format!("news/{name}"), format!("A headline\n\nThe word is zorvane, here in {name}.\n"));
    }
    let record = |id: &str, text: &str| {
        format!("{{\"id\": {id}, \"title\": \"A headline\", \"text\": \"The word is {text}.\"}}\n")
    };
    let records = [
        record("7", "zorvane"),
        record("\"7\"", "zorvane too"),
        record("\"a#b c\"", "zorvane"),
        record("null", "zorvane"),
    ];
    env.write("news/wire.jsonl", records.concat());
    env.ok(["index", "news", "-i", ".telex"]);
    let mut ids = env.ids("zorvane");
    ids.sort();
    assert_eq!(ids, exported(&env, ".telex"));
    let mut distinct = ids.clone();
    distinct.dedup();
    assert_eq!(distinct.len(), names.len() + 4, "{ids:?}");
    for id in &ids {
        let shown = env.json(["show", "--json", "--", id]).remove(0);
        assert_eq!(shown["id"], id.as_str());
        assert!(env.path("news").join(shown["path"].as_str().unwrap()).is_file(), "{id}");
    }
}

#[test]
fn a_dry_run_says_what_it_would_do_and_writes_nothing() {
    let env = TestEnv::new();
    env.write("news/a.txt", "A headline\n\nSome words.\n");
    assert_outcome!(env, ["index", "news", "--dry-run"], @"
    exit 0
    --- stdout
    files     1 would be added, 0 would be updated, 0 unchanged, 0 would be removed
    nothing was written (dry run)
    --- stderr
    ");
    assert!(!env.path("news/.telex").exists());
    env.ok(["index", "news"]);
    env.write("news/b.txt", "Another headline\n\nMore words.\n");
    fs::remove_file(env.path("news/a.txt")).unwrap();
    assert_eq!(index_with(&env, &["news", "--dry-run"])[..4], [1, 0, 0, 1]);
    assert_eq!(exported(&env, "news/.telex"), ["a.txt"]);
}

#[test]
fn a_dry_run_takes_no_file_for_changed_that_is_not() {
    let env = TestEnv::new();
    // Written just now: its time proves nothing, so its bytes are compared.
    env.write("news/a.txt", "Headline\n\nThe word is zorvane.\n");
    env.ok(["index", "news"]);
    let told = env.json(["index", "news", "--dry-run", "--json"]).remove(0);
    assert_eq!((&told["files"]["unchanged"], &told["files"]["updated"]), (&1.into(), &0.into()), "{told}");
    env.write("news/a.txt", "Headline\n\nThe word is kibatuu.\n");
    let told = env.json(["index", "news", "--dry-run", "--json"]).remove(0);
    assert_eq!((&told["files"]["unchanged"], &told["files"]["updated"]), (&0.into(), &1.into()), "{told}");
}

#[test]
fn a_first_run_tells_what_it_did() {
    let env = TestEnv::new();
    env.write(
        "news/2025-03-04-un.txt",
        "Kering (Euronext Paris : KER) recule\n\nLe titre de Kering perd 3 % ce mardi à Paris.\n",
    );
    env.write(
        "news/2024-03-04-two.txt",
        "Boeing (NYSE:BA) climbs\n\nShares of Boeing rose on Monday, and the order book grew.\n",
    );
    env.write("news/notes.ppt", "PPT");
    assert_outcome!(env, ["index", "news", "--threads", "1"], @"
    exit 0
    --- stdout
    files     2 added, 0 updated, 0 unchanged, 0 removed
    skipped   1 unknown format
    articles  2 written, 0 taken out, 2 in the index
    lang      fr 1 · en 1
    year      2024 1 · 2025 1
    ticker    XNYS:BA 1 · XPAR:KER 1
    time      [TIME], [SIZE] of text, [SIZE], [RATE]
    --- stderr
    skipped notes.ppt: telex does not read .ppt files, only .txt .text .md .markdown .html .htm .xhtml .shtml .php .asp .aspx .jsp .json .jsonl .ndjson .csv .tsv .zip .tar .eml .mbox .mbx .mhtml .mht .warc .arc .xml .rss .atom .rdf .nitf .newsml .sgm .sgml .docx .docm .rtf .pdf
    ");
    assert_outcome!(env, ["index", "news", "--threads", "1"], @"
    exit 0
    --- stdout
    files     0 added, 0 updated, 2 unchanged, 0 removed
    skipped   1 unknown format
    articles  0 written, 0 taken out, 2 in the index
    time      [TIME]
    --- stderr
    skipped notes.ppt: telex does not read .ppt files, only .txt .text .md .markdown .html .htm .xhtml .shtml .php .asp .aspx .jsp .json .jsonl .ndjson .csv .tsv .zip .tar .eml .mbox .mbx .mhtml .mht .warc .arc .xml .rss .atom .rdf .nitf .newsml .sgm .sgml .docx .docm .rtf .pdf
    ");
}

#[test]
fn a_report_on_standard_output_is_all_of_it() {
    let env = TestEnv::new();
    env.write("news/broken.jsonl", "{\"title\": \"Fine\", \"text\": \"First record.\"}\n{\"title\": \n");
    let told = env.telex(["index", "news", "--report", "-"]);
    assert_eq!(told.code, Some(0), "{told}");
    let report: Value = serde_json::from_str(&told.stdout).unwrap();
    assert_eq!((&report["path"], &report["line"]), (&Value::from("broken.jsonl"), &Value::from(2)), "{told}");
    assert!(told.stderr.contains("articles") && !env.path("-").exists(), "{told}");
    let told = env.telex(["index", "news", "--report", "-", "--json"]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(2), ""), "{told}");
}

#[test]
fn a_report_in_the_folder_is_no_news() {
    let env = TestEnv::new();
    env.write("news/broken.jsonl", "{\"title\": \"Fine\", \"text\": \"First record.\"}\n{\"title\": \n");
    for _ in 0..2 {
        env.ok(["index", "news", "--report", "news/skipped.jsonl"]);
        assert_eq!(exported(&env, "news/.telex"), ["broken.jsonl#1"]);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_report_that_cannot_be_written_is_told_and_the_index_is_made() {
    let env = TestEnv::new();
    // More than is written at once.
    env.write(
        "news/broken.jsonl",
        "{\"title\": \"Fine\", \"text\": \"First record.\"}\n".to_owned() + &"{\n".repeat(999),
    );
    let told = env.telex(["index", "news", "--report", "/dev/full", "--quiet"]);
    assert!(told.code == Some(5) && told.stderr.contains("/dev/full: "), "{told}");
    assert_eq!(exported(&env, "news/.telex"), ["broken.jsonl#1"]);
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_is_told_and_the_rest_is_indexed() {
    use std::os::unix::fs::symlink;
    let env = TestEnv::new();
    let news = env.path("news");
    env.write("news/good.txt", "A good headline\n\nThe word is zorvane.\n");
    env.write("news/empty.txt", "");
    env.write("news/blank.txt", " \n\n\t\n");
    env.write("news/binary.txt", b"\x00\x01\x02\x03\x00\xff".repeat(50));
    env.write("news/report.ppt", "PPT");
    env.write("news/broken.jsonl", "{\"title\": \"Fine\", \"text\": \"First record.\"}\n{\"title\": \n{\"title\": \"Fine too\", \"text\": \"Third record.\"}\n");
    env.write("news/.hidden/a.txt", "Not to be seen\n\nAt all.\n");
    symlink(&news, news.join("loop")).unwrap();
    symlink(news.join("nowhere"), news.join("dangling.txt")).unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(news.join("pipe.txt")).status().unwrap();
    assert!(fifo.success());
    let _socket = std::os::unix::net::UnixListener::bind(news.join("socket.txt")).unwrap();

    let told = env.telex(["index", "news", "--report", "skipped.jsonl"]);
    assert_eq!(told.code, Some(0), "{told}");
    let report = fs::read_to_string(env.path("skipped.jsonl")).unwrap();
    let mut skipped: Vec<String> = report
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|skip| {
            assert!(told.stderr.contains(skip["path"].as_str().unwrap()), "{skip} was not told: {told}");
            assert!(!skip["detail"].as_str().unwrap().is_empty());
            let line = skip["line"].as_u64().map(|line| format!(":{line}")).unwrap_or_default();
            format!("{}{line} {}", skip["path"].as_str().unwrap(), skip["reason"].as_str().unwrap())
        })
        .collect();
    skipped.sort();
    insta::assert_snapshot!(skipped.join("\n"), @"
    binary.txt binary
    blank.txt empty
    broken.jsonl:2 malformed
    dangling.txt unreadable
    empty.txt empty
    loop link_loop
    pipe.txt not_a_file
    report.ppt unknown_format
    socket.txt not_a_file
    ");
    assert_eq!(exported(&env, "news/.telex"), ["broken.jsonl#1", "broken.jsonl#3", "good.txt"]);
    assert_eq!(env.ids_with(&["-i", "news/.telex", "zorvane"]), ["good.txt"]);
}

#[test]
#[cfg(unix)]
fn a_forbidden_file_is_told_and_tried_again() {
    use std::os::unix::fs::PermissionsExt;
    let env = TestEnv::new();
    env.write("news/a.txt", "A headline\n\nSome words.\n");
    let secret = env.write("news/secret.txt", "A secret\n\nMore words.\n");
    let permit = |mode| fs::set_permissions(&secret, fs::Permissions::from_mode(mode)).unwrap();
    permit(0o000);
    // Nothing is forbidden to root.
    let forbidden = fs::read(&secret).is_err();
    let report = env.json(["index", "news", "--json"]).remove(0);
    assert_eq!(report["skipped"]["unreadable"].as_u64(), forbidden.then_some(1));
    permit(0o600);
    env.ok(["index", "news"]);
    assert_eq!(exported(&env, "news/.telex"), ["a.txt", "secret.txt"]);
}

#[test]
fn a_place_that_cannot_be_written_is_told_with_a_way_out() {
    let env = TestEnv::new();
    env.write("news/a.txt", "A headline\n\nSome words.\n");
    // A file where the folder of the index should be: this stops root as well.
    env.write("news/.telex", "in the way");
    for args in [&["index", "news"][..], &["search", "words", "--in", "news"]] {
        let outcome = env.telex(args);
        assert_eq!(outcome.code, Some(5), "{outcome}");
        assert!(outcome.stderr.contains("hint:") && outcome.stderr.contains("-i FOLDER"), "{outcome}");
    }
    let found = env.telex(["search", "words", "--in", "news", "-i", "elsewhere"]);
    assert_eq!(found.code, Some(0), "{found}");
}

#[test]
fn the_index_is_named_by_flag_then_environment_then_the_nearest_folder_upwards() {
    let env = TestEnv::new();
    for (folder, word) in [("near", "quartz"), ("named", "basalt"), ("flagged", "granite")] {
        env.write(&format!("{folder}/deep/down/a.txt"), format!("A headline\n\nThe word is {word}.\n"));
        env.ok(["index", folder]);
    }
    let down = env.path("near/deep/down");
    let search = |variable: Option<&str>, flag: Option<&str>| {
        let mut command = env.command(["search", "quartz OR basalt OR granite", "--format", "csv"]);
        command.current_dir(&down);
        variable.map(|name| command.env("TELEX_INDEX", env.path(name).join(".telex")));
        flag.map(|name| command.arg("-i").arg(env.path(name).join(".telex")));
        let outcome = crate::testenv::Outcome::of(&mut command);
        assert_eq!(outcome.code, Some(0), "{outcome}");
        let shown = env.telex([
            "show".as_ref(),
            "deep/down/a.txt".as_ref(),
            "-i".as_ref(),
            env.path(flag.or(variable).unwrap_or("near")).join(".telex").as_os_str(),
        ]);
        let roots = [("near", "quartz"), ("named", "basalt"), ("flagged", "granite")];
        assert_eq!(outcome.stdout.lines().count(), 2, "{outcome}");
        roots.iter().find(|(_, word)| shown.stdout.contains(word)).map(|(name, _)| *name)
    };
    assert_eq!(search(None, None), Some("near"));
    assert_eq!(search(Some("named"), None), Some("named"));
    assert_eq!(search(Some("named"), Some("flagged")), Some("flagged"));
    // What the environment names is not what a folder named on the command line is searched by.
    let mut command = env.command(["search", "basalt OR granite", "--in", "named", "--format", "paths"]);
    let outcome = crate::testenv::Outcome::of(command.env("TELEX_INDEX", env.path("flagged").join(".telex")));
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), "named/deep/down/a.txt\n"), "{outcome}");
    // An empty variable is none.
    let mut command = env.command(["stats", "--json"]);
    let outcome = crate::testenv::Outcome::of(command.current_dir(&down).env("TELEX_INDEX", ""));
    assert_eq!(outcome.code, Some(0), "{outcome}");
}

#[test]
fn search_in_a_folder_brings_its_index_up_to_date_and_says_so() {
    let env = TestEnv::new();
    env.write("news/a.txt", "First headline\n\nThe word is quartz.\n");
    let first = env.telex(["search", "quartz", "--in", "news", "--format", "paths"]);
    assert_eq!((first.code, first.stdout.as_str()), (Some(0), "news/a.txt\n"), "{first}");
    assert!(first.stderr.contains("indexing news"), "{first}");
    let second = env.telex(["search", "quartz", "--in", "news", "--format", "paths"]);
    assert_eq!((second.code, second.stderr.as_str()), (Some(0), ""), "{second}");
    env.write("news/b.txt", "Second headline\n\nThe word is quartz, too.\n");
    let third = env.telex(["search", "quartz", "--in", "news", "--format", "paths"]);
    assert_eq!(third.stdout.lines().count(), 2, "{third}");
    assert!(third.stderr.contains("indexed 1 article in"), "{third}");
    assert_eq!(env.telex(["search", "quartz", "--in", "nowhere"]).code, Some(2));
    // A query that cannot be read is told before anything is indexed for it.
    env.write("other/a.txt", "A headline\n\nSome words.\n");
    assert_eq!(env.telex(["search", "(quartz", "--in", "other"]).code, Some(2));
    assert!(!env.path("other/.telex").exists());
}

#[test]
fn unchanged_files_are_not_read_again() {
    let env = TestEnv::new();
    for n in 0..300 {
        env.write(&format!("news/{}/{n}.txt", n % 10), format!("Headline {n}\n\nArticle number {n}.\n"));
    }
    assert!(env.json(["index", "news", "--json"])[0]["bytes_read"].as_u64() > Some(0));
    let again = env.json(["index", "news", "--json"]).remove(0);
    assert_eq!((&again["files"]["unchanged"], &again["bytes_read"]), (&300.into(), &0.into()), "{again}");
}

#[test]
fn the_folder_of_the_index_is_not_indexed() {
    let env = TestEnv::new();
    env.write("news/fr/a.txt", "Le groupe zorvane.");
    for (path, place) in [("news", "news"), ("news/fr", "news"), ("news/fr/a.txt", "news")] {
        let outcome = env.telex(["index", path, "-i", place]);
        assert_eq!(outcome.code, Some(2), "{path}: {outcome}");
        assert!(outcome.stderr.contains("folder of the index") && outcome.stderr.contains("-i"), "{outcome}");
    }
    assert_eq!(fs::read_dir(env.path("news")).unwrap().count(), 1);
    assert_eq!(index_with(&env, &["news", "-i", "news/index"])[4], 1);
}
