//! From an answer to bytes: one file an output format, one line here to register it.
//!
//! The shapes for machines are versioned and written down in `docs/json.md`; those for people may
//! change. Nothing here decides where the bytes go, or asks the terminal anything: the door says it
//! in [`Look`]. All that can fail is to write: the errors of what writes here are those of its output.

mod doctor;
mod explanation;
mod facets;
mod figures;
mod json;
mod marked;
mod plain;
mod sanitize;
mod table;
mod text;
mod time;

use std::io::{self, Write};
use std::path::Path;

pub use doctor::{diagnosis, diagnosis_text};
pub use explanation::{explanation, explanation_object};
pub use facets::tables as facet_tables;
pub use figures::{counted, size};
pub use json::{
    alert, article, copies as copies_lines, error, facets_object, list_error, repair, report, saved, skip, stats,
    verification,
};
pub use sanitize::clean;
pub use table::facets as facets_csv;
pub use text::{copies as copies_list, how, index_summary, stats_text, verification_text, whole_article};
pub use time::date;

use crate::article::Mention;
use crate::index::{Root, path_of};
use crate::market::{self, companies};
use crate::search::{Hit, SearchResponse};
use crate::wording::UiLanguage;

/// How output for people looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether to use colour.
    pub color: bool,
    /// Whether titles link to their files (OSC 8).
    pub links: bool,
    /// How many columns there are.
    pub width: usize,
    /// The language of what is not an article's own.
    pub language: UiLanguage,
}

/// What a renderer is given beside the answer.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The name of the query in a list of queries.
    pub query: Option<&'a str>,
    /// The folders that the index was made from, for links to files; none for no such links.
    pub roots: &'a [Root],
    /// The folder from which files are told: one that lies in it by its way from there, any other by its whole path.
    pub here: &'a Path,
    /// How output for people looks.
    pub look: Look,
    /// Whether column names come first, where a format has them.
    pub names: bool,
    /// What parts the cells of a table of comma-separated values.
    pub separator: u8,
}

/// Writes an answer in one format.
type Render = fn(&SearchResponse, &Page<'_>, &mut dyn Write) -> io::Result<()>;

/// An output format.
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Whether it shows extracts of the text.
    pub extracts: bool,
    /// Whether it has room for the counts of facets.
    pub counts: bool,
    /// Whether it is for people, who want of each story one card.
    pub cards: bool,
    /// Writes an answer.
    pub render: Render,
}

/// Cards for people.
pub static TEXT: Format =
    Format { name: "text", doc: "cards for people", extracts: true, counts: true, cards: true, render: text::cards };

/// Hits for programs, one a line.
pub static JSONL: Format =
    Format { name: "jsonl", doc: "one hit a line", extracts: true, counts: true, cards: false, render: json::lines };

/// Every output format.
pub static FORMATS: &[&Format] = &[
    &TEXT,
    &Format {
        name: "html",
        doc: "an HTML fragment, what matched in <mark>",
        extracts: true,
        counts: false,
        cards: true,
        render: marked::html,
    },
    &Format {
        name: "markdown",
        doc: "Markdown, what matched in bold",
        extracts: true,
        counts: false,
        cards: true,
        render: marked::markdown,
    },
    &Format {
        name: "json",
        doc: "one object with hits, facets and notes",
        extracts: true,
        counts: true,
        cards: false,
        render: json::object,
    },
    &JSONL,
    &Format {
        name: "csv",
        doc: "one hit a line, comma-separated (RFC 4180)",
        extracts: false,
        counts: false,
        cards: false,
        render: table::csv,
    },
    &Format {
        name: "tsv",
        doc: "one hit a line, tab-separated",
        extracts: false,
        counts: false,
        cards: false,
        render: table::tsv,
    },
    &Format {
        name: "trec",
        doc: "a TREC run: query Q0 id rank score tag",
        extracts: false,
        counts: false,
        cards: false,
        render: plain::trec,
    },
    &Format {
        name: "paths",
        doc: "the files of the hits, each once, as they open from the current folder",
        extracts: false,
        counts: false,
        cards: false,
        render: plain::paths,
    },
];

/// Returns the format of this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name).copied()
}

impl Page<'_> {
    /// Returns where the file of a hit lies, as an address.
    fn file_link(&self, hit: &Hit) -> Option<String> {
        path_of(self.roots, &hit.path).map(|path| text::file_link(&path))
    }
}

/// Returns one mention of each company: of the listings of one company the one that is written first.
fn each_company(mentions: &[Mention]) -> impl Iterator<Item = &Mention> {
    let is_first = |at: usize, mention: &Mention| mentions[..at].iter().all(|other| other.company != mention.company);
    mentions.iter().enumerate().filter(move |(at, mention)| is_first(*at, mention)).map(|(_, mention)| mention)
}

