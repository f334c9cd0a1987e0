//! The other language: words and terms that the lexicon knows are looked for in both languages at once.
//!
//! A concept is one part of the plan, whatever says it: the words typed, or a term of the other language
//! ([`Plan::Best`], so that a word of many translations weighs no more than one of few). Translations
//! of one word make one family, weighted by how usual they are, as in Darwish and Oard's structured
//! queries; terms of several words are phrases.

use std::ops::Range;

use super::family::{Forms, is_acronym};
use super::typed::{Typed, uncompounded};
use super::{Expander, words_of};
use crate::analysis::{Token, fold, is_function_word, is_inflection};
use crate::article::Language;
use crate::lexicon::{Sense, Word};
use crate::market::names::{self, Class};
use crate::query::{Filter, Kind, Node, TextField};
use crate::search::plan::{Family, Form, Kin, Phrase, Plan};

/// What a translation counts beside the word typed: little enough that what was typed comes first.
const TRANSLATED: f32 = 0.3;
/// The same of the translation of a term of several words, so that an article that has all of it in the other
/// language goes before one that has a word of it in this one.
const TRANSLATED_TERM: f32 = 0.6;
/// What the word typed counts where only articles of the other language are asked for and the lexicon
/// knows the word: it may be a name, or a word that looks alike and means another thing.
const ALIKE: f32 = 0.4;
/// What the translations of a term's single words count beside those of the whole term: `rachat d'actions` is
/// a share buyback before it is some takeover with some action.
const WITHIN: f32 = 0.5;
/// How much less the next variant of a line counts than the one before.
const LESS_USUAL: f32 = 0.85;
/// The most translations of one word or term.
const MOST: usize = 8;
/// The most words of a term.
const LONGEST: usize = 8;

/// A way from one language to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Crossing {
    /// The language of the words typed.
    pub from: Language,
    /// The language of the articles.
    pub to: Language,
    /// Whether no other articles are asked for.
    pub alone: bool,
}

/// Returns the ways to cross for words that are `spoken` in a language, or in one that cannot be told,
/// where only articles in the language `asked` for are wanted, or all.
pub(super) fn crossings(spoken: Option<Language>, asked: Option<Language>) -> Vec<Crossing> {
    let both = [(Language::French, Language::English), (Language::English, Language::French)];
    let ways = both
        .into_iter()
        .filter(|(from, to)| spoken.is_none_or(|spoken| spoken == *from) && asked.is_none_or(|asked| asked == *to));
    ways.map(|(from, to)| Crossing { from, to, alone: asked.is_some() && spoken.is_some() }).collect()
}

impl<'a> Expander<'a> {
    /// Opens a run of words with what they mean in the other language; each plan with whether it is a
    /// function word.
    pub(super) fn translated_run(&mut self, parts: &[Node], field: Option<TextField>) -> Vec<(Plan, bool)> {
        if self.crossings.is_empty() {
            return self.run(parts, field);
        }
        let parts = if self.alone() && self.any && self.parts { uncompounded(parts) } else { parts.to_vec() };
        let typed = Typed::new(&parts);
        let (mut plans, mut at, mut plain) = (Vec::new(), 0, 0);
        while at < parts.len() {
            let (length, renderings) = self.longest(&typed, at);
            if length == 0 {
                at += 1;
                continue;
            }
            plans.extend(self.native(&typed, &parts, plain..at, false, field));
            let whole = self.translations(&renderings, 1.0, field);
            let share = if whole.is_empty() { 1.0 } else { WITHIN };
            let mut native = Vec::new();
            for part in at..at + length {
                let word = self.native(&typed, &parts, part..part + 1, true, field);
                let is_term = length > 1 && !renderings.iter().any(Rendering::is_name);
                let renderings = if is_term { self.renderings(&typed, part..part + 1) } else { Vec::new() };
                let translations = self.translations(&renderings, share, field);
                native.extend(self.with_translations(word, translations));
            }
            plans.extend(self.with_translations(native, whole));
            at += length;
            plain = at;
        }
        plans.extend(self.native(&typed, &parts, plain..parts.len(), false, field));
        // Nothing but function words of the other language.
        if plans.is_empty() { self.run(&parts, field) } else { plans }
    }

