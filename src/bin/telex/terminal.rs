//! What the terminal can do and what its user wishes: colour, links, width, paging. The environment is
//! read here and in `place`, and nowhere else.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use telex::index::Root;
use telex::render::{Look, Page, clean};
use telex::wording::{Bilingual, UiLanguage};

use crate::args::{Global, Speech, When};
use crate::interrupt;

/// The terminal, or what stands in its place.
pub struct Terminal {
    /// How output for people looks.
    pub look: Look,
    /// The language in which the user is spoken to.
    pub language: UiLanguage,
    /// Whether errors are told to a program, as JSON.
    pub json: bool,
    /// The current folder; empty if there is none.
    here: PathBuf,
    quiet: bool,
    pages: bool,
    height: usize,
    error_color: bool,
}

impl Terminal {
    /// Asks the terminal and the environment; `json` says whether errors are for a program.
    pub fn new(global: &Global, json: bool) -> Terminal {
        let out = io::stdout().is_terminal();
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let wished = |is_terminal: bool| match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto if set("NO_COLOR") => false,
            When::Auto if env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            When::Auto => is_terminal && env::var_os("TERM").is_none_or(|term| term != "dumb"),
        };
        let language = language(global.ui_lang);
        let size = terminal_size::terminal_size();
        // What goes elsewhere has the width that its user gives it.
        let given = || env::var("COLUMNS").ok()?.trim().parse::<usize>().ok().filter(|_| !out);
        let width = given().or(size.map(|(width, _)| usize::from(width.0))).unwrap_or(100).clamp(20, 120);
        let color = wished(out);
        Terminal {
            look: Look { color, links: color && out && links_work(), width, language },
            language,
            json,
            here: env::current_dir().unwrap_or_default(),
            quiet: global.quiet,
            pages: out && !global.no_pager,
            height: size.map_or(0, |(_, height)| usize::from(height.0)),
            error_color: wished(io::stderr().is_terminal()),
        }
    }

    /// Returns what a renderer is given here, beside the answer.
    pub fn page<'a>(&'a self, roots: &'a [Root]) -> Page<'a> {
        Page { query: None, roots, here: &self.here, look: self.look, names: true, separator: b',' }
    }

    /// Tells the user something on standard error, unless told to be quiet.
    pub fn tell(&self, message: impl Into<Bilingual>) {
        if !self.quiet {
            self.insist(message);
        }
    }

    /// Tells the user something that is told even to who wants quiet.
    pub fn insist(&self, message: impl Into<Bilingual>) {
        let _ = writeln!(io::stderr(), "{}", clean(message.into().to(self.language)));
    }

    /// Tells the user of a failure.
    pub fn complain(&self, message: impl Into<Bilingual>) {
        let (on, off) = if self.error_color { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        let label = self.language.pick("error:", "erreur\u{a0}:");
        let _ = writeln!(io::stderr(), "{on}{label}{off} {}", clean(message.into().to(self.language)));
    }

    /// Whether progress is to be shown at all.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints what `render` writes for people, through a pager if it is longer than the screen. Old pagers
    /// show links as rubbish, so paged output has none.
    pub fn print(&self, render: &dyn Fn(Look, &mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        let mut output = Vec::new();
        render(self.look, &mut output)?;
        let lines = output.iter().filter(|byte| **byte == b'\n').count();
        if self.pages && lines >= self.height {
            let mut plain = Vec::new();
            render(Look { links: false, ..self.look }, &mut plain)?;
            let pager =
                ["TELEX_PAGER", "PAGER"].iter().find_map(|name| env::var(name).ok().filter(|it| !it.is_empty()));
            if interrupt::while_paging(self.language, || page(pager.as_deref(), &plain)).is_ok() {
                return Ok(());
            }
        }
        let mut out = io::stdout().lock();
        out.write_all(&output)?;
        out.flush()
    }
}

/// Shows output through a pager.
///
/// # Errors
/// If there is no such pager: nothing was shown then.
fn page(pager: Option<&str>, output: &[u8]) -> io::Result<()> {
    let mut command = match pager {
        Some(pager) => shell(pager),
        None => {
            let mut command = Command::new("less");
            command.arg("-FRX");
            command
        }
    };
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A pager that is left early closes its end.
        let _ = stdin.write_all(output);
    }
    match child.wait()?.code() {
        // So a shell says that there is no such program, or none that it may run.
        Some(126 | 127) => Err(io::ErrorKind::NotFound.into()),
        _ => Ok(()),
    }
}

/// Returns a command line of the user's as the shell runs it.
pub fn shell(line: &str) -> Command {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut command = Command::new(shell);
    command.args([flag, line]);
    command
}

/// Returns the language asked for, or that of the locale's messages; English where that is another.
pub fn language(asked: Option<Speech>) -> UiLanguage {
    match asked {
        Some(Speech::Fr) => UiLanguage::French,
        Some(Speech::En) => UiLanguage::English,
        // The first that is set decides, as POSIX has it.
        None => ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| env::var(name).ok().filter(|locale| !locale.is_empty()))
            .and_then(|locale| UiLanguage::from_locale(&locale))
            .unwrap_or_default(),
    }
}

/// Returns whether the terminal is one of those known to show OSC 8 links.
fn links_work() -> bool {
    let is = |name: &str, values: &[&str]| {
        env::var(name).is_ok_and(|value| values.iter().any(|known| value.eq_ignore_ascii_case(known)))
    };
    is("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"])
        || is("TERM", &["xterm-kitty", "alacritty", "foot", "xterm-ghostty"])
        || env::var("VTE_VERSION").is_ok_and(|version| version.parse::<u32>().is_ok_and(|version| version >= 5000))
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM"].iter().any(|name| env::var_os(name).is_some())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_pager_is_a_line_of_the_shell() {
        let folder = tempfile::tempdir().unwrap();
        let shown = folder.path().join("shown");
        let to = format!("cat > '{}'", shown.display());
        // ^C is the pager's: the process that waits for it lives on.
        for pager in [&to, &format!("cat | {to}"), &format!("kill -INT $PPID; sleep 0.3; {to}")] {
            interrupt::while_paging(UiLanguage::English, || page(Some(pager), b"one\ntwo\n")).unwrap();
            assert_eq!(std::fs::read_to_string(&shown).unwrap(), "one\ntwo\n", "{pager}");
            std::fs::remove_file(&shown).unwrap();
        }
        // One that is left early has shown what was wanted.
        assert!(page(Some("exit 1"), &[b'x'; 1 << 20]).is_ok());
        for pager in ["nosuchprogram -R", "sh -c nosuchprogram", "exec /"] {
            assert!(page(Some(pager), b"one").is_err(), "{pager}");
        }
    }
}
