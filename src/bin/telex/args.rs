//! The command line as typed. The doc comments are the help.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use telex::query::FIELDS;
use telex::render::{self, FORMATS, Format};
use telex::said;
use telex::wording::Bilingual;

use crate::late::Late;
pub use crate::saved_args::{Alert, Saved, SavedCommand};
pub use crate::tickers_args::Tickers;

/// Search French and English financial news on your own machine.
#[derive(Parser)]
#[command(name = "telex", version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Examples / Exemples:
  telex index ~/presse                               make or update the index of a folder
  telex search licenciements --in ~/presse           bring it up to date and search, at once
  telex search '\"taux de change\" date:2025-07..2025-08' -n 20
  telex search profit warning ticker:AMZN --facet ticker:10,month
  telex facets ticker,year -q 'rachat OR buyback'
  telex show fr/2025-07-17-aws.txt

`telex search --help` describes the query language. Dates and days are in UTC.
Exit codes: 0 hits, 1 none, 2 usage or query error, 3 index missing, corrupt or incompatible,
4 locked by another process, 5 input or output failed, 6 a fault of telex itself, 130 interrupted.";

/// How many columns the help of the query language has.
const HELP_WIDTH: usize = 98;

const QUERY_HELP: &str = "\
The query language / Le langage de requête:
  fusion acquisition       every word (any, if no article has them all; --all, --any)
  \"taux de change\"         a phrase; « … » and “ … ” too; \"taux direc*\": its last word begun
  =\"marché\"                the form typed, accents and all
  acqui*, *bourse, fi?ance wildcards; fuson~1: a letter away; /acqui(s|ert)/: a regular expression
  a NEAR/5 b, a ADJ/5 b    near, and in this order; W/S, W/P: in one sentence, one paragraph
  ATLEAST3(a), FIRST/50(a) so often, among the first words; taux^2: counts double
  a AND b, a OR b, NOT a   in capitals only; also ET, OU, SAUF, &&, ||, -a, +a, ( )
  title:fusion             in the headline; body: in the text
  ticker:AMZN              also NASDAQ:AMZN, $AMZN, AMZN.O, MC.PA, an ISIN; ticker:AMZN,OR: either
  lang:fr  source:Reuters  path:2025/
  story:ID  copies:>2      an article with its copies; what has so many
  saved:NAME               the query saved under a name
  date:2025-07             also 2025, 2025-07-14, 14/07/2025, 2025-T3, 7d, hier, last_month,
                           date:2025-07-01..2025-08-15, date:>=2025-07; since:, until:,
                           before:, after:
{FIELDS}

A word finds its accents and inflections: `licencie` finds licencié and licenciements, the form
typed first. Lower-case or, et, not are words: `cours de l'or`. After `ticker:` a word is always a
symbol: `ticker:OR`.

Examples / Exemples:
  telex search résultats trimestriels ticker:MC date:2025
  telex search '\"profit warning\" OR \"avertissement sur résultats\"' --sort newest
  telex search licenciements --lang fr --since 2025-01 --json | jq -r .path
  telex search \"l'action L'Oréal\" -dividende";

/// Returns the help of the query language, with the names of all fields.
fn query_help() -> String {
    let mut names = String::from("All fields:");
    let mut width = names.len();
    for (n, field) in FIELDS.iter().enumerate() {
        let name = format!("{} {}", if n > 0 { "," } else { "" }, field.name);
        width += name.len();
        if width > HELP_WIDTH {
            width = name.len();
            names.push_str(&name.replace(", ", ",\n  "));
        } else {
            names.push_str(&name);
        }
    }
    QUERY_HELP.replace("{FIELDS}", &names)
}

