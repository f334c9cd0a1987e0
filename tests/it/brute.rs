//! Every operator and field of the query language finds what going through all articles one by one finds:
//! random queries, made of words of the articles themselves, are answered by the index and by
//! [`Naive`], which knows no postings, no vocabulary and no plan.
//!
//! It runs over the sample corpus. `TELEX_CORPUS=FILE.jsonl` adds the first 2,000 articles of a collection of
//! your own, and `PROPTEST_CASES` says how many queries are asked.

#![allow(clippy::print_stdout, reason = "figures are told with --nocapture")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use telex::analysis::{Stemmers, Token, TokenKind, Tokens, fold, has_article, is_quantity};
use telex::article::{Article, Language};
use telex::index::Index;
use telex::indexer::{self, IndexOptions, Observer};
use telex::query::{Attribute, Filter, Kind, Node, ParseOptions, Proximity, TextField, parse};
use telex::search::{LEAD, Matching, SearchRequest, SnippetOptions};

use crate::random_queries::Words;
use crate::spellings::{Kin, edits, in_two, wildcard};
use crate::testenv::Random;

/// When the articles were added.
const NOW: i64 = 1_760_000_000;
/// How many articles of a collection are taken.
const MOST: usize = 2_000;

struct Silent;

impl Observer for Silent {}

/// A token of an article, its form by number.
struct Place {
    form: usize,
    position: u32,
    kind: TokenKind,
}

impl Place {
    /// Returns whether it is no break.
    fn is_word(&self) -> bool {
        !matches!(self.kind, TokenKind::SentenceBreak | TokenKind::ParagraphBreak)
    }
}

/// An article as it is gone through.
struct Known {
    article: Article,
    headline: Vec<Place>,
    body: Vec<Place>,
    copies: u32,
    /// The articles of its story.
    story: BTreeSet<String>,
}

/// Answers queries by going through every article.
#[derive(Default)]
struct Naive {
    articles: Vec<Known>,
    /// Every form of the articles, and its number.
    forms: Vec<String>,
    numbers: BTreeMap<String, usize>,
    stemmers: Stemmers,
}

/// The readings of each leaf of a query: of each, the forms that its words stand for, by number.
type Meanings = BTreeMap<*const Node, Vec<Vec<Vec<bool>>>>;

/// Where in an article something is looked for.
#[derive(Clone, Copy, PartialEq)]
enum Where {
    Headline,
    Body,
    Lead,
}

/// First and last position.
type Span = (u32, u32);

impl Naive {
    /// Reads all articles of an index; returns their tokens, too.
    fn new(index: &Index) -> (Naive, Vec<Vec<Token>>) {
        let request = SearchRequest {
            limit: 1_000_000,
            snippets: SnippetOptions { fragments: 0, chars: 0 },
            ..SearchRequest::new(parse("*", &ParseOptions::default()).unwrap())
        };
        let (mut naive, mut tokens) = (Naive::default(), Vec::new());
        for hit in index.search(&request).unwrap().hits {
            let article = index.article(&hit.id).unwrap().unwrap();
            let story: BTreeSet<String> = index.story(&hit.id).unwrap().into_iter().map(|article| article.id).collect();
            let headline = naive.text(&article.headline, &mut tokens);
            let body = naive.text(article.text(), &mut tokens);
            naive.articles.push(Known { copies: story.len() as u32 - 1, article, headline, body, story });
        }
        (naive, tokens)
    }

    fn text(&mut self, text: &str, all: &mut Vec<Vec<Token>>) -> Vec<Place> {
        let (mut tokens, mut places) = (Vec::new(), Vec::new());
        let (mut reader, mut token) = (Tokens::new(text), Token::default());
        while reader.next(&mut token) {
            let form = *self.numbers.entry(token.text.clone()).or_insert_with(|| {
                self.forms.push(token.text.clone());
                self.forms.len() - 1
            });
            places.push(Place { form, position: token.position, kind: token.kind });
            tokens.push(token.clone());
        }
        all.push(tokens);
        places
    }

