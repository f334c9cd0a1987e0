//! `telex facets`: counts, without hits.

use std::io::{self, Write};

use telex::article::Mic;
use telex::error::{Error, Result};
use telex::market::exchange::is_known;
use telex::query::{Query, date_range, parse};
use telex::render;
use telex::said;
use telex::search::{Branch, Facet, FacetRequest, SearchRequest, SearchResponse, SnippetOptions};
use telex::wording::Bilingual;

use crate::args::{Facets, Global};
use crate::exit::{Ending, Outcome};
use crate::request;
use crate::search::{open, tell};
use crate::terminal::Terminal;

/// How many telling words are shown when nothing else is said.
const WORDS: usize = 20;

pub fn run(args: &Facets, global: &Global, terminal: &Terminal) -> Outcome {
    let text = args.query.clone().unwrap_or_else(|| args.words.join(" "));
    let query = match text.trim().is_empty() {
        true => Query::all(),
        false => parse(&text, &request::options(&args.scope, global, terminal))?,
    };
    let format = if args.json { "json" } else { &args.format };
    let cells = matches!(format, "csv" | "tsv");
    // A file of cells has no line that tells how many values are left out.
    let (facets, words) = wanted(args, if cells { usize::MAX } else { request::VALUES })?;
    if cells {
        one_table(&facets, words.is_some())?;
    }
    let mut request = SearchRequest {
        filters: request::filters(&args.scope)?,
        lexicon: request::lexicon(&args.scope)?,
        matching: request::matching(&args.scope),
        limit: 0,
        facets,
        words,
        sideways: !args.no_sideways,
        collapse: !args.no_collapse,
        snippets: SnippetOptions { fragments: 0, chars: 0 },
        ..SearchRequest::new(query)
    };
    let (index, within) = open(&args.scope, global, terminal)?;
    request.filters.paths.extend(within);
    let mut response = index.search(&request)?;
    response.notes.extend(request::readings(&request.query, &request.filters));
    tell(&response, terminal);
    let mut out = io::stdout().lock();
    match format {
        "json" => render::facets_object(&response, &mut out)?,
        format @ ("csv" | "tsv") => {
            if let Some(note) = unseen_columns(&response) {
                terminal.tell(note);
            }
            let separator = if format == "tsv" { b'\t' } else { args.separator };
            render::facets_csv(&response, separator, &mut out)?;
        }
        _ => {
            drop(out);
            terminal.print(&|look, out| render::facet_tables(&response, args.by.is_some(), look, out))?;
            return Ok(if response.total > 0 { Ending::Done } else { Ending::Nothing });
        }
    }
    out.flush()?;
    Ok(if response.total > 0 { Ending::Done } else { Ending::Nothing })
}

/// Returns how it is told that a table has not all columns: a file of cells has no place for it.
fn unseen_columns(response: &SearchResponse) -> Option<Bilingual> {
    let columns = &response.facets.first()?.across.as_ref()?.columns;
    let (facet, most) = (columns.facet.name(), columns.values.len() as u64 + columns.others);
    let (shown, others) = (columns.values.len(), columns.others);
    (others > 0).then(|| {
        said!(
            "{shown} of the {most} values of `{facet}` have a column; `{facet}:{most}` gives all",
            "{shown} des {most} valeurs de `{facet}` ont une colonne ; `{facet}:{most}` les donne toutes"
        )
    })
}

/// Checks that what is asked for has room in one table.
fn one_table(facets: &[FacetRequest], words: bool) -> Result<()> {
    let tables = facets.iter().filter(|facet| facet.across.is_some()).count() + usize::from(words);
    if tables > 1 || tables == 1 && facets.len() + usize::from(words) > 1 {
        return Err(Error::usage((
            "a file of cells holds one table",
            "un fichier de cellules contient un seul tableau",
        ))
        .hint(("ask for one at a time, or for --json", "demandez-les un par un, ou avec --json")));
    }
    Ok(())
}

/// Returns the facets to count, with so many `values` where no number is typed, and how many telling words to show.
fn wanted(args: &Facets, values: usize) -> Result<(Vec<FacetRequest>, Option<usize>)> {
    let first = args.facets.as_deref().map(|typed| typed.split(',').map(str::trim).collect::<Vec<_>>());
    let mut facets = Vec::new();
    let mut words = None;
    match first.as_deref() {
        None => {}
        Some(&[typed]) if is_words(typed) => words = Some(request::limit(typed)?.unwrap_or(WORDS)),
        Some(&[typed]) => facets.push(request::facet_of(typed, values)?),
        Some(&[rows, columns]) => {
            let across = Some(Box::new(request::facet(columns)?));
            facets.push(FacetRequest { across, ..request::facet_of(rows, values)? });
        }
        Some(_) => {
            return Err(Error::usage(("a table has two facets", "un tableau a deux facettes")).hint((
                "further ones go side by side, with `--facet lang,source`",
                "d’autres se mettent à côté, avec `--facet lang,source`",
            )));
        }
    }
    for typed in &args.facet {
        facets.push(request::facet_of(typed, values)?);
    }
    if let Some(by) = &args.by {
        let unit = request::facet(by)?;
        if unit.facet.unit().is_none() {
            return Err(Error::usage(said!("`{by}` is no span of time", "`{by}` n’est pas une durée")).hint((
                "one of year, quarter, month, week, day, hour",
                "une parmi année, trimestre, mois, semaine, jour, heure",
            )));
        }
        let unit = FacetRequest::timeline(unit.facet);
        for facet in facets.iter_mut().filter(|facet| facet.across.is_none() && facet.facet.unit().is_none()) {
            facet.across = Some(Box::new(unit.clone()));
        }
        facets.insert(0, unit);
    }
    for value in &args.under {
        let branch = branch(value)?;
        let mut fits = false;
        for facet in &mut facets {
            let across = facet.across.as_deref_mut();
            across.into_iter().for_each(|facet| fits |= put_under(&branch, facet));
            fits |= put_under(&branch, facet);
        }
        if !fits {
            let message = said!("no facet has values under `{value}`", "aucune facette n’a de valeurs sous `{value}`");
            return Err(Error::usage(message).hint((
                "the tickers of a market (XPAR), the months of a year (2025)",
                "les titres d’une bourse (XPAR), les mois d’une année (2025)",
            )));
        }
    }
    Ok((facets, words))
}

/// Returns whether telling words are asked for.
fn is_words(typed: &str) -> bool {
    let name = typed.split(':').next().unwrap_or_default().trim().to_lowercase();
    name == "words" || name == "mots"
}

/// Keeps a facet to the values under a branch of its own hierarchy; others are left as they are. Returns whether it has
/// that hierarchy.
fn put_under(branch: &Branch, facet: &mut FacetRequest) -> bool {
    let fits = match branch {
        Branch::Market(_) => matches!(facet.facet, Facet::Ticker | Facet::Exchange),
        Branch::Period(_) => facet.facet.unit().is_some(),
    };
    if fits {
        facet.under = Some(branch.clone());
    }
    fits
}

/// Reads what values are to lie under: a market, or an interval.
fn branch(value: &str) -> Result<Branch> {
    if let Some(mic) = Mic::new(&value.to_uppercase()).filter(|mic| is_known(*mic)) {
        return Ok(Branch::Market(mic));
    }
    date_range(value, &request::parse_options()).map(Branch::Period).map_err(|error| {
        Error::usage(said!("`{value}` is neither a market nor a date", "`{value}` n’est ni une bourse ni une date"))
            .because(error)
            .hint(("such as XPAR or 2025-07", "comme XPAR ou 2025-07"))
    })
}
