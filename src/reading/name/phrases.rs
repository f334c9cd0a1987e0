//! Names in the phrases of news that companies alone stand in: a column of cases, with ordinary words in the same phrases.

use super::tests::check;
use super::*;

/// The names of companies that a headline has.
fn of_headline(headline: &str, language: Language) -> Vec<&str> {
    of_headline_and(headline, "Un texte.", language)
}

/// The names of companies that a headline has above a text.
fn of_headline_and<'a>(headline: &'a str, text: &str, language: Language) -> Vec<&'a str> {
    let known = Known { companies: &FxHashSet::default(), given: &[], at: None, language };
    let (found, _) = read(headline, text, &known);
    found.iter().filter(|name| name.accepted).map(|name| &headline[name.start..name.end]).collect()
}

#[test]
fn a_name_before_a_colon_heads_its_business() {
    for (headline, name) in [
        ("Orange : bénéfice net en hausse de 12 %", "Orange"),
        ("Carrefour : le chiffre d'affaires progresse de 2 % au premier trimestre", "Carrefour"),
        ("Casino : la dette sera restructurée", "Casino"),
        ("Euronext : hausse des volumes en juin", "Euronext"),
    ] {
        assert_eq!(of_headline(headline, Language::French), [name], "{headline}");
    }
    assert_eq!(of_headline("Delta: profit up 12%", Language::English), ["Delta"]);
    for headline in [
        "Carrefour dangereux : trois accidents",
        "Total : 12 blessés",
        "Total : 3 millions d'euros de dégâts",
        "Orange : les habitants manifestent",
        "Orange : les résultats du premier tour",
        "Casino : 300 joueurs au tournoi",
        "Visa : les règles changent pour les étudiants",
    ] {
        assert!(of_headline(headline, Language::French).is_empty(), "{headline}");
    }
    for headline in ["Next: a busy week for markets", "Total: $3 million", "Next: earnings season"] {
        assert!(of_headline(headline, Language::English).is_empty(), "{headline}");
    }
}

