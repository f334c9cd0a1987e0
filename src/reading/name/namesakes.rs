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
    ] {
        check(&format!("They once met some friends at the {name}, and were glad."), Language::English, &[]);
    }
    none(Language::French, &["À l'Allianz Riviera, il pleut.", "L'université Macquarie de Sydney a publié une étude."]);
    none(Language::English, &["The law firm Goodwin Procter advised the buyers."]);
    check("Equinix Data Center workers met.", Language::English, &["Equinix=EQIX"]);
    check("They say that the Microsoft Watch Series IV is out.", Language::English, &["Microsoft=MSFT"]);
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
