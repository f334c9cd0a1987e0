//! Mail: newsletters and alerts as they were sent (`.eml`, RFC 5322 and MIME).
//!
//! `mail-parser` takes a message apart. Its subject is the title, its text the story; of two versions
//! of the text the plain one is read, unless it only points at the other. Files sent along, forwarded
//! messages too, are read as files in an archive are: `a.eml!report.csv`.

use mail_parser::{Addr, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::decode::{decode, line_ends};
use super::format::Format;
use super::mail_header;
use super::markup;
use super::member::{Member, Members};
use super::source::{Drafts, Source, Stop, Trouble};
use super::values::one_line;
use crate::article::{DateOrigin, Draft, SkipReason};

/// A mail message.
pub(super) struct Mail;

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["eml"]
    }

    fn about(&self) -> &'static str {
        "the text of a message, its subject, sender and date; files sent along"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let bytes = mail_header::mended(source.whole()?);
        let message = parse(&bytes)?;
        read_message(&message, &mut Members::of(source)?, drafts)
    }
}

/// How deep messages may lie in messages, and how many parameters may come in pieces (RFC 2231), which
/// `mail-parser` joins in a time that grows with the square of their number.
const DEEPEST: usize = 64;
const MOST_PIECES: usize = 10_000;

/// Takes a message apart. Fails if it has none of the fields that a message begins with.
pub(super) fn parse(bytes: &[u8]) -> Result<Message<'_>, Trouble> {
    if has_many_pieces(bytes) {
        return Err(Trouble::new(
            SkipReason::Malformed,
            (
                "a field of it is in more pieces than any mail needs",
                "un de ses champs a plus de morceaux qu’il n’en faut à un courriel",
            ),
        ));
    }
    let message = MessageParser::default().parse(bytes);
    let message = message
        .filter(|message| message.from().is_some() || message.subject().is_some() || message.date().is_some())
        .ok_or_else(|| {
            Trouble::new(
                SkipReason::Malformed,
                (
                    "this is no mail: it has neither sender, subject nor date",
                    "ce n’est pas un courriel : il n’a ni expéditeur, ni objet, ni date",
                ),
            )
        })?;
    shallow(message)
}

/// Returns the message if no messages lie deeper in it than any were forwarded. Those that do are let go one by
/// one: each within the last, they would take the whole stack.
fn shallow(message: Message<'_>) -> Result<Message<'_>, Trouble> {
    let mut level: Vec<&Message<'_>> = vec![&message];
    let inside = |message: &'_ Message<'_>| message.parts.iter().any(|part| matches!(part.body, PartType::Message(_)));
    for _ in 0..DEEPEST {
        let parts = level.iter().flat_map(|message| &message.parts);
        level = parts
            .filter_map(|part| if let PartType::Message(inner) = &part.body { Some(inner) } else { None })
            .collect();
    }
    if !level.into_iter().any(inside) {
        return Ok(message);
    }
    let mut left = vec![message];
    while let Some(mut outer) = left.pop() {
        for part in &mut outer.parts {
            if let PartType::Message(inner) = std::mem::take(&mut part.body) {
                left.push(inner);
            }
        }
    }
    Err(Trouble::new(
        SkipReason::Malformed,
        (
            "messages lie in it deeper than any were forwarded",
            "des messages y sont imbriqués plus profond qu’aucun transfert",
        ),
    ))
}

/// Returns whether there are more pieces of parameters (`; name*12=…`) than any mail has.
fn has_many_pieces(bytes: &[u8]) -> bool {
    let is_piece = |at: &usize| {
        let rest = &bytes[at + 1..];
        let digits = rest.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
        digits > 0 && matches!(rest.get(digits), Some(b'=' | b'*' | b' '))
    };
    memchr::memchr_iter(b'*', bytes).filter(is_piece).nth(MOST_PIECES).is_some()
}

/// Hands on the article of a message, and what was sent along with it.
pub(super) fn read_message(
    message: &Message<'_>,
    files: &mut Members<'_>,
    drafts: &mut Drafts<'_>,
) -> Result<(), Stop> {
    let draft = draft(message);
    let mut any = !draft.body.trim().is_empty();
    if any {
        drafts.give(draft)?;
    }
    for part in message.attachments() {
        if let Some(name) = file_name(part) {
            any = true;
            let file = Member { name, modified: sent(message), bytes: Box::new(part.contents()) };
            files.read(file, drafts)?;
        }
    }
    match any {
        true => Ok(()),
        false => Err(Trouble::no_text().into()),
    }
}

/// Returns when a message was sent, in nanoseconds since 1970 UTC.
pub(super) fn sent(message: &Message<'_>) -> Option<i64> {
    message.date().filter(|date| date.is_valid())?.to_timestamp().checked_mul(1_000_000_000)
}

fn draft(message: &Message<'_>) -> Draft {
    // As it is written first, for not every program writes it as it must be written.
    let written = stated(message, "Date").map(|date| one_line(date.to_owned()));
    let parsed = message.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339());
    Draft {
        headline: message.subject().map(str::trim).filter(|subject| !subject.is_empty()).map(str::to_owned),
        body: body(message),
        language: stated(message, "Content-Language").map(str::to_owned),
        language_around: true,
        dates: written.into_iter().chain(parsed).map(|date| (date, DateOrigin::Metadata)).collect(),
        source: message.from().and_then(|from| from.first()).and_then(sender),
        url: stated(message, "Archived-At").map(|url| url.trim_matches(['<', '>']).to_owned()),
        ..Draft::default()
    }
}

