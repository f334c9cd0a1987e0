//! What people type and what telex makes of it: columns of cases, and properties of any text.

use proptest::prelude::*;

use super::parse::parse_with;
use super::*;
use crate::article::{Mic, Ticker};
use crate::error::Result;
use crate::wording::UiLanguage;

/// 14 July 2025, a Monday, 15:30 in UTC.
const NOW: i64 = 1_752_507_000;

fn options() -> ParseOptions {
    ParseOptions { now: NOW, ..ParseOptions::default() }
}

/// A market with few codes.
fn resolve(code: &str) -> Vec<Ticker> {
    let ticker = |symbol: &str, mic: &str| Ticker::new(symbol, Mic::new(mic).unwrap());
    match code {
        "NASDAQ:MSFT" | "XNAS:MSFT" | "MSFT.O" | "MSFT US" => vec![ticker("MSFT", "XNAS")],
        "Euronext:MC" => vec![ticker("MC", "XPAR"), ticker("MC", "XAMS")],
        _ => Vec::new(),
    }
}

fn read(typed: &str) -> Result<Query> {
    parse_with(typed, &options(), resolve)
}

/// Writes the tree as nested lists, words bare and texts between bars.
fn sexpr(node: &Node) -> String {
    let list = |name: &str, parts: &[Node]| {
        parts.iter().fold(format!("({name}"), |text, part| format!("{text} {}", sexpr(part))) + ")"
    };
    match &node.kind {
        Kind::All => "*".to_owned(),
        Kind::Word(word) => word.clone(),
        Kind::Exact(text) => format!("(exact |{text}|)"),
        Kind::Phrase { text, prefix, slop } => {
            let (star, slop) =
                (if *prefix { "*" } else { "" }, if *slop > 0 { format!("~{slop}") } else { String::new() });
            format!("|{text}{star}|{slop}")
        }
        Kind::Prefix(start) => format!("(prefix {start})"),
        Kind::Wildcard(word) => format!("(wild {word})"),
        Kind::Fuzzy { word, distance } => format!("(fuzzy{distance} {word})"),
        Kind::Regex(expression) => format!("(regex {expression})"),
        Kind::Near { left, right, within } => format!("({within} {} {})", sexpr(left), sexpr(right)),
        Kind::First(words, part) => format!("(first{words} {})", sexpr(part)),
        Kind::AtLeast(times, part) => format!("(atleast{times} {})", sexpr(part)),
        Kind::NoStem(part) => format!("(nostem {})", sexpr(part)),
        Kind::Boost(weight, part) => format!("(boost {weight} {})", sexpr(part)),
        Kind::Words(parts) => list("words", parts),
        Kind::And(parts) => list("and", parts),
        Kind::Or(parts) => list("or", parts),
        Kind::Not(inner) => format!("(not {})", sexpr(inner)),
        Kind::Must(inner) => format!("(must {})", sexpr(inner)),
        Kind::In(TextField::Headline, inner) => format!("(title {})", sexpr(inner)),
        Kind::In(TextField::Lead, inner) => format!("(lead {})", sexpr(inner)),
        Kind::In(TextField::Body, inner) => format!("(body {})", sexpr(inner)),
        Kind::Filter(Filter::Ticker(pattern)) if pattern.symbol.is_some() => format!("(symbol {pattern})"),
        Kind::Filter(Filter::Ticker(pattern)) => format!("(ticker {pattern})"),
        Kind::Filter(Filter::Language(language)) => format!("(lang {language})"),
        Kind::Filter(Filter::Source(source)) => format!("(source |{source}|)"),
        Kind::Filter(Filter::Story(id)) => format!("(story |{id}|)"),
        Kind::Filter(Filter::Copies(range)) => format!("(copies {range})"),
        Kind::Filter(Filter::Contents(_)) => "(contents)".to_owned(),
        Kind::Filter(Filter::Keys(_)) => "(keys)".to_owned(),
        Kind::Filter(Filter::Path(path)) => format!("(path |{path}|)"),
        Kind::Filter(Filter::Date(range)) => format!("(date {range})"),
        Kind::Filter(filter) => format!("({filter})"),
    }
}

fn check(typed: &str, want: &str) {
    let query = read(typed).unwrap_or_else(|error| panic!("{typed}: {error} {:?}", error.place()));
    assert_eq!(sexpr(&query.root), want, "{typed}");
    let printed = query.to_string();
    let again = read(&printed).unwrap_or_else(|error| panic!("{typed}: printed as {printed}: {error}"));
    assert_eq!(sexpr(&again.root), want, "{typed} was printed as {printed}");
    assert_eq!(again.to_string(), printed, "{typed}");
}

/// Checks the message, and the picture of its place under what was typed.
fn fails(typed: &str, message: &str, marks: &str) {
    let error = match read(typed) {
        Err(error) => error,
        Ok(query) => panic!("{typed}: read as {}", sexpr(&query.root)),
    };
    assert_eq!(error.message(), message, "{typed}");
    assert_eq!(caret(error.place().expect(typed)), (typed.to_owned(), marks.to_owned()), "{typed}");
    assert_eq!(error.kind(), crate::error::Kind::Query);
}

#[test]
fn words_are_what_stands_between_spaces() {
    for (typed, want) in [
        ("fusion", "fusion"),
        ("fusion acquisition", "(words fusion acquisition)"),
        ("  fusion\u{a0}\u{2003}acquisition \n", "(words fusion acquisition)"),
        ("l'action", "l'action"),
        ("L'Oréal", "L'Oréal"),
        ("L’Oréal aujourd’hui", "(words L’Oréal aujourd’hui)"),
        ("cours de l'or", "(words cours de l'or)"),
        ("'taux change", "(words 'taux change)"),
        ("S&P 500", "(words S&P 500)"),
        ("AT&T BRK.B 10-K", "(words AT&T BRK.B 10-K)"),
        ("1\u{a0}200,50\u{a0}M€", "(words 1\u{a0}200,50 M€)"),
        ("CL=F Canal+ x,y http://a.fr/?bc=de,fg", "(words CL=F Canal+ x,y http://a.fr/?bc=de,fg)"),
        ("NOSTEM", "NOSTEM"),
        ("(NOSTEM) a", "(words NOSTEM a)"),
        ("1\u{202f}200,50", "1\u{202f}200,50"),
        ("2,5 %", "2,5 %"),
        ("€ \"€\" =% 5 (%)", "(words € |€| (exact |%|) 5 %)"),
        ("le la de", "(words le la de)"),
        ("AI", "AI"),
        ("ON", "ON"),
        ("Socie\u{301}te\u{301} finan\u{ad}cement", "(words Socie\u{301}te\u{301} finan\u{ad}cement)"),
        ("Apple (AAPL)", "(words Apple AAPL)"),
        ("\u{0}a\u{1b}b \u{7f}", "\u{0}a\u{1b}b"),
        ("", "*"),
        (" \t", "*"),
        ("*", "*"),
    ] {
        check(typed, want);
    }
}

#[test]
fn questions_are_typed_as_people_type_them() {
    for (typed, want) in [
        ("Que faire contre la fraude ?", "(words Que faire contre la fraude)"),
        ("Pourquoi l'euro baisse-t-il ?!", "(words Pourquoi l'euro baisse-t-il)"),
        ("Où va l'or : hausse, baisse ou rien ?", "(words Où va l'or hausse, baisse ou rien)"),
        ("What is next for Boeing?", "(words What is next for Boeing?)"),
        ("Total — Shell - BP : le match", "(words Total Shell BP le match)"),
        ("dette (?)", "dette"),
        ("l'une & l'autre / ensemble...", "(words l'une l'autre ensemble...)"),
        ("« Pourquoi ? » dit-elle", "(words |Pourquoi ?| dit-elle)"),
    ] {
        check(typed, want);
    }
}

