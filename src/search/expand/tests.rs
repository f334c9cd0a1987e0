//! What queries open into: columns of queries and their plans.

use super::*;
use crate::query::{ParseOptions, parse};
use crate::search::plan::Family;
use crate::search::span::{Spans, Within};

const FORMS: &str = "licencié licenciés licenciements licence marché marche cac 40 cac40 0,31 0.31 % s&p 500 \
                     #1200000000 #1200000000eur #2.5% milliard euros hausse 2,5 \
                     or argent de la email e mail taux change changes ai brk.b l'oréal oréal \
                     covoiturage co voiturage";

fn vocabulary() -> Vocabulary {
    Vocabulary::of(&[&FORMS.split_whitespace().collect::<Vec<_>>()])
}

/// A plan in a line: `[form.9 …]` a family with weights below 1, `{…}` a function word, `"…"` a phrase,
/// `+` required, `~` optional, `-` excluded, `a|b` the best of readings.
fn shown(plan: &Plan) -> String {
    let family = |family: &Family| {
        let mut forms: Vec<String> = family
            .forms
            .iter()
            .map(|Form { text: form, weight, .. }| match weight {
                1.0 => form.clone(),
                weight => format!("{form}{}", weight.to_string().trim_start_matches('0')),
            })
            .collect();
        forms[1..].sort();
        let forms = forms.join(" ");
        if family.common { format!("{{{forms}}}") } else { format!("[{forms}]") }
    };
    let all =
        |sign: &str, plans: &[Plan]| plans.iter().map(|plan| format!("{sign}{}", shown(plan))).collect::<Vec<_>>();
    match plan {
        Plan::All => "*".to_owned(),
        Plan::Nothing => "nothing".to_owned(),
        Plan::Filter(filter) => filter.to_string(),
        Plan::Family(one) => family(one),
        Plan::Phrase(phrase) => {
            let words: Vec<String> = phrase.slots.iter().map(|(_, slot)| family(slot)).collect();
            format!("\"{}\"", words.join(" "))
        }
        Plan::Placed(placed) => {
            let Ok(spans) = placed.spans.map(&mut |one| Ok::<_, std::convert::Infallible>(family(one)));
            format!(
                "{}{}",
                placed_in(&spans),
                if placed.times > 1 { format!("x{}", placed.times) } else { String::new() }
            )
        }
        Plan::Best(plans) => all("", plans).join("|"),
        Plan::Bool { required, optional, excluded } => {
            format!("({})", [all("+", required), all("~", optional), all("-", excluded)].concat().join(" "))
        }
    }
}

/// Spans in a line: `{a 5 b}` near, `{a 5> b}` in order, `{a | b}` with no break between.
fn placed_in(spans: &Spans<String>) -> String {
    match spans {
        Spans::Word(word) => word.clone(),
        Spans::Phrase { slots, slop } => {
            let words: Vec<&str> = slots.iter().map(|(_, word)| word.as_str()).collect();
            format!("\"{}\"~{slop}", words.join(" "))
        }
        Spans::Any(parts) => parts.iter().map(placed_in).collect::<Vec<_>>().join("|"),
        Spans::Near { left, right, within } => {
            let within = match within {
                Within::Words { most, ordered } => format!("{most}{}", if *ordered { ">" } else { "" }),
                Within::Unit(_) => "|".to_owned(),
            };
            format!("{{{} {within} {}}}", placed_in(left), placed_in(right))
        }
        Spans::First { words, inner } => format!("{words}:{}", placed_in(inner)),
    }
}

fn check(matching: Matching, cases: &[(&str, &str)]) {
    let vocabulary = vocabulary();
    for (typed, want) in cases {
        let query = parse(typed, &ParseOptions::default()).unwrap();
        let got = expand(&query, &Filters::default(), matching, &vocabulary, None, Reach::Asked);
        let filters = got.filters.iter().map(|(_, plan)| format!(" & {}", shown(plan)));
        assert_eq!(shown(&got.plan) + &filters.collect::<String>(), *want, "{typed}");
    }
}

