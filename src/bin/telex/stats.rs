//! `telex stats`: figures of the index.

use std::io::{self, Write};

use telex::index::Index;
use telex::render;

use crate::args::{Global, Stats};
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::terminal::Terminal;

pub fn run(args: &Stats, global: &Global, terminal: &Terminal) -> Outcome {
    let stats = Index::open(&place::existing(global)?)?.stats()?;
    let mut out = io::stdout().lock();
    if args.json {
        render::stats(&stats, &mut out)?;
    } else {
        render::stats_text(&stats, terminal.language, &mut out)?;
    }
    out.flush()?;
    Ok(Ending::Done)
}
