//! Rich Text Format (Microsoft, version 1.9.1): its paragraphs, title, author and date.
//!
//! A reader of its own, since all that is wanted of it is the text: groups that hold none are left out.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::document::Paragraphs;
use super::format::Format;
use super::source::{Drafts, Source, Stop, Trouble};
use crate::article::SkipReason;

/// An RTF file.
pub(super) struct Rtf;

/// Groups without text that a reader sees.
const UNREAD: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "objdata",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "themedata",
    "datastore",
    "latentstyles",
    "listtable",
    "rsidtbl",
    "generator",
    "fldinst",
    "xmlnstbl",
    "filetbl",
    "revtbl",
    "annotation",
    "comment",
    "nonshppict",
    "bkmkstart",
    "bkmkend",
];

/// How deep groups are told apart.
const DEEPEST: usize = 1_000;

impl Format for Rtf {
    fn name(&self) -> &'static str {
        "RTF"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn about(&self) -> &'static str {
        "one article, or those of a press database's export; title, author and date of its properties"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let bytes = source.whole()?;
        let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
        match bytes.get(start..) {
            Some(rtf) if rtf.starts_with(b"{\\rtf") => Reader::new(rtf).paragraphs().give(drafts),
            Some([]) => Err(Trouble::no_text().into()),
            _ => Err(Trouble::new(SkipReason::Malformed, ("this is not RTF", "ce n’est pas du RTF")).into()),
        }
    }
}

/// Where the text of a group goes.
#[derive(Clone, Copy, PartialEq)]
enum Destination {
    Body,
    Title,
    Author,
    Created,
    Nowhere,
}

/// What holds within a group.
#[derive(Clone, Copy)]
struct Group {
    destination: Destination,
    /// How many characters after a Unicode one stand for it in old readers.
    replacements: usize,
    hidden: bool,
}

