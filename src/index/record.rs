//! The stored articles: each is a record (postcard) that is compressed by itself, with a dictionary that
//! the index makes of the first articles it gets. Alone, an article of two kilobytes compresses badly; in
//! a block with others, all must be unpacked to read one. With what its like have in common known
//! beforehand it is smaller than in a block, and read by itself (zstd: RFC 8878, section 5).

use std::io;
use std::sync::{Mutex, PoisonError};

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::EncoderDictionary;

use super::sealed::{seal_bytes, unseal_bytes};
use crate::article::Article;
use crate::error::{Error, Kind, Result};

/// How hard records are compressed: more costs time when indexing, and gains little.
const LEVEL: i32 = 3;
/// From so many bytes of records a dictionary is made; of more it would not be much better.
pub(super) const SAMPLE: usize = 2 << 20;
/// How large a dictionary is, as a part of what it is made of.
const PART: usize = 8;
/// From fewer none is worth its place.
const LEAST_SAMPLE: usize = 128 << 10;
/// The largest record: more can only be damage.
const LARGEST: u64 = 1 << 31;
/// What a dictionary is called in errors.
const WHAT: (&str, &str) = ("the dictionary of the articles", "la table de compression des articles");

/// Returns the record of an article, not yet compressed.
pub(super) fn record(article: &Article) -> Result<Vec<u8>> {
    postcard::to_stdvec(article)
        .map_err(|error| Error::new(Kind::Io, format!("cannot write the record of {}", article.id)).because(error))
}

/// Returns a dictionary made of `records`, if they are enough for one.
pub(super) fn dictionary(records: &[Vec<u8>]) -> Option<Vec<u8>> {
    let bytes = records.iter().map(Vec::len).sum::<usize>();
    if bytes < LEAST_SAMPLE {
        return None;
    }
    // Records that have too little in common give none.
    zstd::dict::from_samples(records, bytes.min(SAMPLE) / PART).ok()
}

/// Returns the bytes of a dictionary's file.
pub(super) fn seal_dictionary(dictionary: &[u8]) -> Vec<u8> {
    seal_bytes(dictionary.to_vec())
}

/// Reads a dictionary from the bytes of its file.
///
/// # Errors
/// `Corrupt` if its checksum is wrong.
pub(super) fn unseal_dictionary(mut file: Vec<u8>) -> Result<Vec<u8>> {
    let length = unseal_bytes(&file, WHAT)?.len();
    file.truncate(length);
    Ok(file)
}

/// Returns a dictionary, or an empty one, with the tables that compressing needs: large, and for all threads one.
pub(super) fn tables(dictionary: &[u8]) -> EncoderDictionary<'static> {
    EncoderDictionary::copy(dictionary, LEVEL)
}

/// Compresses records.
pub(super) struct Packer<'d>(Compressor<'d>);

impl<'d> Packer<'d> {
    /// Begins with the [`tables`] of a dictionary.
    pub fn new(tables: &'d EncoderDictionary<'static>) -> Result<Packer<'d>> {
        let mut compressor = Compressor::with_prepared_dictionary(tables).map_err(failed)?;
        // The index has one dictionary, which need not be named in each record.
        compressor.include_dictid(false).map_err(failed)?;
        Ok(Packer(compressor))
    }

    /// Returns the bytes to store of a record.
    pub fn pack(&mut self, record: &[u8]) -> Result<Vec<u8>> {
        self.0.compress(record).map_err(failed)
    }
}

fn failed(error: io::Error) -> Error {
    Error::new(Kind::Io, ("cannot compress an article", "impossible de compresser un article")).because(error)
}

/// Reads stored articles; one at a time.
pub(super) struct Unpacker(Mutex<Decompressor<'static>>);

impl Unpacker {
    /// Begins with a dictionary, or with an empty one. It also reads what was compressed before there was one.
    pub fn new(dictionary: &[u8]) -> Result<Unpacker> {
        Decompressor::with_dictionary(dictionary).map(|inner| Unpacker(Mutex::new(inner))).map_err(failed)
    }

    /// Returns the article of a document as the engine's store holds it: how many values (one: the record),
    /// its field, its type, its length, and the bytes. Taken apart here, since the engine would give them
    /// one by one.
    ///
    /// # Errors
    /// `Corrupt` if it is damaged.
    pub fn article(&self, stored: &[u8]) -> Result<Article> {
        let damaged = || Error::new(Kind::Corrupt, ("a stored article is damaged", "un article gardé est abîmé"));
        let rest = stored.get(HEAD..).ok_or_else(damaged)?;
        // The length: seven bits a byte, the last one marked.
        let digits = rest.iter().position(|byte| byte & 0x80 != 0).ok_or_else(damaged)? + 1;
        let packed = &rest[digits..];
        let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
        let size = size.filter(|size| *size < LARGEST).ok_or_else(damaged)?;
        let mut decompressor = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let record = decompressor.decompress(packed, size as usize).map_err(|error| damaged().because(error))?;
        let article: Article = postcard::from_bytes(&record).map_err(|error| damaged().because(error))?;
        if article.body.is_char_boundary(article.body_end) { Ok(article) } else { Err(damaged()) }
    }
}

/// How many bytes stand before the length of a record: the number of values, the field, the type.
const HEAD: usize = 1 + 4 + 1;

#[cfg(test)]
mod tests {
    use super::*;

    fn article(n: usize) -> Article {
        let body = format!("Le groupe numéro {n} relève ses objectifs de ventes pour l’exercice. ").repeat(8);
        Article { id: format!("{n}.txt"), body_end: body.len(), body, ..Article::default() }
    }

    fn stored(packed: &[u8]) -> Vec<u8> {
        let length = [packed.len() as u8 & 0x7f, (packed.len() >> 7) as u8 | 0x80];
        [&[0; HEAD][..], &length, packed].concat()
    }

    #[test]
    fn records_read_back_and_are_smaller_with_a_dictionary() {
        let records: Vec<Vec<u8>> = (0..400).map(|n| record(&article(n)).unwrap()).collect();
        assert_eq!(dictionary(&records[..10]), None);
        let dictionary = dictionary(&records).unwrap();
        let alone = Packer::new(&tables(&[])).unwrap().pack(&records[7]).unwrap();
        let packed = Packer::new(&tables(&dictionary)).unwrap().pack(&records[7]).unwrap();
        assert!(packed.len() < alone.len() && alone.len() < records[7].len());
        let unpacker = Unpacker::new(&dictionary).unwrap();
        for bytes in [packed, alone] {
            assert_eq!(unpacker.article(&stored(&bytes)).unwrap(), article(7));
        }
    }

    #[test]
    fn a_damaged_record_is_refused_and_never_a_panic() {
        let good = stored(&Packer::new(&tables(&[])).unwrap().pack(&record(&article(1)).unwrap()).unwrap());
        let unpacker = Unpacker::new(&[]).unwrap();
        for end in 0..good.len() {
            assert!(unpacker.article(&good[..end]).is_err(), "cut at {end}");
        }
        for at in HEAD..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x55;
            let _ = unpacker.article(&bad);
        }
    }
}
