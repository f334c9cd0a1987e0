//! Names of companies: from a text as news writes it, and from what a person types, to their owners.
//!
//! A finite-state map compiled by `build.rs` is walked from the first letter of a word, so that a text is
//! read once, whole words only, the longest name first, and nothing is built at the start. Letter case
//! counts in texts, but for capitals within a word (`DocuSign`, `Docusign`), and not in what is typed.

use std::sync::OnceLock;

use fst::{Map, Streamer};

use super::companies::{self, Listing};
use super::compile::{Compiled, Compiler, NONE, PROPER, Source, WORD};
use super::openings::Openings;
pub use super::spelling::unaccented;
use super::{own, spelling};
use crate::article::{Ticker, distinct};
use crate::market;
use crate::wording::distance;

/// How sure a name is when it stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// It means the company: `Saint-Gobain`.
    Sure,
    /// It is also a person, a place, another thing, or short: `Ford`, `Santander`, `ING`.
    Proper,
    /// It is also an ordinary word: `Orange`, `Target`.
    Word,
}

impl Class {
    /// Returns the class in words, in English and in French.
    pub fn about(self) -> (&'static str, &'static str) {
        match self {
            Class::Sure => ("means its company", "désigne sa société"),
            Class::Proper => ("is other things too", "désigne aussi autre chose"),
            Class::Word => ("is an ordinary word too", "est aussi un mot ordinaire"),
        }
    }
}

/// The company behind a name.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    /// Its listing.
    pub listing: Listing,
    /// Whether the name is that of a brand or a subsidiary.
    pub brand: bool,
}

/// A name that was found.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// How sure it is.
    pub class: Class,
    owners: (Owner, Option<Owner>),
}

impl Name {
    /// Returns its owners at any time.
    pub fn owners(&self) -> impl Iterator<Item = Owner> {
        std::iter::once(self.owners.0).chain(self.owners.1)
    }

    /// Returns the owner of the name at a time (seconds since 1970): a company that is gone now owns its
    /// name while it was listed, and for ever if no one took it up.
    pub fn owner(&self, at: Option<i64>) -> Owner {
        let (first, second) = self.owners;
        let Some(second) = second else { return first };
        let was_listed = |owner: &Owner| at.is_some_and(|at| owner.listing.until().is_some_and(|until| at < until));
        let is_listed = |owner: &Owner| owner.listing.until().is_none();
        if was_listed(&second) && !was_listed(&first) || !is_listed(&first) && is_listed(&second) && !was_listed(&first)
        {
            second
        } else {
            first
        }
    }

    /// Returns the other company of this name, if two have it.
    pub fn other(&self, at: Option<i64>) -> Option<Owner> {
        let owner = self.owner(at);
        let (first, second) = self.owners;
        let other = if owner.listing == first.listing { second? } else { first };
        // A company that is gone, or was not yet, is no rival.
        other.listing.until().is_none_or(|until| at.is_some_and(|at| at < until)).then_some(other)
    }
}

/// Returns the longest name that begins at byte `at` of `text` and ends with a word, with its end.
pub fn longest_at(text: &str, at: usize) -> Option<(usize, Name)> {
    let maps = maps();
    let own = maps.own.as_ref().and_then(|own| walk(&own.written, text, at));
    let known = maps.known.as_ref().and_then(|known| walk(&known.written, text, at));
    let (end, value) = match (own, known) {
        (Some(own), Some(known)) if known.0 > own.0 => known,
        (Some(own), _) => own,
        (None, known) => known?,
    };
    Some((end, name(value)?))
}

/// Returns whether a name may begin with the first word of `text`; if not, none does.
pub fn may_begin(text: &[u8]) -> bool {
    let maps = maps();
    maps.known.as_ref().is_some_and(|known| known.openings.admit(text))
        || maps.own.as_ref().is_some_and(|own| own.openings.admit(text))
}

