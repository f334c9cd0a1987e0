//! How a query is typed never changes what it finds: the shape of apostrophes, composed or decomposed accents,
//! letter case, no-break spaces, soft hyphens. And what is a symbol is no word.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use telex::index::Index;
use telex::indexer::{self, IndexOptions, Observer};
use telex::query::{ParseOptions, parse};
use telex::search::{Matching, SearchRequest};
use unicode_normalization::UnicodeNormalization;

struct Silent;

impl Observer for Silent {}

/// Words of the articles below, some in other forms than there.
const WORDS: [&str; 16] = [
    "hermès",
    "société",
    "générale",
    "événement",
    "l'action",
    "d'euros",
    "licenciements",
    "résultats",
    "prud'hommes",
    "aujourd'hui",
    "bénéfice",
    "télévision",
    "marché",
    "œuvre",
    "journaux",
    "L'Oréal",
];

/// Articles that have some of the words, each in one of its spellings.
const ARTICLES: [&str; 10] = [
    "Hermès progresse\n\nLe titre Hermès gagne 3 % à l’ouverture du marché.",
    "Hermes\n\nHermes signe une œuvre, et son résultat monte d’un quart.",
    "Évènement\n\nL’évènement attire des marchés du monde entier, malgré un licenciement.",
    "Evenement\n\nUn evenement rare : les prud’hommes donnent raison au journal.",
    "L’événement du jour\n\nAujourd’hui, l'événement est à la télévision ; l’action recule.",
    "Société Générale\n\nLa Société Générale publie un bénéfice de 3 milliards d'euros.",
    "Societe Generale\n\nLes actions de la SOCIETE GENERALE montent aux prud'hommes.",
    "L’Oréal\n\nL’Oréal publie ses résultats aujourd'hui ; l'oeuvre de ses salariés.",
    "Les sociétés\n\nDes sociétés licencient, et leurs bénéfices sont dans le journal télévisé.",
    "Rien\n\nUne dépêche qui ne parle de rien du tout.",
];

/// Makes an index of articles, kept open while the tests run.
fn index(articles: &[&str]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    for (number, article) in articles.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.txt")), article).unwrap();
    }
    let place = folder.path().join(".telex");
    let options = IndexOptions::new(vec![folder.path().to_owned()], place.clone(), 1_760_000_000);
    indexer::run(&options, &Silent).unwrap();
    let index = Index::open(&place).unwrap();
    (folder, index)
}

static INDEX: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| index(&ARTICLES));

/// Returns what a query finds; without translations, for a capital may tell a name, which has none.
fn found_in(index: &Index, query: &str, matching: Matching) -> BTreeSet<String> {
    let parsed = parse(query, &ParseOptions::default()).unwrap_or_else(|error| panic!("{query}: {error}"));
    let request = SearchRequest { matching, limit: 100, lexicon: None, ..SearchRequest::new(parsed) };
    index.search(&request).unwrap().hits.into_iter().map(|hit| hit.id).collect()
}

fn found(query: &str, matching: Matching) -> BTreeSet<String> {
    found_in(&INDEX.1, query, matching)
}

/// Another way to type the same.
#[derive(Clone, Copy, Debug)]
enum Retyped {
    Apostrophe(char),
    Space(char),
    Decomposed,
    Composed,
    Upper,
    Lower,
    SoftHyphen(usize),
}

impl Retyped {
    fn apply(self, query: &str) -> String {
        match self {
            Retyped::Apostrophe(shape) => query.replace('\'', &shape.to_string()),
            Retyped::Space(space) => query.replace(' ', &space.to_string()),
            Retyped::Decomposed => query.nfd().collect(),
            Retyped::Composed => query.nfc().collect(),
            Retyped::Upper => query.to_uppercase(),
            Retyped::Lower => query.to_lowercase(),
            Retyped::SoftHyphen(at) => {
                // Within a word: between two letters.
                let letters: Vec<char> = query.chars().collect();
                let within: Vec<usize> = (1..letters.len())
                    .filter(|n| letters[n - 1].is_alphabetic() && letters[*n].is_alphabetic())
                    .collect();
                let cut = within[at % within.len()];
                letters[..cut].iter().chain(&['\u{ad}']).chain(&letters[cut..]).collect()
            }
        }
    }
}

