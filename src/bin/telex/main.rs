//! The door of telex: flags, terminal, exit codes. The library does the rest.

mod alert;
mod args;
mod clock;
mod compact;
mod completions;
mod doctor;
mod exit;
mod explain;
mod export;
mod facets;
mod index;
mod interrupt;
mod late;
mod place;
mod progress;
mod queries;
mod request;
mod saved;
mod saved_args;
mod search;
mod show;
mod similar;
mod stats;
mod terminal;
mod tickers;
mod tickers_args;
mod usage;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use args::{Cli, Command};
use terminal::Terminal;

/// Readers and indexing threads hand articles to one another; this allocator is made for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let line: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::read(line.iter().cloned()) {
        Ok(cli) => cli,
        Err(error) => return usage::tell(&error, &line),
    };
    let terminal = Terminal::new(&cli.global, cli.command.wants_json());
    let result = tickers::load(&cli).map_err(exit::Failure::from).and_then(|()| run(&cli, &terminal));
    exit::code(result, &terminal)
}

fn run(cli: &Cli, terminal: &Terminal) -> exit::Outcome {
    match &cli.command {
        Command::Index(args) => index::run(args, &cli.global, terminal),
        Command::Search(args) => search::run(args, &cli.global, terminal),
        Command::Facets(args) => facets::run(args, &cli.global, terminal),
        Command::Explain(args) => explain::run(args, &cli.global, terminal),
        Command::Similar(args) => similar::run(args, &cli.global, terminal),
        Command::Saved(args) => saved::run(args, &cli.global, terminal),
        Command::Alert(args) => alert::run(args, &cli.global, terminal),
        Command::Show(args) => show::run(args, &cli.global, terminal),
        Command::Stats(args) => stats::run(args, &cli.global, terminal),
        Command::Export(args) => export::run(args, &cli.global, terminal),
        Command::Tickers(args) => tickers::run(args, &cli.global, terminal),
        Command::Verify(args) => verify::run(args, &cli.global, terminal),
        Command::Compact(args) => compact::run(args, &cli.global, terminal),
        Command::Doctor(args) => doctor::run(args, &cli.global, terminal),
        Command::Completions(args) => completions::run(args, terminal),
    }
}
