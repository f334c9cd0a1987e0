//! From bytes to text: byte order marks, UTF-16, declared charsets, UTF-8, and the old Western ones.
//!
//! Apart from the formats, because all of them start from bytes of an unknown encoding. The rules,
//! first that applies: a byte order mark; UTF-16 by where its NUL bytes stand; valid UTF-8, whatever
//! is declared; the declared charset; UTF-8 with a few bad bytes; what `chardetng` guesses, where
//! every Latin guess means Windows-1252 (or ISO-8859-15, if its euro or œ is seen), since the news
//! read here are French and English.

use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, Decoder, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_8859_5, ISO_8859_7, ISO_8859_15, KOI8_R, KOI8_U,
    SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
};
use memchr::memchr;

use super::source::Trouble;
use crate::article::SkipReason;

/// How many bytes of a stream its encoding is decided on.
const HEAD: usize = 64 * 1024;

/// Encodings of other scripts that a guess is believed for, if the text is full of them.
const OTHER_SCRIPTS: &[&Encoding] = &[
    BIG5,
    EUC_JP,
    EUC_KR,
    GB18030,
    GBK,
    ISO_8859_5,
    ISO_8859_7,
    KOI8_R,
    KOI8_U,
    SHIFT_JIS,
    WINDOWS_1251,
    WINDOWS_1253,
];

/// How the bytes of a file are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    /// As UTF-8, and each byte that is not UTF-8 as this single-byte encoding has it.
    Utf8Or(&'static Encoding),
    /// As this encoding throughout.
    All(&'static Encoding),
}

/// Returns the text of a whole file, its line ends made `\n`. `declared` is the charset the file
/// itself names, if it does. Fails as binary if the bytes are no text.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<String, Trouble> {
    let (scheme, mark) = detect(&bytes, true, declared)?;
    let text = match scheme {
        Scheme::All(encoding) => encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into(),
        Scheme::Utf8Or(western) => match String::from_utf8(bytes) {
            Ok(mut text) => {
                text.drain(..mark);
                text
            }
            Err(error) => {
                let mut text = String::new();
                mend(error.as_bytes().get(mark..).unwrap_or_default(), western, true, &mut text);
                text
            }
        },
    };
    Ok(line_ends(text))
}

