//! The fields of an article in which words stand, what they count there, and how positions tell them apart.

use tantivy::schema::Field;

use super::schema::Fields;
use crate::query::TextField;
use crate::search::BODY_OFFSET;

/// The places in an article where a form may stand, each with a field of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The headline.
    Headline,
    /// The body, its lead included.
    Body,
}

impl Place {
    pub const ALL: [Place; 2] = [Place::Headline, Place::Body];

    /// Returns the field that it has in an index.
    pub fn field(self, fields: Fields) -> Field {
        match self {
            Place::Headline => fields.headline,
            Place::Body => fields.body,
        }
    }

    /// Returns what an occurrence counts.
    pub fn weight(self) -> f32 {
        match self {
            Place::Headline => 2.25,
            Place::Body => 1.0,
        }
    }

    /// Returns whether what is looked for in one field alone, if it is but one, is looked for here.
    pub fn is_in(self, field: Option<TextField>) -> bool {
        match field {
            None => true,
            Some(TextField::Headline) => self == Place::Headline,
            Some(TextField::Body | TextField::Lead) => self == Place::Body,
        }
    }

    /// Returns the field in which a position stands.
    pub fn of(position: u32) -> Place {
        if position < BODY_OFFSET { Place::Headline } else { Place::Body }
    }
}
