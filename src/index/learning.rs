//! How a new index learns the dictionary of a group of languages: from the first articles in them, on a thread of its
//! own, while the next ones are read and wait.

use std::thread::JoinHandle;

use super::dictionary::{SAMPLE, train};
use super::record::record;
use crate::article::Article;
use crate::error::Result;
use crate::story::Signature;

/// How many bytes of articles wait for the dictionary at most while it is made.
const MOST_WAITING: usize = 8 * SAMPLE;

/// Where the dictionary for stored articles comes from.
pub(super) enum Learning {
    /// From the first of these articles, which wait for it.
    From(Waiting),
    /// It was made of articles of this commit, and is not written yet.
    Made,
    /// The index has it, or this commit had too little for one.
    Done,
}

impl Learning {
    /// Returns where the dictionary comes from in a commit that follows one which had it or had not.
    pub fn after(has_it: bool) -> Learning {
        if has_it { Learning::Done } else { Learning::From(Waiting::default()) }
    }
}

/// The articles that wait for the dictionary.
#[derive(Default)]
pub(super) struct Waiting {
    articles: Vec<(Article, Signature)>,
    /// How many bytes all of them have.
    bytes: usize,
    /// The records of those that the dictionary is made of, until they are enough.
    sample: Vec<Vec<u8>>,
    /// Makes the dictionary.
    maker: Option<JoinHandle<Option<Vec<u8>>>>,
}

impl Waiting {
    /// Adds an article; returns whether the dictionary should be asked for.
    pub fn push(&mut self, article: Article, signature: Signature) -> Result<bool> {
        match &self.maker {
            Some(_) => self.bytes += article.body.len(),
            None => {
                let record = record(&article)?;
                self.bytes += record.len();
                self.sample.push(record);
                self.maker = (self.bytes >= SAMPLE).then(|| maker(std::mem::take(&mut self.sample)));
            }
        }
        self.articles.push((article, signature));
        let is_made = self.maker.as_ref().is_some_and(JoinHandle::is_finished);
        Ok(is_made || self.bytes >= MOST_WAITING)
    }

    /// Returns how many articles wait.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Waits for the dictionary, which is made now if the articles are few, and returns them with it.
    pub fn finish(self) -> (Vec<(Article, Signature)>, Option<Vec<u8>>) {
        let maker = self.maker.unwrap_or_else(|| maker(self.sample));
        let dictionary = maker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (self.articles, dictionary)
    }
}

/// Makes a dictionary of records.
fn maker(records: Vec<Vec<u8>>) -> JoinHandle<Option<Vec<u8>>> {
    std::thread::spawn(move || train(&records))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(articles: usize) -> (Waiting, bool) {
        let (mut waiting, mut asked) = (Waiting::default(), false);
        for n in 0..articles {
            let body = format!("Le groupe numéro {n} relève ses objectifs de ventes pour l’exercice {n}. ").repeat(20);
            let article = Article { id: n.to_string(), body_end: body.len(), body, ..Article::default() };
            let signature = Signature::of(&article);
            asked |= waiting.push(article, signature).unwrap();
        }
        (waiting, asked)
    }

    fn ids(articles: &[(Article, Signature)]) -> Vec<String> {
        articles.iter().map(|(article, _)| article.id.clone()).collect()
    }

    #[test]
    fn few_articles_are_asked_nothing_and_come_back_without_a_dictionary() {
        let (waiting, asked) = waiting(3);
        assert_eq!((asked, waiting.len()), (false, 3));
        let (articles, dictionary) = waiting.finish();
        assert_eq!(ids(&articles), ["0", "1", "2"]);
        assert_eq!(dictionary, None);
    }

    #[test]
    fn articles_that_came_while_it_was_made_come_back_after_the_others() {
        let (mut waiting, _) = waiting(2000);
        assert!(waiting.maker.is_some() && waiting.sample.is_empty());
        waiting.bytes = MOST_WAITING;
        let late = Article { id: "2000".to_owned(), ..Article::default() };
        let signature = Signature::of(&late);
        assert!(waiting.push(late, signature).unwrap(), "so many must not wait longer");
        let (articles, made) = waiting.finish();
        assert_eq!(ids(&articles), (0..=2000).map(|n| n.to_string()).collect::<Vec<_>>());
        // Of the first ones alone, as many as are enough.
        let records = articles.iter().map(|(article, _)| record(article).unwrap());
        let mut bytes = 0;
        let sample: Vec<Vec<u8>> = records
            .take_while(|record| {
                let enough = bytes >= SAMPLE;
                bytes += record.len();
                !enough
            })
            .collect();
        assert!(sample.len() < 2000 && made.is_some());
        assert_eq!(made, train(&sample));
    }
}
