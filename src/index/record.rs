//! The stored articles: each is a record (postcard) that is compressed by itself, with the dictionary of its group of
//! languages. Alone, an article of two kilobytes compresses badly; in a block with others, all must be unpacked to read
//! one. With what its like have in common known beforehand it is smaller than in a block, and read by itself.

use std::io;
use std::sync::{Mutex, OnceLock, PoisonError};

use zstd::bulk::{Compressor, Decompressor};

use super::dictionary::{Dictionaries, GROUPS, LEVEL, group_of};
use super::once::get_or_try;
use crate::article::Article;
use crate::error::{Error, Kind, Result};

/// The largest record: more can only be damage.
const LARGEST: u64 = 1 << 31;

/// Returns the record of an article, not yet compressed.
pub(super) fn record(article: &Article) -> Result<Vec<u8>> {
    postcard::to_stdvec(article).map_err(|error| {
        let id = &article.id;
        let message = said!("cannot write the record of {id}", "impossible d’écrire l’enregistrement de {id}");
        Error::new(Kind::Io, message).because(error)
    })
}

/// Compresses records.
pub(super) struct Packer<'d> {
    dictionaries: &'d Dictionaries,
    compressor: Compressor<'d>,
    /// The group whose dictionary it has.
    group: Option<usize>,
}

impl<'d> Packer<'d> {
    /// Begins with these dictionaries. That of a group must be set before its first record comes.
    pub fn new(dictionaries: &'d Dictionaries) -> Result<Packer<'d>> {
        let mut compressor = Compressor::new(LEVEL).map_err(failed)?;
        // The group tells which dictionary it is.
        compressor.include_dictid(false).map_err(failed)?;
        Ok(Packer { dictionaries, compressor, group: None })
    }

    /// Returns the bytes to store of an article: its record, compressed, and its group.
    pub fn pack(&mut self, article: &Article) -> Result<Vec<u8>> {
        let group = group_of(article.language);
        if self.group != Some(group) {
            let turned = match self.dictionaries.tables(group) {
                Some(tables) => self.compressor.set_prepared_dictionary(tables),
                None => self.compressor.set_dictionary(LEVEL, &[]),
            };
            turned.map_err(failed)?;
            self.group = Some(group);
        }
        let mut packed = self.compressor.compress(&record(article)?).map_err(failed)?;
        packed.push(group as u8);
        Ok(packed)
    }
}

fn failed(error: io::Error) -> Error {
    Error::new(Kind::Io, ("cannot compress an article", "impossible de compresser un article")).because(error)
}

/// Reads stored articles; of each group, one at a time.
#[derive(Default)]
pub(super) struct Unpacker {
    /// By group, once a record of it is asked for.
    decompressors: [OnceLock<Mutex<Decompressor<'static>>>; GROUPS],
}

impl Unpacker {
    /// Returns the article of a document as the engine's store holds it: how many values (one: the record), its field,
    /// its type, its length, and the bytes. Taken apart here, since the engine would give them one by one.
    ///
    /// `dictionary` gives the dictionary of a group when it is first needed, empty if there is none. It also reads what
    /// was compressed before there was one.
    ///
    /// # Errors
    /// `Corrupt` if it is damaged; those of `dictionary`.
    pub fn article(&self, stored: &[u8], dictionary: impl FnOnce(usize) -> Result<Vec<u8>>) -> Result<Article> {
        let damaged = || Error::new(Kind::Corrupt, ("a stored article is damaged", "un article gardé est abîmé"));
        let rest = stored.get(HEAD..).ok_or_else(damaged)?;
        // The length: seven bits a byte, the last one marked.
        let digits = rest.iter().position(|byte| byte & 0x80 != 0).ok_or_else(damaged)? + 1;
        let (group, packed) = rest[digits..].split_last().ok_or_else(damaged)?;
        let group = usize::from(*group);
        let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
        let size = size.filter(|size| *size < LARGEST).ok_or_else(damaged)?;
        let decompressor = get_or_try(self.decompressors.get(group).ok_or_else(damaged)?, || {
            Decompressor::with_dictionary(&dictionary(group)?).map(Mutex::new).map_err(|error| damaged().because(error))
        })?;
        let mut decompressor = decompressor.lock().unwrap_or_else(PoisonError::into_inner);
        let record = decompressor.decompress(packed, size as usize).map_err(|error| damaged().because(error))?;
        let article: Article = postcard::from_bytes(&record).map_err(|error| damaged().because(error))?;
        if article.body.is_char_boundary(article.body_end) { Ok(article) } else { Err(damaged()) }
    }
}

/// How many bytes stand before the length of a record: the number of values, the field, the type.
const HEAD: usize = 1 + 4 + 1;

#[cfg(test)]
mod tests {
    use super::super::dictionary::train;
    use super::*;
    use crate::article::Language;

    fn article(n: usize) -> Article {
        let body = format!("Le groupe numéro {n} relève ses objectifs de ventes pour l’exercice. ").repeat(8);
        Article { id: format!("{n}.txt"), body_end: body.len(), body, language: Language::French, ..Article::default() }
    }

    fn stored(packed: &[u8]) -> Vec<u8> {
        let length = [packed.len() as u8 & 0x7f, (packed.len() >> 7) as u8 | 0x80];
        [&[0; HEAD][..], &length, packed].concat()
    }

    #[test]
    fn records_read_back_and_are_smaller_with_a_dictionary() {
        let articles: Vec<Article> = (0..400).map(article).collect();
        let records: Vec<Vec<u8>> = articles.iter().map(|article| record(article).unwrap()).collect();
        let learnt = train(&records).unwrap();
        let (none, french) = (Dictionaries::default(), Dictionaries::default());
        french.set(group_of(Language::French), learnt.clone());
        let english = Article { language: Language::English, ..article(7) };
        let alone = Packer::new(&none).unwrap().pack(&articles[7]).unwrap();
        let mut packer = Packer::new(&french).unwrap();
        let [packed, other] = [&articles[7], &english].map(|article| packer.pack(article).unwrap());
        assert!(packed.len() < alone.len() && alone.len() < records[7].len());
        assert_eq!(other, Packer::new(&none).unwrap().pack(&english).unwrap(), "a dictionary is for its own group");
        let unpacker = Unpacker::default();
        let dictionary = |group| Ok(french.bytes(group).unwrap_or_default().to_vec());
        for (bytes, want) in [(packed, &articles[7]), (alone, &articles[7]), (other, &english)] {
            assert_eq!(unpacker.article(&stored(&bytes), dictionary).unwrap(), *want);
        }
    }

    #[test]
    fn a_damaged_record_is_refused_and_never_a_panic() {
        let good = stored(&Packer::new(&Dictionaries::default()).unwrap().pack(&article(1)).unwrap());
        let unpacker = Unpacker::default();
        let none = |_| Ok(Vec::new());
        for end in 0..good.len() {
            assert!(unpacker.article(&good[..end], none).is_err(), "cut at {end}");
        }
        for at in HEAD..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x55;
            let _ = unpacker.article(&bad, none);
        }
    }
}
