//! What the fields of an article are called, in both languages and in known data sets: the one table
//! behind JSON, CSV and front matter.
//!
//! Names are compared without case, accents, spaces and punctuation. Within a field the names are in
//! order of preference: the first that has a value wins.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a value says of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// The record's own id.
    Id,
    /// The title.
    Headline,
    /// The text.
    Body,
    /// An introduction that stands in front of the text.
    Lead,
    /// What stands for the text if there is none.
    Summary,
    /// The publication date.
    Date,
    /// The language.
    Language,
    /// The securities it is about.
    Tickers,
    /// The publisher.
    Source,
    /// Who wrote it.
    Author,
    /// Where it is on the web.
    Url,
    /// The section it ran under.
    Section,
}

/// The names of every field. To teach telex a new one, add it here.
pub(super) static NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "uri", "guid", "uuid", "newid", "doc_id", "article_id", "news_id", "identifiant"]),
    (
        Field::Headline,
        &[
            "headline",
            "title",
            "titre",
            "article_title",
            "news_title",
            "web_title",
            "dc:title",
            "headlines",
            "subject_line",
        ],
    ),
    (
        Field::Body,
        &[
            "body",
            "body_text",
            "article_body",
            "texte",
            "text",
            "full_text",
            "contenu",
            "content",
            "content:encoded",
            "content_html",
            "content_text",
            "maintext",
            "plain_text",
            "article_text",
            "article",
            "corps",
            "corps_texte",
            "texte_intégral",
            "texte_complet",
            "story",
            "story_text",
            "body_xhtml",
            "body_html",
            "html",
            "bodies",
            "selftext",
            "lead_paragraph",
            "sentence",
        ],
    ),
    (Field::Lead, &["chapo", "chapeau", "heading", "standfirst", "lead", "lede", "dek"]),
    (
        Field::Summary,
        &["summary", "description", "teaser", "abstract", "excerpt", "résumé", "snippet", "content_snippet"],
    ),
    (
        Field::Date,
        &[
            "date_published",
            "date_publish",
            "published_at",
            "published_utc",
            "web_publication_date",
            "provider_publish_time",
            "published",
            "published_date",
            "publication_date",
            "date_publication",
            "date_de_publication",
            "publish_date",
            "published_time",
            "published_on",
            "publié_le",
            "date_parution",
            "date_diffusion",
            "parution",
            "diffusion",
            "date_gmt",
            "pub_date",
            "time_published",
            "pub_time",
            "version_created",
            "content_created",
            "first_published",
            "date",
            "datetime",
            "dc:date",
            "timestamp",
            "created",
            "created_at",
            "created_utc",
            "date_created",
            "time",
            "heure",
            "seen_date",
        ],
    ),
    (Field::Language, &["language", "lang", "langue", "in_language", "language_code", "locale"]),
    (
        Field::Tickers,
        &[
            "tickers",
            "ticker",
            "symbols",
            "symbol",
            "stocks",
            "stock_symbol",
            "stock_symbols",
            "stock",
            "ticker_sentiment",
            "ticker_symbol",
            "ticker_symbols",
            "symbole",
            "code_isin",
            "related_tickers",
            "valeurs",
            "instruments",
            "isin",
            "isins",
            "related",
        ],
    ),
    (
        Field::Source,
        &[
            "source",
            "source_name",
            "publisher",
            "publisher_name",
            "éditeur",
            "provider",
            "site_name",
            "site",
            "journal",
            "newspaper",
            "outlet",
            "publication",
            "info_sources",
            "info_source",
            "média",
            "support",
            "domain",
        ],
    ),
    (
        Field::Author,
        &[
            "author",
            "authors",
            "auteur",
            "auteurs",
            "byline",
            "creator",
            "dc:creator",
            "author_name",
            "by",
            "journaliste",
            "journalistes",
            "signature",
        ],
    ),
    (Field::Url, &["url", "link", "lien", "permalink", "canonical_url", "article_url", "web_url", "news_url"]),
    (
        Field::Section,
        &[
            "section",
            "article_section",
            "section_name",
            "rubrique",
            "category",
            "catégorie",
            "categories",
            "channels",
            "channel",
            "topics",
            "topic",
            "tags",
            "subjects",
            "subject",
        ],
    ),
];

