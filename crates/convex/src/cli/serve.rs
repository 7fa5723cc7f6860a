//! `convex serve`: the site and the API.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use convex_store::Store;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::open::Opened;
use super::{Global, Outcome};
use crate::clock::Clock;
use crate::config::Doors;
use crate::desk::{Desk, write_sample_market};
use crate::fetch::{Fetcher, Jitter};
use crate::ingest::collect::progress_bar;
use crate::ingest::worker::Worker;
use crate::ingest::{due, terms};
use crate::live::{self, Plan, Running};
use crate::mail::{Delivery, Mailer};

/// Where the site listens unless told otherwise: this machine only.
pub(super) const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex serve                                  the site on http://127.0.0.1:8080
  convex serve --listen 0.0.0.0:80              for everyone who can reach this machine
  convex serve --offline-sample                 a simulated market until real data are there
  convex serve --role web                       pages alone: another process fetches, or nobody
  convex serve --maintenance \"Back at 18:00 UTC\"  while the database is being worked on")]
pub(super) struct Args {
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// While the database has no observation, serve a simulated market from a file of its own, marked on every page
    #[arg(long)]
    offline_sample: bool,
    /// Serve nothing but a page that says the site is being worked on, with these words
    #[arg(long, value_name = "WORDS")]
    maintenance: Option<String>,
    /// What this process does: serve pages, fetch from the providers, or both
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Role::Web, Role::Worker])]
    role: Vec<Role>,
}

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Role {
    /// Serves the site and the API; asks no provider for anything.
    Web,
    /// Fetches what is due, and listens to values within the day.
    Worker,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let listen = args.listen.or_else(|| opened.config.listen.clone()).unwrap_or_else(|| DEFAULT_LISTEN.to_owned());
    let address: SocketAddr =
        listen.parse().with_context(|| format!("\"{listen}\" is not an address like {DEFAULT_LISTEN}"))?;
    if let Some(words) = args.maintenance {
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        eprintln!("listening on http://{}, for maintenance only", listener.local_addr()?);
        axum::serve(listener, crate::web::maintenance(words)).with_graceful_shutdown(stop_signal()).await?;
        return Ok(Outcome::Done);
    }
    let store = opened.store().await?;
    let clock = Clock::System;
    let sample = if args.offline_sample { Some(sample_store(&opened, clock).await?) } else { None };
    let doors = opened.doors()?;
    let mailer = Mailer::open(&opened.config.mail, &store, &opened.public_url()).await?.map(Arc::new);
    let desk = Desk::new(opened.catalog, store.clone(), sample, clock).with_windows(opened.windows()?);
    let desk = desk.with_mailer(mailer);
    let desk = Arc::new(desk.at(opened.config.public_url.clone()).through(doors.clone()));
    let stop_working = CancellationToken::new();
    let working = if args.role.contains(&Role::Worker) {
        let worker = worker(&opened, &store, &doors, &desk, clock).await?;
        Some(tokio::spawn(worker.run(stop_working.clone())))
    } else {
        None
    };
    if !args.role.contains(&Role::Web) {
        stop_signal().await;
        return finish(working, &stop_working).await;
    }

    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let address = listener.local_addr()?;
    eprintln!("listening on http://{address}");
    if desk.is_sample().await {
        eprintln!(
            "the database is empty: a simulated market is shown, marked on every page; convex import PATH brings real data"
        );
    }
    desk.live().readers().limit(opened.config.live.limits());
    // Pages alone ask nobody: the streams of live values belong to who fetches.
    let plan = if working.is_some() { Plan::through(&doors) } else { Plan::new(Vec::new()) };
    let live = opened.config.live.enabled.then(|| tokio::spawn(start_live(Arc::clone(&desk), plan)));
    let streams = Arc::clone(desk.live());
    let stop = async move {
        stop_signal().await;
        // Streams never end by themselves, and the server waits for every connection.
        streams.stop();
    };
    let service = crate::web::router(desk).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    if let Some(live) = live {
        live.await?.stop().await;
    }
    finish(working, &stop_working).await
}

/// What fetches, after saying once whose data it will be and on what terms.
async fn worker(
    opened: &Opened,
    store: &Store,
    doors: &Doors,
    desk: &Arc<Desk>,
    clock: Clock,
) -> anyhow::Result<Worker> {
    let is_first = !store.has_observations().await?;
    if is_first {
        let (due, _) = due::metrics(store, opened.catalog, clock.now()).await?;
        let metrics: Vec<_> = due.into_iter().map(|(metric, _)| metric).collect();
        eprint!("{}", terms::notice(&metrics, doors));
        eprintln!("convex serve --role web fetches nothing");
    }
    let fetcher = Fetcher::new(store.clone(), doors.clone(), clock, Jitter::of_this_process())?;
    let mut worker = Worker::new(store.clone(), opened.catalog, fetcher, doors.clone(), Jitter::of_this_process());
    worker.forecasts = true;
    worker.desk = Some(Arc::clone(desk));
    worker.archive = opened.config.archive;
    if is_first {
        worker.progress = progress_bar(0);
    }
    worker.live = opened.config.live.enabled.then(|| Arc::clone(desk.live()));
    worker.delivery = desk.mailer().map(|mailer| {
        let (desk, mailer, holder) = (Arc::clone(desk), Arc::clone(mailer), worker.holder.clone());
        Delivery { desk, mailer, holder, clock }
    });
    Ok(worker)
}

/// Lets the worker end the step it is in.
async fn finish(working: Option<JoinHandle<()>>, stop: &CancellationToken) -> anyhow::Result<Outcome> {
    stop.cancel();
    if let Some(working) = working {
        working.await?;
    }
    Ok(Outcome::Done)
}

/// Starts what brings values within the day.
async fn start_live(desk: Arc<Desk>, plan: Plan) -> Running {
    live::start(&desk, plan).await
}

async fn sample_store(opened: &Opened, clock: Clock) -> anyhow::Result<Store> {
    let url = opened.sample_url()?;
    let store = Store::open(&url).await?;
    write_sample_market(&store, clock.today(), clock.now()).await.context("cannot write the sample market")?;
    Ok(store)
}

/// Resolves when the program is asked to stop (Ctrl-C, or SIGTERM from a service manager).
async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
