//! Names that are not those of the company: persons, places and other bodies; columns of cases.

use super::tests::check;
use super::*;

/// Checks texts that name no company.
fn none(language: Language, texts: &[&str]) {
    texts.iter().for_each(|text| check(text, language, &[]));
}

#[test]
fn a_person_does_what_companies_do() {
    none(
        Language::English,
        &[
            "Susan Dell said taxes should rise.",
            "Klaus Schwab announced his retirement.",
            "Kevin Roche won the race.",
            "George W. Dell said so.",
            "The company's spokesman Robert Roche said so.",
            "Company founder Michael Dell said so.",
            "LISA GOLDMAN, ANALYST, said stocks fell.",
            "JOHN ABBOTT, ANALYST, said stocks fell.",
        ],
    );
    none(
        Language::French,
        &[
            "Paul Renault a vendu sa maison.",
            "Sophie Peugeot a ouvert une école.",
            "Laurent Dupont a déclaré sa flamme.",
            "On dit que Me Faure-Roche a plaidé la relaxe.",
            "On dit que Faure-Roche a plaidé la relaxe.",
        ],
    );
    check("Chicago-based Boeing said so.", Language::English, &["Boeing=BA"]);
    check("On Tuesday Boeing said so.", Language::English, &["Boeing=BA"]);
    check("STOCKS RISE AS BOEING SAID PROFIT ROSE", Language::English, &["BOEING=BA"]);
    check("BOEING SHARES RISE", Language::English, &["BOEING=BA"]);
    check("Le duo Airbus-Boeing domine.", Language::French, &["Airbus=AIR", "Boeing=BA"]);
}

#[test]
fn who_is_first_named_as_a_person_stays_one() {
    check("Susan Dell won the race. Dell said she was glad.", Language::English, &[]);
    check("M. Roche a plaidé. Roche a quitté la salle.", Language::French, &[]);
    check("VIDÉO - Sur Facebook, on s'alarme.", Language::French, &["Facebook=META"]);
    check("Le ministre Bruno Le Maire sur Facebook.", Language::French, &["Facebook=META"]);
    check("Le bus est de Stuttgart.La Honda arrive. Honda rit.", Language::French, &["Honda=7267", "Honda=7267"]);
    check("La Soirée Audi fut belle. Audi chante.", Language::French, &["Audi=VOW3"]);
    check("Nouvelle Honda en vue. Honda rit.", Language::French, &["Honda=7267", "Honda=7267"]);
    check("Michael Dell spoke. Shares of Dell rose.", Language::English, &["Dell=DELL"]);
    check(
        "Michael Dell spoke. Dell Technologies rose. Dell said so.",
        Language::English,
        &["Dell Technologies=DELL", "Dell=DELL"],
    );
    check("Dell rose. Michael Dell spoke. Dell said so.", Language::English, &["Dell=DELL", "Dell=DELL"]);
}

/// Checks which names of a headline and its text are taken.
fn check_article(headline: &str, text: &str, language: Language, expected: &[&str]) {
    let companies = FxHashSet::default();
    let (in_headline, in_text) = read(headline, text, &Known { companies: &companies, given: &[], at: None, language });
    let taken = |found: Vec<Candidate>| found.into_iter().filter(|it| it.accepted).map(|it| it.owner.symbol);
    let names: Vec<&str> = taken(in_headline).chain(taken(in_text)).collect();
    assert_eq!(names, expected, "{headline} / {text}");
}

#[test]
fn a_headline_means_whom_the_text_names() {
    for (headline, text) in [
        ("Renault élue à Vesoul", "La maire Claire Renault a été élue."),
        ("Renault raconte", "Le romancier Paul Renault publie un livre. Renault y parle de la mer."),
        ("Bouygues gagne à Rennes", "Léa Bouygues, nageuse, a gagné. Léa Bouygues sourit."),
        ("Michelin se marie", "Le comédien Jean Michelin se marie."),
    ] {
        check_article(headline, text, Language::French, &[]);
    }
    for (headline, text) in [
        ("Boeing hits a century", "Tom Boeing hit a century. Boeing said he was glad."),
        ("Schwab quits choir", "Anna Schwab will quit the choir."),
    ] {
        check_article(headline, text, Language::English, &[]);
    }
    let sale = "Martin Bouygues s'est réjoui de la vente. Bouygues sourit.";
    check_article("Bouygues cède une filiale à un groupe", sale, Language::French, &["EN", "EN"]);
    let seat = "Martin Bouygues quitte la présidence de Bouygues.";
    check_article("Bouygues : Martin Bouygues s'en va", seat, Language::French, &["EN", "EN"]);
    check_article("Boeing shares fall", "Tom Boeing sold them.", Language::English, &["BA"]);
    check_article("Boeing waits", "It rains. Boeing waits. Tom Boeing waits.", Language::English, &["BA", "BA"]);
}

