//! A fresh folder with the real program in it, so that no test sees another's files or the user's
//! settings; and the few things that many tests need.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// A temporary folder with a home of its own, and a folder `work` in which the program runs.
pub struct TestEnv {
    folder: TempDir,
    work: PathBuf,
}

impl TestEnv {
    /// Makes the folders.
    pub fn new() -> TestEnv {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let work = root.join("work");
        fs::create_dir_all(&work).unwrap();
        fs::create_dir_all(root.join("home")).unwrap();
        TestEnv { folder, work }
    }

    /// Returns the path of `name` in the work folder.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.work.join(name)
    }

    /// Writes a file in the work folder, with the folders it needs.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Copies the sample corpus to `sample_corpus` in the work folder.
    pub fn copy_sample(&self) {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus"), &self.path("sample_corpus"));
    }

    /// Returns a command that runs the program in the work folder, with none of the user's environment.
    pub fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_telex"));
        command.args(args).current_dir(&self.work).env_clear().env("HOME", self.folder.path().join("home"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Returns a line of the shell, in the work folder, with none of the user's environment.
    pub fn shell(&self, line: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(&self.work).env_clear().env("HOME", self.folder.path().join("home"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end.
    pub fn telex<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Outcome {
        Outcome::of(&mut self.command(args))
    }

    /// Runs the program and interrupts it, as ^C does, some time after it has locked `index`; again, and
    /// sooner, if it was done by then, with that index taken away.
    #[cfg(unix)]
    pub fn interrupted(&self, index: &str, args: &[&str]) -> Outcome {
        for delay in [60, 20, 5, 1, 0, 0, 0] {
            let child = self.command(args).spawn().unwrap();
            self.wait_for_lock(index, child.id());
            std::thread::sleep(Duration::from_millis(delay));
            // It may be gone by now, and then there is nobody to tell.
            let _ =
                Command::new("kill").args(["-INT", &child.id().to_string()]).stderr(Stdio::null()).status().unwrap();
            let outcome = Outcome::from(child.wait_with_output().unwrap());
            if outcome.code != Some(0) {
                return outcome;
            }
            fs::remove_dir_all(self.path(index)).unwrap();
        }
        panic!("{args:?} always ended before it could be interrupted");
    }

    /// Waits until the process has locked the index, which it does before it reads anything.
    pub fn wait_for_lock(&self, index: &str, process: u32) {
        let begin = Instant::now();
        while fs::read_to_string(self.path(index).join("lock")).unwrap_or_default() != process.to_string() {
            assert!(begin.elapsed() < Duration::from_secs(20), "{index} was never locked");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Runs the program, which must end well, and returns what it wrote.
    pub fn ok<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> String {
        let outcome = self.telex(args);
        assert_eq!(outcome.code, Some(0), "{outcome}");
        outcome.stdout
    }

    /// Runs the program, which must end well, and returns the JSON it wrote, one value a line.
    pub fn json<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Vec<Value> {
        self.ok(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Searches the index of the work folder and returns the ids of all hits, best first.
    pub fn ids(&self, query: &str) -> Vec<String> {
        self.ids_with(&[query])
    }

    /// The same with further arguments; `--all` unless `--any` is among them.
    pub fn ids_with(&self, args: &[&str]) -> Vec<String> {
        let mut line = vec!["search", "--json", "-n", "100000"];
        if !args.contains(&"--any") {
            line.push("--all");
        }
        line.extend(args);
        let outcome = self.telex(line);
        assert!(matches!(outcome.code, Some(0 | 1)), "{args:?}: {outcome}");
        let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
        outcome.stdout.lines().map(id).collect()
    }

    /// Returns the filters that make an output the same on every machine: folder, times, sizes, scores.
    pub fn filters(&self) -> insta::Settings {
        let mut settings = insta::Settings::clone_current();
        settings.add_filter(&escaped(&self.work.display().to_string()), "[WORK]");
        settings.add_filter(r"\d+\.\d+ s\b", "[TIME]");
        settings.add_filter(r"\d+\.\d+ MB(/s)?", "[SIZE]");
        settings.add_filter(r"(analysis  version )\d+", "${1}[N]");
        settings.add_filter(r"\d+ articles/s", "[RATE]");
        settings.add_filter(r"\b\d+\.\d{4,6}\b", "[SCORE]");
        settings.set_omit_expression(true);
        settings
    }
}

/// What a run of the program gave. Printed, it is one block: exit code, standard output, standard error.
pub struct Outcome {
    /// The exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// What it wrote.
    pub stdout: String,
    /// What it told.
    pub stderr: String,
}

impl Outcome {
    /// Runs a command to its end. What is written must be UTF-8, and nothing may panic.
    pub fn of(command: &mut Command) -> Outcome {
        Outcome::from(command.output().unwrap())
    }
}

impl From<std::process::Output> for Outcome {
    fn from(output: std::process::Output) -> Outcome {
        let outcome = Outcome {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!outcome.stderr.contains("panicked"), "{outcome}");
        outcome
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or_else(|| "signal".to_owned(), |code| code.to_string());
        write!(f, "exit {code}\n--- stdout\n{}--- stderr\n{}", self.stdout, self.stderr)
    }
}

/// Runs the program and compares the whole outcome with an inline snapshot.
macro_rules! assert_outcome {
    ($env:expr, $args:expr, @$want:literal) => {{
        let env: &$crate::testenv::TestEnv = &$env;
        env.filters().bind(|| insta::assert_snapshot!(env.telex($args).to_string(), @$want));
    }};
}

/// Copies a folder with all that is in it, but for hidden files.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(name)),
            false => drop(fs::copy(entry.path(), to.join(name)).unwrap()),
        }
    }
}

/// Returns a zip archive of files, each with its name and bytes.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = rawzip::ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let file = archive.new_file(*name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best()));
        writer.write_all(bytes).unwrap();
        let (deflate, descriptor) = writer.finish().unwrap();
        deflate.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// Returns a tar archive of files, each with its name and bytes.
pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

/// Returns a regular expression that matches `text` and nothing else.
fn escaped(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() { c.to_string() } else { format!("\\{c}") }).collect()
}

/// Returns the characters `range` of `text`, as Python would slice it.
pub fn slice(text: &str, start: u64, end: u64) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

/// A small source of chance, the same on every machine: Marsaglia, "Xorshift RNGs", 2003.
pub struct Random(u64);

impl Random {
    /// Begins with a seed, which a failing test prints.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Returns a number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }

    /// Returns one of `items`.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}
