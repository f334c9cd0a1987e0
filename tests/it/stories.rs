//! Copies of one story are one hit, however they were edited and in whatever order they came.

use serde_json::Value;

use crate::testenv::{Outcome, Random, TestEnv};

/// Returns sentences that are the same for the same seed, and for no other.
fn sentences(seed: u64, count: usize) -> Vec<String> {
    let words = [
        "groupe", "marché", "usine", "contrat", "hausse", "zorvane", "marge", "client", "banque", "dette", "titre",
        "séance", "vente", "produit", "région", "accord", "salaire", "emploi", "budget", "action",
    ];
    let mut random = Random::new(seed);
    let sentence = |random: &mut Random| {
        let words: Vec<&str> = (0..9).map(|_| random.pick(&words)).collect();
        format!("Le {} reste {}.", words.join(" "), random.below(1000))
    };
    (0..count).map(|_| sentence(&mut random)).collect()
}

fn article(headline: &str, date: &str, source: &str, sentences: &[String]) -> String {
    let body = sentences.join(" ");
    serde_json::json!({ "title": headline, "date": date, "source": source, "body": body }).to_string()
}

/// A story of three articles, another of two on the same company, and one without copies.
fn newsroom() -> TestEnv {
    let env = TestEnv::new();
    let (one, two) = (sentences(1, 14), sentences(2, 14));
    env.write("a.json", article("Exemple ferme deux usines", "2025-03-04T08:00:00Z", "AFP", &one));
    env.write(
        "b.json",
        article("Exemple (XPAR:MC) : deux usines fermées", "2025-03-04T10:00:00Z", "Le Jour", &one[..8]),
    );
    let longer: Vec<String> = one.iter().cloned().chain(sentences(9, 4)).collect();
    env.write("c.json", article("Exemple ferme deux usines", "2025-03-06", "La Côte", &longer));
    env.write("d.json", article("Exemple relève ses objectifs", "2025-03-04", "AFP", &two));
    env.write("e.json", article("CORRIGÉ - Exemple relève ses objectifs", "2025-03-05", "AFP", &two));
    // The same words a month later are another story.
    env.write("f.json", article("Exemple ferme deux usines", "2025-04-20", "AFP", &one));
    env.ok(["index", "."]);
    env
}

/// Returns the story of every article, by its id.
fn stories(env: &TestEnv, index: &str) -> Vec<(String, Option<String>)> {
    let hits = env.json(["search", "*", "--json", "-n", "1000", "-i", index]);
    let mut stories: Vec<_> = hits
        .iter()
        .map(|hit| (hit["id"].as_str().unwrap().to_owned(), hit["story"]["id"].as_str().map(str::to_owned)))
        .collect();
    stories.sort();
    stories
}

