//! ARC, the older form of web archives: a line of address, date, type and length before each page.
//!
//! Separate from `web_archive`, whose records have headers; the pages in both are read alike.

use std::io::BufRead;

use super::format::Format;
use super::http;
use super::lines::{Line, read_line};
use super::member::Members;
use super::source::{Drafts, Source, Stop, Trouble};
use super::web_archive::{LONGEST_LINE, Page, malformed, read_records};

/// An ARC file.
pub(super) struct Arc;

/// The line before a page: `address IP date type [more …] length`.
struct Head {
    url: String,
    /// When it was fetched, in nanoseconds since 1970 UTC.
    fetched: Option<i64>,
}

impl Format for Arc {
    fn name(&self) -> &'static str {
        "ARC"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["arc"]
    }

    fn about(&self) -> &'static str {
        "every page that was fetched, with its address, as the older web archives have it"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        read_records(source, drafts, read_head, read_page)
    }
}

/// Reads the line before a page, and the blank ones before it; none at the end of the archive.
fn read_head(mut reader: &mut dyn BufRead, number: u64) -> Result<Option<(Head, u64)>, Trouble> {
    let mut line = Vec::new();
    loop {
        match read_line(&mut reader, LONGEST_LINE, &mut line)? {
            Line::End => return Ok(None),
            Line::Read if line.trim_ascii().is_empty() => {}
            Line::Read => return parse(&String::from_utf8_lossy(&line)).map(Some).ok_or_else(|| stray(number)),
            Line::TooLarge => return Err(stray(number)),
        }
    }
}

fn stray(number: u64) -> Trouble {
    malformed(("this is no record of an ARC file", "ce n’est pas un enregistrement d’un fichier ARC"), number)
}

fn parse(line: &str) -> Option<(Head, u64)> {
    let parts: Vec<&str> = line.split_ascii_whitespace().collect();
    let is_date = |part: &&str| part.len() == 14 && part.bytes().all(|byte| byte.is_ascii_digit());
    // Addresses may have spaces of their own.
    let at = parts.iter().position(is_date).filter(|at| *at >= 2 && at + 2 < parts.len())?;
    let url = parts.get(..at - 1)?.join(" ");
    let (date, length) = (parts.get(at)?, parts.last()?.parse().ok()?);
    let fetched = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", date).ok();
    let fetched = fetched.and_then(|date| jiff::tz::TimeZone::UTC.to_timestamp(date).ok());
    let fetched = fetched.and_then(|date| i64::try_from(date.as_nanosecond()).ok());
    Some((Head { url, fetched }, length))
}

fn read_page(
    head: &Head,
    block: &mut dyn BufRead,
    number: u64,
    members: &Members<'_>,
    drafts: &mut Drafts<'_>,
) -> Result<(), Stop> {
    // The first record describes the file, and is no page.
    if !head.url.starts_with("http") {
        return Ok(());
    }
    match http::Response::read(block) {
        Ok(Some(response)) if response.is_good() => {
            let page = Page { response, url: Some(&head.url), fetched: head.fetched, number };
            page.give(block, members, drafts)
        }
        Ok(_) => Ok(()),
        Err(trouble) => drafts.skip(trouble.at(number)),
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read;

    fn record(url: &str, block: &str) -> String {
        format!("{url} 192.0.2.1 20250717063000 text/html {}\n{block}\n", block.len())
    }

    fn check(bytes: &str, expected: &[&str]) {
        let each = read("a.arc", bytes.as_bytes()).into_iter().map(|result| match result {
            Ok(draft) => {
                assert_eq!(draft.modified, Some(1_752_733_800_000_000_000));
                format!("{} {} {}", draft.record.unwrap(), draft.url.unwrap(), draft.body.trim())
            }
            Err(skip) => format!("!{:?} {}", skip.reason, skip.line.unwrap_or_default()),
        });
        assert_eq!(each.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn pages_are_articles() {
        let head = record("filedesc://a.arc", "1 0 X\nURL IP-address Archive-date Content-type Archive-length\n");
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Le titre monte.</p>";
        let gone = "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>Rien.</p>";
        let good = format!("{head}{}{}", record("http://a.example/1", page), record("http://a.example/2", gone));
        check(&good, &["2 http://a.example/1 Le titre monte."]);
        check(&format!("{good}rubbish\n"), &["2 http://a.example/1 Le titre monte.", "!Malformed 4"]);
        check(&good[..good.len() - 5], &["2 http://a.example/1 Le titre monte.", "!Malformed 3"]);
        let spaced = good.replace("/1 192", "/1 and more 192");
        check(&spaced, &["2 http://a.example/1 and more Le titre monte."]);
        check("", &["!Empty 0"]);
        check("http://a 1 2 3 x\n", &["!Malformed 1"]);
    }
}
