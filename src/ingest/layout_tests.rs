//! The layouts of news agencies, vendors and data sets that come as JSON or tables: one record of each,
//! and every field of it.

use super::testing::read;

/// Checks the one article of a file, told as headline, body, date, source, author, section, language,
/// tickers and address, parted by bars.
fn check(name: &str, text: &str, expected: &str) {
    let results = read(name, text.as_bytes());
    assert_eq!(results.len(), 1, "{name}: {results:?}");
    let draft = results.into_iter().next().unwrap().unwrap();
    let or_none = |text: Option<String>| text.unwrap_or_default();
    let told = [
        or_none(draft.headline),
        draft.body.replace("\n\n", " ¶ "),
        draft.dates.first().map(|(date, _)| date.clone()).unwrap_or_default(),
        or_none(draft.source),
        or_none(draft.author),
        or_none(draft.section),
        or_none(draft.language),
        draft.tickers.join(" "),
        or_none(draft.url),
    ];
    assert_eq!(told.join("|"), expected, "{name}: {text}");
}

#[test]
fn ninjs() {
    check(
        "a.json",
        r#"{"uri": "urn:x:1", "type": "text", "versioncreated": "2025-03-19T08:15:00Z", "language": "fr", "byline": "A. Durand",
        "headline": "Vinci gagne", "body_text": "Un.\n\nDeux.", "infosource": [{"name": "Agence Fluviale"}],
        "subject": [{"name": "BTP"}], "organisation": [{"name": "Vinci", "symbols": [{"ticker": "DG", "exchange": "XPAR"}]}, {"name": "Autre"}]}"#,
        "Vinci gagne|Un. ¶ Deux.|2025-03-19T08:15:00Z|Agence Fluviale|A. Durand|BTP|fr|XPAR:DG|",
    );
    check(
        "a.json",
        r#"{"uri": "urn:x:1", "standard": {"name": "ninjs", "version": "2.1"}, "contentCreated": "2025-03-19T08:15:00Z",
        "headlines": [{"role": "main", "value": "Vinci gagne"}], "bodies": [{"role": "main", "contentType": "application/xhtml+xml",
        "value": "<p>Un.</p><p>Deux.</p>"}], "infoSources": [{"name": "Agence Fluviale"}], "language": "fr", "by": "A. Durand",
        "subjects": [{"name": "BTP"}], "organisations": [{"name": "Vinci", "symbols": [{"ticker": "DG", "exchange": "XPAR"}]}]}"#,
        "Vinci gagne|Un. ¶ Deux.|2025-03-19T08:15:00Z|Agence Fluviale|A. Durand|BTP|fr|XPAR:DG|",
    );
}

#[test]
fn json_feed() {
    check(
        "a.json",
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Agence", "items": [{"id": "1", "url": "https://a.b/1",
        "title": "Vinci gagne", "content_html": "<p>Un.</p>", "summary": "Court.", "date_published": "2025-03-19T08:15:00Z",
        "authors": [{"name": "A. Durand"}], "tags": ["BTP"], "language": "fr"}]}"#,
        "Vinci gagne|Un.|2025-03-19T08:15:00Z||A. Durand|BTP|fr||https://a.b/1",
    );
}

#[test]
fn vendors_of_market_news() {
    // Benzinga.
    check(
        "a.json",
        r#"[{"id": 1, "author": "J. Reed", "created": "Wed, 19 Mar 2025 08:15:00 -0400", "updated": "Wed, 19 Mar 2025 09:00:00 -0400",
        "title": "Northway gains", "teaser": "Short.", "body": "<p>One.</p><p>Two.</p>", "url": "https://a.b/1",
        "channels": [{"name": "Earnings"}], "stocks": [{"name": "NWY"}, {"name": "HLD"}], "tags": []}]"#,
        "Northway gains|One. ¶ Two.|Wed, 19 Mar 2025 08:15:00 -0400||J. Reed|Earnings||NWY HLD|https://a.b/1",
    );
    // Financial Modeling Prep.
    check(
        "a.json",
        r#"[{"symbol": "NWY", "publishedDate": "2025-03-19 08:15:00", "title": "Northway gains", "image": "x", "site": "northway.example",
        "text": "One.", "url": "https://a.b/1"}]"#,
        "Northway gains|One.|2025-03-19 08:15:00|northway.example||||NWY|https://a.b/1",
    );
    // Alpha Vantage.
    check(
        "a.json",
        r#"{"items": "1", "feed": [{"title": "Northway gains", "url": "https://a.b/1", "time_published": "20250319T081500",
        "authors": ["J. Reed"], "summary": "One.", "source": "Halden Press", "topics": [{"topic": "Earnings", "relevance_score": "1.0"}],
        "ticker_sentiment": [{"ticker": "NWY", "relevance_score": "0.9"}]}]}"#,
        "Northway gains|One.|20250319T081500|Halden Press|J. Reed|Earnings||NWY|https://a.b/1",
    );
    // FNSPID.
    check(
        "a.csv",
        "Date,Article_title,Stock_symbol,Url,Publisher,Author,Article,Lsa_summary\n\
         2025-03-19 08:15:00 UTC,Northway gains,NWY,https://a.b/1,Halden Press,J. Reed,One.,Short.\n",
        "Northway gains|One.|2025-03-19 08:15:00 UTC|Halden Press|J. Reed|||NWY|https://a.b/1",
    );
    // Press-release wires (GlobeNewswire, PR Newswire, Business Wire) as collections of them have it.
    check(
        "a.jsonl",
        r#"{"headline": "Northway to buy Halden", "body": "OSLO, March 19, 2025 (GLOBE NEWSWIRE) -- One.", "publishedAt": "2025-03-19T08:15:00Z", "source": {"name": "GlobeNewswire"}, "symbols": "OSE:NWY"}"#,
        "Northway to buy Halden|OSLO, March 19, 2025 (GLOBE NEWSWIRE) -- One.|2025-03-19T08:15:00Z|GlobeNewswire||||OSE:NWY|",
    );
}

#[test]
fn a_table_by_its_columns_holds_an_article_a_row() {
    for table in [
        r#"{"title": ["Vinci gagne", "Halden perd"], "text": ["Un.", "Deux."], "date": ["2025-03-04", "2025-03-05"]}"#,
        r#"{"title": {"0": "Vinci gagne", "1": "Halden perd"}, "text": {"0": "Un.", "1": "Deux."}}"#,
    ] {
        let drafts = read("a.json", table.as_bytes()).into_iter().map(Result::unwrap);
        let told = drafts.map(|draft| format!("{} {} {}", draft.record.unwrap(), draft.headline.unwrap(), draft.body));
        assert_eq!(told.collect::<Vec<_>>(), ["1 Vinci gagne Un.", "2 Halden perd Deux."], "{table}");
    }
}