#[derive(Args)]
pub struct Global {
    /// The folder of the index [default: $TELEX_INDEX, else the nearest .telex upwards]
    #[arg(short, long, global = true, value_name = "FOLDER")]
    pub index: Option<PathBuf>,
    /// A file of settings [default: config.toml in the folder of the index]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Say less on standard error, and sum up nothing after indexing
    #[arg(long, global = true)]
    pub quiet: bool,
    /// Do not page long output
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// The language in which telex speaks, but for help, which is in English [default: that of the locale, LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, global = true, value_name = "fr|en")]
    pub ui_lang: Option<Speech>,
}

/// The languages in which telex can speak to its user.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Speech {
    Fr,
    En,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal.
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
pub enum Command {
    Index(Late<Index>),
    Search(Late<Search>),
    Facets(Late<Facets>),
    Explain(Late<Explain>),
    Similar(Late<Similar>),
    Saved(Late<Saved>),
    Alert(Late<Alert>),
    Show(Late<Show>),
    Stats(Late<Stats>),
    Export(Late<Export>),
    Tickers(Late<Tickers>),
    Verify(Late<crate::verify::Args>),
    Compact(Late<crate::compact::Args>),
    Doctor(Late<crate::doctor::Args>),
    Completions(Late<Completions>),
}

impl Command {
    /// Returns whether errors, too, are to be JSON.
    pub fn wants_json(&self) -> bool {
        match self {
            Command::Index(args) => args.json,
            Command::Search(args) => args.json || matches!(args.format.name, "json" | "jsonl"),
            Command::Facets(args) => args.json || args.format == "json",
            Command::Explain(args) => args.json,
            Command::Similar(args) => args.json || matches!(args.format.name, "json" | "jsonl"),
            Command::Saved(Late(Saved { command: SavedCommand::List { json } })) => *json,
            Command::Saved(_) => false,
            Command::Alert(args) => args.json,
            Command::Show(args) => args.json,
            Command::Stats(args) => args.json,
            Command::Verify(args) => args.json,
            Command::Doctor(args) => args.json,
            Command::Export(_) | Command::Tickers(_) | Command::Compact(_) | Command::Completions(_) => false,
        }
    }
}

/// Make the index of folders and files, or bring it up to date.
///
/// Reads text, Markdown, HTML, JSON, tables, feeds, NewsML, Word, RTF, PDF, mail and web archives, each also
/// as .gz, .zst, .xz or .bz2, and in .zip and .tar archives, which are read in place (an article in one is
/// `a.zip!b.html`); the README lists them all. The index lives in PATH/.telex unless -i says otherwise;
/// with several PATHs, in the first; without PATH, the index at hand is brought up to date with its own folders,
/// a file that was given alone with all of the folder that it lies in.
/// A file that has not changed is not read again; one that is gone leaves the index.
#[derive(Args)]
#[command(after_help = "\
Examples / Exemples:
  telex index ~/presse
  telex index ~/presse --dry-run
  telex index /mnt/archive -i ~/archive.telex --report skipped.jsonl")]
pub struct Index {
    /// Folders and files of news [default: those of the index]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How many threads read and how many index [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<u16>,
    /// Memory for indexing, such as 256m or 1g
    #[arg(long, value_name = "SIZE", default_value = "256m", value_parser = size)]
    pub memory: u64,
    /// Read every file again; replaces an index of another version
    #[arg(long)]
    pub full: bool,
    /// Take out the articles of a folder that is gone or empty: without it that is refused, since its disk may
    /// not be there today
    #[arg(long)]
    pub prune: bool,
    /// Find companies by their codes alone, and not by their names
    #[arg(long)]
    pub no_names: bool,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write a line of JSON for each file or record that was skipped, and each article that was repaired or
    /// read in another charset than its file declares; - is standard output. Of a file that has not changed,
    /// and is not read again, it says nothing: --full and `telex doctor` read them all
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// How long to wait for another process that writes to the index, such as 30s
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = duration)]
    pub wait: Duration,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub limits: Limits,
}

