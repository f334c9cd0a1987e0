//! Signs for and against a name being its company, and what they weigh together.

use super::Candidate;
use super::around::Around;
use super::{jobs, period, ratings, verb, words};
use crate::article::Language;
use crate::market::names::Class;
use crate::wording::Bilingual;

/// One sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Sign {
    /// A code or the metadata name the company.
    Code,
    /// Another mention in the article is sure.
    Namesake,
    /// Its symbol stands right after it, without brackets: `Apple AAPL`.
    Symbol,
    /// A form of company follows: `Target Corp`.
    Form,
    /// A role stands before it: `le groupe Casino`, `retailer Next`.
    Role,
    /// Its shares, its people or its business follow or lead: `Apple shares`, `le PDG d'Orange`.
    Holding,
    /// It does what companies do: `Shell said`, `Total ferme`.
    Verb,
    /// Words of business stand in the sentence.
    Business,
    /// Several words of business stand in the sentence.
    MuchBusiness,
    /// A country owns it: `Germany's Continental`.
    Country,
    /// It stands in a row with other companies.
    Listed,
    /// A conjunction joins it with a company: `Visa et Mastercard`.
    Joined,
    /// A name or a place stands right before it: `Harrison Ford`, `palais Garnier`.
    NameBefore,
    /// A word with a capital follows: `Orange County`.
    NameAfter,
    /// An article stands before it, which companies do not take: `the Gap`, `le Total`.
    Article,
    /// A preposition follows that ties it to a place or a thing: `Casino de Deauville`.
    Tied,
    /// It stands where every word has a capital.
    Opening,
    /// The article defines it as something else: `Conseil d'analyse économique (CAE)`.
    Defined,
    /// It says on which market a symbol is listed: `(Deutsche Börse: SIE)`.
    Label,
    /// It is a part of the name of an index: `MSCI World Index`.
    Index,
    /// Several other companies are surely named in the article.
    Among,
    /// The article names a person so: `Harrison Ford`, then `Ford`.
    Person,
    /// It is the company elsewhere in the article: a word has one sense in a text (Gale, Church and Yarowsky, 1992).
    Again,
    /// A period of accounts follows: `Amazon Q2`, `Orange S1 2025`.
    Period,
    /// A place bears the name: `Accor Arena`.
    Place,
}

impl Sign {
    /// Every sign.
    pub const ALL: [Sign; 25] = [
        Sign::Code,
        Sign::Namesake,
        Sign::Symbol,
        Sign::Form,
        Sign::Role,
        Sign::Holding,
        Sign::Verb,
        Sign::Business,
        Sign::MuchBusiness,
        Sign::Country,
        Sign::Listed,
        Sign::Joined,
        Sign::NameBefore,
        Sign::NameAfter,
        Sign::Article,
        Sign::Tied,
        Sign::Opening,
        Sign::Defined,
        Sign::Label,
        Sign::Index,
        Sign::Among,
        Sign::Person,
        Sign::Again,
        Sign::Period,
        Sign::Place,
    ];

    /// Returns the sign in words, in English and in French.
    pub fn about(self) -> (&'static str, &'static str) {
        match self {
            Sign::Code => ("a code of the company stands in the article", "un code de la société est dans l’article"),
            Sign::Namesake => {
                ("the company is surely named elsewhere", "la société est nommée ailleurs sans doute possible")
            }
            Sign::Symbol => ("its symbol stands right after it", "son symbole le suit"),
            Sign::Form => ("a form of company follows", "une forme de société le suit"),
            Sign::Role => ("a role of companies stands before it", "un rôle de société le précède"),
            Sign::Holding => {
                ("its shares, people or business stand beside it", "ses actions, ses gens ou ses affaires sont à côté")
            }
            Sign::Verb => ("it does what companies do", "il fait ce que font les sociétés"),
            Sign::Business => ("a word of business in the sentence", "un mot d’affaires dans la phrase"),
            Sign::MuchBusiness => {
                ("several words of business in the sentence", "plusieurs mots d’affaires dans la phrase")
            }
            Sign::Country => ("a country's company", "la société d’un pays"),
            Sign::Listed => ("in a row with companies", "dans une énumération de sociétés"),
            Sign::Joined => ("joined with a company by a conjunction", "joint à une société par une conjonction"),
            Sign::NameBefore => ("another name or a place right before it", "un autre nom ou un lieu juste avant"),
            Sign::NameAfter => ("another name right after it", "un autre nom juste après"),
            Sign::Article => ("an article before it", "un article devant lui"),
            Sign::Tied => ("tied to what follows", "lié à ce qui suit"),
            Sign::Opening => {
                ("an ordinary word with a capital at a start", "un mot ordinaire avec une majuscule de début")
            }
            Sign::Defined => {
                ("the article says what else it stands for", "l’article dit de quoi d’autre il est le sigle")
            }
            Sign::Label => ("the market of the symbol behind it", "la place du symbole qui suit"),
            Sign::Index => ("a part of the name of an index", "une partie du nom d’un indice"),
            Sign::Among => (
                "several companies are surely named in the article",
                "plusieurs sociétés sont nommées sans doute possible dans l’article",
            ),
            Sign::Person => {
                ("a person of this name stands in the article", "une personne de ce nom est dans l’article")
            }
            Sign::Again => ("the company is named so elsewhere", "la société est nommée ainsi ailleurs"),
            Sign::Place => ("a place bears its name", "un lieu porte son nom"),
            Sign::Period => ("a period of accounts follows", "une période comptable le suit"),
        }
    }

