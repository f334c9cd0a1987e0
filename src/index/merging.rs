//! Which segments are joined while an index is written: those that tantivy's policy proposes, but so that no
//! more than [`MOST_DOCUMENTS`] become one, since joining takes memory for each document.

use tantivy::SegmentMeta;
use tantivy::merge_policy::{LogMergePolicy, MergeCandidate, MergePolicy};

/// How many documents a segment may have that others were joined into.
const MOST_DOCUMENTS: u64 = 500_000;

/// Segments of about one size are joined, while they are small.
#[derive(Debug, Default)]
pub(super) struct Bounded(LogMergePolicy);

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let proposed = self.0.compute_merge_candidates(segments);
        let size = |id: &_| segments.iter().find(|meta| meta.id() == *id).map_or(0, |meta| u64::from(meta.num_docs()));
        let kept = proposed.into_iter().map(|MergeCandidate(ids)| {
            let sizes: Vec<u64> = ids.iter().map(size).collect();
            MergeCandidate(within(&sizes).into_iter().map(|at| ids[at]).collect())
        });
        kept.filter(|MergeCandidate(ids)| ids.len() > 1).collect()
    }
}

/// Returns the places of the smallest of these sizes that together stay within the bound.
fn within(sizes: &[u64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|at| sizes[*at]);
    let mut sum = 0;
    order.retain(|at| {
        sum += sizes[*at];
        sum <= MOST_DOCUMENTS
    });
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_are_joined_while_they_stay_within_the_bound() {
        for (sizes, want) in [
            (&[][..], &[][..]),
            (&[30, 20, 10], &[2, 1, 0]),
            (&[MOST_DOCUMENTS - 10, 20, 5], &[2, 1]),
            (&[MOST_DOCUMENTS, 1], &[1]),
            (&[MOST_DOCUMENTS / 2; 3], &[0, 1]),
        ] {
            assert_eq!(within(sizes), want, "{sizes:?}");
        }
    }
}
