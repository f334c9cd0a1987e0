//! Hostile and damaged input: each in a folder with good news, of which none may be lost, at a size that
//! a test can afford. `docs/reliability.md` has the figures at full size.

use std::fs::{self, File};
use std::io::Write;
use std::process::Command;

use serde_json::Value;

use crate::testenv::{Outcome, TestEnv, tar, zip};

/// Indexes `news`, in which one article, `good.txt`, is good, and returns what the report says of the others,
/// a line each: its path and why.
fn told(env: &TestEnv, flags: &[&str]) -> Vec<String> {
    env.write("news/good.txt", "A good headline\n\nThe word is zorvane.\n");
    let args = [&["index", "news", "--report", "report.jsonl", "--quiet"], flags].concat();
    let outcome = env.telex(&args);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(env.ids_with(&["-i", "news/.telex", "zorvane"]).contains(&"good.txt".to_owned()));
    let report = fs::read_to_string(env.path("report.jsonl")).unwrap();
    let line = |line: &str| {
        let skip: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| skip[name].as_str().unwrap_or_default().to_owned();
        format!("{}{} {}{}", text("path"), text("id"), text("reason"), text("repair"))
    };
    let mut told: Vec<String> = report.lines().map(line).collect();
    told.sort();
    told
}

/// Returns the ids of every article but the good one.
fn others(env: &TestEnv) -> Vec<String> {
    let articles = env.json(["export", "-i", "news/.telex"]);
    let ids = articles.iter().map(|article| article["id"].as_str().unwrap().to_owned());
    ids.filter(|id| id != "good.txt").collect()
}

/// Returns a PDF of one page that says `Le texte.` behind these operators, which are packed.
fn pdf(operators: &str) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    write!(packed, "{operators} BT /F1 10 Tf 50 700 Td (Le texte.) Tj ET").unwrap();
    let packed = packed.finish().unwrap();
    let head = format!("<</Length {}/Filter/FlateDecode>>stream\n", packed.len());
    let objects: [&[u8]; 5] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        &[head.as_bytes(), &packed, b"\nendstream"].concat(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let trailer = format!("{table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", file.len());
    [file, trailer.into_bytes()].concat()
}

/// Returns a Word file of one paragraph.
fn docx(text: &str) -> Vec<u8> {
    let main = format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
    zip(&[("word/document.xml", main.as_bytes())])
}

/// Returns the most memory that indexing `news` took, in KiB.
#[cfg(target_os = "linux")]
fn peak(env: &TestEnv, flags: &[&str]) -> u64 {
    let args = [&["index", "news", "--full", "--quiet"], flags].concat();
    let mut child = env.command(&args).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let now = fs::read_to_string(&status).unwrap_or_default();
        let high = now.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
        peak = peak.max(high.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    peak
}

#[test]
fn archives_made_to_burst_are_refused() {
    let env = TestEnv::new();
    // A thousand to one, as far as deflate goes; and the same again in an archive of archives.
    let zeros = vec![b'0'; 20 << 20];
    let burst = zip(&[("a.txt", b"The word is zorvane, first."), ("b.txt", &zeros), ("c.txt", &zeros)]);
    env.write("news/burst.zip", &burst);
    env.write("news/nested.zip", zip(&[("1.zip", &burst), ("2.zip", &burst), ("3.zip", &burst)]));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&zeros).unwrap();
    env.write("news/burst.txt.gz", gzip.finish().unwrap());
    let mut shared = zip(&[("a.txt", b"Un."), ("b.txt", b"Deux.")]);
    let list = shared.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    shared[list + 42..list + 46].copy_from_slice(&0u32.to_le_bytes());
    env.write("news/shared.zip", shared);
    // Packed themselves, as archives are.
    for (name, document) in [("d.docx", docx(&"0".repeat(8 << 20))), ("p.pdf", pdf(&"q Q ".repeat(7 << 18)))] {
        let documents: Vec<(String, &[u8])> = (0..6).map(|n| (format!("{n}{name}"), document.as_slice())).collect();
        let documents: Vec<(&str, &[u8])> = documents.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        env.write(&format!("news/{name}.zip"), zip(&documents));
    }
    let flags = ["--max-unpacked", "30m", "--max-file-size", "40m"];
    let refused = [
        "burst.zip too_large",
        "d.docx.zip too_large",
        "nested.zip too_large",
        "p.pdf.zip too_large",
        "shared.zip malformed",
    ];
    assert_eq!(told(&env, &flags), refused);
    let kept = [
        "burst.txt.gz",
        "burst.zip!a.txt",
        "burst.zip!b.txt",
        "d.docx.zip!0d.docx",
        "d.docx.zip!1d.docx",
        "d.docx.zip!2d.docx",
        "nested.zip!1.zip!a.txt",
        "nested.zip!1.zip!b.txt",
        "p.pdf.zip!0p.pdf",
        "p.pdf.zip!1p.pdf",
        "p.pdf.zip!2p.pdf",
        "p.pdf.zip!3p.pdf",
    ];
    assert_eq!(others(&env), kept);
}