/// What is too large to be read. A file that was refused is read when it changes, or with --full.
#[derive(Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// The largest file that is one article, packed or not
    #[arg(long, value_name = "SIZE", default_value = "64m", value_parser = size)]
    pub max_file_size: u64,
    /// The largest record or line of a file that holds many
    #[arg(long, value_name = "SIZE", default_value = "16m", value_parser = size)]
    pub max_record_size: u64,
    /// The most that one packed file or archive may unpack to
    #[arg(long, value_name = "SIZE", default_value = "64g", value_parser = size)]
    pub max_unpacked: u64,
    /// How many times its own size it may unpack to, beyond 64 MiB
    #[arg(long, value_name = "N", default_value = "250", value_parser = number::<u64>)]
    pub max_ratio: u64,
    /// How many files an archive may hold
    #[arg(long, value_name = "N", default_value = "1000000", value_parser = number::<u64>)]
    pub max_members: u64,
    /// How deep archives may lie in archives
    #[arg(long, value_name = "N", default_value = "4", value_parser = number::<u32>)]
    pub max_depth: u32,
}

/// Search, and print ranked hits with snippets.
#[derive(Args)]
#[command(after_help = "`telex search --help` describes the query language.", after_long_help = query_help())]
pub struct Search {
    /// Words to look for; several make one query
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub scope: Scope,
    /// How many hits at most
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = number::<usize>)]
    pub limit: usize,
    /// How many hits to pass over first
    #[arg(long, value_name = "N", default_value = "0", value_parser = number::<usize>)]
    pub offset: usize,
    /// Read on after a page: `start` for the first, then the cursor that each page tells on standard error
    /// (in JSON, `next`); nothing comes twice or is passed over, even if the index changes meanwhile
    #[arg(long, value_name = "CURSOR", conflicts_with_all = ["offset", "queries"])]
    pub after: Option<String>,
    /// The order of the hits; ties go to the newest
    #[arg(long, default_value = "relevance", value_name = "ORDER")]
    pub sort: SortOrder,
    /// Prefer newer articles: a score is halved for each TIME of age, such as 12h, 30d, 6w or 1y; articles
    /// without a date come last
    #[arg(long, value_name = "TIME", value_parser = half_life, conflicts_with = "sort")]
    pub recent: Option<i64>,
    /// Counts beside the hits: ticker, exchange, lang, source, author, section, year, quarter, month, week,
    /// day, hour, each with an optional :N
    #[arg(long, value_name = "FACET[:N],…", value_delimiter = ',')]
    pub facet: Vec<String>,
    /// The output: text, html, markdown, json, jsonl, csv, tsv, trec or paths
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format())]
    pub format: &'static Format,
    /// Short for --format jsonl
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// What parts the cells of --format csv; `;` for a spreadsheet in French
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = separator)]
    pub separator: u8,
    /// Of each story list the best article alone, and tell how many copies match [default for text]
    #[arg(long, conflicts_with = "no_collapse")]
    pub collapse: bool,
    /// List every article, copies as well [default for the other formats]
    #[arg(long)]
    pub no_collapse: bool,
    /// Run the queries of a file, `id TAB query` a line (- for standard input)
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub queries: Option<PathBuf>,
}

