//! Brands and subsidiaries that were not always those of their company: `Skype` is Microsoft's since 2011, and was eBay's
//! before. The table tells since when, where that is known.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::companies::seconds;
use super::{spelling, table};

const BRANDS: &str = include_str!("../../data/brands.csv");

/// Returns whether a brand was its company's at a time, in seconds since 1970.
pub fn is_owned(brand: &str, at: i64) -> bool {
    static SINCE: OnceLock<FxHashMap<String, i64>> = OnceLock::new();
    let dated = || table::rows::<4>(BRANDS).filter(|[.., since]| !since.is_empty());
    let since =
        SINCE.get_or_init(|| dated().map(|[brand, _, _, since]| (spelling::folded(brand), seconds(since))).collect());
    since.get(&spelling::folded(brand)).is_none_or(|since| at >= *since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_is_its_companys_since_it_was_bought() {
        let [in_2008, in_2020] = [1_210_000_000, 1_590_000_000];
        for brand in ["Skype", "SKYPE", "AOL", "Instagram"] {
            assert!(!is_owned(brand, in_2008) && is_owned(brand, in_2020), "{brand}");
        }
        assert!(is_owned("Gucci", in_2008) && is_owned("", 0));
        let dated = table::rows::<4>(BRANDS).filter(|[.., since]| !since.is_empty());
        assert!(dated.map(|[.., since]| seconds(since)).all(|since| since > 0));
    }
}
