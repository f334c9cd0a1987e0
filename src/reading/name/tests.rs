//! Names in sentences: a column of cases.

use super::*;

pub(super) fn check(text: &str, language: Language, expected: &[&str]) {
    let companies = FxHashSet::default();
    let known = Known { companies: &companies, given: &[], at: None, language };
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
fn accents_may_stand_apart_from_their_letters() {
    check(
        "La Socie\u{301}te\u{301} Ge\u{301}ne\u{301}rale et L\u{2019}Ore\u{301}al",
        Language::French,
        &["Socie\u{301}te\u{301} Ge\u{301}ne\u{301}rale=GLE", "L\u{2019}Ore\u{301}al=OR"],
    );
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
    check("Gap, Target and Visa led the market.", Language::English, &["Gap=GAP", "Target=TGT", "Visa=V"]);
    check("Gap, Target and Visa are words.", Language::English, &[]);
    check("Gap and Target led the market.", Language::English, &[]);
    let row = "Parmi les baisses figurent Safran, Orange et Carrefour.";
    check(row, Language::French, &["Safran=SAF", "Orange=ORA", "Carrefour=CA"]);
    check("Il pleut à Orange, Target et Gap. Les rues d'Orange, Gap et Target.", Language::French, &[]);
    check("Orange, Target et Gap sont des mots.", Language::French, &[]);
}

#[test]
fn the_subject_of_a_sentence_needs_no_article_if_it_is_a_company() {
    check("Gap said sales rose.", Language::English, &["Gap=GAP"]);
    check("Orange a publié un bénéfice en hausse.", Language::French, &["Orange=ORA"]);
    check("Employers said sales rose.", Language::English, &[]);
    check("Dow rose as sales did.", Language::English, &[]);
    check("Gap years are long, and sales rose.", Language::English, &[]);
    check("Orange sur orange, la hausse des couleurs.", Language::French, &[]);
}

#[test]
fn what_companies_do_is_told_in_many_words() {
    check("Orange affiche un bénéfice net de deux milliards.", Language::French, &["Orange=ORA"]);
    check("Pourquoi Orange chute en Bourse, malgré un bénéfice net.", Language::French, &["Orange=ORA"]);
    check("Target appoints a chief executive as profit falls.", Language::English, &["Target=TGT"]);
    check("Why Target shares fell.", Language::English, &["Target=TGT"]);
    check("The index rose as Dow nears a record of the market.", Language::English, &[]);
}

#[test]
fn an_adjective_before_an_ordinary_noun_is_no_company() {
    check("Total sales rose 4 percent in the quarter.", Language::English, &[]);
    check("Next results are due in the quarter.", Language::English, &[]);
    check("Total shares rose 4 percent in the quarter.", Language::English, &["Total=TTE"]);
    check("Target sales rose 4 percent.", Language::English, &["Target=TGT"]);
    check("Shell companies are used for fraud, police said of the market.", Language::English, &[]);
}

#[test]
fn initials_hyphens_and_capitals_are_written_in_many_ways() {
    for name in ["J.P. Morgan", "J. P. Morgan", "J P Morgan", "JP Morgan", "J.P.Morgan"] {
        check(&format!("Shares in {name} rose 3%."), Language::English, &[&format!("{name}=JPM")]);
    }
    check("L'action Dassault-Systèmes recule de 5 %.", Language::French, &["Dassault-Systèmes=DSY"]);
    for name in ["Établissements", "Etablissements"] {
        let name = format!("Compagnie Générale des {name} Michelin");
        check(&format!("La {name} a publié un bénéfice."), Language::French, &[&format!("{name}=ML")]);
    }
}

#[test]
fn a_period_of_accounts_makes_a_company() {
    check("Amazon Q2 EPS $1.68", Language::English, &["Amazon=AMZN"]);
    check("Ford Q2 net loss $36M.", Language::English, &["Ford=F"]);
    check("Gap fourth-quarter sales were flat.", Language::English, &["Gap=GAP"]);
    check("Orange S1 2025", Language::French, &["Orange=ORA"]);
    check("Casino T1 2025 : ventes en recul", Language::French, &["Casino=CO"]);
    check("Total Q2 exports rose 3% to $80 billion.", Language::English, &[]);
    check("The Next Q2 report of the bank is due.", Language::English, &[]);
    check("The gap in Q1 was the widest, and the target for Q3 was missed.", Language::English, &[]);
    check("Casino de Deauville, T1 2025 : ventes en recul", Language::French, &[]);
    check("Harrison Ford Q2 fan poll", Language::English, &[]);
}

#[test]
fn an_acronym_is_no_second_name() {
    check("Ford EV sales jump", Language::English, &["Ford=F"]);
    check("Amazon UK workers strike", Language::English, &["Amazon=AMZN"]);
    check("Amazon IPO plan", Language::English, &["Amazon=AMZN"]);
    check("Apple AI push stalls", Language::English, &["Apple=AAPL"]);
    check("Shell LNG output rose 3%.", Language::English, &["Shell=SHEL"]);
    check("Total US sales of trucks rose 4% in the quarter.", Language::English, &[]);
    check("Next AI wave lifts stocks of the market.", Language::English, &[]);
    check("Visa US rules cost applicants $250.", Language::English, &[]);
    check("Gerald Ford US history lecture", Language::English, &[]);
    check("Amazon US aid for the forest", Language::English, &[]);
    check("Orange UK County officials met the bank.", Language::English, &[]);
}

#[test]
fn who_cuts_jobs_is_a_company() {
    check("Delta said on Thursday it would cut 500 jobs.", Language::English, &["Delta=DAL"]);
    check("Delta to cut 500 jobs", Language::English, &["Delta=DAL"]);
    check("Dow said it would shed 800 positions.", Language::English, &["Dow=DOW"]);
    check("Alphabet is laying off hundreds of staff.", Language::English, &["Alphabet=GOOGL"]);
    check("Puma said it would lay off 800 shore-side workers.", Language::English, &["Puma=PUM"]);
    check("Safran supprime 500 postes", Language::French, &["Safran=SAF"]);
    check("Rubis va supprimer 50 emplois.", Language::French, &["Rubis=RUI"]);
    check("Casino a présenté un plan d'économies.", Language::French, &["Casino=CO"]);
    check("Total job cuts reached 500.", Language::English, &[]);
    check("Visa cuts would hit tech jobs.", Language::English, &[]);
    check("Next month's jobs report may show layoffs.", Language::English, &[]);
    check("Target of 500 jobs missed.", Language::English, &[]);
    check("Le casino supprime dix postes.", Language::French, &[]);
    check("Le Casino de Deauville emploie 200 salariés.", Language::French, &[]);
    check("Total des postes supprimés : 500.", Language::French, &[]);
    check("La Direction Générale des finances va supprimer 500 postes.", Language::French, &[]);
    check("Rubis vendu 4 millions d'euros aux enchères.", Language::French, &[]);
    check("Visa supprimé : des économies pour le ministre.", Language::French, &[]);
    check("À Orange, 30 postes sont créés. La ville d'Orange crée 40 emplois.", Language::French, &[]);
}

#[test]
fn signs_of_headline_and_text_add_up() {
    let companies = FxHashSet::default();
    let accepted = |headline: &str, text: &str, language| {
        let (found, _) = read(headline, text, &Known { companies: &companies, given: &[], at: None, language });
        found.iter().any(|name| name.accepted)
    };
    for (headline, text) in [
        ("Meta rachète Manus", "Meta va racheter la jeune pousse pour plus de 2 milliards de dollars."),
        ("Orange rachète MasOrange", "Orange va racheter les 50 % de la société."),
        ("Orange ferme", "Orange a annoncé un bénéfice."),
    ] {
        assert!(accepted(headline, text, Language::French), "{headline}");
    }
    for (headline, text) in [
        ("Orange ferme", "La ville a annoncé un bénéfice."),
        ("Orange ferme", "La ville d'Orange a fermé ses écoles."),
        ("Orange en fête", "Orange a annoncé un bénéfice."),
    ] {
        assert!(!accepted(headline, text, Language::French), "{headline}");
    }
}

#[test]
fn who_is_judged_is_a_company() {
    check("Oddo BHF relève son objectif de cours sur Orange de 14 à 15 euros.", Language::French, &["Orange=ORA"]);
    check("Oddo BHF passe à l'achat sur Safran.", Language::French, &["Safran=SAF"]);
    check("Le courtier relève Casino de sous-pondérer à neutre.", Language::French, &["Casino=CO"]);
    check("Berenberg passe Puma à l'achat.", Language::French, &["Puma=PUM"]);
    check("A broker cuts Target to neutral.", Language::English, &["Target=TGT"]);
    check("A broker cut its Gap price target to $98.", Language::English, &["Gap=GAP"]);
    check("Target price is now $98, and the market fell.", Language::English, &[]);
    check("A broker cuts target price to $98.", Language::English, &[]);
    check("The Casino cuts Gap to 5 percent.", Language::English, &[]);
    check("Le maire relève Orange de son sommeil.", Language::French, &[]);
    check("Un objectif : Orange de jour et de nuit.", Language::French, &[]);
    check("La banque relève le plafond de Visa à 500 euros.", Language::French, &[]);
}

#[test]
fn a_person_may_have_a_particle() {
    check("Un dessin de Léonard de Vinci coûte un million d'euros.", Language::French, &[]);
    check("Le PDG de Vinci a parlé du résultat.", Language::French, &["Vinci=DG"]);
    check("Une salariée de Carrefour a témoigné.", Language::French, &["Carrefour=CA"]);
    check("Le courtier reste à l'achat sur Visa.", Language::French, &["Visa=V"]);
}

#[test]
fn a_sentence_may_end_without_a_space() {
    check("Le marché a souffert.Renault a progressé.", Language::French, &["Renault=RNO"]);
    check("See www.Renault.fr and J.Renault there.", Language::English, &[]);
}

#[test]
fn only_a_country_owns_its_companies() {
    check("Germany's Continental opened a school.", Language::English, &["Continental=CON"]);
    check("Martha's Continental breakfast was late.", Language::English, &[]);
    check("The Swedish Crown and the Danish one.", Language::English, &[]);
}

#[test]
fn an_index_is_no_company() {
    check("The MSCI World Index and the Nasdaq Composite fell.", Language::English, &[]);
    check("MSCI World Index funds of MSCI Inc fell.", Language::English, &["MSCI=MSCI"]);
    check("Boeing average pay rose.", Language::English, &["Boeing=BA"]);
    check(
        "Dow Inc fell with the Dow. Among Dow members Boeing rose.",
        Language::English,
        &["Dow Inc=DOW", "Boeing=BA"],
    );
}

#[test]
fn a_word_has_one_sense_in_a_text() {
    let both = &["Michelin=ML", "Michelin=ML"];
    check("Michelin : l'analyse. Les ventes de Michelin progressent.", Language::French, both);
    check("Les camions Michelin. Michelin brille.", Language::French, &[]);
}

#[test]
fn among_companies_a_name_is_one() {
    check(
        "STMicroelectronics and Infineon make parts for Ferrari.",
        Language::English,
        &["STMicroelectronics=STMPA", "Infineon=IFX", "Ferrari=RACE"],
    );
    check("STMicroelectronics makes parts for Ferrari.", Language::English, &["STMicroelectronics=STMPA"]);
    check(
        "STMicroelectronics and Infineon met in Santander.",
        Language::English,
        &["STMicroelectronics=STMPA", "Infineon=IFX"],
    );
}

#[test]
fn peers_of_a_sure_company_are_companies() {
    check(
        "Accor a relevé ses prévisions. Marriott, Hilton et IHG avaient déjà fait de même.",
        Language::French,
        &["Accor=AC", "Marriott=MAR", "Hilton=HLT", "IHG=IHG"],
    );
    check("Marriott, Hilton et IHG sont loin.", Language::French, &[]);
    check(
        "STMicroelectronics and Infineon fell. Continental and Bosch will cut thousands of jobs.",
        Language::English,
        &["STMicroelectronics=STMPA", "Infineon=IFX", "Continental=CON"],
    );
    check("Saint-Gobain recrute. Harrison Ford et Paris Hilton chantent.", Language::French, &["Saint-Gobain=SGO"]);
    check("Saint-Gobain recrute. Orange et Total sont des mots.", Language::French, &["Saint-Gobain=SGO"]);
    check(
        "STMicroelectronics and Infineon fell in Continental Europe. Visa requirements remain. Gap years end.",
        Language::English,
        &["STMicroelectronics=STMPA", "Infineon=IFX"],
    );
    check(
        "STMicroelectronics and Infineon fell. Next week is open. Total output fell. Gap year.",
        Language::English,
        &["STMicroelectronics=STMPA", "Infineon=IFX"],
    );
}

#[test]
fn a_verb_may_have_an_auxiliary_among_companies() {
    check(
        "STMicroelectronics and Infineon fell. Harley-Davidson will raise prices.",
        Language::English,
        &["STMicroelectronics=STMPA", "Infineon=IFX", "Harley-Davidson=HOG"],
    );
}

#[test]
fn a_place_may_bear_the_name_of_a_company() {
    check("Brokers met on Lloyds Avenue.", Language::English, &[]);
    check("Le chanteur remplit l'Accor Arena.", Language::French, &[]);
    check("The rally filled Boeing Stadium.", Language::English, &[]);
    check("On Lloyds, avenue by avenue, it rains.", Language::English, &["Lloyds=LLOY"]);
    check("Boeing parked its planes.", Language::English, &["Boeing=BA"]);
    check("Boeing Towers Over Airbus In Orders", Language::English, &["Boeing=BA", "Airbus=AIR"]);
}

#[test]
fn the_name_of_a_person_is_no_company_without_the_first_one() {
    check("Harrison Ford is 82. Ford said he was glad.", Language::English, &[]);
    check("Harrison Ford drives. Shares of Ford rose.", Language::English, &["Ford=F"]);
    check("Jean Renault est mort. Sa fille Claire Renault reprend l'atelier.", Language::French, &[]);
    check("The Lakeside Post Co sold a building in a billion dollar deal.", Language::English, &[]);
}

#[test]
fn a_hyphen_may_be_a_space() {
    check("Coca Cola a vendu une usine.", Language::French, &["Coca Cola=KO"]);
    // A name that the tables have with a space, too, stays as sure.
    check("Exane BNP Paribas was silent.", Language::English, &["BNP Paribas=BNP"]);
}

#[test]
fn the_head_of_a_compound_is_no_company() {
    check("À Ferrari-sur-Mer, la mer est calme.", Language::French, &[]);
    check("Le syndicat CFE-CGC appelle à la grève.", Language::French, &[]);
    check("Le match Boeing-Airbus reprend.", Language::French, &["Boeing=BA", "Airbus=AIR"]);
}

#[test]
fn people_and_places_are_no_companies() {
    check("Harrison Ford plays a pilot.", Language::English, &[]);
    check("Romy Schneider tourne à Paris.", Language::French, &[]);
    check("À Santander, la mer est calme.", Language::French, &[]);
    check("La pianiste Jeanne Michelin jouait salle Pleyel.", Language::French, &[]);
    check("On marche vers le palais Michelin et la rue Boeing.", Language::French, &[]);
    check("La foule passe devant l’Opéra Boeing.", Language::French, &[]);
    check("On Monday Boeing was silent.", Language::English, &["Boeing=BA"]);
    check("Le pilote de Boeing Jean Martin est là.", Language::French, &["Boeing=BA"]);
    check("Le groupe Michelin chante.", Language::French, &["Michelin=ML"]);
    check("La CGT Michelin défile devant l’usine.", Language::French, &["Michelin=ML"]);
    check("Stocks fell after NBC News reported a rise in sales.", Language::English, &[]);
    check("LOTS OF BUYS Boeing was silent.", Language::English, &["Boeing=BA"]);
}

#[test]
fn an_acronym_means_what_the_article_says() {
    check("La Brigade mondiale des wapitis (BMW) dort. La BMW ronfle.", Language::French, &[]);
    check("La BMW ronfle.", Language::French, &["BMW=BMW"]);
}

#[test]
fn a_name_of_two_companies_is_the_one_at_home() {
    check("Le laboratoire Merck ouvre un site.", Language::French, &["Merck=MRK"]);
    let owner = |text: &str, language| {
        let companies = FxHashSet::default();
        let (_, found) = read("", text, &Known { companies: &companies, given: &[], at: None, language });
        found[0].owner.mic.to_string()
    };
    assert_eq!(owner("Le laboratoire Merck ouvre un site.", Language::French), "XETR");
    assert_eq!(owner("Drugmaker Merck opened a plant.", Language::English), "XNYS");
}

#[test]
fn the_market_of_a_symbol_is_no_company() {
    check("Sunlight Motors (HKEX: 0700) grew.", Language::English, &[]);
    check("L'usine (Deutsche Börse: SIE) ferme. Deutsche Börse aussi.", Language::French, &["Deutsche Börse=DB1"]);
    check("The exchange (HKEX) grew.", Language::English, &["HKEX=0388"]);
}

#[test]
fn addresses_are_no_names() {
    check("write to info@Renault or www.Renault.fr", Language::English, &[]);
}

#[test]
fn a_row_may_have_figures() {
    check(
        "En tête, Safran (+3,1% à 285 euros), Thales (+2,5%) et Orange (+1,1% à 14 euros).",
        Language::French,
        &["Safran=SAF", "Thales=HO", "Orange=ORA"],
    );
    check("Losers: Visa (-1.2%), Next (-0.8%); Gap -2%.", Language::English, &["Visa=V", "Next=NXT", "Gap=GAP"]);
    check("Nike lost 14%, Gap 20% and Delta 1.5%.", Language::English, &["Nike=NKE", "Gap=GAP", "Delta=DAL"]);
    check("Nike lost 14%, Next week is open.", Language::English, &["Nike=NKE"]);
    check("Asia (+2%), Total (+3%) and the rest.", Language::English, &[]);
    check(
        "The EU fined Apple 500 million euros and Meta 200 million euros.",
        Language::English,
        &["Apple=AAPL", "Meta=META"],
    );
}

#[test]
fn the_first_of_a_row_may_open_the_sentence() {
    check(
        "Target, Walmart and Costco Wholesale declined.",
        Language::English,
        &["Target=TGT", "Walmart=WMT", "Costco Wholesale=COST"],
    );
    check("Next, Walmart and Microsoft declined.", Language::English, &["Walmart=WMT", "Microsoft=MSFT"]);
}

#[test]
fn a_word_without_an_article_is_the_subject() {
    check("Block has more than 11,000 employees.", Language::English, &["Block=XYZ"]);
    check("Target could close stores next year, its CEO said.", Language::English, &["Target=TGT"]);
    check("PARIS, May 3 (Reuters) - Shell was fined $10 million.", Language::English, &["Shell=SHEL"]);
    check("Shell was found on the beach by investors.", Language::English, &[]);
    check("Visa is required for investors and for executives of banks.", Language::English, &[]);
    check("Total was 45 million euros.", Language::English, &[]);
    check("PARIS, May 3 (Reuters) - Total sales rose 3% in May, helped by food.", Language::English, &[]);
}

#[test]
fn what_is_held_may_stand_apart() {
    for before in ["L'assemblée générale", "Le conseil de surveillance", "Le réseau", "L'ex-patronne"] {
        check(&format!("{before} d'Orange se tait."), Language::French, &["Orange=ORA"]);
    }
    check("Les résultats annuels de Casino sont là.", Language::French, &["Casino=CO"]);
    check("L'ancien PDG d'Orange Jean Martin se tait.", Language::French, &["Orange=ORA"]);
    for before in ["La ville", "Le théâtre antique", "Le conseil municipal"] {
        check(&format!("{before} d'Orange se tait."), Language::French, &[]);
    }
}

#[test]
fn a_role_is_no_first_name() {
    check("Rivals Snap and Pinterest rose.", Language::English, &["Snap=SNAP", "Pinterest=PINS"]);
    check(
        "Banco de Sabadell said profit rose. Sabadell was silent.",
        Language::English,
        &["Sabadell=SAB", "Sabadell=SAB"],
    );
}

#[test]
fn what_is_no_ordinary_word_needs_little() {
    check("Roche's experimental pill helped patients.", Language::English, &["Roche=ROG"]);
    check("Eni discovered gas off Cyprus.", Language::English, &["Eni=ENI"]);
    check("Thales fournira les radars.", Language::French, &["Thales=HO"]);
    check("CMA CGM et Maersk suspendent le transit.", Language::French, &["Maersk=MAERSK.B"]);
    check("Santander's beaches are full.", Language::English, &[]);
}

#[test]
fn what_is_done_to_companies_tells_them() {
    check("A lawsuit accuses Meta of copying books.", Language::English, &["Meta=META"]);
    check("The judge ordered Visa to wait.", Language::English, &["Visa=V"]);
    check("The airline is part-owned by Delta.", Language::English, &["Delta=DAL"]);
    check("Des moteurs fabriqués par Safran.", Language::French, &["Safran=SAF"]);
    check("The path crossed by Delta ends.", Language::English, &[]);
}

#[test]
fn a_longer_name_is_another() {
    check("France's BPCE will buy Novo Banco for 6.4 billion euros.", Language::English, &[]);
    check("Shares of Metro Bank rose.", Language::English, &[]);
    check("The Barclays Women's Super League starts.", Language::English, &[]);
    check("Ferry operator Irish Continental said revenue rose.", Language::English, &["Irish Continental=IR5B"]);
    check("Shares of Barclays Bank rose.", Language::English, &["Barclays Bank=BARC"]);
    check("Shares of Santander Bank rose.", Language::English, &["Santander=SAN"]);
}

#[test]
fn what_describes_a_noun_is_no_subject() {
    check("Amazon deforestation fell 30%. Amazon states seek investment from banks.", Language::English, &[]);
    check("Apple growers expect revenue to fall.", Language::English, &[]);
    check("Apple engineers expect revenue and profit to rise in the quarter.", Language::English, &["Apple=AAPL"]);
}

/// What stands around names, and names, in pieces that may follow one another in any order.
#[rustfmt::skip]
const PIECES: [&str; 62] = [
    "Orange", "RENAULT", "Dell", "ROCHE", "Société Générale", "Saint-Gobain", "Target", "L’Oréal", "AT&T", "S&P", "Carrefour",
    "Smic", "Dupont", "LCI", "LISA", "George W.", "Susan", "Mr.", "M.", "le député", "Central Bank of", "selon", "contacté,",
    "said", "a publié", "vient d’annoncer", "declined to comment", "n’a pas souhaité", ", which employs 40,000 people", "shares of",
    "l’action", "un sous-traitant de", "bénéfice", "profit up 12%", "is in talks", "Inc.", "S.A.", "Arizona", "(Vaucluse)",
    "21 ans", "é", "’", "«", "»", "“", "”", "‘", "—", "…", "\u{a0}", "\u{202f}", " ", " ", " ", ", ", ". ", " : ", "\n", "\n\n", "-", "(", ")",
];

proptest::proptest! {
    #[test]
    fn names_are_read_in_any_surroundings(
        headline in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..12),
        text in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..60),
        glue in proptest::sample::select(&["", " ", " "][..]),
        noise in "\\PC{0,4}",
    ) {
        let (headline, text) = (headline.join(glue) + &noise, noise + &text.join(glue));
        for language in [Language::French, Language::English] {
            let companies = FxHashSet::default();
            let (heading, body) = read(&headline, &text, &Known { companies: &companies, given: &[], at: None, language });
            for (found, text) in [(heading, &headline), (body, &text)] {
                for candidate in found {
                    proptest::prop_assert!(text.get(candidate.start..candidate.end).is_some_and(|name| !name.is_empty()));
                }
            }
        }
    }
}
