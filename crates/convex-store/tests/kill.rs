//! A process that is killed while it writes: what it had committed is there, and the database is whole.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use convex_core::{Day, Series, SeriesId};
use convex_store::{Batch, Limit, NewPayload, Search, Store, Write};
use jiff::Timestamp;

const DATABASE: &str = "CONVEX_TEST_KILL_DATABASE";
/// Two series of as many make a transaction larger than the engine's cache, so that half-written ones reach the disk.
const ROWS: i32 = 40_000;

/// Not a test of its own: the process that the test below kills. It writes round after round and reports each commit.
#[tokio::test]
async fn child_that_writes() {
    let Some(path) = std::env::var_os(DATABASE) else { return };
    let store = open(Path::new(&path)).await;
    for round in 0.. {
        let observations = observations(round);
        let ids = ids();
        store.spend("fred", instant(round), &[all_time()]).await.unwrap();
        let payload = Some(store.archive(&payload(&format!("round {round}\n").repeat(50_000), round)).await.unwrap());
        let write = Write { payload, ..Write::new("fred", instant(round)) };
        let batches = ids.each_ref().map(|id| Batch { id, observations: &observations });
        store.append(&write, &batches).await.unwrap();
        println!("\ncommitted {round}");
    }
}

#[tokio::test]
async fn killed_while_writing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.db");
    // A line is read as soon as a commit is through, so the kill finds the next transaction under way; the turns of
    // the wait move it along through that transaction.
    for (commits, turns) in [(1, 0), (2, 200_000), (1, 2_000_000), (2, 8_000_000), (1, 30_000_000)] {
        let committed = run_and_kill(&path, commits, turns);
        let store = open(&path).await;
        let found = store.check().await.unwrap();
        assert_eq!(found.problems, [], "killed after {commits} commits");
        let many = store.load_many(&ids()).await.unwrap();
        let [Some(price), Some(adjusted)] = &many[..] else { panic!("a committed write is missing") };
        assert_eq!(price.series, adjusted.series, "both series of one transaction, or neither");
        let reached = price.series.values()[0] as i32;
        assert!(reached >= committed, "commit {committed} is lost, the database is at {reached}");
        assert_eq!(price.series, observations(reached));
        let then = store.load_known_at(&ids()[0], instant(committed)).await.unwrap().unwrap();
        assert_eq!(then.series, observations(committed), "what was known at the last reported commit");
        let archived = store.archive_list(&Search::default()).await.unwrap();
        assert!(archived.len() as i32 > reached, "an answer comes before what is taken from it");
        let spent = store.spent("fred", "all", instant(-1)).await.unwrap();
        assert!(spent as usize >= archived.len(), "a request is counted before it is sent");
        store.forget(&ids()[0]).await.unwrap();
        store.forget(&ids()[1]).await.unwrap();
        // Dropped, not closed: the next child finds the log of this process.
    }
}

/// Returns the last round the child reported.
fn run_and_kill(path: &Path, commits: usize, turns: u64) -> i32 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_writes", "--nocapture"])
        .env(DATABASE, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut reported = lines.filter_map(|line| line.strip_prefix("committed ").map(|round| round.parse().unwrap()));
    let committed: i32 = reported.by_ref().take(commits).last().unwrap();
    for turn in 0..turns {
        std::hint::black_box(turn);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    reported.last().unwrap_or(committed)
}

async fn open(path: &Path) -> Store {
    Store::open(&format!("sqlite://{}", path.display())).await.unwrap()
}

fn all_time() -> Limit {
    Limit::Calendar { word: "all", start: instant(-1), end: instant(1_000_000), most: u32::MAX }
}

fn payload(body: &str, round: i32) -> NewPayload<'_> {
    NewPayload {
        provider: "fred",
        purpose: "history",
        since: None,
        symbols: &[],
        method: "GET",
        url: "https://fred.example/x",
        via: None,
        request_body: None,
        fetched_at: instant(round),
        status: 200,
        content_type: None,
        failure: None,
        body: body.as_bytes(),
    }
}

fn ids() -> [SeriesId; 2] {
    [SeriesId::price("dia"), SeriesId::total_return("dia")]
}

fn instant(round: i32) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + i64::from(round)).unwrap()
}

/// Every value differs from that of every other round.
fn observations(round: i32) -> Series {
    let days = (0..ROWS).map(|n| Day::new(1980, 1, 1).unwrap() + n).collect();
    Series::new(days, (0..ROWS).map(|n| f64::from(round) + f64::from(n) * 1e-5).collect()).unwrap()
}
