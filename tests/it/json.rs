//! The shapes for machines: their names, their keys, their offsets. A key that leaves one of these
//! lists breaks the scripts of users, unless the number of the schema grows.

use serde_json::Value;

use crate::testenv::{TestEnv, slice};

/// Returns the keys of a value and of all within it, sorted, as paths.
fn keys(value: &Value) -> Vec<String> {
    fn visit(value: &Value, path: &str, out: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    out.push(format!("{path}{key}"));
                    visit(value, &format!("{path}{key}."), out);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| visit(item, &format!("{path}[]."), out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    visit(value, "", &mut out);
    out.sort();
    out.dedup();
    out
}

fn shape(value: &Value) -> String {
    format!("{}\n{}", value["schema"].as_str().unwrap(), keys(value).join(" ").replace(".[].", "[]."))
}

fn news() -> TestEnv {
    let env = TestEnv::new();
    env.write("a.txt", "Kering (Euronext Paris : KER) recule\n\nPARIS, 4 mars 2025 – Le titre de Kering perd 3 %.\n");
    env.write("b.txt", "");
    env
}

#[test]
fn every_shape_has_its_name_and_its_keys() {
    let env = news();
    let commands = [
        &["index", ".", "--json"][..],
        &["search", "kering", "--json"],
        &["search", "kering", "--format", "json", "--facet", "ticker"],
        &["facets", "ticker,date", "--json"],
        &["show", "a.txt", "--json"],
        &["export"],
        &["stats", "--json"],
        &["explain", "kering ticker:KER", "a.txt", "--json"],
    ];
    let mut shapes: Vec<String> = commands.iter().map(|args| shape(&env.json(*args)[0])).collect();
    let error = env.telex(["search", "(", "--json"]).stderr;
    shapes.push(shape(&serde_json::from_str(&error).unwrap()));
    let documented = include_str!("../../docs/json.md");
    for shape in &shapes {
        let (schema, keys) = shape.split_once('\n').unwrap();
        assert!(documented.contains(schema), "docs/json.md does not describe {schema}");
        for key in keys.split([' ', '.']).map(|key| key.trim_end_matches("[]")) {
            let named = documented.contains(&format!("`{key}`")) || documented.contains(&format!("\"{key}\""));
            assert!(named, "docs/json.md does not name {key} of {schema}");
        }
    }
    insta::assert_snapshot!("shapes", shapes.join("\n\n"));
}

#[test]
fn the_record_of_an_article_is_what_it_says() {
    let env = news();
    env.ok(["index", "."]);
    let mut article = env.json(["export"]).remove(0);
    // How sure a language is may change with the detector.
    assert!(article["lang_confidence"].as_f64().is_some_and(|sure| (0.0..=1.0).contains(&sure)));
    article["lang_confidence"] = Value::Null;
    insta::assert_snapshot!(serde_json::to_string_pretty(&article).unwrap(), @r#"
    {
      "author": null,
      "date": "2025-03-04",
      "date_origin": "dateline",
      "date_precision": "day",
      "headline": "Kering (Euronext Paris : KER) recule",
      "headline_origin": "first_line",
      "id": "a.txt",
      "lang": "fr",
      "lang_confidence": null,
      "path": "a.txt",
      "schema": "telex.article/1",
      "section": null,
      "source": null,
      "tickers": [
        {
          "brand": false,
          "company": "XPAR:KER",
          "confidence": 0.99,
          "how": "code",
          "main": true,
          "mentions": 2,
          "mic": "XPAR",
          "name": "Kering",
          "symbol": "KER"
        }
      ],
      "url": null
    }
    "#);
}

#[test]
fn lists_that_are_empty_and_values_that_are_unknown_are_there() {
    let env = TestEnv::new();
    env.write("a.txt", "Un titre sans rien\n\nLe texte non plus.\n");
    env.ok(["index", "."]);
    let hit = env.json(["search", "titre", "--json"]).remove(0);
    for (key, want) in
        [("tickers", Value::Array(vec![])), ("source", Value::Null), ("author", Value::Null), ("url", Value::Null)]
    {
        assert_eq!(hit.get(key), Some(&want), "{key}");
    }
    let none = env.telex(["search", "granite", "--format", "json", "--all"]);
    let none: Value = serde_json::from_str(&none.stdout).unwrap();
    assert_eq!((&none["total"], &none["hits"], &none["relaxed"]), (&0.into(), &Value::Array(vec![]), &false.into()));
}

#[test]
fn offsets_count_characters_and_lie_where_they_say() {
    let env = TestEnv::new();
    let filler = "🎮 Où l’œuvre s’achève à Évry, l’été 😀 coûte 3 € — déjà. ".repeat(30);
    env.write(
        "emoji.txt",
        format!("🚀 L’été de la zorvane 🎉\n\n{filler}L’idée 👩‍👩‍👧 de la zorvane plaît à l’État. {filler}\n"),
    );
    env.write("decomposed.txt", format!("La ze\u{301}phyre\n\n{filler}La ze\u{301}phyre et la zorvane. {filler}\n"));
    env.write("bom.txt", format!("\u{feff}Zorvane\r\n\r\n{filler}\r\nUne zorvane.\r\n"));
    env.ok(["index", "."]);
    let bodies = env.json(["export", "--text"]);
    let hits = env.json(["search", "zorvane", "--json"]);
    assert_eq!(hits.len(), 3);
    for hit in &hits {
        let article = bodies.iter().find(|article| article["id"] == hit["id"]).unwrap();
        let body = article["body"].as_str().unwrap();
        let mut lit = 0;
        let range = |range: &Value| (range[0].as_u64().unwrap(), range[1].as_u64().unwrap());
        for (start, end) in hit["headline_lit"].as_array().unwrap().iter().map(range) {
            assert_eq!(slice(hit["headline"].as_str().unwrap(), start, end).to_lowercase(), "zorvane", "{hit}");
        }
        for snippet in hit["snippets"].as_array().unwrap() {
            let text = snippet["text"].as_str().unwrap();
            let offset = snippet["offset"].as_u64().unwrap();
            assert_eq!(slice(body, offset, offset + text.chars().count() as u64), text);
            assert!(body[snippet["byte_offset"].as_u64().unwrap() as usize..].starts_with(text));
            for (start, end) in snippet["lit"].as_array().unwrap().iter().map(range) {
                assert_eq!(slice(text, start, end).to_lowercase(), "zorvane", "{snippet}");
                assert_eq!(slice(body, offset + start, offset + end), slice(text, start, end));
                lit += 1;
            }
        }
        assert!(lit > 0, "{hit}");
        let end = article["body_end"].as_u64().unwrap();
        assert!(end <= body.chars().count() as u64);
    }
}

#[test]
fn an_error_points_into_the_query_in_characters() {
    let env = news();
    env.ok(["index", "."]);
    let query = "😀 l’été tiker:KER";
    let outcome = env.telex(["search", query, "--json"]);
    let error: Value = serde_json::from_str(&outcome.stderr).unwrap();
    assert_eq!((outcome.code, &error["code"]), (Some(2), &"query".into()));
    let place = |name: &str| error[name].as_u64().unwrap();
    assert_eq!(slice(query, place("start"), place("end")), "tiker");
    for (args, code) in [(&["show", "x", "--json"][..], "usage"), (&["stats", "--json", "-i", "nowhere"], "missing")] {
        let error: Value = serde_json::from_str(&env.telex(args).stderr).unwrap();
        assert_eq!((&error["code"], &error["start"]), (&code.into(), &Value::Null), "{args:?}");
    }
}

#[test]
fn what_is_json_is_one_value_a_line() {
    let env = TestEnv::new();
    env.write(
        "a.json",
        r#"{"title": "Two\nlines\u2028and three", "text": "A zorvane\nand \u0085 more.", "source": "S\nT"}"#,
    );
    env.ok(["index", "."]);
    for args in [&["search", "zorvane", "--json"][..], &["export", "--text"], &["show", "a.json", "--json"]] {
        assert_eq!(env.ok(args).lines().count(), 1, "{args:?}");
    }
    assert_eq!(env.ok(["search", "zorvane", "--format", "tsv"]).lines().count(), 2);
    assert_eq!(env.ok(["search", "zorvane", "--format", "csv"]).lines().count(), 2);
}
