//! From a draft to an article: its language, date, headline, boilerplate and tickers.
//!
//! A draft holds what a file states, an article what can be known. Each question has a module of its
//! own here; [`read`] asks them in order. Nothing is read from the disk or the clock: what the rooms need to
//! know of the file and of the day comes in [`Circumstances`].

mod author;
mod boilerplate;
pub mod date;
mod headline;
mod label;
mod language;
mod letters;
pub mod name;
mod pointer;
mod sentence;
mod source;
pub mod ticker;

use std::panic::{AssertUnwindSafe, catch_unwind};

use unicode_normalization::UnicodeNormalization;

use crate::article::{Article, Draft, HeadlineOrigin, Language, Skip, SkipReason};
use date::Order;

/// What is known of the file that a draft comes from.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The file's name, relative to the indexed root, with `/` between folders.
    pub path: &'a str,
    /// When the file was last changed, in nanoseconds since 1970 UTC; 0 when unknown.
    pub modified: i64,
    /// The present, in seconds since 1970 UTC; later dates are refused.
    pub now: i64,
    /// Whether companies are looked for by their names, and not by codes alone.
    pub names: bool,
}

/// Returns the article that `draft` states. Every draft gives one.
pub fn read(draft: Draft, circumstances: &Circumstances<'_>) -> Article {
    let (id, place) = (draft.id(circumstances.path), draft.place(circumstances.path));
    let (headline, headline_origin, body) = headline::read(draft.headline.as_deref(), draft.body);
    let body_end = boilerplate::begin(&body);
    let text = &body[..body_end];

    // A headline made of the first sentence repeats the body: it tells nothing more.
    let own_headline = if headline_origin == HeadlineOrigin::FirstSentence { "" } else { headline.as_str() };
    // Nor does a notice of the law tell the language of what stands above it.
    let is_stated = !draft.language_around && draft.language.as_deref().and_then(Language::from_tag).is_some();
    let top = if is_stated { text } else { &text[..boilerplate::notice(text)] };
    let (language, language_confidence) =
        language::read(draft.language.as_deref(), draft.language_around, &[own_headline, top]);
    let order = match draft.month_first {
        Some(true) => Order::MonthFirst,
        Some(false) => Order::DayFirst,
        None => order(language, draft.language.as_deref(), draft.url.as_deref()),
    };
    let modified = draft.modified.unwrap_or(circumstances.modified);
    // In an id a `#` of a name is written so; it would run into a date.
    let path = place.replace("%23", "#");
    let around = Circumstances { path: &path, modified, ..*circumstances };
    let published = date::read(&draft.dates, draft.url.as_deref(), &headline, &body, order, &around);
    let at = published.map(|published| published.at);
    let names = circumstances.names;
    let tickers =
        ticker::read(&ticker::Written { headline: own_headline, text, stated: &draft.tickers, language, at, names });

    let author = author::read(named(draft.author).as_deref(), text)
        .or_else(|| named(draft.maker).filter(|maker| author::is_person(maker)));
    let source = named(draft.source).or_else(|| named(source::read(text).map(str::to_owned)));

    Article {
        id,
        path: circumstances.path.to_owned(),
        headline,
        headline_origin,
        body,
        body_end,
        language,
        language_confidence,
        published,
        source,
        author,
        url: filled(draft.url),
        section: named(draft.section),
        tickers,
    }
}

/// Returns the article of one draft among many: a fault of ours takes it, and not the rest of its file.
///
/// # Errors
/// A skip with the reason [`SkipReason::Internal`] if [`read`] panics.
pub fn read_one_of_many(draft: Draft, circumstances: &Circumstances<'_>) -> Result<Article, Skip> {
    let id = draft.id(circumstances.path);
    catch_unwind(AssertUnwindSafe(|| read(draft, circumstances))).map_err(|_| {
        let detail =
            ("telex failed on this article; please report it", "telex a échoué sur cet article ; merci de le signaler");
        Skip { path: id, line: None, reason: SkipReason::Internal, detail: detail.into() }
    })
}

