//! Files of every structured format, damaged at random: each gives articles or skips, and never a panic.

use proptest::prelude::*;

use super::docx;
use super::testing::read;

/// Returns a good file of each format.
fn fixtures() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    let item = "<item><title>T &amp; U</title><link>https://a.b/1</link><description><![CDATA[<p>Un.</p>]]></description>\
                <pubDate>Wed, 19 Mar 2025 08:15:00 +0100</pubDate><category domain='x'>Bourse</category></item>";
    let nitf = "<nitf><head><docdata><date.issue norm='20250319'/></docdata></head><body><body.head><hedline><hl1>T</hl1></hedline>\
                </body.head><body.content><p>Un <org idsrc='XPAR' value='DG'>V</org>.</p></body.content></body></nitf>";
    let run = docx::tests::run("Un.");
    vec![
        (
            "a.rss",
            text(&format!(
                "<?xml version='1.0' encoding='utf-8'?><rss><channel><title>C</title>{item}{item}</channel></rss>"
            )),
        ),
        (
            "a.atom",
            text(
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>T</title><content>Un.</content></entry></feed>",
            ),
        ),
        ("a.xml", text(nitf)),
        (
            "b.xml",
            text(&format!(
                "<newsMessage><itemSet><newsItem guid='u'><contentMeta><headline>T</headline></contentMeta>\
             <contentSet><inlineXML>{nitf}</inlineXML></contentSet></newsItem></itemSet></newsMessage>"
            )),
        ),
        (
            "c.xml",
            text(
                "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>T</HeadLine></NewsLines><ContentItem>\
             <DataContent>Un.</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
            ),
        ),
        (
            "a.sgm",
            text(
                "<!DOCTYPE lewis SYSTEM 'l.dtd'>\n<REUTERS NEWID='1'><TEXT><TITLE>T</TITLE><BODY>Un. Reuter\n&#3;</BODY></TEXT></REUTERS>",
            ),
        ),
        ("d.xml", text("<corpus><article id='1'><title>T</title><body><p>Un.</p></body></article></corpus>")),
        ("a.docx", docx::tests::docx(&[&run, &run])),
        (
            "a.rtf",
            text(
                r"{\rtf1\ansicpg1252{\info{\title T}{\creatim\yr2025\mo3\dy19}}\uc1\u233?t\'e9\par{\*\x y}\bin2 ab Un.\par}",
            ),
        ),
        (
            "a.html",
            text(
                "<article><header><span class='DocPublicationName'>Q</span><span class='DocHeader'>Bourse, 19 mars 2025</span>\
             <p class='titreArticleVisu'>T</p></header><div class='DocText'><p>Un.</p></div></article>",
            ),
        ),
        ("a.txt", text("HD\tT\nPD\t19 mars 2025\nLP\nUn.\nAN\tDocument QUOTI00020250319el3j0001x\n")),
        ("b.txt", text("T\nQ\n19 mars 2025\nLongueur : 9 mots\nCorps\nUn.\nTicker: DG (PAR) (9%)\nFin du document\n")),
    ]
}

/// A change to the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut,
    Put(u8),
    Remove(usize),
    Repeat(usize, usize),
}

fn damage() -> impl Strategy<Value = (prop::sample::Index, Damage)> {
    let damage = prop_oneof![
        Just(Damage::Cut),
        any::<u8>().prop_map(Damage::Put),
        prop::sample::select(b"<>&;{}\\/\"'[]\0\n:|".to_vec()).prop_map(Damage::Put),
        (1usize..40).prop_map(Damage::Remove),
        ((1usize..40), (1usize..200)).prop_map(|(length, times)| Damage::Repeat(length, times)),
    ];
    (any::<prop::sample::Index>(), damage)
}

fn apply(bytes: &mut Vec<u8>, at: usize, damage: Damage) {
    let whole = bytes.len();
    let end = |length: usize| (at + length).min(whole);
    match damage {
        Damage::Cut => bytes.truncate(at),
        Damage::Put(byte) => bytes[at] = byte,
        Damage::Remove(length) => drop(bytes.drain(at..end(length))),
        Damage::Repeat(length, times) => {
            let piece = bytes[at..end(length)].repeat(times);
            bytes.splice(at..at, piece);
        }
    }
}

#[test]
fn every_fixture_is_good() {
    for (name, bytes) in fixtures() {
        let results = read(name, &bytes);
        assert!(!results.is_empty() && results.iter().all(Result::is_ok), "{name}: {results:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_files_give_articles_or_skips(damages in prop::collection::vec(damage(), 1..4)) {
        for (name, mut bytes) in fixtures() {
            for (at, damage) in &damages {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    apply(&mut bytes, at, damage.clone());
                }
            }
            for result in read(name, &bytes) {
                match result {
                    Ok(draft) => prop_assert!(draft.headline.is_some() || !draft.body.trim().is_empty(), "{}", name),
                    Err(skip) => prop_assert!(!skip.detail.english.is_empty(), "{}", name),
                }
            }
        }
    }
}