    /// Opens a phrase, which as a whole may be a term.
    pub(super) fn translated_phrase(&mut self, text: &str, field: Option<TextField>) -> Plan {
        let native = self.phrase(text, false, field, false);
        let typed = Typed::new(&[Node { kind: Kind::Word(text.to_owned()), span: 0..text.len() }]);
        if typed.tokens.len() < 2 {
            return native;
        }
        let renderings = self.renderings(&typed, 0..1);
        let translations = self.translations(&renderings, 1.0, field);
        let mut plans = self.with_translations(vec![(native, false)], translations);
        plans.pop().map_or(Plan::Nothing, |(plan, _)| plan)
    }

    /// Returns whether only articles of the other language are asked for.
    fn alone(&self) -> bool {
        self.crossings.iter().any(|crossing| crossing.alone)
    }

    /// Returns how many parts the longest term takes that begins at part `at`, with its meanings.
    fn longest(&self, typed: &Typed, at: usize) -> (usize, Vec<Rendering<'a>>) {
        let end = (at..typed.ends.len()).find(|part| typed.is_figure(*part)).unwrap_or(typed.ends.len());
        let length = |crossing: &Crossing| {
            let words = self.looked_up(typed, at..end, crossing.from);
            let (length, _) = self.lexicon?.longest(&words, crossing.from)?;
            typed.parts_of(at, length)
        };
        let Some(length) = self.crossings.iter().filter_map(length).max() else { return (0, Vec::new()) };
        if length == 1 && typed.is_numbered(at) {
            return (0, Vec::new());
        }
        let renderings = self.renderings(typed, at..at + length);
        (if renderings.is_empty() { 0 } else { length }, renderings)
    }

