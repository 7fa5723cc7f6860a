//! Logs go to standard error; `RUST_LOG` chooses how much.

use tracing_subscriber::EnvFilter;

/// Starts logging; warnings and above unless `RUST_LOG` says otherwise.
pub fn init() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    // A second start (in tests) keeps the first subscriber.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
