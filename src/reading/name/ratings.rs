//! Ratings of shares: what analysts call their judgements, and what they do to them. They make a company of the name
//! that they are about, `Citi cuts Target to neutral`, `relève Casino de sous-pondérer à neutre`, and tell who judges
//! from who is judged ([`super::super::ticker`]).

use super::list::List;
use super::words::holds;

/// Words of rating that name a judgement: they stand before the company judged with a preposition, or behind it.
pub static RATINGS: List = List::of(
    "\
target targets pt rating ratings coverage overweight underweight buy sell hold neutral outperform underperform perform performer \
equal-weight equalweight market-perform in-line \
recommandation objectif cible conseil opinion achat acheter acheteur vente vendre vendeur conserver neutre surperformance \
surperformer sous-performance sous-performer sousperformance surpondérer sous-pondérer surpondération sous-pondération \
renforcer alléger couverture suivi",
);

/// What is done to a rating and to nothing else.
pub static RATED: List = List::of(
    "\
upgrades upgrade upgraded downgrades downgrade downgraded initiates initiated reiterates reiterated rates rated \
dégrade dégradé dégradée rehausse rehaussé rehaussée",
);

/// What is done to ratings and to other things: a word of rating must follow the company.
pub static CHANGES: List = List::of(
    "\
raises raised lifts lifted hikes hiked ups boosts cuts cut lowers lowered trims trimmed starts started resumes resumed keeps \
maintains puts moves takes double-upgrades relève relevé relevée relevés abaisse abaissé abaissée abaissés réduit remonte passe \
maintient réitère confirme entame débute initie initié reprend place repasse",
);

/// What stands between a company and its rating.
static TOWARDS: List = List::of("to at from as de d à a en l");

/// How far behind a company its rating stands, in words.
const REACH: usize = 5;

/// Returns whether the words around a name judge its share: `last` stands before it, and `after` behind.
pub(super) fn judge(last: &str, after: &[&str]) -> bool {
    if let [first, second, ..] = after
        && [["price", "target"], ["target", "price"], ["price", "targets"]].contains(&[*first, *second])
    {
        return true;
    }
    // Nothing else stands between: `from buy to hold`, `to Neutral`.
    let is_rating = |word: &str| holds(&RATINGS, word);
    let phrase = after.iter().take(REACH).take_while(|word| TOWARDS.has(word) || is_rating(word));
    (holds(&CHANGES, last) || holds(&RATED, last))
        && after.first().is_some_and(|word| TOWARDS.has(word))
        && phrase.skip(1).any(|word| is_rating(word))
}

/// Who judges shares: the first words of their names.
static BROKERS: List = List::of(
    "\
oddo kepler jefferies ubs bernstein berenberg portzamparc stifel citi citigroup barclays hsbc goldman morgan jpmorgan deutsche bofa \
rbc cic natixis exane bryan gilbert invest alphavalue nomura mizuho cowen evercore piper wedbush needham raymond keybanc redburn \
mediobanca santander euroland degroof kbc ing baader warburg metzler hauck peel numis liberum panmure canaccord scotiabank bmo \
macquarie clsa daiwa rosenblatt oppenheimer benchmark truist argus",
);

/// What brokers do with the price that a share may have.
pub static AIMS: List = List::of("vise voit valorise targets sees values");

/// Returns whether a line begins with a broker who judges: `UBS vise 33 euros`, `Kepler Cheuvreux à vendre`.
pub(super) fn are_given(line: &str) -> bool {
    let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()).peekable();
    if !words.next().is_some_and(|first| first.starts_with(char::is_uppercase) && holds(&BROKERS, first)) {
        return false;
    }
    while let Some(word) = words.next() {
        let mut is_price = || words.peek().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        if holds(&RATINGS, word) || holds(&RATED, word) || AIMS.has(word) && is_price() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(last: &str, after: &str, expected: bool) {
        assert_eq!(judge(last, &after.split(' ').collect::<Vec<_>>()), expected, "{last} … {after}");
    }

    #[test]
    fn a_rating_behind_a_name_judges_it() {
        check("cuts", "to neutral", true);
        check("on", "price target to", true);
        check("starts", "at overweight with", true);
        check("relève", "de sous-pondérer à neutre", true);
        check("passe", "à l achat", true);
        check("raises", "from hold to buy", true);
        check("cut", "to Neutral", true);
        check("Raised", "to Buy", true);
    }

    #[test]
    fn what_is_done_to_other_things_does_not() {
        check("cuts", "to 5 percent", false);
        check("cuts", "price for gold", false);
        check("the", "to neutral", false);
        check("relève", "de 14 à 15", false);
        check("raises", "of the bank to neutral", false);
        check("", "", false);
    }
}
