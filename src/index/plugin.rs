//! Hooks that run when a segment is written or merged, adapted to the plugin trait of tantivy.

use std::any::Any;

use tantivy::indexer::doc_id_mapping::DocIdMapping;
use tantivy::{PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin};

/// Sees each segment once the engine has written it.
pub(super) trait Attendant: Clone + Send + Sync + 'static {
    /// What the names of its own files end with, if it has any.
    const EXTENSIONS: &'static [&'static str];

    /// Attends a segment made of new documents.
    fn written(&self, segment: &Segment) -> tantivy::Result<()>;

    /// Attends a segment made of others.
    fn merged(&self, segment: &Segment) -> tantivy::Result<()>;
}

/// An attendant as the engine knows it.
pub(super) struct Plugin<A>(pub A);

impl<A: Attendant> SegmentPlugin for Plugin<A> {
    fn extensions(&self) -> &[&str] {
        A::EXTENSIONS
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(Plugin(self.0.clone())))
    }

    fn merge(&self, merge: PluginMergeContext) -> tantivy::Result<()> {
        self.0.merged(merge.target_segment)
    }
}

impl<A: Attendant> PluginWriter for Plugin<A> {
    fn serialize(self: Box<Self>, segment: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        self.0.written(segment)
    }

    fn mem_usage(&self) -> usize {
        0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
