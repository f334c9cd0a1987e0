//! The lexicon: which words and terms of French and English say the same.
//!
//! It is a table of concepts. A line has the English variants of one and the French variants of it, the
//! most usual first, and is read in both directions. The lexicon in `data/lexicon` is compiled into the
//! program (`compile`, by the build script); a user's own pairs (`own`) are asked before it.

mod compile;
mod own;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use fst::raw::{Fst, Output};

use crate::analysis::Stemmers;
use crate::article::Language;
use compile::{COLUMNS, Compiled, STEM, VARIANTS, tag};

/// A lexicon: the compiled one, and a user's own before it. Cheap to clone.
#[derive(Clone)]
pub struct Lexicon {
    tables: Vec<Arc<Table>>,
}

/// A word as it is looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its form without accents.
    pub fold: String,
    /// Its stem in the language in which it is looked up, or its fold.
    pub stem: String,
}

impl Word {
    /// Returns a form as it is looked up in `language`.
    pub fn new(form: &str, language: Language, stemmers: &Stemmers) -> Word {
        Word { fold: crate::analysis::fold(form), stem: compile::stem(stemmers, form, language) }
    }
}

/// One reading of a term: a line of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sense<'a> {
    /// The variant that was looked up, as the lexicon writes it.
    pub variant: &'a str,
    /// Its place among the variants of its column: the first is the most usual one.
    pub rank: usize,
    /// Whether it was found by its stems and not as written.
    pub by_stem: bool,
    /// The variants of the other language, the most usual first.
    pub targets: Vec<&'a str>,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon({} tables)", self.tables.len())
    }
}

impl Lexicon {
    /// Returns the lexicon that is part of the program.
    pub fn built_in() -> Lexicon {
        static TABLE: LazyLock<Arc<Table>> = LazyLock::new(|| {
            Arc::new(Table::open(
                Cow::Borrowed(include_str!(concat!(env!("OUT_DIR"), "/lexicon.tsv"))),
                Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.fst"))),
                Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.lists"))),
            ))
        });
        Lexicon { tables: vec![TABLE.clone()] }
    }

    /// Returns the length of the longest term of `language` that `words` begin with, in words, with its
    /// senses; those of a term found as written come before those found by its stems, and only if the
    /// longest is not found as written are the others given.
    pub fn longest(&self, words: &[Word], language: Language) -> Option<(usize, Vec<Sense<'_>>)> {
        let found = |stems| {
            let longest = |table: &Arc<Table>| table.longest(words, language, stems).map(|(length, _)| length);
            self.tables.iter().filter_map(longest).max().unwrap_or(0)
        };
        let (written, stemmed) = (found(false), found(true));
        let length = written.max(stemmed);
        let words = words.get(..length).filter(|words| !words.is_empty())?;
        Some((length, self.senses(words, language, written < length)))
    }

    /// Returns the senses of exactly `words`, as written, or by their stems if there are none as written.
    pub fn exactly(&self, words: &[Word], language: Language) -> Vec<Sense<'_>> {
        let senses = self.senses(words, language, false);
        if senses.is_empty() { self.by_stem(words, language) } else { senses }
    }

    /// Returns the senses of exactly `words` by their stems.
    pub fn by_stem(&self, words: &[Word], language: Language) -> Vec<Sense<'_>> {
        self.senses(words, language, true)
    }

    fn senses(&self, words: &[Word], language: Language, stems: bool) -> Vec<Sense<'_>> {
        let tables = self.tables.iter().filter_map(|table| {
            let (length, list) = table.longest(words, language, stems)?;
            (length == words.len()).then(|| table.list(list, language))
        });
        tables.flatten().collect()
    }
}

#[cfg(test)]
impl Lexicon {
    /// Returns the lexicon of these lines.
    pub(crate) fn of(text: &str) -> Lexicon {
        let compiled = compile::compile(text.to_owned()).unwrap_or_default();
        Lexicon { tables: vec![Arc::new(Table::of(compiled))] }
    }
}

/// One compiled lexicon.
struct Table {
    text: Cow<'static, str>,
    keys: Option<Fst<Cow<'static, [u8]>>>,
    lists: Cow<'static, [u8]>,
}

impl Table {
    fn open(text: Cow<'static, str>, keys: Cow<'static, [u8]>, lists: Cow<'static, [u8]>) -> Table {
        // What was compiled here cannot be damaged; if it were, it would know no word.
        Table { text, keys: Fst::new(keys).ok(), lists }
    }

    fn of(compiled: Compiled) -> Table {
        Table::open(Cow::Owned(compiled.text), Cow::Owned(compiled.keys), Cow::Owned(compiled.lists))
    }

