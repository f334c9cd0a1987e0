//! Exports of press databases, as their documents print them: columns of lines and what is read.

use super::press::{Clip, articles};

/// Returns headline, body, date, source, author, section, language, id of each article, parted by bars.
fn check(export: &str, expected: &[&str]) {
    let lines: Vec<&str> = export.lines().collect();
    let clips = articles(&lines).unwrap_or_default();
    let told = clips.iter().map(|Clip { draft, id }| {
        let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            or_none(&draft.headline),
            draft.body.replace("\n\n", " ¶ "),
            draft.dates.iter().map(|(date, _)| date.as_str()).collect::<Vec<_>>().join(", "),
            or_none(&draft.source),
            or_none(&draft.author),
            or_none(&draft.section),
            or_none(&draft.language),
            draft.tickers.join(" "),
            or_none(id),
        ]
        .join("|")
    });
    assert_eq!(told.collect::<Vec<_>>(), expected, "{export}");
}

#[test]
fn factiva_with_its_codes() {
    check(
        "SE\tÉconomie\nHD\tVinci gagne un contrat\nBY\tPar A. Durand\nWC\t120 mots\nPD\t19 mars 2025\nET\t08:15\nSN\tLe Quotidien\nSC\tQUOTI\n\
         LA\tFrançais\nCY\tTous droits réservés\nLP\nLe groupe signe.\nTD\nDeux.\nTrois.\nCO\tvinci : Vinci SA\nIN\ti5 : BTP\nAN\tDocument QUOTI00020250319el3j0001x\n\
         HD\nUn autre titre\nPD\n20 March 2025\nLP\nIN a word, yes.\nAN\nQUOTI00020250320el3k0002y\n",
        &[
            "Vinci gagne un contrat|Le groupe signe. ¶ Deux. ¶ Trois.|19 mars 2025 08:15, 19 mars 2025|Le Quotidien|A. Durand|Économie|Français||QUOTI00020250319el3j0001x",
            "Un autre titre|IN a word, yes.|20 March 2025||||||QUOTI00020250320el3k0002y",
        ],
    );
}

#[test]
fn factiva_as_it_prints() {
    check(
        "Bourse\nVinci gagne un contrat\nPar A. Durand\n1 234 mots\n19 mars 2025\n08:15\nLe Quotidien\nQUOTI\n12\nFrançais\n\
         Copyright 2025. Le Quotidien.\n\nLe groupe signe.\n\nDocument bien reçu.\n\nDocument QUOTI00020250319el3j0001x\n\
         A second story\n345 words\n20 March 2025\nNorthway Wire\nNORTHW\nEnglish\n(c) 2025 Northway Wire\nText.\nDocument NORTHW0020250320el3k0002y\n",
        &[
            "Vinci gagne un contrat|Le groupe signe. ¶ Document bien reçu.|19 mars 2025|Le Quotidien|A. Durand|Bourse|Français||QUOTI00020250319el3j0001x",
            "A second story|Text.|20 March 2025|Northway Wire|||English||NORTHW0020250320el3k0002y",
        ],
    );
}

#[test]
fn factiva_prints_an_author_below_the_headline() {
    let below = "412 mots\n4 mars 2025\nLe Quotidien\nQUOTI\nFrançais\nCopyright 2025. Le Quotidien.\nTexte.\nDocument QUOTI00020250304el340001x\n";
    let read = |headline, author, section| {
        format!("{headline}|Texte.|4 mars 2025|Le Quotidien|{author}|{section}|Français||QUOTI00020250304el340001x")
    };
    for (above, headline, author, section) in [
        ("Industrie\nHalden supprime 400 postes\nANNE PETIT", "Halden supprime 400 postes", "ANNE PETIT", "Industrie"),
        (
            "Industrie\nHalden supprime 400 postes\nAnne Petit et Luc d'Oc",
            "Halden supprime 400 postes",
            "Anne Petit et Luc d'Oc",
            "Industrie",
        ),
        (
            "Halden supprime 400 postes\nANNE PETIT; PAUL ROUX",
            "Halden supprime 400 postes",
            "ANNE PETIT; PAUL ROUX",
            "",
        ),
        (
            "Industrie\nHalden supprime 400 postes\nPar Anne Petit à Lyon",
            "Halden supprime 400 postes",
            "Anne Petit",
            "Industrie",
        ),
        // Neither a word alone, nor a title longer than all above it.
        ("Industrie\nHalden supprime 400 postes", "Halden supprime 400 postes", "", "Industrie"),
        ("Industrie\nHalden Rachète Belvoir", "Halden Rachète Belvoir", "", "Industrie"),
    ] {
        check(&format!("{above}\n{below}"), &[&read(headline, author, section)]);
    }
}

