//! Threads that share work: made in one place, with one word for a system that gives none.

use std::any::Any;

use crate::error::{Error, Kind, Result};

/// Returns a pool of `threads` threads, at least one.
///
/// # Errors
/// `Io` if the system does not give them.
pub fn pool(threads: usize) -> Result<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build();
    pool.map_err(|error| {
        let message = said!("cannot start {threads} threads", "impossible de lancer {threads} fils d’exécution");
        Error::new(Kind::Io, message).because(error)
    })
}

/// Returns what a thread that panicked said.
pub fn last_words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_thread_at_the_least() {
        for (asked, want) in [(0, 1), (1, 1), (3, 3)] {
            assert_eq!(pool(asked).unwrap().current_num_threads(), want);
        }
    }
}
