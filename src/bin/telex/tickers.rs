//! `telex tickers`: what telex knows of companies, and what of an index it does not know.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::time::Duration;

use telex::article::{Mic, Ticker, distinct};
use telex::config::Gazetteer;
use telex::durable;
use telex::error::{Error, Result};
use telex::index::Index;
use telex::lock::Lock;
use telex::market::{self, companies, names, symbol};
use telex::query::{Filter, Kind as Part, Node, ParseOptions, Query, parse};
use telex::said;
use telex::search::{Facet, FacetRequest, SearchRequest, SnippetOptions};
use telex::wording::{Bilingual, UiLanguage};

use crate::args::{Cli, Global, Tickers};
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::terminal::Terminal;
use crate::tickers_args::TickersCommand;

/// How long another process that adds companies is waited for.
const WAIT: Duration = Duration::from_secs(10);

pub fn run(args: &Tickers, global: &Global, terminal: &Terminal) -> Outcome {
    match &args.command {
        TickersCommand::Resolve { text } => resolve(&text.join(" "), terminal),
        TickersCommand::List { name } => list(&name.join(" ").to_lowercase()),
        TickersCommand::Unknown => unknown(global),
        TickersCommand::Add { file } => add(file, terminal),
    }
}

/// Prints the companies that a code, a symbol or a name means, or a field that asks for one.
fn resolve(typed: &str, terminal: &Terminal) -> Outcome {
    let field = parse(typed, &ParseOptions::default()).map(|query| query.root.kind);
    let quoted = |c: char| c.is_whitespace() || matches!(c, '"' | '«' | '»' | '“' | '”');
    let typed = typed.trim_matches(quoted);
    let mut found = match field {
        Ok(Part::Filter(Filter::Ticker(pattern))) => pattern.companies,
        _ => market::companies_of(&market::resolve(typed)),
    };
    let is_known = |company: &Ticker| companies::of(company).is_some();
    found.retain(|company| is_known(company) || market::is_unknown_isin(company));
    if found.is_empty() {
        found = market::holders(&symbol::canonical(typed.trim().trim_start_matches('$'), Mic::UNKNOWN));
        found = distinct(found.into_iter().chain(names::tickers(typed)));
    }
    let (unknown, found): (Vec<Ticker>, Vec<Ticker>) = found.into_iter().partition(market::is_unknown_isin);
    for Ticker { symbol: isin, .. } in &unknown {
        terminal.tell(said!(
            "{isin} is a right ISIN, but no table has its company",
            "{isin} est un ISIN valable, mais aucune table n’a sa société"
        ));
        terminal.tell(said!(
            "hint: `telex tickers add FILE` adds it, with a line such as `SYMBOL,XNYS,Name,,{isin}`",
            "conseil : `telex tickers add FICHIER` l’ajoute, avec une ligne telle que `SYMBOLE,XNYS,Nom,,{isin}`"
        ));
    }
    let mut out = io::stdout().lock();
    for company in &found {
        print(company, &mut out)?;
    }
    if found.is_empty() && unknown.is_empty() {
        terminal.tell(said!("no company is known as `{typed}`", "aucune société n’est connue comme `{typed}`"));
    }
    Ok(if found.is_empty() { Ending::Nothing } else { Ending::Done })
}

/// Writes a company: its main listing, its name, its other names.
fn print(company: &Ticker, out: &mut dyn Write) -> io::Result<()> {
    let listing = companies::of(company);
    let names: Vec<&str> = listing.map(|listing| listing.names().collect()).unwrap_or_default();
    let (name, others) = names.split_first().map_or(("", ""), |(name, _)| (*name, ""));
    let others = if names.len() > 1 { names[1..].join(", ") } else { others.to_owned() };
    writeln!(out, "{company}\t{name}\t{others}")
}

/// Prints every listing whose symbol or name holds some text.
fn list(wanted: &str) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut any = false;
    for listing in companies::all() {
        let holds = |text: &str| text.to_lowercase().contains(wanted);
        if wanted.is_empty() || holds(listing.symbol) || listing.names().any(holds) {
            any = true;
            writeln!(out, "{}\t{}\t{}", listing.ticker(), listing.name, market::canonical(&listing.ticker(), None))?;
        }
    }
    out.flush()?;
    Ok(if any { Ending::Done } else { Ending::Nothing })
}

