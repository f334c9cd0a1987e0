//! ISINs, the international numbers of securities (ISO 6166): two letters of a country, nine letters or
//! digits, and a check digit.
//!
//! The check digit is what tells an ISIN from any other code of twelve characters, so it stands apart
//! from the tables: an ISIN is right or wrong whether its company is known or not.

/// Prefixes in use: the countries of ISO 3166, then the agencies' own (`XS` for Euroclear and
/// Clearstream, `EU` for the European Union).
const PREFIXES: &str = "\
    AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
    MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW EU XA XB XC XD XF XK XS";

/// Returns the ISIN that `code` is, in capitals, if its form and its check digit are right.
pub fn parse(code: &str) -> Option<String> {
    let code = code.to_ascii_uppercase();
    is_valid(&code).then_some(code)
}

/// Returns whether `code` is an ISIN in capitals: twelve characters, a prefix in use, and the right check
/// digit by the Luhn sum over the digits of its base-36 values (ISO 6166, annex C).
pub fn is_valid(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 12
        && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && bytes[11].is_ascii_digit()
        && PREFIXES.split(' ').any(|prefix| prefix.as_bytes() == &bytes[..2])
        && luhn(bytes).is_multiple_of(10)
}

/// Returns the Luhn sum: letters count as two digits (A is 10, Z is 35), and every second digit from the
/// right is doubled.
fn luhn(code: &[u8]) -> u32 {
    let mut sum = 0;
    let mut doubled = false;
    let mut add = |digit: u32| {
        let digit = if doubled { digit * 2 } else { digit };
        sum += digit / 10 + digit % 10;
        doubled = !doubled;
    };
    for &byte in code.iter().rev() {
        let value = char::from(byte).to_digit(36).unwrap_or(0);
        add(value % 10);
        if value >= 10 {
            add(value / 10);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_right_check_digit_passes() {
        for good in ["FR0000121014", "US0378331005", "DE0007164600", "GB0002634946", "NL0010273215"] {
            assert!(is_valid(good), "{good}");
        }
        for bad in ["FR0000121015", "QQ0000121014", "FR000012101", "FR00001210144", "FR000012101A", "fr0000121014", ""]
        {
            assert!(!is_valid(bad), "{bad}");
        }
        assert_eq!(parse("fr0000121014").as_deref(), Some("FR0000121014"));
    }

    proptest! {
        #[test]
        fn a_check_digit_exists_and_is_one_of_its_kind(middle in "[A-Z0-9]{9}") {
            let right = (0..10).filter(|digit| is_valid(&format!("FR{middle}{digit}"))).count();
            prop_assert_eq!(right, 1);
        }

        #[test]
        fn every_change_of_one_digit_is_caught(middle in "[0-9]{9}", place in 2usize..12, shift in 1u8..10) {
            let check = (0..10).find(|digit| is_valid(&format!("DE{middle}{digit}"))).unwrap();
            let mut bytes = format!("DE{middle}{check}").into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
            prop_assert!(!is_valid(&String::from_utf8(bytes).unwrap()));
        }
    }
}