#[test]
fn a_town_keeps_its_name() {
    for (headline, text) in [
        ("Saint-Gobain : le maire démissionne", "Le maire de Saint-Gobain, dans l'Aisne, a démissionné."),
        ("Prières", "À Saint-Gobain (Aisne), on prie."),
        ("Crue", "À Vittel, la rivière déborde. La ville de Vittel ouvre un gymnase. Vittel nettoie."),
        ("Enquête", "On enquête à Bassac, en Charente."),
    ] {
        check_article(headline, text, Language::French, &[]);
    }
    for text in ["WHEATON, Ill. (AP) - Wheaton schools closed.", "PHOENIX (AP) — Phoenix raised water rates by 6%."] {
        check_article("Schools", text, Language::English, &[]);
    }
    let both = "PHOENIX (AP) — Shares of Phoenix Group fell 3%.";
    check_article("Schools", both, Language::English, &["PHNX"]);
    check_article("Usine", "L'usine Saint-Gobain (Aisne) ferme.", Language::French, &["SGO"]);
    let site = "Le site est vendu à Forvia, en Moselle. Forvia investira 10 millions.";
    check_article("Usine", site, Language::French, &["FRVIA", "FRVIA"]);
    let plant = "Le maire de Saint-Gobain a visité l'usine du groupe Saint-Gobain. Saint-Gobain recrute.";
    check_article("Usine", plant, Language::French, &["SGO", "SGO"]);
}

#[test]
fn a_thing_keeps_its_name() {
    let fair = "Carrefour des métiers : 5.000 lycéens ont visité le salon. Carrefour présente 80 entreprises.";
    check_article("Salon", fair, Language::French, &[]);
    let both = "Le Carrefour des métiers ouvre. Le groupe Carrefour y recrute. Carrefour présente 80 entreprises.";
    let owner = "Casino de Paul Petit est endetté. Casino va céder 300 magasins à un concurrent.";
    check_article("Salon", owner, Language::French, &["CO"]);
    check_article("Salon", both, Language::French, &["CA", "CA"]);
}

#[test]
fn what_is_reflexive_is_no_form_of_company() {
    let texts = ["Suez se souvient.", "Santander se mobilise.", "Vinci se visite.", "Legrand se dit innocent."];
    none(Language::French, &texts);
    check("Hermès SA recrute.", Language::French, &["Hermès=RMS"]);
}

#[test]
fn titles_offices_and_ages_are_of_persons() {
    for title in ["Mr.", "Mr", "Mrs.", "Dr.", "Gov.", "Sen.", "Rep.", "Prof.", "Gen.", "former governor", "coach"] {
        check(&format!("Then {title} Roche said so."), Language::English, &[]);
    }
    for title in ["M.", "Me", "le député", "le juge", "le procureur", "l’avocat", "l’ex-ministre", "le colonel"] {
        check(&format!("Hier, {title} Renault a parlé du marché aux entreprises."), Language::French, &[]);
    }
    none(
        Language::French,
        &["M. Dupont-Aignan a quitté la salle.", "Elia, 21 ans, cherche un emploi dans une entreprise."],
    );
    none(Language::English, &["Attorney General AG Barr spoke.", "Roche, 45, said so."]);
    check("Then the goddess Nike and the god Vulcan sat down.", Language::English, &[]);
    check("Le tribunal juge Renault coupable.", Language::French, &["Renault=RNO"]);
    check("Le constructeur Renault recrute.", Language::French, &["Renault=RNO"]);
    check("Mr. Roche met the chairman of Roche Holding.", Language::English, &["Roche Holding=ROG"]);
}

