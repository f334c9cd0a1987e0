//! The postings of a segment while it is made: from the terms of each document to the documents of each term.
//!
//! The lists that grow lie all over memory, and to append to one is to wait for it. So tokens are gathered first, as
//! small numbers of terms whose table stays in the cache; when there are many they are sorted by term, and each list is
//! touched once for all that it gets. This is inversion by sorting in memory, with lists in place of sorted runs on disk
//! (Heinz and Zobel, "Efficient single-pass index construction for text databases", 2003).

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use tantivy::fieldnorm::FieldNormReaders;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, IndexRecordOption, Schema};
use tantivy::tokenizer::MAX_TOKEN_LEN;
use tantivy::{DocId, TantivyError};
use tantivy_stacker::{Addr, ArenaHashMap, ExpUnrolledLinkedList, MemoryArena};

use crate::vocabulary::varint::{push_varint, read_varint};

/// From how many tokens on they are sorted, so that with the table of their terms they fit about into a cache of a
/// megabyte: of twice and of half as many, indexing takes some 5 in 100 longer.
pub(super) const BATCH: usize = 1 << 17;
/// A batch normally ends at the end of a document. One of this many times [`BATCH`] tokens ends in the middle of it, so
/// that a huge article costs no more memory.
const LONG: usize = 4;
/// About how many bytes the key of a term has, and how many a term takes that is new to the segment.
const KEY: usize = 16;
const NEW: usize = 64;
/// How many bytes of room for a list are kept.
const ROOM: usize = 1 << 16;
/// How many terms the table has room for at first.
const TERMS: usize = 1 << 14;

/// Inverts the documents of one segment, which come in the order of their numbers.
pub(super) struct Inverter {
    batch: Batch,
    /// From how many tokens on a batch is sorted, once its last document has ended.
    most: usize,
    /// The number of the next document.
    doc: DocId,
    /// By field and term.
    terms: ArenaHashMap,
    /// The lists of all terms.
    arena: MemoryArena,
    /// By field.
    fields: Vec<Indexed>,
    /// What a list gets, before it is appended.
    postings: Vec<u8>,
}

/// How a field is indexed.
#[derive(Clone, Copy, Default)]
struct Indexed {
    positions: bool,
    /// How many tokens it has in all documents.
    tokens: u64,
}

/// The list of a term, as far as it is known.
#[derive(Clone, Copy, Default)]
struct List {
    bytes: ExpUnrolledLinkedList,
    last: DocId,
    documents: u32,
}

impl Inverter {
    /// Begins a segment of documents of `schema`, whose tokens are sorted `most` at a time.
    pub fn new(schema: &Schema, most: usize) -> Inverter {
        let indexed =
            |option| Indexed { positions: option == Some(IndexRecordOption::WithFreqsAndPositions), tokens: 0 };
        Inverter {
            batch: Batch::default(),
            most,
            doc: 0,
            terms: ArenaHashMap::with_capacity(TERMS),
            arena: MemoryArena::default(),
            fields: schema.fields().map(|(_, entry)| indexed(entry.field_type().index_record_option())).collect(),
            postings: Vec::new(),
        }
    }

    /// Adds a token of the next document. A term that no dictionary can hold is passed over; false then.
    pub fn add(&mut self, field: Field, term: &[u8], position: u32) -> bool {
        if term.len() > MAX_TOKEN_LEN {
            return false;
        }
        self.fields[field.field_id() as usize].tokens += 1;
        self.batch.add(field.field_id() as u8, term, position);
        if self.batch.tokens.len() >= self.most * LONG {
            self.append();
        }
        true
    }

    /// Ends the next document; numbers are given in order.
    pub fn end(&mut self) {
        self.batch.end(self.doc);
        self.doc += 1;
        if self.batch.tokens.len() >= self.most {
            self.append();
        }
    }

    /// Appends what was gathered to the lists.
    fn append(&mut self) {
        let Inverter { batch, doc, terms, arena, fields, postings, .. } = self;
        batch.end(*doc);
        batch.sort();
        batch.for_each(|term, found| {
            let positions = fields[usize::from(term[0])].positions;
            terms.mutate_or_create(term, |list: Option<List>| {
                let mut list = list.unwrap_or_default();
                postings.clear();
                for in_document in found.chunk_by(|a, b| a.0 == b.0) {
                    let Some(&(doc, _)) = in_document.first() else { continue };
                    // The rest of a long document comes with no gap.
                    let is_rest = list.documents > 0 && doc == list.last;
                    write_posting(doc - list.last, in_document.iter().map(|at| at.1), positions, postings);
                    list.last = doc;
                    list.documents += u32::from(!is_rest);
                }
                list.bytes.writer(arena).extend_from_slice(postings);
                list
            });
        });
        batch.clear(2 * self.most);
        postings.shrink_to(ROOM);
    }

