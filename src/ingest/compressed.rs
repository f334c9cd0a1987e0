//! Compressed files: `.gz`, `.zst`, `.xz` and `.bz2` around any format, unpacked as they are read.
//!
//! Separate from the formats, which never know of it. A damaged archive fails at the damage and not
//! before, so that the articles in front of it are kept.

use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use super::budget::{Budget, Budgeted};
use super::source::Trouble;
use crate::article::SkipReason;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    /// Not at all.
    None,
    /// gzip (RFC 1952), any number of members, and what gzip passes over behind them.
    Gzip,
    /// Zstandard (RFC 8878), any number of frames.
    Zstandard,
    /// XZ, any number of streams.
    Xz,
    /// bzip2, any number of streams.
    Bzip2,
}

/// The most memory that an XZ file may ask for, in KiB: enough for `xz -9`.
const XZ_MEMORY: u32 = 80 * 1024;

/// The endings of packed files, and the ending of what is in them where that is left out.
const ENDINGS: &[(&str, Compression, Option<&str>)] = &[
    ("gz", Compression::Gzip, None),
    ("gzip", Compression::Gzip, None),
    ("zst", Compression::Zstandard, None),
    ("xz", Compression::Xz, None),
    ("bz2", Compression::Bzip2, None),
    ("tgz", Compression::Gzip, Some("tar")),
    ("tzst", Compression::Zstandard, Some("tar")),
    ("txz", Compression::Xz, Some("tar")),
    ("tbz2", Compression::Bzip2, Some("tar")),
];

impl Compression {
    /// Returns what the ending (lower case, without its dot) says, and the ending of what is in the file if
    /// this one stands for both.
    pub fn of_ending(ending: &str) -> (Compression, Option<&'static str>) {
        let known = ENDINGS.iter().find(|(known, ..)| *known == ending);
        known.map_or((Compression::None, None), |&(_, compression, inner)| (compression, inner))
    }

    /// Returns a reader of the unpacked bytes of `packed`, which are paid for from `budget`.
    pub fn unpack<'r>(self, packed: impl Read + 'r, budget: &Rc<Budget>) -> io::Result<Box<dyn Read + 'r>> {
        let buffered = |packed| BufReader::with_capacity(64 * 1024, packed);
        Ok(match self {
            Compression::None => Box::new(packed),
            Compression::Gzip => unpacked(GzipMembers::new(buffered(packed)), "gzip", budget),
            Compression::Zstandard => unpacked(zstd::stream::read::Decoder::new(packed)?, "zstd", budget),
            Compression::Bzip2 => unpacked(bzip2::bufread::MultiBzDecoder::new(buffered(packed)), "bzip2", budget),
            Compression::Xz => {
                unpacked(lzma_rust2::XzReader::new_mem_limit(buffered(packed), true, XZ_MEMORY), "xz", budget)
            }
        })
    }
}

/// Returns `reader`, which unpacks archives of the sort `what`, with its damages told and its bytes paid for.
pub(super) fn unpacked<'r>(reader: impl Read + 'r, what: &'static str, budget: &Rc<Budget>) -> Box<dyn Read + 'r> {
    Box::new(Budgeted::new(Unpacked { reader, what }, budget))
}

/// How a member of a gzip file begins: its mark, and the one method there is.
const MEMBER: [u8; 3] = [0x1f, 0x8b, 8];

/// The members of a gzip file one after the other. Zeros behind one, which fill up the blocks of some media, and what
/// no member follows any more are passed over, as gzip does.
struct GzipMembers<R> {
    decoder: GzDecoder<Packed<R>>,
    over: bool,
}

impl<R: BufRead> GzipMembers<R> {
    fn new(packed: R) -> GzipMembers<R> {
        GzipMembers { decoder: GzDecoder::new(Packed(Some(packed))), over: false }
    }

    /// Goes to the next member, if there is one.
    fn next(&mut self) -> io::Result<()> {
        let packed = self.decoder.get_mut();
        loop {
            match packed.fill_buf()? {
                [] => self.over = true,
                [0, ..] => {
                    packed.consume(1);
                    continue;
                }
                [first, second, ..] if [*first, *second] != MEMBER[..2] => {
                    packed.expect_no_member()?;
                    self.over = true;
                }
                _ => {
                    let packed = std::mem::take(packed);
                    self.decoder.reset(packed);
                }
            }
            return Ok(());
        }
    }
}

impl<R: BufRead> Read for GzipMembers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.over && !buffer.is_empty() {
            match self.decoder.read(buffer)? {
                0 => self.next()?,
                length => return Ok(length),
            }
        }
        Ok(0)
    }
}

/// The packed bytes; none while they change hands.
struct Packed<R>(Option<R>);

impl<R> Default for Packed<R> {
    fn default() -> Packed<R> {
        Packed(None)
    }
}