#[test]
fn names_in_archives_lead_nowhere() {
    let env = TestEnv::new();
    let names: &[(&str, &[u8])] = &[
        ("../../escaped.txt", b"Un."),
        ("/tmp/rooted.txt", b"Deux."),
        ("C:\\drive.txt", b"Trois."),
        ("..", b"Quatre."),
    ];
    env.write("news/a.zip", zip(names));
    let mut archive = tar::Builder::new(Vec::new());
    for (name, kind, link) in
        [("link.txt", tar::EntryType::Symlink, "/etc/passwd"), ("hard.txt", tar::EntryType::Link, "../../good.txt")]
    {
        let mut header = tar::Header::new_gnu();
        header.set_size(0);
        header.set_entry_type(kind);
        archive.append_link(&mut header, name, link).unwrap();
    }
    env.write("news/b.tar", archive.into_inner().unwrap());
    assert_eq!(told(&env, &[]), ["b.tar!hard.txt not_a_file", "b.tar!link.txt not_a_file"]);
    let ids = ["a.zip!drive.txt", "a.zip!escaped.txt", "a.zip!tmp/rooted.txt", "a.zip!unnamed"];
    assert_eq!(others(&env), ids);
    let mut left: Vec<_> =
        fs::read_dir(env.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["news", "report.jsonl"]);
}

