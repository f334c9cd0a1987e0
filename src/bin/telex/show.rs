//! `telex show`: one article, whole.

use std::io::{self, Write};

use telex::Error;
use telex::error::Kind;
use telex::index::Index;
use telex::render;
use telex::said;

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
    if args.json {
        let mut out = io::stdout().lock();
        render::article(&article, true, &mut out)?;
        out.flush()?;
    } else {
        terminal.print(&|look, out| render::whole_article(&article, look, out))?;
    }
    Ok(Ending::Done)
}
