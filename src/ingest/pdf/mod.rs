//! PDF: the text of its pages, put together to paragraphs, and what the file says of itself.
//!
//! - `pages`: what the pages show, run by run; `operators`: from bytes to what is done on a page; `font`: from codes
//!   to letters and their widths; `standard_widths`: those that a document need not state.
//! - `layout`: from runs of letters on a page to a title and paragraphs.
//! - `allowance`: how much a document may unpack to.
//!
//! The file's objects are read by `lopdf`, which knows bounds on what they unpack to.

mod allowance;
mod font;
mod layout;
mod operators;
mod pages;
mod standard_widths;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{DecompressError, Document, Error, FilterFunc, LoadOptions, Object};
use memchr::memmem;

use self::allowance::Allowance;
use self::layout::Layout;
use super::document::Paragraphs;
use super::format::Format;
use super::source::{Drafts, Source, Stop, Trouble, too_large};
use crate::article::SkipReason;

/// A PDF document.
pub(super) struct Pdf;

/// How far from its beginning a file may say that it is PDF.
const HEAD: usize = 1024;

/// The most bytes that objects packed together, or a table of objects, may unpack to.
const LARGEST_PACK: usize = 16 * 1024 * 1024;
/// What an object costs beside its bytes: a part of what it takes, so that documents of many are still read.
const OBJECT: usize = 16;

/// The most objects of a file that are not packed, beside what its streams look like.
const MOST_OBJECTS: usize = 1 << 22;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "PDF"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn about(&self) -> &'static str {
        "one article, or those of a press database's export; the text, not that of scanned pages"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let bytes = source.whole()?;
        let allowance = Allowance::new(source.limits.text, &source.budget);
        if memmem::find(bytes.get(..HEAD).unwrap_or(&bytes), b"%PDF-").is_none() {
            return Err(Trouble::new(SkipReason::Malformed, ("this is not PDF", "ce n’est pas du PDF")).into());
        }
        // Packed streams look like one in ten at most.
        if most_objects(&bytes) > MOST_OBJECTS + bytes.len() / 8 {
            return Err(Trouble::new(SkipReason::TooLarge, ("it has too many objects", "il a trop d’objets")).into());
        }
        // What no file of a known program has may still be a fault of the reader.
        let read = catch_unwind(AssertUnwindSafe(|| read_document(&bytes, &allowance)));
        let (document, troubles) = read
            .unwrap_or_else(|_| Err(Trouble::new(SkipReason::Malformed, ("the PDF is damaged", "le PDF est abîmé"))))?;
        for trouble in troubles {
            drafts.skip(trouble)?;
        }
        document.give(drafts)
    }
}

/// A document, and what is wrong with some of its pages.
type Read = (Paragraphs, Vec<Trouble>);

/// Returns the paragraphs of a document within its allowance. If its table of objects is damaged, so that they cannot
/// be found, they are looked for.
fn read_document(bytes: &[u8], allowance: &Allowance<'_>) -> Result<Read, Trouble> {
    read_objects(bytes, allowance, false).or_else(|trouble| match trouble.reason {
        SkipReason::Malformed | SkipReason::Empty => read_objects(bytes, allowance, true).map_err(|_| trouble),
        _ => Err(trouble),
    })
}

fn read_objects(bytes: &[u8], allowance: &Allowance<'_>, force_reconstruct: bool) -> Result<Read, Trouble> {
    let most = allowance.left().min(LARGEST_PACK);
    let options = LoadOptions { max_decompressed_size: Some(most), force_reconstruct, ..LoadOptions::default() };
    pay_packed_objects(bytes, &options, &allowance.another())?;
    let pdf = Document::load_mem_with_options(bytes, options).map_err(|error| trouble_of(&error))?;
    if pdf.is_encrypted() {
        return Err(Trouble::new(SkipReason::Protected, ("it needs a password", "il demande un mot de passe")));
    }
    if pdf.page_iter().next().is_none() {
        return Err(Trouble::new(
            SkipReason::Malformed,
            ("the PDF is damaged: it has no page", "le PDF est abîmé : il n’a pas de page"),
        ));
    }
    let mut layout = Layout::default();
    let troubles = pages::read(&pdf, allowance, &mut layout)?;
    let mut document = layout.paragraphs();
    if document.texts.is_empty() && troubles.is_empty() {
        return Err(Trouble::new(
            SkipReason::Empty,
            (
                "there is no text in it; its pages may be pictures",
                "il n’y a pas de texte dedans ; ses pages sont peut-être des images",
            ),
        ));
    }
    read_properties(&pdf, &mut document);
    Ok((document, troubles))
}

