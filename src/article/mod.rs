//! The domain's words: an article, and what is known of it. No input or output, no engine.
//!
//! A file yields [`Draft`]s: what its format states, as it states it. Reading a draft (its language,
//! its date, its tickers) makes an [`Article`], which is what the index keeps.

mod distinct;
mod draft;
pub mod file_name;
mod file_type;
mod language;
mod published;
mod ticker;
mod typed_language;

pub use distinct::distinct;
pub use draft::{Draft, Repair, RepairKind, Skip, SkipReason};
pub use file_type::type_of_ending;
pub use language::Language;
pub use published::{DateOrigin, Precision, Published};
pub use ticker::{How, Mention, Mic, Span, Ticker};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

/// The stable name of an article: its file's path under the indexed root, with `/` between folders, followed by `!` and
/// the path in it when the file is an archive (`#` written as `%23` there), and by `#` and the record's own id (or its
/// number from 1) when the file holds many.
pub type ArticleId = String;

/// One news item, decoded and read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The stable name.
    pub id: ArticleId,
    /// The file it stands in, as it is on disk: the id without what says where in the file.
    pub path: String,
    /// The title: stated, or taken from the text (see `headline_origin`).
    pub headline: String,
    /// Where the headline comes from.
    pub headline_origin: HeadlineOrigin,
    /// The text as written: decoded to UTF-8, without the markup of its format, its mojibake repaired, and without a
    /// first line that is the headline ([`HeadlineOrigin::FirstLine`]). Offsets point into this.
    pub body: String,
    /// The byte of `body` where boilerplate begins (disclaimers, "read next"); `body.len()` if none does.
    pub body_end: usize,
    /// French, English, or another.
    pub language: Language,
    /// How sure the language is, from 0 to 1; 1 when the source states it.
    pub language_confidence: f32,
    /// When it was published, and how that is known.
    pub published: Option<Published>,
    /// Who published it.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was found on the web.
    pub url: Option<String>,
    /// The section or category it ran under.
    pub section: Option<String>,
    /// Securities named in it, in order of first mention.
    pub tickers: Vec<Mention>,
}

/// What counting words asks of a character: whether it makes one, or ends it.
const LETTER: u8 = 1;
const SPACE: u8 = 2;

/// The same of each character of ASCII.
const ASCII: [u8; 128] = {
    let mut sorts = [0; 128];
    let mut c = 0;
    while c < 128 {
        sorts[c] = match c as u8 {
            b'\t'..=b'\r' | b' ' => SPACE,
            letter if letter.is_ascii_alphanumeric() => LETTER,
            _ => 0,
        };
        c += 1;
    }
    sorts
};

fn sort(c: char) -> u8 {
    if c.is_alphanumeric() {
        LETTER
    } else if c.is_whitespace() {
        SPACE
    } else {
        0
    }
}

impl Article {
    /// Returns the body without its boilerplate tail.
    pub fn text(&self) -> &str {
        self.body.get(..self.body_end).unwrap_or(&self.body)
    }

    /// Returns how many words the body has: what stands between white space and holds a letter or a digit.
    pub fn words(&self) -> usize {
        let (text, mut at) = (self.text(), 0);
        let (mut count, mut counted) = (0, 0);
        while let Some(byte) = text.as_bytes().get(at) {
            // Text is mostly ASCII, which needs no look at the tables of Unicode. Nor does it a branch.
            let (width, sort) = match ASCII.get(usize::from(*byte)) {
                Some(sort) => (1, *sort),
                None => text[at..].chars().next().map_or((1, 0), |c| (c.len_utf8(), sort(c))),
            };
            let letter = sort & LETTER;
            count += usize::from(letter & !counted);
            counted = (counted | letter) & !(sort >> 1);
            at += width;
        }
        count
    }

    /// Returns the type of the file it stands in, such as `html`; in an archive, of the file there.
    pub fn file_type(&self) -> String {
        let member = self.id.strip_prefix(&self.path).and_then(|inside| inside.strip_prefix('!'));
        let member = member.map(|member| member.split('#').next().unwrap_or(member));
        file_type::file_type(member.unwrap_or(&self.path))
    }

    /// Returns the fingerprint of what it says, the XXH3 of headline and text: the same wherever the article
    /// stands and whatever it is called.
    pub fn content(&self) -> u64 {
        let mut hash = Xxh3::new();
        hash.update(self.headline.as_bytes());
        hash.update(&[0]);
        hash.update(self.text().as_bytes());
        hash.digest()
    }
}

/// Where a headline comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadlineOrigin {
    /// The format states it.
    #[default]
    Metadata,
    /// The first line of the text stands as a title; it is not part of the body.
    FirstLine,
    /// There is no title: the first sentence, shortened, stands for one. The body keeps it.
    FirstSentence,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_in_an_archive_is_of_the_type_of_its_file() {
        let article = |id: &str, path: &str| Article { id: id.to_owned(), path: path.to_owned(), ..Article::default() };
        for (id, path, want) in [
            ("a.html", "a.html", "html"),
            ("a.jsonl#7.1", "a.jsonl", "jsonl"),
            ("a.zip!b/c.HTM", "a.zip", "html"),
            ("a.zip!b.csv#note.txt", "a.zip", "csv"),
            ("a.zip!note %231.html", "a.zip", "html"),
        ] {
            assert_eq!(article(id, path).file_type(), want, "{id}");
        }
    }

    #[test]
    fn an_end_of_the_text_outside_of_it_is_no_end() {
        for body_end in [1, 9] {
            let article = Article { body: "é!".to_owned(), body_end, ..Article::default() };
            assert_eq!(article.text(), "é!");
        }
    }

    #[test]
    fn words_are_counted_as_people_count_them() {
        let text = "L’action — 1,2 % de hausse !";
        let article = Article { body: text.to_owned(), body_end: text.len(), ..Article::default() };
        assert_eq!(article.words(), 4);
    }

    proptest::proptest! {
        #[test]
        fn words_stand_between_white_space(text in "[a1é·\u{1680} \u{a0}\u{85}\n\u{b}\u{c}—,]{0,40}") {
            let article = Article { body_end: text.len(), body: text.clone(), ..Article::default() };
            let has_letter = |word: &&str| word.contains(char::is_alphanumeric);
            proptest::prop_assert_eq!(article.words(), text.split_whitespace().filter(has_letter).count());
        }
    }
}