/// Returns the text without spaces at its ends and line breaks inside; `None` if nothing is left.
fn filled(text: Option<String>) -> Option<String> {
    let words: Vec<&str> = text.as_deref()?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Returns the same of a name, composed (NFC): one name has one spelling, by which articles are counted.
fn named(text: Option<String>) -> Option<String> {
    filled(text.map(|text| text.nfc().collect()))
}

/// Returns how the source writes `03/04/2025`: the day first, but for English from a source that is not
/// plainly British or of a country that writes as Britain does.
fn order(language: Language, tag: Option<&str>, url: Option<&str>) -> Order {
    if language != Language::English {
        return Order::DayFirst;
    }
    let region = tag.and_then(|tag| tag.trim().rsplit(['-', '_']).next()).unwrap_or_default();
    let host = url.and_then(|url| url.split("//").nth(1)).and_then(|rest| rest.split(['/', '?', ':']).next());
    let domain = host.and_then(|host| host.rsplit('.').next()).unwrap_or_default();
    let day_first = |code: &str| DAY_FIRST.iter().any(|known| code.eq_ignore_ascii_case(known));
    if day_first(region) || day_first(domain) { Order::DayFirst } else { Order::MonthFirst }
}

/// Countries (as in tags and addresses) whose English writes the day first.
const DAY_FIRST: &[&str] = &["gb", "uk", "ie", "au", "nz", "in", "za", "sg", "hk", "fr", "be", "ch", "de", "eu", "lu"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::DateOrigin;
    use proptest::prelude::*;

    const NOW: i64 = 1_756_684_800;

    fn at(path: &str) -> Circumstances<'_> {
        Circumstances { path, modified: NOW * 1_000_000_000, now: NOW, names: true }
    }

    #[test]
    fn a_plain_text_becomes_an_article() {
        let body = "Exemple SA relève ses objectifs\n\nPARIS, 14 juillet 2025 (AFP) – Le groupe Exemple a relevé ses objectifs \
                    de ventes pour l'exercice. Le titre monte.\n\nLire aussi : Les banques reculent\nPhoto : Exemple"
            .to_owned();
        let article = read(Draft { body, ..Draft::default() }, &at("news/a.txt"));
        assert_eq!((article.id.as_str(), article.path.as_str()), ("news/a.txt", "news/a.txt"));
        assert_eq!(article.headline, "Exemple SA relève ses objectifs");
        assert_eq!(article.headline_origin, HeadlineOrigin::FirstLine);
        assert!(article.text().trim_end().ends_with("Le titre monte."), "{}", article.text());
        assert_eq!(article.language, Language::French);
        assert!(article.language_confidence > 0.8);
        assert_eq!(article.published.map(|published| published.at), Some(1_752_451_200));
        assert_eq!(article.published.map(|published| published.origin), Some(DateOrigin::Dateline));
    }

    #[test]
    fn a_line_that_points_elsewhere_names_no_company() {
        let story = "Le groupe Bouygues a relevé ses objectifs. L'action Bouygues gagne 3 % à la Bourse de Paris.";
        for line in ["LIRE AUSSI : Renault chute en Bourse", "Read also: Renault (Euronext Paris : RNO) falls"] {
            let body = format!("{story}\n\n{line}\n\n{story}");
            let article = read(Draft { body, ..Draft::default() }, &at("a.txt"));
            let symbols: Vec<&str> = article.tickers.iter().map(|mention| mention.ticker.symbol.as_str()).collect();
            assert_eq!(symbols, ["EN"], "{line}");
            assert!(article.text().contains(line));
        }
    }

    #[test]
    fn the_fields_of_a_form_above_the_text_are_read() {
        for form in [
            "Title: Halden grows\nAuthor: Jane Roe\nSource: Halden Wire\nDate: 2025-03-03",
            "Source : Halden Wire\nAuteur : Jane Roe\nDate : 03/03/2025\nTitre : Halden grows",
        ] {
            let body = format!("{form}\n\nThe group grew by a tenth in the year, it said on Monday.");
            let article = read(Draft { body, ..Draft::default() }, &at("a.txt"));
            assert_eq!(article.headline, "Halden grows", "{form}");
            assert_eq!(article.author.as_deref(), Some("Jane Roe"), "{form}");
            assert_eq!(article.source.as_deref(), Some("Halden Wire"), "{form}");
            assert_eq!(article.published.map(|published| published.at), Some(1_740_960_000), "{form}");
        }
    }

    #[test]
    fn a_notice_does_not_tell_the_language() {
        let story = "Le groupe Halden a publié mardi un bénéfice en hausse de 12 % sur un an, dit-il. ".repeat(3);
        let notice =
            "This press release contains statements that are subject to risks which could change the results. ";
        for (times, body) in
            [1, 20].map(|times| (times, format!("{story}\n\nForward-looking statements\n\n{}", notice.repeat(times))))
        {
            let headline = Some("Halden : bénéfice".to_owned());
            let article = read(Draft { headline, body, ..Draft::default() }, &at("a.txt"));
            assert_eq!(article.language, Language::French, "{times}");
        }
        // Where nothing stands above it, it is the text.
        let body = format!("Disclaimer\n\n{}", notice.repeat(3));
        assert_eq!(read(Draft { body, ..Draft::default() }, &at("a.txt")).language, Language::English);
    }

    #[test]
    fn a_byline_goes_before_who_made_the_file() {
        for (text, author) in
            [("Par Anne Petit\n\nLe groupe monte.", "Anne Petit"), ("Le groupe monte.", "Service Halden")]
        {
            let maker = Some("Service Halden".to_owned());
            let article = read(Draft { body: text.to_owned(), maker, ..Draft::default() }, &at("a.docx"));
            assert_eq!(article.author.as_deref(), Some(author), "{text}");
        }
    }

    #[test]
    fn who_made_the_file_counts_if_he_has_a_name() {
        for maker in ["(anonymous)", "anonymous", "python-docx", "jroe", "Microsoft Office User", "Unknown Author"] {
            let maker = Some(maker.to_owned());
            let article = read(Draft { body: "Le groupe monte.".to_owned(), maker, ..Draft::default() }, &at("a.docx"));
            assert_eq!(article.author, None);
        }
    }

    #[test]
    fn time_grows_no_faster_than_the_text() {
        let codes = (0..20_000).map(|n: u32| {
            let letter = |place: u32| char::from(b'A' + (n / 26_u32.pow(place) % 26) as u8);
            format!("({}: {}{}{}{}) ", "NYSE", letter(0), letter(1), letter(2), letter(3))
        });
        let start = std::time::Instant::now();
        for (headline, body) in [
            ("Apple and Microsoft target ".repeat(3_000), String::new()),
            (String::new(), "Apple ".repeat(30_000)),
            (String::new(), "Meta ".repeat(30_000)),
            (String::new(), "Renault.".repeat(30_000)),
            (String::new(), "SEB ".repeat(30_000)),
            (String::new(), "Total,".repeat(10_000)),
            (String::new(), "W.W. Grainger, Grainger, ".repeat(5_000)),
            (String::new(), format!("posted on {}", "Facebook and ".repeat(20_000))),
            (String::new(), codes.collect()),
            (String::new(), format!("Lundin Gold (TSX: LUG) rose {}", "Lundin ".repeat(20_000))),
            (String::new(), "Lire aussi : Renault\n".repeat(10_000)),
        ] {
            let headline = Some(headline).filter(|headline| !headline.is_empty());
            read(Draft { headline, body, ..Draft::default() }, &at("a.txt"));
        }
        // Were any of them quadratic, it would take minutes.
        assert!(start.elapsed().as_secs() < 40, "{:?}", start.elapsed());
    }

    #[test]
    fn stated_fields_are_kept() {
        let draft = Draft {
            record: Some("7".to_owned()),
            headline: Some("A title".to_owned()),
            language: Some("en-US".to_owned()),
            dates: vec![("03/04/2025".to_owned(), DateOrigin::Metadata)],
            source: Some("  Example\n News ".to_owned()),
            author: Some("  ".to_owned()),
            ..Draft::default()
        };
        let article = read(draft, &at("a.jsonl"));
        assert_eq!(article.id, "a.jsonl#7");
        assert_eq!(article.source.as_deref(), Some("Example News"));
        assert_eq!(named(Some("L\u{2019}E\u{301}cho ".to_owned())).as_deref(), Some("L’Écho"));
        assert_eq!(article.author, None);
        assert_eq!((article.language, article.language_confidence), (Language::English, 1.0));
        assert_eq!(article.published.map(|published| published.at), Some(1_741_046_400));
    }

    #[test]
    fn the_other_records_tell_the_order_before_the_language() {
        for (month_first, want) in [(Some(false), 1_743_638_400), (Some(true), 1_741_046_400), (None, 1_741_046_400)] {
            let dates = vec![("03/04/2025".to_owned(), DateOrigin::Metadata)];
            let draft = Draft { language: Some("en".to_owned()), dates, month_first, ..Draft::default() };
            assert_eq!(read(draft, &at("a.csv")).published.map(|date| date.at), Some(want), "{month_first:?}");
        }
    }

    #[test]
    fn the_source_tells_the_order_of_numbers() {
        use Language::{English, French, Other};
        for (language, tag, url, want) in [
            (French, None, None, Order::DayFirst),
            (Other, None, None, Order::DayFirst),
            (English, None, None, Order::MonthFirst),
            (English, Some("en-GB"), None, Order::DayFirst),
            (English, Some("en"), Some("https://www.example.co.uk/a"), Order::DayFirst),
            (English, Some("en-US"), Some("https://www.example.com/uk"), Order::MonthFirst),
        ] {
            assert_eq!(order(language, tag, url), want, "{language} {tag:?} {url:?}");
        }
    }

    proptest! {
        #[test]
        fn every_draft_gives_a_sound_article(
            headline in proptest::option::of("\\PC{0,30}"),
            body in "(\\PC{0,40}|\n|About |Copyright |PARIS, July 13 \\(Reuters\\) - |Publié le 3/4/20|Lire aussi : |\\. ){0,30}",
            dates in proptest::collection::vec("[0-9TZ:/. +-]{0,20}", 0..3),
            path in "[0-9a-z/-]{0,20}",
            now in 0i64..4_000_000_000,
            modified in any::<i64>(),
        ) {
            let dates = dates.into_iter().map(|date| (date, DateOrigin::Metadata)).collect();
            let article = read(Draft { headline, body, dates, ..Draft::default() }, &Circumstances { path: &path, modified, now, names: true });
            prop_assert!(article.body.is_char_boundary(article.body_end));
            prop_assert!((0.0..=1.0).contains(&article.language_confidence));
            prop_assert_eq!(&article.id, &article.path);
            if let Some(published) = article.published {
                prop_assert!((-2_208_988_800..=now + 86_400).contains(&published.at));
            }
        }
    }
}