/// Prints the securities of an index that no table has, the most frequent first.
fn unknown(global: &Global) -> Outcome {
    let index = Index::open(&place::existing(global)?)?;
    let everything = Query { text: String::new(), root: Node { kind: Part::All, span: 0..0 } };
    let request = SearchRequest {
        limit: 0,
        facets: vec![FacetRequest::top(Facet::Ticker, usize::MAX)],
        snippets: SnippetOptions { fragments: 0, chars: 0 },
        ..SearchRequest::new(everything)
    };
    let response = index.search(&request)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut any = false;
    for value in response.facets.iter().flat_map(|facet| &facet.values) {
        let Some((mic, symbol)) = value.value.split_once(':') else { continue };
        if Mic::new(mic).is_none_or(|mic| companies::of(&Ticker::new(symbol, mic)).is_none()) {
            any = true;
            writeln!(out, "{}\t{}", value.value, value.count)?;
        }
    }
    out.flush()?;
    Ok(if any { Ending::Done } else { Ending::Nothing })
}

/// Checks a table of companies and adds its rows to the person's own.
fn add(file: &PathBuf, terminal: &Terminal) -> Outcome {
    let text = fs::read_to_string(file).map_err(|error| Error::io(file, error))?;
    let count = market::check_companies(&text).map_err(|message| malformed(file, message))? as u64;
    let own = place::companies()
        .ok_or_else(|| Error::usage(("there is no home folder", "il n’y a pas de dossier personnel")))?;
    // By whatever link one comes to a table, it is one.
    let own = own.canonicalize().unwrap_or(own);
    let (Some(folder), Some(name)) = (own.parent(), own.file_name().and_then(OsStr::to_str)) else {
        let own = own.display();
        return Err(Error::usage(said!("{own} is no file", "{own} n’est pas un fichier")).into());
    };
    fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
    // Whoever adds at the same time reads what is written here, and writes after it.
    let doing = ("adding companies to this table", "d’ajouter des sociétés à cette table");
    let _lock = Lock::take(&own.with_extension("lock"), WAIT, doing).map_err(|error| error.at(&own))?;
    // A table that is there and cannot be read is a person's work, too.
    let old = match fs::read_to_string(&own) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => "symbol,mic,name,aliases,isin\n".to_owned(),
        read => read.map_err(|error| Error::io(&own, error))?,
    };
    let merged = market::merge_companies(&old, &text).map_err(|message| malformed(&own, message))?;
    durable::write_whole(folder, name, merged.as_bytes())?;
    let own = own.display();
    let companies = UiLanguage::English.plural(count, "company", "companies");
    let added = UiLanguage::French.plural(count, "société ajoutée", "sociétés ajoutées");
    terminal.tell(said!(
        "added {count} {companies} to {own}; `telex index --full` finds their names in articles read before",
        "{count} {added} à {own} ; `telex index --full` trouve leurs noms dans les articles déjà lus"
    ));
    Ok(Ending::Done)
}

fn malformed(file: &std::path::Path, message: Bilingual) -> Error {
    Error::usage(message).at(file)
}

/// Gives the tables of companies that a person has to the library: those that the settings of the command's index name, and
/// the one that `telex tickers add` writes.
///
/// # Errors
/// Settings that cannot be read, a table that is not there, a row that is wrong.
pub fn load(cli: &Cli) -> Result<()> {
    let config = place::of_command(cli).map(|index| place::config(&index, &cli.global)).transpose()?;
    let Gazetteer { companies, replace } = config.unwrap_or_default().gazetteer;
    let read = |path: &PathBuf| fs::read_to_string(path).map_err(|error| Error::io(path, error));
    let mut tables = companies.iter().map(|path| Ok((path.clone(), read(path)?))).collect::<Result<Vec<_>>>()?;
    if let Some(own) = place::companies().filter(|own| own.exists()) {
        tables.push((own.clone(), read(&own)?));
    }
    for (path, text) in &tables {
        market::check_companies(text).map_err(|message| malformed(path, message))?;
    }
    if !tables.is_empty() || replace {
        let texts: Vec<String> = tables.into_iter().map(|(_, text)| text).collect();
        market::use_companies(&texts, replace).map_err(Error::usage)?;
    }
    Ok(())
}
