//! From what was typed to what is asked: flags become a request, once.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use jiff::tz::TimeZone;
use telex::article::Ticker;
use telex::error::{Error, Result};
use telex::ingest::Limits;
use telex::lexicon::Lexicon;
use telex::market;
use telex::query::{
    DateRange, Dialect, Filter, Kind, Node, ParseOptions, Query, TickerPattern, date_since, date_until, source,
    ticker_pattern,
};
use telex::said;
use telex::saved::SavedSearches;
use telex::search::{Facet, FacetRequest, Filters, Matching, Recency};
use telex::wording::Bilingual;

use crate::args::{self, Global, Scope};
use crate::clock::now;
use crate::place;
use crate::terminal::Terminal;

/// How many values of a facet are counted when nothing else is said.
pub const VALUES: usize = 10;

/// Returns what reading a query depends on: days begin and end in UTC, as they are counted.
pub fn parse_options() -> ParseOptions {
    ParseOptions { now: now(), zone: TimeZone::UTC, ..ParseOptions::default() }
}

/// Returns the same with the searches saved beside the index at `place`. A file of them that cannot be read
/// is told, and stops no query that needs none.
pub fn options_at(place: &Path, terminal: &Terminal) -> ParseOptions {
    let saved = SavedSearches::read(place).unwrap_or_else(|error| {
        terminal.tell(error.told_in_both());
        SavedSearches::default()
    });
    ParseOptions { saved: Arc::new(saved.queries()), ..parse_options() }
}

/// Returns the same for the index that a search is to be made in.
pub fn options(scope: &Scope, global: &Global, terminal: &Terminal) -> ParseOptions {
    let place = match &scope.within {
        Some(path) => Ok(place::within(path, global)),
        None => place::existing(global),
    };
    let options = place.map_or_else(|_| parse_options(), |place| options_at(&place, terminal));
    let dialect = if scope.dialect == "factiva" { Dialect::Factiva } else { Dialect::Lexis };
    ParseOptions { dialect, ..options }
}

/// Returns whether every word must match.
pub fn matching(scope: &Scope) -> Matching {
    match (scope.all, scope.any) {
        (true, _) => Matching::All,
        (_, true) => Matching::Any,
        _ => Matching::AllThenAny,
    }
}

/// Returns how much newer articles are preferred, from now on.
pub fn recency(half_life: Option<i64>) -> Option<Recency> {
    half_life.map(|half_life| Recency { half_life, now: now() })
}

/// Returns the limits as the library has them.
pub fn limits(args: &args::Limits) -> Limits {
    Limits {
        text: args.max_file_size,
        record: args.max_record_size,
        unpacked: args.max_unpacked,
        ratio: args.max_ratio,
        members: args.max_members,
        depth: args.max_depth,
    }
}

/// Returns the filters of the flags.
pub fn filters(scope: &Scope) -> Result<Filters> {
    let options = parse_options();
    let ticker = |typed: &String| ticker_pattern(&typed.replace('"', " "), &options);
    let tickers = scope.ticker.iter().map(ticker).collect::<Result<_>>()?;
    let mut sources = Vec::new();
    for typed in &scope.source {
        read_sources(typed, &options, &mut sources)?;
    }
    let since = scope.since.as_deref().map(|text| date_since(text, &options)).transpose()?;
    let until = scope.until.as_deref().map(|text| date_until(text, &options)).transpose()?;
    let dates = DateRange { from: since.and_then(|range| range.from), until: until.and_then(|range| range.until) };
    if let (Some(since), Some(until)) = (&scope.since, &scope.until)
        && dates.from.zip(dates.until).is_some_and(|(from, until)| from >= until)
    {
        let message = ("the interval ends before it begins", "l’intervalle finit avant de commencer");
        return Err(Error::usage(message).hint(said!(
            "did you mean `--since {until} --until {since}`?",
            "vouliez-vous dire `--since {until} --until {since}` ?"
        )));
    }
    let typed = [&scope.since, &scope.until].map(|date| date.as_deref().unwrap_or_default().trim());
    Ok(Filters {
        tickers,
        languages: scope.lang.clone(),
        sources,
        paths: Vec::new(),
        contents: None,
        dates,
        dates_typed: (typed != ["", ""]).then(|| typed.join("..")),
    })
}

/// Reads the publishers of a flag, which are those of `source:` in a query, each a value in quotation marks: parted by
/// commas, but for those in quotation marks of their own.
fn read_sources(typed: &str, options: &ParseOptions, sources: &mut Vec<String>) -> Result<()> {
    let mut is_quoted = false;
    let names = typed.split(|c| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    });
    for name in names {
        sources.push(source(&name.replace('"', ""), options)?);
    }
    Ok(())
}

