//! HTML: the main text of a page, without its menus and advertisements, and what the page states.
//!
//! The main text is found as Mozilla's Readability does (`dom_smoothie`). Pages nested deeper than
//! any reader expects, or too large for it, give all their text instead.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::decode::decode;
use super::format::Format;
use super::page_elements::Elements;
use super::page_story::Lead;
use super::source::{Drafts, Source, Stop};
use super::{charset, document, markup, page, page_boxes, page_story, press_html};
use crate::article::Draft;

/// An HTML or XHTML page.
pub(super) struct Html;

/// The largest page, in bytes, that is searched for its main text.
const LARGEST: usize = 8 * 1024 * 1024;

/// The shortest main text, in characters, that is taken for the story: news in brief are short.
const SHORTEST: usize = 100;

/// How far into a file its charset may be declared, in bytes.
const PROLOGUE: usize = 4096;

impl Format for Html {
    fn name(&self) -> &'static str {
        "HTML"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp"]
    }

    fn about(&self) -> &'static str {
        "the main text of a page; title, date and more from JSON-LD, OpenGraph and meta elements"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let bytes = source.whole()?;
        let declared = source.charset.take().or_else(|| declared_charset(&bytes));
        drafts.misdeclared(charset::misdeclared(&bytes, declared.as_deref()));
        read_text(&decode(bytes, declared.as_deref())?, drafts)
    }
}

/// Reads a page that is decoded already.
pub(super) fn read_text(html: &str, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
    if let Some(clips) = press_html::articles(html) {
        return document::give_all(clips, drafts);
    }
    let draft = if html.len() > LARGEST || markup::is_too_deep(html) { plain(html) } else { article(html) };
    drafts.give(draft)
}

/// Returns the article of a page.
fn article(html: &str) -> Draft {
    let document = Document::from(html);
    let elements = Elements::of(&document);
    let mut draft = page::stated(&document, &elements);
    let heading = elements.heading();
    page_boxes::clear(&document);
    let mut lead = heading.map(|heading| {
        page_story::clear_others(&document, heading);
        Lead::behind(&document, heading)
    });
    let is_told = draft.author.is_some() && !draft.dates.is_empty();
    let has_byline = !is_told && lead.as_ref().is_some_and(Lead::has_byline);
    if has_byline {
        keep_byline(&document);
        lead = heading.map(|heading| Lead::behind(&document, heading).map(with_lines));
    }
    part_lines(&document);
    let config = Config { disable_json_ld: true, char_threshold: SHORTEST, ..Config::default() };
    let found = Readability::with_document(document, None, Some(config)).and_then(|mut page| page.parse());
    let main = match found {
        Ok(article) => with_lines(markup::to_text(&article.content)),
        Err(_) => whole(html),
    };
    let main = page_boxes::without_notices(without_title(main, draft.headline.as_deref()));
    let main = match lead {
        Some(lead) => lead.above(main, has_byline),
        None => main,
    };
    let stated = markup::clean(std::mem::take(&mut draft.body));
    // Some pages state the first sentences alone.
    draft.body = if stated.is_empty() || stated.len() < main.len() / 2 { main } else { stated };
    draft
}

/// Has the reading view leave the line of author and date in its place, which it takes out of a page that names no
/// author in its head. An author beside something else has a line of his own.
fn keep_byline(page: &Document) {
    page.select("head").append_html("<meta name='author' content='-'>");
    for node in page.select("span.author, span.byline, span.auteur").nodes() {
        let names = markup::text_of(node);
        if ["By ", "Par "].iter().any(|by| names.starts_with(by)) {
            node.insert_after(&page.tree.new_text(BREAK.to_string()));
        }
    }
}

/// What stands for a line break in a text, where the reading view drops the element: white space to it.
const BREAK: char = '\u{2028}';

/// Puts white space behind every line break.
fn part_lines(page: &Document) {
    for node in page.select("br").nodes() {
        node.insert_after(&page.tree.new_text(BREAK.to_string()));
    }
}