/// Returns the companies that a name typed by a person means, letter case, accents and the form of company
/// aside: `société generale`, `Amazon.com`.
pub fn find(typed: &str) -> Vec<Listing> {
    let Some(name) = named(&spelling::folded(typed)) else { return Vec::new() };
    name.owners().map(|owner| owner.listing).collect()
}

/// Returns the names that are spelled nearly as a name typed by a person, the nearest alone and few of them.
pub fn near(typed: &str) -> Vec<String> {
    const MOST: usize = 3;
    let typed = spelling::folded(typed);
    let letters = typed.chars().count();
    let mut most = if letters < 7 { 1 } else { 2 };
    let mut found = Vec::new();
    let maps = maps();
    let folded = [maps.own.as_ref().map(|own| own.folded.stream()), maps.known.as_ref().map(|own| own.folded.stream())];
    for mut names in folded.into_iter().flatten().filter(|_| letters >= 4) {
        while let Some((name, value)) = names.next() {
            let Ok(name) = std::str::from_utf8(name) else { continue };
            if name.len().abs_diff(typed.len()) > most || !is_reviewed(value) {
                continue;
            }
            let far = distance(&typed, name);
            if far < most {
                (most, found) = (far, Vec::new());
            }
            if far <= most {
                found.push(name.to_owned());
            }
        }
    }
    found.truncate(MOST);
    found
}

/// Returns whether a name is one of a table that was looked through: registers have many that hardly anybody knows.
fn is_reviewed(value: u64) -> bool {
    name(value).is_some_and(|name| name.owners().any(|owner| owner.listing.is_reviewed()))
}

/// Returns the company that a name stated by metadata means at a time (seconds since 1970). A single word (`Crypto`) is
/// not the company that a register has under it.
pub fn stated(written: &str, at: Option<i64>) -> Option<Listing> {
    let name = named(&spelling::folded(written))?;
    let listing = name.owner(at).listing;
    let is_full = name.class == Class::Sure && written.trim().contains(' ');
    (is_full || listing.is_reviewed() || listing.until().is_some()).then_some(listing)
}

/// Returns whether a word is a form of company, letter case aside.
pub fn is_form(word: &str) -> bool {
    spelling::is_form(&word.to_lowercase())
}

/// Returns what a folded name means.
fn named(key: &str) -> Option<Name> {
    let maps = maps();
    let own = maps.own.as_ref().and_then(|own| own.folded.get(key));
    own.or_else(|| maps.known.as_ref()?.folded.get(key)).and_then(name)
}

/// Returns the main listings of the companies of [`find`], each once.
pub fn tickers(typed: &str) -> Vec<Ticker> {
    distinct(find(typed).iter().map(|listing| market::company(listing, None)))
}

/// Returns the companies that some of the words of `text`, as people type them, name: the longest names, from the left.
/// A name that is an ordinary word too (`target`, `orange`) counts alone, or with a capital.
pub fn mentioned(text: &str) -> Vec<Ticker> {
    let mut words: Vec<(String, bool)> = Vec::new();
    for word in text.split_whitespace() {
        let capital = word.starts_with(char::is_uppercase);
        words.extend(spelling::folded(word).split(' ').map(|part| (part.to_owned(), capital)));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((count, name)) = longest_typed(&words[at..]) else {
            at += 1;
            continue;
        };
        if name.class != Class::Word || words[at].1 || count == words.len() {
            found.extend(name.owners().map(|owner| market::company(&owner.listing, None)));
        }
        at += count;
    }
    found
}

/// Returns the longest name that the first words are, and how many of them it takes.
fn longest_typed(words: &[(String, bool)]) -> Option<(usize, Name)> {
    let mut key = String::new();
    let mut best = None;
    for (count, (word, _)) in words.iter().take(LONGEST).enumerate() {
        if count > 0 {
            key.push(' ');
        }
        key.push_str(word);
        if let Some(name) = named(&key) {
            best = Some((count + 1, name));
        }
    }
    best
}

/// How many words a name has at most where it stands among others in a query.
const LONGEST: usize = 5;

