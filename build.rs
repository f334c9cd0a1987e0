//! Compiles the lexicon of `data/lexicon` and the names of companies in `data/` into tables that the program
//! reads in place, so that starting it costs nothing. The lines pass through the same analysis as text and query, whose source is
//! therefore part of this script.

#![allow(dead_code, unused_imports, reason = "the rooms hold more than this script needs")]

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

#[path = "src/analysis/mod.rs"]
mod analysis;
#[path = "src/lexicon/compile.rs"]
mod compile;
#[path = "src/market/houses.rs"]
mod houses;
#[path = "src/article/language.rs"]
mod language;
#[path = "src/market/compile.rs"]
mod names;
#[path = "src/market/openings.rs"]
mod openings;
#[path = "src/market/spelling.rs"]
mod spelling;
#[path = "src/market/table.rs"]
mod table;

use houses::Row;
use names::{Compiled, Compiler, Owner, Source};

/// The part of the room `article` that the analysis knows.
mod article {
    pub use crate::language::Language;
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    compile_names()?;
    compile_derivations()?;
    for path in ["data/lexicon", "src/analysis", "src/lexicon/compile.rs", "src/article/language.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let mut files: Vec<_> =
        fs::read_dir("data/lexicon")?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    // The order of the folder is not the same everywhere.
    files.sort();
    let mut text = String::new();
    for file in files {
        text += &fs::read_to_string(file)?;
    }
    let compiled = compile::compile(text)?;
    let out = env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join("lexicon.tsv"), compiled.text)?;
    fs::write(out.join("lexicon.fst"), compiled.keys)?;
    fs::write(out.join("lexicon.lists"), compiled.lists)?;
    Ok(())
}

/// Compiles the lists of derivations into lines of a stem, a tab and its partners, sorted, in which the program
/// finds a stem by bisection.
fn compile_derivations() -> Result<(), Box<dyn std::error::Error>> {
    let out = env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?;
    let stemmers = analysis::Stemmers::default();
    for (code, language) in [("fr", language::Language::French), ("en", language::Language::English)] {
        let path = format!("data/derivations_{code}.txt");
        println!("cargo::rerun-if-changed={path}");
        let mut partners: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in fs::read_to_string(path)?.lines().filter(|line| !line.starts_with('#')) {
            let stems: Vec<String> = line.split_whitespace().filter_map(|word| stemmers.stem(word, language)).collect();
            for stem in &stems {
                let known = partners.entry(stem.clone()).or_default();
                for other in &stems {
                    if other != stem && !known.contains(other) {
                        known.push(other.clone());
                    }
                }
            }
        }
        partners.retain(|_, others| !others.is_empty());
        let lines: String = partners.iter().map(|(stem, others)| format!("{stem}\t{}\n", others.join(" "))).collect();
        fs::write(Path::new(&out).join(format!("derivations_{code}.tsv")), lines)?;
    }
    Ok(())
}

/// Returns the row of the reviewed share whose notes or preferred shares a line of the register is: its symbol is a
/// beginning of the line's, and its name the same.
fn root_of<'a>(symbol: &str, name: &str, shares: &'a BTreeMap<&str, (u64, Vec<String>)>) -> Option<&'a u64> {
    let key = names::key(name);
    let roots = (1..symbol.len()).rev().filter_map(|length| shares.get(symbol.get(..length)?));
    roots.into_iter().find(|(_, keys)| keys.contains(&key)).map(|(row, _)| row)
}

