//! Words, phrases and tickers find their articles, however they are typed; what is lit is what matched.

use serde_json::Value;

use crate::testenv::{TestEnv, slice};

/// A plain text as agencies send them: typographic apostrophes, codes in brackets, and a tail that is
/// no part of the news.
const DISPATCH: &str = "\
Cisco prévoit de supprimer 640 postes dans sa division sécurité

SAN FRANCISCO, 12 mars 2025 – L’équipementier américain Cisco (NASDAQ:CSCO) a prévenu mercredi ses salariés d’une \
nouvelle vague de départs. D’après une note interne, 640 cadres seront licenciés d’ici à l’été dans la division \
sécurité, qu’il avait pourtant renforcée l’an dernier.

« La société change de métier », explique sa direction, pour qui l’intelligence artificielle écrit déjà le quart du \
code. Intel (NASDAQ:INTC), Oracle (NYSE:ORCL) et IBM (NYSE:IBM) ont annoncé des licenciements du même ordre.

Lecture suivante : faut-il encore acheter Nvidia (NASDAQ:NVDA) ?

Avis de non-responsabilité : cet article n’est pas un conseil en investissement.

Image via Shutterstock
";

const PICTURES: &str = "\
Shutterstock relève ses prévisions pour 2025

NEW YORK, 6 mai 2025 – La banque d’images Shutterstock (NYSE:SSTK) attend un chiffre d’affaires en hausse de 9 % \
cette année. Le titre Shutterstock gagnait 4 % à la mi-séance.
";

fn dispatches() -> TestEnv {
    let env = TestEnv::new();
    env.write("cisco.txt", DISPATCH);
    env.write("pictures.txt", PICTURES);
    env.ok(["index", "."]);
    env
}

#[test]
fn a_dispatch_is_read_as_a_person_reads_it() {
    let env = dispatches();
    let article = env.json(["show", "cisco.txt", "--json"]).remove(0);
    assert_eq!(article["headline"], "Cisco prévoit de supprimer 640 postes dans sa division sécurité");
    assert_eq!((&article["lang"], &article["date"]), (&"fr".into(), &"2025-03-12".into()));
    let tickers = article["tickers"].as_array().unwrap().iter();
    let tickers: Vec<String> = tickers.map(|t| format!("{}:{}", t["mic"], t["symbol"]).replace('"', "")).collect();
    assert_eq!(tickers, ["XNAS:CSCO", "XNAS:INTC", "XNYS:ORCL", "XNYS:IBM"]);
}

#[test]
fn a_dispatch_is_found_by_what_people_type() {
    let env = dispatches();
    for query in [
        "licenciement",
        "licenciements",
        "licencies",
        "licencié",
        "licencier",
        "\"division sécurité\"",
        "\"division securite\"",
        "« division sécurité »",
        "“division sécurité”",
        "\"DIVISION SÉCURITÉ\"",
        "l'intelligence artificielle",
        "l’intelligence artificielle",
        "\"l'intelligence artificielle\"",
        "societe",
        "SOCIÉTÉ",
        "société intelligence licenciement",
        "ticker:CSCO",
        "ticker:NASDAQ:CSCO",
        "ticker:\"NASDAQ: CSCO\"",
        "NASDAQ:CSCO",
        "$CSCO",
        "ticker:CSCO.O",
        "ticker:NYSE:IBM",
        "ticker:AMZN,IBM",
        "équipementier -dividende",
        "title:supprimer body:licenciements",
        "date:2025-03-12 lang:fr",
        "path:cisco.txt",
    ] {
        assert_eq!(env.ids(query), ["cisco.txt"], "{query}");
    }
}

#[test]
fn a_tail_yields_no_ticker_and_ranks_last() {
    let env = dispatches();
    assert!(env.ids("ticker:NVDA").is_empty());
    assert_eq!(env.ids("Shutterstock").first().map(String::as_str), Some("pictures.txt"));
    assert!(env.ok(["show", "cisco.txt"]).contains("Image via Shutterstock"), "the tail is shown all the same");
    for query in ["\"division cloud\"", "ticker:LSE:CSCO", "ticker:XPAR:IBM", "lang:en cisco", "title:intelligence"] {
        assert!(!env.ids(query).contains(&"cisco.txt".to_owned()), "{query}");
    }
}

