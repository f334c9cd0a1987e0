//! Every format is read, packed or not, and every article of the samples in `tests/data/formats` is found, with
//! its title, day and address.

use std::io::Write;
use std::path::Path;

use crate::testenv::{TestEnv, copy, tar, zip};

/// What stands in `tests/data/formats`: `id · day · headline`.
const ARTICLES: &[&str] = &[
    "alertes.mbox#a1@desk.example · 2025-03-11 · Lock strike enters second week",
    "alertes.mbox#a2@desk.example · 2025-03-12 · Lock strike ends",
    "archive.tar.xz!deux.json · 2025-03-18 · Upper reach refilled",
    "archive.tar.xz!un.txt · none · Le bief est à sec",
    "barges.nitf · 2025-03-06 · Barge rates climb on low water",
    "canal.pdf · 2025-03-21 · Le canal du Nord rouvre en juin",
    "capture.arc#2 · none · Old mill sold",
    "capture.warc.gz#3 · 2025-03-13 · Un chantier naval embauche",
    "depeches.rss#gq-1 · 2025-03-04 · Les quais de Brévan ferment un mois",
    "depeches.rss#gq-2 · 2025-03-05 · Le fret fluvial recule de 4 %",
    "dossier.zip!encore.zip!notes/second.txt · none · A second note",
    "dossier.zip!premier.md · 2025-03-15 · Un bac électrique",
    "ecluse.newsml.xml · 2025-03-07 · Une écluse neuve pour Brévan",
    "flux.atom#r1 · 2025-03-22 · Dredger sold",
    "latin.html · 2025-03-13 · Un chantier naval embauche",
    "lettre.eml · 2025-03-10 · Péages: hausse en avril",
    "lignes.jsonl.bz2#l1 · 2025-03-19 · Silt closes a lock",
    "lignes.jsonl.bz2#l2 · 2025-03-19 · La vase bloque une écluse",
    "memo.rtf · none · River desk memo",
    "note.docx · 2025-03-20 · Note sur le trafic fluvial",
    "releve.csv#1 · 2025-03-23 · Un pont tournant",
];

fn indexed() -> (TestEnv, String) {
    let env = TestEnv::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats"), &env.path("news"));
    let told = env.telex(["index", "news", "--report", "report.jsonl"]);
    assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{told}");
    (env, told.stdout)
}

#[test]
fn every_article_of_every_format_is_found() {
    let (env, _) = indexed();
    let articles = env.json(["export", "-i", "news/.telex"]);
    let mut found: Vec<String> = articles
        .iter()
        .map(|article| {
            let text = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
            let origin = text("date_origin");
            let day = if origin == "file_time" { "none".to_owned() } else { text("date").chars().take(10).collect() };
            format!("{} · {day} · {}", text("id"), text("headline"))
        })
        .collect();
    found.sort();
    assert_eq!(found, ARTICLES);
}

#[test]
fn a_line_of_the_report_tells_a_wrong_charset() {
    let (env, _) = indexed();
    let report = std::fs::read_to_string(env.path("report.jsonl")).unwrap();
    assert_eq!(
        report,
        "{\"id\":\"latin.html\",\"repair\":\"charset\",\"detail\":\"it says that it is iso-8859-1, and is UTF-8\"}\n"
    );
}

#[test]
fn the_text_of_a_pdf_runs_from_page_to_page() {
    let (env, _) = indexed();
    let text = env.ok(["show", "canal.pdf", "-i", "news/.telex"]).replace('\n', " ");
    assert!(text.contains("un an de travaux, a annoncé son gestionnaire."), "{text}");
    assert!(text.contains("mais le tirant d'eau restera limité jusqu'à l'automne."), "{text}");
    assert!(text.contains("et les communes un afflux") && !text.contains("Page 1"), "{text}");
}

