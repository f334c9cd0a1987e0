//! The command line: what begins with a dash, flags that clash, flags and the fields that say the same.

use crate::output::small;
use crate::testenv::TestEnv;

/// Two articles in each language, of publishers of their own.
fn press() -> TestEnv {
    let env = TestEnv::new();
    let record = |lang: &str, source: &str| {
        format!("{{\"title\":\"A quartz\",\"body\":\"The quartz\",\"lang\":\"{lang}\",\"source\":\"{source}\"}}\n")
    };
    let records = [("fr", "Halden Presse"), ("en", "Nordwire"), ("de", "Fluss, Land")];
    env.write("a.jsonl", records.map(|(lang, source)| record(lang, source)).concat());
    env.ok(["index", "."]);
    env
}

#[test]
fn what_may_be_an_option_or_a_word_to_exclude_is_refused() {
    let env = small();
    for (line, meant) in [
        (&["search", "-lang", "fr", "kering"][..], "--lang"),
        (&["search", "kering", "-json"], "--json"),
        (&["search", "kering", "-since=2025"], "--since=2025"),
        (&["search", "kering", "-quiet"], "--quiet"),
        (&["facets", "lang", "-qkering"], "-q kering"),
        (&["facets", "lang", "-by", "month"], "--by"),
        (&["explain", "-no-xlang"], "--no-xlang"),
        (&["saved", "add", "name", "kering", "-replace"], "--replace"),
    ] {
        let told = env.telex(line);
        assert!(told.code == Some(2) && told.stderr.contains(&format!("'{meant}'")), "{line:?}: {told}");
        let word = line.iter().find(|word| word.starts_with('-')).unwrap();
        let exclusion = format!("write `NOT {}`, or put `{word}` after `--`", &word[1..]);
        assert!(told.stderr.contains(&exclusion), "{line:?}: {told}");
        let french = env.telex([&["--ui-lang", "fr"], line].concat());
        assert!(french.stderr.contains(&format!("vouliez-vous dire `{meant}`")), "{french}");
        assert!(french.stderr.contains("pour exclure le mot, écrivez `NOT"), "{french}");
    }
    for line in [
        &["search", "kering", "-quartz", "-Lang", "-langue"][..],
        &["search", "kering", "--", "-lang", "-json"],
        &["facets", "lang", "-q=kering"],
        &["facets", "lang", "-q", "kering"],
        &["facets", "lang", "-q", "-lang"],
        &["facets", "lang", "kering", "NOT", "qkering"],
    ] {
        assert_eq!(env.telex(line).code, Some(0), "{line:?}");
    }
    let counts = |line: &[&str]| env.json([line, &["--json"]].concat()).remove(0)["total"].clone();
    assert_eq!(counts(&["facets", "lang", "-q=boeing"]), counts(&["facets", "lang", "--query=boeing"]));
}

#[test]
fn counts_are_refused_where_they_have_no_room() {
    let env = small();
    for format in telex::render::FORMATS {
        let outcome = env.telex(["search", "kering", "--facet", "lang", "--format", format.name]);
        let has_room = matches!(format.name, "text" | "json" | "jsonl");
        assert_eq!(outcome.code, Some(if has_room { 0 } else { 2 }), "{}: {outcome}", format.name);
        assert_eq!(outcome.stdout.contains("lang"), has_room, "{}: {outcome}", format.name);
    }
}

#[test]
fn a_flag_means_what_its_field_means() {
    let env = press();
    let found = |line: &[&str]| {
        let mut ids = env.ids_with(line);
        ids.sort();
        ids
    };
    for (flags, query, count) in [
        (&["--lang", "fr,en"][..], "lang:fr,en", 2),
        (&["--lang", "fr", "--lang", "en"], "lang:fr,en", 2),
        (&["--source", "Nordwire"], "source:nordwire", 1),
        (&["--ticker", " \"QZTX\""], "ticker:QZTX", 0),
        (&["--ticker", "QZTX,MC.PA@main"], "ticker:(QZTX OR MC.PA@main)", 0),
        (&["--source", "Halden Presse,Nordwire"], "source:\"Halden Presse\",Nordwire", 2),
        (&["--source", "\"Fluss, Land\",Nordwire"], "source:\"Fluss, Land\",Nordwire", 2),
        (&["--source", "Nordwire", "--source", "Halden Presse"], "source:(Nordwire OR \"Halden Presse\")", 2),
    ] {
        let by_flag = found(&[&["quartz"], flags].concat());
        assert_eq!((by_flag.len(), &by_flag), (count, &found(&["quartz", query])), "{flags:?} {query}");
    }
    for refused in [&["--source", "Halden*"][..], &["source:Halden*"], &["--source", ""], &["--lang", "fr,xx"]] {
        assert_eq!(env.telex([&["search", "quartz"], refused].concat()).code, Some(2), "{refused:?}");
    }
}

#[test]
fn a_name_of_a_facet_is_one_in_either_case_and_language() {
    let env = small();
    let plain = env.ok(["facets", "lang"]);
    for name in ["LANG", "Lang", "langue", "LANGUE"] {
        assert_eq!(env.ok(["facets", name]), plain, "{name}");
    }
    assert_eq!(env.ok(["facets", "Words", "kering"]), env.ok(["facets", "mots", "kering"]));
    let told = env.telex(["facets", "colour", "--ui-lang", "fr"]);
    assert!(told.stderr.contains("langue") && told.stderr.contains("mois"), "{told}");
}

#[test]
fn a_refused_value_is_told_in_french() {
    let env = small();
    for (line, want) in [
        (&["search", "x", "--lang", "xx"][..], "langue inconnue `xx`"),
        (&["search", "x", "-n", "ten"], "il faut un nombre entier"),
        (&["search", "x", "--recent", "soon"], "une demi-vie est un nombre"),
        (&["index", ".", "--threads", "0"], "de 1 à 256"),
        (&["index", ".", "--memory", "lots"], "une taille est un nombre"),
        (&["index", ".", "--wait", "long"], "une durée est un nombre"),
        (&["facets", "lang", "--separator", "ab"], "un séparateur est un seul signe"),
        (&["doctor", "nowhere"], "fichier ou dossier introuvable"),
    ] {
        let told = env.telex([line, &["--ui-lang", "fr"]].concat());
        assert!(told.code == Some(2) && told.stderr.contains(want), "{line:?}: {told}");
    }
}