/// Returns the text with every `\r\n` and `\r` made `\n`.
pub(super) fn line_ends(text: String) -> String {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((line, after)) = rest.split_once('\r') {
        plain.push_str(line);
        plain.push('\n');
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    plain.push_str(rest);
    plain
}

/// A reader of valid UTF-8 over bytes of any encoding, decided on their first 64 KiB. It holds no
/// more than that much; line ends stay as they are.
pub(super) struct Decoded<R> {
    inner: R,
    scheme: Scheme,
    decoder: Option<Decoder>,
    /// Bytes as they are on disk, not yet decoded.
    raw: Vec<u8>,
    /// Decoded bytes; those before `position` are consumed.
    text: String,
    position: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// Reads the head of `inner` and decides. Fails as binary if it is no text.
    pub fn new(mut inner: R) -> io::Result<Decoded<R>> {
        let mut raw = Vec::with_capacity(HEAD);
        let head = (&mut inner).take(HEAD as u64).read_to_end(&mut raw);
        // A damaged archive may still give its first lines: the damage is met again below.
        if let Err(error) = head
            && raw.is_empty()
        {
            return Err(error);
        }
        let (scheme, mark) = detect(&raw, raw.len() < HEAD, None)?;
        raw.drain(..mark.min(raw.len()));
        let decoder = match scheme {
            Scheme::All(encoding) => Some(encoding.new_decoder_without_bom_handling()),
            Scheme::Utf8Or(_) => None,
        };
        let mut decoded = Decoded { inner, scheme, decoder, raw, text: String::new(), position: 0, ended: false };
        decoded.turn_to_text();
        Ok(decoded)
    }

    /// Decodes what is in `raw`; an unfinished sequence stays there.
    fn turn_to_text(&mut self) {
        self.text.clear();
        self.position = 0;
        match (&mut self.decoder, self.scheme) {
            (Some(decoder), _) => {
                let room = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len().saturating_mul(4));
                self.text.reserve(room);
                let (_, read, _) = decoder.decode_to_string(&self.raw, &mut self.text, self.ended);
                self.raw.drain(..read.min(self.raw.len()));
            }
            (None, Scheme::Utf8Or(western) | Scheme::All(western)) => {
                let left = mend(&self.raw, western, self.ended, &mut self.text);
                self.raw.drain(..self.raw.len().saturating_sub(left));
            }
        }
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.position >= self.text.len() && !self.ended {
            let count = match (&mut self.inner).take(HEAD as u64).read_to_chunk(&mut self.raw) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            self.ended = count == 0;
            self.turn_to_text();
        }
        Ok(self.text.as_bytes().get(self.position..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.position = self.position.saturating_add(count).min(self.text.len());
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

/// One `read` call that appends to a vector.
trait ReadToChunk {
    fn read_to_chunk(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize>;
}

impl<R: Read> ReadToChunk for io::Take<R> {
    fn read_to_chunk(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let before = bytes.len();
        bytes.resize(before + HEAD, 0);
        let result = self.read(bytes.get_mut(before..).unwrap_or_default());
        bytes.truncate(before + *result.as_ref().unwrap_or(&0));
        result
    }
}

/// Decides how bytes are read, and how many bytes of mark stand in front. `complete` says whether
/// they are all there are, or the first of more.
fn detect(bytes: &[u8], complete: bool, declared: Option<&str>) -> Result<(Scheme, usize), Trouble> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding == UTF_8 {
            refuse_binary(bytes)?;
            return Ok((Scheme::Utf8Or(WINDOWS_1252), mark));
        }
        // UTF-32 little endian begins as UTF-16 does.
        if bytes.get(mark..mark + 2) == Some(&[0, 0]) {
            return Err(binary("it is UTF-32 or no text"));
        }
        return Ok((Scheme::All(encoding), mark));
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return Ok((Scheme::All(encoding), 0));
    }
    refuse_binary(bytes)?;
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => !complete && error.error_len().is_none(),
    };
    if valid {
        return Ok((Scheme::Utf8Or(WINDOWS_1252), 0));
    }
    let declared = declared
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8);
    if let Some(encoding) = declared {
        let encoding = if encoding == WINDOWS_1252 { western(bytes) } else { encoding };
        return Ok((Scheme::All(encoding), 0));
    }
    if mostly_utf_8(bytes) {
        return Ok((Scheme::Utf8Or(WINDOWS_1252), 0));
    }
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = bytes.get(start.saturating_sub(16)..).unwrap_or_default();
    let sample = sample.get(..HEAD).unwrap_or(sample);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(Some(b"fr"), Utf8Detection::Deny);
    let foreign = sample.iter().filter(|byte| !byte.is_ascii()).count();
    if OTHER_SCRIPTS.contains(&guess) && foreign * 3 > sample.len() && sample.len() > 30 {
        return Ok((Scheme::All(guess), 0));
    }
    Ok((Scheme::All(western(bytes)), 0))
}

/// Tells UTF-16 by its NUL bytes: Western text has one in nearly every pair, always on the same side.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let (first, second) = head
        .chunks_exact(2)
        .fold((0, 0), |(first, second), pair| (first + usize::from(pair[0] == 0), second + usize::from(pair[1] == 0)));
    match () {
        () if second * 2 > pairs && first * 20 <= pairs => Some(UTF_16LE),
        () if first * 2 > pairs && second * 20 <= pairs => Some(UTF_16BE),
        () => None,
    }
}

