//! Tables: CSV and TSV with a line of headers, one article a row, read row by row.
//!
//! What parts the columns is told from the header line; the columns are told by their names.

use std::io::BufRead;

use csv::{ErrorKind, ReaderBuilder, StringRecord};
use serde_json::Value;

use super::decode::Decoded;
use super::escapes::{self, Unescaped};
use super::field_map::FieldMap;
use super::fields::{Field, Role, role};
use super::format::Format;
use super::record::Record;
use super::record_names::RecordNames;
use super::rows::Rows;
use super::source::{Drafts, Source, Stop, Trouble, too_large};
use super::stray_quotes::StrayQuotes;
use crate::article::{DateOrigin, SkipReason};

/// Comma-, semicolon-, tab- or bar-separated values.
pub(super) struct Table;

impl Format for Table {
    fn name(&self) -> &'static str {
        "Table"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn about(&self) -> &'static str {
        "one article a row, below a row of headers; columns parted by commas, semicolons, tabs or bars"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let (limit, fields) = (source.limits.record, source.fields);
        let mut inner = Decoded::new(source.stream())?;
        let head = String::from_utf8_lossy(inner.fill_buf()?);
        let (mut lines, mut length) = blank_lines(&head);
        let head = head.get(length..).unwrap_or_default();
        let declared = declared_delimiter(head);
        let delimiter = declared.map_or_else(|| sniff(head, fields), |(delimiter, _)| delimiter);
        let declaration = declared.map_or(0, |(_, length)| length);
        let quoting = delimiter != b'\t' || has_quoted_cells(head.get(declaration..).unwrap_or_default());
        let escaped = quoting && escapes::are_used(head, delimiter);
        lines += u64::from(declared.is_some());
        // The parser ends a row at its `\r`, and counts the line break only once it reads the next.
        let header = head.get(declaration..).and_then(|head| head.split_inclusive('\n').next());
        lines += u64::from(header.is_some_and(|header| header.ends_with("\r\n")));
        length += declaration;
        inner.consume(length);
        let inner = StrayQuotes::new(Unescaped::new(inner, escaped), delimiter, quoting);
        let rows = Rows::new(inner, delimiter, quoting, limit);
        let (cut, unclosed) = (rows.cut(), rows.unclosed());
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(quoting)
            .flexible(true)
            .buffer_capacity(64 * 1024)
            .from_reader(rows);
        let headers = reader.headers().map_err(trouble_of);
        if cut.take().is_some() {
            return Err(too_large(("the row of headers", "la ligne d’en-têtes"), limit).into());
        }
        let headers = headers?;
        let expected = headers.len();
        let columns = columns(headers, fields)?;
        let mut records = RecordNames::default();
        let mut row = StringRecord::new();
        loop {
            let line = reader.position().line() + lines;
            let read = reader.read_record(&mut row);
            if let Some(breaks) = cut.take() {
                records.count();
                let line = row.position().map_or(line, |position| position.line() + lines);
                drafts.skip(too_large(("the row", "la ligne"), limit).at(line))?;
                lines += breaks;
                continue;
            }
            match read {
                Ok(false) => break,
                Ok(true) if row.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(true) => {
                    records.count();
                    let line = row.position().map_or(line, |position| position.line() + lines);
                    let more = (reader.position().line() + lines).saturating_sub(line);
                    if unclosed.get() && more > 1 {
                        let detail = said!(
                            "a quote that nothing closes makes one row of the last {more} lines",
                            "un guillemet que rien ne ferme fait une seule ligne des {more} dernières"
                        );
                        drafts.skip(Trouble::new(SkipReason::Malformed, detail).at(line))?;
                    }
                    if !fits(&columns, expected, &row) {
                        let detail = said!(
                            "the row has {} columns, the header {expected}",
                            "la ligne a {} colonnes, l’en-tête {expected}",
                            row.len()
                        );
                        drafts.skip(Trouble::new(SkipReason::Malformed, detail).at(line))?;
                        continue;
                    }
                    match read_row(&columns, &row) {
                        Some((mut draft, id)) => {
                            draft.record = Some(records.name(id));
                            drafts.give(draft)?;
                        }
                        None => drafts.skip(
                            Trouble::new(
                                SkipReason::Empty,
                                ("the row has neither title nor text", "la ligne n’a ni titre ni texte"),
                            )
                            .at(line),
                        )?,
                    }
                }
                Err(error) => return Err(Trouble { line: Some(line), ..trouble_of(error) }.into()),
            }
        }
        if records.is_empty() {
            return Err(Trouble::new(
                SkipReason::Empty,
                ("there is no row below the headers", "il n’y a pas de ligne sous les en-têtes"),
            )
            .into());
        }
        Ok(())
    }
}

