//! Houses: markets that are segments of one exchange, or lie in one place and share their symbols.
//!
//! News names one segment for another: Reuters writes `.PA` for all of Paris, the register of the United States `NYSE`
//! for NYSE American, an issuer `OTCQX` for an over-the-counter share. A symbol that its market does not know, and that
//! another segment has, is the latter's. The build script compiles which segments know a symbol into a finite-state map,
//! since every mention and every search that names a company asks.

use std::collections::BTreeMap;

use fst::Map;

/// Markets with one set of symbols, the main one first.
struct House {
    markets: &'static [&'static str],
    /// Whether the rows of a register move no symbol: between exchanges, another company may have taken it up since.
    reviewed: bool,
}

const fn house(markets: &'static [&'static str]) -> House {
    House { markets, reviewed: false }
}

/// Every house.
const HOUSES: [House; 10] = [
    house(&["XPAR", "ALXP", "XMLI"]),
    house(&["XLON", "AIMX", "AQSE"]),
    house(&["XNYS", "XASE", "ARCX"]),
    // Companies that move from one exchange of the United States to another keep their symbol.
    House { markets: &["XNYS", "XNAS", "XASE", "ARCX", "BATS", "IEXG", "LTSE"], reviewed: true },
    house(&["OTCM", "OTCQ", "OTCB", "PINX"]),
    house(&["XETR", "XFRA", "XSTU", "XMUN", "XBER", "XHAN", "XHAM", "XDUS", "XGAT"]),
    house(&["XTSE", "XTSX", "XCNQ", "NEOE"]),
    house(&["XKRX", "XKOS"]),
    house(&["XNSE", "XBOM"]),
    house(&["XTKS", "XOSE"]),
];

/// Where a row comes from.
#[allow(dead_code, reason = "the build script alone has rows")]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A table that was looked through.
    Reviewed,
    /// A register as it is.
    Unreviewed,
    /// A symbol that is gone: its market knew it, and it is no one's home.
    Gone,
}

/// How many bits tell which segments of a house know a symbol; as many above them, of which it is at home there.
const SEGMENTS: usize = 16;

/// The segments of every symbol, as they are gathered.
#[allow(dead_code, reason = "the build script alone compiles")]
#[derive(Default)]
pub struct Compiler(BTreeMap<Vec<u8>, u64>);

#[allow(dead_code, reason = "the build script alone compiles")]
impl Compiler {
    /// Adds a listing.
    pub fn add(&mut self, symbol: &str, mic: &str, row: Row) {
        for (at, house, segment) in segments(mic) {
            let is_home = row == Row::Reviewed || row == Row::Unreviewed && !house.reviewed;
            let bits = 1 | u64::from(is_home) << SEGMENTS;
            *self.0.entry(key(at, symbol)).or_default() |= bits << segment;
        }
    }

    /// Returns the bytes of the map.
    pub fn compile(self) -> Result<Vec<u8>, fst::Error> {
        let mut builder = fst::MapBuilder::memory();
        builder.extend_iter(self.0)?;
        builder.into_inner()
    }
}

/// Returns the segment of the same house that has a symbol, if this market does not know it.
pub fn home<D: AsRef<[u8]>>(map: &Map<D>, symbol: &str, mic: &str) -> Option<&'static str> {
    for (at, house, segment) in segments(mic) {
        let Some(known) = map.get(key(at, symbol)) else { continue };
        if known >> segment & 1 == 1 {
            return None;
        }
        if let Some(home) = house.markets.get((known >> SEGMENTS).trailing_zeros() as usize) {
            return Some(home);
        }
    }
    None
}

/// Returns the houses of a market, each with its number and that of the market in it.
fn segments(mic: &str) -> impl Iterator<Item = (u8, &'static House, usize)> {
    let houses = (0..).zip(&HOUSES);
    houses.filter_map(move |(at, house)| Some((at, house, house.markets.iter().position(|market| *market == mic)?)))
}

fn key(house: u8, symbol: &str) -> Vec<u8> {
    [&[house], symbol.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_at_home_where_its_house_has_it() {
        let mut compiler = Compiler::default();
        for (symbol, mic, row) in [
            ("ALAAA", "ALXP", Row::Reviewed),
            ("BBB", "XPAR", Row::Reviewed),
            ("CCC", "XPAR", Row::Gone),
            ("CCC", "ALXP", Row::Reviewed),
            ("DDD", "XNYS", Row::Unreviewed),
            ("EEE", "XNAS", Row::Reviewed),
            ("FFF", "OTCM", Row::Unreviewed),
        ] {
            compiler.add(symbol, mic, row);
        }
        let map = Map::new(compiler.compile().unwrap()).unwrap();
        for (symbol, mic, expected) in [
            ("ALAAA", "XPAR", Some("ALXP")),
            ("ALAAA", "ALXP", None),
            ("ALAAA", "XLON", None),
            ("BBB", "XMLI", Some("XPAR")),
            // Paris had one of its own.
            ("CCC", "XPAR", None),
            ("DDD", "XASE", Some("XNYS")),
            ("DDD", "XNAS", None),
            ("EEE", "XNYS", Some("XNAS")),
            ("FFF", "OTCQ", Some("OTCM")),
            ("FFF", "XNAS", None),
            ("", "XPAR", None),
        ] {
            assert_eq!(home(&map, symbol, mic), expected, "{mic}:{symbol}");
        }
    }

    #[test]
    fn a_house_fits_into_its_bits() {
        assert!(HOUSES.iter().all(|house| house.markets.len() <= SEGMENTS));
    }
}
