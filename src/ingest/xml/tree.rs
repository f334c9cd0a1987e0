//! One element of an XML document, with what is in it; and the reader that builds those that hold
//! articles, one after the other, so that a document of any length takes the memory of one.
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

use crate::article::SkipReason;
use crate::ingest::markup;
use crate::ingest::source::Trouble;

/// How deep elements are told apart; what is nested deeper counts as text of the last one that is.
const DEEPEST: usize = 256;

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

/// An element. Names are in lower case, with their prefix if it is not that of a known vocabulary.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Element {
    /// Its name, such as `item` or `dc:date`.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub nodes: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub(in crate::ingest) enum Node {
    /// Another one.
    Element(Element),
    /// Text, its references resolved.
    Text(String),
}

impl Element {
    /// Returns the elements in it.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the elements of this name in it.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children().filter(move |child| child.name == name)
    }

    /// Returns the first element at the end of a path such as `body/body.head/hedline`.
    pub fn at(&self, path: &str) -> Option<&Element> {
        match path.split_once('/') {
            None => self.children().find(|child| child.name == path),
            Some((first, rest)) => self.children().filter(|child| child.name == first).find_map(|child| child.at(rest)),
        }
    }

    /// Returns every element of this name below, in order, but none within another.
    pub fn below<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for child in self.children() {
            if child.name == name {
                found.push(child);
            } else {
                found.extend(child.below(name));
            }
        }
        found
    }

    /// Returns an attribute, if it says anything.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let value = self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    /// Returns all the text in it, as it stands.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text
    }

    fn collect(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(piece) => text.push_str(piece),
                Node::Element(element) => element.collect(text),
            }
        }
    }

    /// Returns its text on one line, if it has any. Markup within is resolved.
    pub fn line(&self) -> Option<String> {
        let text = self.prose();
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// Returns the text of the first child of this path that has any, on one line.
    pub fn line_at(&self, path: &str) -> Option<String> {
        match path.split_once('/') {
            None => self.all(path).find_map(Element::line),
            Some((first, rest)) => self.all(first).find_map(|child| child.line_at(rest)),
        }
    }

    /// Returns its text in paragraphs, whether they are elements or escaped HTML.
    pub fn prose(&self) -> String {
        if self.children().next().is_none() {
            return markup::clean(self.text().trim().to_owned());
        }
        let mut writer = markup::Writer::default();
        self.write(&mut writer);
        writer.finish()
    }

    fn write(&self, writer: &mut markup::Writer) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => writer.text(text),
                Node::Element(element) if markup::is_unread(&element.name) => {}
                Node::Element(element) => {
                    let name = html_name(&element.name);
                    writer.tag(name);
                    element.write(writer);
                    if name != "br" {
                        writer.tag(name);
                    }
                }
            }
        }
    }
}

/// Returns the name that HTML has for an element of NITF or DocBook that is a block.
fn html_name(name: &str) -> &str {
    match name {
        "hl1" | "hl2" | "hedline" | "block" | "para" | "lead" | "note" | "media" | "media-caption" | "byline" => "p",
        "nitf-table" => "table",
        name => name,
    }
}

/// A document, read record by record.
pub(in crate::ingest) struct Records<R> {
    reader: Reader<R>,
    /// What the open elements hold so far, the root first.
    open: Vec<Element>,
    /// How many elements are open beyond those told apart.
    beyond: usize,
    /// What stands for each prefix that the document declared.
    prefixes: FxHashMap<String, &'static str>,
    buffer: Vec<u8>,
    /// Whether nothing more can be read.
    ended: bool,
}

/// An element that was asked for.
pub(in crate::ingest) struct Found {
    /// The element.
    pub element: Element,
    /// Whether it stands in no other.
    pub is_root: bool,
}

impl<R: BufRead> Records<R> {
    /// Returns the reader of a document in UTF-8.
    pub fn new(document: R) -> Records<R> {
        let mut reader = Reader::from_reader(document);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Records {
            reader,
            open: Vec::new(),
            beyond: 0,
            prefixes: FxHashMap::default(),
            buffer: Vec::new(),
            ended: false,
        }
    }

    /// Returns what stands before the record last returned, in the elements around it: the root first.
    pub fn around(&self) -> &[Element] {
        &self.open
    }

    /// Returns the next element that `is_record` names (by its name and its depth, 0 for a root), or the
    /// next root; `None` at the end. What the end of the document leaves open is closed there.
    ///
    /// # Errors
    /// What cannot be read as XML, once; after it comes what is open there.
    pub fn next(&mut self, is_record: &dyn Fn(&str, usize) -> bool) -> Result<Option<Found>, Trouble> {
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
                        let element = element(&tag, &mut self.prefixes);
                        self.open.push(element);
                    }
                    continue;
                }
                Event::End(tag) => {
                    let name = name(tag.name().as_ref(), &self.prefixes);
                    if self.beyond > 0 {
                        self.beyond -= 1;
                    } else if let Some(at) = self.open.iter().rposition(|element| element.name == name)
                        && let Some(found) = self.close(at, is_record)
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
        Ok(self.close(0, is_record))
    }

    /// Closes the open elements from `at` on; of the records among them the outermost is returned.
    fn close(&mut self, at: usize, is_record: &dyn Fn(&str, usize) -> bool) -> Option<Found> {
        while self.open.len() > at {
            let element = self.open.pop()?;
            let depth = self.open.len();
            let inside = self.open.iter().enumerate().any(|(depth, element)| is_record(&element.name, depth));
            if depth == 0 || (!inside && is_record(&element.name, depth)) {
                return Some(Found { element, is_root: depth == 0 });
            }
            if let Some(parent) = self.open.last_mut() {
                parent.nodes.push(Node::Element(element));
            }
        }
        None
    }
}

fn trouble_of(error: quick_xml::Error) -> Trouble {
    match error {
        // Ours travel inside: a damaged archive, a record too large.
        quick_xml::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<Trouble>()) {
            Some(trouble) => trouble.clone(),
            None => std::io::Error::from(error.kind()).into(),
        },
        error => Trouble::new(SkipReason::Malformed, format!("this is not XML: {error}")),
    }
}

/// Adds text to the innermost open element.
fn append(open: &mut [Element], text: &str) {
    let Some(element) = open.last_mut() else { return };
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

    #[test]
    fn blocks_become_paragraphs() {
        for (xml, expected) in [
            ("<x><p>One</p><p>Two <em>words</em></p></x>", "One\n\nTwo words"),
            ("<x><hl2>One</hl2><block><p>Two</p></block><script>no</script></x>", "One\n\nTwo"),
            ("<x>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</x>", "One\n\nTwo"),
            ("<x><![CDATA[<p>R&amp;D</p>]]></x>", "R&D"),
        ] {
            let root = Records::new(xml.as_bytes()).next(&|_, _| false).unwrap().unwrap().element;
            assert_eq!(root.prose(), expected, "{xml}");
        }
    }
}
