//! A person's own table of companies, beside the program's: rows of symbol, market, name, other names and
//! ISIN, as in `data/companies.csv`.
//!
//! The table is given once, before the first question; it stays for the whole run. A name in it means its
//! company whatever the program's tables say, and is never taken for an ordinary word.

use std::sync::OnceLock;

use super::{exchange, isin, symbol, table};
use crate::article::Mic;

static TABLE: OnceLock<&'static str> = OnceLock::new();

/// Returns the table that was given.
pub(super) fn table() -> Option<&'static str> {
    TABLE.get().copied()
}

/// Adds a table of companies: comma-separated, with the header `symbol,mic,name,aliases,isin`; other names
/// are separated by `|`, and the last two columns may be missing. Returns how many companies it has.
///
/// # Errors
/// A message with the line of the first row that is wrong; nothing is added then. A second table is refused.
pub fn add(text: &str) -> Result<usize, String> {
    let count = check_table(text)?;
    let text: &'static str = Box::leak(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").into_boxed_str());
    TABLE.set(text).map_err(|_| "a table of companies was given already".to_owned())?;
    Ok(count)
}

/// Checks a table as [`add`] does, and returns how many companies it has.
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
        assert!(add("MC,XPAR,LVMH").is_err_and(|message| message.starts_with("line 1")));
    }
}