/// Returns the value of a header that the parser has no reading for.
fn stated<'m>(message: &'m Message<'_>, name: &'static str) -> Option<&'m str> {
    message.header_raw(name).map(str::trim).filter(|text| !text.is_empty())
}

/// Returns who sent a message: the name, else the domain of the address.
fn sender(from: &Addr<'_>) -> Option<String> {
    let domain = || from.address().and_then(|address| address.rsplit('@').next());
    from.name().map(str::trim).filter(|name| !name.is_empty()).or_else(domain).map(str::to_owned)
}

/// Returns the text of a message. Many newsletters have a plain version that says where to read them.
fn body(message: &Message<'_>) -> String {
    let plain = joined(message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(plain_text(message, part, text)),
        _ => None,
    }));
    let marked = joined(message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(html) => Some(markup::to_text(html)),
        _ => None,
    }));
    if plain.len() * 2 < marked.len() { marked } else { plain }
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Returns the text of a part, its lines joined where the sender broke them for the screen (RFC 3676), and its
/// charset guessed where the one that is stated cannot be right.
fn plain_text(message: &Message<'_>, part: &MessagePart<'_>, text: &str) -> String {
    let range = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
    let text = match message.raw_message().get(range) {
        Some(raw) if part.encoding == Encoding::None && text.contains('\u{FFFD}') => {
            decode(raw.to_vec(), None).unwrap_or_else(|_| text.to_owned())
        }
        _ => line_ends(text.to_owned()),
    };
    let format = part.content_type().and_then(|content| content.attribute("format"));
    if format.is_some_and(|format| format.eq_ignore_ascii_case("flowed")) { unflowed(&text) } else { text }
}

/// Joins the lines that end in a space with the next, but for the mark of a signature.
fn unflowed(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        joined.push_str(line);
        if !line.ends_with(' ') || line == "-- " {
            joined.push('\n');
        }
    }
    joined
}