/// Articles in which the same words are written in different ways.
fn spelled() -> TestEnv {
    let env = TestEnv::new();
    for (name, text) in [
        ("curly.txt", "L’Oréal s’envole\n\nL’action de L’Oréal gagne 5 % aujourd’hui, d’après l’agence.\n"),
        ("straight.txt", "L'Oréal s'envole\n\nL'action de L'Oréal gagne 5 % aujourd'hui, d'après l'agence.\n"),
        ("capitals.txt", "L’ORÉAL S’ENVOLE\n\nL’ACTION DE L’ORÉAL GAGNE 5 % AUJOURD’HUI, D’APRÈS L’AGENCE.\n"),
        (
            "decomposed.txt",
            "L’Ore\u{301}al s’envole\n\nL’action de L’Ore\u{301}al gagne 5 % aujourd’hui, d’apre\u{300}s l’agence.\n",
        ),
        (
            "spaces.txt",
            "L’Oréal s’envole\n\nL’action\u{a0}de L’Oréal gagne 5\u{202f}% aujourd’hui,\u{a0}d’après l’agence.\n",
        ),
        (
            "hyphens.txt",
            "L’Oréal s’envole\n\nL’ac\u{ad}tion de L’Oréal ga\u{ad}gne 5 % aujour\u{ad}d’hui, d’après l’agence.\n",
        ),
        ("other.txt", "Le taux du jour\n\nRien de neuf sur le marché.\n"),
    ] {
        env.write(name, text);
    }
    env.ok(["index", "."]);
    env
}

#[test]
fn every_spelling_of_a_query_finds_every_spelling_of_a_text() {
    let env = spelled();
    for spellings in [
        &["l'action", "l’action", "L'ACTION", "action", "l'ac\u{ad}tion", "l`action", "lʼaction"][..],
        &["L'Oréal", "L’Oréal", "l'oreal", "L’ORE\u{301}AL", "oréal", "loreal"],
        &["aujourd'hui", "aujourd’hui", "AUJOURD'HUI", "aujour\u{ad}d'hui"],
        &[
            "\"action de l'Oréal\"",
            "\"l’action de L’Ore\u{301}al\"",
            "\"ACTION\u{a0}DE L'OREAL\"",
            "« action de l’Oréal »",
        ],
        &["\"5 %\"", "\"5%\"", "\"5\u{a0}%\"", "\"5\u{202f}%\""],
        &["d'après l'agence", "d’après\u{a0}l’agence", "apres agence"],
    ] {
        for spelling in spellings {
            let mut found = env.ids(spelling);
            found.sort();
            let want = ["capitals.txt", "curly.txt", "decomposed.txt", "hyphens.txt", "spaces.txt", "straight.txt"];
            assert_eq!(found, want, "{spelling}");
        }
    }
}

#[test]
fn spellings_that_differ_in_nothing_but_their_bytes_rank_the_same() {
    let env = spelled();
    for (left, right) in [
        ("l'action", "l’action"),
        ("L'Oréal", "L’Ore\u{301}al"),
        ("aujourd'hui gagne", "aujourd’hui\u{a0}gagne"),
        ("ac\u{ad}tion", "action"),
        ("\"5 %\"", "\"5\u{202f}%\""),
    ] {
        let [left, right] = [left, right].map(|query| env.ok(["search", "--all", "--json", query]));
        let hits = |out: &str| out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>();
        assert_eq!(hits(&left), hits(&right));
    }
}

/// Returns every lit piece of a hit, those of the headline first.
fn lit(hit: &Value) -> Vec<String> {
    let pieces = |text: &Value, ranges: &Value| -> Vec<String> {
        let text = text.as_str().unwrap();
        let ranges = ranges.as_array().unwrap().iter();
        ranges.map(|range| slice(text, range[0].as_u64().unwrap(), range[1].as_u64().unwrap())).collect()
    };
    let mut all = pieces(&hit["headline"], &hit["headline_lit"]);
    for snippet in hit["snippets"].as_array().unwrap() {
        all.extend(pieces(&snippet["text"], &snippet["lit"]));
    }
    all
}

#[test]
fn only_what_matched_is_lit() {
    let env = TestEnv::new();
    env.write(
        "taux.txt",
        "Le taux de change inquiète\n\nLe taux directeur reste à 2 %. Le taux de change de l’euro monte, et le change \
         pèse. L’acquisition du groupe acquis en mai n’est pas un taux.\n",
    );
    env.write(
        "licence.txt",
        "Nokia cède une licence\n\nNokia licenciera 90 salariés. Les licenciés touchent l’an prochain.\n",
    );
    env.ok(["index", "."]);
    for (query, want) in [
        ("\"taux de change\"", &["taux de change", "taux de change"][..]),
        ("\"taux direc*\"", &["taux directeur"]),
        ("acqui*", &["acquisition", "acquis"]),
        ("l'acquisition", &["acquisition"]),
        ("change -dollar", &["change", "change", "change"]),
        ("title:change", &["change"]),
        ("taux AND euro", &["taux", "taux", "taux", "euro", "taux"]),
        ("licencier", &["licenciera", "licenciés"]),
        ("=\"licenciés\"", &["licenciés"]),
        ("lang:fr nokia", &["Nokia", "Nokia"]),
    ] {
        let hits = env.json(["search", "--json", "--all", "-n", "1", query]);
        assert_eq!(lit(&hits[0]), want, "{query}: {}", hits[0]);
    }
}

