//! One immutable layer of the vocabulary: two finite-state maps and the lists that one points at, in one
//! file that is read in place.
//!
//! The file, all numbers little-endian: `TLXV`, version (u32), the lengths of the three parts (u64
//! each), the parts, CRC-32 of everything before (u32). The parts: the set of forms; the map from a key
//! (its tag and text) to the place of its list; the lists. A list is the number of its forms, and each
//! form by how many bytes it shares with the one before, the first with the key's text, how many follow,
//! and these: inflections share most of their letters. A key whose only form is written like it has no entry: two
//! in five, mostly names.

use fst::automaton::Str;
use fst::raw::Fst;
use fst::{Automaton, MapBuilder, Streamer};
use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};
use tantivy::directory::OwnedBytes;

use super::kinship::{Key, Kinship};
use super::varint::{push_varint, read_varint};
use super::walk::walk;
use crate::analysis::QUANTITY;
use crate::error::{Error, Kind, Result};

const MAGIC: &[u8; 4] = b"TLXV";
const FORMAT: u32 = 3;
const HEADER: usize = 4 + 4 + 3 * 8;

/// A layer, read in place.
pub struct Layer {
    forms: Fst<OwnedBytes>,
    keys: Fst<OwnedBytes>,
    lists: OwnedBytes,
}

impl Layer {
    /// Returns the file of a layer with these forms. Works on rayon's threads.
    ///
    /// # Errors
    /// `Io` if there are more forms than a layer holds.
    pub fn build(mut forms: Vec<&str>) -> Result<Vec<u8>> {
        forms.par_sort_unstable();
        forms.dedup();
        let (forms, keys_and_lists) = rayon::join(|| set_of(&forms), || map_of_keys(&forms));
        let (forms, (keys, lists)) = (forms?, keys_and_lists?);
        let mut file = Vec::with_capacity(HEADER + forms.len() + keys.len() + lists.len() + 4);
        file.extend_from_slice(MAGIC);
        file.extend_from_slice(&FORMAT.to_le_bytes());
        for part in [&forms, &keys, &lists] {
            file.extend_from_slice(&(part.len() as u64).to_le_bytes());
        }
        for part in [forms, keys, lists] {
            file.extend_from_slice(&part);
        }
        file.extend_from_slice(&crc32fast::hash(&file).to_le_bytes());
        Ok(file)
    }

    /// Reads a layer's file in place. The checksum is not read here: see [`Layer::verify`].
    ///
    /// # Errors
    /// `Corrupt` if it is no layer, `Incompatible` if another version made it.
    pub fn open(file: OwnedBytes) -> Result<Layer> {
        let corrupt = || Error::new(Kind::Corrupt, ("the vocabulary is damaged", "le vocabulaire est abîmé"));
        if file.len() < HEADER + 4 || &file[..4] != MAGIC {
            return Err(corrupt());
        }
        let format = u32::from_le_bytes([file[4], file[5], file[6], file[7]]);
        if format != FORMAT {
            return Err(Error::new(
                Kind::Incompatible,
                said!(
                    "vocabulary format {format}, this telex reads {FORMAT}",
                    "vocabulaire au format {format}, ce telex lit le format {FORMAT}"
                ),
            ));
        }
        let mut at = HEADER;
        let mut parts = Vec::with_capacity(3);
        for n in 0..3 {
            let mut length = [0; 8];
            length.copy_from_slice(&file[8 + 8 * n..16 + 8 * n]);
            let length = usize::try_from(u64::from_le_bytes(length)).map_err(|_| corrupt())?;
            let end = at.checked_add(length).filter(|end| *end <= file.len() - 4).ok_or_else(corrupt)?;
            parts.push(file.slice(at..end));
            at = end;
        }
        let lists = parts.pop().ok_or_else(corrupt)?;
        let keys = Fst::new(parts.pop().ok_or_else(corrupt)?).map_err(|error| corrupt().because(error))?;
        let forms = Fst::new(parts.pop().ok_or_else(corrupt)?).map_err(|error| corrupt().because(error))?;
        Ok(Layer { forms, keys, lists })
    }