#[test]
fn phrases_stand_between_marks_of_any_kind() {
    for (typed, want) in [
        ("\"taux de change\"", "|taux de change|"),
        ("« taux de change »", "|taux de change|"),
        ("«\u{a0}taux de change\u{202f}»", "|taux de change|"),
        ("“taux de change”", "|taux de change|"),
        ("‹taux de change›", "|taux de change|"),
        ("„taux de change“", "|taux de change|"),
        ("« le \"taux\" »", "|le \"taux\"|"),
        ("“le \"taux\" »”", "|le \"taux\" »|"),
        ("\"taux direc*\"", "|taux direc*|"),
        ("\"acqui*\"", "|acqui*|"),
        ("\"l'action de L’Oréal\"", "|l'action de L’Oréal|"),
        ("\"AND\"", "|AND|"),
        ("\"title:fusion (2025)\"", "|title:fusion (2025)|"),
        ("hausse\"taux\"baisse", "(words hausse |taux| baisse)"),
        ("=\"marché\"", "(exact |marché|)"),
        ("=marché", "(exact |marché|)"),
        ("=« marché » haussier", "(words (exact |marché|) haussier)"),
        ("a = b", "(words a b)"),
    ] {
        check(typed, want);
    }
}

#[test]
fn full_width_signs_are_signs() {
    for (typed, same) in
        [("（taux OR ＂or noir＂）", "(taux OR \"or noir\")"), ("pct:＞５％", "pct:>5%"), ("ＡＢＣ－a", "ＡＢＣ-a")]
    {
        assert_eq!(read(typed).unwrap().root, read(same).unwrap().root, "{typed}");
    }
}

#[test]
fn operators_join_and_exclude() {
    for (typed, want) in [
        ("a AND b", "(and a b)"),
        ("a && b", "(and a b)"),
        ("a OR b", "(or a b)"),
        ("a || b", "(or a b)"),
        ("a||b", "(or a b)"),
        ("a|b|c", "(or a b c)"),
        ("\"a\"|b a| b", "(or |a| (words b a) b)"),
        ("/ab/|/cd/", "(or (regex ab) (regex cd))"),
        ("\"a|b\" /a|b/ http://a.fr/a|b", "(words |a|b| (regex a|b) http://a.fr/a|b)"),
        ("a –b", "(words a (not b))"),
        ("a −\"b c\"", "(words a (not |b c|))"),
        ("a –title:b", "(words a (not (title b)))"),
        ("a – b – c", "(words a b c)"),
        ("a NOT b", "(and a (not b))"),
        ("a AND NOT b", "(and a (not b))"),
        ("a -b", "(words a (not b))"),
        ("!b a", "(words (not b) a)"),
        ("+a b", "(words (must a) b)"),
        ("-\"taux fixe\" a", "(words (not |taux fixe|) a)"),
        ("a -(b c)", "(words a (not (words b c)))"),
        ("a -title:b", "(words a (not (title b)))"),
        ("a -ticker:OR", "(words a (not (symbol OR)))"),
        ("a -=marché", "(words a (not (exact |marché|)))"),
        ("a -OR", "(words a (not OR))"),
        ("a b OR c d", "(or (words a b) (words c d))"),
        ("a OR b AND c", "(or a (and b c))"),
        ("a b AND c OR d", "(or (and (words a b) c) d)"),
        ("(a OR b) AND c", "(and (or a b) c)"),
        ("(a OR b) c", "(words (or a b) c)"),
        ("a (b c)", "(words a (words b c))"),
        ("((a))", "a"),
        ("a OR NOT b", "(or a (and * (not b)))"),
        ("NOT b c", "(words (not b) c)"),
        ("a NOT NOT b", "(and a b)"),
        ("a NOT +b", "(and a (not b))"),
        ("a !-5", "(words a (not -5))"),
        ("+(+a) b", "(words (must a) b)"),
        ("a -(+b)", "(words a (not b))"),
    ] {
        check(typed, want);
    }
}

#[test]
fn a_query_of_exclusions_takes_them_from_every_article() {
    for (typed, want) in [
        ("-Apple", "(and * (not Apple))"),
        ("!hausse", "(and * (not hausse))"),
        ("NOT Apple", "(and * (not Apple))"),
        ("-Apple -Orange", "(and * (not Apple) (not Orange))"),
        ("NOT Apple AND NOT Orange", "(and * (not Apple) (not Orange))"),
        ("a OR -b", "(or a (and * (not b)))"),
        ("a (-b)", "(words a (and * (not b)))"),
        ("-ticker:(OR,MC)", "(and * (not (or (symbol OR) (symbol MC))))"),
    ] {
        check(typed, want);
    }
}

#[test]
fn a_minus_glued_to_a_digit_is_part_of_the_number() {
    for (typed, want) in [
        ("-5", "-5"),
        ("-5%", "-5%"),
        ("-5 %", "-5 %"),
        ("-0,31 %", "-0,31 %"),
        ("+2.5% hier", "(words +2.5% hier)"),
        ("recul de -0,31\u{a0}% hier", "(words recul de -0,31\u{a0}% hier)"),
        ("–5 −5", "(words –5 −5)"),
        ("−5 % –5 % ±5 %", "(words −5 % –5 % ±5 %)"),
    ] {
        check(typed, want);
    }
}

#[test]
fn french_operators_stand_between_operands_and_are_words_elsewhere() {
    for (typed, want) in [
        ("fusion ET acquisition", "(and fusion acquisition)"),
        ("fusion OU acquisition", "(or fusion acquisition)"),
        ("fusion SAUF hostile", "(and fusion (not hostile))"),
        ("(a b) OU \"c d\"", "(or (words a b) |c d|)"),
        ("a ET SAUF b", "(and a (not b))"),
        ("a AND SAUF b", "(and a (not b))"),
        ("a OU SAUF b", "(or a (and * (not b)))"),
        ("NON merci", "(words NON merci)"),
        ("a (NON) b", "(words a NON b)"),
        ("ET phone home", "(words ET phone home)"),
        ("fusion ET", "(words fusion ET)"),
        ("fusion OU OR b", "(or (words fusion OU) b)"),
        ("a AND ET", "(and a ET)"),
        ("a OU ET b", "(or a (words ET b))"),
        ("(ET) a", "(words ET a)"),
        ("a (OU) b", "(words a OU b)"),
        ("l'une et l'autre", "(words l'une et l'autre)"),
        ("or and not ou sauf", "(words or and not ou sauf)"),
        ("OR", "OR"),
        ("NOT", "NOT"),
        ("AND", "AND"),
        ("ET", "ET"),
        ("(OR)", "OR"),
    ] {
        check(typed, want);
    }
}

#[test]
fn a_star_begins_words() {
    for (typed, want) in [
        ("acqui*", "(prefix acqui)"),
        ("l'acqui*", "(prefix l'acqui)"),
        ("éc* taux", "(words (prefix éc) taux)"),
        ("acqui*, fusion", "(words (prefix acqui) fusion)"),
        ("-acqui* taux", "(words (not (prefix acqui)) taux)"),
        ("title:acqui*", "(title (prefix acqui))"),
        ("* -taux", "(words * (not taux))"),
    ] {
        check(typed, want);
    }
}

