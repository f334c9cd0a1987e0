//! Compressed files: `.gz` and `.zst` around any format, unpacked as they are read.
//!
//! Apart from the formats, which never know of it. A damaged archive fails at the damage and not
//! before, so that the articles in front of it are kept.

use std::io::{self, BufReader, Read};

use super::source::Trouble;
use crate::article::SkipReason;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    /// Not at all.
    None,
    /// gzip (RFC 1952), any number of members.
    Gzip,
    /// Zstandard (RFC 8878), any number of frames.
    Zstandard,
}

/// The endings of packed files.
pub(super) const ENDINGS: &[(&str, Compression)] =
    &[("gz", Compression::Gzip), ("gzip", Compression::Gzip), ("zst", Compression::Zstandard)];

impl Compression {
    /// Returns what the ending (lower case, without its dot) says.
    pub fn of_ending(ending: &str) -> Compression {
        ENDINGS.iter().find(|(known, _)| *known == ending).map_or(Compression::None, |&(_, compression)| compression)
    }

    /// Returns a reader of the unpacked bytes of `packed`.
    pub fn unpack(self, packed: impl Read + 'static) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Compression::None => Box::new(packed),
            Compression::Gzip => {
                let packed = BufReader::with_capacity(64 * 1024, packed);
                Box::new(Unpacked { reader: flate2::bufread::MultiGzDecoder::new(packed), what: "gzip" })
            }
            Compression::Zstandard => {
                let reader = zstd::stream::read::Decoder::new(packed)?;
                Box::new(Unpacked { reader, what: "zstd" })
            }
        })
    }
}

/// A decompressor whose complaints are told as damage, unless they are the operating system's.
struct Unpacked<R> {
    reader: R,
    what: &'static str,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer).map_err(|error| {
            let ours = error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted;
            if ours {
                return error;
            }
            Trouble::new(SkipReason::Malformed, format!("the {} archive is damaged: {error}", self.what)).into()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn check(compression: Compression, packed: Vec<u8>, expected: &[u8], whole: bool) {
        let mut reader = compression.unpack(io::Cursor::new(packed)).unwrap();
        let mut bytes = Vec::new();
        let result = reader.read_to_end(&mut bytes);
        assert_eq!(result.is_ok(), whole, "{result:?}");
        assert!(bytes.starts_with(expected), "{:?}", String::from_utf8_lossy(&bytes));
        if let Err(error) = result {
            assert_eq!(Trouble::from(error).reason, SkipReason::Malformed);
        }
    }

    #[test]
    fn archives_are_unpacked() {
        check(Compression::None, b"abc".to_vec(), b"abc", true);
        check(Compression::Gzip, [gzip(b"abc"), gzip(b"def")].concat(), b"abcdef", true);
        check(Compression::Zstandard, zstd::encode_all(&b"abc"[..], 3).unwrap(), b"abc", true);
    }

    #[test]
    fn damage_is_told_after_what_stands_before_it() {
        check(Compression::Gzip, b"no archive".to_vec(), b"", false);
        check(Compression::Zstandard, b"no archive".to_vec(), b"", false);
        let whole = gzip(b"abc");
        check(Compression::Gzip, [whole.clone(), whole[..whole.len() / 2].to_vec()].concat(), b"abc", false);
    }
}
