//! Texts and the securities that are read from them.

use super::*;
use proptest::prelude::*;

/// Reads the codes of an article; names have tests of their own.
fn read(headline: &str, text: &str, stated: &[String], language: Language) -> Vec<Mention> {
    super::read(&Written { headline, text, stated, language, at: None, names: false })
}

fn found(text: &str, language: Language) -> String {
    let mentions = read("", text, &[], language);
    for mention in &mentions {
        assert!(mention.mentions as usize <= mention.spans.len());
        assert!(mention.spans.iter().all(|span| text.get(span.start..span.end).is_some_and(|code| !code.is_empty())));
    }
    mentions.iter().map(|mention| format!("{} {}", mention.ticker, mention.how.name())).collect::<Vec<_>>().join(", ")
}

fn check(text: &str, expected: &str) {
    assert_eq!(found(text, Language::English), expected, "{text}");
}

#[test]
fn a_form_has_a_place_in_the_mask() {
    assert!(FORMS.len() <= 16);
}

#[test]
fn what_numbers_a_security_elsewhere_is_no_symbol() {
    for (text, expected) in [
        ("LVMH (Euronext Paris : MC / ISIN FR0000121014) a publié", "XPAR:MC code"),
        ("LVMH (Euronext Paris : MC - ISIN : FR0000121014) a publié", "XPAR:MC code"),
        ("IBM (NYSE: IBM / CUSIP 459200101) said", "XNYS:IBM code"),
        ("SAP (XETRA: SAP, WKN 716460; NYSE: SAP) said", "XETR:SAP code, XNYS:SAP code"),
        ("SAP (XETRA: SAP, SEDOL 4846288, RIC SAPG) said", "XETR:SAP code"),
        ("Acme (NYSE: QQA, QQB / LEI 5493001KJTIIGC8Y1R12) said", "XNYS:QQA code, XNYS:QQB code"),
        ("Tencent (SEHK: 00700) rose; Tencent (HKEX: 700) rose", "XHKG:0700 code"),
    ] {
        check(text, expected);
    }
}

