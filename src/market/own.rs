//! A person's own table of companies, beside the program's: rows of symbol, market, name, other names and
//! ISIN, as in `data/companies.csv`.
//!
//! The tables are given once, before the first question; they stay for the whole run. A name in it means its
//! company whatever the program's tables say, and is never taken for an ordinary word.

use std::collections::hash_map::Entry;
use std::sync::OnceLock;

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use rustc_hash::FxHashMap;

use super::{exchange, isin, symbol};
use crate::article::Mic;
use crate::wording::Bilingual;

/// The columns of a table.
const HEADER: &str = "symbol,mic,name,aliases,isin";

/// A row of a table: symbol, market, name, other names and ISIN.
pub(super) type Row = [&'static str; 5];

/// What a person has given.
struct Own {
    /// The rows of all tables, one for each symbol and market.
    rows: Vec<Row>,
    /// Where the row of each symbol and market is.
    places: FxHashMap<(&'static str, &'static str), usize>,
    /// Whether it stands in the place of the program's tables.
    alone: bool,
}

static OWN: OnceLock<Own> = OnceLock::new();

/// Returns the rows that were given.
pub(super) fn rows() -> &'static [Row] {
    OWN.get().map(|own| own.rows.as_slice()).unwrap_or_default()
}

/// Returns the row of a symbol on a market, if one was given.
pub(super) fn row(symbol: &str, mic: &str) -> Option<&'static Row> {
    let own = OWN.get()?;
    own.rows.get(*own.places.get(&(symbol, mic))?)
}

/// Returns whether the program's own tables of companies count no more.
pub(super) fn is_alone() -> bool {
    OWN.get().is_some_and(|own| own.alone)
}

/// Uses tables of companies beside the program's, or `alone` in their place: comma-separated (RFC 4180), with the header
/// `symbol,mic,name,aliases,isin`; other names are separated by `|`, and the last two columns may be missing. Of rows of
/// one symbol and market the last counts. Returns how many companies they have. Labels of markets and acronyms stay those
/// of the program.
///
/// # Errors
/// A message with the line of the first row that is wrong; nothing is used then. A second call is refused.
pub fn use_tables(tables: &[String], alone: bool) -> Result<usize, Bilingual> {
    let mut records = Vec::new();
    for table in tables {
        records.extend(read(table)?);
    }
    let leaked = |text: &str| -> &'static str { if text.is_empty() { "" } else { text.to_owned().leak() } };
    let row = |record: StringRecord| [0, 1, 2, 3, 4].map(|column| leaked(field(&record, column)));
    let rows: Vec<Row> = last_of_each(records).into_iter().map(row).collect();
    let count = rows.len();
    let places = rows.iter().enumerate().map(|(at, [symbol, mic, ..])| ((*symbol, *mic), at)).collect();
    OWN.set(Own { rows, places, alone }).map_err(|_| {
        Bilingual::from(("tables of companies were given already", "des tables de sociétés ont déjà été données"))
    })?;
    Ok(count)
}

/// Checks a table as [`use_tables`] does, and returns how many rows it has.
///
/// # Errors
/// A message with the line of the first row that is wrong.
pub fn check_table(text: &str) -> Result<usize, Bilingual> {
    read(text).map(|rows| rows.len())
}

/// Returns the table `old` with the rows of `new`, both as [`use_tables`] takes them. One that the old table has for the
/// same symbol and market gives way, so that a person can correct it.
///
/// # Errors
/// A message with the line of the first row that is wrong.
pub fn merge_tables(old: &str, new: &str) -> Result<String, Bilingual> {
    let mut records = read(old)?;
    records.extend(read(new)?);
    let mut table = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for record in last_of_each(records) {
        table.write_record(&record).map_err(|error| Bilingual::same(error.to_string()))?;
    }
    let rows = table.into_inner().map_err(|error| Bilingual::same(error.to_string()))?;
    let header = without_mark(old).lines().next().unwrap_or_default();
    Ok(format!("{header}\n{}", String::from_utf8_lossy(&rows)))
}

