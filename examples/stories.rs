//! Measures how well copies of a story are found: takes real articles, makes edited copies of some by
//! seed, groups them all, and compares the groups with what is known.
//!
//! ```sh
//! cargo run --release --example stories -- [--sample N] [--seed N] [--merged] PATH...
//! ```
//!
//! PATH is a folder or a file that telex reads. Each sampled article gets one copy of each edit of
//! [`EDITS`], of the same day up to two days later. A pair of articles counts as right if both stem from
//! one article. The articles may hold copies of their own: two of them that share more than half of the
//! shorter one's shingles, counted exactly, are left out of the count and told apart; `--merged` prints
//! those pairs and the wrong ones, to be read.
#![allow(clippy::print_stdout, reason = "an example tells on standard output")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use telex::article::Article;
use telex::ingest::{self, FieldMap, Limits};
use telex::reading::{self, Circumstances};
use telex::story::{Item, Signature, regroup};

/// What an editor does to a text.
type Edit = fn(&mut Random, &str, &str) -> (String, String);

const EDITS: &[(&str, Edit)] = &[
    ("cut", cut),
    ("headline", headline),
    ("paragraph", paragraph),
    ("boilerplate", boilerplate),
    ("misread", misread),
    ("several", several),
];

fn main() -> Result<(), Box<dyn Error>> {
    let (mut sample, mut seed, mut merged, mut paths) = (2000, 1, false, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--sample" => sample = args.next().ok_or("--sample needs a number")?.parse()?,
            "--seed" => seed = args.next().ok_or("--seed needs a number")?.parse()?,
            "--merged" => merged = true,
            path => paths.push(path.to_owned()),
        }
    }
    let mut articles = Vec::new();
    for path in &paths {
        read(Path::new(path), &mut articles)?;
    }
    println!("{} articles of at least 30 words", articles.len());
    measure(&articles, sample, seed, merged);
    Ok(())
}

/// Reads the articles under a path, leaving out those of a few words.
fn read(path: &Path, out: &mut Vec<Article>) -> telex::Result<()> {
    let mut found = Vec::new();
    ingest::walk(path, &mut |file| {
        found.extend(file.ok());
        std::ops::ControlFlow::Continue(())
    })?;
    for file in found {
        let circumstances = Circumstances { path: &file.name, modified: 0, now: 4_000_000_000, names: true };
        let _ = ingest::read(&file, &Limits::default(), &FieldMap::default(), &mut |draft| {
            let article = draft.map(|draft| reading::read(draft, &circumstances));
            out.extend(article.ok().filter(|article| article.text().split_whitespace().count() >= 30));
            std::ops::ControlFlow::Continue(())
        });
    }
    Ok(())
}

fn measure(articles: &[Article], sample: usize, seed: u64, merged: bool) {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    // Each item with the article it stems from and the edit that made it.
    let mut origins: Vec<(usize, Option<usize>)> = Vec::new();
    let mut signatures = Vec::new();
    let begin = std::time::Instant::now();
    for (n, article) in articles.iter().enumerate() {
        origins.push((n, None));
        signatures.push(Signature::of(article));
    }
    let took = begin.elapsed().as_secs_f64();
    println!("signatures: {:.1} µs an article", took * 1e6 / articles.len().max(1) as f64);
    for _ in 0..sample.min(articles.len()) {
        let n = random.below(articles.len());
        if origins[articles.len()..].iter().any(|(other, _)| *other == n) {
            continue;
        }
        let article = &articles[n];
        for (at, (_, edit)) in EDITS.iter().enumerate() {
            let (headline, text) = edit(&mut random, &article.headline, article.text());
            let later = random.below(48 * 3600) as i64;
            let published = article.published.map(|published| published.at + later);
            origins.push((n, Some(at)));
            signatures.push(Signature::of_text(&headline, &text, published));
        }
    }
    let begin = std::time::Instant::now();
    let items: Vec<Item> = signatures.iter().map(|signature| Item { signature, story: None, fresh: true }).collect();
    let groups = regroup(&items);
    println!("grouping: {} items in {:.2} s, {} groups", items.len(), begin.elapsed().as_secs_f64(), groups.len());
    score(articles, &origins, &groups, merged);
}

