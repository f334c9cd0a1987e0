//! How fast text becomes tokens, and forms become folds and stems.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use telex::analysis::{Stemmers, Token, TokenKind, Tokens, fold};
use telex::article::Language;

/// Language, text, and how many words it has.
const TEXTS: [(Language, &str, usize); 2] = [
    (Language::French, include_str!("../sample_corpus/fr/loreal-marge-or-bleu.txt"), 179),
    (Language::English, include_str!("../sample_corpus/en/farm-belt-drought.txt"), 218),
];

/// How often a text is repeated, so that one pass takes a measurable time.
const TIMES: usize = 100;

fn words(text: &str, each: &mut dyn FnMut(&str)) {
    let mut tokens = Tokens::new(text);
    let mut token = Token::default();
    while tokens.next(&mut token) {
        if token.kind == TokenKind::Word {
            each(&token.text);
        }
    }
}

fn analysis(criterion: &mut Criterion) {
    for (language, text, expected) in TEXTS {
        let long = format!("{text}\n\n").repeat(TIMES);
        let mut group = criterion.benchmark_group(format!("analysis/{language}"));
        group.throughput(Throughput::Bytes(long.len() as u64));
        group.bench_function("tokens", |bencher| {
            bencher.iter(|| {
                let mut count = 0;
                words(black_box(&long), &mut |_| count += 1);
                assert_eq!(count, expected * TIMES);
            });
        });
        group.finish();

        let mut forms = Vec::new();
        words(text, &mut |word| forms.push(word.to_owned()));
        forms.sort_unstable();
        forms.dedup();
        let stemmers = Stemmers::default();
        let mut group = criterion.benchmark_group(format!("analysis/{language}"));
        group.throughput(Throughput::Elements(forms.len() as u64));
        group.bench_function("folds and stems", |bencher| {
            bencher.iter(|| {
                let stems = forms.iter().filter(|form| {
                    let folded = fold(black_box(form));
                    !folded.is_empty() && stemmers.stem(form, language).is_some()
                });
                // Numbers and signs have no stem; most forms are words.
                assert!(stems.count() * 10 > forms.len() * 8);
            });
        });
        group.finish();
    }
}

criterion_group!(benches, analysis);
criterion_main!(benches);
