//! To the other language and back: what a translation finds, what it yields to, and what turns it off.

use crate::testenv::TestEnv;

/// An index of these English articles, each a name and a text.
fn english(articles: &[(&str, &str)]) -> TestEnv {
    let env = TestEnv::new();
    for (name, text) in articles {
        let record = serde_json::json!({ "title": "Market news", "text": text, "date": "2025-03-04", "lang": "en" });
        env.write(&format!("{name}.json"), record.to_string());
    }
    env.ok(["index", "."]);
    env
}

const ARTICLES: &[(&str, &str)] = &[
    ("buyback", "The insurer announced a share buyback of two billion euros, to begin in May and to end a year later."),
    (
        "action",
        "Lawyers filed a class action against the camera maker over its lenses; the action is the first of its kind.",
    ),
    ("suit", "A second class action was brought in Ohio, where the judge had refused an action of the same sort."),
    ("court", "The court joined the class action with two others, since every action names the same three directors."),
    ("takeover", "The takeover of the bank, a takeover long awaited, is a takeover in name only."),
    ("weather", "Rain fell over the city for the third day in a row, and the river rose by a metre."),
];

#[test]
fn a_term_goes_before_its_words_one_by_one() {
    let env = english(ARTICLES);
    for flags in [&[][..], &["--lang", "en"]] {
        let ids = env.ids_with(&[&["rachat d'actions", "--any"], flags].concat());
        assert_eq!(ids.first().map(String::as_str), Some("buyback.json"), "{flags:?}: {ids:?}");
    }
}

#[test]
fn entries_of_ones_own_are_looked_for_and_may_be_turned_off() {
    let env = english(ARTICLES);
    env.write("own.toml", "[[entry]]\nen = [\"third day in a row\"]\nfr = \"troisième jour d'affilée\"\n");
    let phrase = "\"troisième jour d'affilée\"";
    assert!(env.ids(phrase).is_empty());
    assert_eq!(env.ids_with(&[phrase, "--lexicon", "own.toml"]), ["weather.json"]);
    let told = env.telex(["search", phrase, "--lexicon", "own.toml"]);
    assert!(told.stderr.contains("also searched: third day in a row"), "{told}");
    assert!(env.ids_with(&[phrase, "--lexicon", "own.toml", "--no-xlang"]).is_empty());
    let from_environment =
        env.command(["search", phrase, "--format", "paths"]).env("TELEX_LEXICON", "own.toml").output();
    assert_eq!(String::from_utf8(from_environment.unwrap().stdout).unwrap(), "weather.json\n");
    env.write("wrong.toml", "[[entry]]\nen = [\"third day\"]\n");
    for (file, code) in [("wrong.toml", 2), ("nowhere.toml", 5)] {
        let outcome = env.telex(["search", phrase, "--lexicon", file]);
        assert_eq!(outcome.code, Some(code), "{outcome}");
        assert!(outcome.stderr.contains(file), "{outcome}");
    }
}

#[test]
fn similar_articles_are_looked_for_in_both_languages_or_in_one() {
    let env = english(ARTICLES);
    env.write(
        "fr.txt",
        "Le rachat\n\nL'assureur annonce un rachat ; le rachat de la compagnie commence, dit l'assureur.\n",
    );
    env.ok(["index", "."]);
    let similar = |flags: &[&str]| {
        let outcome = env.telex([&["similar", "fr.txt", "--format", "paths"], flags].concat());
        outcome.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(similar(&[]).contains(&"takeover.json".to_owned()), "{:?}", similar(&[]));
    assert!(!similar(&["--no-xlang"]).contains(&"takeover.json".to_owned()));
    env.write("own.toml", "[[entry]]\nen = \"rain\"\nfr = \"assureur\"\n");
    assert!(!similar(&[]).contains(&"weather.json".to_owned()));
    assert!(similar(&["--lexicon", "own.toml"]).contains(&"weather.json".to_owned()));
}

#[test]
fn the_plural_of_a_headword_means_what_its_singular_means_too() {
    // `résultats` is a headword by itself; `outcome` is said of `résultat`.
    let env = english(&[("vote", "The outcome of the vote surprised the committee and its president on Monday.")]);
    assert_eq!(env.ids("résultats"), ["vote.json"]);
    assert_eq!(env.ids("résultat"), ["vote.json"]);
}

#[test]
fn each_language_counts_what_its_own_filter_finds() {
    let env = TestEnv::new();
    env.write("a.txt", "Le brut recule\n\nLe pétrole a perdu du terrain, et le pétrole lourd plus encore.\n");
    env.write("b.txt", "Crude slips\n\nThe price of oil fell on the day, and heavy oil with it.\n");
    env.write("c.txt", "Oil again\n\nThe oil of the North Sea is sold at a discount to all of the others.\n");
    env.ok(["index", "."]);
    let count = |query: &str| {
        let facets = &env.json(["facets", "lang", "-q", query, "--json"])[0];
        let values = facets["facets"][0]["values"].as_array().unwrap();
        values
            .iter()
            .map(|value| format!("{} {}", value["value"].as_str().unwrap(), value["count"]))
            .collect::<Vec<_>>()
    };
    for query in ["oil", "oil lang:fr", "oil lang:en", "pétrole lang:fr", "pétrole lang:en"] {
        assert_eq!(count(query), ["en 2", "fr 1"], "{query}");
    }
}
