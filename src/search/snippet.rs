//! Cuts a text into the few extracts that show best why it was found: whole sentences where they
//! fit, counted in characters, chosen so that together they show the most parts of the query.

use std::ops::Range;

use super::highlight::{Light, merged};
use super::request::SnippetOptions;
use super::response::{Marked, Snippet};

/// Returns the extracts of `text`, in its order; the first of its `sentences` if nothing in it is lit.
pub(super) fn cut(text: &str, sentences: &[Range<usize>], lights: &[Light], options: SnippetOptions) -> Vec<Snippet> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut at = 0;
    for sentence in sentences {
        let from = at;
        while lights.get(at).is_some_and(|light| light.range.start < sentence.end) {
            at += 1;
        }
        if at > from {
            candidates.push(Candidate { sentence: sentence.clone(), lights: from..at, is_rest: false });
        }
    }
    let mut chosen: Vec<Snippet> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    while chosen.len() < options.fragments {
        let fresh = |candidate: &Candidate| {
            let mut leaves: Vec<usize> = lights[candidate.lights.clone()].iter().map(|light| light.leaf).collect();
            leaves.sort_unstable();
            leaves.dedup();
            let new = leaves.iter().filter(|leaf| !shown.contains(leaf)).count();
            (new, leaves.len(), candidate.lights.len().min(4))
        };
        let free = |candidate: &&Candidate| !taken.iter().any(|range| overlap(range, &candidate.sentence));
        // The best of those left; of equals, the first in the text.
        let mut best: Option<(&Candidate, (usize, usize, usize))> = None;
        for candidate in candidates.iter().filter(free) {
            let worth = fresh(candidate);
            if best.as_ref().is_none_or(|(_, other)| worth > *other) && (worth.0 > 0 || !candidate.is_rest) {
                best = Some((candidate, worth));
            }
        }
        let Some((candidate, _)) = best else { break };
        let lit = &lights[candidate.lights.clone()];
        let window = window(text, &candidate.sentence, lit, options.chars);
        let rest = candidate.around(&window, text, lights);
        let range = extend(text, sentences, window, options.chars, &taken);
        shown.extend(lit.iter().filter(|light| range.contains(&light.range.start)).map(|light| light.leaf));
        taken.push(range.clone());
        candidates.extend(rest);
        candidates.sort_by_key(|candidate| candidate.sentence.start);
        chosen.push(snippet(text, sentences, range, lights));
    }
    if chosen.is_empty()
        && let Some(first) = sentences.first()
    {
        let range = extend(text, sentences, window(text, first, &[], options.chars), options.chars, &[]);
        chosen.push(snippet(text, sentences, range, lights));
    }
    chosen.sort_by_key(|snippet| snippet.offset);
    chosen
}

/// A sentence with lights, or a part of one.
struct Candidate {
    sentence: Range<usize>,
    lights: Range<usize>,
    /// Whether the rest of the sentence is shown: then it is worth an extract for what is new in it alone.
    is_rest: bool,
}

