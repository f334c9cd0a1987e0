//! Which articles tell one story in nearly the same words: the same wire on several sites, a shortened
//! or corrected text, an update with a paragraph more.
//!
//! Each article has a [`Signature`], a fixed number of bytes that tells how much of its text another one
//! shares. Two articles are near if enough is shared and they were published within three days of one
//! another ([`Signature::is_near`]). A story is what hangs together by such pairs: it depends on the
//! articles alone, not on the order in which they came ([`regroup`]).

mod groups;
mod near;
mod sets;
mod shingles;
mod signature;
mod waiting;

pub use groups::{Item, regroup};
pub use near::Bands;
pub use signature::{Signature, WINDOW, WORDS, stored_minute};
