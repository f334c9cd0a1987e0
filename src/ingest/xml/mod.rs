//! XML: one format for its users, who call all of it `.xml`; the root element tells which vocabulary it
//! is written in, and so who reads it.
//!
//! - `tree`: the reader that gives the elements of articles one by one; `element`: what one says.
//! - `feed`: RSS 0.9 to 2.0, RDF, Atom.
//! - `nitf`, `newsml_g2`, `newsml_1`: what agencies send.
//! - `reuters`: the SGML of the Reuters collections.
//! - `other`: any XML whose elements have names that telex knows for the fields of an article.

pub(in crate::ingest) mod element;
mod feed;
mod newsml_1;
mod newsml_g2;
mod nitf;
mod other;
mod reuters;
pub(in crate::ingest) mod tree;

use std::cell::Cell;
use std::io::{BufRead, Read};
use std::rc::Rc;

use self::element::Element;
use self::tree::{Open, Records};
use crate::article::{Draft, SkipReason};
use crate::ingest::charset;
use crate::ingest::decode::Decoded;
use crate::ingest::format::Format;
use crate::ingest::html;
use crate::ingest::record_names::RecordNames;
use crate::ingest::source::{Drafts, Metered, Source, Stop, Trouble, of_record, too_large};
use crate::wording::Bilingual;

/// XML and SGML.
pub(super) struct Xml;

/// A vocabulary of XML.
struct Dialect {
    /// The names of its root elements.
    roots: &'static [&'static str],
    /// The names of the elements that are articles.
    records: &'static [&'static str],
    /// Whether a file may be a row of roots.
    many_roots: bool,
    /// What the elements around records are asked, as paths in them.
    around: &'static [&'static str],
    /// Returns the articles of a record, each with its own id, and what in it is none. The elements
    /// around it come with what they say before it.
    read: fn(record: &Element, around: &[Open]) -> Reading,
}

/// What a record gives: articles with their ids, or the reason why it has none.
type Reading = Result<Vec<(Draft, Option<String>)>, Bilingual>;

/// Every vocabulary. Roots that none of them has go to `other`.
static DIALECTS: &[Dialect] =
    &[feed::RSS, feed::ATOM, nitf::NITF, newsml_g2::NEWSML_G2, newsml_1::NEWSML_1, reuters::REUTERS, other::OTHER];

/// How many bytes are searched for the root element.
const PROLOGUE: usize = 16 * 1024;

impl Format for Xml {
    fn name(&self) -> &'static str {
        "XML"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xml", "rss", "atom", "rdf", "nitf", "newsml", "sgm", "sgml"]
    }

    fn about(&self) -> &'static str {
        "feeds (RSS, RDF, Atom), NITF, NewsML-G2, NewsML 1, Reuters SGML; other XML by the names of its elements"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let limit = source.limits.record;
        let stated = source.charset.take();
        let declared = |head: &[u8]| stated.clone().or_else(|| declared_charset(head));
        let wrong = Cell::default();
        let declared = |head: &[u8]| {
            let declared = declared(head);
            wrong.set(charset::misdeclared(head, declared.as_deref()));
            declared
        };
        let mut document = Decoded::declared(source.stream(), &declared)?;
        drafts.misdeclared(wrong.take());
        let head = document.fill_buf()?;
        let head = String::from_utf8_lossy(head.get(..PROLOGUE).unwrap_or(head)).into_owned();
        match root(&head) {
            None if head.trim().is_empty() => Err(Trouble::no_text().into()),
            None => Err(Trouble::new(
                SkipReason::Malformed,
                ("there is no XML element in it", "il n’y a pas d’élément XML dedans"),
            )
            .into()),
            Some(root) if root == "html" => {
                let mut page = String::new();
                document.take(limit.saturating_add(1)).read_to_string(&mut page)?;
                match page.len() as u64 > limit {
                    true => Err(too_large(("the page", "la page"), limit).into()),
                    false => html::read_text(&page, drafts),
                }
            }
            Some(root) => {
                let local = root.rsplit(':').next().unwrap_or(&root);
                let known = DIALECTS.iter().find(|dialect| dialect.roots.contains(&local));
                read_records(known.unwrap_or(&other::OTHER), document, limit, drafts)
            }
        }
    }
}