/// Count articles by ticker, date, language, source, market, author or section.
///
/// The counts are exact. FACET is one of ticker, exchange, lang, source, author, section, year, quarter,
/// month, week, day and hour, with an optional :N for the N most frequent values; ten are shown otherwise,
/// and of a date every span from the first to the last. `words` shows what tells the articles found from
/// all the others. A filter that chooses among the values of a facet does not hide the others.
#[derive(Args)]
#[command(after_help = FACETS_HELP)]
pub struct Facets {
    /// A facet; two with a comma for a table of one within the other; or `words`
    #[arg(value_name = "FACET[:N][,FACET[:N]]", required_unless_present_any = ["by", "facet"])]
    pub facets: Option<String>,
    /// Words to look for; without any, every article counts
    #[arg(value_name = "QUERY")]
    pub words: Vec<String>,
    /// The same as one argument
    #[arg(short = 'q', long, value_name = "QUERY", conflicts_with = "words")]
    pub query: Option<String>,
    /// Further facets, side by side
    #[arg(long, value_name = "FACET[:N],…", value_delimiter = ',')]
    pub facet: Vec<String>,
    /// A timeline, and one for each value: year, quarter, month, week, day or hour
    #[arg(long, value_name = "UNIT")]
    pub by: Option<String>,
    /// Only the values under this one: the tickers of a market (XPAR), the months of a year (2025)
    #[arg(long, value_name = "VALUE")]
    pub under: Vec<String>,
    /// Count every facet in the articles found alone, whatever its own filter
    #[arg(long)]
    pub no_sideways: bool,
    /// Count articles alone, and not the stories that they tell
    #[arg(long)]
    pub no_collapse: bool,
    #[command(flatten)]
    pub scope: Scope,
    /// The output: text, json, csv or tsv
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json", "csv", "tsv"])]
    pub format: String,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// What parts the cells of --format csv; `;` for a spreadsheet in French
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = separator)]
    pub separator: u8,
}

const FACETS_HELP: &str = "\
Examples / Exemples:
  telex facets ticker
  telex facets ticker:20 --facet lang,source -q 'rachat OR buyback'
  telex facets ticker,month -q '\"profit warning\" OR \"avertissement sur résultats\"'
  telex facets ticker --by month -q licenciements --since 2025
  telex facets ticker ticker:TTE                     who is named with TotalEnergies
  telex facets ticker --under XPAR                   the securities of one market
  telex facets words -q ticker:AMZN --since 30d      what is new there
  telex facets ticker,month --format csv --separator ';' > tableau.csv";

/// What to search in.
#[derive(Args)]
pub struct Scope {
    /// Search this folder, bringing its index up to date first
    #[arg(long = "in", value_name = "PATH")]
    pub within: Option<PathBuf>,
    /// Only articles that name this security (several: any of them)
    #[arg(long, value_name = "T", value_delimiter = ',')]
    pub ticker: Vec<String>,
    /// Only articles in this language (several: any of them)
    #[arg(long, value_name = "fr|en|other", value_delimiter = ',')]
    pub lang: Vec<telex::article::Language>,
    /// Only articles published by this source (several: any of them), as after `source:` in a query
    #[arg(long, value_name = "S")]
    pub source: Vec<String>,
    /// Only articles from this date on: 2025-07, 14/07/2025, 7d, hier …
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Only articles up to this date, included
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Every word must match
    #[arg(long, conflicts_with = "any")]
    pub all: bool,
    /// One word is enough
    #[arg(long)]
    pub any: bool,
    /// Do not look for translations of the words
    #[arg(long)]
    pub no_xlang: bool,
    /// A TOML file of further translations [default: $TELEX_LEXICON]
    #[arg(long, value_name = "FILE")]
    pub lexicon: Option<PathBuf>,
    /// Whose `a w/5 b` is meant: factiva's, in this order, or lexis's, in any
    #[arg(long, value_name = "NAME", default_value = "lexis", value_parser = ["factiva", "lexis"])]
    pub dialect: String,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum SortOrder {
    Relevance,
    Newest,
    Oldest,
}

/// Show how a query is read, and what the score of an article is made of.
///
/// Listed are the words and phrases that are looked for, with their forms: what each weighs, why it counts
/// (accents, inflection, same stem, derivation, translation, number), and how many articles have it. With
/// the id of an article, what each part scores in it; the parts add up to the score that search gives.
#[derive(Args)]
#[command(after_help = "\
Examples / Exemples:
  telex explain 'rachat d’actions'
  telex explain licenciements fr/2025-07-17-aws.txt
  telex explain 'taux de change' fr/2025-07-17-aws.txt --recent 30d --json | jq .article")]
pub struct Explain {
    /// The query, as one argument
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// The id of an article, as search prints it
    #[arg(value_name = "ID")]
    pub article: Option<String>,
    #[command(flatten)]
    pub scope: Scope,
    /// Prefer newer articles, as in search
    #[arg(long, value_name = "TIME", value_parser = half_life)]
    pub recent: Option<i64>,
    /// Rank every article, copies as well, as search does with this flag and for programs
    #[arg(long)]
    pub no_collapse: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Find articles like one of the index, or like a text.
///
/// The words that tell most of it are looked for, and told on standard error. The article itself and its
/// copies are left out.
#[derive(Args)]
#[command(after_help = "\
Examples / Exemples:
  telex similar fr/2025-07-17-aws.txt
  telex similar ~/brouillon.txt --lang fr -n 5
  pbpaste | telex similar - --since 30d")]
pub struct Similar {
    /// The id of an article, as search prints it; or a file; or - for a text on standard input
    #[arg(value_name = "ID|PATH|-")]
    pub article: String,
    #[command(flatten)]
    pub scope: Scope,
    /// How many hits at most
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = number::<usize>)]
    pub limit: usize,
    /// Prefer newer articles: a score is halved for each TIME of age, such as 12h, 30d, 6w or 1y; articles
    /// without a date come last
    #[arg(long, value_name = "TIME", value_parser = half_life)]
    pub recent: Option<i64>,
    /// The output: text, html, markdown, json, jsonl, csv, tsv, trec or paths
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format())]
    pub format: &'static Format,
    /// Short for --format jsonl
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// Print an article whole, with what is known of it.
#[derive(Args)]
pub struct Show {
    /// The id of an article, as search prints it
    pub id: String,
    /// Print the articles of its story instead, in the order of publication, each with how much of this
    /// article's text or of its own, the shorter one, both have
    #[arg(long)]
    pub copies: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Tell why each company was found, and which names were not taken for one
    #[arg(long, conflicts_with = "json")]
    pub why: bool,
}

