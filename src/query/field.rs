//! The fields a query may name before a colon: one table, from which the parser and the messages read. A new field is
//! one more row.

use unicode_normalization::UnicodeNormalization;

use super::TextField;
use crate::analysis::Measure;
use crate::wording::distance;

/// What may be known of an article: the values of `has:`.
macro_rules! known {
    () => {
        "ticker, source, author, section, url, date, copies, amount, pct, bp"
    };
}

/// The values of `has:`, for the message of one that is none.
pub(super) const KNOWN: &str = known!();

/// A field of the query language.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The name, as messages and the canonical form write it.
    pub name: &'static str,
    /// Other names that mean the same.
    pub aliases: &'static [&'static str],
    /// What it selects, in one line for a person.
    pub doc: &'static str,
    /// A query that uses it.
    pub example: &'static str,
    /// How its value is read.
    pub(super) role: Role,
}

/// How the value of a field is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Words to look for in one field of the text.
    Text(TextField),
    /// A security, by its code or its name.
    Ticker,
    /// A security, by its company's name or its code.
    Company,
    /// A language.
    Language,
    /// A publisher.
    Source,
    /// An author.
    Author,
    /// A section or category.
    Section,
    /// An address on the web.
    Url,
    /// A type of file.
    FileType,
    /// A market.
    Exchange,
    /// The name of a field that must have a value.
    Has,
    /// An interval of quantities.
    Quantity(Measure),
    /// A currency.
    Currency,
    /// A number of words.
    Words,
    /// When it was added.
    Indexed,
    /// A file or a folder.
    Path,
    /// A date or an interval.
    Date,
    /// A date that opens an interval.
    Since,
    /// A date that closes an interval.
    Until,
    /// A date before which an interval closes.
    Before,
    /// A date after which an interval opens.
    After,
    /// An article, for its story.
    Story,
    /// A number of copies.
    Copies,
    /// The name of a saved search.
    Saved,
}

/// Every field.
pub static FIELDS: [Field; 28] = [
    Field {
        name: "title",
        aliases: &["titre", "headline", "hd"],
        doc: "words of the title",
        example: "title:\"taux directeur\"",
        role: Role::Text(TextField::Headline),
    },
    Field {
        name: "lead",
        aliases: &["chapo", "lp"],
        doc: "words among the first 80 of the text",
        example: "lead:(dette OR debt)",
        role: Role::Text(TextField::Lead),
    },
    Field {
        name: "body",
        aliases: &["texte", "corps"],
        doc: "words of the text",
        example: "body:(dette OR debt)",
        role: Role::Text(TextField::Body),
    },
    Field {
        name: "ticker",
        aliases: &["symbole", "symbol", "co", "isin", "fds", "r"],
        doc: "a security: a symbol, a symbol with its market, an ISIN, or a list of them; `@main` for articles about it",
        example: "ticker:AMZN,OR",
        role: Role::Ticker,
    },
    Field {
        name: "company",
        aliases: &["société", "societe"],
        doc: "a company by its name, as news or a person writes it, or by a code",
        example: "company:\"Société Générale\"",
        role: Role::Company,
    },
    Field {
        name: "lang",
        aliases: &["langue", "language", "la"],
        doc: "the language: fr, en or other",
        example: "lang:fr",
        role: Role::Language,
    },
    Field {
        name: "source",
        aliases: &["sn", "sc"],
        doc: "the publisher",
        example: "source:\"Les Echos\"",
        role: Role::Source,
    },
    Field {
        name: "author",
        aliases: &["auteur", "by"],
        doc: "the author, or a part of the name",
        example: "author:Dupont",
        role: Role::Author,
    },
    Field {
        name: "section",
        aliases: &["rubrique"],
        doc: "the section or category, or some words of it",
        example: "section:marchés",
        role: Role::Section,
    },
    Field {
        name: "exchange",
        aliases: &["bourse", "mic"],
        doc: "a market of the companies it names",
        example: "exchange:XPAR",
        role: Role::Exchange,
    },
    Field {
        name: "date",
        aliases: &["pd", "d"],
        doc: "when it was published: a day, a month, a quarter, a range",
        example: "date:2025-07..2025-08",
        role: Role::Date,
    },
    Field {
        name: "since",
        aliases: &["depuis"],
        doc: "published in this period or after",
        example: "since:2025-T3",
        role: Role::Since,
    },
    Field {
        name: "until",
        aliases: &["jusqu'à", "jusqu’à", "jusqua"],
        doc: "published in this period or before",
        example: "until:14/07/2025",
        role: Role::Until,
    },
    Field {
        name: "before",
        aliases: &["avant"],
        doc: "published before this period",
        example: "before:2025-07",
        role: Role::Before,
    },
    Field {
        name: "after",
        aliases: &["après", "apres"],
        doc: "published after this period",
        example: "after:2025-07",
        role: Role::After,
    },
    Field {
        name: "indexed",
        aliases: &["indexé", "indexe"],
        doc: "when it was added to the index",
        example: "indexed:7d",
        role: Role::Indexed,
    },
    Field {
        name: "amount",
        aliases: &["montant"],
        doc: "an amount of money or a scaled number: `>1bn€`, `500M..2bn$`",
        example: "amount:>1bn€",
        role: Role::Quantity(Measure::Amount(None)),
    },
    Field {
        name: "currency",
        aliases: &["devise"],
        doc: "a currency in which an amount is given",
        example: "currency:EUR",
        role: Role::Currency,
    },
    Field {
        name: "pct",
        aliases: &["pourcent", "percent"],
        doc: "a rate in percent: `>5`, `-3..-1`",
        example: "pct:<-5",
        role: Role::Quantity(Measure::Percent),
    },
    Field {
        name: "bp",
        aliases: &["pb"],
        doc: "a number of basis points",
        example: "bp:>=25",
        role: Role::Quantity(Measure::BasisPoints),
    },
    Field {
        name: "words",
        aliases: &["mots", "wc"],
        doc: "how many words the text has: a number, `>300`, `100..500`",
        example: "words:>300",
        role: Role::Words,
    },
    Field {
        name: "has",
        aliases: &["avec"],
        doc: concat!("whether something is known: ", known!()),
        example: "has:ticker",
        role: Role::Has,
    },
    Field {
        name: "path",
        aliases: &["chemin"],
        doc: "a file, or a folder and all that is under it; `*` stands for any characters",
        example: "path:2025/presse",
        role: Role::Path,
    },
    Field {
        name: "type",
        aliases: &["format"],
        doc: "the type of the file: html, csv, eml …",
        example: "type:html",
        role: Role::FileType,
    },
    Field {
        name: "url",
        aliases: &["adresse"],
        doc: "the address on the web, or a part of it; `*` stands for any characters",
        example: "url:example.com/economie",
        role: Role::Url,
    },
    Field {
        name: "story",
        aliases: &["dépêche", "depeche"],
        doc: "the article with this id, and its copies",
        example: "story:fr/michelin.txt",
        role: Role::Story,
    },
    Field {
        name: "copies",
        aliases: &["copie", "reprises"],
        doc: "how many copies an article has: a number, `>=2`, `<5`, `2..5`",
        example: "copies:>=2",
        role: Role::Copies,
    },
    Field {
        name: "saved",
        aliases: &["enregistré", "enregistre"],
        doc: "what a saved search finds",
        example: "saved:layoffs",
        role: Role::Saved,
    },
];

