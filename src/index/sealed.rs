//! Values written as bytes with a checksum, so that damage is seen before they are used: the table of
//! files, the table of stories, and the dictionaries of the stored articles.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Kind, Result};

/// Returns the bytes of `value`, with their checksum at the end; `what` names it in an error, in English and in French.
pub(super) fn seal<T: Serialize>(value: &T, what: (&str, &str)) -> Result<Vec<u8>> {
    let (english, french) = what;
    let bytes = postcard::to_stdvec(value).map_err(|error| {
        Error::new(Kind::Io, said!("cannot write {english}", "impossible d’écrire {french}")).because(error)
    })?;
    Ok(seal_bytes(bytes))
}

/// Returns `bytes` with their checksum at the end.
pub(super) fn seal_bytes(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

/// Reads a value that was sealed.
///
/// # Errors
/// `Corrupt` if its checksum is wrong.
pub(super) fn unseal<T: DeserializeOwned>(bytes: &[u8], what: (&str, &str)) -> Result<T> {
    let value = unseal_bytes(bytes, what)?;
    postcard::from_bytes(value).map_err(|error| damaged(what).because(error))
}

/// Returns the bytes that were sealed.
///
/// # Errors
/// `Corrupt` if their checksum is wrong.
pub(super) fn unseal_bytes<'b>(sealed: &'b [u8], what: (&str, &str)) -> Result<&'b [u8]> {
    let (bytes, sum) = sealed.split_last_chunk::<4>().ok_or_else(|| damaged(what))?;
    if crc32fast::hash(bytes) == u32::from_le_bytes(*sum) { Ok(bytes) } else { Err(damaged(what)) }
}

/// Returns the error that a file is damaged; `what` names it in English and in French.
pub(super) fn damaged((english, french): (&str, &str)) -> Error {
    Error::new(Kind::Corrupt, said!("{english} is damaged", "{french} est abîmée"))
}