#[test]
fn fields_take_a_value_at_once() {
    for (typed, want) in [
        ("title:fusion", "(title fusion)"),
        ("TITRE:fusion hd:opa", "(words (title fusion) (title opa))"),
        ("title:\"taux de change\"", "(title |taux de change|)"),
        ("title:(a OR b) c", "(words (title (or a b)) c)"),
        ("corps:(a b)", "(body (words a b))"),
        ("title:(-a)", "(title (and * (not a)))"),
        ("title:=marché", "(title (exact |marché|))"),
        ("title:AND", "(title AND)"),
        ("title:-5", "(title -5)"),
        ("title:10:30", "(title 10:30)"),
        ("title:$5", "(title $5)"),
        ("title:($AMZN)", "(title $AMZN)"),
        ("ticker:OR", "(symbol OR)"),
        ("ticker:IN", "(symbol IN)"),
        ("ticker:NOT", "(symbol NOT)"),
        ("ticker:AND", "(symbol AND)"),
        ("ticker:ou", "(symbol OU)"),
        ("ticker:OR OR fusion", "(or (symbol OR) fusion)"),
        ("symbole:amzn", "(symbol AMZN)"),
        ("ticker:BRK-B ticker:brk/b", "(words (symbol BRK.B) (symbol BRK.B))"),
        ("ticker:(AMZN,OR,MC)", "(or (symbol AMZN) (symbol OR) (symbol MC))"),
        ("ticker:AMZN,OR", "(or (symbol AMZN) (symbol OR))"),
        ("ticker:(AMZN OR MC)", "(or (symbol AMZN) (symbol MC))"),
        ("ticker:(OR OR MC)", "(or (symbol OR) (symbol MC))"),
        ("ticker:( OR , MC )", "(or (symbol OR) (symbol MC))"),
        ("ticker:(AMZN OR)", "(or (symbol AMZN) (symbol OR))"),
        ("ticker:(AMZN MC)", "(or (symbol AMZN) (symbol MC))"),
        ("ticker:AMZN, lang:fr", "(words (symbol AMZN) (lang fr))"),
        ("ticker:AMZN,", "(symbol AMZN)"),
        ("$AMZN fusion", "(words (symbol AMZN) fusion)"),
        ("$amzn, $5", "(words (symbol AMZN) $5)"),
        ("ticker:NASDAQ:MSFT", "(ticker XNAS:MSFT)"),
        ("ticker:\"MSFT US\"", "(ticker XNAS:MSFT)"),
        ("ticker:MSFT.O,OR", "(or (ticker XNAS:MSFT) (symbol OR))"),
        ("ticker:XPAR:OR", "(ticker XPAR:OR)"),
        ("lang:fr", "(lang fr)"),
        ("la:FR langue:english", "(words (lang fr) (lang en))"),
        ("lang:fr,en", "(or (lang fr) (lang en))"),
        ("source:Reuters", "(source |Reuters|)"),
        ("source:\"Les Echos\"", "(source |Les Echos|)"),
        ("source:(Les Echos, Reuters)", "(or (source |Les Echos|) (source |Reuters|))"),
        ("source:(Les Echos OR \"La Tribune\")", "(or (source |Les Echos|) (source |La Tribune|))"),
        ("source:20minutes", "(source |20minutes|)"),
        ("path:2025/a,b*", "(or (path |2025/a|) (path |b*|))"),
        ("path:\"2025/a,b\" path:./fr", "(words (path |2025/a,b|) (path |fr|))"),
        ("lang:fr|en has:(author|url)", "(words (or (lang fr) (lang en)) (or (has:author) (has:url)))"),
        ("has:(author OR url)", "(or (has:author) (has:url))"),
        ("chemin:\"mes articles/*.txt\"", "(path |mes articles/*.txt|)"),
    ] {
        check(typed, want);
    }
}

#[test]
fn a_colon_in_a_text_is_no_field() {
    for (typed, want) in [
        ("Apple: earnings", "(words Apple earnings)"),
        ("Marché : la hausse", "(words Marché la hausse)"),
        ("BP : le bénéfice", "(words BP le bénéfice)"),
        ("Bourse : la hausse", "(words Bourse la hausse)"),
        ("vitamine D : une étude", "(words vitamine D une étude)"),
        ("le titre :", "(words le titre)"),
        ("10:30", "10:30"),
        ("16:30 3:2 Q3:5", "(words 16:30 3:2 Q3:5)"),
        ("http://example.com/a?b=c", "http://example.com/a?b=c"),
        ("(Apple:)", "Apple"),
        ("and:", "and"),
        ("OR: a", "(words OR a)"),
        ("l'État:urgence", "l'État:urgence"),
        ("NASDAQ:MSFT", "(ticker XNAS:MSFT)"),
        ("(NASDAQ:MSFT), hausse", "(words (ticker XNAS:MSFT) hausse)"),
        ("Euronext:MC", "(ticker XPAR:MC|XAMS:MC)"),
        ("NASDAQ: MSFT", "(words NASDAQ MSFT)"),
    ] {
        check(typed, want);
    }
}

#[test]
fn what_cannot_be_read_is_pointed_at() {
    for (typed, message, marks) in [
        ("fusion AND", "`AND` needs a term on its right", "       ^^^"),
        ("OR fusion", "`OR` needs a term on its left", "^^"),
        ("fusion NOT", "`NOT` needs a term on its right", "       ^^^"),
        ("a AND OR b", "`AND` needs a term on its right", "  ^^^"),
        ("a AND && b", "`AND` needs a term on its right", "  ^^^"),
        ("&&", "`&&` needs a term on its left", "^^"),
        ("a OR (?)", "`OR` needs a term on its right", "  ^^"),
        ("(a AND) b", "`AND` needs a term on its right", "   ^^^"),
        ("?!", "there is nothing to search for", "^^"),
        ("\"taux de change lang:fr", "quotation mark never closed", "^"),
        ("cours « taux", "quotation mark never closed", "      ^"),
        ("écran 5\"", "quotation mark never closed", "       ^"),
        ("taux »", "`»` closes nothing", "     ^"),
        ("\"\"", "nothing to search for between the quotation marks", "^^"),
        ("\" ? \"", "nothing to search for between the quotation marks", "^^^^^"),
        ("a ()", "nothing between the brackets", "  ^^"),
        ("a (b OR c", "`(` is never closed", "  ^"),
        ("a) b", "`)` closes nothing", " ^"),
        ("--Apple", "`--` are two signs in a row", "^^"),
        ("a +-(b)", "`+-` are two signs in a row", "  ^^"),
        ("==a", "`=` needs a word on its right", "^"),
        ("=(a b)", "`=` needs a word on its right", "^"),
    ] {
        fails(typed, message, marks);
    }
}

#[test]
fn wildcards_stand_for_letters() {
    for (typed, want) in [
        ("finan?ement", "(wild finan?ement)"),
        ("*bourse", "(wild *bourse)"),
        ("fi*nance,", "(wild fi*nance)"),
        ("?urse", "(wild ?urse)"),
        ("acqui**", "(wild acqui**)"),
        ("l'?conomie", "(wild l'?conomie)"),
        ("title:*bourse", "(title (wild *bourse))"),
        ("-*bourse or", "(words (not (wild *bourse)) or)"),
        ("Boeing?", "Boeing?"),
        ("acqui*?", "(prefix acqui)"),
        ("http://a.fr/?b=c*", "http://a.fr/?b=c*"),
    ] {
        check(typed, want);
    }
}

#[test]
fn words_may_be_near_or_matched_by_a_regular_expression() {
    for (typed, want) in [
        ("fuson~", "(fuzzy1 fuson)"),
        ("fuson~,", "(fuzzy1 fuson)"),
        ("licenciemant~", "(fuzzy2 licenciemant)"),
        ("licenciemant~1 a", "(words (fuzzy1 licenciemant) a)"),
        ("l'acquisiton~2", "(fuzzy2 l'acquisiton)"),
        ("-fuson~1 a", "(words (not (fuzzy1 fuson)) a)"),
        ("title:fuson~1", "(title (fuzzy1 fuson))"),
        ("\"taux change\"~3", "|taux change|~3"),
        ("« taux direc* »~2", "|taux direc*|~2"),
        ("\"a b\"~0", "|a b|"),
        ("/~1/&&hd=", "(and (regex ~1) hd=)"),
        ("/fusi.n/", "(regex fusi.n)"),
        ("/a(b|c)+d/ x", "(words (regex a(b|c)+d) x)"),
        ("(/ab/)", "(regex ab)"),
        ("/a[/]b/", "(regex a[/]b)"),
        ("/a\\/b/", "(regex a\\/b)"),
        ("title:/ab+/", "(title (regex ab+))"),
        ("/usr/local", "/usr/local"),
        ("24/7 km/h and/or", "(words 24/7 km/h and/or)"),
        ("~5", "~5"),
        ("^GSPC", "^GSPC"),
        ("http://a.fr/?b=c~1", "http://a.fr/?b=c~1"),
    ] {
        check(typed, want);
    }
}

