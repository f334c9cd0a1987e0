//! Word files (Office Open XML, ISO/IEC 29500): the paragraphs of the main document, and what the file
//! says of itself.

use std::io::Read;
use std::rc::Rc;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};

use super::budget::Budget;
use super::compressed;
use super::document::Paragraphs;
use super::format::Format;
use super::source::{Drafts, Source, Stop, Trouble, too_large};
use super::xml::element::{Element, Node};
use super::xml::tree::Records;
use super::zip::damaged_by;
use crate::article::SkipReason;

/// A Word file.
pub(super) struct Docx;

impl Format for Docx {
    fn name(&self) -> &'static str {
        "Word"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn about(&self) -> &'static str {
        "one article, or those of a press database's export; title, author and date of its properties"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let (limit, budget) = (source.limits.text, source.budget.clone());
        let archive = ZipArchive::from_slice(source.whole()?).map_err(|error| damaged_by(&error))?;
        let mut document = Paragraphs::default();
        if let Some(properties) = part(&archive, "docProps/core.xml", limit, &budget)? {
            read_properties(&properties, &mut document);
        }
        let Some(main) = part(&archive, "word/document.xml", limit, &budget)? else {
            return Err(Trouble::new(
                SkipReason::Malformed,
                ("it holds no Word document", "il ne contient pas de document Word"),
            )
            .into());
        };
        read_main(&main, &mut document)?;
        document.give(drafts)
    }
}

/// Returns the bytes of a part of the archive, if it has it, paid for from `budget`.
fn part(
    archive: &ZipSliceArchive<Vec<u8>>,
    name: &str,
    limit: u64,
    budget: &Rc<Budget>,
) -> Result<Option<Vec<u8>>, Trouble> {
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(|error| damaged_by(&error))? {
        let path = entry.file_path();
        let path: &[u8] = path.as_ref();
        if path != name.as_bytes() {
            continue;
        }
        let packed = archive.get_entry(entry.wayfinder()).map_err(|error| damaged_by(&error))?;
        let reader = match entry.compression_method() {
            CompressionMethod::STORE => compressed::unpacked(packed.data(), "zip", budget),
            CompressionMethod::DEFLATE => compressed::unpacked(DeflateDecoder::new(packed.data()), "zip", budget),
            other => {
                let detail =
                    said!("telex does not unpack the method {other}", "telex ne déballe pas la méthode {other}");
                return Err(Trouble::new(SkipReason::Malformed, detail));
            }
        };
        let mut bytes = Vec::new();
        reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        return match bytes.len() as u64 > limit {
            true => Err(too_large(("the document, once unpacked,", "le document, une fois déballé,"), limit)),
            false => Ok(Some(bytes)),
        };
    }
    Ok(None)
}

fn read_properties(xml: &[u8], document: &mut Paragraphs) {
    let Ok(Some(found)) = Records::new(xml).next(&|_, _| false) else { return };
    let core = found.element;
    document.stated_title = core.line_at("dc:title");
    document.author = core.line_at("dc:creator");
    document.created = core.line_at("dcterms:created");
}

fn read_main(xml: &[u8], document: &mut Paragraphs) -> Result<(), Trouble> {
    let mut records = Records::new(xml);
    while let Some(found) = records.next(&|name, _| matches!(name, "w:p" | "w:tr"))? {
        records.forget();
        if found.element.name == "w:tr" {
            push_row(&found.element, document);
            continue;
        }
        if found.element.name != "w:p" {
            continue;
        }
        let style = found.element.at("w:ppr/w:pstyle").and_then(|style| style.attribute("w:val")).unwrap_or_default();
        let before = document.texts.len();
        let mut text = String::new();
        write(&found.element, &mut text);
        document.push(&text);
        let is_title = ["title", "titre", "titel"].iter().any(|name| style.eq_ignore_ascii_case(name));
        if is_title && document.title.is_none() && document.texts.len() > before {
            document.title = Some(before);
        }
    }
    Ok(())
}

/// The longest cell of a row of figures, in bytes.
const LONGEST_CELL: usize = 200;

/// Adds a row of a table: one line, but where a table only lays out a page, the paragraphs in it.
fn push_row(row: &Element, document: &mut Paragraphs) {
    let mut text = String::new();
    let cells = row.children().filter(|cell| cell.name == "w:tc").map(|cell| {
        text.clear();
        write(cell, &mut text);
        text.trim().to_owned()
    });
    let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
    if cells.len() > 1 && cells.iter().all(|cell| cell.len() <= LONGEST_CELL && !cell.contains("\n\n")) {
        return document.push(&cells.join("\t").replace('\n', " "));
    }
    cells.iter().flat_map(|cell| cell.split("\n\n")).for_each(|paragraph| document.push(paragraph));
}

/// Returns whether a run of letters is hidden.
fn is_hidden(run: &Element) -> bool {
    let vanish = run.at("w:rpr/w:vanish").map(|vanish| vanish.attribute("w:val").unwrap_or_default());
    vanish.is_some_and(|value| !matches!(value, "0" | "false" | "off"))
}

