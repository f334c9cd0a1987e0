//! Values written as bytes with a checksum, so that damage is seen before they are used: the table of
//! files and the table of stories.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Kind, Result};

/// Returns the bytes of `value`, with their checksum at the end; `what` names it in an error, in English and in French.
pub(super) fn seal<T: Serialize>(value: &T, what: (&str, &str)) -> Result<Vec<u8>> {
    let (english, french) = what;
    let mut bytes = postcard::to_stdvec(value).map_err(|error| {
        Error::new(Kind::Io, said!("cannot write {english}", "impossible d’écrire {french}")).because(error)
    })?;
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
    Ok(bytes)
}

/// Reads a value that was sealed.
///
/// # Errors
/// `Corrupt` if its checksum is wrong.
pub(super) fn unseal<T: DeserializeOwned>(bytes: &[u8], what: (&str, &str)) -> Result<T> {
    let (english, french) = what;
    let corrupt = || Error::new(Kind::Corrupt, said!("{english} is damaged", "{french} est abîmée"));
    let (value, sum) = bytes.split_last_chunk::<4>().ok_or_else(corrupt)?;
    if crc32fast::hash(value) != u32::from_le_bytes(*sum) {
        return Err(corrupt());
    }
    postcard::from_bytes(value).map_err(|error| corrupt().because(error))
}
