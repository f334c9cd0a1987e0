//! Codes in free text, read into mentions of securities.
//!
//! A headline and a text are each scanned once for the bytes that can begin or join a code (brackets,
//! colons, dots, dollar signs), for a few words, and for runs of capitals and digits; each find is offered
//! to the forms that registered for it. A text without them costs one pass and no memory.
//!
//! To add a form of code: a file beside this one with a `FORM`, and a line in `FORMS`. Where two forms
//! claim the same bytes, the one that stands first in the table wins.
//!
//! A company's name without a code is not read here; the forms need a market, a code or a bracket.

mod bloomberg;
mod cashtag;
mod isin;
mod keyword;
mod labelled;
mod named;
mod reuters;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::article::{How, Language, Mention, Mic, Span, Ticker};
use crate::market::{self, companies, symbol};
use text::Text;

/// One form in which a security is written.
struct Form {
    /// What the scan looks for.
    trigger: Trigger,
    /// Reads what stands around the byte `at`, where the trigger was found, and adds what it finds.
    read: fn(text: &Text<'_>, at: usize, found: &mut Vec<Found>),
}

/// What the scan looks for on behalf of a form.
enum Trigger {
    /// Any of these bytes.
    Bytes(&'static [u8]),
    /// Any of these texts.
    Words(&'static [&'static str]),
    /// A run of ten or more capitals and digits; the form is given its first byte.
    Codes,
}

/// Every form, the surest first.
static FORMS: [&Form; 8] = [
    &labelled::FORM,
    &reuters::FORM,
    &named::FORM,
    &keyword::FORM,
    &bloomberg::SPACED,
    &bloomberg::JOINED,
    &cashtag::FORM,
    &isin::FORM,
];

/// A code found in a text.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    start: usize,
    end: usize,
    ticker: Ticker,
    how: How,
}

/// Returns the securities named by a code in `headline` or `text`, and those that metadata state.
///
/// `stated` are codes as the format gives them; those come first, in their order, and are counted in the
/// text like the others. The others follow in the order of their first place, headline before text.
/// Spans are byte ranges of the code itself in `headline` or `text`. `language` decides between markets
/// where a code alone leaves them open.
pub fn read(headline: &str, text: &str, stated: &[String], language: Language) -> Vec<Mention> {
    let mut places = scan(headline, language);
    let in_headline = places.len();
    places.extend(scan(text, language));
    let mut mentions = Vec::new();
    let mut known = FxHashMap::default();
    let stated = stated.iter().flat_map(|codes| codes.split([',', ';', '|']));
    for ticker in stated.flat_map(|code| state(code, &places, language)) {
        mention(&mut mentions, &mut known, ticker, How::Metadata);
    }
    for (at, Found { start, end, ticker, how }) in places.into_iter().enumerate() {
        let mention = mention(&mut mentions, &mut known, ticker, how);
        mention.mentions += 1;
        mention.spans.push(Span { headline: at < in_headline, start, end });
    }
    mentions
}

/// Returns the mention of this security, added to the list if it is new.
fn mention<'a>(
    mentions: &'a mut Vec<Mention>,
    known: &mut FxHashMap<Ticker, usize>,
    ticker: Ticker,
    how: How,
) -> &'a mut Mention {
    let place = *known.entry(ticker).or_insert_with_key(|ticker| {
        mentions.push(Mention { ticker: ticker.clone(), how, mentions: 0, spans: Vec::new() });
        mentions.len() - 1
    });
    let mention = &mut mentions[place];
    mention.how = mention.how.min(how);
    mention
}

/// Returns the securities of one stated code. A bare symbol takes its market from the text, where the text
/// names it, then from the tables: the home market of the language, then America, then any.
fn state(code: &str, places: &[Found], language: Language) -> Vec<Ticker> {
    let code = code.trim();
    let resolved = market::resolve(code);
    if !resolved.is_empty() {
        return resolved;
    }
    let symbol = symbol::canonical(code.trim_start_matches('$'), Mic::UNKNOWN);
    if !symbol::fits(&symbol, Mic::UNKNOWN) {
        return Vec::new();
    }
    let mic = match places.iter().find(|place| place.ticker.symbol == symbol) {
        Some(place) => place.ticker.mic,
        None => likely_market(&symbol, language).unwrap_or(Mic::UNKNOWN),
    };
    vec![Ticker::new(symbol, mic)]
}

