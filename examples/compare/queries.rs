//! Queries made from the words of a corpus: rare, middling and frequent ones, alone and together.
//!
//! A list of queries is a file of lines: number, class, language, operation, words, with tabs between. The
//! operations `term`, `or`, `and`, `phrase` and `prefix` are within every engine's reach; `typed` is a query in
//! telex's own language, for the kinds that only it has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use telex::analysis::{fold, is_function_word};
use telex::article::Language;

use crate::Result;
use crate::corpus;
use crate::random::Random;

/// How many articles of the corpus are looked at.
const SAMPLE: u64 = 50_000;
/// Of so many articles, the words in a row are kept for phrases.
const EVERY: u64 = 50;
/// How many queries a kind of telex's own has.
const OF_A_KIND: usize = 10;

/// A query of the list.
#[derive(Clone, Debug)]
pub struct Query {
    pub class: String,
    pub language: &'static str,
    pub operation: Operation,
    pub words: String,
}

/// What is asked of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The word.
    Term,
    /// Any of the words.
    Or,
    /// All of the words.
    And,
    /// The words side by side.
    Phrase,
    /// Words that begin so.
    Prefix,
    /// What telex's query language says.
    Typed,
}

/// The operations by name.
const OPERATIONS: [(&str, Operation); 6] = [
    ("term", Operation::Term),
    ("or", Operation::Or),
    ("and", Operation::And),
    ("phrase", Operation::Phrase),
    ("prefix", Operation::Prefix),
    ("typed", Operation::Typed),
];

/// Reads a list of queries.
pub fn read(path: &Path) -> Result<Vec<Query>> {
    let text = fs::read_to_string(path)?;
    let query = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, class, language, operation, words] = fields[..] else {
            return Err(format!("{}: not a query: {line}", path.display()).into());
        };
        let (_, operation) = *OPERATIONS
            .iter()
            .find(|(name, _)| *name == operation)
            .ok_or_else(|| format!("{}: no operation {operation}", path.display()))?;
        let language = if language == "fr" { "fr" } else { "en" };
        Ok(Query { class: class.to_owned(), language, operation, words: words.to_owned() })
    };
    text.lines().filter(|line| !line.is_empty()).map(query).collect()
}

/// Writes a list of queries.
pub fn write(queries: &[Query], path: &Path) -> Result<()> {
    let mut text = String::new();
    for (number, query) in queries.iter().enumerate() {
        let name = OPERATIONS.iter().find(|(_, operation)| *operation == query.operation).map_or("", |(name, _)| name);
        text.push_str(&format!("q{number:03}\t{}\t{}\t{name}\t{}\n", query.class, query.language, query.words));
    }
    Ok(fs::write(path, text)?)
}

/// Makes `count` queries that every engine can answer, half of them of each language.
pub fn common(corpus: &Path, count: usize) -> Result<Vec<Query>> {
    let languages = Words::of(corpus)?;
    let mut queries = Vec::new();
    for (words, seed) in languages.iter().zip(1..) {
        Maker { words, random: Random::new(seed), queries: &mut queries }.common(count.div_ceil(languages.len()));
    }
    Ok(queries)
}

/// Makes queries of every kind that telex has, ten of each, half of them of each language.
pub fn kinds(corpus: &Path) -> Result<Vec<Query>> {
    let languages = Words::of(corpus)?;
    let mut queries = Vec::new();
    for (words, seed) in languages.iter().zip(1..) {
        Maker { words, random: Random::new(seed), queries: &mut queries }.kinds(OF_A_KIND.div_ceil(languages.len()));
    }
    Ok(queries)
}

/// What is known of the words of a language in a corpus.
struct Words {
    language: &'static str,
    /// In how many articles each stands; words of letters alone, at least four, that mean something.
    frequent: Vec<(String, u64)>,
    articles: u64,
    /// Words in a row, of some articles.
    rows: Vec<Vec<String>>,
    /// Elided words as they are typed (`l'usine`).
    elided: Vec<String>,
    tickers: Vec<String>,
}