    /// Walks along the keys as far as `words` lead; returns the last end of a key after a whole word.
    fn longest(&self, words: &[Word], language: Language, stems: bool) -> Option<(usize, u64)> {
        let keys = self.keys.as_ref()?;
        let mut node = keys.root();
        let mut output = Output::zero();
        let mut step = |byte: u8| {
            let at = node.find_input(byte)?;
            let transition = node.transition(at);
            output = output.cat(transition.out);
            node = keys.node(transition.addr);
            Some(node.is_final().then(|| output.cat(node.final_output()).value()))
        };
        step(tag(language, stems))?;
        let mut longest = None;
        for (nth, word) in words.iter().enumerate() {
            let word = if stems { &word.stem } else { &word.fold };
            if nth > 0 && step(b' ').is_none() {
                break;
            }
            let mut end = None;
            if word.is_empty() || !word.bytes().all(|byte| step(byte).map(|value| end = value).is_some()) {
                break;
            }
            longest = end.map(|value| (nth + 1, value)).or(longest);
        }
        longest
    }

    fn list(&self, at: u64, language: Language) -> Vec<Sense<'_>> {
        let mut numbers = self.lists.get(at as usize..).unwrap_or_default().chunks_exact(4);
        let mut number = || numbers.next().and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
        let count = number().unwrap_or(0);
        (0..count).filter_map(|_| self.sense(number()?, number()?, language)).collect()
    }

    fn sense(&self, line: u32, nth: u32, language: Language) -> Option<Sense<'_>> {
        let line = self.text.get(line as usize..)?.lines().next()?;
        let columns = line.split('\t');
        let (mut variant, mut targets) = (None, Vec::new());
        let rank = (nth & !STEM) as usize;
        for (column, text) in COLUMNS.into_iter().zip(columns) {
            if column == language {
                variant = text.split(VARIANTS).nth(rank);
            } else {
                targets = text.split(VARIANTS).collect();
            }
        }
        Some(Sense { variant: variant?, rank, by_stem: nth & STEM != 0, targets })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::analysis::fold;

    fn found(lexicon: &Lexicon, text: &str, language: Language) -> String {
        let stemmers = Stemmers::default();
        let words: Vec<Word> = compile::words(text).iter().map(|word| Word::new(word, language, &stemmers)).collect();
        let Some((length, senses)) = lexicon.longest(&words, language) else { return String::new() };
        let senses: Vec<String> = senses
            .iter()
            .map(|sense| {
                format!("{}{} > {}", sense.variant, if sense.by_stem { "~" } else { "" }, sense.targets.join(","))
            })
            .collect();
        format!("{length} {}", senses.join("; "))
    }

    #[test]
    fn the_longest_term_is_found_as_written_or_by_its_stems() {
        let lexicon = Lexicon::of("share buyback|buyback\trachat d'actions\nshare\taction|part\nrepurchase\trachat\n");
        for (language, text, want) in [
            (Language::French, "rachats d’actions propres", "2 rachat d'actions~ > share buyback,buyback"),
            (Language::French, "rachat hostile", "1 rachat > repurchase"),
            (Language::French, "Rachat d'Actions", "2 rachat d'actions > share buyback,buyback"),
            (Language::English, "share buybacks", "2 share buyback~ > rachat d'actions"),
            (Language::English, "share price", "1 share > action,part"),
            (Language::English, "shares", "1 share~ > action,part"),
            (Language::English, "action", ""),
            (Language::English, "sharepoint", ""),
            (Language::French, "", ""),
        ] {
            assert_eq!(found(&lexicon, text, language), want, "{text}");
        }
    }

    #[test]
    fn every_line_of_the_data_is_sound() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lexicon");
        let mut lines = BTreeSet::new();
        let mut concepts = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "tsv") {
                continue;
            }
            let mut heads = BTreeSet::new();
            for (number, line) in (1..).zip(std::fs::read_to_string(&path).unwrap().lines()) {
                let place = format!("{}:{number}: {line}", path.display());
                let columns: Vec<&str> = line.split('\t').collect();
                assert_eq!(columns.len(), 2, "{place}: not two columns");
                for column in &columns {
                    let variants: Vec<&str> = column.split(VARIANTS).collect();
                    assert!(variants.iter().all(|variant| variant.trim() == *variant), "{place}: spaces at an end");
                    assert!(
                        variants.iter().all(|variant| !compile::words(variant).is_empty()),
                        "{place}: a variant without a word"
                    );
                    let distinct: BTreeSet<&str> = variants.iter().copied().collect();
                    assert_eq!(distinct.len(), variants.len(), "{place}: a variant stands twice");
                }
                assert!(lines.insert(line.to_owned()), "{place}: the line stands twice");
                let first = |column: &str| fold(&column.split(VARIANTS).next().unwrap_or_default().to_lowercase());
                let head = [first(columns[0]), first(columns[1])];
                assert!(heads.insert(head), "{place}: another line begins both columns so");
                concepts += 1;
            }
        }
        assert!(concepts >= 6_000, "{concepts} concepts");
    }

    #[test]
    fn the_compiled_lexicon_is_read() {
        let built_in = Lexicon::built_in();
        assert!(found(&built_in, "rachat d'actions", Language::French).contains("buyback"));
        assert!(found(&built_in, "share buybacks", Language::English).contains("rachat d'actions"));
    }
}
