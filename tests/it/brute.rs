//! Every operator and field of the query language finds what going through all articles one by one finds:
//! random queries, made of words of the articles themselves, are answered by the index and by
//! [`Naive`], which knows no postings, no vocabulary and no plan.
//!
//! It runs over the sample corpus. `TELEX_CORPUS=FILE.jsonl` adds the first 2,000 articles of a collection of
//! your own, and `PROPTEST_CASES` says how many queries are asked.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

use telex::analysis::{
    Stemmers, Token, TokenKind, Tokens, canonical_numbers, derived_stems, fold, function_word_language, is_quantity,
};
use telex::article::{Article, Language};
use telex::index::Index;
use telex::indexer::{self, IndexOptions, Observer};
use telex::ingest::Limits;
use telex::query::{Attribute, Filter, Kind, Node, ParseOptions, Proximity, TextField, parse};
use telex::search::{Matching, SearchRequest, SnippetOptions};

use crate::testenv::Random;

/// When the articles were added.
const NOW: i64 = 1_760_000_000;
/// How many articles of a collection are taken.
const MOST: usize = 2_000;

struct Silent;

impl Observer for Silent {}

/// One of the texts of an article, word by word.
struct Text {
    tokens: Vec<Token>,
    /// Where its lead ends, in bytes.
    lead: usize,
}

impl Text {
    fn new(text: &str, lead: usize) -> Text {
        let (mut tokens, mut reader, mut token) = (Vec::new(), Tokens::new(text), Token::default());
        while reader.next(&mut token) {
            tokens.push(token.clone());
        }
        Text { tokens, lead }
    }
}

/// An article as it is gone through.
struct Known {
    article: Article,
    headline: Text,
    body: Text,
    copies: u32,
    /// The articles of its story.
    story: BTreeSet<String>,
}

/// Answers queries by going through every article.
struct Naive {
    articles: Vec<Known>,
    stemmers: Stemmers,
    /// Every form of the articles, by its fold.
    folds: BTreeMap<String, BTreeSet<String>>,
}

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
    fn new(index: &Index) -> Naive {
        let request = SearchRequest {
            limit: 1_000_000,
            snippets: SnippetOptions { fragments: 0, chars: 0 },
            ..SearchRequest::new(parse("*", &ParseOptions::default()).unwrap())
        };
        let mut naive = Naive { articles: Vec::new(), stemmers: Stemmers::default(), folds: BTreeMap::new() };
        for hit in index.search(&request).unwrap().hits {
            let article = index.article(&hit.id).unwrap().unwrap();
            let story: BTreeSet<String> = index.story(&hit.id).unwrap().into_iter().map(|article| article.id).collect();
            let headline = Text::new(&article.headline, 0);
            let body = Text::new(article.text(), article.lead().len());
            for token in headline.tokens.iter().chain(&body.tokens) {
                naive.folds.entry(fold(&token.text)).or_default().insert(token.text.clone());
            }
            naive.articles.push(Known { copies: story.len() as u32 - 1, article, headline, body, story });
        }
        naive
    }

    /// Returns the ids of the articles that match.
    fn answer(&self, root: &Node) -> BTreeSet<String> {
        let mut asked = Vec::new();
        languages(root, &mut asked);
        let languages = match asked.as_slice() {
            [only @ (Language::French | Language::English)] => vec![*only],
            _ => vec![Language::French, Language::English],
        };
        let matching = self.articles.iter().filter(|known| {
            let asked = Asked { naive: self, known, languages: &languages, stems: true };
            asked.matches(root, None)
        });
        matching.map(|known| known.article.id.clone()).collect()
    }
}

/// Collects the languages that a query asks for.
fn languages(node: &Node, out: &mut Vec<Language>) {
    match &node.kind {
        Kind::Filter(Filter::Language(language)) => out.push(*language),
        Kind::Not(_) => {}
        _ => node.parts().into_iter().for_each(|part| languages(part, out)),
    }
}

/// A query asked of one article.
#[derive(Clone, Copy)]
struct Asked<'a> {
    naive: &'a Naive,
    known: &'a Known,
    languages: &'a [Language],
    stems: bool,
}

