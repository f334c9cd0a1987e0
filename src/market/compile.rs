//! Names of companies to a finite-state map: which key leads to which owners, and how sure it is.
//!
//! The build script compiles the tables of `data/` with it, and the program a person's own table. A value
//! packs the rows of the owners with the class of the name; [`super::names`] unpacks it.

use std::collections::BTreeMap;

use super::openings::Openings;
use super::spelling;

/// No row.
pub const NONE: u64 = 0xF_FFFF;

/// How sure a name is, by the table of ambiguous ones; the numbers are those of `names::Class`.
pub const SURE: u64 = 0;
pub const PROPER: u64 = 1;
pub const WORD: u64 = 2;

/// A name's owner: the row of its company, and where the name comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// Where the name comes from.
    pub source: Source,
    /// The row of the company, counted through the tables.
    pub row: u64,
    /// Whether it is listed in Paris, whose press writes the acronyms that it speaks as words: `Seb`, `Edf`.
    pub in_paris: bool,
}

/// Where a name comes from, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A table that was looked through.
    Reviewed,
    /// The tables of brands and subsidiaries.
    Brand,
    /// The table of companies that are gone.
    Former,
    /// A register as it is.
    Unreviewed,
}

/// Keys, each with its class and its owners.
type Names = BTreeMap<String, (u64, Vec<Owner>)>;

/// The names as written and as typed.
pub struct Compiler<'a> {
    classes: BTreeMap<&'a str, u64>,
    written: Names,
    /// Names in other dress: they count where no table has them so.
    derived: Names,
    /// Names without the form of company that a table has them with: they are taken for words.
    bare: Names,
    folded: Names,
}

/// Names as the program reads them.
pub struct Compiled {
    /// The map of names as news writes them.
    pub written: Vec<u8>,
    /// The map of names as people type them.
    pub folded: Vec<u8>,
    /// How the former begin.
    pub openings: Openings,
}