impl Field {
    /// Returns the field called `name`, by any of its names and in any letter case.
    pub fn find(name: &str) -> Option<&'static Field> {
        let name = composed(name);
        FIELDS.iter().find(|field| field.names().any(|known| known == name))
    }

    /// Returns the field's name, then its aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

impl Role {
    /// Returns whether a value may be an interval in brackets: `[2 TO 5]`.
    pub(super) fn takes_interval(self) -> bool {
        matches!(self, Role::Date | Role::Indexed | Role::Copies | Role::Words | Role::Quantity(_))
    }

    /// Returns whether a value may be compared with: `date>=2025` is `date:>=2025`. A field that takes one date says so.
    pub(super) fn takes_comparison(self) -> bool {
        self.takes_interval() || matches!(self, Role::Since | Role::Until | Role::Before | Role::After)
    }

    /// Returns whether a value is a date, or an interval of them.
    pub(super) fn takes_date(self) -> bool {
        self.takes_comparison() && !self.takes_number()
    }

    /// Returns whether a value is a number, or an interval of them.
    pub(super) fn takes_number(self) -> bool {
        matches!(self, Role::Copies | Role::Words | Role::Quantity(_))
    }

    /// Returns whether commas stand between values: not where a value may hold one.
    pub(super) fn takes_list(self) -> bool {
        !matches!(self, Role::Url | Role::Quantity(_))
    }

    /// Returns whether `c` parts the values of a list; `|` parts the readings of one code where there may be several.
    pub(super) fn parts_values(self, c: char) -> bool {
        let has_readings = matches!(self, Role::Ticker | Role::Company | Role::Exchange);
        self.takes_list() && (c == ',' || c == '|' && !has_readings)
    }
}

/// Returns a name in the spelling of the table: in small letters, an accent and its letter one (NFC).
fn composed(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// Returns the known field name that `typed` most resembles, if one is near enough to be meant.
pub(super) fn nearest(typed: &str) -> Option<&'static str> {
    // A name far longer than any known one resembles none, and need not be measured.
    if typed.len() > 24 {
        return None;
    }
    let typed = composed(typed);
    let most = if typed.len() <= 4 { 1 } else { 2 };
    let names = FIELDS.iter().flat_map(Field::names).filter(|name| name.len() > 2);
    names
        .map(|name| (distance(&typed, name), name))
        .filter(|(far, _)| *far <= most)
        .min_by_key(|(far, _)| *far)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::query::{ParseOptions, parse};

    #[test]
    fn no_name_is_given_twice() {
        let mut names: Vec<_> = FIELDS.iter().flat_map(Field::names).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_name_finds_its_field_in_any_case() {
        for field in &FIELDS {
            for name in field.names() {
                assert_eq!(Field::find(name), Some(field), "{name}");
                assert_eq!(Field::find(&name.to_uppercase()), Some(field), "{name}");
                assert_eq!(Field::find(&name.nfd().collect::<String>()), Some(field), "{name}");
            }
            assert!(!field.doc.is_empty());
        }
        assert_eq!(Field::find("tiker"), None);
    }

    #[test]
    fn every_example_parses_and_names_its_field() {
        let saved = [("layoffs".to_owned(), "x".to_owned())];
        let options = ParseOptions { saved: Arc::new(saved.into()), ..ParseOptions::default() };
        for field in &FIELDS {
            assert!(field.example.starts_with(&format!("{}:", field.name)), "{}", field.example);
            assert!(parse(field.example, &options).is_ok(), "{}", field.example);
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_recognized() {
        for (typed, want) in [
            ("tiker", Some("ticker")),
            ("tickre", Some("ticker")),
            ("Titel", Some("title")),
            ("lnag", Some("lang")),
            ("sourse", Some("source")),
            ("langeu", Some("langue")),
            ("Apple", None),
            ("x", None),
            ("inflation", None),
        ] {
            assert_eq!(nearest(typed), want, "{typed}");
        }
    }
}
