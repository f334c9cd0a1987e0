//! Filters that have a place in a text, beside an operator of proximity: `ticker:MC W/S pct:<-5`.
//!
//! A security stands where its company is named or its symbol written, in the articles that its filter lets
//! pass; so that a name that is also a word counts where it is known to be one. A quantity stands where any of
//! its canonical forms does.

use super::Expander;
use crate::analysis::{QuantityRange, fold, is_function_word};
use crate::market::companies;
use crate::query::{Filter, Kind, Node, TextField, TickerPattern};
use crate::search::plan::{Family, Plan};

/// The fewest letters of a symbol that is looked for as a word: shorter ones are too often something else.
const SHORTEST_SYMBOL: usize = 4;

impl Expander<'_> {
    /// Opens the names and symbols of the companies that a pattern means.
    pub(super) fn named(&mut self, pattern: &TickerPattern, field: Option<TextField>) -> Plan {
        let mut names: Vec<String> = pattern.companies.iter().flat_map(companies::names).collect();
        let symbols = pattern.companies.iter().map(|ticker| &ticker.symbol).chain(&pattern.symbol);
        let is_word = |symbol: &str| is_function_word(&fold(&symbol.to_lowercase()), &self.languages);
        let symbols = symbols.filter(|symbol| symbol.len() >= SHORTEST_SYMBOL && !is_word(symbol));
        names.extend(symbols.map(|symbol| symbol.to_lowercase()));
        names.sort_unstable();
        names.dedup();
        let stems = std::mem::replace(&mut self.stems, false);
        let mut plans: Vec<Plan> = names.iter().map(|name| self.phrase(name, false, field, false)).collect();
        self.stems = stems;
        // Names that no article has are no concern of whoever asks for the company.
        plans.retain(|plan| self.may_stand(plan));
        Plan::any_of(plans)
    }

    /// Returns whether the index holds every word of a plan.
    fn may_stand(&self, plan: &Plan) -> bool {
        match plan {
            Plan::Family(family) => self.is_known(family),
            Plan::Phrase(phrase) => phrase.slots.iter().all(|(_, family)| self.is_known(family)),
            Plan::Best(readings) => readings.iter().any(|reading| self.may_stand(reading)),
            _ => false,
        }
    }
}

/// Returns the quantities of an interval, wherever they stand.
pub(super) fn quantities_in(range: &QuantityRange, field: Option<TextField>) -> Plan {
    let typed = Filter::Quantity(range.clone()).to_string();
    Plan::Family(Family { typed, quantities: Some(range.clone()), field, boost: 1.0, ..Family::default() })
}

/// Returns the filters that an article must pass for the parts of `node`, which have places, to stand where
/// their securities do.
pub(super) fn required(node: &Node) -> Vec<Plan> {
    match &node.kind {
        Kind::Filter(filter @ Filter::Ticker(_)) => vec![Plan::Filter(filter.clone())],
        Kind::Near { .. } | Kind::First(..) | Kind::AtLeast(..) | Kind::NoStem(_) => {
            node.parts().into_iter().flat_map(required).collect()
        }
        _ => Vec::new(),
    }
}
