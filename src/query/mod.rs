//! From the user's words to a [`Query`].

mod ast;

pub use ast::{DateRange, Filter, Kind, Node, Query, TextField, TickerPattern};
