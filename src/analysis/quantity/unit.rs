//! The words and signs that quantities are written with, French and English: scales (`milliard`, `bn`),
//! currencies (`€`, `dollars`, `EUR`), rates (`%`, `basis`), periods (`T2`, `quarter`) and what links them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word of the text is to a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Digits.
    Number,
    /// A small number in letters: counts only before a scale.
    Named(u16),
    /// A multiple of ten in letters, which a small number may follow: `vingt`, `sixty`.
    Tens(u16),
    /// `cents`, `hundred`, behind a small number.
    Hundred,
    /// Ten to this power; a bare letter (`m`, `k`) counts only beside a currency.
    Scale { power: usize, letter: bool },
    /// Digits with the scale that is glued to them: `1.2bn`; with how many bytes are digits.
    Scaled { digits: usize, power: usize, letter: bool },
    /// A currency by its ISO 4217 code; one whose word means other things too counts only behind a scale.
    Currency { code: &'static str, weak: bool },
    /// A scale and a currency in one: `MEUR`.
    ScaledCurrency { power: usize, code: &'static str },
    /// Which dollar, franc or pound: the nationality before or after it.
    Nationality(Nationality),
    /// `%`, `percent`, `pct`; glued to digits, how many bytes those are.
    Percent,
    /// Digits with a glued rate: `25bp`, `5pct`.
    Rated { digits: usize, rate: Rate },
    /// `bp`, `pb`: hundredths of a percent.
    BasisPoint,
    /// `pour` or `per`, before `cent`.
    Per,
    /// `cent`, after those.
    Cent,
    /// `points`, before `de base` or after `basis`.
    Points,
    /// `base`.
    Base,
    /// `basis`.
    Basis,
    /// `2e`, `deuxième`, `second`.
    Ordinal(u8),
    /// `trimestre`, `quarter`.
    Quarter,
    /// `semestre`, `half`.
    Half,
    /// `T2`, `Q2`, `2T25`: a quarter, with its year if that is glued.
    NthQuarter(u8, Option<u16>),
    /// `S1`, `H1`, `1H25`.
    NthHalf(u8, Option<u16>),
    /// `FY25`.
    FiscalYear(u16),
    /// A word between a quantity's parts that adds nothing: `de`, `of`, `exercice`.
    Link,
    /// What stands between the two ends of a range: `à`, `to`.
    To,
    /// The dash of `3-5 %`, which is no word.
    Dash,
    /// What begins a range: `entre`, `between`.
    Between,
    /// What then stands between its ends: `et`, `and`.
    And,
}

/// The rates that may be glued to digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rate {
    Percent,
    BasisPoint,
}

/// Whose dollar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nationality {
    American,
    Canadian,
    Australian,
    Swiss,
    HongKong,
    Singaporean,
    Taiwanese,
    NewZealander,
    Sterling,
    Cfa,
    Swedish,
    Norwegian,
    Danish,
    Czech,
    Mexican,
    /// Of a country whose currency has no code here.
    Another,
}

/// What stands for a code where a name means as many currencies as there are countries, and none of them first.
const KRONE: &str = "krone";
const PESO: &str = "peso";

impl Nationality {
    /// Returns the currency of this nationality that goes by the name of `code`, if there is one.
    pub(super) fn of(self, code: &str) -> Option<&'static str> {
        match (code, self) {
            ("usd", Nationality::American) => Some("usd"),
            ("usd", Nationality::Canadian) => Some("cad"),
            ("usd", Nationality::Australian) => Some("aud"),
            ("usd", Nationality::HongKong) => Some("hkd"),
            ("usd", Nationality::Singaporean) => Some("sgd"),
            ("usd", Nationality::Taiwanese) => Some("twd"),
            ("usd", Nationality::NewZealander) => Some("nzd"),
            (KRONE, Nationality::Swedish) => Some("sek"),
            (KRONE, Nationality::Norwegian) => Some("nok"),
            (KRONE, Nationality::Danish) => Some("dkk"),
            (KRONE, Nationality::Czech) => Some("czk"),
            (PESO, Nationality::Mexican) => Some("mxn"),
            ("chf", Nationality::Swiss) => Some("chf"),
            ("chf", Nationality::Cfa) => Some("xof"),
            ("gbp", Nationality::Sterling) => Some("gbp"),
            _ => None,
        }
    }

    /// Returns whether it may tell which currency goes by the name of `code`.
    pub(super) fn tells(self, code: &str) -> bool {
        self.of(code).is_some() || self == Nationality::Another && matches!(code, "usd" | "gbp" | "chf" | "inr")
    }
}

