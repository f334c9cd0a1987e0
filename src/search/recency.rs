//! Recency, for those who ask for it: an article counts half as much for each half-life of its age.

/// How much newer articles are preferred to older ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recency {
    /// After how many seconds the score of an article is halved; at least 1.
    pub half_life: i64,
    /// The present, in seconds since 1970 UTC.
    pub now: i64,
}

/// After how many half-lives age makes no further difference. By then a score is a millionth of a millionth of a
/// millionth, and smaller numbers would soon be 0, where nothing could be told apart.
const OLDEST: f32 = 60.0;

impl Recency {
    /// Returns what a score is multiplied by: 2^(−age / half-life), 1 for what is yet to come. What has no date
    /// is as old as can be, so that it comes last, as in the order by date.
    pub fn factor(&self, published: Option<i64>) -> f32 {
        let age = published.map_or(OLDEST, |at| {
            let age = self.now.saturating_sub(at).max(0);
            (age as f64 / self.half_life.max(1) as f64) as f32
        });
        (-age.min(OLDEST)).exp2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_halved_with_each_half_life() {
        let recency = Recency { half_life: 100, now: 1_000 };
        for (published, want) in [
            (Some(1_000), 1.0),
            (Some(900), 0.5),
            (Some(700), 0.125),
            (Some(2_000), 1.0),
            (Some(i64::MIN), (-OLDEST).exp2()),
            (None, (-OLDEST).exp2()),
        ] {
            assert_eq!(recency.factor(published), want, "{published:?}");
        }
    }
}
