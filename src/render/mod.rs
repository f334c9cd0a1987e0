//! From an answer to bytes: one file an output format.
