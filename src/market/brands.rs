//! Brands and subsidiaries that were not always those of their company: `Skype` is Microsoft's since 2011, and was eBay's
//! before; `Paris Match` is LVMH's since 2024. The table tells since when and until when, where that is known.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::companies::{Listing, seconds};
use super::{spelling, table};

const BRANDS: &str = include_str!("../../data/brands.csv");

/// When a brand was a company's: the company's symbol and market, and the first second and the one after the last.
type Owned = (&'static str, &'static str, i64, i64);

/// Returns whether a brand was a company's at a time, in seconds since 1970, or is today.
pub fn is_owned(brand: &str, owner: &Listing, at: Option<i64>) -> bool {
    static DATED: OnceLock<FxHashMap<String, Vec<Owned>>> = OnceLock::new();
    let dated = DATED.get_or_init(|| {
        let mut dated: FxHashMap<String, Vec<Owned>> = FxHashMap::default();
        for [brand, symbol, mic, since, until] in dated_rows() {
            let [since, until] = [(since, i64::MIN), (until, i64::MAX)]
                .map(|(date, open)| if date.is_empty() { open } else { seconds(date) });
            dated.entry(spelling::folded(brand)).or_default().push((symbol, mic, since, until));
        }
        dated
    });
    let at = at.unwrap_or(i64::MAX - 1);
    let Some(owned) = dated.get(&spelling::folded(brand)) else { return true };
    let mut rows = owned.iter().filter(|row| row.0 == owner.symbol && row.1 == owner.mic.as_str()).peekable();
    rows.peek().is_none() || rows.any(|(.., since, until)| (*since..*until).contains(&at))
}

/// Returns the rows with a date.
fn dated_rows() -> impl Iterator<Item = [&'static str; 5]> {
    table::rows::<5>(BRANDS).filter(|[.., since, until]| !since.is_empty() || !until.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::companies;
    use super::*;
    use crate::article::{Mic, Ticker};

    #[test]
    fn a_brand_is_its_companys_while_it_owns_it() {
        let [in_2008, in_2020, in_2025] = [1_210_000_000, 1_590_000_000, 1_750_000_000].map(Some);
        for (brand, symbol, market, owned) in [
            ("Skype", "MSFT", "XNAS", [false, true, true]),
            ("SKYPE", "MSFT", "XNAS", [false, true, true]),
            ("Instagram", "META", "XNAS", [false, true, true]),
            ("AOL", "VZ", "XNYS", [false, true, false]),
            ("Paris Match", "MMB", "XPAR", [true, true, false]),
            ("Paris Match", "MC", "XPAR", [false, false, true]),
            ("Gucci", "KER", "XPAR", [true, true, true]),
            ("", "KER", "XPAR", [true, true, true]),
        ] {
            let owner = companies::of(&Ticker::new(symbol, Mic::new(market).unwrap())).unwrap();
            assert_eq!([in_2008, in_2020, in_2025].map(|at| is_owned(brand, owner, at)), owned, "{brand} {symbol}");
            assert_eq!(is_owned(brand, owner, None), owned[2], "{brand} {symbol}");
        }
        let is_date = |date: &str| date.is_empty() || seconds(date) > 0;
        assert!(dated_rows().all(|[.., since, until]| is_date(since) && is_date(until)));
    }
}
