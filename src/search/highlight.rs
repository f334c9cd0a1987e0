//! Lights what matched, by membership: a word of the text is lit if its form is in a family of the
//! plan, a phrase if all its words stand in their places. No word is stemmed again, and nothing is
//! lit that the engine would not have counted.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::plan::{Family, Plan};
use super::request::SnippetOptions;
use super::response::{Marked, Snippet};
use super::snippet;
use crate::analysis::{Token, TokenKind, Tokens};
use crate::article::{Article, Language};
use crate::query::TextField;

/// An article's title and extracts with what matched in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lit {
    /// The title.
    pub headline: Marked,
    /// Extracts of the body.
    pub snippets: Vec<Snippet>,
}

/// Lights an article for a plan and cuts its snippets.
pub fn highlight(plan: &Plan, article: &Article, options: SnippetOptions) -> Lit {
    let lighter = Lighter::new(plan, Some(article.language));
    let headline = lighter.lit(&article.headline, TextField::Headline);
    let headline = Marked { lit: merged(&headline), text: article.headline.clone() };
    let snippets = if options.fragments == 0 {
        Vec::new()
    } else {
        snippet::cut(article.text(), &lighter.lit(article.text(), TextField::Body), options)
    };
    Lit { headline, snippets }
}

/// A place to light, and which part of the plan it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Light {
    pub range: Range<usize>,
    pub leaf: usize,
}

/// Returns the ranges of lights in order, those that touch made one.
pub(super) fn merged(lights: &[Light]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for light in lights {
        match ranges.last_mut() {
            Some(last) if light.range.start <= last.end => last.end = last.end.max(light.range.end),
            _ => ranges.push(light.range.clone()),
        }
    }
    ranges
}

/// The forms to look for, and what each may be a part of.
struct Lighter<'a> {
    leaves: Vec<Leaf>,
    /// By form: the leaves it belongs to, and the slot in each.
    forms: FxHashMap<&'a str, Vec<(usize, usize)>>,
}

/// A position, and the bytes of the word there.
type Place = (u32, Range<usize>);

struct Leaf {
    field: Option<TextField>,
    /// The distance of each slot from the first; one slot for a single word.
    distances: Vec<u32>,
}

