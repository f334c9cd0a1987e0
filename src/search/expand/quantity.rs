//! Quantities in a query: `1,2 milliard d'euros` also finds `€1.2bn`. What is typed is still looked for
//! as words; the canonical form of the quantity is another way to say the same.

use super::{Expander, tokens_of};
use crate::analysis::{Token, TokenKind, amount_without_unit, minus_before, negative_rate, unsigned_rate};
use crate::query::TextField;
use crate::search::plan::{Family, Form, Kin, Phrase, Plan};

/// The weight of a number in full for one with its scale: `1 200 000 000` for `1,2 milliard`.
const SAME_AMOUNT: f32 = 0.95;

impl Expander<'_> {
    /// Adds the quantities of a run of words to its plans, which begin at `starts` in `text`, as another reading of the
    /// words that say them; beside those where a part of them is enough. What no article has is noted, since its
    /// words are looked for then.
    pub(super) fn add_quantities(
        &mut self,
        text: &str,
        field: Option<TextField>,
        starts: &[usize],
        plans: &mut Vec<(Plan, bool)>,
    ) {
        for (span, family) in self.quantities(text, field).into_iter().rev() {
            let from = starts.partition_point(|start| *start < span.start);
            let to = starts.partition_point(|start| *start < span.end);
            let mut family = family;
            if !self.is_known(&family) {
                let start = negative(&family).then(|| minus_before(&text[..span.start])).flatten();
                let typed = &text[start.unwrap_or(span.start)..span.end];
                // A rate is also a size, which more articles have.
                let unsigned = without_sign(&family, &text[span.clone()]);
                if !self.is_known(&unsigned) {
                    self.note_unknown(typed);
                    continue;
                }
                let size = &unsigned.typed;
                self.note(said!(
                    "no article has the quantity `{typed}`; `{size}` is looked for",
                    "aucun article n’a la quantité `{typed}` ; `{size}` est cherché"
                ));
                family = unsigned;
            }
            if self.any && self.parts {
                plans.push((Plan::Family(family), false));
                continue;
            }
            if from == to {
                continue;
            }
            let parts: Vec<(Plan, bool)> = plans.drain(from..to).collect();
            let decides = parts.iter().any(|(_, common)| !common);
            let words = parts.into_iter().filter(|(_, common)| !(decides && *common)).map(|(plan, _)| plan);
            // The words have no sign, and stand in a rise as in a fall.
            let plan = match negative(&family) {
                true => Plan::Family(family),
                false => Plan::Best(vec![Plan::Family(family), Plan::all_of(words.collect())]),
            };
            plans.insert(from, (plan, false));
        }
    }

    /// Notes that a quantity stands in no article, unless it is one word that is looked for as such.
    fn note_unknown(&mut self, typed: &str) {
        let is_word = super::words_of(typed).next().is_some_and(|word| word.end - word.start == typed.len());
        let note = said!(
            "no article has the quantity `{typed}`; its words are looked for",
            "aucun article n’a la quantité `{typed}` ; ses mots sont cherchés"
        );
        if !is_word {
            self.note(note);
        }
    }

    /// Returns another reading of a phrase that ends in a quantity: `hausse de 2,5 %` and `hausse de 2.5
    /// percent`. (Behind a quantity the places of words depend on how it is written.)
    pub(super) fn phrase_with_quantity(&self, text: &str, tokens: &[Token], field: Option<TextField>) -> Option<Plan> {
        let end = tokens.last()?.end;
        let (span, family) = self.quantities(text, field).into_iter().find(|(span, _)| span.end >= end)?;
        self.is_known(&family).then_some(())?;
        let before = tokens.partition_point(|token| token.start < span.start);
        if before == 0 {
            return Some(Plan::Family(family));
        }
        let Plan::Phrase(Phrase { mut slots, field, boost }) = self.phrase_of(text, &tokens[..=before], field, false)
        else {
            return None;
        };
        slots.last_mut()?.1 = family;
        Some(Plan::Phrase(Phrase { slots, field, boost }))
    }

    /// Returns the quantities of a text, each with its place.
    fn quantities(&self, text: &str, field: Option<TextField>) -> Vec<(std::ops::Range<usize>, Family)> {
        let mut found: Vec<(std::ops::Range<usize>, Family)> = Vec::new();
        for token in tokens_of(text, TokenKind::Quantity) {
            let span = token.start..token.end;
            if found.last().is_none_or(|(last, _)| *last != span) {
                let typed = text[span.clone()].to_owned();
                found.push((span, Family { typed, field, boost: 1.0, ..Family::default() }));
            }
            if let Some((_, family)) = found.last_mut() {
                let in_full = amount_without_unit(&token.text).map(|value| self.vocabulary.with_number(value));
                let others = in_full.into_iter().flatten().filter(|form| *form != token.text);
                family.forms.push(Form::whole(token.text.clone(), Kin::Number));
                // A rate without a sign is a size: `8,43 %` is found in `-8,43 %`.
                let negative = negative_rate(&token.text).filter(|form| self.vocabulary.contains(form));
                family.forms.extend(negative.map(|form| Form::whole(form, Kin::Number)));
                family.forms.extend(others.map(|text| Form { text, weight: SAME_AMOUNT, kin: Kin::Number }));
            }
        }
        found
    }
}

/// Returns whether a quantity was typed with a minus sign.
fn negative(family: &Family) -> bool {
    family.forms.first().is_some_and(|form| unsigned_rate(&form.text).is_some())
}

/// Returns the quantity `typed` without its sign; without forms if it has none.
fn without_sign(family: &Family, typed: &str) -> Family {
    let forms =
        family.forms.iter().filter_map(|form| unsigned_rate(&form.text)).map(|form| Form::whole(form, Kin::Number));
    Family { typed: typed.to_owned(), forms: forms.collect(), ..family.clone() }
}
