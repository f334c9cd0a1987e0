//! Whether `03/04/2025` is in March or in April, by what the other records of the file show: a row with
//! `17/04/2025` tells it for all rows.
//!
//! Apart because it looks at a file's articles together: those whose date could be read either way wait
//! here until another one tells, or the file ends, or too many wait.

use std::ops::ControlFlow;

use crate::article::{Draft, Skip};

/// What the digits of a date show of their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    DayFirst,
    MonthFirst,
    Either,
}

/// How many articles wait at most, and how many bytes they have.
const MOST: usize = 10_000;
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Hands articles on, in their order, once the order of their dates is known.
pub(super) struct DateOrder<'a> {
    each: &'a mut dyn FnMut(Result<Draft, Skip>) -> ControlFlow<()>,
    waiting: Vec<Result<Draft, Skip>>,
    bytes: usize,
    /// Whether a date showed the day first, and whether one showed the month.
    day_first: bool,
    month_first: bool,
    /// The file in an archive that these are of.
    member: Option<String>,
    /// Whether too many waited: no more do.
    hurried: bool,
}

impl<'a> DateOrder<'a> {
    pub fn new(each: &'a mut dyn FnMut(Result<Draft, Skip>) -> ControlFlow<()>) -> DateOrder<'a> {
        let (waiting, member) = (Vec::new(), None);
        DateOrder { each, waiting, bytes: 0, day_first: false, month_first: false, member, hurried: false }
    }

    /// Takes the next article or skip of the file.
    pub fn take(&mut self, result: Result<Draft, Skip>) -> ControlFlow<()> {
        let shown = match &result {
            Ok(draft) => {
                if draft.member != self.member {
                    self.release()?;
                    (self.day_first, self.month_first, self.hurried) = (false, false, false);
                    self.member.clone_from(&draft.member);
                }
                // What is no record has no neighbours.
                draft.record.as_ref().and_then(|_| shown(&draft.dates.first()?.0))
            }
            Err(_) => None,
        };
        self.day_first |= shown == Some(Shown::DayFirst);
        self.month_first |= shown == Some(Shown::MonthFirst);
        if shown == Some(Shown::Either) && self.month_first().is_none() && !self.hurried || !self.waiting.is_empty() {
            self.bytes += result.as_ref().map_or(0, |draft| draft.body.len());
            self.waiting.push(result);
            self.hurried = self.waiting.len() >= MOST || self.bytes >= MOST_BYTES;
            return if self.hurried || self.month_first().is_some() {
                self.release()
            } else {
                ControlFlow::Continue(())
            };
        }
        self.give(result)
    }

    /// Hands on all that waits.
    pub fn release(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        std::mem::take(&mut self.waiting).into_iter().try_for_each(|result| self.give(result))
    }

    fn give(&mut self, mut result: Result<Draft, Skip>) -> ControlFlow<()> {
        if let Ok(draft) = &mut result
            && draft.record.is_some()
        {
            draft.month_first = self.month_first();
        }
        (self.each)(result)
    }

    /// Returns whether the month comes first; `None` if no date tells it, or one this and one that: a file of articles
    /// from everywhere.
    fn month_first(&self) -> Option<bool> {
        (self.day_first != self.month_first).then_some(self.month_first)
    }
}

/// Returns what a date of digits and slashes or hyphens shows; `None` for any other.
fn shown(date: &str) -> Option<Shown> {
    let date = date.trim_start().as_bytes();
    let number = |from: usize| {
        let digits = date.get(from..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let value = date[from..from + digits].iter().take(4).fold(0u32, |sum, byte| sum * 10 + u32::from(byte - b'0'));
        (digits > 0).then_some((value, digits, from + digits))
    };
    let (first, first_digits, end) = number(0)?;
    let mark = *date.get(end).filter(|mark| matches!(mark, b'/' | b'-'))?;
    let (second, second_digits, end) = number(end + 1)?;
    let (_, year_digits, _) = number(end + 1).filter(|_| date.get(end) == Some(&mark))?;
    let is_date = first_digits <= 2 && second_digits <= 2 && matches!(year_digits, 2 | 4);
    match (first, second) {
        _ if !is_date => None,
        (1..=12, 1..=12) if first != second => Some(Shown::Either),
        (13..=31, 1..=12) => Some(Shown::DayFirst),
        (1..=12, 13..=31) => Some(Shown::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::DateOrigin;
    use crate::ingest::testing::{read, zip};

    fn orders(name: &str, bytes: &[u8]) -> Vec<(String, Option<bool>)> {
        let drafts = read(name, bytes).into_iter().filter_map(Result::ok);
        drafts.map(|draft| (draft.body, draft.month_first)).collect()
    }

    #[test]
    fn other_rows_tell_the_order() {
        for (last, want) in
            [("17/04/2025", Some(false)), ("04/17/25 10:00", Some(true)), ("2025-04-17", None), ("04/04/2025", None)]
        {
            let rows = format!("date,text\n03/04/2025,a\n,\n2025-01-01,b\n{last},c\n05/04/2025,d\n");
            let want: Vec<_> = ["a", "b", "c", "d"].iter().map(|body| ((*body).to_owned(), want)).collect();
            let seen: Vec<_> = orders("a.csv", rows.as_bytes());
            // What came before anything was known had nothing to wait for.
            assert_eq!(seen, want, "{last}");
        }
        let lines = "{\"text\":\"a\",\"date\":\"03/04/2025\"}\n{\"text\":\"b\",\"date\":\"04-25-2025\"}\n";
        assert_eq!(orders("a.jsonl", lines.as_bytes())[0].1, Some(true));
    }

    #[test]
    fn rows_that_differ_tell_nothing() {
        let rows = "date,text\n17/04/2025,a\n04/17/2025,b\n03/04/2025,c\n";
        assert_eq!(orders("a.csv", rows.as_bytes()).pop(), Some(("c".to_owned(), None)));
    }

    #[test]
    fn a_file_of_an_archive_tells_nothing_of_the_next() {
        let archive = zip(&[("a.csv", b"date,text\n17/04/2025,a\n"), ("b.csv", b"date,text\n03/04/2025,b\n")]);
        let orders: Vec<_> = orders("a.zip", &archive).into_iter().map(|(_, order)| order).collect();
        assert_eq!(orders, [Some(false), None]);
    }

    #[test]
    fn not_everything_waits() {
        let mut given = 0;
        let mut each = |_| {
            given += 1;
            ControlFlow::Continue(())
        };
        let mut order = DateOrder::new(&mut each);
        let dates = vec![("03/04/2025".to_owned(), DateOrigin::Metadata)];
        let draft = Draft { record: Some("1".to_owned()), dates, ..Draft::default() };
        for _ in 0..MOST + 5 {
            assert!(order.take(Ok(draft.clone())).is_continue());
        }
        assert!(order.waiting.is_empty());
        drop(order);
        assert_eq!(given, MOST + 5);
    }

    #[test]
    fn only_digits_show_an_order() {
        for (date, want) in [
            ("03/04/2025", Some(Shown::Either)),
            (" 3-4-25 08:00", Some(Shown::Either)),
            ("13/04/2025", Some(Shown::DayFirst)),
            ("04/13/2025", Some(Shown::MonthFirst)),
            ("04/04/2025", None),
            ("2025/03/04", None),
            ("03.04.2025", None),
            ("03/04", None),
            ("99999999999999999999/1/2025", None),
            ("", None),
        ] {
            assert_eq!(shown(date), want, "{date}");
        }
    }
}