#[test]
fn words_open_into_their_families() {
    check(
        Matching::All,
        &[
            ("licencié", "[licencié licenciements.6 licenciés.8]"),
            ("marche", "[marche marché.9]"),
            ("=marché", "[marché]"),
            ("0.31", "[0.31 0,31.95]"),
            ("loreal", "[loreal l'oréal.9]"),
            ("loréal", "[loréal l'oréal]"),
            ("S&P 500", "(+[s&p] +[500])"),
            ("brk.b", "\"[brk] [b]\"|[brkb brk.b.9]"),
            ("e-mail", "\"[e] [mail]\"|[email]"),
            ("CAC 40", "(+[cac] +[40])|[cac40]"),
            ("cac40", "[cac40]|\"[cac] [40]\""),
            ("\"CAC 40\"", "[cac40]|\"[cac] [40]\""),
            ("\"marché CAC 40\"", "\"[marché marche.9] [cac40]\"|\"[marché marche.9] [cac] [40]\""),
            ("1,2 milliard d'euros", "[#1200000000eur]|(+[1,2] +[milliard] +[euros])"),
            ("€1.2bn", "[#1200000000eur]|\"[€] [1.2bn]\""),
            ("2,5% or", "(+[#2.5%]|\"[2,5] [%]\" +[or])"),
            ("\"hausse de 2,5 %\"", "\"[hausse] [de] [#2.5%]\"|\"[hausse] [de] [2,5] [%]\""),
            ("\"2.5 percent\"", "[#2.5%]|\"[2.5 2,5.95] [percent]\""),
            ("covoiturage", "[covoiturage]|\"[co] [voiturage]\""),
            ("L'Oréal", "[oréal]|[l'oréal]"),
            ("MARCHÉ", "[marché marche.9]"),
            ("lic*", "[licence licenciements licencié licenciés]"),
        ],
    );
}

#[test]
fn a_word_finds_its_inflections_whatever_its_stem() {
    let forms = "crédit crédits emploi emplois petit petite petits directrice directeur augmente augmentent augmenter \
                 agent age parent série séries sera comme commission commissions coté côté côtés cote société societe \
                 vend vendu vendre 137 137,000 1,15 1,150 1,15% 1er buyback buy back lay laid off a 380 a380 d action actions";
    let vocabulary = Vocabulary::of(&[&forms.split_whitespace().collect::<Vec<_>>()]);
    for (typed, want) in [
        ("crédits", "[crédits crédit.8]"),
        ("crédit", "[crédit crédits.8]"),
        ("emplois lang:en", "(+[emplois emploi.8])"),
        ("petits", "[petits petit.8 petite.8]"),
        ("directrice", "[directrice directeur.8]"),
        ("augmentent", "[augmentent augmente.6 augmenter.6]"),
        ("augmente", "[augmente augmentent.6 augmenter.6]"),
        ("agent", "[agent]"),
        ("la série", "(+[série séries.8] ~{la})"),
        ("commissions", "[commissions commission.8]"),
        ("coté", "[coté cote.9 côté.3 côtés.3]"),
        ("societe", "[societe société.9]"),
        ("vend", "[vend vendre.4 vendu.4]"),
        ("137", "[137]"),
        ("1.15", "[1.15 1,15.95]"),
        ("1", "[1 1er.8]"),
        ("buybacks", "[buybacks buyback.8]|\"[buy] [backs back.8]\""),
        ("layoffs", "[layoffs]|\"[lay] [offs off.8]\""),
        ("A 380", "(+{a} +[380])|[a380]"),
        ("rachat d actions", "(+[rachat] +[actions action.8] ~{d})"),
    ] {
        let query = parse(typed, &ParseOptions::default()).unwrap();
        let got = expand(&query, &Filters::default(), Matching::All, &vocabulary, None, Reach::Asked);
        assert_eq!(shown(&got.plan), want, "{typed}");
    }
}

#[test]
fn function_words_and_capitals() {
    check(
        Matching::All,
        &[
            ("taux de change", "(+[taux] +[change changes.8] ~{de})"),
            ("\"taux de change\"", "\"[taux] [de] [change changes.8]\""),
            ("de la", "(+{de} +{la})"),
            ("l'or", "[or]"),
            ("AI", "[ai]"),
        ],
    );
}