impl<R: BufRead> Packed<R> {
    /// Reads to the end, where no member is to begin: one behind damage would be lost in silence.
    fn expect_no_member(&mut self) -> io::Result<()> {
        let mut last = Vec::new();
        loop {
            let bytes = self.fill_buf()?;
            if bytes.is_empty() {
                return Ok(());
            }
            let length = bytes.len();
            last.extend_from_slice(bytes);
            if memchr::memmem::find(&last, &MEMBER).is_some() {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a part of it is not gzip"));
            }
            // A member may begin at the end of one piece and go on in the next.
            last.drain(..last.len().saturating_sub(MEMBER.len() - 1));
            self.consume(length);
        }
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |packed| packed.read(buffer))
    }
}

impl<R: BufRead> BufRead for Packed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.as_mut().map_or(Ok(&[]), R::fill_buf)
    }

    fn consume(&mut self, amount: usize) {
        if let Some(packed) = &mut self.0 {
            packed.consume(amount);
        }
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
            let told = error.get_ref().is_some_and(|inner| inner.is::<Trouble>());
            if told || error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            Trouble::new(
                SkipReason::Malformed,
                said!("the {} archive is damaged: {error}", "l’archive {} est abîmée : {error}", self.what),
            )
            .into()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// `abc`, as xz packs it.
    const XZ: &[u8] = &[
        0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04, 0xe6, 0xd6, 0xb4, 0x46, 0x02, 0x00, 0x21, 0x01, 0x16, 0x00,
        0x00, 0x00, 0x74, 0x2f, 0xe5, 0xa3, 0x01, 0x00, 0x02, 0x61, 0x62, 0x63, 0x00, 0x00, 0x27, 0x76, 0x27, 0x1a,
        0x4a, 0x09, 0xd8, 0x2c, 0x00, 0x01, 0x1b, 0x03, 0x0b, 0x2f, 0xb9, 0x10, 0x1f, 0xb6, 0xf3, 0x7d, 0x01, 0x00,
        0x00, 0x00, 0x00, 0x04, 0x59, 0x5a,
    ];

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn bzip2(text: &[u8]) -> Vec<u8> {
        let mut encoder = ::bzip2::write::BzEncoder::new(Vec::new(), ::bzip2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn check(compression: Compression, packed: Vec<u8>, expected: &[u8], whole: bool) {
        let mut reader = compression.unpack(io::Cursor::new(packed), &Budget::unlimited()).unwrap();
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
        check(Compression::Xz, [XZ, XZ].concat(), b"abcabc", true);
        check(Compression::Bzip2, [bzip2(b"abc"), bzip2(b"def")].concat(), b"abcdef", true);
    }

    #[test]
    fn damage_is_told_after_what_stands_before_it() {
        check(Compression::Gzip, b"no archive".to_vec(), b"", false);
        check(Compression::Zstandard, b"no archive".to_vec(), b"", false);
        check(Compression::Xz, b"no archive".to_vec(), b"", false);
        check(Compression::Bzip2, b"no archive".to_vec(), b"", false);
        check(Compression::Xz, XZ[..XZ.len() - 9].to_vec(), b"abc", false);
        let whole = gzip(b"abc");
        check(Compression::Gzip, [whole.clone(), whole[..whole.len() / 2].to_vec()].concat(), b"abc", false);
    }

    #[test]
    fn what_stands_behind_a_whole_gzip_file_is_passed_over() {
        let whole = gzip(b"abc");
        let behind = |bytes: &[u8]| [&whole, bytes].concat();
        check(Compression::Gzip, behind(&[0; 70_000]), b"abc", true);
        check(Compression::Gzip, behind(b"garbage"), b"abc", true);
        check(Compression::Gzip, behind(b"\0\0garbage\x1f\x8b"), b"abc", true);
        check(Compression::Gzip, behind(&[&[0; 512], &gzip(b"def")[..]].concat()), b"abcdef", true);
        // What was cut off, or lies behind damage, is missed.
        check(Compression::Gzip, whole[..whole.len() - 1].to_vec(), b"abc", false);
        check(Compression::Gzip, behind(&whole[..1]), b"abc", false);
        check(Compression::Gzip, behind(&whole[..3]), b"abc", false);
        check(Compression::Gzip, behind(&[&[b'x'; 65_520], &whole[..]].concat()), b"abc", false);
        check(Compression::Gzip, Vec::new(), b"", false);
        check(Compression::Gzip, vec![0; 512], b"", false);
    }

    #[test]
    fn what_only_packs_a_file_is_no_type_of_it() {
        for (ending, _, inner) in ENDINGS {
            assert_eq!(crate::article::type_of_ending(ending).is_none(), inner.is_none(), "{ending}");
        }
    }
}
