//! What stands on a page and is no part of its story: menus, comments, other stories, boxes that advertise something.
//!
//! Separate from `html`, which reads what is left.

use dom_query::{Document, NodeRef};

use super::markup;

/// What readers wrote, and other stories.
const ASIDES: &str = "#comments, .comments, .related";

/// What holds a menu, wherever it stands. The header of a story tells its headline, date and author.
const MENUS: &str = "nav, header";

/// In how many others a menu may stand that is looked at.
const DEEPEST_MENU: usize = 4;

/// A menu with less text than this beside its links, in bytes, is one.
const LEAST_BESIDE_LINKS: usize = 100;

/// The words in a class or id that tell a box which sells something.
const SELLING: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "newsletter",
    "newsletters",
    "paywall",
    "promo",
    "publicite",
    "subscribe",
    "subscription",
];

/// Boxes that sell something have no more text than this together, in bytes, or than a quarter of the page.
const MOST_SOLD: usize = 400;

/// So much text, in bytes, is left when they are taken out; or they hold the story.
const LEAST_LEFT: usize = 60;

/// Lines that tell of an advertisement where a browser shows one.
const NOTICES: &[&str] = &[
    "advertisement",
    "advertising",
    "publicité",
    "story continues below advertisement",
    "article continues below advertisement",
    "continue reading below advertisement",
    "la suite après la publicité",
    "la suite après cette publicité",
];

/// Takes out what is no part of the story.
pub(super) fn clear(page: &Document) {
    for node in page.select(ASIDES).nodes() {
        // A page or story that has such a class as a whole is no aside.
        if !holds_page(node) {
            node.remove_from_parent();
        }
    }
    for node in page.select(MENUS).nodes() {
        if is_menu(node) {
            node.remove_from_parent();
        }
    }
    clear_sold(page);
}

fn holds_page(node: &NodeRef<'_>) -> bool {
    is(node, &["html", "body", "main", "article"])
}

fn is(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.node_name().is_some_and(|name| names.contains(&&*name))
}

/// Returns whether one of the words that the class and the id of an element are made of is such.
pub(super) fn has_word(node: &NodeRef<'_>, is_such: impl Fn(&str) -> bool) -> bool {
    ["class", "id"].iter().filter_map(|name| node.attr(name)).any(|value| {
        value.split(|c: char| !c.is_alphanumeric()).any(|word| !word.is_empty() && is_such(&word.to_ascii_lowercase()))
    })
}

/// Takes out the boxes that sell something, unless the story may be in them: some pages call the part of it so that
/// only subscribers see.
fn clear_sold(page: &Document) {
    let Some(body) = page.body() else { return };
    let sells = |node: &NodeRef<'_>| !holds_page(node) && has_word(node, |word| SELLING.contains(&word));
    let boxes: Vec<NodeRef<'_>> = body.descendants_it().filter(|node| node.is_element() && sells(node)).collect();
    if boxes.is_empty() {
        return;
    }
    // One that lies in another counts twice, which keeps too much at worst.
    let sold: usize = boxes.iter().map(|node| markup::text_of(node).len()).sum();
    let all = markup::text_of(&body).len();
    if sold <= MOST_SOLD.max(all / 4) && all.saturating_sub(sold) >= LEAST_LEFT {
        boxes.iter().for_each(NodeRef::remove_from_parent);
    }
}

/// Returns the text without lines that tell of an advertisement.
pub(super) fn without_notices(text: String) -> String {
    let is_notice = |line: &str| {
        let line = line.trim();
        NOTICES.iter().any(|notice| line.len() == notice.len() && line.to_lowercase() == **notice)
    };
    if !text.split('\n').any(is_notice) {
        return text;
    }
    let lines: Vec<&str> = text.split("\n\n").filter(|line| !is_notice(line)).collect();
    lines.join("\n\n")
}

/// Returns whether a `nav` or `header` is one of the page: links, and little else. One that holds a story, for want of
/// an end, or its headline, date and author, is not.
fn is_menu(node: &NodeRef<'_>) -> bool {
    let (is_header, above) = (is(node, &["header"]), node.ancestors(None));
    let of_story = is_header && above.iter().any(|above| is(above, &["article", "main"]));
    let depth = above.iter().filter(|above| is(above, &["nav", "header"])).count();
    if of_story || depth > DEEPEST_MENU || node.descendants_it().any(|below| is(&below, &["h1", "article", "main"])) {
        return false;
    }
    let linked = linked(node);
    let others = markup::text_of(node).len().saturating_sub(linked);
    others < linked || !is_header && others < LEAST_BESIDE_LINKS
}

/// Returns how much of the text under an element is that of links, in bytes.
pub(super) fn linked(node: &NodeRef<'_>) -> usize {
    let links = node.descendants_it().filter(|below| is(below, &["a"]));
    links.map(|link| markup::text_of(&link).len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::read_one;

    const STORY: [&str; 3] = [
        "Halden Group reported on Tuesday a profit up 12 percent, helped by sales of screws in Europe.",
        "Its chief executive said she was confident for the rest of the year and would hire 400 people.",
        "Analysts had expected a rise of 8 percent, according to a poll of twelve banks.",
    ];

    #[test]
    fn boxes_that_sell_something_are_no_part_of_the_story() {
        let sold = "Get the five stories you need to know every morning in your inbox, free of charge.";
        let [first, second, third] = STORY;
        for sold in [
            format!("<div class='newsletter-signup'><h4>Morning brief</h4><p>{sold}</p></div>"),
            format!("<div id='ad-1'><p>{sold}</p></div>"),
            format!("<section class='box paywall'><p>{sold}</p></section>"),
            "<p>Advertisement</p>".to_owned(),
            "<p>Story continues below advertisement</p>".to_owned(),
            "<p>PUBLICITÉ</p>".to_owned(),
        ] {
            let page = format!("<article><h1>Halden</h1><p>{first}</p>{sold}<p>{second}</p><p>{third}</p></article>");
            assert_eq!(read_one("a.html", page.as_bytes()).body, STORY.join("\n\n"), "{sold}");
        }
    }

    #[test]
    fn a_story_that_is_sold_stays() {
        let [first, second, third] = STORY;
        for page in [
            format!("<div class='paywall'><p>{first}</p><p>{second}</p><p>{third}</p></div>"),
            format!("<p class='paywall'>{first}</p><p class='paywall'>{second}</p><p class='paywall'>{third}</p>"),
            format!("<p>{first}</p><p class='loading headroom'>{second}</p><p>{third}</p>"),
        ] {
            let body = read_one("a.html", format!("<article><h1>Halden</h1>{page}</article>").as_bytes()).body;
            assert_eq!(body, STORY.join("\n\n"), "{page}");
        }
        let advertising = format!("{first}\n\nSales of advertising\n\n{second}");
        assert_eq!(without_notices(advertising.clone()), advertising);
    }
}
