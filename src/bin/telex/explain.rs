//! `telex explain`: how a query is read, and what the score of an article is made of.

use std::io::{self, Write};

use telex::query::parse;
use telex::render;
use telex::search::SearchRequest;

use crate::args::{Explain, Global};
use crate::exit::{Ending, Outcome};
use crate::request;
use crate::search::open;
use crate::terminal::Terminal;

pub fn run(args: &Explain, global: &Global, terminal: &Terminal) -> Outcome {
    let query = parse(&args.query, &request::options(&args.scope, global, terminal))?;
    let mut request = SearchRequest {
        filters: request::filters(&args.scope)?,
        lexicon: request::lexicon(&args.scope)?,
        matching: request::matching(&args.scope),
        recency: request::recency(args.recent),
        collapse: !args.no_collapse,
        ..SearchRequest::new(query)
    };
    let (index, within) = open(&args.scope, global, terminal)?;
    request.filters.paths.extend(within);
    let explanation = index.explain(&request, args.article.as_deref())?;
    if args.json {
        let mut out = io::stdout().lock();
        render::explanation_object(&explanation, &mut out)?;
        out.flush()?;
    } else {
        explanation.notes.iter().for_each(|note| terminal.tell(note.clone()));
        terminal.print(&|look, out| render::explanation(&explanation, look, out))?;
    }
    let found = explanation.article.map_or(explanation.total > 0, |article| article.matches);
    Ok(if found { Ending::Done } else { Ending::Nothing })
}
