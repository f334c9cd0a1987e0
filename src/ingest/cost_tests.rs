//! What reading costs: no faster than a file grows does the time that it takes.
//!
//! Each file is read in two sizes, the second eight times the first. A time in the square of the size grows to 64
//! times; up to 24 times is taken for chance.

use std::time::{Duration, Instant};

use super::docx::tests::{docx, run};
use super::pdf::tests::{pdf, shown};
use super::testing::read;

/// How many times larger the second file is.
const LARGER: usize = 8;

fn time(name: &str, bytes: &[u8]) -> Duration {
    let start = Instant::now();
    let _ = read(name, bytes);
    start.elapsed()
}

/// Reads a file of a size and one that is larger, again if the machine seems to have had other work.
fn check(name: &str, told: &str, file: impl Fn(usize) -> Vec<u8>, size: usize) {
    let (small, large) = (file(size), file(LARGER * size));
    let fits = |_| time(name, &large) < time(name, &small) * 24 + Duration::from_millis(200);
    assert!((0..4).any(fits), "{name} of {told}");
}

#[test]
fn what_stands_around_items_is_read_once() {
    let item = "<item><title>T</title></item>";
    check("a.xml", "<x/>", |count| ["<channel>", &"<x/>".repeat(8 * count), &item.repeat(count)].concat().into(), 400);
    let mixed = format!("<title/><x/>{item}");
    check("b.xml", "<title/>", |count| format!("<rss>{}", mixed.repeat(count)).into(), 400);
    let channel = |count| format!("<channel>{}</channel>", "<x/>".repeat(8 * count));
    check("c.xml", "rdf", |count| format!("<rdf:RDF>{}{}", channel(count), item.repeat(count)).into(), 400);
    let title = |count| format!("<channel><title>{}</title>", "T ".repeat(16 * count));
    check("d.xml", "a long title", |count| format!("{}{}", title(count), item.repeat(count)).into(), 400);
}

#[test]
fn fields_of_an_export_are_searched_for_what_begins_an_article() {
    let fields = |count| ["x\nAN\n", &"BY\n".repeat(count), &"WC\n".repeat(count)].concat();
    check("a.txt", "codes", |count| fields(count).into(), 2000);
}

#[test]
fn a_word_that_no_line_ends_is_not_read_again() {
    check("a.pdf", "hyphens", |count| pdf(&[&shown(&vec!["aaaaaaaaaaaaaaaaaaaa-"; count])]), 1000);
}

#[test]
fn the_operators_of_a_page_are_read_once() {
    for piece in [
        "q ",
        "q Q ",
        "1 ",
        "[",
        "<<",
        "(",
        "[(a) 1 ",
        "(a) Tj ",
        "[(a) -300 (b)] TJ ",
        "0 -14 Td (a) Tj ",
        "/F1 10 Tf ",
        "/P <</MCID 0>> BDC ",
        "BI ID EI ",
        "BI ID aEIa",
        "%",
    ] {
        let page = |count| format!("BT /F1 10 Tf 50 700 Td {}", piece.repeat(count));
        check("a.pdf", piece, |count| pdf(&[&page(count)]), 16 * 1024 / piece.len());
    }
    check("b.pdf", "pages", |count| pdf(&vec!["BT /F1 10 Tf 50 700 Td (a) Tj ET"; count]), 100);
}

#[test]
fn paragraphs_of_a_document_are_read_once() {
    for piece in ["<w:r>", "<w:p>", "</w:p>", "<w:r><w:t>a</w:t></w:r>", "<w:r><w:tab/></w:r>", "</w:p><w:p>", "<a/>"] {
        check("a.docx", piece, |count| docx(&[&piece.repeat(count)]), 16 * 1024 / piece.len());
    }
    check("b.docx", "paragraphs", |count| docx(&vec![run("a").as_str(); count]), 400);
}

#[test]
fn time_grows_no_faster_than_a_file() {
    for (name, head, piece, tail) in [
        ("a.xml", "<rss><channel>", "<item>", ""),
        ("a.xml", "<rss><channel>", "<item><title>", ""),
        ("a.xml", "<rss><channel>", "</item>", ""),
        ("a.xml", "<rss ", "a='b' ", "><item><title>T</title></item>"),
        ("a.xml", "<rss><item><title>", "&amp;", "</title></item>"),
        ("a.xml", "<docs>", "<doc><p>a</p></doc>", "</docs>"),
        ("a.xml", "<doc>", "<b>a</b>", "</doc>"),
        ("a.csv", "title,text\n", "a,\"b\n", ""),
        ("a.csv", "title,text\n", "a,\"b\"\"\n", ""),
        ("a.tsv", "title\ttext\n", "a\t\"b\n", ""),
        ("a.json", "[", "{\"title\":\"a\"},", "{}]"),
        ("a.json", "{\"data\":", "[", ""),
        ("a.jsonl", "", "{\"title\":\"a\"}\n", ""),
        ("a.txt", "HD\nx\nAN\n", "HD\nSE\n", ""),
        ("a.txt", "\nAN\n", "HD\nx\nAN 1\n", ""),
        ("a.txt", "", "1 of 2 DOCUMENTS\nLength: 3 words\n", ""),
        ("a.txt", "", "Length: 3 words\n", "End of Document\n"),
        ("a.txt", "", "12 words\nDocument ABCDEF0020250319el3j0001x\n", ""),
        ("a.rtf", "{\\rtf1 ", "{\\b a", ""),
        ("a.rtf", "{\\rtf1 ", "a\\par ", "}"),
        ("a.rtf", "{\\rtf1 ", "\\'e9", "}"),
        ("a.mbox", "", "From a@b.c Wed Mar 19 08:15:00 2025\nSubject: a\n\nb\n\n", ""),
        ("a.eml", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\na\n", ""),
        ("a.eml", "", "X-A: b\n", "\na\n"),
        ("a.warc", "", "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n", ""),
    ] {
        let file = |count| [head, &piece.repeat(count), tail].concat().into_bytes();
        check(name, piece, file, 16 * 1024 / piece.len());
    }
}

#[test]
fn securities_are_told_apart_however_many_are_stated() {
    let each = |piece: &str, count| (0..count).map(|n: usize| piece.replace('#', &n.to_string())).collect::<String>();
    for (name, head, piece, tail) in [
        (
            "a.nitf",
            "<nitf><body><body.content><p>a</p>",
            "<org idsrc='XPAR' value='Q#'/>",
            "</body.content></body></nitf>",
        ),
        ("a.xml", "<newsItem><assert>", "<hasInstrument symbol='Q#'/>", "</assert></newsItem>"),
        (
            "b.xml",
            "<NewsML><NewsItem>",
            "<NewsComponent><NewsLines><HeadLine>T</HeadLine></NewsLines><DescriptiveMetadata>\
             <Property FormalName='Ticker' Value='Q#'/></DescriptiveMetadata></NewsComponent>",
            "</NewsItem></NewsML>",
        ),
        ("a.json", "{\"title\":\"a\",\"tickers\":[", "\"Q#\",", "\"Q\"]}"),
        ("a.html", "<title>a</title><meta name=keywords content='", "NYSE:Q#,", "'><p>a</p>"),
    ] {
        check(name, piece, |count| [head, &each(piece, count), tail].concat().into_bytes(), 1000);
    }
}
