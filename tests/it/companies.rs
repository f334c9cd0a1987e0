//! Companies found by name: one under every spelling, main and in passing, and why.

use crate::testenv::TestEnv;

/// Four articles: about Orange, about TotalEnergies, naming both, and about a town.
fn press() -> TestEnv {
    let env = TestEnv::new();
    env.write(
        "1.txt",
        "Orange relève ses objectifs\n\nL'opérateur Orange a relevé ses objectifs de résultat. Le titre gagne 2 %.\n",
    );
    env.write("2.txt", "TotalEnergies (NYSE: TTE) ferme un puits\n\nLe groupe TotalEnergies ferme un puits en mer.\n");
    env.write(
        "3.txt",
        "La Bourse de Paris recule\n\nLe CAC 40 a perdu un point jeudi, dans un marché calme et sans grande nouvelle \
         de la journée, les investisseurs attendant la banque centrale et la publication des chiffres de l'emploi. \
         Les opérateurs retiennent surtout que la volatilité reste faible et que les volumes sont minces, ce qui tient \
         aux vacances, disent-ils, et que rien ne presse avant la rentrée. TotalEnergies et Orange ont cédé 1 %.\n",
    );
    env.write("4.txt", "Une fête à Orange\n\nLa ville fête ses arènes.\n");
    env.ok(["index", "."]);
    env
}