    /// Returns what the sign weighs.
    pub fn weight(self) -> i32 {
        match self {
            Sign::Code | Sign::Namesake | Sign::Symbol | Sign::Joined => 3,
            Sign::Form | Sign::Role | Sign::Holding | Sign::Listed | Sign::Country | Sign::Period => 2,
            Sign::Verb | Sign::Business | Sign::MuchBusiness | Sign::Among | Sign::Again => 1,
            Sign::NameBefore | Sign::Article | Sign::Tied => -2,
            Sign::NameAfter | Sign::Person => -2,
            Sign::Opening => -1,
            Sign::Defined | Sign::Label | Sign::Index | Sign::Place => -4,
        }
    }
}

/// A set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u32);

impl Signs {
    /// Adds a sign.
    pub fn add(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u8;
    }

    /// Returns whether the sign is there.
    pub fn has(self, sign: Sign) -> bool {
        self.0 & 1 << sign as u8 != 0
    }

    /// Returns the others.
    fn without(self, sign: Sign) -> Signs {
        Signs(self.0 & !(1 << sign as u8))
    }

    /// Returns the signs.
    pub fn iter(self) -> impl Iterator<Item = Sign> {
        Sign::ALL.into_iter().filter(move |sign| self.has(*sign))
    }

    /// Returns the signs in words, each with its weight, after a colon; empty if there is none.
    pub fn told(self) -> Bilingual {
        let told = |about: fn(Sign) -> &'static str| {
            let signs: Vec<String> = self.iter().map(|sign| format!("{} ({:+})", about(sign), sign.weight())).collect();
            signs.join(", ")
        };
        let (english, french) = (told(|sign| sign.about().0), told(|sign| sign.about().1));
        if english.is_empty() { Bilingual::default() } else { said!(": {english}", " : {french}") }
    }

    /// Returns what the signs weigh together.
    pub fn weight(self) -> i32 {
        self.iter().map(Sign::weight).sum()
    }

    /// Returns whether the signs suffice for a name of this class.
    pub fn suffice(self, class: Class) -> bool {
        let has_any = |signs: &[Sign]| signs.iter().any(|sign| self.has(*sign));
        if has_any(&[Sign::Label, Sign::Index, Sign::Place]) {
            return false;
        }
        let is_own = self.are_of_its_own();
        if self.has(Sign::Person) && !is_own && !self.has(Sign::Code) {
            return false;
        }
        // The form may be that of a longer name: `Lakeside Post Co`.
        let is_more = match class {
            Class::Sure => is_own || has_any(&[Sign::Code, Sign::Verb]),
            _ => self.without(Sign::Form).are_of_its_own(),
        };
        // A namesake elsewhere does not make a company of `Michael Dell`.
        if self.has(Sign::NameBefore) && !is_more || self.has(Sign::Defined) && !has_any(&[Sign::Code, Sign::Namesake])
        {
            return false;
        }
        match class {
            Class::Sure => true,
            Class::Proper => self.weight() >= 1,
            Class::Word => {
                // The verb says that it is someone, the other that it is no person.
                let is_active = self.has(Sign::Verb) && has_any(&[Sign::Business, Sign::Again, Sign::Among]);
                self.weight() >= 2 && (self.are_strong() || is_active)
            }
        }
    }

    /// Returns whether one of them speaks against the name.
    pub fn speak_against(self) -> bool {
        self.iter().any(|sign| sign.weight() < 0)
    }

    /// Returns whether what stands beside the name makes it a company.
    pub fn are_of_its_own(self) -> bool {
        const OF_ITS_OWN: [Sign; 8] = [
            Sign::Symbol,
            Sign::Form,
            Sign::Role,
            Sign::Holding,
            Sign::Country,
            Sign::Listed,
            Sign::Joined,
            Sign::Period,
        ];
        OF_ITS_OWN.into_iter().any(|sign| self.has(sign))
    }

    /// Returns whether one of them speaks of the name itself, and not of its sentence.
    pub fn are_strong(self) -> bool {
        const STRONG: [Sign; 10] = [
            Sign::Code,
            Sign::Namesake,
            Sign::Symbol,
            Sign::Form,
            Sign::Role,
            Sign::Holding,
            Sign::Listed,
            Sign::Joined,
            Sign::Country,
            Sign::Period,
        ];
        STRONG.into_iter().any(|sign| self.has(sign)) && self.weight() >= 2
    }
}

