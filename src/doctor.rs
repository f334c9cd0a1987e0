//! What is wrong with folders of articles: read as for an index, judged, and nothing written.
//!
//! Separate from the indexer, which reads what it can and tells only what it cannot; here what was read is
//! looked at too: dates, texts, securities, copies.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crossbeam_channel::bounded;
use rayon::iter::{ParallelBridge, ParallelIterator};
use rustc_hash::FxHashSet;

use crate::article::{Article, DateOrigin, Draft, Language, Mic, RepairKind, Skip, SkipReason};
use crate::error::Result;
use crate::ingest::{self, FieldMap, Found, Limits};
use crate::market::{self, symbol};
use crate::reading::{self, Circumstances, ticker};
use crate::threads::pool;
use crate::wording::Bilingual;

/// How articles are read.
#[derive(Clone, Debug)]
pub struct DoctorOptions {
    /// How many threads read.
    pub threads: usize,
    /// The present, in seconds since 1970 UTC: no article can be from later than tomorrow.
    pub now: i64,
    /// Above which sizes files are not read.
    pub limits: Limits,
    /// Where the user's own JSON and tables have the fields of an article.
    pub fields: FieldMap,
}

/// A sort of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// A file or record that gives no article.
    Unread,
    /// A file, record or archive above a limit.
    TooLarge,
    /// The charset that a file declares is not that of its text.
    WrongCharset,
    /// The language that a page or feed declares is not that of the text.
    WrongLanguage,
    /// UTF-8 that another program had encoded twice; it is repaired.
    Mojibake,
    /// A stated date that is none, lies in the future, or stands for no date.
    BadDate,
    /// No date but that of the file.
    NoDate,
    /// A title without a text.
    EmptyBody,
    /// A text that is nothing but disclaimers and the like.
    BoilerplateOnly,
    /// The same title and text as another article.
    Duplicate,
    /// A security that is in no table.
    UnknownTicker,
}

impl Fault {
    /// Every sort, the gravest first.
    pub const ALL: [Fault; 11] = [
        Fault::Unread,
        Fault::TooLarge,
        Fault::WrongCharset,
        Fault::WrongLanguage,
        Fault::Mojibake,
        Fault::BadDate,
        Fault::NoDate,
        Fault::EmptyBody,
        Fault::BoilerplateOnly,
        Fault::Duplicate,
        Fault::UnknownTicker,
    ];

    /// Returns the name by which programs know it.
    pub fn code(self) -> &'static str {
        match self {
            Fault::Unread => "unread",
            Fault::TooLarge => "too_large",
            Fault::WrongCharset => "wrong_charset",
            Fault::WrongLanguage => "wrong_language",
            Fault::Mojibake => "mojibake",
            Fault::BadDate => "bad_date",
            Fault::NoDate => "no_date",
            Fault::EmptyBody => "empty_body",
            Fault::BoilerplateOnly => "boilerplate_only",
            Fault::Duplicate => "duplicate",
            Fault::UnknownTicker => "unknown_ticker",
        }
    }

    /// Returns a few words for a person.
    pub fn words(self) -> Bilingual {
        let words = match self {
            Fault::Unread => ("not read", "non lus"),
            Fault::TooLarge => ("too large", "trop grands"),
            Fault::WrongCharset => ("wrong charset", "faux jeu de caractères"),
            Fault::WrongLanguage => ("wrong language", "fausse langue"),
            Fault::Mojibake => ("mojibake, repaired", "mojibake, réparé"),
            Fault::BadDate => ("bad date", "date fausse"),
            Fault::NoDate => ("no date", "sans date"),
            Fault::EmptyBody => ("no text", "sans texte"),
            Fault::BoilerplateOnly => ("boilerplate only", "rien que des mentions"),
            Fault::Duplicate => ("duplicate", "doublon"),
            Fault::UnknownTicker => ("unknown ticker", "valeur inconnue"),
        };
        words.into()
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What sort of fault.
    pub fault: Fault,
    /// The file, or the id of the article.
    pub path: String,
    /// The line, or the number of the record, from 1, where that makes sense.
    pub line: Option<u64>,
    /// One sentence on it.
    pub detail: Bilingual,
}

/// What an examination found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// How many files were read.
    pub files: u64,
    /// How many articles they hold.
    pub articles: u64,
    /// What is wrong, by sort of fault, then by path.
    pub findings: Vec<Finding>,
    /// Whether it was stopped before the end.
    pub interrupted: bool,
}

impl Diagnosis {
    /// Returns how many findings there are of each sort that there is.
    pub fn counts(&self) -> BTreeMap<Fault, u64> {
        let mut counts = BTreeMap::new();
        for finding in &self.findings {
            *counts.entry(finding.fault).or_default() += 1;
        }
        counts
    }
}