/// Compiles the names of companies into two finite-state maps: one as news writes them, for reading texts, and
/// one folded, for what a person types; and how they begin.
fn compile_names() -> Result<(), Box<dyn std::error::Error>> {
    let table = |name: &str| -> std::io::Result<&'static str> {
        println!("cargo::rerun-if-changed=data/{name}");
        fs::read_to_string(Path::new("data").join(name)).map(|text| &*text.leak())
    };
    for source in ["compile", "houses", "openings", "spelling", "table"] {
        println!("cargo::rerun-if-changed=src/market/{source}.rs");
    }
    let mut names = Compiler::new(table::rows::<2>(table("ambiguous.csv")?));
    let mut segments = houses::Compiler::default();
    let mut rows: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut row = 0;
    // The reviewed shares of the United States by symbol, with their row and names.
    let mut shares: BTreeMap<&str, (u64, Vec<String>)> = BTreeMap::new();
    // Where each row begins, the tables one after the other, for the program to find a row by its number.
    let (mut starts, mut before) = (Vec::new(), 0);
    for (file, source, standing) in [
        ("companies.csv", Source::Reviewed, Row::Reviewed),
        ("world.csv", Source::Reviewed, Row::Reviewed),
        ("us_listed.csv", Source::Unreviewed, Row::Unreviewed),
        ("former.csv", Source::Former, Row::Gone),
    ] {
        let table = table(file)?;
        // The lines of one company stand in the register under one name; its share on an exchange speaks for all.
        let mut mains: BTreeMap<&str, ((bool, bool, bool), u64)> = BTreeMap::new();
        let lines = || (row..).zip(table::rows::<3>(table)).filter(|_| source == Source::Unreviewed);
        let mut symbols: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        lines().for_each(|(_, [symbol, _, name])| symbols.entry(name).or_default().push(symbol));
        for (at, [symbol, mic, name]) in lines() {
            let is_root = symbols[name].iter().any(|other| *other != symbol && other.starts_with(symbol));
            let rank = (mic == "OTCM", !is_root, !names::abbreviates(symbol, name));
            let reviewed = rows.get(&(symbol, mic)).copied();
            let share = reviewed.or_else(|| root_of(symbol, name, &shares).copied());
            let found = (share.map_or(rank, |_| Default::default()), share.unwrap_or(at));
            let main = mains.entry(name).or_insert(found);
            *main = (*main).min(found);
        }
        for line in table::lines(table) {
            let start = before + (line.as_ptr() as usize - table.as_ptr() as usize);
            starts.extend(u32::try_from(start)?.to_le_bytes());
            let [symbol, mic, name, aliases] = table::fields(line);
            rows.entry((symbol, mic)).or_insert(row);
            if source == Source::Reviewed && ["XNYS", "XNAS"].contains(&mic) {
                let keys = std::iter::once(name).chain(aliases.split('|')).map(names::key).collect();
                shares.insert(symbol, (row, keys));
            }
            segments.add(symbol, mic, standing);
            let in_paris = mic == "XPAR" && source == Source::Reviewed;
            let owner = Owner { source, row: mains.get(name).map_or(row, |(_, main)| *main), in_paris };
            for name in std::iter::once(name).chain(aliases.split('|')) {
                names.add(name, symbol, owner);
            }
            row += 1;
        }
        before += table.len();
    }
    for [brand, symbol, mic] in table::rows::<3>(table("brands.csv")?) {
        let row = *rows.get(&(symbol, mic)).ok_or_else(|| format!("{brand} has no company {mic}:{symbol}"))?;
        names.add(brand, "", Owner { source: Source::Brand, row, in_paris: false });
    }
    for (file, standing) in [("crosslistings.csv", Row::Reviewed), ("symbol_changes.csv", Row::Gone)] {
        for [symbol, mic] in table::rows::<2>(table(file)?) {
            segments.add(symbol, mic, standing);
        }
    }
    let out = env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?;
    let Compiled { written, folded, openings } = names.compile();
    for (file, bytes) in [
        ("names.fst", written),
        ("folded.fst", folded),
        ("names.openings", openings.bytes()),
        ("companies.rows", starts),
        ("segments.fst", segments.compile()?),
    ] {
        fs::write(Path::new(&out).join(file), bytes)?;
    }
    Ok(())
}
