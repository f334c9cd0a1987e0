//! Companies named in short news texts, labelled by hand: how many are found, and how many of the found are
//! right. `cargo test mentions -- --nocapture` prints the figures and every miss.
#![allow(clippy::print_stdout, reason = "figures are told with --nocapture")]

use std::collections::BTreeSet;

use telex::article::Language;
use telex::reading::ticker::{Written, read};

const LABELLED: &str = include_str!("../data/mentions.txt");

/// A place in headline or text, with the company named there.
type Place = (bool, usize, usize, String);

/// Takes the labels out of a text, and notes where they stood.
fn unlabelled(labelled: &str, headline: bool, places: &mut Vec<Place>) -> String {
    let mut text = String::new();
    let mut rest = labelled;
    while let Some((before, after)) = rest.split_once('[') {
        let (label, after) = after.split_once(']').expect("a label ends");
        let (name, company) = label.split_once('|').expect("a label has a company");
        text.push_str(before);
        places.push((headline, text.len(), text.len() + name.len(), company.to_owned()));
        text.push_str(name);
        rest = after;
    }
    text + rest
}

/// The tally of one language.
#[derive(Default)]
struct Score {
    labels: usize,
    found: usize,
    claimed: usize,
    right: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        self.found as f64 / self.labels as f64
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.claimed as f64
    }

    /// Reads one article and compares.
    fn add(&mut self, line: &str, language: Language) {
        let (headline, text) = line.split_once(" || ").unwrap_or(("", line));
        let mut labels = Vec::new();
        let headline = unlabelled(headline, true, &mut labels);
        let text = unlabelled(text, false, &mut labels);
        let mentions =
            read(&Written { headline: &headline, text: &text, stated: &[], language, at: None, names: true });
        let claims: BTreeSet<Place> = mentions
            .iter()
            .flat_map(|mention| {
                let company = mention.company.to_string();
                mention.spans.iter().map(move |span| (span.headline, span.start, span.end, company.clone()))
            })
            .collect();
        let meet = |a: &Place, b: &Place| a.0 == b.0 && a.1 < b.2 && b.1 < a.2 && a.3 == b.3;
        let shown = |place: &Place| {
            if place.0 { headline[place.1..place.2].to_owned() } else { text[place.1..place.2].to_owned() }
        };
        for label in &labels {
            let found = claims.iter().any(|claim| meet(claim, label));
            self.labels += 1;
            self.found += usize::from(found);
            if !found {
                println!("missed  {} {}   {line}", shown(label), label.3);
            }
        }
        for claim in &claims {
            let right = labels.iter().any(|label| meet(claim, label));
            self.claimed += 1;
            self.right += usize::from(right);
            if !right {
                println!("wrong   {} {}   {line}", shown(claim), claim.3);
            }
        }
    }
}

#[test]
fn companies_are_found_by_their_names() {
    let mut scores = [(Language::French, "fr", Score::default()), (Language::English, "en", Score::default())];
    let mut at = 0;
    for line in LABELLED.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line {
            "= fr" => at = 0,
            "= en" => at = 1,
            line => {
                let (language, _, score) = &mut scores[at];
                score.add(line, *language);
            }
        }
    }
    for (_, name, score) in &scores {
        println!(
            "{name}: {} mentions labelled, {} claimed, recall {:.3}, precision {:.3}",
            score.labels,
            score.claimed,
            score.recall(),
            score.precision()
        );
        assert!(score.labels >= 150, "{name}: {} labels", score.labels);
        assert!(score.recall() >= 0.93 && score.precision() >= 0.97, "{name}");
    }
}