fn retyped() -> impl Strategy<Value = Retyped> {
    prop_oneof![
        prop::sample::select(vec!['\'', '’', '‘', '‛', '′', '´', '`', 'ʼ', '＇']).prop_map(Retyped::Apostrophe),
        prop::sample::select(vec!['\u{a0}', '\u{202f}', '\u{2009}', '\u{3000}', '\t']).prop_map(Retyped::Space),
        Just(Retyped::Decomposed),
        Just(Retyped::Composed),
        Just(Retyped::Upper),
        Just(Retyped::Lower),
        (0usize..100).prop_map(Retyped::SoftHyphen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn how_a_query_is_typed_does_not_change_what_it_finds(
        words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..4),
        ways in prop::collection::vec(retyped(), 1..4),
        any: bool,
    ) {
        let matching = if any { Matching::Any } else { Matching::All };
        let query = words.join(" ");
        let typed = ways.iter().fold(query.clone(), |query, way| way.apply(&query));
        prop_assert_eq!(found(&typed, matching), found(&query, matching), "{} typed as {}", query, typed);
    }

    #[test]
    fn how_a_phrase_is_typed_does_not_change_what_it_finds(
        phrase in prop::sample::select(vec!["société générale", "milliards d'euros", "l'ouverture du marché", "publie ses résultats"]),
        ways in prop::collection::vec(retyped(), 1..4),
    ) {
        let typed = ways.iter().fold(phrase.to_owned(), |phrase, way| way.apply(&phrase));
        let (got, want) = (found(&format!("\"{typed}\""), Matching::All), found(&format!("\"{phrase}\""), Matching::All));
        prop_assert!(!want.is_empty());
        prop_assert_eq!(got, want, "{} typed as {}", phrase, typed);
    }

}

// An index a case.
proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn how_an_article_is_written_does_not_change_what_finds_it(
        at in 0..ARTICLES.len(),
        ways in prop::collection::vec(retyped(), 1..4),
    ) {
        // A line end is no space.
        let rewritten = |part: &str| ways.iter().fold(part.to_owned(), |part, way| way.apply(&part));
        let (headline, body) = ARTICLES[at].split_once("\n\n").unwrap();
        let article = format!("{}\n\n{}", rewritten(headline), rewritten(body));
        let (_folder, index) = index(&[&article]);
        for word in WORDS {
            let want = found(word, Matching::All).contains(&format!("{at}.txt"));
            prop_assert_eq!(!found_in(&index, word, Matching::All).is_empty(), want, "{} in {}", word, article);
        }
    }

    #[test]
    fn a_symbol_is_never_a_word(
        texts in prop::collection::vec(prop::sample::select(vec![
            "J'ai vu", "je n'ai rien", "AI en tête", "Ai-je bien lu", "l'ai", "intelligence artificielle (AI)",
        ]), 1..4),
        typed in prop::sample::select(vec!["ticker:AI", "ticker:ai", "ticker:\"AI\"", "$AI"]),
    ) {
        let about = format!("Des mots\n\n{}. Le titre Air Liquide (Euronext Paris : AI) monte.", texts.join(", "));
        let words = format!("Des mots\n\n{}.", texts.join(", "));
        let (_folder, index) = index(&[&about, &words]);
        prop_assert_eq!(found_in(&index, typed, Matching::All), BTreeSet::from(["0.txt".to_owned()]));
    }
}

#[test]
fn spellings_of_one_word_meet() {
    for (spellings, count) in [
        (&["hermès", "hermes", "HERMÈS", "Hermes"][..], 2),
        (&["évènement", "événement", "evenement", "Événement", "évenement"], 3),
        (&["société générale", "societe generale", "Société Generale", "SOCIÉTÉ GÉNÉRALE"], 2),
        (&["l'oréal", "L’Oréal", "loreal", "L'OREAL", "L'Oreal"], 1),
        (&["œuvre", "oeuvre", "OEUVRE", "Œuvre"], 2),
    ] {
        let want = found(spellings[0], Matching::All);
        assert_eq!(want.len(), count, "{}: {want:?}", spellings[0]);
        for spelling in spellings {
            assert_eq!(found(spelling, Matching::All), want, "{spelling}");
        }
    }
}