/// Print figures of the index.
#[derive(Args)]
pub struct Stats {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Print the record of every article as JSON Lines (telex.article/1).
#[derive(Args)]
pub struct Export {
    /// With the text
    #[arg(long)]
    pub text: bool,
}

/// Print a completion script for a shell.
#[derive(Args)]
pub struct Completions {
    pub shell: Shell,
}

/// Stands before a word of a query that begins with `-`, so that clap does not take it for a flag.
const SHIELD: char = '\u{e000}';

impl Cli {
    /// Reads the command line. In a query `-Apple` excludes a word and `-5%` is a number: with one dash,
    /// only the known one-letter flags are flags.
    pub fn read(line: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
        let line: Vec<OsString> = line.collect();
        let takes_value =
            |word: &OsString| ["-i", "--index", "--config", "--color", "--ui-lang"].iter().any(|flag| word == flag);
        let command = (1..line.len()).find(|at| !takes_value(&line[at - 1]) && !is_flag(&line[*at]));
        let word = command.and_then(|at| line[at].to_str()).unwrap_or_default();
        let mut description = Cli::command();
        let takes_query = ["search", "facets", "saved", "explain"].contains(&word);
        let is_shielded = takes_query && line.iter().any(|word| word.to_str().is_some_and(is_excluding));
        if is_shielded || description.find_subcommand(word).is_none() {
            // Help tells what each command is for, and a value with a dash must be told from a word of the query.
            description.build();
        }
        let shielded = match description.find_subcommand(word).filter(|_| is_shielded) {
            Some(command) => shielded(&line, command)?,
            None => line.clone(),
        };
        let mut matches = description.try_get_matches_from_mut(shielded)?;
        let cli = Cli::from_arg_matches_mut(&mut matches);
        let mut cli = cli.map_err(|error| error.format(&mut description))?;
        let unshield = |words: &mut Vec<String>| {
            for word in words {
                *word = word.replace(SHIELD, "");
            }
        };
        match &mut cli.command {
            Command::Search(args) => unshield(&mut args.query),
            Command::Facets(args) => {
                unshield(&mut args.words);
                args.query.as_mut().into_iter().for_each(|text| *text = text.replace(SHIELD, ""));
            }
            Command::Explain(Late(Explain { query, article, .. })) => {
                std::iter::once(query).chain(article).for_each(|text| *text = text.replace(SHIELD, ""));
            }
            Command::Saved(Late(Saved { command: SavedCommand::Add { query, name, .. } })) => {
                unshield(query);
                *name = name.replace(SHIELD, "");
            }
            _ => {}
        }
        Ok(cli)
    }
}

fn is_flag(word: &OsString) -> bool {
    word.to_str().is_some_and(|word| word.starts_with('-'))
}

/// Returns a command line in which words of the query that begin with a dash are shielded; such a value of an option
/// is joined to it, and what comes after `--` is left alone.
///
/// # Errors
/// A word that may as well be an option of the command, typed with one dash too few or without its space.
fn shielded(line: &[OsString], command: &clap::Command) -> Result<Vec<OsString>, clap::Error> {
    let takes_value = |word: &OsString| {
        command.get_arguments().filter(|argument| argument.get_action().takes_values()).any(|argument| {
            argument
                .get_long()
                .is_some_and(|long| word.to_str().is_some_and(|word| word.strip_prefix("--") == Some(long)))
                || argument.get_short().is_some_and(|short| word.to_str() == Some(&format!("-{short}")))
        })
    };
    let end = line.iter().position(|word| word == "--").unwrap_or(line.len());
    let mut out: Vec<OsString> = Vec::with_capacity(line.len());
    for word in &line[..end] {
        match (word.to_str().filter(|text| is_excluding(text)), out.last_mut()) {
            (Some(text), Some(option)) if takes_value(option) => option.push(format!("={text}")),
            (Some(text), _) => match meant(text, command) {
                Some(meant) => return Err(unclear(text, meant, command)),
                None => out.push(format!("{SHIELD}{text}").into()),
            },
            (None, _) => out.push(word.clone()),
        }
    }
    out.extend_from_slice(&line[end..]);
    Ok(out)
}

/// Returns the option that a word with one dash may stand for: it is the whole name of a long one, or `-q` with its
/// query behind it, which may be any word.
fn meant(word: &str, command: &clap::Command) -> Option<String> {
    let rest = word.strip_prefix('-')?;
    let name = rest.split('=').next().unwrap_or_default();
    let inner = command.get_subcommands().flat_map(clap::Command::get_arguments);
    let options: Vec<_> = command.get_arguments().chain(inner).collect();
    if options.iter().any(|option| option.get_long() == Some(name)) {
        return Some(format!("--{rest}"));
    }
    let query = rest.strip_prefix('q').filter(|_| options.iter().any(|option| option.get_short() == Some('q')))?;
    Some(format!("-q {query}"))
}

/// Returns the error that a word with one dash may be an option, as well as a word to exclude.
fn unclear(word: &str, meant: String, command: &clap::Command) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::UnknownArgument).with_cmd(command);
    error.insert(ContextKind::InvalidArg, ContextValue::String(word.to_owned()));
    error.insert(ContextKind::SuggestedArg, ContextValue::String(meant));
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![how_to_exclude(word).english.into()]));
    error
}

