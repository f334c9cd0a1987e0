//! `telex compact`: joins the segments of the index and drops what is no longer used.

use std::io::{self, Write};
use std::time::Duration;

use telex::index::{Index, Writer, WriterOptions};
use telex::said;
use telex::wording::Bilingual;

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
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let (from, to) = (megabytes(before.bytes), megabytes(after.bytes));
    let (articles, forms) = (after.articles, after.forms);
    let joined = match segments {
        0 | 1 => said!("all is one segment", "tout tient en un segment"),
        _ => said!("{segments} segments became one", "{segments} segments n’en font plus qu’un"),
    };
    let Bilingual { english, french } = joined;
    let noun = terminal.language.plural(articles, "article", "articles");
    let said = said!(
        "{english}: {articles} {noun}, {forms} forms, {from:.1} MB before, {to:.1} MB now",
        "{french} : {articles} {noun}, {forms} formes, {from:.1} Mo avant, {to:.1} Mo maintenant"
    );
    writeln!(io::stdout(), "{}", said.to(terminal.language))?;
    Ok(Ending::Done)
}