/// Returns the code of a currency that is not told from others of its name by a nationality.
pub(super) fn untold(code: &'static str) -> Option<&'static str> {
    (code != KRONE && code != PESO).then_some(code)
}

/// The ISO 4217 codes that are read before or behind a number. `TRY`, `MAD` and other codes that are words
/// are left out.
const CODES: &[&str] = &[
    "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "hkd", "huf", "inr", "jpy", "krw", "mxn", "nok",
    "nzd", "pln", "rub", "sek", "sgd", "twd", "usd", "xaf", "xof", "zar",
];

/// Returns the code that `word` is, in any case.
pub(super) fn code_of(word: &str) -> Option<&'static str> {
    CODES.iter().find(|code| word.eq_ignore_ascii_case(code)).copied()
}

/// Returns the currency of the dollar whose sign follows `letters` (lower case): `US$`, `C$`.
pub(super) fn dollar_of(letters: &str) -> Option<&'static str> {
    Some(match letters {
        "us" => "usd",
        "c" | "ca" | "cad" | "cdn" => "cad",
        "a" | "au" | "aud" => "aud",
        "hk" => "hkd",
        "s" => "sgd",
        "nz" => "nzd",
        "r" => "brl",
        "nt" => "twd",
        "mx" => "mxn",
        _ => return None,
    })
}

/// Returns what `form` (a token: lower case) may be to a quantity; `open` tells whether one has begun, for
/// only then do links and the like count.
pub(super) fn unit(form: &str, open: bool) -> Option<Unit> {
    match form.as_bytes() {
        [b'0'..=b'9', ..] => Some(figures(form)),
        [b'q' | b't' | b's' | b'h' | b'f', .., b'0'..=b'9'] => period(form),
        _ => WORDS.get(form, open).map(|(unit, _)| unit),
    }
}

/// Reads a token that begins with a digit.
fn figures(form: &str) -> Unit {
    let digits = form.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')).count();
    let (figure, suffix) = form.split_at(digits);
    if let Some((power, letter)) = scale(suffix) {
        return Unit::Scaled { digits, power, letter };
    }
    let small = match figure.as_bytes() {
        [digit] => digit - b'0',
        _ => 0,
    };
    match suffix {
        "pct" => Unit::Rated { digits, rate: Rate::Percent },
        "bp" | "bps" | "pb" | "pdb" => Unit::Rated { digits, rate: Rate::BasisPoint },
        "er" | "ere" | "ère" | "re" | "e" | "eme" | "ème" | "nd" | "nde" | "st" | "rd" | "th" if small > 0 => {
            Unit::Ordinal(small)
        }
        _ => nth(small, suffix).unwrap_or(Unit::Number),
    }
}

/// Reads what follows the digit of `2T25`, `1H`.
fn nth(small: u8, suffix: &str) -> Option<Unit> {
    let (letter, year) = suffix.split_at_checked(1)?;
    let year = if year.is_empty() { None } else { Some(glued_year(year)?) };
    match (letter, small) {
        ("t" | "q", 1..=4) => Some(Unit::NthQuarter(small, year)),
        ("s" | "h", 1..=2) => Some(Unit::NthHalf(small, year)),
        _ => None,
    }
}

/// Reads `T2`, `Q2`, `S1`, `H1`, `Q2'25`, `FY25`.
fn period(form: &str) -> Option<Unit> {
    if let Some(year) = form.strip_prefix("fy") {
        return glued_year(year).map(Unit::FiscalYear);
    }
    // `Q2'25`
    if let Some((form, year)) = form.split_once('\'') {
        return match (period(form)?, glued_year(year)?) {
            (Unit::NthQuarter(number, None), year) => Some(Unit::NthQuarter(number, Some(year))),
            (Unit::NthHalf(number, None), year) => Some(Unit::NthHalf(number, Some(year))),
            _ => None,
        };
    }
    let (letter, number) = form.split_at_checked(1)?;
    let number: u8 = number.parse().ok().filter(|_| number.len() == 1)?;
    match (letter, number) {
        ("t" | "q", 1..=4) => Some(Unit::NthQuarter(number, None)),
        ("s" | "h", 1..=2) => Some(Unit::NthHalf(number, None)),
        _ => None,
    }
}

