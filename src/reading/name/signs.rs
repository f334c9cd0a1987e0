//! Reads the signs for and against a name being its company in the words around it.

use super::Candidate;
use super::around::Around;
use super::held::Held;
use super::sign::{Sign, Signs};
use super::{deals, figure, heading, held, jobs, object, period, person, press, ratings, relative, trade, verb, words};
use crate::article::Language;
use crate::market::names::Class;

/// How many words of business make a sentence one of business.
const MUCH: usize = 3;

/// Returns the signs around a candidate, which may follow another at once. A sure name needs none, unless it may be that of
/// another: `Claude Renault`, `rue Renault`, `Central Bank of Ireland`.
pub(super) fn weigh(candidate: &Candidate, follows: bool, around: &Around<'_>, language: Language) -> Signs {
    if candidate.class == Class::Sure && !may_be_another(candidate, follows, around) {
        return Signs::default();
    }
    read(candidate, around, language)
}

/// Returns whether a sure name may be that of a person, a place or another body by what stands before or behind it.
fn may_be_another(candidate: &Candidate, follows: bool, around: &Around<'_>) -> bool {
    let (start, name) = (candidate.start, around.slice(candidate.start, candidate.end));
    if is_person(candidate, around) || around.has_initial_before(start) && name.contains(' ') {
        return true;
    }
    let is_of_town = || is_of_town(&around.before::<2>(start));
    if name.contains(' ') {
        let mut parts = name.split(' ');
        let (first, last) = (parts.next().unwrap_or_default(), parts.next_back().unwrap_or_default());
        // What a register has is two words as often as it is a name; of three, with the form of a company, it is one.
        let is_plain = candidate.owner.is_unreviewed() && !(words::is_form(last) && parts.next().is_some());
        return words::is_generic(first) || is_plain || is_of_town();
    }
    let is_apart = follows || name.contains(['-', '&', '.']) || name.len() <= 3;
    let is_name_before = || around.has_initial_before(start) || around.word_before(start).is_some_and(is_name_or_place);
    !is_apart && (is_name_before() || around.is_compound(start)) || is_of_town()
}

/// Returns whether a title or an age tells that a candidate is a person.
fn is_person(candidate: &Candidate, around: &Around<'_>) -> bool {
    let name = around.slice(candidate.start, candidate.end);
    person::ends_in_title(around.head(candidate.start))
        || !name.contains(' ') && person::begins_with_age(around.tail(candidate.end))
}