impl Asked<'_> {
    fn matches(self, node: &Node, field: Option<TextField>) -> bool {
        match &node.kind {
            Kind::All => true,
            Kind::And(parts) | Kind::Words(parts) => parts.iter().all(|part| self.matches(part, field)),
            Kind::Or(parts) => parts.iter().any(|part| self.matches(part, field)),
            Kind::Not(part) => !self.matches(part, field),
            Kind::Must(part) | Kind::Boost(_, part) => self.matches(part, field),
            Kind::NoStem(part) => Asked { stems: false, ..self }.matches(part, field),
            Kind::In(named, part) => self.matches(part, Some(*named)),
            Kind::Filter(filter) => self.passes(filter),
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
        let word = |test: &dyn Fn(&str) -> bool| self.positions(place, test);
        let found = match &node.kind {
            Kind::Word(typed) => word(&|form| self.is_kin(typed, form)),
            Kind::Exact(typed) => self.phrase(typed, place, 0, &|typed, form| typed == form),
            Kind::Phrase { text, prefix: false, slop } => {
                self.phrase(text, place, *slop, &|typed, form| self.is_kin(typed, form))
            }
            Kind::Prefix(start) => word(&|form| !is_quantity(form) && fold(form).starts_with(&fold(start))),
            Kind::Wildcard(pattern) => word(&|form| {
                let matches =
                    |form: &str| wildcard(&pattern.chars().collect::<Vec<_>>(), &form.chars().collect::<Vec<_>>());
                !is_quantity(form) && (matches(form) || matches(&fold(form)))
            }),
            Kind::Fuzzy { word: typed, distance } => word(&|form| {
                let letters = !form.contains(|c: char| c.is_ascii_digit()) && !is_quantity(form);
                form == typed || letters && edits(&fold(form), &fold(typed)) <= *distance as usize
            }),
            Kind::Regex(expression) => {
                // Two shapes are asked: `one|other` and `begin.+end`.
                word(&|form| match expression.split_once(".+") {
                    _ if is_quantity(form) => false,
                    Some((begin, end)) => form
                        .strip_prefix(begin)
                        .and_then(|rest| rest.strip_suffix(end))
                        .is_some_and(|between| !between.is_empty()),
                    None => expression.split('|').any(|one| one == form),
                })
            }
            Kind::Filter(Filter::Quantity(range)) => word(&|form| range.contains(form)),
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
            Kind::NoStem(part) => Asked { stems: false, ..self }.spans(part, place),
            other => panic!("{other:?} has no place"),
        };
        least(found)
    }

    fn is_near(self, first: &Span, second: &Span, in_order: bool, within: Proximity, place: Where) -> bool {
        let breaks = |kind: TokenKind| {
            let between = first.0 + 1..=second.1;
            self.tokens(place).any(|token| token.kind == kind && between.contains(&token.position))
        };
        match within {
            Proximity::Words { most, ordered } => second.0 - first.1 <= most && (in_order || !ordered),
            Proximity::Sentence => !breaks(TokenKind::SentenceBreak) && !breaks(TokenKind::ParagraphBreak),
            Proximity::Paragraph => !breaks(TokenKind::ParagraphBreak),
        }
    }

    fn tokens(&self, place: Where) -> impl Iterator<Item = &Token> {
        let (text, end) = match place {
            Where::Headline => (&self.known.headline, usize::MAX),
            Where::Body => (&self.known.body, usize::MAX),
            Where::Lead => (&self.known.body, self.known.body.lead),
        };
        text.tokens.iter().filter(move |token| token.end <= end)
    }

    /// Returns where a form stands that passes a test.
    fn positions(self, place: Where, test: &dyn Fn(&str) -> bool) -> Vec<Span> {
        let breaks = [TokenKind::SentenceBreak, TokenKind::ParagraphBreak];
        let words = self.tokens(place).filter(|token| !breaks.contains(&token.kind) && test(&token.text));
        let mut found: Vec<Span> = words.map(|token| (token.position, token.position)).collect();
        found.dedup();
        found
    }

    /// Returns where the words of `typed` stand in order, with up to `slop` others among them.
    fn phrase(self, typed: &str, place: Where, slop: u32, test: &dyn Fn(&str, &str) -> bool) -> Vec<Span> {
        let words: Vec<&str> = typed.split(' ').collect();
        let mut found = self.positions(place, &|form| test(words[0], form));
        for word in &words[1..] {
            let next = self.positions(place, &|form| test(word, form));
            let after = |(start, end): Span| next.iter().filter(move |at| at.0 > end).map(move |at| (start, at.0));
            found = found.into_iter().flat_map(after).collect();
        }
        found.retain(|(start, end)| end - start < words.len() as u32 + slop);
        found
    }

    /// Returns whether a form is that of a word typed in small letters, or of its family.
    fn is_kin(self, typed: &str, form: &str) -> bool {
        let same = |a: &str, b: &str| fold(a) == fold(b);
        if same(typed, form) {
            return true;
        }
        if canonical_numbers(typed).iter().any(|value| canonical_numbers(form).contains(value)) {
            return true;
        }
        if !self.stems || is_quantity(form) {
            return false;
        }
        let spellings = self.naive.folds.get(&fold(typed)).into_iter().flatten().map(String::as_str).chain([typed]);
        spellings.filter(|spelling| !is_quantity(spelling)).any(|spelling| {
            self.languages.iter().any(|language| {
                let stem = |form: &str| self.naive.stemmers.stem(form, *language);
                let (Some(theirs), Some(ours)) = (stem(form), stem(spelling)) else { return false };
                theirs == ours || derived_stems(&ours, *language).contains(&theirs)
            })
        })
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
            Filter::Quantity(range) => {
                let tokens = self.known.headline.tokens.iter().chain(&self.known.body.tokens);
                tokens.into_iter().any(|token| range.contains(&token.text))
            }
            Filter::Contents(_) => panic!("nothing typed asks for contents"),
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

/// Matches `*` and `?` by trying everything.
fn wildcard(pattern: &[char], form: &[char]) -> bool {
    match pattern.split_first() {
        None => form.is_empty(),
        Some(('*', rest)) => (0..=form.len()).any(|at| wildcard(rest, &form[at..])),
        Some((c, rest)) => {
            form.split_first().is_some_and(|(f, others)| (*c == '?' || c == f) && wildcard(rest, others))
        }
    }
}

/// Returns how many letters must be added, dropped or changed.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, d) in b.iter().enumerate() {
            let change = before + usize::from(c != d);
            before = row[j + 1];
            row[j + 1] = change.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// What random queries are made of.
struct Words {
    /// Words of the articles that tell no language.
    words: Vec<String>,
    /// Words that stand side by side somewhere.
    pairs: Vec<(String, String)>,
    /// Filters with values of the articles.
    filters: Vec<String>,
}

impl Words {
    fn of(naive: &Naive) -> Words {
        let plain = |word: &str| {
            word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase()) && function_word_language(word).is_none()
        };
        let (mut words, mut pairs, mut filters) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for known in &naive.articles {
            let texts = [&known.headline.tokens, &known.body.tokens];
            for tokens in texts {
                let forms: Vec<&Token> = tokens.iter().filter(|token| token.kind == TokenKind::Word).collect();
                words.extend(forms.iter().map(|token| token.text.clone()).filter(|word| plain(word)));
                for pair in forms.windows(2).filter(|pair| pair.iter().all(|token| plain(&token.text))) {
                    pairs.insert((pair[0].text.clone(), pair[1].text.clone()));
                }
                let quantities = tokens.iter().filter(|token| token.kind == TokenKind::Quantity);
                filters.extend(quantities.filter_map(|token| quantity(&token.text)));
            }
            let article = &known.article;
            let quoted = |name: &str, value: &Option<String>| {
                let value = value.as_ref().filter(|value| !value.contains(['"', '*']))?;
                value.contains(char::is_alphanumeric).then(|| format!("{name}:\"{value}\""))
            };
            filters.extend(quoted("source", &article.source));
            filters.extend(quoted("author", &article.author));
            filters.extend(quoted("section", &article.section));
            filters.extend(quoted("url", &article.url));
            filters.extend(quoted("path", &Some(article.path.clone())));
            filters.extend(article.author.iter().filter_map(|author| {
                let last = author.split(' ').next_back().map(str::to_owned);
                quoted("auteur", &last)
            }));
            filters.extend(article.tickers.iter().flat_map(|mention| {
                [format!("ticker:{}", mention.ticker), format!("exchange:{}", mention.company.mic)]
            }));
            filters.extend(article.tickers.iter().map(|mention| format!("ticker:{}@main", mention.ticker.symbol)));
            filters.extend(article.published.and_then(|published| published.year()).map(|year| format!("date:{year}")));
            filters.insert(format!("type:{}", article.file_type()));
            filters.insert(format!("words:>={}", article.words()));
            filters.insert(format!("words:{{{} TO {}]", article.words() / 2, article.words()));
            filters.insert(format!("story:\"{}\"", article.id));
        }
        filters.retain(|filter| parse(filter, &ParseOptions::default()).is_ok());
        let known = "has:ticker has:author has:source has:section has:url has:date has:amount has:pct has:bp has:copies \
                     lang:fr lang:en currency:eur currency:usd copies:0 copies:>=1 indexed:2025 indexed:2024 bp:<=25 \
                     pct:<0 pct:1..5 pct:>10 amount:>1bn amount:<=500M€ amount:1bn$..10bn$";
        filters.extend(known.split(' ').filter(|piece| !piece.is_empty()).map(str::to_owned));
        filters.insert("amount:{1M€ TO 1bn€}".to_owned());
        Words {
            words: words.into_iter().collect(),
            pairs: pairs.into_iter().collect(),
            filters: filters.into_iter().collect(),
        }
    }

    fn word<'a>(&'a self, random: &mut Random) -> &'a str {
        &self.words[random.below(self.words.len())]
    }

    fn filter<'a>(&'a self, random: &mut Random) -> &'a str {
        // First the field, so that those of few values come as often.
        let names: BTreeSet<&str> = self.filters.iter().filter_map(|filter| filter.split(':').next()).collect();
        let name = names.iter().nth(random.below(names.len())).copied().unwrap_or_default();
        let of_field: Vec<&String> =
            self.filters.iter().filter(|filter| filter.split(':').next() == Some(name)).collect();
        of_field[random.below(of_field.len())]
    }

    /// Returns something that has a place in a text.
    fn placed(&self, random: &mut Random, depth: usize) -> String {
        let word = self.word(random);
        let cut = 2 + random.below(word.len() - 2);
        match random.below(if depth == 0 { 12 } else { 18 }) {
            0..=4 => word.to_owned(),
            5 => format!("={word}"),
            6 | 7 => {
                let (first, second) = &self.pairs[random.below(self.pairs.len())];
                let slop = random.pick(&["", "", "~1", "~3"]);
                format!("\"{first} {second}\"{slop}")
            }
            8 => format!("{}*", &word[..cut.max(2)]),
            9 if word.len() > 4 => match random.below(3) {
                0 => format!("{}?{}", &word[..2], &word[3..]),
                1 => format!("*{}", &word[2..]),
                _ => format!("{}*{}", &word[..2], &word[4..]),
            },
            10 if (5..=20).contains(&word.len()) => format!("{}x~{}", &word[..word.len() - 1], 1 + random.below(2)),
            11 => {
                let other = self.word(random);
                if random.below(2) == 0 {
                    format!("/{word}|{other}/")
                } else {
                    format!("/{}.+{}/", &word[..1], &word[cut..])
                }
            }
            12 | 13 => format!("({} OR {})", self.placed(random, depth - 1), self.placed(random, depth - 1)),
            14 => format!("NOSTEM({word})"),
            15 => random.pick(&["pct:>0", "amount:>1M", "has:pct", "currency:eur"]).to_owned(),
            16 => format!("FIRST/{}({})", 1 + random.below(60), self.placed(random, depth - 1)),
            17 => self.near(random, depth - 1),
            _ => word.to_owned(),
        }
    }

    /// Returns words for the group of a field, in which no other field may stand.
    fn words_alone(&self, random: &mut Random) -> String {
        let (first, second) = (self.placed(random, 0), self.placed(random, 0));
        match random.below(4) {
            0 => format!("{first} OR {second}"),
            1 => format!("{first} NEAR/9 {second}"),
            2 => format!("{first} W/S {second}"),
            _ => first,
        }
    }

    fn near(&self, random: &mut Random, depth: usize) -> String {
        let operator = match random.below(6) {
            0 | 1 => format!("NEAR/{}", 1 + random.below(12)),
            2 | 3 => format!("ADJ/{}", 1 + random.below(12)),
            4 => "W/S".to_owned(),
            _ => "SAME".to_owned(),
        };
        // Two words that do stand near one another, as often as not.
        if random.below(2) == 0 {
            let (first, second) = &self.pairs[random.below(self.pairs.len())];
            return format!("({first} {operator} {second})");
        }
        format!("({} {operator} {})", self.placed(random, depth), self.placed(random, depth))
    }

    /// Returns a query.
    fn query(&self, random: &mut Random, depth: usize) -> String {
        match random.below(if depth == 0 { 6 } else { 14 }) {
            0 | 1 => self.placed(random, 1),
            2 => self.near(random, 1),
            3 | 4 => self.filter(random).to_owned(),
            5 => format!("ATLEAST{}({})", 1 + random.below(4), self.placed(random, 1)),
            6 => format!("{}:({})", random.pick(&["title", "lead", "body"]), self.words_alone(random)),
            7 => format!("{}^2", self.word(random)),
            8 => format!("(NOT {})", self.query(random, depth - 1)),
            9 => format!("({} NOT {})", self.query(random, depth - 1), self.query(random, depth - 1)),
            10 | 11 => format!("({} OR {})", self.query(random, depth - 1), self.query(random, depth - 1)),
            12 => format!("({} AND {})", self.query(random, depth - 1), self.query(random, depth - 1)),
            _ => format!("({} {})", self.query(random, depth - 1), self.query(random, depth - 1)),
        }
    }
}