/// How many words of business make a sentence one of business.
const MUCH: usize = 3;

/// Returns the signs around a candidate, which may follow another at once. A sure name needs none, unless it is a single
/// word that another name or a place stands before: `Claude Renault`, `rue Renault`.
pub(super) fn weigh(candidate: &Candidate, follows: bool, around: &Around<'_>, language: Language) -> Signs {
    let mut signs = Signs::default();
    if candidate.class == Class::Sure {
        let name = around.slice(candidate.start, candidate.end);
        let is_apart = follows || name.contains([' ', '-', '&', '.']) || name.len() <= 3;
        if is_apart || !around.word_before(candidate.start).is_some_and(is_name_or_place) {
            return signs;
        }
    }
    let before = around.before::<4>(candidate.start);
    let after = around.after::<5>(candidate.end);
    let opens = around.begins_sentence(candidate.start);
    before_name(&before, around, candidate, language, &mut signs);
    if ratings::judge(before.first().copied().unwrap_or_default(), &after) {
        signs.add(Sign::Holding);
    } else {
        after_name(&after, around, candidate, language, &mut signs);
    }
    let sentence = around.sentence(candidate.start..candidate.end);
    // `Continental et Bosch suppriment des milliers de postes`
    if candidate.class == Class::Word && verb::follow_two(&after, language) && jobs::are_told(sentence) {
        signs.add(Sign::Verb);
    }
    let business = words::count_business(sentence, MUCH);
    // `Delta will cut 500 jobs`: who does something to jobs does business, while a sentence may speak of jobs alone.
    if business >= 1 || signs.has(Sign::Verb) && jobs::are_told(sentence) {
        signs.add(Sign::Business);
    }
    if business >= MUCH {
        signs.add(Sign::MuchBusiness);
    }
    // `Delta said`: an ordinary noun would have an article before it, unless it is a plural (`Employers said`). What an
    // index goes by is mostly the index: `Dow fell`. None stands right before a period (`Gap Q1`).
    let name = around.slice(candidate.start, candidate.end);
    // French verbs tell themselves that they are singular.
    let says = after.first().is_some_and(|word| words::is_saying(word));
    let is_plural =
        language != Language::French && name.strip_suffix('s').is_some_and(|stem| !stem.ends_with(['\'', '’', 's']));
    let is_noun = is_plural || words::is_index_name(name) && !says;
    let is_subject = opens && !around.is_titled() && signs.has(Sign::Verb) && !is_noun;
    if candidate.class == Class::Word && (opens || around.is_titled()) && !is_subject && !signs.has(Sign::Period) {
        signs.add(Sign::Opening);
    }
    signs
}

/// Returns whether a word before a name may make it that of a person or a place.
fn is_name_or_place(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || words::is_place(word)
}

