//! Shows how far the indexer has come: a bar on a terminal, a line every ten seconds elsewhere. ^C
//! is a wish to stop and keep what is done (`interrupt`).

use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use telex::article::{Repair, Skip};
use telex::indexer::{Observer, Progress};
use telex::wording::Bilingual;
use telex::{render, said};

use crate::interrupt;
use crate::terminal::Terminal;

const EVERY: Duration = Duration::from_secs(10);

/// Where the report goes: a file, or standard output.
pub type Report = Box<dyn Write + Send>;

/// The report as it is written: after an error, nothing more.
struct Lines {
    file: BufWriter<Report>,
    failed: Option<io::Error>,
}

impl Lines {
    fn add(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.failed.is_none() {
            self.failed = write(&mut self.file).err();
        }
    }
}

/// Watches a run of the indexer for the user.
pub struct Watch<'a> {
    terminal: &'a Terminal,
    bar: ProgressBar,
    report: Option<Mutex<Lines>>,
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
        interrupt::watch(terminal.language);
        let now = Instant::now();
        let report = report.map(|file| Mutex::new(Lines { file: BufWriter::new(file), failed: None }));
        Watch { terminal, bar, report, start: now, last: Mutex::new(now), names_skips }
    }

    /// Ends the watch; the error of writing the report, if there is one.
    pub fn finish(self) -> io::Result<()> {
        interrupt::end_watch();
        self.bar.finish_and_clear();
        let Some(report) = self.report else { return Ok(()) };
        let mut lines = report.into_inner().unwrap_or_else(PoisonError::into_inner);
        lines.failed.map_or_else(|| lines.file.flush(), Err)
    }
}

impl Watch<'_> {
    /// Writes a line of the report, if there is one.
    fn report(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if let Some(report) = &self.report {
            report.lock().unwrap_or_else(PoisonError::into_inner).add(write);
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
        self.report(|out| render::skip(skip, out));
        if self.names_skips {
            let line = skip.line.map(|line| format!(":{line}")).unwrap_or_default();
            let Skip { path, detail: Bilingual { english, french }, .. } = skip;
            let message = said!("skipped {path}{line}: {english}", "écarté {path}{line} : {french}");
            self.bar.suspend(|| self.terminal.tell(message));
        }
    }

    fn repaired(&self, repair: &Repair) {
        self.report(|out| render::repair(repair, out));
    }

    fn cancelled(&self) -> bool {
        interrupt::is_wished()
    }
}
