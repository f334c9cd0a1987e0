//! Brings stories up to date: what hangs together by near pairs is one story.
//!
//! Stories are the connected components of the pairs, so they do not depend on the order in which
//! articles came or on who compared them. New articles can only join stories; a story that lost an
//! article may fall apart, so its members are looked at anew.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::near::candidates;
use super::signature::Signature;

/// An article to be grouped.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// What is kept of its text.
    pub signature: &'a Signature,
    /// The story it is known to be of, by a number of the caller's; `None` for those to be looked at: new
    /// articles, and the members of a story that lost one.
    pub story: Option<usize>,
    /// Whether it is to be compared with all others. One that is not, and is of no story, stands alone so far.
    pub fresh: bool,
}

/// Returns the groups of two and more, as places in `items`, that at least one fresh item belongs to, and
/// all known members of the stories it joins. Groups are in the order of their first item.
pub fn regroup(items: &[Item<'_>]) -> Vec<Vec<usize>> {
    let mut sets = Sets { above: (0..items.len()).collect() };
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        if let Some(story) = item.story {
            sets.join(*first.entry(story).or_insert(at), at);
        }
    }
    let signatures: Vec<&Signature> = items.iter().map(|item| item.signature).collect();
    candidates(&signatures, &|at| items[at].fresh, &mut |a, b| {
        if sets.top(a) != sets.top(b) && items[a].signature.is_near(items[b].signature) {
            sets.join(a, b);
        }
    });
    // Most articles have no copies, and need no group.
    let joined: FxHashSet<usize> =
        (0..items.len()).map(|at| (at, sets.top(at))).filter(|(at, top)| at != top).map(|(_, top)| top).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..items.len() {
        let top = sets.top(at);
        if joined.contains(&top) {
            groups.entry(top).or_default().push(at);
        }
    }
    let changed = |group: &Vec<usize>| group.iter().any(|at| items[*at].fresh);
    groups.into_values().filter(changed).collect()
}

/// Disjoint sets, each named by its smallest member (Tarjan, 1975, with paths halved).
struct Sets {
    above: Vec<usize>,
}

impl Sets {
    fn top(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        self.above[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: usize, to: usize) -> Signature {
        Signature::of_text("", &(from..to).map(|n| format!("mot{n} ")).collect::<String>(), None)
    }

    fn known(signature: &Signature, story: usize) -> Item<'_> {
        Item { signature, story: Some(story), fresh: false }
    }

    fn fresh(signature: &Signature) -> Item<'_> {
        Item { signature, story: None, fresh: true }
    }

    #[test]
    fn groups_hang_together_by_near_pairs() {
        let texts = [text(0, 200), text(1000, 1200), text(0, 150), text(50, 260), text(2000, 2100)];
        assert_eq!(regroup(&texts.each_ref().map(fresh)), [[0, 2, 3]]);
    }

    #[test]
    fn a_new_article_joins_and_bridges_stories() {
        let (whole, cut, other) = (text(0, 200), text(0, 180), text(300, 500));
        let old = [known(&whole, 7), known(&cut, 7), known(&other, 8)];
        let with = |new: &Signature| regroup(&[&old[..], &[fresh(new)]].concat());
        assert_eq!(with(&text(5, 200)), [[0, 1, 3]]);
        // It shares enough of both.
        let bridge: String = (20..200).chain(320..500).map(|n| format!("mot{n} ")).collect();
        assert_eq!(with(&Signature::of_text("", &bridge, None)), [[0, 1, 2, 3]]);
        assert_eq!(with(&text(800, 900)), Vec::<Vec<usize>>::new());
        assert_eq!(regroup(&old), Vec::<Vec<usize>>::new(), "what is known is not looked at again");
    }
}
