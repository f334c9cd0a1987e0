//! "Did you mean": words of a query that no article has, or hardly any, with words of the index that
//! are spelled nearly so and are much more frequent. Nothing is ever corrected in silence.

use std::cmp::Reverse;

use tantivy::Term;
use tantivy::schema::Field;

use super::place::Place;
use super::quantities::for_each_quantity;
use super::reader::Index;
use super::values::unknown_values;
use crate::analysis::{QuantityRange, fold};
use crate::query::TextField;
use crate::search::{Expansion, Family, Plan};
use crate::wording::Bilingual;

/// The most articles that a word may have for another to be suggested.
const RARE: u64 = 2;
/// How many times as frequent a suggestion is at least, if the word typed has articles.
const MORE: u64 = 20;
/// The most suggestions for a word.
const MOST: usize = 3;
/// From how many letters on a word may be two edits away from what was meant.
const LONG: usize = 7;
/// The most forms that are looked at for a word.
const LOOKED_AT: usize = 500;

impl Index {
    /// Returns what to tell of an answer: of its words, each once, of its filters, and what its words were opened to.
    pub(super) fn notes(&self, expansion: &Expansion) -> tantivy::Result<Vec<Bilingual>> {
        let mut families = Vec::new();
        words_of(&expansion.plan, &mut families);
        let mut notes = Vec::new();
        for readings in families {
            let Some(family) = readings.first() else { continue };
            let mut articles = 0;
            for reading in &readings {
                articles = articles.max(self.articles_of(reading)?);
            }
            let typed = &family.typed;
            // Another part of an article may have it.
            let (within, dans) = match family.field {
                None => ("", ""),
                Some(TextField::Headline) => (" in its headline", " dans son titre"),
                Some(TextField::Body) => (" in its text", " dans son texte"),
                Some(TextField::Lead) => (" in its lead", " dans son chapo"),
            };
            let note = match (articles, self.meant(family, articles)?.join("`, `").as_str()) {
                (0, "") => said!("no article has `{typed}`{within}", "aucun article n’a `{typed}`{dans}"),
                (0, near) => said!(
                    "no article has `{typed}`{within}; did you mean `{near}`?",
                    "aucun article n’a `{typed}`{dans} ; vouliez-vous dire `{near}` ?"
                ),
                (_, "") => continue,
                (count, near) => {
                    let (article, ont) =
                        if count == 1 { ("article has", "article a") } else { ("articles have", "articles ont") };
                    said!(
                        "only {count} {article} `{typed}`{within}; did you mean `{near}`?",
                        "seulement {count} {ont} `{typed}`{dans} ; vouliez-vous dire `{near}` ?"
                    )
                }
            };
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        let plans = expansion.filters.iter().map(|(_, plan)| plan).chain([&expansion.plan]);
        notes.extend(unknown_values(plans, &self.searcher)?);
        notes.extend(expansion.notes.iter().cloned());
        Ok(notes)
    }

    /// Returns what a word that few articles have may have been meant for, the likeliest first.
    fn meant(&self, family: &Family, articles: u64) -> tantivy::Result<Vec<String>> {
        let typed = family.forms.first().map_or("", |form| form.text.as_str());
        let letters = typed.chars().count();
        // Numbers, codes and short words are not mistyped in a way that can be told, and names that articles have are
        // rightly rare.
        let is_code = !family.typed.chars().any(char::is_lowercase);
        let is_word = letters >= 4 && typed.chars().all(char::is_alphabetic) && !is_code;
        let is_name = articles > 0 && family.typed.chars().any(char::is_uppercase);
        if articles > RARE || !is_word || is_name {
            return Ok(Vec::new());
        }
        let folded = fold(typed);
        // What is one edit away goes before what is two away, and costs much less to find.
        let mut found = self.more_frequent(self.vocabulary.mistyped(&folded, LOOKED_AT), family, articles)?;
        if found.is_empty() && letters >= LONG {
            found = self.more_frequent(self.vocabulary.near(&folded, 2, LOOKED_AT).0, family, articles)?;
        }
        let mut folds = Vec::new();
        let mut forms = Vec::new();
        for (_, fold, form) in found {
            if !folds.contains(&fold) && forms.len() < MOST {
                folds.push(fold);
                forms.push(form);
            }
        }
        Ok(forms)
    }

    /// Returns those of `forms` that are another word than a family, and so much more frequent that they may have been
    /// meant: the most frequent first, each with its fold.
    fn more_frequent(
        &self,
        forms: Vec<String>,
        family: &Family,
        articles: u64,
    ) -> tantivy::Result<Vec<(Reverse<u64>, String, String)>> {
        let typed = family.forms.first().map(|form| fold(&form.text));
        let mut found = Vec::new();
        for form in forms {
            let near = fold(&form);
            let of_family = family.forms.iter().any(|other| other.text == form);
            if Some(&near) == typed.as_ref() || of_family || form.chars().any(|c| c.is_ascii_digit()) {
                continue;
            }
            let frequency = self.frequency(&form, family.field)?;
            if frequency > articles * MORE {
                found.push((Reverse(frequency), near, form));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Returns how many articles have the most frequent form of a family.
    fn articles_of(&self, family: &Family) -> tantivy::Result<u64> {
        let mut most = 0;
        if let Some(range) = &family.quantities {
            return self.has_quantity(range, family.field).map(|has| if has { RARE + 1 } else { 0 });
        }
        for form in &family.forms {
            most = most.max(self.frequency(&form.text, family.field)?);
            if most > RARE {
                break;
            }
        }
        Ok(most)
    }

    /// Returns whether any article has a quantity of an interval.
    fn has_quantity(&self, range: &QuantityRange, only: Option<TextField>) -> tantivy::Result<bool> {
        for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
            for place in Place::ALL.into_iter().filter(|place| place.is_in(only)) {
                let index = reader.inverted_index(place.field(self.fields))?;
                let mut found = false;
                for_each_quantity(&index, range, &mut |info| {
                    found = self.dead.living(info, &index, segment, reader)? > 0;
                    Ok(!found)
                })?;
                if found {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Returns how many articles have a form in the body, or in the headline if there they are more.
    pub(super) fn frequency(&self, form: &str, only: Option<TextField>) -> tantivy::Result<u64> {
        let count = |field: Field| self.dead.frequency(&self.searcher, &Term::from_field_text(field, form));
        Ok(match only {
            Some(TextField::Headline) => count(self.fields.headline)?,
            Some(TextField::Body | TextField::Lead) => count(self.fields.body)?,
            None => count(self.fields.body)?.max(count(self.fields.headline)?),
        })
    }
}

/// Collects the words of a plan, each with its other readings.
fn words_of<'a>(plan: &'a Plan, out: &mut Vec<Vec<&'a Family>>) {
    // What was typed with a sign for other letters is no word.
    let is_word = |family: &Family| !family.typed.contains(['*', '?', '~', '/']);
    let mut add = |family: &'a Family| out.extend(is_word(family).then(|| vec![family]));
    match plan {
        Plan::Family(family) if family.common => {}
        Plan::Family(family) => add(family),
        Plan::Phrase(phrase) => phrase.slots.iter().for_each(|(_, family)| add(family)),
        Plan::Best(parts) => {
            let Some((first, others)) = parts.split_first() else { return };
            let (mut words, mut readings) = (Vec::new(), Vec::new());
            words_of(first, &mut words);
            others.iter().for_each(|part| words_of(part, &mut readings));
            let readings: Vec<&Family> = readings.into_iter().flatten().collect();
            out.extend(words.into_iter().map(|word| [word, readings.clone()].concat()));
        }
        Plan::Bool { required, optional, .. } => {
            required.iter().chain(optional).for_each(|part| words_of(part, out));
        }
        // The breaks between sentences are no words either.
        Plan::Placed(placed) => placed.spans.for_each_leaf(&mut |family, is_text| {
            if is_text {
                add(family);
            }
        }),
        Plan::All | Plan::Nothing | Plan::Filter(_) => {}
    }
}