/// Walks a map along the text, and returns the last end of a word at which a key ends. Where capitals stand within the
/// words, it walks again as if they were small: companies and newspapers do not agree on them.
fn walk<D: AsRef<[u8]>>(map: &Map<D>, text: &str, at: usize) -> Option<(usize, u64)> {
    let rest = text.get(at..)?;
    let (written, is_mixed) = walk_in(map, rest, false);
    let mixed = || walk_in(map, rest, true).0.filter(|(end, value)| may_be_mixed(&rest[..*end], *value));
    let found = match (written, is_mixed.then(mixed).flatten()) {
        (Some(written), Some(mixed)) if mixed.0 > written.0 => mixed,
        (written, mixed) => written.or(mixed)?,
    };
    Some((at + found.0, found.1))
}

/// Returns whether a name may have capitals within: it is of five letters or more, no ordinary word, and not all of it is in
/// capitals, for which there are keys.
fn may_be_mixed(name: &str, value: u64) -> bool {
    name.chars().nth(4).is_some()
        && name.starts_with(|c: char| !c.is_lowercase())
        && name.contains(char::is_lowercase)
        && class_of(value) != Class::Word
}

/// Walks a map along a text with capitals within words as they are, or as small letters; returns the last end of a word at
/// which a key ends, and whether a capital within a word was met.
fn walk_in<D: AsRef<[u8]>>(map: &Map<D>, text: &str, small: bool) -> (Option<(usize, u64)>, bool) {
    let fst = map.as_fst();
    let mut node = fst.root();
    let mut output = fst::raw::Output::zero();
    let mut best = None;
    let mut is_mixed = false;
    let mut before = ' ';
    let mut buffer = [0; 4];
    for (offset, written) in text.char_indices() {
        let mut c = spelling::plain(written);
        if c.is_uppercase() && spelling::is_within(before) {
            is_mixed = true;
            // What is of several small letters is in no name.
            c = if small { c.to_lowercase().next().unwrap_or(c) } else { c };
        }
        before = c;
        for byte in c.encode_utf8(&mut buffer).bytes() {
            let Some(found) = node.find_input(byte) else { return (best, is_mixed) };
            let transition = node.transition(found);
            output = output.cat(transition.out);
            node = fst.node(transition.addr);
        }
        let end = offset + written.len_utf8();
        if node.is_final() && !text[end..].starts_with(char::is_alphanumeric) {
            best = Some((end, output.cat(node.final_output()).value()));
        }
    }
    (best, is_mixed)
}

/// Unpacks a value of the maps.
fn name(value: u64) -> Option<Name> {
    let owner = |row: u64, brand: bool| Some(Owner { listing: companies::row(usize::try_from(row).ok()?)?, brand });
    let first = owner(value & NONE, value >> 42 & 1 == 1)?;
    let second = Some(value >> 20 & NONE).filter(|row| *row != NONE).and_then(|row| owner(row, value >> 43 & 1 == 1));
    Some(Name { class: class_of(value), owners: (first, second) })
}

/// Returns the class that a value of the maps holds.
fn class_of(value: u64) -> Class {
    match value >> 40 & 3 {
        WORD => Class::Word,
        PROPER => Class::Proper,
        _ => Class::Sure,
    }
}

struct Maps {
    /// Those of the program, unless a person's stand in their place.
    known: Option<Tables<&'static [u8]>>,
    /// Those of a person's own table.
    own: Option<Tables<Vec<u8>>>,
}

struct Tables<D> {
    /// Names as news writes them.
    written: Map<D>,
    /// Names as people type them.
    folded: Map<D>,
    /// How those of `written` begin.
    openings: Openings,
}

fn maps() -> &'static Maps {
    static MAPS: OnceLock<Maps> = OnceLock::new();
    MAPS.get_or_init(|| Maps { known: (!own::is_alone()).then(built_in), own: compile_own(own::rows()) })
}

