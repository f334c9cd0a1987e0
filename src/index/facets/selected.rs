//! Which values of the facets the filters of a search ask for: they carry a mark, and are always among those shown.

use crate::index::names::{WordsOfName, folded_name};
use crate::query::{DateRange, Filter};
use crate::search::{Expansion, Facet, period};

/// What the filters of a search ask for by name.
pub(in crate::index) struct Selected {
    values: Vec<(Facet, String)>,
    /// The interval of publication.
    period: DateRange,
}

impl Selected {
    /// Reads the filters of an expansion.
    pub fn of(expansion: &Expansion) -> Selected {
        let mut values: Vec<(Facet, String)> = Vec::new();
        for (_, plan) in &expansion.filters {
            plan.for_each_filter(&mut |filter| match filter {
                Filter::Language(language) => values.push((Facet::Language, language.code().to_owned())),
                Filter::Source(source) => values.push((Facet::Source, folded_name(source))),
                Filter::Author(author) => values.push((Facet::Author, author.clone())),
                Filter::Section(section) => values.push((Facet::Section, section.clone())),
                Filter::Exchange(markets) => {
                    values.extend(markets.iter().map(|mic| (Facet::Exchange, mic.to_string())));
                }
                Filter::Ticker(pattern) => {
                    values.extend(pattern.symbol.iter().map(|symbol| (Facet::Ticker, format!(":{symbol}"))));
                    values.extend(pattern.companies.iter().map(|ticker| (Facet::Ticker, ticker.to_string())));
                }
                _ => {}
            });
        }
        let dates = expansion.filters.iter().find(|(facet, _)| facet.is_some_and(|facet| facet.unit().is_some()));
        Selected { values, period: dates.map(|(_, plan)| period(plan)).unwrap_or_default() }
    }

    /// Returns whether a value of `facet` may be asked for.
    pub fn any(&self, facet: Facet) -> bool {
        match facet.unit() {
            Some(_) => self.period != DateRange::default(),
            None => self.values.iter().any(|(other, _)| *other == facet),
        }
    }

    /// Returns whether a value of `facet`, as it is shown, is asked for.
    pub fn has(&self, facet: Facet, value: &str) -> bool {
        if let Some(unit) = facet.unit() {
            // A span is asked for by an interval that lies within it.
            let span = |at: Option<i64>| at.and_then(|at| unit.span_of(at));
            let last = span(self.period.until.map(|until| until.saturating_sub(1)));
            return span(self.period.from)
                .filter(|first| last == Some(*first))
                .is_some_and(|first| unit.name(first) == value);
        }
        self.values.iter().filter(|(other, _)| *other == facet).any(|(_, wanted)| match facet {
            Facet::Ticker if wanted.starts_with(':') => value.ends_with(wanted),
            Facet::Source => folded_name(value) == *wanted,
            Facet::Author | Facet::Section => WordsOfName::new(wanted).are_in(value),
            _ => value == wanted,
        })
    }
}
