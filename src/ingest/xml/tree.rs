//! The reader of an XML document that builds the elements that hold articles, one after the other, so that
//! a document of any length takes the memory of one.
//!
//! It reads what is not well-formed as far as its meaning is clear: end tags that are missing, crossed or
//! too many, bare ampersands, HTML's entities, several roots. Nothing is fetched, and no entity that a
//! document declares is expanded: a reference to one stays as written.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use rustc_hash::FxHashMap;

use super::element::{Element, Node};
use crate::article::SkipReason;
use crate::ingest::source::Trouble;

/// How deep elements are told apart; what is nested deeper counts as text of the last one that is.
const DEEPEST: usize = 256;
/// The most elements that are held: each takes a hundred bytes and more, however short it is.
const MOST_ELEMENTS: usize = 1 << 20;
/// The longest that something said around the records may be, in bytes: each of them bears it.
const LONGEST_SAID: usize = 1000;
/// The longest end tag, in bytes, by which the end of a record is found that is passed over.
const LONGEST_TAG: usize = 256;

/// Prefixes that stand for a vocabulary whatever the document calls it; by the start of its name.
const VOCABULARIES: &[(&str, &str)] = &[
    ("http://www.w3.org/2005/Atom", ""),
    ("http://purl.org/atom/ns", ""),
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9", ""),
    ("http://channel.netscape.com/rdf/simple/0.9", ""),
    ("http://backend.userland.com/rss", ""),
    ("http://www.w3.org/1999/xhtml", ""),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("http://purl.org/dc/elements/1", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://www.itunes.com/", "itunes"),
];

/// An element that is not closed yet, with what it holds so far.
pub(in crate::ingest) struct Open {
    element: Element,
    /// Whether it is a record, or lies in one.
    in_record: bool,
    /// What it says of its records, by the paths that were asked for.
    said: FxHashMap<&'static str, String>,
}

impl Open {
    /// Returns what it says at one of the paths that were asked for.
    pub fn said(&self, path: &str) -> Option<&str> {
        self.said.get(path).map(String::as_str)
    }

    /// Notes what a child says of what is asked. It is noted once, since a record that asks must not read all
    /// again that stands before it.
    fn note(&mut self, child: &Element, asked: &[&'static str]) {
        for path in asked {
            let (name, rest) = path.split_once('/').map_or((*path, None), |(name, rest)| (name, Some(rest)));
            if child.name == name && !self.said.contains_key(path) {
                let said = rest.map_or_else(|| child.line(), |rest| child.said_at(rest));
                self.said.extend(said.filter(|said| said.len() <= LONGEST_SAID).map(|said| (*path, said)));
            }
        }
    }
}

/// A document, read record by record.
pub(in crate::ingest) struct Records<R> {
    reader: Reader<R>,
    /// The open elements, the root first.
    open: Vec<Open>,
    /// What is asked of elements around records: paths in them.
    asked: &'static [&'static str],
    /// How many elements are open beyond those told apart.
    beyond: usize,
    /// How many elements are held, at most.
    held: usize,
    /// What stands for each prefix that the document declared.
    prefixes: FxHashMap<String, &'static str>,
    buffer: Vec<u8>,
    /// Whether nothing more can be read.
    ended: bool,
}

/// An element that was asked for, read to its end.
pub(in crate::ingest) struct Closed {
    /// The element.
    pub element: Element,
    /// Whether it stands in no other.
    pub is_root: bool,
}

impl<R: BufRead> Records<R> {
    /// Returns the reader of a document in UTF-8.
    pub fn new(document: R) -> Records<R> {
        Records {
            reader: reader(document),
            open: Vec::new(),
            asked: &[],
            beyond: 0,
            held: 0,
            prefixes: FxHashMap::default(),
            buffer: Vec::new(),
            ended: false,
        }
    }

    /// Has the elements around records asked for what stands at these paths in them.
    pub fn asking(self, asked: &'static [&'static str]) -> Records<R> {
        Records { asked, ..self }
    }

    /// Returns the elements around the record last returned, the root first, with what they say before it.
    pub fn around(&self) -> &[Open] {
        &self.open
    }

    /// Forgets what stands around the record last returned, but for what was asked of it.
    pub fn forget(&mut self) {
        self.open.iter_mut().for_each(|open| open.element.nodes.clear());
    }

    /// Returns whether a record has more elements than are held.
    pub fn is_full(&self) -> bool {
        self.held > MOST_ELEMENTS
    }

    /// Returns whether a record is being read.
    pub fn in_record(&self) -> bool {
        self.open.last().is_some_and(|open| open.in_record)
    }

    /// Passes over the rest of the record that is being read, up to the first end tag of its name, and holds
    /// none of it. `going_on` is called for each piece that is read.
    ///
    /// # Errors
    /// What the document fails with.
    pub fn behind_record(mut self, going_on: &dyn Fn()) -> Result<Records<R>, Trouble> {
        let at = self.open.iter().position(|open| open.in_record).unwrap_or(self.open.len());
        let record = self.open.drain(at..).next().map(|open| open.element.name).unwrap_or_default();
        let prefixes = &self.prefixes;
        let ends = |tag: &[u8]| {
            let written = tag.strip_prefix(b"/").and_then(|tag| std::str::from_utf8(tag.trim_ascii_end()).ok());
            written.is_some_and(|written| name(written, prefixes) == record)
        };
        let mut document = self.reader.into_inner();
        let (mut tag, mut found): (Option<Vec<u8>>, bool) = (None, false);
        while !found {
            going_on();
            let chunk = document.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            let mut used = 0;
            for byte in chunk {
                used += 1;
                match (byte, &mut tag) {
                    (b'<', _) => tag = Some(Vec::new()),
                    (b'>', Some(read)) if ends(read) => {
                        found = true;
                        break;
                    }
                    (byte, Some(read)) if *byte != b'>' && read.len() < LONGEST_TAG => read.push(*byte),
                    _ => tag = None,
                }
            }
            document.consume(used);
        }
        Ok(Records { reader: reader(document), beyond: 0, held: 0, ended: !found, ..self })
    }

    /// Returns the next element that `is_record` names (by its name and its depth, 0 for a root), or the
    /// next root; `None` at the end. What the end of the document leaves open is closed there.
    ///
    /// # Errors
    /// What cannot be read as XML, once; after it comes what is open there.
    pub fn next(&mut self, is_record: &dyn Fn(&str, usize) -> bool) -> Result<Option<Closed>, Trouble> {
        while !self.ended {
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    self.ended = true;
                    return Err(trouble_of(error));
                }
            };
            let text = match event {
                Event::Start(tag) => {
                    if self.open.len() >= DEEPEST {
                        self.beyond += 1;
                    } else {
                        self.held += 1;
                        if self.held > MOST_ELEMENTS {
                            return Err(Trouble::new(
                                SkipReason::TooLarge,
                                (
                                    "a record has more than a million elements",
                                    "un article a plus d’un million d’éléments",
                                ),
                            ));
                        }
                        let element = element(&tag, &mut self.prefixes);
                        let is_inside = self.open.last().is_some_and(|open| open.in_record);
                        let in_record = is_inside || is_record(&element.name, self.open.len());
                        let attributes = self.asked.iter().filter(|path| !in_record && path.starts_with('@'));
                        let said = attributes.filter_map(|path| Some((*path, element.said_at(path)?))).collect();
                        self.open.push(Open { element, in_record, said });
                    }
                    continue;
                }
                Event::End(tag) => {
                    let name = name(tag.name().as_ref(), &self.prefixes);
                    if self.beyond > 0 {
                        self.beyond -= 1;
                    } else if let Some(at) = self.open.iter().rposition(|open| open.element.name == name)
                        && let Some(found) = self.close(at)
                    {
                        return Ok(Some(found));
                    }
                    continue;
                }
                Event::Eof => {
                    self.ended = true;
                    continue;
                }
                Event::Text(text) => text.into_inner(),
                Event::CData(text) => text.into_inner(),
                Event::GeneralRef(reference) => Cow::Owned(resolve(&reference)),
                _ => continue,
            };
            append(&mut self.open, &text);
        }
        Ok(self.close(0))
    }

    /// Closes the open elements from `at` on; of the records among them the outermost is returned.
    fn close(&mut self, at: usize) -> Option<Closed> {
        while self.open.len() > at {
            let Open { element, in_record, .. } = self.open.pop()?;
            let Some(parent) = self.open.last_mut() else {
                self.held = 0;
                return Some(Closed { element, is_root: true });
            };
            if in_record && !parent.in_record {
                self.held = 0;
                return Some(Closed { element, is_root: false });
            }
            if !parent.in_record {
                parent.note(&element, self.asked);
            }
            parent.element.nodes.push(Node::Element(element));
        }
        None
    }
}

