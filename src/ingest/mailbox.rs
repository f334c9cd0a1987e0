//! Mailboxes: messages one after the other, each behind a line that begins with `From ` (mbox, RFC 4155).
//!
//! Read message by message, so that a mailbox of any size takes the memory of one of them.

use std::io::BufReader;

use super::format::Format;
use super::lines::{Line, read_line};
use super::mail;
use super::mail_header;
use super::member::Members;
use super::record_names::RecordNames;
use super::source::{Drafts, Part, Source, Stop, Trouble, too_large};
use crate::article::SkipReason;

/// A mailbox.
pub(super) struct Mailbox;

impl Format for Mailbox {
    fn name(&self) -> &'static str {
        "mailbox"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["mbox", "mbx"]
    }

    fn about(&self) -> &'static str {
        "one article a message, with the files sent along"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let limit = source.limits.record;
        let files = Members::of(source)?;
        let mut reader = BufReader::with_capacity(64 * 1024, source.stream());
        let mut messages = Messages { drafts, files, names: RecordNames::default(), limit };
        let mut message = Held { bytes: Vec::new(), fits: true, limit };
        let mut line = Vec::new();
        // A line that begins the next message if a field of it follows.
        let mut waiting: Option<Vec<u8>> = None;
        let (mut begun, mut blank) = (false, true);
        loop {
            let read = read_line(&mut reader, limit, &mut line)?;
            match waiting.take() {
                Some(_) if read == Line::Read && is_field(&line) => messages.give(&mut message)?,
                Some(from) => message.push(&from),
                None => {}
            }
            match read {
                Line::End if begun => {
                    messages.give(&mut message)?;
                    break;
                }
                Line::End => break,
                Line::Read if !begun && line.starts_with(b"From ") => begun = true,
                _ if !begun && line.trim_ascii().is_empty() => {}
                _ if !begun => {
                    let detail = (
                        "this is no mailbox: it does not begin with a line `From …`",
                        "ce n’est pas une boîte aux lettres : elle ne commence pas par une ligne `From …`",
                    );
                    return Err(Trouble::new(SkipReason::Malformed, detail).into());
                }
                Line::Read if blank && is_separator(&line) => waiting = Some(line.clone()),
                Line::Read => message.push(&line),
                Line::TooLarge => message.fits = false,
            }
            blank = line.trim_ascii().is_empty() && read == Line::Read;
        }
        match messages.names.is_empty() {
            true => {
                Err(Trouble::new(SkipReason::Empty, ("there is no message in it", "il n’y a pas de message dedans"))
                    .into())
            }
            false => Ok(()),
        }
    }
}

/// The bytes of a message, as far as they are read.
struct Held {
    bytes: Vec<u8>,
    /// Whether it is no larger than the limit.
    fits: bool,
    limit: u64,
}

impl Held {
    fn push(&mut self, line: &[u8]) {
        self.fits &= (self.bytes.len() + line.len()) as u64 <= self.limit;
        if self.fits {
            self.bytes.extend_from_slice(unquoted(line));
            self.bytes.push(b'\n');
        }
    }
}

/// The way of the messages out.
struct Messages<'d, 'o, 'f> {
    drafts: &'d mut Drafts<'o>,
    files: Members<'f>,
    names: RecordNames,
    limit: u64,
}

impl Messages<'_, '_, '_> {
    /// Hands a message on, or tells that it was too large to be held; leaves it empty for the next.
    fn give(&mut self, held: &mut Held) -> Result<(), Stop> {
        let bytes = std::mem::take(&mut held.bytes);
        let number = self.names.count();
        if !std::mem::replace(&mut held.fits, true) {
            return self.drafts.skip(too_large(("the message", "le message"), self.limit).at(number));
        }
        let bytes = mail_header::mended(bytes);
        let message = match mail::parse(&bytes) {
            Ok(message) => message,
            Err(trouble) => return self.drafts.skip(trouble.at(number)),
        };
        let record = self.names.name(message.message_id().map(str::to_owned));
        let part = Part { record: &record, number, modified: mail::sent(&message), url: None };
        let files = &mut self.files;
        self.drafts.record(&part, |drafts| {
            let read = mail::read_message(&message, files, drafts);
            files.settle(read, drafts)
        })
    }
}

