//! Gathers the forms of new segments that the vocabulary does not have yet. What they are kin to is only asked
//! when their layer is built, once for each distinct form.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::{Layer, Vocabulary};
use crate::error::Result;

const SHARDS: usize = 16;

/// From how many forms on layers are not joined: a layer is built in memory, of about 300 bytes a form.
pub const MOST_FORMS: u64 = 500_000;

type Shard = Mutex<FxHashSet<Box<str>>>;

/// The forms met so far that `known` lacks; shared by the threads.
pub struct Collector {
    known: RwLock<Vocabulary>,
    shards: [Shard; SHARDS],
}

impl Collector {
    /// Begins with no new forms.
    pub fn new(known: Vocabulary) -> Collector {
        Collector { known: RwLock::new(known), shards: Default::default() }
    }

    /// Notes `form`. Called once a segment and form.
    pub fn add(&self, form: &str) {
        if self.known.read().unwrap_or_else(PoisonError::into_inner).contains(form) {
            return;
        }
        let mut shard = locked(&self.shards[xxh3_64(form.as_bytes()) as usize % SHARDS]);
        if !shard.contains(form) {
            shard.insert(form.into());
        }
    }

    /// Begins again with no new forms, once they are all in `known`.
    pub fn reset(&self, known: Vocabulary) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        for shard in &self.shards {
            locked(shard).clear();
        }
    }

    /// Returns the file of a layer that holds the new forms, and those of the known layers that are
    /// small beside it; with how many layers stay as they are. `None` if there is nothing new.
    ///
    /// # Errors
    /// `Io` if there are more forms than a layer holds.
    pub fn layer(&self) -> Result<Option<(usize, Vec<u8>)>> {
        let new = self.len();
        if new == 0 {
            return Ok(None);
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let layers = known.layers();
        let sizes: Vec<u64> = layers.iter().map(|layer| layer.len()).collect();
        let stay = layers_that_stay(&sizes, new);
        // The forms of the layers that do not stay, one after the other.
        let (mut older, mut ends) = (String::new(), vec![0]);
        for layer in &layers[stay..] {
            layer.for_each(|form| {
                older.push_str(form);
                ends.push(older.len());
            });
        }
        let shards: Vec<_> = self.shards.iter().map(locked).collect();
        let mut forms: Vec<&str> = shards.iter().flat_map(|shard| shard.iter()).map(|form| &**form).collect();
        forms.extend(ends.windows(2).map(|ends| &older[ends[0]..ends[1]]));
        Ok(Some((stay, Layer::build(forms)?)))
    }

    /// Returns how many new forms were met.
    pub fn len(&self) -> u64 {
        self.shards.iter().map(|shard| locked(shard).len() as u64).sum()
    }

    /// Returns whether no new form was met.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn locked(shard: &Shard) -> MutexGuard<'_, FxHashSet<Box<str>>> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns how many of the first layers stay as they are, given how many forms each has and how many
/// are new: the others are joined with the new ones, so that each layer is several times larger than
/// all that come after it, or about as large as one may get.
fn layers_that_stay(sizes: &[u64], new: u64) -> usize {
    let mut after = new;
    let mut stay = sizes.len();
    for (at, size) in sizes.iter().enumerate().rev() {
        if after + size > MOST_FORMS {
            break;
        }
        if *size < after * 4 {
            stay = at;
        }
        after += size;
    }
    stay
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use tantivy::directory::OwnedBytes;

    #[test]
    fn only_what_is_new_is_kept() {
        let first = Collector::new(Vocabulary::default());
        first.add("bourse");
        first.add("bourse");
        let (_, layer) = first.layer().unwrap().unwrap();
        let layer = Arc::new(Layer::open(OwnedBytes::new(layer)).unwrap());
        let second = Collector::new(Vocabulary::new(vec![layer.clone()]));
        second.add("bourse");
        assert!(second.is_empty() && second.layer().unwrap().is_none());
        second.add("bourses");
        assert_eq!(second.len(), 1);
        let (stay, both) = second.layer().unwrap().unwrap();
        assert_eq!(stay, 0);
        let both = Layer::open(OwnedBytes::new(both)).unwrap();
        assert!(both.contains("bourse") && both.contains("bourses"));
    }

    #[test]
    fn small_layers_are_joined_and_large_ones_stay() {
        for (sizes, new, want) in [
            (&[][..], 10, 0),
            (&[100], 10, 1),
            (&[100], 50, 0),
            (&[1000, 100], 10, 2),
            (&[1000, 100], 30, 1),
            (&[5000, 1000, 100], 50, 2),
            (&[MOST_FORMS, 1000], 500, 1),
            (&[MOST_FORMS - 1000, 900], 300, 1),
            (&[MOST_FORMS - 2000], MOST_FORMS / 3, 1),
        ] {
            assert_eq!(layers_that_stay(sizes, new), want, "{sizes:?} + {new}");
        }
    }
}
