//! The signs for and against a name being its company, and what they weigh together.
//!
//! Separate from `signs`, which reads them in the text.

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
    /// A country owns it, or it is that of a country: `Germany's Continental`, `Orange Pologne`.
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
    /// It is a part of the name of an index or a fund: `MSCI World Index`.
    Index,
    /// Several other companies are surely named in the article.
    Among,
    /// The article names a person, a town or a thing so: `Harrison Ford`, then `Ford`.
    Person,
    /// It is the company elsewhere in the article: a word has one sense in a text (Gale, Church and Yarowsky, 1992).
    Again,
    /// A period of accounts follows: `Amazon Q2`, `Orange S1 2025`.
    Period,
    /// A place or another body bears the name: `Accor Arena`, `Metro Bank`.
    Place,
    /// The change of its share follows: `Orange (+1,1 %)`.
    Change,
    /// What is done to companies is done to it, or what they do by it: `fined Apple`, `made by Safran`.
    Object,
    /// It has something, as a company or a person: `Roche's drug`.
    Owner,
    /// It stands before an ordinary noun, as a thing or a place does: `Amazon deforestation`.
    Attribute,
    /// A title, an office or an age tells that it is a person: `Mr. Dell`, `Roche, 21 ans`.
    Title,
    /// It is the heading of news of a company: `Orange : bénéfice net en hausse`.
    Heading,
    /// It speaks, or is silent, before the press: `Shell declined to comment`, `Target said in a statement`.
    Press,
    /// The next sentence takes it up by a role: `Orange recrute. L'opérateur …`.
    TakenUp,
}

impl Sign {
    /// Every sign.
    pub const ALL: [Sign; 33] = [
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
        Sign::Change,
        Sign::Object,
        Sign::Owner,
        Sign::Attribute,
        Sign::Title,
        Sign::Heading,
        Sign::Press,
        Sign::TakenUp,
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
            Sign::Index => ("a part of the name of an index or a fund", "une partie du nom d’un indice ou d’un fonds"),
            Sign::Among => (
                "several companies are surely named in the article",
                "plusieurs sociétés sont nommées sans doute possible dans l’article",
            ),
            Sign::Person => ("another of this name stands in the article", "un autre de ce nom est dans l’article"),
            Sign::Again => ("the company is named so elsewhere", "la société est nommée ainsi ailleurs"),
            Sign::Place => ("a place or another body bears its name", "un lieu ou une autre institution porte son nom"),
            Sign::Change => ("the change of its share follows", "la variation de son cours le suit"),
            Sign::Object => {
                ("something is done to it, or by it, as by companies", "il subit ou fait ce que font les sociétés")
            }
            Sign::Owner => ("it has something", "quelque chose est à lui"),
            Sign::Attribute => ("before an ordinary noun", "devant un nom commun"),
            Sign::Title => ("the title, office or age of a person", "un titre, une fonction ou un âge de personne"),
            Sign::Heading => (
                "business behind its colon or in its brackets",
                "des affaires derrière ses deux-points ou entre ses parenthèses",
            ),
            Sign::TakenUp => (
                "the next sentence takes it up by a role of companies",
                "la phrase suivante le reprend par un rôle de société",
            ),
            Sign::Press => ("it speaks to the press", "il s’adresse à la presse"),
            Sign::Period => ("a period of accounts follows", "une période comptable le suit"),
        }
    }

    /// Returns what the sign weighs.
    pub fn weight(self) -> i32 {
        match self {
            Sign::Code | Sign::Namesake | Sign::Symbol | Sign::Joined => 3,
            Sign::Form | Sign::Role | Sign::Holding | Sign::Listed | Sign::Country | Sign::Period => 2,
            Sign::Change | Sign::Object | Sign::Heading | Sign::Press => 2,
            Sign::Verb
            | Sign::Business
            | Sign::MuchBusiness
            | Sign::Among
            | Sign::Again
            | Sign::Owner
            | Sign::TakenUp => 1,
            Sign::NameBefore | Sign::Article | Sign::Tied => -2,
            Sign::NameAfter | Sign::Person => -2,
            Sign::Opening | Sign::Attribute => -1,
            Sign::Defined | Sign::Label | Sign::Index | Sign::Place | Sign::Title => -4,
        }
    }
}

/// A set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u64);

impl Signs {
    /// Adds a sign.
    pub fn add(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u64;
    }

    /// Takes a sign away.
    pub fn remove(&mut self, sign: Sign) {
        *self = self.without(sign);
    }

    /// Returns whether the sign is there.
    pub fn has(self, sign: Sign) -> bool {
        self.0 & 1 << sign as u64 != 0
    }

    /// Returns these signs with others.
    pub fn with(self, others: Signs) -> Signs {
        Signs(self.0 | others.0)
    }

    /// Returns the others.
    fn without(self, sign: Sign) -> Signs {
        Signs(self.0 & !(1 << sign as u64))
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
        if self.has(Sign::Title) && !has_any(&[Sign::Form, Sign::Holding, Sign::Code]) {
            return false;
        }
        let is_own = self.are_of_its_own();
        if self.has(Sign::Person) && !is_own && !self.has(Sign::Code) {
            return false;
        }
        // The form may be that of a longer name: `Lakeside Post Co`.
        let is_more = match class {
            // A verb alone tells of a person: `Susan Dell said`.
            Class::Sure => is_own || self.has(Sign::Code),
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
                let is_active =
                    self.has(Sign::Verb) && has_any(&[Sign::Business, Sign::Again, Sign::Among, Sign::TakenUp]);
                self.weight() >= 2 && (self.are_strong() || is_active)
            }
        }
    }

    /// Returns whether one of them speaks against the name.
    pub fn speak_against(self) -> bool {
        self.iter().any(|sign| sign.weight() < 0)
    }

    /// Returns whether one of them says that the name is something else, and not only that it may be any word.
    pub fn deny(self) -> bool {
        self.without(Sign::Opening).speak_against()
    }

    /// Returns whether what stands beside the name makes it a company.
    pub fn are_of_its_own(self) -> bool {
        const OF_ITS_OWN: [Sign; 10] = [
            Sign::Symbol,
            Sign::Form,
            Sign::Role,
            Sign::Holding,
            Sign::Country,
            Sign::Listed,
            Sign::Joined,
            Sign::Period,
            Sign::Change,
            Sign::Object,
        ];
        OF_ITS_OWN.into_iter().any(|sign| self.has(sign))
    }

    /// Returns whether one of them speaks of the name itself, and not of its sentence.
    pub fn are_strong(self) -> bool {
        const STRONG: [Sign; 14] = [
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
            Sign::Change,
            Sign::Object,
            Sign::Heading,
            Sign::Press,
        ];
        STRONG.into_iter().any(|sign| self.has(sign)) && self.weight() >= 2
    }
}
