//! How far a typed word is from a known one: for suggestions.

/// Returns how many letters must be added, dropped, changed, or swapped with their neighbor, to
/// make `right` of `left` (Damerau, 1964, as the optimal string alignment distance).
pub fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before = vec![0; right.len() + 1];
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (i, &l) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &r) in right.iter().enumerate() {
            let mut least = (above[j] + usize::from(l != r)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && l == right[j - 1] && left[i - 1] == r {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_added_dropped_changed_or_swapped() {
        for (left, right, want) in [
            ("bourse", "bourse", 0),
            ("bourse", "bousre", 1),
            ("bourse", "bours", 1),
            ("bourse", "courses", 2),
            ("", "été", 3),
        ] {
            assert_eq!(distance(left, right), want, "{left} {right}");
            assert_eq!(distance(right, left), want, "{right} {left}");
        }
    }
}
