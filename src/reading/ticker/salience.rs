//! Who an article is about: the securities of its headline, of its opening, or that it keeps naming.
//!
//! A press review or a market report names dozens, none of them its subject; so what stands in the opening must come
//! back, more often where the headline names another, and a headline with a long list has no subject. Who judges a share
//! is no subject of a note on it ([`super::broker`]), and neither is a network, a channel or a poll in which something was
//! said ([`super::venue`]), nor a make of car or the sponsor of a team ([`super::thing`]).

use std::ops::Range;

use super::super::sentence;
use super::{Written, broker, thing, venue};
use crate::article::{Mention, Span};

/// How many companies a headline may name before it is a list.
const HEADLINE: usize = 4;

/// How many companies an article may name before it is a report on a market.
const REPORT: usize = 6;

/// How far the opening of a text reaches, in bytes.
const OPENING: usize = 400;

/// How far behind a name the brackets with its code reach, in bytes.
const BRACKET: usize = 60;

/// Counts how often each company is named, and marks the mentions that the article is about.
pub(super) fn mark(mentions: &mut [Mention], written: &Written<'_>) {
    let title = Title::of(written);
    let starts =
        |mention: &Mention, before: usize| mention.spans.iter().any(|span| !span.headline && span.start < before);
    for mention in mentions.iter_mut().filter(|mention| !mention.spans.is_empty()) {
        mention.mentions = times(&mention.spans, written);
    }
    let titled: Vec<bool> = mentions.iter().map(|mention| title.places(mention).next().is_some()).collect();
    let named_in_title = titled.iter().filter(|titled| **titled).count();
    // What is said of one company by another is said of few.
    let is_note = (2..=HEADLINE).contains(&named_in_title);
    let passing: Vec<bool> = mentions
        .iter()
        .map(|mention| {
            let is_venue = |span: &Span| venue::is_venue(place(span, written), span);
            let spans = || mention.spans.iter();
            !mention.spans.is_empty() && spans().all(is_venue)
                || thing::is_thing(spans().map(|span| (place(span, written), span)))
                || is_note && title.judges(mention, mentions)
        })
        .collect();
    let most = mentions.iter().map(|mention| mention.mentions).max().unwrap_or(0);
    let stated = mentions.iter().filter(|mention| mention.mentions == 0).count();
    let alone = mentions.len() == 1;
    let often = if named_in_title > 0 || mentions.len() > REPORT { 3 } else { 2 };
    for ((mention, titled), passing) in mentions.iter_mut().zip(titled).zip(passing) {
        let count = mention.mentions;
        mention.main = match count {
            // Metadata alone give it: a short list is a choice.
            0 => stated <= 3 && most == 0,
            _ if passing => false,
            _ if titled && named_in_title <= HEADLINE => true,
            1 if alone => starts(mention, sentence::first_end(written.text).min(OPENING)),
            _ if starts(mention, OPENING) && (alone || count >= often && count * 2 >= most) => true,
            _ => count >= 4 && count * 3 >= most * 2,
        };
    }
}

/// How many bytes a headline has at most in which companies judge one another.
const LONGEST: usize = 500;

/// The headline, or the first line of a text without one.
struct Title<'a> {
    text: &'a str,
    is_headline: bool,
}

impl<'a> Title<'a> {
    fn of(written: &Written<'a>) -> Title<'a> {
        if !written.headline.is_empty() {
            return Title { text: written.headline, is_headline: true };
        }
        let line = written.text.trim_start().find('\n').unwrap_or(OPENING).min(OPENING / 2);
        let end = (line..=written.text.len()).find(|end| written.text.is_char_boundary(*end)).unwrap_or(0);
        Title { text: &written.text[..end], is_headline: false }
    }

    /// Returns where a company is named in it.
    fn places<'m>(&self, mention: &'m Mention) -> impl Iterator<Item = Range<usize>> + use<'m> {
        let (is_headline, length) = (self.is_headline, self.text.len());
        // What stands in a headline beside such a first line is a headline all the same.
        let spans = mention.spans.iter().filter(move |span| span.headline || !is_headline && span.start < length);
        spans.map(|span| span.start..span.end)
    }

    /// Returns whether a company judges another one, and none judges it.
    fn judges(&self, judge: &Mention, mentions: &[Mention]) -> bool {
        // What is so long is no headline: every place of each would be held against every place of the others.
        if self.text.len() > LONGEST {
            return false;
        }
        let is_about = |judge: &Mention, judged: &Mention| {
            self.places(judge).any(|it| self.places(judged).any(|other| broker::judges(self.text, &it, &other)))
        };
        let others = || mentions.iter().filter(|other| other.company != judge.company);
        others().any(|other| is_about(judge, other)) && !others().any(|other| is_about(other, judge))
    }
}

