//! The companies that a query names, by words or by a filter: articles about them come a little earlier.
//!
//! Separate from the filters, which choose articles: a name among the words of a query chooses nothing.

use rustc_hash::FxHashSet;

use super::{Filter, Kind, Node, Query};
use crate::article::Ticker;
use crate::market::names;

impl Query {
    /// Returns the main listings of the companies that the query names, each once; none that it excludes.
    pub fn companies(&self) -> Vec<Ticker> {
        let mut found = Vec::new();
        collect(&self.root, &mut found);
        let mut met = FxHashSet::default();
        found.retain(|company| met.insert(company.clone()));
        found
    }
}

fn collect(node: &Node, found: &mut Vec<Ticker>) {
    match &node.kind {
        Kind::Word(text) | Kind::Phrase { text, .. } | Kind::Exact(text) => found.extend(names::mentioned(text)),
        Kind::Words(parts) => collect_runs(parts, found),
        Kind::Filter(Filter::Ticker(pattern)) => found.extend_from_slice(&pattern.companies),
        Kind::Not(_) => {}
        _ => node.parts().into_iter().for_each(|part| collect(part, found)),
    }
}

/// Reads words that stand side by side as one text.
fn collect_runs(parts: &[Node], found: &mut Vec<Ticker>) {
    let mut run: Vec<&str> = Vec::new();
    for part in parts {
        match &part.kind {
            Kind::Word(word) => run.push(word),
            _ => {
                found.extend(names::mentioned(&run.join(" ")));
                run.clear();
                collect(part, found);
            }
        }
    }
    found.extend(names::mentioned(&run.join(" ")));
}

#[cfg(test)]
mod tests {
    use crate::query::{ParseOptions, parse};

    fn check(query: &str, expected: &str) {
        let query = parse(query, &ParseOptions::default()).unwrap();
        let found: Vec<String> = query.companies().iter().map(ToString::to_string).collect();
        assert_eq!(found.join(" "), expected, "{query}");
    }

    #[test]
    fn words_and_filters_name_companies() {
        check("société générale résultats", "XPAR:GLE");
        check("résultats \"Société Générale\" et BNP Paribas", "XPAR:GLE XPAR:BNP");
        check("title:(microsoft OR nvidia)", "XNAS:MSFT XNAS:NVDA");
        check("dividende ticker:XPAR:TTE", "XPAR:TTE");
        check("rachat -microsoft", "");
        check("dividende", "");
    }

    #[test]
    fn an_ordinary_word_names_a_company_alone_or_with_a_capital() {
        check("target", "XNYS:TGT");
        check("Target stores", "XNYS:TGT");
        check("target price", "");
    }
}
