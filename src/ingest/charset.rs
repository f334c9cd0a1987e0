//! Which encoding bytes are in, and whether they are text at all.
//!
//! Separate from `decode`, which does the decoding. The rules, first that applies: a byte order mark;
//! UTF-16 by where its NUL bytes stand; valid UTF-8, whatever is declared; the declared charset;
//! UTF-8 with a few bad bytes; what `chardetng` guesses, where every Latin guess means Windows-1252
//! (or ISO-8859-15, if its euro or œ is seen), since the news read here are French and English.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_8859_5, ISO_8859_7, ISO_8859_15, KOI8_R, KOI8_U, SHIFT_JIS,
    UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
};
use memchr::memchr_iter;

use super::source::Trouble;
use crate::article::SkipReason;
use crate::wording::Bilingual;

/// How many bytes are enough to decide on.
pub(super) const HEAD: usize = 64 * 1024;

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
pub(super) enum Scheme {
    /// As UTF-8, and each byte that is not UTF-8 as this single-byte encoding has it.
    Utf8Or(&'static Encoding),
    /// As this encoding throughout.
    All(&'static Encoding),
}

/// Decides how bytes are read, and how many bytes of mark stand in front. `complete` says whether
/// they are all there are, or the first of more; `declared` is the charset the file itself names.
/// Fails as binary if they are no text.
pub(super) fn detect(bytes: &[u8], complete: bool, declared: Option<&str>) -> Result<(Scheme, usize), Trouble> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding == UTF_8 {
            refuse_binary(bytes)?;
            return Ok((Scheme::Utf8Or(WINDOWS_1252), mark));
        }
        // UTF-32 little endian begins as UTF-16 does.
        if bytes.get(mark..mark + 2) == Some(&[0, 0]) {
            return Err(binary(("it is UTF-32 or no text", "c’est de l’UTF-32, ou pas du texte")));
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

/// Returns what is wrong with the charset that a file declares; `None` if its bytes (all, or the first of
/// more) may be in it, or if none is known by that name.
pub(super) fn misdeclared(bytes: &[u8], declared: Option<&str>) -> Option<Bilingual> {
    let label = declared?.trim();
    let is_utf_8 = Encoding::for_label(label.as_bytes())? == UTF_8;
    let holds_utf_8 = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    match (is_utf_8, holds_utf_8) {
        _ if bytes.is_ascii() => None,
        (true, false) => Some(said!("it says that it is {label}, and is not", "il se dit en {label}, et n’y est pas")),
        (false, true) => {
            Some(said!("it says that it is {label}, and is UTF-8", "il se dit en {label}, et est en UTF-8"))
        }
        _ => None,
    }
}

/// Tells UTF-16 by its NUL bytes: Western text has one in nearly every pair, always on the same side,
/// and few control codes on the other. (Small numbers, as in sound or tables of figures, have many.)
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let (first, second) = head
        .chunks_exact(2)
        .fold((0, 0), |(first, second), pair| (first + usize::from(pair[0] == 0), second + usize::from(pair[1] == 0)));
    let is_text = |side: usize| {
        let controls = head.chunks_exact(2).filter(|pair| pair[1 - side] == 0 && is_control(pair[side])).count();
        controls * 30 <= pairs
    };
    match () {
        () if second * 2 > pairs && first * 20 <= pairs && is_text(0) => Some(UTF_16LE),
        () if first * 2 > pairs && second * 20 <= pairs && is_text(1) => Some(UTF_16BE),
        () => None,
    }
}

/// Fails if the bytes hold more NUL than a damaged text (one in a thousand), are known to be of a document that is no
/// text, or have more control codes than a text with a few stray ones.
fn refuse_binary(bytes: &[u8]) -> Result<(), Trouble> {
    for (magic, what) in [
        (&b"%PDF-"[..], ("it is a PDF document", "c’est un document PDF")),
        (b"PK\x03\x04", ("it is a zip archive", "c’est une archive zip")),
        (b"{\\rtf", ("it is an RTF document", "c’est un document RTF")),
    ] {
        if bytes.starts_with(magic) {
            return Err(binary(what));
        }
    }
    // Some editors pad the end of a file with NUL bytes.
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let nuls = memchr_iter(0, bytes.get(..end).unwrap_or_default()).count();
    if (nuls > 0 && (nuls.saturating_mul(1000) > end || bytes.iter().any(|&byte| byte != 0 && is_control(byte))))
        || (end == 0 && !bytes.is_empty())
    {
        return Err(binary(("it holds NUL bytes", "il contient des octets nuls")));
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let controls = head.iter().filter(|&&byte| is_control(byte)).count();
    if controls > 2 && controls * 30 > head.len() {
        return Err(binary(("it is full of control codes", "il est plein de codes de commande")));
    }
    Ok(())
}

/// Returns whether a byte is a control code that no text has: neither white space nor an escape sequence.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1A | 0x1B)
}

fn binary(detail: (&str, &str)) -> Trouble {
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