    /// Returns the meanings of exactly these parts.
    fn renderings(&self, typed: &Typed, parts: Range<usize>) -> Vec<Rendering<'a>> {
        let Some(lexicon) = self.lexicon else { return Vec::new() };
        let tokens = typed.tokens(parts.clone());
        let written: Vec<&str> = tokens.iter().map(|token| typed.typed(token)).collect();
        let is_name =
            typed.telling_capitals && parts.start > 0 && is_capitalized(&written) || is_company(typed, parts.clone());
        let mut renderings = Vec::new();
        for crossing in &self.crossings {
            // A function word stands in a term, and is none.
            let common = |token: &Token| is_function_word(&fold(&token.text), &[crossing.from]);
            if matches!(tokens, [token] if common(token) && !is_acronym(typed.typed(token))) {
                continue;
            }
            let words = self.looked_up(typed, parts.clone(), crossing.from);
            let mut senses = lexicon.exactly(&words, crossing.from);
            if let [token] = tokens {
                // The plural of a headword may be one, too, of another meaning.
                let kin = lexicon.by_stem(&words, crossing.from).into_iter();
                let singular = |sense: &Sense| is_plural(&token.text, sense.variant);
                senses.extend(kin.filter(singular).map(|sense| Sense { rank: sense.rank + 1, ..sense }));
            }
            senses.retain(|sense| (is_capitalized(&[sense.variant]) || !is_name) && may_mean(&written, sense.variant));
            if !senses.is_empty() {
                renderings.push(Rendering { crossing: *crossing, is_term: tokens.len() > 1, senses });
            }
        }
        renderings
    }

    fn looked_up(&self, typed: &Typed, parts: Range<usize>, language: Language) -> Vec<Word> {
        let tokens = typed.tokens(parts).iter().take(LONGEST);
        tokens.map(|token| Word::new(&token.text, language, &self.stemmers)).collect()
    }

    /// Opens parts as they were typed. Where only articles of the other language are asked for, a word is
    /// looked for in the form typed, since its kin in its own language are not there, and counts less if it
    /// is `known` to mean something else; function words are left out.
    fn native(
        &mut self,
        typed: &Typed,
        parts: &[Node],
        range: Range<usize>,
        known: bool,
        field: Option<TextField>,
    ) -> Vec<(Plan, bool)> {
        if !self.alone() {
            return if range.is_empty() { Vec::new() } else { self.run(&parts[range], field) };
        }
        let from: Vec<Language> = self.crossings.iter().map(|crossing| crossing.from).collect();
        let mut plans = Vec::new();
        let mut part = range.start;
        while part < range.end {
            let figures = (part..range.end).take_while(|part| typed.is_figure(*part)).count();
            if figures > 0 {
                plans.extend(self.run(&parts[part..part + figures], field));
                part += figures;
                continue;
            }
            let tokens = typed.tokens(part..part + 1);
            part += 1;
            let weight = if known { ALIKE } else { 1.0 };
            let slot = |token: &Token| self.alike(&token.text, typed.typed(token), weight, field);
            match tokens {
                [] => {}
                [token] if is_function_word(&fold(&token.text), &from) && !is_acronym(typed.typed(token)) => {}
                [token] => plans.push((Plan::Family(slot(token)), false)),
                tokens => {
                    let slots = (0..).zip(tokens.iter().map(slot)).collect();
                    plans.push((Plan::Phrase(Phrase { slots, field, boost: 1.0 }), false));
                }
            }
        }
        plans
    }

    /// Returns the forms that are written alike in both languages, accents aside.
    pub(super) fn alike(&self, form: &str, typed: &str, weight: f32, field: Option<TextField>) -> Family {
        let mut family = self.exact(form, typed, field);
        let others = self.vocabulary.with_fold(&fold(form)).into_iter().filter(|other| other != form);
        family.forms.extend(others.map(|other| Form::whole(other, Kin::Accents)));
        family.forms.iter_mut().for_each(|form| form.weight *= weight);
        family
    }

    /// Returns one concept: what was typed, or one of the translations.
    fn with_translations(&self, native: Vec<(Plan, bool)>, translations: Vec<Plan>) -> Vec<(Plan, bool)> {
        if translations.is_empty() {
            return native;
        }
        let (common, words): (Vec<_>, Vec<_>) = native.into_iter().partition(|(_, common)| *common);
        let words: Vec<Plan> = words.into_iter().map(|(plan, _)| plan).collect();
        let mut readings = Vec::new();
        if !words.is_empty() {
            readings.push(if self.any { Plan::any_of(words) } else { Plan::all_of(words) });
        }
        readings.extend(translations);
        std::iter::once((Plan::Best(readings), false)).chain(common).collect()
    }

    /// Returns the translations that some article may have by the ways to cross; all count this `share`.
    fn translations(&mut self, renderings: &[Rendering<'_>], share: f32, field: Option<TextField>) -> Vec<Plan> {
        renderings.iter().filter_map(|rendering| self.translated(rendering, share, field)).collect()
    }

    /// Returns the translations that some article may have, in articles of their language: those of one word
    /// as one family, the others as phrases.
    fn translated(&mut self, rendering: &Rendering<'_>, share: f32, field: Option<TextField>) -> Option<Plan> {
        let Crossing { to, alone, .. } = rendering.crossing;
        let strength = match (alone, rendering.is_term) {
            (true, _) => share,
            (false, true) => share * TRANSLATED_TERM,
            (false, false) => share * TRANSLATED,
        };
        let languages = std::mem::replace(&mut self.languages, vec![to]);
        let (mut words, mut phrases) = (Forms::default(), Vec::new());
        for (target, weight) in targets(rendering) {
            let Some(mut slots) = self.slots(target, to, field) else { continue };
            let mut is_new = true;
            if let [(_, family)] = slots.as_mut_slice() {
                let known = |form: &str| !words.has(form) && self.vocabulary.contains(form);
                is_new = family.forms.iter().any(|form| known(&form.text));
                for form in family.forms.drain(..) {
                    words.add(Form { weight: form.weight * weight, ..form });
                }
            } else {
                let forms = slots.iter_mut().flat_map(|(_, slot)| &mut slot.forms);
                forms.for_each(|form| form.weight *= weight);
                phrases.push(Plan::Phrase(Phrase { slots, field, boost: strength }));
            }
            if is_new && !self.also.iter().any(|other| other == target) {
                self.also.push(target.to_owned());
            }
        }
        self.languages = languages;
        if !words.list.is_empty() {
            let forms = words.list;
            phrases.insert(0, Plan::Family(Family { forms, field, boost: strength, ..Family::default() }));
        }
        match (phrases.is_empty(), alone) {
            (true, _) => None,
            (false, true) => Some(Plan::Best(phrases)),
            (false, false) => Some(Plan::all_of(vec![Plan::Best(phrases), Plan::Filter(Filter::Language(to))])),
        }
    }

    /// Opens a term of the language `to` into families; none if no article has all its words. Its function
    /// words only keep their places: `baisse des taux` is `baisse du taux` too.
    fn slots(&self, term: &str, to: Language, field: Option<TextField>) -> Option<Vec<(u32, Family)>> {
        let tokens: Vec<Token> = words_of(term).collect();
        let common = |token: &Token| is_function_word(&fold(&token.text), &[to]);
        let telling = tokens.iter().filter(|token| !common(token)).count();
        if matches!(tokens.as_slice(), [token] if common(token) && !is_acronym(term)) {
            return None;
        }
        let kept: Vec<&Token> = tokens.iter().filter(|token| telling < 2 || !common(token)).collect();
        let first = kept.first()?.position;
        let slots = kept.iter().map(|token| {
            let typed = &term[token.start..token.end];
            let mut family = self.family(&token.text, typed, field);
            (family.common, family.boost) = (false, 1.0);
            family.forms.iter_mut().for_each(|form| form.kin = Kin::Translation);
            // An acronym is no word that looks like it.
            if is_acronym(typed) {
                family.forms.truncate(1);
            }
            self.is_known(&family).then_some((token.position - first, family))
        });
        slots.collect()
    }
}