/// Examines folders and files; `stopped` is asked often whether to end early.
///
/// # Errors
/// `Usage` if there is nothing at a path, `Io` if it cannot be read at all.
pub fn examine(paths: &[PathBuf], options: &DoctorOptions, stopped: &(dyn Fn() -> bool + Sync)) -> Result<Diagnosis> {
    let examination = Examination { options, gathered: Mutex::default() };
    let pool = pool(options.threads)?;
    let (to_readers, work) = bounded::<(String, Found)>(1024);
    std::thread::scope(|scope| {
        let readers = scope.spawn(|| {
            pool.install(|| work.into_iter().par_bridge().for_each(|(name, found)| examination.read(name, &found)));
        });
        // Two paths given may overlap.
        let mut seen = FxHashSet::default();
        for path in paths {
            let root = path.canonicalize().unwrap_or_else(|_| path.clone());
            ingest::walk(path, &mut |found| {
                let is_read = found.is_ok();
                let name = found.as_ref().map_or_else(|skip| &skip.path, |found| &found.name);
                let is_new = paths.len() == 1 || seen.insert((name_of(&root, name), is_read));
                let listened = match found {
                    _ if !is_new => true,
                    Ok(found) => to_readers.send((name_of(path, &found.name), found)).is_ok(),
                    Err(skip) => {
                        examination.gather(Gathered::of_skip(name_of(path, &skip.path), skip));
                        true
                    }
                };
                if listened && !stopped() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }
        drop(to_readers);
        // A fault of a reader is told as one of its file.
        let _ = readers.join();
        Ok(())
    })?;
    let gathered = examination.gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Diagnosis { interrupted: stopped(), ..gathered.diagnosis() })
}

/// Returns the name of a file under a path as the user gave it.
fn name_of(root: &Path, name: &str) -> String {
    match root.is_dir() {
        true => root.join(name).to_string_lossy().into_owned(),
        false => root.to_string_lossy().into_owned(),
    }
}

struct Examination<'a> {
    options: &'a DoctorOptions,
    gathered: Mutex<Gathered>,
}

impl Examination<'_> {
    fn gather(&self, more: Gathered) {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner).add(more);
    }

    /// Reads one file and judges what it holds.
    fn read(&self, name: String, found: &Found) {
        let DoctorOptions { now, limits, fields, .. } = self.options;
        let circumstances = Circumstances { path: &name, modified: found.modified, now: *now, names: false };
        let mut gathered = Gathered { files: 1, ..Gathered::default() };
        let read = ingest::read_one_of_many(found, &name, limits, fields, &mut |draft| {
            match draft {
                Ok(draft) => gathered.judge(draft, &circumstances),
                Err(skip) => gathered.add_skip(skip.path.clone(), skip),
            }
            ControlFlow::Continue(())
        });
        if let Err(skip) = read {
            gathered.add_skip(skip.path.clone(), skip);
        }
        self.gather(gathered);
    }
}

/// What was found so far.
#[derive(Default)]
struct Gathered {
    files: u64,
    articles: u64,
    findings: Vec<Finding>,
    /// The fingerprints of what articles say, with their ids.
    contents: Vec<(u64, String)>,
}

impl Gathered {
    fn of_skip(path: String, skip: Skip) -> Gathered {
        let mut gathered = Gathered::default();
        gathered.add_skip(path, skip);
        gathered
    }

    fn add(&mut self, more: Gathered) {
        self.files += more.files;
        self.articles += more.articles;
        self.findings.extend(more.findings);
        self.contents.extend(more.contents);
    }

    fn add_skip(&mut self, path: String, skip: Skip) {
        let fault = if skip.reason == SkipReason::TooLarge { Fault::TooLarge } else { Fault::Unread };
        let Skip { line, detail, .. } = skip;
        self.findings.push(Finding { fault, path, line, detail });
    }

    /// Judges an article by what its file states and by what was read of it.
    fn judge(&mut self, draft: Draft, circumstances: &Circumstances<'_>) {
        let (dates, tickers, language) = (draft.dates.clone(), draft.tickers.clone(), draft.language.clone());
        let (repaired, misdeclared) = (draft.repaired, draft.misdeclared.clone());
        let article = match reading::read_one_of_many(draft, circumstances) {
            Ok(article) => article,
            Err(skip) => return self.add_skip(skip.path.clone(), skip),
        };
        let mut found = Vec::new();
        if let Some(detail) = misdeclared {
            found.push((Fault::WrongCharset, detail));
        }
        if let Some(tag) = language.filter(|tag| Language::from_tag(tag).is_some_and(|said| said != article.language)) {
            let own = article.language;
            let detail = said!(
                "it says that its language is `{tag}`, and that of its text is `{own}`",
                "il dit que sa langue est `{tag}`, et celle de son texte est `{own}`"
            );
            found.push((Fault::WrongLanguage, detail));
        }
        if repaired > 0 {
            found.push((Fault::Mojibake, RepairKind::encoded_twice(repaired)));
        }
        found.extend(judge_date(&dates, &article));
        found.extend(judge_text(&article));
        found.extend(unknown_tickers(&tickers, &article));
        self.articles += 1;
        if !article.text().trim().is_empty() {
            self.contents.push((article.content(), article.id.clone()));
        }
        let of_article = |(fault, detail)| Finding { fault, path: article.id.clone(), line: None, detail };
        self.findings.extend(found.into_iter().map(of_article));
    }

