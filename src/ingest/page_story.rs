//! Where the story of a page begins and ends, as its heading tells: what stands between it and the text, and which text
//! is that of another story.
//!
//! Separate from `html`, because a reading view does not ask: it takes the largest text of a page, and what stands beside
//! it.

use dom_query::{Document, NodeId, NodeRef};

use super::page_boxes::{has_word, linked};
use super::{markup, tags, text_writer};

/// How many pieces of text behind the heading are looked at.
const MOST_PIECES: usize = 40;

/// Among how many of them a line of author and date is looked for.
const FIRST_PIECES: usize = 6;

/// The shortest sentence that is taken for one of the story, and what is one without a full stop, in bytes.
const SENTENCE: usize = 30;
const LONG_SENTENCE: usize = 100;

/// A line of author and date is no longer, in bytes.
const LONGEST_LINE: usize = 160;

/// One that no class names is no longer than this.
const LONGEST_UNNAMED: usize = 80;

/// What holds a story by its name.
const STORIES: &[&str] = &["article", "main"];

/// What holds no part of the story, or what is under a picture.
const BESIDE: &[&str] = &["aside", "nav", "footer", "figure", "figcaption", "form", "table"];

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4"];

/// Words of a class or id that tell the lead of a story.
const LEADS: &[&str] =
    &["chapo", "chapeau", "lead", "lede", "standfirst", "intro", "summary", "subtitle", "dek", "deck", "excerpt"];

/// What words begin or end with that tell the line of author and date.
const BYLINES: &[&str] = &["author", "auteur", "byline", "dateline", "publi", "posted", "meta", "date", "timestamp"];

/// Words of a class that tell what is under a picture, or for whoever shares the story.
const TOOLS: &[&str] = &["caption", "credit", "legend", "share", "social", "tools"];

/// A piece of text between the blocks of a page.
struct Piece<'p> {
    text: String,
    /// The element or text it begins with.
    node: NodeRef<'p>,
}

/// Takes out the other stories of a page whose heading lies in an `article` or `main` with a text of its own, however
/// short: they have the larger text at times.
pub(super) fn clear_others(page: &Document, heading: NodeId) {
    let heading = NodeRef::new(heading, &page.tree);
    let ancestors = heading.ancestors(None);
    let Some(story) = ancestors.iter().find(|above| is(above, STORIES)) else { return };
    let is_inside = |piece: &Piece<'_>| piece.node.ancestors_it(None).any(|above| above.id == story.id);
    let has_text = pieces(&heading).iter().take_while(|piece| is_inside(piece)).any(|piece| ends_sentence(&piece.text));
    if !has_text || !begins_another(story) {
        return;
    }
    let mut inner = *story;
    for outer in story.ancestors(None).iter().take_while(|above| !is(above, &["html"])) {
        let mut sibling = inner.next_sibling();
        while let Some(other) = sibling {
            sibling = other.next_sibling();
            other.remove_from_parent();
        }
        inner = *outer;
    }
}

/// Returns whether a heading, or another story, is the first that stands behind a story.
fn begins_another(story: &NodeRef<'_>) -> bool {
    let mut next = behind(story);
    while let Some(node) = next {
        next = match () {
            () if is(&node, HEADINGS) || is(&node, &["article"]) => return true,
            () if node.is_text() && !node.text().trim().is_empty() => return false,
            () if is_passed_over(&node) => behind(&node),
            () => node.first_child().or_else(|| behind(&node)),
        };
    }
    false
}

/// What stands between the heading of a story and its text.
pub(super) struct Lead(Vec<(String, Sort)>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Prose,
    Byline,
    Other,
}

impl Lead {
    /// Reads what stands behind a heading.
    pub fn behind(page: &Document, heading: NodeId) -> Lead {
        let heading = NodeRef::new(heading, &page.tree);
        let above: Vec<NodeId> = heading.ancestors(None).iter().map(|above| above.id).collect();
        let sorted = pieces(&heading).into_iter().map(|piece| {
            let sort = sort(&piece, &above);
            (piece.text, sort)
        });
        Lead(sorted.collect())
    }

    /// Returns the same, each piece of it changed.
    pub fn map(self, change: impl Fn(String) -> String) -> Lead {
        Lead(self.0.into_iter().map(|(text, sort)| (change(text), sort)).collect())
    }

    /// Returns whether a line of author and date is among the first.
    pub fn has_byline(&self) -> bool {
        self.0.iter().take(FIRST_PIECES).any(|(_, sort)| *sort == Sort::Byline)
    }