/// Returns all the signs around a candidate.
pub(super) fn read(candidate: &Candidate, around: &Around<'_>, language: Language) -> Signs {
    let mut signs = Signs::default();
    let before = around.before::<6>(candidate.start);
    let after = around.after::<8>(candidate.end);
    let opens = around.begins_sentence(candidate.start);
    if is_person(candidate, around) {
        signs.add(Sign::Title);
    } else {
        before_name(&before, around, candidate, language, &mut signs);
    }
    let is_judged = ratings::judge(before.first().copied().unwrap_or_default(), &after);
    if is_judged {
        signs.add(Sign::Holding);
    } else {
        after_name(&after, around, candidate, language, held::held(&before), &mut signs);
    }
    let name = around.slice(candidate.start, candidate.end);
    // `Asia (+2%), Total (+3%)`: a sum changes as a share does. An index does, too, and what has an article: `le casino perd 3 %`.
    let next = around.next(candidate.end);
    let is_adjective = words::is_adjective(name);
    let is_apart = || !signs.has(Sign::NameBefore) && !before.first().is_some_and(|word| words::is_article(word));
    let moves = !(is_adjective && language == Language::English) && figure::has_moved(next) && is_apart();
    if !words::is_index_name(name) && (moves || !is_adjective && figure::has_change(next)) {
        signs.add(Sign::Change);
    }
    let (head, tail) = (around.slice(0, candidate.start), around.rest(candidate.end));
    // `Target, which employs 40,000 people`
    let is_told_of = object::is_targeted(&after) || relative::tells(tail);
    // `a strike at Delta hospital`
    let is_place = || after.first().is_some_and(|word| words::is_place(word));
    if is_told_of
        || object::is_object(&before) && !is_place()
        || object::is_left(&before, &after)
        || object::is_sued(&before, &after)
    {
        signs.add(Sign::Object);
    }
    let sentence = around.sentence(candidate.start..candidate.end);
    // `Continental et Bosch suppriment des milliers de postes`
    if candidate.class == Class::Word
        && verb::follow_two(&after, language)
        && (jobs::are_told(sentence) || deals::are_told(sentence))
    {
        signs.add(Sign::Verb);
    }
    // What is no ordinary word needs no jobs: `ING and Rabobank agree`, `CMA CGM et Maersk suspendent`.
    let is_second =
        || matches!(before.first(), Some(&("and" | "et"))) && after.first().is_some_and(|word| verb::is_plural(word));
    if is_peer(candidate) && (verb::follow_two(&after, language) || is_second()) {
        signs.add(Sign::Verb);
    }
    // `Delta said`: an ordinary noun would have an article before it, unless it is a plural (`Employers said`). What an
    // index goes by is mostly the index: `Dow fell`. None stands right before a period (`Gap Q1`).
    // French verbs tell themselves that they are singular.
    let says = after.first().is_some_and(|word| words::is_saying(word));
    // `Currys lifts`: an English verb tells it, too, if it has its ending.
    let is_singular = || after.first().is_some_and(|word| word.ends_with('s') && words::is_verb(word));
    let is_plural = language != Language::French
        && name.strip_suffix('s').is_some_and(|stem| !stem.ends_with(['\'', '’', 's']))
        && !is_singular();
    let is_noun = is_plural || words::is_index_name(name) && !says && !deals::are_counted(around.tail(candidate.end));
    let stands_alone = opens && !around.is_titled() && !is_noun;
    if stands_alone && language == Language::English && !words::is_adjective(name) && verb::has_subject(&after) {
        signs.add(Sign::Verb);
    }
    let business = words::count_business(sentence, MUCH);
    // `Delta will cut 500 jobs`: who does something to jobs does business, while a sentence may speak of jobs alone.
    let does_business =
        || jobs::are_told(sentence) || deals::are_told(sentence) || deals::are_made(&after, around.is_titled());
    if business >= 1 || signs.has(Sign::Verb) && does_business() {
        signs.add(Sign::Business);
    }
    if candidate.class == Class::Word
        && signs.has(Sign::Verb)
        && words::begins_with_role(around.behind_sentence(candidate.end))
    {
        signs.add(Sign::TakenUp);
    }
    if business >= MUCH {
        signs.add(Sign::MuchBusiness);
    }
    if heading::heads(head, tail, language == Language::English && words::is_adjective(name)) {
        signs.add(Sign::Heading);
    }
    if !(opens && is_noun) && press::speaks(head, tail) {
        signs.add(Sign::Press);
    }
    let is_subject = stands_alone && signs.has(Sign::Verb);
    let is_formed = signs.has(Sign::Form) && legal_form(around, candidate.end).is_some();
    let told = [Sign::Period, Sign::Change, Sign::Heading, Sign::Press];
    let is_told = is_told_of || is_formed || is_judged || told.into_iter().any(|sign| signs.has(sign));
    if candidate.class == Class::Word && (opens || around.is_titled()) && !is_subject && !is_told {
        signs.add(Sign::Opening);
    }
    signs
}

/// Returns whether a name is no ordinary word, and that of a company that news names.
fn is_peer(candidate: &Candidate) -> bool {
    candidate.class == Class::Proper && candidate.owner.is_reviewed()
}

/// Returns whether the words before a name, the nearest first, make it that of a town: `la ville d'Orange`, but not `le
/// ministre Bruno Le Maire sur Twitter`.
fn is_of_town(before: &[&str]) -> bool {
    matches!(before, ["of" | "de" | "d" | "du" | "des", noun, ..] if words::is_town(noun))
}

/// Returns whether the words before a candidate speak of the town that it is: `le maire de Vittel`. One lives in the
/// valley of a company, too, but no company has a mayor.
pub(super) fn is_of_municipality(candidate: &Candidate, around: &Around<'_>) -> bool {
    let before = around.before::<2>(candidate.start);
    is_of_town(&before) && before.get(1).is_some_and(|noun| words::is_municipality(noun))
}