/// What a term means in the other language.
struct Rendering<'a> {
    crossing: Crossing,
    /// Whether it has several words.
    is_term: bool,
    senses: Vec<Sense<'a>>,
}

impl Rendering<'_> {
    /// Returns whether the term is a name that is the same in both languages, whose words mean nothing.
    fn is_name(&self) -> bool {
        self.senses.iter().any(|sense| sense.targets == [sense.variant])
    }
}

/// Returns the translations of a term with their weights, the heaviest first.
fn targets<'a>(rendering: &Rendering<'a>) -> Vec<(&'a str, f32)> {
    let mut targets: Vec<(&str, f32)> = Vec::new();
    for sense in &rendering.senses {
        for (nth, target) in sense.targets.iter().enumerate() {
            // Two capitals are too little to tell a word of another meaning from.
            let vague = is_acronym(target) && target.chars().count() < 3;
            // What is written alike is found already.
            if vague || !rendering.crossing.alone && target == &sense.variant {
                continue;
            }
            let weight = LESS_USUAL.powi((nth + sense.rank) as i32);
            match targets.iter_mut().find(|(other, _)| other == target) {
                Some((_, other)) => *other = other.max(weight),
                None => targets.push((target, weight)),
            }
        }
    }
    targets.sort_by(|a, b| b.1.total_cmp(&a.1));
    targets.truncate(MOST);
    targets
}

/// Returns whether one word is the plural of another.
fn is_plural(word: &str, singular: &str) -> bool {
    let ends = |word: &str| word.ends_with(['s', 'x']);
    ends(word) && !ends(singular) && is_inflection(word, singular)
}

/// Returns whether words as typed may mean a variant of the lexicon: an acronym is always in capitals, and
/// short capitals are always an acronym.
fn may_mean(typed: &[&str], variant: &str) -> bool {
    let acronym = is_acronym(variant);
    match typed {
        [typed] if acronym => is_acronym(typed),
        [typed] => !is_acronym(typed) || typed.chars().count() > 4,
        _ => true,
    }
}

/// Returns whether parts are a company as news writes it: `Carrefour`; a name that is an ordinary word too, `Block`,
/// only if nothing else was typed.
fn is_company(typed: &Typed, parts: Range<usize>) -> bool {
    let alone = parts == (0..typed.ends.len());
    let written = typed.written(parts);
    let name = names::longest_at(written, 0).filter(|(end, _)| *end == written.len());
    name.is_some_and(|(_, name)| alone || name.class != Class::Word)
}

