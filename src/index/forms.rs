//! The forms of the index, as the term dictionaries of its segments have them.
//!
//! The vocabulary learns of a form here: when a segment is written, its dictionary, which has each form once, is shown
//! to the collector. Asking of each token whether it is new would cost a look into a table a token.

use std::sync::Arc;

use tantivy::{Segment, SegmentReader};

use super::plugin::Attendant;
use super::schema::Fields;
use crate::analysis::TokenKind;
use crate::vocabulary::Collector;

/// Calls `each` with every form of a segment, in order, those of the headlines before those of the texts; marks of
/// sentences and paragraphs are none. Stops when `each` returns false.
pub(super) fn for_each_form(
    segment: &SegmentReader,
    fields: &Fields,
    each: &mut dyn FnMut(&str) -> bool,
) -> tantivy::Result<()> {
    for field in [fields.headline, fields.body] {
        let index = segment.inverted_index(field)?;
        let mut forms = index.terms().stream()?;
        while forms.advance() {
            let Ok(form) = std::str::from_utf8(forms.key()) else { continue };
            if !TokenKind::is_break(form) && !each(form) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Shows the forms of new segments to the collector; to join segments makes no new ones.
#[derive(Clone)]
pub(super) struct Forms {
    pub collector: Arc<Collector>,
    pub fields: Fields,
}

impl Attendant for Forms {
    const EXTENSIONS: &'static [&'static str] = &[];

    fn written(&self, segment: &Segment) -> tantivy::Result<()> {
        for_each_form(&SegmentReader::open(segment)?, &self.fields, &mut |form| {
            self.collector.add(form);
            true
        })
    }

    fn merged(&self, _: &Segment) -> tantivy::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::analyzer;
    use super::super::plugin::Plugin;
    use super::super::schema::schema;
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn the_collector_sees_each_form_of_a_segment_and_no_break() {
        let (schema, fields) = schema();
        let collector = Arc::new(Collector::new(Vocabulary::default()));
        let mut index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(analyzer::NAME, analyzer::analyzer());
        index.register_plugin(Arc::new(Plugin(Forms { collector: collector.clone(), fields })));
        let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
        for (headline, body) in [("La hausse", "L’action BRK.B monte. Fin"), ("La baisse", "L’action baisse.\n\nFin")]
        {
            writer.add_document(tantivy::doc!(fields.headline => headline, fields.body => body)).unwrap();
        }
        assert!(collector.is_empty());
        writer.prepare_commit().unwrap();
        // la, hausse, baisse; action, brk.b, brk, monte, fin.
        assert_eq!(collector.len(), 8);
        let mut seen = Vec::new();
        writer.commit().unwrap();
        let segment = SegmentReader::open(&index.searchable_segments().unwrap()[0]).unwrap();
        for_each_form(&segment, &fields, &mut |form| {
            seen.push(form.to_owned());
            form != "brk"
        })
        .unwrap();
        assert_eq!(seen, ["baisse", "hausse", "la", "action", "baisse", "brk"]);
    }
}