fn ids(env: &TestEnv, query: &str) -> Vec<String> {
    let mut ids: Vec<String> = env
        .telex(["search", query, "--json"])
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

#[test]
fn every_spelling_asks_for_the_company() {
    let env = press();
    for query in [
        "ticker:TTE",
        "ticker:tte",
        "ticker:XPAR:TTE",
        "ticker:NYSE:TTE",
        "ticker:XPAR:FP",
        "ticker:FP",
        "ticker:TTE.PA",
        "ticker:\"TTE FP\"",
        "ticker:FR0000120271",
        "isin:FR0000120271",
        "company:TotalEnergies",
        "company:\"total energies\"",
        "company:total",
        "société:Total",
    ] {
        assert_eq!(ids(&env, query), ["2.txt", "3.txt"], "{query}");
    }
    assert_eq!(ids(&env, "company:orange"), ["1.txt", "3.txt"]);
}

#[test]
fn subjects_are_told_from_mentions() {
    let env = press();
    assert_eq!(ids(&env, "ticker:ORA@main"), ["1.txt"]);
    assert_eq!(ids(&env, "ticker:XPAR:TTE@main"), ["2.txt"]);
    let facets = env.json(["facets", "ticker", "--json"]).remove(0);
    let values: Vec<_> = facets["facets"][0]["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| (value["value"].as_str().unwrap().to_owned(), value["count"].clone(), value["main"].clone()))
        .collect();
    assert_eq!(values, [("XPAR:ORA".to_owned(), 2.into(), 1.into()), ("XPAR:TTE".to_owned(), 2.into(), 1.into())]);
}

#[test]
fn an_article_tells_how_each_company_was_found() {
    let env = press();
    let article = env.json(["show", "2.txt", "--json"]).remove(0);
    let ticker = &article["tickers"][0];
    assert_eq!(
        (&ticker["symbol"], &ticker["mic"], &ticker["company"]),
        (&"TTE".into(), &"XNYS".into(), &"XPAR:TTE".into())
    );
    assert_eq!((&ticker["how"], &ticker["main"], &ticker["brand"]), (&"code".into(), &true.into(), &false.into()));
    let why = env.ok(["show", "1.txt", "--why"]);
    assert!(why.contains("XPAR:ORA by name") && why.contains("a role of companies stands before it (+2)"), "{why}");
    let why = env.ok(["show", "4.txt", "--why"]);
    assert!(why.contains("not XPAR:ORA"), "{why}");
}

#[test]
fn a_symbol_right_after_a_name_tells_its_company() {
    let env = TestEnv::new();
    env.write("a.txt", "Stocks\n\nWhile Apple AAPL and Target TGT fell, an apple a day kept targets away.\n");
    env.write("b.txt", "Fruit\n\nAn Apple AAA is a battery, and the Target Line is a road.\n");
    env.ok(["index", "."]);
    let tickers = |id: &str| {
        let article = &env.json(["show", id, "--json"])[0];
        let tickers = article["tickers"].as_array().unwrap().iter();
        tickers.map(|ticker| ticker["symbol"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(tickers("a.txt"), ["AAPL", "TGT"]);
    assert!(tickers("b.txt").is_empty());
    let why = env.ok(["show", "a.txt", "--why"]);
    assert!(why.contains("its symbol stands right after it (+3)"), "{why}");
}

#[test]
fn companies_are_looked_up() {
    let env = TestEnv::new();
    for (typed, expected) in [
        ("NASDAQ:AMZN", "XNAS:AMZN\tAmazon"),
        ("$amzn", "XNAS:AMZN\tAmazon"),
        ("AMZN.O", "XNAS:AMZN\tAmazon"),
        ("AMZN US", "XNAS:AMZN\tAmazon"),
        ("Amazon.com, Inc.", "XNAS:AMZN\tAmazon"),
        ("société generale", "XPAR:GLE\tSociété Générale"),
        ("NASDAQ:FB", "XNAS:META\tMeta"),
        ("\"Amazon.com\"", "XNAS:AMZN\tAmazon"),
        ("« Société Générale »", "XPAR:GLE\tSociété Générale"),
        ("company:\"Société Générale\"", "XPAR:GLE\tSociété Générale"),
        ("BRK.B", "XNYS:BRK.B\tBerkshire Hathaway"),
        ("BRK/B", "XNYS:BRK.B\tBerkshire Hathaway"),
        ("brk-b", "XNYS:BRK.B\tBerkshire Hathaway"),
    ] {
        let told = env.ok(["tickers", "resolve", typed]);
        assert!(told.lines().any(|line| line.starts_with(expected)), "{typed}: {told}");
    }
    let both = env.ok(["tickers", "resolve", "SAN"]);
    assert!(both.contains("XPAR:SAN\tSanofi") && both.contains("XMAD:SAN\tSantander"), "{both}");
    // A symbol that its market does not list, and one of no market, are nobody's either.
    for typed in ["nobody of this name", "XPAR:ZZZ", "ticker:XPAR:ZZZ", "XXXX:MC", "CRYPTO:BTC"] {
        let nobody = env.telex(["tickers", "resolve", typed]);
        assert_eq!((nobody.code, nobody.stdout.as_str()), (Some(1), ""), "{nobody}");
        assert!(nobody.stderr.contains(&format!("no company is known as `{typed}`")), "{nobody}");
    }
}

#[test]
fn a_right_isin_that_no_table_has_is_told() {
    let env = TestEnv::new();
    env.write("a.txt", "Un titre\n\nLa société (ISIN : US00000ZZQ06) ouvre un magasin.\n");
    env.ok(["index", "."]);
    let told = env.telex(["tickers", "resolve", "US00000ZZQ06"]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(1), ""));
    assert!(told.stderr.contains("right ISIN") && told.stderr.contains("tickers add"), "{}", told.stderr);
    let found = env.telex(["search", "isin:US00000ZZQ06"]);
    assert!(found.code == Some(0) && found.stderr.contains("no table has the company"), "{}", found.stderr);
    env.write("own.csv", "symbol,mic,name,aliases,isin\nZZQX,XNYS,Zorvane,,US00000ZZQ06\n");
    env.ok(["tickers", "add", "own.csv"]);
    assert_eq!(env.ok(["tickers", "resolve", "US00000ZZQ06"]), "XNYS:ZZQX\tZorvane\t\n");
    env.ok(["index", "--full", "."]);
    assert_eq!(ids(&env, "ticker:US00000ZZQ06"), ["a.txt"]);
    assert_eq!(ids(&env, "company:zorvane"), ["a.txt"]);
}

#[test]
fn articles_about_the_company_of_a_query_come_first() {
    let env = TestEnv::new();
    let filler =
        "Le marché attend la publication des chiffres de la semaine, sans grande nouvelle ni surprise. ".repeat(6);
    env.write("1.txt", format!("Les valeurs du jour\n\n{filler}Le dividende de Saint-Gobain est versé.\n"));
    env.write("2.txt", format!("Saint-Gobain\n\n{filler}Le dividende est versé.\n"));
    env.write("3.txt", "Un autre titre\n\nRien.\n");
    env.ok(["index", "."]);
    let told = env.ok(["explain", "saint-gobain dividende", "2.txt"]);
    assert!(told.contains("about XPAR:SGO"), "{told}");
    let told = env.ok(["explain", "saint-gobain dividende", "1.txt"]);
    assert!(told.contains("naming XPAR:SGO"), "{told}");
}

#[test]
fn a_table_of_ones_own_is_used() {
    let env = TestEnv::new();
    env.write("own.csv", "symbol,mic,name,aliases,isin\nZZQX,XPAR,Zorvane,Groupe Zorvane,\n");
    env.ok(["tickers", "add", "own.csv"]);
    env.write("a.txt", "Un titre\n\nLa maison Zorvane ouvre un magasin (Euronext Paris: QQXZ).\n");
    env.ok(["index", "."]);
    assert_eq!(ids(&env, "company:zorvane"), ["a.txt"]);
    assert_eq!(env.ok(["tickers", "unknown"]), "XPAR:QQXZ\t1\n");
    env.write("bad.csv", "symbol,mic,name\nZZQX,PARIS,Zorvane\n");
    let refused = env.telex(["tickers", "add", "bad.csv"]);
    assert!(refused.code == Some(2) && refused.stderr.contains("line 2"), "{}", refused.stderr);
}

#[test]
fn tables_that_are_added_at_once_are_all_kept() {
    let env = TestEnv::new();
    let tables: Vec<String> = (0..8).map(|n| format!("{n}.csv")).collect();
    for (n, table) in tables.iter().enumerate() {
        env.write(table, format!("symbol,mic,name\nZQ{n},XPAR,Zorvane {n} Industries\n"));
    }
    let adding: Vec<_> = tables.iter().map(|table| env.command(["tickers", "add", table]).spawn().unwrap()).collect();
    for mut adding in adding {
        assert!(adding.wait().unwrap().success());
    }
    let known = env.ok(["tickers", "list", "zorvane"]);
    assert_eq!(known.lines().count(), tables.len(), "{known}");
}

#[test]
fn a_row_is_corrected_by_adding_it_again() {
    let env = TestEnv::new();
    for (rows, want) in [
        ("ZEMC,XNYS,Zembla Harbour,,", "XNYS:ZEMC\tZembla Harbour\t\n"),
        (
            "ZEMC,XNYS,\"Zembla \"\"Royal\"\" Ports, Inc.\",Zembla Ports,",
            "XNYS:ZEMC\tZembla \"Royal\" Ports, Inc.\tZembla Ports\n",
        ),
        ("ZEMC,XNYS,Nobody\nZEMC,XNYS,Zembla Ports", "XNYS:ZEMC\tZembla Ports\t\n"),
    ] {
        env.write("own.csv", format!("symbol,mic,name,aliases,isin\n{rows}\n"));
        env.ok(["tickers", "add", "own.csv"]);
        assert_eq!(env.ok(["tickers", "resolve", "XNYS:ZEMC"]), want, "{rows}");
    }
    assert_eq!(env.telex(["tickers", "resolve", "Zembla Harbour"]).code, Some(1));
    assert_eq!(env.ok(["tickers", "resolve", "zembla ports"]), "XNYS:ZEMC\tZembla Ports\t\n");
}

#[test]
#[cfg(unix)]
fn a_table_behind_a_link_is_added_to_where_it_is() {
    let env = TestEnv::new();
    let table = env.write("shared/table.csv", "symbol,mic,name\nZQA,XPAR,Zorvane\n");
    std::os::unix::fs::symlink(&table, env.path("mine.csv")).unwrap();
    env.write("more.csv", "symbol,mic,name\nZQB,XPAR,Zorvane Industries\n");
    let add = &mut env.command(["tickers", "add", "more.csv"]);
    assert!(add.env("TELEX_COMPANIES", env.path("mine.csv")).status().unwrap().success());
    assert!(env.path("mine.csv").is_symlink());
    let merged = std::fs::read_to_string(table).unwrap();
    assert_eq!(merged, "symbol,mic,name\nZQA,XPAR,Zorvane\nZQB,XPAR,Zorvane Industries\n");
}