    /// Returns how many bytes of memory the segment takes by now.
    pub fn memory(&self) -> usize {
        self.batch.memory() + self.postings.capacity() + self.terms.mem_usage() + self.arena.mem_usage()
    }

    /// Writes the postings of all documents; `norms` are the lengths of their fields.
    pub fn write(mut self, serializer: &mut InvertedIndexSerializer, norms: &FieldNormReaders) -> tantivy::Result<()> {
        self.append();
        // It makes room for the terms in order.
        (self.batch, self.postings) = Default::default();
        let mut lists: Vec<(&[u8], Addr)> = self.terms.iter().collect();
        // The field stands before its term.
        lists.sort_unstable_by_key(|(term, _)| *term);
        let mut bytes = Vec::new();
        for lists in lists.chunk_by(|a, b| a.0[0] == b.0[0]) {
            let Some((term, _)) = lists.first() else { continue };
            let field = Field::from_field_id(u32::from(term[0]));
            let Indexed { positions, tokens } = self.fields[usize::from(term[0])];
            let mut serializer = serializer.new_field(field, tokens, norms.get_field(field)?)?;
            for (term, address) in lists {
                let list: List = self.terms.read(*address);
                bytes.clear();
                list.bytes.read_to_end(&self.arena, &mut bytes);
                serializer.new_term(&term[1..], if positions { list.documents } else { 0 }, positions)?;
                write_list(&bytes, positions, &mut serializer)?;
                serializer.close_term()?;
            }
            serializer.close()?;
        }
        Ok(())
    }
}

/// The tokens of the last documents.
#[derive(Default)]
struct Batch {
    /// The numbers of terms, by their hash.
    table: HashTable<u32>,
    terms: Vec<Term>,
    /// Their keys, one after the other: the field, a byte, and the term.
    keys: Vec<u8>,
    /// Term and position, in the order of the texts.
    tokens: Vec<(u32, u32)>,
    /// Where the tokens of each document end.
    documents: Vec<(DocId, usize)>,
    /// Document and position, by term.
    sorted: Vec<(DocId, u32)>,
}

/// A term of a batch.
struct Term {
    hash: u64,
    /// Where its key ends; it begins where that of the term before it ends.
    key_end: u32,
    /// How many tokens it has; while they are sorted, where the next one goes, and after it where they end.
    tokens: u32,
}

impl Batch {
    fn add(&mut self, field: u8, text: &[u8], position: u32) {
        let Batch { table, terms, keys, .. } = self;
        let hash = hash(field, text);
        let is_it = |number: &u32| {
            let term = &terms[*number as usize];
            term.hash == hash && key(terms, keys, *number as usize).split_first() == Some((&field, text))
        };
        let number = match table.find(hash, is_it) {
            Some(number) => *number,
            None => {
                let number = terms.len() as u32;
                keys.push(field);
                keys.extend_from_slice(text);
                terms.push(Term { hash, key_end: keys.len() as u32, tokens: 0 });
                table.insert_unique(hash, number, |number| terms[*number as usize].hash);
                number
            }
        };
        terms[number as usize].tokens += 1;
        self.tokens.push((number, position));
    }

    /// Ends a document, or a part of one.
    fn end(&mut self, doc: DocId) {
        self.documents.push((doc, self.tokens.len()));
    }

    /// Sorts the tokens by term, those of a term in the order of the texts (counting sort).
    fn sort(&mut self) {
        let mut end = 0;
        for term in &mut self.terms {
            let start = end;
            end += term.tokens;
            term.tokens = start;
        }
        self.sorted.resize(self.tokens.len(), (0, 0));
        let mut start = 0;
        for (doc, end) in &self.documents {
            for (number, position) in &self.tokens[start..*end] {
                let next = &mut self.terms[*number as usize].tokens;
                self.sorted[*next as usize] = (*doc, *position);
                *next += 1;
            }
            start = *end;
        }
    }

    /// Calls `each` with every term, its field before it, and its sorted tokens.
    fn for_each(&self, mut each: impl FnMut(&[u8], &[(DocId, u32)])) {
        let mut start = 0;
        for (number, term) in self.terms.iter().enumerate() {
            let end = term.tokens as usize;
            each(key(&self.terms, &self.keys, number), &self.sorted[start..end]);
            start = end;
        }
    }

    /// Begins anew, with room for at most `most` tokens and terms: what one long document took is given back.
    fn clear(&mut self, most: usize) {
        self.table.clear();
        self.table.shrink_to(most, |_| 0);
        self.terms.clear();
        self.terms.shrink_to(most);
        self.keys.clear();
        self.keys.shrink_to(most * KEY);
        self.tokens.clear();
        self.tokens.shrink_to(most);
        self.documents.clear();
        self.documents.shrink_to(most);
        self.sorted.shrink_to(most);
    }