/// Writes the text that a reader of the paragraph sees.
fn write(element: &Element, text: &mut String) {
    for child in element.children() {
        match child.name.as_str() {
            "w:t" => child.nodes.iter().for_each(|node| {
                if let Node::Text(piece) = node {
                    text.push_str(piece);
                }
            }),
            "w:tab" => text.push('\t'),
            "w:br" | "w:cr" => text.push('\n'),
            "w:nobreakhyphen" => text.push('\u{2011}'),
            // What was deleted, what fields are made of, and the copy of a drawing for old programs.
            "w:r" if is_hidden(child) => {}
            "w:del" | "w:movefrom" | "w:instrtext" | "mc:fallback" | "w:ppr" | "w:rpr" => {}
            // A paragraph within one stands in a text box.
            "w:p" => {
                text.push('\n');
                write(child, text);
                text.push('\n');
            }
            _ => write(child, text),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::article::DateOrigin;
    use crate::ingest::Limits;
    use crate::ingest::testing::{read, read_one, read_within, zip};

    /// Returns a Word file of these paragraphs, each as the XML within `w:p`.
    pub fn docx(paragraphs: &[&str]) -> Vec<u8> {
        let body = paragraphs.iter().map(|paragraph| format!("<w:p>{paragraph}</w:p>")).collect::<String>();
        let main = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        let core = "<cp:coreProperties xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\">\
                    <dc:title>Modèle</dc:title><dc:creator>A. Durand</dc:creator>\
                    <dcterms:created>2025-03-19T08:15:00Z</dcterms:created></cp:coreProperties>";
        zip(&[("docProps/core.xml", core.as_bytes()), ("word/document.xml", main.as_bytes())])
    }

    pub fn run(text: &str) -> String {
        format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    #[test]
    fn a_row_of_a_table_is_a_line() {
        let cell = |texts: &[&str]| {
            let paragraphs =
                texts.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect::<String>();
            format!("<w:tc><w:tcPr/>{paragraphs}</w:tc>")
        };
        for (cells, expected) in [
            (vec![cell(&["Ventes"]), cell(&["3,2"]), cell(&[""]), cell(&["+4 %"])], "Ventes\t3,2\t+4 %"),
            (vec![cell(&["Un.", "Deux."])], "Un.\n\nDeux."),
            (vec![cell(&["Un.", "Deux."]), cell(&["Trois."])], "Un.\n\nDeux.\n\nTrois."),
        ] {
            // A row may stand where a paragraph may.
            let table = format!("</w:p><w:tbl><w:tr>{}</w:tr></w:tbl><w:p>", cells.concat());
            assert_eq!(read_one("a.docx", &docx(&[&table])).body, expected, "{table}");
        }
    }

    #[test]
    fn hidden_text_is_no_text() {
        let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
        let paragraph = run("<w:vanish/>", "Caché") + &run("<w:vanish w:val='0'/>", "Vu") + &run("<w:b/>", " aussi");
        assert_eq!(read_one("a.docx", &docx(&[&paragraph])).body, "Vu aussi");
    }

    #[test]
    fn paragraphs_are_read_as_people_see_them() {
        let title = format!("<w:pPr><w:pStyle w:val=\"Titre\"/></w:pPr>{}", run("Vinci &amp; Cie"));
        let first = format!(
            "{}<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:r><w:tab/></w:r>{}",
            run("Le groupe "),
            run("signe.")
        );
        let draft = read_one("a.docx", &docx(&[&title, &first, "", &run("Deux.")]));
        assert_eq!(
            (draft.headline.as_deref(), draft.body.as_str()),
            (Some("Vinci & Cie"), "Le groupe \tsigne.\n\nDeux.")
        );
        assert_eq!(draft.maker.as_deref(), Some("A. Durand"));
        assert_eq!(draft.dates, [("2025-03-19T08:15:00Z".to_owned(), DateOrigin::Properties)]);
    }

    #[test]
    fn what_is_no_word_file_is_told() {
        let whole = docx(&[&run("Un.")]);
        for (bytes, reason) in [
            (&b""[..], SkipReason::Malformed),
            (b"PK\x03\x04 no archive", SkipReason::Malformed),
            (&whole[..whole.len() / 2], SkipReason::Malformed),
            (&docx(&[]), SkipReason::Empty),
        ] {
            assert_eq!(read("a.docx", bytes)[0].as_ref().unwrap_err().reason, reason);
        }
        let limits = Limits { text: 1000, ..Limits::default() };
        let burst = docx(&[&run(&"a".repeat(100_000))]);
        assert_eq!(read_within("a.docx", &burst, &limits)[0].as_ref().unwrap_err().reason, SkipReason::TooLarge);
    }

    #[test]
    fn what_is_no_paragraph_is_not_held_without_end() {
        let elements = "<a/>".repeat(1 << 20);
        let main = format!("<w:document><w:body>{elements}<w:p>{}</w:p></w:body></w:document>", run("Un."));
        let results = read("a.docx", &zip(&[("word/document.xml", main.as_bytes())]));
        assert_eq!(results[0].as_ref().unwrap_err().reason, SkipReason::TooLarge, "{results:?}");
    }
}
