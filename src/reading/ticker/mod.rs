//! Codes in free text, read into mentions of securities.
//!
//! A headline and a text are each scanned once for the bytes that can begin or join a code (brackets,
//! colons, dots, dollar signs), for a few words, and for runs of capitals and digits; each find is offered
//! to the forms that registered for it. A text without them costs one pass and no memory.
//!
//! To add a form of code: a file beside this one with a `FORM`, and a line in `FORMS`. Where two forms
//! claim the same bytes, the one that stands first in the table wins.
//!
//! Names of companies without a code are found in [`super::name`], and gathered with the codes here.

mod bare;
mod bloomberg;
mod bound;
mod broker;
mod cashtag;
mod isin;
mod keyword;
mod labelled;
mod named;
mod placed;
mod reuters;
mod salience;
mod stated;
mod text;
mod thing;
mod venue;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::name::{self, Candidate, Known};
use super::pointer;
use crate::article::{How, Language, Mention, Mic, Span, Ticker};
use crate::market::companies::{self, Listing};
use crate::market::{self, symbol};
use bound::Bound;
pub use stated::{is_unread, stated_codes};
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
static FORMS: [&Form; 11] = [
    &labelled::FORM,
    &reuters::FORM,
    &named::FORM,
    &keyword::FORM,
    &bloomberg::SPACED,
    &bloomberg::JOINED,
    &cashtag::FORM,
    &isin::FORM,
    &placed::FORM,
    &bare::CHANGED,
    &bare::JUDGED,
];

/// A code found in a text.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    start: usize,
    end: usize,
    ticker: Ticker,
    how: How,
}

/// What is read for tickers.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// The title; empty if it is made of the text.
    pub headline: &'a str,
    /// The text without its boilerplate.
    pub text: &'a str,
    /// Codes as the format states them.
    pub stated: &'a [String],
    /// Decides between markets where a code alone leaves them open.
    pub language: Language,
    /// When it was published, in seconds since 1970: symbols and names change hands.
    pub at: Option<i64>,
    /// Whether companies are looked for by their names too.
    pub names: bool,
}

/// Returns the securities named in headline and text, by a code or by their company's name, and those that
/// metadata state.
///
/// What metadata state comes first, in its order, and is counted in the text like the others. The others
/// follow in the order of their first place, headline before text. Spans are byte ranges of the code or the
/// name itself.
pub fn read(written: &Written<'_>) -> Vec<Mention> {
    let found = find(written);
    let mut mentions = Mentions::new(written.at, found.companies);
    for ticker in found.stated {
        mentions.of(ticker, How::Metadata);
    }
    // What stands in the headline comes first, and there and in the text the order is that of the places.
    for (headline, codes, names) in
        [(true, found.headline_codes, found.headline_names), (false, found.codes, found.names)]
    {
        let mut names = names.into_iter().filter(|name| name.accepted).peekable();
        for code in codes {
            while let Some(name) = names.next_if(|name| name.start < code.start) {
                mentions.add_name(&name, headline);
            }
            // `MC.PA` holds no name, and a name no code: what overlaps is the code's.
            while names.next_if(|name| name.start < code.end).is_some() {}
            mentions.add_code(code, headline);
        }
        for name in names {
            mentions.add_name(&name, headline);
        }
    }
    let mut list = mentions.list;
    salience::mark(&mut list, written);
    list
}

/// What stands in an article: codes, and names with what speaks for and against them.
struct Everything {
    stated: Vec<Ticker>,
    headline_codes: Vec<Found>,
    codes: Vec<Found>,
    headline_names: Vec<Candidate>,
    names: Vec<Candidate>,
    /// The companies of codes that the names before them tell.
    companies: FxHashMap<Ticker, Ticker>,
}

/// Finds the codes, then the names, which are surer beside a code.
fn find(written: &Written<'_>) -> Everything {
    let text = &*pointer::without(written.text);
    let headline_codes = scan(written.headline, written.language);
    let codes = scan(text, written.language);
    let reader = stated::Reader { places: [&headline_codes, &codes], language: written.language, at: written.at };
    let stated: Vec<Ticker> = stated_codes(written.stated).flat_map(|code| reader.read(code)).collect();
    let coded = headline_codes.iter().chain(&codes).map(|code| &code.ticker);
    if !written.names {
        let (headline_names, names, companies) = Default::default();
        return Everything { stated, headline_codes, codes, headline_names, names, companies };
    }
    let bound = Bound::of([(written.headline, &headline_codes), (text, &codes)], written.at);
    let companies = stated.iter().chain(coded).map(|ticker| bound.company(ticker)).collect();
    let known = Known { companies: &companies, given: &bound.given, at: written.at, language: written.language };
    let (headline_names, names) = name::read(written.headline, text, &known);
    let companies = bound.companies;
    Everything { stated, headline_codes, codes, headline_names, names, companies }
}

