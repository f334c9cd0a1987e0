//! One element of an XML document, with what is in it: what stands at a path, its text on a line or in paragraphs.

use crate::ingest::markup;
use crate::ingest::text_writer::Writer;

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

    /// Returns what is said at the end of a path, whose last part may be an attribute, `@xml:lang`.
    pub fn said_at(&self, path: &str) -> Option<String> {
        match path.strip_prefix('@') {
            Some(name) => self.attribute(name).map(str::to_owned),
            None => self.line_at(path),
        }
    }

    /// Returns its text in paragraphs, whether they are elements or escaped HTML.
    pub fn prose(&self) -> String {
        if self.children().next().is_none() {
            return markup::clean(self.text().trim().to_owned());
        }
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.finish()
    }

    fn write(&self, writer: &mut Writer) {
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

#[cfg(test)]
mod tests {
    use super::super::tree::Records;

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