    /// Returns the ids of the articles that match.
    fn answer(&self, root: &Node) -> BTreeSet<String> {
        let languages = match languages(root).unwrap_or_default().into_iter().collect::<Vec<_>>().as_slice() {
            [only @ (Language::French | Language::English)] => vec![*only],
            _ => vec![Language::French, Language::English],
        };
        let mut meanings = Meanings::new();
        self.understand(root, &languages, true, &mut meanings);
        let matching = self.articles.iter().filter(|known| {
            let asked = Asked { known, meanings: &meanings };
            asked.matches(root, None)
        });
        matching.map(|known| known.article.id.clone()).collect()
    }

    /// Finds the forms that the leaves of a query stand for, by trying each.
    fn understand(&self, node: &Node, languages: &[Language], stems: bool, out: &mut Meanings) {
        let each = |test: &dyn Fn(&str) -> bool| self.forms.iter().map(|form| test(form)).collect::<Vec<bool>>();
        let written = |test: &dyn Fn(&str) -> bool| vec![each(&|form| !is_quantity(form) && test(form))];
        // No word begins with its article.
        let pattern = |test: &dyn Fn(&str) -> bool| written(&|form| !has_article(form) && test(form));
        let kin = |typed: &str| {
            let kin = Kin::of(typed, &self.forms, &self.stemmers, languages, stems);
            each(&|form| kin.has(form))
        };
        let meaning = match &node.kind {
            Kind::Word(typed) => {
                let mut readings = vec![vec![kin(typed)]];
                let parts = in_two(typed).map(|(first, second)| vec![kin(first), kin(second)]);
                let known = |parts: &Vec<Vec<bool>>| parts.iter().all(|forms| forms.contains(&true));
                readings.extend(parts.filter(known));
                out.insert(node, readings);
                return;
            }
            Kind::Phrase { text, prefix: false, .. } => text.split(' ').map(kin).collect(),
            Kind::Exact(typed) => vec![each(&|form| form == typed)],
            Kind::Prefix(start) => pattern(&|form| fold(form).starts_with(&fold(start))),
            Kind::Wildcard(stars) => {
                let stars: Vec<char> = stars.chars().collect();
                let matches = |form: &str| wildcard(&stars, &form.chars().collect::<Vec<_>>());
                pattern(&|form| matches(form) || matches(&fold(form)))
            }
            Kind::Fuzzy { word, distance } => written(&|form| {
                let letters = !form.contains(|c: char| c.is_ascii_digit());
                form == word || letters && edits(&fold(form), &fold(word)) <= *distance as usize
            }),
            // Two shapes are asked: `one|other` and `begin.+end`.
            Kind::Regex(expression) => pattern(&|form| match expression.split_once(".+") {
                Some((begin, end)) => {
                    let between = form.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
                    between.is_some_and(|between| !between.is_empty())
                }
                None => expression.split('|').any(|one| one == form),
            }),
            Kind::Filter(Filter::Quantity(range)) => vec![each(&|form| range.contains(form))],
            kind => {
                let stems = stems && !matches!(kind, Kind::NoStem(_));
                return node.parts().into_iter().for_each(|part| self.understand(part, languages, stems, out));
            }
        };
        out.insert(node, vec![meaning]);
    }
}

/// Returns the languages in one of which all that matches a query must be, if it says so: in every alternative.
fn languages(node: &Node) -> Option<BTreeSet<Language>> {
    match &node.kind {
        Kind::Filter(Filter::Language(language)) => Some(BTreeSet::from([*language])),
        Kind::Not(_) | Kind::Near { .. } => None,
        Kind::Or(parts) => parts.iter().map(languages).reduce(|all, one| Some(&all? | &one?)).flatten(),
        _ => node.parts().into_iter().find_map(languages),
    }
}