/// Returns every name of the tables that stands in the article, taken for a mention or not, with its place,
/// its company and its signs.
pub fn candidates(written: &Written<'_>) -> Vec<(Span, Candidate)> {
    let found = find(written);
    let place = |headline: bool| move |name: Candidate| (Span { headline, start: name.start, end: name.end }, name);
    found.headline_names.into_iter().map(place(true)).chain(found.names.into_iter().map(place(false))).collect()
}

/// The mentions of an article, as they are gathered.
struct Mentions {
    at: Option<i64>,
    /// The companies of codes that the names before them tell.
    companies: FxHashMap<Ticker, Ticker>,
    list: Vec<Mention>,
    known: FxHashMap<Ticker, usize>,
    /// Where the mentions of a listing's company are gathered, by symbol, market and when it went: who is named again
    /// is not looked up again.
    named: FxHashMap<(&'static str, Mic, Option<i64>), usize>,
}

impl Mentions {
    fn new(at: Option<i64>, companies: FxHashMap<Ticker, Ticker>) -> Mentions {
        Mentions { at, companies, list: Vec::new(), known: FxHashMap::default(), named: FxHashMap::default() }
    }

    /// Returns the company of a security.
    fn company(&self, ticker: &Ticker) -> Ticker {
        self.companies.get(ticker).cloned().unwrap_or_else(|| market::canonical(ticker, self.at))
    }

    /// Returns the mention of a security, added to the list if it is new.
    fn of(&mut self, ticker: Ticker, how: How) -> &mut Mention {
        let place = match self.known.get(&ticker) {
            Some(place) => *place,
            None => {
                let company = self.company(&ticker);
                self.known.insert(ticker.clone(), self.list.len());
                self.list.push(Mention { company, ..Mention::new(ticker, how) });
                self.list.len() - 1
            }
        };
        let mention = &mut self.list[place];
        mention.how = mention.how.min(how);
        mention.confidence = mention.confidence.max(how.confidence());
        if how < How::Name {
            mention.brand = false;
        }
        mention
    }

    fn add_code(&mut self, code: Found, headline: bool) {
        // A company that was named before is known by the listing that is written.
        let company = self.company(&code.ticker);
        let is_meant = |mention: &Mention| mention.company == company || is_other_class(&mention.company, &company);
        let is_named = |place: &usize| self.list[*place].how == How::Name && is_meant(&self.list[*place]);
        let named = self.named.values().copied().filter(is_named).min();
        if let Some(place) = named.filter(|_| !self.known.contains_key(&code.ticker)) {
            self.known.remove(&self.list[place].ticker);
            self.known.insert(code.ticker.clone(), place);
            self.list[place].ticker = code.ticker.clone();
            self.list[place].company = company;
        }
        self.of(code.ticker, code.how).place(headline, code.start, code.end);
    }

    /// Adds a name to the listing of its company that is written, or else to its main one.
    fn add_name(&mut self, name: &Candidate, headline: bool) {
        // It stands beside its code somewhere.
        if name.is_given() {
            return self.of(name.ticker(), How::Code).place(headline, name.start, name.end);
        }
        let listing = (name.owner.symbol, name.owner.mic, name.owner.until());
        let before = self.list.len();
        let place = match self.named.get(&listing) {
            Some(place) => *place,
            None => self.of_company(&name.owner),
        };
        let is_new = place == before;
        self.named.insert(listing, place);
        let mention = &mut self.list[place];
        mention.brand = name.brand && (is_new || mention.brand);
        if mention.how == How::Name {
            // Named again, it is surer.
            let again = if is_new { 0.0 } else { mention.confidence.max(How::Name.confidence()) };
            mention.confidence = name.confidence().max(again);
        }
        mention.place(headline, name.start, name.end);
    }

    /// Returns the place of the mention of a listing's company, added to the list if it is new.
    fn of_company(&mut self, listing: &Listing) -> usize {
        let company = market::company(listing, self.at);
        let same = self.list.iter().position(|mention| mention.company == company);
        let written = same.or_else(|| self.list.iter().position(|mention| is_other_class(&mention.company, &company)));
        written.unwrap_or_else(|| {
            let (ticker, place) = (listing.ticker(), self.list.len());
            self.known.entry(ticker.clone()).or_insert(place);
            self.list.push(Mention { company, ..Mention::new(ticker, How::Name) });
            place
        })
    }
}

/// Returns whether two shares are classes of one company: `BRK.A` and `BRK.B`. A name means the one that is written.
fn is_other_class(a: &Ticker, b: &Ticker) -> bool {
    let [a_stem, b_stem] = [a, b].map(|ticker| ticker.symbol.rsplit_once('.').map(|(stem, _)| stem));
    a != b && a.mic == b.mic && a_stem.is_some() && a_stem == b_stem
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
    bytes: [u16; 256],
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