fn built_in() -> Tables<&'static [u8]> {
    let read = |bytes: &'static [u8]| Map::new(bytes).expect("the build script writes a map");
    Tables {
        written: read(include_bytes!(concat!(env!("OUT_DIR"), "/names.fst"))),
        folded: read(include_bytes!(concat!(env!("OUT_DIR"), "/folded.fst"))),
        openings: Openings::read(include_bytes!(concat!(env!("OUT_DIR"), "/names.openings")))
            .expect("the build script writes openings"),
    }
}

fn compile_own(rows: &[own::Row]) -> Option<Tables<Vec<u8>>> {
    if rows.is_empty() {
        return None;
    }
    let mut names = Compiler::new(std::iter::empty());
    let first = companies::own_rows();
    for (at, [symbol, _, name, aliases, _]) in rows.iter().copied().enumerate() {
        for name in std::iter::once(name).chain(aliases.split('|')) {
            names.add(
                name,
                symbol,
                super::compile::Owner { source: Source::Reviewed, row: (first + at) as u64, in_paris: false },
            );
        }
    }
    let Compiled { written, folded, openings } = names.compile();
    Some(Tables { written: Map::new(written).ok()?, folded: Map::new(folded).ok()?, openings })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_may_begin_in_every_spelling() {
        let mut found = 0;
        for name in companies::all().iter().flat_map(Listing::names) {
            for text in [name.to_owned(), name.replace(' ', "\u{a0}"), name.replace('\'', "’"), format!("{name}, x")]
            {
                if longest_at(&text, 0).is_some() {
                    found += 1;
                    // What begins with a letter beyond ASCII is not asked about.
                    assert!(!text.is_char_boundary(1) || may_begin(text.as_bytes()), "{text}");
                }
            }
        }
        assert!(found > 20_000);
    }
    #[test]
    fn a_name_of_the_register_is_found_as_news_writes_it() {
        for (text, want) in [
            ("RPM International said", Some("RPM")),
            ("Rpm International said", Some("RPM")),
            ("ABM Industries said", Some("ABM")),
            ("AGCO Corp said", Some("AGCO")),
            ("Albany International said", Some("AIN")),
            ("RPM said", None),
            ("XPO said", Some("XPO")),
            // The share, and none of the notes and preferred shares under its name.
            ("Corebridge Financial said", Some("CRBG")),
            ("Wells Fargo & Company said", Some("WFC")),
            ("Kemper said", Some("KMPR")),
            ("CION Investment said", Some("CION")),
            ("Jack in the Box said", Some("JACK")),
            // Without the form of company that the table has.
            ("Santos said", Some("STO")),
            ("Capital said", None),
            ("Seb said", Some("SK")),
            ("SK hynix said", Some("000660")),
            ("Johnson et Johnson said", Some("JNJ")),
            ("CASINO, GUICHARD-PERRACHON said", Some("CO")),
        ] {
            let found = longest_at(text, 0).map(|(_, name)| name.owner(None).listing.symbol);
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn a_name_is_found_in_every_letter_case_that_begins_with_a_capital() {
        for (text, want) in [
            ("DocuSign rose", Some("DOCU")),
            ("Docusign rose", Some("DOCU")),
            ("DOCUSIGN rose", Some("DOCU")),
            ("Dexcom rose", Some("DXCM")),
            ("CarMax rose", Some("KMX")),
            ("BioMérieux monte", Some("BIM")),
            ("Biomérieux monte", Some("BIM")),
            ("BIOMERIEUX monte", Some("BIM")),
            ("Argenx", Some("ARGX")),
            ("Caixabank", Some("CABK")),
            ("Aena", Some("AENA")),
            ("SPIE", Some("SPIE")),
            ("Opmobility", Some("OPM")),
            ("Dick's Sporting Goods", Some("DKS")),
            ("DICK’S Sporting Goods", Some("DKS")),
            ("DICK'S SPORTING GOODS", Some("DKS")),
            ("NatWest", Some("NWG")),
            ("Natwest", Some("NWG")),
            // In small letters a word is a word, and so is one that a name only begins.
            ("docusign rose", None),
            ("DocuSigned", None),
            ("ORange", None),
            ("TARget", None),
        ] {
            let found = longest_at(text, 0).map(|(_, name)| name.owner(None).listing.symbol);
            assert_eq!(found, want, "{text}");
            assert!(want.is_none() || may_begin(text.as_bytes()), "{text}");
        }
        // In capitals a single word is less sure.
        assert_eq!(longest_at("SPIE", 0).map(|(_, name)| name.class), Some(Class::Proper));
        assert_eq!(longest_at("Spie", 0).map(|(_, name)| name.class), Some(Class::Sure));
    }

    #[test]
    fn a_hyphen_and_a_space_are_one_within_a_name() {
        for (text, want) in [
            ("Brown-Forman rose", Some("BF.B")),
            ("Brown Forman rose", Some("BF.B")),
            ("Archer-Daniels-Midland rose", Some("ADM")),
            ("Archer Daniels Midland rose", Some("ADM")),
            ("Unibail Rodamco Westfield", Some("URW")),
            ("Saint Gobain", Some("SGO")),
            ("St James's Place rose", Some("STJ")),
            ("St. James’s Place rose", Some("STJ")),
            ("Keurig Dr. Pepper rose", Some("KDP")),
        ] {
            let found = longest_at(text, 0);
            assert_eq!(found.map(|(_, name)| name.owner(None).listing.symbol), want, "{text}");
            assert!(found.is_none_or(|(end, _)| text.len() - end <= " rose".len()), "{text}");
        }
    }

    #[test]
    fn a_company_with_two_lines_in_the_register_keeps_its_name() {
        for (typed, company) in [
            ("Baidu", "XNAS:BIDU"),
            ("NetEase", "XNAS:NTES"),
            ("Zillow", "XNAS:Z"),
            ("Polestar Automotive Holding UK", "XNAS:PSNY"),
            ("Tencent Music Entertainment", "XNYS:TME"),
            ("Dollarama", "XTSE:DOL"),
        ] {
            let found: Vec<String> = tickers(typed).iter().map(Ticker::to_string).collect();
            assert_eq!(found, [company], "{typed}");
        }
        let found = longest_at("Tencent Music Entertainment said", 0).map(|(_, name)| name.owner(None).listing.symbol);
        assert_eq!(found, Some("TME"));
    }

    #[test]
    fn a_name_is_found_in_the_ways_in_which_it_is_written() {
        for (text, want) in [
            ("J P Morgan rose", Some("JPM")),
            ("J.P.Morgan rose", Some("JPM")),
            ("W W Grainger rose", Some("GWW")),
            ("Dassault-Systèmes recule", Some("DSY")),
            ("Dassault-Systemes recule", Some("DSY")),
            ("Compagnie Générale des Établissements Michelin", Some("ML")),
            ("Compagnie Générale des Etablissements Michelin", Some("ML")),
            ("J B Nobody rose", None),
            ("Target-Corp rose", Some("TGT")),
        ] {
            let found = longest_at(text, 0).map(|(_, name)| name.owner(None).listing.symbol);
            assert_eq!(found, want, "{text}");
        }
        // A form of company is joined to nothing.
        assert_eq!(longest_at("Target-Corp rose", 0).map(|(end, _)| end), Some("Target".len()));
    }

    #[test]
    fn companies_beyond_the_large_indices_are_known() {
        for (typed, company) in [
            ("NRJ", "XPAR:NRG"),
            ("Tikehau Capital", "XPAR:TKO"),
            ("Catana", "XPAR:CATG"),
            ("Signify", "XAMS:LIGHT"),
            ("Strabag", "XWBO:STR"),
            ("TJX", "XNYS:TJX"),
            ("Hertz", "XNAS:HTZ"),
            ("Altice USA", "XNYS:OPTU"),
            ("Nordstrom", "XNYS:JWN"),
            ("Irish Continental Group", "XDUB:IR5B"),
        ] {
            let found: Vec<String> = tickers(typed).iter().map(Ticker::to_string).collect();
            assert_eq!(found, [company], "{typed}");
        }
    }
}
