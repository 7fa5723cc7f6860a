//! The two HTTP clients: one for most hosts, one for those where HTTP/2 is known to fail.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, ClientBuilder, redirect, retry};

const CONNECT: Duration = Duration::from_secs(10);
/// Longer than this between two pieces of an answer and it is not coming any more.
const SILENCE: Duration = Duration::from_secs(20);
const IDLE: Duration = Duration::from_mins(1);

/// Clients that ask.
#[derive(Debug)]
pub(super) struct Clients {
    any: Client,
    http1: Client,
}

impl Clients {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        Ok(Self { any: builder().build()?, http1: builder().http1_only().build()? })
    }

    pub(super) fn of(&self, http1_only: bool) -> &Client {
        if http1_only { &self.http1 } else { &self.any }
    }
}

fn builder() -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("convex/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(2)
        // Redirects and retries are ours: each is a request that counts.
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .dns_resolver(Arc::new(Names))
}

/// Resolves names as the system does, with an error that says so.
#[derive(Debug)]
struct Names;

/// A name that does not resolve.
#[derive(Debug, thiserror::Error)]
#[error("the host's name does not resolve")]
pub(super) struct Unresolved;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await.map_err(|_| Unresolved)?.collect();
            if found.is_empty() {
                return Err(Unresolved.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
