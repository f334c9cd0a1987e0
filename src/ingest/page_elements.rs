//! What the elements of a page say of its story by their names, classes and places: headline, date, author.
//!
//! Separate from `page`, which asks them for what neither JSON-LD nor `meta` elements state. Every page has other headings,
//! dates and names beside those of its story: of the site, of other stories, of comments.

use dom_query::{Document, NodeId, NodeRef};

use super::markup;
use super::page_boxes::has_word;
use super::values::one_line;

/// The elements of a page, and its story's heading among them.
pub(super) struct Elements<'p> {
    page: &'p Document,
    heading: Option<(NodeRef<'p>, String)>,
    /// The name of the site, as the page's title or its logo has it.
    pub site: Option<String>,
}

/// Whose elements are not of the story.
const BESIDE: &str = "aside, nav, footer, #comments, .comments, .comment, .related";

/// What holds a story.
const STORIES: &str = "article, main";

/// What names an author, best first; and what holds the name in it.
const AUTHORS: &[&str] = &["[itemprop='author']", "[rel~='author']", ".author.vcard", ".author", ".byline", ".auteur"];
const NAME: &str = "[itemprop='name'], .fn";

/// What may hold more than a name, by its class alone.
const CLASSES: &str = ".author:not(.vcard), .byline, .auteur";

/// No name of an author is longer, in bytes.
const LONGEST_NAME: usize = 80;

/// What is between a title and the name of the site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " • "];

impl<'p> Elements<'p> {
    pub fn of(page: &'p Document) -> Elements<'p> {
        let title = title(page).unwrap_or_default();
        let at = SEPARATORS.iter().filter_map(|mark| Some((title.rfind(mark)?, mark.len()))).max();
        let parts = at.map(|(at, length)| (title[..at].trim(), title[at + length..].trim()));
        let headings = page.select("h1, h2");
        let headings = headings.nodes().iter().map(|node| (*node, one_line(markup::text_of(node))));
        let headings: Vec<(NodeRef<'p>, String)> = headings.filter(|(_, text)| !text.is_empty()).collect();
        // The title is that of the story and the name of the site.
        if let Some((story, site)) = parts
            && let Some(heading) = headings.iter().find(|(_, text)| text == story)
        {
            return Elements { page, heading: Some(heading.clone()), site: Some(site.to_owned()) };
        }
        let firsts: Vec<_> = headings.into_iter().filter(|(node, _)| node.has_name("h1")).collect();
        let named = |text: &str| parts.is_some_and(|(_, site)| site == text);
        let is_site = |(node, text): &(NodeRef<'_>, String)| is_home(node) || firsts.len() > 1 && named(text);
        let site = firsts.iter().find(|first| is_site(first)).map(|(_, text)| text.clone());
        let mut of_story = firsts.iter().filter(|first| !is_site(first));
        let heading = of_story.clone().find(|(node, _)| is_within(node, STORIES)).or_else(|| of_story.next()).cloned();
        let is_sure = heading.as_ref().is_some_and(|(node, text)| is_within(node, STORIES) || *text != title);
        let opening = (!is_sure).then(|| opening(page, site.as_ref() == Some(&title))).flatten();
        let site = site.or_else(|| opening.as_ref().and(heading.as_ref()).map(|(_, text)| text.clone()));
        Elements { page, heading: opening.or(heading), site }
    }

    /// Returns the place of the story's heading in the page.
    pub fn heading(&self) -> Option<NodeId> {
        self.heading.as_ref().map(|(node, _)| node.id)
    }

    /// Returns the heading of the story.
    pub fn headline(&self) -> Option<String> {
        self.heading.as_ref().map(|(_, text)| text.clone())
    }

    /// Returns the element that holds the story with its heading.
    fn story(&self) -> Option<NodeRef<'p>> {
        let (heading, _) = self.heading.as_ref()?;
        heading.ancestors_it(None).find(|above| above.is(STORIES))
    }

    /// Returns when the story came out: a date in it or below its heading before any other, and one that says so before
    /// one that says nothing. When it was changed is no answer.
    pub fn date(&self) -> Option<String> {
        let story = self.story();
        let mut below = false;
        let mut dates = Vec::new();
        for node in self.page.select("h1, h2, time, [itemprop='datePublished']").nodes() {
            below |= self.heading.as_ref().is_some_and(|(heading, _)| heading.id == node.id);
            let date = ["datetime", "content"].iter().find_map(|name| node.attr(name));
            let Some(date) = date.map(|date| date.trim().to_owned()).filter(|date| !date.is_empty()) else { continue };
            let says = Says::of(node);
            if says != Says::Changed {
                let inside =
                    story.as_ref().map_or(below, |story| node.ancestors_it(None).any(|above| above.id == story.id));
                dates.push(((!inside || is_within(node, BESIDE), says), date));
            }
        }
        dates.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, date)| date)
    }