#[test]
fn nesting_is_no_danger() {
    let env = TestEnv::new();
    let deep = 10_000;
    env.write("news/deep.json", format!("{}{}", "[".repeat(deep), "]".repeat(deep)));
    env.write("news/deep.jsonl", format!("{}1{}\n", "{\"a\":".repeat(deep), "}".repeat(deep)));
    env.write("news/deep.html", format!("{}<p>Au fond.</p>{}", "<div>".repeat(deep), "</div>".repeat(deep)));
    env.write("news/deep.md", format!("{}Au fond.\n", "> ".repeat(deep)));
    let mail = (0..deep)
        .fold(String::new(), |mail, n| mail + &format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"));
    env.write("news/deep.eml", format!("Subject: Au fond\n{mail}\nLe texte.\n"));
    let archive = (0..6).fold(zip(&[("a.txt", b"Au fond.")]), |inner, _| zip(&[("in.zip", &inner)]));
    env.write("news/deep.zip", archive);
    let told = told(&env, &[]);
    for (file, reason) in
        [("deep.json", "malformed"), ("deep.jsonl", "malformed"), ("deep.zip!in.zip!in.zip!in.zip!in.zip", "too_large")]
    {
        assert!(told.contains(&format!("{file} {reason}")), "{file}: {told:?}");
    }
    assert!(others(&env).contains(&"deep.html".to_owned()), "{:?}", others(&env));
}

#[test]
#[cfg(target_os = "linux")]
fn memory_is_bounded_whatever_a_file_holds() {
    let env = TestEnv::new();
    // Sparse, so that it costs no disk: a file of one line, and a list of one element.
    for name in ["line.txt", "line.jsonl", "line.csv", "line.json", "line.mbox", "line.warc", "line.tar", "line.zip"] {
        File::create(env.write(&format!("news/{name}"), "")).unwrap().set_len(80 << 20).unwrap();
    }
    let mut line = File::options().append(true).open(env.write("news/letters.jsonl", "{\"body\":\"")).unwrap();
    for _ in 0..40 {
        line.write_all(&[b'a'; 1 << 20]).unwrap();
    }
    writeln!(line, "\"}}\n{{\"body\":\"The word is zorvane, after it.\"}}").unwrap();
    let told = told(&env, &["--threads", "1"]);
    assert_eq!(told.len(), 9, "{told:?}");
    assert!(told.contains(&"letters.jsonl too_large".to_owned()), "{told:?}");
    assert_eq!(others(&env), ["letters.jsonl#2"]);
    let peak = peak(&env, &["--threads", "1", "--memory", "32m"]);
    assert!(peak < 200 << 10, "{peak} KiB");
}

#[test]
#[cfg(target_os = "linux")]
fn memory_is_bounded_whatever_a_page_shows() {
    let env = TestEnv::new();
    for (name, piece) in [("operators", "q Q "), ("operands", "1 "), ("arrays", "[] "), ("names", "/a ")] {
        env.write(&format!("news/{name}.pdf"), pdf(&piece.repeat((7 << 20) / piece.len())));
    }
    assert_eq!(told(&env, &["--threads", "1"]), [""; 0]);
    let peak = peak(&env, &["--threads", "1", "--memory", "32m"]);
    assert!(peak < 200 << 10, "{peak} KiB");
}

#[test]
fn bytes_that_are_no_text_are_told_or_mended() {
    let env = TestEnv::new();
    env.write(
        "news/nul.txt",
        "Le titre\0 monte.\n\nLe texte est long, assez long pour un octet nul. ".repeat(40).replacen('\0', "", 39),
    );
    env.write("news/binary.txt", b"\x00\x01\x02\x03".repeat(100));
    env.write("news/invalid.txt", b"Un titre\n\nUn texte \xff\xfe\xc3 cass\xe9 net.\n");
    env.write("news/twice.txt", "Un titre\n\nLe bÃ©nÃ©fice de lâ€™Ã©tÃ©.\n");
    assert_eq!(told(&env, &[]), ["binary.txt binary", "twice.txt mojibake"]);
    let text = |id: &str| env.json(["show", "--json", "-i", "news/.telex", id])[0]["body"].as_str().unwrap().to_owned();
    assert!(text("twice.txt").contains("Le bénéfice de l’été."));
    assert!(!text("nul.txt").contains('\0'));
    assert!(text("invalid.txt").contains("cassé net"));
}

#[test]
fn a_headline_cannot_command_the_terminal() {
    let env = TestEnv::new();
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[31mRed\u{202e}txt\u{9b}2J zorvane";
    env.write("news/evil.jsonl", format!("{}\n", serde_json::json!({ "id": evil, "title": evil, "body": evil })));
    env.write("news/a.zip", zip(&[("\u{1b}[31m\u{202e}evil.txt", evil.as_bytes()), ("\u{1b}[2J.bin", b"")]));
    let index = env.telex(["index", "news"]);
    let mut outputs = vec![index.stderr, index.stdout];
    for format in telex::render::FORMATS {
        outputs.push(env.ok(["search", "zorvane", "-i", "news/.telex", "--format", format.name, "--color", "never"]));
    }
    let ids = env.ids_with(&["-i", "news/.telex", "zorvane"]);
    assert_eq!(ids.len(), 2);
    for id in &ids {
        outputs.push(env.ok(["show", "-i", "news/.telex", "--color", "never", "--", id]));
    }
    for output in outputs {
        let bad = output
            .chars()
            .find(|c| (c.is_control() && !matches!(c, '\r' | '\n' | '\t')) || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(bad, None, "{output:?}");
    }
}

#[cfg(unix)]
#[test]
fn no_article_and_no_name_of_a_file_sends_an_escape_code_to_the_terminal() {
    let env = TestEnv::new();
    env.write(
        "a.txt",
        "Titre \u{1b}[31mrouge\u{7} et \u{9b}2J\n\nLe mot zorvane \u{1b}]0;titre\u{7} et \u{202e}envers.\n",
    );
    // The names of files are as little to be trusted.
    env.write("x\u{202e}y\u{9b}31m.json", "{ broken");
    let named = "x\u{202e}y\u{9b}31m.txt";
    env.write(named, "Titre zorvane à voir\n\nLe mot zorvane ; les marchÃ©s sont mitigÃ©s, l’Ã©tÃ© aussi.\n");
    env.ok(["index", "."]);
    env.ok(["saved", "add", "evil", "zorvane \u{202e}envers\u{9b}2J OR été"]);
    env.write("\u{202e}\u{9b}2J.txt", "Titre \u{202e}neuf\n\nL’été du mot zorvane.\n");
    for args in [
        &["index", ".", "--json", "--full"][..],
        &["index", ".", "--report", "-", "--full"],
        &["search", "zorvane"],
        &["search", "zorvane", "--json"],
        &["search", "zorvane", "--format", "json"],
        &["search", "zorvane", "--format", "csv"],
        &["search", "zorvane", "--format", "tsv"],
        &["search", "zorvane \u{202e}\u{9b}(", "--json"],
        &["facets", "ticker,date", "--json"],
        &["facets", "words", "zorvane", "--json"],
        &["show", "a.txt"],
        &["show", "a.txt", "--json"],
        &["show", named, "--json"],
        &["show", named, "--copies", "--json"],
        &["show", "\u{202e}\u{9b}", "--json"],
        &["explain", "zorvane", named, "--json"],
        &["similar", "a.txt", "--json"],
        &["export", "--text"],
        &["stats", "--json"],
        &["verify", "--json"],
        &["doctor", "."],
        &["doctor", ".", "--json"],
        &["saved", "list"],
        &["saved", "list", "--json"],
        &["alert", "--json"],
    ] {
        let outcome = env.telex(args);
        assert!(!format!("{}{}", outcome.stdout, outcome.stderr).trim().is_empty(), "{args:?}: {outcome}");
        for out in [outcome.stdout, outcome.stderr] {
            let bad = |c: char| matches!(c, '\u{1b}' | '\u{7}' | '\u{9b}' | '\u{202e}');
            assert!(!out.contains(bad), "{args:?}: {out:?}");
        }
    }
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_told_and_nothing_waits() {
    use std::os::unix::fs::symlink;
    let env = TestEnv::new();
    env.write("news/in/deep/a.txt", "A headline\n\nSome words.\n");
    symlink(env.path("news"), env.path("news/in/loop")).unwrap();
    symlink("self.txt", env.path("news/self.txt")).unwrap();
    symlink("/dev/zero", env.path("news/zero.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(env.path("news/pipe.zip")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(env.path("news/socket.eml")).unwrap();
    assert_eq!(
        told(&env, &[]),
        [
            "in/loop link_loop",
            "pipe.zip not_a_file",
            "self.txt link_loop",
            "socket.eml not_a_file",
            "zero.txt not_a_file"
        ]
    );
    assert_eq!(others(&env), ["in/deep/a.txt"]);
}

#[test]
fn files_that_come_and_go_are_no_fault() {
    let env = TestEnv::new();
    for n in 0..300 {
        env.write(&format!("news/{n}.txt"), format!("Headline {n}\n\nArticle number {n}.\n"));
    }
    env.write("news/good.txt", "A good headline\n\nThe word is zorvane.\n");
    let child = env.command(["index", "news", "--quiet"]).spawn().unwrap();
    for n in (0..300).step_by(3) {
        fs::remove_file(env.path(format!("news/{n}.txt"))).unwrap();
        env.write(&format!("news/{}.txt", n + 1), format!("Headline {n}, changed\n\nNow it is longer than it was.\n"));
    }
    let outcome = Outcome::from(child.wait_with_output().unwrap());
    assert_eq!(outcome.code, Some(0), "{outcome}");
    // The next run ends where an undisturbed one does.
    assert_eq!(told(&env, &[]), [""; 0]);
    let disturbed = env.ok(["export", "--text", "-i", "news/.telex"]);
    env.ok(["index", "news", "-i", "fresh"]);
    // What was only touched keeps the date that it was read with.
    let lines = |text: &str| {
        let mut lines: Vec<String> =
            text.lines().filter(|line| !line.contains("\"good.txt\"")).map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&disturbed), lines(&env.ok(["export", "--text", "-i", "fresh"])));
}

#[test]
fn many_files_and_many_records_are_all_there() {
    let env = TestEnv::new();
    fs::create_dir_all(env.path("news")).unwrap();
    for n in 0..3000 {
        fs::write(env.path(format!("news/{n}.txt")), format!("Titre {n}\n\nTexte {n}.\n")).unwrap();
    }
    let records: String =
        (0..20_000).map(|n| format!("{{\"title\":\"Titre {n}\",\"body\":\"Texte {n}.\"}}\n")).collect();
    env.write("news/many.jsonl", records);
    let files: Vec<(String, Vec<u8>)> = (0..2000).map(|n| (format!("{n}.txt"), b"Un texte.".to_vec())).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    env.write("news/many.tar", tar(&files));
    assert_eq!(told(&env, &[]), [""; 0]);
    assert_eq!(others(&env).len(), 25_000);
}

#[test]
#[cfg(unix)]
fn an_index_is_as_private_as_the_user_wants() {
    use std::os::unix::fs::PermissionsExt;
    let env = TestEnv::new();
    env.write("news/a.txt", "A headline\n\nSome words.\n");
    let telex = env!("CARGO_BIN_EXE_telex");
    let status = Command::new("sh")
        .arg("-c")
        .arg(format!("umask 077 && '{telex}' index news --quiet"))
        .current_dir(env.path(""))
        .status();
    assert!(status.unwrap().success());
    let mut folders = vec![env.path("news/.telex")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode & 0o077, 0, "{:?} is {mode:o}", entry.path());
            files += 1;
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
        }
    }
    assert!(files > 5, "{files}");
}
