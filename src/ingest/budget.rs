//! How much may come out of one packed file: bytes in all and in proportion to its size, and files.
//!
//! Separate from the archives, because one budget serves all of them: an archive in an archive, and a document
//! that is packed itself (Word, PDF), is paid for by the file on disk that holds both, so nesting multiplies
//! nothing. What is not unpacked (a plain tar, a mailbox) costs its size on disk and no budget.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::Limits;
use super::source::{Trouble, size_of};
use crate::article::SkipReason;
use crate::wording::Bilingual;

/// How many bytes may come out of a file of any size, however small: proportions say little there.
const GRACE: u64 = 64 * 1024 * 1024;

/// What is left for one file on disk.
pub(super) struct Budget {
    bytes: Cell<u64>,
    members: Cell<u64>,
    /// What the limit is, in words.
    limit: Bilingual,
    most_members: u64,
    spent: Cell<bool>,
}

impl Budget {
    /// Returns the budget of a file of `size` bytes on disk.
    pub fn new(limits: &Limits, size: u64) -> Rc<Budget> {
        let proportional = size.saturating_mul(limits.ratio).max(GRACE);
        let limit = match proportional < limits.unpacked {
            true => said!("{} times its size", "{} fois sa taille", limits.ratio),
            false => size_of(limits.unpacked),
        };
        Rc::new(Budget {
            bytes: Cell::new(proportional.min(limits.unpacked)),
            members: Cell::new(limits.members),
            limit,
            most_members: limits.members,
            spent: Cell::new(false),
        })
    }

    /// Returns a budget for tests of what costs no budget.
    #[cfg(test)]
    pub fn unlimited() -> Rc<Budget> {
        Budget::new(&Limits { unpacked: u64::MAX, ratio: u64::MAX, ..Limits::default() }, u64::MAX)
    }

    /// Returns whether nothing more of the file is to be read.
    pub fn is_spent(&self) -> bool {
        self.spent.get()
    }

    /// Pays for a file in an archive.
    pub fn pay_member(&self) -> Result<(), Trouble> {
        match self.members.get().checked_sub(1) {
            Some(left) => {
                self.members.set(left);
                Ok(())
            }
            None => Err(self.spend_all(said!(
                "it holds more than {} files",
                "il contient plus de {} fichiers",
                self.most_members
            ))),
        }
    }

    /// Returns how many bytes may still come out.
    pub fn left(&self) -> u64 {
        self.bytes.get()
    }

    /// Pays for bytes that came out.
    pub fn pay(&self, bytes: u64) -> Result<(), Trouble> {
        match self.bytes.get().checked_sub(bytes) {
            Some(left) => {
                self.bytes.set(left);
                Ok(())
            }
            None => {
                let Bilingual { english, french } = &self.limit;
                Err(self.spend_all(said!("it unpacks to more than {english}", "déballé, il dépasse {french}")))
            }
        }
    }

    fn spend_all(&self, detail: Bilingual) -> Trouble {
        self.spent.set(true);
        self.bytes.set(0);
        Trouble::new(SkipReason::TooLarge, detail)
    }
}

/// A reader of unpacked bytes that are paid for as they pass.
pub(super) struct Budgeted<R> {
    reader: R,
    budget: Rc<Budget>,
}

impl<R> Budgeted<R> {
    /// Returns `reader`, paid for from `budget`.
    pub fn new(reader: R, budget: &Rc<Budget>) -> Budgeted<R> {
        Budgeted { reader, budget: budget.clone() }
    }
}

impl<R: Read> Read for Budgeted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.budget.pay(count as u64)?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(limits: &Limits, size: u64, bytes: u64, expected: Option<&str>) {
        let budget = Budget::new(limits, size);
        let result = io::copy(&mut Budgeted::new(io::repeat(b'a').take(bytes), &budget), &mut io::sink());
        assert_eq!(result.err().map(|error| error.to_string()).as_deref(), expected, "{size} {bytes}");
        assert_eq!(budget.is_spent(), expected.is_some());
    }

    #[test]
    fn bytes_are_limited_in_all_and_in_proportion() {
        let limits = Limits { unpacked: 2 * GRACE, ratio: 10, ..Limits::default() };
        check(&limits, 1, GRACE, None);
        check(&limits, 1, GRACE + 1, Some("it unpacks to more than 10 times its size"));
        check(&limits, GRACE, 2 * GRACE, None);
        check(&limits, GRACE, 2 * GRACE + 1, Some("it unpacks to more than 128 MiB"));
    }

    #[test]
    fn files_are_limited() {
        let budget = Budget::new(&Limits { members: 1, ..Limits::default() }, 1);
        assert_eq!(budget.pay_member(), Ok(()));
        assert_eq!(budget.pay_member().unwrap_err().detail.english, "it holds more than 1 files");
        assert!(budget.is_spent());
    }
}
