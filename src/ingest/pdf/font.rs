//! A font of a PDF: what its codes are as letters, and how wide they are.

use lopdf::{Dictionary, Document, Encoding, Object};
use rustc_hash::FxHashMap;

use super::standard_widths::Standard;

/// The most bytes that the table of a font's letters may unpack to.
const LARGEST_MAP: usize = 4 * 1024 * 1024;

/// For how many codes widths are read: more than a font has, but for one made to be slow.
const MOST_WIDTHS: usize = 1 << 18;

/// What a font costs, in bytes, beside its tables; and what one width does.
const FONT: usize = 1024;
const WIDTH: usize = 16;

/// A letter as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// What it stands for: mostly one character; several for a ligature; none if the font does not say.
    pub text: String,
    /// How far it moves the pen, in parts of the font's size.
    pub width: f64,
}

/// A font, with the letters that it was asked for.
pub(super) struct Font<'d> {
    /// About how many bytes its tables take.
    pub cost: usize,
    /// By the table that is there to copy text, if there is one; else by the encoding.
    encodings: Vec<Encoding<'d>>,
    widths: Widths,
    glyphs: FxHashMap<u16, Glyph>,
}

struct Widths {
    /// In thousandths of the font's size.
    known: FxHashMap<u16, f64>,
    other: Option<f64>,
    standard: Option<Standard>,
    /// Whether a code has two bytes.
    wide: bool,
}

impl<'d> Font<'d> {
    /// Reads a font's dictionary.
    pub fn of(font: &'d Dictionary, pdf: &'d Document) -> Font<'d> {
        let widths = Widths::of(font, pdf);
        let stated = font.get_font_encoding_with_limit(pdf, LARGEST_MAP).ok();
        // What is meant for codes of one byte says nothing of those of two.
        let fits = |encoding: &Encoding<'_>| !(widths.wide && matches!(encoding, Encoding::OneByteEncoding(_)));
        let encodings = [to_unicode(font, pdf), stated.filter(fits)].into_iter().flatten().collect();
        let tables: usize = [&b"ToUnicode"[..], b"Encoding"].iter().map(|name| unpacked_size(font, name, pdf)).sum();
        let cost = FONT + tables + widths.known.len() * WIDTH;
        Font { cost, encodings, widths, glyphs: FxHashMap::default() }
    }

    /// Returns how many bytes a code has.
    pub fn code_length(&self) -> usize {
        1 + usize::from(self.widths.wide)
    }

    /// Returns the letter of a code.
    pub fn glyph(&mut self, code: &[u8]) -> &Glyph {
        let key = code.iter().fold(0, |key: u16, byte| (key << 8) | u16::from(*byte));
        let (encodings, widths) = (&self.encodings, &self.widths);
        self.glyphs.entry(key).or_insert_with(|| {
            let mut texts = encodings.iter().filter_map(|encoding| encoding.bytes_to_string(code).ok());
            let known = |text: &String| !text.is_empty() && !text.contains(['\u{FFFD}', '\0']);
            let mut text = String::new();
            texts.find(known).unwrap_or_default().chars().for_each(|c| push_plain(&mut text, c));
            Glyph { width: widths.of_code(key, &text) / 1000., text }
        })
    }
}

/// Returns how many bytes a table of the font unpacks to.
fn unpacked_size(font: &Dictionary, name: &[u8], pdf: &Document) -> usize {
    let table = font.get_deref(name, pdf).and_then(Object::as_stream);
    table.map_or(0, |table| table.get_plain_content_with_limit(LARGEST_MAP).map_or(LARGEST_MAP, |bytes| bytes.len()))
}

/// Returns the encoding of the font's table of letters, which is there for copying.
fn to_unicode(font: &Dictionary, pdf: &Document) -> Option<Encoding<'static>> {
    if !font.has(b"ToUnicode") {
        return None;
    }
    let mut copy = font.clone();
    copy.remove(b"Encoding");
    match copy.get_font_encoding_with_limit(pdf, LARGEST_MAP) {
        Ok(Encoding::UnicodeMapEncoding(map)) => Some(Encoding::UnicodeMapEncoding(map)),
        _ => None,
    }
}

/// Adds a character to a text: a ligature as the letters that it joins, no control codes.
fn push_plain(text: &mut String, c: char) {
    match c {
        '\u{FB00}' => text.push_str("ff"),
        '\u{FB01}' => text.push_str("fi"),
        '\u{FB02}' => text.push_str("fl"),
        '\u{FB03}' => text.push_str("ffi"),
        '\u{FB04}' => text.push_str("ffl"),
        '\u{FB05}' | '\u{FB06}' => text.push_str("st"),
        '\t' | '\n' | '\r' => text.push(' '),
        c if c.is_control() => {}
        c => text.push(c),
    }
}

