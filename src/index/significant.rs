//! The words that tell the articles of an answer from all the others: what is new, or of its own, here.
//!
//! The articles are read from the store and their words counted by stem; how many articles of the whole
//! index have a word is counted over its postings. A word's worth is the log-likelihood ratio of Dunning,
//! "Accurate methods for the statistics of surprise and coincidence", 1993.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::facets::Marks;
use super::reader::Index;
use super::schema::name;
use crate::analysis::{Stemmers, Token, TokenKind, Tokens, fold, is_function_word_in};
use crate::article::{Article, Language};
use crate::error::Result;
use crate::search::{Plan, SignificantWord, SignificantWords};

/// The most articles that are read for their words; of more, so many as if drawn by lot.
const READ: usize = 2_000;
/// The least ratio of a word that is shown: one in a thousand words of no meaning reaches it.
const LEAST: f64 = 10.83;

impl Index {
    /// Returns the `limit` most telling words of the marked documents; those that `plan` looks for, function
    /// words and numbers are left out.
    pub(super) fn significant(&self, marks: &[Marks], plan: &Plan, limit: usize) -> Result<SignificantWords> {
        let read = self.told(self.sample(marks))?;
        let mut counts = Counts::new(plan);
        for address in &read {
            counts.add(&self.stored(*address)?);
        }
        let words = self.told(self.most_telling(&counts, read.len() as u64, limit))?;
        Ok(SignificantWords { words, read: read.len() as u64 })
    }

    /// Returns the marked documents that are read: of more than [`READ`], those with the smallest keys, which are as
    /// good as drawn by lot, and the same in whatever segments they are.
    fn sample(&self, marks: &[Marks]) -> tantivy::Result<Vec<DocAddress>> {
        let mut drawn = Vec::new();
        for ((segment, marks), reader) in (0..).zip(marks).zip(self.searcher.segment_readers()) {
            let keys = reader.fast_fields().u64(name::KEY)?;
            drawn.extend(marks.documents(None).map(|doc| (keys.first(doc), DocAddress::new(segment, doc))));
        }
        if drawn.len() > READ {
            drawn.select_nth_unstable(READ);
            drawn.truncate(READ);
        }
        // In the order in which they are stored.
        drawn.sort_unstable_by_key(|(_, address)| *address);
        Ok(drawn.into_iter().map(|(_, address)| address).collect())
    }

    /// Ranks the words that were counted. A word's articles in the index are counted exactly for those that
    /// may be among the best: a single form is no more frequent than all forms of the word, so that its
    /// frequency bounds the ratio from above.
    fn most_telling(&self, counts: &Counts, read: u64, limit: usize) -> tantivy::Result<Vec<SignificantWord>> {
        let all = self.searcher.num_docs();
        let languages = self.documents_by_language()?;
        let mut bounds = Vec::new();
        for (key, word) in &counts.words {
            if word.articles >= 2 || read == 1 {
                let mut least = word.articles;
                for (language, form) in &word.forms {
                    least = least.max(self.articles_at_least(form, *language, &languages)?);
                }
                bounds.push((ratio(word.articles, read, least, all), key, word));
            }
        }
        bounds.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let mut best: Vec<(SignificantWord, &str)> = Vec::new();
        for (bound, key, word) in bounds {
            let full = best.len() >= limit && best.last().is_none_or(|(worst, _)| bound < worst.score);
            if bound < LEAST || full {
                break;
            }
            let background = self.articles_with(key, &languages)?.max(word.articles);
            let score = ratio(word.articles, read, background, all);
            if score >= LEAST {
                let shown = SignificantWord { word: word.written(), count: word.articles, background, score };
                best.push((shown, key));
                best.sort_by(|(a, a_key), (b, b_key)| b.score.total_cmp(&a.score).then_with(|| a_key.cmp(b_key)));
                best.truncate(limit);
            }
        }
        Ok(best.into_iter().map(|(word, _)| word).collect())
    }

