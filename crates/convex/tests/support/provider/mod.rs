//! A provider on loopback: answers as told, with every fault a real one has, switched while it runs.
//!
//! ```ignore
//! let server = ProviderServer::start(Routes::new().on("/fred/series", Reply::json("{}"))).await;
//! server.set_fault(Some(Fault::Cloudflare429));
//! assert_eq!(server.log().len(), 1);
//! ```

#![allow(dead_code, unused_imports, reason = "not every test that includes this module uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod connection;
mod fault;
mod recorded;
mod reply;
mod routes;
mod seen;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) use fault::Fault;
pub(crate) use recorded::{Recorded, recorded};
pub(crate) use reply::{Delivery, Reply};
pub(crate) use routes::Routes;
pub(crate) use seen::Seen;

/// A running server; it ends when dropped.
#[derive(Debug)]
pub(crate) struct ProviderServer {
    address: SocketAddr,
    state: Arc<State>,
    listening: JoinHandle<()>,
}

struct State {
    routes: Mutex<Routes>,
    fault: Mutex<Option<Fault>>,
    log: Mutex<Vec<Seen>>,
    sent: Mutex<u64>,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

impl ProviderServer {
    /// Starts on a free port of this machine.
    pub(crate) async fn start(routes: Routes) -> Self {
        Self::start_at("127.0.0.1:0", routes, Timestamp::now).await
    }

    /// Starts with a clock of its own, so that the log has the times of a simulation.
    pub(crate) async fn start_at(
        address: &str,
        routes: Routes,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            routes: Mutex::new(routes),
            fault: Mutex::new(None),
            log: Mutex::default(),
            sent: Mutex::default(),
            now: Box::new(now),
        });
        let shared = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                tokio::spawn(async move { connection::serve(stream, &state).await });
            }
        });
        Self { address, state, listening }
    }

    /// Its address, as a `base_url`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Requests seen so far, in order.
    pub(crate) fn log(&self) -> Vec<Seen> {
        self.state.log.lock().unwrap().clone()
    }

    /// Forgets the requests seen so far.
    pub(crate) fn clear_log(&self) {
        self.state.log.lock().unwrap().clear();
    }

    /// Bytes of bodies sent so far, as far as they could be handed over.
    pub(crate) fn sent(&self) -> u64 {
        *self.state.sent.lock().unwrap()
    }

    /// From now on answers everything with a fault, or as told again.
    pub(crate) fn set_fault(&self, fault: Option<Fault>) {
        *self.state.fault.lock().unwrap() = fault;
    }

    /// From now on answers a path in this way.
    pub(crate) fn set(&self, path: &str, reply: Reply) {
        self.state.routes.lock().unwrap().set(path, reply);
    }
}

impl Drop for ProviderServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Address of a port on which nobody listens.
pub(crate) async fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
