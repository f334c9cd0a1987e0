//! A value that is made and kept once it has been asked for often enough. For a few documents of a window a look at
//! their columns is cheaper than a list of all; for many, or for a few again and again, the list is, and to keep the
//! lists of every window would cost memory.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A value that is made once many asked for it.
#[derive(Debug)]
pub(super) struct Kept<T> {
    asked: AtomicU32,
    value: OnceLock<T>,
}

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept { asked: AtomicU32::new(0), value: OnceLock::new() }
    }
}

impl<T> Kept<T> {
    /// Notes that so many ask, and returns the value, made by `make`, if those who asked so far are `many`.
    pub fn ask(&self, count: u32, many: u32, make: impl FnOnce() -> T) -> Option<&T> {
        if let Some(value) = self.value.get() {
            return Some(value);
        }
        // Who asks at the same time may be one too late: that costs a look, no answer.
        let asked = self.asked.load(Ordering::Relaxed).saturating_add(count);
        self.asked.store(asked, Ordering::Relaxed);
        (asked >= many).then(|| self.value.get_or_init(make))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_many_asked() {
        let kept = Kept::default();
        assert_eq!(kept.ask(3, 8, || "too early"), None);
        assert_eq!(kept.ask(4, 8, || "too early"), None);
        assert_eq!(kept.ask(1, 8, || "made"), Some(&"made"));
        assert_eq!(kept.ask(0, 8, || "again"), Some(&"made"));
        let kept = Kept::default();
        assert_eq!(kept.ask(8, 8, || "at once"), Some(&"at once"));
    }
}
