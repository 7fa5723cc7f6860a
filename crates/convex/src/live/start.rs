//! Starts everything that runs beside the site for live values, and ends it.

use std::sync::Arc;
use std::time::Duration;

use convex_sources::registry;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::listen::{self, MakeFeed, Rest, Speaker};
use super::simulate::simulate;
use super::watch::Watch;
use crate::config::{Doors, configurable};
use crate::desk::Desk;

/// Longest a stop waits for tasks that only need to notice.
const TO_STOP: Duration = Duration::from_secs(5);

/// What is to run.
#[derive(Clone)]
pub struct Plan {
    /// Who may be listened to.
    pub speakers: Vec<Speaker>,
    /// How conversations begin.
    pub make: MakeFeed,
    /// Pauses between attempts.
    pub rest: Rest,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan").field("speakers", &self.speakers).field("rest", &self.rest).finish_non_exhaustive()
    }
}

impl Plan {
    /// Listens to these providers by their own feeds.
    pub fn new(speakers: Vec<Speaker>) -> Self {
        Self { speakers, make: Arc::new(registry::feed), rest: Rest::default() }
    }

    /// Listens to every provider whose door is open, as far as it can be listened to.
    pub fn through(doors: &Doors) -> Self {
        let open = configurable().filter(|provider| doors.of(*provider).enabled());
        Self::new(open.map(|provider| Speaker { provider, base: doors.of(provider).config.ws_base_url }).collect())
    }
}

/// What runs; dropping it stops nothing, [`Running::stop`] does.
#[derive(Debug)]
pub struct Running {
    desk: Arc<Desk>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

/// Reads the closes that values are judged by, then starts to listen. While the sample market is shown, its own simulated
/// values come in the same way; real ones wait out of sight.
pub async fn start(desk: &Arc<Desk>, plan: Plan) -> Running {
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    let live = desk.live();
    let mut watch = Watch::default();
    if let Err(error) = watch.look(desk).await {
        tracing::warn!(%error, "cannot read the last closes yet");
    }
    let until_stopped = stop.clone();
    let watching = watch.run(Arc::clone(desk));
    tasks.spawn(async move { until_stopped.run_until_cancelled(watching).await });
    if live.is_sample() {
        let until_stopped = stop.clone();
        let simulating = simulate(Arc::clone(desk));
        tasks.spawn(async move { until_stopped.run_until_cancelled(simulating).await });
    }
    listen::start(live, desk.catalog(), &plan.speakers, &plan.make, plan.rest, (&tasks, &stop));
    Running { desk: Arc::clone(desk), tasks, stop }
}

impl Running {
    /// Ends every reader's stream and every connection to a provider.
    pub async fn stop(self) {
        self.desk.live().stop();
        self.stop.cancel();
        self.tasks.close();
        // What does not end in time ends with the program.
        let _ = tokio::time::timeout(TO_STOP, self.tasks.wait()).await;
    }
}
