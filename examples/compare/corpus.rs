//! The corpus: as many articles as are wanted, from any folder or file that telex reads.
//!
//! If the source is smaller than that, further articles are made of its own sentences, drawn anew for each
//! article from those of its language, as many as some real article has. Recombined text has the words
//! of the source in their proportions, but hardly any new ones.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use telex::analysis::sentences;
use telex::article::Language;
use telex::ingest::{self, FieldMap, Limits};
use telex::reading::{self, Circumstances};

use crate::Result;
use crate::random::Random;

/// How many sentences stand in a paragraph of a recombined article.
const PARAGRAPH: usize = 3;
/// How many files lie in a folder.
const FOLDER: usize = 1000;

/// An article as every engine gets it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Article {
    pub id: String,
    pub title: String,
    pub body: String,
    #[serde(default)]
    pub date: String,
    pub lang: String,
    #[serde(default)]
    pub tickers: Vec<String>,
}

impl Article {
    /// Returns the bytes of its text.
    pub fn bytes(&self) -> u64 {
        (self.title.len() + self.body.len()) as u64
    }
}

/// What a corpus was made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size {
    pub articles: u64,
    /// How many of them are recombined.
    pub recombined: u64,
    /// Bytes of titles and bodies.
    pub text: u64,
}

/// Where the articles go: lines of one file, or one file each.
pub enum Sink {
    Lines(BufWriter<File>),
    Files(PathBuf),
}

impl Sink {
    fn write(&mut self, article: &Article, number: u64) -> Result<()> {
        match self {
            Sink::Lines(file) => {
                serde_json::to_writer(&mut *file, article)?;
                file.write_all(b"\n")?;
            }
            Sink::Files(folder) => {
                let folder = folder.join(format!("{:05}", number as usize / FOLDER));
                fs::create_dir_all(&folder)?;
                fs::write(folder.join(format!("{number}.json")), serde_json::to_vec(article)?)?;
            }
        }
        Ok(())
    }
}

/// Writes articles of `sources` until their text has `bytes` bytes; each is cut after the sentence that
/// reaches `length` bytes.
pub fn make(sources: &[PathBuf], bytes: u64, length: usize, mut sink: Sink) -> Result<Size> {
    let articles = gather(sources, bytes, length)?;
    let mut size = Size::default();
    for article in &articles {
        sink.write(article, size.articles)?;
        size.articles += 1;
        size.text += article.bytes();
    }
    let mut again = Recombination::new(&articles);
    while size.text < bytes {
        let article = again.next(size.articles).ok_or("the source has no article in French or English")?;
        sink.write(&article, size.articles)?;
        size.articles += 1;
        size.recombined += 1;
        size.text += article.bytes();
    }
    if let Sink::Lines(mut file) = sink {
        file.flush()?;
    }
    Ok(size)
}

/// Returns how many articles a corpus has, and how much text.
pub fn size(corpus: &Path) -> Result<Size> {
    let mut size = Size::default();
    for_each(corpus, &mut |article| {
        size.articles += 1;
        size.text += article.bytes();
        Ok(())
    })?;
    Ok(size)
}

/// Calls `each` with every article of a corpus, a file of lines or a folder of files.
pub fn for_each(corpus: &Path, each: &mut dyn FnMut(Article) -> Result<()>) -> Result<()> {
    if corpus.is_dir() {
        for entry in walkdir::WalkDir::new(corpus).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() {
                each(serde_json::from_slice(&fs::read(entry.path())?)?)?;
            }
        }
        return Ok(());
    }
    let mut lines = BufReader::with_capacity(1 << 20, File::open(corpus)?);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        each(serde_json::from_slice(&line)?)?;
        line.clear();
    }
    Ok(())
}

/// Reads articles in French and English until their text has `bytes` bytes, or there are no more.
fn gather(sources: &[PathBuf], bytes: u64, length: usize) -> Result<Vec<Article>> {
    let mut articles = Vec::new();
    let mut text = 0;
    for source in sources {
        ingest::walk(source, &mut |found| {
            let Ok(found) = found else { return ControlFlow::Continue(()) };
            let circumstances =
                Circumstances { path: &found.name, modified: found.modified, now: i64::MAX, names: false };
            let read = ingest::read(&found, &Limits::default(), &FieldMap::default(), &mut |draft| {
                let Ok(draft) = draft else { return ControlFlow::Continue(()) };
                let article = plain(reading::read(draft, &circumstances));
                if let Some(mut article) = article.filter(|article| !article.body.is_empty()) {
                    cut(&mut article.body, length);
                    text += article.bytes();
                    articles.push(article);
                }
                if text < bytes { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            if let Err(skip) = read
                && text < bytes
            {
                eprintln!("{}: {}", skip.path, skip.detail);
            }
            if text < bytes { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
    }
    Ok(articles)
}

/// Returns what of an article every engine gets; none of one in a third language.
fn plain(article: telex::article::Article) -> Option<Article> {
    let date = article.published.and_then(|published| jiff::Timestamp::from_second(published.at).ok());
    (article.language != Language::Other).then(|| Article {
        id: article.id,
        title: article.headline,
        body: article.body,
        date: date.map(|date| date.strftime("%Y-%m-%d").to_string()).unwrap_or_default(),
        lang: article.language.code().to_owned(),
        tickers: article.tickers.iter().map(|mention| mention.ticker.to_string()).collect(),
    })
}

/// Cuts a text after the sentence that reaches `length` bytes.
fn cut(text: &mut String, length: usize) {
    if text.len() > length
        && let Some(last) = sentences(text).into_iter().find(|sentence| sentence.end >= length)
    {
        text.truncate(last.end);
    }
}

/// Articles made of the sentences of others.
struct Recombination<'a> {
    articles: &'a [Article],
    /// By language, each sentence.
    sentences: BTreeMap<&'a str, Vec<&'a str>>,
    random: Random,
}

impl<'a> Recombination<'a> {
    fn new(articles: &'a [Article]) -> Recombination<'a> {
        let mut by_language: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for article in articles {
            let ranges = sentences(&article.body);
            by_language.entry(&article.lang).or_default().extend(ranges.into_iter().map(|range| &article.body[range]));
        }
        Recombination { articles, sentences: by_language, random: Random::new(1) }
    }

    /// Returns an article of the length of one, with the headline of another and the date and tickers of a third.
    fn next(&mut self, number: u64) -> Option<Article> {
        let model = self.random.of(self.articles)?;
        let pool = self.sentences.get(model.lang.as_str())?;
        let mut body = String::with_capacity(model.body.len() + 256);
        let mut count = 0;
        while body.len() < model.body.len() {
            if count > 0 {
                body.push_str(if count % PARAGRAPH == 0 { "\n\n" } else { " " });
            }
            body.push_str(self.random.of(pool)?.trim());
            count += 1;
        }
        let (named, dated) = (self.random.of(self.articles)?, self.random.of(self.articles)?);
        Some(Article {
            id: format!("again-{number}"),
            title: if named.lang == model.lang { named.title.clone() } else { model.title.clone() },
            body,
            date: dated.date.clone(),
            lang: model.lang.clone(),
            tickers: dated.tickers.clone(),
        })
    }
}