/// Returns whether a line may stand between two messages: `From` and who sent it alone, or with the year at its end.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let is_year = |word: &&[u8]| {
        word.len() == 4 && (word.starts_with(b"19") || word.starts_with(b"20")) && word.iter().all(u8::is_ascii_digit)
    };
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).rev();
    match (words.next(), words.next()) {
        (Some(_), None) => true,
        // A zone may stand behind the year.
        (Some(last), Some(other)) => is_year(&last) || is_year(&other),
        _ => false,
    }
}

/// Returns whether a line is a field of a message, `Subject: …`, or what some programs put above the first.
pub(super) fn is_field(line: &[u8]) -> bool {
    let name = line.iter().take_while(|&&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    name > 0 && line.get(name) == Some(&b':') || line.starts_with(b">From ")
}

/// Returns a line without the `>` that was put before `From ` in a text.
fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|&&byte| byte == b'>').count();
    match line.get(quotes..).is_some_and(|rest| quotes > 0 && rest.starts_with(b"From ")) {
        true => line.get(1..).unwrap_or_default(),
        false => line,
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::Limits;
    use crate::ingest::testing::read_within;

    fn check(text: &str, limits: &Limits, expected: &[&str]) {
        let each = read_within("a.mbox", text.as_bytes(), limits).into_iter().map(|result| match result {
            Ok(draft) => format!("{}:{}", draft.record.unwrap_or_default(), draft.body.trim()),
            Err(skip) => format!("!{:?} {}", skip.reason, skip.line.unwrap_or_default()),
        });
        assert_eq!(each.collect::<Vec<_>>(), expected, "{text}");
    }

    const TWO: &str = "From a@example.org Thu Jul 17 08:30:00 2025\nSubject: Un\nMessage-ID: <un@example.org>\n\n\
                       Le premier.\n>From here on, nothing.\nFrom there neither.\n\n\
                       From b@example.org Fri Jul 18 08:30:00 2025\nSubject: Deux\n\nLe second.\n";

    #[test]
    fn every_message_is_an_article() {
        let limits = Limits::default();
        let first = "un@example.org:Le premier.\nFrom here on, nothing.\nFrom there neither.";
        check(TWO, &limits, &[first, "2:Le second."]);
        check(&TWO.replace('\n', "\r\n"), &limits, &[first, "2:Le second."]);
    }

    #[test]
    fn a_line_of_the_text_parts_no_messages() {
        for line in
            ["From here on, nothing changes.", "From then on\nNote: none.", "From the year 2025\nit went on", "From x"]
        {
            let text = format!("From a@b Thu Jul 17 08:30:00 2025\nSubject: Un\n\nUn mot.\n\n{line}\n\n{TWO}");
            let first = format!("1:Un mot.\n\n{line}");
            let second = "un@example.org:Le premier.\nFrom here on, nothing.\nFrom there neither.";
            check(&text, &Limits::default(), &[&first, second, "3:Le second."]);
        }
    }

    #[test]
    fn a_message_too_large_is_passed_over() {
        let text = format!("From x\nSubject: Gros\n\n{}\n\n{TWO}", "mot ".repeat(200));
        let limits = Limits { record: 500, ..Limits::default() };
        let expected =
            ["!TooLarge 1", "un@example.org:Le premier.\nFrom here on, nothing.\nFrom there neither.", "3:Le second."];
        check(&text, &limits, &expected);
    }

    #[test]
    fn files_sent_along_bear_the_name_of_their_message() {
        let text = "From x\nSubject: T\nMessage-ID: <m@x>\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nLe mot.\n--a\n\
                    Content-Type: text/plain\nContent-Disposition: attachment; filename=n.txt\n\nLa note.\n--a--\n";
        check(text, &Limits::default(), &["m@x:Le mot.", "m@x!n.txt:La note."]);
    }

    #[test]
    fn what_is_no_mailbox_is_told() {
        let limits = Limits::default();
        check("Subject: T\n\nTexte.\n", &limits, &["!Malformed 0"]);
        check("", &limits, &["!Empty 0"]);
        check("From x\n\nrien\n\nFrom y\nSubject: T\n\nTexte.\n", &limits, &["!Malformed 1", "2:Texte."]);
    }
}