/// Spends what the objects of a document take that are packed together in streams, before all of them are held.
fn pay_packed_objects(bytes: &[u8], options: &LoadOptions, allowance: &Allowance<'_>) -> Result<(), Trouble> {
    // Without their type they are streams like any other, and stay packed.
    let only_packs: FilterFunc = |id, object| {
        let stream = object.as_stream_mut().ok().filter(|stream| stream.dict.has_type(b"ObjStm"))?;
        stream.dict.remove(b"Type");
        Some((id, object.clone()))
    };
    let options = LoadOptions { filter: Some(only_packs), ..options.clone() };
    let packs = Document::load_mem_with_options(bytes, options).map_err(|error| trouble_of(&error))?;
    for pack in packs.objects.values().filter_map(|object| object.as_stream().ok()) {
        let unpacked = pack.get_plain_content_with_limit(allowance.left().min(LARGEST_PACK));
        let objects = match &unpacked {
            Ok(objects) => objects.as_slice(),
            Err(error @ Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(trouble_of(error));
            }
            // One that is damaged holds none.
            Err(_) => continue,
        };
        allowance.spend(objects.len().saturating_add(OBJECT * most_objects(objects)))?;
    }
    Ok(())
}

/// Returns how many objects may be written in these bytes at most.
fn most_objects(written: &[u8]) -> usize {
    let begins = |byte: u8| matches!(byte, b'/' | b'(' | b'<' | b'[' | b'+' | b'-' | b'.');
    let is_word = |byte: u8| byte.is_ascii_alphanumeric();
    let after = std::iter::once(b' ').chain(written.iter().copied());
    written.iter().zip(after).filter(|(byte, before)| begins(**byte) || (is_word(**byte) && !is_word(*before))).count()
}

fn trouble_of(error: &Error) -> Trouble {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { limit }) => too_large(
            ("a part of the document, once unpacked,", "une partie du document, une fois déballée,"),
            *limit as u64,
        ),
        Error::InvalidPassword | Error::Decryption(_) => {
            Trouble::new(SkipReason::Protected, ("it needs a password", "il demande un mot de passe"))
        }
        error => {
            Trouble::new(SkipReason::Malformed, said!("the PDF is damaged: {error}", "le PDF est abîmé : {error}"))
        }
    }
}

