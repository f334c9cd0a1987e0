//! `telex search`: one query, or a list of them.

use std::io::{self, BufWriter, Write};

use telex::error::{Error, Kind, Result};
use telex::index::{FileTable, Index};
use telex::query::{Query, parse};
use telex::render::{self, Format, Page};
use telex::said;
use telex::search::{Cursor, Facet, FacetRequest, Filters, SearchRequest, SearchResponse, SnippetOptions, Sort};
use telex::wording::{Bilingual, UiLanguage};

use crate::args::{Global, Scope, Search, SortOrder};
use crate::exit::{Ending, Failure, Outcome};
use crate::terminal::Terminal;
use crate::{index, place, queries, request};

/// How many tickers are counted under the cards when no facet is asked for.
const TICKERS: usize = 5;
/// How many translations are told.
const TRANSLATIONS: usize = 12;

pub fn run(args: &Search, global: &Global, terminal: &Terminal) -> Outcome {
    let format = if args.json { &render::JSONL } else { args.format };
    let name = format.name;
    let filters = request::filters(&args.scope)?;
    let facets = request::facets(args.facet.iter().map(String::as_str))?;
    if !facets.is_empty() && !format.counts {
        return Err(Error::usage(said!(
            "--format {name} has no room for counts",
            "--format {name} n’a pas de place pour des décomptes"
        ))
        .hint((
            "leave `--facet` out, or count with `telex facets`, which has --format csv and tsv",
            "retirez `--facet`, ou comptez avec `telex facets`, qui a --format csv et tsv",
        ))
        .into());
    }
    let options = request::options(&args.scope, global, terminal);
    let asked = SearchRequest { filters: filters.clone(), facets: facets.clone(), ..asked(args, format)? };
    let ask = |query| SearchRequest { query, ..asked.clone() };
    if let Some(file) = &args.queries {
        let (index, within) = open(&args.scope, global, terminal)?;
        let ask = |query| {
            let mut request = ask(query);
            request.filters.paths.extend(within.clone());
            request
        };
        return queries::run(file, &index, (format, args.separator), &ask, &options, terminal);
    }
    // A query that cannot be read is told before a folder is indexed for it.
    let query = parse(&args.query.join(" "), &options)?;
    if args.query.iter().all(|text| text.trim().is_empty()) && filters == Filters::default() {
        return Err(Error::usage(("there is nothing to look for", "il n’y a rien à chercher"))
            .hint((
                "give words, or a filter such as --ticker AMZN; `*` finds every article",
                "donnez des mots, ou un filtre comme --ticker AMZN ; `*` trouve tous les articles",
            ))
            .into());
    }
    // Who is in the news, unless that was asked for already.
    let mut asked = ask(query);
    if name == "text" && facets.is_empty() && filters.tickers.is_empty() && !request::names_tickers(&asked.query) {
        asked.facets.push(FacetRequest::top(Facet::Ticker, TICKERS));
    }
    let (index, within) = open(&args.scope, global, terminal)?;
    asked.filters.paths.extend(within);
    let mut response = index.search(&asked)?;
    response.notes.extend(request::readings(&asked.query, &filters));
    tell(&response, terminal);
    if name == "text" && response.total == 0 {
        empty(&filters, terminal);
        return Ok(Ending::Nothing);
    }
    print(&response, (format, args.separator), &index, terminal)?;
    if args.after.is_some() {
        match &response.next {
            Some(next) => {
                let next = next.to_text();
                terminal.tell(said!("next page: --after {next}", "page suivante : --after {next}"));
            }
            None => terminal.tell(("this is the last page", "c’est la dernière page")),
        }
    }
    // The process ends here: to close the index piece by piece takes longer than most searches.
    std::mem::forget(index);
    Ok(if response.total > 0 { Ending::Done } else { Ending::Nothing })
}

/// Returns what the flags ask for beside filters and counts, of every article as yet.
fn asked(args: &Search, format: &Format) -> Result<SearchRequest> {
    Ok(SearchRequest {
        lexicon: request::lexicon(&args.scope)?,
        after: args.after.as_deref().filter(|after| *after != "start").map(cursor).transpose()?,
        matching: request::matching(&args.scope),
        sort: match args.sort {
            SortOrder::Relevance => Sort::Relevance,
            SortOrder::Newest => Sort::Newest,
            SortOrder::Oldest => Sort::Oldest,
        },
        recency: request::recency(args.recent),
        limit: args.limit,
        offset: args.offset,
        collapse: args.collapse || format.cards && !args.no_collapse,
        snippets: if format.extracts { SnippetOptions::default() } else { SnippetOptions { fragments: 0, chars: 0 } },
        ..SearchRequest::new(Query::all())
    })
}

