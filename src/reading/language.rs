//! The language of a text: French, English or another, and how sure that is. Apart because it weighs
//! two witnesses: the small words, endings and marks of French and English counted here, which are
//! right about short titles, and the letter sequences of `whichlang`, which knows sixteen languages.
//! In a short text the names of companies are no evidence: `Société Générale lower` is English.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::Language;
use crate::market::names::{self, Class};
use crate::reading::letters;

/// Returns the language of a text given in parts (headline, body), and the confidence from 0 to 1. A
/// stated tag decides, with confidence 1; but one of the page or feed `around` the text gives way to a text that is
/// plainly in another language.
///
/// Otherwise the confidence is `d / (d + 1.5)`, where `d` is how far the evidence for the winner is
/// ahead of the next language's: one plain function word counts 1, so a sentence comes to about 0.8 and
/// a paragraph to 0.9 and more. Text without a letter is [`Language::Other`] with confidence 0.
pub fn read(stated: Option<&str>, around: bool, parts: &[&str]) -> (Language, f32) {
    let Some(stated) = stated.and_then(Language::from_tag) else { return detect(parts) };
    let is_long = || parts.iter().flat_map(|part| part.split_whitespace()).nth(LEAST_WORDS).is_some();
    let told = || Some(detect(parts)).filter(|(language, sure)| *language != stated && *sure > SURE);
    Some(()).filter(|()| around && is_long()).and_then(|()| told()).unwrap_or((stated, 1.0))
}

/// A text of this many words, of whose language one is this sure, goes before what its page says.
const LEAST_WORDS: usize = 30;
const SURE: f32 = 0.9;

/// Evidence this far ahead needs no second witness, and no further reading once a few lines are read.
const PLAIN: f32 = 12.0;

/// How many bytes are read at most, and how many before plain evidence is enough.
const LONGEST: usize = 2000;
const ENOUGH: usize = 400;