#[test]
fn the_boolean_operators_say_what_they_say() {
    let env = TestEnv::new();
    for (name, words) in [("ab", "quartz basalt"), ("a", "quartz"), ("b", "basalt"), ("c", "granite marble")] {
        env.write(&format!("{name}.txt"), format!("A headline\n\nToday: {words}.\n"));
    }
    env.ok(["index", "."]);
    for (query, want) in [
        ("quartz basalt", "ab"),
        ("quartz AND basalt", "ab"),
        ("quartz ET basalt", "ab"),
        ("quartz && basalt", "ab"),
        ("quartz OR basalt", "a ab b"),
        ("quartz OU basalt", "a ab b"),
        ("quartz || granite", "a ab c"),
        ("quartz -basalt", "a"),
        ("quartz NOT basalt", "a"),
        ("quartz SAUF basalt", "a"),
        ("quartz !basalt", "a"),
        ("-quartz", "b c"),
        ("NOT (quartz OR basalt)", "c"),
        ("* -granite", "a ab b"),
        ("*", "a ab b c"),
        ("quartz basalt OR granite marble", "ab c"),
        ("(quartz OR granite) AND (basalt OR marble)", "ab c"),
        ("NOT NOT quartz", "a ab"),
        // In small letters they are words, and words as common as these do not decide.
        ("quartz and basalt", "ab"),
        ("quartz and granite", ""),
        ("bas*", "ab b"),
        ("\"quartz basalt\"", "ab"),
        ("\"basalt quartz\"", ""),
        ("\"granite mar*\"", "c"),
        ("path:a.txt OR path:b.txt", "a b"),
        ("path:*b.txt", "ab b"),
    ] {
        let mut found: Vec<String> = env.ids(query).iter().map(|id| id.replace(".txt", "")).collect();
        found.sort();
        assert_eq!(found.join(" "), want, "{query}");
    }
}

#[test]
fn every_word_or_any_or_any_when_there_is_no_other_way() {
    let env = TestEnv::new();
    env.write("one.txt", "A headline\n\nToday: quartz basalt.\n");
    env.write("two.txt", "A headline\n\nToday: quartz.\n");
    env.ok(["index", "."]);
    let found = |args: &[&str]| {
        let outcome = env.telex(["search", "--format", "paths"].iter().chain(args));
        (outcome.code, outcome.stdout.lines().count(), outcome.stderr)
    };
    let nothing = String::new;
    assert_eq!(found(&["quartz basalt"]), (Some(0), 1, nothing()));
    assert_eq!(found(&["quartz basalt", "--any"]), (Some(0), 2, nothing()));
    let (code, hits, told) = found(&["quartz granite"]);
    assert_eq!((code, hits), (Some(0), 2));
    assert!(told.contains("no article has every word; these have at least one"), "{told}");
    assert!(told.contains("no article has `granite`"), "{told}");
    let (code, hits, told) = found(&["quartz granite", "--all"]);
    assert_eq!((code, hits), (Some(1), 0));
    assert!(!told.contains("at least one"), "{told}");
    // Excluding and requiring stay what they are when any word will do.
    assert_eq!(found(&["quartz basalt -basalt", "--any"]).1, 1);
    assert_eq!(found(&["quartz +basalt", "--any"]).1, 1);
    // Quiet is quiet, but for what a script must know.
    assert_eq!(env.ok(["index", ".", "--full", "--quiet"]), "");
    let relaxed = "no article has every word; these have at least one\n".to_owned();
    assert_eq!(found(&["quartz granite", "--quiet"]), (Some(0), 2, relaxed));
    assert_eq!(found(&["quartz", "--quiet"]).2, nothing());
}

#[test]
fn where_any_word_will_do_two_of_them_come_before_one_of_them_often() {
    let env = TestEnv::new();
    let filler = "Rien de plus ce lundi à la mairie du port. ".repeat(12);
    env.write("often.txt", format!("Une note\n\n{filler}Tout est doré, si doré, trop doré. {filler}\n"));
    env.write("both.txt", format!("Une note\n\n{filler}Le conseil parle des parachutes dorés. {filler}\n"));
    (0..20).for_each(|n| drop(env.write(&format!("other-{n}.txt"), format!("Une note\n\n{filler}{n}\n"))));
    env.ok(["index", "."]);
    let first = env.json(["search", "Zorvane parachute doré", "--no-xlang", "--json"]).remove(0);
    assert_eq!(first["id"], "both.txt");
}