/// Reads a document in one vocabulary, record by record.
fn read_records(dialect: &Dialect, document: impl BufRead, limit: u64, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
    let passed = Rc::<Cell<u64>>::default();
    let metered = Metered { inner: document, passed: passed.clone(), limit };
    let mut records = Records::new(std::io::BufReader::with_capacity(64 * 1024, metered)).asking(dialect.around);
    // A root is a record only where it holds no other.
    let is_record = |name: &str, depth: usize| depth > 0 && dialect.records.contains(&name);
    let mut names = RecordNames::default();
    let mut damage = None;
    loop {
        let found = match records.next(&is_record) {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(trouble) if trouble.reason == SkipReason::Malformed => {
                damage = Some(trouble);
                continue;
            }
            Err(trouble) if (passed.get() > limit || records.is_full()) && records.in_record() => {
                let number = names.count();
                drafts.skip(trouble.at(number))?;
                records = records.behind_record(&|| passed.set(0))?;
                continue;
            }
            Err(trouble) => return Err(trouble.into()),
        };
        passed.set(0);
        if found.is_root && !(dialect.many_roots || names.is_empty()) {
            continue;
        }
        let is_whole_file = found.is_root && !dialect.many_roots;
        if is_whole_file && !dialect.records.contains(&found.element.name.as_str()) && !dialect.records.is_empty() {
            continue;
        }
        match (dialect.read)(&found.element, records.around()) {
            Ok(articles) => {
                let alone = is_whole_file && articles.len() == 1;
                for (mut draft, id) in articles {
                    names.count();
                    draft.record = (!alone).then(|| names.name(id));
                    drafts.give(draft)?;
                }
            }
            Err(Bilingual { english, french }) => {
                let number = names.count();
                drafts.skip(Trouble::new(SkipReason::Empty, of_record(number, &english, &french)).at(number))?;
            }
        }
        // The root is no record where it holds one, and a document takes the memory of one record.
        if !dialect.many_roots {
            records.forget();
        }
    }
    match damage {
        Some(trouble) => Err(trouble.into()),
        None if names.is_empty() => Err(Trouble::no_article().into()),
        None => Ok(()),
    }
}

/// Returns the name of the root element, in lower case.
fn root(head: &str) -> Option<String> {
    let mut rest = head;
    loop {
        rest = rest.get(rest.find('<')?..)?;
        let end = match () {
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<?") => "?>",
            // The declarations within a document type stand in brackets.
            () if rest.starts_with("<!") => match rest.split_once('>')?.0.contains('[') {
                true => "]>",
                false => ">",
            },
            () => {
                let name = rest.get(1..)?;
                let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).unwrap_or(name.len());
                let name = name.get(..end).filter(|name| name.starts_with(char::is_alphabetic));
                return name.map(str::to_lowercase);
            }
        };
        rest = rest.get(rest.find(end)? + end.len()..)?;
    }
}

/// Returns the charset that the XML declaration names.
fn declared_charset(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head.get(..200).unwrap_or(head)).into_owned();
    let (declaration, _) = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value.get(1..)?.split_once(quote)?.0.to_owned())
}

