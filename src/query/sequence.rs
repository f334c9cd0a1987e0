//! A sequence of operands while it is read: the lists that are open, and how they close into one node.
//!
//! What consists of exclusions alone is taken from every article here, so that no later room need know.

use std::ops::Range;

use super::{Kind, Node};

/// A node, and the bytes it takes in the query with its brackets and signs.
pub(super) struct Part {
    pub node: Node,
    pub extent: Range<usize>,
}

/// The lists that are open while a sequence is read.
#[derive(Default)]
pub(super) struct Sequence {
    alternatives: Vec<Part>,
    conjuncts: Vec<Part>,
    pub words: Vec<Part>,
    /// The operator that still needs an operand on its right.
    pub pending: Option<Range<usize>>,
    /// Where the `NOT`s before the next operand begin, and whether their number is odd.
    pub negation: Option<(usize, bool)>,
}

impl Sequence {
    pub fn push(&mut self, part: Part) {
        self.pending = None;
        let part = match self.negation.take() {
            Some((start, odd)) => {
                let extent = start..part.extent.end;
                let node = if odd { negated(part.node, extent.clone()) } else { part.node };
                Part { node, extent }
            }
            None => part,
        };
        self.words.push(part);
    }

    pub fn close_words(&mut self) {
        self.conjuncts.extend(joined(std::mem::take(&mut self.words), Kind::Words));
    }

    pub fn close_conjuncts(&mut self) {
        self.close_words();
        self.alternatives.extend(joined(std::mem::take(&mut self.conjuncts), Kind::And).map(positive));
    }

    pub fn finish(mut self) -> Option<Part> {
        self.close_conjuncts();
        joined(self.alternatives, Kind::Or)
    }
}

/// Returns the parts as one: none, the only one, or all of them joined. If all are negations, every
/// article comes before them, since there is nothing else to take away from.
fn joined(mut parts: Vec<Part>, join: fn(Vec<Node>) -> Kind) -> Option<Part> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let extent = extent(parts.first().map(|part| &part.extent), parts.last().map(|part| &part.extent));
    let negative = parts.iter().all(|part| matches!(part.node.kind, Kind::Not(_)));
    let nodes: Vec<Node> = parts.into_iter().map(|part| part.node).collect();
    let kind = if negative { without(nodes, extent.start) } else { join(nodes) };
    Some(Part { node: Node { kind, span: extent.clone() }, extent })
}

/// Returns the part, or every article but it if it is a negation.
fn positive(part: Part) -> Part {
    if !matches!(part.node.kind, Kind::Not(_)) {
        return part;
    }
    let (span, start) = (part.node.span.clone(), part.extent.start);
    Part { node: Node { kind: without(vec![part.node], start), span }, extent: part.extent }
}

fn without(negations: Vec<Node>, start: usize) -> Kind {
    let mut nodes = vec![Node { kind: Kind::All, span: start..start }];
    nodes.extend(negations);
    Kind::And(nodes)
}

/// Returns everything but `node`; of a negation, what it negates.
pub(super) fn negated(node: Node, span: Range<usize>) -> Node {
    match node.kind {
        Kind::Not(inner) => *inner,
        Kind::Must(inner) => Node { kind: Kind::Not(inner), span },
        _ => Node { kind: Kind::Not(Box::new(node)), span },
    }
}

pub(super) fn extent(first: Option<&Range<usize>>, last: Option<&Range<usize>>) -> Range<usize> {
    first.map_or(0, |range| range.start)..last.map_or(0, |range| range.end)
}
