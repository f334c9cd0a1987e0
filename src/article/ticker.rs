//! A security: its symbol and its market, and the mentions of it in an article.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A market, by its ISO 10383 code (`XNAS`, `XPAR`); `XXXX`, the standard's own "no market", when
/// the market is unknown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mic([u8; 4]);

impl Mic {
    /// The market is not known.
    pub const UNKNOWN: Mic = Mic(*b"XXXX");

    /// Reads four upper-case letters or digits.
    pub fn new(code: &str) -> Option<Mic> {
        let bytes: [u8; 4] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).then_some(Mic(bytes))
    }

    /// Returns the four characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXXX")
    }
}

impl fmt::Display for Mic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Mic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Mic {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Mic {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Mic, D::Error> {
        let code = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Mic::new(&code).ok_or_else(|| serde::de::Error::custom("not an ISO 10383 code"))
    }
}

/// A security in its canonical form: the symbol in upper case, share class after a dot (`BRK.B`),
/// with its market.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ticker {
    /// The symbol, `AMZN`.
    pub symbol: String,
    /// The market, `XNAS`.
    pub mic: Mic,
}

impl Ticker {
    /// Returns the ticker of `symbol` on `mic`.
    pub fn new(symbol: impl Into<String>, mic: Mic) -> Ticker {
        Ticker { symbol: symbol.into(), mic }
    }
}

impl fmt::Display for Ticker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.mic, self.symbol)
    }
}

/// How an article names a security, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum How {
    /// A field of the format states it.
    Metadata,
    /// A symbol with its market, `(NASDAQ:AMZN)`, or with its company, `Apple (AAPL)`.
    Code,
    /// A Reuters code, `AIRP.PA`.
    Ric,
    /// A cashtag, `$AAPL`.
    Cashtag,
    /// An ISIN with a right check digit.
    Isin,
    /// The company's name alone.
    Name,
}

impl How {
    /// Returns how sure a mention of this kind is, from 0 to 1; a name has a confidence of its own.
    pub fn confidence(self) -> f32 {
        match self {
            How::Metadata => 1.0,
            How::Code | How::Isin => 0.99,
            How::Ric => 0.98,
            How::Cashtag => 0.95,
            How::Name => 0.85,
        }
    }

    /// Returns the name used in JSON and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            How::Metadata => "metadata",
            How::Code => "code",
            How::Ric => "ric",
            How::Cashtag => "cashtag",
            How::Isin => "isin",
            How::Name => "name",
        }
    }
}

/// One security in one article: how it is known, and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The security, in the listing that is written; for a name, in its company's main listing.
    pub ticker: Ticker,
    /// The one security that stands for all its listings, receipts and former symbols.
    pub company: Ticker,
    /// The surest way in which it is named.
    pub how: How,
    /// How sure it is, from 0 to 1.
    pub confidence: f32,
    /// Whether only a brand or a subsidiary of the company is named.
    pub brand: bool,
    /// Whether the article is about it, and does not only mention it.
    pub main: bool,
    /// How often it is named in headline and body, a name with its code in brackets once; 0 when metadata alone give it.
    pub mentions: u32,
    /// The places, in order; none for metadata.
    pub spans: Vec<Span>,
}

impl Mention {
    /// Returns a mention of a security that stands for itself, without a place.
    pub fn new(ticker: Ticker, how: How) -> Mention {
        let (company, confidence) = (ticker.clone(), how.confidence());
        Mention { ticker, company, how, confidence, brand: false, main: false, mentions: 0, spans: Vec::new() }
    }

    /// Adds a place.
    pub fn place(&mut self, headline: bool, start: usize, end: usize) {
        self.mentions += 1;
        self.spans.push(Span { headline, start, end });
    }
}

/// A place in an article. Kept as two small numbers: twice the first byte, one more in the headline, and the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "(usize, usize)", from = "(usize, usize)")]
pub struct Span {
    /// Whether it stands in the headline; otherwise in the body.
    pub headline: bool,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> (usize, usize) {
        (span.start * 2 + usize::from(span.headline), span.end.saturating_sub(span.start))
    }
}

impl From<(usize, usize)> for Span {
    fn from((place, length): (usize, usize)) -> Span {
        let start = place / 2;
        Span { headline: place % 2 == 1, start, end: start.saturating_add(length) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mic_is_four_capitals() {
        assert_eq!(Mic::new("XNAS").map(|m| m.to_string()).as_deref(), Some("XNAS"));
        for bad in ["xnas", "XNA", "XNASD", "X AS", "ÉXA"] {
            assert_eq!(Mic::new(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_span_is_kept_as_two_numbers() {
        for span in [Span { headline: true, start: 0, end: 4 }, Span { headline: false, start: 70_000, end: 70_031 }] {
            assert_eq!(Span::from(<(usize, usize)>::from(span)), span);
        }
        // Of a damaged record, no overflow.
        assert_eq!(Span::from((usize::MAX, usize::MAX)).end, usize::MAX);
    }

    #[test]
    fn tickers_print_market_first() {
        assert_eq!(Ticker::new("BRK.B", Mic::new("XNYS").unwrap()).to_string(), "XNYS:BRK.B");
    }
}
