//! Explanations: what was looked for and what a score is made of, as an indented list for people, and as
//! JSON for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Look;
use super::figures::{counted, decimal};
use super::json::line;
use super::sanitize::clean;
use super::text::{LIT, QUIET, TITLE, painted};
use crate::search::{About, Explanation, FormOf, Kin, Nearness, Occurrences, Scored, Sought, What, Word};
use crate::wording::{Bilingual, UiLanguage};

/// How many forms of a word are listed for people; JSON has them all.
const FORMS: usize = 12;

/// Writes an explanation for people.
pub fn explanation(explanation: &Explanation, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let pick = |english, french| look.language.pick(english, french);
    let how = match explanation.any {
        true => pick("one word is enough", "un mot suffit"),
        false => pick("every word", "tous les mots"),
    };
    let found = counted(explanation.total, "article", "articles", look.language);
    writeln!(out, "{}", painted(&clean(&explanation.query), TITLE, look))?;
    writeln!(out, "{}", painted(&format!("{how} · {found}"), QUIET, look))?;
    for filter in &explanation.filters {
        writeln!(out, "{} {}", painted(pick("filter", "filtre"), QUIET, look), clean(filter))?;
    }
    if let Some(article) = &explanation.article {
        writeln!(out)?;
        scored(article, look, out)?;
    }
    writeln!(out)?;
    sought(&explanation.sought, 0, true, explanation.article.is_some(), look, out)
}

/// Writes what the score of an article is the sum and product of.
fn scored(article: &Scored, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let Scored { id, headline, matches, rank, words, nearness, passage, coverage, subject, recency, score } = article;
    let pick = |english, french| look.language.pick(english, french);
    writeln!(out, "{}  {}", painted(&clean(headline), TITLE, look), clean(id))?;
    if !matches {
        let not_found = pick(
            "this article is not found: what has no score is not in it, or a filter leaves it out",
            "cet article n’est pas trouvé : ce qui n’a pas de score n’y est pas, ou un filtre l’écarte",
        );
        return writeln!(out, "{not_found}");
    }
    let place = rank.map_or(String::new(), |rank| format!(" · {} {rank}", pick("rank", "rang")));
    writeln!(out, "{score:>9.4}  score{place}")?;
    writeln!(out, "{words:>9.4}  {}", pick("words, listed below", "mots, listés ci-dessous"))?;
    for Nearness { first, second, score } in nearness {
        let label = pick("near one another:", "l’un près de l’autre :");
        writeln!(out, "{score:>9.4}  {label} {} {}", clean(first), clean(second))?;
    }
    for (score, label) in [
        (passage, pick("in one passage", "dans un même passage")),
        (coverage, pick("so many of the words", "tant de mots de la requête")),
    ] {
        if *score > 0.0 {
            writeln!(out, "{score:>9.4}  {label}")?;
        }
    }
    if let Some(About { company, main, score }) = subject {
        let label = if *main { pick("about", "à propos de") } else { pick("naming", "cite") };
        writeln!(out, "{score:>9.4}  {label} {company}")?;
    }
    match recency {
        Some(factor) => writeln!(out, "× {factor:>7.4}  {}", pick("for its age", "pour son âge")),
        None => Ok(()),
    }
}

/// Writes a part of what was looked for, and its own parts further in.
fn sought(part: &Sought, depth: usize, counts: bool, scores: bool, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let counts = counts && part.counts;
    let column = match part.score {
        _ if !scores => String::new(),
        Some(score) if counts => format!("{score:>9.4}  "),
        Some(score) => format!("{:>9}  ", format!("({score:.4})")),
        None => format!("{:>9}  ", "-"),
    };
    let indent = "  ".repeat(depth);
    let (label, figures) = label(part, scores, look.language);
    writeln!(
        out,
        "{}",
        format!("{column}{indent}{}  {}", painted(&label, TITLE, look), painted(&figures, QUIET, look)).trim_end()
    )?;
    let margin = format!("{}{indent}  ", " ".repeat(column.chars().count()));
    if let What::Word(word) = &part.what {
        forms(word, &margin, look, out)?;
    }
    part.parts.iter().try_for_each(|inner| sought(inner, depth + 1, counts, scores, look, out))
}

/// Returns how a part is called, and its figures.
fn label(part: &Sought, scores: bool, language: UiLanguage) -> (String, String) {
    let two = |figure: f32| decimal(figure.into(), 2, language);
    let boosted = |boost: f32| if boost == 1.0 { String::new() } else { format!("× {}", two(boost)) };
    let named = |english: &str, french: &str| (language.pick(english, french).to_owned(), String::new());
    match &part.what {
        What::All => named("all of", "tous"),
        What::Any => named("any of", "l’un au moins"),
        What::Best => named("the best of", "le meilleur de"),
        What::Optional => named("more, if it is there", "plus, s’il y est"),
        What::Excluded => named("none of", "aucun"),
        What::Everything => named("every article", "tous les articles"),
        What::Nothing => named("nothing", "rien"),
        What::Filter(filter) => (clean(filter), String::new()),
        What::Places { boost } => (language.pick("in their places", "à leur place").to_owned(), boosted(*boost)),
        What::Word(word) => {
            let name = match word.typed.is_empty() {
                true => language.pick("translated", "traduit").to_owned(),
                false => clean(&word.typed),
            };
            let mut figures = vec![format!("idf {}", two(word.idf)), boosted(word.boost)];
            figures.extend(
                (scores && word.frequency > 0.0)
                    .then(|| format!("{} {}", language.pick("frequency", "fréquence"), two(word.frequency))),
            );
            figures.retain(|figure| !figure.is_empty());
            (name, figures.join(" · "))
        }
    }
}

