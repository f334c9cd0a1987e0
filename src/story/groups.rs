//! Brings stories up to date: what hangs together by near pairs is one story.
//!
//! Stories are the connected components of the pairs, so they do not depend on the order in which
//! articles came or on who compared them. New articles can only join stories; a story that lost an
//! article may fall apart, so its members are looked at anew.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::near::candidates;
use super::sets::Sets;
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
    let mut sets = Sets::new(items.len());
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        if let Some(story) = item.story {
            sets.join(*first.entry(story).or_insert(at), at);
        }
    }
    let (apart, fresh) = apart(items, &mut sets);
    let signatures: Vec<&Signature> = apart.iter().map(|at| items[*at].signature).collect();
    candidates(&signatures, fresh, &mut |a, b| {
        let (a, b) = (apart[a], apart[b]);
        if sets.top(a) == sets.top(b) {
            return true;
        }
        let near = items[a].signature.is_near(items[b].signature);
        if near {
            sets.join(a, b);
        }
        near
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

/// Joins fresh items with those of the same signature, and returns the items that are left to compare, with how many
/// of them are fresh; these come first. One stands for all of its signature that are joined: what is near it is near
/// them. So a notice that a site prints in the place of its texts is compared once.
fn apart(items: &[Item<'_>], sets: &mut Sets) -> (Vec<usize>, usize) {
    let mut first: FxHashMap<&Signature, usize> = FxHashMap::default();
    let mut stands = |at: &usize| {
        let same = *first.entry(items[*at].signature).or_insert(*at);
        if items[same].fresh {
            sets.join(same, *at);
        }
        same == *at || sets.top(same) != sets.top(*at)
    };
    let some = |fresh: bool| {
        let items = items.iter().enumerate();
        items.filter(move |(_, item)| item.fresh == fresh && item.signature.shingles > 0).map(|(at, _)| at)
    };
    let mut apart: Vec<usize> = some(true).filter(&mut stands).collect();
    let fresh = apart.len();
    apart.extend(some(false).filter(stands));
    (apart, fresh)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

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

    /// The groups as they are defined: every pair is looked at.
    fn plainly(items: &[Item<'_>]) -> Vec<Vec<usize>> {
        let meet =
            |a: &Signature, b: &Signature| a.bins.chunks(2).zip(b.bins.chunks(2)).any(|(a, b)| a == b) && a.is_near(b);
        let mut groups: Vec<Vec<usize>> = (0..items.len()).map(|at| vec![at]).collect();
        for (a, left) in items.iter().enumerate() {
            for (b, right) in items.iter().enumerate().skip(a + 1) {
                let compared = (left.fresh || right.fresh) && meet(left.signature, right.signature);
                if compared || left.story.is_some() && left.story == right.story {
                    let group = |of: usize| groups.iter().position(|group| group.contains(&of)).unwrap();
                    let (a, b) = (group(a), group(b));
                    if a != b {
                        let joined = groups.swap_remove(a.max(b));
                        groups[a.min(b)].extend(joined);
                    }
                }
            }
        }
        groups.retain(|group| group.len() > 1 && group.iter().any(|at| items[*at].fresh));
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        groups
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        /// Runs of one text, some equal and some near, at times half a window apart or at none that is known.
        #[test]
        fn groups_are_those_of_all_pairs(
            made in vec((0..8_usize, 0..3_usize, prop_oneof![Just(None), (0..6_i64).prop_map(Some)], 0..5_usize), 0..30)
        ) {
            let signature = |(from, length, day, _): &(usize, usize, Option<i64>, usize)| {
                let words: String = (from * 15..from * 15 + 40 + length * 25).map(|n| format!("mot{n} ")).collect();
                Signature::of_text("", if *from == 7 { "" } else { &words }, day.map(|day| day * 36 * 60 * 60))
            };
            let signatures: Vec<Signature> = made.iter().map(signature).collect();
            let items: Vec<Item<'_>> = signatures
                .iter()
                .zip(&made)
                .map(|(signature, (.., kind))| Item { signature, story: kind.checked_sub(3), fresh: *kind < 2 })
                .collect();
            prop_assert_eq!(regroup(&items), plainly(&items));
        }
    }

    #[test]
    fn very_many_copies_are_not_compared_pair_by_pair() {
        const COUNT: usize = 20_000;
        let notice = text(0, 60);
        // Under so many headlines: each differs in a bin.
        let headed = |n: usize| {
            let mut headed = notice.clone();
            headed.bins[n % headed.bins.len()] = n as u16;
            headed
        };
        for signatures in [vec![notice.clone(); COUNT], (0..COUNT).map(headed).collect()] {
            let mut items: Vec<Item<'_>> = signatures.iter().map(fresh).collect();
            assert_eq!(regroup(&items), [(0..COUNT).collect::<Vec<_>>()]);
            items[1..].iter_mut().for_each(|item| (item.story, item.fresh) = (Some(7), false));
            assert_eq!(regroup(&items), [(0..COUNT).collect::<Vec<_>>()]);
        }
    }
}
