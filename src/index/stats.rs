//! Figures of an index as a whole, from its columns and tables: no article is read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tantivy::{SegmentReader, Term};

use super::reader::Index;
use super::schema::name;
use crate::article::{DateOrigin, Language};
use crate::error::Result;

/// Figures of an index as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// How many articles it holds.
    pub articles: u64,
    /// How many files they come from.
    pub files: u64,
    /// How many bytes it takes on disk.
    pub bytes: u64,
    /// How many segments it is made of.
    pub segments: usize,
    /// How many distinct written forms its vocabulary holds.
    pub forms: u64,
    /// Articles by language.
    pub languages: Vec<(Language, u64)>,
    /// Articles by origin of their date; `None` for those without a date.
    pub date_origins: Vec<(Option<DateOrigin>, u64)>,
    /// The earliest and the latest publication, in seconds since 1970 UTC.
    pub published: Option<(i64, i64)>,
    /// The folders and files it was made from.
    pub roots: Vec<PathBuf>,
    /// The version of the analysis that made it.
    pub analysis: u32,
}

impl Index {
    /// Returns figures of the index as a whole.
    ///
    /// # Errors
    /// `Corrupt` if a column or table is damaged.
    pub fn stats(&self) -> Result<Stats> {
        let table = self.files()?;
        let mut stats = Stats {
            articles: self.len(),
            files: table.files.values().filter(|file| file.articles > 0).count() as u64,
            bytes: self.layout.bytes(),
            segments: self.searcher.segment_readers().len(),
            forms: self.vocabulary.len(),
            roots: table.roots.iter().map(|root| root.path.clone()).collect(),
            analysis: self.stamp.analysis,
            ..Stats::default()
        };
        let (mut languages, mut origins) = (BTreeMap::new(), BTreeMap::new());
        for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
            self.told(self.count_languages(segment, reader, &mut languages))?;
            self.told(count_dates(reader, &mut origins, &mut stats.published))?;
        }
        stats.languages = languages.into_iter().filter(|(_, count)| *count > 0).collect();
        stats.date_origins = origins.into_iter().collect();
        Ok(stats)
    }

    fn count_languages(
        &self,
        segment: usize,
        reader: &SegmentReader,
        counts: &mut BTreeMap<Language, u64>,
    ) -> tantivy::Result<()> {
        let field = self.fields.language;
        let index = reader.inverted_index(field)?;
        for language in Language::ALL {
            if let Some(info) = index.get_term_info(&Term::from_field_text(field, language.code()))? {
                *counts.entry(language).or_default() += self.dead.living(&info, &index, segment, reader)?;
            }
        }
        Ok(())
    }
}

/// Counts the living documents of a segment by the origin of their date, and widens the span of the dates.
fn count_dates(
    reader: &SegmentReader,
    origins: &mut BTreeMap<Option<DateOrigin>, u64>,
    span: &mut Option<(i64, i64)>,
) -> tantivy::Result<()> {
    let columns = reader.fast_fields();
    let (published, origin) = (columns.i64(name::PUBLISHED)?, columns.u64(name::ORIGIN)?);
    for doc in reader.doc_ids_alive() {
        let origin = origin.first(doc).and_then(|origin| DateOrigin::ALL.get(origin as usize).copied());
        *origins.entry(origin).or_default() += 1;
        if let Some(at) = published.first(doc) {
            let (first, last) = span.unwrap_or((at, at));
            *span = Some((first.min(at), last.max(at)));
        }
    }
    Ok(())
}
