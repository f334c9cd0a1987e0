//! Web archives (WARC, ISO 28500), as CC-NEWS and crawlers write them: each page that was fetched is an
//! article, read by the format of its type.
//!
//! Read record by record, and each record as it streams by, so that an archive of any size takes the
//! memory of one page. Requests, failures, pictures and other things that are no articles are passed over.

use std::io::{BufRead, BufReader};

use super::format::{self, Format};
use super::http::{self, Headers};
use super::lines::{Line, read_line};
use super::member::{Members, Whole};
use super::source::{Drafts, Part, Source, Stop, Trouble};
use crate::article::SkipReason;

/// A web archive.
pub(super) struct WebArchive;

/// The longest line that a record may begin with, in bytes.
pub(super) const LONGEST_LINE: u64 = 64 * 1024;

impl Format for WebArchive {
    fn name(&self) -> &'static str {
        "web archive"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["warc"]
    }

    fn about(&self) -> &'static str {
        "every page that was fetched, with its address"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        read_records(source, drafts, read_head, read_record)
    }
}

/// Reads an archive record by record. `head` reads what stands before the one of this number, and how many bytes
/// it has; `None` at the end of the archive. `page` hands on the article of one, if it is one.
pub(super) fn read_records<H>(
    source: &mut Source<'_>,
    drafts: &mut Drafts<'_>,
    head: impl Fn(&mut dyn BufRead, u64) -> Result<Option<(H, u64)>, Trouble>,
    page: impl Fn(&H, &mut dyn BufRead, u64, &Members<'_>, &mut Drafts<'_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let members = Members::of(source)?;
    let mut reader = BufReader::with_capacity(64 * 1024, source.stream());
    let mut number = 0;
    while let Some((head, length)) = head(&mut reader, number + 1)? {
        number += 1;
        let mut block = Whole::new(&mut reader, length);
        page(&head, &mut block, number, &members, drafts)?;
        if block.cut {
            // Told of the page.
            return Ok(());
        }
        std::io::copy(&mut block, &mut std::io::sink()).map_err(|error| Trouble::from(error).at(number))?;
    }
    match number {
        0 => Err(Trouble::new(SkipReason::Empty, ("there is no record in it", "il n’y a pas d’enregistrement dedans"))
            .into()),
        _ => Ok(()),
    }
}

/// Reads the headers of a record, and how long it is.
fn read_head(mut reader: &mut dyn BufRead, number: u64) -> Result<Option<(Headers, u64)>, Trouble> {
    if !begin(&mut reader, number)? {
        return Ok(None);
    }
    let headers = Headers::read(&mut reader)?;
    match headers.get("content-length").and_then(|length| length.parse::<u64>().ok()) {
        Some(length) => Ok(Some((headers, length))),
        None => {
            Err(malformed(("a record does not say how long it is", "un enregistrement ne dit pas sa longueur"), number))
        }
    }
}

/// Reads the line that a record begins with, and the blank ones before it; false at the end of the archive.
fn begin(reader: &mut impl BufRead, number: u64) -> Result<bool, Trouble> {
    let mut line = Vec::new();
    loop {
        match read_line(reader, LONGEST_LINE, &mut line)? {
            Line::End => return Ok(false),
            Line::Read if line.trim_ascii().is_empty() => {}
            Line::Read if line.starts_with(b"WARC/") => return Ok(true),
            _ => {
                return Err(malformed(
                    ("this is no record of a web archive", "ce n’est pas un enregistrement d’archive web"),
                    number,
                ));
            }
        }
    }
}

/// Hands on the article of a record, if it is one.
fn read_record(
    record: &Headers,
    block: &mut dyn BufRead,
    number: u64,
    members: &Members<'_>,
    drafts: &mut Drafts<'_>,
) -> Result<(), Stop> {
    let kind = record.get("warc-type").unwrap_or_default();
    let response = match kind {
        "response" => match http::Response::read(block) {
            Ok(Some(response)) if response.is_good() => response,
            Ok(_) => return Ok(()),
            Err(trouble) => return drafts.skip(trouble.at(number)),
        },
        "resource" | "conversion" => http::Response::bare(record.get("content-type")),
        _ => return Ok(()),
    };
    let url = record.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']));
    let fetched = record.get("warc-date").and_then(|date| date.parse::<jiff::Timestamp>().ok());
    let fetched = fetched.and_then(|fetched| i64::try_from(fetched.as_nanosecond()).ok());
    Page { response, url, fetched, number }.give(block, members, drafts)
}

/// A page as a crawler fetched it, its body still to be read.
pub(super) struct Page<'p> {
    /// The head of the server's answer.
    pub response: http::Response,
    /// Where it was found.
    pub url: Option<&'p str>,
    /// When, in nanoseconds since 1970 UTC.
    pub fetched: Option<i64>,
    /// The number of its record, from 1.
    pub number: u64,
}

