//! Where the parts of a positional query stand in a text: words, phrases, words near one another, in
//! one sentence, at the beginning.
//!
//! The engine reads places from postings, the highlighter from a text, and both ask the same question;
//! so the tree is generic over its leaves, and the algebra stands here once. What an expression matches
//! is a list of *minimal intervals*: none contains another (Clarke, Cormack and Burkowski, "An algebra
//! for structured text search", 1995). They are in order by both their ends, at most one begins at each
//! place, and two lists are joined in one pass.

/// Where the places of the body begin, so that those of title and body stand in one list and nothing
/// reaches from one into the other.
pub const BODY_OFFSET: u32 = 1 << 28;

/// How many places the lead has, at the beginning of the body: a reporter's first paragraph or two.
pub const LEAD: u32 = 80;

/// What is looked for, and where its parts must stand; `L` is a word with its forms.
#[derive(Clone, Debug, PartialEq)]
pub enum Spans<L> {
    /// A word.
    Word(L),
    /// Words in this order.
    Phrase {
        /// The words with their distance from the first.
        slots: Vec<(u32, L)>,
        /// How many other words may stand among them in all.
        slop: u32,
    },
    /// Any of them.
    Any(Vec<Spans<L>>),
    /// Two parts that do not overlap.
    Near {
        /// What was typed on the left.
        left: Box<Spans<L>>,
        /// What was typed on the right.
        right: Box<Spans<L>>,
        /// How near.
        within: Within<L>,
    },
    /// What ends among the first words of title or body.
    First {
        /// How many words.
        words: u32,
        /// What is looked for among them.
        inner: Box<Spans<L>>,
    },
}

/// How near two parts must stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Within<L> {
    /// The second begins at most so many words after the end of the first; 1 is side by side.
    Words {
        /// How many.
        most: u32,
        /// Whether the left one must come first.
        ordered: bool,
    },
    /// In one sentence or paragraph: no break stands between them.
    Unit(L),
}

/// An interval of places, both ends included, with what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The place of its first word.
    pub start: u32,
    /// The place of its last word.
    pub end: u32,
    /// The least weight of the words in it.
    pub weight: f32,
}

/// Appends the places of a word, in order and distinct, with the weight of the form at each.
pub type Places<'a, L> = dyn FnMut(&mut L, &mut Vec<(u32, f32)>) + 'a;

impl<L> Spans<L> {
    /// Returns the same tree with other leaves, met from left to right.
    ///
    /// # Errors
    /// The first of `each`.
    pub fn map<'a, M, E>(&'a self, each: &mut dyn FnMut(&'a L) -> Result<M, E>) -> Result<Spans<M>, E> {
        Ok(match self {
            Spans::Word(leaf) => Spans::Word(each(leaf)?),
            Spans::Phrase { slots, slop } => {
                let slots = slots.iter().map(|(distance, leaf)| Ok((*distance, each(leaf)?)));
                Spans::Phrase { slots: slots.collect::<Result<_, E>>()?, slop: *slop }
            }
            Spans::Any(parts) => Spans::Any(parts.iter().map(|part| part.map(each)).collect::<Result<_, E>>()?),
            Spans::Near { left, right, within } => Spans::Near {
                left: Box::new(left.map(each)?),
                right: Box::new(right.map(each)?),
                within: match within {
                    Within::Words { most, ordered } => Within::Words { most: *most, ordered: *ordered },
                    Within::Unit(breaks) => Within::Unit(each(breaks)?),
                },
            },
            Spans::First { words, inner } => Spans::First { words: *words, inner: Box::new(inner.map(each)?) },
        })
    }

    /// Calls `each` with every word, and with whether it is one (and not the breaks of sentences).
    pub fn for_each_leaf<'a>(&'a self, each: &mut dyn FnMut(&'a L, bool)) {
        match self {
            Spans::Word(leaf) => each(leaf, true),
            Spans::Phrase { slots, .. } => slots.iter().for_each(|(_, leaf)| each(leaf, true)),
            Spans::Any(parts) => parts.iter().for_each(|part| part.for_each_leaf(each)),
            Spans::Near { left, right, within } => {
                left.for_each_leaf(each);
                right.for_each_leaf(each);
                if let Within::Unit(breaks) = within {
                    each(breaks, false);
                }
            }
            Spans::First { inner, .. } => inner.for_each_leaf(each),
        }
    }

    /// Calls `each` with every word and every phrase in it.
    pub fn for_each_unit(&mut self, each: &mut dyn FnMut(&mut Spans<L>)) {
        match self {
            Spans::Word(_) | Spans::Phrase { .. } => each(self),
            Spans::Any(parts) => parts.iter_mut().for_each(|part| part.for_each_unit(each)),
            Spans::Near { left, right, .. } => {
                left.for_each_unit(each);
                right.for_each_unit(each);
            }
            Spans::First { inner, .. } => inner.for_each_unit(each),
        }
    }