/// Returns whether words all begin with a capital.
fn is_capitalized(words: &[&str]) -> bool {
    words.iter().all(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::query::{ParseOptions, parse};
    use crate::search::{Filters, Matching, Reach, expand};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn a_language_is_crossed_from_the_one_spoken_to_the_one_asked_for() {
        use Language::{English, French};
        let way = |from, to, alone| Crossing { from, to, alone };
        for (spoken, asked, want) in [
            (None, None, vec![way(French, English, false), way(English, French, false)]),
            (Some(French), None, vec![way(French, English, false)]),
            (Some(French), Some(English), vec![way(French, English, true)]),
            (Some(French), Some(French), vec![]),
            (None, Some(English), vec![way(French, English, false)]),
        ] {
            assert_eq!(crossings(spoken, asked), want, "{spoken:?} {asked:?}");
        }
    }

    const LEXICON: &str = "\
layoff|dismissal\tlicenciement
share buyback|share repurchase\trachat d'actions
share\taction|titre
ECB|European Central Bank\tBCE
London\tLondres
General Motors\tGeneral Motors
general\tgénéral
engine|motor\tmoteur
gold\tor
bank\tbanque
apple\tpomme
product\tproduit
";

    /// Checks what is searched besides the query typed, where an index has these forms.
    fn check(cases: &[(&str, &[Language], &str)]) {
        let vocabulary = Vocabulary::of(&[&[
            "share",
            "buyback",
            "dismissal",
            "layoff",
            "layoffs",
            "gold",
            "bank",
            "banks",
            "product",
            "london",
            "ecb",
            "licenciements",
            "rachat",
            "rachats",
            "action",
            "actions",
            "banque",
            "bce",
            "or",
            "apple",
            "pomme",
            "general",
            "motors",
            "général",
            "moteurs",
            "londres",
            "produits",
        ]]);
        let lexicon = Lexicon::of(LEXICON);
        for (typed, languages, want) in cases {
            let query = parse(typed, &ParseOptions::default()).unwrap();
            let filters = Filters { languages: languages.to_vec(), ..Filters::default() };
            let expansion = expand(&query, &filters, Matching::All, &vocabulary, Some(&lexicon), Reach::Asked);
            assert_eq!(expansion.also.join(", "), *want, "{typed}");
        }
    }

    #[test]
    fn words_and_terms_are_translated_to_what_articles_have() {
        use Language::{English, French};
        check(&[
            ("licenciement", &[], "layoff, dismissal"),
            // A company is no fruit; a word that no company bears is a word, with a capital too.
            ("apple", &[], "pomme"),
            ("Apple", &[], ""),
            ("Apple licenciement", &[], "layoff, dismissal"),
            ("Gold", &[], "or"),
            // An acronym with a number is a name.
            ("BCE", &[], "ECB"),
            ("BCE 40", &[], ""),
            ("BCE 2025", &[], "ECB"),
            ("BCE 2 %", &[], "ECB"),
            ("licenciement 40", &[], "layoff, dismissal"),
            ("licenciements", &[], "layoff, dismissal"),
            ("layoffs", &[], "licenciement"),
            ("share buybacks", &[], "rachat d'actions, action"),
            ("\"rachat d’actions\"", &[], "share buyback"),
            ("rachat d'actions", &[], "share buyback, share"),
            ("BCE", &[], "ECB"),
            ("Londres", &[English], "London"),
            ("licenciements", &[French], ""),
            ("title:Londres", &[], "London"),
            ("banque OR or", &[], "bank, gold"),
        ]);
    }

    #[test]
    fn names_acronyms_and_exact_forms_are_not_translated() {
        check(&[
            ("General Motors", &[], ""),
            ("les nouveaux produits de Apple", &[], "product"),
            ("apple", &[], "pomme"),
            ("OR", &[], ""),
            ("bce", &[], ""),
            ("=licenciements", &[], ""),
            ("licenc*", &[], ""),
            ("\"licenciements\"", &[], ""),
            ("banque -licenciements", &[], "bank"),
        ]);
    }
}
