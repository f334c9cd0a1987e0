//! Places that bear the name of a company: before their state (`Dover, Delaware`), before their department (`Orange
//! (Vaucluse)`), and where a report opens (`EVIAN, May 3 (Reuters) -`).

use super::words;
use crate::analysis::fold;
use crate::reading::date::dateline;
use crate::reading::letters;
use crate::wording::MONTHS;

/// States and provinces of North America, as news writes them behind a town.
#[rustfmt::skip]
const STATES: [&str; 105] = [
    "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware", "Florida", "Georgia",
    "Hawaii", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas", "Kentucky", "Louisiana", "Maine", "Maryland",
    "Massachusetts", "Michigan", "Minnesota", "Mississippi", "Missouri", "Montana", "Nebraska", "Nevada", "New Hampshire",
    "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Ohio", "Oklahoma", "Oregon", "Pennsylvania",
    "Rhode Island", "South Carolina", "South Dakota", "Tennessee", "Texas", "Utah", "Vermont", "Virginia", "Washington",
    "West Virginia", "Wisconsin", "Wyoming", "D.C.", "Ontario", "Quebec", "Québec", "British Columbia", "Alberta",
    "Manitoba", "Saskatchewan", "Nova Scotia", "New Brunswick", "Newfoundland",
    "Ala.", "Ariz.", "Ark.", "Calif.", "Colo.", "Conn.", "Del.", "Fla.", "Ga.", "Ill.", "Ind.", "Kan.", "Ky.", "La.",
    "Md.", "Mass.", "Mich.", "Minn.", "Miss.", "Mo.", "Mont.", "Neb.", "Nev.", "N.H.", "N.J.", "N.M.", "N.Y.", "N.C.",
    "N.D.", "Okla.", "Ore.", "Pa.", "R.I.", "S.C.", "S.D.", "Tenn.", "Tex.", "Vt.", "Va.", "Wash.", "W.Va.", "Wis.",
    "Wyo.", "Ont.",
];

/// Departments and regions of France.
#[rustfmt::skip]
const DEPARTMENTS: [&str; 113] = [
    "Ain", "Aisne", "Allier", "Alpes-de-Haute-Provence", "Hautes-Alpes", "Alpes-Maritimes", "Ardèche", "Ardennes",
    "Ariège", "Aube", "Aude", "Aveyron", "Bouches-du-Rhône", "Calvados", "Cantal", "Charente", "Charente-Maritime", "Cher",
    "Corrèze", "Corse-du-Sud", "Haute-Corse", "Côte-d'Or", "Côte-d’Or", "Côtes-d'Armor", "Côtes-d’Armor", "Creuse",
    "Dordogne", "Doubs", "Drôme", "Eure", "Eure-et-Loir", "Finistère", "Gard", "Haute-Garonne", "Gers", "Gironde",
    "Hérault", "Ille-et-Vilaine", "Indre", "Indre-et-Loire", "Isère", "Jura", "Landes", "Loir-et-Cher", "Loire",
    "Haute-Loire", "Loire-Atlantique", "Loiret", "Lot", "Lot-et-Garonne", "Lozère", "Maine-et-Loire", "Manche", "Marne",
    "Haute-Marne", "Mayenne", "Meurthe-et-Moselle", "Meuse", "Morbihan", "Moselle", "Nièvre", "Nord", "Oise", "Orne",
    "Pas-de-Calais", "Puy-de-Dôme", "Pyrénées-Atlantiques", "Hautes-Pyrénées", "Pyrénées-Orientales", "Bas-Rhin",
    "Haut-Rhin", "Rhône", "Haute-Saône", "Saône-et-Loire", "Sarthe", "Savoie", "Haute-Savoie", "Seine-Maritime",
    "Seine-et-Marne", "Yvelines", "Deux-Sèvres", "Somme", "Tarn", "Tarn-et-Garonne", "Var", "Vaucluse", "Vendée",
    "Vienne", "Haute-Vienne", "Vosges", "Yonne", "Territoire de Belfort", "Essonne", "Hauts-de-Seine",
    "Seine-Saint-Denis", "Val-de-Marne", "Val-d'Oise", "Val-d’Oise", "Guadeloupe", "Martinique", "Guyane", "Réunion",
    "Mayotte", "Bretagne", "Normandie", "Occitanie", "Provence", "Alsace", "Lorraine", "Bourgogne", "Picardie", "Corse",
    "Auvergne",
];

/// What joins a town with its department: `Orange, dans le Vaucluse`, `Vittel (Vosges)`.
const JOINTS: [&str; 7] = [" (", ", dans le ", ", dans la ", ", dans les ", ", dans l'", ", dans l’", ", en "];

/// How long the name of a country is at most, in letters.
const COUNTRY: usize = 24;

/// How long the line before a report is at most, in bytes.
const DATELINE: usize = 70;

/// Returns whether what stands behind a name makes it that of a town: the state, or, of a name that is `doubtful` without
/// it, its department or its country.
pub(super) fn is_town(after: &str, doubtful: bool) -> bool {
    let region = |regions: &[&str], rest: &str| {
        regions
            .iter()
            .filter_map(|region| rest.strip_prefix(region))
            .any(|rest| !rest.starts_with(char::is_alphanumeric) && ends_place(rest))
    };
    if after.strip_prefix(", ").is_some_and(|rest| region(&STATES, rest)) {
        return true;
    }
    let in_department =
        || JOINTS.iter().filter_map(|joint| after.strip_prefix(joint)).any(|rest| region(&DEPARTMENTS, rest));
    doubtful && (in_department() || after.strip_prefix(", ").is_some_and(begins_with_country))
}

