//! What is made when it is first asked for, where making it may fail: the standard library's own way to say so
//! (`OnceLock::get_or_try_init`) is not stable yet.

use std::sync::OnceLock;

/// Returns what `cell` holds, made by `make` if it holds nothing yet.
pub(super) fn get_or_try<T, E>(cell: &OnceLock<T>, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
    match cell.get() {
        Some(made) => Ok(made),
        None => {
            let made = make()?;
            Ok(cell.get_or_init(|| made))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_after_a_failure_again() {
        let cell = OnceLock::new();
        assert_eq!(get_or_try(&cell, || Err("no")), Err("no"));
        assert_eq!(get_or_try(&cell, || Ok::<i32, &str>(1)), Ok(&1));
        assert_eq!(get_or_try(&cell, || Err("not asked")), Ok(&1));
    }
}
