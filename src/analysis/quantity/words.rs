//! The table of the words of quantities, French and English, and a quick look into it: every word of every text is
//! looked up here.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::unit::{CODES, KRONE, Nationality, PESO, Unit};

const fn currency(code: &'static str) -> Unit {
    Unit::Currency { code, weak: false }
}

const fn weak_currency(code: &'static str) -> Unit {
    Unit::Currency { code, weak: true }
}

const fn scaled_currency(power: usize, code: &'static str) -> Unit {
    Unit::ScaledCurrency { power, code }
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
    (&["rouble", "roubles", "ruble", "rubles", "₽"], currency("rub")),
    (&["roupie", "roupies", "rupee", "rupees", "rs", "₹"], currency("inr")),
    (&["won", "wons"], weak_currency("krw")),
    (&["₩"], currency("krw")),
    (&["₺"], currency("try")),
    (&["₪"], currency("ils")),
    (&["rand", "rands"], weak_currency("zar")),
    (&["zloty", "zlotys"], currency("pln")),
    (&["forint", "forints"], currency("huf")),
    (&["reais"], currency("brl")),
    (&["fcfa"], currency("xof")),
    (&["couronne", "couronnes", "crown", "crowns", "krona", "kronor", "krone", "kroner"], currency(KRONE)),
    (&["peso", "pesos"], currency(PESO)),
    (&["half"], Unit::Half),
    (&["demi", "demie"], Unit::Demi),
    (&["quarter"], Unit::Quarter),
    (&["quart"], Unit::Fourth),
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
    (&["m", "mm"], letter_of(6)),
    (&["million", "millions", "mn", "mln", "mlns", "mio"], scale_of(6)),
    (&["crore", "crores"], scale_of(7)),
    (&["b", "g"], letter_of(9)),
    // The French billion (10¹²) is hardly ever met in news, the English one daily.
    (&["milliard", "milliards", "md", "mds", "mrd", "mrds", "billion", "billions", "bn", "bln"], scale_of(9)),
    (&["trillion", "trillions", "tn", "trn"], scale_of(12)),
    (&["t"], letter_of(12)),
    (&["%", "percent", "pct"], Unit::Percent),
    (&["bp", "bps", "pb", "pdb"], Unit::BasisPoint),
    (&["pour", "per"], Unit::Per),
    (&["cent"], Unit::Cent),
    (&["cents", "hundred"], Unit::Hundred),
    (&["point", "points"], Unit::Points),
    (&["base"], Unit::Base),
    (&["basis"], Unit::Basis),
    (&["trimestre", "trimestres", "quarters"], Unit::Quarter),
    (&["semestre", "semestres"], Unit::Half),
    (&["penny", "pence", "gbx"], Unit::Hundredth(Some("gbp"))),
    (&["centime", "centimes"], Unit::Hundredth(None)),
    (
        &["américain", "américains", "americain", "americains", "us", "u.s", "u.s.", "american"],
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
    (&["ou", "or"], Unit::Or),
    (&["et", "and"], Unit::And),
    (&["keur"], scaled_currency(3, "eur")),
    (&["meur"], scaled_currency(6, "eur")),
    (&["mdeur"], scaled_currency(9, "eur")),
    (&["kusd"], scaled_currency(3, "usd")),
    (&["musd"], scaled_currency(6, "usd")),
    (&["mdusd"], scaled_currency(9, "usd")),
    (&["kchf"], scaled_currency(3, "chf")),
    (&["mchf"], scaled_currency(6, "chf")),
    (&["mdchf"], scaled_currency(9, "chf")),
    (&["mgbp"], scaled_currency(6, "gbp")),
    (&["mcad"], scaled_currency(6, "cad")),
    (&["msek"], scaled_currency(6, "sek")),
    (&["mnok"], scaled_currency(6, "nok")),
    (&["mdkk"], scaled_currency(6, "dkk")),
    (&["de", "of", "exercice", "fiscal", "financial", "the", "l", "d", "year", "année", "percentage"], Unit::Link),
];

/// Every word with what it is, and whether it may begin a quantity. Every word of a text is looked up here,
/// and hardly any is found: a few bits tell most of the others apart before they are hashed.
pub(super) struct Words {
    map: FxHashMap<&'static str, (Unit, bool)>,
    /// A bit for each trait that some word has ([`Words::trait_of`]); first for those that may begin a quantity,
    /// then for all.
    traits: [[u64; 1024 / 64]; 2],
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
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
    pub(super) fn get(&self, form: &str, open: bool) -> Option<(Unit, bool)> {
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
}
