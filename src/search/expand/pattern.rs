//! Words that are only partly given: the beginning of one, one with wildcards, one that is near another,
//! a regular expression. Each opens into the forms that an automaton accepts, run along the vocabulary.
//!
//! How many forms that may be is bounded, and it is told when there are more.

use super::family::Forms;
use super::{Expander, words_of};
use crate::analysis::{Pattern, Token, fold};
use crate::query::TextField;
use crate::search::plan::{Family, Form, Kin, Plan};

/// The most forms that a word with `~` opens into, for each distance.
const FUZZY_FORMS: usize = 1_024;
/// The weight of the same letters with other accents, and of forms one and two letters away.
const NEAR: [f32; 3] = [0.9, 0.6, 0.4];

impl Expander<'_> {
    /// Opens the beginning of a word.
    pub(super) fn prefix_word(&mut self, text: &str, field: Option<TextField>) -> Plan {
        let tokens: Vec<Token> = words_of(text).collect();
        match tokens.as_slice() {
            [] => Plan::Nothing,
            [token] => {
                let (forms, more) = self.vocabulary.starting_with(&fold(&token.text), self.most_forms());
                self.any_form(&format!("{text}*"), forms, more, field)
            }
            _ => self.phrase(text, true, field, false),
        }
    }

    /// Opens a word with wildcards inside or before it.
    pub(super) fn wildcard(&mut self, word: &str, field: Option<TextField>) -> Plan {
        // The parser has compiled it already, and refused what cannot be.
        let Ok(pattern) = Pattern::wildcard(word) else { return Plan::Nothing };
        let (forms, more) = self.vocabulary.matching_fold(&pattern, self.most_forms());
        self.any_form(word, forms, more, field)
    }

    /// Opens a regular expression.
    pub(super) fn regex(&mut self, expression: &str, field: Option<TextField>) -> Plan {
        let Ok(pattern) = Pattern::regex(expression) else { return Plan::Nothing };
        let (forms, more) = self.vocabulary.matching(&pattern, self.most_forms());
        self.any_form(&format!("/{expression}/"), forms, more, field)
    }

    /// Opens a word that may be mistyped. Forms with digits are near nothing: a number is not mistyped in
    /// a way that can be told from another number.
    pub(super) fn fuzzy(&mut self, word: &str, distance: u32, field: Option<TextField>) -> Plan {
        let tokens: Vec<Token> = words_of(word).collect();
        let [token] = tokens.as_slice() else { return self.phrase(word, false, field, false) };
        let folded = fold(&token.text);
        let typed = format!("{word}~{distance}");
        let mut forms = Forms::default();
        forms.add(Form::whole(token.text.clone(), Kin::Typed));
        forms.extend(self.vocabulary.with_fold(&folded), NEAR[0], Kin::Pattern);
        for (distance, weight) in (1..=distance).zip(&NEAR[1..]) {
            let (near, more) = self.vocabulary.near(&folded, distance, FUZZY_FORMS);
            if more {
                self.note_too_many(&typed, FUZZY_FORMS);
            }
            let letters = |form: &String| !form.contains(|c: char| c.is_ascii_digit());
            forms.extend(near.into_iter().filter(letters).collect(), *weight, Kin::Pattern);
        }
        Plan::Family(Family { typed, forms: forms.list, field, boost: 1.0, ..Family::default() })
    }

    /// Returns the family of forms that one pattern accepts.
    fn any_form(&mut self, typed: &str, forms: Vec<String>, more: bool, field: Option<TextField>) -> Plan {
        if more {
            self.note_too_many(typed, self.most_forms());
        }
        let forms = forms.into_iter().map(|form| Form::whole(form, Kin::Pattern)).collect();
        Plan::Family(Family { typed: typed.to_owned(), forms, field, boost: 1.0, ..Family::default() })
    }

    /// Tells that not every form was searched.
    pub(super) fn note_too_many(&mut self, typed: &str, most: usize) {
        self.note(said!(
            "more than {most} words match `{typed}`; {most} of them were searched",
            "plus de {most} mots correspondent à `{typed}` ; {most} d’entre eux ont été cherchés"
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::query::{ParseOptions, parse};
    use crate::search::{Filters, Matching, Plan, Reach, expand};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn patterns_open_into_the_forms_that_they_match() {
        let forms =
            ["acquis", "acquise", "acquisition", "acquisitions", "été", "ete", "bourse", "rebourse", "2001", "20014"];
        let vocabulary = Vocabulary::of(&[&forms[..5], &forms[5..]]);
        for (typed, want) in [
            ("acqui*", "acquis acquise acquisition acquisitions"),
            ("acqui*on", "acquisition"),
            ("acquis?*", "acquise acquisition acquisitions"),
            ("acquis?t*", "acquisition acquisitions"),
            ("*bourse", "bourse rebourse"),
            ("et*", "ete été"),
            ("?te*", "ete été"),
            ("/acquis(e|ition)/", "acquise acquisition"),
            ("/.t./", "ete été"),
            ("/.t.*|é.+/", "ete été"),
            ("acquisiton~", "acquisiton acquisition acquisitions"),
            ("acquisiton~1", "acquisiton acquisition"),
            ("bours~1", "bours bourse"),
        ] {
            let query = parse(typed, &ParseOptions::default()).unwrap_or_else(|error| panic!("{typed}: {error}"));
            let Plan::Family(family) =
                expand(&query, &Filters::default(), Matching::All, &vocabulary, None, Reach::Asked).plan
            else {
                panic!("{typed} is no family");
            };
            let got: Vec<String> = family.forms.into_iter().map(|form| form.text).collect();
            let (got, want) = (sorted(got.join(" ")), sorted(want.to_owned()));
            assert_eq!(got, want, "{typed}");
        }
    }

    fn sorted(words: String) -> Vec<String> {
        let mut words: Vec<String> = words.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort();
        words
    }
}
