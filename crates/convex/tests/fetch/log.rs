//! What is logged on this thread, which is the only one of a test's runtime.

use std::sync::{Arc, Mutex};

use tracing::Dispatch;
use tracing::subscriber::DefaultGuard;

/// Lines logged since it was started.
pub(crate) struct Log {
    text: Arc<Mutex<Vec<u8>>>,
    _guard: DefaultGuard,
    /// While there is one subscriber only, a message first met on another test's thread would be switched off for all.
    _second: Dispatch,
}

impl Log {
    pub(crate) fn start() -> Self {
        let text: Arc<Mutex<Vec<u8>>> = Arc::default();
        let sink = Arc::clone(&text);
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::INFO)
            .with_ansi(false)
            .without_time()
            .with_target(false)
            .with_writer(move || Sink(Arc::clone(&sink)))
            .finish();
        let second = Dispatch::new(tracing_subscriber::registry());
        Self { text, _guard: tracing::subscriber::set_default(subscriber), _second: second }
    }

    /// Everything so far.
    pub(crate) fn all(&self) -> String {
        String::from_utf8(self.text.lock().unwrap().clone()).unwrap()
    }

    /// Lines of a level, each told once.
    pub(crate) fn taken(&self, level: &str) -> Vec<String> {
        let text = String::from_utf8(std::mem::take(&mut *self.text.lock().unwrap())).unwrap();
        text.lines().filter(|line| line.trim_start().starts_with(level)).map(str::to_owned).collect()
    }
}

struct Sink(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