impl Widths {
    fn of(font: &Dictionary, pdf: &Document) -> Widths {
        let wide = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        let mut widths = Widths { known: FxHashMap::default(), other: None, standard: standard(font, pdf), wide };
        match wide {
            true => widths.read_wide(font, pdf),
            false => widths.read_simple(font, pdf),
        }
        widths
    }

    /// Reads the widths from the first code on.
    fn read_simple(&mut self, font: &Dictionary, pdf: &Document) {
        let first = font.get_deref(b"FirstChar", pdf).and_then(Object::as_i64).unwrap_or(0);
        let Ok(widths) = font.get_deref(b"Widths", pdf).and_then(Object::as_array) else { return };
        for (code, width) in (first..=255).zip(widths) {
            if let (Ok(code), Some(width)) = (u16::try_from(code), number(width, pdf)) {
                self.known.insert(code, width);
            }
        }
    }

    /// Reads `c [w w w]` and `first last w`.
    fn read_wide(&mut self, font: &Dictionary, pdf: &Document) {
        let descendants = font.get_deref(b"DescendantFonts", pdf).and_then(Object::as_array);
        let inner = descendants.ok().and_then(|fonts| pdf.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let Some(inner) = inner else { return };
        self.other = Some(inner.get(b"DW").ok().and_then(|width| number(width, pdf)).unwrap_or(1000.));
        let Ok(widths) = inner.get_deref(b"W", pdf).and_then(Object::as_array) else { return };
        let code =
            |object: &Object| number(object, pdf).filter(|code| (0. ..65536.).contains(code)).map(|code| code as u16);
        let mut rest = widths.iter();
        let mut read = 0;
        while read < MOST_WIDTHS
            && let (Some(first), Some(next)) = (rest.next(), rest.next())
        {
            let Some(first) = code(first) else { return };
            match pdf.dereference(next).map(|(_, next)| next) {
                Ok(Object::Array(list)) => {
                    read += list.len();
                    let each = (first..=u16::MAX).zip(list);
                    self.known.extend(each.filter_map(|(code, width)| Some((code, number(width, pdf)?))));
                }
                _ => {
                    let (Some(last), Some(width)) = (code(next), rest.next().and_then(|width| number(width, pdf)))
                    else {
                        return;
                    };
                    read += (first..=last).len();
                    self.known.extend((first..=last).map(|code| (code, width)));
                }
            }
        }
    }

    fn of_code(&self, code: u16, text: &str) -> f64 {
        let standard = |c| self.standard.and_then(|standard| standard.width(c));
        let usual = || text.chars().map(|c| standard(c).unwrap_or_else(|| usual_width(c))).sum();
        self.known.get(&code).copied().or(self.other).unwrap_or_else(usual)
    }
}

/// Returns the standard font of a dictionary.
fn standard(font: &Dictionary, pdf: &Document) -> Option<Standard> {
    let name = font.get_deref(b"BaseFont", pdf).and_then(Object::as_name).ok()?;
    Standard::named(std::str::from_utf8(name).ok()?)
}

/// Returns about how wide a letter is in a font that neither states it nor is a standard one, in thousandths.
fn usual_width(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 265.,
        'm' | 'w' | 'M' | 'W' | '—' | '…' | '%' => 850.,
        c if c.is_uppercase() => 680.,
        _ => 530.,
    }
}

fn number(object: &Object, pdf: &Document) -> Option<f64> {
    let (_, object) = pdf.dereference(object).ok()?;
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    #[test]
    fn widths_are_read_for_as_many_codes_as_a_font_has() {
        let width = |widths: &str| {
            let objects = ["<<>>".to_owned(), "<<>>".to_owned(), format!("[{widths} 32 [777]]")];
            let pdf = Document::load_mem(&file(&objects.map(String::into_bytes))).unwrap();
            let inner = Dictionary::from_iter([("W", Object::Reference((3, 0)))]);
            let font = Dictionary::from_iter([
                ("Subtype", Object::Name(b"Type0".to_vec())),
                ("DescendantFonts", Object::Array(vec![Object::Dictionary(inner)])),
            ]);
            Widths::of(&font, &pdf).of_code(32, " ")
        };
        assert_eq!(width("0 [1 2 3] 32 122 500"), 777.);
        assert_eq!(width(&"0 65535 500 ".repeat(10)), 500.);
    }
}