impl Words {
    /// Counts the words of a corpus, for French and for English.
    fn of(corpus: &Path) -> Result<Vec<Words>> {
        let mut all = vec![Words::new("fr"), Words::new("en")];
        let mut counts = vec![BTreeMap::<String, u64>::new(); all.len()];
        let mut seen = 0;
        corpus::for_each(corpus, &mut |article| {
            seen += 1;
            let Some(at) = all.iter().position(|words| words.language == article.lang) else { return Ok(()) };
            if seen > SAMPLE {
                return Ok(());
            }
            let text = format!("{}\n{}", article.title, article.body).to_lowercase();
            let row: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            for word in row.iter().copied().collect::<BTreeSet<_>>() {
                *counts[at].entry(word.to_owned()).or_default() += 1;
            }
            if seen % EVERY == 0 {
                all[at].elided.extend(elided(&text));
                all[at].rows.push(row.into_iter().map(str::to_owned).collect());
                all[at].tickers.extend(article.tickers);
            }
            all[at].articles += 1;
            Ok(())
        })?;
        for (words, counts) in all.iter_mut().zip(counts) {
            words.frequent = counts.into_iter().filter(|(word, _)| means_something(word)).collect();
            words.elided.sort_unstable();
            words.elided.dedup();
            words.tickers.sort_unstable();
            words.tickers.dedup();
        }
        all.retain(|words| words.articles > 0);
        Ok(all)
    }

    fn new(language: &'static str) -> Words {
        let (frequent, rows, elided, tickers) = Default::default();
        Words { language, frequent, articles: 0, rows, elided, tickers }
    }

    /// Returns the words that stand in at least `from` and at most `to` of a thousand articles.
    fn between(&self, from: u64, to: u64) -> Vec<&str> {
        let thousandths = |count: u64| count * 1000 / self.articles.max(1);
        // A word of one or two articles is mostly a slip of the pen.
        let fits = |count: u64| count >= 3 && (from..=to).contains(&thousandths(count));
        self.frequent.iter().filter(|(_, count)| fits(*count)).map(|(word, _)| word.as_str()).collect()
    }
}

/// Returns whether a word is made of letters and says something by itself.
fn means_something(word: &str) -> bool {
    word.chars().count() > 3
        && word.chars().all(char::is_alphabetic)
        && !is_function_word(&fold(word), &[Language::French, Language::English])
}

/// Returns the words of a text that begin with an elided article, as they are written.
fn elided(text: &str) -> impl Iterator<Item = String> {
    let begins = |word: &&str| ["l'", "d'", "l’", "d’"].iter().any(|article| word.starts_with(article));
    let plain = |word: &str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let whole = |word: &String| word.chars().skip(2).count() > 3 && word.chars().skip(2).all(char::is_alphabetic);
    text.split_whitespace().filter(begins).map(plain).filter(whole)
}

/// Makes the queries of one language.
struct Maker<'a> {
    words: &'a Words,
    random: Random,
    queries: &'a mut Vec<Query>,
}

/// Makes a query of one kind, if the words suffice for one.
type Make<'a, T> = &'a dyn Fn(&mut T) -> Option<String>;

