//! Numbers, amounts, rates and periods find every spelling of themselves, and are lit whole.

use crate::testenv::{TestEnv, slice};

/// Each line: spellings of one quantity. No two lines mean the same.
const SPELLINGS: &[&[&str]] = &[
    &["0,31 %", "0.31%", "0.31 percent", "0,31 pour cent", "0.31 per cent", "0,310\u{202f}%", "0.31 pct"],
    &["1 234,56", "1.234,56", "1,234.56", "1\u{a0}234,56", "1234.56", "1’234.56"],
    &[
        "1,2 milliard d'euros",
        "1,2 milliard d’euros",
        "€1.2bn",
        "€1.2 billion",
        "1,2 Md€",
        "EUR 1.2 billion",
        "EUR1.2bn",
        "1 200 millions d'euros",
        "1 200 000 000 €",
    ],
    &["3,4 millions de dollars", "$3.4 million", "US$3.4m", "3,4 M$", "USD 3.4 million"],
    &["5,6 millions de dollars canadiens", "C$5.6 million", "5,6 M$ CA"],
    &[
        "T2 2025",
        "Q2 2025",
        "deuxième trimestre 2025",
        "second quarter of 2025",
        "2T25",
        "2e trimestre de l’exercice 2025",
    ],
    &["S1 2024", "H1 2024", "premier semestre 2024", "first half of 2024", "1H24"],
    &["25 points de base", "25 basis points", "25 bps", "25pb"],
];

fn articles() -> TestEnv {
    let env = TestEnv::new();
    for (quantity, spellings) in SPELLINGS.iter().enumerate() {
        for (n, spelling) in spellings.iter().enumerate() {
            let text = format!("Une note sur la cote\n\nLe registre indique {spelling}, ce qui surprend le comité.\n");
            env.write(&format!("q{quantity}-{n}.txt"), text);
        }
    }
    env.ok(["index", "."]);
    env
}

#[test]
fn every_spelling_finds_every_other_and_nothing_else() {
    let env = articles();
    for (quantity, spellings) in SPELLINGS.iter().enumerate() {
        for spelling in *spellings {
            let mut found = env.ids(spelling);
            found.sort();
            let want: Vec<String> = (0..spellings.len()).map(|n| format!("q{quantity}-{n}.txt")).collect();
            assert_eq!(found, want, "{spelling}");
        }
    }
}

#[test]
fn a_phrase_may_end_in_a_quantity() {
    let env = articles();
    assert_eq!(env.ids("\"indique 0.31%\"").len(), SPELLINGS[0].len());
    assert_eq!(env.ids("\"indique T2 2025\"").len(), SPELLINGS[5].len());
    assert_eq!(env.ids("\"surprend 0.31%\"").len(), 0);
}

#[test]
fn less_may_be_said_than_is_written() {
    let env = articles();
    assert_eq!(env.ids("1,2 milliard").len(), SPELLINGS[2].len());
    assert_eq!(env.ids("T2").len(), SPELLINGS[5].len());
    assert_eq!(env.ids("1200000000").len(), SPELLINGS[2].len());
}

#[test]
fn a_quantity_is_lit_whole() {
    let env = articles();
    for (quantity, n, query) in [(2, 0, "€1.2bn"), (2, 6, "1,2 Md€"), (0, 1, "0,31 pour cent"), (5, 2, "Q2 2025")] {
        let hit = env.json(["search", query, "--json", "-n", "100"]);
        let id = format!("q{quantity}-{n}.txt");
        let hit = hit.iter().find(|hit| hit["id"] == *id).unwrap();
        let snippet = &hit["snippets"][0];
        let (text, lit) = (snippet["text"].as_str().unwrap(), &snippet["lit"][0]);
        let (from, to) = (lit[0].as_u64().unwrap(), lit[1].as_u64().unwrap());
        assert_eq!(slice(text, from, to), SPELLINGS[quantity][n], "{query}");
    }
}

#[test]
fn beside_an_operator_every_quantity_counts_however_many_there_are() {
    let env = TestEnv::new();
    let line = |n: u32| {
        let text = if n.is_multiple_of(2) { "Zorvane gagne {n}" } else { "Zorvane recule. Ailleurs on gagne {n}" };
        let text = text.replace("{n}", &format!("{n} millions d’euros"));
        format!("{{\"id\": \"a{n}\", \"title\": \"Une note\", \"body\": \"{text}.\"}}\n")
    };
    env.write("notes.jsonl", (1000..3200).map(line).collect::<String>());
    env.ok(["index", "."]);
    for (query, want) in [
        ("zorvane W/S amount:>0", 1100),
        ("zorvane W/S amount:>=2000M€", 600),
        ("zorvane W/P amount:>0", 2200),
        ("gagne ADJ/1 amount:1000M€..1999M€", 1000),
        ("(amount:>0 NEAR/2 gagne) W/S zorvane", 1100),
        ("ATLEAST2(amount:>0)", 0),
        ("FIRST/5(amount:>0)", 1100),
    ] {
        assert_eq!(env.ids(query).len(), want, "{query}");
    }
    let hits = env.json(["search", "zorvane W/S amount:3198M€", "--json"]);
    let lit = &hits[0]["snippets"][0]["lit"];
    assert_eq!((hits.len(), lit.to_string().as_str()), (1, "[[0,7],[14,35]]"));
}

#[test]
fn a_fall_with_its_sign_is_no_rise() {
    let env = TestEnv::new();
    for (name, figure) in [("fall", "-3,1 %"), ("rise", "+3,1 %"), ("size", "3,1 %"), ("minus", "\u{2212}3,1%")] {
        env.write(&format!("{name}.txt"), format!("Le titre du jour\n\nL’action varie de {figure} lundi.\n"));
    }
    env.ok(["index", "."]);
    for (query, want) in [("-3,1 %", 2), ("varie -3.1%", 2), ("3,1 %", 4)] {
        assert_eq!(env.ids_with(&["--", query]).len(), want, "{query}");
    }
}