/// The names of companies that a headline and its text have, each once.
fn of_both<'a>(headline: &'a str, text: &'a str, language: Language) -> Vec<&'a str> {
    let known = Known { companies: &FxHashSet::default(), given: &[], at: None, language };
    let (in_headline, in_text) = read(headline, text, &known);
    let found = [(in_headline, headline), (in_text, text)];
    let names = found
        .iter()
        .flat_map(|(found, text)| found.iter().filter(|name| name.accepted).map(|name| &text[name.start..name.end]));
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn verbs_of_prices_tell_shares() {
    for (text, names) in [
        ("Orange prend 2,3%, Carrefour 1,4% et Safran 1%.", &["Orange=ORA", "Carrefour=CA", "Safran=SAF"][..]),
        ("Hier, Carrefour prend 4% après ses ventes.", &["Carrefour=CA"]),
        ("Rubis s'adjuge 3% à 28 euros.", &["Rubis=RUI"]),
        ("À Paris, Safran lâche 1,1%, Thales 2%.", &["Safran=SAF", "Thales=HO"]),
        ("Le Casino perd 3% à la mi-saison.", &[]),
        ("Claude Perrier grimpe de 2%.", &[]),
        ("Thales s'envole.", &["Thales=HO"]),
        ("Michelin s'attend à un rebond.", &["Michelin=ML"]),
        ("Michelin rappelle 500.000 pneus.", &["Michelin=ML"]),
    ] {
        check(text, Language::French, names);
    }
    check("Dow gained 3%.", Language::English, &[]);
    check("Santander was cancelled.", Language::English, &[]);
}

#[test]
fn lines_of_lists_tell_shares() {
    for (text, names) in [
        ("ACCOR : +3,4%\nORANGE : +2,1%\n- Safran : -1,7%", &["ACCOR=AC", "ORANGE=ORA", "Safran=SAF"][..]),
        ("ORANGE 14,20 EUR +2,1%\nCARREFOUR 12,10 EUR -1,9%", &["ORANGE=ORA", "CARREFOUR=CA"]),
        ("VEOLIA ENVIRON. 29,40 +0,10%\nEUROFINS SCIENT. 61,70 +0,66%", &["VEOLIA=VIE", "EUROFINS=ERF"]),
        ("Visa | V | 340.10\nFord\tF\t11.20", &["Visa=V", "Ford=F"]),
        ("Mardi : Orange (résultats trimestriels, avant Bourse)", &["Orange=ORA"]),
        ("Mercredi 3 juin : Safran, Casino, Rubis", &["Safran=SAF", "Casino=CO", "Rubis=RUI"]),
        ("À voir : Safran, Casino, Rubis", &[]),
        ("Le marché\n- Orange : neutre, objectif 14 euros", &["Orange=ORA"]),
        ("Le marché\nCasino : Kepler Cheuvreux à vendre", &["Casino=CO"]),
        ("Orange : maison à vendre\nTotal : 12 blessés", &[]),
        ("Visa | pour | 3 mois", &[]),
        ("Paris : +0,4%\nNasdaq : +1,2%\nDow (+0,5%)", &[]),
        ("ORANGE SCIENT. 29", &[]),
    ] {
        check(text, Language::French, names);
    }
    check("Citi cut Gap to Neutral.", Language::English, &["Citi=C", "Gap=GAP"]);
    assert_eq!(
        of_headline("Citi Cut Gap to Neutral, Raised Ross Stores", Language::English),
        ["Citi", "Gap", "Ross Stores"]
    );
}

#[test]
fn plain_news_of_companies_with_the_names_of_words() {
    for (headline, text, names) in [
        ("Safran rachète Zodiac", "Rien.", &["Safran"][..]),
        ("Safran rachète un spécialiste des capteurs", "Rien.", &["Safran"]),
        ("Des alternants", "Orange prévoit de recruter. L'opérateur en a formé.", &["Orange"]),
        ("Orange va embaucher 2.000 alternants", "Rien.", &["Orange"]),
        ("Free attaque Orange devant la justice", "Rien.", &["Orange"]),
        ("Panne : Orange présente ses excuses", "Orange présente ses excuses.", &["Orange"]),
        ("Total prolonge la remise", "Total prolonge la remise.", &["Total"]),
        ("Leonardo et Thales : les négociations avancent", "Rien.", &["Leonardo", "Thales"]),
        ("Delta annule 600 vols", "Rien.", &["Delta"]),
        ("Dow ferme trois usines", "Rien.", &["Dow"]),
        ("Safran offre 29 euros par action", "Rien.", &["Safran"]),
        ("Une panne", "Orange s'est engagé à indemniser ses clients.", &["Orange"]),
        (
            "Bourse de Paris : le point",
            "Dans le vert, Orange, Carrefour et Safran.",
            &["Carrefour", "Orange", "Safran"],
        ),
        ("Rien", "Dans les stations Total, le litre reste à deux euros.", &["Total"]),
        // What towns, casinos and indices do.
        ("Orange ferme deux écoles", "Orange ferme deux écoles, dit le maire.", &[]),
        ("Orange présente son budget", "Orange présente son budget. Les habitants votent.", &[]),
        ("Orange choisit une équipe", "Orange choisit une équipe. À Orange, la pluie.", &[]),
        ("Orange relève les tarifs de la cantine", "Rien.", &[]),
        ("Casino offre 20 euros", "Rien.", &[]),
        ("Orange prévoit une fête", "Le groupe de rock jouera.", &[]),
        ("Dow glisse, 500 emplois perdus", "Rien.", &[]),
    ] {
        assert_eq!(of_both(headline, text, Language::French), names, "{headline}");
    }
    for (headline, names) in [
        ("Currys lifts outlook again", &["Currys"][..]),
        ("Dow to cut 4,000 jobs", &["Dow"]),
        ("Delta and United raise bag fees", &["Delta"]),
        ("Employers lift outlook again", &[]),
        ("Dow slides 300 points as jobs fall", &[]),
    ] {
        assert_eq!(of_both(headline, "Nothing.", Language::English), names, "{headline}");
    }
}

#[test]
fn what_its_sentence_tells_is_surer_beside_a_company() {
    let (headline, text) = ("Visa, Mastercard settle suit", "Visa and Mastercard agreed to lower fees.");
    assert_eq!(of_headline_and(headline, text, Language::English), ["Visa", "Mastercard"]);
}

#[test]
fn a_legal_form_makes_a_company_of_what_opens_a_sentence() {
    check("Orange S.A. a publié ses comptes.", Language::French, &["Orange=ORA"]);
    check("Casino S.A. était au tribunal.", Language::French, &["Casino=CO"]);
    check("Visa, Inc. was named.", Language::English, &["Visa=V"]);
    check("He met Gap, Inc. there.", Language::English, &["Gap=GAP"]);
    check("Visa, in April, was named.", Language::English, &[]);
    check("Casino, groupe de rock, joue.", Language::French, &[]);
    check("Next Systems are ready.", Language::English, &[]);
    check("Le Casino, SE de la ville, ouvre.", Language::French, &[]);
}

#[test]
fn who_speaks_to_the_press_is_a_company() {
    for text in [
        "Shell did not respond to a request for comment.",
        "Shell declined to comment.",
        "Shell could not be reached for comment.",
        "\"We will appeal,\" Shell said in a statement.",
        "In a statement, Shell said it would appeal.",
    ] {
        check(text, Language::English, &["Shell=SHEL"]);
    }
    check("Casino n'a pas souhaité faire de commentaire.", Language::French, &["Casino=CO"]);
    check("Contacté, Orange n'a pas réagi.", Language::French, &["Orange=ORA"]);
    check("Harrison Ford is 82. Ford declined to comment.", Language::English, &[]);
    check("Employers declined to comment.", Language::English, &[]);
    check("The Gap declined to 5 percent.", Language::English, &[]);
    check("Le Casino n'a pas souhaité rouvrir.", Language::French, &[]);
}

#[test]
fn what_companies_do_is_told_in_several_words() {
    for (text, name) in [
        ("Orange cède ses activités italiennes.", "Orange=ORA"),
        ("Casino est en discussions exclusives pour racheter un rival.", "Casino=CO"),
        ("Casino songerait à vendre sa filiale.", "Casino=CO"),
        ("Rubis vient d'annoncer un accord.", "Rubis=RUI"),
        ("Carrefour s'apprête à fermer deux sites.", "Carrefour=CA"),
        ("Carrefour entre en négociations exclusives avec un fonds.", "Carrefour=CA"),
        ("Orange envisage de supprimer 300 postes.", "Orange=ORA"),
        ("Casino pourrait être racheté par un fonds.", "Casino=CO"),
        ("Casino dans le viseur de Bruxelles.", "Casino=CO"),
    ] {
        check(text, Language::French, &[name]);
    }
    for text in [
        "Casino est en travaux.",
        "Orange vient de fêter ses cent ans.",
        "Casino pourrait être fermé.",
        "Carrefour dans le brouillard.",
        "Total vient d'un mot latin.",
        "Orange s'apprête à fêter deux saints.",
        "Le Casino s'apprête à fermer deux sites.",
    ] {
        check(text, Language::French, &[]);
    }
    for (text, name) in [
        ("Target is in talks to buy a smaller rival, two people said.", "Target=TGT"),
        ("Shell has agreed to sell its Singapore refinery.", "Shell=SHEL"),
        ("Block beats estimates", "Block=XYZ"),
        ("Merck asked a court to block the ruling.", "Merck=MRK"),
        ("Bayer asked the Supreme Court to decide.", "Bayer=BAYN"),
        ("Prudential's Asian sales rose.", "Prudential=PRU"),
        ("Visa asked a court to block the ruling.", "Visa=V"),
    ] {
        check(text, Language::English, &[name]);
    }
    for text in [
        "Block parties beat estimates.",
        "Visa is in the mail.",
        "Total has agreed to be calm.",
        "Shell is in the water.",
        "Martha asked a court for a Visa.",
    ] {
        check(text, Language::English, &[]);
    }
    check("Lululemon slid; Gap sank.", Language::English, &["Lululemon=LULU", "Gap=GAP"]);
    check("Lululemon slid; Next came rain.", Language::English, &["Lululemon=LULU"]);
}

#[test]
fn what_is_told_of_companies_stands_around_them() {
    for (text, name) in [
        ("Target, which employs 40,000 people, will close two sites.", "Target=TGT"),
        ("Regulators are investigating Visa over pricing.", "Visa=V"),
        ("Strike at Shell enters third week", "Shell=SHEL"),
        ("He joined from Target, where he ran marketing.", "Target=TGT"),
        ("The deal gives Visa a foothold in Asia.", "Visa=V"),
    ] {
        check(text, Language::English, &[name]);
    }
    for text in [
        "A strike at Delta hospital.",
        "The strike in Orange enters its third week.",
        "A Visa, which has rules, is dear.",
        "She gives Visa a try.",
    ] {
        check(text, Language::English, &[]);
    }
    for (text, name) in [
        ("Casino, qui emploie 40.000 personnes, a peur.", "Casino=CO"),
        ("L'Autorité de la concurrence enquête sur Casino.", "Casino=CO"),
        ("Un sous-traitant de Safran a fait faillite.", "Safran=SAF"),
        ("Les syndicats de Carrefour appellent à la grève.", "Carrefour=CA"),
        ("Selon Safran, la demande reste solide.", "Safran=SAF"),
        ("Il a quitté Orange pour diriger un fonds.", "Orange=ORA"),
    ] {
        check(text, Language::French, &[name]);
    }
    for text in [
        "Orange, qui compte 29.000 habitants, a peur.",
        "Une enquête sur Orange et ses remparts.",
        "Il a quitté Orange pour la mer.",
        "Selon la mairie d'Orange, la fête aura lieu.",
    ] {
        check(text, Language::French, &[]);
    }
}

#[test]
fn short_forms_are_those_of_news() {
    for (name, symbol) in [
        ("Rolls", "RR"),
        ("Anglo", "AAL"),
        ("VF", "VFC"),
        ("TI", "TXN"),
        ("BPM", "BAMI"),
        ("Hargreaves", "HL"),
        ("Dr Pepper", "KDP"),
        ("Albertsons", "ACI"),
        ("Gaztransport", "GTT"),
        ("Séché", "SCHP"),
        ("Teleperf", "TEP"),
        ("Rothschild", "ROTH"),
        ("Viel", "VIL"),
        ("Focus Entertainment", "ALPUL"),
    ] {
        check(&format!("Shares of {name} rose 3 percent."), Language::English, &[&format!("{name}={symbol}")]);
        check(&format!("L'action {name} gagne 3 %."), Language::French, &[&format!("{name}={symbol}")]);
    }
    check("Rolls of paper and profit.", Language::English, &[]);
    check("Shares of Anglo-Dutch groups rose.", Language::English, &[]);
    check("Anglo relations with the bank.", Language::English, &[]);
    check("Le baron de Rothschild a vendu. Un film en VF.", Language::French, &[]);
}
