//! What an examination of folders found, for people and for programs.

use std::io::{self, Write};

use serde_json::json;

use super::figures::{counted, thousands};
use super::json::line;
use super::sanitize::clean;
use crate::doctor::{Diagnosis, Fault, Finding};
use crate::wording::UiLanguage;

/// Writes the counts of each sort of fault, with at most `examples` of it.
pub fn diagnosis_text(found: &Diagnosis, examples: usize, language: UiLanguage, out: &mut dyn Write) -> io::Result<()> {
    let (file, files) = language.pick(("file", "files"), ("fichier", "fichiers"));
    let files = counted(found.files, file, files, language);
    writeln!(out, "{files}, {}", counted(found.articles, "article", "articles", language))?;
    for (fault, count) in found.counts() {
        writeln!(out, "\n{}  {}", fault.words().to(language), thousands(count, language))?;
        let of_fault = found.findings.iter().filter(|finding| finding.fault == fault);
        for Finding { path, line, detail, .. } in of_fault.take(examples) {
            let line = line.map(|line| format!(":{line}")).unwrap_or_default();
            let told = format!("  {path}{line}  {}", detail.to(language));
            writeln!(out, "{}", clean(&told))?;
        }
        let more = count.saturating_sub(examples as u64);
        if more > 0 {
            let autres = counted(more, "autre", "autres", UiLanguage::French);
            let les = UiLanguage::French.plural(more, "l’", "les ");
            let them = UiLanguage::English.plural(more, "it", "them");
            let more = thousands(more, language);
            let told = said!("{more} more; `--all` lists {them}", "{autres} ; `--all` {les}énumère");
            writeln!(out, "  {}", told.to(language))?;
        }
    }
    if found.findings.is_empty() {
        writeln!(out, "{}", language.pick("nothing is wrong", "tout va bien"))?;
    }
    Ok(())
}

/// Writes everything that was found, `telex.doctor/1`.
pub fn diagnosis(found: &Diagnosis, out: &mut dyn Write) -> io::Result<()> {
    let counts = found.counts();
    let counts = Fault::ALL.map(|fault| (fault.code().to_owned(), json!(counts.get(&fault).unwrap_or(&0))));
    let each = found.findings.iter().map(|Finding { fault, path, line, detail }| {
        json!({"fault": fault.code(), "path": path, "line": line, "detail": detail.english})
    });
    let object = json!({
        "schema": "telex.doctor/1",
        "files": found.files,
        "articles": found.articles,
        "counts": serde_json::Map::from_iter(counts),
        "findings": each.collect::<Vec<_>>(),
    });
    line(&object, out)
}