/// A query asked of one article.
#[derive(Clone, Copy)]
struct Asked<'a> {
    known: &'a Known,
    meanings: &'a Meanings,
}

impl Asked<'_> {
    fn matches(self, node: &Node, field: Option<TextField>) -> bool {
        match &node.kind {
            Kind::All => true,
            Kind::And(parts) | Kind::Words(parts) => parts.iter().all(|part| self.matches(part, field)),
            Kind::Or(parts) => parts.iter().any(|part| self.matches(part, field)),
            Kind::Not(part) => !self.matches(part, field),
            Kind::Must(part) | Kind::Boost(_, part) => self.matches(part, field),
            Kind::NoStem(part) => self.matches(part, field),
            Kind::In(named, part) => self.matches(part, Some(*named)),
            Kind::Filter(filter) if !matches!(filter, Filter::Quantity(_)) => self.passes(filter),
            Kind::AtLeast(times, part) => self.each_conjunct(part, &|asked, part| {
                let places = places(field);
                let count: usize = places.iter().map(|place| asked.spans(part, *place).len()).sum();
                count >= *times as usize
            }),
            _ => places(field).iter().any(|place| !self.spans(node, *place).is_empty()),
        }
    }

    /// Tests what stands in a function, each of the words that AND joins by itself.
    fn each_conjunct(self, node: &Node, test: &dyn Fn(Self, &Node) -> bool) -> bool {
        match &node.kind {
            Kind::And(parts) | Kind::Words(parts) => parts.iter().all(|part| self.each_conjunct(part, test)),
            _ => test(self, node),
        }
    }

    /// Returns the least spans of a text in which a part stands.
    fn spans(self, node: &Node, place: Where) -> Vec<Span> {
        let found = match &node.kind {
            Kind::Phrase { slop, .. } => self.phrase(node, *slop, place),
            _ if self.meanings.contains_key(&std::ptr::from_ref(node)) => self.phrase(node, 0, place),
            Kind::Or(parts) => parts.iter().flat_map(|part| self.spans(part, place)).collect(),
            Kind::Near { left, right, within } => {
                let (left, right) = (self.spans(left, place), self.spans(right, place));
                let mut found = Vec::new();
                for l in &left {
                    for r in &right {
                        let in_order = l.1 < r.0;
                        let (first, second) = if in_order { (l, r) } else { (r, l) };
                        if first.1 < second.0 && self.is_near(first, second, in_order, *within, place) {
                            found.push((first.0, second.1));
                        }
                    }
                }
                found
            }
            Kind::First(words, part) => self.spans(part, place).into_iter().filter(|(_, end)| end < words).collect(),
            Kind::NoStem(part) => self.spans(part, place),
            other => panic!("{other:?} has no place"),
        };
        least(found)
    }

    fn is_near(self, first: &Span, second: &Span, in_order: bool, within: Proximity, place: Where) -> bool {
        let breaks = |kind: TokenKind| {
            let between = first.0 + 1..=second.1;
            self.places(place).any(|token| token.kind == kind && between.contains(&token.position))
        };
        match within {
            Proximity::Words { most, ordered } => second.0 - first.1 <= most && (in_order || !ordered),
            Proximity::Sentence => !breaks(TokenKind::SentenceBreak) && !breaks(TokenKind::ParagraphBreak),
            Proximity::Paragraph => !breaks(TokenKind::ParagraphBreak),
        }
    }

    fn places(&self, place: Where) -> impl Iterator<Item = &Place> {
        let (text, end) = match place {
            Where::Headline => (&self.known.headline, u32::MAX),
            Where::Body => (&self.known.body, u32::MAX),
            Where::Lead => (&self.known.body, LEAD),
        };
        text.iter().filter(move |token| token.position < end)
    }

    /// Returns where the words of a leaf stand in order, with up to `slop` others among them.
    fn phrase(self, leaf: &Node, slop: u32, place: Where) -> Vec<Span> {
        let readings = &self.meanings[&std::ptr::from_ref(leaf)];
        readings.iter().flat_map(|words| self.in_a_row(words, slop, place)).collect()
    }

    fn in_a_row(self, words: &[Vec<bool>], slop: u32, place: Where) -> Vec<Span> {
        let positions = |forms: &Vec<bool>| {
            let mut found: Vec<u32> = self
                .places(place)
                .filter(|token| token.is_word() && forms[token.form])
                .map(|token| token.position)
                .collect();
            found.dedup();
            found
        };
        let mut found: Vec<Span> = positions(&words[0]).into_iter().map(|at| (at, at)).collect();
        for word in &words[1..] {
            let next = positions(word);
            let after = |(start, end): Span| next.iter().filter(move |at| **at > end).map(move |at| (start, *at));
            found = found.into_iter().flat_map(after).collect();
        }
        found.retain(|(start, end)| end - start < words.len() as u32 + slop);
        found
    }

    fn passes(self, filter: &Filter) -> bool {
        let Known { article, copies, story, .. } = self.known;
        let has = |value: &Option<String>, wanted: &str| {
            value.as_ref().is_some_and(|value| spaced(value).contains(&spaced(wanted)))
        };
        match filter {
            Filter::Ticker(pattern) => {
                article.tickers.iter().filter(|mention| mention.main || !pattern.main).any(|m| {
                    pattern.companies.contains(&m.company)
                        || pattern.symbol.iter().any(|symbol| [&m.ticker.symbol, &m.company.symbol].contains(&symbol))
                })
            }
            Filter::Exchange(markets) => article.tickers.iter().any(|mention| markets.contains(&mention.company.mic)),
            Filter::Language(language) => article.language == *language,
            Filter::Source(source) => {
                article.source.as_ref().is_some_and(|known| fold(&known.to_lowercase()) == fold(&source.to_lowercase()))
            }
            Filter::Author(author) => has(&article.author, author),
            Filter::Section(section) => has(&article.section, section),
            Filter::Url(part) => {
                article.url.as_ref().is_some_and(|url| url.to_lowercase().contains(&part.to_lowercase()))
            }
            Filter::FileType(ending) => article.file_type() == *ending,
            Filter::Path(path) => article.path == *path || article.path.starts_with(&format!("{path}/")),
            Filter::Date(range) => article.published.is_some_and(|published| range.contains(published.at)),
            Filter::Indexed(range) => range.contains(NOW),
            Filter::Words(range) => range.contains(article.words() as u32),
            Filter::Copies(range) => range.contains(*copies),
            Filter::Story(id) => story.contains(id),
            Filter::Has(attribute) => match attribute {
                Attribute::Ticker => !article.tickers.is_empty(),
                Attribute::Source => article.source.is_some(),
                Attribute::Author => article.author.is_some(),
                Attribute::Section => article.section.is_some(),
                Attribute::Url => article.url.is_some(),
                Attribute::Date => article.published.is_some(),
            },
            Filter::Quantity(_) => panic!("quantities have places"),
            Filter::Contents(_) | Filter::Keys(_) => panic!("nothing typed asks for it"),
        }
    }
}