/// Prints precision, recall and F1 over pairs, and recall by edit.
fn score(articles: &[Article], origins: &[(usize, Option<usize>)], groups: &[Vec<usize>], merged: bool) {
    let mut wanted: BTreeMap<usize, u64> = BTreeMap::new();
    origins.iter().for_each(|(origin, _)| *wanted.entry(*origin).or_default() += 1);
    let wanted: u64 = wanted.values().map(|n| n * (n - 1) / 2).sum();
    let (mut right, mut wrong, mut wrong_ticker) = (0, 0, 0);
    let mut natural = BTreeSet::new();
    let mut wrong_pairs = BTreeSet::new();
    let mut with_original: BTreeMap<&str, u64> = BTreeMap::new();
    for group in groups {
        for (n, &a) in group.iter().enumerate() {
            for &b in &group[n + 1..] {
                let ((from_a, edit_a), (from_b, edit_b)) = (origins[a], origins[b]);
                let pair = (from_a.min(from_b), from_a.max(from_b));
                if from_a == from_b {
                    right += 1;
                    if let (None, Some(edit)) | (Some(edit), None) = (edit_a, edit_b) {
                        *with_original.entry(EDITS[edit].0).or_default() += 1;
                    }
                } else if natural.contains(&pair) {
                } else if !wrong_pairs.contains(&pair) && shared(&articles[from_a], &articles[from_b]) > 0.5 {
                    natural.insert(pair);
                } else {
                    wrong += 1;
                    wrong_ticker += u64::from(share_ticker(&articles[from_a], &articles[from_b]));
                    wrong_pairs.insert(pair);
                }
            }
        }
    }
    let copies = origins.iter().filter(|(_, edit)| *edit == Some(0)).count();
    for (edit, _) in EDITS {
        let found = with_original.get(edit).copied().unwrap_or(0);
        println!("{edit:>12}: {found} of {copies} copies with their article ({:.4})", found as f64 / copies as f64);
    }
    let (precision, recall) = (right as f64 / (right + wrong) as f64, right as f64 / wanted as f64);
    println!("pairs: {right} right of {wanted}, {wrong} wrong ({wrong_ticker} of one company)");
    println!("precision {precision:.4}, recall {recall:.4}, F1 {:.4}", 2.0 * precision * recall / (precision + recall));
    let among_articles = wrong_pairs.len();
    println!("among the articles themselves: {} natural copies, {among_articles} other pairs joined", natural.len());
    if merged {
        for (mark, pairs) in [("copy", &natural), ("wrong", &wrong_pairs)] {
            for (a, b) in pairs.iter().take(400) {
                let (a, b) = (&articles[*a], &articles[*b]);
                println!("{mark} {:.2}\n  {} {}\n  {} {}", shared(a, b), a.id, a.headline, b.id, b.headline);
            }
        }
    }
}

fn share_ticker(a: &Article, b: &Article) -> bool {
    a.tickers.iter().any(|left| b.tickers.iter().any(|right| left.ticker == right.ticker))
}

/// Returns the share of the shorter text's shingles that the longer one has, counted exactly.
fn shared(a: &Article, b: &Article) -> f64 {
    let shingles = |article: &Article| -> BTreeSet<String> {
        let text = format!("{} {}", article.headline, article.text()).to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.windows(3).map(|words| words.join(" ")).collect()
    };
    let (a, b) = (shingles(a), shingles(b));
    a.intersection(&b).count() as f64 / a.len().min(b.len()).max(1) as f64
}

/// Keeps 40 to 80 of 100 sentences, from the beginning.
fn cut(random: &mut Random, headline: &str, text: &str) -> (String, String) {
    let keep = text.len() * (40 + random.below(41)) / 100;
    let end = text[..boundary(text, keep)].rfind(". ").map_or(boundary(text, keep), |at| at + 1);
    (headline.to_owned(), text[..end].to_owned())
}

/// Another headline over the same text.
fn headline(random: &mut Random, _: &str, text: &str) -> (String, String) {
    let mut words = text.split_whitespace();
    let words: Vec<&str> = words.by_ref().skip(random.below(20)).take(7).collect();
    (format!("Update {} {}", random.below(9) + 1, words.join(" ")), text.to_owned())
}

/// A new paragraph, of up to a third of the text, somewhere in it.
fn paragraph(random: &mut Random, headline: &str, text: &str) -> (String, String) {
    let words = 20 + random.below(text.split_whitespace().count() / 3 + 1);
    let new: String = (0..words).map(|_| random.word() + " ").collect();
    let at = boundary(text, random.below(text.len() + 1));
    (headline.to_owned(), format!("{}\n{new}\n{}", &text[..at], &text[at..]))
}

/// What a site prints around a text.
fn boilerplate(random: &mut Random, headline: &str, text: &str) -> (String, String) {
    let before = ["By our staff. Share this article. ", "Partager sur les réseaux. Temps de lecture : 3 minutes. "];
    let after = [
        " Sign up for our daily newsletter to get the news that matters, and follow us on every network.",
        " Cet article est réservé à nos abonnés. Retrouvez toute l’actualité en direct sur notre site et notre appli.",
    ];
    let pick = |random: &mut Random, of: &[&str]| of[random.below(of.len())].to_owned();
    let text = pick(random, &before) + text + &pick(random, &after);
    (headline.to_owned(), text)
}

/// Letters misread, as by a scanner: one in eighty.
fn misread(random: &mut Random, headline: &str, text: &str) -> (String, String) {
    let mut misread = |text: &str| -> String {
        let letter = |c: char| match c {
            c if !c.is_alphabetic() || random.below(80) > 0 => c,
            'l' => '1',
            'o' => '0',
            'e' => 'c',
            'n' => 'u',
            'é' => 'e',
            _ => char::from(b'a' + random.below(26) as u8),
        };
        text.chars().map(letter).collect()
    };
    (misread(headline), misread(text))
}

/// Cut a little, under another headline, with boilerplate, and a few letters misread.
fn several(random: &mut Random, old: &str, text: &str) -> (String, String) {
    let end = boundary(text, text.len() * (75 + random.below(20)) / 100);
    let (new, text) = headline(random, old, &text[..end]);
    let (new, text) = boilerplate(random, &new, &text);
    let few: String = text.chars().map(|c| if c.is_alphabetic() && random.below(250) == 0 { 'x' } else { c }).collect();
    (new, few)
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// A small source of chance, the same on every machine (Marsaglia, "Xorshift RNGs", 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }

    /// Returns a word of no language.
    fn word(&mut self) -> String {
        let syllables = ["ba", "ne", "to", "ri", "ka", "lu", "mo", "shi", "ver", "dan", "pol", "qui"];
        (0..2 + self.below(3)).map(|_| syllables[self.below(syllables.len())]).collect()
    }
}