/// Fails if the bytes hold NUL, are known to be of a document that is no text, or have more control
/// codes than a text with a few stray ones.
fn refuse_binary(bytes: &[u8]) -> Result<(), Trouble> {
    for (magic, what) in
        [(&b"%PDF-"[..], "a PDF document"), (b"PK\x03\x04", "a zip archive"), (b"{\\rtf", "an RTF document")]
    {
        if bytes.starts_with(magic) {
            return Err(binary(&format!("it is {what}")));
        }
    }
    // Some editors pad the end of a file with NUL bytes.
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    if memchr(0, bytes.get(..end).unwrap_or_default()).is_some() || (end == 0 && !bytes.is_empty()) {
        return Err(binary("it holds NUL bytes"));
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let controls = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1A | 0x1B)).count();
    if controls > 2 && controls * 30 > head.len() {
        return Err(binary("it is full of control codes"));
    }
    Ok(())
}

fn binary(detail: &str) -> Trouble {
    Trouble::new(SkipReason::Binary, detail)
}

/// Returns whether there are far more UTF-8 sequences than bytes that are none: such a text was
/// UTF-8 before it was cut or joined with another.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// Returns ISO-8859-15 if its euro sign or its œ stands where they make sense, else Windows-1252.
/// Between 0x80 and 0x9F only Windows-1252 has characters, so one of those decides.
fn western(bytes: &[u8]) -> &'static Encoding {
    if bytes.iter().any(|byte| (0x80..0xA0).contains(byte)) {
        return WINDOWS_1252;
    }
    let letter = |at: Option<&u8>| at.is_some_and(|&byte| byte.is_ascii_alphabetic() || byte >= 0xC0);
    let latin_9 = bytes.iter().enumerate().any(|(at, byte)| {
        let (before, after) = (at.checked_sub(1).and_then(|before| bytes.get(before)), bytes.get(at + 1));
        match byte {
            // No text has the currency sign that Windows-1252 puts here.
            0xA4 => true,
            // œ and Œ stand in front of a letter; ½ and ¼ do not.
            0xBC | 0xBD => letter(after) && !before.is_some_and(u8::is_ascii_digit),
            _ => false,
        }
    });
    if latin_9 { ISO_8859_15 } else { WINDOWS_1252 }
}

/// Appends the bytes to `text` as UTF-8, those that are none as `western` has them, and two bytes or
/// more of a character that the end of the text cuts as U+FFFD. Returns how many bytes at the end wait for more, 0 if `ended`.
fn mend(bytes: &[u8], western: &'static Encoding, ended: bool, text: &mut String) -> usize {
    let mut rest = bytes.len();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        rest -= chunk.valid().len() + chunk.invalid().len();
        let invalid = chunk.invalid();
        if rest > 0 || !is_start(invalid) || (ended && invalid.len() == 1) {
            text.push_str(&western.decode_without_bom_handling(invalid).0);
        } else if ended {
            text.push('\u{FFFD}');
        } else {
            return invalid.len();
        }
    }
    0
}