/// What is done to something that goes to a buyer: `vendu à Halden`.
const SALES: [&str; 9] = ["vend", "vent", "céd", "cèd", "cess", "confi", "attribu", "appart", "revend"];

/// How far before a preposition one looks for these, in bytes.
const PHRASE: usize = 50;

/// Returns whether one is in what stands behind `before`, and nothing goes to it: `à `, `In `.
pub(super) fn is_sited(before: &str) -> bool {
    let Some(head) = before.strip_suffix(letters::SPACES) else { return false };
    if letters::tail(head, PHRASE).split(' ').any(|word| SALES.iter().any(|sale| word.starts_with(sale))) {
        return false;
    }
    ["à", "À", "in", "In"]
        .iter()
        .any(|preposition| head.strip_suffix(preposition).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// Returns whether a name of a place ends before `rest`: a mark follows, or a word that joins no name to it.
fn ends_place(rest: &str) -> bool {
    let Some(next) = rest.strip_prefix(letters::SPACES) else { return !rest.starts_with(['\'', '’', '-', '&']) };
    let word = &next[..next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len())];
    let joins = ["and", "et", "or", "ou"].contains(&word);
    word.is_empty() && !next.starts_with('&')
        || !joins && word.starts_with(char::is_lowercase) && (words::is_of(word) || words::is_opener(word))
}

/// Returns whether a text begins with a country that stands apart: `France (AFP)`, `South Korea, `.
fn begins_with_country(text: &str) -> bool {
    let end = text.char_indices().take(COUNTRY).find(|(_, c)| matches!(c, ',' | '.' | ';' | '(' | ')' | '\n'));
    let Some(end) = end.map(|(at, _)| at).or((text.len() < COUNTRY).then_some(text.len())) else { return false };
    let country = text[..end].trim_end();
    let mut parts = country.split(' ').rev();
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    parts.next().is_some_and(|last| is_name(last) && words::is_country(last)) && parts.all(is_name)
}

/// Returns whether a name is the place where a report opens: `before` ends, and `after` begins, at the name.
pub(super) fn opens_report(before: &str, after: &str) -> bool {
    if !(before.is_empty() || before.ends_with('\n')) {
        return false;
    }
    let line = after.split('\n').next().unwrap_or_default();
    let Some((place, (agency, rest))) =
        line.split_once('(').and_then(|(place, rest)| Some((place, rest.split_once(')')?)))
    else {
        return false;
    };
    let is_agency = !agency.is_empty()
        && agency.len() <= 30
        && agency.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '-'));
    let is_wired = rest.trim_start_matches(letters::SPACES).starts_with(['-', '–', '—']);
    // `PHOENIX (AP) —`
    if place.trim_end().is_empty() {
        return is_wired && dateline::is_agency(agency);
    }
    let Some(told) = place.trim_end().strip_prefix(", ") else { return false };
    let last = told.rsplit([' ', ',']).next().unwrap_or_default();
    let is_day =
        last.starts_with(|c: char| c.is_ascii_digit()) && last.len() <= 4 || words::is_date(last) || is_month(last);
    place.len() <= DATELINE && is_agency && is_wired && (is_day || is_town(place.trim_end(), true))
}

fn is_month(word: &str) -> bool {
    let word = fold(&word.to_lowercase());
    MONTHS.iter().any(|names| names.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_or_a_department_makes_a_town() {
        for text in [
            ", Delaware,",
            ", Delaware.",
            ", New York, makes",
            ", California with his wife",
            ", Connecticut (Agency) -",
            ", Conn. (Agency) -",
            ", Ontario",
            ", N.J., said",
        ] {
            assert!(is_town(text, false), "{text}");
        }
        for text in [
            "",
            " Delaware",
            ", Texas Instruments and",
            ", California’s",
            ", New York and",
            ", Washington & Co",
            ", Indianapolis",
            ", France,",
            ", dans le Vaucluse,",
            ", Washington agreed",
        ] {
            assert!(!is_town(text, false), "{text}");
        }
        for text in [", France (AFP)", ", South Korea, said", ", dans le Vaucluse,", " (Vosges)", ", en Haute-Savoie."]
        {
            assert!(is_town(text, true), "{text}");
        }
        for text in
            [", France and", ", France Télécom,", ", en Espagne,", " (Bourse)", ", France’s", ", dans le Nordeste"]
        {
            assert!(!is_town(text, true), "{text}");
        }
    }

    #[test]
    fn one_is_in_a_town_and_sells_to_a_company() {
        assert!(is_sited("À ") && is_sited("On enquête à ") && is_sited("He lives in "));
        assert!(
            !is_sited("") && !is_sited("vendu l'usine à ") && !is_sited("la cession du site à ") && !is_sited("voilà ")
        );
    }

    #[test]
    fn a_report_opens_with_its_place() {
        for after in [
            " (Reuters) -",
            ", May 3 (Reuters) - Leaders",
            ", 3 mai (Agence) – Les",
            ", France (Agency) -",
            ", le 3 mai 2024 (AFP) —",
        ] {
            assert!(opens_report("", after) && opens_report("a\n", after) && !opens_report("a ", after), "{after}");
        }
        for after in
            ["", " (Nasdaq) -", ", Inc (Nasdaq) -", ", May 3, said", ", May 3 (Reuters) said", ", May 3 (NYSE: A) -"]
        {
            assert!(!opens_report("", after), "{after}");
        }
    }
}
