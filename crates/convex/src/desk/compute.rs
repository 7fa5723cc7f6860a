//! The mathematics pool: as many threads as cores, apart from the threads that answer requests.

use std::sync::LazyLock;

use tokio::sync::oneshot;

/// The work was dropped before it ended, or it panicked.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the computation was stopped")]
pub struct Stopping;

static POOL: LazyLock<Option<rayon::ThreadPool>> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    rayon::ThreadPoolBuilder::new()
        .num_threads(cores)
        .thread_name(|at| format!("compute-{at}"))
        // A panic in one answer must not end the program: the waiting request is told, the others go on.
        .panic_handler(|_| tracing::error!("a computation panicked"))
        .build()
        .ok()
});

/// Runs `work` on the pool and waits without holding a request thread.
pub(crate) async fn on_pool<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Stopping> {
    let Some(pool) = &*POOL else { return Ok(work()) };
    let (done, wait) = oneshot::channel();
    pool.spawn(move || {
        // The receiver is gone only if the request was dropped; then nobody waits for the answer.
        let _ = done.send(work());
    });
    wait.await.map_err(|_| Stopping)
}
