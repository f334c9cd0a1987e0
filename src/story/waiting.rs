//! Signatures that wait to be reached from those they are near, in the order of time. Apart from the search for
//! pairs, which must not look again and again at what has been reached.

use super::sets::Sets;
use super::signature::WINDOW;

/// A signature, by its place among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it was found by.
    pub key: u32,
    /// When it was published; 0 if that is not known well.
    pub minute: u32,
    /// Its place.
    pub at: u32,
}

/// The signatures of a list that are not reached yet.
pub(super) struct Waiting<'a> {
    all: &'a [Entry],
    /// A forest (union-find) over their numbers, counted from 1: the root of a number is the last one up to it that is
    /// not reached yet, 0 if there is none.
    sets: Sets,
    count: usize,
}

impl Waiting<'_> {
    /// Returns the signatures of a list, which is in the order of time; none is reached.
    pub fn new(all: &[Entry]) -> Waiting<'_> {
        Waiting { all, sets: Sets::new(all.len() + 1), count: all.len() }
    }

    /// Returns one that waits, which then does no more.
    pub fn pop(&mut self) -> Option<Entry> {
        let last = self.sets.top(self.all.len());
        (last > 0).then(|| self.reach(last))
    }

    /// Moves to `reached` what `joins` and may be near something of this minute: what has no date, and what was
    /// published within the window; anything, if the minute is not known.
    pub fn meet(&mut self, minute: u32, reached: &mut Vec<Entry>, joins: &mut dyn FnMut(u32) -> bool) {
        let window = (minute.saturating_sub(WINDOW).max(1), minute.saturating_add(WINDOW));
        for (from, to) in if minute == 0 { [(1, u32::MAX), (0, 0)] } else { [window, (0, 0)] } {
            if self.count == 0 {
                return;
            }
            let start = self.all.partition_point(|entry| entry.minute < from);
            let end = self.all.partition_point(|entry| entry.minute <= to);
            let mut number = self.sets.top(end);
            while number > start {
                if joins(self.all[number - 1].at) {
                    reached.push(self.reach(number));
                }
                number = self.sets.top(number - 1);
            }
        }
    }

    fn reach(&mut self, number: usize) -> Entry {
        self.sets.join(number - 1, number);
        self.count -= 1;
        self.all[number - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of four articles meet one of this minute.
    fn met(minute: u32) -> Vec<u32> {
        let all = [0, 1, 1 + WINDOW, 2 * WINDOW + 1];
        let all: Vec<Entry> = (0..).zip(all).map(|(at, minute)| Entry { key: 0, minute, at }).collect();
        let mut reached = Vec::new();
        Waiting::new(&all).meet(minute, &mut reached, &mut |_| true);
        let mut met: Vec<u32> = reached.iter().map(|entry| entry.at).collect();
        met.sort_unstable();
        met
    }

    #[test]
    fn what_meets_is_of_about_the_time_or_of_none() {
        for (minute, want) in [
            (0, &[0, 1, 2, 3][..]),
            (1, &[0, 1, 2]),
            (2, &[0, 1, 2]),
            (2 + WINDOW, &[0, 2, 3]),
            (3 * WINDOW + 1, &[0, 3]),
            (3 * WINDOW + 2, &[0]),
            (u32::MAX, &[0]),
        ] {
            assert_eq!(met(minute), want, "{minute}");
        }
    }

    #[test]
    fn what_was_reached_is_met_no_more() {
        let all: Vec<Entry> = (0..9).map(|at| Entry { key: 0, minute: 5, at }).collect();
        let (mut waiting, mut reached, mut asked) = (Waiting::new(&all), Vec::new(), 0);
        assert_eq!(waiting.pop(), Some(all[8]));
        for rest in [8, 4, 4] {
            asked = 0;
            waiting.meet(7, &mut reached, &mut |at| {
                asked += 1;
                at % 2 == 1
            });
            assert_eq!(asked, rest);
        }
        assert_eq!(reached.iter().map(|entry| entry.at).collect::<Vec<_>>(), [7, 5, 3, 1]);
        let rest: Vec<u32> = std::iter::from_fn(|| waiting.pop()).map(|entry| entry.at).collect();
        assert_eq!(rest, [6, 4, 2, 0]);
        waiting.meet(0, &mut reached, &mut |_| true);
        assert_eq!((reached.len(), asked), (4, 4));
    }
}