/// Returns the lexicon to translate with, unless none is wanted: with the entries of the file that the flag
/// or the environment names.
pub fn lexicon(scope: &Scope) -> Result<Option<Lexicon>> {
    if scope.no_xlang {
        return Ok(None);
    }
    let from_environment = || env::var_os("TELEX_LEXICON").filter(|value| !value.is_empty()).map(PathBuf::from);
    let Some(path) = scope.lexicon.clone().or_else(from_environment) else { return Ok(Some(Lexicon::built_in())) };
    let text = fs::read_to_string(&path).map_err(|error| Error::io(&path, error))?;
    Lexicon::built_in().with_own(&text, &path).map(Some)
}

/// Returns what a person should know of codes and names in a query: that they mean several companies, or none that is
/// known.
pub fn readings(query: &Query, filters: &Filters) -> Vec<Bilingual> {
    let flags = filters.tickers.iter().map(|pattern| reading(pattern, &pattern.to_string()));
    let mut nodes = Vec::new();
    collect_tickers(&query.root, &mut nodes);
    let typed = |node: &Node| {
        let written = query.text.get(node.span.clone()).unwrap_or_default();
        let value = written.split_once(':').map_or(written, |(_, value)| value);
        value.trim_matches(['"', '«', '»', '“', '”', ' ', '\u{a0}', '\u{202f}']).to_owned()
    };
    let words = nodes.into_iter().map(|(node, pattern)| reading(pattern, &typed(node)));
    flags.chain(words).flatten().collect()
}

/// Returns what a person should know of one code or name, as it was typed.
fn reading(pattern: &TickerPattern, typed: &str) -> Option<Bilingual> {
    if let Some(Ticker { symbol: isin, .. }) = pattern.companies.iter().find(|company| market::is_unknown_isin(company))
    {
        return Some(said!(
            "no table has the company of {isin}: only articles that print this ISIN are found",
            "aucune table n’a la société de {isin} : seuls les articles qui impriment cet ISIN sont trouvés"
        ));
    }
    if pattern.companies.iter().all(|company| market::companies::name(company).is_none()) {
        let near = market::names::near(typed).join("`, `");
        return Some(match near.as_str() {
            "" => said!(
                "no table has `{typed}`: only articles that print it as a symbol are found",
                "aucune table n’a `{typed}` : seuls les articles qui l’impriment comme symbole sont trouvés"
            ),
            near => said!(
                "no table has `{typed}`: only articles that print it as a symbol are found; did you mean `{near}`?",
                "aucune table n’a `{typed}` : seuls les articles qui l’impriment comme symbole sont trouvés ; \
                 vouliez-vous dire `{near}` ?"
            ),
        });
    }
    let named: Vec<String> = pattern.companies.iter().map(named).collect();
    let named = named.join(", ");
    (pattern.companies.len() > 1).then(|| said!("{typed} means {named}", "{typed} désigne {named}"))
}

/// Returns a company with its name.
fn named(company: &Ticker) -> String {
    match market::companies::name(company) {
        Some(name) => format!("{company} {name}"),
        None => company.to_string(),
    }
}

/// Returns whether a query asks for securities.
pub fn names_tickers(query: &Query) -> bool {
    let mut tickers = Vec::new();
    collect_tickers(&query.root, &mut tickers);
    !tickers.is_empty()
}

/// Collects the parts of a query that ask for securities, but for those that exclude them.
fn collect_tickers<'q>(node: &'q Node, out: &mut Vec<(&'q Node, &'q TickerPattern)>) {
    match &node.kind {
        Kind::Filter(Filter::Ticker(pattern)) => out.push((node, pattern)),
        Kind::Not(_) => {}
        _ => node.parts().into_iter().for_each(|part| collect_tickers(part, out)),
    }
}

/// Reads facets such as `ticker:20` and `date`.
pub fn facets<'a>(names: impl Iterator<Item = &'a str>) -> Result<Vec<FacetRequest>> {
    names.map(facet).collect()
}

/// Reads one facet: its most frequent values, or, of a facet of time without a number, all its spans.
pub fn facet(typed: &str) -> Result<FacetRequest> {
    facet_of(typed, VALUES)
}

/// Reads the same; without a number there are so many `values`.
pub fn facet_of(typed: &str, values: usize) -> Result<FacetRequest> {
    let name = typed.split(':').next().unwrap_or_default().trim();
    let facet = Facet::from_name(name).ok_or_else(|| {
        let (names, noms) = (Facet::ALL.map(Facet::name).join(", "), Facet::ALL.map(Facet::french_name).join(", "));
        Error::usage(said!("unknown facet `{name}`", "facette inconnue `{name}`"))
            .hint(said!("the facets are {names} and date", "les facettes sont {noms} et date"))
    })?;
    Ok(match limit(typed)? {
        Some(limit) => FacetRequest::top(facet, limit),
        None if facet.unit().is_some() => FacetRequest::timeline(facet),
        None => FacetRequest::top(facet, values),
    })
}

/// Reads the number after a facet's name.
pub fn limit(typed: &str) -> Result<Option<usize>> {
    let Some((_, limit)) = typed.split_once(':') else { return Ok(None) };
    limit.trim().parse().map(Some).map_err(|_| {
        Error::usage(said!("`{limit}` in `{typed}` is not a number", "`{limit}` dans `{typed}` n’est pas un nombre"))
    })
}
