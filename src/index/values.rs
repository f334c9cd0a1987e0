//! Values of filters that no article has: a publisher, an author, a section or a type of file that is spelled in another
//! way finds nothing, and that is told with the value of the index that is nearest to it.

use tantivy::Searcher;

use super::names::{WordsOfName, folded_name};
use super::schema::name;
use crate::query::Filter;
use crate::search::Plan;
use crate::wording::{Bilingual, distance};

/// How many letters a value may differ in and still be meant: of a short one, and of a longer one.
const NEAR: [usize; 2] = [1, 2];
/// From how many letters on a value is a longer one.
const LONG: usize = 6;

/// The most values that are suggested for one.
const MOST: usize = 3;

/// Returns what to tell of the filters of these plans whose values no article has.
pub(super) fn unknown_values<'a>(
    plans: impl Iterator<Item = &'a Plan>,
    searcher: &Searcher,
) -> tantivy::Result<Vec<Bilingual>> {
    let mut filters = Vec::new();
    plans.for_each(|plan| collect(plan, &mut filters));
    let mut notes = Vec::new();
    for filter in filters {
        let note = unknown(filter, searcher)?;
        notes.extend(note.filter(|note| !notes.contains(note)));
    }
    Ok(notes)
}

/// Collects the filters of a plan, but for those that exclude.
fn collect<'a>(plan: &'a Plan, out: &mut Vec<&'a Filter>) {
    match plan {
        Plan::Filter(filter) => out.push(filter),
        Plan::Best(parts) => parts.iter().for_each(|part| collect(part, out)),
        Plan::Bool { required, optional, .. } => required.iter().chain(optional).for_each(|part| collect(part, out)),
        _ => {}
    }
}

/// Returns what to tell of a filter, if it asks for a value that no article has.
fn unknown(filter: &Filter, searcher: &Searcher) -> tantivy::Result<Option<Bilingual>> {
    let (column, what, ce_que, value) = match filter {
        Filter::Source(value) => (name::SOURCE, "the source", "la source", value),
        Filter::Author(value) => (name::AUTHOR, "the author", "l’auteur", value),
        Filter::Section(value) => (name::SECTION, "the section", "la rubrique", value),
        Filter::FileType(value) => (name::FILE_TYPE, "the type of file", "le type de fichier", value),
        _ => return Ok(None),
    };
    let (wanted, words) = (folded_name(value), WordsOfName::new(value));
    // Of authors and sections some words are enough.
    let is_part = matches!(filter, Filter::Author(_) | Filter::Section(_));
    let most = NEAR[usize::from(wanted.chars().count() >= LONG)];
    let is_it = |known: &str| if is_part { words.are_in(known) } else { folded_name(known) == wanted };
    // Most are known, and need no distances.
    let mut is_known = false;
    for_each_value(searcher, column, &mut |known| {
        is_known = is_it(known);
        !is_known
    })?;
    if is_known {
        return Ok(None);
    }
    // A publisher is asked for by its whole name, and may be meant by a word of it.
    let has_parts = !matches!(filter, Filter::FileType(_));
    let mut nearest: Vec<(usize, String)> = Vec::new();
    for_each_value(searcher, column, &mut |known| {
        let folded = folded_name(known);
        let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|_| has_parts);
        let far = parts.chain([folded.as_str()]).map(|part| far(part, &wanted, most)).min().unwrap_or(usize::MAX);
        if far <= most {
            // Of those as near, the first in order, in whatever segment.
            let near = (far, known.to_owned());
            if let Err(at) = nearest.binary_search(&near) {
                nearest.insert(at, near);
                nearest.truncate(MOST);
            }
        }
        true
    })?;
    let least = nearest.first().map(|(far, _)| *far);
    let near: Vec<String> =
        nearest.into_iter().filter(|(far, _)| Some(*far) == least).map(|(_, known)| known).collect();
    Ok(Some(match near.join("`, `").as_str() {
        near if !near.is_empty() => said!(
            "no article has {what} `{value}`; did you mean `{near}`?",
            "aucun article n’a {ce_que} `{value}` ; vouliez-vous dire `{near}` ?"
        ),
        _ => said!("no article has {what} `{value}`", "aucun article n’a {ce_que} `{value}`"),
    }))
}

/// Calls `each` with the values of a column, segment by segment, until it returns false.
fn for_each_value(searcher: &Searcher, column: &str, each: &mut dyn FnMut(&str) -> bool) -> tantivy::Result<()> {
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(column)? else { continue };
        let mut values = column.dictionary().stream()?;
        while values.advance() {
            if std::str::from_utf8(values.key()).is_ok_and(|known| !each(known)) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Returns how many letters parts differ in; a great number if it is more than `most` by their lengths alone.
fn far(part: &str, wanted: &str, most: usize) -> usize {
    let lengths = part.chars().count().abs_diff(wanted.chars().count());
    if lengths > most { usize::MAX } else { distance(part, wanted) }
}
