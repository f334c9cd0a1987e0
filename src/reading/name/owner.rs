//! Which company a name of two means: `SEB` is a bank beside Swedish companies and a maker of pans in France, `Grainger` a
//! landlord unless `W.W. Grainger` is named.
//!
//! A code decides, then the date; then the nation before the name (`Swedish bank SEB`), the companies around it, and
//! last the language. One article means one company by a name.

use rustc_hash::FxHashMap;

use super::{Candidate, Known, words};
use crate::article::{Language, Mic};
use crate::market::names::{self, Class, Owner};
use crate::market::symbol;
use crate::reading::letters;

/// Markets of a nation, and its adjectives and names in both languages.
const NATIONS: [(&[&str], &[&str]); 14] = [
    (&["XPAR", "ALXP", "XMLI"], &["french", "france", "français", "française"]),
    (&["XSTO"], &["swedish", "sweden", "suédois", "suédoise", "suède"]),
    (&["XETR", "XFRA"], &["german", "germany", "allemand", "allemande", "allemagne"]),
    (&["XLON"], &["british", "britain", "uk", "britannique"]),
    (&["XNYS", "XNAS"], &["american", "us", "u.s", "américain", "américaine"]),
    (&["XTSE"], &["canadian", "canada", "canadien", "canadienne"]),
    (&["XBRU"], &["belgian", "belgium", "belge", "belgique"]),
    (&["XAMS"], &["dutch", "netherlands", "néerlandais", "néerlandaise"]),
    (&["XSWX"], &["swiss", "switzerland", "suisse"]),
    (&["XMIL"], &["italian", "italy", "italien", "italienne", "italie"]),
    (&["XMAD"], &["spanish", "spain", "espagnol", "espagnole", "espagne"]),
    (&["XCSE"], &["danish", "denmark", "danois", "danoise", "danemark"]),
    (&["XOSL"], &["norwegian", "norway", "norvégien", "norvégienne", "norvège"]),
    (&["XHEL"], &["finnish", "finland", "finlandais", "finlandaise", "finlande"]),
];

/// Returns the owner that is meant by what is known of the article, and the other one if that leaves it open: the one at the
/// article's date, or, of two, the one named by a code, or else the one at home in the language: `Merck` is another company
/// in English than in French.
pub(super) fn choose(name: &names::Name, known: &Known<'_>) -> (Owner, Option<Owner>) {
    let owner = name.owner(known.at);
    let Some(other) = name.other(known.at) else { return (owner, None) };
    let is_today = |owner: &Owner| owner.listing.until().is_none();
    match (known.has(&owner.listing), known.has(&other.listing)) {
        (false, true) => (other, None),
        (false, false) if is_today(&owner) && is_today(&other) && !owner.brand => {
            // Of a company and a brand, the company is meant unless its neighbors tell.
            if !other.brand && is_home(&other, known) && !is_home(&owner, known) {
                (other, Some(owner))
            } else {
                (owner, Some(other))
            }
        }
        _ => (owner, None),
    }
}

/// Returns whether a company is at home in the language of the article.
fn is_home(owner: &Owner, known: &Known<'_>) -> bool {
    symbol::is_american(owner.listing.mic) == (known.language == Language::English)
}

/// Gives the names of two companies to the one that the article tells of.
pub(super) fn settle(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], known: &Known<'_>) {
    mark_initials(found, texts, known);
    mark_gone(found, texts, known);
    if found.iter().flatten().all(|candidate| candidate.other.is_none()) {
        return;
    }
    let places = || found.iter().zip(texts).flat_map(|(candidates, text)| candidates.iter().map(move |it| (it, text)));
    let mut around: Vec<(&str, Mic)> =
        places().filter(|(it, _)| it.class == Class::Sure && it.other.is_none()).map(|(it, _)| it.company()).collect();
    around.sort_unstable();
    around.dedup();
    let companies = |mic: Mic| {
        let home = home(mic);
        around.iter().filter(|(_, other)| *other == mic || home.is_some() && home == self::home(*other)).count()
    };
    let mut others: Vec<(&str, Mic)> = Vec::new();
    for (candidate, text) in places() {
        let Some(other) = candidate.other else { continue };
        let (own, other) = (candidate.owner.mic, other.listing.mic);
        let tells = |mic: Mic| nation_before(&text[..candidate.start], mic);
        // A company at home in the language needs more against it.
        let least = if is_home(&Owner { listing: candidate.owner, brand: false }, known) { 2 } else { 1 };
        if tells(other) || !tells(own) && companies(other) >= companies(own) + least {
            others.push(candidate.company());
        }
    }
    for candidate in found.iter_mut().flatten() {
        if let Some(other) = candidate.other
            && others.contains(&candidate.company())
        {
            (candidate.owner, candidate.brand) = (other.listing, other.brand);
        }
    }
}