    /// Returns who wrote the story.
    pub fn author(&self) -> Option<String> {
        let story = self.story();
        let is_of_story = |node: &NodeRef<'_>| {
            let inside = |story: &NodeRef<'_>| node.ancestors_it(None).any(|above| above.id == story.id);
            story.as_ref().is_none_or(inside) && !is_within(node, BESIDE)
        };
        AUTHORS.iter().find_map(|selector| {
            let nodes = self.page.select(selector);
            let mut found = nodes.nodes().iter().filter(|node| is_of_story(node));
            let mut found =
                found.by_ref().filter_map(|node| Some((node.parent().map(|parent| parent.id), name(node)?)));
            let (parent, first) = found.next()?;
            // Those beside the first wrote it too; others stand under other stories.
            let mut names = vec![first];
            for (_, name) in found.take_while(|(other, _)| *other == parent) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            Some(names.join(", "))
        })
    }
}

/// Returns the smaller heading that an article of the page begins with: of a page that has the name of its site for a
/// title (`is_untitled`), and one that its class calls the title.
fn opening<'p>(page: &'p Document, is_untitled: bool) -> Option<(NodeRef<'p>, String)> {
    let article = *page.select_single("article").nodes().first()?;
    let first = article.descendants_it().find(|below| below.is("h2, h3, p"))?;
    let is_title = |word: &str| matches!(word, "title" | "headline" | "titre");
    let is_subtitle = |word: &str| word.starts_with("sub") || word.starts_with("sous");
    let is_called = has_word(&first, is_title) && !has_word(&first, is_subtitle);
    let text = one_line(markup::text_of(&first));
    (!first.has_name("p") && (is_untitled || is_called) && !text.is_empty()).then_some((first, text))
}

/// Returns the title of the page.
pub(super) fn title(page: &Document) -> Option<String> {
    let titles = page.select("head title, title");
    titles.nodes().iter().map(|node| one_line(markup::text_of(node))).find(|text| !text.is_empty())
}

/// Returns the name in an element that names an author.
fn name(node: &NodeRef<'_>) -> Option<String> {
    let inner = node.descendants_it().find(|below| below.is_element() && below.is(NAME));
    let node = inner.as_ref().unwrap_or(node);
    let name = node.attr("content").map_or_else(|| markup::text_of(node), |content| content.to_string());
    let name = one_line(name);
    let is_marked = !node.is(CLASSES) || is_person(&name);
    (!name.is_empty() && name.len() <= LONGEST_NAME && !name.starts_with("http") && is_marked).then_some(name)
}

/// Returns whether a text is no more than a name, as far as can be seen: two to four words with capitals.
fn is_person(text: &str) -> bool {
    let words = text.split(' ');
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\'' | '.'))
    };
    (2..=4).contains(&words.clone().count())
        && words.clone().all(is_name)
        && !text.starts_with("By ")
        && !text.starts_with("Par ")
}

/// Returns whether a node lies in an element that the selector finds.
fn is_within(node: &NodeRef<'_>, selector: &str) -> bool {
    node.ancestors_it(None).any(|above| above.is(selector))
}

/// Returns whether a heading is a link to the first page of the site.
fn is_home(heading: &NodeRef<'_>) -> bool {
    let is_link = |node: &NodeRef<'_>| {
        node.has_name("a")
            && node.attr("href").is_some_and(|href| {
                let path = href
                    .split_once("://")
                    .map_or(&*href, |(_, rest)| rest.split_once('/').map_or("/", |(_, path)| path));
                matches!(path, "/" | "")
            })
    };
    heading.descendants_it().any(|below| is_link(&below)) || heading.parent().is_some_and(|above| is_link(&above))
}

/// What an element says of its date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Published,
    Nothing,
    Changed,
}