/// Returns what each known column holds.
fn columns(headers: &StringRecord, fields: &FieldMap) -> Result<Vec<(usize, Role)>, Trouble> {
    let columns = headers.iter().enumerate().filter_map(|(at, name)| Some((at, column(name, fields)?)));
    let columns = columns.collect::<Vec<_>>();
    let has_words = columns
        .iter()
        .any(|(_, role)| matches!(role.field, Field::Headline | Field::Body | Field::Lead | Field::Summary));
    match () {
        () if headers.is_empty() => Err(Trouble::no_text()),
        () if has_words => Ok(columns),
        () => Err(Trouble::new(
            SkipReason::Malformed,
            (
                "no column of the first row is named title, body or the like",
                "aucune colonne de la première ligne ne s’appelle titre, texte ou semblable",
            ),
        )
        .at(1)),
    }
}

/// Returns what a column of this name holds.
fn column(name: &str, fields: &FieldMap) -> Option<Role> {
    fields.role(name).or_else(|| role(name))
}

/// Returns whether a row is one of the table: it has no more cells than the header but empty ones, and
/// reaches as far as its text. (The second half of a row that a line break cuts rarely does.)
fn fits(columns: &[(usize, Role)], expected: usize, row: &StringRecord) -> bool {
    let first = |field| columns.iter().find(|(_, role)| role.field == field).map(|(at, _)| *at);
    let words = first(Field::Body).or_else(|| first(Field::Headline)).or_else(|| columns.first().map(|(at, _)| *at));
    match row.len() {
        length if length < expected => words.is_some_and(|at| at < length),
        _ => row.iter().skip(expected).all(|cell| cell.trim().is_empty()),
    }
}

fn read_row(columns: &[(usize, Role)], row: &StringRecord) -> Option<(crate::article::Draft, Option<String>)> {
    let mut record = Record::default();
    for (at, role) in columns {
        if let Some(cell) = row.get(*at).filter(|cell| !cell.is_empty()) {
            record.put(*role, Value::from(cell));
        }
    }
    record.draft(DateOrigin::Metadata)
}

fn trouble_of(error: csv::Error) -> Trouble {
    let said = error.to_string();
    match error.into_kind() {
        ErrorKind::Io(error) => error.into(),
        _ => Trouble::new(SkipReason::Malformed, said!("this is no table: {said}", "ce n’est pas un tableau : {said}")),
    }
}

/// Returns the delimiter of a `sep=;` line, as spreadsheets write it, and the length of that line.
fn declared_delimiter(head: &str) -> Option<(u8, usize)> {
    let line = head.split_inclusive('\n').next()?;
    match *line.trim_end().strip_prefix("sep=")?.as_bytes() {
        [delimiter] => Some((delimiter, line.len())),
        _ => None,
    }
}

/// Returns how many blank lines stand at the start, and their length.
fn blank_lines(head: &str) -> (u64, usize) {
    let blank = head.split_inclusive('\n').take_while(|line| line.ends_with('\n') && line.trim().is_empty());
    blank.fold((0, 0), |(count, length), line| (count + 1, length + line.len()))
}

/// Returns the delimiter that makes most known columns of the header line; of two that make as many,
/// the one that makes most columns.
fn sniff(head: &str, fields: &FieldMap) -> u8 {
    let header = head.lines().next().unwrap_or_default();
    let score = |delimiter: &u8| {
        let cells = header.split(char::from(*delimiter));
        let known = cells.clone().filter(|cell| column(cell, fields).is_some()).count();
        (known, cells.count())
    };
    // The last of equals wins.
    [b'|', b';', b'\t', b','].into_iter().max_by_key(score).unwrap_or(b',')
}

