//! `telex index`: makes an index, or brings it up to date. `search --in` does the same first.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use telex::error::{Error, Kind, Result};
use telex::index::Index as Opened;
use telex::indexer::{self, IndexOptions, IndexReport};
use telex::render;
use telex::said;
use telex::wording::{Bilingual, UiLanguage};

use crate::args::{Global, Index};
use crate::clock::now;
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::progress::{Report, Watch};
use crate::request::limits;
use crate::terminal::Terminal;

pub fn run(args: &Index, global: &Global, terminal: &Terminal) -> Outcome {
    let (index, paths) = match args.paths.first() {
        Some(path) => (place::of(path, global), args.paths.clone()),
        None => known(global)?,
    };
    let mut options = IndexOptions {
        memory: usize::try_from(args.memory).unwrap_or(usize::MAX),
        full: args.full,
        names: !args.no_names,
        prune: args.prune,
        dry_run: args.dry_run,
        wait: args.wait,
        limits: limits(&args.limits),
        fields: place::config(&index, global)?.fields,
        ..IndexOptions::new(paths, index, now())
    };
    if let Some(threads) = args.threads {
        options.threads = usize::from(threads);
    }
    if !is_streamed(args) {
        options.written.extend(args.report.clone());
    }
    let watch = Watch::new(terminal, report(args)?, true);
    let result = indexer::run(&options, &watch);
    // What is wrong with the index comes before what is wrong with the report of it.
    let written = watch.finish();
    let report = result.map_err(|error| explain(error, global))?;
    for folder in &report.forgotten {
        let folder = folder.display();
        terminal.tell(said!(
            "{folder} was in the index and is no longer: add it with `telex index {folder}`",
            "{folder} était dans l’index et n’y est plus : ajoutez-le avec `telex index {folder}`"
        ));
    }
    let mut out: Box<dyn Write> = match is_streamed(args) {
        true => Box::new(io::stderr().lock()),
        false => Box::new(io::stdout().lock()),
    };
    if args.json {
        render::report(&report, &mut out)?;
    } else if args.dry_run || !terminal.is_quiet() {
        render::index_summary(&report, args.dry_run, terminal.language, &mut out)?;
    }
    out.flush()?;
    match &args.report {
        Some(path) if !is_streamed(args) => written.map_err(|error| Error::io(path, error))?,
        _ => written?,
    }
    Ok(ending(&report, terminal))
}

/// Returns the index at hand with the folders that it was made from, whatever its state.
fn known(global: &Global) -> Result<(PathBuf, Vec<PathBuf>)> {
    let index = place::existing(global).ok();
    let known = index.map(|index| (Opened::last_roots(&index), index)).filter(|(roots, _)| !roots.is_empty());
    let (roots, index) = known.ok_or_else(|| {
        Error::usage((
            "there is no folder to index, and no index here to bring up to date",
            "il n’y a pas de dossier à indexer, ni d’index ici à mettre à jour",
        ))
        .hint((
            "give the path of a folder of articles, or of one file",
            "donnez le chemin d’un dossier d’articles, ou d’un fichier",
        ))
    })?;
    Ok((index, roots.into_iter().map(|root| root.path).collect()))
}

/// Opens what the report is written to, before anything is done.
fn report(args: &Index) -> Result<Option<Report>> {
    let Some(path) = &args.report else { return Ok(None) };
    if !is_streamed(args) {
        return Ok(Some(Box::new(File::create(path).map_err(|error| Error::io(path, error))?)));
    }
    if args.json {
        return Err(Error::usage((
            "--json and `--report -` both write to standard output: give the report a file",
            "--json et `--report -` écrivent tous deux sur la sortie standard : donnez un fichier au rapport",
        )));
    }
    Ok(Some(Box::new(io::stdout())))
}

/// Whether the report is the output, and the summary goes elsewhere.
fn is_streamed(args: &Index) -> bool {
    args.report.as_deref() == Some(Path::new("-"))
}

/// Brings the index at `index` up to date with `path` and says so if there was something to do.
pub fn refresh(path: &Path, index: &Path, global: &Global, terminal: &Terminal) -> Outcome {
    let exists = index.join("engine").is_dir();
    let mut options = IndexOptions {
        fields: place::config(index, global)?.fields,
        ..IndexOptions::new(vec![path.to_owned()], index.to_owned(), now())
    };
    if !exists {
        let folder = path.display();
        terminal.tell(said!("indexing {folder}", "indexation de {folder}"));
    }
    let watch = Watch::new(terminal, None, false);
    let mut result = indexer::run(&options, &watch);
    // A folder's own index can be made again from the folder; another may hold more than this.
    if let Err(error) = &result
        && global.index.is_none()
        && matches!(error.kind(), Kind::Incompatible | Kind::Corrupt)
    {
        let Bilingual { english, french } = error.told_in_both();
        terminal.tell(said!("building the index again: {english}", "reconstruction de l’index : {french}"));
        options.full = true;
        result = indexer::run(&options, &watch);
    }
    watch.finish()?;
    match result {
        Ok(report) => {
            let changes = report.files_added + report.files_updated + report.files_removed;
            if changes > 0 || !exists {
                terminal.tell(refreshed(&report));
            }
            Ok(ending(&report, terminal))
        }
        // What the last update left can still be searched.
        Err(error) if exists && matches!(error.kind(), Kind::Locked | Kind::Io | Kind::Internal) => {
            let Bilingual { english, french } = error.told_in_both();
            terminal.tell(said!(
                "searching the index as it is: {english}",
                "recherche dans l’index tel qu’il est : {french}"
            ));
            Ok(Ending::Done)
        }
        Err(error) => Err(explain(error, global).into()),
    }
}

/// Returns what an update did, in a line.
fn refreshed(report: &IndexReport) -> Bilingual {
    let (written, total) = (report.articles_written, report.articles_total);
    let seconds = report.elapsed.as_secs_f64();
    let skipped = match report.skipped.values().sum::<u64>() {
        0 => Bilingual::default(),
        count => {
            let aside = UiLanguage::French.plural(count, "écarté", "écartés");
            said!(", {count} skipped (`telex index` says why)", ", {count} {aside} (`telex index` dit pourquoi)")
        }
    };
    let french_seconds = format!("{seconds:.2}").replace('.', ",");
    let Bilingual { english, french } = skipped;
    let articles = UiLanguage::English.plural(written, "article", "articles");
    let indexed = UiLanguage::French.plural(written, "article indexé", "articles indexés");
    said!(
        "indexed {written} {articles} in {seconds:.2} s; {total} in all{english}",
        "{written} {indexed} en {french_seconds} s ; {total} en tout{french}"
    )
}

fn ending(report: &IndexReport, terminal: &Terminal) -> Ending {
    if report.interrupted {
        let kept = report.articles_written;
        let (articles, are) = UiLanguage::English.plural(kept, ("article", "is"), ("articles", "are"));
        let french = match kept {
            0 | 1 => format!("{kept} article déjà écrit est gardé"),
            _ => format!("les {kept} articles déjà écrits sont gardés"),
        };
        terminal.tell(said!("interrupted: {kept} {articles} written so far {are} kept", "interrompu : {french}"));
        return Ending::Interrupted;
    }
    Ending::Done
}

/// Adds to an error of writing what the user can do about it.
fn explain(error: Error, global: &Global) -> Error {
    match error.kind() {
        Kind::Io if global.index.is_none() && error.advice().is_none() => error.hint((
            "choose another place for the index with `-i FOLDER`",
            "choisissez un autre emplacement pour l’index avec `-i DOSSIER`",
        )),
        _ => error,
    }
}