impl<'a> Lighter<'a> {
    fn new(plan: &'a Plan, language: Option<Language>) -> Lighter<'a> {
        let mut leaves: Vec<&'a Plan> = Vec::new();
        plan.for_each_leaf(language, &mut |leaf| leaves.push(leaf));
        let is_common = |leaf: &Plan| matches!(leaf, Plan::Family(family) if family.common);
        // Function words are lit only if nothing else was asked for.
        if !leaves.iter().all(|leaf| is_common(leaf)) {
            leaves.retain(|leaf| !is_common(leaf));
        }
        let mut lighter = Lighter { leaves: Vec::new(), forms: FxHashMap::default() };
        for leaf in leaves {
            match leaf {
                Plan::Family(family) => lighter.add(family.field, [(0, family)].into_iter()),
                Plan::Phrase(phrase) => {
                    lighter.add(phrase.field, phrase.slots.iter().map(|(distance, family)| (*distance, family)));
                }
                _ => {}
            }
        }
        lighter
    }

    fn add(&mut self, field: Option<TextField>, slots: impl Iterator<Item = (u32, &'a Family)>) {
        let leaf = self.leaves.len();
        let mut distances = Vec::new();
        for (slot, (distance, family)) in slots.enumerate() {
            distances.push(distance);
            for (form, _) in &family.forms {
                self.forms.entry(form).or_default().push((leaf, slot));
            }
        }
        self.leaves.push(Leaf { field, distances });
    }

    /// Returns what is lit in a text, in order.
    fn lit(&self, text: &str, field: TextField) -> Vec<Light> {
        if self.forms.is_empty() {
            return Vec::new();
        }
        let mut lights = Vec::new();
        // For phrases: where each slot's forms stand.
        let mut places: FxHashMap<(usize, usize), Vec<Place>> = FxHashMap::default();
        let mut tokens = Tokens::new(text);
        let mut token = Token::default();
        while tokens.next(&mut token) {
            if !matches!(token.kind, TokenKind::Word | TokenKind::Part | TokenKind::Quantity) {
                continue;
            }
            for (leaf, slot) in self.forms.get(token.text.as_str()).into_iter().flatten() {
                if self.leaves[*leaf].field.is_some_and(|only| only != field) {
                    continue;
                }
                let range = token.start..token.end;
                if self.leaves[*leaf].distances.len() == 1 {
                    lights.push(Light { range, leaf: *leaf });
                } else {
                    places.entry((*leaf, *slot)).or_default().push((token.position, range));
                }
            }
        }
        for (leaf, Leaf { distances, .. }) in
            self.leaves.iter().enumerate().filter(|(_, leaf)| leaf.distances.len() > 1)
        {
            for (position, first) in places.get(&(leaf, 0)).into_iter().flatten() {
                let others: Option<Vec<&Range<usize>>> = (1..distances.len())
                    .map(|slot| {
                        let wanted = position + distances[slot];
                        let places = places.get(&(leaf, slot))?;
                        let at = places.partition_point(|(position, _)| *position < wanted);
                        places.get(at).filter(|(position, _)| *position == wanted).map(|(_, range)| range)
                    })
                    .collect();
                if let Some(last) = others.and_then(|others| others.last().map(|range| range.end)) {
                    lights.push(Light { range: first.start..last.max(first.end), leaf });
                }
            }
        }
        lights.sort_by_key(|light| (light.range.start, light.range.end));
        lights
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::plan::Phrase;

    fn family(forms: &[&str]) -> Family {
        let forms = forms.iter().map(|form| (form.to_string(), 1.0)).collect();
        Family { forms, boost: 1.0, ..Family::default() }
    }

    fn phrase(words: &[&str]) -> Plan {
        let slots = (0..).zip(words.iter().map(|word| family(&[word]))).collect();
        Plan::Phrase(Phrase { slots, field: None })
    }

    /// The text with what is lit between brackets.
    fn shown(plan: &Plan, text: &str) -> String {
        let mut out = text.to_owned();
        for range in merged(&Lighter::new(plan, None).lit(text, TextField::Body)).iter().rev() {
            out.insert(range.end, ']');
            out.insert(range.start, '[');
        }
        out
    }

    #[test]
    fn forms_are_lit_and_articles_are_not() {
        let plan = Plan::Family(family(&["action", "actions"]));
        assert_eq!(
            shown(&plan, "L’action monte, d’autres actions aussi; réaction."),
            "L’[action] monte, d’autres [actions] aussi; réaction."
        );
    }

    #[test]
    fn a_phrase_is_lit_whole_and_its_stray_words_are_not() {
        let plan = phrase(&["taux", "change"]);
        assert_eq!(
            shown(&plan, "Le taux baisse. Taux-change et taux change"),
            "Le taux baisse. [Taux-change] et [taux change]"
        );
    }

    #[test]
    fn an_accent_may_be_two_characters() {
        let plan = Plan::Family(family(&["marché"]));
        assert_eq!(shown(&plan, "le marche\u{301}!"), "le [marche\u{301}]!");
    }

    #[test]
    fn what_is_excluded_is_not_lit() {
        let plan = Plan::Bool {
            required: vec![Plan::Family(family(&["or"]))],
            optional: Vec::new(),
            excluded: vec![Plan::Family(family(&["argent"]))],
        };
        assert_eq!(shown(&plan, "or et argent"), "[or] et argent");
    }

    #[test]
    fn function_words_are_lit_only_alone() {
        let common = Plan::Family(Family { common: true, ..family(&["de"]) });
        assert_eq!(shown(&common, "de tout"), "[de] tout");
        let both = Plan::all_of(vec![common, Plan::Family(family(&["tout"]))]);
        assert_eq!(shown(&both, "de tout"), "de [tout]");
    }
}