#[test]
fn a_caret_weighs_what_stands_before_it() {
    for (typed, want) in [
        ("taux^2 baisse", "(words (boost 2 taux) baisse)"),
        ("\"taux fixe\"^0.5", "(boost 0.5 |taux fixe|)"),
        ("\"taux fixe\"~2^3", "(boost 3 |taux fixe|~2)"),
        ("(a OR b)^2", "(boost 2 (or a b))"),
        ("title:a^2", "(title (boost 2 a))"),
        ("title:(a b)^2", "(title (boost 2 (words a b)))"),
        ("(title:a)^2", "(boost 2 (title a))"),
        ("acqui*^2", "(boost 2 (prefix acqui))"),
        ("fuson~1^2", "(boost 2 (fuzzy1 fuson))"),
        ("=marché^2", "(boost 2 (exact |marché|))"),
        ("/ab+/^2", "(boost 2 (regex ab+))"),
        ("+a^2", "(must (boost 2 a))"),
        ("(a^2)^3", "(boost 3 (boost 2 a))"),
        ("a^2.5.", "(boost 2.5 a)"),
        ("ATLEAST2(a)^2", "(boost 2 (atleast2 a))"),
    ] {
        check(typed, want);
    }
}

#[test]
fn operators_of_proximity_take_the_operands_beside_them() {
    for (typed, want) in [
        ("taux NEAR/3 change", "(NEAR/3 taux change)"),
        ("taux w/3 change", "(NEAR/3 taux change)"),
        ("taux ADJ/3 change", "(ADJ/3 taux change)"),
        ("taux PRE/3 change", "(ADJ/3 taux change)"),
        ("a W/S b", "(W/S a b)"),
        ("a w/s b", "(W/S a b)"),
        ("a W/s b w/P c", "(W/P (W/S a b) c)"),
        ("a A/S b 24/7 c P/E d N/A e w/o f and/or g", "(words a A/S b 24/7 c P/E d N/A e w/o f and/or g)"),
        ("a (NEAR) b (W/SENT) c (~2)", "(words a NEAR b W/SENT c ~2)"),
        ("hausse ~2 %", "(words hausse ~2 %)"),
        ("a | b", "(or a b)"),
        ("NEAR a", "(words NEAR a)"),
        ("a NEAR", "(words a NEAR)"),
        ("a W/P b", "(W/P a b)"),
        ("a SAME b", "(W/P a b)"),
        ("a SAME", "(words a SAME)"),
        ("x taux NEAR/3 change y", "(words x (NEAR/3 taux change) y)"),
        ("a NEAR/3 b ADJ/2 c", "(ADJ/2 (NEAR/3 a b) c)"),
        ("a NEAR/3 (b ADJ/2 c)", "(NEAR/3 a (ADJ/2 b c))"),
        ("(a OR b) W/S \"c d\"", "(W/S (or a b) |c d|)"),
        ("(a AND b) NEAR/5 cd*", "(NEAR/5 (and a b) (prefix cd))"),
        ("title:(a NEAR/5 b)", "(title (NEAR/5 a b))"),
        ("title:a NEAR/5 b", "(NEAR/5 (title a) b)"),
        ("a NEAR/5 b OR c", "(or (NEAR/5 a b) c)"),
        ("a AND b NEAR/5 c", "(and a (NEAR/5 b c))"),
        ("(a NEAR/5 b)^2", "(boost 2 (NEAR/5 a b))"),
        ("-(a NEAR/5 b) c", "(words (not (NEAR/5 a b)) c)"),
        ("NOT (a NEAR/5 b)", "(and * (not (NEAR/5 a b)))"),
        ("fusons~ NEAR/5 /ab+/", "(NEAR/5 (fuzzy1 fusons) (regex ab+))"),
        ("a NEAR/5 ET", "(NEAR/5 a ET)"),
        ("NEAR/5", "NEAR/5"),
        ("(NEAR/5) a", "(words NEAR/5 a)"),
        ("near w/o near5", "(words near w/o near5)"),
    ] {
        check(typed, want);
    }
    let factiva = ParseOptions { dialect: Dialect::Factiva, ..options() };
    let read = |typed| sexpr(&parse(typed, &factiva).unwrap().root);
    assert_eq!(read("a w/3 b adj2 c"), "(ADJ/2 (ADJ/3 a b) c)");
    assert_eq!(read("a near3 b same atleast2 c"), "(words (NEAR/3 a b) same (atleast2 c))");
}

#[test]
fn functions_take_what_stands_in_their_brackets() {
    for (typed, want) in [
        ("ATLEAST3(dette)", "(atleast3 dette)"),
        ("atleast3 dette x", "(words (atleast3 dette) x)"),
        ("ATLEAST3 \"dette nette\"", "(atleast3 |dette nette|)"),
        ("FIRST/50(profit warning)", "(first50 (words profit warning))"),
        ("FIRST/50(a NEAR/3 b) W/S c", "(W/S (first50 (NEAR/3 a b)) c)"),
        ("ATLEAST2(FIRST/50(a OR b))", "(atleast2 (first50 (or a b)))"),
        ("NOSTEM(hausse OR \"taux fixe\")", "(nostem (or hausse |taux fixe|))"),
        ("nostem(hausse) First/50(a)", "(words (nostem hausse) (first50 a))"),
        ("headline (taux)", "(words headline taux)"),
        ("-ATLEAST3(a) b", "(words (not (atleast3 a)) b)"),
        ("title:(FIRST/3(a))", "(title (first3 a))"),
        ("FIRST (AAPL)", "(words FIRST AAPL)"),
        ("ATLEAST3", "ATLEAST3"),
        ("a (ATLEAST3) b", "(words a ATLEAST3 b)"),
        ("Apple(AAPL)", "(words Apple AAPL)"),
    ] {
        check(typed, want);
    }
}

