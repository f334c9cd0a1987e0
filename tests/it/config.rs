//! What is set in `config.toml` counts for the index it stands in, and a mistake in it is told.

use crate::testenv::TestEnv;

const MAP: &str = "[fields]\nheadline = 'kopf.haupt'\nbody = 'inhalt'\nsource = 'haus'\n";
const RECORD: &str = "{\"kopf\":{\"haupt\":\"Un titre\"},\"inhalt\":\"La zorvane monte.\",\"haus\":\"Agence\"}\n";

#[test]
fn a_field_map_stands_beside_the_index_or_is_named() {
    let env = TestEnv::new();
    env.write("news/a.jsonl", RECORD);
    assert_eq!(env.telex(["search", "zorvane", "--in", "news"]).code, Some(1));
    // What was read before a map is read again by `--full` alone.
    env.write("news/.telex/config.toml", MAP);
    assert!(env.telex(["index", "news", "--full"]).stdout.contains("1 written"));
    let hit = &env.json(["search", "zorvane", "--in", "news", "--json"])[0];
    assert_eq!((hit["headline"].as_str(), hit["source"].as_str()), (Some("Un titre"), Some("Agence")));
    env.write("map.toml", MAP);
    assert!(env.ok(["index", "news", "-i", "other", "--config", "map.toml"]).contains("1 written"));
    let similar = env.telex(["similar", "news/a.jsonl", "-i", "other", "--config", "map.toml"]);
    assert!(similar.stderr.contains("zorvane"), "{similar}");
}

#[test]
fn a_map_can_be_there_before_the_index() {
    let env = TestEnv::new();
    env.write("news/a.jsonl", RECORD);
    env.write("news/.telex/config.toml", MAP);
    assert!(env.ok(["search", "zorvane", "--in", "news"]).contains("Un titre"));
}

#[test]
fn a_mistake_is_told_with_its_line() {
    let env = TestEnv::new();
    env.write("news/a.jsonl", RECORD);
    env.write("news/.telex/config.toml", "[fields]\ntitel = 'x'\n");
    for args in [&["index", "news"][..], &["search", "x", "--in", "news"]] {
        let outcome = env.telex(args);
        assert_eq!(outcome.code, Some(2));
        assert!(outcome.stderr.contains("config.toml: line 2: unknown field `titel`"), "{}", outcome.stderr);
    }
    let outcome = env.telex(["index", "news", "--config", "none.toml"]);
    assert!(outcome.code == Some(5) && outcome.stderr.contains("none.toml"), "{}", outcome.stderr);
}

#[test]
fn tables_of_companies_stand_beside_the_built_in_ones_or_in_their_place() {
    let env = TestEnv::new();
    let tickers = |env: &TestEnv| -> Vec<String> {
        env.ok(["index", "news", "--full"]);
        let article = env.json(["show", "a.txt", "-i", "news/.telex", "--json"]).remove(0);
        let company = |ticker: &serde_json::Value| ticker["company"].as_str().unwrap().to_owned();
        article["tickers"].as_array().unwrap().iter().map(company).collect()
    };
    env.write("news/a.txt", "Un titre\n\nLa maison Zorvane et le groupe Michelin ouvrent un site.\n");
    assert_eq!(tickers(&env), ["XPAR:ML"]);
    env.write("news/.telex/own.csv", "symbol,mic,name,aliases,isin\nZZQX,XPAR,Zorvane,,\n");
    env.write("news/.telex/config.toml", "[gazetteer]\ncompanies = ['own.csv']\n");
    assert_eq!(tickers(&env), ["XPAR:ZZQX", "XPAR:ML"]);
    env.write("news/.telex/config.toml", "[gazetteer]\ncompanies = ['own.csv']\nreplace = true\n");
    assert_eq!(tickers(&env), ["XPAR:ZZQX"]);
    assert_eq!(
        env.telex(["search", "company:zorvane", "-i", "news/.telex", "--format", "paths"]).stdout,
        "news/a.txt\n"
    );
    let list = env.ok(["tickers", "list", "-i", "news/.telex"]);
    assert_eq!(list, "XPAR:ZZQX\tZorvane\tXPAR:ZZQX\n");
    env.write("news/.telex/own.csv", "symbol,mic,name\nZZQX,PARIS,Zorvane\n");
    let refused = env.telex(["index", "news"]);
    assert!(refused.code == Some(2) && refused.stderr.contains("line 2"), "{}", refused.stderr);
}