#[test]
fn the_tail_of_a_longer_name_is_another() {
    none(
        Language::English,
        &[
            "The Central Bank of Ireland fined a broker.",
            "The People's Bank of China cut its reserve ratio.",
            "The Export-Import Bank of China lent money.",
            "The Federal Reserve Bank of New York will publish its survey.",
            "Reserve Bank of India held rates.",
            "Phoenix Partners Group hired a trader.",
            "The fund D.E. Shaw Group hired a trader.",
            "Red Hot Chili Peppers played once more, and people sang.",
        ],
    );
    check("Former Merrill Lynch bankers spoke.", Language::English, &["Merrill Lynch=MER"]);
    check("On Monday Bank of America said so.", Language::English, &["Bank of America=BAC"]);
    check("Rival Bank of America said so.", Language::English, &["Bank of America=BAC"]);
    check("Lender Bank of Ireland lent money.", Language::English, &["Bank of Ireland=BIRG"]);
    check("China's Bank of China lent money.", Language::English, &["Bank of China=3988"]);
    check("He sold Bank of America.", Language::English, &["Bank of America=BAC"]);
}

#[test]
fn a_town_stands_before_its_state() {
    none(
        Language::English,
        &[
            "HARTFORD, Connecticut (Agency) - A former executive was sentenced.",
            "ROGERS, Ark. (Agency) - A former executive was sentenced.",
            "EVIAN, May 3 (Agency) - Leaders of companies met.",
            "A broker from Berkeley, California, holds shares.",
            "The company's office in Dover, Delaware, is small.",
            "A plant in Corning, New York, makes glass.",
            "He lives in Palo Alto, California with his wife.",
        ],
    );
    none(
        Language::French,
        &[
            "Une usine d'Orange, dans le Vaucluse, a brûlé.",
            "Le sommet du G7 à Evian réunira sept dirigeants.",
            "Le maire de Vittel et celui d'Evian ont protesté.",
            "La ville de Saint-Laurent du Maroni est calme.",
        ],
    );
    check("Renault, dans le Nord, supprime 500 postes.", Language::French, &["Renault=RNO"]);
    check(
        "Boeing, Texas Instruments and Intel rose.",
        Language::English,
        &["Boeing=BA", "Texas Instruments=TXN", "Intel=INTC"],
    );
    check("Le groupe Evian vend son eau.", Language::French, &["Evian=BN"]);
}

#[test]
fn grounds_events_and_schools_bear_names() {
    for name in [
        "Barclays Center",
        "Wells Fargo Center",
        "T-Mobile Park",
        "Allianz Field",
        "Intuit Dome",
        "Ericsson Globe",
        "BNP Paribas Open",
        "Honda Classic",
        "Valero Texas Open",
        "Volvo Ocean Race",
        "Darden School of Business",
        "Solvay Business School",
        "AT&T Pebble Beach Pro-Am",
        "Capital One Orange Bowl",
        "RBC Heritage",
        "NatWest T20 Blast",
        "Fiserv Forum",
        "Vesuvius Challenge",
    ] {
        check(&format!("They once met some friends at the {name}, and were glad."), Language::English, &[]);
    }
    none(Language::French, &["À l'Allianz Riviera, il pleut.", "L'université Macquarie de Sydney a publié une étude."]);
    none(
        Language::French,
        &[
            "Lens mène la Ligue 1 McDonald's.",
            "L'Arkema Première Ligue reprend, comme l'Euroligue Turkish Airlines.",
            "La Fondation EDF, la Fondation BNP Paribas et la Fondation Louis Vuitton exposent.",
            "Le prix Bouygues va à un lycéen, et la chaire Axa à Nevers.",
            "Le skipper de Virbac et le monocoque Holcim arrivent.",
        ],
    );
    check("La banque coupe EDF de ses clients.", Language::French, &["EDF=EDF"]);
    none(Language::English, &["The law firm Goodwin Procter advised the buyers.", "They won at Amerant Bank Arena."]);
    check("Equinix Data Center workers met.", Language::English, &["Equinix=EQIX"]);
    check("They say that the Microsoft Watch Series IV is out.", Language::English, &["Microsoft=MSFT"]);
}

