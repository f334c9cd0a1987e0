//! Lights what matched, by membership: a word of the text is lit if its form is in a family of the
//! plan, a phrase if all its words stand in their places. No word is stemmed again, and nothing is
//! lit that the engine would not have counted.

use std::convert::Infallible;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::plan::{Expansion, Family, Plan};
use super::request::SnippetOptions;
use super::response::{Marked, Snippet};
use super::snippet;
use super::span::{LEAD, Span, Spans};
use crate::analysis::{QuantityRange, SentenceCutter, Token, Tokens, is_quantity, minus_before, unsigned_rate};
use crate::article::{Article, Language};
use crate::query::{Filter, TextField, TickerPattern};

/// An article's title and extracts with what matched in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lit {
    /// The title.
    pub headline: Marked,
    /// Extracts of the body.
    pub snippets: Vec<Snippet>,
}

/// Lights the articles of a search, and cuts their snippets.
pub struct Highlighter<'a> {
    expansion: &'a Expansion,
    /// By language, once an article in it is lit: a plan may have many thousand forms.
    lighters: [Option<Lighter<'a>>; Language::ALL.len()],
}

impl<'a> Highlighter<'a> {
    /// Lights what an expansion looks for.
    pub fn new(expansion: &'a Expansion) -> Highlighter<'a> {
        Highlighter { expansion, lighters: Default::default() }
    }

    /// Lights an article for what was looked for and cuts its snippets.
    pub fn light(&mut self, article: &Article, options: SnippetOptions) -> Lit {
        let lighter = self.lighters[article.language as usize].get_or_insert_with(|| {
            let mut lighter = Lighter::new(&self.expansion.plan, Some(article.language));
            let filters = self.expansion.filters.iter().map(|(_, plan)| plan).chain([&self.expansion.plan]);
            filters.for_each(|plan| {
                plan.for_each_filter(&mut |filter| match filter {
                    Filter::Quantity(range) => lighter.quantities.push(range),
                    Filter::Ticker(pattern) => lighter.securities.push(pattern),
                    _ => {}
                });
            });
            lighter
        });
        let mut headline = lighter.lit(&article.headline, TextField::Headline, &mut |_| {});
        if lighter.leaves.is_empty() && headline.is_empty() {
            headline = lighter.named(article, true);
        }
        let headline = Marked { lit: merged(&headline), text: article.headline.clone() };
        let snippets = if options.fragments == 0 {
            Vec::new()
        } else {
            // The sentences are cut in the same pass.
            let mut sentences = SentenceCutter::new(article.text());
            let mut lights = lighter.lit(article.text(), TextField::Body, &mut |token| sentences.see(token));
            // Where no word was found, what the filters asked for is shown.
            if lights.is_empty() {
                lights = lighter.named(article, false);
            }
            snippet::cut(article.text(), &sentences.finish(), &lights, options)
        };
        Lit { headline, snippets }
    }
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
#[derive(Default)]
struct Lighter<'a> {
    /// What is looked for, with families by number.
    leaves: Vec<Spans<usize>>,
    /// By form: the families it belongs to.
    forms: FxHashMap<&'a str, Vec<usize>>,
    lengths: Lengths,
    /// By family: the only field to look in, if it is but one.
    fields: Vec<Option<TextField>>,
    /// By family: the quantities that it stands for.
    ranges: Vec<(usize, &'a QuantityRange)>,
    /// The quantities looked for wherever they stand.
    quantities: Vec<&'a QuantityRange>,
    /// The securities asked for.
    securities: Vec<&'a TickerPattern>,
    /// Whether a form is one.
    has_quantity: bool,
}

/// Where a family stands in a text: positions in order, with the bytes of the words there.
type Places = Vec<(u32, Range<usize>)>;

impl<'a> Lighter<'a> {
    fn new(plan: &'a Plan, language: Option<Language>) -> Lighter<'a> {
        let mut leaves: Vec<&'a Plan> = Vec::new();
        plan.for_each_leaf(language, &mut |leaf| leaves.push(leaf));
        let is_common = |leaf: &Plan| matches!(leaf, Plan::Family(family) if family.common);
        // Function words are lit only if nothing else was asked for.
        if !leaves.iter().all(|leaf| is_common(leaf)) {
            leaves.retain(|leaf| !is_common(leaf));
        }
        let mut lighter = Lighter::default();
        for leaf in leaves {
            let spans = match leaf {
                Plan::Family(family) => Spans::Word(lighter.number(family)),
                Plan::Phrase(phrase) => {
                    let slots = phrase.slots.iter().map(|(distance, family)| (*distance, lighter.number(family)));
                    Spans::Phrase { slots: slots.collect(), slop: 0 }
                }
                Plan::Placed(placed) => {
                    let Ok(spans) = placed.spans.map(&mut |family| Ok::<_, Infallible>(lighter.number(family)));
                    spans
                }
                _ => continue,
            };
            lighter.leaves.push(spans);
        }
        lighter
    }

    fn number(&mut self, family: &'a Family) -> usize {
        let number = self.fields.len();
        self.fields.push(family.field);
        self.ranges.extend(family.quantities.as_ref().map(|range| (number, range)));
        for form in &family.forms {
            self.forms.entry(&form.text).or_default().push(number);
            self.lengths.add(&form.text);
            self.has_quantity |= is_quantity(&form.text);
        }
        number
    }

    /// Returns where an article names a security that was asked for, in its headline or its body.
    fn named(&self, article: &Article, headline: bool) -> Vec<Light> {
        let text = if headline { &article.headline } else { article.text() };
        let mut lights = Vec::new();
        for (leaf, pattern) in self.securities.iter().enumerate() {
            for mention in article.tickers.iter().filter(|mention| pattern.means(mention)) {
                let spans = mention.spans.iter().filter(|span| span.headline == headline);
                let ranges = spans.map(|span| span.start..span.end).filter(|range| text.get(range.clone()).is_some());
                lights.extend(ranges.map(|range| Light { range, leaf }));
            }
        }
        lights.sort_by_key(|light| (light.range.start, light.range.end));
        lights
    }

    /// Returns what is lit in a text, in order; shows each of its tokens to `see`.
    fn lit(&self, text: &str, field: TextField, see: &mut dyn FnMut(&Token)) -> Vec<Light> {
        let (places, mut lights) = self.places(text, field, see);
        let mut read = |family: &mut usize, out: &mut Vec<(u32, f32)>| {
            out.extend(places[*family].iter().map(|(position, _)| (*position, 1.0)));
        };
        let bytes = |family: usize, position: u32| {
            let at = places[family].binary_search_by_key(&position, |(position, _)| *position);
            at.ok().map(|at| places[family][at].1.clone())
        };
        let mut units = self.quantities.len();
        for leaf in &self.leaves {
            let mut leaf = leaf.clone();
            let whole = leaf.find(&mut read);
            // Of words that must stand near one another, those that do are lit, and not what is between.
            leaf.for_each_unit(&mut |unit| {
                let (first, last) = ends(unit);
                for span in unit.find(&mut read).into_iter().filter(|span| is_inside(span, &whole)) {
                    if let (Some(first), Some(last)) = (bytes(first, span.start), bytes(last, span.end)) {
                        lights.push(Light { range: first.start..last.end.max(first.end), leaf: units });
                    }
                }
                units += 1;
            });
        }
        lights.sort_by_key(|light| (light.range.start, light.range.end));
        lights
    }

    /// Returns where each family stands in a text, and lights what quantities it has.
    fn places(&self, text: &str, field: TextField, see: &mut dyn FnMut(&Token)) -> (Vec<Places>, Vec<Light>) {
        let mut places: Vec<Places> = vec![Vec::new(); self.fields.len()];
        let mut lights = Vec::new();
        let measures = !self.quantities.is_empty() || !self.ranges.is_empty() || self.has_quantity;
        let mut tokens = if measures { Tokens::new(text) } else { Tokens::without_quantities(text) };
        let mut token = Token::default();
        while tokens.next(&mut token) {
            see(&token);
            // The sign of a quantity stands before its first word.
            let is_negative = unsigned_rate(&token.text).is_some();
            let sign = if is_negative { minus_before(&text[..token.start]) } else { None };
            let start = sign.unwrap_or(token.start);
            let form = Some(token.text.as_str()).filter(|form| self.lengths.may_have(form));
            let families = form.and_then(|form| self.forms.get(form)).into_iter().flatten();
            let is_quantity = is_quantity(&token.text);
            let of_range =
                |(family, range): &'_ (usize, &QuantityRange)| range.contains(&token.text).then_some(*family);
            let ranges = if is_quantity { &self.ranges[..] } else { &[] };
            for family in families.copied().chain(ranges.iter().filter_map(of_range)) {
                let range = start..token.end;
                let here = match self.fields[family] {
                    None => true,
                    Some(TextField::Lead) => field == TextField::Body && token.position < LEAD,
                    Some(only) => only == field,
                };
                if !here {
                    continue;
                }
                match places[family].last_mut() {
                    // Two ways to type one word.
                    Some((position, last)) if *position == token.position => {
                        *last = last.start.min(range.start)..last.end.max(range.end);
                    }
                    _ => places[family].push((token.position, range)),
                }
            }
            if is_quantity {
                let leaf = self.quantities.iter().position(|range| range.contains(&token.text));
                lights.extend(leaf.map(|leaf| Light { range: start..token.end, leaf }));
            }
        }
        (places, lights)
    }
}

/// How long the forms are that begin with each byte: most words of a text are told from them all by that, and need not
/// be looked up.
struct Lengths([u64; 256]);

impl Default for Lengths {
    fn default() -> Lengths {
        Lengths([0; 256])
    }
}

impl Lengths {
    fn add(&mut self, form: &str) {
        let (first, length) = Lengths::of(form);
        self.0[first] |= length;
    }

    /// Returns whether `form` may be one of those added.
    fn may_have(&self, form: &str) -> bool {
        let (first, length) = Lengths::of(form);
        self.0[first] & length != 0
    }

    /// Returns the first byte of a form, and its length as one bit of 64.
    fn of(form: &str) -> (usize, u64) {
        (form.bytes().next().unwrap_or_default().into(), 1 << (form.len() % 64))
    }
}

/// Returns the families of the first and the last word of a word or phrase.
fn ends(unit: &Spans<usize>) -> (usize, usize) {
    match unit {
        Spans::Word(family) => (*family, *family),
        Spans::Phrase { slots, .. } => {
            let family = |slot: Option<&(u32, usize)>| slot.map_or(0, |(_, family)| *family);
            (family(slots.first()), family(slots.last()))
        }
        _ => (0, 0),
    }
}

/// Returns whether a span lies in one of `spans`, of which none contains another.
fn is_inside(span: &Span, spans: &[Span]) -> bool {
    let at = spans.partition_point(|other| other.end < span.end);
    spans.get(at).is_some_and(|other| other.start <= span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::plan::{Form, Kin, Phrase};

    fn family(forms: &[&str]) -> Family {
        let forms = forms.iter().map(|form| Form::whole(form.to_string(), Kin::Typed)).collect();
        Family { forms, boost: 1.0, ..Family::default() }
    }

    fn phrase(words: &[&str]) -> Plan {
        let slots = (0..).zip(words.iter().map(|word| family(&[word]))).collect();
        Plan::Phrase(Phrase { slots, field: None, boost: 1.0 })
    }

    /// The text with what is lit between brackets.
    fn shown(plan: &Plan, text: &str) -> String {
        let mut out = text.to_owned();
        for range in merged(&Lighter::new(plan, None).lit(text, TextField::Body, &mut |_| {})).iter().rev() {
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
