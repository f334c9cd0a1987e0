//! What a canonical form measures, for filters by size: `#1200000000eur` is 1.2 billion euros.

/// A canonical form's kind and value.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// An amount, with its currency's ISO 4217 code in lower case if it is known.
    Amount(f64, Option<String>),
    /// A rate in percent.
    Percent(f64),
    /// A rate in hundredths of a percent.
    BasisPoints(f64),
}

/// Reads a canonical form of an amount or a rate; `None` for periods and for what is no quantity.
pub fn measure_of(form: &str) -> Option<Measure> {
    let rest = form.strip_prefix('#')?;
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.')).count();
    let (value, unit) = rest.split_at(digits);
    let value: f64 = value.parse().ok()?;
    match unit {
        "" => Some(Measure::Amount(value, None)),
        "%" => Some(Measure::Percent(value)),
        "bp" => Some(Measure::BasisPoints(value)),
        _ if unit.len() == 3 => Some(Measure::Amount(value, Some(unit.to_owned()))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures() {
        for (form, want) in [
            ("#1200000000eur", Some(Measure::Amount(1.2e9, Some("eur".to_owned())))),
            ("#3000000", Some(Measure::Amount(3e6, None))),
            ("#-8.43%", Some(Measure::Percent(-8.43))),
            ("#25bp", Some(Measure::BasisPoints(25.0))),
            ("#2025q2", None),
            ("#q2", None),
            ("1200", None),
        ] {
            assert_eq!(measure_of(form), want, "{form}");
        }
    }
}
