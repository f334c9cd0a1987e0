//! JSON Lines: one article a line, read line by line, so that a file of any size takes the memory of
//! one line. A bad line is told, and the next one is read.

use std::io::BufRead;

use serde_json::Value;

use super::decode::Decoded;
use super::field_map::FieldMap;
use super::format::Format;
use super::json;
use super::lines::{Line, read_line};
use super::record::Record;
use super::record_names::RecordNames;
use super::source::{Drafts, Source, Stop, Trouble, too_large};
use crate::article::{DateOrigin, SkipReason};

/// JSON Lines, also called NDJSON.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "JSON Lines"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn about(&self) -> &'static str {
        "one article a line, as a JSON object"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let (limit, fields) = (source.limits.record, source.fields);
        let mut reader = Decoded::new(source.stream())?;
        // Some call a JSON list by this ending.
        let start = reader.fill_buf()?.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
        if start == Some(b'[') {
            return json::read_stream(reader, limit, fields, drafts);
        }
        let mut records = RecordNames::default();
        let mut line = Vec::new();
        for number in 1.. {
            match read_line(&mut reader, limit, &mut line)? {
                Line::End => break,
                Line::TooLarge => {
                    records.count();
                    drafts.skip(too_large(("the line", "la ligne"), limit).at(number))?;
                }
                Line::Read if line.trim_ascii().is_empty() => {}
                Line::Read => {
                    records.count();
                    match read_record(&line, fields) {
                        Ok((mut draft, id)) => {
                            draft.record = Some(records.name(id));
                            drafts.give(draft)?;
                        }
                        Err(trouble) => drafts.skip(trouble.at(number))?,
                    }
                }
            }
        }
        if records.is_empty() {
            return Err(Trouble::no_article().into());
        }
        Ok(())
    }
}

/// Reads the article of one line, and its own id.
fn read_record(line: &[u8], fields: &FieldMap) -> Result<(crate::article::Draft, Option<String>), Trouble> {
    let value = serde_json::from_slice(line).or_else(|error| {
        // Only a line that fails is worth a second look.
        let text = std::str::from_utf8(line).map_err(|_| ());
        text.and_then(|text| serde_json::from_str(&json::mend(text)).map_err(|_| ()))
            .map_err(|()| json::trouble_of(error))
    })?;
    let Value::Object(object) = value else {
        return Err(Trouble::new(
            SkipReason::Malformed,
            ("the line is no JSON object", "la ligne n’est pas un objet JSON"),
        ));
    };
    let empty = || {
        Trouble::new(SkipReason::Empty, ("the record has neither title nor text", "l’article n’a ni titre ni texte"))
    };
    Record::mapped(object, fields).draft(DateOrigin::Metadata).ok_or_else(empty)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::Limits;
    use crate::ingest::testing::{read, read_within};

    fn check(text: &[u8], expected: &[&str]) {
        let each = read("a.jsonl", text).into_iter().map(|result| match result {
            Ok(draft) => format!("{}:{}", draft.record.unwrap_or_default(), draft.body),
            Err(skip) => format!("!{:?} {}", skip.reason, skip.line.unwrap_or_default()),
        });
        assert_eq!(each.collect::<Vec<_>>(), expected, "{}", String::from_utf8_lossy(text));
    }

    #[test]
    fn a_bad_line_does_not_stop_the_next() {
        check(
            b"{\"id\":\"x\",\"body\":\"a\"}\r\n\n{\"body\":\n3\n{\"x\":1}\n{\"id\":\"x\",\"body\":\"b\"}",
            &["x:a", "!Malformed 3", "!Malformed 4", "!Empty 5", "x~2:b"],
        );
    }

    #[test]
    fn other_encodings_and_arrangements_are_read() {
        check(b"{\"body\":\"d\xE9\xE7u par l'\xE9t\xE9\"}\n{\"body\":\"b\"}\n", &["1:déçu par l'été", "2:b"]);
        check(b"[{\"body\":\"a\"},\n{\"body\":\"b\"}]", &["1:a", "2:b"]);
        check(b"{\"body\":\"a\",\"date\":NaN}\n", &["1:a"]);
        check(b"\n \n", &["!Empty 0"]);
    }

    #[test]
    fn a_line_too_large_is_passed_over() {
        let text = format!("{{\"body\":\"a\"}}\n{{\"body\":\"{}\"}}\n{{\"body\":\"c\"}}\n", "b".repeat(200_000));
        let results = read_within("a.jsonl", text.as_bytes(), &Limits { record: 1000, ..Limits::default() });
        assert_eq!(results.len(), 3);
        let skip = results[1].as_ref().unwrap_err();
        assert_eq!((skip.reason, skip.line), (SkipReason::TooLarge, Some(2)));
        assert_eq!(results[2].as_ref().unwrap().record.as_deref(), Some("3"));
    }

    proptest! {
        #[test]
        fn every_line_gives_an_article_or_a_skip(good in prop::collection::vec(any::<bool>(), 1..40)) {
            let lines = good.iter().map(|good| if *good { "{\"body\":\"text\"}\n" } else { "{\"body\":\n" });
            let results = read("a.jsonl", lines.collect::<String>().as_bytes());
            prop_assert_eq!(results.iter().map(Result::is_ok).collect::<Vec<_>>(), good);
        }
    }
}
