//! The type of a file by the ending of its name, such as `html`: what a reader knows it by.

/// Endings that mean the same, by the one that stands for them.
const SAME: [(&str, &[&str]); 7] = [
    ("txt", &["text"]),
    ("md", &["markdown"]),
    ("html", &["htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp"]),
    ("mhtml", &["mht"]),
    ("jsonl", &["ndjson"]),
    ("mbox", &["mbx"]),
    ("sgml", &["sgm"]),
];

/// Endings of compressed files, which say nothing of what is in them.
const COMPRESSED: [&str; 5] = ["gz", "gzip", "zst", "xz", "bz2"];

/// The longest ending of a name, in bytes; what is longer is a part of the name.
const LONGEST: usize = 8;

/// Returns the type of the file called `name`, in small letters; that of a plain text if it has no ending.
pub(super) fn file_type(name: &str) -> String {
    let mut name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    loop {
        let Some((stem, ending)) = name.rsplit_once('.') else { return "txt".to_owned() };
        if COMPRESSED.contains(&ending.to_lowercase().as_str()) {
            name = stem;
        } else {
            let ending = if stem.is_empty() { None } else { type_of_ending(ending) };
            return ending.unwrap_or_else(|| "txt".to_owned());
        }
    }
}

/// Returns the type that the ending of a name tells, `html` for `HTM`; `None` if it tells none.
pub fn type_of_ending(ending: &str) -> Option<String> {
    let ending = ending.to_lowercase();
    let tells = (1..=LONGEST).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && !COMPRESSED.contains(&ending.as_str());
    let one = SAME.iter().find(|(_, others)| others.contains(&ending.as_str())).map(|(one, _)| (*one).to_owned());
    tells.then(|| one.unwrap_or(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells() {
        for (name, want) in [
            ("fr/a.HTM", "html"),
            ("a.html.gz", "html"),
            ("b.ndjson", "jsonl"),
            ("README", "txt"),
            ("v1.2/notes", "txt"),
            (".hidden", "txt"),
            ("en/note.cablegram2", "txt"),
            ("en/2025.02.13 note", "txt"),
            ("x.csv.zst", "csv"),
            ("x.csv.bz2", "csv"),
            (".gz", "txt"),
        ] {
            assert_eq!(file_type(name), want, "{name}");
        }
        assert_eq!(
            (type_of_ending("HTM").as_deref(), type_of_ending("gz"), type_of_ending("")),
            (Some("html"), None, None)
        );
    }
}