/// Returns whether a word before a name may make it that of a person or a place.
fn is_name_or_place(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || words::is_place(word)
}

/// Reads what stands before the name.
fn before_name(before: &[&str], around: &Around<'_>, candidate: &Candidate, language: Language, signs: &mut Signs) {
    let Some(&last) = before.first() else { return };
    // `Ferry operator Irish Continental`: behind a role, the adjective of a nation is a part of the name.
    if words::is_demonym(last) && before.get(1).is_some_and(|word| words::is_role(word)) {
        signs.add(Sign::NameBefore);
        return;
    }
    if has_role(before, around.is_titled()) || words::is_peers(last) {
        signs.add(Sign::Role);
    }
    // `l'indice PMI`, `40 degrés Celsius`
    if words::is_kind(last) {
        signs.add(Sign::Defined);
    }
    if held::held(before).is_some() {
        signs.add(Sign::Holding);
    }
    if last == "s" || last.ends_with("'s") {
        // `Germany's Continental`, but not `Columbia's Cohen`.
        if before.get(1).is_some_and(|owner| owner.starts_with(char::is_uppercase) && words::is_country(owner)) {
            signs.add(Sign::Country);
        }
        // `the People's Bank of China`
        if before.get(1).is_some_and(|owner| owner.starts_with(char::is_uppercase) && words::is_folk(owner)) {
            signs.add(Sign::NameBefore);
        }
        return;
    }
    let name = around.slice(candidate.start, candidate.end);
    if words::is_demonym(last) {
        // `Swedish Crown` is money, and `the American Target` an aim.
        let is_noun = || candidate.class == Class::Word && !is_company_behind(candidate, around, language);
        if !words::is_money(name) && !is_noun() {
            signs.add(Sign::Country);
        }
        return;
    }
    // `Léonard de Vinci`
    let is_person = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.contains(char::is_lowercase)
            && !(words::is_role(word) || words::is_held(word) || words::is_opener(word) || words::is_date(word))
    };
    if words::is_particle(last) && candidate.class != Class::Sure && before.get(1).is_some_and(|word| is_person(word)) {
        signs.add(Sign::NameBefore);
    }
    if is_of_town(before) {
        signs.add(Sign::NameBefore);
    }
    // `la Société Générale` takes its article, as names of several words and those with their form do.
    if words::is_article(last) && !name.contains(' ') && legal_form(around, candidate.end).is_none() {
        signs.add(Sign::Article);
    }
    let start = candidate.start - around.gap(candidate.start) - last.len();
    let is_name = last.chars().count() > 1
        && ![words::is_role, words::is_peers, words::is_held, words::is_article].iter().any(|is| is(last));
    let is_name = is_name && last.starts_with(char::is_uppercase) && !words::is_date(last) && !words::is_form(last);
    // `Chicago-based Boeing`, but not `Stratford-upon-Avon`
    let is_joined = |end: &str| end.starts_with(char::is_lowercase) && end.ends_with("ed");
    let is_name = is_name && !last.rsplit_once('-').is_some_and(|(_, end)| is_joined(end));
    let shouts = |word: &str| !word.contains(char::is_lowercase);
    // `JOHN ABBOTT, ANALYST`, but not `STOCKS: BOEING LEADS THE RISE`.
    let may_open = words::is_opener(last) || shouts(last) && (!shouts(name) || around.is_heading(start));
    // `VIDÉO - Sur Facebook`
    let is_behind_dash = || words::is_opener(last) && around.head(start).trim_end().ends_with(['-', '–', '—']);
    let opens = around.begins_sentence(start) && may_open || is_behind_dash();
    // What is in capitals beside a name that is not may be the end of a heading, or an acronym of its own in French:
    // `la CFDT Renault`, but `CBS News`.
    let is_long = |word: &str| word.chars().nth(1).is_some() && shouts(word);
    let is_heading = language == Language::French && candidate.class != Class::Word
        || before.get(1).is_some_and(|word| is_long(word));
    let is_apart = is_long(last) && is_heading && !shouts(name);
    if is_name && !around.is_titled() && !opens && !is_apart || words::is_title(last) || words::is_place(last) {
        signs.add(Sign::NameBefore);
    }
}