/// Gives a name to the company whose full name in the article is the same behind initials: `W.W. Grainger`, then
/// `Grainger`.
fn mark_initials(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], known: &Known<'_>) {
    let full: FxHashMap<&str, Candidate> = found
        .iter()
        .zip(texts)
        .flat_map(|(candidates, text)| {
            candidates.iter().filter_map(move |it| Some((surname(&text[it.start..it.end])?, it.clone())))
        })
        .collect();
    if full.is_empty() {
        return;
    }
    for (candidates, text) in found.iter_mut().zip(texts) {
        for candidate in candidates {
            let name = &text[candidate.start..candidate.end];
            let is_another = |full: &&Candidate| full.company() != candidate.company() && !known.has(&candidate.owner);
            if let Some(full) = full.get(name).filter(is_another) {
                (candidate.owner, candidate.brand, candidate.other) = (full.owner, full.brand, None);
            }
        }
    }
}

/// Gives a name to the company that is gone and whose full name stands in the article, with the form of company: `Broadcom
/// Corp`, then `Broadcom`.
fn mark_gone(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], known: &Known<'_>) {
    let was_listed = |it: &Candidate| it.owner.until().is_some_and(|until| known.at.is_none_or(|at| at < until));
    let mut full: FxHashMap<&str, Candidate> = FxHashMap::default();
    for (candidates, text) in found.iter().zip(texts) {
        for candidate in candidates.iter().filter(|it| was_listed(it)) {
            let short = text[candidate.start..candidate.end].rsplit_once(' ').filter(|(_, form)| names::is_form(form));
            full.extend(short.map(|(short, _)| (short, candidate.clone())));
        }
    }
    if full.is_empty() {
        return;
    }
    for (candidates, text) in found.iter_mut().zip(texts) {
        for candidate in candidates.iter_mut().filter(|it| !known.has(&it.owner)) {
            if let Some(full) = full.get(&text[candidate.start..candidate.end]) {
                (candidate.owner, candidate.brand, candidate.other) = (full.owner, full.brand, None);
            }
        }
    }
}

/// Returns what follows the initials that a name begins with.
fn surname(name: &str) -> Option<&str> {
    let (first, _) = name.split_once(['.', ' '])?;
    let is_initials = (1..=2).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_uppercase());
    let surname = name.rsplit(['.', ' ']).next().filter(|word| word.len() > 3)?;
    is_initials.then_some(surname)
}

/// Returns the row of the nation of a market.
fn home(mic: Mic) -> Option<usize> {
    NATIONS.iter().position(|(markets, _)| markets.contains(&mic.as_str()))
}

/// How many bytes before a name are looked at.
const PHRASE: usize = 80;

/// How many words before a name its nation stands: `la banque suédoise SEB`, `Swedish private equity firm EQT`.
const REACH: usize = 6;

/// How many of them may be other than adjectives and nouns.
const NEAR: usize = 3;