#[test]
fn what_cannot_be_searched_as_it_reads_is_refused() {
    for (typed, message, marks) in [
        ("a*", "`*` needs at least two letters before it", "^^"),
        ("***", "a word with wildcards needs at least two letters", "^^^"),
        ("?a*", "a word with wildcards needs at least two letters", "^^^"),
        ("por*-parole", "`-` cannot stand in a word with wildcards", "    ^"),
        ("*a??????????????????????b", "these are too many wildcards for one word", "^^^^^^^^^^^^^^^^^^^^^^^^^"),
        ("\"taux * change\"", "`*` cannot stand here", "      ^"),
        ("\"ta*x direc*\"", "`*` cannot stand here", "   ^"),
        ("\"taux *\"", "`*` needs at least two letters before it", "      ^"),
        ("\"taux d*\"", "`*` needs at least two letters before it", "      ^^"),
        ("=acqui*", "`*` cannot stand in an exact form", "      ^"),
        ("title:*", "telex does not support `title:*` yet", "      ^"),
        ("taux~", "`~` needs a word of at least 5 letters", "^^^^"),
        ("LVMHX~1", "`~` does not stand after a symbol or an acronym", "^^^^^"),
        ("T3-2025~", "`~` stands after a word of letters only", "^^^^^^^"),
        ("fusion~3", "`~` takes 1 or 2, the number of letters that may differ", "^^^^^^"),
        ("fusion~1.5", "`~` needs a whole number", "      ^^^^"),
        ("(fusion b)~1", "`~` stands only after a word or a phrase", "          ^^"),
        ("\"a b\"~", "`~` after a phrase needs a number of words up to 10000", "     ^"),
        ("\"a b\"~10001", "`~` after a phrase needs a number of words up to 10000", "     ^^^^^^"),
        ("\"a b\"~3c", "a space is missing here", "       ^"),
        ("fusion^", "`^` needs a weight from 0.01 to 100", "      ^"),
        ("fusion^0", "`^` needs a weight from 0.01 to 100", "      ^^"),
        ("a^2^3", "a second weight stands here", "   ^^"),
        ("(lang:fr)^2", "`^` needs words on its left", "         ^^"),
        ("/fusi(n/", "this is no regular expression: unclosed group", " ^^^^^^"),
        ("/a{500}{500}/", "this regular expression is too complex", " ^^^^^^^^^^^"),
        ("/fusi[on", "regular expression never closed", "^"),
        ("fusion NEAR/5", "`NEAR/5` needs a term on its right", "       ^^^^^^"),
        ("NEAR/5 fusion", "`NEAR/5` needs a term on its left", "^^^^^^"),
        ("a NEAR/5 OR b", "`NEAR/5` needs a term on its right", "  ^^^^^^"),
        ("a NEAR/5 (?) b", "`NEAR/5` needs a term on its right", "  ^^^^^^"),
        ("a AND NEAR/5 b", "`AND` needs a term on its right", "  ^^^"),
        ("a NEAR/0 b", "a distance is a number of words from 1 to 10000", "  ^^^^^^"),
        ("a NEAR/5 -b", "an exclusion has no place in a text, as `NEAR/5` needs", "         ^^"),
        ("title:ticker:MC", "a field cannot stand inside another field", "      ^^^^^^^"),
        ("a body:lang:fr", "a field cannot stand inside another field", "       ^^^^^"),
        ("source:title:\"a b\"", "a field cannot stand inside another field", "       ^^^^^^"),
        ("NOT a W/S b", "an exclusion has no place in a text, as `W/S` needs", "^^^^^"),
        ("lang:fr W/S a", "a filter has no place in a text, as `W/S` needs", "^^^^^^^"),
        ("* NEAR/5 a", "`*` has no place in a text, as `NEAR/5` needs", "^"),
        ("a NEAR/5 b^2", "a weight has no place in a text, as `NEAR/5` needs", "         ^^^"),
        ("ATLEAST3(a -b)", "an exclusion has no place in a text, as `ATLEAST3` needs", "           ^^"),
        ("FIRST(a)", "`FIRST` needs a number, as in `FIRST/50(…)`", "^^^^^"),
        ("CAPS(ARM)", "telex keeps no letter case in its index", "^^^^"),
        ("ALLCAPS(ARM)", "telex keeps no letter case in its index", "^^^^^^^"),
        ("PLURAL(bank)", "telex does not know `PLURAL`", "^^^^^^"),
        ("a NEAR b", "`NEAR` is no operator here", "  ^^^^"),
        ("HEADLINE(taux)", "a colon is missing after `HEADLINE`", "^^^^^^^^"),
        ("HLEAD(taux)", "telex does not know `HLEAD`", "^^^^^"),
        ("a near/s b", "`near/s` is no operator here", "  ^^^^^^"),
        ("a NEAR/five b", "`NEAR/five` is no operator here", "  ^^^^^^^^^"),
        ("a NEAR/-1 b", "`NEAR/-1` is no operator here", "  ^^^^^^^"),
        ("a W/SENT b", "`W/SENT` is no operator here", "  ^^^^^^"),
        ("a /sent b", "`/sent` is no operator here", "  ^^^^^"),
        ("a W / 5 b", "`W` is no operator here", "  ^"),
        ("a w/ 5 b", "`w/` is no operator here", "  ^^"),
        ("a N/5 b", "`N/5` is no operator here", "  ^^^"),
        ("a PROCHE/5 b", "`PROCHE/5` is no operator here", "  ^^^^^^^^"),
        ("a NOT NEAR b", "`NEAR` is no operator here", "      ^^^^"),
        ("a NON b", "`NON` is no operator here", "  ^^^"),
        ("a ET NON b", "`NON` is no operator here", "     ^^^"),
        ("a ANDNOT b", "`ANDNOT` is no operator here", "  ^^^^^^"),
        ("\"taux change\" ~2", "a space stands before `~`", "              ^^"),
        ("rachat ^2 x", "a space stands before `^`", "       ^^"),
        ("a| ", "`|` needs a term on its right", " ^"),
        ("a -–b", "`-–` are two signs in a row", "  ^^"),
        ("/[/", "this is no regular expression: unclosed character class", " ^"),
        ("a /5 b", "`/5` is no operator here", "  ^^"),
        ("a /s b", "`/s` is no operator here", "  ^^"),
        ("a BUT NOT b", "`BUT` is no operator here", "  ^^^"),
        ("a MAIS PAS b", "`MAIS` is no operator here", "  ^^^^"),
        ("a XOR b", "`XOR` is no operator here", "  ^^^"),
        ("a W5 b", "`W5` is no operator here", "  ^^"),
        ("a adj5 b", "`adj5` is no operator here", "  ^^^^"),
        ("a PRES/5 b", "`PRES/5` is no operator here", "  ^^^^^^"),
        ("NOSTEM dividende", "a bracket is missing after `NOSTEM`", "^^^^^^"),
        ("NOSTEM (dividende)", "a bracket is missing after `NOSTEM`", "^^^^^^"),
        ("a FIRST/5 b", "a bracket is missing after `FIRST/5`", "  ^^^^^^^"),
        ("= marché", "a space stands after `=`", "^"),
        ("a (= \"b c\")", "a space stands after `=`", "   ^"),
        ("a AND = b", "a space stands after `=`", "      ^"),
        ("oil,gas", "no space stands beside `,`", "   ^"),
        ("a -oil;gas", "no space stands beside `;`", "      ^"),
        ("oil+gas+coal", "no space stands beside `+`", "   ^"),
        ("oil=gas", "no space stands beside `=`", "   ^"),
        ("oil>gas", "no space stands beside `>`", "   ^"),
        ("oil#gas", "no space stands beside `#`", "   ^"),
        ("taux^2,5", "`^` needs a weight from 0.01 to 100", "    ^^^^"),
        ("taux^-1", "`^` needs a weight from 0.01 to 100", "    ^^^"),
        ("words:>1,000", "`>1,000` may be one number or two", "      ^^^^^^"),
        ("copies:1,000..2,000", "`1,000` may be one number or two", "       ^^^^^"),
        ("date:-7d", "no sign stands before a date", "     ^^^"),
        ("amount:-3M€", "amounts are kept without a sign", "       ^^^^"),
        ("date:\"mai 2008\" .. \"juin 2009\"", "an interval is typed without spaces", "^^^^^^^^^^^^^^^^^^"),
        ("=\"rachat d'actions\"*", "`*` cannot stand here", "                   ^"),
        ("source:\"Les\"*", "`*` cannot stand here", "            ^"),
        ("date:2008 .. 2009", "an interval is typed without spaces", "^^^^^^^^^^^^"),
        ("a date:2008 to 2009", "an interval is typed without spaces", "  ^^^^^^^^^^^^"),
        ("words:>300 <500", "an interval is typed without spaces", "^^^^^^^^^^^^^^^"),
        ("lang:fr;en", "unknown language `fr;en`: fr, en or other", "     ^^^^^"),
        ("ATLEAST3(?)", "`ATLEAST3` needs a term", "^^^^^^^^"),
        ("ticker:AM*", "telex does not support `*` in this field yet", "         ^"),
    ] {
        fails(typed, message, marks);
    }
    let many = |count: usize| format!("({})", vec!["a"; count].join(" AND "));
    check(&format!("{} NEAR/5 b", many(64)), &format!("(NEAR/5 (and{}) b)", " a".repeat(64)));
    let error = read(&format!("{} NEAR/5 {}", many(9), many(9))).unwrap_err();
    assert!(error.message().starts_with("this is spread into more than 64 searches"), "{error}");
    let error = read(&format!("a{}", " NEAR/2 a".repeat(17))).unwrap_err();
    assert_eq!(error.message(), "more than 16 operators of proximity stand in a row");
    let error = read(&"ab?cd ".repeat(65)).unwrap_err();
    assert!(error.message().starts_with("the query has more than 64 words with wildcards"), "{error}");
}

