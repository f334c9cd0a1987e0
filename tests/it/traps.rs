//! The queries that a newcomer types first, and that stock engines answer wrongly, drop in part, or
//! refuse without a reason. Each is answered here as it was meant, or refused with its place.

use crate::testenv::TestEnv;

fn news() -> TestEnv {
    let env = TestEnv::new();
    for (name, text) in [
        (
            "action.txt",
            "L’action monte\n\nL’Oréal (Euronext Paris : OR) profite de l’or. L’action gagne 1 200,50 M€, soit 2,5 % du total.\n",
        ),
        (
            "acquisition.txt",
            "Une acquisition de taille\n\nLe groupe acquiert son rival. La Bourse salue la fusion à 10:30.\n",
        ),
        ("change.txt", "Le taux de change\n\nLe taux du change baisse de 5 % en un an, en hausse nulle part.\n"),
        (
            "apple.txt",
            "Apple reports earnings\n\nApple (NASDAQ:AAPL) said its earnings rose -5% less than feared. See http://example.com/news for more.\n",
        ),
        (
            "street.txt",
            "S&P 500 closes higher\n\nThe S&P 500 rose as AT&T (NYSE:T) and Berkshire (NYSE:BRK.B) gained; R&D spending grew.\n",
        ),
        (
            "bank.txt",
            "Socie\u{301}te\u{301} Ge\u{301}ne\u{301}rale emprunte\n\nLe finan\u{ad}cement de la Socie\u{301}te\u{301} Ge\u{301}ne\u{301}rale est assuré par la banque de France.\n",
        ),
        (
            "ai.txt",
            "Le pari de l’AI\n\nC3.ai (NYSE:AI) et ON Semiconductor (NASDAQ:ON) montent ; la hausse de l’AI continue.\n",
        ),
        ("2025-07-03-juillet.txt", "Une dépêche de juillet\n\nRien à signaler sur les marchés.\n"),
        ("2025-08-20-aout.txt", "Une dépêche d’août\n\nRien à signaler non plus.\n"),
    ] {
        env.write(name, text);
    }
    env.ok(["index", "."]);
    env
}

#[test]
fn what_was_meant_is_what_is_found() {
    let env = news();
    for (query, want) in [
        ("l'action", "action"),
        ("l’action", "action"),
        ("L'Oréal", "action"),
        ("l'or", "action"),
        ("acqui*", "acquisition"),
        ("a && b", ""),
        ("taux && change", "change"),
        ("fusion || earnings", "acquisition apple"),
        ("taux !hausse", ""),
        ("!hausse path:a*", "acquisition action apple"),
        ("-Apple path:a*", "acquisition action ai"),
        ("NOT Apple path:a*", "acquisition action ai"),
        ("Apple -hausse", "apple"),
        ("* -Apple path:*.txt -lang:fr", "street"),
        ("earnings -Apple", ""),
        ("-5%", "apple"),
        ("-5 %", "apple"),
        ("ticker:OR", "action"),
        ("ticker:or", "action"),
        ("ticker:FR0000120321", "action"),
        ("ticker:ON", "ai"),
        ("ticker:AI", "ai"),
        ("AI", "ai"),
        ("ON Semiconductor", "ai"),
        ("ON", "ai"),
        ("ticker:IN", ""),
        ("ticker:NOT", ""),
        ("date:7d", "acquisition action ai apple bank change street"),
        ("date:2025-07", "2025-07-03-juillet"),
        ("date:2025-07-03", "2025-07-03-juillet"),
        ("date:[2025-07-01 TO 2025-08-01]", "2025-07-03-juillet"),
        ("date:2025-07-01..2025-08-31", "2025-07-03-juillet 2025-08-20-aout"),
        ("date:>=2025-08 date:<2025-09", "2025-08-20-aout"),
        ("date:2025-T3", "2025-07-03-juillet 2025-08-20-aout"),
        ("date:20/08/2025", "2025-08-20-aout"),
        ("Apple: earnings", "apple"),
        ("10:30", "acquisition"),
        ("http://example.com/news", "apple"),
        ("S&P 500", "street"),
        ("S&P", "street"),
        ("s&p500", "street"),
        ("AT&T", "street"),
        ("R&D", "street"),
        ("BRK.B", "street"),
        ("brk", "street"),
        ("1 200,50 M€", "action"),
        ("1200,50", "action"),
        ("1200.50", "action"),
        ("1,200.50", "action"),
        ("2,5 %", "action"),
        ("2.5%", "action"),
        ("Société Générale", "bank"),
        ("societe generale", "bank"),
        ("\"Socie\u{301}te\u{301} Ge\u{301}ne\u{301}rale\"", "bank"),
        ("financement", "bank"),
        ("finan\u{ad}cement", "bank"),
        ("\"banque de France\"", "bank"),
        ("\"taux direc*\"", ""),
        ("*bourse", "acquisition"),
        ("b?urse", "acquisition"),
        ("fuson~", "acquisition"),
        ("fusion~1", "acquisition"),
        ("/acqui.*/", "acquisition"),
        ("taux NEAR/3 change", "change"),
        ("change NEAR/3 taux", "change"),
        ("taux w/3 change", "change"),
        ("change ADJ/3 taux", ""),
        ("\"taux change\"~3", "change"),
        ("\"change taux\"~3", ""),
        ("baisse W/S \"taux du change\"", "change"),
        ("bourse W/S groupe", ""),
        ("bourse W/P groupe", "acquisition"),
        ("taux^2", "change"),
        ("ATLEAST2(taux)", "change"),
        ("ATLEAST3(taux)", ""),
        ("FIRST/3(taux)", "change"),
        ("FIRST/2(bourse)", ""),
        ("\"taux du ch*\"", "change"),
    ] {
        let mut found: Vec<String> = env.ids(query).iter().map(|id| id.replace(".txt", "")).collect();
        found.sort();
        assert_eq!(found.join(" "), want, "{query}");
    }
}