impl<'a> Compiler<'a> {
    /// Returns a compiler that knows how sure some names are, by rows of a name and its class.
    pub fn new(ambiguous: impl Iterator<Item = [&'a str; 2]>) -> Compiler<'a> {
        let class = |class: &str| if class == "word" { WORD } else { PROPER };
        let classes = ambiguous.map(|[form, named]| (form, class(named))).collect();
        let [written, derived, bare, folded] = std::array::from_fn(|_| Names::new());
        Compiler { classes, written, derived, bare, folded }
    }

    /// Returns the names as the program reads them.
    pub fn compile(self) -> Compiled {
        // The register lists the notes and preferred shares of a company under its name, too.
        let reviewed = |(_, owners): &(u64, Vec<Owner>)| owners.iter().any(|owner| owner.source == Source::Reviewed);
        let is_known = |name: &str, entry: &(u64, Vec<Owner>)| {
            reviewed(entry)
                || entry.1.iter().any(|owner| owner.source != Source::Unreviewed)
                || !self.folded.get(&spelling::folded(name)).is_some_and(reviewed)
        };
        let mut written = self.written;
        written.retain(|name, entry| is_known(name, entry));
        for (name, entry) in self.derived {
            if is_known(&name, &entry) {
                written.entry(name).or_insert(entry);
            }
        }
        for (name, (class, owners)) in self.bare {
            match written.get_mut(&name) {
                None => drop(written.insert(name, (class, owners))),
                // What a company of today is called as well is hers: `Belgacom SA` became Proximus.
                Some((_, others)) if others.iter().all(|owner| owner.source == Source::Unreviewed) => {
                    others.extend(owners.iter().filter(|owner| owner.source == Source::Former));
                }
                Some(_) => {}
            }
        }
        for (name, (_, owners)) in &mut written {
            if let Some((_, all)) = self.folded.get(&spelling::folded(name)) {
                share(owners, all);
            }
        }
        let mut openings = Openings::none();
        written.keys().for_each(|name| openings.add(name));
        Compiled { written: map(written), folded: map(self.folded), openings }
    }

    /// Adds a name of the company at a row, as a table has it; `symbol` is that of the company.
    pub fn add(&mut self, name: &str, symbol: &str, owner: Owner) {
        let written = without_state(name);
        let mut forms = vec![written.to_owned()];
        // A name without its state has no other form in the register; a single word would be too little: `Dave Inc /De`.
        let short = without_form(written);
        forms.extend((written != name && short.contains(' ')).then(|| short.to_owned()));
        for form in forms {
            if let Some(capitals) = with_capitals(&form, symbol) {
                self.add_form(&capitals, owner);
            }
            self.add_form(&form, owner);
        }
        let bare = without_form(written);
        if bare != written && is_name(bare, owner.source) {
            push(&mut self.bare, spelling::spelled(bare), WORD, owner);
        }
        // `XPO, Inc.` is called as its symbol is.
        let is_word = || self.classes.get(bare).is_some_and(|class| *class == WORD) || ORDINARY.contains(&symbol);
        if owner.source == Source::Unreviewed
            && (3..=4).contains(&symbol.len())
            && bare.eq_ignore_ascii_case(symbol)
            && !is_word()
        {
            push(&mut self.bare, symbol.to_owned(), WORD, owner);
        }
    }

    fn add_form(&mut self, name: &str, owner: Owner) {
        if name.contains('/') || name.chars().nth(1).is_none() {
            return;
        }
        let class = self.classes.get(name).copied().unwrap_or(SURE);
        let spelled = spelling::spelled(name);
        let plain = spelling::unaccented(&spelled);
        let single = !spelled.contains(' ');
        for form in [&spelled, &plain] {
            // In capitals, as headlines and some agencies write, a single word is less sure.
            let capitals = form.to_uppercase();
            if capitals != *form && (!single || capitals.chars().count() > 4) {
                push(&mut self.written, capitals, if single { class.max(PROPER) } else { class }, owner);
            }
        }
        let capitals = spelling::with_plain_capitals(&spelled);
        if capitals != spelled && capitals != plain {
            push(&mut self.written, capitals, class, owner);
        }
        for way in spelling::initials(&spelled) {
            push(&mut self.written, way, class, owner);
        }
        self.derive(&spelled, class, owner);
        if plain != spelled {
            self.derive(&plain, class, owner);
            push(&mut self.written, plain, class, owner);
        }
        push(&mut self.written, spelled, class, owner);
        push(&mut self.folded, spelling::folded(name), class, owner);
    }

    /// Adds what others make of a name: its letter case, its hyphens and its stops.
    fn derive(&mut self, name: &str, class: u64, owner: Owner) {
        let is_register = owner.source == Source::Unreviewed;
        self.derive_cases(name, class, owner);
        let mut ways: Vec<(String, u64)> = spelling::abbreviated(name).map(|way| (way, class)).into_iter().collect();
        // Others join its words: `Dassault-Systèmes`.
        ways.extend(joined(name).map(|way| (way, if is_register { class.max(PROPER) } else { class })));
        // Writers leave the hyphen between words out: `Coca Cola`, `Bristol Myers`.
        ways.extend(without_hyphens(name).map(|way| (way, class.max(PROPER))));
        // `Jack In The Box`, `Johnson & Johnson`
        ways.extend(with_small_words(name).map(|way| (way, class)));
        ways.extend(with_and(name).into_iter().map(|way| (way, class)));
        for (way, class) in ways {
            self.derive_cases(&way, class, owner);
            push(&mut self.derived, way, class, owner);
        }
    }

    /// Adds a name with one capital a word, and in capitals.
    fn derive_cases(&mut self, name: &str, class: u64, owner: Owner) {
        let letters = name.chars().count();
        let single = !name.contains(' ');
        let is_register = owner.source == Source::Unreviewed;
        // As such it may be an ordinary word.
        let known = |way: &str| self.classes.get(way).copied().unwrap_or(SURE);
        let mut ways = Vec::new();
        // In a register initials may be any word: `TOP Financial`.
        if letters >= SHORTEST && (single || !is_register || !begins_with_initials(name)) {
            let way = spelling::titled(name);
            let least = if single && (is_register || has_particle(name)) { PROPER } else { SURE };
            ways.push((class.max(known(&way)).max(least), way));
        }
        if letters > SHORTEST || letters == SHORTEST && class < WORD && owner.source == Source::Reviewed {
            let way = name.to_uppercase();
            let least = if single { PROPER } else { SURE };
            ways.push((class.max(known(&way)).max(least), way));
        }
        let is_acronym = letters == ACRONYM && name.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_acronym && owner.in_paris {
            ways.push((WORD, spelling::titled(name)));
        }
        for (class, way) in ways {
            if way != name {
                push(&mut self.derived, way, class, owner);
            }
        }
    }
}

/// How many letters an acronym has that may be written as a word is.
const ACRONYM: usize = 3;

/// Names that are no names without the form of company: what stands before shares and sales as an ordinary noun does, and
/// what capitals write more often.
#[rustfmt::skip]
const ORDINARY: [&str; 24] = [
    "Capital", "Discovery", "Future", "High", "IBEX", "Lottery", "Manchester United", "NICE", "North West", "Oil and Natural Gas", "Packaging",
    "Power", "Power Finance", "Public Power", "Reach", "Renewable Energy", "Rural Electrification", "SOS", "Software",
    "STEM", "Sto", "Thomson", "UST", "Victoria",
];

/// Returns whether a name without its form of company may be one, in a table that was written by hand.
fn is_name(bare: &str, source: Source) -> bool {
    source != Source::Unreviewed
        && bare.chars().nth(2).is_some()
        && bare.ends_with(char::is_alphanumeric)
        && !bare.ends_with(" and")
        && !bare.starts_with("The ")
        && !ORDINARY.contains(&bare)
}

/// Names of fewer letters are written in one letter case.
const SHORTEST: usize = 4;

/// Gives a name that a brand and a company that is gone have in different forms (`Sun Microsystems`, `Sun Microsystems
/// Inc`) to both: the date tells which of them it is.
fn share(owners: &mut Vec<Owner>, all: &[Owner]) {
    let is_of = |owner: &Owner| [Source::Brand, Source::Former].contains(&owner.source);
    if !owners.is_empty() && owners.iter().all(is_of) {
        owners.extend(all.iter().filter(|owner| is_of(owner)));
    }
}

/// Returns what two names of one company have in common: neither its form nor the state of a register.
#[allow(dead_code, reason = "the build script alone compares the tables")]
pub fn key(name: &str) -> String {
    const GENERAL: [&str; 8] = ["company", "corporation", "group", "holding", "holdings", "the", "and", "&"];
    let folded = spelling::folded(without_state(name));
    let words: Vec<&str> = folded.split(' ').filter(|word| !GENERAL.contains(word)).collect();
    words.join(" ")
}

/// Returns whether the letters of a symbol stand in a name in their order.
#[allow(dead_code, reason = "the build script alone compares the tables")]
pub fn abbreviates(symbol: &str, name: &str) -> bool {
    let mut letters = name.chars().map(|c| c.to_ascii_uppercase());
    symbol.chars().all(|letter| letters.any(|c| c == letter))
}

/// Adds an owner of a name.
fn push(names: &mut Names, name: String, class: u64, owner: Owner) {
    let entry = names.entry(name).or_insert((class, Vec::new()));
    entry.0 = entry.0.max(class);
    entry.1.push(owner);
}

/// Returns a name without the state, or the word for a receipt, that a register writes behind it: `Abm Industries Inc /De/`,
/// `Saputo Inc./ADR`.
fn without_state(name: &str) -> &str {
    let Some((written, state)) = name.split_once('/') else { return name };
    let state = state.trim_matches(['/', ' ']);
    let is_state = state.len() == 2 || ["new", "delaware", "adr"].contains(&state.to_lowercase().as_str());
    if is_state && state.bytes().all(|byte| byte.is_ascii_alphabetic()) { written.trim_end() } else { name }
}

/// Returns whether the first word of a name is made of a few capitals.
fn begins_with_initials(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    first.len() <= 5 && !first.contains(char::is_lowercase)
}

/// Returns whether a name begins with the particle of a surname, joined: without its inner capital `DuPont` is `Dupont`.
fn has_particle(name: &str) -> bool {
    const PARTICLES: [&str; 12] = ["Du", "De", "Des", "Di", "Da", "Le", "La", "Mac", "Mc", "Van", "Von", "Fitz"];
    PARTICLES
        .iter()
        .filter_map(|particle| name.strip_prefix(particle))
        .any(|rest| rest.starts_with(char::is_uppercase) && rest.chars().nth(1).is_some_and(char::is_lowercase))
}

/// Returns a name of two words or more without the form of company at its end.
fn without_form(name: &str) -> &str {
    // In full, as a register has it, it is a part of the name to a person who types it.
    let is_form = |word: &str| spelling::is_form(word) || ["company", "corporation", "limited"].contains(&word);
    match name.rsplit_once(' ') {
        // Only one: what is left of two forms may be ordinary words.
        Some((rest, form)) if is_form(&form.trim_matches(['.', ',']).to_lowercase()) => {
            rest.trim_end_matches([' ', ','])
        }
        _ => name,
    }
}

/// Returns a name with a space between words that a hyphen joins, each of three letters or more and with a capital.
fn without_hyphens(name: &str) -> Option<String> {
    let is_word = |word: &str| word.chars().nth(2).is_some() && word.starts_with(char::is_uppercase);
    let mut parts = name.split('-');
    let mut apart = parts.next()?.to_owned();
    for part in parts {
        let ends = apart.rsplit(' ').next().is_some_and(is_word) && part.split(' ').next().is_some_and(is_word);
        apart.push(if ends { ' ' } else { '-' });
        apart.push_str(part);
    }
    (apart != name).then_some(apart)
}

/// Returns a name whose articles and prepositions are written small, where a register has them with a capital.
fn with_small_words(name: &str) -> Option<String> {
    const SMALL: [&str; 9] = ["And", "At", "By", "For", "In", "Of", "On", "The", "To"];
    let (first, rest) = name.split_once(' ')?;
    let small = |word: &str| if SMALL.contains(&word) { word.to_lowercase() } else { word.to_owned() };
    let way = rest.split(' ').map(small).collect::<Vec<_>>().join(" ");
    (way != rest).then(|| format!("{first} {way}"))
}

/// Returns the names in which the sign between two words, `&`, is written out, and the other way round.
fn with_and(name: &str) -> Vec<String> {
    const JOINTS: [&str; 3] = [" & ", " and ", " et "];
    let Some(joint) = JOINTS.into_iter().find(|joint| name.contains(joint)) else { return Vec::new() };
    // `Merck & Co`: no name ends so.
    let is_form = name.rsplit(joint).next().is_some_and(|rest| spelling::is_form(&rest.to_lowercase()));
    let others = JOINTS.into_iter().filter(|other| *other != joint && !is_form);
    others.map(|other| name.replace(joint, other)).collect()
}

/// Returns a name of two or three words, each of three letters or more and with a capital, joined by hyphens; a form of
/// company is no such word.
fn joined(name: &str) -> Option<String> {
    let is_word = |word: &str| {
        word.chars().nth(2).is_some() && word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
    };
    let is_form = |word: &str| {
        let form = word.to_lowercase();
        spelling::is_form(&form) || ["group", "groupe", "company", "corporation"].contains(&form.as_str())
    };
    let words: Vec<&str> = name.split(' ').collect();
    let joins = (2..=3).contains(&words.len()) && words.iter().all(|word| is_word(word));
    (joins && !words[1..].iter().any(|word| is_form(word))).then(|| words.join("-"))
}

/// Returns how news writes a name whose first word is made of initials: a register has `Rpm International`.
fn with_capitals(name: &str, symbol: &str) -> Option<String> {
    let (first, rest) = name.split_once(' ')?;
    let letters = first.bytes().all(|byte| byte.is_ascii_alphabetic()) && (2..=5).contains(&first.len());
    let capitals = first.to_uppercase();
    let is_initials = capitals == symbol || !first.bytes().any(|byte| b"aeiouyAEIOUY".contains(&byte));
    (letters && is_initials && capitals != first).then(|| format!("{capitals} {rest}"))
}

/// Returns the bytes of a map; keys that no one owns alone are left out.
fn map(names: BTreeMap<String, (u64, Vec<Owner>)>) -> Vec<u8> {
    let mut builder = fst::MapBuilder::memory();
    for (key, (class, owners)) in names {
        if let Some(value) = packed(class, owners) {
            // The keys of a `BTreeMap` are in order, and memory takes every byte.
            let _ = builder.insert(key, value);
        }
    }
    builder.into_inner().unwrap_or_default()
}

/// Packs class and owners: the row of the first, of the second, then the class, then a bit for each owner
/// that is reached by a brand. `None` if several unreviewed companies share the name.
fn packed(class: u64, mut owners: Vec<Owner>) -> Option<u64> {
    owners.sort();
    owners.dedup_by_key(|owner| owner.row);
    let first = owners[0];
    if first.source == Source::Unreviewed {
        // The classes, units and warrants of one company follow each other in the register; its share has
        // the first row.
        let last = owners[owners.len() - 1];
        if last.row - first.row > 12 {
            return None;
        }
        owners.truncate(1);
    }
    owners.retain(|owner| owner.source != Source::Unreviewed || first.source == Source::Unreviewed);
    let second = owners.get(1);
    let brand = |owner: &Owner| u64::from(owner.source == Source::Brand);
    Some(
        first.row
            | second.map_or(NONE, |owner| owner.row) << 20
            | class << 40
            | brand(&first) << 42
            | second.map_or(0, brand) << 43,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_one_form_of_company() {
        for (name, expected) in [
            ("Halden Co Inc.", "Halden Co"),
            ("Halden Corp.", "Halden"),
            ("Halden Vis", "Halden Vis"),
            ("Corp", "Corp"),
        ] {
            assert_eq!(without_form(name), expected, "{name}");
        }
    }
}
