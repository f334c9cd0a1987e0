//! Output formats, exit codes, pipes, messages: what a script can rely on.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::testenv::{Outcome, TestEnv};

pub fn small() -> TestEnv {
    let env = TestEnv::new();
    env.write(
        "wire.jsonl",
        concat!(
            r#"{"id": "k 1", "title": "Kering, le repli", "text": "Kering perd 3 %.", "date": "2025-03-04", "lang": "fr", "tickers": ["KER.PA"], "source": "Halden Presse"}"#,
            "\n",
            r#"{"id": "b2", "title": "Boeing \"climbs\"", "text": "Boeing rose.\n\nKering too.", "date": "2025-03-05T08:00:00Z", "lang": "en", "tickers": ["NYSE:BA"]}"#,
            "\n"
        ),
    );
    env.ok(["index", ".", "--threads", "1"]);
    env
}

#[test]
fn every_format_shows_the_same_hits() {
    let env = small();
    assert_outcome!(env, ["search", "kering"], @r#"
    exit 0
    --- stdout
      1. Kering, le repli
         2025-03-04 · Halden Presse · fr  KER  wire.jsonl#k 1
         Kering perd 3 %.

      2. Boeing "climbs"
         2025-03-05 · en  BA KER  wire.jsonl#b2
         Kering too.

    2 articles
    ticker   XPAR:KER Kering 2 · XNYS:BA Boeing 1
    --- stderr
    "#);
    assert_outcome!(env, ["search", "kering", "--format", "csv"], @r#"
    exit 0
    --- stdout
    rank,score,date,lang,source,tickers,headline,id,path,section
    1,[SCORE],2025-03-04,fr,Halden Presse,XPAR:KER,"Kering, le repli",wire.jsonl#k 1,wire.jsonl,
    2,[SCORE],2025-03-05T08:00:00Z,en,,XNYS:BA XPAR:KER,"Boeing ""climbs""",wire.jsonl#b2,wire.jsonl,
    --- stderr
    "#);
    assert_outcome!(env, ["search", "kering", "--format", "tsv"], @r#"
    exit 0
    --- stdout
    rank	score	date	lang	source	tickers	headline	id	path	section
    1	[SCORE]	2025-03-04	fr	Halden Presse	XPAR:KER	Kering, le repli	wire.jsonl#k 1	wire.jsonl	
    2	[SCORE]	2025-03-05T08:00:00Z	en		XNYS:BA XPAR:KER	Boeing "climbs"	wire.jsonl#b2	wire.jsonl	
    --- stderr
    "#);
    assert_outcome!(env, ["search", "kering", "--format", "trec"], @"
    exit 0
    --- stdout
    1 Q0 wire.jsonl#k_1 1 [SCORE] telex
    1 Q0 wire.jsonl#b2 2 [SCORE] telex
    --- stderr
    ");
    assert_outcome!(env, ["search", "kering", "--format", "paths"], @"
    exit 0
    --- stdout
    wire.jsonl
    --- stderr
    ");
    let object = env.json(["search", "kering", "--format", "json"]);
    let lines = env.json(["search", "kering", "--format", "jsonl"]);
    assert_eq!((object.len(), lines.len()), (1, 2));
    assert_eq!(object[0]["hits"].as_array(), Some(&lines));
    assert_eq!(env.json(["search", "kering", "--json"]), lines);
}

#[test]
fn every_command_has_a_face_for_people() {
    let env = small();
    assert_outcome!(env, ["facets", "ticker", "--facet", "month,lang", "kering", "--ticker", "KER.PA"], @"
    exit 0
    --- stdout
    ticker
      XPAR:KER Kering* 2  ████████████████████████████████████████ (1 main)
      XNYS:BA Boeing   1  ████████████████████ (1 main)

    month
      2025-03  2  ████████████████████████████████████████

    lang
      en  1  ████████████████████████████████████████
      fr  1  ████████████████████████████████████████

    2 articles
    --- stderr
    ");
    assert_outcome!(env, ["show", "wire.jsonl#b2"], @r#"
    exit 0
    --- stdout
    Boeing "climbs"
          id wire.jsonl#b2
        date 2025-03-05 08:00:00 UTC (from metadata)
        lang en (1.00)
      ticker XNYS:BA Boeing (main, metadata, 2 times)
      ticker XPAR:KER Kering (name)

    Boeing rose.

    Kering too.
    --- stderr
    "#);
    assert_outcome!(env, ["stats"], @"
    exit 0
    --- stdout
    articles  2 in 1 file
    lang      fr 1 · en 1
    dates     2025-03-04 to 2025-03-05 (UTC)
    dated by  metadata 2
    forms     11 in the vocabulary
    size      [SIZE] in 1 segment
    root      [WORK]
    analysis  version [N]
    --- stderr
    ");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(env.ok(["completions", shell]).contains("telex"), "{shell}");
    }
}

#[test]
fn exit_codes_tell_what_happened() {
    let env = small();
    let nowhere = TestEnv::new();
    for (args, want) in [
        (&["search", "kering"][..], 0),
        (&["search", "granite"], 1),
        (&["search", "granite", "--json"], 1),
        (&["search", "kering", "--lang", "other"], 1),
        (&["search", "kering", "-n", "18446744073709551615", "--offset", "18446744073709551615"], 0),
        (&["search", "--ticker", "KER.PA"], 0),
        (&["search", "--lang", "fr", "--since", "2025-03", "--until", "2025-03"], 0),
        (&["facets", "ticker", "granite"], 1),
        (&["facets", "lang"], 0),
        (&["stats"], 0),
        (&["export"], 0),
        (&["--help"], 0),
        (&["--version"], 0),
        (&[], 2),
        (&["search"], 2),
        (&["search", "(kering"], 2),
        (&["search", "kering", "--no-such-flag"], 2),
        (&["search", "kering", "--format", "yaml"], 2),
        (&["search", "kering", "--facet", "colour"], 2),
        (&["search", "kering", "--facet", "ticker:x"], 2),
        (&["search", "kering", "--since", "someday"], 2),
        (&["search", "kering", "--lang", "klingon"], 2),
        (&["search", "kering", "--all", "--any"], 2),
        (&["search", "kering", "--queries", "list.tsv"], 2),
        (&["facets", "colour"], 2),
        (&["show", "no-such-id"], 2),
        (&["index", "no-such-folder"], 2),
        (&["index", ".", "--threads", "0"], 2),
        (&["index", ".", "--memory", "lots"], 2),
        (&["search", "--queries", "no-such-file"], 5),
    ] {
        let outcome = env.telex(args);
        assert_eq!(outcome.code, Some(want), "{args:?}: {outcome}");
        if want > 1 {
            assert_eq!(outcome.stdout, "", "{args:?}");
            assert!(!outcome.stderr.is_empty(), "{args:?}");
        }
    }
    for args in [&["search", "kering"][..], &["facets", "lang"], &["show", "x"], &["stats"], &["export"]] {
        let outcome = nowhere.telex(args);
        assert_eq!(outcome.code, Some(3), "{args:?}: {outcome}");
        assert!(outcome.stderr.contains("hint: make one with `telex index FOLDER`"), "{outcome}");
    }
    assert_eq!(nowhere.telex(["stats", "-i", "nothing"]).code, Some(3));
}

#[test]
fn an_index_that_is_not_there_is_told_alike_and_not_made() {
    let env = TestEnv::new();
    fs::create_dir(env.path("empty")).unwrap();
    let missing: [&[&str]; 11] = [
        &["search", "kering"],
        &["facets", "lang"],
        &["similar", "-"],
        &["saved", "add", "a", "kering"],
        &["saved", "list"],
        &["saved", "rm", "a"],
        &["alert"],
        &["verify"],
        &["compact"],
        &["doctor"],
        &["tickers", "unknown"],
    ];
    for args in missing {
        let outcome = env.telex([args, &["-i", "new/index"]].concat());
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(3), ""), "{args:?}: {outcome}");
        assert!(outcome.stderr.contains("there is no index here"), "{args:?}: {outcome}");
        assert!(!env.path("new").exists(), "{args:?}");
    }
    // Nor is anything made in a folder that is no index.
    assert_eq!(env.telex(["verify", "-i", "empty"]).code, Some(3));
    assert_eq!(env.telex(["saved", "rm", "a", "-i", "empty"]).code, Some(2));
    assert_eq!(fs::read_dir(env.path("empty")).unwrap().count(), 0);
}

#[test]
#[cfg(unix)]
fn an_index_that_may_not_be_read_is_not_missing() {
    use std::os::unix::fs::PermissionsExt;
    let env = small();
    let index = env.path(".telex");
    fs::set_permissions(&index, fs::Permissions::from_mode(0o000)).unwrap();
    // Who may do everything may read it all the same.
    if fs::read_dir(&index).is_err() {
        for args in [&["search", "kering"][..], &["stats"], &["saved", "list"], &["verify"]] {
            let outcome = env.telex(args);
            assert_eq!(outcome.code, Some(5), "{args:?}: {outcome}");
            assert!(outcome.stderr.contains("ermission denied"), "{args:?}: {outcome}");
        }
    }
    fs::set_permissions(&index, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn nothing_is_like_no_text() {
    let env = small();
    for text in ["", " \n"] {
        let input = File::open(env.write("input", text)).unwrap();
        let outcome = Outcome::of(env.command(["similar", "-"]).stdin(input));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{outcome}");
        assert!(outcome.stderr.contains("there is no text on standard input"), "{outcome}");
    }
    let input = File::open(env.write("input", "zzz")).unwrap();
    let outcome = Outcome::of(env.command(["similar", "-"]).stdin(input));
    assert!(outcome.code == Some(1) && outcome.stderr.contains("no word of this text"), "{outcome}");
}

#[test]
fn numbers_and_their_nouns_are_those_of_the_language() {
    let env = TestEnv::new();
    let words: String = (0..1200).map(|n| format!(" mot{n}")).collect();
    env.write("a.txt", format!("Un titre\n\nUn texte :{words}.\n"));
    env.ok(["index", "."]);
    let french = |args: &[&str]| env.telex([args, &["--ui-lang", "fr"]].concat());
    let forms = "1\u{a0}20";
    for args in [["stats"], ["compact"]] {
        let told = french(&args).stdout;
        assert!(told.contains(forms) && told.contains("0,0 Mo") && !told.contains("0.0"), "{told}");
    }
    let verified = french(&["verify"]).stdout;
    assert!(verified.contains(", 1 article : tout est intact") && verified.contains("0,0 Mo"), "{verified}");
    let told = french(&["search", "lang:klingon"]).stderr;
    assert!(told.contains("langue inconnue `klingon` : fr, en ou other"), "{told}");
    env.write("own.csv", "symbol,mic,name,aliases,isin\nZZQX,XPAR,Zorvane,,\n");
    assert!(env.telex(["tickers", "add", "own.csv"]).stderr.starts_with("added 1 company to "));
    assert!(french(&["tickers", "add", "own.csv"]).stderr.starts_with("1 société ajoutée à "));
}

#[test]
fn an_index_of_another_version_or_a_damaged_one_asks_to_be_built_again() {
    let env = small();
    let meta = env.path(".telex/engine/meta.json");
    let good = fs::read_to_string(&meta).unwrap();
    let other = good.replace("\\\"analysis\\\":", "\\\"analysis\\\":9");
    assert_ne!(other, good);
    fs::write(&meta, other).unwrap();
    let outcome = env.telex(["search", "kering"]);
    assert_eq!(outcome.code, Some(3), "{outcome}");
    assert!(outcome.stderr.contains("hint: build the index again with `telex index --full`"), "{outcome}");
    assert_eq!(env.telex(["index", "."]).code, Some(3));
    // Searching in the folder builds it again by itself.
    let outcome = env.telex(["search", "kering", "--in", "."]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(outcome.stderr.contains("building the index again"), "{outcome}");

    for damage in ["engine/meta.json", "files", "vocabulary"] {
        let path = env.path(".telex").join(damage);
        let victim = match path.is_dir() {
            true => fs::read_dir(&path).unwrap().next().unwrap().unwrap().path(),
            false => path,
        };
        let mut bytes = fs::read(&victim).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xff;
        fs::write(&victim, &bytes[..bytes.len() - 1]).unwrap();
        let outcome = env.telex(["stats"]);
        assert_eq!(outcome.code, Some(3), "{damage}: {outcome}");
        let outcome = env.telex(["index", ".", "--full"]);
        assert_eq!(outcome.code, Some(0), "{damage}: {outcome}");
        assert_eq!(env.ids("kering").len(), 2);
    }
}

#[test]
fn errors_are_told_with_their_place_and_what_to_try() {
    let env = small();
    assert_outcome!(env, ["search", "kering", "tiker:AMZN"], @"
    exit 2
    --- stdout
    --- stderr
    error: unknown field `tiker`
      kering tiker:AMZN
             ^^^^^
    hint: did you mean `ticker:`? if not, to search for it as text, put it between quotation marks
    ");
    assert_outcome!(env, ["search", "l’été (LVMH OR"], @r#"
    exit 2
    --- stdout
    --- stderr
    error: `OR` needs a term on its right
      l’été (LVMH OR
                  ^^
    hint: to search for it as a word, put it between quotation marks: `"OR"`
    "#);
    assert_outcome!(env, ["search", "a\u{1b}[31mb:c* d(*"], @"
    exit 2
    --- stdout
    --- stderr
    error: `(` is never closed
      a [31mb:c* d(*
                  ^
    hint: add `)` where the group ends
    ");
    assert_outcome!(env, ["search", "kerign"], @"
    exit 1
    --- stdout
    --- stderr
    no article has `kerign`; did you mean `kering`?
    no article matches
    ");
    assert_outcome!(env, ["show", "nothing"], @"
    exit 2
    --- stdout
    --- stderr
    error: no article has the id `nothing`
    hint: `telex search` prints the id of each hit
    ");
    assert_outcome!(env, ["facets", "colour"], @"
    exit 2
    --- stdout
    --- stderr
    error: unknown facet `colour`
    hint: the facets are ticker, exchange, lang, source, author, section, year, quarter, month, week, day, hour and date
    ");
    assert_outcome!(env, ["search", "kering", "--ticker", "***"], @"
    exit 2
    --- stdout
    --- stderr
    error: telex does not support `*` in this field yet
      ***
      ^
    hint: give the whole value
    ");
    assert_outcome!(env, ["search", "été (", "--json"], @r#"
    exit 2
    --- stdout
    --- stderr
    {"code":"query","end":5,"hint":"add `)` where the group ends","message":"`(` is never closed","reason":"unclosed_bracket","schema":"telex.error/1","start":4}
    "#);
}

#[test]
fn colour_and_links_are_for_those_who_ask() {
    let env = small();
    let run = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = env.command(["search", "kering"].iter().chain(args));
        Outcome::of(command.envs(variables.iter().copied())).stdout.contains('\u{1b}')
    };
    assert!(!run(&[], &[]));
    assert!(run(&[], &["--color", "always"]));
    assert!(run(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!run(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!run(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(run(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!run(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(!run(&[("CLICOLOR_FORCE", "1")], &["--json"]));
}

/// Returns an environment with an index whose output does not fit in a pipe.
fn large() -> TestEnv {
    let env = TestEnv::new();
    let record = |n: usize| {
        format!("{{\"id\": {n}, \"title\": \"Title {n}\", \"text\": \"The zorvane of {n}. {}\"}}\n", "x ".repeat(200))
    };
    env.write("wire.jsonl", (0..800).map(record).collect::<String>());
    env.ok(["index", "."]);
    env
}

#[test]
#[cfg(unix)]
fn a_reader_who_leaves_early_is_no_failure() {
    let env = large();
    for args in [
        &["search", "zorvane", "-n", "5000"][..],
        &["search", "zorvane", "-n", "5000", "--json"],
        &["search", "zorvane", "-n", "5000", "--format", "csv"],
        &["search", "zorvane", "-n", "5000", "--format", "paths"],
        &["export", "--text"],
        &["show", "wire.jsonl#7"],
    ] {
        let mut child = env.command(args).spawn().unwrap();
        let mut line = String::new();
        let mut out = BufReader::with_capacity(16, child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        drop(out);
        let outcome = Outcome::from(child.wait_with_output().unwrap());
        assert!(!line.is_empty());
        assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{args:?}: {outcome}");
    }
}

#[test]
fn what_goes_elsewhere_is_as_wide_as_asked() {
    let env = TestEnv::new();
    env.write("a.txt", format!("Zorvane\n\n{}\n", "Le groupe zorvane recule encore. ".repeat(20)));
    env.ok(["index", "."]);
    for (columns, want) in [("24", 24), ("60", 60), ("5", 20), ("many", 100), ("", 100)] {
        let outcome = Outcome::of(env.command(["search", "zorvane"]).env("COLUMNS", columns));
        let widest = outcome.stdout.lines().filter(|line| line.starts_with("     Le")).map(|line| line.chars().count());
        let widest = widest.max().unwrap_or_default();
        assert!(widest <= want && widest + 12 > want, "{columns}: {widest}: {outcome}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_a_failure() {
    let env = large();
    let json = "{\"code\":\"io\",\"end\":null,\"hint\":null,\"message\":\"cannot write the output: ";
    let text = "error: cannot write the output: ";
    for (args, told) in [
        (&["search", "zorvane", "--json"][..], json),
        (&["facets", "lang", "--format", "json"], json),
        (&["search", "zorvane"], text),
        (&["export"], text),
        (&["stats"], text),
        (&["show", "wire.jsonl#7"], text),
        (&["--help"], text),
        (&["search", "--help"], text),
        (&["--version"], text),
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let outcome = Outcome::of(env.command(args).stdout(Stdio::from(full)));
        assert_eq!(outcome.code, Some(5), "{args:?}: {outcome}");
        assert!(outcome.stderr.starts_with(told), "{args:?}: {outcome}");
    }
}

#[test]
fn a_wrong_command_line_is_told_in_the_language_of_the_user() {
    let env = small();
    for (line, want) in [
        (&["search", "kering", "--nope"][..], "erreur\u{a0}: argument inconnu `--nope`"),
        (&["serach", "kering"], "conseil\u{a0}: vouliez-vous dire `search`"),
        (&["search", "kering", "--sort", "zz"], "valeurs possibles\u{a0}: relevance"),
        (&["facets", "--by"], "demande une valeur"),
        (&["show"], "il manque\u{a0}: <ID>"),
    ] {
        let french = env.telex([&["--ui-lang", "fr"], line].concat());
        assert_eq!(french.code, Some(2), "{french}");
        assert!(french.stderr.contains(want) && !french.stderr.contains("error"), "{line:?}: {french}");
        let english = env.telex([&["--ui-lang", "en"], line].concat());
        assert!(english.code == Some(2) && english.stderr.starts_with("error:"), "{english}");
    }
    let why = env.ok(["--ui-lang", "fr", "show", "wire.jsonl#k 1", "--why"]);
    assert!(
        why.contains("pourquoi") && why.contains("par métadonnées, confiance 1,00") && !why.contains("metadata"),
        "{why}"
    );
}