    /// Returns where it stands, as minimal intervals in order.
    pub fn find(&mut self, places: &mut Places<'_, L>) -> Vec<Span> {
        match self {
            Spans::Word(leaf) => {
                let spans = read(leaf, places).into_iter();
                spans.map(|(place, weight)| Span { start: place, end: place, weight }).collect()
            }
            Spans::Phrase { slots, slop } => phrase(slots, *slop, places),
            Spans::Any(parts) => minimal(parts.iter_mut().flat_map(|part| part.find(places)).collect()),
            Spans::Near { left, right, within } => {
                let left = left.find(places);
                if left.is_empty() {
                    return left;
                }
                let right = right.find(places);
                match within {
                    Within::Words { most, ordered } => {
                        let near = |first: &Span, second: &Span| second.start - first.end <= *most;
                        let mut found = pairs(&left, &right, &near);
                        if !*ordered {
                            found.extend(pairs(&right, &left, &near));
                        }
                        minimal(found)
                    }
                    Within::Unit(breaks) => {
                        let breaks = read(breaks, places);
                        let one = |first: &Span, second: &Span| in_one_unit(&breaks, first.start, second.end);
                        let mut found = pairs(&left, &right, &one);
                        found.extend(pairs(&right, &left, &one));
                        minimal(found)
                    }
                }
            }
            Spans::First { words, inner } => {
                let mut found = inner.find(places);
                found.retain(|span| span.end % BODY_OFFSET < *words);
                found
            }
        }
    }
}

fn read<L>(leaf: &mut L, places: &mut Places<'_, L>) -> Vec<(u32, f32)> {
    let mut found = Vec::new();
    places(leaf, &mut found);
    found
}

/// Returns the shortest interval from each place of the first word on that holds all words in order,
/// where no more than `slop` others stand among them.
fn phrase<L>(slots: &mut [(u32, L)], slop: u32, places: &mut Places<'_, L>) -> Vec<Span> {
    let Some(((_, first), rest)) = slots.split_first_mut() else { return Vec::new() };
    let mut found: Vec<Span> =
        read(first, places).into_iter().map(|(place, weight)| Span { start: place, end: place, weight }).collect();
    let mut length = 0;
    for (distance, leaf) in rest {
        let step = distance.saturating_sub(length);
        length = *distance;
        let next = if found.is_empty() { Vec::new() } else { read(leaf, places) };
        let mut at = 0;
        found.retain_mut(|span| {
            while next.get(at).is_some_and(|(place, _)| *place < span.end + step) {
                at += 1;
            }
            let Some((place, weight)) = next.get(at) else { return false };
            (span.end, span.weight) = (*place, span.weight.min(*weight));
            span.end - span.start <= length + slop
        });
    }
    minimal(found)
}

/// Returns the intervals from each of `firsts` to the nearest of `seconds` after it, where the two may
/// stand together. The nearest is enough: if it is too far, or beyond a break, so are those after it.
fn pairs(firsts: &[Span], seconds: &[Span], together: &dyn Fn(&Span, &Span) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for first in firsts {
        while seconds.get(at).is_some_and(|second| second.start <= first.end) {
            at += 1;
        }
        let Some(second) = seconds.get(at) else { break };
        if together(first, second) {
            found.push(Span { start: first.start, end: second.end, weight: first.weight.min(second.weight) });
        }
    }
    found
}

/// Returns whether no break stands between the places: a break is filed at the word that follows it.
fn in_one_unit(breaks: &[(u32, f32)], start: u32, end: u32) -> bool {
    let next = breaks.partition_point(|(place, _)| *place <= start);
    // A break between title and body is told by their places alone.
    (start < BODY_OFFSET) == (end < BODY_OFFSET) && breaks.get(next).is_none_or(|(place, _)| *place > end)
}