impl Says {
    fn of(node: &NodeRef<'_>) -> Says {
        let parent = node.parent();
        let class = |node: &NodeRef<'_>| node.attr("class").unwrap_or_default().to_lowercase();
        let own = format!("{} {}", class(node), node.attr("itemprop").unwrap_or_default().to_lowercase());
        let of = |words: &str| match () {
            // Many a theme has both on a story that was never changed.
            () if words.contains("publish") || words.contains("entry-date") => Says::Published,
            () if words.contains("updat") || words.contains("modif") => Says::Changed,
            () => Says::Nothing,
        };
        match of(&own) {
            Says::Nothing if node.has_attr("pubdate") => Says::Published,
            Says::Nothing => parent.map_or(Says::Nothing, |parent| of(&class(&parent))),
            says => says,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_one;

    const TEXT: &str = "<p>Le groupe supprime des postes dans ses usines, dit sa direction, qui embauche ailleurs.</p>";

    #[test]
    fn the_date_of_the_story_is_told_from_others() {
        let own = "<time datetime='2025-03-04'>4 mars</time>";
        let other = "<div class='trending'><time datetime='2020-01-01'>x</time></div>";
        for page in [
            format!("{other}<article><h1>Halden</h1>{own}{TEXT}</article>"),
            format!("{other}<h1>Halden</h1>{own}{TEXT}"),
            format!("{other}<main><h1>Halden</h1><aside>{other}</aside>{own}{TEXT}</main>"),
            format!("<h1>Halden</h1><time class='updated' datetime='2020-01-01'>x</time>{own}{TEXT}"),
            format!(
                "<h1>Halden</h1><span class='modified-date'><time datetime='2020-01-01'>x</time></span>{own}{TEXT}"
            ),
            format!(
                "<h1>Halden</h1><time datetime='2020-01-01'>x</time><time class='entry-date' datetime='2025-03-04'>y</time>{TEXT}"
            ),
            format!("<h1>Halden</h1><time class='published updated' datetime='2025-03-04'>y</time>{TEXT}"),
            format!("<h1>Halden</h1><time itemprop='datePublished' content='2025-03-04'>y</time>{TEXT}"),
            format!("{own}<h1>Halden</h1>{TEXT}"),
        ] {
            let draft = read_one("a.html", format!("<body>{page}").as_bytes());
            assert_eq!(draft.dates.first().map(|(date, _)| date.as_str()), Some("2025-03-04"), "{page}");
        }
        let changed = read_one(
            "a.html",
            format!("<h1>H</h1><time class='updated' datetime='2020-01-01'>x</time>{TEXT}").as_bytes(),
        );
        assert_eq!(changed.dates, []);
    }

    #[test]
    fn the_heading_of_the_site_is_no_headline() {
        let title = "<title>Halden supprime 400 postes - Le Quotidien</title>";
        for (head, body, source) in [
            (
                title,
                "<h1 class='logo'><a href='/'>Le Quotidien</a></h1><h2>Halden supprime 400 postes</h2>",
                Some("Le Quotidien"),
            ),
            (title, "<h1>Le Quotidien</h1><h1>Halden supprime 400 postes</h1>", Some("Le Quotidien")),
            (title, "<h1><a href='https://q.example/'>Le Quotidien</a></h1>", Some("Le Quotidien")),
            ("", "<a href='/'><h1>Le Quotidien</h1></a><h1>Halden supprime 400 postes</h1>", Some("Le Quotidien")),
            ("<title>Le Quotidien - Halden supprime 400 postes</title>", "<h1>Halden supprime 400 postes</h1>", None),
            ("<title>Halden</title>", "<h1>Halden supprime 400 postes</h1>", None),
            (
                "<title>Le Quotidien</title>",
                "<h1><a href='/'>Le Quotidien</a></h1><article><h2>Halden supprime 400 postes</h2>",
                Some("Le Quotidien"),
            ),
            (
                "<title>Le Quotidien</title>",
                "<h1>Le Quotidien</h1><article><h2 class='title'>Halden supprime 400 postes</h2>",
                Some("Le Quotidien"),
            ),
            ("<title>Le Quotidien</title>", "<article><h3 class='headline'>Halden supprime 400 postes</h3>", None),
            (
                "<title>Halden supprime 400 postes</title>",
                "<h1>Halden supprime 400 postes</h1><article><h2>En bref</h2>",
                None,
            ),
        ] {
            let draft = read_one("a.html", format!("{head}<body>{body}{TEXT}").as_bytes());
            assert_eq!(draft.headline.as_deref(), Some("Halden supprime 400 postes"), "{head}{body}");
            assert_eq!(draft.source.as_deref(), source, "{head}{body}");
        }
    }

    #[test]
    fn marked_authors_are_read() {
        for (byline, author) in [
            ("<a rel='author' href='/anne'>Anne Petit</a>", Some("Anne Petit")),
            ("<p><a rel='author'>Anne Petit</a> et <a rel='author'>Paul Roux</a></p>", Some("Anne Petit, Paul Roux")),
            (
                "<div itemprop='author'>Par <span itemprop='name'>Anne Petit</span>, journaliste</div>",
                Some("Anne Petit"),
            ),
            ("<div itemprop='author'><meta itemprop='name' content='Anne Petit'></div>", Some("Anne Petit")),
            ("<span class='author vcard'><a class='url fn n'>Anne Petit</a></span>", Some("Anne Petit")),
            ("<aside><a rel='author'>Anne Petit</a></aside>", None),
            ("<div class='author'>Anne Petit</div>", Some("Anne Petit")),
            ("<div class='author'>Anne Petit, le 4 mars</div>", None),
            ("<div class='author'>Service économie</div>", None),
        ] {
            let page = format!("<body><article><h1>Halden</h1>{byline}{TEXT}</article><a rel='author'>Luc Roy</a>");
            assert_eq!(read_one("a.html", page.as_bytes()).author.as_deref(), author, "{byline}");
        }
    }
}