/// Reads a year of two or four digits.
fn glued_year(digits: &str) -> Option<u16> {
    match digits.len() {
        2 => digits.parse().ok().map(|year: u16| 2000 + year),
        4 => year(digits),
        _ => None,
    }
}

/// Reads a year between 1900 and 2099.
pub(super) fn year(digits: &str) -> Option<u16> {
    let year = if digits.len() == 4 { digits.parse().ok()? } else { return None };
    (1900..2100).contains(&year).then_some(year)
}

/// Returns the power of ten of a scale, and whether it is a bare letter.
fn scale(form: &str) -> Option<(usize, bool)> {
    match WORDS.get(form, true) {
        Some((Unit::Scale { power, letter }, _)) => Some((power, letter)),
        _ => None,
    }
}

const fn currency(code: &'static str) -> Unit {
    Unit::Currency { code, weak: false }
}

const fn weak_currency(code: &'static str) -> Unit {
    Unit::Currency { code, weak: true }
}

const fn scale_of(power: usize) -> Unit {
    Unit::Scale { power, letter: false }
}

const fn letter_of(power: usize) -> Unit {
    Unit::Scale { power, letter: true }
}

/// The words that may begin a quantity.
const OPENING: &[(&[&str], Unit)] = &[
    (&["€", "euro", "euros"], currency("eur")),
    (&["dollar", "dollars", "dlr", "dlrs"], currency("usd")),
    (&["£", "stg"], currency("gbp")),
    (&["pound", "pounds", "livre", "livres"], weak_currency("gbp")),
    (&["¥", "yen", "yens"], currency("jpy")),
    (&["yuan", "yuans", "rmb", "renminbi"], currency("cny")),
    (&["franc", "francs"], weak_currency("chf")),
    (&["rouble", "roubles", "ruble", "rubles"], currency("rub")),
    (&["roupie", "roupies", "rupee", "rupees", "rs"], currency("inr")),
    (&["won", "wons"], weak_currency("krw")),
    (&["rand", "rands"], weak_currency("zar")),
    (&["zloty", "zlotys"], currency("pln")),
    (&["forint", "forints"], currency("huf")),
    (&["reais"], currency("brl")),
    (&["fcfa"], currency("xof")),
    (&["couronne", "couronnes", "crown", "crowns", "krona", "kronor", "krone", "kroner"], currency(KRONE)),
    (&["peso", "pesos"], currency(PESO)),
    (&["entre", "between"], Unit::Between),
    (&["un", "une", "one"], Unit::Named(1)),
    (&["deux", "two"], Unit::Named(2)),
    (&["trois", "three"], Unit::Named(3)),
    (&["quatre", "four"], Unit::Named(4)),
    (&["cinq", "five"], Unit::Named(5)),
    (&["six"], Unit::Named(6)),
    (&["sept", "seven"], Unit::Named(7)),
    (&["huit", "eight"], Unit::Named(8)),
    (&["neuf", "nine"], Unit::Named(9)),
    (&["dix", "ten"], Unit::Named(10)),
    (&["onze", "eleven"], Unit::Named(11)),
    (&["douze", "twelve"], Unit::Named(12)),
    (&["treize", "thirteen"], Unit::Named(13)),
    (&["quatorze", "fourteen"], Unit::Named(14)),
    (&["quinze", "fifteen"], Unit::Named(15)),
    (&["seize", "sixteen"], Unit::Named(16)),
    (&["seventeen"], Unit::Named(17)),
    (&["eighteen"], Unit::Named(18)),
    (&["nineteen"], Unit::Named(19)),
    (&["vingt", "vingts", "twenty"], Unit::Tens(20)),
    (&["trente", "thirty"], Unit::Tens(30)),
    (&["quarante", "forty"], Unit::Tens(40)),
    (&["cinquante", "fifty"], Unit::Tens(50)),
    (&["soixante", "sixty"], Unit::Tens(60)),
    (&["seventy"], Unit::Tens(70)),
    (&["eighty"], Unit::Tens(80)),
    (&["ninety"], Unit::Tens(90)),
    (&["premier", "première", "premiere", "first"], Unit::Ordinal(1)),
    (&["deuxième", "deuxieme", "second", "seconde"], Unit::Ordinal(2)),
    (&["troisième", "troisieme", "third"], Unit::Ordinal(3)),
    (&["quatrième", "quatrieme", "fourth"], Unit::Ordinal(4)),
];