/// Returns the text in which a place lies.
fn place<'a>(span: &Span, written: &Written<'a>) -> &'a str {
    if span.headline { written.headline } else { written.text }
}

/// Returns how often a company is named: a name and the codes in brackets behind it are one mention.
fn times(spans: &[Span], written: &Written<'_>) -> u32 {
    let (mut count, mut is_open) = (0, false);
    for (at, span) in spans.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &spans[before]).filter(|before| before.headline == span.headline);
        let between = before.and_then(|before| place(span, written).get(before.end..span.start));
        is_open = between.is_some_and(|between| {
            let opens = is_open || between.trim_start().starts_with(['(', '[', '<']);
            opens && between.len() <= BRACKET && !between.contains([')', ']', '>', '\n'])
        });
        count += u32::from(!is_open);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::article::Language;

    fn check(headline: &str, text: &str, main: &[&str], passing: &[&str]) {
        let mentions =
            read(&Written { headline, text, stated: &[], language: Language::English, at: None, names: true });
        let of = |main: bool| -> Vec<&str> {
            mentions
                .iter()
                .filter(|mention| mention.main == main)
                .map(|mention| mention.ticker.symbol.as_str())
                .collect()
        };
        assert_eq!((of(true), of(false)), (main.to_vec(), passing.to_vec()), "{headline} {text}");
    }

    #[test]
    fn who_judges_and_where_it_is_said_are_no_subjects() {
        check(
            "Barclays cuts price target on Boeing",
            "Barclays cut its target on Boeing to 120 dollars.",
            &["BA"],
            &["BARC"],
        );
        check("Barclays downgrades Boeing, upgrades Airbus", "Both rose.", &["BA", "AIR"], &["BARC"]);
        check("Barclays cuts Target to neutral", "Barclays cut its price target on Target.", &["TGT"], &["BARC"]);
        check("Gap: Barclays raises price target", "Barclays raised its price target on Gap.", &["GAP"], &["BARC"]);
        check("Boeing downgraded at Barclays", "Airbus is its pick.", &["BA"], &["BARC", "AIR"]);
        check("Mayor apologises", "The rain was to blame, she wrote on Facebook.", &[], &["META"]);
        check("Minister stays", "She would stay, the minister said on TF1.", &[], &["TFI"]);
        check("Facebook apologises", "The rain was to blame, it wrote on Facebook.", &["META"], &[]);
    }

    #[test]
    fn cars_and_teams_are_no_subjects() {
        check("Vol : une Renault retrouvée", "La Renault était vide.", &[], &["RNO"]);
        check("Vol : une Renault retrouvée", "Renault rappelle ses voitures.", &["RNO"], &[]);
        check("Cyclisme", "Paul Petit (TotalEnergies) gagne.", &[], &["TTE"]);
    }

    #[test]
    fn a_name_before_a_colon_is_the_company_of_the_text() {
        check("Puma: the family sells its shares", "The family sells. Puma sales rose 3%.", &["PUM"], &[]);
        check("Puma seen near the village", "Puma sales rose 3%. Boeing fell.", &[], &["PUM", "BA"]);
    }

    #[test]
    fn a_name_and_its_code_are_one_mention() {
        let text = "Boeing Co (NYSE: BA) rose. Pfizer Inc (NYSE: PFE) fell. Boeing is a maker.";
        let mentions =
            read(&Written { headline: "", text, stated: &[], language: Language::English, at: None, names: true });
        let counts: Vec<_> = mentions.iter().map(|mention| (mention.mentions, mention.spans.len())).collect();
        assert_eq!(counts, [(2, 3), (1, 2)]);
    }

    #[test]
    fn subjects_stand_in_the_headline_or_come_back() {
        check("Boeing wins order", "Boeing Co beat Airbus, it said.", &["BA"], &["AIR"]);
        check("Planes", "Boeing said it had won. Boeing shares rose. Airbus fell.", &["BA"], &["AIR"]);
        check("Planes", "Rain fell on the field, and it was long before Boeing came up.", &["BA"], &[]);
        check(
            "Markets",
            "Boeing, Airbus, Microsoft, Nvidia and Pfizer rose.",
            &[],
            &["BA", "AIR", "MSFT", "NVDA", "PFE"],
        );
    }
}