/// Returns whether quotes stand around cells that tabs part, and are no part of the text, as most
/// writers of such files have them: each cell that a quote opens must also end with one.
fn has_quoted_cells(head: &str) -> bool {
    // The last line of a long file's head is cut.
    let whole = head.rfind('\n').filter(|_| head.len() > 32 * 1024).map_or(head.len(), |end| end + 1);
    let head = head.get(..whole).unwrap_or(head);
    let columns = head.lines().next().unwrap_or_default().split('\t').count();
    let (mut closed, mut stray) = (0usize, false);
    for cell in head.lines().flat_map(|line| line.split('\t')).filter(|cell| cell.starts_with('"')) {
        match cell.len() > 1 && cell.ends_with('"') {
            true => closed += 1,
            false => stray = true,
        }
    }
    // A quoted cell may hold line breaks; then some of the lines are no whole rows.
    let rows_are_lines = || {
        let lines = head.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        lines.filter(|line| !line.trim().is_empty()).all(|line| line.split('\t').count() == columns)
    };
    match (closed, stray) {
        (closed, false) => closed > 0,
        (_, true) => !rows_are_lines() && every_quote_closes(head),
    }
}

/// Returns whether the quote that ends a cell is always followed by a tab or a line break.
fn every_quote_closes(head: &str) -> bool {
    let bytes = head.as_bytes();
    let (mut at, mut closed, mut at_start) = (0, 0usize, true);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'"' || !at_start {
            at_start = matches!(byte, b'\t' | b'\r' | b'\n');
            continue;
        }
        loop {
            match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'"'), Some(b'"')) => at += 2,
                (Some(b'"'), None | Some(b'\t' | b'\r' | b'\n')) => break,
                (Some(b'"'), Some(_)) => return false,
                (Some(_), _) => at += 1,
                // The head may cut the last cell.
                (None, _) => return closed > 0,
            }
        }
        at += 1;
        at_start = false;
        closed += 1;
    }
    closed > 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::Limits;
    use crate::ingest::testing::{read, read_one, read_within};

    fn check(name: &str, text: &[u8], expected: &[&str]) {
        let each = read(name, text).into_iter().map(|result| match result {
            Ok(draft) => format!("{}:{}", draft.record.unwrap_or_default(), draft.body),
            Err(skip) => format!("!{:?} {}", skip.reason, skip.line.unwrap_or_default()),
        });
        assert_eq!(each.collect::<Vec<_>>(), expected, "{}", String::from_utf8_lossy(text));
    }

    #[test]
    fn every_delimiter_is_told() {
        for text in [
            "id,title,text\n7,t,a\n",
            "id;title;text\r\n7;t;a",
            "id\ttitle\ttext\n7\tt\ta\n",
            "sep=;\nid;text\n7;a\n",
            "id|title|text\n7|t|a\n",
            "\n \nid;title;text\n7;t;a\n",
        ] {
            check("a.csv", text.as_bytes(), &["7:a"]);
            check("a.tsv", text.as_bytes(), &["7:a"]);
        }
    }

    #[test]
    fn a_bad_row_does_not_stop_the_next() {
        check(
            "a.csv",
            b"id,text,x\n1,\"a\nb\",\n2,b,c,d\n,,\n3,,z\n1,d,\n,e,\n",
            &["1:a\nb", "!Malformed 4", "!Empty 6", "1~2:d", "5:e"],
        );
    }

    #[test]
    fn all_known_columns_are_taken() {
        let text = "Titre;Contenu;Date;Symbole;Ticker;Journal\n\"Thales; en hausse\";\"Le \"\"groupe\"\"\";04/03/2025;x;HO.PA;Agence\n";
        let draft = read_one("a.csv", text.as_bytes());
        assert_eq!(draft.headline.as_deref(), Some("Thales; en hausse"));
        assert_eq!(draft.body, "Le \"groupe\"");
        assert_eq!(draft.dates, [("04/03/2025".to_owned(), DateOrigin::Metadata)]);
        assert_eq!((draft.tickers, draft.source.as_deref()), (vec!["HO.PA".to_owned()], Some("Agence")));
    }

    #[test]
    fn a_table_of_something_else_is_told() {
        check("a.csv", b"price,volume\n1,2\n", &["!Malformed 1"]);
        check("a.csv", b"", &["!Empty 0"]);
        check("a.csv", b"title,text\n", &["!Empty 0"]);
    }

    #[test]
    fn old_encodings_are_read() {
        check(
            "a.csv",
            b"titre;texte\nx;Un b\xE9n\xE9fice d\xE9cev0ant \x96 3 \x80\n",
            &["1:Un bénéfice décev0ant – 3 €"],
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_takes_bounded_memory() {
        let text = format!("title,text\nt,a\nt,\"{}", "word\n".repeat(100_000));
        let results = read_within("a.csv", text.as_bytes(), &Limits { record: 100_000, ..Limits::default() });
        assert_eq!(results.len(), 2);
        let skip = results[1].as_ref().unwrap_err();
        assert_eq!((skip.reason, skip.line), (SkipReason::TooLarge, Some(3)));
    }

    #[test]
    fn a_row_too_large_is_passed_over() {
        let word = "un mot, \"\"deux\"\" été\n".repeat(20_000);
        let plain = "un mot ".repeat(40_000);
        for (large, breaks) in
            [(format!("B,\"{word}\",x"), 20_000), (format!("B,{plain},x"), 0), (format!("\"B\",\"{plain}\""), 0)]
        {
            for end in ["\n", "\r\n"] {
                let rows = ["title,text", "A,a", &large, "C,c", "D,d,e,f"];
                let text = rows.map(|row| format!("{row}{end}")).concat();
                let results = read_within("a.csv", text.as_bytes(), &Limits { record: 100_000, ..Limits::default() });
                let told = results.into_iter().map(|result| match result {
                    Ok(draft) => format!("{}:{}", draft.record.unwrap_or_default(), draft.body),
                    Err(skip) => format!("!{:?} {}", skip.reason, skip.line.unwrap_or_default()),
                });
                let last = format!("!Malformed {}", 5 + breaks);
                assert_eq!(told.collect::<Vec<_>>(), ["1:a", "!TooLarge 3", "3:c", &last], "{}", &large[..40]);
            }
        }
    }

    #[test]
    fn a_stray_quote_between_tabs_joins_no_rows() {
        check("a.tsv", b"id\ttext\n1\t\"a\n2\tb\"\n3\t\"c\" d\n", &["1:\"a", "2:b\"", "3:\"c\" d"]);
        check("a.tsv", b"id\ttext\n1\t\"a\"\n2\t\"b\"\n", &["1:a", "2:b"]);
        check("a.tsv", b"id\ttext\n1\t\"a\nb\"\n2\tc\n", &["1:a\nb", "2:c"]);
    }

    #[test]
    fn a_long_table_may_have_quoted_cells() {
        let row = format!("\"{}\"\t\"x\"\n", "mot ".repeat(500));
        let results = read("a.tsv", format!("text\tid\n{}", row.repeat(60)).as_bytes());
        assert!(results.iter().all(|result| result.as_ref().unwrap().body.starts_with("mot")));
    }

    #[test]
    fn rows_may_be_a_little_short_or_long() {
        check("a.csv", b"id,text,x\n1,a\n2,b,c,,\n3,c,d,e\n4\n", &["1:a", "2:b", "!Malformed 4", "!Malformed 5"]);
        check("a.csv", b"\n\nid,text\n1,a,b\n", &["!Malformed 4"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bodies in prop::collection::vec("[a-zé,;\"\n][a-zé ,;\"\n\t]{0,20}x", 1..8), delimiter in 0..3usize) {
            // A break and a tab in one cell may look like two rows.
            prop_assume!(delimiter != 2 || !bodies.iter().any(|body| body.contains('\n') && body.contains('\t')));
            let mut writer = csv::WriterBuilder::new().delimiter(b",;\t"[delimiter]).from_writer(Vec::new());
            writer.write_record(["title", "text"]).unwrap();
            for body in &bodies {
                writer.write_record(["t", body.as_str()]).unwrap();
            }
            let results = read("a.csv", &writer.into_inner().unwrap());
            let read = results.into_iter().map(|result| result.unwrap().body).collect::<Vec<_>>();
            prop_assert_eq!(read, bodies);
        }
    }
}
