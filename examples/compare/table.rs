//! The figures as tables in Markdown: medians, spread, and how many times the peers' telex's are.

use crate::corpus::Size;
use crate::engine::{Engine, Mode};
use crate::measure::{Indexing, Searching, percentile};
use crate::run::Figures;

/// A column of the table of engines: its name, and the figure of each round.
type Column = (&'static str, fn(&Figures, &Size) -> Vec<f64>);

/// Bytes in a megabyte.
const MEGABYTE: f64 = 1e6;

const COLUMNS: [Column; 12] = [
    ("index MB/s", |figures, size| indexing(figures, |done| size.text as f64 / MEGABYTE / done.wall)),
    ("CPU s", |figures, _| indexing(figures, |done| done.cpu.unwrap_or(f64::NAN))),
    ("index/text", |figures, size| indexing(figures, |done| done.bytes as f64 / size.text as f64)),
    ("peak MB", |figures, _| indexing(figures, |done| done.memory.unwrap_or(f64::NAN))),
    ("best p50 µs", |figures, _| searching(figures, Mode::Best, |found| found.p50)),
    ("p99", |figures, _| searching(figures, Mode::Best, |found| found.p99)),
    ("records p50 µs", |figures, _| searching(figures, Mode::Records, |found| found.p50)),
    ("p99", |figures, _| searching(figures, Mode::Records, |found| found.p99)),
    ("snippets p50 µs", |figures, _| searching(figures, Mode::Snippets, |found| found.p50)),
    ("p99", |figures, _| searching(figures, Mode::Snippets, |found| found.p99)),
    ("facet p50 µs", |figures, _| searching(figures, Mode::Facet, |found| found.p50)),
    ("own MB searching", |figures, _| searching(figures, Mode::Snippets, |found| found.memory.unwrap_or(f64::NAN))),
];

fn indexing(figures: &Figures, value: impl Fn(&Indexing) -> f64) -> Vec<f64> {
    figures.indexing.iter().map(value).collect()
}

fn searching(figures: &Figures, mode: Mode, value: impl Fn(&Searching) -> f64) -> Vec<f64> {
    let at = Mode::ALL.iter().position(|other| *other == mode).unwrap_or_default();
    figures.searching[at].iter().map(value).collect()
}

/// Prints every table.
pub fn print(size: &Size, all: &[(Engine, Figures)]) {
    let megabytes = size.text as f64 / MEGABYTE;
    println!("{} articles ({} recombined), {megabytes:.1} MB of text\n", size.articles, size.recombined);
    engines(size, all);
    classes(all);
    kinds(all);
}

/// The table of engines; below each peer, telex's figure as a multiple of its own.
fn engines(size: &Size, all: &[(Engine, Figures)]) {
    head("engine", COLUMNS.iter().map(|(name, _)| *name));
    let ours = all.iter().find(|(engine, _)| *engine == Engine::Telex);
    for (engine, figures) in all {
        let values = COLUMNS.iter().map(|(_, column)| column(figures, size));
        row(engine.name(), values.map(|values| with_spread(&values)));
        if let Some((_, ours)) = ours.filter(|(ours, _)| *ours != engine.indexed_by()) {
            let ratio = |(_, column): &Column| {
                let times = median(&column(ours, size)) / median(&column(figures, size));
                format!("×{times:.2}")
            };
            row(&format!("telex / {}", engine.name()), COLUMNS.iter().map(ratio));
        }
    }
    println!();
}

/// The table of the ten best by class of query: median and 99th percentile.
fn classes(all: &[(Engine, Figures)]) {
    let Some(first) = all.first().and_then(|(_, figures)| figures.searching[0].first()) else { return };
    head("best, p50 / p99 µs", first.classes.keys().map(String::as_str));
    for (engine, figures) in all {
        row(engine.name(), first.classes.keys().map(|class| of_class(&figures.searching[0], class)));
    }
    println!();
}

/// The table of telex's kinds of query: ten records, median and 99th percentile, and the median as a multiple
/// of that of a term.
fn kinds(all: &[(Engine, Figures)]) {
    let Some((_, figures)) = all.iter().find(|(engine, _)| *engine == Engine::Telex) else { return };
    let Some(first) = figures.kinds.first() else { return };
    let middle = |kind: &str| median(&figures.kinds.iter().map(|round| p50(round, kind)).collect::<Vec<_>>());
    head("telex, kind of query", ["p50 / p99 µs", "p50 / that of a term"].into_iter());
    for kind in first.classes.keys() {
        let times = middle(kind) / middle("term");
        row(kind, [of_class(&figures.kinds, kind), format!("×{times:.1}")].into_iter());
    }
}

fn p50(searching: &Searching, class: &str) -> f64 {
    searching.classes.get(class).map_or(f64::NAN, |(p50, _, _)| *p50)
}

fn of_class(rounds: &[Searching], class: &str) -> String {
    let p99 = |round: &Searching| round.classes.get(class).map_or(f64::NAN, |(_, p99, _)| *p99);
    let p50 = rounds.iter().map(|round| p50(round, class)).collect::<Vec<_>>();
    let p99 = rounds.iter().map(p99).collect::<Vec<_>>();
    format!("{} / {}", short(median(&p50)), short(median(&p99)))
}

fn head<'a>(first: &str, columns: impl Iterator<Item = &'a str>) {
    let columns: Vec<&str> = columns.collect();
    println!("| {first} | {} |\n| --- |{}", columns.join(" | "), " ---: |".repeat(columns.len()));
}

fn row(first: &str, cells: impl Iterator<Item = String>) {
    println!("| {first} | {} |", cells.collect::<Vec<_>>().join(" | "));
}

/// Returns the median, and the least and the greatest if there are several rounds.
fn with_spread(values: &[f64]) -> String {
    let (least, most) = (percentile(values.to_vec(), 0.0), percentile(values.to_vec(), 1.0));
    match values.len() {
        0 => "–".to_owned(),
        1 => short(values[0]),
        _ => format!("{} ({}–{})", short(median(values)), short(least), short(most)),
    }
}

fn median(values: &[f64]) -> f64 {
    percentile(values.to_vec(), 0.5)
}

/// Returns a figure with three digits that count.
fn short(value: f64) -> String {
    match value {
        value if value.is_nan() => "–".to_owned(),
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}