#[test]
fn function_words_alone_are_still_a_query() {
    let env = news();
    for (query, least) in [("le la de", 1), ("de", 3), ("the", 1), ("la", 3)] {
        assert!(env.ids(query).len() >= least, "{query}: {:?}", env.ids(query));
    }
    // A sentence of them does not keep out an article that lacks one.
    assert_eq!(env.ids("le financement de la Société Générale et des autres").len(), 1);
}

#[test]
fn what_cannot_be_searched_is_refused_at_its_place() {
    let env = news();
    let mut told = String::new();
    for query in [
        "fuson~3",
        "taux~",
        "taux NEAR/3",
        "taux NEAR/0 change",
        "CAPS(ARM)",
        "lang:fr W/S taux",
        "amount:>1,234",
        "pct:5..1",
        "/acqui(/",
        "\"taux direc\"*",
        "a*",
        "tiker:AAPL",
        "date:2025-13",
        "date:2025-08..2025-07",
        "lang:klingon",
        "ticker:",
        "(LVMH OR",
        "\"taux de change",
        "AND taux",
        "()",
    ] {
        let outcome = env.telex(["search", query]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{query}: {outcome}");
        assert!(outcome.stderr.contains('^'), "{query} has no caret: {outcome}");
        told.push_str(&outcome.stderr);
        told.push('\n');
    }
    insta::assert_snapshot!("refusals", told);
}

#[test]
fn snippets_are_counted_in_characters_and_end_with_sentences() {
    let env = TestEnv::new();
    let accents = "Été à Évry où œuvrent élèves créés dénués "; // as many characters as ASCII, more bytes
    let ascii = "Here in Paris we found many green figs too ";
    for (name, words) in [("accents.txt", accents), ("ascii.txt", ascii)] {
        let text = format!("Un titre\n\n{}zorvane {}.\n", words.repeat(10), words.repeat(10));
        env.write(name, text);
    }
    env.write("short.txt", "Un titre\n\nPremière phrase sans rien. La zorvane est rare. Une autre phrase encore.\n");
    env.ok(["index", "."]);
    let mut lengths = Vec::new();
    for hit in env.json(["search", "--json", "zorvane"]) {
        let snippet = &hit["snippets"][0];
        let text = snippet["text"].as_str().unwrap();
        assert!(text.contains("zorvane"), "{text}");
        assert!(text.chars().count() <= 240, "{text}");
        if hit["id"] == "short.txt" {
            assert!(text.starts_with("La zorvane est rare."), "{text}");
            assert_eq!((&snippet["cut_before"], &snippet["cut_after"]), (&false.into(), &false.into()));
        } else {
            assert_eq!((&snippet["cut_before"], &snippet["cut_after"]), (&true.into(), &true.into()));
            lengths.push(text.chars().count());
        }
    }
    assert!(lengths.len() == 2 && lengths.iter().all(|length| *length > 200), "{lengths:?}");
}
