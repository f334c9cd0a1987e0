//! How a new index learns the dictionary for its stored articles: from the first ones, on a thread of its own,
//! while the next ones are read and wait.

use std::thread::JoinHandle;

use super::layout::Stamp;
use super::record::{SAMPLE, dictionary};
use crate::article::Article;
use crate::story::Signature;

/// How many bytes of records wait for the dictionary at most while it is made.
const MOST_WAITING: usize = 8 * SAMPLE;

/// Where the dictionary for stored articles comes from.
pub(super) enum Learning {
    /// From the first of these articles, which wait for it.
    From(Waiting),
    /// It was made of articles of this commit, and is not written yet.
    Made(Vec<u8>),
    /// The index has it, or this commit had too little for one.
    Done,
}

impl Learning {
    /// Returns where the dictionary of an index with this stamp comes from.
    pub fn after(stamp: Option<&Stamp>) -> Learning {
        match stamp.and_then(|stamp| stamp.dictionary.as_ref()) {
            Some(_) => Learning::Done,
            None => Learning::From(Waiting::default()),
        }
    }
}

/// An article that waits, with its record.
type Waited = (Article, Signature, Vec<u8>);

/// The articles that wait for the dictionary.
#[derive(Default)]
pub(super) struct Waiting {
    articles: Vec<(Article, Signature)>,
    /// Their records; those that the dictionary is made of are with its maker.
    records: Vec<Vec<u8>>,
    /// How many bytes all records have.
    bytes: usize,
    /// Makes the dictionary, and brings the records back.
    maker: Option<JoinHandle<Made>>,
}

/// The records that a dictionary was made of, and the dictionary.
type Made = (Vec<Vec<u8>>, Option<Vec<u8>>);

impl Waiting {
    /// Adds an article with its record; returns whether the dictionary should be asked for.
    pub fn push(&mut self, article: Article, signature: Signature, record: Vec<u8>) -> bool {
        self.bytes += record.len();
        self.articles.push((article, signature));
        self.records.push(record);
        match &self.maker {
            Some(maker) => maker.is_finished() || self.bytes >= MOST_WAITING,
            None => {
                if self.bytes >= SAMPLE {
                    self.maker = Some(maker(std::mem::take(&mut self.records)));
                }
                false
            }
        }
    }

    /// Returns how many articles wait.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Waits for the dictionary, which is made now if the articles are few, and returns them with it.
    pub fn finish(mut self) -> (impl Iterator<Item = Waited>, Option<Vec<u8>>) {
        let maker = self.maker.take().unwrap_or_else(|| maker(std::mem::take(&mut self.records)));
        let (mut records, dictionary) = maker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        records.append(&mut self.records);
        let articles = self.articles.into_iter().zip(records);
        (articles.map(|((article, signature), record)| (article, signature, record)), dictionary)
    }
}

/// Makes a dictionary of records.
fn maker(records: Vec<Vec<u8>>) -> JoinHandle<Made> {
    std::thread::spawn(move || {
        let dictionary = dictionary(&records);
        (records, dictionary)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::record::record;

    fn waiting(articles: usize) -> (Waiting, bool) {
        let (mut waiting, mut asked) = (Waiting::default(), false);
        for n in 0..articles {
            let body = format!("Le groupe numéro {n} relève ses objectifs de ventes pour l’exercice {n}. ").repeat(20);
            let article = Article { id: n.to_string(), body_end: body.len(), body, ..Article::default() };
            let record = record(&article).unwrap();
            let signature = Signature::of(&article);
            asked |= waiting.push(article, signature, record);
        }
        (waiting, asked)
    }

    /// Checks that the articles come back in order, each with its own record.
    fn check(articles: impl Iterator<Item = Waited>, count: usize) {
        let articles: Vec<Waited> = articles.collect();
        assert_eq!(articles.len(), count);
        for (n, (article, _, bytes)) in articles.iter().enumerate() {
            assert_eq!((&article.id, bytes), (&n.to_string(), &record(article).unwrap()));
        }
    }

    #[test]
    fn few_articles_are_asked_nothing_and_come_back_without_a_dictionary() {
        let (waiting, asked) = waiting(3);
        assert_eq!((asked, waiting.len()), (false, 3));
        let (articles, dictionary) = waiting.finish();
        check(articles, 3);
        assert_eq!(dictionary, None);
    }

    #[test]
    fn articles_that_came_while_it_was_made_come_back_after_the_others() {
        let (mut waiting, _) = waiting(2000);
        assert!(waiting.maker.is_some() && waiting.records.len() < 2000);
        let sample: Vec<Vec<u8>> =
            (0..2000 - waiting.records.len()).map(|n| record(&waiting.articles[n].0).unwrap()).collect();
        waiting.bytes = MOST_WAITING;
        let late = Article { id: "2000".to_owned(), ..Article::default() };
        let bytes = record(&late).unwrap();
        let signature = Signature::of(&late);
        assert!(waiting.push(late, signature, bytes), "so many must not wait longer");
        let (articles, made) = waiting.finish();
        check(articles, 2001);
        assert_eq!(made, dictionary(&sample));
    }
}