#[test]
fn what_follows_an_interval_may_be_text() {
    for typed in ["date:2008 - oil", "date:2008 to market", "words:>300 5G", "lang:fr .. 5", "date:2008 \"to 2009\""] {
        assert!(read(typed).is_ok(), "{typed}");
    }
}

#[test]
fn what_random_queries_found_prints_back_as_itself() {
    for text in [
        "/~1/&&hd=",
        "=FIRST/9(日本..)^2",
        "A*A¡?^1",
        "(a.)^2 b",
        "/ab/^2",
        "(5\u{a0}%)^2",
        "hd=a:b",
        "\"a b\"^2",
        "acqui*^2",
    ] {
        check_any(text).unwrap();
        assert!(read(text).is_ok(), "{text}");
    }
    // Nothing is left of the value.
    check_any("hd=*:").unwrap();
    assert!(read("hd=*:").is_err());
}

#[test]
fn a_bad_field_or_value_is_pointed_at() {
    for (typed, message, marks) in [
        ("tiker:AMZN fusion", "unknown field `tiker`", "^^^^^"),
        ("a (tiker:\"AMZN\")", "unknown field `tiker`", "   ^^^^^"),
        ("title:oil,gas fusion", "`title:` takes no list", "         ^"),
        ("fusion -tiker:AMZN", "unknown field `tiker`", "        ^^^^^"),
        ("dates:2025", "unknown field `dates`", "^^^^^"),
        ("ratio:3", "unknown field `ratio`", "^^^^^"),
        ("montants:€5", "unknown field `montants`", "^^^^^^^^"),
        ("dates>=2025", "unknown field `dates`", "^^^^^"),
        ("NEAR:5", "unknown field `NEAR`", "^^^^"),
        ("titre : taux", "a space parts `titre :`", "^^^^^^^"),
        ("titre :taux", "a space parts `titre :`", "^^^^^^^"),
        ("x lang = fr", "a space parts `lang =`", "  ^^^^^^"),
        ("words > 300", "a space parts `words >`", "^^^^^^^"),
        ("lang= fr", "`lang=` needs a value", "^^^^^"),
        ("since>=2025", "one date is wanted here, not `>=2025`", "     ^^^^^^"),
        ("ticker:MC, KER", "a list is typed without spaces", "^^^^^^^^^^^^^^"),
        ("source:AFP, «Les Echos» x", "a list is typed without spaces", "^^^^^^^^^^^^^^^^^^^^^^^"),
        ("title:oil|gas", "`title:` takes no list", "         ^"),
        ("title:–a", "`–` cannot stand between a field and its value", "      ^"),
        ("has:(author url)", "either of them, or both?", "            ^^^"),
        ("ticker: AMZN", "`ticker:` needs a value", "^^^^^^^"),
        ("a LANG:", "`LANG:` needs a value", "  ^^^^^"),
        ("title:?", "`title:` needs a value", "^^^^^^"),
        ("title:(?)", "`title:` needs a value", "^^^^^^"),
        ("ticker:,", "`ticker:` needs a value", "^^^^^^^"),
        ("ticker:()", "nothing between the brackets", "       ^^"),
        ("ticker:(AMZN", "`(` is never closed", "       ^"),
        ("ticker:(A (B))", "a list of values holds no group", "          ^"),
        ("ticker:(A AND B)", "`AND` cannot stand in a list of values", "          ^^^"),
        ("ticker:L'Orxal", "`L'Orxal` is no ticker that telex knows", "       ^^^^^^^"),
        ("ticker:OR@moon", "`OR@moon` is no ticker that telex knows", "       ^^^^^^^"),
        ("lang:klingon", "unknown language `klingon`: fr, en or other", "     ^^^^^^^"),
        ("source:-", "`-` is no name", "       ^"),
        ("path:*", "`*` is no name", "     ^"),
        ("title:-a", "`-` cannot stand between a field and its value", "      ^"),
        ("title:(lang:fr)", "a field cannot stand inside another field", "       ^^^^^^^"),
        ("date:2025-13 a", "unknown date `2025-13`: there is no month 13", "     ^^^^^^^"),
        ("date:(2025,hiver)", "unknown date `hiver`", "           ^^^^^"),
        ("date:[2025-07", "bracket never closed", "     ^"),
        ("date:[2025 TO 2026]a", "a space is missing after `]`", "                  ^"),
        ("words:many", "`many` is no number, and no interval of numbers", "      ^^^^"),
        ("words:{5 TO 5}", "`{5 TO 5}` is no number, and no interval of numbers", "      ^^^^^^^^"),
        ("amount:1,234", "`1,234` may be 1234 or 1.234", "       ^^^^^"),
        ("pct:25 basis points", "`25 basis points` is no such quantity", "    ^^^^^^^^^^^^^^^"),
        ("tiker:MC", "unknown field `tiker`", "^^^^^"),
        ("amount:1bn$..2bn€", "these are two currencies", "       ^^^^^^^^^^"),
        ("amount:>5 %", "`>5 %` is no such quantity", "       ^^^^"),
        ("pct:5..1", "the interval ends before it begins", "    ^^^^"),
        ("currency:gold", "`gold` is no currency that telex reads", "         ^^^^"),
        ("exchange:klingon", "`klingon` is no market that telex knows", "         ^^^^^^^"),
        ("type:a/b", "`a/b` is no type of file", "     ^^^"),
        ("has:luck", "`luck` is nothing that may be known of an article", "    ^^^^"),
    ] {
        fails(typed, message, marks);
    }
}

#[test]
fn fields_of_every_sort_have_their_values() {
    for (typed, want) in [
        ("lead:fusion chapo:(a OR b)", "(words (lead fusion) (lead (or a b)))"),
        ("hd=fusion la=fr", "(words (title fusion) (lang fr))"),
        ("fusion d=2008", "(words fusion (date 2008-01-01T00:00:00Z..2008-12-31T23:59:59Z))"),
        ("a=b la =fr", "(words a=b la (exact |fr|))"),
        ("words>300 mots<=500", "(words (words:>=301) (words:0..500))"),
        ("date>=2025-07 amount≥1bn€", "(words (date 2025-07-01T00:00:00Z..) (amount:>=1000000000eur))"),
        ("avant:2025-07", "(date ..2025-06-30T23:59:59Z)"),
        ("before:2025-07 après:2025-07", "(words (date ..2025-06-30T23:59:59Z) (date 2025-08-01T00:00:00Z..))"),
        ("jusqu'à:2025-07 until:2025-07", "(words (date ..2025-07-31T23:59:59Z) (date ..2025-07-31T23:59:59Z))"),
        ("date:\"janvier 2025\"..\"mars 2025\" x", "(words (date 2025-01-01T00:00:00Z..2025-03-31T23:59:59Z) x)"),
        ("date:2025-01..«mars 2025»", "(date 2025-01-01T00:00:00Z..2025-03-31T23:59:59Z)"),
        ("date:[\"janvier 2025\" TO \"mars 2025\"]", "(date 2025-01-01T00:00:00Z..2025-03-31T23:59:59Z)"),
        ("date>=\"mars 2025\"", "(date 2025-03-01T00:00:00Z..)"),
        ("hd= ", "hd="),
        ("(hd=)^2", "(boost 2 hd=)"),
        ("title:titel:aa*^2", "(title (boost 2 (prefix titel:aa)))"),
        ("vitamine D: R: une", "(words vitamine D R une)"),
        ("d:2025 r:MC", "(words (date 2025-01-01T00:00:00Z..2025-12-31T23:59:59Z) (symbol MC))"),
        ("author:(Ada Dupont, Blanc)", "(or (author:\"Ada Dupont\") (author:Blanc))"),
        ("by:Dupont rubrique:\"marchés actions\"", "(words (author:Dupont) (section:\"marchés actions\"))"),
        ("url:a.fr/b,c* type:HTM", "(words (url:\"a.fr/b,c*\") (type:html))"),
        ("exchange:xpar,NASDAQ", "(or (exchange:XPAR) (exchange:XNAS))"),
        ("bourse:\"Euronext Paris\"", "(exchange:XPAR)"),
        ("has:auteur has:pct has:copies", "(words (has:author) (has:pct) (copies >=1))"),
        ("words:>300 mots:{3 TO 5}", "(words (words:>=301) (words:4))"),
        ("indexed:2025-07", "(indexed:2025-07-01T00:00:00Z..2025-07-31T23:59:59Z)"),
        ("date:{2025-07 TO 2025-09}", "(date 2025-08-01T00:00:00Z..2025-08-31T23:59:59Z)"),
        ("amount:>1bn€ x", "(words (amount:>1000000000eur) x)"),
        ("montant:>=1,5 Md€ x", "(words (amount:>=1500000000eur) x)"),
        ("amount:500M..2bn$", "(amount:[500000000usd TO 2000000000usd])"),
        ("amount:{500M TO 2bn$]", "(amount:{500000000usd TO 2000000000usd])"),
        ("amount:(1bn€ OR 2bn€)", "(or (amount:1000000000eur) (amount:2000000000eur))"),
        ("amount:\"1 200,50 M€\"", "(amount:1200500000eur)"),
        ("amount:10 000 000€", "(amount:10000000eur)"),
        ("amount:>1 234 € x", "(words (amount:>1234eur) x)"),
        ("amount:>1 Md € x", "(words (amount:>1000000000eur) x)"),
        ("amount:>1 bn $ x", "(words (amount:>1000000000usd) x)"),
        ("amount:>1 milliard d'euros x", "(words (amount:>1000000000eur) x)"),
        ("amount:5 M€..10 M€ x", "(words (amount:[5000000eur TO 10000000eur]) x)"),
        ("amount:>5M€ dollar", "(words (amount:>5000000eur) dollar)"),
        ("amount:1 000..2 500,5 M€ x", "(words (amount:[1000000000eur TO 2500500000eur]) x)"),
        ("amount:>5 2025 x", "(words (amount:>5) 2025 x)"),
        ("amount:>1000 500", "(words (amount:>1000) 500)"),
        ("pct:.5 x", "(words (pct:0.5) x)"),
        ("words:>1 000 x", "(words (words:>=1001) x)"),
        ("devise:$ currency:eur", "(words (currency:usd) (currency:eur))"),
        ("pct:<-5 pct:-3..-1", "(words (pct:<-5) (pct:[-3 TO -1]))"),
        ("pct:>=0,5 % bp:>=25", "(words (pct:>=0.5) (bp:>=25))"),
        ("ticker:MC W/S pct:<-5", "(W/S (symbol MC) (pct:<-5))"),
    ] {
        check(typed, want);
    }
}