    /// Returns a number of articles in a language that are sure to have a form: were all others to have it, too.
    fn articles_at_least(&self, form: &str, language: Language, languages: &[Documents]) -> tantivy::Result<u64> {
        let term = Term::from_field_text(self.fields.body, form);
        let mut least = 0;
        for (reader, documents) in self.searcher.segment_readers().iter().zip(languages) {
            let frequency = u64::from(reader.inverted_index(self.fields.body)?.doc_freq(&term)?);
            least += frequency.saturating_sub(documents.others(language));
        }
        Ok(least)
    }

    /// Returns the language of each document, by segment.
    fn documents_by_language(&self) -> tantivy::Result<Vec<Documents>> {
        let mut languages = Vec::new();
        for reader in self.searcher.segment_readers() {
            let mut here = vec![Language::Other; reader.max_doc() as usize];
            if let Some(column) = reader.fast_fields().str(name::LANGUAGE)? {
                let mut names = Vec::new();
                for ord in 0..column.num_terms() as u64 {
                    let mut code = String::new();
                    column.ord_to_str(ord, &mut code)?;
                    names.push(Language::from_tag(&code).unwrap_or_default());
                }
                for (doc, language) in (0..).zip(&mut here) {
                    *language = column.ords().first(doc).map_or(Language::Other, |ord| names[ord as usize]);
                }
            }
            let mut living = [0; Language::ALL.len()];
            reader.doc_ids_alive().for_each(|doc| living[here[doc as usize] as usize] += 1);
            languages.push(Documents { languages: here, living });
        }
        Ok(languages)
    }

    /// Counts the articles that have a word, in headline or body.
    fn articles_with(&self, key: &str, languages: &[Documents]) -> tantivy::Result<u64> {
        let stemmers = Stemmers::default();
        let mut count = 0;
        let mut found: Vec<FxHashSet<u32>> = languages.iter().map(|_| FxHashSet::default()).collect();
        for language in Language::ALL {
            let mut forms = self.vocabulary.with_stem(language, key);
            let unstemmed = self.vocabulary.with_fold(key).into_iter();
            forms.extend(unstemmed.filter(|form| stemmers.stem(form, language).is_none()));
            for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
                for field in [self.fields.headline, self.fields.body] {
                    let index = reader.inverted_index(field)?;
                    for form in &forms {
                        let term = Term::from_field_text(field, form);
                        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                            continue;
                        };
                        while postings.doc() != TERMINATED {
                            let doc = postings.doc();
                            if languages[segment].languages[doc as usize] == language && !reader.is_deleted(doc) {
                                found[segment].insert(doc);
                            }
                            postings.advance();
                        }
                    }
                }
            }
        }
        found.iter().for_each(|docs| count += docs.len() as u64);
        Ok(count)
    }
}

/// The documents of a segment by language.
struct Documents {
    /// Of each.
    languages: Vec<Language>,
    /// How many live in each language.
    living: [u64; Language::ALL.len()],
}

impl Documents {
    /// Returns how many do not live, or are in another language.
    fn others(&self, language: Language) -> u64 {
        self.languages.len() as u64 - self.living[language as usize]
    }
}

/// The words of the articles read.
struct Counts {
    stemmers: Stemmers,
    /// By stem, or by fold where a form has none.
    words: FxHashMap<String, Counted>,
    /// By language and form: its key, `None` for what is left out.
    known: FxHashMap<(Language, String), Option<String>>,
    /// The forms that the query looks for.
    asked: FxHashSet<String>,
}

#[derive(Default)]
struct Counted {
    articles: u64,
    forms: FxHashSet<(Language, String)>,
    /// How often it is written in each way.
    written: FxHashMap<String, u64>,
}

impl Counted {
    /// Returns the way in which it is most often written.
    fn written(&self) -> String {
        let more = |a: &(&String, &u64), b: &(&String, &u64)| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0));
        self.written.iter().max_by(more).map(|(written, _)| written.clone()).unwrap_or_default()
    }
}