/// A field, and how much one name of it is preferred to the others: less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Role {
    /// The field.
    pub field: Field,
    /// Whether its name tells it; a user's own map is preferred.
    by_name: bool,
    rank: usize,
}

impl Role {
    /// What `name` holds in a record that states its type (schema.org's `name`): a title, if there is
    /// no other. Elsewhere it is mostly that of a company.
    pub const NAME: Role = Role { field: Field::Headline, by_name: true, rank: usize::MAX };

    /// What a list of the parts of a text is, if there is no other text.
    pub const PARTS: Role = Role { field: Field::Body, by_name: true, rank: usize::MAX };

    /// Returns the role of what a user's map has for a field, `rank` ways being preferred.
    pub fn mapped(field: Field, rank: usize) -> Role {
        Role { field, by_name: false, rank }
    }
}

/// Returns what a field of this name holds.
pub(super) fn role(name: &str) -> Option<Role> {
    static ROLES: LazyLock<FxHashMap<String, Role>> = LazyLock::new(|| {
        let names = NAMES.iter().flat_map(|(field, names)| names.iter().enumerate().map(move |at| (*field, at)));
        names.map(|(field, (rank, name))| (fold(name), Role { field, by_name: true, rank })).collect()
    });
    // A longer name is none of ours, and not worth folding.
    if name.len() > 64 {
        return None;
    }
    ROLES.get(&fold(name)).or_else(|| ROLES.get(&without_links(name)?)).copied()
}

/// Returns a French name without the little words in it, and without what it is a part of: `Titre de l'article`, `Date de
/// diffusion`; `None` if it has none.
fn without_links(name: &str) -> Option<String> {
    const LINKS: [&str; 7] = ["de", "du", "des", "la", "le", "l", "d"];
    let words = name.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty());
    let (links, mut words): (Vec<String>, Vec<String>) = words.partition(|word| LINKS.contains(&word.as_str()));
    if links.is_empty() {
        return None;
    }
    let is_whole = |word: &String| matches!(word.as_str(), "article" | "document" | "depeche");
    if words.len() > 1 && words.last().is_some_and(is_whole) {
        words.pop();
    }
    Some(words.concat())
}

/// Returns the name without case, accents, spaces and punctuation.
pub(super) fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
    }
    name.nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut seen = std::collections::HashMap::new();
        for (field, names) in NAMES {
            for name in *names {
                assert_eq!(seen.insert(fold(name), *field), None, "{name}");
                assert_eq!(role(&name.to_uppercase()).map(|role| role.field), Some(*field), "{name}");
            }
        }
    }

    #[test]
    fn names_are_told_in_every_dress() {
        for (name, field) in [
            ("Date de publication", Some(Field::Date)),
            ("published-At", Some(Field::Date)),
            ("RÉSUMÉ", Some(Field::Summary)),
            ("Article_title", Some(Field::Headline)),
            ("volume", None),
            ("name", None),
            ("content_html", Some(Field::Body)),
            ("maintext", Some(Field::Body)),
            ("webPublicationDate", Some(Field::Date)),
            ("providerPublishTime", Some(Field::Date)),
            ("seendate", Some(Field::Date)),
            ("webTitle", Some(Field::Headline)),
            ("related", Some(Field::Tickers)),
            ("Titre de l'article", Some(Field::Headline)),
            ("Contenu de l’article", Some(Field::Body)),
            ("Texte intégral", Some(Field::Body)),
            ("Date de diffusion", Some(Field::Date)),
            ("Date de parution", Some(Field::Date)),
            ("Média", Some(Field::Source)),
            ("Support", Some(Field::Source)),
            ("Journaliste", Some(Field::Author)),
            ("Auteur du document", Some(Field::Author)),
            ("Nombre de mots", None),
            ("de la", None),
            ("", None),
        ] {
            assert_eq!(role(name).map(|role| role.field), field, "{name}");
        }
        assert!(role("body") < role("text"));
    }
}
