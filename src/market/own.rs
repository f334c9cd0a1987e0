//! A person's own table of companies, beside the program's: rows of symbol, market, name, other names and
//! ISIN, as in `data/companies.csv`.
//!
//! The tables are given once, before the first question; they stay for the whole run. A name in it means its
//! company whatever the program's tables say, and is never taken for an ordinary word.

use std::sync::OnceLock;

use super::{exchange, isin, symbol, table};
use crate::article::Mic;
use crate::wording::Bilingual;

/// The columns of a table.
const HEADER: &str = "symbol,mic,name,aliases,isin";

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
pub fn use_tables(tables: &[String], alone: bool) -> Result<usize, Bilingual> {
    let mut text = format!("{HEADER}\n");
    let mut count = 0;
    for table in tables {
        count += check_table(table)?;
        for line in table.trim_start_matches('\u{feff}').lines().skip(1) {
            text.push_str(line);
            text.push('\n');
        }
    }
    let own = Own { text: Box::leak(text.into_boxed_str()), alone };
    OWN.set(own).map_err(|_| {
        Bilingual::from(("tables of companies were given already", "des tables de sociétés ont déjà été données"))
    })?;
    Ok(count)
}

/// Checks a table as [`use_tables`] does, and returns how many companies it has.
///
/// # Errors
/// A message with the line of the first row that is wrong.
pub fn check_table(text: &str) -> Result<usize, Bilingual> {
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    if !header.starts_with("symbol,mic,name") {
        return Err(said!("line 1: the header must be `{HEADER}`", "ligne 1 : l’en-tête doit être `{HEADER}`"));
    }
    let mut count = 0;
    for (at, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()) {
        let [symbol, code, name, _, code_of_share] = table::fields(line);
        check(symbol, code, name, code_of_share).map_err(|wrong| {
            let (line, Bilingual { english, french }) = (at + 1, wrong);
            said!("line {line}: {english}", "ligne {line} : {french}")
        })?;
        count += 1;
    }
    Ok(count)
}

/// Checks one row.
fn check(written: &str, code: &str, name: &str, code_of_share: &str) -> Result<(), Bilingual> {
    let mic = Mic::new(code).filter(|mic| exchange::is_known(*mic)).ok_or_else(|| {
        said!(
            "`{code}` is no market that telex knows (ISO 10383, such as XPAR)",
            "`{code}` n’est pas un marché que telex connaît (ISO 10383, comme XPAR)"
        )
    })?;
    if symbol::canonical(written, mic) != written || !symbol::fits(written, mic) {
        return Err(said!("`{written}` is no symbol of {code}", "`{written}` n’est pas un symbole de {code}"));
    }
    if name.trim().is_empty() {
        return Err(said!("{code}:{written} has no name", "{code}:{written} n’a pas de nom"));
    }
    if !code_of_share.is_empty() && !isin::is_valid(code_of_share) {
        return Err(said!("`{code_of_share}` is no ISIN", "`{code_of_share}` n’est pas un code ISIN"));
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
            assert!(told.unwrap_or_default().english.contains(wrong.unwrap_or_default()), "{row:?}");
        }
    }

    #[test]
    fn a_table_needs_its_header() {
        assert!(
            use_tables(&["MC,XPAR,LVMH".to_owned()], false).is_err_and(|message| message.french.starts_with("ligne 1"))
        );
    }
}