/// Reads what stands before the name.
fn before_name(before: &[&str], around: &Around<'_>, candidate: &Candidate, language: Language, signs: &mut Signs) {
    let Some(&last) = before.first() else { return };
    if before.iter().take(3).any(|word| words::is_role(word)) {
        signs.add(Sign::Role);
    }
    let (of, held) = (last, before.get(1).copied().unwrap_or_default());
    if words::is_of(of) && words::is_held(held) || words::is_held(last) {
        signs.add(Sign::Holding);
    }
    if last == "s" || last.ends_with("'s") {
        // `Germany's Continental`, but not `Columbia's Cohen`.
        if before.get(1).is_some_and(|owner| owner.starts_with(char::is_uppercase) && words::is_country(owner)) {
            signs.add(Sign::Country);
        }
        return;
    }
    let name = around.slice(candidate.start, candidate.end);
    if words::is_demonym(last) {
        // `Swedish Crown` is money.
        if !words::is_money(name) {
            signs.add(Sign::Country);
        }
        return;
    }
    // `Léonard de Vinci`
    let is_person = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.contains(char::is_lowercase)
            && !(words::is_role(word) || words::is_held(word) || words::is_opener(word) || words::is_date(word))
    };
    if words::is_particle(last) && candidate.class != Class::Sure && before.get(1).is_some_and(|word| is_person(word)) {
        signs.add(Sign::NameBefore);
    }
    // `la ville d'Orange`
    if words::is_of(of) && words::is_town(held) {
        signs.add(Sign::NameBefore);
    }
    // `la Société Générale` takes its article, as names of several words do.
    if words::is_article(last) && !name.contains(' ') {
        signs.add(Sign::Article);
    }
    let start = candidate.start - around.gap(candidate.start) - last.len();
    let is_name =
        last.chars().count() > 1 && !(words::is_role(last) || words::is_held(last) || words::is_article(last));
    let is_name = is_name && last.starts_with(char::is_uppercase) && !words::is_date(last) && !words::is_form(last);
    let shouts = |word: &str| !word.contains(char::is_lowercase);
    let opens = around.begins_sentence(start) && (words::is_opener(last) || shouts(last));
    // What is in capitals beside a name that is not may be the end of a heading, or an acronym of its own in French:
    // `la CFDT Renault`, but `CBS News`.
    let is_long = |word: &str| word.chars().nth(1).is_some() && shouts(word);
    let is_heading = language == Language::French && candidate.class != Class::Word
        || before.get(1).is_some_and(|word| is_long(word));
    let is_apart = is_long(last) && is_heading && !shouts(name);
    if is_name && !around.is_titled() && !opens && !is_apart || words::is_title(last) || words::is_place(last) {
        signs.add(Sign::NameBefore);
    }
}

/// Reads what follows the name.
fn after_name(after: &[&str], around: &Around<'_>, candidate: &Candidate, language: Language, signs: &mut Signs) {
    if around.next(candidate.end).starts_with(['&']) {
        signs.add(Sign::NameAfter);
    }
    let Some(&next) = after.first() else { return };
    if next.len() > 1 && next == candidate.owner.symbol {
        signs.add(Sign::Symbol);
        return;
    }
    // `Shell companies are used for fraud`
    if words::is_form(next) && (candidate.class != Class::Word || !next.starts_with(char::is_lowercase)) {
        signs.add(Sign::Form);
        return;
    }
    let name = around.slice(candidate.start, candidate.end);
    let opens = || around.begins_sentence(candidate.start) || around.is_titled();
    // `Total sales rose`, `Next Q2 report`
    let may_describe = language == Language::English && words::is_adjective(name) && opens();
    if period::is_period(next) {
        if !may_describe {
            signs.add(Sign::Period);
        }
        return;
    }
    if words::is_holding(next) && !(may_describe && words::is_plain(next)) {
        signs.add(Sign::Holding);
        return;
    }
    // `Amazon UK workers`, `Shell LNG output`: an acronym is no second name, and what the company has stands behind it.
    // `Meta AI spending`: its business.
    if is_acronym(next) && !is_acronym(name) {
        let had = after.get(1).copied().unwrap_or_default();
        if words::is_form(had) && candidate.class != Class::Word {
            signs.add(Sign::Form);
        } else if (words::is_topic(next) || words::is_holding(had)) && !may_describe {
            signs.add(Sign::Holding);
        } else if had.starts_with(char::is_uppercase) && !is_acronym(had) && !around.is_titled() {
            signs.add(Sign::NameAfter);
        }
        return;
    }
    // What an index does is told in the same words.
    let is_index = words::is_index_name(name) && !words::is_saying(next);
    if verb::follows(after, language) && !is_index {
        signs.add(Sign::Verb);
    } else if next.starts_with(char::is_uppercase) && !around.is_titled() {
        signs.add(Sign::NameAfter);
    } else if language == Language::French && ["de", "du", "des"].contains(&next) && candidate.class == Class::Word {
        // `l'objectif sur Orange de 14 à 15 euros`
        let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        if !after.get(1).is_some_and(is_number) {
            signs.add(Sign::Tied);
        }
    }
}

/// Returns whether a word is an acronym, and no part of the name of a king (`Leo XIV`) or a club (`Orlando FC`).
fn is_acronym(word: &str) -> bool {
    let letters = word.strip_suffix('s').unwrap_or(word);
    (2..=5).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'.' | b'&'))
        && !letters.bytes().all(|byte| b"IVX".contains(&byte))
        && !words::is_club(letters)
}
