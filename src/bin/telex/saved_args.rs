//! The command line of saved searches and alerts; the rest stands in `args`.

use clap::{Args, Subcommand};

/// Keep queries under a name.
///
/// `saved:NAME` in a query stands for the query of that name, and `telex alert` tells what is new for it.
/// The searches are kept in saved.toml beside the index.
#[derive(Args)]
#[command(after_help = "\
Examples / Exemples:
  telex saved add layoffs 'licenciements OR layoffs'
  telex saved list
  telex search saved:layoffs --since 7d
  telex saved rm layoffs")]
pub struct Saved {
    #[command(subcommand)]
    pub command: SavedCommand,
}

#[derive(Subcommand)]
pub enum SavedCommand {
    /// Save a query under a name
    Add {
        /// Letters, digits, `-`, `_` and `.`
        name: String,
        /// The query; several words make one
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        /// Replace a search of that name
        #[arg(long)]
        replace: bool,
    },
    /// Print the saved searches
    List {
        /// Print JSON, one search a line
        #[arg(long)]
        json: bool,
    },
    /// Remove saved searches
    Rm {
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
}

/// Tell what is new for the saved searches since the last alert.
///
/// What was in the index when a search was saved is not new; an article is new once its text came or
/// changed. Nothing is missed. If an alert is killed while it tells, its articles are told again, marked as
/// such. Exit code 0 means that something was told, 1 that nothing is new.
#[derive(Args)]
#[command(after_help = "\
Examples / Exemples:
  telex index ~/presse && telex alert -i ~/presse/.telex
  telex alert layoffs --json
  telex alert --exec 'mail -s \"$TELEX_COUNT new: $TELEX_SAVED\" desk@example.com'")]
pub struct Alert {
    /// Saved searches [default: all]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Run a command for each search with something new, which gets it as JSON Lines on standard input; if
    /// the command fails, it is told again the next time
    #[arg(long, value_name = "CMD")]
    pub exec: Option<String>,
    /// Print JSON, one article a line (telex.alert/1)
    #[arg(long, conflicts_with = "exec")]
    pub json: bool,
}
