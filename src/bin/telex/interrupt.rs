//! What ^C does: it ends the process at once, but for two things. While the indexer runs, it is a wish to stop and keep
//! what is done; a second one ends at once. While a pager has the terminal, it is the pager's.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use telex::wording::UiLanguage;

/// Set by the first ^C while the indexer runs.
static STOP: AtomicBool = AtomicBool::new(false);
static WATCHING: AtomicBool = AtomicBool::new(false);
static PAGING: AtomicBool = AtomicBool::new(false);

/// From now on ^C is a wish to stop, until [`end_watch`].
pub fn watch(language: UiLanguage) {
    WATCHING.store(true, Ordering::Relaxed);
    handle(language);
}

/// From now on ^C ends the process again.
pub fn end_watch() {
    WATCHING.store(false, Ordering::Relaxed);
}

/// Whether the user wishes to stop.
pub fn is_wished() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Does something while ^C is the pager's. The pager itself hears it: what handles a signal here is not handed down.
pub fn while_paging<T>(language: UiLanguage, act: impl FnOnce() -> T) -> T {
    PAGING.store(true, Ordering::Relaxed);
    handle(language);
    let done = act();
    PAGING.store(false, Ordering::Relaxed);
    done
}

fn handle(language: UiLanguage) {
    let stopping = language.pick("stopping; once more to stop at once", "arrêt ; encore une fois pour arrêter net");
    // The second who asks finds the handler in place.
    let _ = ctrlc::set_handler(move || {
        if PAGING.load(Ordering::Relaxed) {
            return;
        }
        if STOP.swap(true, Ordering::Relaxed) || !WATCHING.load(Ordering::Relaxed) {
            std::process::exit(130);
        }
        let _ = writeln!(io::stderr(), "{stopping}");
    });
}
