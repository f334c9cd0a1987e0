//! `telex show`: one article, whole.

use std::io::{self, Write};

use telex::article::{Article, HeadlineOrigin, How, Span};
use telex::index::{Index, no_article};
use telex::reading::ticker;
use telex::render;
use telex::said;
use telex::story::Signature;
use telex::wording::UiLanguage;

use crate::args::{Global, Show};
use crate::exit::{Ending, Outcome};
use crate::place;
use crate::terminal::Terminal;

pub fn run(args: &Show, global: &Global, terminal: &Terminal) -> Outcome {
    let index = Index::open(&place::existing(global)?)?;
    let Some(article) = index.article(&args.id)? else {
        return Err(no_article(&args.id).into());
    };
    if args.copies {
        return copies(&article, args.json, &index, terminal);
    }
    if args.json {
        let mut out = io::stdout().lock();
        render::article(&article, true, &mut out)?;
        out.flush()?;
    } else {
        terminal.print(&|look, out| {
            render::whole_article(&article, look, out)?;
            if args.why { why(&article, look.language, out) } else { Ok(()) }
        })?;
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

/// Writes what each security was found by, and the names that were not taken for a company, with the signs for
/// and against them. The names are read again: what was rejected is not kept in the index.
fn why(article: &Article, language: UiLanguage, out: &mut dyn Write) -> io::Result<()> {
    let headline = if article.headline_origin == HeadlineOrigin::FirstSentence { "" } else { &article.headline };
    let stated: Vec<String> = article
        .tickers
        .iter()
        .filter(|mention| mention.how < How::Name)
        .map(|mention| mention.ticker.to_string())
        .collect();
    let candidates = ticker::candidates(&ticker::Written {
        headline,
        text: article.text(),
        stated: &stated,
        language: article.language,
        at: article.published.map(|published| published.at),
        names: true,
    });
    let text = |span: &Span| -> String {
        let source = if span.headline { headline } else { article.text() };
        render::clean(source.get(span.start..span.end).unwrap_or_default())
    };
    let place = |span: &Span| match span.headline {
        true => language.pick("title", "titre"),
        false => language.pick("text", "texte"),
    };
    writeln!(out, "\n{}", language.pick("why", "pourquoi"))?;
    for mention in &article.tickers {
        let (ticker, how, confidence) = (&mention.ticker, mention.how.name(), mention.confidence);
        let (par, confiance) =
            (render::how(mention.how, UiLanguage::French), format!("{confidence:.2}").replace('.', ","));
        let main = if mention.main { language.pick(", main", ", principal") } else { "" };
        let line = said!("{ticker} by {how}, confidence {confidence:.2}", "{ticker} par {par}, confiance {confiance}");
        writeln!(out, "  {}{main}", line.to(language))?;
        for span in &mention.spans {
            let signs = candidates.iter().find(|(place, _)| place == span).map(|(_, name)| name.signs.told());
            let signs = signs.unwrap_or_default();
            writeln!(out, "    {} {}  {}{}", place(span), span.start, text(span), signs.to(language))?;
        }
    }
    for (span, name) in candidates.iter().filter(|(_, name)| !name.accepted) {
        let (not, about) = (language.pick("not", "pas"), name.class.about());
        let (ticker, about, signs) = (name.ticker(), language.pick(about.0, about.1), name.signs.told());
        let (place, at) = (place(span), span.start);
        writeln!(out, "  {not} {ticker}: {place} {at}  {} {about}{}", text(span), signs.to(language))?;
    }
    Ok(())
}
