//! Where something is said: networks (`écrit-il sur Facebook`, `in a post on X`), broadcasters (`a-t-elle dit sur TF1`, `told
//! CNN`), institutes of opinion (`un sondage Ipsos`). They are named, and nothing is told of them.

use super::super::name::list::List;
use crate::article::Span;

/// Networks on which people publish, in small letters.
const NETWORKS: [&str; 16] = [
    "facebook",
    "instagram",
    "twitter",
    "x",
    "youtube",
    "linkedin",
    "snapchat",
    "whatsapp",
    "tiktok",
    "telegram",
    "reddit",
    "pinterest",
    "twitch",
    "messenger",
    "threads",
    "bluesky",
];

/// What stands before a place where something is said.
const AT: [&str; 3] = ["on", "sur", "via"];

/// What stands between several.
const JOINTS: [&str; 5] = ["and", "et", "or", "ou", "&"];

/// How many words are looked back at.
const FURTHEST: usize = 12;

/// Who broadcasts what people say, in small letters.
static BROADCASTERS: List =
    List::of("tf1 m6 canal+ cnews c8 lci bfmtv europe w9 cnn cnbc nbc cbs fox rtl rmc bfm itv sky hbo");

/// Who asks people what they think.
static INSTITUTES: List = List::of("ipsos yougov nielsen gfk kantar gallup");

/// What they publish.
static POLLS: List =
    List::of("sondage sondages baromètre étude études enquête enquêtes poll polls survey surveys barometer study");

/// What is done to a broadcaster, and not said on it: `une offre sur M6`.
static DEEDS: List = List::of("offre offres opa ope opr enquête vue vues main mainmise amende pression bid stake");

/// What stands before a broadcaster on which one speaks, beside `sur` and `on`.
static SPEAKING: List = List::of(
    "told accordé accordée accordés accordées confié confiée déclaré dit affirmé indiqué expliqué entretien interview micro plateau \
antenne journal jt heures invité invitée interrogé interrogée",
);

/// How far before an institute what it publishes stands, in words.
const NEAR: usize = 4;

/// Returns whether something is said on what stands at a place of a text, or cited from it.
pub(super) fn is_venue(text: &str, span: &Span) -> bool {
    let Some(name) = text.get(span.start..span.end) else { return false };
    let name = name.to_lowercase();
    let first = name.split([' ', '-']).next().unwrap_or_default();
    let (before, after) = (&text[..span.start], &text[span.end..]);
    if INSTITUTES.has(first) || before.ends_with("Ipsos-") {
        return is_cited(before, after);
    }
    if BROADCASTERS.has(first) {
        return is_spoken_on(before);
    }
    is_network(&name) && is_published_on(before)
}

/// Returns whether a network ends a phrase that says on what something is published: `sur Facebook et Instagram`, `on Facebook,
/// YouTube and X`.
fn is_published_on(before: &str) -> bool {
    for word in words(before).take(FURTHEST) {
        if AT.iter().any(|at| word.eq_ignore_ascii_case(at)) {
            return true;
        }
        if !JOINTS.contains(&word) && !is_network(word.trim_end_matches(',')) {
            return false;
        }
    }
    false
}

/// Returns whether what stands before a broadcaster says that someone speaks there.
fn is_spoken_on(before: &str) -> bool {
    let mut words = words(before).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let last = words.next().unwrap_or_default();
    let next = words.next().unwrap_or_default();
    match last.as_str() {
        "sur" | "on" => !DEEDS.has(&next),
        "à" | "de" | "par" | "with" => SPEAKING.has(&next),
        _ => SPEAKING.has(&last),
    }
}

/// Returns whether what stands around an institute says that a poll is cited.
fn is_cited(before: &str, after: &str) -> bool {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    // `l'étude`
    let is_poll = |word: String| POLLS.has(word.rsplit(['\'', '’']).next().unwrap_or_default());
    words(before).take(NEAR).take_while(|word| !word.ends_with(['.', ';', '\n'])).map(plain).any(is_poll)
        || after.split_whitespace().take(2).map(plain).any(is_poll)
}

/// Returns the words before a place, the nearest first.
fn words(before: &str) -> impl Iterator<Item = &str> {
    before.rsplit(char::is_whitespace).filter(|word| !word.is_empty())
}

fn is_network(word: &str) -> bool {
    NETWORKS.iter().any(|network| word.eq_ignore_ascii_case(network))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, expected: bool) {
        let start = text.rfind(name).unwrap();
        assert_eq!(is_venue(text, &Span { headline: false, start, end: start + name.len() }), expected, "{text}");
    }

    #[test]
    fn something_is_said_on_a_network() {
        check("« Merci », écrit-il sur Facebook.", "Facebook", true);
        check("In a post on X, he said", "X", true);
        check("des images sur Facebook, Twitter et Instagram", "Instagram", true);
        check("Facebook", "Facebook", false);
        check("L'enquête sur Worldline", "Worldline", false);
        check("La Commission menace Facebook et Instagram", "Instagram", false);
        check("Le titre de YouTube", "YouTube", false);
    }

    #[test]
    fn something_is_said_on_a_channel_or_cited_from_a_poll() {
        for (text, name) in [
            ("a déclaré lundi sur TF1 la secrétaire", "TF1"),
            ("un entretien accordé à TF1", "TF1"),
            ("assure la ministre sur TF1", "TF1"),
            ("Le match était diffusé sur Canal+.", "Canal+"),
            ("he told CNBC on Monday", "CNBC"),
            ("au micro de RTL", "RTL"),
            ("Invitée du 20 Heures de TF1, elle", "TF1"),
            ("Selon un sondage Ipsos pour le journal", "Ipsos"),
            ("une étude réalisée par Ipsos", "Ipsos"),
            ("D'après l'enquête Ipsos", "Ipsos"),
            ("A Reuters/Ipsos poll", "Ipsos"),
        ] {
            check(text, name, true);
        }
        for (text, name) in [
            ("Une offre sur M6 est prête", "M6"),
            ("TF1 gagne 3%", "TF1"),
            ("Elle passe de M6 à TF1", "TF1"),
            ("Ipsos publie ses ventes", "Ipsos"),
            ("L'action Ipsos recule", "Ipsos"),
            ("Un sondage est paru. Le titre Ipsos recule", "Ipsos"),
        ] {
            check(text, name, false);
        }
    }
}
