//! Companies that are gone and whose symbol another one has today: each has a ticker of its own, with the year in which it
//! went, so that nobody takes Washington Mutual for Waste Management.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::companies::{CHANGES, FORMER, Listing, Standing, find, listings};
use super::table;
use crate::article::Ticker;

impl Listing {
    /// Returns the ticker that stands for a company that is gone and whose symbol another one has today: with the year in
    /// which it went, `XNYS:WM.2008`. `None` for every other.
    pub(super) fn gone(&self) -> Option<Ticker> {
        let is_taken =
            || listings(self.symbol).any(|other| other.mic == self.mic && other.standing < Standing::OtherLine);
        let renamed = || find(CHANGES, &self.ticker()).next().is_some();
        (self.standing == Standing::Former && is_taken() && !renamed())
            .then(|| Ticker::new(format!("{}.{}", self.symbol, year(self.until)), self.mic))
    }
}

/// Returns the listing of a company that is gone, by a ticker with the year in which it went.
pub(super) fn gone(ticker: &Ticker) -> Option<&'static Listing> {
    let (symbol, year) = ticker.symbol.rsplit_once('.')?;
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut same = listings(symbol).filter(|listing| listing.mic == ticker.mic);
    same.find(|listing| listing.gone().is_some_and(|gone| gone == *ticker))
}

/// Returns the company that is gone and had this symbol at a time, in seconds since 1970, if another one has it today.
pub(super) fn gone_since(ticker: &Ticker, at: i64) -> Option<Ticker> {
    static SYMBOLS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    // Every mention and every search that names a company asks: one small table tells most of them.
    let symbols = SYMBOLS.get_or_init(|| table::rows::<1>(FORMER).map(|[symbol]| symbol).collect());
    if !symbols.contains(ticker.symbol.as_str()) {
        return None;
    }
    let same = listings(&ticker.symbol).filter(|listing| listing.mic == ticker.mic && at < listing.until);
    same.filter_map(|listing| Some((listing.until, listing.gone()?)))
        .min_by_key(|(until, _)| *until)
        .map(|(_, gone)| gone)
}

/// Returns the year, UTC, of a moment in seconds since 1970.
fn year(at: i64) -> i16 {
    jiff::Timestamp::from_second(at).map_or(1970, |at| jiff::tz::TimeZone::UTC.to_datetime(at).year())
}

#[cfg(test)]
mod tests {
    use super::super::{canonical, companies, companies_of, names, resolve};
    use crate::article::{Mic, Ticker};

    #[test]
    fn a_company_that_is_gone_is_no_one_else() {
        let ticker = Ticker::new("WM", Mic::new("XNYS").unwrap());
        let gone = canonical(&ticker, Some(1_200_000_000));
        assert_eq!((gone.to_string().as_str(), canonical(&gone, None)), ("XNYS:WM.2008", gone.clone()));
        assert_eq!([None, Some(1_700_000_000)].map(|at| canonical(&ticker, at)), [&ticker, &ticker].map(Ticker::clone));
        assert_eq!(companies::name(&gone), Some("Washington Mutual"));
        let shown = |tickers: Vec<Ticker>| tickers.iter().map(Ticker::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(shown(names::tickers("washington mutual")), "XNYS:WM.2008");
        assert_eq!(shown(names::tickers("waste management")), "XNYS:WM");
        assert_eq!(shown(names::mentioned("washington mutual bankruptcy")), "XNYS:WM.2008");
        assert_eq!(shown(resolve("XNYS:WM.2008")), "XNYS:WM.2008");
        assert_eq!(shown(companies_of(std::slice::from_ref(&ticker))), "XNYS:WM XNYS:WM.2008");
        assert_eq!(shown(companies_of(std::slice::from_ref(&gone))), "XNYS:WM.2008");
        assert!(companies::names(&ticker).iter().all(|name| !name.contains("mutual")));
    }
}
