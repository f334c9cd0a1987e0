//! What is measured: time, and what the process itself has cost.
//!
//! Processor time and memory are those that Linux tells in `/proc`; elsewhere they are not known.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Ticks of processor time in a second: what Linux tells programs on every platform (`USER_HZ`).
const TICKS: f64 = 100.0;

/// What indexing a corpus cost.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Indexing {
    /// Articles in the index.
    pub articles: u64,
    /// Seconds.
    pub wall: f64,
    /// Seconds of processor time, of all threads.
    pub cpu: Option<f64>,
    /// The most memory that was resident, in megabytes.
    pub memory: Option<f64>,
    /// Bytes of the index on disk.
    pub bytes: u64,
}

/// How fast queries were answered, in microseconds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Searching {
    /// The median over the queries, each with its own median over the rounds.
    pub p50: f64,
    /// The 99th percentile over the same.
    pub p99: f64,
    /// By class of query: the median, the 99th percentile, and how many queries.
    pub classes: BTreeMap<String, (f64, f64, usize)>,
    /// How many queries found nothing.
    pub empty: usize,
    /// Megabytes that are the process's own, which a file read in place is not.
    pub memory: Option<f64>,
}

impl Searching {
    /// Sums up the times of queries, each with its class and its times in every round, in microseconds.
    pub fn of(times: Vec<(String, Vec<f64>)>, empty: usize) -> Searching {
        let mut classes: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut all = Vec::new();
        for (class, rounds) in times {
            let median = percentile(rounds, 0.5);
            classes.entry(class).or_default().push(median);
            all.push(median);
        }
        let summed = |(class, times): (String, Vec<f64>)| {
            let count = times.len();
            (class, (percentile(times.clone(), 0.5), percentile(times, 0.99), count))
        };
        Searching {
            p50: percentile(all.clone(), 0.5),
            p99: percentile(all, 0.99),
            classes: classes.into_iter().map(summed).collect(),
            empty,
            memory: status("RssAnon:"),
        }
    }
}

/// Returns the value below which the share `part` of `values` lies; 0 if there are none.
pub fn percentile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values.get((last as f64 * part).round() as usize).copied().unwrap_or_default()
}

/// Returns the seconds of processor time that the process has taken.
pub fn cpu() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field, the program's name, may hold spaces.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

/// Returns the most memory that was resident, in megabytes.
pub fn peak_memory() -> Option<f64> {
    status("VmHWM:")
}

/// Returns a line of the process's status, in megabytes.
fn status(name: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? * 1024.0 / 1e6)
}

/// Returns how many bytes the files of a folder have.
pub fn bytes_in(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter_map(|entry| entry.metadata().ok());
    files.filter(|metadata| metadata.is_file()).map(|metadata| metadata.len()).sum()
}