/// Returns a filter for which a quantity's canonical form is a bound.
fn quantity(form: &str) -> Option<String> {
    let value = form.strip_prefix('#')?;
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(value.len());
    // A number that may be read in two ways is refused.
    let (number, unit) = value.split_at(end);
    if number.is_empty() || canonical_numbers(number.trim_start_matches('-')).len() > 1 {
        return None;
    }
    Some(match unit {
        "%" => format!("pct:>={number}"),
        "bp" => format!("bp:{number}"),
        _ => format!("amount:<{value}"),
    })
}

fn index(folder: &Path) -> Index {
    let options = IndexOptions {
        paths: vec![folder.to_owned()],
        index: folder.join(".telex"),
        threads: 2,
        memory: 64 << 20,
        full: false,
        dry_run: false,
        wait: Duration::ZERO,
        now: NOW,
        names: true,
        limits: Limits::default(),
    };
    indexer::run(&options, &Silent).unwrap();
    Index::open(&options.index).unwrap()
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
    let naive = Naive::new(&index);
    let words = Words::of(&naive);
    let cases = env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(600);
    let (mut some, mut kinds) = (0, BTreeSet::new());
    for seed in 0..cases {
        let mut random = Random::new(seed);
        let text = words.query(&mut random, 2);
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
        let found: BTreeSet<String> = response.hits.into_iter().map(|hit| hit.id).collect();
        let (missed, wrong): (Vec<_>, Vec<_>) = (want.difference(&found).collect(), found.difference(&want).collect());
        assert!(missed.is_empty() && wrong.is_empty(), "seed {seed}: {text}\nmissed {missed:?}\nwrong {wrong:?}");
        assert_eq!(response.total, want.len() as u64, "seed {seed}: {text}");
        some += usize::from(!want.is_empty() && want.len() < naive.articles.len());
    }
    println!("{cases} queries of {} kinds over {} articles; {some} find some", kinds.len(), naive.articles.len());
    assert!(some as u64 * 3 > cases, "only {some} of {cases} queries find something");
    if cases >= 600 {
        assert!(kinds.len() >= 34, "{kinds:?}");
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