    /// Returns whether the checksum of a layer's file is right.
    pub fn verify(file: &[u8]) -> bool {
        file.split_last_chunk::<4>().is_some_and(|(rest, sum)| crc32fast::hash(rest) == u32::from_le_bytes(*sum))
    }

    /// Returns how many forms it has.
    pub fn len(&self) -> u64 {
        self.forms.len() as u64
    }

    /// Returns whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns whether `form` is in it.
    pub fn contains(&self, form: &str) -> bool {
        self.forms.contains_key(form)
    }

    /// Calls `each` with every form, in order.
    pub fn for_each(&self, mut each: impl FnMut(&str)) {
        let mut stream = self.forms.stream();
        while let Some((form, _)) = stream.next() {
            if let Ok(form) = std::str::from_utf8(form) {
                each(form);
            }
        }
    }

    /// Appends the forms filed under `value`.
    pub(super) fn sharing(&self, key: Key, value: &str, out: &mut Vec<String>) {
        match self.keys.get(tagged(key, value)) {
            Some(place) => self.unpack(value.as_bytes(), place.value(), |_| true, out),
            None if self.contains(value) && Kinship::default().is_own(key, value) => out.push(value.to_owned()),
            None => {}
        }
    }

    /// Appends forms that `automaton` accepts and `keep`, too, `limit` at most. What a quantity comes to is no word
    /// that anybody types: it is passed over before it counts.
    pub(super) fn accepted<A: Automaton>(&self, automaton: A, keep: Keep, limit: usize, out: &mut Vec<String>) {
        self.append(words(automaton), keep, limit, out);
    }

    /// Appends the canonical forms of all quantities.
    pub(super) fn quantities(&self, out: &mut Vec<String>) {
        self.append(Str::new(QUANTITY).starts_with(), |_| true, usize::MAX, out);
    }

    fn append<A: Automaton>(&self, automaton: A, keep: Keep, limit: usize, out: &mut Vec<String>) {
        let end = out.len().saturating_add(limit);
        walk(&self.forms, &automaton, |form, _| {
            let is_wanted = out.len() < end;
            let form = std::str::from_utf8(form).ok().filter(|form| is_wanted && keep(form));
            out.extend(form.map(str::to_owned));
            is_wanted
        });
    }

    /// Appends forms that `automaton` accepts, or whose fold it does, and that `keep` does, too; `limit` of each at the
    /// most.
    pub(super) fn accepted_by_fold<A: Automaton + Copy>(
        &self,
        automaton: A,
        keep: Keep,
        limit: usize,
        out: &mut Vec<String>,
    ) {
        // Forms that are their own fold and share it with none have no key: they are looked for
        // among the forms, the others among the keys. A form may come twice; the caller sorts.
        self.accepted(automaton, keep, limit, out);
        let end = out.len() + limit;
        let inner = &words(automaton);
        walk(&self.keys, &Tagged { tag: Key::Fold.tag(), inner }, |key, place| {
            let is_wanted = out.len() < end;
            if is_wanted {
                self.unpack(&key[1..], place, keep, out);
            }
            is_wanted
        });
    }

    /// Appends the forms of the list at `place`, which is filed under `text`, that are to be kept.
    fn unpack(&self, text: &[u8], place: u64, keep: Keep, out: &mut Vec<String>) {
        let mut rest = self.lists.get(place as usize..).unwrap_or_default();
        let Some(count) = read_count(&mut rest) else { return };
        let mut form = text.to_vec();
        for _ in 0..count {
            let (Some(shared), Some(length)) = (read_count(&mut rest), read_count(&mut rest)) else { return };
            let Some((letters, after)) = rest.split_at_checked(length) else { return };
            form.truncate(shared);
            form.extend_from_slice(letters);
            rest = after;
            out.extend(std::str::from_utf8(&form).ok().filter(|form| keep(form)).map(str::to_owned));
        }
    }
}

/// Which of the forms that an automaton accepts are taken.
pub(super) type Keep = fn(&str) -> bool;

/// Returns the set of forms, which are sorted and distinct: all that the builder asks.
fn set_of(forms: &[&str]) -> Result<Vec<u8>> {
    let mut set = MapBuilder::memory();
    forms.iter().try_for_each(|form| set.insert(form, 0)).and_then(|()| set.into_inner()).map_err(unwritten)
}