#[test]
fn operators_of_proximity_are_spread_over_words_joined_by_and() {
    check(
        Matching::All,
        &[
            ("or NEAR/5 argent", "{[or] 5 [argent]}"),
            ("or ADJ/2 \"taux change\"", "{[or] 2> \"[taux] [change changes.8]\"~0}"),
            ("or W/S (taux OR argent)", "{[or] | [taux]|[argent]}"),
            ("(or AND argent) NEAR/5 taux", "(+{[or] 5 [taux]} +{[argent] 5 [taux]})"),
            ("(or argent) NEAR/5 taux", "(+{[or] 5 [taux]} +{[argent] 5 [taux]})"),
            ("(taux de change) W/P or", "(+{[taux] | [or]} +{[change changes.8] | [or]})"),
            ("((or AND taux) OR argent) W/P 500", "(~(+{[or] | [500]} +{[taux] | [500]}) ~{[argent] | [500]})"),
            ("or NEAR/5 taux NEAR/2 argent", "{{[or] 5 [taux]} 2 [argent]}"),
            ("or NEAR/5 cac40", "{[or] 5 [cac40]|\"[cac] [40]\"~0}"),
            ("ATLEAST3(or argent)", "(+[or]x3 +[argent]x3)"),
            ("ATLEAST3(or OR argent)", "[or]|[argent]x3"),
            ("FIRST/50(or) taux", "(+50:[or] +[taux])"),
            ("\"taux change\"~2", "\"[taux] [change changes.8]\"~2"),
            ("NOSTEM(licencié)", "[licencié]"),
        ],
    );
}

#[test]
fn operators_and_filters() {
    check(
        Matching::All,
        &[
            ("or OR argent", "(~[or] ~[argent])"),
            ("or -argent", "(+[or] -[argent])"),
            ("-argent", "(+* -[argent])"),
            ("or lang:fr", "(+[or]) & lang:fr"),
            ("or ticker:AMZN,MSFT", "(+[or]) & (~ticker:AMZN ~ticker:MSFT)"),
            ("ticker:OR lang:fr ticker:AI", "* & (+ticker:OR +ticker:AI) & lang:fr"),
        ],
    );
}

#[test]
fn one_word_is_enough_where_any_will_do_but_filters_hold() {
    check(
        Matching::Any,
        &[
            ("or argent", "(~[or] ~[argent])"),
            ("taux de change", "(+(~[taux] ~[change changes.8]) ~{de})"),
            ("or argent ticker:AMZN,MSFT", "(+(~[or] ~[argent])) & (~ticker:AMZN ~ticker:MSFT)"),
            ("or +argent", "(+[argent] ~[or])"),
            ("e-mail", "(~[e] ~[mail] ~[email])"),
            ("or -argent", "(+[or] -[argent])"),
        ],
    );
}

#[test]
fn a_quantity_that_no_article_has_is_told() {
    let vocabulary = vocabulary();
    for (typed, want) in [
        ("T3 2045 or", Some("T3 2045")),
        ("7,7 % or", Some("7,7 %")),
        ("2,5 % or", None),
        ("T3 or", None),
        ("cac 40", None),
    ] {
        let query = parse(typed, &ParseOptions::default()).unwrap();
        for matching in [Matching::All, Matching::Any] {
            let got = expand(&query, &Filters::default(), matching, &vocabulary, None, Reach::Asked);
            let notes: Vec<String> = got.notes.into_iter().map(|note| note.english).collect();
            let want = want.map(|typed| format!("no article has the quantity `{typed}`; its words are looked for"));
            assert_eq!(notes, Vec::from_iter(want), "{typed}");
        }
    }
}

#[test]
fn a_filter_of_language_does_not_narrow_what_is_for_any_language() {
    let vocabulary = vocabulary();
    let lexicon = Lexicon::built_in();
    let open = |typed: &str, reach| {
        let query = parse(typed, &ParseOptions::default()).unwrap();
        expand(&query, &Filters::default(), Matching::All, &vocabulary, Some(&lexicon), reach)
    };
    let (wide, narrow) = (open("marché lang:en", Reach::AnyLanguage), open("marché lang:en", Reach::Asked));
    assert_eq!(shown(&wide.plan), format!("(+{})", shown(&open("marché", Reach::Asked).plan)));
    assert_ne!(wide.plan, narrow.plan);
    assert_eq!(wide.filters, narrow.filters);
}

#[test]
fn what_was_typed_as_one_stays_one_where_no_article_has_every_word() {
    check(
        Matching::AllThenAny,
        &[
            ("e-mail argent", "(~\"[e] [mail]\"|[email] ~[argent])"),
            ("2,5% or", "(~[#2.5%]|\"[2,5] [%]\" ~[or])"),
            ("1,2 milliard or", "(~[#1200000000]|(+[1,2] +[milliard]) ~[or])"),
            ("de-la or", "(+[or] ~\"[de] [la]\")"),
        ],
    );
}

#[test]
fn hyphens_join_what_a_slash_does_not() {
    check(
        Matching::All,
        &[
            ("e-mail", "\"[e] [mail]\"|[email]"),
            ("e/mail", "\"[e] [mail]\""),
            ("D/E", "\"[d] [e]\""),
            ("d-e", "\"[d] [e]\""),
        ],
    );
}
