//! Who an article is about: the securities of its headline, of its opening, or that it keeps naming.
//!
//! A press review or a market report names dozens, none of them its subject; so what stands in the opening must come
//! back, and a headline with a long list has no subject.

use super::Written;
use crate::article::Mention;

/// How many companies a headline may name before it is a list.
const HEADLINE: usize = 4;

/// How far the opening of a text reaches, in bytes.
const OPENING: usize = 400;

/// Marks the mentions that the article is about.
pub(super) fn mark(mentions: &mut [Mention], written: &Written<'_>) {
    // A headline made of the text is its first line.
    let first_line = match written.headline.is_empty() {
        true => written.text.trim_start().find('\n').unwrap_or(OPENING).min(OPENING / 2),
        false => 0,
    };
    let titled = |mention: &Mention| mention.spans.iter().any(|span| span.headline || span.start < first_line);
    let opening = |mention: &Mention| mention.spans.iter().any(|span| !span.headline && span.start < OPENING);
    let named_in_title = mentions.iter().filter(|mention| titled(mention)).count();
    let most = mentions.iter().map(|mention| mention.mentions).max().unwrap_or(0);
    let stated = mentions.iter().filter(|mention| mention.mentions == 0).count();
    let alone = mentions.len() == 1;
    for mention in mentions.iter_mut() {
        let count = mention.mentions;
        mention.main = match count {
            // Metadata alone give it: a short list is a choice.
            0 => stated <= 3 && most == 0,
            _ if titled(mention) && named_in_title <= HEADLINE => true,
            _ if opening(mention) && (alone || count >= 2 && count * 2 >= most) => true,
            _ => count >= 4 && count * 3 >= most * 2,
        };
    }
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