fn detect(parts: &[&str]) -> (Language, f32) {
    if parts.iter().map(|part| part.len()).sum::<usize>() <= ENOUGH {
        let nameless: Vec<_> = parts.iter().map(|part| without_names(part)).collect();
        if nameless.iter().any(|part| part.contains(char::is_alphabetic)) {
            return weigh(&nameless.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
    weigh(parts)
}

/// Returns a text without the names of companies that are no ordinary words.
fn without_names(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_start = (c.is_uppercase() || c.is_ascii_digit()) && !kept.ends_with(char::is_alphanumeric);
        let name = is_start.then(|| names::longest_at(text, text.len() - rest.len())).flatten();
        rest = match name.filter(|(_, name)| name.class != Class::Word) {
            Some((end, _)) => {
                kept.push(' ');
                &text[end..]
            }
            None => {
                kept.push(c);
                &rest[c.len_utf8()..]
            }
        };
    }
    kept
}

/// Weighs what speaks for each language.
fn weigh(parts: &[&str]) -> (Language, f32) {
    let mut evidence = Evidence::default();
    let mut read = 0;
    for part in parts {
        let part = letters::head(part, LONGEST - read);
        read += part.len();
        evidence.count(part);
    }
    if evidence.letters == 0 {
        return (Language::Other, 0.0);
    }
    if evidence.lead().1 < PLAIN {
        evidence.ask_whichlang(parts);
    }
    let (language, ahead) = evidence.lead();
    (language, ahead / (ahead + 1.5))
}

/// What speaks for each language, and how many letters were read.
#[derive(Default)]
struct Evidence {
    french: f32,
    english: f32,
    other: f32,
    letters: usize,
    /// Whether the word that is read begins with a capital: it may be a name.
    capital: bool,
    /// How much decimal marks have spoken.
    decimals: f32,
}

/// What one decimal mark weighs, and all of them at most.
const DECIMAL: f32 = 0.2;
const DECIMALS: f32 = 0.4;

impl Evidence {
    /// Returns the language ahead, and by how much.
    fn lead(&self) -> (Language, f32) {
        let mut ranked =
            [(Language::French, self.french), (Language::English, self.english), (Language::Other, self.other)];
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        (ranked[0].0, ranked[0].1 - ranked[1].1)
    }

    fn add(&mut self, language: Language, weight: f32) {
        match language {
            Language::French => self.french += weight,
            Language::English => self.english += weight,
            Language::Other => self.other += weight,
        }
    }

    /// Counts the words of `text`, until the case is plain.
    fn count(&mut self, text: &str) {
        let mut word = String::with_capacity(32);
        let mut previous = ' ';
        for (at, c) in text.char_indices() {
            if c.is_alphabetic() {
                self.letter(c);
                self.capital = if word.is_empty() { c.is_uppercase() } else { self.capital && !c.is_uppercase() };
                if c.is_ascii() {
                    word.push(c.to_ascii_lowercase());
                } else {
                    word.extend(c.to_lowercase());
                }
            } else {
                let apostrophe = matches!(c, '\'' | '\u{2019}');
                // `1.10 est.` is an estimate.
                if !(c == '.' && word == "est") {
                    self.word(&word, previous, apostrophe);
                }
                if matches!(c, ',' | '.') && previous.is_ascii_digit() && word.is_empty() {
                    self.decimal(c, &text[at + 1..]);
                }
                if !word.is_empty() && at > ENOUGH && self.lead().1 > PLAIN {
                    return;
                }
                word.clear();
                previous = c;
            }
        }
        self.word(&word, previous, false);
    }

    /// Weighs the mark behind a digit, if one or two digits follow: `0,4` is written in French, `0.4` in English.
    fn decimal(&mut self, mark: char, rest: &str) {
        let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
        if matches!(digits, 1 | 2) && self.decimals < DECIMALS {
            self.decimals += DECIMAL;
            self.add(if mark == ',' { Language::French } else { Language::English }, DECIMAL);
        }
    }

    /// Weighs one letter: those with marks, and those of other alphabets.
    fn letter(&mut self, c: char) {
        self.letters += 1;
        match c {
            'a'..='z' | 'A'..='Z' => {}
            'é' | 'É' => self.french += 0.2,
            'è' | 'ê' | 'ë' | 'à' | 'â' | 'ç' | 'î' | 'ï' | 'ô' | 'ù' | 'û' | 'œ' | 'È' | 'Ê' | 'À' | 'Ç' | 'Œ' => {
                self.french += 0.3
            }
            '\u{c0}'..='\u{24f}' => self.other += 0.3,
            '\u{250}'.. => self.other += 0.5,
            _ => {}
        }
    }

    /// Weighs one word in lower case, the character before it, and whether an apostrophe follows.
    fn word(&mut self, word: &str, before: char, apostrophe_follows: bool) {
        if word.is_empty() || BOTH.contains(&word) {
            return;
        }
        let after_apostrophe = matches!(before, '\'' | '\u{2019}');
        if apostrophe_follows && ELIDED.contains(&word) {
            self.french += 0.9;
        } else if after_apostrophe && CONTRACTED.contains(&word) {
            self.english += 0.9;
        } else if let Some(&(language, weight)) = WORDS.get(word) {
            self.add(language, weight);
        } else {
            if word.len() >= 5
                && let Some(&(_, language, weight)) = ENDINGS.iter().find(|(ending, ..)| word.ends_with(ending))
            {
                self.add(language, weight);
            }
            // Spellings that English has and French has not.
            let pairs = word.as_bytes().windows(2);
            if word.contains(['w', 'k'])
                || pairs.into_iter().any(|pair| ENGLISH_PAIRS.iter().any(|known| pair == *known))
            {
                self.english += if self.capital { 0.1 } else { 0.2 };
            }
        }
    }

    /// Adds the voice of whichlang. It is trusted with French and English; on a few words, which it often
    /// takes for a neighbour, its word for another language weighs less.
    fn ask_whichlang(&mut self, parts: &[&str]) {
        let mut sample = String::with_capacity(ENOUGH + 4);
        for part in parts {
            sample.push_str(letters::head(part, ENOUGH - sample.len().min(ENOUGH)));
            sample.push(' ');
        }
        let voice = (self.letters as f32 / 60.0).clamp(0.1, 4.0);
        match whichlang::detect_language(&sample) {
            whichlang::Lang::Fra => self.french += voice,
            whichlang::Lang::Eng => self.english += voice,
            _ => self.other += voice,
        }
    }
}

static WORDS: LazyLock<FxHashMap<String, (Language, f32)>> = LazyLock::new(|| {
    let lists = [
        (FRENCH, Language::French, 1.0),
        (FRENCH_SHARED, Language::French, 0.5),
        (FRENCH_NEWS, Language::French, 0.5),
        (ENGLISH, Language::English, 1.0),
        (ENGLISH_SHARED, Language::English, 0.5),
        (ENGLISH_NEWS, Language::English, 0.5),
        (OTHERS, Language::Other, 1.0),
        (OTHERS_NEWS, Language::Other, 0.5),
    ];
    let entries = lists
        .iter()
        .flat_map(|&(words, language, weight)| words.split(' ').map(move |word| (word, (language, weight))));
    let mut words: FxHashMap<String, (Language, f32)> = entries.map(|(word, entry)| (word.to_owned(), entry)).collect();
    // Capitals often come without their accents.
    for (list, weight) in [(FRENCH, 1.0), (FRENCH_NEWS, 0.5)] {
        for word in list.split(' ').filter(|word| word.chars().count() >= 4) {
            let plain: String = word.chars().filter_map(letters::plain).collect();
            words.entry(plain).or_insert((Language::French, weight));
        }
    }
    words
});

/// Words of English that French news has as often: `Wall Street`.
const BOTH: &[&str] = &["wall", "street"];

/// Pairs of letters that are frequent in English and rare in French.
const ENGLISH_PAIRS: &[&[u8; 2]] = &[b"th", b"sh", b"gh", b"ee", b"oo", b"ow", b"aw", b"ey"];

/// Before an apostrophe these are French.
const ELIDED: &[&str] =
    &["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "aujourd"];

/// After an apostrophe these are English.
const CONTRACTED: &[&str] = &["s", "t", "re", "ve", "ll"];

/// Function words of French alone.
const FRENCH: &str = "\
    du des aux et est sont été était être sera seront serait aurait ont avait avec sans sous dans chez pour par \
    sur vers entre contre depuis pendant après avant dont où qui quoi quand comment pourquoi ce cet cette ces ça \
    cela ceux celle celui il ils elle elles nous vous je lui leur leurs ses sa mes nos notre vos votre mais ou donc \
    car ni ne pas plus moins très trop aussi encore toujours jamais déjà tout tous toute toutes même autre autres \
    deux trois fait faire faut peut peuvent doit selon afin alors lors ainsi une quel quelle quels quelles y eux \
    soit chaque plusieurs à dès va vont là ici hier six sept dix rien bien mieux peu";

/// Function words that French shares with its neighbours.
const FRENCH_SHARED: &str = "\
    le de la les un en se que si au ma mon son non oui";

/// Frequent words of French headlines.
const FRENCH_NEWS: &str = "\
    bourse actions titre hausse baisse recul bénéfice bénéfices chiffre résultat résultats marché marchés rachat \
    banque banques pétrole entreprise entreprises société groupe euros milliard milliards million dollars emploi \
    emplois grève accord taux croissance trimestre semestre exercice vente ventes prix nouveau nouvelle nouveaux \
    annonce licenciements dette impôt impôts budget gouvernement ministre loi projet année mois jour jours ans monde \
    pays vie mort crise lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juin juillet août \
    septembre octobre novembre décembre chute rebond perte pertes bénéficiaire objectif objectifs prévisions \
    économie économique inflationniste chômage salaire salaires salariés ouvrier usine usines constructeur avion \
    avions voiture voitures aérien aérienne pétrolier énergie gaz électricité logement prêt prêts crédit fonds \
    actionnaire actionnaires investisseur investisseurs dirigeant patron patrons président présidente directeur \
    directrice conseil assemblée député députés sénat élection élections maire ville état états français française \
    françaises allemand allemande américain américaine américains chinois européen européenne britannique japonais \
    mondial mondiale étranger enquête tribunal procès juge justice amende fraude plainte avocat victime victimes \
    enfant enfants femme femmes homme hommes fille famille école étudiant étudiants santé hôpital médecin médecins \
    maladie eau feu terre mer route rue maison jeu jeux équipe joueur joueurs coupe match livre livres musique \
    acteur actrice chanteur roi reine prince guerre armée attentat accident incendie météo hiver printemps automne \
    semaine soir matin nuit heure heures minute minutes fin début premier première premiers premières dernier \
    dernière derniers seconde repli replis hausses baisses palmarès grand grande grands grandes petit petite petits petites gros bon bonne meilleur \
    meilleure pire jeune jeunes vieux belle beau haut haute bas basse fort forte faible nul nulle annoncé lance \
    dévoile présente prévoit veut veulent demande refuse accuse dénonce rejette relève abaisse augmente progresse \
    recule grimpe bondit dévisse plonge confirme maintient vise espère craint appelle quitte rejoint nomme signe \
    achète vend rachète cède ouvre ferme supprime crée perd gagne reste devient trouve met prend rend vient dit";

/// Function words of English alone.
const ENGLISH: &str = "\
    the of to and for with at by from are were been be being has have had will would could should may might must can \
    cannot this that these those it its he she they them their his her we our us you your not but or if than then \
    there here what when where which who whose why how into onto over under after before about against between \
    through during without while because since until up down out off more most less some any many much such both \
    each all only also just now still does did make makes said says say amid two three new an i my me so too very \
    own as let get gets back towards toward within across other every year years first last one";

/// Function words that English shares with its neighbours.
const ENGLISH_SHARED: &str = "\
    in is was on do";

/// Frequent words of English headlines.
const ENGLISH_NEWS: &str = "\
    shares share stock stocks profit profits loss rise rises rose fall falls fell jump jumps drop drops gain gains \
    cut cuts cutting deal bid buy buys sell sells bank banks oil gold market markets sales revenue earnings quarter \
    forecast outlook growth trade rate rates debt bond bonds tax government chief company group world talks plan \
    plans report reports job jobs layoffs merger takeover stake unit set sets hit hits high low higher lower week \
    month day days home news death dies killed win wins big top good people man woman monday tuesday wednesday \
    thursday friday saturday sunday january february march april june july august september october november \
    december price record court lawsuit judge law fund funds fraud bailout regulator regulators executive executives \
    officer investor investors shareholder shareholders lender lenders mortgage housing crisis recession economy \
    economic jobless unemployment inflation yield yields dollar billion strike union workers worker staff plant \
    factory maker makers airline airlines carrier drug drugs retailer retailers store stores cars steel gas energy \
    power offer offers loan loans fee fees fine charge charges probe view update fed sec vs health care war \
    army police election vote house white head study review rule rules test number data key firm firms global \
    foreign british american french german chinese japanese european right left early late ahead near beat \
    beats miss misses lift lifts raise raises slip slips slide slides surge surges soar soars climb climbs tumble \
    tumbles plunge plunges warn warns seek seeks eye eyes expect expects launch launches open opens close closes end \
    ends start starts hire hires fire fires sign signs agree agrees approve approves reject rejects delay delays \
    file files sue sues pay spend spending earn earns lose loses show shows see sees take takes give gives face \
    faces call calls urge urges want wants need needs help helps keep keeps hold holds weak strong slow fast short \
    quit quits ceo cfo eps guidance movers gainers losers decliners form long old small large full half third fourth second annual daily network software phone online film food water \
    child children school student students city state states country countries book game games team player music \
    life love time way work part place best worst better worse free easy hard real";

/// Function words of German, Spanish, Italian, Portuguese, Dutch and Swedish, those left out that are
/// also French, English or parts of names.
const OTHERS: &str = "\
    der das und ist nicht mit für auf auch eine einen einem einer wird werden wurde sich dass nach zum zur bei aus \
    dem vom über sind haben hat el los las una del por para con como más pero está según este sus también ha su che \
    della delle dei degli nel nella sono anche più gli di per dalla dal alla è não uma dos pela pelo ao mas foi são \
    het een niet voor zijn wordt van aan bij ook och att som inte för med är til af";

/// Frequent words of their headlines, and function words that may be English too.
const OTHERS_NEWS: &str = "\
    die neue neuen neuer jahr jahre heute woche mehr weniger gegen aktien unternehmen milliarden millionen umsatz \
    gewinn hoy años mercado millones bolsa acciones empresa empresas sube baja ventas oggi anni miliardi milioni \
    mercato borsa azioni aziende ricavi utile hoje anos milhões ações lucro vendas nieuwe jaar miljard miljoen winst \
    omzet bene rialzo ribasso chiude banche aandelen år kronor aktier";

/// Endings of words of five letters or more that stand in no list.
#[rustfmt::skip]
const ENDINGS: &[(&str, Language, f32)] = &[
    ("ing", Language::English, 0.4), ("ings", Language::English, 0.4), ("ness", Language::English, 0.4),
    ("ship", Language::English, 0.4), ("ght", Language::English, 0.4), ("ed", Language::English, 0.3),
    ("ly", Language::English, 0.3), ("ty", Language::English, 0.2), ("ry", Language::English, 0.2),
    ("ck", Language::English, 0.2), ("ful", Language::English, 0.4), ("less", Language::English, 0.4),
    ("ism", Language::English, 0.3), ("ical", Language::English, 0.3), ("cy", Language::English, 0.2),
    ("ers", Language::English, 0.1), ("ité", Language::French, 0.3), ("ités", Language::French, 0.3),
    ("ière", Language::French, 0.3), ("ières", Language::French, 0.3), ("ienne", Language::French, 0.4),
    ("oire", Language::French, 0.4), ("oires", Language::French, 0.4), ("aux", Language::French, 0.4),
    ("logie", Language::French, 0.4), ("ique", Language::French, 0.4), ("iques", Language::French, 0.4),
    ("aire", Language::French, 0.4), ("aires", Language::French, 0.4), ("eux", Language::French, 0.4),
    ("euse", Language::French, 0.4), ("eur", Language::French, 0.3), ("eurs", Language::French, 0.3),
    ("aient", Language::French, 0.4), ("ait", Language::French, 0.4), ("eau", Language::French, 0.4),
    ("eaux", Language::French, 0.4), ("isme", Language::French, 0.4), ("iste", Language::French, 0.4),
    ("ement", Language::French, 0.2), ("ements", Language::French, 0.2), ("ées", Language::French, 0.4),
    ("elle", Language::French, 0.3), ("elles", Language::French, 0.3), ("ez", Language::French, 0.2),
    ("ung", Language::Other, 0.4), ("keit", Language::Other, 0.4), ("ción", Language::Other, 0.4),
    ("zione", Language::Other, 0.4), ("ção", Language::Other, 0.4),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, want: Language) {
        let (language, confidence) = read(None, false, &[text]);
        assert_eq!(language, want, "{text} ({confidence})");
        assert!(confidence > 0.0 && confidence < 1.0, "{text} ({confidence})");
    }

    #[test]
    fn titles_and_sentences_are_told_apart() {
        for text in [
            "La banque centrale relève ses taux d'un quart de point",
            "LE PETROLE RECULE APRES LES STOCKS AMERICAINS",
            "Boulanger rachète une usine en Pologne",
            "Airbus livre 60 avions en juin",
            "Le titre Microsoft au plus haut à Wall Street",
            "Hausse de l’emploi",
            "Licenciements chez Amazon Web Services",
            "Wall Street en repli",
            "CAC 40: 7.950 points (+0,4%)",
            "Bank of America et Morgan Stanley en hausse",
        ] {
            check(text, Language::French);
        }
        for text in [
            "Central bank raises rates by a quarter point",
            "OIL FALLS AFTER INVENTORY REPORT",
            "Baker buys a plant in Poland",
            "Airbus delivers 60 planes in June",
            "Société Générale shares fall on trading loss",
            "L'Oréal's sales beat forecasts",
            "Layoffs at Amazon Web Services",
            "Renault CEO quits",
            "ARCELORMITTAL RAISES GUIDANCE",
            "Halden Q2 EPS 1.20 vs 1.10 est.",
            "Société Générale, Crédit Agricole, BNP Paribas lower",
            "Form 8-K Halden Inc.",
            "Movers\nGainers: Toast +5.1%, Root +4%, Block +3%, Palantir +8%. Losers: Gap -3%, Target -2%.",
        ] {
            check(text, Language::English);
        }
    }

    #[test]
    fn other_languages_are_other() {
        for text in [
            "Die Zentralbank erhöht die Zinsen um einen Viertelpunkt und warnt vor der Inflation",
            "El banco central sube los tipos de interés un cuarto de punto en su reunión de julio",
            "La banca centrale alza i tassi di un quarto di punto e parla di inflazione più bassa",
            "O banco central elevou os juros em um quarto de ponto, mas não deu prazo para a próxima alta",
            "De centrale bank verhoogt de rente met een kwart procentpunt en waarschuwt voor inflatie",
            "Aktien Frankfurt: Dax startet freundlich in die neue Woche",
            "La Bolsa española sube un 1 % tras los datos de empleo",
            "Piazza Affari chiude in rialzo, bene le banche",
            "Börsen stiger efter räntebeskedet från centralbanken",
            "Центральный банк повысил ставку",
            "中央銀行は金利を引き上げた",
        ] {
            check(text, Language::Other);
        }
    }

    #[test]
    fn no_letters_no_language() {
        for text in ["", "1234,5 %", "  \n", "€ 12"] {
            assert_eq!(read(None, false, &[text]), (Language::Other, 0.0), "{text}");
        }
    }

    #[test]
    fn a_stated_tag_decides() {
        assert_eq!(read(Some("fr-CA"), false, &["Central bank raises rates"]), (Language::French, 1.0));
        assert_eq!(read(Some("de"), false, &["Central bank raises rates"]), (Language::Other, 1.0));
        assert_eq!(read(Some(""), false, &["Central bank raises rates"]).0, Language::English);
    }

    #[test]
    fn the_tag_of_a_page_gives_way_to_a_plain_text() {
        let sentence = "Le groupe Halden a publié mardi un bénéfice en hausse, porté par les ventes de vis en Europe. ";
        let (short, long) = (sentence, sentence.repeat(4));
        for (tag, around, text, want) in [
            ("en-US", true, long.as_str(), Language::French),
            ("en-US", false, &long, Language::English),
            ("en-US", true, short, Language::English),
            ("fr", true, &long, Language::French),
            // Names alone tell no language.
            ("fr", true, &"Halden Fenwick Belvoir Brightmere ".repeat(12), Language::French),
        ] {
            assert_eq!(read(Some(tag), around, &[text]).0, want, "{tag} {around} {text}");
        }
    }

    #[test]
    fn more_of_the_same_is_surer() {
        let sentence = "Le groupe a publié des ventes en hausse. ";
        let once = read(None, false, &[sentence]).1;
        let often = read(None, false, &[&sentence.repeat(10)]).1;
        assert!(once < often && often > 0.85, "{once} {often}");
    }

    #[test]
    fn no_word_stands_in_two_lists() {
        let lists = [FRENCH, FRENCH_SHARED, FRENCH_NEWS, ENGLISH, ENGLISH_SHARED, ENGLISH_NEWS, OTHERS, OTHERS_NEWS];
        let words: Vec<&str> = lists.iter().flat_map(|list| list.split(' ')).collect();
        for (at, word) in words.iter().enumerate() {
            assert!(!word.is_empty() && **word == word.to_lowercase(), "{word}");
            assert!(!words[..at].contains(word), "{word} twice");
        }
    }

    proptest! {
        #[test]
        fn confidence_is_a_share(text in "\\PC{0,80}") {
            let (_, confidence) = read(None, false, &[&text, &text]);
            prop_assert!((0.0..=1.0).contains(&confidence));
        }
    }
}