fn unwritten(error: fst::Error) -> Error {
    Error::new(Kind::Io, ("the vocabulary cannot be written", "le vocabulaire ne peut pas être écrit")).because(error)
}

/// Returns the map from a key to the place of its list, and the lists.
fn map_of_keys(forms: &[&str]) -> Result<(Vec<u8>, Vec<u8>)> {
    let keys = Keys::of(forms)?;
    let mut map = MapBuilder::memory();
    let mut lists = Vec::new();
    for group in keys.sorted().chunk_by(|a, b| keys.get(*a).0 == keys.get(*b).0) {
        let (key, _) = keys.get(group[0]);
        let text = &key[1..];
        let group = group.iter().map(|at| forms[keys.get(*at).1 as usize].as_bytes());
        if group.clone().eq([text]) {
            continue;
        }
        map.insert(key, lists.len() as u64).map_err(unwritten)?;
        push_list(&mut lists, text, group);
    }
    Ok((map.into_inner().map_err(unwritten)?, lists))
}

/// How many forms are analyzed at once by one thread.
const CHUNK: usize = 1 << 12;

/// The keys of many forms, one after the other, packed: there are several of each form, and memory for them is what a
/// commit takes most of.
#[derive(Default)]
struct Keys {
    bytes: Vec<u8>,
    /// Where each ends, and the number of its form.
    ends: Vec<(u32, u32)>,
}

impl Keys {
    /// Analyzes forms, in the order of their numbers.
    fn of(forms: &[&str]) -> Result<Keys> {
        let chunks: Vec<Keys> =
            forms.par_chunks(CHUNK).enumerate().map(|(n, chunk)| Keys::of_chunk(n * CHUNK, chunk)).collect();
        let bytes = chunks.iter().map(|chunk| chunk.bytes.len()).sum::<usize>();
        let ends = chunks.iter().map(|chunk| chunk.ends.len()).sum::<usize>();
        // Places and numbers are kept in four bytes.
        if [forms.len(), bytes, ends].into_iter().any(|count| u32::try_from(count).is_err()) {
            return Err(Error::new(Kind::Io, ("the vocabulary is too large", "le vocabulaire est trop grand")));
        }
        let mut keys = Keys::default();
        for chunk in chunks {
            let before = keys.bytes.len() as u32;
            keys.bytes.extend_from_slice(&chunk.bytes);
            keys.ends.extend(chunk.ends.iter().map(|(end, form)| (before + end, *form)));
        }
        Ok(keys)
    }

    /// Analyzes a part of the forms, which are numbered from `first`.
    fn of_chunk(first: usize, forms: &[&str]) -> Keys {
        let kinship = Kinship::default();
        let mut keys = Keys::default();
        for (number, form) in (first as u32..).zip(forms) {
            kinship.for_each_key(form, &mut |key, value| {
                keys.bytes.push(key.tag());
                keys.bytes.extend_from_slice(value.as_bytes());
                keys.ends.push((keys.bytes.len() as u32, number));
            });
        }
        keys
    }

    /// Returns a key and the number of its form.
    fn get(&self, at: u32) -> (&[u8], u32) {
        let at = at as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].0);
        let (end, form) = self.ends[at];
        (&self.bytes[start as usize..end as usize], form)
    }

    /// Returns the places of the keys in order, those of one key in the order of their forms.
    fn sorted(&self) -> Vec<u32> {
        let mut places: Vec<u32> = (0..self.ends.len() as u32).collect();
        places.par_sort_unstable_by(|a, b| self.get(*a).cmp(&self.get(*b)));
        places
    }
}

fn tagged(key: Key, value: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len() + 1);
    bytes.push(key.tag());
    bytes.extend_from_slice(value.as_bytes());
    bytes
}

/// Accepts what `automaton` accepts and no quantity.
fn words<A: Automaton>(automaton: A) -> impl Automaton {
    automaton.intersection(Str::new(QUANTITY).starts_with().complement())
}

