//! Invented news in any quantity, the same at every run, so that a bench knows its answers by arithmetic.
//!
//! Article `n` says *dividende* if 2 divides `n`, *acquisition* if 3 does, *taux de change* if 5 does,
//! and names one of seven securities. The rest is filler from a fixed sequence.

use std::fmt::Write;

use telex::indexer::{IndexOptions, Observer};

/// The securities, by `n % 7`.
pub const CODES: [&str; 7] = [
    "Euronext Paris : MC",
    "Euronext Paris : AIR",
    "Euronext Paris : SAN",
    "NASDAQ: AAPL",
    "NASDAQ: AMZN",
    "NYSE: IBM",
    "NYSE: T",
];

const FILLER: [&str; 24] = [
    "groupe",
    "marché",
    "hausse",
    "trimestre",
    "résultat",
    "bourse",
    "séance",
    "investisseur",
    "croissance",
    "marge",
    "titre",
    "baisse",
    "analyste",
    "prévision",
    "contrat",
    "usine",
    "client",
    "commande",
    "exercice",
    "bénéfice",
    "objectif",
    "valeur",
    "secteur",
    "demande",
];

/// Returns article `n` as a line of JSON Lines.
pub fn record(n: usize) -> String {
    let mut body = format!("La société ({}) a parlé mardi de ses affaires.", CODES[n % CODES.len()]);
    for (divisor, sentence) in [
        (2, "Le dividende sera proposé au printemps."),
        (3, "Une acquisition est à l'étude."),
        (5, "Le taux de change a pesé sur les ventes."),
    ] {
        if n.is_multiple_of(divisor) {
            let _ = write!(body, " {sentence}");
        }
    }
    // Knuth's linear congruential generator (MMIX).
    let mut state = n as u64;
    for place in 0..200 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let word = FILLER[(state >> 33) as usize % FILLER.len()];
        let _ = write!(body, " {word}{}{}", state >> 56, if place % 12 == 11 { "." } else { "" });
    }
    let (month, day) = (n % 12 + 1, n % 28 + 1);
    format!(
        r#"{{"id":"{n}","title":"Nouvelle {n} des affaires","date":"2025-{month:02}-{day:02}","lang":"fr","body":"{body}"}}"#
    )
}

/// Returns how to index `path` with one reading thread.
pub fn options(path: &std::path::Path, index: &std::path::Path) -> IndexOptions {
    IndexOptions {
        threads: 1,
        memory: 64 << 20,
        ..IndexOptions::new(vec![path.to_owned()], index.to_owned(), 1_780_000_000)
    }
}

/// Watches nothing.
pub struct Quiet;

impl Observer for Quiet {}