/// Leaves out what contains another interval; of equal ones the heaviest stays.
fn minimal(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by(|a, b| b.start.cmp(&a.start).then(a.end.cmp(&b.end)).then(b.weight.total_cmp(&a.weight)));
    let mut least = u32::MAX;
    spans.retain(|span| {
        let keep = span.end < least;
        least = least.min(span.end);
        keep
    });
    spans.reverse();
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The places of a letter in a text of letters; `.` stands for a break before the next one.
    fn places(text: &str) -> impl FnMut(&mut char, &mut Vec<(u32, f32)>) + use<> {
        let mut letters: Vec<(char, u32)> = Vec::new();
        let mut place = 0;
        for c in text.chars() {
            letters.push((c, place));
            place += u32::from(c != '.');
        }
        move |leaf, out| out.extend(letters.iter().filter(|(c, _)| c == leaf).map(|(_, place)| (*place, 1.0)))
    }

    fn shown(mut spans: Spans<char>, text: &str) -> String {
        let found = spans.find(&mut places(text));
        found.iter().map(|span| format!("{}-{}", span.start, span.end)).collect::<Vec<_>>().join(" ")
    }

    fn word(c: char) -> Box<Spans<char>> {
        Box::new(Spans::Word(c))
    }

    fn near(left: char, right: char, most: u32, ordered: bool) -> Spans<char> {
        Spans::Near { left: word(left), right: word(right), within: Within::Words { most, ordered } }
    }

    #[test]
    fn words_stand_near_one_another() {
        for (spans, text, want) in [
            (near('a', 'b', 1, false), "xabxba", "1-2 4-5"),
            (near('a', 'b', 1, true), "xabxba", "1-2"),
            (near('a', 'b', 2, true), "axb", "0-2"),
            (near('a', 'b', 1, true), "axb", ""),
            (near('a', 'a', 3, false), "axxaa", "0-3 3-4"),
            (near('a', 'b', 9, false), "aabb", "1-2"),
            (Spans::Phrase { slots: vec![(0, 'a'), (1, 'b'), (2, 'c')], slop: 0 }, "abxcabc", "4-6"),
            (Spans::Phrase { slots: vec![(0, 'a'), (1, 'b'), (2, 'c')], slop: 1 }, "abxcabc", "0-3 4-6"),
            (Spans::Phrase { slots: vec![(0, 'a'), (1, 'b')], slop: 1 }, "aab", "1-2"),
            (Spans::Phrase { slots: vec![(0, 'a'), (1, 'a')], slop: 0 }, "aaa", "0-1 1-2"),
            (Spans::Any(vec![Spans::Word('a'), near('a', 'b', 1, false)]), "abxb", "0-0"),
            (Spans::First { words: 2, inner: word('a') }, "axaa", "0-0"),
            (Spans::Near { left: word('a'), right: word('b'), within: Within::Unit('.') }, "ax.ba.b", "2-3"),
        ] {
            assert_eq!(shown(spans.clone(), text), want, "{spans:?} in {text}");
        }
    }

    /// Every interval that a tree matches, found by trying all; not only the minimal ones.
    fn naive(spans: &Spans<char>, text: &str) -> Vec<(u32, u32)> {
        let at = |c: char| {
            let mut out = Vec::new();
            places(text)(&mut c.clone(), &mut out);
            out.into_iter().map(|(place, _)| place).collect::<Vec<_>>()
        };
        let all = match spans {
            Spans::Word(c) => at(*c).into_iter().map(|place| (place, place)).collect(),
            Spans::Phrase { slots, slop } => {
                let mut found: Vec<(u32, u32)> = at(slots[0].1).into_iter().map(|place| (place, place)).collect();
                for (_, c) in &slots[1..] {
                    let next = at(*c);
                    let after = |(start, end): (u32, u32)| {
                        next.iter().filter(move |place| **place > end).map(move |place| (start, *place))
                    };
                    found = found.into_iter().flat_map(after).collect();
                }
                found.retain(|(start, end)| end - start < slots.len() as u32 + slop);
                found
            }
            Spans::Any(parts) => parts.iter().flat_map(|part| naive(part, text)).collect(),
            Spans::Near { left, right, within } => {
                let mut found = Vec::new();
                for l in naive(left, text) {
                    for r in naive(right, text) {
                        let (first, second) = if l.1 < r.0 { (l, r) } else { (r, l) };
                        let right = match within {
                            Within::Words { most, ordered } => {
                                second.0.saturating_sub(first.1) <= *most && (!*ordered || l.1 < r.0)
                            }
                            Within::Unit(c) => !at(*c).iter().any(|place| first.0 < *place && *place <= second.1),
                        };
                        if first.1 < second.0 && right {
                            found.push((first.0, second.1));
                        }
                    }
                }
                found
            }
            Spans::First { words, inner } => naive(inner, text).into_iter().filter(|(_, end)| end < words).collect(),
        };
        let inside = |a: &(u32, u32), b: &(u32, u32)| a != b && a.0 <= b.0 && b.1 <= a.1;
        let mut least: Vec<(u32, u32)> =
            all.iter().filter(|span| !all.iter().any(|other| inside(span, other))).copied().collect();
        least.sort_unstable();
        least.dedup();
        least
    }

    fn tree() -> impl Strategy<Value = Spans<char>> {
        let letter = || prop::sample::select(vec!['a', 'b', 'c']);
        let slots = prop::collection::vec(letter(), 2..4).prop_map(|letters| (0..).zip(letters).collect::<Vec<_>>());
        let leaf = prop_oneof![
            letter().prop_map(Spans::Word),
            (slots, 0..3u32).prop_map(|(slots, slop)| Spans::Phrase { slots, slop }),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let within = prop_oneof![
                (1..5u32, any::<bool>()).prop_map(|(most, ordered)| Within::Words { most, ordered }),
                Just(Within::Unit('.')),
            ];
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..3).prop_map(Spans::Any),
                (1..8u32, inner.clone()).prop_map(|(words, inner)| Spans::First { words, inner: Box::new(inner) }),
                (inner.clone(), inner, within).prop_map(|(left, right, within)| Spans::Near {
                    left: Box::new(left),
                    right: Box::new(right),
                    within,
                }),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn one_pass_finds_what_trying_all_finds(mut tree in tree(), text in "[abcx.]{0,14}") {
            let want = naive(&tree, &text);
            let found = tree.find(&mut places(&text));
            let found: Vec<(u32, u32)> = found.iter().map(|span| (span.start, span.end)).collect();
            prop_assert_eq!(found, want);
        }
    }
}