/// The words that count only once a quantity has begun.
const INNER: &[(&[&str], Unit)] = &[
    (&["k"], letter_of(3)),
    (&["mille", "millier", "milliers", "thousand", "thousands"], scale_of(3)),
    (&["lakh"], scale_of(5)),
    (&["m"], letter_of(6)),
    (&["million", "millions", "mn", "mln", "mlns", "mio"], scale_of(6)),
    (&["crore", "crores"], scale_of(7)),
    (&["b", "g"], letter_of(9)),
    // The French billion (10¹²) is hardly ever met in news, the English one daily.
    (&["milliard", "milliards", "md", "mds", "mrd", "mrds", "billion", "billions", "bn", "bln"], scale_of(9)),
    (&["trillion", "trillions", "tn", "trn"], scale_of(12)),
    (&["%", "percent", "pct"], Unit::Percent),
    (&["bp", "bps", "pb", "pdb"], Unit::BasisPoint),
    (&["pour", "per"], Unit::Per),
    (&["cent"], Unit::Cent),
    (&["cents", "hundred"], Unit::Hundred),
    (&["point", "points"], Unit::Points),
    (&["base"], Unit::Base),
    (&["basis"], Unit::Basis),
    (&["trimestre", "trimestres", "quarter", "quarters"], Unit::Quarter),
    (&["semestre", "semestres", "half"], Unit::Half),
    (
        &["américain", "américains", "americain", "americains", "us", "american"],
        Unit::Nationality(Nationality::American),
    ),
    (&["canadien", "canadiens", "canadian", "ca"], Unit::Nationality(Nationality::Canadian)),
    (&["australien", "australiens", "australian"], Unit::Nationality(Nationality::Australian)),
    (&["suisse", "suisses", "swiss"], Unit::Nationality(Nationality::Swiss)),
    (&["sterling"], Unit::Nationality(Nationality::Sterling)),
    (&["hk", "hong", "kong", "hongkong", "hongkongais"], Unit::Nationality(Nationality::HongKong)),
    (&["cfa"], Unit::Nationality(Nationality::Cfa)),
    (&["singapore", "singapour", "singapourien", "singapouriens"], Unit::Nationality(Nationality::Singaporean)),
    (&["taiwan", "taïwan", "taiwanais", "taïwanais", "taiwanese"], Unit::Nationality(Nationality::Taiwanese)),
    (&["néo", "neo", "zélandais", "zelandais"], Unit::Nationality(Nationality::NewZealander)),
    (&["suédoise", "suédoises", "suedoises", "swedish"], Unit::Nationality(Nationality::Swedish)),
    (&["norvégienne", "norvégiennes", "norvegiennes", "norwegian"], Unit::Nationality(Nationality::Norwegian)),
    (&["danoise", "danoises", "danish"], Unit::Nationality(Nationality::Danish)),
    (&["tchèque", "tchèques", "tcheques", "czech"], Unit::Nationality(Nationality::Czech)),
    (&["mexicain", "mexicains", "mexican"], Unit::Nationality(Nationality::Mexican)),
    (
        &[
            "français",
            "francais",
            "french",
            "belge",
            "belges",
            "belgian",
            "luxembourgeois",
            "turque",
            "turques",
            "turkish",
            "égyptienne",
            "égyptiennes",
            "egyptian",
            "libanaise",
            "libanaises",
            "lebanese",
            "syrienne",
            "syriennes",
            "syrian",
            "soudanaise",
            "soudanaises",
            "sudanese",
            "jamaïcains",
            "jamaican",
            "namibiens",
            "namibian",
            "zimbabwéens",
            "zimbabwean",
            "rwandais",
            "rwandan",
            "congolais",
            "congolese",
            "guinéens",
            "guinean",
            "pakistanaise",
            "pakistanaises",
            "pakistani",
            "indonésienne",
            "indonésiennes",
            "indonesian",
        ],
        Unit::Nationality(Nationality::Another),
    ),
    (&["à", "to"], Unit::To),
    (&["et", "and"], Unit::And),
    (&["keur"], Unit::ScaledCurrency { power: 3, code: "eur" }),
    (&["meur"], Unit::ScaledCurrency { power: 6, code: "eur" }),
    (&["mdeur"], Unit::ScaledCurrency { power: 9, code: "eur" }),
    (&["kusd"], Unit::ScaledCurrency { power: 3, code: "usd" }),
    (&["musd"], Unit::ScaledCurrency { power: 6, code: "usd" }),
    (&["mdusd"], Unit::ScaledCurrency { power: 9, code: "usd" }),
    (&["de", "of", "exercice", "fiscal", "financial", "the", "l", "d", "year", "année"], Unit::Link),
];

