//! `telex show`: one article, whole.

use std::io::{self, Write};

use telex::Error;
use telex::article::Article;
use telex::error::Kind;
use telex::index::Index;
use telex::render;
use telex::said;
use telex::story::Signature;

use crate::args::{Global, Show};
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::terminal::Terminal;

pub fn run(args: &Show, global: &Global, terminal: &Terminal) -> Outcome {
    let index = Index::open(&place::existing(global)?)?;
    let Some(article) = index.article(&args.id)? else {
        let id = &args.id;
        let error =
            Error::new(Kind::Usage, said!("no article has the id `{id}`", "aucun article n’a l’identifiant `{id}`"));
        let hint = ("`telex search` prints the id of each hit", "`telex search` donne l’identifiant de chaque article");
        return Err(error.hint(hint).into());
    };
    if args.copies {
        return copies(&article, args.json, &index, terminal);
    }
    if args.json {
        let mut out = io::stdout().lock();
        render::article(&article, true, &mut out)?;
        out.flush()?;
    } else {
        terminal.print(&|look, out| render::whole_article(&article, look, out))?;
    }
    Ok(Ending::Done)
}

/// Prints the articles of a story, in the order of publication.
fn copies(article: &Article, json: bool, index: &Index, terminal: &Terminal) -> Outcome {
    let signature = Signature::of(article);
    let articles = index.story(&article.id)?;
    let copies: Vec<_> = articles.iter().map(|copy| (copy, Signature::of(copy).containment(&signature))).collect();
    if json {
        let mut out = io::stdout().lock();
        render::copies_lines(&copies, &mut out)?;
        out.flush()?;
    } else {
        terminal.print(&|look, out| render::copies_list(&copies, look, out))?;
    }
    Ok(Ending::Done)
}
