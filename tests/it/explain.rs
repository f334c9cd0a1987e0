//! Explanations: their parts add up to what search ranks by, and tell why each form counts.

use serde_json::Value;

use crate::testenv::TestEnv;

fn sample() -> TestEnv {
    let env = TestEnv::new();
    env.copy_sample();
    env.ok(["index", "sample_corpus", "-i", ".telex"]);
    env
}

/// Returns what the parts of a part that count add up to.
fn sum(part: &Value) -> f64 {
    let leaf = matches!(part["kind"].as_str().unwrap(), "word" | "places" | "filter" | "everything");
    match part["parts"].as_array() {
        _ if part["counts"] == false => 0.0,
        Some(parts) if !leaf => parts.iter().map(sum).sum(),
        _ => part["score"].as_f64().unwrap_or(0.0),
    }
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let env = sample();
    let (mut nearness, mut passages, mut covered) = (0, 0, 0);
    for (query, flags) in [
        ("licenciements", &[][..]),
        ("suppressions de postes au siège", &["--any"]),
        ("rachat d'actions", &[]),
        ("rachat d'actions", &["--lang", "en"]),
        ("\"dividende de 6,60 euros\" OR licenci*", &[]),
        ("résultat^3 hausse -Apple", &["--any"]),
        ("postes NEAR/9 siège", &[]),
        ("CAC 40 hausse 0,4 %", &["--any"]),
        ("profit lang:en", &["--recent", "30d"]),
        ("saint-gobain OR hermès", &["--recent", "1y"]),
        ("dividende ticker:OR", &[]),
        ("suppressions postes", &["--recent", "1y", "--any"]),
        ("le groupe annonce des suppressions de postes dans ses usines en Europe", &["--any"]),
        ("ticker:MC", &[]),
    ] {
        let line = [&["search", query, "-n", "8", "--format", "json"], flags].concat();
        let hits = env.json(line)[0]["hits"].as_array().unwrap().clone();
        assert!(!hits.is_empty(), "{query}");
        for hit in hits {
            let id = hit["id"].as_str().unwrap();
            let explained = &env.json([&["explain", query, id, "--json", "--no-collapse"], flags].concat())[0];
            let article = &explained["article"];
            let scores = || article["nearness"].as_array().unwrap().iter();
            nearness += scores().count();
            passages += usize::from(article["passage"].as_f64() > Some(0.0));
            covered += usize::from(article["coverage"].as_f64() > Some(0.0));
            let near: f64 = scores().map(|near| near["score"].as_f64().unwrap()).sum();
            let together = near + article["passage"].as_f64().unwrap() + article["coverage"].as_f64().unwrap();
            let about = article["subject"]["score"].as_f64().unwrap_or(0.0);
            let parts = (sum(&explained["sought"]) + together + about) * article["recency"].as_f64().unwrap_or(1.0);
            let (want, told) = (hit["score"].as_f64().unwrap(), article["score"].as_f64().unwrap());
            // Scores of hits are printed with four digits.
            let same = |score: f64| (score - want).abs() <= 1e-4;
            assert!(same(parts) && same(told), "{query} {id}: {parts} and {told} instead of {want}");
            // Without a word, hits are in the order of their dates.
            assert!(article["rank"] == hit["rank"] || query == "ticker:MC", "{query} {id}");
        }
    }
    assert!(nearness > 10 && passages > 10 && covered > 5, "{nearness} {passages} {covered}");
}

#[test]
fn copies_are_ranked_as_one_as_on_the_cards() {
    let env = TestEnv::new();
    for n in 0..150 {
        let text = "Le quartz du nord\n\nLe quartz extrait de la mine du nord se vend bien, et le quartz du sud moins, dit \
                    la société dans le rapport annuel qu’elle a publié mardi soir, après la clôture des marchés.";
        env.write(&format!("copies/{n}.txt"), format!("{text} Dépêche {n}.\n"));
    }
    env.write("other.txt", "Le granit\n\nUne carrière vend du granit, un peu de quartz, du sable et des graviers.\n");
    env.ok(["index", "."]);
    let hits = env.json(["search", "quartz", "--format", "json", "--collapse"])[0]["hits"].as_array().unwrap().clone();
    assert_eq!(hits.len(), 2);
    for hit in &hits {
        let article = env.json(["explain", "quartz", hit["id"].as_str().unwrap(), "--json"])[0]["article"].clone();
        assert_eq!(article["rank"], hit["rank"], "{article}");
        let (told, want) = (article["score"].as_f64().unwrap(), hit["score"].as_f64().unwrap());
        assert!((told - want).abs() <= 1e-4, "{told} instead of {want}");
    }
    let rank =
        |args: &[&str]| env.json([&["explain", "quartz", "--json"], args].concat())[0]["article"]["rank"].clone();
    // A copy stands where its story does.
    assert_eq!((rank(&["copies/17.txt"]), rank(&["copies/149.txt"])), (1.into(), 1.into()));
    assert_eq!(rank(&["other.txt", "--no-collapse"]), Value::Null);
}

#[test]
fn every_form_tells_why_it_counts() {
    let env = TestEnv::new();
    env.write("a.txt", "Le rachat\n\nLe rachat à 2,5 % des actions Hermes, que Hermès veut racheter.\n");
    env.write("b.txt", "A buyback\n\nThe company announced a share buyback of 2.5 percent of its own shares today.\n");
    env.ok(["index", "."]);
    let explained = &env.json(["explain", "rachat d'action hermès 2,5 % rach*", "--any", "--json"])[0];
    let mut reasons = Vec::new();
    fn visit(part: &Value, out: &mut Vec<String>) {
        for form in part["forms"].as_array().into_iter().flatten() {
            out.push(format!("{} {}", form["form"].as_str().unwrap(), form["why"].as_str().unwrap()));
        }
        part["parts"].as_array().into_iter().flatten().for_each(|part| visit(part, out));
    }
    visit(&explained["sought"], &mut reasons);
    for want in [
        "rachat typed",
        "racheter derivation",
        "actions inflection",
        "hermes accents",
        "2.5 number",
        "#2.5% number",
        "racheter pattern",
        "buyback translation",
    ] {
        assert!(reasons.iter().any(|reason| reason == want), "{want} is not among {reasons:?}");
    }
}

#[test]
fn an_article_that_is_not_found_shows_what_it_lacks() {
    let env = sample();
    let ids = env.ids("michelin");
    let args = ["explain", "michelin licorne", "--all", ids[0].as_str()];
    let outcome = env.telex(args);
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert!(outcome.stdout.contains("this article is not found"), "{outcome}");
    let wrong = env.telex(["explain", "michelin", "nowhere.txt"]);
    assert_eq!(wrong.code, Some(2), "{wrong}");
    assert!(wrong.stderr.contains("no article has the id `nowhere.txt`"), "{wrong}");
}

#[test]
fn an_explanation_for_people() {
    let env = TestEnv::new();
    env.write("a.txt", "Le rachat\n\nPARIS, 4 mars 2025 – Le rachat des actions Hermes avance.\n");
    env.write("b.txt", "A buyback\n\nLONDON, March 4, 2025 - The company announced a share buyback on Tuesday.\n");
    env.ok(["index", "."]);
    let mut settings = env.filters();
    settings.add_filter(r" \d[.,]\d\d\b", " [N]");
    settings.bind(|| {
        insta::assert_snapshot!(env.ok(["explain", "rachat hermès", "a.txt"]));
        insta::assert_snapshot!(env.ok(["explain", "rachat hermès", "--ui-lang", "fr"]));
    });
}