/// Prints a page of hits in a format, with what parts cells in it; cards for people go through a pager, if there is one.
pub fn print(
    response: &SearchResponse,
    (format, separator): (&Format, u8),
    index: &Index,
    terminal: &Terminal,
) -> std::result::Result<(), Failure> {
    let roots = index.roots();
    let page = Page { separator, ..terminal.page(&roots) };
    if format.name == "text" {
        return Ok(terminal.print(&|look, out| (format.render)(response, &Page { look, ..page }, out))?);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    (format.render)(response, &page, &mut out)?;
    Ok(out.flush()?)
}

/// Reads the cursor of a page.
fn cursor(text: &str) -> Result<Cursor> {
    Cursor::from_text(text).ok_or_else(|| {
        Error::usage(("this is no cursor", "ce n’est pas un curseur")).hint((
            "begin with `--after start`; each page tells the cursor of the next",
            "commencez par `--after start` ; chaque page donne le curseur de la suivante",
        ))
    })
}

/// Opens the index to search, brought up to date first if a folder is named; with the name of that
/// folder or file in the index, if the index holds more.
pub fn open(
    scope: &Scope,
    global: &Global,
    terminal: &Terminal,
) -> std::result::Result<(Index, Option<String>), Failure> {
    let Some(path) = &scope.within else { return Ok((Index::open(&place::existing(global)?)?, None)) };
    let place = place::within(path, global);
    place::exists(path)?;
    if index::refresh(path, &place, global, terminal)? == Ending::Interrupted {
        return Err(Error::new(Kind::Interrupted, ("stopped before the search", "arrêté avant la recherche")).into());
    }
    let index = Index::open(&place)?;
    let path = path.canonicalize().map_err(|error| Error::io(path, error))?;
    let name = FileTable { roots: index.roots(), ..FileTable::default() }.name_of(&path);
    Ok((index, name.filter(|name| !name.is_empty())))
}

/// Tells what a person should know of how the query was answered. That it was another one that was answered, a
/// script must know as well: it is told even if nothing else is.
pub fn tell(response: &SearchResponse, terminal: &Terminal) {
    notes(response).for_each(|note| terminal.tell(note));
    relaxed(response).into_iter().for_each(|note| terminal.insist(note));
}

/// Tells the same of a query of a list, with its id.
pub fn tell_of(id: &str, response: &SearchResponse, terminal: &Terminal) {
    for Bilingual { english, french } in notes(response).chain(relaxed(response)) {
        terminal.tell(said!("{id}: {english}", "{id} : {french}"));
    }
}

fn notes(response: &SearchResponse) -> impl Iterator<Item = Bilingual> {
    response.notes.iter().cloned().chain(also_searched(&response.also_searched))
}

fn relaxed(response: &SearchResponse) -> Option<Bilingual> {
    let said = (
        "no article has every word; these have at least one",
        "aucun article n’a tous les mots ; ceux-ci en ont au moins un",
    );
    response.relaxed.then(|| said.into())
}

/// Returns how it is told which translations were looked for.
fn also_searched(terms: &[String]) -> Option<Bilingual> {
    let told = terms.iter().take(TRANSLATIONS).map(String::as_str).collect::<Vec<_>>().join(", ");
    let (english, french) = match terms.len() {
        0 => return None,
        1..=TRANSLATIONS => (String::new(), String::new()),
        all => {
            let more = all - TRANSLATIONS;
            let autres = render::counted(more as u64, "autre", "autres", UiLanguage::French);
            (format!(" and {more} more"), format!(" et {autres}"))
        }
    };
    Some((format!("also searched: {told}{english}"), format!("également cherché : {told}{french}")).into())
}

fn empty(filters: &Filters, terminal: &Terminal) {
    let filtered = *filters != Filters::default();
    terminal.tell(match filtered {
        true => {
            ("no article matches; fewer filters may help", "aucun article ne convient ; moins de filtres aideraient")
        }
        false => ("no article matches", "aucun article ne convient"),
    });
}