/// Every word with what it is, and whether it may begin a quantity. Every word of a text is looked up here,
/// and hardly any is found: a few bits tell most of the others apart before they are hashed.
struct Words {
    map: FxHashMap<&'static str, (Unit, bool)>,
    /// A bit for each trait that some word has ([`Words::trait_of`]); first for those that may begin a quantity,
    /// then for all.
    traits: [[u64; 1024 / 64]; 2],
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let tables = [(OPENING, true), (INNER, false)];
    let words = tables.into_iter().flat_map(|(table, opens)| {
        table.iter().flat_map(move |(forms, unit)| forms.iter().map(move |form| (*form, (*unit, opens))))
    });
    let map: FxHashMap<_, _> = words.chain(CODES.iter().map(|code| (*code, (currency(code), true)))).collect();
    let mut traits = [[0; 1024 / 64]; 2];
    for (word, (_, opens)) in &map {
        let word = Words::trait_of(word);
        for traits in &mut traits[usize::from(!opens)..] {
            traits[word / 64] |= 1 << (word % 64);
        }
    }
    Words { map, traits }
});

impl Words {
    /// Returns what a word is, and whether it may begin a quantity; one that may not only if one is `open`.
    fn get(&self, form: &str, open: bool) -> Option<(Unit, bool)> {
        let word = Words::trait_of(form);
        if self.traits[usize::from(open)][word / 64] >> (word % 64) & 1 == 0 {
            return None;
        }
        self.map.get(form).copied().filter(|(_, opens)| *opens || open)
    }

    /// Returns what a word's first and last byte and its length come to.
    fn trait_of(word: &str) -> usize {
        let ends = word.as_bytes().first().zip(word.as_bytes().last());
        ends.map_or(0, |(first, last)| (*first as usize * 37 + *last as usize * 11 + word.len()) % 1024)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_once() {
        assert!(CODES.is_sorted_by(|a, b| a < b));
        let count = |table: &[(&[&str], Unit)]| table.iter().map(|(forms, _)| forms.len()).sum::<usize>();
        assert_eq!(WORDS.map.len(), CODES.len() + count(OPENING) + count(INNER));
    }

    #[test]
    fn figures_with_what_is_glued_to_them() {
        for (form, want) in [
            ("1,2", Unit::Number),
            ("2025", Unit::Number),
            ("1.2bn", Unit::Scaled { digits: 3, power: 9, letter: false }),
            ("5m", Unit::Scaled { digits: 1, power: 6, letter: true }),
            ("25bps", Unit::Rated { digits: 2, rate: Rate::BasisPoint }),
            ("1er", Unit::Ordinal(1)),
            ("2ème", Unit::Ordinal(2)),
            ("2t25", Unit::NthQuarter(2, Some(2025))),
            ("1h2024", Unit::NthHalf(1, Some(2024))),
            ("5t25", Unit::Number),
            ("3d", Unit::Number),
        ] {
            assert_eq!(unit(form, false), Some(want), "{form}");
        }
    }

    #[test]
    fn words_that_only_count_inside() {
        for form in ["de", "%", "milliard", "cent", "us"] {
            assert_eq!(unit(form, false), None, "{form}");
            assert!(unit(form, true).is_some(), "{form}");
        }
        assert_eq!(unit("bourse", true), None);
        assert_eq!(unit("t5", true), None);
    }
}