    /// Returns the text with what stands before it below the heading: the lead, and the lines that tell author and date
    /// if they are asked for.
    pub fn above(self, text: String, bylines: bool) -> String {
        let begins = |piece: &str| {
            let first = piece.split('\n').next().unwrap_or_default();
            text.split('\n').any(|line| line == first)
        };
        let Some(end) = self.0.iter().position(|(piece, _)| begins(piece)) else { return text };
        let is_taken = |sort| sort == Sort::Prose || sort == Sort::Byline && bylines;
        let taken = self.0.into_iter().take(end).filter(|(_, sort)| is_taken(*sort)).map(|(piece, _)| piece);
        let mut parts: Vec<String> = taken.collect();
        parts.push(text);
        parts.join("\n\n")
    }
}

/// Returns what a piece of text between heading and text is, by its look and the class of what it stands in.
fn sort(piece: &Piece<'_>, above: &[NodeId]) -> Sort {
    let around = piece.node.ancestors(None);
    let own = || std::iter::once(&piece.node).chain(&around).take_while(|node| !above.contains(&node.id));
    let is_in = |words: &'static [&'static str]| own().any(|node| has_word(node, |word| words.contains(&word)));
    let tells = |word: &str| BYLINES.iter().any(|part| word.starts_with(part) || word.ends_with(part));
    let is_byline = |node: &NodeRef<'_>| has_word(node, tells);
    let mut inside = piece.node.descendants_it();
    let length = piece.text.len();
    match () {
        () if is_in(TOOLS) => Sort::Other,
        () if length <= LONGEST_LINE && (own().any(is_byline) || inside.any(|node| is_byline(&node))) => Sort::Byline,
        () if linked(&piece.node) * 2 > length => Sort::Other,
        () if looks_signed(&piece.text) => Sort::Byline,
        () if length >= LONG_SENTENCE || length >= SENTENCE && (ends_sentence(&piece.text) || is_in(LEADS)) => {
            Sort::Prose
        }
        () => Sort::Other,
    }
}

/// Returns whether a line looks like one of author or date, though no class says so.
fn looks_signed(line: &str) -> bool {
    let is_year =
        |word: &str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    let begins = |start: &str| line.strip_prefix(start).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    line.len() <= LONGEST_UNNAMED
        && !ends_sentence(line)
        && (begins("By ") || begins("Par ") || line.split(|c: char| !c.is_alphanumeric()).any(is_year))
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '»', '’', ')', ' ', '\u{a0}']).ends_with(['.', '!', '?', '…'])
}

/// Returns the pieces of text behind a heading, as far as they may stand before the text of its story.
fn pieces<'p>(heading: &NodeRef<'p>) -> Vec<Piece<'p>> {
    let mut pieces: Vec<Piece<'p>> = Vec::new();
    // The element in whose text, between its blocks, the last piece stands.
    let mut run = None;
    let mut next = behind(heading);
    while let Some(node) = next
        && pieces.len() < MOST_PIECES
    {
        if is_passed_over(&node) {
            next = behind(&node);
            continue;
        }
        if node.descendants_it().any(|below| is_block(&below)) {
            run = None;
            next = node.first_child();
            continue;
        }
        next = behind(&node);
        let parent = node.parent().filter(|_| !is_block(&node)).map(|parent| parent.id);
        let text = if node.is_text() {
            node.text().split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            markup::text_of(&node)
        };
        match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if run.is_some() && run == parent => {
                last.text.push(' ');
                last.text.push_str(&text);
            }
            _ => pieces.push(Piece { text, node }),
        }
        run = parent.filter(|_| !node.has_name("br"));
    }
    pieces
}

/// Returns whether a node holds nothing to read, or no part of a story.
fn is_passed_over(node: &NodeRef<'_>) -> bool {
    !node.is_text()
        && (!node.is_element()
            || node.node_name().is_some_and(|name| markup::is_unread(&name))
            || is(node, BESIDE)
            || markup::is_hidden(node))
}

fn is_block(node: &NodeRef<'_>) -> bool {
    node.node_name().is_some_and(|name| text_writer::is_block(&name))
}

fn is(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.node_name().is_some_and(|name| tags::is_in(&name, names))
}

