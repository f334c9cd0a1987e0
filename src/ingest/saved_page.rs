//! Pages that a browser saved with their pictures in one file (MHTML, RFC 2557): a mail message whose text is the page.

use mail_parser::PartType;

use super::format::Format;
use super::source::{Drafts, Source, Stop, Trouble};
use super::{html, mail, mail_header};
use crate::article::SkipReason;

/// A page in a message.
pub(super) struct SavedPage;

impl Format for SavedPage {
    fn name(&self) -> &'static str {
        "saved page"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["mhtml", "mht"]
    }

    fn about(&self) -> &'static str {
        "the page in it, as HTML"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let bytes = mail_header::mended(source.whole()?);
        let message = mail::parse(&bytes)?;
        let page = message.parts.iter().find_map(|part| match &part.body {
            PartType::Html(html) => Some(html),
            _ => None,
        });
        match page {
            Some(page) => html::read_text(page, drafts),
            None => {
                Err(Trouble::new(SkipReason::Empty, ("there is no page in it", "il n’y a pas de page dedans")).into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::article::SkipReason;
    use crate::ingest::testing::{read, read_one};

    #[test]
    fn the_page_is_read() {
        let head = "From: <Saved by a browser>\r\nSubject: T\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"aa\"\r\n\r\n";
        let page = "--aa\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                    <title>B=C3=A9n=C3=A9fice de Halden</title><link rel=3D'canonical' href=3D'https://a.example/1'><p>Le groupe monte.</p>\r\n";
        let picture = "--aa\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--aa--\r\n";
        let draft = read_one("a.mhtml", format!("{head}{page}{picture}").as_bytes());
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Bénéfice de Halden"), "Le groupe monte."));
        assert_eq!(draft.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(
            read("a.mht", format!("{head}{picture}").as_bytes())[0].as_ref().unwrap_err().reason,
            SkipReason::Empty
        );
    }
}