/// Returns the text with a line break, or the end of a paragraph, for the white space that stood behind every one.
fn with_lines(text: String) -> String {
    if !text.contains(BREAK) {
        return text;
    }
    let is_blank = |c| matches!(c, ' ' | '\n' | BREAK);
    let mut lines = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(BREAK) {
        let before = rest[..at].trim_end_matches(is_blank);
        let after = rest[at..].trim_start_matches(is_blank);
        lines.push_str(before);
        if !lines.is_empty() && !after.is_empty() {
            let ends_paragraph = rest[before.len()..rest.len() - after.len()].contains("\n\n");
            lines.push_str(if ends_paragraph { "\n\n" } else { "\n" });
        }
        rest = after;
    }
    lines.push_str(rest);
    lines
}

/// Returns the text of a page in which no main text is found, without its menus if it has more.
fn whole(html: &str) -> String {
    let page = Document::from(html);
    page_boxes::clear(&page);
    match markup::text_of(&page.root()) {
        text if text.is_empty() => markup::to_text(html),
        text => text,
    }
}

/// Returns all the text of a page that is too much for anything better.
fn plain(html: &str) -> Draft {
    let title = html.split_once("<title").and_then(|(_, rest)| rest.split_once('>'));
    let title = title.and_then(|(_, rest)| rest.split_once("</title")).map(|(title, _)| markup::to_text(title));
    let body = markup::to_text(&markup::flatten(html));
    let headline = title.filter(|title| !title.is_empty());
    let body = without_title(body, headline.as_deref());
    Draft { headline, body, ..Draft::default() }
}

/// Returns the text without a first paragraph that repeats the title.
fn without_title(text: String, title: Option<&str>) -> String {
    match (text.split_once("\n\n"), title) {
        (Some((first, rest)), Some(title)) if first == title => rest.to_owned(),
        _ => text,
    }
}