/// Returns the name of the company that is mentioned. A listing that no table has, and one that another company has
/// today, goes by its company's.
fn company_name(mention: &Mention) -> Option<&'static str> {
    let own = || companies::name(&mention.ticker);
    let is_own = market::canonical(&mention.ticker, None) == mention.company;
    own().filter(|_| is_own).or_else(|| companies::name(&mention.company)).or_else(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{DateOrigin, HeadlineOrigin, How, Language, Mic, Precision, Published, Ticker};
    use std::ops::Range;

    use crate::search::{Facet, FacetCounts, FacetValue, Marked, Snippet, StoryOf};

    /// An answer with everything that a renderer may trip over.
    fn response() -> SearchResponse {
        let ticker = Ticker::new("OR", Mic::new("XPAR").unwrap());
        let published = Published { at: 1_752_710_400, precision: Precision::Day, origin: DateOrigin::FileTime };
        let snippet = Snippet {
            marked: Marked {
                text: "L’été 😀 d’\"Été\",\nun\u{1b}[31m mot".to_owned(),
                lit: vec![Range { start: 4, end: 10 }],
            },
            offset: 7,
            offset_in_scalars: 6,
            cut_before: true,
            cut_after: false,
        };
        let hit = Hit {
            rank: 1,
            score: 2.5,
            id: "fr/a b.jsonl#7".to_owned(),
            path: "fr/a b.jsonl".to_owned(),
            headline: Marked { text: "Un titre\u{202e} long".to_owned(), lit: vec![Range { start: 3, end: 8 }] },
            headline_origin: HeadlineOrigin::FirstLine,
            language: Language::French,
            language_confidence: 0.5,
            published: Some(published),
            source: Some("Les Échos; Paris".to_owned()),
            author: None,
            section: None,
            url: None,
            tickers: vec![Mention { main: true, mentions: 2, ..Mention::new(ticker, How::Code) }],
            snippets: vec![snippet],
            content: 7,
            story: Some(StoryOf { id: "a\u{1b}".to_owned(), copies: 2, sources: vec!["AFP".to_owned()] }),
        };
        let value =
            FacetValue { value: "XPAR:OR".to_owned(), count: 3, stories: Some(1), main: Some(1), selected: true };
        let facets = vec![FacetCounts {
            facet: Facet::Ticker,
            values: vec![value],
            others: 3,
            other_articles: 2,
            without: 0,
            across: None,
        }];
        SearchResponse {
            total: 3,
            stories: 1,
            hits: vec![hit],
            facets,
            notes: vec![crate::wording::Bilingual::same("a note")],
            ..SearchResponse::default()
        }
    }

    fn rendered(name: &str, color: bool) -> String {
        let look = Look { color, links: false, width: 60, language: UiLanguage::English };
        let page = Page { query: Some("q1"), roots: &[], here: Path::new(""), look, names: true, separator: b',' };
        let mut out = Vec::new();
        (format(name).unwrap().render)(&response(), &page, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_format_has_a_name_of_its_own() {
        for (n, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..n].iter().all(|other| other.name != format.name));
            assert!(!rendered(format.name, false).is_empty());
        }
    }

    #[test]
    fn no_format_lets_an_escape_code_through() {
        for format in FORMATS {
            let out = rendered(format.name, false);
            assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{}: {out:?}", format.name);
        }
    }

    #[test]
    fn cards() {
        insta::assert_snapshot!(rendered("text", false), @r#"
        q1
          1. Un titre� long
             ~2025-07-17 · Les Échos; Paris · fr  OR  fr/a b.jsonl#7
             +2 copies: AFP
             …L’été 😀 d’"Été", un␛[31m mot

        3 articles, 1 story
        ticker   XPAR:OR L'Oréal* 1 · 3 more
        "#);
    }

    #[test]
    fn a_company_is_told_once_and_by_its_name() {
        let mention = |symbol: &str, market: &str| {
            let ticker = Ticker::new(symbol, Mic::new(market).unwrap());
            Mention { company: market::canonical(&ticker, None), ..Mention::new(ticker, How::Code) }
        };
        let mentions = [mention("BHP", "XASX"), mention("BHP", "XLON"), mention("WMT", "XNYS"), mention("BHP", "XNYS")];
        let told: Vec<_> =
            each_company(&mentions).map(|mention| (mention.ticker.to_string(), company_name(mention))).collect();
        assert_eq!(told, [("XASX:BHP".to_owned(), Some("BHP Group")), ("XNYS:WMT".to_owned(), Some("Walmart"))]);
        // Another one has the symbol of a company that is gone.
        let gone = market::canonical(&Ticker::new("WM", Mic::new("XNYS").unwrap()), Some(1_200_000_000));
        let mention = Mention { company: gone, ..mention("WM", "XNYS") };
        assert_eq!(company_name(&mention), Some("Washington Mutual"));
    }

    #[test]
    fn matches_are_lit_in_colour_only() {
        assert!(rendered("text", true).contains("\u{1b}[1m\u{1b}[31m"));
        assert!(!rendered("text", false).contains('\u{1b}'));
    }

    #[test]
    fn a_phrase_is_lit_whole() {
        let look = Look { color: true, links: false, width: 60, language: UiLanguage::English };
        for (text, want) in [
            ("a bc de f", "a \u{1b}[1m\u{1b}[31mbc de\u{1b}[0m f"),
            // What is shown for a character may be longer than it.
            ("a b\u{7f} de f", "a \u{1b}[1m\u{1b}[31mb␡ de\u{1b}[0m f"),
        ] {
            let mut out = Vec::new();
            let marked = Marked { text: text.to_owned(), lit: vec![Range { start: 2, end: 7 }] };
            text::flow(&marked, anstyle::Style::new(), "", 0, look, &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), want);
        }
    }

    #[test]
    fn time_grows_no_faster_than_the_headline() {
        let time = |format: &Format, words: usize| {
            let mut response = response();
            let lit = (0..words).map(|word| 7 * word..7 * word + 6).collect();
            response.hits[0].headline = Marked { text: "zembla ".repeat(words), lit };
            let look = Look { color: true, links: false, width: 60, language: UiLanguage::English };
            let page = Page { query: None, roots: &[], here: Path::new(""), look, names: true, separator: b',' };
            let start = std::time::Instant::now();
            (format.render)(&response, &page, &mut Vec::new()).unwrap();
            start.elapsed()
        };
        for format in FORMATS {
            // Eight times as long: what is quadratic takes 64 times as long, and less than 24 is taken for chance.
            let small_delay = std::time::Duration::from_millis(50);
            let fits = |_| time(format, 16_000) < time(format, 2_000) * 24 + small_delay;
            assert!((0..4).any(fits), "{}", format.name);
        }
    }

    #[test]
    fn hits_as_json_lines() {
        let out = rendered("jsonl", false);
        let (hit, facets) = out.trim_end().split_once('\n').unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(facets).unwrap()["schema"], "telex.facets/1");
        let line: serde_json::Value = serde_json::from_str(hit).unwrap();
        assert_eq!(line["schema"], "telex.hit/1");
        assert_eq!(line["date"], "2025-07-17");
        assert_eq!(line["tickers"][0]["symbol"], "OR");
        // Offsets are counted in characters: « été » with its apostrophe before, then an emoji.
        assert_eq!(line["snippets"][0]["lit"], serde_json::json!([[2, 6]]));
        assert_eq!(line["headline_lit"], serde_json::json!([[3, 8]]));
    }

    #[test]
    fn hits_for_other_documents() {
        insta::assert_snapshot!(rendered("html", false), @r#"
        <section class="telex" lang="en">
        <h2>q1</h2>
        <article data-id="fr/a b.jsonl#7" lang="fr" dir="auto">
        <h3>Un <mark>titre</mark>� long</h3>
        <p class="facts">2025-07-17 · Les Échos; Paris · fr · OR · fr/a b.jsonl#7 · +2 copies: AFP</p>
        <p>…L’<mark>été </mark>😀 d’&quot;Été&quot;, un␛[31m mot</p>
        </article>
        <p class="total">3 articles, 1 story</p>
        </section>
        "#);
        insta::assert_snapshot!(rendered("markdown", false), @r#"
        ## q1

        ### Un **titre**� long

        2025-07-17 · Les Échos; Paris · fr · OR · fr/a b.jsonl\#7 · +2 copies: AFP

        > …L’**été **😀 d’"Été", un␛\[31m mot

        3 articles, 1 story
        "#);
    }

    #[test]
    fn tables_and_runs() {
        insta::assert_snapshot!(rendered("csv", false), @r#"
        query,rank,score,date,lang,source,tickers,headline,id,path,section
        q1,1,2.5000,2025-07-17,fr,Les Échos; Paris,XPAR:OR,Un titre� long,fr/a b.jsonl#7,fr/a b.jsonl,
        "#);
        insta::assert_snapshot!(rendered("trec", false), @r#"
        q1 Q0 fr/a_b.jsonl#7 1 2.500000 telex
        "#);
        insta::assert_snapshot!(rendered("paths", false), @r#"
        fr/a b.jsonl
        "#);
    }
}