/// Returns how a word is excluded that may be an option as well.
pub fn how_to_exclude(word: &str) -> Bilingual {
    let bare = word.trim_start_matches('-');
    said!(
        "to exclude the word, write `NOT {bare}`, or put `{word}` after `--`",
        "pour exclure le mot, écrivez `NOT {bare}`, ou mettez `{word}` après `--`"
    )
}

/// Returns whether a word of the command line belongs to the query although it begins with a dash.
fn is_excluding(word: &str) -> bool {
    let Some(rest) = word.strip_prefix('-') else { return false };
    let flag = match rest.chars().next() {
        None | Some('-') => true,
        Some('n') => rest[1..].trim_start_matches('=').bytes().all(|b| b.is_ascii_digit()),
        Some('i') => rest.len() == 1 || rest[1..].starts_with(['=', '/', '.', '~']),
        Some('q') => rest.len() == 1 || rest[1..].starts_with('='),
        Some('h' | 'V') => rest.len() == 1,
        Some(_) => false,
    };
    !flag
}

/// Reads the name of an output format.
fn format() -> impl TypedValueParser<Value = &'static Format> {
    let value = |format: &&Format| PossibleValue::new(format.name).help(format.doc);
    PossibleValuesParser::new(FORMATS.iter().map(value)).try_map(|name| render::format(&name).ok_or(name))
}