fn places(field: Option<TextField>) -> &'static [Where] {
    match field {
        None => &[Where::Headline, Where::Body],
        Some(TextField::Headline) => &[Where::Headline],
        Some(TextField::Body) => &[Where::Body],
        Some(TextField::Lead) => &[Where::Lead],
    }
}

/// Leaves out the spans that hold another one.
fn least(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup();
    // Of single words none holds another.
    if spans.iter().all(|(start, end)| start == end) {
        return spans;
    }
    let holds = |a: &Span, b: &Span| a != b && a.0 <= b.0 && b.1 <= a.1;
    spans.iter().filter(|span| !spans.iter().any(|other| holds(span, other))).copied().collect()
}

fn spaced(text: &str) -> String {
    let folded = fold(&text.to_lowercase());
    format!(
        " {} ",
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    )
}

fn index(folder: &Path) -> Index {
    let options = IndexOptions {
        threads: 2,
        memory: 64 << 20,
        ..IndexOptions::new(vec![folder.to_owned()], folder.join(".telex"), NOW)
    };
    indexer::run(&options, &Silent).unwrap();
    Index::open(&options.index).unwrap()
}

/// Returns whether a phrase of a query comes to a quantity.
fn says_a_quantity(query: &str) -> bool {
    query.split('"').skip(1).step_by(2).any(|phrase| {
        let (mut tokens, mut token) = (Tokens::new(phrase), Token::default());
        let mut found = false;
        while tokens.next(&mut token) {
            found |= token.kind == TokenKind::Quantity;
        }
        found
    })
}