/// Returns whether the bytes may be the start of a UTF-8 character.
fn is_start(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes.to_vec(), None).as_deref(), Ok(expected), "{bytes:?}");
        let mut streamed = String::new();
        Decoded::new(bytes).unwrap().read_to_string(&mut streamed).unwrap();
        assert_eq!(line_ends(streamed), expected, "streamed {bytes:?}");
    }

    fn utf_16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let mark = if mark { "\u{FEFF}" } else { "" };
        let units = mark.encode_utf16().chain(text.encode_utf16()).collect::<Vec<_>>();
        units.into_iter().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_of_western_news_is_read() {
        check(b"", "");
        check("L’été à 3 €".as_bytes(), "L’été à 3 €");
        check("\u{FEFF}Bénéfice".as_bytes(), "Bénéfice");
        for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
            check(&utf_16("Le bénéfice d’Orange", big, mark), "Le bénéfice d’Orange");
        }
        check(b"Le r\xE9sultat de l\x92ann\xE9e a \x9Cuvr\xE9", "Le résultat de l’année a œuvré");
        check(b"au caf\xE9\xA0\xBB, a-t-il dit, d\xE9\xE7u", "au café\u{A0}», a-t-il dit, déçu");
        check(b"hausse de 3,5\xA0\xA4 apr\xE8s la s\xE9ance", "hausse de 3,5\u{A0}€ après la séance");
        check(b"au c\xBDur de la zone euro, d\xE9j\xE0", "au cœur de la zone euro, déjà");
        check(b"un taux de 2\xBD points, d\xE9j\xE0", "un taux de 2½ points, déjà");
    }

    #[test]
    fn line_ends_become_one() {
        check(b"a\r\nb\rc\n\r\nd\r", "a\nb\nc\n\nd\n");
    }

    #[test]
    fn utf_8_with_a_few_bad_bytes_stays_utf_8() {
        let mut bytes = "é".repeat(50).into_bytes();
        bytes.extend_from_slice(b" d\xE9faut \xE2\x82");
        check(&bytes, &format!("{} défaut \u{FFFD}", "é".repeat(50)));
    }

    #[test]
    fn a_declared_charset_is_believed_unless_the_bytes_are_utf_8() {
        for (bytes, declared, expected) in [
            (&b"\xC1\xE8\xF0\xE6\xE0"[..], "windows-1251", "Биржа"),
            ("Société".as_bytes(), "iso-8859-1", "Société"),
            (b"Soci\xE9t\xE9", "utf-8", "Société"),
            (b"Soci\xE9t\xE9", "utf-16", "Société"),
            (b"Soci\xE9t\xE9", "no such charset", "Société"),
        ] {
            assert_eq!(decode(bytes.to_vec(), Some(declared)).as_deref(), Ok(expected), "{declared}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"%PDF-1.4 text"[..], b"a\0b", b"\0\0\0\0", b"\xFF\xFE\0\0a\0\0\0", b"\x01\x02\x03\x04abc"] {
            assert_eq!(decode(bytes.to_vec(), None).unwrap_err().reason, SkipReason::Binary, "{bytes:?}");
            assert_eq!(Trouble::from(Decoded::new(bytes).err().unwrap()).reason, SkipReason::Binary, "{bytes:?}");
        }
    }

    #[test]
    fn a_stream_of_ascii_may_turn_western_after_its_head() {
        let mut bytes = vec![b'a'; HEAD + 10];
        bytes.extend_from_slice(b"d\xE9\xE7u \xE9t\xE9");
        let mut text = String::new();
        Decoded::new(&bytes[..]).unwrap().read_to_string(&mut text).unwrap();
        assert!(text.ends_with("adéçu été"), "{:?}", &text[HEAD..]);
    }

    proptest! {
        #[test]
        fn valid_utf_8_is_kept(text in "[\\PC\n\t]{0,300}") {
            prop_assert_eq!(decode(text.clone().into_bytes(), None), Ok(text.clone()));
            prop_assert_eq!(decode(text.replace('\n', "\r\n").into_bytes(), Some("latin1")), Ok(text));
        }

        #[test]
        fn a_stream_is_cut_nowhere(text in "[a-zé€😀]{0,40}", size in 1usize..7) {
            // A reader that gives a few bytes at a time, as a slow decompressor does.
            struct Slow<'a>(&'a [u8], usize);
            impl Read for Slow<'_> {
                fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                    let count = self.1.min(buffer.len());
                    (&mut self.0).take(count as u64).read(buffer)
                }
            }
            let long = format!("{}{text}", "é".repeat(HEAD / 2 + 1));
            let mut streamed = String::new();
            Decoded::new(Slow(long.as_bytes(), size * 1000 + 1)).unwrap().read_to_string(&mut streamed).unwrap();
            prop_assert_eq!(streamed, long);
        }
    }
}