/// Reads a character that parts cells.
fn separator(text: &str) -> Result<u8, Bilingual> {
    match text.as_bytes() {
        [byte] if byte.is_ascii_punctuation() && *byte != b'"' => Ok(*byte),
        b"\\t" | b"\t" => Ok(b'\t'),
        _ => Err(("a separator is one sign, such as , or ;", "un séparateur est un seul signe, comme , ou ;").into()),
    }
}

/// Reads a whole number with one of these units behind it, none (``) among them if one may be left out; letter case does
/// not matter. What is no such quantity is `refused`.
fn quantity(text: &str, units: &[(&str, u64)], refused: (&str, &str)) -> Result<u64, Bilingual> {
    let text = text.trim().to_lowercase();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let unit = units.iter().find(|(name, _)| *name == unit.trim_start());
    let (Ok(number), Some((_, unit))) = (number.parse::<u64>(), unit) else { return Err(refused.into()) };
    let too_much = || Bilingual::from(("that is more than there can be", "c’est plus qu’il ne peut y avoir"));
    number.checked_mul(*unit).ok_or_else(too_much)
}

/// Reads a size: a number with k, m or g (of 1024).
fn size(text: &str) -> Result<u64, Bilingual> {
    const K: u64 = 1 << 10;
    const M: u64 = 1 << 20;
    const G: u64 = 1 << 30;
    let units = [("", 1), ("b", 1), ("k", K), ("kb", K), ("kib", K), ("m", M), ("mb", M), ("mib", M), ("g", G)];
    let refused =
        ("a size is a number with k, m or g, such as 512m", "une taille est un nombre suivi de k, m ou g, comme 512m");
    quantity(text, &[&units[..], &[("gb", G), ("gib", G)]].concat(), refused)
}

/// Reads a half-life: a number with h, d (j), w, m or y (a), in seconds.
fn half_life(text: &str) -> Result<i64, Bilingual> {
    const HOUR: u64 = 3600;
    const DAY: u64 = 24 * HOUR;
    const YEAR: u64 = 365 * DAY;
    let units = [("h", HOUR), ("d", DAY), ("j", DAY), ("w", 7 * DAY), ("m", 30 * DAY), ("y", YEAR), ("a", YEAR)];
    let refused = (
        "a half-life is a number with h, d, w, m or y, such as 30d",
        "une demi-vie est un nombre suivi de h, j, w, m ou a, comme 30j",
    );
    let span = i64::try_from(quantity(text, &units, refused)?).ok();
    span.filter(|span| *span > 0).ok_or_else(|| refused.into())
}

/// Reads a time span: a number with s, m or h.
pub fn duration(text: &str) -> Result<Duration, Bilingual> {
    let refused =
        ("a time is a number with s, m or h, such as 30s", "une durée est un nombre suivi de s, m ou h, comme 30s");
    quantity(text, &[("", 1), ("s", 1), ("m", 60), ("h", 3600)], refused).map(Duration::from_secs)
}

/// Reads a number of any kind that counts something.
fn number<N: TryFrom<u64>>(text: &str) -> Result<N, Bilingual> {
    let number = text.trim().parse::<u64>().ok().and_then(|number| N::try_from(number).ok());
    number.ok_or_else(|| ("it is to be a whole number", "il faut un nombre entier").into())
}