#[test]
fn a_question_asks_for_its_verb_and_not_for_the_pronoun_behind_it() {
    let env = TestEnv::new();
    env.write("a.txt", "Une note\n\nLe ministre Zorvane recule sur les prix, qui augmentent.\n");
    env.write("b.txt", "Une note\n\nLe rendez-vous de Kestwick est fixé ; rendez le dossier.\n");
    env.ok(["index", "."]);
    for (query, want) in [
        ("pourquoi Zorvane recule-t-il ?", 1),
        ("les prix augmentent-ils", 1),
        ("\"recule-t-il\"", 0),
        ("rendez-vous Kestwick", 1),
        ("rendez-vous dossier Zorvane", 0),
    ] {
        assert_eq!(env.ids(query).len(), want, "{query}");
    }
}

#[test]
fn the_first_command_of_the_readme_finds_the_licenciements() {
    let env = TestEnv::new();
    env.copy_sample();
    let outcome = env.telex(["search", "licenciements", "--in", "sample_corpus", "--json"]);
    let ids: Vec<String> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    insta::assert_snapshot!(ids.join("\n"), @"
    fr/nestle-sieges.json
    fr/revue-de-presse.jsonl#qm-3101
    fr/prudhommes-carrefour.md
    fr/ubs-utf16le.txt
    fr/transcontinental-crlf.txt
    fr/atos-alerte-echappement.txt
    fr/societe-generale-iso8859-15.txt
    fr/sanofi-recherche.txt
    fr/2024-01-18-orange-reseaux.txt
    en/farm-belt-drought.txt
    ");
    // From within the folder the index is found.
    let mut inside = env.command(["search", "licenciements", "--json"]);
    let inside = crate::testenv::Outcome::of(inside.current_dir(env.path("sample_corpus/fr")));
    assert_eq!(inside.stdout, outcome.stdout);
}

#[test]
fn compounds_are_found_joined_and_parted() {
    let env = TestEnv::new();
    for (name, text) in [
        ("parted", "Le e-commerce et la sous-performance : Covid-19, CAC 40, L’Oréal."),
        ("joined", "Le ecommerce et la sousperformance : Covid19, CAC40, Loreal."),
        ("glued", "Fin des vacances.Le commerce reprend."),
    ] {
        env.write(&format!("{name}.txt"), format!("Une dépêche\n\n{text}\n"));
    }
    env.ok(["index", "."]);
    for query in [
        "e-commerce",
        "ecommerce",
        "sous-performance",
        "sousperformance",
        "Covid-19",
        "covid19",
        "covid 19",
        "CAC 40",
        "cac40",
        "CAC-40",
        "L'Oréal",
        "loreal",
        "l’oréal",
    ] {
        for flags in [&["--no-xlang"][..], &["--no-xlang", "--any"], &[], &["--any"]] {
            let ids = env.ids_with(&[&[query], flags].concat());
            let both = ["joined.txt", "parted.txt"].iter().all(|id| ids.contains(&id.to_string()));
            assert!(both, "{query} {flags:?}: {ids:?}");
        }
    }
    assert_eq!(env.ids("vacances"), ["glued.txt"]);
    assert_eq!(env.ids("\"vacances le\""), ["glued.txt"]);
}

#[test]
fn what_is_typed_as_one_stays_whole_where_no_article_has_every_word() {
    let env = TestEnv::new();
    for (name, text) in [
        ("a.txt", "Hausse\n\nLe titre gagne 3 % à Londres.\n"),
        ("b.txt", "Effectif\n\nLes 3 usines du groupe tournent.\n"),
        ("c.txt", "Porte-parole\n\nUn porte-parole a confirmé.\n"),
        ("d.txt", "Porte\n\nLa porte est close, la parole est d’or.\n"),
    ] {
        env.write(name, text);
    }
    env.ok(["index", "."]);
    for (query, want) in [("3 % zorvane", "a.txt"), ("porte-parole zorvane", "c.txt")] {
        for line in [&["search", query, "--format", "json"][..], &["explain", query, want, "--json"]] {
            let answer = &env.json(line)[0];
            assert_eq!(answer["total"], 1, "{query}: {answer}");
        }
        assert_eq!(env.ids(query), [] as [&str; 0], "{query}");
    }
}