#[test]
fn every_operator_finds_what_going_through_all_articles_finds() {
    let folder = tempfile::tempdir().unwrap();
    crate::testenv::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus"), folder.path());
    if let Some(corpus) = env::var_os("TELEX_CORPUS") {
        let lines = BufReader::new(fs::File::open(corpus).unwrap()).lines().take(MOST);
        let lines: Vec<String> = lines.collect::<Result<_, _>>().unwrap();
        fs::write(folder.path().join("corpus.jsonl"), lines.join("\n")).unwrap();
    }
    let index = index(folder.path());
    let (naive, texts) = Naive::new(&index);
    let words = Words::of(texts.iter(), naive.articles.iter().map(|known| &known.article));
    let cases = env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(600);
    let (mut some, mut bounded, mut kinds) = (0, 0, BTreeSet::new());
    for seed in 0..cases {
        let mut random = Random::new(seed);
        let text = words.query(&mut random, 2);
        // `second semestre` is also a quantity, which is found however it is written.
        if says_a_quantity(&text) {
            continue;
        }
        let query =
            parse(&text, &ParseOptions::default()).unwrap_or_else(|error| panic!("seed {seed}: {text}: {error}"));
        let want = naive.answer(&query.root);
        kinds_of(&query.root, &mut kinds);
        let request = SearchRequest {
            matching: Matching::All,
            limit: 1_000_000,
            lexicon: None,
            snippets: SnippetOptions { fragments: 0, chars: 0 },
            ..SearchRequest::new(query)
        };
        let response = index.search(&request).unwrap();
        // It says so when a range opens into more forms than are read for their places.
        if response.notes.iter().any(|note| note.english.contains("of them were searched")) {
            bounded += 1;
            continue;
        }
        let found: BTreeSet<String> = response.hits.into_iter().map(|hit| hit.id).collect();
        let (missed, wrong): (Vec<_>, Vec<_>) = (want.difference(&found).collect(), found.difference(&want).collect());
        assert!(missed.is_empty() && wrong.is_empty(), "seed {seed}: {text}\nmissed {missed:?}\nwrong {wrong:?}");
        assert_eq!(response.total, want.len() as u64, "seed {seed}: {text}");
        some += usize::from(!want.is_empty() && want.len() < naive.articles.len());
    }
    let (kind_count, articles) = (kinds.len(), naive.articles.len());
    println!("{cases} queries of {kind_count} kinds over {articles} articles; {some} find some; {bounded} are bounded");
    assert!(bounded * 50 < cases, "{bounded} of {cases} queries are bounded");
    assert!(some as u64 * 3 > cases, "only {some} of {cases} queries find something");
    if cases >= 600 {
        assert!(kinds.len() >= 33, "{kinds:?}");
    }
}

/// Collects the names of the sorts of parts and filters.
fn kinds_of(node: &Node, out: &mut BTreeSet<String>) {
    let debug = match &node.kind {
        Kind::Filter(filter) => format!("{filter:?}"),
        kind => format!("{kind:?}"),
    };
    out.insert(debug.chars().take_while(|c| c.is_alphanumeric()).collect());
    node.parts().into_iter().for_each(|part| kinds_of(part, out));
}