impl Maker<'_> {
    /// Makes `count` queries, in the proportions that follow.
    fn common(&mut self, count: usize) {
        let part = |share: usize| (count * share / 100).max(1);
        let (rare, middling, frequent) =
            (self.words.between(0, 1), self.words.between(10, 50), self.words.between(100, 1000));
        for (class, words, share) in [("rare", &rare, 12), ("mid", &middling, 8), ("frequent", &frequent, 10)] {
            self.times(part(share), |maker| Some((class, Operation::Term, maker.random.of(words)?.to_string())));
        }
        let usual = self.words.between(2, 100);
        self.times(part(14), |maker| Some(("or", Operation::Or, maker.together(&[&usual, &usual, &frequent])?)));
        self.times(part(18), |maker| Some(("and", Operation::And, maker.of_one_article()?)));
        self.times(part(18), |maker| Some(("phrase", Operation::Phrase, maker.in_a_row()?)));
        let long: Vec<&str> = usual.iter().copied().filter(|word| word.chars().count() > 6).collect();
        self.times(part(10), |maker| Some(("prefix", Operation::Prefix, maker.beginning(&long)?)));
        let accented: Vec<&str> = usual.iter().copied().filter(|word| !word.is_ascii()).collect();
        self.times(part(5), |maker| Some(("accent", Operation::Term, maker.random.of(&accented)?.to_string())));
        self.times(part(5), |maker| Some(("elision", Operation::Term, maker.random.of(&maker.words.elided)?.clone())));
    }

    /// Makes `count` queries of every kind.
    fn kinds(&mut self, count: usize) {
        let usual = self.words.between(2, 300);
        let long: Vec<&str> = usual.iter().copied().filter(|word| word.chars().count() > 6).collect();
        let kinds: [(&str, Make<'_, Self>); 19] = [
            ("term", &|maker| Some(maker.random.of(&usual)?.to_string())),
            ("exact form", &|maker| Some(format!("={}", maker.random.of(&usual)?))),
            ("or", &|maker| Some(maker.together(&[&usual, &usual])?.replace(' ', " OR "))),
            ("and", &|maker| maker.of_one_article()),
            ("not", &|maker| Some(maker.together(&[&usual, &usual])?.replace(' ', " NOT "))),
            ("boolean", &|maker| {
                let words = maker.together(&[&usual, &usual, &usual, &usual])?;
                let words: Vec<&str> = words.split(' ').collect();
                let [a, b, c, d] = words[..] else { return None };
                Some(format!("({a} OR {b}) AND ({c} OR {d}) NOT \"{a} {b}\""))
            }),
            ("phrase", &|maker| Some(format!("\"{}\"", maker.in_a_row()?))),
            ("prefix", &|maker| Some(format!("{}*", maker.beginning(&long)?))),
            ("wildcard", &|maker| {
                let word: Vec<char> = maker.random.of(&long)?.chars().collect();
                let (head, tail) = (word.get(..2)?, word.get(4..)?);
                Some(format!("{}*{}", head.iter().collect::<String>(), tail.iter().collect::<String>()))
            }),
            ("leading wildcard", &|maker| {
                let word: Vec<char> = maker.random.of(&long)?.chars().collect();
                Some(format!("*{}", word.get(word.len() - 5..)?.iter().collect::<String>()))
            }),
            ("fuzzy", &|maker| Some(format!("{}~", maker.random.of(&long)?))),
            ("regex", &|maker| Some(format!("/{}[a-z]{{1,4}}/", maker.beginning(&long)?))),
            ("NEAR", &|maker| Some(maker.of_one_article()?.replacen(' ', " NEAR/10 ", 1))),
            ("W/S", &|maker| Some(maker.of_one_article()?.replacen(' ', " W/S ", 1))),
            ("field", &|maker| Some(format!("title:{}", maker.random.of(&usual)?))),
            ("date range", &|maker| {
                let year = 2006 + maker.random.below(5);
                Some(format!("{} date:{year}..{}", maker.random.of(&usual)?, year + 1))
            }),
            ("ticker", &|maker| {
                Some(format!("{} ticker:\"{}\"", maker.random.of(&usual)?, maker.random.of(&maker.words.tickers)?))
            }),
            ("every article", &|_| Some("*".to_owned())),
            ("many words", &|maker| {
                let row = maker.random.of(&maker.words.rows)?;
                Some(row.iter().filter(|word| means_something(word)).take(12).cloned().collect::<Vec<_>>().join(" OR "))
            }),
        ];
        for (kind, make) in kinds {
            self.times(count, |maker| Some((kind, Operation::Typed, make(maker)?)));
        }
    }

    /// Adds up to `count` queries; what finds no words after some tries is left out.
    fn times(&mut self, count: usize, mut make: impl FnMut(&mut Self) -> Option<(&'static str, Operation, String)>) {
        for _ in 0..count {
            let made = (0..20).find_map(|_| make(self));
            self.queries.extend(made.map(|(class, operation, words)| Query {
                class: class.to_owned(),
                language: self.words.language,
                operation,
                words,
            }));
        }
    }

    /// Returns one word of each list; the last may be left out.
    fn together(&mut self, lists: &[&Vec<&str>]) -> Option<String> {
        let words: Option<Vec<&str>> = lists.iter().map(|list| self.random.of(list).copied()).collect();
        Some(words?.join(" "))
    }

    /// Returns two or three words of one article.
    fn of_one_article(&mut self) -> Option<String> {
        let row = self.random.of(&self.words.rows)?;
        let telling: Vec<&String> = row.iter().filter(|word| means_something(word)).collect();
        let words: Option<BTreeSet<&String>> =
            (0..2 + self.random.below(2)).map(|_| self.random.of(&telling).copied()).collect();
        let words: Vec<&str> = words?.into_iter().map(String::as_str).collect();
        (words.len() > 1).then(|| words.join(" "))
    }

    /// Returns two or three words that stand side by side.
    fn in_a_row(&mut self) -> Option<String> {
        let row = self.random.of(&self.words.rows)?;
        let length = 2 + self.random.below(2);
        let from = self.random.below(row.len().checked_sub(length)?.max(1));
        let words = row.get(from..from + length)?;
        let plain = words.iter().all(|word| word.chars().all(char::is_alphabetic));
        (plain && means_something(words.first()?) && means_something(words.last()?)).then(|| words.join(" "))
    }

    /// Returns four to six letters that a word begins with.
    fn beginning(&mut self, words: &[&str]) -> Option<String> {
        let length = 4 + self.random.below(3);
        Some(self.random.of(words)?.chars().take(length).collect())
    }
}
