//! `telex similar`: articles like one of the index, or like a text.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use telex::article::{Article, Draft};
use telex::error::{Error, Result};
use telex::index::{Index, no_article};
use telex::ingest::{self, FieldMap, Limits};
use telex::reading::{self, Circumstances};
use telex::render::{self, size};
use telex::said;
use telex::search::{Matching, SearchRequest};
use telex::wording::{Bilingual, UiLanguage};

use crate::args::{Global, Similar};
use crate::clock::now;
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::request;
use crate::search::{open, print, tell};
use crate::terminal::Terminal;

/// The most bytes of a text on standard input.
const LARGEST: u64 = 16 << 20;

pub fn run(args: &Similar, global: &Global, terminal: &Terminal) -> Outcome {
    let format = if args.json { &render::JSONL } else { args.format };
    let (index, within) = open(&args.scope, global, terminal)?;
    let place = place::of_scope(&args.scope, global)?;
    let article = article(&args.article, &index, &place::config(&place, global)?.fields, terminal)?;
    let (query, words) = index.query_like(&article)?;
    let matching = if args.scope.all { Matching::All } else { Matching::Any };
    let mut asked = SearchRequest {
        filters: request::filters(&args.scope)?,
        lexicon: request::lexicon(&args.scope)?,
        matching,
        recency: request::recency(args.recent),
        limit: args.limit,
        collapse: format.cards,
        ..SearchRequest::new(query)
    };
    asked.filters.paths.extend(within);
    let mut response = index.search(&asked)?;
    let words = words.join(", ");
    let looked_for = match words.as_str() {
        "" => ("no word of this text tells it from others", "aucun mot de ce texte ne le distingue des autres").into(),
        words => said!("looked for {words}", "cherché : {words}"),
    };
    response.notes.insert(0, looked_for);
    response.notes.extend(request::readings(&asked.query, &asked.filters));
    tell(&response, terminal);
    print(&response, (format, b','), &index, terminal)?;
    Ok(if response.total > 0 { Ending::Done } else { Ending::Nothing })
}

/// Returns the article that is meant: one of the index by its id, else the first of a file, or the text on
/// standard input.
fn article(typed: &str, index: &Index, fields: &FieldMap, terminal: &Terminal) -> Result<Article> {
    if typed == "-" {
        let mut body = Vec::new();
        io::stdin().take(LARGEST + 1).read_to_end(&mut body).map_err(|error| Error::io("standard input", error))?;
        if body.len() as u64 > LARGEST {
            body.truncate(LARGEST as usize);
            let [english, french] = [UiLanguage::English, UiLanguage::French].map(|language| size(LARGEST, language));
            terminal.tell(said!(
                "only the first {english} of the text are looked at",
                "seuls les {french} premiers du texte sont regardés"
            ));
        }
        let body = String::from_utf8_lossy(&body).trim_start_matches('\u{feff}').to_owned();
        if body.trim().is_empty() {
            let message = ("there is no text on standard input", "il n’y a pas de texte sur l’entrée standard");
            return Err(Error::usage(message));
        }
        return Ok(as_article(Draft { body, ..Draft::default() }));
    }
    if let Some(article) = index.article(typed)? {
        return Ok(article);
    }
    let path = Path::new(typed);
    if !path.is_file() {
        return Err(no_article(typed).hint((
            "give an id as `telex search` prints it, the path of a file, or `-` for a text on standard input",
            "donnez un identifiant tel que `telex search` le donne, le chemin d’un fichier, ou `-` pour un texte sur \
             l’entrée standard",
        )));
    }
    let (mut article, mut skipped) = (None, None);
    let mut found = None;
    ingest::walk(path, &mut |file| {
        found = file.ok();
        ControlFlow::Break(())
    })?;
    if let Some(found) = found {
        let read = ingest::read(&found, &Limits::default(), fields, &mut |draft| match draft {
            Ok(draft) => {
                article = Some(as_article(draft));
                ControlFlow::Break(())
            }
            Err(skip) => {
                skipped = Some(skip);
                ControlFlow::Continue(())
            }
        });
        skipped = skipped.or(read.err());
    }
    article.ok_or_else(|| {
        let message = skipped.map_or_else(
            || Bilingual::from(("there is no article in this file", "il n’y a pas d’article dans ce fichier")),
            |skip| skip.detail,
        );
        Error::usage(message).at(path)
    })
}

fn as_article(draft: Draft) -> Article {
    reading::read(draft, &Circumstances { path: "-", modified: 0, now: now(), names: true })
}