    fn diagnosis(mut self) -> Diagnosis {
        self.contents.sort();
        let same = self.contents.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
        for copies in same {
            let Some(((_, first), others)) = copies.split_first() else { continue };
            let detail = said!("it says the same as {first}", "il dit la même chose que {first}");
            let copy = |(_, path): &(u64, String)| Finding {
                fault: Fault::Duplicate,
                path: path.clone(),
                line: None,
                detail: detail.clone(),
            };
            self.findings.extend(others.iter().map(copy));
        }
        self.findings.sort_by(|a, b| (a.fault, &a.path, a.line).cmp(&(b.fault, &b.path, b.line)));
        Diagnosis { files: self.files, articles: self.articles, findings: self.findings, interrupted: false }
    }
}

/// Returns what is wrong with the date of an article that states these.
fn judge_date(stated: &[(String, DateOrigin)], article: &Article) -> Option<(Fault, Bilingual)> {
    let stated = || stated.iter().filter(|(date, from)| !date.trim().is_empty() && *from != DateOrigin::Properties);
    let origin = article.published.map(|published| published.origin);
    let is_stated = origin.is_some_and(|origin| stated().any(|(_, from)| *from == origin));
    match stated().next() {
        Some((date, _)) if is_stated && article.published.is_some_and(|published| published.at == 0) => {
            Some((Fault::BadDate, said!("`{date}` stands for no date", "`{date}` tient lieu de date")))
        }
        Some((date, _)) if !is_stated => Some((
            Fault::BadDate,
            said!("`{date}` is no date, or lies in the future", "`{date}` n’est pas une date, ou est à venir"),
        )),
        None if matches!(origin, None | Some(DateOrigin::FileTime)) => {
            Some((Fault::NoDate, ("that of the file stands in for it", "celle du fichier en tient lieu").into()))
        }
        _ => None,
    }
}

/// Returns what is wrong with the text of an article.
fn judge_text(article: &Article) -> Option<(Fault, Bilingual)> {
    match () {
        () if article.body.trim().is_empty() => {
            Some((Fault::EmptyBody, ("there is a title and no text", "il y a un titre et pas de texte").into()))
        }
        () if article.text().trim().is_empty() => Some((
            Fault::BoilerplateOnly,
            ("the text is boilerplate from its beginning", "le texte n’est que mentions dès son début").into(),
        )),
        () => None,
    }
}

