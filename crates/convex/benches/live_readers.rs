//! Many readers of one stream, on this machine: how long until the last of them has an event, and what each costs.
//!
//! `cargo bench -p convex --bench live_readers -- [READERS [SECONDS]]`; 10,000 readers and 15 seconds unless told. The
//! server is a process of its own over the simulated market; readers and server share the cores.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on should stop")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// Arrivals at one reader: number of the event, and microseconds since its value came to the server.
type Arrivals = Vec<(u64, i64)>;

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let (readers, seconds) = (*numbers.first().unwrap_or(&10_000), *numbers.get(1).unwrap_or(&15));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(measure(readers, Duration::from_secs(seconds as u64)));
}

async fn measure(readers: usize, span: Duration) {
    let folder = tempfile::tempdir().unwrap();
    let limits = format!("[live]\nreaders = {readers}\nreaders_per_address = {readers}\n");
    std::fs::write(folder.path().join("convex.toml"), limits).unwrap();
    let (mut server, address) = serve(folder.path());
    let before = memory(&server);
    let (stop, stopped) = watch::channel(false);
    let started = Instant::now();
    let mut tasks = connect(address, readers, &stopped).await;
    println!("{readers} readers connected in {:.1} s", started.elapsed().as_secs_f64());
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (after, connected) = (memory(&server), Timestamp::now());
    tokio::time::sleep(span).await;
    let peak = memory(&server);
    let busy = cpu_seconds(&server);
    stop.send_replace(true);
    let mut by_event: BTreeMap<u64, Vec<i64>> = BTreeMap::new();
    while let Some(arrivals) = tasks.join_next().await {
        for (id, late) in arrivals.unwrap() {
            by_event.entry(id).or_default().push(late);
        }
    }
    server.kill().unwrap();
    server.wait().unwrap();
    report(readers, &by_event, connected);
    let each = |kilobytes: u64| (kilobytes.saturating_sub(before)) as f64 / readers as f64;
    println!("memory of the server: {before} kB before, {after} kB connected, {peak} kB at the end");
    println!("  that is {:.1} kB a reader connected, {:.1} kB at the end (target 30)", each(after), each(peak));
    println!("processor time of the server from its start: {busy:.1} s");
}

/// Connects all, a hundred at a time; each then reads until told to stop.
async fn connect(address: SocketAddr, readers: usize, stopped: &watch::Receiver<bool>) -> JoinSet<Arrivals> {
    let (mut tasks, doors) = (JoinSet::new(), Arc::new(Semaphore::new(100)));
    for _ in 0..readers {
        let (door, stopped) = (Arc::clone(&doors).acquire_owned().await.unwrap(), stopped.clone());
        let mut connection = TcpStream::connect(address).await.unwrap();
        let request =
            format!("GET /api/v1/stream?series=btc HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\n\r\n");
        connection.write_all(request.as_bytes()).await.unwrap();
        tasks.spawn(async move {
            let mut greeting = [0; 4096];
            let length = connection.read(&mut greeting).await.unwrap();
            assert!(
                greeting[..length].starts_with(b"HTTP/1.1 200"),
                "{}",
                String::from_utf8_lossy(&greeting[..length])
            );
            drop(door);
            listen(connection, stopped).await
        });
    }
    // All have their greeting when all doors are free again.
    let _ = doors.acquire_many(100).await.unwrap();
    tasks
}

async fn listen(mut connection: TcpStream, mut stopped: watch::Receiver<bool>) -> Arrivals {
    let mut arrivals = Arrivals::new();
    let mut piece = [0; 2048];
    loop {
        let length = tokio::select! {
            read = connection.read(&mut piece) => read.unwrap(),
            _ = stopped.wait_for(|stop| *stop) => return arrivals,
        };
        assert!(length > 0, "the server ended a stream");
        let text = String::from_utf8_lossy(&piece[..length]);
        let (Some(id), Some(received)) = (between(&text, "id: ", "\n"), between(&text, "\"received\":\"", "\"")) else {
            continue;
        };
        let received: Timestamp = received.parse().unwrap();
        arrivals.push((id.parse().unwrap(), Timestamp::now().duration_since(received).as_micros() as i64));
    }
}

fn report(readers: usize, by_event: &BTreeMap<u64, Vec<i64>>, connected: Timestamp) {
    let whole: Vec<&Vec<i64>> = by_event
        .iter()
        .filter(|(id, late)| **id > connected.as_microsecond() as u64 || late.len() == readers)
        .map(|(_, late)| late)
        .filter(|late| late.len() == readers)
        .collect();
    println!(
        "{} events reached all {readers} readers ({} did not reach all)",
        whole.len(),
        by_event.len() - whole.len()
    );
    let mut last: Vec<i64> = whole.iter().filter_map(|late| late.iter().max().copied()).collect();
    let mut all: Vec<i64> = whole.iter().flat_map(|late| late.iter().copied()).collect();
    last.sort_unstable();
    all.sort_unstable();
    let at = |sorted: &[i64], share: f64| {
        let place = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
        sorted.get(place).map_or(f64::NAN, |micros| *micros as f64 / 1_000.0)
    };
    println!("a reader has an event after {:.1} ms (median), {:.1} ms (99 %)", at(&all, 0.5), at(&all, 0.99));
    println!(
        "the last reader has it after {:.1} ms (median), {:.1} ms (worst; target 250)",
        at(&last, 0.5),
        at(&last, 1.0)
    );
}

/// Starts a server of its own over the simulated market.
fn serve(folder: &std::path::Path) -> (Child, SocketAddr) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_convex"))
        .args(["serve", "--offline-sample", "--listen", "127.0.0.1:0"])
        .current_dir(folder)
        .env_remove("CONVEX_DB")
        .env_remove("CONVEX_CONFIG")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
    let address = lines.by_ref().find_map(|line| line.strip_prefix("listening on http://")?.parse().ok());
    // Someone must go on reading, or the server's next words fail.
    std::thread::spawn(move || lines.for_each(drop));
    (server, address.unwrap())
}

/// Resident memory in kilobytes, where the system says so.
fn memory(server: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
        .unwrap_or(0)
}

/// Processor time so far, where the system says so, in its usual ticks of a hundredth.
fn cpu_seconds(server: &Child) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", server.id())).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}
