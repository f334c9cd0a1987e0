//! `telex facets`: counts, without hits.

use std::io::{self, Write};

use telex::query::{Kind, Node, Query, parse};
use telex::render;
use telex::search::{SearchRequest, SnippetOptions};

use crate::args::{Facets, Global};
use crate::exit::{Ending, Outcome};
use crate::request;
use crate::search::{open, tell};
use crate::terminal::Terminal;

pub fn run(args: &Facets, global: &Global, terminal: &Terminal) -> Outcome {
    let facets = request::facets(args.facets.split(',').map(str::trim))?;
    let text = args.query.join(" ");
    let query = match text.trim().is_empty() {
        true => Query { text: String::new(), root: Node { kind: Kind::All, span: 0..0 } },
        false => parse(&text, &request::options(&args.scope, global, terminal))?,
    };
    let mut request = SearchRequest {
        filters: request::filters(&args.scope)?,
        lexicon: request::lexicon(&args.scope)?,
        matching: request::matching(&args.scope),
        limit: 0,
        facets,
        snippets: SnippetOptions { fragments: 0, chars: 0 },
        ..SearchRequest::new(query)
    };
    let (index, within) = open(&args.scope, global, terminal)?;
    request.filters.paths.extend(within);
    let mut response = index.search(&request)?;
    response.notes.extend(request::readings(&request.query, &request.filters));
    tell(&response, terminal);
    if args.json {
        let mut out = io::stdout().lock();
        render::facets_object(&response, &mut out)?;
        out.flush()?;
    } else {
        terminal.print(&|look, out| render::facet_tables(&response, look, out))?;
    }
    Ok(if response.total > 0 { Ending::Done } else { Ending::Nothing })
}