/// Returns the parser of a document that may not be well-formed.
fn reader<R: BufRead>(document: R) -> Reader<R> {
    let mut reader = Reader::from_reader(document);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    reader
}

fn trouble_of(error: quick_xml::Error) -> Trouble {
    match error {
        // Ours travel inside: a damaged archive, a record too large.
        quick_xml::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<Trouble>()) {
            Some(trouble) => trouble.clone(),
            None => std::io::Error::from(error.kind()).into(),
        },
        error => {
            Trouble::new(SkipReason::Malformed, said!("this is not XML: {error}", "ce n’est pas du XML : {error}"))
        }
    }
}

/// Adds text to the innermost open element.
fn append(open: &mut [Open], text: &str) {
    let Some(Open { element, .. }) = open.last_mut() else { return };
    match element.nodes.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => element.nodes.push(Node::Text(text.to_owned())),
    }
}

/// Returns the element that a tag opens, and learns the prefixes it declares.
fn element(tag: &BytesStart<'_>, prefixes: &mut FxHashMap<String, &'static str>) -> Element {
    let mut attributes = Vec::new();
    for attribute in tag.html_attributes().with_checks(false).flatten() {
        let key = attribute.key.as_ref().to_lowercase();
        let value = value(&attribute);
        if let Some(prefix) = key.strip_prefix("xmlns:")
            && let Some((_, known)) = VOCABULARIES.iter().find(|(name, _)| value.starts_with(name))
        {
            prefixes.insert(prefix.to_owned(), known);
        }
        attributes.push((key, value));
    }
    Element { name: name(tag.name().as_ref(), prefixes), attributes, nodes: Vec::new() }
}

