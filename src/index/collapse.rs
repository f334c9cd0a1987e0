//! Counts stories beside articles, and keeps of each story the best article alone.
//!
//! The best articles of a segment, one a story, are enough to find the best of all: an article that
//! stands behind `limit` others of its own segment, each of another story, cannot be among the first.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;

/// What a search learns of stories.
#[derive(Default)]
pub(super) struct Collapse {
    /// Articles that have no copies.
    alone: u64,
    seen: FxHashSet<u32>,
    /// The matching articles of stories.
    members: Vec<(u32, DocAddress)>,
}

impl Collapse {
    /// Counts matching documents of a window, so many that have no copies, and those that have.
    pub fn count(&mut self, alone: u64, copies: impl Iterator<Item = (u32, DocAddress)>) {
        self.alone += alone;
        for (story, address) in copies {
            self.seen.insert(story);
            self.members.push((story, address));
        }
    }

    /// Returns how many stories match, and the matching articles of those that have several.
    pub fn finish(self) -> (u64, Vec<(u32, DocAddress)>) {
        (self.alone + self.seen.len() as u64, self.members)
    }
}

/// The best document of each story in one segment.
pub(super) struct BestOfStory<P> {
    best: FxHashMap<u32, P>,
}

impl<P: Ord + Copy> BestOfStory<P> {
    pub fn new() -> BestOfStory<P> {
        BestOfStory { best: FxHashMap::default() }
    }

    /// Offers a document; a smaller rank is better.
    pub fn offer(&mut self, story: u32, rank: P) {
        let best = self.best.entry(story).or_insert(rank);
        *best = rank.min(*best);
    }

    /// Returns the best ranks.
    pub fn into_ranks(self) -> impl Iterator<Item = P> {
        self.best.into_values()
    }
}