impl Candidate {
    /// Returns what is left of it before and behind the part that is shown.
    fn around(&self, shown: &Range<usize>, text: &str, lights: &[Light]) -> [Candidate; 2] {
        let lit = &lights[self.lights.clone()];
        let before = self.lights.start + lit.partition_point(|light| light.range.start < shown.start);
        let behind = self.lights.start + lit.partition_point(|light| light.range.start < shown.end);
        let end = self.sentence.start + text[self.sentence.start..shown.start].trim_end().len();
        let start = self.sentence.end - text[shown.end..self.sentence.end].trim_start().len();
        let rest = |sentence, lights| Candidate { sentence, lights, is_rest: true };
        [
            rest(self.sentence.start..end, self.lights.start..before),
            rest(start..self.sentence.end, behind..self.lights.end),
        ]
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Returns the sentence, or, if it is longer than `chars`, the part of it that shows the most.
fn window(text: &str, sentence: &Range<usize>, lights: &[Light], chars: usize) -> Range<usize> {
    let piece = &text[sentence.clone()];
    if piece.len() <= chars || piece.chars().nth(chars).is_none() {
        return sentence.clone();
    }
    // Character counts of the lights' ends, in one pass.
    let mut counts = Vec::with_capacity(lights.len());
    let (mut byte, mut count) = (sentence.start, 0);
    for light in lights {
        if light.range.start >= byte {
            count += text[byte..light.range.start].chars().count();
            byte = light.range.start;
        }
        counts.push(count);
    }
    let mut best = (0, 0, 0);
    for first in 0..lights.len() {
        let last =
            (first..lights.len()).take_while(|n| counts[*n] < counts[first] + chars * 3 / 4).last().unwrap_or(first);
        let mut leaves: Vec<usize> = lights[first..=last].iter().map(|light| light.leaf).take(64).collect();
        leaves.sort_unstable();
        leaves.dedup();
        if leaves.len() > best.0 {
            best = (leaves.len(), first, last);
        }
    }
    let anchor = lights.get(best.1).map_or(sentence.start, |light| light.range.start);
    let spread = if lights.is_empty() { 0 } else { counts[best.2] - counts[best.1] };
    // A third of what is left goes before what is lit.
    let before = chars.saturating_sub(spread) / 3;
    let start = back(text, sentence.start, anchor, before);
    let end = forth(text, start, sentence.end, chars);
    start..end
}

/// Goes back from `anchor` by at most `chars` characters, to the beginning of a word.
fn back(text: &str, least: usize, anchor: usize, chars: usize) -> usize {
    let piece = &text[least..anchor];
    let Some((at, _)) = piece.char_indices().rev().nth(chars.saturating_sub(1)) else { return least };
    if at == 0 || chars == 0 {
        return if chars == 0 { anchor } else { least };
    }
    match piece[at..].find(char::is_whitespace) {
        Some(space) => least + at + space + piece[at + space..].chars().next().map_or(0, char::len_utf8),
        None => anchor,
    }
}

/// Goes forth from `start` by at most `chars` characters, to the end of a word where there is one.
fn forth(text: &str, start: usize, most: usize, chars: usize) -> usize {
    let piece = &text[start..most];
    let Some((at, _)) = piece.char_indices().nth(chars) else { return most };
    match piece[..at].rfind(char::is_whitespace) {
        Some(space) if space > 0 => start + piece[..space].trim_end().len(),
        _ => start + at,
    }
}

/// Takes in the sentences that follow while they fit and are not taken already.
fn extend(
    text: &str,
    sentences: &[Range<usize>],
    range: Range<usize>,
    chars: usize,
    taken: &[Range<usize>],
) -> Range<usize> {
    let mut end = range.end;
    let next = sentences.partition_point(|sentence| sentence.start < range.end);
    for sentence in &sentences[next..] {
        let fits = text[range.start..sentence.end].chars().nth(chars).is_none();
        if !fits
            || text[end..sentence.start].contains('\n')
            || taken.iter().any(|other| overlap(other, &(end..sentence.end)))
        {
            break;
        }
        end = sentence.end;
    }
    range.start..end
}

fn snippet(text: &str, sentences: &[Range<usize>], range: Range<usize>, lights: &[Light]) -> Snippet {
    let from = lights.partition_point(|light| light.range.start < range.start);
    let inside: Vec<Light> = lights[from..].iter().take_while(|light| light.range.start < range.end).cloned().collect();
    let lit = merged(&inside).into_iter().map(|lit| lit.start - range.start..lit.end.min(range.end) - range.start);
    Snippet {
        marked: Marked { text: text[range.clone()].to_owned(), lit: lit.collect() },
        offset: range.start,
        offset_in_scalars: text[..range.start].chars().count(),
        cut_before: !sentences.iter().any(|sentence| sentence.start == range.start),
        cut_after: !sentences.iter().any(|sentence| sentence.end == range.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sentences;

    fn lights(text: &str, words: &[&str]) -> Vec<Light> {
        let mut found: Vec<Light> = Vec::new();
        for (leaf, word) in words.iter().enumerate() {
            found.extend(text.match_indices(word).map(|(at, word)| Light { range: at..at + word.len(), leaf }));
        }
        found.sort_by_key(|light| light.range.start);
        found
    }

    /// The snippets with what is lit between brackets and `…` where a sentence is cut.
    fn shown(text: &str, words: &[&str], fragments: usize, chars: usize) -> Vec<String> {
        let snippets = cut(text, &sentences(text), &lights(text, words), SnippetOptions { fragments, chars });
        let show = |snippet: Snippet| {
            let mut out = snippet.marked.text;
            for range in snippet.marked.lit.iter().rev() {
                out.insert(range.end, ']');
                out.insert(range.start, '[');
            }
            let (before, after) = (if snippet.cut_before { "…" } else { "" }, if snippet.cut_after { "…" } else { "" });
            format!("{before}{out}{after}")
        };
        snippets.into_iter().map(show).collect()
    }

    const TEXT: &str = "Le groupe supprime des postes. Les syndicats protestent. La Bourse salue le plan. \
                        Le plan coûtera cher, dit un analyste.";

    #[test]
    fn whole_sentences_that_show_the_most_are_chosen() {
        assert_eq!(shown(TEXT, &["plan", "Bourse"], 1, 30), ["La [Bourse] salue le [plan]."]);
        assert_eq!(
            shown(TEXT, &["postes", "analyste"], 2, 45),
            ["Le groupe supprime des [postes].", "Le plan coûtera cher, dit un [analyste]."]
        );
    }

    #[test]
    fn short_sentences_take_in_the_next_and_nothing_lit_shows_the_beginning() {
        assert_eq!(shown(TEXT, &["absent"], 2, 60), ["Le groupe supprime des postes. Les syndicats protestent."]);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_and_counted_in_characters() {
        let text = "é".repeat(10) + " " + &"mot ".repeat(50) + "cible " + &"mot ".repeat(50);
        let got = shown(&text, &["cible"], 1, 40);
        assert_eq!(got.len(), 1);
        assert!(got[0].contains("[cible]") && got[0].starts_with("…mot ") && got[0].ends_with(" mot…"), "{got:?}");
        assert!(got[0].chars().count() <= 40 + 4);
    }

    #[test]
    fn a_long_sentence_may_give_two_extracts_for_what_is_far_apart_in_it() {
        let text = format!("{}alpha {}omega {}.", "mot ".repeat(30), "mot ".repeat(80), "mot ".repeat(5));
        let got = shown(&text, &["alpha", "omega"], 2, 60);
        assert!(got.len() == 2 && got[0].contains("[alpha]") && got[1].contains("[omega]"), "{got:?}");
        // The same word again is no reason.
        assert_eq!(shown(&text.replace("omega", "alpha"), &["alpha"], 2, 60).len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn snippets_are_pieces_of_the_text_no_longer_than_asked(
            text in "([a-zé]{1,9}[ .!\n]{0,2}){0,40}", word in "[a-zé]{1,2}", chars in 1usize..60
        ) {
            let mut after = 0;
            for snippet in cut(&text, &sentences(&text), &lights(&text, &[&word]), SnippetOptions { fragments: 3, chars }) {
                proptest::prop_assert!(snippet.offset >= after);
                after = snippet.offset + snippet.marked.text.len();
                let end = snippet.offset + snippet.marked.text.len();
                proptest::prop_assert_eq!(&text[snippet.offset..end], snippet.marked.text.as_str());
                proptest::prop_assert!(snippet.marked.text.chars().count() <= chars);
                for range in &snippet.marked.lit {
                    proptest::prop_assert!(snippet.marked.text.get(range.clone()).is_some());
                }
            }
        }
    }
}