/// A pass over an RTF file.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    group: Group,
    outer: Vec<Group>,
    /// How many groups are open beyond those told apart.
    beyond: usize,
    encoding: &'static Encoding,
    /// Bytes in `encoding`, not yet decoded.
    pending: Vec<u8>,
    /// The first half of a surrogate pair.
    high: Option<u32>,
    /// How many characters are still to be passed over.
    skip: usize,
    text: String,
    title: String,
    author: String,
    /// Year, month, day, hour and minute.
    created: [i32; 5],
    document: Paragraphs,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader {
            bytes,
            at: 0,
            group: Group { destination: Destination::Body, replacements: 1, hidden: false },
            outer: Vec::new(),
            beyond: 0,
            encoding: WINDOWS_1252,
            pending: Vec::new(),
            high: None,
            skip: 0,
            text: String::new(),
            title: String::new(),
            author: String::new(),
            created: [0; 5],
            document: Paragraphs::default(),
        }
    }

    fn paragraphs(mut self) -> Paragraphs {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                _ if self.skip > 0 => self.skip -= 1,
                byte => self.pending.push(byte),
            }
        }
        self.end_paragraph();
        let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        self.document.stated_title = filled(self.title);
        self.document.author = filled(self.author);
        let [year, month, day, hour, minute] = self.created;
        self.document.created = (year > 0).then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z"));
        self.document
    }

    fn open(&mut self) {
        self.flush();
        self.skip = 0;
        match self.outer.len() < DEEPEST {
            true => self.outer.push(self.group),
            false => self.beyond += 1,
        }
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        match self.beyond {
            0 => self.group = self.outer.pop().unwrap_or(self.group),
            _ => self.beyond -= 1,
        }
    }

    /// Reads what follows a backslash.
    fn control(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else { return };
        if first.is_ascii_alphabetic() {
            return self.word();
        }
        self.at += 1;
        match first {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                self.at += 2;
                match byte {
                    Some(_) if self.skip > 0 => self.skip -= 1,
                    Some(byte) => self.pending.push(byte),
                    None => {}
                }
            }
            b'*' => self.group.destination = Destination::Nowhere,
            b'~' => self.put('\u{A0}'),
            b'_' => self.put('\u{2011}'),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.put(char::from(first)),
            _ => {}
        }
    }

    /// Reads a control word, and the number and the space that belong to it.
    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
        let word = std::str::from_utf8(rest.get(..length).unwrap_or_default()).unwrap_or_default();
        let number = rest.get(length..).unwrap_or_default();
        let sign = usize::from(number.first() == Some(&b'-'));
        let digits = number.iter().skip(sign).take_while(|byte| byte.is_ascii_digit()).count();
        let digits = if digits == 0 { 0 } else { sign + digits };
        let value = number.get(..digits).and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<i32>().ok());
        let space = usize::from(number.get(digits) == Some(&b' '));
        self.at += length + digits + space;
        self.obey(word, value);
    }

    fn obey(&mut self, word: &str, value: Option<i32>) {
        match word {
            "par" | "sect" | "page" | "row" => self.end_paragraph(),
            "line" => self.put('\n'),
            "tab" | "cell" => self.put('\t'),
            "emdash" => self.put('—'),
            "endash" => self.put('–'),
            "lquote" => self.put('‘'),
            "rquote" => self.put('’'),
            "ldblquote" => self.put('“'),
            "rdblquote" => self.put('”'),
            "bullet" => self.put('•'),
            "emspace" | "enspace" => self.put(' '),
            "u" => self.unicode(value.unwrap_or(0)),
            "uc" => self.group.replacements = usize::try_from(value.unwrap_or(1)).unwrap_or(1).min(16),
            "v" => {
                self.flush();
                self.group.hidden = value != Some(0);
            }
            "ansicpg" => {
                let label = format!("windows-{}", value.unwrap_or(1252));
                self.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
            }
            "bin" => self.at = self.at.saturating_add(usize::try_from(value.unwrap_or(0)).unwrap_or(0)),
            "info" => self.group.destination = Destination::Nowhere,
            "title" => self.turn(Destination::Title),
            "author" => self.turn(Destination::Author),
            "creatim" => self.turn(Destination::Created),
            "yr" | "mo" | "dy" | "hr" | "min" if self.group.destination == Destination::Created => {
                let at = ["yr", "mo", "dy", "hr", "min"].iter().position(|name| *name == word).unwrap_or(0);
                if let (Some(place), Some(value)) = (self.created.get_mut(at), value) {
                    *place = value.clamp(0, 9999);
                }
            }
            word if UNREAD.contains(&word) => {
                self.flush();
                self.group.destination = Destination::Nowhere;
            }
            _ => {}
        }
    }

    /// Directs the text of this group elsewhere, if it is one of the file's properties.
    fn turn(&mut self, destination: Destination) {
        if self.group.destination == Destination::Nowhere {
            self.group.destination = destination;
        }
    }

    /// Adds a UTF-16 unit, and passes over what stands for it in old readers.
    fn unicode(&mut self, value: i32) {
        let unit = (value & 0xFFFF) as u32;
        self.skip = 0;
        match (self.high.take(), unit) {
            (_, 0xD800..=0xDBFF) => self.high = Some(unit),
            (Some(high), 0xDC00..=0xDFFF) => {
                let code = 0x1_0000 + ((high - 0xD800) << 10) + (unit - 0xDC00);
                self.put(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => self.put(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
        self.skip = self.group.replacements;
    }

    fn put(&mut self, c: char) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.flush();
        if let Some(text) = self.target() {
            text.push(if c == '\0' { ' ' } else { c });
        }
    }

    /// Decodes the bytes that wait.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let piece = self.encoding.decode_without_bom_handling(&bytes).0;
        if let Some(text) = self.target() {
            text.push_str(&piece.replace('\0', " "));
        }
    }

    fn target(&mut self) -> Option<&mut String> {
        match self.group.destination {
            _ if self.group.hidden => None,
            Destination::Body => Some(&mut self.text),
            Destination::Title => Some(&mut self.title),
            Destination::Author => Some(&mut self.author),
            Destination::Created | Destination::Nowhere => None,
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.group.destination == Destination::Body {
            let text = std::mem::take(&mut self.text);
            self.document.push(&text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::DateOrigin;
    use crate::ingest::testing::{read, read_one};

    fn check(rtf: &str, expected: &[&str]) {
        assert_eq!(Reader::new(rtf.as_bytes()).paragraphs().texts, expected, "{rtf}");
    }

    #[test]
    fn text_is_told_from_what_dresses_it() {
        check(
            r"{\rtf1\ansi{\fonttbl{\f0 Times;}}\f0 Le \b groupe\b0  signe.\par Deux\line trois.\par}",
            &["Le groupe signe.", "Deux\ntrois."],
        );
        check(r"{\rtf1 1\u8239?234\~\u8364 ?, l\rquote or \'e9t\'e9 \{x\}}", &["1\u{202F}234\u{A0}€, l’or été {x}"]);
        check(r"{\rtf1\uc2\u233\'c3\'a9\u-10179??\u-8704??}", &["é😀"]);
        check(r"{\rtf1\ansicpg1251 \'cf\'f0\'e8}", &["При"]);
        check(
            r"{\rtf1 a{\*\unknown b{c}}{\pict 00ff}{\header h\par}{\v hidden}d{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}}",
            &["adlink"],
        );
        check("{\\rtf1 a\\bin5 {{{{{b\r\n\\\nc}", &["ab", "c"]);
        check(
            r"{\rtf1\trowd HD\cell Un titre\cell\row TD\cell Le texte.\par Deux.\cell\row}",
            &["HD\tUn titre", "TD\tLe texte.", "Deux."],
        );
    }

    #[test]
    fn its_properties_are_read() {
        let rtf = br"{\rtf1{\info{\title Un titre}{\author A. Durand}{\creatim\yr2025\mo3\dy19\hr8\min15}}Un titre\par Le texte.}";
        let draft = read_one("a.rtf", rtf);
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Un titre"), "Le texte."));
        assert_eq!(draft.maker.as_deref(), Some("A. Durand"));
        assert_eq!(draft.dates, [("2025-03-19T08:15:00Z".to_owned(), DateOrigin::Properties)]);
    }

    #[test]
    fn no_nesting_is_a_danger_and_no_end_is_needed() {
        check(&format!("{{\\rtf1 {}deep{}", "{".repeat(100_000), "}".repeat(100_000)), &["deep"]);
        check(r"{\rtf1 a\", &["a"]);
        check(r"{\rtf1 a\'", &["a"]);
        check(r"{\rtf1 a}}}}b", &["ab"]);
        for (bytes, reason) in
            [(&b""[..], SkipReason::Empty), (b"words", SkipReason::Malformed), (b"{\\rtf1}", SkipReason::Empty)]
        {
            assert_eq!(read("a.rtf", bytes)[0].as_ref().unwrap_err().reason, reason);
        }
    }
}