fn forms(word: &Word, margin: &str, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let width = word.forms.iter().take(FORMS).map(|form| form.text.chars().count()).max().unwrap_or(0);
    for FormOf { text, weight, kin, articles, occurrences } in word.forms.iter().take(FORMS) {
        let weight = decimal((*weight).into(), 2, look.language);
        let why = look.language.pick(reason(*kin).0, reason(*kin).1);
        let text = format!("{:width$}", clean(text));
        let count = counted(*articles, "article", "articles", look.language);
        let Occurrences { headline, body, lead } = occurrences;
        let pick = |english, french| look.language.pick(english, french);
        let places =
            [(headline, pick("headline", "titre")), (body, pick("body", "corps")), (lead, pick("lead", "attaque"))];
        let places: Vec<String> =
            places.iter().filter(|(times, _)| **times > 0).map(|(times, place)| format!("{place} {times}")).collect();
        let style = if places.is_empty() { QUIET } else { LIT };
        let row =
            format!("{margin}{} {weight}  {why:<11}  {count:<12}  {}", painted(&text, style, look), places.join(", "));
        writeln!(out, "{}", row.trim_end())?;
    }
    match word.forms.len().saturating_sub(FORMS) {
        0 if word.forms.is_empty() => {
            writeln!(out, "{margin}{}", look.language.pick("no article has it", "aucun article ne l’a"))
        }
        0 => Ok(()),
        more => {
            let (one, many) = look.language.pick(("more form", "more forms"), ("autre forme", "autres formes"));
            writeln!(out, "{margin}{}", counted(more as u64, one, many, look.language))
        }
    }
}

/// Returns why a form counts, in English and in French.
fn reason(kin: Kin) -> (&'static str, &'static str) {
    match kin {
        Kin::Typed => ("as typed", "tel quel"),
        Kin::Number => ("same number", "même nombre"),
        Kin::Accents => ("accents", "accents"),
        Kin::Inflection => ("inflection", "flexion"),
        Kin::Stem => ("same stem", "même racine"),
        Kin::Derivation => ("derivation", "dérivation"),
        Kin::Pattern => ("pattern", "motif"),
        Kin::Translation => ("translation", "traduction"),
    }
}

/// Writes an explanation for programs, `telex.explanation/1`.
pub fn explanation_object(explanation: &Explanation, out: &mut dyn Write) -> io::Result<()> {
    let object = json!({
        "schema": "telex.explanation/1",
        "query": explanation.query,
        "any": explanation.any,
        "total": explanation.total,
        "filters": explanation.filters,
        "notes": explanation.notes.iter().map(|note: &Bilingual| note.to(UiLanguage::English)).collect::<Vec<_>>(),
        "sought": sought_json(&explanation.sought),
        "article": explanation.article.as_ref().map(scored_json),
    });
    line(&object, out)
}

fn sought_json(part: &Sought) -> Value {
    let kind = match &part.what {
        What::All => "all",
        What::Any => "any",
        What::Best => "best",
        What::Optional => "optional",
        What::Excluded => "excluded",
        What::Word(_) => "word",
        What::Places { .. } => "places",
        What::Filter(_) => "filter",
        What::Everything => "everything",
        What::Nothing => "nothing",
    };
    let mut object = json!({ "kind": kind, "score": part.score.map(figure), "counts": part.counts });
    match &part.what {
        What::Word(word) => {
            object["typed"] = json!(word.typed);
            object["boost"] = json!(figure(word.boost));
            object["idf"] = json!(figure(word.idf));
            object["frequency"] = json!(figure(word.frequency));
            object["forms"] = word.forms.iter().map(form_json).collect();
        }
        What::Places { boost } => object["boost"] = json!(figure(*boost)),
        What::Filter(filter) => object["filter"] = json!(filter),
        _ => {}
    }
    if !part.parts.is_empty() {
        object["parts"] = part.parts.iter().map(sought_json).collect();
    }
    object
}

/// Returns a figure with as many digits as tell something.
fn figure(figure: f32) -> f64 {
    (f64::from(figure) * 1e6).round() / 1e6
}

fn form_json(form: &FormOf) -> Value {
    let FormOf { text, weight, kin, articles, occurrences } = form;
    json!({
        "form": text,
        "weight": figure(*weight),
        "why": kin.name(),
        "articles": articles,
        "headline": occurrences.headline,
        "body": occurrences.body,
        "lead": occurrences.lead,
    })
}

fn scored_json(article: &Scored) -> Value {
    let about = |about: &About| json!({ "company": about.company.to_string(), "main": about.main, "score": figure(about.score) });
    let near = |near: &Nearness| json!({ "first": near.first, "second": near.second, "score": figure(near.score) });
    json!({
        "id": article.id,
        "headline": article.headline,
        "matches": article.matches,
        "rank": article.rank,
        "score": figure(article.score),
        "words": figure(article.words),
        "nearness": article.nearness.iter().map(near).collect::<Vec<_>>(),
        "passage": figure(article.passage),
        "coverage": figure(article.coverage),
        "subject": article.subject.as_ref().map(about),
        "recency": article.recency,
    })
}