/// Returns whether a role of companies stands before a name, and no other name between: `le groupe Casino`, but neither
/// `founder Michael Dell of the company` nor a law firm.
fn has_role(before: &[&str], is_titled: bool) -> bool {
    let is_other = |word: &&str| {
        let is_known =
            [words::is_role, words::is_demonym, words::is_opener, words::is_held, words::is_article, words::is_form];
        word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase) && !is_known.iter().any(|is| is(word))
    };
    let count = before.iter().take(3).take_while(|word| !is_other(word)).count();
    let before_role = |at: usize| before.get(at + 1).copied().unwrap_or_default();
    // `Amerant Bank Arena`: written with a capital behind a name, it is a part of that.
    let is_part = |at: usize| !is_titled && before[at].starts_with(char::is_uppercase) && is_other(&before_role(at));
    let is_of_lawyers = |at: usize| match before[at] {
        "firm" => before_role(at).eq_ignore_ascii_case("law"),
        "cabinet" => before[..at].iter().any(|word| word.starts_with("avocat")),
        _ => false,
    };
    (0..count).any(|at| words::is_role(before[at]) && !is_of_lawyers(at) && !is_part(at))
}

/// Returns whether what follows an ordinary word makes it a company.
fn is_company_behind(candidate: &Candidate, around: &Around<'_>, language: Language) -> bool {
    let after = around.after::<3>(candidate.end);
    let Some(next) = after.first() else { return false };
    verb::follows(&after, language) || words::is_holding(next) || words::is_form(next) || period::is_period(next)
}

/// Reads what follows the name.
fn after_name(
    after: &[&str],
    around: &Around<'_>,
    candidate: &Candidate,
    language: Language,
    held: Option<Held>,
    signs: &mut Signs,
) {
    if around.next(candidate.end).starts_with(['&']) {
        signs.add(Sign::NameAfter);
    }
    if around.next(candidate.end).starts_with(',') && legal_form(around, candidate.end).is_some() {
        signs.add(Sign::Form);
        return;
    }
    // `Visa | V | 340.10`
    if let Some(cells) = around.next_cell(candidate.end)
        && cells == candidate.owner.symbol
    {
        signs.add(Sign::Symbol);
        return;
    }
    let Some(&next) = after.first() else { return };
    if next.len() > 1 && next == candidate.owner.symbol {
        signs.add(Sign::Symbol);
        return;
    }
    // `VEOLIA ENVIRON.`: the rest of the name, cut
    let behind = around.next(candidate.end).strip_prefix(next);
    if behind.is_some_and(|rest| rest.starts_with('.')) && is_cut(next, candidate) {
        signs.add(Sign::Form);
        return;
    }
    let name = around.slice(candidate.start, candidate.end);
    if let Some(rest) = abroad(after).filter(|_| candidate.owner.is_reviewed() && !around.is_titled()) {
        signs.add(Sign::Country);
        if verb::follows(rest, language) || verb::follow_two(rest, language) {
            signs.add(Sign::Verb);
        }
        return;
    }
    if is_form(next, name, candidate.class) && trade::is_owned(candidate, after) {
        signs.add(Sign::Form);
        return;
    }
    let opens = || around.begins_sentence(candidate.start) || around.is_titled();
    // `Total sales rose`, `Next Q2 report`
    let may_describe = language == Language::English && words::is_adjective(name) && opens();
    if period::is_period(next) {
        if !may_describe {
            signs.add(Sign::Period);
        }
        return;
    }
    if words::is_holding(next) && !(may_describe && words::is_plain(next)) {
        signs.add(Sign::Holding);
        return;
    }
    // `Amazon UK workers`, `Shell LNG output`: an acronym is no second name, and what the company has stands behind it.
    // `Meta AI spending`: its business.
    if is_acronym(next) && !is_acronym(name) {
        let had = after.get(1).copied().unwrap_or_default();
        if words::is_form(had) && candidate.class != Class::Word {
            signs.add(Sign::Form);
        } else if (words::is_topic(next) || words::is_holding(had)) && !may_describe {
            signs.add(Sign::Holding);
        } else if had.starts_with(char::is_uppercase) && !is_acronym(had) && !around.is_titled() {
            signs.add(Sign::NameAfter);
        }
        return;
    }
    // What an index does is told in the same words.
    let is_index =
        words::is_index_name(name) && !words::is_saying(next) && !deals::are_counted(around.tail(candidate.end));
    let owns = around.next(candidate.end).starts_with(['\'', '’']);
    // `Prudential's Asian sales`
    let is_qualifier = |word: &&str| words::is_demonym(word) || words::is_qualifier(word);
    if owns
        && is_qualifier(&next)
        && after.iter().find(|word| !is_qualifier(word)).is_some_and(|word| words::is_holding(word))
    {
        signs.add(Sign::Holding);
        return;
    }
    if owns && is_peer(candidate) && after.iter().take(3).any(|word| words::is_possession(word)) {
        signs.add(Sign::Owner);
        return;
    }
    if verb::follows(after, language) && !is_index {
        signs.add(Sign::Verb);
    } else if next.starts_with(char::is_uppercase) && !around.is_titled() {
        // `le PDG d'Orange Stéphane Richard`
        let is_person = || after.get(1).is_some_and(|word| word.starts_with(char::is_uppercase));
        if !(held == Some(Held::Person) && is_person()) {
            signs.add(Sign::NameAfter);
        }
    } else if language == Language::French && ["de", "du", "des"].contains(&next) && candidate.class == Class::Word {
        // `l'objectif sur Orange de 14 à 15 euros`
        let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        // `Casino de Paul Petit`: a company may be a person's.
        let is_name =
            |word: &&str| word.starts_with(char::is_uppercase) && !words::is_article(word) && !words::is_title(word);
        let is_person = || after.len() > 2 && after[1..3].iter().all(is_name);
        if !after.get(1).is_some_and(is_number) && !is_person() {
            signs.add(Sign::Tied);
        }
    } else if language == Language::English && !owns && verb::describes(after) {
        signs.add(Sign::Attribute);
    }
}

