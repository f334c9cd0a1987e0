//! What is lit, and nothing else: texts with all that trips a highlighter up, shown as HTML, and the offsets in
//! JSON, which must lead to the same words in the extract and in the article.

use serde_json::Value;

use crate::testenv::{TestEnv, slice};

fn news() -> TestEnv {
    let env = TestEnv::new();
    let long = "mot ".repeat(3_000);
    for (name, text) in [
        (
            "accents.txt",
            "L’été du marché\n\nL’action d’Émile & Fils monte <très> vite. Le taux baisse. Les taux directeurs de la BCE \
             restent à 2,5 %, dit-il ; l'ACTION recule ensuite.\n",
        ),
        (
            "nfd.txt",
            "Le marche\u{301} hésite\n\nLe marche\u{301} des actions 🚀🚀 recule de 8 % 👩‍💻 ; le taux directeur attend.\n",
        ),
        (
            "rtl.txt",
            "Une action à Tel-Aviv\n\nLa société שלום עולם a vu son action \u{202b}عربي\u{202c} monter de 1,2 milliard d'euros.\n",
        ),
        ("long.txt", &format!("Une très longue ligne\n\n{long}zorvane action {long}fin.\n")),
        (
            "english.txt",
            "Share buyback at Halden\n\nThe company announced a share buyback of €1.2 billion. Layoffs will follow.\n",
        ),
        (
            "lead.txt",
            &format!(
                "Ventes de Halden\n\nLe dividende de Halden progresse de 2.5% sur un an, selon un communiqué publié lundi matin \
                 par le groupe avant la Bourse.\n\n{}Le dividende sera versé en juin.\n",
                "Rien de plus. ".repeat(30)
            ),
        ),
    ] {
        env.write(name, text);
    }
    env.ok(["index", "."]);
    env
}

const QUERIES: &[&str] = &[
    "action lang:fr",
    "=été",
    "marché",
    "\"taux direct*\"",
    "tauxs~1",
    "taux NEAR/4 BCE",
    "taux W/S dit",
    "2.5%",
    "pct:2..3",
    "amount:>1bn€",
    "1,2 milliard d'euros",
    "zorvane",
    "title:halden",
    "lead:dividende",
    "\"rachat d'actions\"",
    "licenciements",
    "Émile",
    "monter -taux lang:fr",
];

#[test]
fn what_matched_is_marked() {
    let env = news();
    let mut shown = String::new();
    for query in QUERIES {
        let html = env.telex(["search", query, "--all", "--format", "html"]).stdout;
        shown += &format!("=== {query}\n");
        // The facts and the tags around are the same throughout.
        let tags = ["<section", "<article", "</article", "</section", "<p class"];
        html.lines().filter(|line| !tags.iter().any(|tag| line.starts_with(tag))).for_each(|line| {
            // Where a title leads depends on the machine.
            let link = line.find("<a href").zip(line.find("\">"));
            shown += &link.map_or(line.to_owned(), |(from, to)| format!("{}<a>{}", &line[..from], &line[to + 2..]));
            shown.push('\n');
        });
    }
    insta::assert_snapshot!("marked", shown);
}

#[test]
fn offsets_lead_to_the_same_words_in_extract_and_article() {
    let env = news();
    let mut checked = 0;
    for query in QUERIES {
        let outcome = env.telex(["search", query, "--all", "--json"]);
        for hit in outcome.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            let id = hit["id"].as_str().unwrap();
            let article = env.json(["show", id, "--json"]).remove(0);
            let body = article["body"].as_str().unwrap();
            let headline = hit["headline"].as_str().unwrap();
            for lit in hit["headline_lit"].as_array().unwrap() {
                assert!(!slice(headline, lit[0].as_u64().unwrap(), lit[1].as_u64().unwrap()).trim().is_empty());
            }
            for snippet in hit["snippets"].as_array().unwrap() {
                let text = snippet["text"].as_str().unwrap();
                let (offset, byte) = (snippet["offset"].as_u64().unwrap(), snippet["byte_offset"].as_u64().unwrap());
                assert_eq!(slice(body, offset, offset + text.chars().count() as u64), text, "{query} in {id}");
                assert_eq!(&body[byte as usize..byte as usize + text.len()], text, "{query} in {id}");
                for lit in snippet["lit"].as_array().unwrap() {
                    let (from, to) = (lit[0].as_u64().unwrap(), lit[1].as_u64().unwrap());
                    let word = slice(text, from, to);
                    assert_eq!(slice(body, offset + from, offset + to), word, "{query} in {id}");
                    // No article, apostrophe or space at the edge of what is lit.
                    let edge =
                        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "€%".contains(c) || c == '\u{301}');
                    assert!(
                        edge(word.chars().next()) && edge(word.chars().next_back()),
                        "{query} lit {word:?} in {id}"
                    );
                    checked += 1;
                }
            }
        }
    }
    assert!(checked >= 20, "only {checked} lights");
}

#[test]
fn without_a_word_the_company_asked_for_is_lit() {
    let env = TestEnv::new();
    let body =
        format!("{}Puis Siemens (SIE.DE) gagne un marché. {}", "Rien de neuf. ".repeat(40), "La suite. ".repeat(40));
    env.write("a.txt", format!("Le rail en Europe\n\n{body}\n"));
    env.ok(["index", "."]);
    for (query, want) in [
        ("ticker:SIE", "Siemens"),
        ("company:Siemens lang:fr", "Siemens"),
        ("title:rail ticker:SIE", "Siemens"),
        ("marché ticker:SIE", "marché"),
    ] {
        let hit = env.json(["search", query, "--json"]).remove(0);
        let snippet = &hit["snippets"][0];
        let lit = |at: usize| snippet["lit"][0][at].as_u64().unwrap();
        assert_eq!(slice(snippet["text"].as_str().unwrap(), lit(0), lit(1)), want, "{query}");
    }
}