/// Reads title, author and date of the document's properties.
fn read_properties(pdf: &Document, document: &mut Paragraphs) {
    let Ok(info) = pdf.trailer.get_deref(b"Info", pdf).and_then(Object::as_dict) else { return };
    let text = |key: &[u8]| {
        let bytes = info.get_deref(key, pdf).ok()?.as_str().ok()?;
        let text = match bytes {
            [0xFE, 0xFF, utf_16 @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(utf_16).0,
            [0xEF, 0xBB, 0xBF, utf_8 @ ..] => String::from_utf8_lossy(utf_8),
            bytes => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
        };
        Some(text.replace('\0', "").trim().to_owned()).filter(|text| !text.is_empty())
    };
    document.stated_title = text(b"Title");
    document.author = text(b"Author");
    document.created = text(b"CreationDate").and_then(|date| iso(&date));
}

/// Returns `D:20250319081500+01'00'` as ISO 8601 writes it.
fn iso(date: &str) -> Option<String> {
    let digits = date.strip_prefix("D:").unwrap_or(date);
    let part =
        |from: usize, to: usize| digits.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let day = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (Some(hour), Some(minute), Some(second)) = (part(8, 10), part(10, 12), part(12, 14)) else { return Some(day) };
    let zone = digits.get(14..).unwrap_or_default();
    let offset = zone.get(..3).filter(|zone| zone.starts_with(['+', '-'])).map(|hours| {
        let minutes = zone.get(4..6).filter(|minutes| minutes.bytes().all(|byte| byte.is_ascii_digit()));
        format!("{hours}:{}", minutes.unwrap_or("00"))
    });
    Some(format!("{day}T{hour}:{minute}:{second}{}", offset.unwrap_or_else(|| "Z".to_owned())))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;
    use crate::article::DateOrigin;
    use crate::ingest::Limits;
    use crate::ingest::testing::{read, read_one, read_within};

    /// Two-byte codes that are those of Unicode.
    const CMAP: &str = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n\
                        /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n\
                        <0000> <00FF> <0000>\nendbfrange\n1 beginbfchar\n<FB01> <FB01>\nendbfchar\nendcmap\n\
                        CMapName currentdict /CMap defineresource pop\nend\nend";

    /// Returns a document with these pages, each the operators that show its text in the fonts `F1`
    /// (Helvetica) and `F2` (two-byte codes that are those of Unicode).
    pub fn pdf(pages: &[&str]) -> Vec<u8> {
        let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 8 + 2 * at)).collect();
        let mut objects: Vec<Vec<u8>> = vec![
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 600 800]/Resources 7 0 R>>", pages.len()).into(),
            b"<</Title(Un titre)/Author(A. Durand)/CreationDate(D:20250319081500+01'00')>>".to_vec(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
            b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R\
              /DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500/W[32[250 300]97 122 550]>>]>>"
                .to_vec(),
            stream("", CMAP.as_bytes()),
            b"<</Font<</F1 4 0 R/F2 5 0 R>>>>".to_vec(),
        ];
        for (at, page) in pages.iter().enumerate() {
            objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 9 + 2 * at).into());
            objects.push(stream("", page.as_bytes()));
        }
        file(&objects)
    }

    /// Returns a file of these objects; the first is the catalog, the third the properties.
    pub fn file(objects: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(objects) {
            places.push(bytes.len());
            bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let table = bytes.len();
        let count = places.len() + 1;
        bytes.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
        for place in places {
            bytes.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
        }
        let trailer = format!("trailer\n<</Size {count}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{table}\n%%EOF\n");
        [bytes, trailer.into_bytes()].concat()
    }

    /// Returns the operators that show lines from the top of a page, 14 points apart; a line that begins
    /// with `#` is large, a blank one leaves space.
    pub fn shown(lines: &[&str]) -> String {
        let mut page = "BT 50 760 Td ".to_owned();
        for line in lines {
            let (size, text) = line.strip_prefix('#').map_or((10, *line), |title| (20, title));
            page += &format!("/F1 {size} Tf ({text}) Tj 0 -{} Td ", size + 4);
        }
        page + "ET"
    }

    const PAGE: &[&str] = &[
        "#Un titre en grand",
        "",
        "Le groupe signe \\340 Paris un accord de d\\351ve-",
        "loppement avec sa fi-",
        "liale.",
        "",
        "Deux.",
    ];

    #[test]
    fn the_text_of_the_pages_is_read() {
        let draft = read_one("a.pdf", &pdf(&[&shown(PAGE)]));
        assert_eq!(
            (draft.headline.as_deref(), draft.body.as_str()),
            (Some("Un titre en grand"), "Le groupe signe à Paris un accord de développement avec sa filiale.\n\nDeux.")
        );
        assert_eq!(draft.maker.as_deref(), Some("A. Durand"));
        assert_eq!(draft.dates, [("2025-03-19T08:15:00+01:00".to_owned(), DateOrigin::Properties)]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let whole = pdf(&[&shown(PAGE)]);
        for (bytes, reason) in [
            (&b"words"[..], SkipReason::Malformed),
            (b"%PDF-1.4\nno more", SkipReason::Malformed),
            (&pdf(&[]), SkipReason::Malformed),
            (&pdf(&["q Q"]), SkipReason::Empty),
            (&pdf(&["BT /F9 12 Tf (no such font) Tj ET"]), SkipReason::Empty),
        ] {
            assert_eq!(read("a.pdf", bytes)[0].as_ref().unwrap_err().reason, reason, "{}", bytes.len());
        }
        let limits = Limits { text: whole.len() as u64, ..Limits::default() };
        let bomb = pdf(&[&"q Q ".repeat(100_000), &shown(PAGE)]);
        let limits = Limits { text: limits.text.max(bomb.len() as u64), ..limits };
        let results = read_within("a.pdf", &bomb, &limits);
        assert!(results.iter().any(|result| result.as_ref().is_err_and(|skip| skip.reason == SkipReason::TooLarge)));
    }

    #[test]
    fn a_file_that_is_cut_gives_what_is_whole() {
        let whole = pdf(&[&shown(PAGE), &shown(&["Une autre page."])]);
        for cut in [whole.len() - 1, whole.len() - 8, whole.len() - 30] {
            let results = read("a.pdf", &whole[..cut]);
            let text = |result: &Result<_, _>| {
                result.as_ref().is_ok_and(|draft: &crate::article::Draft| draft.body.contains("développement"))
            };
            assert!(results.iter().any(text), "{cut}: {results:?}");
        }
    }

    /// Returns a stream with these entries in its dictionary.
    pub fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(content).unwrap();
        let packed = packed.finish().unwrap();
        let head = format!("<<{entries}/Length {}/Filter/FlateDecode>>stream\n", packed.len());
        [head.as_bytes(), &packed, b"\nendstream"].concat()
    }

    #[test]
    fn objects_packed_together_are_paid_for_before_they_are_held() {
        let with = |values: usize, packs: usize| {
            let content = format!("90 0 [{}]", "0 ".repeat(values));
            let pack = stream("/Type/ObjStm/N 1/First 5", content.as_bytes());
            let mut objects = vec![
                b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
                b"<</Type/Pages/Kids[4 0 R]/Count 1>>".to_vec(),
                b"<<>>".to_vec(),
                b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>".to_vec(),
                stream("", shown(PAGE).as_bytes()),
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
            ];
            objects.extend(vec![pack; packs]);
            let limits = Limits { text: 1 << 20, ..Limits::default() };
            read_within("a.pdf", &file(&objects), &limits).remove(0).map_err(|skip| skip.reason)
        };
        assert!(with(1000, 3).is_ok_and(|draft| draft.body.contains("développement")));
        // As many in one, and more than may be in all.
        assert_eq!(with(100_000, 1), Err(SkipReason::TooLarge));
        assert_eq!(with(10_000, 10), Err(SkipReason::TooLarge));
    }

    #[test]
    fn a_file_of_nothing_but_objects_is_refused() {
        let with = |values: usize| {
            let list = format!("[{}]", "0 ".repeat(values)).into_bytes();
            read("a.pdf", &file(&[b"<</Type/Catalog>>".to_vec(), list])).remove(0).map_err(|skip| skip.reason)
        };
        assert_eq!(with(1000), Err(SkipReason::Malformed));
        assert_eq!(with(MOST_OBJECTS * 3 / 2), Err(SkipReason::TooLarge));
    }

    #[test]
    fn a_code_may_stand_for_many_letters_and_a_font_for_much() {
        let limits = Limits { text: 1 << 20, ..Limits::default() };
        let told = |bytes: &[u8]| read_within("a.pdf", bytes, &limits)[0].as_ref().err().map(|skip| skip.reason);
        let long = "0061".repeat(200);
        let map = CMAP.replace("<FB01> <FB01>", &format!("<FB01> <{long}>"));
        let with = |page: &str, fonts: usize| {
            let named: String = (0..fonts).map(|at| format!("/F{at} {} 0 R", 7 + at)).collect();
            let mut objects = vec![
                b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
                b"<</Type/Pages/Kids[4 0 R]/Count 1>>".to_vec(),
                b"<<>>".to_vec(),
                format!("<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<<{named}>>>>>>").into(),
                stream("", page.as_bytes()),
                stream("", map.as_bytes()),
            ];
            objects.extend(vec![
                b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R>>".to_vec();
                fonts
            ]);
            file(&objects)
        };
        assert_eq!(told(&with("BT /F0 10 Tf <FB01> Tj ET", 1)), None);
        assert_eq!(
            told(&with(&format!("BT /F0 10 Tf <{}> Tj ET", "FB01".repeat(6000)), 1)),
            Some(SkipReason::TooLarge)
        );
        let all: String = (0..600).map(|at| format!("/F{at} 10 Tf ")).collect();
        assert_eq!(told(&with(&format!("BT {all} <0041> Tj ET"), 600)), Some(SkipReason::TooLarge));
    }

    #[test]
    fn dates_are_turned() {
        for (date, expected) in [
            ("D:20250319081500Z", Some("2025-03-19T08:15:00Z")),
            ("D:20250319081500-05'00'", Some("2025-03-19T08:15:00-05:00")),
            ("20250319", Some("2025-03-19")),
            ("D:2025", None),
            ("Wed Mar 19", None),
        ] {
            assert_eq!(iso(date).as_deref(), expected, "{date}");
        }
    }
}
