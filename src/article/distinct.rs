//! Each of many things once: an article may state a security in every paragraph, and a file may be made to.

use std::hash::Hash;

use rustc_hash::FxHashSet;

/// Returns each of these once, in their order.
pub fn distinct<T: Clone + Eq + Hash>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = FxHashSet::default();
    items.into_iter().filter(|item| seen.insert(item.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_stays_where_it_is() {
        assert_eq!(distinct(["b", "a", "b", "c", "a"]), ["b", "a", "c"]);
        assert!(distinct(Vec::<String>::new()).is_empty());
    }
}