#[test]
fn another_trade_makes_another_company() {
    let shares = |name: &str, expected: &[&str]| {
        check_article("Markets", &format!("Shares of {name} rose 3% on Monday."), Language::English, expected);
    };
    for name in
        ["Vulcan Energy", "Lundin Gold", "Frontier Communications", "SBI Holdings", "Samsung Fire", "Nissan Chemical"]
    {
        shares(name, &[]);
    }
    shares("Vulcan Materials", &["VMC"]);
    shares("Lundin", &["LUN"]);
    shares("Barclays Securities", &["BARC"]);
    check("Ford Financial Services lends to buyers of cars.", Language::English, &["Ford=F"]);
    check("Mining Giant Vale Cuts Its Output Again", Language::English, &["Vale=VALE3"]);
    check("Vulcan Energy Use Falls As Revenue Rises", Language::English, &[]);
}

#[test]
fn a_subsidiary_is_told_by_its_country() {
    for text in ["Orange Pologne gagne.", "Orange Espagne et Ottera fusionnent.", "Orange Côte d'Ivoire investit."] {
        check_article("Télécoms", text, Language::French, &["ORA"]);
    }
    check_article("Carrefour Brésil quitte la Bourse", "Il pleut.", Language::French, &["CA"]);
    let others = ["Une Visa Canada est requise.", "Le Casino Espagne brille.", "Visa Chine : comment l'obtenir"];
    none(Language::French, &others);
    check_article("Trade", "Target China, the senator told his friends.", Language::English, &[]);
    check_article("Trade", "A trip to Continental Europe.", Language::English, &[]);
}

#[test]
fn a_fund_is_not_its_manager() {
    let funds = "The BlackRock Strategic Income fund and a JPMorgan Equity Income ETF fell.";
    check_article("Markets", funds, Language::English, &[]);
    let security = "Shares of Invesco QQQ (NASDAQ: QQQ) rose, and Apple AAPL (NASDAQ: AAPL) fell.";
    check_article("Markets", security, Language::English, &["AAPL"]);
    check("A BlackRock fund fell.", Language::English, &["BlackRock=BLK"]);
}

#[test]
fn towns_and_rivers_have_their_own() {
    let of_towns =
        ["Roper River rose.", "Fairfax County schools closed.", "Northland mayor Ann Hill spoke of business."];
    none(Language::English, &of_towns);
    none(Language::French, &["L'huile d'Argan plaît.", "Helvetia orne la pièce."]);
    check("Fairfax said its profit rose.", Language::English, &["Fairfax=FFH"]);
}

#[test]
fn words_and_acronyms_are_no_companies() {
    none(
        Language::French,
        &[
            "Le gouvernement va relever le Smic de 2 % en novembre.",
            "La hausse du SMIC coûte aux entreprises.",
            "Cerner les besoins des ménages reste difficile pour les entreprises.",
            "Il a fait 40 degrés Celsius et les ventes de glaces ont bondi.",
            "L'indice PMI est tombé à 47,1 et le marché recule.",
            "Antoine Dupont est forfait. Dupont souffre du genou.",
        ],
    );
    none(
        Language::English,
        &["A new U.S. Strategy for chips was unveiled.", "The American Target in the region is Iran."],
    );
    check("Chinese chipmaker SMIC said revenue rose.", Language::English, &["SMIC=0981"]);
    check("DuPont said so.", Language::English, &["DuPont=DD"]);
    check("Dupont said profit rose.", Language::English, &["Dupont=DD"]);
    check("The French Orange said profit rose.", Language::English, &["Orange=ORA"]);
}

#[test]
fn a_name_in_full_is_the_company_and_no_note_of_it() {
    check("Credit Suisse AG cut jobs.", Language::English, &["Credit Suisse AG=CSGN"]);
    check("Deutsche Bank Aktiengesellschaft was fined.", Language::English, &["Deutsche Bank=DBK"]);
    check("Germany's Sartorius reported results.", Language::English, &["Sartorius=SRT3"]);
    check("Le français Sartorius publie un bénéfice.", Language::French, &["Sartorius=DIM"]);
}
