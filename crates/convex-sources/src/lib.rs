//! Where series come from. Pure: bytes in, dated values out; nothing here opens a file or a connection.

pub mod file;
