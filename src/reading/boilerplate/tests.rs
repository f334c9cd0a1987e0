//! Tails that go, and texts that stay.

use super::*;
use proptest::prelude::*;

const FRENCH: &str = "Le groupe Exemple a relevé lundi ses objectifs de ventes pour l'exercice en cours.\n\
                      Le titre gagne 3 % à la Bourse de Paris, où il avait perdu un quart de sa valeur depuis janvier.\n";
const ENGLISH: &str = "The Example group raised its sales target for the year on Monday.\n\
                       Its shares rose 3% in Paris, where they had lost a quarter of their value since January.\n";

/// The tail goes, all of it, from its first byte.
fn goes(text: &str, tail: &str) {
    let body = format!("{text}{tail}");
    assert_eq!(&body[begin(&body)..], tail);
}

/// Nothing goes.
fn stays(body: &str) {
    assert_eq!(&body[begin(body)..], "", "{body}");
}

#[test]
fn french_tails_go() {
    for tail in [
        "Lecture suivante :\n- Le pétrole recule\nAvis de non-responsabilité : Ce texte a été relu par la rédaction, qui répond de \
         son contenu.\nImage via Exemple",
        "Lire aussi : Les banques reculent",
        "Lire aussi | Les banques reculent",
        "A LIRE AUSSI Les banques reculent",
        "(À lire aussi : Les banques reculent)",
        "À lire également :\nLes banques reculent\nLe pétrole monte",
        "Voir aussi\u{a0}: Les banques reculent\n",
        "Crédit photo : Exemple",
        "Photo : Anne Exemple",
        "Avis de non-responsabilité\nCe texte est long. Il dit que personne ne répond de rien, et il le dit en deux phrases.",
        "À propos d’Exemple\nExemple est un groupe de semences. Il emploie 300 personnes.\n\nContact presse :\nAnne Exemple",
        "À propos de la société\nLe groupe emploie 300 personnes dans le monde.",
        "Copyright (c) 2023 Exemple.com. Tous droits réservés.",
        "(Anne Exemple, édité par Jean Exemple)",
        "Déclarations prospectives\nCes objectifs reposent sur des hypothèses. Elles peuvent se révéler fausses un jour.",
        "© Exemple.com - 2025",
        "Reproduction interdite sans l'accord de la rédaction.",
        "Vous recevez ce message parce que vous êtes abonné.\nSe désabonner",
        "(fin) Dow Jones Newswires\n\nMarch 03, 2025 04:15 ET (09:15 GMT)",
        "Contacts presse\nAnne Exemple\n+33 1 00 00 00 00",
        "AOF - EN SAVOIR PLUS\nLe marché des semences\nCe marché est tenu par trois groupes, qui en ont les deux tiers.",
        "LEXIQUE\nCroissance organique : celle des ventes, les effets de change et de périmètre mis à part.",
        "Ce communiqué ne constitue pas une offre de titres, ni une sollicitation, dans quelque pays que ce soit.",
        "Suivez-nous sur LinkedIn et sur notre site pour ne rien manquer de la vie du groupe.",
        "L'auteur ne détient aucune position dans les valeurs mentionnées ici.",
        "Réagir à cet article\nPartager sur Facebook\nPartager sur LinkedIn",
        "Les plus lus\nLes banques reculent\nLe pétrole monte",
        "Commentaires (2)\nJean : les banques reculent, et le pétrole monte depuis le début du mois.\nAnne : oui.",
    ] {
        goes(FRENCH, tail);
    }
}

#[test]
fn english_tails_go() {
    for tail in [
        "Read Next:\nOil falls again\nPhoto: Example",
        "Share this:\nTwitter\nFacebook",
        "Facebook | Twitter | LinkedIn",
        "Facebook\nTwitter\nPrint",
        "More from Example Daily\nOil falls\nBanks rise",
        "Most Popular\nOil falls\nBanks rise",
        "More stories\n\nOil falls again\n\nBanks rise",
        "See Also: Banks fall\n",
        "Related Link: Banks fall",
        "Disclaimer: This text was read by an editor, who answers for what it says.",
        "**Disclaimer:** This text was read by an editor, who answers for what it says.",
        "© 2024 Example.com. Example does not provide investment advice. All rights reserved.",
        "All rights reserved.\nExample does not provide advice of any kind to anyone at all.",
        "(Reporting by Anne Example; Editing by John Example)",
        "Our Standards: The Example Principles.",
        "About Example Group\nExample Group makes seeds. It has 300 people in ten countries.\n\nContacts\nAnne Example",
        "About Example Group: Example Group makes seeds.",
        "Forward-Looking Statements\nThese targets rest on assumptions. They may turn out to be wrong one day.",
        "This press release contains forward-looking statements, which may turn out to be wrong.\nMore of it follows here.",
        "SOURCE Example Group\n",
        "Copyright The Example Times Limited 2025. All rights reserved.",
        "This information is provided by Example, the news service of the exchange.",
        "To contact the reporter on this story:\nAnne Example in Paris\nTo contact the editor:\nJohn Example",
        "Enquiries:\nExample plc  Anne Example",
        "Should you invest $1,000 in Example Group right now?\nBefore you buy stock in Example Group, consider this: our \
         analysts have found ten better ones.\n*Stock Advisor returns as of March 3, 2025\nAnne Example has positions in \
         Halden. Example Media has positions in and recommends Belvoir. Example Media has a disclosure policy.",
        "Anne Example has positions in Halden and Belvoir.\nJohn Example has no position in any of the stocks mentioned.",
        "Halden is an advertising partner of Example Media.",
        "This announcement does not constitute an offer to sell securities in any country.",
        "Follow us on the networks for more news of the group and of its seeds.",
        "###\nMedia Contact:\nAnne Example\nanne@example.com",
        "Image via Example",
    ] {
        goes(ENGLISH, tail);
    }
}