/// Returns the name of a file sent along; `None` for pictures and the like that are parts of the text.
fn file_name(part: &MessagePart<'_>) -> Option<String> {
    if let PartType::Message(inner) = &part.body {
        let subject = inner.subject().unwrap_or_default().replace(['/', '\\'], "-");
        return Some(part.attachment_name().map_or_else(|| format!("{}.eml", subject.trim()), str::to_owned));
    }
    let name = part.attachment_name()?;
    let is_sent_along = part.content_disposition().is_some_and(|disposition| disposition.is_attachment());
    is_sent_along.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::testing::{read, read_one};

    /// An alert in two versions, with a table sent along.
    fn alert(plain: &str) -> String {
        format!(
            "From: =?utf-8?q?La_D=C3=A9p=C3=AAche?= <alertes@example.org>\r\nTo: moi@example.org\r\n\
             Subject: =?iso-8859-1?q?Alerte_:_Exemple_rel=E8ve_ses_objectifs?=\r\n\
             Date: Thu, 17 Jul 2025 08:30:00 +0200\r\nContent-Language: fr\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=aa\r\n\r\n--aa\r\n\
             Content-Type: multipart/alternative; boundary=bb\r\n\r\n--bb\r\n\
             Content-Type: text/plain; charset=iso-8859-1; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
             {plain}\r\n--bb\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
             <html><body><table><tr><td><p>Le groupe a relevé ses objectifs.</p><p>Le titre monte.</p></td></tr></table></body></html>\r\n\
             --bb--\r\n--aa\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"chiffres.csv\"\r\n\r\n\
             titre,texte\r\nUn chiffre,Dix.\r\n--aa\r\nContent-Type: image/png\r\nContent-Disposition: inline; filename=\"logo.png\"\r\n\r\n\
             PNG\r\n--aa--\r\n"
        )
    }

    #[test]
    fn a_message_is_an_article() {
        let results =
            read("a.eml", alert("Le groupe a relev=E9 ses =\r\nobjectifs de =20\r\nventes et de marge.").as_bytes());
        let [Ok(mail), Ok(row)] = &results[..] else { panic!("{results:?}") };
        assert_eq!(mail.headline.as_deref(), Some("Alerte : Exemple relève ses objectifs"));
        assert_eq!(mail.body.trim(), "Le groupe a relevé ses objectifs de  ventes et de marge.");
        assert_eq!(mail.source.as_deref(), Some("La Dépêche"));
        let dates: Vec<&str> = mail.dates.iter().map(|(date, _)| date.as_str()).collect();
        assert_eq!(dates, ["Thu, 17 Jul 2025 08:30:00 +0200", "2025-07-17T08:30:00+02:00"]);
        assert_eq!((mail.language.as_deref(), mail.member.as_deref()), (Some("fr"), None));
        assert_eq!((row.member.as_deref(), row.body.as_str()), (Some("chiffres.csv"), "Dix."));
        assert_eq!(row.modified, Some(1_752_733_800_000_000_000));
    }

    #[test]
    fn a_plain_version_that_only_points_elsewhere_is_not_the_text() {
        let results = read("a.eml", alert("Voir en ligne.").as_bytes());
        assert_eq!(results[0].as_ref().unwrap().body, "Le groupe a relevé ses objectifs.\n\nLe titre monte.");
    }

    #[test]
    fn what_a_marked_up_message_does_not_show_is_no_text() {
        let text = "<html><head><title>Lettre</title></head><body><div style='display:none'>Vite</div><p>Le texte.</p></body></html>";
        let mail = format!("Subject: T\r\nContent-Type: text/html\r\n\r\n{text}\r\n");
        assert_eq!(read_one("a.eml", mail.as_bytes()).body, "Le texte.");
    }

    #[test]
    fn a_charset_that_is_not_stated_is_guessed() {
        let draft =
            read_one("a.eml", b"From: <x@example.org>\r\nSubject: T\r\n\r\nLe b\xE9n\xE9fice de l'\xE9t\xE9.\r\n");
        assert_eq!((draft.body.trim(), draft.source.as_deref()), ("Le bénéfice de l'été.", Some("example.org")));
    }

    #[test]
    fn a_forwarded_message_is_read_too() {
        let inner = "Subject: Dedans\r\nFrom: a@example.org\r\n\r\nLe texte transmis.\r\n";
        let outer = format!(
            "Subject: Tr: Dedans\r\nFrom: b@example.org\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n\
             --a\r\n\r\nPour information.\r\n--a\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--a--\r\n"
        );
        let results = read("a.eml", outer.as_bytes());
        let [Ok(first), Ok(second)] = &results[..] else { panic!("{results:?}") };
        assert_eq!((first.body.trim(), second.body.trim()), ("Pour information.", "Le texte transmis."));
        assert_eq!(second.member.as_deref(), Some("Dedans.eml"));
    }

    #[test]
    fn a_message_made_to_break_its_reader_is_told() {
        let nested = "Subject: a\nContent-Type: message/rfc822\n\n".repeat(200_000);
        let pieces: String = (0..100_000).map(|n| format!("; a*{n}=b")).collect();
        let pieces = format!("Subject: a\nContent-Type: text/plain{pieces}\n\nx");
        for mail in [nested, pieces] {
            assert_eq!(read("a.eml", mail.as_bytes())[0].as_ref().unwrap_err().reason, SkipReason::Malformed);
        }
        let forwarded = "Subject: a\nContent-Type: message/rfc822\n\n".repeat(3) + "Subject: b\n\nLe texte.\n";
        assert!(read("a.eml", forwarded.as_bytes()).iter().any(Result::is_ok));
    }

    #[test]
    fn what_is_no_mail_or_has_no_text_is_told() {
        for (bytes, reason) in [
            (&b""[..], SkipReason::Malformed),
            (b"Pas un message.", SkipReason::Malformed),
            (b"Subject: Rien\r\n\r\n", SkipReason::Empty),
        ] {
            assert_eq!(read("a.eml", bytes)[0].as_ref().unwrap_err().reason, reason, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn a_damaged_message_gives_articles_or_skips(at in 0usize..900, bytes: [u8; 3], cut in 0usize..900) {
            let mut mail = alert("Voir en ligne.").into_bytes();
            let at = at.min(mail.len() - 3);
            mail[at..at + 3].copy_from_slice(&bytes);
            mail.truncate(mail.len().saturating_sub(cut));
            prop_assert!(!read("a.eml", &mail).is_empty());
        }
    }
}