/// Returns whether a word is the beginning of what follows a name in a longer name of its company.
fn is_cut(word: &str, candidate: &Candidate) -> bool {
    let begins = |part: &str| part.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    word.len() >= 3
        && word.starts_with(char::is_uppercase)
        && candidate.owner.names().any(|name| name.split([' ', '-']).nth(1).is_some_and(begins))
}

/// Returns what follows the country of a subsidiary that the words behind a name begin with: `Orange Pologne a gagné`.
fn abroad<'a, 'b>(after: &'a [&'b str]) -> Option<&'a [&'b str]> {
    match after {
        ["Côte", "d", "Ivoire", rest @ ..] => Some(rest),
        [country, rest @ ..] if country.starts_with(char::is_uppercase) && words::is_abroad(country) => Some(rest),
        _ => None,
    }
}

/// Returns whether a word behind a name is the form of its company. One of two letters is written in capitals, unless the
/// name is in small letters as well: `Suez se souvient`; and so is any behind an ordinary word: `Shell companies are used
/// for fraud`.
fn is_form(next: &str, name: &str, class: Class) -> bool {
    let may_be_word = next.starts_with(char::is_lowercase) && name.starts_with(char::is_uppercase);
    words::is_form(next) && !(may_be_word && (class == Class::Word || next.len() == 2))
}

/// Returns the legal form behind a name, a comma read past: `Orange S.A.`, `Visa, Inc.`. Directions and states are no forms
/// behind a comma.
fn legal_form<'a>(around: &Around<'a>, at: usize) -> Option<&'a str> {
    let apart = around.next(at).strip_prefix(',');
    let rest = apart.unwrap_or(around.next(at)).trim_start_matches([' ', '\u{a0}']);
    let form = &rest[..rest.find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).unwrap_or(rest.len())];
    let is_direction = apart.is_some() && form.len() == 2 && !form.starts_with(['C', 'N']);
    (form.starts_with(char::is_uppercase) && words::is_legal_form(form) && !is_direction).then_some(form)
}

/// Returns whether a word is an acronym, and no part of the name of a king (`Leo XIV`) or a club (`Orlando FC`).
fn is_acronym(word: &str) -> bool {
    let letters = word.strip_suffix('s').unwrap_or(word);
    (2..=5).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'.' | b'&'))
        && !letters.bytes().all(|byte| b"IVX".contains(&byte))
        && !words::is_club(letters)
}
