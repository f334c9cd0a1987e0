//! `telex verify`: looks at every byte of the index.

use std::io::{self, Write};

use telex::error::{Error, Kind};
use telex::index;
use telex::wording::UiLanguage;
use telex::{render, said};

use crate::args::Global;
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::terminal::Terminal;

/// Look at every byte of the index, and say what is damaged.
///
/// Reads the checksum of every file, and compares the vocabulary and the table of files with the articles.
/// Exit code 3 if anything is damaged.
#[derive(clap::Args)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn run(args: &Args, global: &Global, terminal: &Terminal) -> Outcome {
    let place = place::existing(global)?;
    let found = index::verify(&place)?;
    let mut out = io::stdout().lock();
    if args.json {
        render::verification(&found, &mut out)?;
    } else {
        render::verification_text(&found, terminal.language, &mut out)?;
    }
    out.flush()?;
    if found.damages.is_empty() {
        return Ok(Ending::Done);
    }
    let damages = found.damages.len() as u64;
    let places = UiLanguage::English.plural(damages, "place", "places");
    let endroits = UiLanguage::French.plural(damages, "endroit", "endroits");
    let message = said!("damage in {damages} {places}", "abîmé en {damages} {endroits}");
    Err(Error::new(Kind::Corrupt, message).at(place).hint(index::REBUILD).into())
}
