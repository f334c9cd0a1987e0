//! The command line of `telex tickers`; the rest stands in `args`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Look up companies: by a code or a name, and what an index has that no table knows.
#[derive(Args)]
#[command(after_help = "\
Examples / Exemples:
  telex tickers resolve FR0000120321
  telex tickers resolve Société Générale
  telex tickers list renault
  telex tickers unknown
  telex tickers add my-companies.csv")]
pub struct Tickers {
    #[command(subcommand)]
    pub command: TickersCommand,
}

#[derive(Subcommand)]
pub enum TickersCommand {
    /// The companies that a code, a symbol or a name means
    Resolve {
        /// Such as AMZN, NASDAQ:AMZN, AMZN.O, an ISIN, or Société Générale
        #[arg(required = true)]
        text: Vec<String>,
    },
    /// Every listing known, or those whose symbol or name holds NAME, with the company's main listing
    List { name: Vec<String> },
    /// The securities of the index that no table knows, the most frequent first
    Unknown,
    /// Add a table of companies of one's own: symbol,mic,name,aliases,isin
    Add { file: PathBuf },
}
