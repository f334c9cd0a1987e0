//! Shows how far the indexer has come: a bar on a terminal, a line every ten seconds elsewhere. Takes
//! ^C as a wish to stop and keep what is done; a second one ends at once.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use telex::article::{Repair, Skip};
use telex::indexer::{Observer, Progress};
use telex::said;
use telex::wording::Bilingual;

use crate::terminal::Terminal;

/// Set by the first ^C.
static STOP: AtomicBool = AtomicBool::new(false);
/// Whether there is something to stop: without it, ^C ends the process at once, as ever.
static WATCHING: AtomicBool = AtomicBool::new(false);

const EVERY: Duration = Duration::from_secs(10);

/// Where the report goes: a file, or standard output.
pub type Report = Box<dyn Write + Send>;

/// Watches a run of the indexer for the user.
pub struct Watch<'a> {
    terminal: &'a Terminal,
    bar: ProgressBar,
    report: Option<Mutex<BufWriter<Report>>>,
    start: Instant,
    last: Mutex<Instant>,
    names_skips: bool,
}

impl<'a> Watch<'a> {
    /// Begins to watch; skips are written to `report`, and told on standard error if `names_skips`.
    pub fn new(terminal: &'a Terminal, report: Option<Report>, names_skips: bool) -> Watch<'a> {
        let bar = if io::stderr().is_terminal() && !terminal.is_quiet() {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
            let template = "{spinner} {bytes}/{total_bytes} {wide_bar} {binary_bytes_per_sec} ETA {eta} {msg}";
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        } else {
            ProgressBar::hidden()
        };
        WATCHING.store(true, Ordering::Relaxed);
        // A second watch of the same process finds the handler in place.
        let stopping =
            terminal.language.pick("stopping; once more to stop at once", "arrêt ; encore une fois pour arrêter net");
        let _ = ctrlc::set_handler(move || {
            if STOP.swap(true, Ordering::Relaxed) || !WATCHING.load(Ordering::Relaxed) {
                std::process::exit(130);
            }
            let _ = writeln!(io::stderr(), "{stopping}");
        });
        let now = Instant::now();
        let report = report.map(|file| Mutex::new(BufWriter::new(file)));
        Watch { terminal, bar, report, start: now, last: Mutex::new(now), names_skips }
    }

    /// Ends the watch; the error of writing the report, if there is one.
    pub fn finish(self) -> io::Result<()> {
        WATCHING.store(false, Ordering::Relaxed);
        self.bar.finish_and_clear();
        match self.report {
            Some(report) => report.into_inner().unwrap_or_else(PoisonError::into_inner).flush(),
            None => Ok(()),
        }
    }
}

impl Watch<'_> {
    /// Writes a line of the report, if there is one.
    fn report(&self, of: &impl Serialize) {
        if let Some(report) = &self.report
            && let Ok(line) = serde_json::to_string(of)
        {
            let _ = writeln!(report.lock().unwrap_or_else(PoisonError::into_inner), "{line}");
        }
    }
}

impl Observer for Watch<'_> {
    fn progress(&self, progress: &Progress) {
        if !self.bar.is_hidden() {
            self.bar.set_length(progress.bytes_found);
            self.bar.set_position(progress.bytes_done);
            let message = match progress.committing {
                true => self.terminal.language.pick("writing the index", "écriture de l’index").to_owned(),
                false => format!("{} articles", progress.articles),
            };
            self.bar.set_message(message);
            return;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= EVERY {
            *last = Instant::now();
            let seconds = self.start.elapsed().as_secs();
            let Progress { files_done, files_found, bytes_done, articles, .. } = *progress;
            let bytes = HumanBytes(bytes_done);
            self.terminal.tell(said!(
                "{seconds} s: {files_done} of {files_found} files, {bytes}, {articles} articles",
                "{seconds} s : {files_done} fichiers sur {files_found}, {bytes}, {articles} articles"
            ));
        }
    }

    fn skipped(&self, skip: &Skip) {
        self.report(skip);
        if self.names_skips {
            let line = skip.line.map(|line| format!(":{line}")).unwrap_or_default();
            let Skip { path, detail: Bilingual { english, french }, .. } = skip;
            let message = said!("skipped {path}{line}: {english}", "écarté {path}{line} : {french}");
            self.bar.suspend(|| self.terminal.tell(message));
        }
    }

    fn repaired(&self, repair: &Repair) {
        self.report(repair);
    }

    fn cancelled(&self) -> bool {
        STOP.load(Ordering::Relaxed)
    }
}