/// Puts a dateline in front of the text, as it is printed.
fn behind_dateline(dateline: Option<String>, text: String) -> String {
    match dateline {
        Some(dateline) if !text.is_empty() && !text.starts_with(&dateline) => {
            let dash = if dateline.ends_with(['-', '–', '—']) { "" } else { " –" };
            format!("{dateline}{dash} {text}")
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::read;

    #[test]
    fn a_record_of_too_many_elements_takes_no_other_with_it() {
        let item = "<item><title>T</title></item>";
        let large = format!("<item>{}</item>", "<a/>".repeat(1 << 20));
        let results = read("a.xml", format!("<rss><channel>{item}{large}{item}").as_bytes());
        let told = results.iter().map(|result| result.as_ref().err().map(|skip| (skip.reason, skip.line)));
        assert_eq!(told.collect::<Vec<_>>(), [None, Some((SkipReason::TooLarge, Some(2))), None]);
    }

    #[test]
    fn the_root_tells_who_reads() {
        for (head, expected) in [
            ("<rss version='2.0'>", Some("rss")),
            ("\u{FEFF}<?xml version='1.0'?>\n<!-- <a> -->\n<rdf:RDF\nxmlns='x'>", Some("rdf:rdf")),
            ("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS A='b'>", Some("reuters")),
            ("<!DOCTYPE a [<!ENTITY b '>'>]><nitf/>", Some("nitf")),
            ("<!DOCTYPE a", None),
            ("no element", None),
            ("1 < 2", None),
        ] {
            assert_eq!(root(head).as_deref(), expected, "{head}");
        }
        for dialect in DIALECTS {
            for root in dialect.roots {
                let same = DIALECTS.iter().filter(|dialect| dialect.roots.contains(root)).count();
                assert_eq!((same, root.to_lowercase().as_str()), (1, *root));
            }
        }
    }

    #[test]
    fn what_holds_no_article_is_told() {
        for (xml, reason) in [
            ("", SkipReason::Empty),
            ("<rss><channel><title>T</title></channel></rss>", SkipReason::Empty),
            ("<opml><body><outline text='x'/></body></opml>", SkipReason::Empty),
            ("plain words", SkipReason::Malformed),
            ("<rss><channel><title>T</title", SkipReason::Malformed),
        ] {
            let results = read("a.xml", xml.as_bytes());
            let reasons = results.into_iter().map(|result| result.unwrap_err().reason).collect::<Vec<_>>();
            assert_eq!(reasons, [reason], "{xml}");
        }
    }

    #[test]
    fn articles_before_the_damage_are_kept() {
        let xml = "<rss><channel><item><title>A</title></item><item><title>B</title><description>b <![CD";
        let results = read("a.rss", xml.as_bytes());
        assert_eq!(results.len(), 3, "{results:?}");
        assert_eq!(results[1].as_ref().unwrap().body, "b");
        assert_eq!(results[2].as_ref().unwrap_err().reason, SkipReason::Malformed);
    }

    #[test]
    fn a_page_is_read_as_html() {
        let page = "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>\
                    <head><title>T</title></head><body><p>Un mot.</p></body></html>";
        let draft = read("a.xml", page.as_bytes()).remove(0).unwrap();
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("T"), "Un mot."));
    }

    #[test]
    fn the_declared_charset_is_believed() {
        let mut bytes = b"<?xml version='1.0' encoding='iso-8859-7'?><rss><channel><item><title>".to_vec();
        bytes.extend([0xD4, 0xF1, 0xDF]);
        bytes.extend(b"</title></item></channel></rss>");
        assert_eq!(read("a.xml", &bytes)[0].as_ref().unwrap().headline.as_deref(), Some("Τρί"));
    }

    #[test]
    fn records_are_read_one_by_one_whatever_the_length() {
        let item = format!("<item><title>T</title><description>{}</description></item>", "word ".repeat(2_000));
        let xml = format!("<rss><channel>{}</channel></rss>", item.repeat(60));
        let limits = crate::ingest::Limits { text: 10, record: 70_000, ..Default::default() };
        let results = crate::ingest::testing::read_within("a.xml", xml.as_bytes(), &limits);
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 60);
        // Between records there is no end to look for.
        let limits = crate::ingest::Limits { record: 1_000, ..limits };
        let xml = format!("<rss><channel>{}", "word ".repeat(100_000));
        let results = crate::ingest::testing::read_within("a.xml", xml.as_bytes(), &limits);
        assert_eq!(results[0].as_ref().unwrap_err().reason, SkipReason::TooLarge);
    }

    #[test]
    fn a_record_too_large_is_passed_over() {
        let limits = crate::ingest::Limits { record: 100_000, ..Default::default() };
        let word = "Un mot &amp; </b> <x> deux. ";
        for large in [
            format!("<item><title>B</title><description>{}</description></item>", word.repeat(10_000)),
            format!("<item><title>B</title><description><![CDATA[{}]]></description></item >", word.repeat(10_000)),
            format!("<item><title>B</title>{}</item>", "<category>x</category>".repeat(10_000)),
            format!("<item><title>B</title><link href='{}'/></item>", "x".repeat(250_000)),
            format!("<item>{}</ITEM>", "<deep>".repeat(50_000)),
        ] {
            let item = |title: &str| format!("<item><title>{title}</title></item>");
            let xml = format!("<rss><channel><title>S</title>{}{large}{}{}", item("A"), item("C"), item("D"));
            for xml in [format!("{xml}</channel></rss>"), xml] {
                let results = crate::ingest::testing::read_within("a.xml", xml.as_bytes(), &limits);
                let told = results.iter().map(|result| match result {
                    Ok(draft) => [&draft.record, &draft.headline, &draft.source]
                        .map(|said| said.as_deref().unwrap_or("-"))
                        .join(" "),
                    Err(skip) => format!("{:?} {:?}", skip.reason, skip.line),
                });
                assert_eq!(
                    told.collect::<Vec<_>>(),
                    ["1 A S", "TooLarge Some(2)", "3 C S", "4 D S"],
                    "{}",
                    &xml[..100]
                );
            }
        }
    }
}
