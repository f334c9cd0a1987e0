//! `telex completions`: scripts for shells.

use std::io::{self, Write};

use clap::CommandFactory;

use crate::args::{Cli, Completions};
use crate::exit::{Ending, Outcome};
use crate::terminal::Terminal;

pub fn run(args: &Completions, _terminal: &Terminal) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "telex", &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Ending::Done)
}