/// Returns whether the nation of a market stands right before a name, in the same phrase.
fn nation_before(before: &str, mic: Mic) -> bool {
    let Some(home) = home(mic) else { return false };
    let phrase = letters::tail(before, PHRASE).rsplit([',', ';', ':', '\n', '(', ')']).next().unwrap_or_default();
    let words = phrase.split([' ', '\'', '’', '\u{a0}', '-']).rev().filter(|word| !word.is_empty()).take(REACH);
    let words = words.take_while(|word| !word.ends_with('.') || word.len() < 5).enumerate();
    let is_phrase =
        |word: &str| ![words::is_of, words::is_article, words::is_auxiliary, words::is_verb].iter().any(|is| is(word));
    words.take_while(|(at, word)| *at < NEAR || is_phrase(word)).any(|(_, word)| {
        let word = word.trim_end_matches('.').to_lowercase();
        NATIONS[home].1.contains(&word.as_str())
    })
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    fn check(text: &str, language: Language, name: &str, owner: &str) {
        let companies = FxHashSet::default();
        let (_, found) = super::super::read("", text, &Known { companies: &companies, given: &[], at: None, language });
        let of_name = found.iter().filter(|it| &text[it.start..it.end] == name);
        let owners: Vec<String> = of_name.map(|it| format!("{}:{}", it.owner.mic, it.owner.symbol)).collect();
        assert!(!owners.is_empty() && owners.iter().all(|it| it == owner), "{text}: {owners:?}");
    }

    #[test]
    fn the_nation_before_a_name_tells_its_company() {
        check("Swedish bank SEB reported a fall. SEB rose.", Language::English, "SEB", "XSTO:SEB.A");
        check("La banque suédoise SEB a publié un bénéfice.", Language::French, "SEB", "XSTO:SEB.A");
        let buyer = "Swedish private equity firm EQT said it would buy a company.";
        check(buyer, Language::English, "EQT", "XSTO:EQT");
        check("German drugmaker Merck fell.", Language::English, "Merck", "XETR:MRK");
        check("Le laboratoire américain Merck recule.", Language::French, "Merck", "XNYS:MRK");
        check("French cookware maker SEB fell as Swedbank and Nordea rose.", Language::English, "SEB", "XPAR:SK");
        check("Le groupe SEB ouvre en Suède.", Language::French, "SEB", "XPAR:SK");
    }

    #[test]
    fn the_companies_around_a_name_tell_it() {
        check("SEB fell. Nordea and Swedbank rose.", Language::English, "SEB", "XSTO:SEB.A");
        check("SEB recule, L'Oréal et Danone montent, et Volvo baisse.", Language::French, "SEB", "XPAR:SK");
        check("SEB recule.", Language::French, "SEB", "XPAR:SK");
        check("Merck and Bayer said so.", Language::English, "Merck", "XNYS:MRK");
    }

    #[test]
    fn the_long_and_the_short_form_are_one_company() {
        let cut = |name: &str, form: &str| format!("{name} {form} cut jobs. Analysts say {name} must shrink.");
        let owners = |text: &str, at: Option<i64>| {
            let companies = FxHashSet::default();
            let known = Known { companies: &companies, given: &[], at, language: Language::English };
            let (_, found) = super::super::read("", text, &known);
            let mut owners: Vec<String> = found.iter().map(|it| it.owner.ticker().to_string()).collect();
            owners.dedup();
            owners.join(" ")
        };
        let in_2008 = Some(1_210_000_000);
        for (name, form, then, now) in [
            ("Sun Microsystems", "Inc", "XNAS:JAVA", "XNYS:ORCL"),
            ("Genzyme", "Corp", "XNAS:GENZ", "XPAR:SAN"),
            ("Genentech", "Inc", "XNYS:DNA", "XSWX:ROG"),
            ("Broadcom", "Corp", "XNAS:BRCM", "XNAS:BRCM"),
            ("Lafarge", "SA", "XPAR:LG", "XPAR:LG"),
        ] {
            assert_eq!(owners(&cut(name, form), in_2008), then, "{name}");
            assert_eq!(owners(&cut(name, form), None), now, "{name}");
        }
    }

    #[test]
    fn the_date_tells_a_company_that_is_gone_and_a_brand_that_was_sold() {
        let [in_2005, in_2011, in_2025] = [1_110_000_000, 1_300_000_000, 1_780_000_000].map(Some);
        for (text, at, expected) in [
            ("Lucent shares fell.", in_2005, "XNYS:LU"),
            ("Arcelor shares fell.", in_2005, "XPAR:ARCELOR"),
            ("Arcelor shares fell.", in_2011, "XAMS:MT"),
            ("Kraft shares fell.", in_2011, "XNYS:KFT"),
            ("Kraft shares fell.", in_2025, "XNAS:KHC"),
            ("Luxottica shares fell.", in_2011, "XMIL:LUX"),
            ("Luxottica shares fell.", in_2025, "XPAR:EL"),
            ("Paris Match said so.", in_2011, "XPAR:MMB"),
            ("Paris Match said so.", in_2025, "XPAR:MC"),
            ("T.J. Maxx sister chain Marshalls opened a store.", in_2025, "XNYS:TJX"),
            ("British paver Marshalls said sales fell.", in_2025, "XLON:MSLH"),
        ] {
            let companies = FxHashSet::default();
            let known = Known { companies: &companies, given: &[], at, language: Language::English };
            let (_, found) = super::super::read("", text, &known);
            let last = found.last().map(|it| it.owner.ticker().to_string());
            assert_eq!(last.as_deref(), Some(expected), "{text} {at:?}");
        }
    }

    #[test]
    fn initials_tell_whose_name_it_is() {
        check("W.W. Grainger lifted its forecast. Grainger shares rose 3%.", Language::English, "Grainger", "XNYS:GWW");
        check("W W Grainger lifted it. Grainger shares rose 3%.", Language::English, "Grainger", "XNYS:GWW");
        check("British landlord Grainger said rents rose.", Language::English, "Grainger", "XLON:GRI");
    }
}
