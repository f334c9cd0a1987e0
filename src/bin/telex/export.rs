//! `telex export`: the record of every article, in the order of the ids.

use std::io::{self, BufWriter, Write};

use telex::Error;
use telex::index::Index;
use telex::render;

use crate::args::{Export, Global};
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::terminal::Terminal;

pub fn run(args: &Export, global: &Global, _terminal: &Terminal) -> Outcome {
    let index = Index::open(&place::existing(global)?)?;
    let mut out = BufWriter::new(io::stdout().lock());
    // The visitor's error is the library's; that of the output is kept apart, for its own exit code.
    let mut failed = None;
    let visited = index.for_each_article(&mut |article| {
        render::article(&article, args.text, &mut out).map_err(|error| {
            let told = Error::io("standard output", io::Error::from(error.kind()));
            failed = Some(error);
            told
        })
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    visited?;
    out.flush()?;
    Ok(Ending::Done)
}
