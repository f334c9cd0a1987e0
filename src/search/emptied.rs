//! Which part of a query leaves nothing over: the same request without one of its words or filters, for
//! each of them.

use super::expand::{is_common, languages};
use super::request::{Filters, SearchRequest};
use crate::analysis::fold;
use crate::query::{DateRange, Kind, Node, Query};

/// The most parts that are tried.
const MOST: usize = 12;
/// Operators that change what is found, as a word between others and as an operator.
const OPERATORS: [(&str, &str); 4] = [("or", "OR"), ("ou", "OU"), ("not", "NOT"), ("sauf", "SAUF")];

/// Returns the words and filters that every hit of a request must match, each with the request without it;
/// nothing if there is but one, or too many to try.
pub fn parts(request: &SearchRequest) -> Vec<(String, SearchRequest)> {
    let mut parts = words(request);
    parts.extend(flags(request));
    if (2..=MOST).contains(&parts.len()) { parts } else { Vec::new() }
}

/// Returns the first operator in small letters that stands between two words, with the same in capitals: there it is a
/// word like others.
pub fn small_operator(node: &Node) -> Option<(&'static str, &'static str)> {
    let parts = node.parts();
    let operator = |node: &Node| match &node.kind {
        Kind::Word(word) => OPERATORS.into_iter().find(|(small, _)| small == word),
        _ => None,
    };
    let between = match &node.kind {
        Kind::Words(nodes) => nodes.get(1..nodes.len().saturating_sub(1)).unwrap_or_default(),
        _ => &[],
    };
    between.iter().find_map(operator).or_else(|| parts.into_iter().find_map(small_operator))
}

fn words(request: &SearchRequest) -> Vec<(String, SearchRequest)> {
    let root = &request.query.root;
    let (Kind::Words(nodes) | Kind::And(nodes)) = &root.kind else {
        return match root.kind {
            Kind::All => Vec::new(),
            _ => vec![(request.query.text.clone(), without(request, Kind::All))],
        };
    };
    // All that a saved search holds stands where its name does.
    let is_alone = |node: &Node| nodes.iter().filter(|other| other.span == node.span).count() == 1;
    let typed = |node: &Node| request.query.text.get(node.span.clone()).filter(|_| is_alone(node)).map(str::to_owned);
    // Function words beside others are not required, and stay: they tell the language.
    let languages = languages(&request.query, &request.filters, true);
    let is_common = |node: &Node| matches!(&node.kind, Kind::Word(word) if is_common(&fold(&word.to_lowercase()), word, &languages));
    let spares = matches!(root.kind, Kind::Words(_)) && !nodes.iter().all(is_common);
    let is_required = |node: &Node| !matches!(node.kind, Kind::Not(_)) && (!spares || !is_common(node));
    let required = (0..).zip(nodes).filter(|(_, node)| is_required(node));
    let part = |(at, node): (usize, &Node)| {
        let mut others = nodes.clone();
        others.remove(at);
        let kind = match (&root.kind, others.len()) {
            (_, 0) => Kind::All,
            (_, 1) => others.remove(0).kind,
            (Kind::And(_), _) => Kind::And(others),
            _ => Kind::Words(others),
        };
        (typed(node).unwrap_or_else(|| node.to_string()), without(request, kind))
    };
    required.map(part).collect()
}

fn without(request: &SearchRequest, kind: Kind) -> SearchRequest {
    let query = Query { text: request.query.text.clone(), root: Node { kind, span: request.query.root.span.clone() } };
    counting(request, query, request.filters.clone())
}

fn flags(request: &SearchRequest) -> Vec<(String, SearchRequest)> {
    let all = &request.filters;
    let lifted = [
        ("--ticker", !all.tickers.is_empty(), Filters { tickers: Vec::new(), ..all.clone() }),
        ("--lang", !all.languages.is_empty(), Filters { languages: Vec::new(), ..all.clone() }),
        ("--source", !all.sources.is_empty(), Filters { sources: Vec::new(), ..all.clone() }),
        (
            "--since, --until",
            all.dates != DateRange::default(),
            Filters { dates: DateRange::default(), dates_typed: None, ..all.clone() },
        ),
    ];
    let given = lifted.into_iter().filter(|(_, given, _)| *given);
    given.map(|(name, _, filters)| (name.to_owned(), counting(request, request.query.clone(), filters))).collect()
}

/// Returns a request that counts its hits and shows none.
fn counting(request: &SearchRequest, query: Query, filters: Filters) -> SearchRequest {
    SearchRequest {
        query,
        filters,
        limit: 0,
        offset: 0,
        after: None,
        facets: Vec::new(),
        words: None,
        ..request.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;
    use crate::query::{ParseOptions, parse};

    #[test]
    fn each_part_is_left_out_once() {
        let parse_with = |text: &str, options: &ParseOptions| parse(text, options).unwrap();
        let parse = |text: &str| parse_with(text, &ParseOptions::default());
        let shown = |text: &str, filters: Filters| {
            let request = SearchRequest { filters, ..SearchRequest::new(parse(text)) };
            let part = |(part, request): (String, SearchRequest)| {
                format!("{part}: {} {}", request.query.root, request.filters.languages.len())
            };
            parts(&request).into_iter().map(part).collect::<Vec<_>>()
        };
        let french = Filters { languages: vec![Language::French], ..Filters::default() };
        assert_eq!(
            shown("usine -grève \"taux bas\"", Filters::default()),
            ["usine: -grève \"taux bas\" 0", "\"taux bas\": usine -grève 0"]
        );
        assert_eq!(shown("usine", french.clone()), ["usine: * 1", "--lang: usine 0"]);
        assert_eq!(shown("usine", Filters::default()), [] as [&str; 0]);
        // Function words are not required, but where there is nothing else.
        assert_eq!(
            shown("les ventes baissent", Filters::default()),
            ["ventes: les baissent 0", "baissent: les ventes 0"]
        );
        assert_eq!(
            shown("Les ventes baissent", Filters::default()),
            ["ventes: Les baissent 0", "baissent: Les ventes 0"]
        );
        assert_eq!(shown("les ventes", Filters::default()), [] as [&str; 0]);
        assert_eq!(shown("les AND ventes", Filters::default()), ["les: ventes 0", "ventes: les 0"]);
        assert_eq!(shown("a OR b", french), ["a OR b: * 1", "--lang: a OR b 0"]);
        let saved = [("mine".to_owned(), "usine \"taux bas\"".to_owned())].into_iter().collect();
        let options = ParseOptions { saved: std::sync::Arc::new(saved), ..ParseOptions::default() };
        let request = SearchRequest::new(parse_with("saved:mine", &options));
        let told: Vec<String> = parts(&request).into_iter().map(|(part, _)| part).collect();
        assert_eq!(told, ["usine", "\"taux bas\""]);
    }

    #[test]
    fn a_small_operator_is_one_between_words() {
        for (typed, want) in [
            ("Danone or Valeo", Some("OR")),
            ("lang:fr (Danone ou Valeo)", Some("OU")),
            ("usine not Vevey", Some("NOT")),
            ("cours de l'or", None),
            ("or argent", None),
            ("Danone OR Valeo", None),
            ("ventes et marges", None),
            ("\"Danone or Valeo\"", None),
        ] {
            let query = parse(typed, &ParseOptions::default()).unwrap();
            assert_eq!(small_operator(&query.root).map(|(_, capitals)| capitals), want, "{typed}");
        }
    }
}