    /// Returns how many bytes it takes, with what its terms will take that are new to the segment.
    fn memory(&self) -> usize {
        let tokens = self.tokens.capacity() * (size_of::<(u32, u32)>() + size_of::<(DocId, u32)>());
        let terms = self.terms.capacity() * size_of::<Term>() + self.keys.capacity() + self.table.allocation_size();
        tokens + terms + self.documents.capacity() * size_of::<(DocId, usize)>() + self.terms.len() * NEW
    }
}

#[inline]
fn hash(field: u8, text: &[u8]) -> u64 {
    use std::hash::{BuildHasher, Hasher};
    let mut hasher = FxBuildHasher.build_hasher();
    hasher.write_u8(field);
    hasher.write(text);
    hasher.finish()
}

/// Returns the key of a term: its field, a byte, and the term.
#[inline]
fn key<'a>(terms: &[Term], keys: &'a [u8], number: usize) -> &'a [u8] {
    let start = if number == 0 { 0 } else { terms[number - 1].key_end as usize };
    &keys[start..terms[number].key_end as usize]
}

/// Writes what a list says of one document: how far it is from the one before, and if there are positions whether it
/// has one alone, else how many, and how far each is from the one before.
fn write_posting(gap: DocId, positions: impl ExactSizeIterator<Item = u32>, with_positions: bool, to: &mut Vec<u8>) {
    if !with_positions {
        return push_varint(to, u64::from(gap));
    }
    let count = positions.len();
    push_varint(to, u64::from(gap) << 1 | u64::from(count == 1));
    if count != 1 {
        push_varint(to, count as u64);
    }
    let mut last = 0;
    for position in positions {
        push_varint(to, u64::from(position.wrapping_sub(last)));
        last = position;
    }
}

/// Hands a list to the serializer, as [`write_posting`] wrote it.
fn write_list(mut bytes: &[u8], positions: bool, serializer: &mut FieldSerializer<'_>) -> tantivy::Result<()> {
    let spoilt = || TantivyError::InternalError("a list in memory is spoilt".to_owned());
    // The document that is read, its number and the gaps between its positions, until another one begins.
    let (mut reading, mut gaps, mut last) = (None, Vec::new(), 0_u32);
    while !bytes.is_empty() {
        let first = read_varint(&mut bytes).ok_or_else(spoilt)?;
        let gap = (if positions { first >> 1 } else { first }) as u32;
        let doc = match reading {
            Some(doc) if gap == 0 => doc,
            Some(doc) => {
                serializer.write_doc(doc, gaps.len() as u32, &gaps);
                gaps.clear();
                last = 0;
                doc + gap
            }
            None => gap,
        };
        reading = Some(doc);
        if !positions {
            continue;
        }
        let count = if first & 1 == 1 { 1 } else { read_varint(&mut bytes).ok_or_else(spoilt)? };
        let mut position = 0_u32;
        for _ in 0..count {
            position = position.wrapping_add(read_varint(&mut bytes).ok_or_else(spoilt)? as u32);
            gaps.push(position.wrapping_sub(last));
            last = position;
        }
    }
    if let Some(doc) = reading {
        serializer.write_doc(doc, gaps.len() as u32, &gaps);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_gives_each_term_its_tokens_in_the_order_of_the_texts() {
        let mut batch = Batch::default();
        for (doc, tokens) in
            [(3, &[(0, "la", 0), (1, "la", 0), (0, "bourse", 1), (0, "la", 2)][..]), (4, &[(0, "la", 7)])]
        {
            tokens.iter().for_each(|(field, term, position)| batch.add(*field, term.as_bytes(), *position));
            batch.end(doc);
        }
        batch.sort();
        let mut seen = Vec::new();
        batch.for_each(|term, tokens| seen.push(format!("{} {tokens:?}", term.escape_ascii())));
        assert_eq!(seen, [r"\x00la [(3, 0), (3, 2), (4, 7)]", r"\x01la [(3, 0)]", r"\x00bourse [(3, 1)]"]);
        batch.clear(1);
        batch.sort();
        batch.for_each(|_, _| panic!("nothing is left"));
    }

    #[test]
    fn a_term_that_no_dictionary_can_hold_is_passed_over() {
        let mut inverter = Inverter::new(&super::super::schema::schema().0, 1);
        let longest = vec![b'a'; MAX_TOKEN_LEN];
        assert!(inverter.add(Field::from_field_id(1), &longest, 0));
        assert!(!inverter.add(Field::from_field_id(1), &[&longest[..], b"a"].concat(), 0));
        inverter.end();
        assert_eq!(inverter.terms.len(), 1);
    }
}