#[test]
fn hints_say_what_to_try() {
    for (typed, want) in [
        ("tiker:AMZN", "did you mean `ticker:`? if not, to search for it as text, put it between quotation marks"),
        ("fusion AND", "to search for it as a word, put it between quotation marks: `\"AND\"`"),
        ("« taux", "add `»` where the phrase ends"),
        ("fuson~3", "write `fuson`, or a part of it with a star"),
        ("title:-a", "put it before the field: `-title:…`"),
        ("words:100,200", "write `words:100200` for one, `words:(100, 200)` for two"),
        ("ticker:MC, KER", "write `ticker:MC,KER`; if `KER` is to be found as text, leave out the comma"),
        ("tiker:MC", "did you mean `ticker:`? if not, to search for it as text, put it between quotation marks"),
        ("NEAR:5", "did you mean `NEAR/5`? if not, to search for it as text, put it between quotation marks"),
        ("has:(author url)", "write `has:author,url` for either, `has:author has:url` for both"),
    ] {
        let error = read(typed).unwrap_err();
        let advice = error.advice().unwrap_or_default().replace("`?; ", "`? ");
        assert_eq!(advice, want, "{typed}");
    }
    let error = read("opinion:OPA").unwrap_err();
    for field in &FIELDS {
        assert!(error.advice().unwrap_or_default().contains(field.name), "{}", field.name);
    }
}

#[test]
fn an_error_has_a_code_and_is_said_in_both_languages() {
    for (typed, code, message, hint) in [
        (
            "tiker:AMZN",
            "unknown_field",
            "champ inconnu `tiker`",
            "vouliez-vous dire `ticker:` ? sinon, pour chercher ce texte, mettez-le entre guillemets",
        ),
        (
            "fusion OU OR",
            "missing_operand",
            "`OR` demande un terme à sa droite",
            "pour chercher ce mot, mettez-le entre guillemets : `\"OR\"`",
        ),
        ("« taux", "unclosed_quotation", "guillemet jamais fermé", "ajoutez `»` là où la phrase finit"),
        (
            "date:2025-13",
            "bad_date",
            "date inconnue `2025-13` : il n’y a pas de mois 13",
            "vouliez-vous dire `2025-12` ?",
        ),
        ("a NEAR/0 b", "bad_distance", "une distance est un nombre de mots de 1 à 10000", ""),
        (
            "lang:fr W/S a",
            "no_place",
            "un filtre n’a pas de place dans un texte, ce que demande `W/S`",
            "mettez entre parenthèses les mots qui vont ensemble : `lang:fr (a NEAR/5 b)`",
        ),
    ] {
        let error = read(typed).unwrap_err();
        assert_eq!(error.code(), code, "{typed}");
        assert_eq!(error.told(UiLanguage::French), message, "{typed}");
        assert_eq!(error.advice_in(UiLanguage::French).unwrap_or_default(), hint, "{typed}");
    }
}

#[test]
fn spans_point_at_what_was_typed() {
    fn walk<'t>(text: &'t str, node: &Node, found: &mut Vec<&'t str>) {
        found.push(&text[node.span.clone()]);
        node.parts().into_iter().for_each(|part| walk(text, part, found));
    }
    let text = " (été OR -\"taux fixe\") AND titre:(a b) NOT ticker:(A, B) ";
    let mut found = Vec::new();
    walk(text, &read(text).unwrap().root, &mut found);
    assert_eq!(
        found,
        [
            text.trim(),
            "été OR -\"taux fixe\"",
            "été",
            "-\"taux fixe\"",
            "",
            "-\"taux fixe\"",
            "\"taux fixe\"",
            "titre:(a b)",
            "a b",
            "a",
            "b",
            "NOT ticker:(A, B)",
            "ticker:(A, B)",
            "A",
            "B"
        ]
    );
}

#[test]
fn plain_text_has_no_syntax() {
    for (text, want) in [
        ("fusion", "fusion"),
        ("Que faire ?", "(words Que faire)"),
        ("\"taux\" NOT title:a -b OR (c) d*", "(words \"taux\" NOT title:a -b OR (c) d*)"),
        ("tiker:AMZN \"", "tiker:AMZN"),
        ("", "(words)"),
        ("? !", "(words)"),
    ] {
        let query = parse_plain(text).unwrap();
        assert_eq!(sexpr(&query.root), want, "{text}");
        assert_eq!(query.text, text);
    }
    assert!(read(&parse_plain("\"taux (fixe AND").unwrap().to_string()).is_ok());
}

#[test]
fn nesting_and_terms_are_bounded() {
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    check(&nested(64), "a");
    let error = read(&nested(65)).unwrap_err();
    assert_eq!(error.message(), "brackets are nested more than 64 deep");
    assert_eq!(error.place().unwrap().span, 64..65);
    assert!(read(&"(".repeat(10_000)).is_err());
    assert!(read(&"title:(".repeat(10_000)).is_err());
    assert!(read(&"a ".repeat(1024)).is_ok());
    let error = read(&"a ".repeat(1025)).unwrap_err();
    assert_eq!(error.message(), "the query has more than 1024 terms");
    assert_eq!(error.place().unwrap().span, 2048..2049);
    assert!(read(&format!("ticker:{}", "A,".repeat(1025))).is_err());
    check(&format!("a {}b", "NOT ".repeat(10_000)), "(and a b)");
}