/// Reads the rows of a table and checks them.
fn read(text: &str) -> Result<Vec<StringRecord>, Bilingual> {
    let text = without_mark(text);
    if !text.starts_with("symbol,mic,name") {
        return Err(said!("line 1: the header must be `{HEADER}`", "ligne 1 : l’en-tête doit être `{HEADER}`"));
    }
    let mut rows = Vec::new();
    for record in ReaderBuilder::new().flexible(true).from_reader(text.as_bytes()).into_records() {
        let record = record.map_err(|error| Bilingual::same(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        check(&record)
            .map_err(|Bilingual { english, french }| said!("line {line}: {english}", "ligne {line} : {french}"))?;
        rows.push(record);
    }
    Ok(rows)
}

/// Returns a text without the byte order mark before it.
fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Returns a field of a row; empty if the row ends before it.
fn field(record: &StringRecord, column: usize) -> &str {
    record.get(column).unwrap_or_default()
}

/// Returns of the rows of each symbol and market the last, at the place of the first.
fn last_of_each(records: Vec<StringRecord>) -> Vec<StringRecord> {
    let mut places = FxHashMap::default();
    let mut last: Vec<StringRecord> = Vec::with_capacity(records.len());
    for record in records {
        match places.entry((field(&record, 0).to_owned(), field(&record, 1).to_owned())) {
            Entry::Occupied(place) => last[*place.get()] = record,
            Entry::Vacant(place) => {
                place.insert(last.len());
                last.push(record);
            }
        }
    }
    last
}

/// Checks one row.
fn check(row: &StringRecord) -> Result<(), Bilingual> {
    let [written, code, name, _, code_of_share] = [0, 1, 2, 3, 4].map(|column| field(row, column));
    if row.iter().any(|field| field.contains(['\n', '\r'])) {
        return Err(Bilingual::from((
            "a field goes over the end of the line: is a quotation mark missing?",
            "un champ dépasse la fin de la ligne : manque-t-il un guillemet ?",
        )));
    }
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
            ("MC,XPAR,LVMH,,FR0000121014", None),
            ("MC,XPAR,LVMH", None),
            ("ZEMC,XNYS,\"Zembla \"\"Royal\"\" Ports, Inc.\",,", None),
            ("MC,PARIS,LVMH,,", Some("no market")),
            ("mc,XPAR,LVMH,,", Some("no symbol")),
            ("MC,XPAR, ,,", Some("no name")),
            ("MC,XPAR,LVMH,,FR0000121015", Some("no ISIN")),
            ("MC,XPAR,\"LVMH,,\nOR,XPAR,Oréal,,", Some("line 2: a field goes over")),
        ] {
            let told = check_table(&format!("{HEADER}\n{row}\n")).err();
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

    #[test]
    fn of_the_rows_of_a_security_the_last_counts() {
        let old = format!("{HEADER}\nZQA,XPAR,Zorvane,,\nZQB,XNYS,\"Zembla \"\"Royal\"\" Ports\",\"Zembla, Inc.\",\n");
        let new = "\u{feff}symbol,mic,name\r\nZQA,XPAR,Zorvane Old\r\nZQA,XNYS,Other\r\nZQA,XPAR,Zorvane New\r\n";
        let merged = merge_tables(&old, new).unwrap();
        let want = "ZQA,XPAR,Zorvane New\nZQB,XNYS,\"Zembla \"\"Royal\"\" Ports\",\"Zembla, Inc.\",\nZQA,XNYS,Other\n";
        assert_eq!(merged, format!("{HEADER}\n{want}"));
        assert_eq!(merge_tables(&merged, new).unwrap(), merged, "a second time it changes nothing");
    }

    #[test]
    fn adding_many_rows_again_takes_no_time() {
        let rows: String = (0..60_000).map(|n| format!("Z{n},XPAR,Zorvane {n}\n")).collect();
        let table = format!("{HEADER}\n{rows}");
        let start = std::time::Instant::now();
        assert_eq!(merge_tables(&table, &table).unwrap().lines().count(), 60_001);
        // Every row compared with every other takes a minute and more in a debug build.
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    }
}