/// Reads a number of threads.
pub fn threads(text: &str) -> Result<u16, Bilingual> {
    number(text)
        .ok()
        .filter(|threads| (1..=256).contains(threads))
        .ok_or_else(|| ("it is to be a whole number from 1 to 256", "il faut un nombre entier de 1 à 256").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn sizes_and_times() {
        for (text, want) in [
            ("1g", Some(1 << 30)),
            ("512m", Some(512 << 20)),
            ("64KiB", Some(64 << 10)),
            ("7", Some(7)),
            ("256M", Some(256 << 20)),
            ("2 GB", Some(2 << 30)),
            ("x", None),
            ("m", None),
            ("-1", None),
            ("1.5g", None),
            ("9999999999999g", None),
        ] {
            assert_eq!(size(text).ok(), want, "{text}");
        }
        let times = [("30s", Some(30)), ("2m", Some(120)), ("1h", Some(3600)), ("5", Some(5)), ("soon", None)];
        for (text, want) in times.into_iter().chain([("30S", Some(30)), ("2 M", Some(120)), ("30d", None)]) {
            assert_eq!(duration(text).ok().map(|span| span.as_secs()), want, "{text}");
        }
        for (text, want) in [("1h", Some(3600)), ("30D", Some(30 * 86_400)), ("2j", Some(2 * 86_400)), ("0d", None)] {
            assert_eq!(half_life(text).ok(), want, "{text}");
        }
        assert!(half_life("5").is_err() && half_life("9999999999999999y").is_err());
    }

    fn search(words: &[&str]) -> Search {
        let line = ["telex", "search"].iter().chain(words);
        match Cli::read(line.map(OsString::from)).unwrap_or_else(|error| panic!("{error}")).command {
            Command::Search(search) => search.0,
            _ => panic!("not a search"),
        }
    }

    #[test]
    fn unquoted_words_are_one_query_and_flags_stay_flags() {
        let got = search(&["hausse", "-Apple", "-n", "3", "+OPA", "--any", "date:2025"]);
        assert_eq!(got.query, ["hausse", "-Apple", "+OPA", "date:2025"]);
        assert_eq!((got.limit, got.scope.any), (3, true));
        assert_eq!(search(&["--", "-n", "x"]).query, ["-n", "x"]);
        assert_eq!(search(&["-5%", "-inflation", "-nickel", "-n5"]).query, ["-5%", "-inflation", "-nickel"]);
        assert_eq!(search(&["licenciements", "--in", "."]).query, ["licenciements"]);
    }

    #[test]
    fn a_value_may_begin_with_a_dash_and_so_may_a_name() {
        let got = search(&["-Apple", "--after", "-fCG7t", "--since", "-7d", "-i", "-dir", "usine"]);
        assert_eq!(got.query, ["-Apple", "usine"]);
        assert_eq!((got.after.as_deref(), got.scope.since.as_deref()), (Some("-fCG7t"), Some("-7d")));
        let read = |words: &[&str]| {
            let line = ["telex"].iter().chain(words).map(OsString::from);
            Cli::read(line).unwrap_or_else(|error| panic!("{error}"))
        };
        assert_eq!(read(&["search", "-x", "-i", "-dir"]).global.index, Some(PathBuf::from("-dir")));
        let Command::Explain(got) = read(&["explain", "-Apple usine", "-dash.txt"]).command else { panic!() };
        assert_eq!((got.0.query.as_str(), got.0.article.as_deref()), ("-Apple usine", Some("-dash.txt")));
        let Command::Saved(Late(got)) = read(&["saved", "add", "--", "-foo", "-q"]).command else { panic!() };
        assert!(matches!(got.command, SavedCommand::Add { name, query, .. } if name == "-foo" && query == ["-q"]));
    }
}
