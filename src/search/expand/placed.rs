//! Parts of a query that must stand in places that depend on one another: `NEAR/5`, `W/S`, `FIRST/50(…)`,
//! `ATLEAST3(…)`, `"…"~2`.
//!
//! An operator is spread over the words that `AND` joins on either side of it: `(a AND b) NEAR/5 c` asks
//! for `a NEAR/5 c` and for `b NEAR/5 c`. Alternatives are looked for together, as one part.

use crate::analysis::TokenKind;
use crate::query::Proximity;
use crate::search::plan::{Family, Form, Kin, Placed, Plan};
use crate::search::span::{Spans, Within};

/// What stands on one side of an operator.
enum Operand {
    /// Something with places.
    Spans(Spans<Family>),
    /// Every one of them.
    All(Vec<Operand>),
    /// At least one of them.
    Any(Vec<Operand>),
}

/// Returns the plan of two parts that stand near one another.
pub(super) fn near(left: Plan, right: Plan, within: Proximity) -> Plan {
    let within = match within {
        Proximity::Words { most, ordered } => Within::Words { most, ordered },
        Proximity::Sentence => Within::Unit(breaks(&[TokenKind::SENTENCE, TokenKind::PARAGRAPH])),
        Proximity::Paragraph => Within::Unit(breaks(&[TokenKind::PARAGRAPH])),
    };
    Operand::of(left).join(&Operand::of(right), &within).plan(1)
}

/// Returns the plan of a part that stands among the first words.
pub(super) fn first(words: u32, part: Plan) -> Plan {
    Operand::of(part).each(&|inner| Spans::First { words, inner: Box::new(inner) }).plan(1)
}

/// Returns the plan of a part that stands in a text at least `times` times.
pub(super) fn at_least(times: u32, part: Plan) -> Plan {
    Operand::of(part).plan(times)
}

/// Returns the plan of a phrase, among whose words others may stand.
pub(super) fn loosened(plan: Plan, slop: u32) -> Plan {
    match plan {
        Plan::Phrase(phrase) if slop > 0 => {
            Plan::Placed(Placed { spans: Spans::Phrase { slots: phrase.slots, slop }, times: 1, boost: phrase.boost })
        }
        plan => plan,
    }
}

fn breaks(forms: &[&str]) -> Family {
    Family { forms: forms.iter().map(|form| Form::whole(form.to_string(), Kin::Typed)).collect(), ..Family::default() }
}

impl Operand {
    /// Returns the parts of a plan that have places; the parser lets only those stand here.
    fn of(plan: Plan) -> Operand {
        match plan {
            Plan::Family(family) => Operand::Spans(Spans::Word(family)),
            Plan::Phrase(phrase) => Operand::Spans(Spans::Phrase { slots: phrase.slots, slop: 0 }),
            Plan::Placed(placed) => Operand::Spans(placed.spans),
            Plan::Best(parts) => Operand::any(parts),
            Plan::Bool { required, optional, .. } if required.is_empty() => Operand::any(optional),
            // Function words beside others are optional, and have no say.
            Plan::Bool { required, .. } => Operand::All(required.into_iter().map(Operand::of).collect()),
            Plan::All | Plan::Nothing | Plan::Filter(_) => Operand::Any(Vec::new()),
        }
    }

    fn any(parts: Vec<Plan>) -> Operand {
        let parts: Vec<Operand> = parts.into_iter().map(Operand::of).collect();
        if !parts.iter().all(|part| matches!(part, Operand::Spans(_))) {
            return Operand::Any(parts);
        }
        let spans = parts.into_iter().filter_map(|part| match part {
            Operand::Spans(spans) => Some(spans),
            _ => None,
        });
        Operand::Spans(Spans::Any(spans.collect()))
    }

    fn join(&self, right: &Operand, within: &Within<Family>) -> Operand {
        let over = |parts: &[Operand], join: &dyn Fn(&Operand) -> Operand| parts.iter().map(join).collect();
        match (self, right) {
            (Operand::All(parts), _) => Operand::All(over(parts, &|part| part.join(right, within))),
            (Operand::Any(parts), _) => Operand::Any(over(parts, &|part| part.join(right, within))),
            (_, Operand::All(parts)) => Operand::All(over(parts, &|part| self.join(part, within))),
            (_, Operand::Any(parts)) => Operand::Any(over(parts, &|part| self.join(part, within))),
            (Operand::Spans(left), Operand::Spans(right)) => Operand::Spans(Spans::Near {
                left: Box::new(left.clone()),
                right: Box::new(right.clone()),
                within: within.clone(),
            }),
        }
    }

    fn each(self, change: &dyn Fn(Spans<Family>) -> Spans<Family>) -> Operand {
        match self {
            Operand::Spans(spans) => Operand::Spans(change(spans)),
            Operand::All(parts) => Operand::All(parts.into_iter().map(|part| part.each(change)).collect()),
            Operand::Any(parts) => Operand::Any(parts.into_iter().map(|part| part.each(change)).collect()),
        }
    }

    fn plan(self, times: u32) -> Plan {
        match self {
            Operand::Spans(spans) => Plan::Placed(Placed { spans, times, boost: 1.0 }),
            Operand::All(parts) => Plan::all_of(parts.into_iter().map(|part| part.plan(times)).collect()),
            Operand::Any(parts) => Plan::any_of(parts.into_iter().map(|part| part.plan(times)).collect()),
        }
    }
}