/// Returns the node that comes next in the page behind a node and all in it.
fn behind<'p>(node: &NodeRef<'p>) -> Option<NodeRef<'p>> {
    let mut here = *node;
    loop {
        if let Some(next) = here.next_sibling() {
            return Some(next);
        }
        here = here.parent()?;
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_one;

    const LEAD: &str = "Halden Group reported on Tuesday a profit up 12 percent, helped by sales of screws.";
    const HEADING: &str = "<h1>Halden raises targets</h1>";

    fn text() -> String {
        let paragraph = |n| {
            format!(
                "<p>Orders of builders, says paragraph {n}, rose again after two weak years, in the words of Halden.</p>"
            )
        };
        (0..4).map(paragraph).collect()
    }

    fn body(page: &str) -> String {
        read_one("a.html", format!("<title>Halden raises targets</title><body>{page}").as_bytes()).body
    }

    #[test]
    fn the_lead_between_heading_and_text_belongs_to_it() {
        let text = text();
        for class in ["head", "chapo", "lead", "standfirst", "intro", "summary", "teaser", "article-header"] {
            for page in [
                format!("<div class='page'><div class='{class}'>{HEADING}<p>{LEAD}</p></div><div>{text}</div></div>"),
                format!("<div>{HEADING}</div><div class='{class}'><p>{LEAD}</p></div><div class='text'>{text}</div>"),
                format!("<article>{HEADING}<div class='{class}'>{LEAD}</div><div class='text'>{text}</div></article>"),
            ] {
                let body = body(&page);
                assert!(body.starts_with(&format!("{LEAD}\n\nOrders of builders, says paragraph 0")), "{page}\n{body}");
            }
        }
    }

    #[test]
    fn what_else_stands_above_the_text_does_not() {
        let text = text();
        for beside in [
            "<figure><img src='a.jpg'><figcaption>The works of Halden in the north of the country.</figcaption></figure>",
            "<ul class='share'><li>Share this story with all of your friends, and with others.</li></ul>",
            "<p><a href='/f'>Fenwick, which sells screws too, has cut its targets for the year.</a></p>",
            "<p>Markets</p>",
        ] {
            let page = format!("<div class='head'>{HEADING}{beside}</div><div class='text'>{text}</div>");
            let body = body(&page);
            assert!(body.starts_with("Orders of builders, says paragraph 0"), "{page}\n{body}");
        }
    }

    #[test]
    fn a_line_of_author_and_date_is_given_to_the_reading() {
        let text = text();
        for (line, expected) in [
            ("<span class='author'>By <a href='/r'>Jane Roe</a></span>", "By Jane Roe"),
            (
                "<div class='byline'>By Jane Roe | Published March 4, 2025</div>",
                "By Jane Roe | Published March 4, 2025",
            ),
            ("<p class='article-author'>By Jane Roe - March 4, 2025</p>", "By Jane Roe - March 4, 2025"),
            ("<p class='dateline'>LONDON, March 4, 2025</p>", "LONDON, March 4, 2025"),
            ("<p>By Jane Roe</p><p>Published on March 4, 2025</p>", "By Jane Roe\n\nPublished on March 4, 2025"),
            ("<ul class='meta'><li>Jane Roe</li><li>March 4, 2025</li></ul>", "Jane Roe\n\nMarch 4, 2025"),
        ] {
            for page in [
                format!("<article>{HEADING}{line}{text}</article>"),
                format!("<div class='head'>{HEADING}{line}</div><div class='text'>{text}</div>"),
            ] {
                let body = body(&page);
                let body = body.replace("Jane Roe\nMarch", "Jane Roe\n\nMarch");
                assert!(body.starts_with(&format!("{expected}\n\nOrders of")), "{page}\n{body}");
            }
        }
    }

    #[test]
    fn an_author_beside_a_date_has_a_line_of_his_own() {
        let line = "<div><span class='byline'>By Jane Roe</span> <span>March 4, 2025 9:15 am EST</span></div>";
        for page in [
            format!("<article>{HEADING}{line}{}</article>", text()),
            format!("<div class='head'>{HEADING}{line}</div><div class='text'>{}</div>", text()),
        ] {
            let body = body(&page);
            assert!(body.starts_with("By Jane Roe\nMarch 4, 2025 9:15 am EST\n\nOrders"), "{page}\n{body}");
        }
    }

    #[test]
    fn the_text_is_that_of_the_heading() {
        let other = text().replace("Halden", "Fenwick");
        let short = "<p>More soon.</p>";
        for page in [
            format!("<article>{HEADING}<p>{LEAD}</p></article><article><h2>Fenwick cuts targets</h2>{other}</article>"),
            format!(
                "<main><article>{HEADING}<p>{LEAD}</p></article></main><section><h2><a>Fenwick</a></h2>{other}</section>"
            ),
            format!("<article>{HEADING}{short}</article><section><h2>Markets</h2>{other}</section>"),
        ] {
            let body = body(&page);
            assert!((body == LEAD || body == "More soon.") && !body.contains("Fenwick"), "{page}\n{body}");
        }
        // An article that is the head of the story alone, and one whose text goes on behind it.
        for page in [
            format!("<article>{HEADING}</article><div><h2>Outlook</h2>{}</div>", text()),
            format!("<article>{HEADING}<p>{LEAD}</p></article><div>{}</div>", text()),
        ] {
            assert!(body(&page).contains("paragraph 3"), "{page}");
        }
    }
}
