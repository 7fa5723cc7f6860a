//! `[live]`: values within the day.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::live::Limits;

/// Values within the day, and the streams that tell of them.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct LiveConfig {
    /// Whether providers are listened to.
    pub enabled: bool,
    /// Streams that may be open at once.
    pub readers: usize,
    /// Of those, from one address.
    pub readers_per_address: usize,
    /// Seconds after which a silent stream says that it is still there.
    pub keep_alive_seconds: u64,
}

impl Default for LiveConfig {
    fn default() -> Self {
        let Limits { readers, per_address, keep_alive } = Limits::default();
        Self { enabled: true, readers, readers_per_address: per_address, keep_alive_seconds: keep_alive.as_secs() }
    }
}

impl LiveConfig {
    /// The bounds of open streams.
    pub fn limits(&self) -> Limits {
        Limits {
            readers: self.readers,
            per_address: self.readers_per_address,
            keep_alive: Duration::from_secs(self.keep_alive_seconds.max(1)),
        }
    }
}