#[test]
fn a_story_is_one_card_and_both_totals_are_told() {
    let env = newsroom();
    let text = env.ok(["search", "zorvane"]);
    assert!(text.contains("6 articles, 3 stories"), "{text}");
    assert!(text.contains("+2 copies: "), "{text}");
    assert!(text.contains("+1 copy: AFP"), "{text}");
    let all = env.ok(["search", "zorvane", "--no-collapse"]);
    assert!(all.contains("  6. ") && all.contains("6 articles, 3 stories"), "{all}");

    let response = env.json(["search", "*", "--format", "json", "--collapse", "--sort", "oldest"]).remove(0);
    assert_eq!((&response["total"], &response["stories"]), (&6.into(), &3.into()));
    let hits = response["hits"].as_array().unwrap();
    let ids: Vec<&str> = hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["d.json", "a.json", "f.json"], "the best of each story stands for it");
    let story = serde_json::json!({ "id": "a.json", "copies": 2, "sources": ["Le Jour", "La Côte"] });
    assert_eq!(hits[1]["story"], story);
    assert_eq!(hits[2]["story"], Value::Null);

    // Pages are pages of stories, and a filter leaves the copies that pass it.
    let pages: Vec<Value> = (0..3)
        .flat_map(|page| {
            let offset = page.to_string();
            env.json(["search", "*", "--json", "--collapse", "--sort", "oldest", "-n", "1", "--offset", &offset])
        })
        .collect();
    assert_eq!(pages.iter().map(|hit| hit["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    let late = env.json(["search", "story:a.json date:2025-03-05..", "--format", "json"]).remove(0);
    assert_eq!((&late["total"], &late["stories"]), (&1.into(), &1.into()));
    assert_eq!(late["hits"][0]["story"], serde_json::json!({ "id": "a.json", "copies": 0, "sources": [] }));

    // Programs get every article, and its story with it.
    let hits = env.json(["search", "*", "--json", "--sort", "oldest"]);
    assert_eq!(hits.iter().filter(|hit| hit["story"]["id"] == "a.json" && hit["story"]["copies"] == 2).count(), 3);
    assert_eq!(env.ok(["search", "*", "--format", "paths"]).lines().count(), 6);
    assert_eq!(env.ok(["search", "*", "--format", "csv"]).lines().count(), 7);
}

#[test]
fn stories_and_numbers_of_copies_can_be_asked_for() {
    let env = newsroom();
    for (query, want) in [
        ("story:b.json", "a.json b.json c.json"),
        ("story:f.json", "f.json"),
        ("story:none.json", ""),
        ("copies:0", "f.json"),
        ("copies:1", "d.json e.json"),
        ("copies:>=1 -story:a.json", "d.json e.json"),
        ("copies:2..", "a.json b.json c.json"),
    ] {
        let mut ids = env.ids(query);
        ids.sort();
        assert_eq!(ids.join(" "), want, "{query}");
    }
    let refused = env.telex(["search", "copies:many"]);
    assert_eq!(refused.code, Some(2), "{refused}");
}

#[test]
fn the_copies_of_an_article_are_listed_in_their_order() {
    let env = newsroom();
    let copies = env.json(["show", "c.json", "--copies", "--json"]);
    let ids: Vec<&str> = copies.iter().map(|copy| copy["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["a.json", "b.json", "c.json"]);
    assert_eq!(copies[2]["shared"], 1.0);
    let text = env.ok(["show", "d.json", "--copies"]);
    assert!(text.contains("CORRIGÉ") && text.ends_with("2 articles\n"), "{text}");
    assert!(env.ok(["show", "f.json", "--copies"]).ends_with("1 article\n"));
}

/// An index brought up to date step by step tells the same stories as one made at once, with whatever
/// number of threads.
#[test]
fn stories_do_not_depend_on_how_the_index_came_about() {
    let env = TestEnv::new();
    let mut random = Random::new(7);
    for round in 0..8 {
        for _ in 0..12 {
            let name = format!("news/{}.json", random.below(60));
            if random.below(3) == 0 {
                let _ = std::fs::remove_file(env.path(&name));
                continue;
            }
            // Six texts; each article takes a run of one or of two of them.
            let (from, other) = (random.below(6) as u64, random.below(6) as u64);
            let (start, len) = (random.below(6), 6 + random.below(8));
            let mut text: Vec<String> = sentences(from, 20)[start..start + len].to_vec();
            if random.below(4) == 0 {
                text.extend(sentences(other, 20).into_iter().take(len));
            }
            // Of two times far apart, and some of no time that is known.
            let date = match random.below(5) {
                0 => String::new(),
                time => format!("2025-{:02}-{:02}", 3 + time % 2 * 4, 1 + random.below(9)),
            };
            env.write(&name, article(&format!("Titre {from}"), &date, "AFP", &text));
        }
        env.ok(["index", "news", "-i", "grown", "--threads", "2"]);
        let fresh = format!("fresh{round}");
        env.ok(["index", "news", "-i", &fresh, "--threads", if round % 2 == 0 { "1" } else { "2" }]);
        let grown = stories(&env, "grown");
        assert_eq!(grown, stories(&env, &fresh), "round {round}");
        assert!(round < 3 || grown.iter().any(|(_, story)| story.is_some()), "no story in round {round}");
    }
}

#[test]
fn articles_like_one_are_found_without_its_copies() {
    let env = TestEnv::new();
    let plan = "Le fabricant de batteries Zorvane licencie deux cents ouvriers à Lens. Les syndicats dénoncent un plan \
                social brutal. La direction invoque la chute des commandes de batteries électriques.";
    env.write("plan.txt", format!("Zorvane licencie à Lens\n\n{plan}\n"));
    env.write("copy.txt", format!("À Lens, Zorvane taille dans ses effectifs\n\n{plan} Le titre a reculé.\n"));
    env.write(
        "like.txt",
        "Batteries : les syndicats inquiets\n\nPARIS, 4 mars 2019 – Les ouvriers du fabricant craignent un plan social.\n",
    );
    env.write("far.txt", "Le blé recule\n\nLes cours des céréales baissent à Chicago après la pluie.\n");
    env.ok(["index", "."]);
    let outcome = env.telex(["similar", "plan.txt", "--json"]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let ids: Vec<Value> = outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(ids.iter().map(|hit| hit["id"].as_str().unwrap()).collect::<Vec<_>>(), ["like.txt"], "{outcome}");
    assert!(outcome.stderr.contains("looked for ") && outcome.stderr.contains("batteries"), "{outcome}");
    // A text that the index does not hold, by file: the articles it copies are left out as well.
    let file = env.write("../elsewhere.txt", format!("Autre titre\n\n{plan}\n"));
    let by_file = env.json(["similar", file.to_str().unwrap(), "--json"]);
    assert_eq!(by_file.len(), 1);
    let nothing = env.telex(["similar", "nowhere.txt"]);
    assert_eq!(nothing.code, Some(2), "{nothing}");
    assert_eq!(env.telex(["similar", "plan.txt", "--lang", "en"]).code, Some(1));
    let recent = env.telex(["similar", "plan.txt", "--recent", "30d", "--json"]);
    assert_eq!(recent.stdout.lines().count(), outcome.stdout.lines().count());
    let score = |outcome: &Outcome| {
        let first: Value = serde_json::from_str(outcome.stdout.lines().next().unwrap()).unwrap();
        first["score"].as_f64().unwrap()
    };
    assert!(score(&recent) < score(&outcome));
}