/// Returns the charset that a page names, in a `meta` element or an XML declaration.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..PROLOGUE).unwrap_or(bytes)).to_ascii_lowercase();
    let xml = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let xml = xml.and_then(|(declaration, _)| declaration.split_once("encoding"));
    // An attribute `charset` elsewhere (of a script, say) does not count.
    let meta = || {
        let mut metas = head.split("<meta").skip(1).filter_map(|rest| rest.split_once('>'));
        metas.find_map(|(meta, _)| meta.split_once("charset"))
    };
    let (_, value) = xml.or_else(meta)?;
    let value = value.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(value.len());
    value.get(..end).filter(|label| !label.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::SkipReason;
    use crate::ingest::testing::{read, read_one};

    /// A page with a menu, a story of three paragraphs, and a footer.
    fn story(head: &str) -> String {
        let sentence = "Le groupe, qui emploie dix mille personnes, compte investir, embaucher et exporter davantage. ";
        let paragraph = sentence.repeat(3);
        format!(
            "<html lang='fr'><head>{head}</head><body><nav><a href='/'>Accueil</a> <a href='/b'>Bourse</a></nav>
             <div class='content'><h1>Alstom embauche</h1><p>Premier.&nbsp;{paragraph}</p><p>Deuxième, <b>gras</b>. {paragraph}</p>
             <p>Troisième. {paragraph}</p></div><footer><p>Mentions légales</p></footer></body></html>"
        )
    }

    #[test]
    fn the_main_text_is_found_in_paragraphs() {
        let draft = read_one("a.html", story("").as_bytes());
        assert_eq!((draft.headline.as_deref(), draft.language.as_deref()), (Some("Alstom embauche"), Some("fr")));
        let paragraphs = draft.body.split("\n\n").collect::<Vec<_>>();
        assert_eq!(paragraphs.len(), 3, "{}", draft.body);
        assert!(paragraphs[0].starts_with("Premier.\u{A0}Le groupe"), "{}", paragraphs[0]);
        assert!(paragraphs[1].starts_with("Deuxième, gras. Le groupe"), "{}", paragraphs[1]);
        assert!(!draft.body.contains("Accueil") && !draft.body.contains("Mentions"), "{}", draft.body);
    }

    #[test]
    fn a_longer_article_body_is_preferred() {
        let body = "Une phrase du texte complet. ".repeat(100);
        let json = format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"H","articleBody":"{body}"}}</script>"#
        );
        let draft = read_one("a.html", story(&json).as_bytes());
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("H"), body.trim()));
    }

    #[test]
    fn an_article_body_is_preferred_unless_it_is_cut() {
        for (count, preferred) in [(30, true), (2, false)] {
            let body = "Une phrase du texte. ".repeat(count);
            let json = format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script>"#
            );
            let draft = read_one("a.html", story(&json).as_bytes());
            assert_eq!(draft.body == body.trim(), preferred, "{count}");
        }
    }

    #[test]
    fn comments_are_no_part_of_the_story() {
        let comment = "<p>Un lecteur, fidèle, répond longuement, sans rien savoir, à tous les autres.</p>".repeat(4);
        for aside in ["id='comments'", "class='comments'", "class='box related'"] {
            let page = story("").replace("</p></div>", &format!("</p><div {aside}>{comment}</div></div>"));
            let draft = read_one("a.html", page.as_bytes());
            assert!(draft.body.contains("Troisième") && !draft.body.contains("lecteur"), "{aside}: {}", draft.body);
        }
    }

    /// A menu beside the paragraphs, wherever it stands and whatever its size.
    #[test]
    fn menus_are_no_part_of_the_story() {
        let links = |count| "<li><a href='/a'>Palmarès : Belvoir, Halden</a></li>".repeat(count);
        let paragraphs = |count| "<p>Le groupe, qui vend des vis, publie un bénéfice en hausse.</p>".repeat(count);
        for (count, paragraphs) in [(1, paragraphs(1)), (2, paragraphs(2)), (30, paragraphs(8))] {
            let menu = links(count);
            for page in [
                format!("<nav><ul>{menu}</ul></nav><h1>Alstom embauche</h1>{paragraphs}"),
                format!("<h1>Alstom embauche</h1><nav>{menu}</nav>{paragraphs}"),
                format!("<h1>Alstom embauche</h1>{paragraphs}<nav><ul>{menu}</ul></nav>"),
                format!("<article><nav>{menu}</nav><h1>Alstom embauche</h1>{paragraphs}</article>"),
                format!("<header>Le Quotidien <ul>{menu}</ul></header><h1>Alstom embauche</h1>{paragraphs}"),
                format!("<header><nav>{menu}</nav></header><main><h1>Alstom embauche</h1>{paragraphs}</main>"),
            ] {
                let draft = read_one("a.html", format!("<html lang='fr'><body>{page}</body></html>").as_bytes());
                assert_eq!(draft.headline.as_deref(), Some("Alstom embauche"), "{page}");
                assert!(
                    draft.body.starts_with("Le groupe, qui vend") && draft.body.ends_with("en hausse."),
                    "{page}\n{}",
                    draft.body
                );
                assert!(!draft.body.contains("Palmarès"), "{page}\n{}", draft.body);
            }
        }
    }

    #[test]
    fn the_head_of_a_story_and_a_menu_left_open_stay() {
        let story =
            "<p>Le groupe, qui vend des vis, publie un bénéfice en hausse, et sa direction l’a dit.</p>".repeat(3);
        let head = "<h1>Alstom embauche</h1><p>Par Anne Petit, le 3 mars 2025</p>";
        for page in [
            format!("<article><header>{head}</header>{story}</article>"),
            format!("<article><header><p>Par Anne Petit, le 3 mars 2025</p></header>{story}</article>"),
            format!("<header>{head}</header>{story}"),
            format!("<header><h2>Alstom embauche</h2><p>Par Anne Petit, le 3 mars 2025</p></header>{story}"),
        ] {
            let draft = read_one("a.html", page.as_bytes());
            assert!(draft.body.contains("Par Anne Petit"), "{page}\n{}", draft.body);
        }
        let open = read_one("a.html", format!("<nav><a href='/'>Accueil</a>{story}").as_bytes());
        assert!(open.body.contains("publie un bénéfice"), "{}", open.body);
        let alone = read_one("a.html", b"<nav><a href='/'>Accueil</a></nav>");
        assert_eq!(alone.body, "Accueil");
    }

    #[test]
    fn a_page_without_a_main_text_gives_what_it_has() {
        for (html, headline, body) in [
            ("<title>T</title><p>Un mot.</p>", Some("T"), "Un mot."),
            ("<p>Un<p>Deux", None, "Un\n\nDeux"),
            ("pas de balise", None, "pas de balise"),
        ] {
            let draft = read_one("a.htm", html.as_bytes());
            assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (headline, body), "{html}");
        }
        for html in ["", "<html><head></head><body> </body></html>", "<script>x</script>"] {
            assert_eq!(read("a.html", html.as_bytes())[0].as_ref().unwrap_err().reason, SkipReason::Empty, "{html}");
        }
    }

    #[test]
    fn a_line_break_parts_words_wherever_it_stands() {
        let more = "The group, which sells screws, reports a higher profit, and its board has said so. ".repeat(4);
        let page =
            format!("<table><tr><td>Plain first line<br>March 4, 2025<br><br>{more}<br>{more}</td></tr></table>");
        let draft = read_one("a.html", page.as_bytes());
        assert!(draft.body.starts_with("Plain first line\nMarch 4, 2025\n"), "{}", draft.body);
        assert!(draft.body.contains("so.\nThe") && !draft.body.contains(BREAK), "{}", draft.body);
        for (text, expected) in [
            ("a\n\u{2028}b \u{2028}\n\nc", "a\nb\n\nc"),
            ("\u{2028}a\n\u{2028}\n\n\u{2028}b\u{2028}", "a\n\nb"),
            ("a\u{2028}b", "a\nb"),
            ("a\n\nb", "a\n\nb"),
        ] {
            assert_eq!(with_lines(text.to_owned()), expected, "{text:?}");
        }
    }

    #[test]
    fn a_page_of_blanks_is_empty() {
        for page in
            ["", "<p></p>", "<p>\u{a0}</p>", "\u{2003}\u{85}", "<title> </title><p>&nbsp;</p>", "<pre>\n\u{b}\n</pre>"]
        {
            let results = read("a.html", page.as_bytes());
            assert_eq!(results[0].as_ref().unwrap_err().reason, SkipReason::Empty, "{page:?}");
        }
    }

    #[test]
    fn charsets_are_found_where_they_are_declared() {
        for (head, expected) in [
            ("<meta charset=\"ISO-8859-15\">", Some("iso-8859-15")),
            ("<META http-equiv='Content-Type' content='text/html; charset=windows-1252'>", Some("windows-1252")),
            ("<?xml version='1.0' encoding='latin1'?><html>", Some("latin1")),
            ("<script charset='utf-8'></script>", None),
            ("<meta charset=", None),
        ] {
            assert_eq!(declared_charset(head.as_bytes()).as_deref(), expected, "{head}");
        }
        let draft = read_one("a.html", b"<meta charset=iso-8859-1><p>Soci\xE9t\xE9 G\xE9n\xE9rale</p>");
        assert_eq!(draft.body, "Société Générale");
    }

    #[test]
    fn nesting_is_no_danger() {
        for depth in [500, 10_000] {
            let html = format!("<title>T</title>{}<p>Au fond.</p>{}", "<div>".repeat(depth), "</div>".repeat(depth));
            let draft = read_one("a.html", html.as_bytes());
            assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("T"), "Au fond."), "{depth}");
        }
    }
}