impl Counts {
    fn new(plan: &Plan) -> Counts {
        let mut asked = FxHashSet::default();
        plan.for_each_leaf(None, &mut |leaf| match leaf {
            Plan::Family(family) => asked.extend(family.forms.iter().map(|form| form.text.clone())),
            Plan::Phrase(phrase) => {
                let forms = phrase.slots.iter().flat_map(|(_, family)| &family.forms);
                asked.extend(forms.map(|form| form.text.clone()));
            }
            _ => {}
        });
        Counts { stemmers: Stemmers::default(), words: FxHashMap::default(), known: FxHashMap::default(), asked }
    }

    fn add(&mut self, article: &Article) {
        let mut here: FxHashSet<String> = FxHashSet::default();
        for text in [article.headline.as_str(), article.text()] {
            let mut tokens = Tokens::without_quantities(text);
            let mut token = Token::default();
            while tokens.next(&mut token) {
                if !matches!(token.kind, TokenKind::Word | TokenKind::Part) {
                    continue;
                }
                let Some(key) = self.key(&token.text, article.language) else { continue };
                let word = self.words.entry(key.clone()).or_default();
                word.articles += u64::from(here.insert(key));
                word.forms.insert((article.language, token.text.clone()));
                *word.written.entry(text[token.start..token.end].to_owned()).or_default() += 1;
            }
        }
    }

    /// Returns the key of a form; `None` for what is left out.
    fn key(&mut self, form: &str, language: Language) -> Option<String> {
        let known = (language, form.to_owned());
        if let Some(key) = self.known.get(&known) {
            return key.clone();
        }
        let folded = fold(form);
        let tells = form.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !form.chars().any(|c| c.is_ascii_digit())
            && !is_function_word_in(&folded, language)
            && !self.asked.contains(form);
        let key = tells.then(|| self.stemmers.stem(form, language).unwrap_or(folded));
        self.known.insert(known, key.clone());
        key
    }
}

/// Returns the log-likelihood ratio of a word that `part` of `read` articles have, and `whole` of `all`;
/// 0 if it is no more frequent among those read.
fn ratio(part: u64, read: u64, whole: u64, all: u64) -> f64 {
    let (part, read, whole, all) = (part as f64, read as f64, whole.max(part) as f64, all as f64);
    if (part * all).partial_cmp(&(whole * read)) != Some(Ordering::Greater) {
        return 0.0;
    }
    let cell = |seen: f64, expected: f64| if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 };
    let (row, column) = (read / all, whole / all);
    2.0 * (cell(part, whole * row)
        + cell(whole - part, whole * (1.0 - row))
        + cell(read - part, read * (1.0 - column))
        + cell(all - read - whole + part, (all - read) * (1.0 - column)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_that_of_the_book() {
        // The four cells of the table beside what independence would have in each.
        let want = 2.0
            * (10.0 * (10.0_f64 / 4.0).ln()
                + 10.0 * (10.0_f64 / 16.0).ln()
                + 10.0 * (10.0_f64 / 16.0).ln()
                + 70.0 * (70.0_f64 / 64.0).ln());
        assert!((ratio(10, 20, 20, 100) - want).abs() < 1e-9);
        assert_eq!(ratio(2, 10, 20, 100), 0.0, "no more frequent than elsewhere");
        assert!(ratio(5, 10, 6, 100) > ratio(5, 10, 12, 100), "fewer elsewhere tell more");
    }

    #[test]
    fn words_are_counted_by_stem_and_shown_as_written() {
        let article = |headline: &str, body: &str| Article {
            headline: headline.to_owned(),
            body: body.to_owned(),
            body_end: body.len(),
            language: Language::French,
            ..Article::default()
        };
        let mut counts = Counts::new(&Plan::All);
        counts.add(&article("Licenciement à Cholet", "Les licenciements de 2025 et les licenciements annoncés."));
        counts.add(&article("Rien", "Des licenciements."));
        let key = Stemmers::default().stem("licenciements", Language::French).unwrap();
        let word = &counts.words[&key];
        assert_eq!((word.articles, word.written().as_str()), (2, "licenciements"));
        assert!(!counts.words.contains_key("les") && !counts.words.contains_key("2025"));
    }
}