/// Accepts a tag byte and then what `inner` accepts.
struct Tagged<'a, A> {
    tag: u8,
    inner: &'a A,
}

impl<A: Automaton> Automaton for Tagged<'_, A> {
    /// `None` before the tag; `Some(None)` after a wrong one.
    type State = Option<Option<A::State>>;

    fn start(&self) -> Self::State {
        None
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, Some(Some(inner)) if self.inner.is_match(inner))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            None => true,
            Some(None) => false,
            Some(Some(inner)) => self.inner.can_match(inner),
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            None => Some((byte == self.tag).then(|| self.inner.start())),
            Some(None) => Some(None),
            Some(Some(inner)) => Some(Some(self.inner.accept(inner, byte))),
        }
    }
}

/// Appends the list of the forms filed under `text`.
fn push_list<'a>(out: &mut Vec<u8>, text: &'a [u8], forms: impl ExactSizeIterator<Item = &'a [u8]>) {
    push_varint(out, forms.len() as u64);
    let mut last = text;
    for form in forms {
        let shared = last.iter().zip(form).take_while(|(a, b)| a == b).count();
        push_varint(out, shared as u64);
        push_varint(out, (form.len() - shared) as u64);
        out.extend_from_slice(&form[shared..]);
        last = form;
    }
}

/// Reads a count and moves past it.
fn read_count(bytes: &mut &[u8]) -> Option<usize> {
    usize::try_from(read_varint(bytes)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(forms: &[&str]) -> Vec<u8> {
        Layer::build(forms.to_vec()).unwrap()
    }

    #[test]
    fn forms_out_of_order_make_no_empty_set() {
        assert!(set_of(&["a", "b"]).is_ok_and(|set| !set.is_empty()));
        assert_eq!(set_of(&["b", "a"]).unwrap_err().kind(), Kind::Io);
    }

    #[test]
    fn a_damaged_file_is_refused_and_never_a_panic() {
        let good = file(&["société", "sociétés", "bourse"]);
        assert!(Layer::verify(&good));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x55;
            assert!(!Layer::verify(&bad), "byte {at}");
        }
        for end in 0..good.len() {
            assert!(!Layer::verify(&good[..end]), "cut at {end}");
            let _ = Layer::open(OwnedBytes::new(good[..end].to_vec()));
        }
    }

    #[test]
    fn no_forms_make_an_empty_layer() {
        let layer = Layer::open(OwnedBytes::new(file(&[]))).unwrap();
        assert!(layer.is_empty() && !layer.contains("a"));
    }

    #[test]
    fn a_list_gives_back_its_forms() {
        let layer = Layer::open(OwnedBytes::new(file(&["côte", "coté", "côté", "cote", "cotes", "bourse"]))).unwrap();
        let sharing = |key, value| {
            let mut forms = Vec::new();
            layer.sharing(key, value, &mut forms);
            forms
        };
        assert_eq!(sharing(Key::Fold, "cote"), ["cote", "coté", "côte", "côté"]);
        assert_eq!(sharing(Key::Fold, "bourse"), ["bourse"]);
        assert!(sharing(Key::Fold, "bours").is_empty());
        assert_eq!(sharing(Key::French, "bours"), ["bourse"]);
        // A form stands for its own stem, unless it has another.
        assert_eq!(sharing(Key::French, "cot"), ["cote", "cotes", "coté", "côte", "côté"]);
        assert!(sharing(Key::French, "bourse").is_empty());
    }

    #[test]
    fn a_form_that_is_its_own_key_needs_no_list() {
        let forms = ["merkel", "2009", "bourse"];
        let layer = Layer::open(OwnedBytes::new(file(&forms))).unwrap();
        for (key, value, want) in [
            (Key::Fold, "merkel", true),
            (Key::French, "merkel", true),
            (Key::English, "merkel", true),
            (Key::Number, "merkel", false),
            (Key::Number, "2009", true),
            (Key::French, "2009", false),
            (Key::French, "bourse", false),
        ] {
            let mut found = Vec::new();
            layer.sharing(key, value, &mut found);
            assert_eq!(found == [value], want, "{key:?} {value}");
            assert_eq!(layer.keys.get(tagged(key, value)), None);
        }
    }
}
