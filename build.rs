//! Compiles the lexicon of `data/lexicon` into tables that the program reads in place, so that starting
//! it costs nothing. The lines pass through the same analysis as text and query, whose source is
//! therefore part of this script.

#![allow(dead_code, unused_imports, reason = "the rooms hold more than this script needs")]

use std::path::Path;
use std::{env, fs};

#[path = "src/analysis/mod.rs"]
mod analysis;
#[path = "src/lexicon/compile.rs"]
mod compile;
#[path = "src/article/language.rs"]
mod language;

/// The part of the room `article` that the analysis knows.
mod article {
    pub use crate::language::Language;
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
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
