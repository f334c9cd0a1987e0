//! A person's own table of companies, beside the program's: rows of symbol, market, name, other names and
//! ISIN, as in `data/companies.csv`.
//!
//! The tables are given once, before the first question; they stay for the whole run. A name in it means its
//! company whatever the program's tables say, and is never taken for an ordinary word.

use std::sync::OnceLock;

use super::{exchange, isin, symbol, table};
use crate::article::Mic;

/// What a person has given.
struct Own {
    /// All tables in one.
    text: &'static str,
    /// Whether it stands in the place of the program's tables.
    alone: bool,
}

static OWN: OnceLock<Own> = OnceLock::new();

/// Returns the table that was given.
pub(super) fn table() -> Option<&'static str> {
    OWN.get().map(|own| own.text)
}

/// Returns whether the program's own tables of companies count no more.
pub(super) fn is_alone() -> bool {
    OWN.get().is_some_and(|own| own.alone)
}

/// Uses tables of companies beside the program's, or `alone` in their place: comma-separated, with the header
/// `symbol,mic,name,aliases,isin`; other names are separated by `|`, and the last two columns may be missing. Returns
/// how many companies they have. Labels of markets and acronyms stay those of the program.
///
/// # Errors
/// A message with the line of the first row that is wrong; nothing is used then. A second call is refused.
pub fn use_tables(tables: &[String], alone: bool) -> Result<usize, String> {
    let mut text = "symbol,mic,name,aliases,isin\n".to_owned();
    let mut count = 0;
    for table in tables {
        count += check_table(table)?;
        for line in table.trim_start_matches('\u{feff}').lines().skip(1) {
            text.push_str(line);
            text.push('\n');
        }
    }
    let own = Own { text: Box::leak(text.into_boxed_str()), alone };
    OWN.set(own).map_err(|_| "tables of companies were given already".to_owned())?;
    Ok(count)
}

/// Checks a table as [`use_tables`] does, and returns how many companies it has.
///
/// # Errors
/// A message with the line of the first row that is wrong.
pub fn check_table(text: &str) -> Result<usize, String> {
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    if !header.starts_with("symbol,mic,name") {
        return Err("line 1: the header must be `symbol,mic,name,aliases,isin`".to_owned());
    }
    let mut count = 0;
    for (at, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()) {
        let [symbol, code, name, _, code_of_share] = table::fields(line);
        check(symbol, code, name, code_of_share).map_err(|message| format!("line {}: {message}", at + 1))?;
        count += 1;
    }
    Ok(count)
}

/// Checks one row.
fn check(written: &str, code: &str, name: &str, code_of_share: &str) -> Result<(), String> {
    let mic = Mic::new(code)
        .filter(|mic| exchange::is_known(*mic))
        .ok_or_else(|| format!("`{code}` is no market that telex knows (ISO 10383, such as XPAR)"))?;
    if symbol::canonical(written, mic) != written || !symbol::fits(written, mic) {
        return Err(format!("`{written}` is no symbol of {code}"));
    }
    if name.trim().is_empty() {
        return Err(format!("{code}:{written} has no name"));
    }
    if !code_of_share.is_empty() && !isin::is_valid(code_of_share) {
        return Err(format!("`{code_of_share}` is no ISIN"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_checked() {
        for (row, wrong) in [
            (["MC", "XPAR", "LVMH", "FR0000121014"], None),
            (["MC", "PARIS", "LVMH", ""], Some("no market")),
            (["mc", "XPAR", "LVMH", ""], Some("no symbol")),
            (["MC", "XPAR", " ", ""], Some("no name")),
            (["MC", "XPAR", "LVMH", "FR0000121015"], Some("no ISIN")),
        ] {
            let told = check(row[0], row[1], row[2], row[3]).err();
            assert_eq!(told.is_some(), wrong.is_some(), "{row:?}: {told:?}");
            assert!(told.unwrap_or_default().contains(wrong.unwrap_or_default()), "{row:?}");
        }
    }

    #[test]
    fn a_table_needs_its_header() {
        assert!(use_tables(&["MC,XPAR,LVMH".to_owned()], false).is_err_and(|message| message.starts_with("line 1")));
    }
}