/// Returns the market that a bare known symbol is most likely meant on.
fn likely_market(symbol: &str, language: Language) -> Option<Mic> {
    let listed = || companies::listings(symbol).map(|listing| listing.mic);
    let french = || listed().find(|mic| matches!(mic.as_str(), "XPAR" | "ALXP" | "XMLI"));
    let american = || companies::us_listing(symbol);
    let home = if language == Language::French { french().or_else(american) } else { american().or_else(french) };
    home.or_else(|| listed().next())
}

/// Returns the codes of one text, in order, none inside another.
fn scan(source: &str, language: Language) -> Vec<Found> {
    let text = Text::new(source, language);
    let mut found = Vec::new();
    let bytes = source.as_bytes();
    let triggers = triggers();
    for (at, &byte) in bytes.iter().enumerate() {
        let wanted = triggers.bytes[usize::from(byte)];
        if wanted != 0 {
            for (place, form) in FORMS.iter().enumerate() {
                if wanted & (1 << place) != 0 {
                    offer(form, place, &text, at, &mut found);
                }
            }
        }
    }
    for (place, finder) in &triggers.words {
        for at in finder.find_iter(bytes) {
            offer(FORMS[*place], *place, &text, at, &mut found);
        }
    }
    if let Some(place) = triggers.codes {
        for_each_code(bytes, |at| offer(FORMS[place], place, &text, at, &mut found));
    }
    in_order(found)
}

/// A find with the place of its form in the table.
type Ranked = (usize, Found);

fn offer(form: &Form, place: usize, text: &Text<'_>, at: usize, found: &mut Vec<Ranked>) {
    let mut new = Vec::new();
    (form.read)(text, at, &mut new);
    found.extend(new.into_iter().map(|find| (place, find)));
}

/// Sorts finds by place, and drops those that overlap a find of a surer form. One form may read several
/// markets from one code (`TSX et NYSE : TU`); these share their place.
fn in_order(mut found: Vec<Ranked>) -> Vec<Found> {
    found.sort_by_key(|(place, find)| (*place, find.start, find.end));
    // What is kept lies apart, so that the last one before a find's end is the only one it can meet.
    let mut kept: BTreeMap<usize, Vec<Ranked>> = BTreeMap::new();
    for (place, find) in found {
        match kept.range_mut(..find.end).next_back().map(|(_, there)| there).filter(|there| there[0].1.end > find.start)
        {
            None => {
                kept.insert(find.start, vec![(place, find)]);
            }
            Some(there) => {
                let shares = there[0].0 == place && (there[0].1.start, there[0].1.end) == (find.start, find.end);
                if shares && there.iter().all(|(_, other)| other.ticker != find.ticker) {
                    there.push((place, find));
                }
            }
        }
    }
    kept.into_values().flatten().map(|(_, find)| find).collect()
}

/// Calls `each` with the first byte of every run of ten or more capitals and digits. Any such run holds a
/// place that is a multiple of ten, so that only every tenth byte is looked at.
fn for_each_code(bytes: &[u8], mut each: impl FnMut(usize)) {
    let is_code = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let mut after = 0;
    for at in (0..bytes.len()).step_by(10) {
        if at < after || !is_code(&bytes[at]) {
            continue;
        }
        let start = at - bytes[after..at].iter().rev().take_while(|byte| is_code(byte)).count();
        after = at + bytes[at..].iter().take_while(|byte| is_code(byte)).count();
        if after - start >= 10 {
            each(start);
        }
    }
}

/// The table of forms, turned round: what to do at each byte.
struct Triggers {
    bytes: [u8; 256],
    words: Vec<(usize, memmem::Finder<'static>)>,
    codes: Option<usize>,
}

fn triggers() -> &'static Triggers {
    static TRIGGERS: OnceLock<Triggers> = OnceLock::new();
    TRIGGERS.get_or_init(|| {
        let mut triggers = Triggers { bytes: [0; 256], words: Vec::new(), codes: None };
        for (place, form) in FORMS.iter().enumerate() {
            match form.trigger {
                Trigger::Bytes(bytes) => bytes.iter().for_each(|&b| triggers.bytes[usize::from(b)] |= 1 << place),
                Trigger::Words(words) => {
                    triggers.words.extend(words.iter().map(|word| (place, memmem::Finder::new(*word))))
                }
                Trigger::Codes => triggers.codes = Some(place),
            }
        }
        triggers
    })
}
