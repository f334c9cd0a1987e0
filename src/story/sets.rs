//! Disjoint sets, each named by its smallest member (Tarjan, 1975, with paths halved).

/// The numbers up to a number, in sets.
pub(super) struct Sets {
    above: Vec<usize>,
}

impl Sets {
    /// Returns the numbers below `count`, each in a set of its own.
    pub fn new(count: usize) -> Sets {
        Sets { above: (0..count).collect() }
    }

    /// Returns the smallest member of the set of a number.
    pub fn top(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    /// Makes one of the sets of two numbers.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        self.above[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_named_by_its_smallest_member() {
        let mut sets = Sets::new(7);
        for (a, b, want) in [
            (5, 6, [0, 1, 2, 3, 4, 5, 5]),
            (2, 4, [0, 1, 2, 3, 2, 5, 5]),
            (6, 4, [0, 1, 2, 3, 2, 2, 2]),
            (4, 5, [0, 1, 2, 3, 2, 2, 2]),
            (1, 6, [0, 1, 1, 3, 1, 1, 1]),
        ] {
            sets.join(a, b);
            assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|at| sets.top(at)), want, "{a} {b}");
        }
    }
}