#[test]
fn time_grows_no_faster_than_the_text() {
    let count = 15_000;
    let start = std::time::Instant::now();
    for part in [
        "(",
        ")",
        "a:",
        "a ",
        "\"a\" ",
        "'a ",
        "=",
        "-",
        "! ",
        "ticker:a,",
        "ticker:a ",
        "date:",
        "date:[2025]",
        "date:2025 ",
        "&& ",
        "« ",
        "«a»",
        "/a ",
        "? ",
        "NOT ",
        "a\u{a0}",
        "1\u{a0}",
        "source:\"a\"",
        "source:\"a\",",
        "-a",
        "-a ",
        "+(",
        "(a)",
        "|",
        "a|",
        "-a|",
        "a&&",
        "title:a",
        "title:\"a\"",
        "$a",
        "a~",
        "5 %",
        "path:a(",
        "Apple:",
        "http://",
        "a*",
        "ticker:(a",
        "a OU ",
        "a~",
        "a^2",
        "^2",
        "~",
        "/a/",
        "/a(",
        "/a b",
        "a NEAR/2 ",
        "NEAR/2 ",
        "a SAME ",
        "ATLEAST2(",
        "atleast2 ",
        "ab?c ",
        "*",
        "?",
        "abcdef~ ",
        "„a“,",
        ">=",
        "pct:5 % ",
        " %",
        " 234",
    ] {
        let _ = read(&format!("pct:5{}", part.repeat(count)));
        let _ = read(&format!("amount:>1{}", part.repeat(count)));
        let _ = read(&part.repeat(count));
        let _ = read(&format!("a{}", part.repeat(count)));
        let _ = parse_plain(&part.repeat(count));
    }
    // Were any of them quadratic, it would take minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn public_reading_knows_the_market() {
    let options = options();
    assert_eq!(parse("fusion ticker:OR", &options).unwrap().to_string(), "fusion ticker:OR");
    let known = !crate::market::resolve("NASDAQ:MSFT").is_empty();
    assert_eq!(parse("NASDAQ:MSFT", &options).is_ok(), known);
}

/// Text made of the pieces that queries are made of, so that odd meetings of them are tried.
fn query_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "été",
        "l'or",
        "OR",
        "AND",
        "NOT",
        "ET",
        "OU",
        "SAUF",
        "(",
        ")",
        "\"",
        "«",
        "»",
        "“",
        "”",
        "„",
        "*",
        "ab*",
        "-",
        "+",
        "!",
        "=",
        "~",
        "~1",
        "^2",
        "/",
        "fusion",
        "/ab+/",
        "NEAR/3",
        " W/S ",
        "adj2",
        "SAME",
        "ATLEAST2",
        "FIRST/9(",
        "NOSTEM(",
        "?",
        ":",
        ",",
        "title:",
        "titre:",
        "ticker:",
        "lang:fr",
        "source:",
        "date:",
        "since:",
        "path:",
        "lead:",
        "amount:",
        "pct:",
        "words:",
        "words>",
        "before:",
        "has:",
        "exchange:",
        "titre",
        "NON",
        "W/",
        "–",
        "%",
        "hd=",
        "1bn€",
        "{",
        "]",
        " TO ",
        "..",
        "2025-07",
        "7d",
        "..",
        "[",
        "]",
        " TO ",
        "5",
        "%",
        " ",
        " ",
        " ",
        " ",
        "\u{a0}",
        "&&",
        "||",
        "$AMZN",
        "tiker:",
        "NASDAQ:MSFT",
        "Euronext:MC",
        "x:",
        "//",
        "|",
        "日本",
        "e\u{301}",
        "\u{ad}",
        "\n",
        "€",
        ">=",
        "@",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// Text that mostly reads as a query, so that the printed form is tried.
fn query() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a",
        "été",
        "l'or",
        "-5 %",
        "10:30",
        "OR",
        "ET",
        "\"taux fixe\"",
        "« le \"taux\" »",
        "\"taux direc*\"",
        "acqui*",
        "=marché",
        "*",
        "ticker:AMZN,OR",
        "ticker:Euronext:MC",
        "lang:fr",
        "source:\"Les Echos\"",
        "path:a/b*",
        "date:2025-07",
        "date:7d",
        "until:hier",
        "title:fusion",
        "title:OR",
        "$MC",
        "~3",
        "Apple:",
        "finan?ement",
        "*bourse",
        "lead:(a b)",
        "hd=fusion",
        "author:\"Ada Dupont\"",
        "section:marchés",
        "url:a.fr/*",
        "type:HTM",
        "exchange:Euronext,XNAS",
        "indexed:7d",
        "words:{3 TO 9]",
        "has:montant",
        "currency:€",
        "amount:>=1,5 Md€",
        "amount:{1bn TO 2bn$]",
        "pct:-3..-1",
        "bp:<25",
        "licenciemant~",
        "\"taux change\"~3",
        "/ab+/",
        "NEAR/5",
        "SAME",
        "atleast3",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(5, 40, 4, |inner| {
        let operator =
            prop::sample::select(vec![" ", " ", " AND ", " OR ", " NOT ", " ET ", " OU ", " SAUF ", "&&", " ? "]);
        prop_oneof![
            (prop::collection::vec(inner.clone(), 1..4), operator).prop_map(|(parts, operator)| parts.join(operator)),
            (prop::sample::select(vec!["-", "+", "!", "NOT ", "=", "body:"]), inner.clone())
                .prop_map(|(sign, part)| format!("{sign}{part}")),
            (inner.clone(), prop::sample::select(vec![" NEAR/5 ", " ADJ/2 ", " W/S ", " SAME "]), inner.clone())
                .prop_map(|(left, operator, right)| format!("({left}){operator}({right})")),
            inner.clone().prop_map(|part| format!("({part})^2")),
            (
                prop::sample::select(vec!["", "-", "+", "!", "title:", "ATLEAST2", "FIRST/9", "NOSTEM", "atleast3 "]),
                inner
            )
                .prop_map(|(sign, part)| format!("{sign}({part})")),
        ]
    })
}

fn check_any(text: &str) -> Result<(), TestCaseError> {
    match read(text) {
        Ok(query) => {
            let printed = query.to_string();
            let again = read(&printed);
            prop_assert!(again.is_ok(), "{text:?} was printed as {printed:?}: {again:?}");
            let again = again.unwrap();
            prop_assert_eq!(sexpr(&again.root), sexpr(&query.root), "{:?} as {:?}", text, printed);
            prop_assert_eq!(again.to_string(), printed);
        }
        Err(error) => {
            let place = error.place().expect("a query error has a place");
            prop_assert_eq!(&place.text, &scan::narrowed(text));
            prop_assert!(place.text.get(place.span.clone()).is_some(), "{:?} of {text:?}", place.span);
            let (line, marks) = caret(place);
            prop_assert!(marks.trim_start().bytes().all(|b| b == b'^') && marks.ends_with('^'), "{line:?} {marks:?}");
        }
    }
    Ok(())
}

/// A thousand cases, or as many more as `PROPTEST_CASES` says.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.max(1000), failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_gives_a_query_or_an_error_in_its_place(text in any::<String>()) {
        check_any(&text)?;
    }

    #[test]
    fn any_pieces_of_queries_do_too(text in query_like()) {
        check_any(&text)?;
    }

    #[test]
    fn a_printed_query_reads_as_the_same_tree(text in query()) {
        check_any(&text)?;
    }

    #[test]
    fn plain_text_never_fails_and_keeps_its_words(text in any::<String>()) {
        let query = parse_plain(&text).unwrap();
        let words = match &query.root.kind {
            Kind::Words(parts) => parts.as_slice(),
            _ => std::slice::from_ref(&query.root),
        };
        for node in words {
            prop_assert_eq!(&node.kind, &Kind::Word(text[node.span.clone()].to_owned()));
        }
        let kept: usize = words.iter().map(|node| text[node.span.clone()].chars().filter(|c| c.is_alphanumeric()).count()).sum();
        prop_assert_eq!(kept, text.chars().filter(|c| c.is_alphanumeric()).count());
    }
}
