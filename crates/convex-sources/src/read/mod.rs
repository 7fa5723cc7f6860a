//! What the parsers of all providers share: days, numbers, tables and JSON as providers write them.

pub(crate) mod address;
pub(crate) mod body;
pub(crate) mod days;
pub(crate) mod float32;
pub(crate) mod json;
pub(crate) mod numbers;
pub(crate) mod points;
pub(crate) mod session;
pub(crate) mod table;
pub(crate) mod xml;