impl Page<'_> {
    /// Hands on the article of a page, whose body `block` holds, if it is a document. What a crawler notes of
    /// itself is none, nor what is meant for crawlers.
    pub fn give(&self, block: &mut dyn BufRead, members: &Members<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let Page { response, url, fetched, number } = self;
        let Some(format) = response.ending().and_then(format::of_ending) else { return Ok(()) };
        if url.is_some_and(|url| !is_page(url)) {
            return Ok(());
        }
        let part = Part { record: &number.to_string(), number: *number, modified: *fetched, url: *url };
        drafts.record(&part, |drafts| {
            let read = response.body(block, &members.budget).map_err(Stop::from).and_then(|body| {
                let mut page = Source::of_record(body, response.charset(), members);
                format.read(&mut page, drafts)
            });
            members.settle(read, drafts)
        })
    }
}

/// Returns whether an address may be that of an article: `metadata://…`, as wget writes it, is not.
fn is_page(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    ["http", "https", "ftp", "file"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        && !path.ends_with("/robots.txt")
}

pub(super) fn malformed(detail: (&str, &str), number: u64) -> Trouble {
    Trouble::new(SkipReason::Malformed, detail).at(number)
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read;

    fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-07-17T06:30:00Z\r\n\
             Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn response(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
        [format!("HTTP/1.1 {status} X\r\n{headers}\r\n").as_bytes(), body].concat()
    }

    fn check(bytes: &[u8], expected: &[&str]) {
        let each = read("a.warc", bytes).into_iter().map(|result| match result {
            Ok(draft) => format!(
                "{} {} {}",
                draft.record.unwrap_or_default(),
                draft.url.unwrap_or_default(),
                draft.body.replace('\n', "/").trim()
            ),
            Err(skip) => format!("!{:?} {}", skip.reason, skip.line.unwrap_or_default()),
        });
        assert_eq!(each.collect::<Vec<_>>(), expected);
    }

    const PAGE: &[u8] = b"<title>T</title><p>Le b\xE9n\xE9fice monte.</p>";
    const LATIN: &str = "Content-Type: text/html; charset=iso-8859-1\r\n";

    #[test]
    fn pages_are_articles_and_the_rest_is_passed_over() {
        let gzip = {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            std::io::Write::write_all(&mut encoder, PAGE).unwrap();
            encoder.finish().unwrap()
        };
        let chunked = [b"5;x=y\r\n<p>Un\r\n6\r\n mot.<\r\n2\r\n/p\r\n1\r\n>\r\n0\r\n\r\n".as_slice()].concat();
        let bytes = [
            record("warcinfo", "", b"software: x"),
            record("request", "http://a.example/1", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", "<http://a.example/1>", &response(200, LATIN, PAGE)),
            record("response", "http://a.example/2", &response(404, LATIN, PAGE)),
            record("response", "http://a.example/3", &response(200, "Content-Type: image/png\r\n", b"PNG")),
            record(
                "response",
                "http://a.example/4",
                &response(200, &format!("{LATIN}Content-Encoding: gzip\r\n"), &gzip),
            ),
            record(
                "response",
                "http://a.example/5",
                &response(200, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", &chunked),
            ),
            record(
                "response",
                "http://a.example/6",
                &response(200, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", b"<p>Sans morceaux.</p>"),
            ),
            record("conversion", "http://a.example/7", "Un texte tiré d’une page.".as_bytes()),
            record("resource", "metadata://gnu.org/software/wget/warc/MANIFEST.txt", b"<urn:uuid:1>"),
            record("metadata", "http://a.example/7", b"outlink: http://a.example/8"),
            record("response", "http://a.example/a.css", &response(200, "Content-Type: text/css\r\n", b"p { }")),
            record(
                "response",
                "http://a.example/robots.txt",
                &response(200, "Content-Type: text/plain\r\n", b"User-agent: *"),
            ),
        ]
        .concat();
        check(
            &bytes,
            &[
                "3 http://a.example/1 Le bénéfice monte.",
                "6 http://a.example/4 Le bénéfice monte.",
                "7 http://a.example/5 Un mot.",
                "8 http://a.example/6 Sans morceaux.",
                "9 http://a.example/7 Un texte tiré d’une page.",
            ],
        );
    }

    #[test]
    fn the_day_of_fetching_is_the_time_of_the_file() {
        let bytes = record("response", "http://a.example/", &response(200, LATIN, PAGE));
        assert_eq!(read("a.warc", &bytes)[0].as_ref().unwrap().modified, Some(1_752_733_800_000_000_000));
    }

    #[test]
    fn damage_ends_the_archive_and_keeps_what_came_before() {
        let good = record("response", "http://a.example/1", &response(200, LATIN, PAGE));
        check(
            &[good.clone(), b"rubbish\r\n".to_vec()].concat(),
            &["1 http://a.example/1 Le bénéfice monte.", "!Malformed 2"],
        );
        let cut = record("response", "http://a.example/2", &response(200, LATIN, &PAGE.repeat(9)));
        let cut = &cut[..cut.len() - 100];
        check(&[good.as_slice(), cut].concat(), &["1 http://a.example/1 Le bénéfice monte.", "!Malformed 2"]);
        check(b"", &["!Empty 0"]);
        check(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", &["!Malformed 1"]);
        check(&record("response", "http://a.example/", b"no answer"), &["!Malformed 1"]);
    }
}
