//! How fast a draft becomes an article: its date, the securities named by code and by name, and all of it.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use telex::article::{Draft, Language};
use telex::reading::date::Order;
use telex::reading::ticker::Written;
use telex::reading::{self, Circumstances, date, ticker};

/// An article as it is read, and what it must give.
struct Sample {
    language: Language,
    text: &'static str,
    /// The day of publication, in seconds since 1970 UTC.
    day: i64,
    order: Order,
    /// The securities that it names, by a code or by a name.
    tickers: &'static [&'static str],
}

const SAMPLES: [Sample; 2] = [
    Sample {
        language: Language::French,
        text: "Exemple SA relève ses prévisions\n\n\
               PARIS, 17 juillet 2025 (Agence Fluviale) - Le groupe (Euronext Paris : MC) a relevé jeudi ses prévisions \
               de marge. Société Générale et BNP Paribas ont salué la décision, et l'action Air Liquide (AI.PA) \
               a suivi. « Nous restons prudents », a dit la directrice financière. Le titre (ISIN FR0000120321) \
               gagnait 2,1 % à l'ouverture, dans un marché qui attend la décision de la Banque centrale.",
        day: 1_752_710_400,
        order: Order::DayFirst,
        tickers: &["XPAR:MC", "XPAR:GLE", "XPAR:BNP", "XPAR:AI", "XPAR:OR"],
    },
    Sample {
        language: Language::English,
        text: "Sample Inc lifts its outlook\n\n\
               NEW YORK, July 17, 2025 (Example Wire) - The retailer (NASDAQ: AMZN) lifted its outlook on Thursday. Shares \
               of International Business Machines and of Microsoft rose with it, while Caterpillar (CAT) fell. \
               \"We remain cautious,\" its finance chief said. $AAPL was little changed in a market that awaits \
               the decision of the Federal Reserve, and traders watched [LSE:BP.] as oil went up by 3 percent.",
        day: 1_752_710_400,
        order: Order::MonthFirst,
        tickers: &["XNAS:AMZN", "XNYS:IBM", "XNAS:MSFT", "XNYS:CAT", "XNAS:AAPL", "XLON:BP"],
    },
];

const CIRCUMSTANCES: Circumstances<'_> =
    Circumstances { path: "article.txt", modified: 0, now: 1_780_000_000, names: true };

fn draft(text: &str) -> Draft {
    Draft { body: text.to_owned(), ..Draft::default() }
}

fn names(mentions: &[telex::article::Mention]) -> Vec<String> {
    let mut names: Vec<String> = mentions.iter().map(|mention| mention.ticker.to_string()).collect();
    names.sort();
    names
}

fn reading(criterion: &mut Criterion) {
    for Sample { language, text, day, order, tickers } in SAMPLES {
        let mut expected = tickers.to_vec();
        expected.sort_unstable();
        let mut group = criterion.benchmark_group(format!("reading/{language}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        let written =
            |names| Written { headline: "", text: black_box(text), stated: &[], language, at: Some(day), names };
        group.bench_function("tickers and names", |bencher| {
            bencher.iter(|| assert_eq!(names(&ticker::read(&written(true))), expected));
        });
        group.bench_function("tickers by code alone", |bencher| {
            bencher.iter(|| {
                let found = ticker::read(&written(false));
                assert!(!found.is_empty() && found.len() < expected.len());
            });
        });
        group.bench_function("date", |bencher| {
            bencher.iter(|| {
                let published = date::read(&[], None, "", black_box(text), order, &CIRCUMSTANCES).expect("a date");
                assert_eq!(published.at, day);
            });
        });
        group.bench_function("draft to article", |bencher| {
            bencher.iter(|| {
                let article = reading::read(draft(text), &CIRCUMSTANCES);
                assert_eq!(article.language, language);
                assert_eq!(names(&article.tickers), expected);
            });
        });
        group.finish();
    }
}

criterion_group!(benches, reading);
criterion_main!(benches);
