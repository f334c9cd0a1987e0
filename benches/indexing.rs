//! How fast a folder becomes an index, and how fast an unchanged one is seen to be so.

mod news;

use std::fs;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use telex::indexer;

/// How many files, with one article each.
const FILES: usize = 500;

fn indexing(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the articles");
    let mut bytes = 0;
    for n in 0..FILES {
        let record = news::record(n);
        bytes += record.len() as u64;
        fs::write(folder.path().join(format!("{n}.json")), record).expect("an article written");
    }
    let mut group = criterion.benchmark_group("indexing");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("from nothing", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().expect("a folder for the index"),
            |index| {
                let report =
                    indexer::run(&news::options(folder.path(), index.path()), &news::Quiet).expect("an index written");
                assert_eq!((report.articles_written, report.bytes_read), (FILES as u64, bytes));
                index
            },
            BatchSize::PerIteration,
        );
    });
    let index = tempfile::tempdir().expect("a folder for the index");
    let options = news::options(folder.path(), index.path());
    indexer::run(&options, &news::Quiet).expect("an index written");
    group.throughput(Throughput::Elements(FILES as u64));
    group.bench_function("nothing changed", |bencher| {
        bencher.iter(|| {
            let report = indexer::run(&options, &news::Quiet).expect("an index checked");
            assert_eq!((report.files_unchanged, report.articles_written), (FILES as u64, 0));
        });
    });
    group.finish();
}

criterion_group!(benches, indexing);
criterion_main!(benches);