#[test]
fn a_credit_that_closes_the_last_line_goes() {
    let text = "Shares of the Example group rose 3% on Monday.";
    goes(&format!("{text} "), "(Reporting by Anne Example; Editing by John Example)");
    stays(&format!("{text} (It was the first rise in a week.)"));
    stays("(Reporting by Anne Example)");
}

#[test]
fn text_that_only_looks_like_a_tail_stays() {
    for last in [
        "About 300 people work at the plant, which makes seeds for the whole region.",
        "About Example, analysts had little to say this week, and they said it twice.",
        "À propos de cette hausse, le patron a dit qu'elle ne durerait pas longtemps.",
        "Image via Example is a line that the agency asks its clients to print under every picture.",
        "Photographers of the agency went on strike.",
        "Contact with the crew was lost on Monday, the company said in a statement.",
        "Contacts between the two groups began in March.",
        "Enquiries into the accounts began in March.",
        "Copyright fees rose by a tenth, and the group says that all its rights were paid.",
        "Disclaimer rules will change next year, the regulator said on Monday.",
        "Copyright law is the matter of the case, which the court will hear in May.",
        "Related parties sold their shares.",
        "Related-party deals rose",
        "Contact-free payment rose",
        "Source close to the matter: the deal is off.",
        "Avertissement sur résultats : le titre chute de 12 % à l'ouverture à Paris.",
        "Partager les bénéfices avec les salariés reste un vœu du gouvernement.",
        "The fund has positions in Halden and Belvoir, according to a filing.",
        "Belvoir has a position in seeds that no rival can match, its chairman said.",
        "Should you invest in seeds? Analysts of three banks say that you should not.",
        "Facebook",
        "Facebook cuts 400 jobs",
        "More from the group will be known in May, when it holds its annual meeting.",
        "Comments from the chairman did not help the shares of the group on Monday.",
        "Top news for shareholders",
        "Lexique en main, le patron explique la dette du groupe à ses salariés.",
        "About Turn\nThe market changed its mind on Monday, and nobody knows why it did.",
    ] {
        stays(&format!("{FRENCH}{last}\n"));
    }
}

#[test]
fn a_pointer_between_paragraphs_stays() {
    stays(&format!("{FRENCH}Lire aussi : Les banques reculent\n{FRENCH}"));
    stays(&format!("{ENGLISH}See Also: Banks fall\n{ENGLISH}{ENGLISH}"));
    stays(&format!("{ENGLISH}Photo: Anne Example\n{ENGLISH}"));
}

#[test]
fn a_notice_at_the_top_stays() {
    let long = ENGLISH.repeat(8);
    stays(&format!("© 2024 Example.com\n{long}"));
    stays(&format!("{ENGLISH}Disclaimer: no advice.\n{long}"));
}

#[test]
fn the_whole_body_never_goes() {
    for body in ["", "\n", "Disclaimer: nothing.", "\n\nRead Next:\n", "© 2024 Example.com\n"] {
        stays(body);
    }
    goes("Read Next:\n", "Disclaimer: nothing at all.");
}

#[test]
fn every_opener_is_plain_and_works() {
    for &(phrase, shape, _) in OPENERS.into_iter().flatten() {
        assert_eq!(letters::strip(phrase, phrase), Some(phrase.len()), "{phrase}");
        let line = format!(
            "{} {}",
            phrase.to_uppercase(),
            if matches!(shape, Shape::Label | Shape::Alone) { ":" } else { "24" }
        );
        goes(ENGLISH, &line);
        if phrase.starts_with(char::is_alphabetic) {
            stays(&format!("{ENGLISH}{}", line.to_lowercase()));
        }
    }
}

#[test]
fn a_notice_near_the_top_takes_no_story() {
    let story = "The group said on Monday that it would close two plants and cut four hundred jobs in the north.";
    for head in ["By Jane Doe\nDisclosure: I am long this stock.", "Par Anne Petit\n© 2025 Agence Exemple"] {
        stays(&format!("{head}\n{story}\n{story}"));
    }
    stays(&format!("{story}\nAvertissement : l'équipementier abaisse ses objectifs pour 2025.\n{story}"));
    goes(&format!("{story}\n{story}\n"), &format!("Avertissement\n{story}"));
}

proptest! {
    #[test]
    fn the_tail_begins_at_a_character_and_leaves_text(
        body in "(\\PC{0,20}|\n|Read Next:|About Example|\\(Reporting by A\\)|© 2024 ){0,20}",
    ) {
        let at = begin(&body);
        prop_assert!(body.is_char_boundary(at));
        prop_assert!(at == body.len() || !body[..at].trim().is_empty());
    }
}