#[test]
fn every_format_is_read_packed_or_not() {
    let env = TestEnv::new();
    let mut names = Vec::new();
    for (_, endings, _) in telex::ingest::formats() {
        for ending in endings {
            let text = match *ending {
                "md" | "markdown" => "---\ntitle: Un titre de dépêche\nlang: fr\n---\n\nLe groupe zorvane.\n",
                "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp" => {
                    "<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Un titre de dépêche</title></head>\
                     <body><article><h1>Un titre de dépêche</h1><p>Le groupe zorvane.</p></article></body></html>"
                }
                "json" | "jsonl" | "ndjson" => {
                    "{\"title\": \"Un titre de dépêche\", \"text\": \"Le groupe zorvane.\", \"lang\": \"fr\"}\n"
                }
                "csv" => "titre;texte;langue\n\"Un titre de dépêche\";\"Le groupe zorvane.\";fr\n",
                "tsv" | "tab" => "titre\ttexte\tlangue\nUn titre de dépêche\tLe groupe zorvane.\tfr\n",
                "xml" | "rss" | "rdf" => {
                    "<rss><channel><item><title>Un titre de dépêche</title><description>Le groupe zorvane.</description></item></channel></rss>"
                }
                "atom" => {
                    "<feed><entry><title>Un titre de dépêche</title><content>Le groupe zorvane.</content></entry></feed>"
                }
                "nitf" => {
                    "<nitf><body><body.head><hedline><hl1>Un titre de dépêche</hl1></hedline></body.head>\
                     <body.content><p>Le groupe zorvane.</p></body.content></body></nitf>"
                }
                "newsml" => {
                    "<newsItem><contentMeta><headline>Un titre de dépêche</headline></contentMeta>\
                     <contentSet><inlineData>Le groupe zorvane.</inlineData></contentSet></newsItem>"
                }
                "sgm" | "sgml" => {
                    "<REUTERS><TEXT><TITLE>Un titre de dépêche</TITLE><BODY>Le groupe zorvane.</BODY></TEXT></REUTERS>"
                }
                "rtf" => {
                    r"{\rtf1{\info{\title Un titre de d\'e9p\'eache}}Un titre de d\'e9p\'eache\par Le groupe zorvane.\par}"
                }
                _ => "Un titre de dépêche\n\nLe groupe zorvane.\n",
            };
            let message =
                b"Subject: =?utf-8?q?Un_titre_de_d=C3=A9p=C3=AAche?=\nFrom: a@example.org\n\nLe groupe zorvane.\n"
                    .to_vec();
            let page = "<title>Un titre de dépêche</title><p>Le groupe zorvane.</p>";
            let page = format!(
                "WARC/1.0\nWARC-Type: resource\nContent-Type: text/html\nContent-Length: {}\n\n{page}\n\n",
                page.len()
            );
            let saved = "Subject: x\nContent-Type: text/html; charset=utf-8\n\n<title>Un titre de dépêche</title><p>Le groupe zorvane.</p>\n";
            let word = "<w:document><w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Un titre de dépêche</w:t></w:r></w:p>\
                        <w:p><w:r><w:t>Le groupe zorvane.</w:t></w:r></w:p></w:document>";
            let arc = format!(
                "http://a.example/ 192.0.2.1 20250304000000 text/html {}\n{}\n",
                page.len() - page.find("<title>").unwrap() + 40,
                page.replacen(
                    &page[..page.find("<title>").unwrap()],
                    "HTTP/1.0 200 OK\nContent-Type: text/html\n\n",
                    1
                )
            );
            let shown =
                r"BT /F 20 Tf 50 700 Td (Un titre de d\351p\352che) Tj /F 10 Tf 0 -40 Td (Le groupe zorvane.) Tj ET";
            let pdf = format!(
                "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
                 3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
                 4 0 obj<</Length {}>>stream\n{shown}\nendstream endobj\n\
                 5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n\
                 trailer<</Root 1 0 R/Size 6>>\n%%EOF\n",
                shown.len()
            );
            let text = match *ending {
                "arc" => arc.as_bytes(),
                "pdf" => pdf.as_bytes(),
                "zip" => &zip(&[("a.txt", text.as_bytes())]),
                "tar" => &tar(&[("a.txt", text.as_bytes())]),
                "eml" => &message,
                "mht" | "mhtml" => saved.as_bytes(),
                "mbox" | "mbx" => &[b"From x\n", message.as_slice()].concat(),
                "warc" => page.as_bytes(),
                "docx" | "docm" => &zip(&[("word/document.xml", word.as_bytes())]),
                _ => text.as_bytes(),
            };
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(text).unwrap();
            let zstandard = zstd::encode_all(text, 1).unwrap();
            for (packing, bytes) in [("", text), (".gz", &gzip.finish().unwrap()), (".zst", &zstandard)] {
                let name = format!("a.{ending}{packing}");
                env.write(&format!("news/{name}"), bytes);
                names.push(name);
            }
        }
    }
    assert!(names.len() >= 21, "{names:?}");
    env.ok(["index", "news"]);
    let articles = env.json(["export", "--text", "-i", "news/.telex"]);
    let mut paths: Vec<&str> = articles.iter().map(|article| article["path"].as_str().unwrap()).collect();
    names.sort();
    paths.sort_unstable();
    assert_eq!(paths, names);
    for article in &articles {
        assert_eq!(article["headline"], "Un titre de dépêche", "{article}");
        assert_eq!(article["body"].as_str().unwrap().trim(), "Le groupe zorvane.", "{article}");
    }
}

#[test]
fn a_name_in_an_archive_may_have_a_hash() {
    let env = TestEnv::new();
    let page = b"<title>Un titre</title><p>Le groupe zorvane gagne trois points.</p>";
    let table = b"id,title,text\n1.html,Zorvane,Un texte.\n";
    let files: [(&str, &[u8]); 4] =
        [("2025-03-04 #1.html", page), ("note 2.html", page), ("a.csv", table), ("a.csv#1.html", page)];
    env.write("news/a.zip", zip(&files));
    env.ok(["index", "news"]);
    let ids = |query: &str| env.ids_with(&["zorvane", query, "-i", "news/.telex"]);
    let mut pages = ids("type:html");
    pages.sort();
    assert_eq!(pages, ["a.zip!2025-03-04 %231.html", "a.zip!a.csv%231.html", "a.zip!note 2.html"]);
    assert_eq!(ids("type:csv"), ["a.zip!a.csv#1.html"]);
    assert_eq!(ids("date:2025-03-04"), ["a.zip!2025-03-04 %231.html"]);
}