#[test]
fn nexis_as_it_prints() {
    check(
        "Northway buys Halden\nNorthway Wire\nMarch 19, 2025 Wednesday\nCopyright 2025 Northway Wire All Rights Reserved\nSection: BUSINESS; Pg. 4\n\
         Length: 120 words\nByline: By J. Reed\nHighlight: A deal.\nBody\n\nThe firm said: yes.\nSubject to approval.\nClassification\nLanguage: ENGLISH; ENGLISH\n\
         Ticker: NWY (NYSE) (90%); HLD (LSE)\nLoad-Date: March 20, 2025\nEnd of Document\n\
         Un autre titre\nLe Quotidien\n19 mars 2025\nLongueur : 99 mots\nCorps\nLe texte.\nDate de chargement : 20 mars 2025\nFin du document\n",
        &[
            "Northway buys Halden|The firm said: yes. ¶ Subject to approval.|March 19, 2025 Wednesday, March 20, 2025|Northway Wire|J. Reed|BUSINESS|ENGLISH|NYSE:NWY LSE:HLD|",
            "Un autre titre|Le texte.|19 mars 2025, 20 mars 2025|Le Quotidien|||||",
        ],
    );
}

#[test]
fn only_the_last_lines_are_the_tail_of_nexis() {
    let head = "Northway buys Halden\nNorthway Wire\nMarch 19, 2025\nLength: 120 words\nBody\n";
    let read = "Northway buys Halden|{}|March 19, 2025|Northway Wire|||ENGLISH|NYSE:NWY|";
    let classes = "Classification\nLanguage: ENGLISH\nTicker: NWY (NYSE) (90%)\n";
    for (body, tail, text) in [
        (
            "Company: Northway Holdings, a maker of valves\nIt bought Halden.\nSubject: the price\nIt is high.\n",
            classes,
            "Company: Northway Holdings, a maker of valves ¶ It bought Halden. ¶ Subject: the price ¶ It is high.",
        ),
        // What a line of the text is called is not what the article is.
        ("Ticker: NONE\nLanguage: Klingon\nThe end.\n", classes, "Ticker: NONE ¶ Language: Klingon ¶ The end."),
        // Lists that go on, labels that are not known, a caption, and whose text it is.
        (
            "One.\nTwo.\n",
            "Graphic\nA valve.\nLanguage: ENGLISH\nSubject: MERGERS (90%); BANKING &\nFINANCE (88%); CORPORATE\nRESULTS (70%)\n\
             Person: A. REED;\nB. DURAND\nJournal-Code: NWY\nTicker: NWY (NYSE) (90%)\nCopyright 2025 Northway Wire\nAll Rights Reserved\n",
            "One. ¶ Two.",
        ),
    ] {
        check(&format!("{head}{body}{tail}End of Document\n"), &[&read.replace("{}", text)]);
    }
}

#[test]
fn nexis_as_it_printed() {
    check(
        "1 of 2 DOCUMENTS\n\nNorthway Wire\n\nMarch 19, 2025 Wednesday\n\nSECTION: BUSINESS\n\nLENGTH: 120 words\n\nHEADLINE: Northway buys Halden\n\n\
         BYLINE: J. Reed\n\nBODY:\n\nThe text.\n\nLOAD-DATE: March 20, 2025\n\nLANGUAGE: ENGLISH\n\n2 of 2 DOCUMENTS\n\nNorthway Wire\n\nLENGTH: 9 words\n\nHEADLINE: Second\n\nText.\n",
        &[
            "Northway buys Halden|The text.|March 19, 2025 Wednesday, March 20, 2025|Northway Wire|J. Reed|BUSINESS|ENGLISH||",
            "Second|Text.||Northway Wire|||||",
        ],
    );
}

#[test]
fn nexis_printed_the_headline_below_the_day() {
    check(
        "1 of 3 DOCUMENTS\n\nNorthway Times\n\nMarch 19, 2025 Wednesday\nLate Edition - Final\n\nNorthway buys Halden\n\nBYLINE: By J. REED\n\n\
         SECTION: Section B\n\nLENGTH: 120 words\n\nThe text.\n\nLANGUAGE: ENGLISH\n\n\
         2 of 3 DOCUMENTS\n\nLe Quotidien du Nord\n\n19 mars 2025 mercredi\n\nNorthway achète Halden\n\nAUTEUR: A. Durand\n\nLONGUEUR: 99 mots\n\nLe texte.\n\n\
         3 of 3 DOCUMENTS\n\nA title first\nNorthway Times\nMarch 20, 2025 Thursday\nLate Edition\nLENGTH: 9 words\nText.\n",
        &[
            "Northway buys Halden|The text.|March 19, 2025 Wednesday|Northway Times|J. REED|Section B|ENGLISH||",
            "Northway achète Halden|Le texte.|19 mars 2025 mercredi|Le Quotidien du Nord|A. Durand||||",
            "A title first|Text.|March 20, 2025 Thursday|Northway Times|||||",
        ],
    );
}

#[test]
fn other_documents_are_no_exports() {
    for text in [
        "",
        "Un titre\n\nLe texte, 120 mots.\n",
        "HD\nIN\nAN\n",
        "Document 1\n",
        "End of Document\n",
        "Length: 3 words\nBody\nText.\n",
    ] {
        assert_eq!(articles(&text.lines().collect::<Vec<_>>()), None, "{text}");
    }
}
