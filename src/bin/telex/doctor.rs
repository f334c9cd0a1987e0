//! `telex doctor`: what is wrong with folders of articles.

use std::io::{self, Write};
use std::path::PathBuf;

use telex::doctor::{self, DoctorOptions};
use telex::index::Index;
use telex::indexer::Observer;
use telex::render;

use crate::args::{Global, Limits, threads};
use crate::clock::now;
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::progress::Watch;
use crate::request::limits;
use crate::terminal::Terminal;

/// Say what is wrong with folders of articles, and write nothing.
///
/// Reads the files as `telex index` does. Looks for what is not read, and why; what is
/// too large; a declared charset that is not that of the text; mojibake; dates that are none, lie in the
/// future or are missing; articles without a text, or of nothing but boilerplate; articles that say the
/// same; securities that are in no table. Exit code 1 if anything is wrong.
#[derive(clap::Args)]
#[command(after_help = "\
Examples / Exemples:
  telex doctor ~/presse
  telex doctor ~/presse --all | less
  telex doctor --json | jq '.counts'                 the folders of the index at hand")]
pub struct Args {
    /// Folders and files of news [default: those of the index]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// List everything that is wrong, and not five examples of each sort
    #[arg(long)]
    pub all: bool,
    /// Print JSON, with everything that is wrong
    #[arg(long)]
    pub json: bool,
    /// How many threads read [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub limits: Limits,
}

/// How many examples are shown of each sort of fault.
const EXAMPLES: usize = 5;

pub fn run(args: &Args, global: &Global, terminal: &Terminal) -> Outcome {
    let index = match args.paths.first() {
        Some(path) => place::of(path, global),
        None => place::existing(global)?,
    };
    let paths = match args.paths.is_empty() {
        true => Index::open(&index)?.roots().into_iter().map(|root| root.path).collect(),
        false => args.paths.clone(),
    };
    let options = DoctorOptions {
        threads: args.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from),
        now: now(),
        limits: limits(&args.limits),
        fields: place::config(&index, global)?.fields,
    };
    let watch = Watch::new(terminal, None, false);
    let found = doctor::examine(&paths, &options, &|| watch.cancelled());
    watch.finish()?;
    let found = found?;
    let mut out = io::stdout().lock();
    if args.json {
        render::diagnosis(&found, &mut out)?;
    } else {
        let examples = if args.all { usize::MAX } else { EXAMPLES };
        render::diagnosis_text(&found, examples, terminal.language, &mut out)?;
    }
    out.flush()?;
    Ok(match () {
        () if found.interrupted => Ending::Interrupted,
        () if found.findings.is_empty() => Ending::Done,
        () => Ending::Nothing,
    })
}
