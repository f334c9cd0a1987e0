//! `telex compact`: joins the segments of the index and drops what is no longer used.

use std::io::{self, Write};
use std::time::Duration;

use telex::index::{Index, Writer, WriterOptions};
use telex::render;
use telex::said;

use crate::args::{Global, duration};
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::terminal::Terminal;

/// Join the segments of the index, and drop what is no longer used.
///
/// Needs room for a second index while it works. The index stays as it was if it is stopped.
#[derive(clap::Args)]
pub struct Args {
    /// How long to wait for another process that writes to the index, such as 30s
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = duration)]
    pub wait: Duration,
}

pub fn run(args: &Args, global: &Global, terminal: &Terminal) -> Outcome {
    let place = place::existing(global)?;
    // Not to make an index where there is none.
    let before = Index::open(&place)?.stats()?;
    // Nothing is added, so that the time does not matter.
    let options = WriterOptions { threads: 1, memory: 64 << 20, rebuild: false, wait: args.wait, now: 0 };
    let (mut writer, table) = Writer::open(&place, options)?;
    let segments = writer.compact(&table)?;
    writer.close()?;
    let after = Index::open(&place)?.stats()?;
    let language = terminal.language;
    let joined = match segments as u64 {
        0 | 1 => language.pick("all is one segment", "tout tient en un segment").to_owned(),
        many => {
            let segments = render::counted(many, "segment", "segments", language);
            language.pick(format!("{segments} became one"), format!("{segments} n’en font plus qu’un"))
        }
    };
    let articles = render::counted(after.articles, "article", "articles", language);
    let forms =
        render::counted(after.forms, language.pick("form", "forme"), language.pick("forms", "formes"), language);
    let [from, to] = [before.bytes, after.bytes].map(|bytes| render::size(bytes, language));
    let said = said!(
        "{joined}: {articles}, {forms}, {from} before, {to} now",
        "{joined} : {articles}, {forms}, {from} avant, {to} maintenant"
    );
    writeln!(io::stdout(), "{}", said.to(language))?;
    Ok(Ending::Done)
}
