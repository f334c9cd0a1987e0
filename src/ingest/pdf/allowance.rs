//! What one document may unpack to and hold: no more than the limit of an article, and than is left of the budget of
//! the file on disk that it lies in.

use std::cell::Cell;

use crate::ingest::budget::Budget;
use crate::ingest::source::{Trouble, too_large};

/// What is left for one document.
pub(super) struct Allowance<'b> {
    left: Cell<usize>,
    limit: u64,
    budget: &'b Budget,
}

impl<'b> Allowance<'b> {
    /// Returns the allowance of a document of at most `limit` bytes.
    pub fn new(limit: u64, budget: &'b Budget) -> Allowance<'b> {
        Allowance { left: Cell::new(usize::try_from(limit).unwrap_or(usize::MAX)), limit, budget }
    }

    /// Returns one for something else of the document, from the same budget.
    pub fn another(&self) -> Allowance<'b> {
        Allowance::new(self.limit, self.budget)
    }

    /// Returns how many bytes may still be spent.
    pub fn left(&self) -> usize {
        self.left.get().min(usize::try_from(self.budget.left()).unwrap_or(usize::MAX))
    }

    /// Spends bytes. Fails as too large if they are not left.
    pub fn spend(&self, bytes: usize) -> Result<(), Trouble> {
        self.budget.pay(bytes as u64)?;
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.unwrap_or(0));
        left.map(|_| ())
            .ok_or_else(|| too_large(("the document, once unpacked,", "le document, une fois déballé,"), self.limit))
    }

    /// Returns whether nothing is left of the file on disk either.
    pub fn is_budget_spent(&self) -> bool {
        self.budget.is_spent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Limits;

    #[test]
    fn a_document_spends_its_own_and_what_it_lies_in() {
        let budget = Budget::new(&Limits { unpacked: 10, ..Limits::default() }, 1);
        let first = Allowance::new(7, &budget);
        assert_eq!((first.spend(6), first.left()), (Ok(()), 1));
        assert_eq!(first.spend(2).unwrap_err().detail.english, "the document, once unpacked, is larger than 7 bytes");
        assert!(!first.is_budget_spent());
        let second = Allowance::new(7, &budget);
        assert_eq!(second.left(), 2);
        assert_eq!(second.spend(3).unwrap_err().detail.english, "it unpacks to more than 10 bytes");
        assert!(second.is_budget_spent());
    }
}