/// Returns the securities of an article that no table has. A bare symbol is judged on the market that reading gave it.
fn unknown_tickers(stated: &[String], article: &Article) -> Vec<(Fault, Bilingual)> {
    let is_placed = |symbol: String| {
        article.tickers.iter().any(|mention| mention.ticker.symbol == symbol && mention.ticker.mic != Mic::UNKNOWN)
    };
    let bare = |code: &str| symbol::canonical(code.trim_start_matches('$'), Mic::UNKNOWN);
    let at = article.published.map(|published| published.at);
    let unread = ticker::stated_codes(stated)
        .filter(|code| ticker::is_unread(code, article.language, at) && !is_placed(bare(code)))
        .map(str::to_owned);
    // A listing that no table has may be that of a company that is known: `NYSE:WMT`.
    let unlisted = article.tickers.iter().filter(|mention| {
        mention.ticker.mic != Mic::UNKNOWN && !market::is_known(&mention.ticker) && !market::is_known(&mention.company)
    });
    let unlisted = unlisted.map(|mention| mention.ticker.to_string());
    let tickers: BTreeSet<String> = unread.chain(unlisted).collect();
    let told =
        |ticker| (Fault::UnknownTicker, said!("`{ticker}` is in no table", "`{ticker}` n’est dans aucune table"));
    tickers.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examines these files, and returns what is found as `code path detail`.
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let options = DoctorOptions {
            threads: 2,
            now: 1_760_000_000,
            limits: Limits { text: 2000, record: 2000, ..Limits::default() },
            fields: FieldMap::default(),
        };
        let found = examine(&[folder.path().to_owned()], &options, &|| false).unwrap();
        let short = |text: &str| text.replace(&format!("{}/", folder.path().display()), "");
        let told = found.findings.iter().map(|finding| {
            format!(
                "{} {} {}",
                finding.fault.code(),
                short(&finding.path),
                short(&finding.detail.english).split(" .txt").next().unwrap_or_default()
            )
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
        assert_eq!(found.counts().values().sum::<u64>(), expected.len() as u64);
        assert!(!found.interrupted && found.files <= files.len() as u64);
    }

    const TEXT: &str = "Le groupe a signé un accord avec deux fournisseurs de la région.";

    #[test]
    fn good_articles_are_well() {
        let article =
            format!("{{\"title\":\"Un accord\",\"date\":\"2025-03-04\",\"body\":\"{TEXT}\",\"tickers\":[\"MC.PA\"]}}");
        check(&[("a.json", &article)], &[]);
    }

    #[test]
    fn a_bare_symbol_is_known_if_a_market_lists_it() {
        let of = |tickers: &str| {
            format!("{{\"title\":\"Un accord\",\"date\":\"2025-03-04\",\"body\":\"{TEXT}\",\"tickers\":{tickers}}}")
        };
        check(
            &[("a.json", &of(r#"["AAPL", "MC", "MSFT", "TTE", "or", "$AMZN", "BRK/B", "NASDAQ:MSFT; MC.PA", ""]"#))],
            &[],
        );
        let unknown = "unknown_ticker a.json `QQQZZ` is in no table";
        check(&[("a.json", &of(r#"["AAPL, QQQZZ"]"#))], &[unknown]);
        check(
            &[("a.json", &of(r#"["XPAR:QQQZZ", "zzq"]"#))],
            &["unknown_ticker a.json `XPAR:QQQZZ` is in no table", "unknown_ticker a.json `zzq` is in no table"],
        );
    }

    #[test]
    fn every_fault_is_found() {
        let record =
            |date: &str, body: &str| format!("{{\"title\":\"Un accord\",\"date\":\"{date}\",\"body\":\"{body}\"}}");
        let large = "x ".repeat(2000);
        let in_french = format!(
            "<html lang=\"en-US\"><title>Un titre</title><time datetime=\"2025-03-04\"></time><p>{}</p></html>",
            "Le bénéfice monte encore cette année, dit le groupe. ".repeat(5)
        );
        check(
            &[
                ("a.json", &record("2025-03-04", TEXT)),
                ("b.json", &record("2025-03-05", TEXT)),
                ("c.json", &record("31/02/2025", "Un autre texte, assez long pour être lu.")),
                ("d.json", &record("2199-01-01", "Un texte à venir, assez long pour être lu.")),
                ("e.json", &record("1970-01-01T00:00:00Z", "Un texte de jadis, assez long pour être lu.")),
                ("f.json", &record("2025-03-04", "")),
                ("g.json", "{\"title\":\"Un accord\",\"body\":\"Sans date, et assez long.\"}"),
                ("h.json", "{\"title\":"),
                ("i.txt", &large),
                ("j.json", &record("2025-03-04", "Le bÃ©nÃ©fice a montÃ© de trois pour cent cette annÃ©e.")),
                (
                    "k.html",
                    "<meta charset=\"iso-8859-1\"><title>Un titre</title><time datetime=\"2025-03-04\"></time><p>Le bénéfice monte encore cette année, dit le groupe.</p>",
                ),
                (
                    "l.json",
                    "{\"title\":\"Un accord\",\"date\":\"2025-03-04\",\"body\":\"Un texte sur une valeur.\",\"tickers\":[\"XPAR:QQQZZ\"]}",
                ),
                ("m.exe", "MZ"),
                ("n.html", &in_french),
            ],
            &[
                "unread h.json this is not JSON: EOF while parsing a value at line 1 column 9",
                "unread m.exe telex does not read .exe files, only",
                "too_large i.txt the file is larger than 2000 bytes",
                "wrong_charset k.html it says that it is iso-8859-1, and is UTF-8",
                "wrong_language n.html it says that its language is `en-US`, and that of its text is `fr`",
                "mojibake j.json 4 of its characters had been encoded twice (mojibake)",
                "bad_date c.json `31/02/2025` is no date, or lies in the future",
                "bad_date d.json `2199-01-01` is no date, or lies in the future",
                "bad_date e.json `1970-01-01T00:00:00Z` stands for no date",
                "no_date g.json that of the file stands in for it",
                "empty_body f.json there is a title and no text",
                "duplicate b.json it says the same as a.json",
                "unknown_ticker l.json `XPAR:QQQZZ` is in no table",
            ],
        );
    }
}
