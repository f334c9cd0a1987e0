//! A walk along a finite-state map that an automaton guides. It finds what the search of `fst` finds, in the same
//! order, but looks at a node only if the automaton may still match there: nine in ten need no look, and each is a wait
//! for memory.

use fst::Automaton;
use fst::raw::{Fst, Node, Output};

/// Where the walk stands: a node on the way, with the number of the next transition from it.
struct Step<'f, S> {
    node: Node<'f>,
    next: usize,
    state: S,
    output: Output,
}

/// Calls `each` with the keys of `map` that `automaton` accepts and their values, in order, until it returns false.
pub(super) fn walk<D: AsRef<[u8]>, A: Automaton>(
    map: &Fst<D>,
    automaton: &A,
    mut each: impl FnMut(&[u8], u64) -> bool,
) {
    let (node, state) = (map.root(), automaton.start());
    let mut key = Vec::new();
    if node.is_final() && automaton.is_match(&state) && !each(&key, node.final_output().value()) {
        return;
    }
    let mut way = vec![Step { node, next: 0, state, output: Output::zero() }];
    while let Some(step) = way.last_mut() {
        if step.next == step.node.len() {
            way.pop();
            key.pop();
            continue;
        }
        let transition = step.node.transition(step.next);
        step.next += 1;
        let state = automaton.accept(&step.state, transition.inp);
        if !automaton.can_match(&state) {
            continue;
        }
        let (node, output) = (map.node(transition.addr), step.output.cat(transition.out));
        key.push(transition.inp);
        let is_found = node.is_final() && automaton.is_match(&state);
        if is_found && !each(&key, output.cat(node.final_output()).value()) {
            return;
        }
        way.push(Step { node, next: 0, state, output });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use fst::automaton::Str;
    use fst::{IntoStreamer, MapBuilder, Streamer};
    use proptest::prelude::*;

    use super::*;
    use crate::vocabulary::edits::Edits;

    fn map_of(keys: &BTreeMap<String, u64>) -> Fst<Vec<u8>> {
        let mut map = MapBuilder::memory();
        keys.iter().for_each(|(key, value)| map.insert(key, *value).unwrap());
        Fst::new(map.into_inner().unwrap()).unwrap()
    }

    fn walked(map: &Fst<Vec<u8>>, automaton: &impl Automaton) -> Vec<(Vec<u8>, u64)> {
        let mut found = Vec::new();
        walk(map, automaton, |key, value| {
            found.push((key.to_vec(), value));
            true
        });
        found
    }

    fn searched(map: &Fst<Vec<u8>>, automaton: impl Automaton) -> Vec<(Vec<u8>, u64)> {
        let mut stream = map.search(automaton).into_stream();
        let mut found = Vec::new();
        while let Some((key, value)) = stream.next() {
            found.push((key.to_vec(), value.value()));
        }
        found
    }

    proptest! {
        #[test]
        fn it_finds_what_a_search_finds(
            keys in proptest::collection::btree_map("[abcé]{0,5}", 0_u64..300, 0..40),
            word in "[abcé]{0,4}",
        ) {
            let map = map_of(&keys);
            let edits = Edits::of(&word, 1).unwrap();
            prop_assert_eq!(walked(&map, &edits), searched(&map, edits));
            let begun = Str::new(&word).starts_with();
            prop_assert_eq!(walked(&map, &begun), searched(&map, begun));
            let other = Str::new(&word).starts_with().complement();
            prop_assert_eq!(walked(&map, &other), searched(&map, other));
        }
    }

    #[test]
    fn it_ends_when_it_is_told_to() {
        let map = map_of(&[("", 1), ("a", 2), ("ab", 3)].map(|(key, value)| (key.to_owned(), value)).into());
        for wanted in 1..=3 {
            let mut count = 0;
            walk(&map, &Str::new("").starts_with(), |_, value| {
                count += 1;
                assert_eq!(value, count);
                count < wanted
            });
            assert_eq!(count, wanted);
        }
    }
}
