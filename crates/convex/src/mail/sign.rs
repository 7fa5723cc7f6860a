//! Signatures, all of one kind: HMAC with SHA-256.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A signature to be made over parts, one after the other.
pub(super) fn keyed(key: &[u8]) -> Hmac<Sha256> {
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mac) => mac,
        Err(_) => unreachable!("HMAC takes a key of any length"),
    }
}

/// The signature of one text, in hex.
pub(super) fn signed(key: &[u8], text: &[u8]) -> String {
    hex(&keyed(key).chain_update(text).finalize().into_bytes())
}

/// Bytes in hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