/// Returns a name in lower case, the prefix of a known vocabulary made the usual one.
fn name(written: &str, prefixes: &FxHashMap<String, &'static str>) -> String {
    let name = written.to_lowercase();
    match name.split_once(':').and_then(|(prefix, local)| Some((*prefixes.get(prefix)?, local))) {
        Some(("", local)) => local.to_owned(),
        Some((prefix, local)) => format!("{prefix}:{local}"),
        None => name,
    }
}

/// Returns the value of an attribute, its references resolved where they can be.
fn value(attribute: &Attribute<'_>) -> String {
    match unescape_with(attribute.value.as_ref(), resolve_html5_entity) {
        Ok(value) => value.into_owned(),
        Err(_) => attribute.value.as_ref().to_owned(),
    }
}

/// Returns what a reference stands for: a character by its number (those that only Windows has where
/// Unicode has control codes are meant as Windows has them), an entity of HTML, or itself.
fn resolve(reference: &BytesRef<'_>) -> String {
    let written: &str = reference;
    let Some(number) = written.strip_prefix('#') else {
        return resolve_html5_entity(written).map_or_else(|| format!("&{written};"), str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    match code {
        Ok(9 | 10) => "\n".to_owned(),
        Ok(..32 | 127) => " ".to_owned(),
        Ok(code @ 128..160) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0.into_owned(),
        Ok(code) => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER).to_string(),
        Err(_) => format!("&{written};"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns each `a` element and each root as `name=text`, and `!` where the reading failed.
    fn records(xml: &str) -> String {
        let mut records = Records::new(xml.as_bytes());
        let mut found = Vec::new();
        loop {
            found.push(match records.next(&|name, _| name == "a") {
                Ok(Some(record)) => format!("{}={}", record.element.name, record.element.text().trim()),
                Ok(None) => return found.join(" "),
                Err(_) => "!".to_owned(),
            });
        }
    }

    #[test]
    fn records_come_one_by_one_and_then_the_root() {
        for (xml, expected) in [
            ("<r><a>1</a><b>x</b><a>2</a></r>", "a=1 a=2 r=x"),
            ("<a>1</a><a>2</a>", "a=1 a=2"),
            ("<r><a>1<a>2</a></a></r>", "a=12 r="),
            ("<r><a>1<br>2</a></r>", "a=12 r="),
            ("<r><a>1</b></a><a>2", "a=1 a=2 r="),
            (
                "<r><a>S&P 500 &amp; AT&T &eacute;&#233;&#146;&#2;&#xE9; &own;</a></r>",
                "a=S&P 500 & AT&T éé’ é &own; r=",
            ),
            ("<r><a><![CDATA[<p>1</p>]]></a></r>", "a=<p>1</p> r="),
            ("<r><a>1</a><a", "a=1 ! r="),
            ("<r><a>1</a><a>2 <![CD", "a=1 ! a=2 r="),
            ("", ""),
        ] {
            assert_eq!(records(xml), expected, "{xml}");
        }
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;'><!ENTITY d SYSTEM 'file:///etc/passwd'>]>";
        assert_eq!(records(&format!("{bomb}<a>&c; &d;</a>")), "a=&c; &d;");
    }

    #[test]
    fn no_depth_is_a_danger() {
        let xml = format!("<a>{}deep{}</a>", "<b>".repeat(100_000), "</b>".repeat(100_000));
        assert_eq!(records(&xml), "a=deep");
        assert_eq!(records(&format!("<a>{}deep", "<b>".repeat(100_000))), "a=deep");
    }

    #[test]
    fn vocabularies_are_known_whatever_their_prefix() {
        let xml = "<x:feed xmlns:x='http://www.w3.org/2005/Atom' xmlns:q='http://purl.org/dc/elements/1.1/'>\
                   <x:title>T</x:title><q:Date>D</q:Date><z:w>W</z:w></x:feed>";
        let root = Records::new(xml.as_bytes()).next(&|_, _| false).unwrap().unwrap().element;
        assert_eq!(root.name, "feed");
        assert_eq!(root.children().map(|child| child.name.as_str()).collect::<Vec<_>>(), ["title", "dc:date", "z:w"]);
    }
}
