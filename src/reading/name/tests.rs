//! Names in sentences: a column of cases.

use super::*;

fn check(text: &str, language: Language, expected: &[&str]) {
    let companies = FxHashSet::default();
    let known = Known { companies: &companies, at: None, language };
    let (_, found) = read("", text, &known);
    let accepted: Vec<String> =
        found.iter().filter(|c| c.accepted).map(|c| format!("{}={}", &text[c.start..c.end], c.owner.symbol)).collect();
    assert_eq!(
        accepted,
        expected,
        "{text}\n{:?}",
        found.iter().map(|c| (&text[c.start..c.end], c.signs.iter().collect::<Vec<_>>())).collect::<Vec<_>>()
    );
}

#[test]
fn sure_names_need_nothing() {
    check("Saint-Gobain a ouvert une école.", Language::French, &["Saint-Gobain=SGO"]);
    check("He once met people of JPMorgan Chase there.", Language::English, &["JPMorgan Chase=JPM"]);
    check("Saint‑Gobain et Crédit Agricole", Language::French, &["Saint‑Gobain=SGO", "Crédit Agricole=ACA"]);
}

#[test]
fn ordinary_words_need_signs() {
    check("Une robe Orange plaît à tous.", Language::French, &[]);
    check("L'opérateur Orange a perdu des abonnés.", Language::French, &["Orange=ORA"]);
    check("Au total, rien ne change. Total des points : douze.", Language::French, &[]);
    check("Shares of Target fell.", Language::English, &["Target=TGT"]);
    check("Target Corp opened a school.", Language::English, &["Target Corp=TGT"]);
    check("The Next day was calm.", Language::English, &[]);
}

#[test]
fn a_row_of_companies_makes_one() {
    check("Visa et Mastercard sont visés.", Language::French, &["Visa=V", "Mastercard=MA"]);
    check("Il a parlé de Visa et de Mastercard.", Language::French, &["Visa=V", "Mastercard=MA"]);
    check("Microsoft, as well as Target, was there.", Language::English, &["Microsoft=MSFT", "Target=TGT"]);
    check("Next, Microsoft spoke.", Language::English, &["Microsoft=MSFT"]);
}

#[test]
fn people_and_places_are_no_companies() {
    check("Harrison Ford plays a pilot.", Language::English, &[]);
    check("Romy Schneider tourne à Paris.", Language::French, &[]);
    check("À Santander, la mer est calme.", Language::French, &[]);
}

#[test]
fn addresses_are_no_names() {
    check("write to info@Renault or www.Renault.fr", Language::English, &[]);
}