#[test]
fn labelled_codes() {
    for (text, expected) in [
        ("Amazon (NASDAQ:AMZN) rose", "XNAS:AMZN code"),
        ("General Motors (NYSE: GM) rose", "XNYS:GM code"),
        ("( NASDAQ:AMZN )", "XNAS:AMZN code"),
        ("Intel (NASDAQ\u{a0}: INTC)", "XNAS:INTC code"),
        ("Intel (NASDAQ\u{202f}:\u{a0}INTC)", "XNAS:INTC code"),
        ("Costco (NasdaqGS: COST)", "XNAS:COST code"),
        ("LVMH (Euronext Paris : MC)", "XPAR:MC code"),
        ("Enbridge (TSX : ENB, NYSE : ENB)", "XTSE:ENB code, XNYS:ENB code"),
        ("Acme (NYSE: A; TSX: B)", "XNYS:A code, XTSE:B code"),
        ("Acme (TSX et NYSE : ZZQ)", "XNYS:ZZQ code, XTSE:ZZQ code"),
        ("Acme (NASDAQ:GOOG, NASDAQ:GOOGL)", "XNAS:GOOG code, XNAS:GOOGL code"),
        ("Schindler (SIX: SCHN, SCHP; OTCQX: SHLRF)", "XSWX:SCHN code, XSWX:SCHP code, OTCQ:SHLRF code"),
        ("Teck (TSX : TECK.A TECK.B)", "XTSE:TECK.A code, XTSE:TECK.B code"),
        ("Acme (TSX.V:QQA | OTCQX:QQNOF | FNR: 2Q6)", "XTSX:QQA code, OTCQ:QQNOF code, XFRA:2Q6 code"),
        ("Acme (TSXV: QQO) (OTCQX: QQMLF) (ASX: QQO)", "XTSX:QQO code, OTCQ:QQMLF code, XASX:QQO code"),
        ("Volvo (NASDAQ Stockholm: VOLV B)", "XSTO:VOLV.B code"),
        ("Xiaomi (HKEX Stock Code: 1810) and (TSE Prime: 9984)", "XHKG:1810 code, XTKS:9984 code"),
        ("Lam (JSE Share code: NPN), (SGX-ST: D05), (ASX Code: CBA)", "XJSE:NPN code, XSES:D05 code, XASX:CBA code"),
        // A preferred share is a security of its company.
        (
            "JPMorgan (NYSE: JPM PR D) and (NYSE: BAC PR B), (NYSE: WFC.PR.L)",
            "XNYS:JPM code, XNYS:BAC code, XNYS:WFC code",
        ),
        ("Ford (NYSE: F, F PRB) and (NYSE: BAC PrL)", "XNYS:F code, XNYS:BAC code"),
        ("NYSE: CLOSED ON THURSDAY FOR THANKSGIVING.", ""),
        ("NYSE: GE, ALL FALL ON FEARS", "XNYS:GE code"),
        ("Berkshire (NYSE: BRK-A, BRK/B)", "XNYS:BRK.A code, XNYS:BRK.B code"),
        ("BP [LSE:BP.] fell", "XLON:BP code"),
        ("Siemens (ETR:SIE, OTC:SIEGY)", "XETR:SIE code, OTCM:SIEGY code"),
        ("MediaTek (TPE:2454)", "XTAI:2454 code"),
        ("Sony (T: 6758)", "XTKS:6758 code"),
        ("Tencent (HKEX: 700)", "XHKG:0700 code"),
        ("Samsung (KRX: 005930.KS)", "XKRX:005930 code"),
        ("JD.com (JD: NASDAQ)", "XNAS:JD code"),
        ("Acme (Euronext Growth (Paris): ALQQQ)", "ALXP:ALQQQ code"),
        ("Acme (NASDAQ: QQQQ, a leading maker of A and IT parts)", "XNAS:QQQQ code"),
        ("Acme (NASDAQ: QQQQ, USA)", "XNAS:QQQQ code"),
        ("Shares NASDAQ:AMZN rose", "XNAS:AMZN code"),
        ("Shares NASDAQ:QQQQZ rose", ""),
        ("Acme (Euronext Paris: FR0011466069 - QQKI)", "XXXX:FR0011466069 isin, XPAR:QQKI code"),
        ("Acme (Nasdaq ticker: QQZ)", "XNAS:QQZ code"),
        ("Acme (NASDAQ:AMZN", "XNAS:AMZN code"),
        ("à Paris: CA en hausse", ""),
        ("DOW: 12 NASDAQ:     PCT CHANGE", ""),
        ("(XPAR:MC)", "XPAR:MC code"),
        ("(CRYPTO: BTC)", "XXXX:BTC code"),
        ("(INDEXSP: INX)", ""),
        ("（NASDAQ：AMZN）", "XNAS:AMZN code"),
        ("Apple Inc. (\"Apple\") (NASDAQ: AAPL).", "XNAS:AAPL code"),
        ("Hermès (Euronext Paris: FR0000052292, RMS.PA)", "XPAR:RMS code"),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_name_means_the_class_that_is_written() {
    for (text, expected) in [
        ("Berkshire Hathaway Inc. (NYSE: BRK.B) rose.", "BRK.B"),
        ("NYSE: BRK.B rose. Berkshire Hathaway Inc. did.", "BRK.B"),
        ("Berkshire Hathaway Inc. rose.", "BRK.A"),
        ("Berkshire Hathaway Inc. (NYSE: BRK.A, BRK.B) rose.", "BRK.A BRK.B"),
    ] {
        let written = Written { headline: "", text, stated: &[], language: Language::English, at: None, names: true };
        let companies: Vec<_> = super::read(&written).into_iter().map(|mention| mention.company.symbol).collect();
        assert_eq!(companies.join(" "), expected, "{text}");
    }
}

#[test]
fn a_segment_of_a_house_is_not_another_company() {
    for (text, expected) in [
        ("Carbios (ALCRB.PA) recule.", "ALXP:ALCRB"),
        ("Carbios (Euronext Paris : ALCRB) recule.", "ALXP:ALCRB"),
        ("Carbios (EPA:ALCRB) recule.", "ALXP:ALCRB"),
        ("Esker (ALESK.PA) monte.", "ALXP:ALESK"),
        ("Jet2 plc (AIM: JET2) rose.", "XLON:JET2"),
        ("Uranium Energy Corp (NYSE American: UEC) rose.", "XNYS:UEC"),
        ("Nestlé (OTCQX: NSRGY) rose.", "XSWX:NESN"),
        ("Roche (SIX: RO, ROG; OTCQX: RHHBY) said", "XSWX:ROG"),
        ("TSMC (2330.TW) and (TWSE: 2330)", "XNYS:TSM"),
        ("Novo Nordisk (Nasdaq Copenhagen: NOVOB) rose.", "XCSE:NOVO.B"),
        ("Reliance Industries (RELI.NS) rose.", "XNSE:RELIANCE"),
        ("BYD (002594.SZ) rose.", "XHKG:1211"),
    ] {
        let written = Written {
            headline: "",
            text,
            stated: &[],
            language: Language::English,
            at: Some(1_741_000_000),
            names: true,
        };
        let mut companies: Vec<_> = super::read(&written).into_iter().map(|it| it.company.to_string()).collect();
        companies.sort();
        companies.dedup();
        assert_eq!(companies.join(" "), expected, "{text}");
    }
}

#[test]
fn reuters_codes() {
    for (text, expected) in [
        ("Apple <AAPL.O> rose", "XNAS:AAPL ric"),
        ("Exxon ( XOM.N ) rose", "XNYS:XOM ric"),
        ("BNP Paribas (BNPP.PA)", "XPAR:BNP ric"),
        ("GM (GM.N: Quote, Profile, Research)", "XNYS:GM ric"),
        ("Renault RENA.PA, which", "XPAR:RNO ric"),
        ("Airbus AIR.PA said", "XPAR:AIR ric"),
        ("Berkshire <BRKb.N>", "XNYS:BRK.B ric"),
        ("Volkswagen (VOWG_p.DE)", "XETR:VOW3 ric"),
        ("Societe Generale <SOGN.PA,", "XPAR:GLE ric"),
        ("Tencent (0700.HK)", "XHKG:0700 ric"),
        ("the .FTSE index and (.FTSE), ^GSPC and <.SPX>", ""),
        ("Acme ( QQZ.N ) fell", "XNYS:QQZ ric"),
        ("Lions Gate (LGF.A)", ""),
        ("une boutique, SAP.BE, et une autre (IBM.A)", ""),
        ("Abbreviation (GR.V)", ""),
        ("Ford's F.N and GM's GM.N's shares", "XNYS:F ric, XNYS:GM ric"),
        ("Rain in the Zone.A la radio, la CGT.L’accord de l'UBP.L'an, Research (H.K.) Ltd", ""),
        ("Emirates NBD (ENBD.DU)", "XDFM:ENBD ric"),
        ("the U.S. and the U.N. of J.P. Morgan, B.A. and Ph.D. of U.K.", ""),
        ("see WWW.BMW.DE or http://example.com/BNPP.PA or A.B@SAP.DE", ""),
    ] {
        check(text, expected);
    }
}

#[test]
fn names_before_brackets() {
    for (text, expected) in [
        ("Tesla (TSLA) rose", "XNAS:TSLA code"),
        ("Apple Inc. (AAPL) rose", "XNAS:AAPL code"),
        ("Valero Energy[VLO]", "XNYS:VLO code"),
        ("Amazon.com, Inc.(AMZN)", "XNAS:AMZN code"),
        ("Meta (META) and Meta Platforms Inc (META)", "XNAS:META code"),
        ("General Motors Corp <GM>", "XNYS:GM code"),
        ("Berkshire Hathaway (BRK.B)", "XNYS:BRK.B code"),
        ("Facebook (FB)", "XNAS:FB code"),
        ("le groupe L’Oréal (OR)", "XPAR:OR code"),
        ("l'action d’Airbus (AIR) et Air Liquide (AI)", "XPAR:AIR code, XPAR:AI code"),
        ("Merck & Co (MRK), Merck KGaA (MRK)", "XNYS:MRK code, XETR:MRK code"),
        ("artificial intelligence (AI) and the chief executive (CEO)", ""),
        ("the Food and Drug Administration (FDA)", ""),
        ("under accounting principles (GAAP)", ""),
        ("Tesla (AAPL)", ""),
        ("<A> <B> (A) (B) [1]", ""),
    ] {
        check(text, expected);
    }
}

#[test]
fn cashtags_and_money() {
    for (text, expected) in [
        ("$AAPL up, $BRK.B down", "XNAS:AAPL cashtag, XNYS:BRK.B cashtag"),
        ("watching $TSLA.", "XNAS:TSLA cashtag"),
        ("$TSLA's rise", "XNAS:TSLA cashtag"),
        ("$100 and $US and 1000 milliards $US and $CA and C$AAPL and US$T", ""),
        ("50 $T and $QQQQQ and $ and $$AAPL", ""),
    ] {
        check(text, expected);
    }
}

#[test]
fn isins() {
    for (text, expected) in [
        ("ISIN FR0000121014 here", "XPAR:MC isin"),
        ("ISIN FR 0000121014", "XPAR:MC isin"),
        ("FR0000121014-AB1234", "XPAR:MC isin"),
        ("ISIN: US0378331005.", "XXXX:US0378331005 isin"),
        ("FR0000121015 and AFR0000121014 and FR00001210144", ""),
        ("http://example.com/FR0000121014", ""),
    ] {
        check(text, expected);
    }
}

#[test]
fn announced_symbols_and_bloomberg() {
    for (text, expected) in [
        ("AIR FP Equity", "XPAR:AIR code"),
        ("AAPL US Equity", "XNAS:AAPL code"),
        ("the AAPL:US line", "XNAS:AAPL code"),
        ("(US:AAPL)", "XNAS:AAPL code"),
        ("Bloomberg: RNO FP", "XPAR:RNO code"),
        ("Bloomberg: RNO PA", "XPAR:RNO code"),
        ("(ticker: BIIB)", "XNAS:BIIB code"),
        ("under the symbol \"AAPL\"", "XNAS:AAPL code"),
        ("listed on the NYSE under the symbol QQZ", "XNYS:QQZ code"),
        ("Stock code:300750", "XSHE:300750 code"),
        ("Tickers: AAPL, MSFT; TSLA and AMZN", "XNAS:AAPL code, XNAS:MSFT code, XNAS:TSLA code, XNAS:AMZN code"),
        ("Ticker: AAPL, CEO Jane Roe said", "XNAS:AAPL code"),
        ("Ticker: AAPL, QQZ, MSFT", "XNAS:AAPL code"),
        ("Ticker: AAPL, a maker of MSFT", "XNAS:AAPL code"),
        ("a status symbol IT managers love", ""),
        ("the ticker symbol of USA", ""),
    ] {
        check(text, expected);
    }
    for (text, expected) in [
        ("sous le symbole « ENGI »", "XPAR:ENGI code"),
        ("symbole boursier «\u{a0}ENGI\u{a0}»", "XPAR:ENGI code"),
        ("cotée à Paris sous le code ENGI", "XPAR:ENGI code"),
        ("La société est cotée. Entrez sous le code ENGI", ""),
        ("Symbols: AAPL MSFT NVDA", "XNAS:AAPL code, XNAS:MSFT code, XNAS:NVDA code"),
        ("Related tickers: (AAPL) (MSFT)", "XNAS:AAPL code, XNAS:MSFT code"),
        ("Symbols: AAPL AND OTHER THINGS", "XNAS:AAPL code"),
        ("symbol: AAPL MSFT", "XNAS:AAPL code"),
        ("Symboles : « ENGI » et « SAN »", "XPAR:ENGI code, XPAR:SAN code"),
        ("Code ISIN : FR0010208488 - Mnémonique : ENGI", "XPAR:ENGI code"),
        ("mnémo : ALO", "XPAR:ALO code"),
        ("cotée à la Bourse de Paris sous le symbole « QQZ »", "XPAR:QQZ code"),
        ("(Bloomberg : MC FP, Reuters : LVMH.PA)", "XPAR:MC code"),
        ("cotée sur Euronext Paris sous le symbole QQZ", "XPAR:QQZ code"),
    ] {
        assert_eq!(found(text, Language::French), expected, "{text}");
    }
}

#[test]
fn false_friends_are_not_tickers() {
    for text in [
        "(CEO: Smith)",
        "(Note: A)",
        "(range: 21 to 77 years)",
        "(HR: 0.43; 95% CI: 0.2-0.6)",
        "(Age: 41)",
        "(Combinaison : 45 % ; Total : 12)",
        "à 10:30 et 22:15",
        "at http://example.com:8080/NYSE:A",
        "mailto:A.B@example.com",
        "Paris: la ville, London: A city",
        "en baisse (Paris : 12)",
        "J.P. Morgan, U.S., S.A., CAC 40, S&P 500",
        "(plus: ABC) (mad: MAX) (war: CIA)",
        "seen in (as told in Paris: UEFA)",
        "",
    ] {
        check(text, "");
    }
}

#[test]
fn a_french_article_is_read_whole() {
    let headline = "Sanofi (Euronext Paris : SAN) relève ses objectifs";
    let text = "Le groupe (EPA:SAN) a relevé ses objectifs (BPA : +12 %), porté par l’IA (AI).\n\
        Pfizer Inc. (NYSE\u{a0}: PFE) et Moderna (NASDAQ : MRNA) reculent, tandis que Merck & Co (MRK) gagne 0,4 %.\n\
        À New York, 10 milliards $US ont changé de mains à 15:30. SAN.PA : +2 % (source : AFP).";
    let stated = ["MRK".to_owned(), "TTE".to_owned(), "n'importe quoi".to_owned()];
    let mentions = read(headline, text, &stated, Language::French);
    let told: Vec<_> = mentions.iter().map(|m| format!("{} {} {}", m.ticker, m.how.name(), m.mentions)).collect();
    assert_eq!(
        told,
        ["XNYS:MRK metadata 1", "XPAR:TTE metadata 0", "XPAR:SAN code 3", "XNYS:PFE code 1", "XNAS:MRNA code 1"]
    );
    let sanofi = &mentions[2];
    assert!(sanofi.spans[0].headline && !sanofi.spans[1].headline);
    assert_eq!(&headline[sanofi.spans[0].start..sanofi.spans[0].end], "SAN");
    assert_eq!(&text[sanofi.spans[2].start..sanofi.spans[2].end], "SAN.PA");
}

#[test]
fn stated_codes_take_their_market_from_the_text_or_the_tables() {
    let check = |stated: &str, text: &str, language: Language, expected: &str| {
        let mentions = read("", text, &[stated.to_owned()], language);
        let first = mentions.first().map(|mention| format!("{} {}", mention.ticker, mention.mentions));
        assert_eq!(first.as_deref(), Some(expected), "{stated}");
    };
    check("AIR", "", Language::French, "XPAR:AIR 0");
    check("AIR", "", Language::English, "XNYS:AIR 0");
    check("NASDAQ:AMZN", "(NASDAQ:AMZN)", Language::English, "XNAS:AMZN 1");
    check("SHOP", "Shopify (TSX: SHOP)", Language::English, "XTSE:SHOP 1");
    check("ZZZZQ", "", Language::English, "XXXX:ZZZZQ 0");
    check("FR0000121014", "", Language::English, "XPAR:MC 0");
    check("AAPL;MSFT", "", Language::English, "XNAS:AAPL 0");
}

#[test]
fn a_long_list_of_codes_is_read_in_one_pass() {
    // A quadratic step would take minutes here.
    let text = "Apple(AAPL)<AAPL.O>(NASDAQ:AAPL)$AAPL,ticker:AAPL".repeat(5_000);
    let mentions = read("", &text, &[], Language::English);
    assert_eq!(mentions.len(), 1);
    assert!(mentions[0].mentions >= 15_000, "{}", mentions[0].mentions);
    let text: String = (0..10_000).map(|n| format!("(TYO: {}) ", 1000 + n)).collect();
    assert_eq!(read("", &text, &[], Language::English).len(), 10_000);
}

#[test]
fn runs_of_capitals_are_found_wherever_they_stand() {
    for before in 0..25 {
        for length in [9, 10, 12, 31] {
            let text = format!("{}{} x", " ".repeat(before), "A".repeat(length));
            let mut starts = Vec::new();
            for_each_code(text.as_bytes(), |at| starts.push(at));
            assert_eq!(starts, if length < 10 { vec![] } else { vec![before] }, "{text}");
        }
    }
}

/// Pieces that codes are made of, and what may come between them.
const PIECES: [&str; 44] = [
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    "$",
    ".",
    ":",
    "：",
    "（",
    "）",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\n",
    ",",
    ";",
    "/",
    "&",
    "|",
    "-",
    "’",
    "«",
    "»",
    "NASDAQ",
    "Euronext Paris",
    "TSX",
    "AAPL",
    "BRK",
    "A",
    "b",
    "N",
    "PA",
    "É",
    "œ",
    "FR0000121014",
    "FR",
    "0000121014",
    "symbole",
    "Mnémonique",
    "ticker",
    "Bloomberg",
    "Equity",
];

#[test]
fn indices_currencies_and_domain_names_are_no_tickers() {
    for text in [
        "(Paris : CAC 40, Londres : FTSE 100, Francfort : DAX)",
        "(NYSE : DJIA) et (Nasdaq : COMP)",
        "(Stockholm : SEK)",
        "réservez sur BOOKING.CO dès lundi",
    ] {
        let found = read("", text, &[], Language::French);
        let found: Vec<String> = found.iter().map(|mention| mention.ticker.to_string()).collect();
        // Compass, the broker, is listed as COMP in New York, and only there.
        assert!(found.iter().all(|ticker| ticker == "XNYS:COMP"), "{text}: {found:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..30),
        noise in "\\PC{0,8}",
        at in 0usize..30,
    ) {
        let mut pieces: Vec<&str> = pieces;
        pieces.insert(at.min(pieces.len()), &noise);
        let text = pieces.concat();
        for mention in read(&text, &text, std::slice::from_ref(&text), Language::French) {
            prop_assert!(mention.mentions as usize <= mention.spans.len());
            for pair in mention.spans.windows(2) {
                prop_assert!((!pair[0].headline, pair[0].end) <= (!pair[1].headline, pair[1].start));
            }
            for span in &mention.spans {
                prop_assert!(text.get(span.start..span.end).is_some_and(|code| !code.is_empty()));
            }
            if mention.how != How::Metadata && mention.ticker.mic != Mic::UNKNOWN {
                prop_assert!(symbol::fits(&mention.ticker.symbol, mention.ticker.mic));
            }
        }
    }

    #[test]
    fn a_labelled_symbol_is_found_in_any_text(before in "[a-zé .,]{0,40}", symbol in "[A-Z]{2,5}", after in "[a-zé .,]{0,40}") {
        let is_no_symbol = [labelled::NO_SYMBOLS, &labelled::SCHEMES].iter().any(|list| list.contains(&symbol.as_str()));
        prop_assume!(companies::listings(&symbol).next().is_none() && !is_no_symbol);
        let text = format!("{before} (NASDAQ: {symbol}) {after}");
        let mentions = read("", &text, &[], Language::English);
        prop_assert_eq!(mentions.len(), 1);
        prop_assert_eq!(&text[mentions[0].spans[0].start..mentions[0].spans[0].end], symbol.as_str());
    }
}
