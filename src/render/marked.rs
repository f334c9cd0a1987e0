//! Hits for other documents: an HTML fragment for a page or a mail, and Markdown for a note. What matched is
//! marked, and every text is escaped for the place where it stands.

use std::io::{self, Write};

use super::sanitize::{clean, sanitized};
use super::text::{copies_note, totals};
use super::time::date;
use super::{Page, each_company};
use crate::article::Language;
use crate::search::{Hit, Marked, SearchResponse, Snippet};
use crate::wording::UiLanguage;

/// How a sort of document writes what a list of hits is made of.
struct Dialect {
    /// Writes a character of a text so that it stands for itself.
    escape: fn(char, &mut String),
    /// What stands around what matched.
    lit: [&'static str; 2],
}

const HTML: Dialect = Dialect { escape: html_escape, lit: ["<mark>", "</mark>"] };
const MARKDOWN: Dialect = Dialect { escape: markdown_escape, lit: ["**", "**"] };

/// Writes one `article` element a hit, and the total.
pub(super) fn html(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let escaped = |text: &str| HTML.text(text);
    let language = page.look.language;
    writeln!(out, "<section class=\"telex\" lang=\"{}\">", language.pick("en", "fr"))?;
    if let Some(query) = page.query {
        writeln!(out, "<h2>{}</h2>", escaped(query))?;
    }
    for hit in &response.hits {
        let title = HTML.marked(&hit.headline);
        let title = match address(hit, page) {
            Some(link) => format!("<a href=\"{}\">{title}</a>", escaped(&link)),
            None => title,
        };
        let spoken = match hit.language {
            Language::Other => String::new(),
            known => format!(" lang=\"{}\"", known.code()),
        };
        writeln!(out, "<article data-id=\"{}\"{spoken} dir=\"auto\">", escaped(&hit.id))?;
        writeln!(out, "<h3>{title}</h3>")?;
        writeln!(out, "<p class=\"facts\">{}</p>", escaped(&facts(hit, language)))?;
        for snippet in &hit.snippets {
            writeln!(out, "<p>{}</p>", HTML.snippet(snippet))?;
        }
        writeln!(out, "</article>")?;
    }
    writeln!(out, "<p class=\"total\">{}</p>\n</section>", escaped(&totals(response, language)))
}

/// Writes a heading and a quotation a hit, and the total.
pub(super) fn markdown(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let language = page.look.language;
    if let Some(query) = page.query {
        writeln!(out, "## {}\n", MARKDOWN.text(query))?;
    }
    for hit in &response.hits {
        let title = MARKDOWN.marked(&hit.headline);
        match address(hit, page) {
            // Angle brackets hold any address that has none itself.
            Some(link) if !link.contains(['<', '>', '\n']) => writeln!(out, "### [{title}](<{link}>)\n")?,
            _ => writeln!(out, "### {title}\n")?,
        }
        writeln!(out, "{}\n", MARKDOWN.text(&facts(hit, language)))?;
        for snippet in &hit.snippets {
            writeln!(out, "> {}\n", unlisted(&MARKDOWN.snippet(snippet)))?;
        }
    }
    writeln!(out, "{}", MARKDOWN.text(&totals(response, language)))
}

/// Returns a line that begins no list: `- ` and `1. ` would.
fn unlisted(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if line.starts_with(['-', '+', '=']) || digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

/// Returns where a title leads: to the article on the web, if that is known and no script, or to its file.
fn address(hit: &Hit, page: &Page<'_>) -> Option<String> {
    let web = |url: &&String| ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
    hit.url.as_ref().filter(web).map(|url| clean(url).replace(' ', "%20")).or_else(|| page.file_link(hit))
}

/// Returns `2025-07-17 · Les Échos · fr · OR · fr/a.txt · +2 copies: AFP`.
fn facts(hit: &Hit, language: UiLanguage) -> String {
    let mut facts: Vec<String> = hit.published.iter().map(|published| date(published)[..10].to_owned()).collect();
    facts.extend(hit.source.iter().chain(&hit.author).cloned());
    facts.push(hit.language.code().to_owned());
    let tickers: Vec<&str> = each_company(&hit.tickers).map(|mention| mention.ticker.symbol.as_str()).collect();
    facts.extend((!tickers.is_empty()).then(|| tickers.join(" ")));
    facts.push(hit.id.clone());
    facts.extend(hit.story.as_ref().filter(|story| story.copies > 0).map(|story| copies_note(story, language)));
    facts.join(" · ")
}

impl Dialect {
    /// Returns a text on one line that stands for itself.
    fn text(&self, text: &str) -> String {
        self.marked(&Marked { text: text.to_owned(), lit: Vec::new() })
    }

    /// Returns a text on one line with what matched marked.
    fn marked(&self, marked: &Marked) -> String {
        let mut out = String::with_capacity(marked.text.len() + 16);
        let mut at = 0;
        for range in &marked.lit {
            self.push(&marked.text[at..range.start], &mut out);
            out.push_str(self.lit[0]);
            self.push(&marked.text[range.clone()], &mut out);
            out.push_str(self.lit[1]);
            at = range.end;
        }
        self.push(&marked.text[at..], &mut out);
        out
    }

    fn snippet(&self, snippet: &Snippet) -> String {
        let (before, after) = (if snippet.cut_before { "…" } else { "" }, if snippet.cut_after { "…" } else { "" });
        format!("{before}{}{after}", self.marked(&snippet.marked))
    }

    fn push(&self, text: &str, out: &mut String) {
        text.chars().map(sanitized).for_each(|c| (self.escape)(c, out));
    }
}

fn html_escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

/// Writes a character behind a backslash if it has a meaning anywhere in a line (CommonMark, 2.4).
fn markdown_escape(c: char, out: &mut String) {
    if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~' | '!' | '$') {
        out.push('\\');
    }
    out.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_no_list() {
        for (line, want) in [("- a", "\\- a"), ("12. a", "12\\. a"), ("1,5 a", "1,5 a"), ("a", "a")] {
            assert_eq!(unlisted(line), want);
        }
    }

    #[test]
    fn what_matched_is_marked_and_the_rest_escaped() {
        let marked = Marked { text: "a<b>*l’été* & \"x\"\n\u{202e}z".to_owned(), lit: vec![1..4, 9..14] };
        assert_eq!(HTML.marked(&marked), "a<mark>&lt;b&gt;</mark>*l’<mark>été</mark>* &amp; &quot;x&quot; \u{fffd}z");
        assert_eq!(MARKDOWN.marked(&marked), "a**\\<b\\>**\\*l’**été**\\* \\& \"x\" \u{fffd}z");
    }
}
