//! How fast observations go in and come out: `cargo run --release -p convex-store --example throughput [SERIES [DAYS]]`.

use std::time::{Duration, Instant};

use convex_core::{Day, Series, SeriesId};
use convex_store::{Batch, Store, StoreError, Write};
use jiff::Timestamp;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse());
    let series: usize = arguments.next().unwrap_or(Ok(2_000))?;
    let days: i32 = arguments.next().unwrap_or(Ok(6_000))? as i32;
    let path = std::env::temp_dir().join(format!("convex-throughput-{}.db", std::process::id()));
    let url = format!("sqlite://{}", path.display());
    let ids: Vec<_> = (0..series).map(|n| SeriesId::price(format!("series{n:05}"))).collect();

    write(&url, &ids, days).await?;
    report_size(&path)?;
    read(&url, &ids).await?;
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
    }
    Ok(())
}

async fn write(url: &str, ids: &[SeriesId], days: i32) -> Outcome<()> {
    let store = Store::open(url).await?;
    let write = Write::new("file", Timestamp::from_second(1_700_000_000)?);
    let mut busy = Duration::ZERO;
    for (at, id) in ids.iter().enumerate() {
        let observations = walk(at, days)?;
        let start = Instant::now();
        store.append(&write, &[Batch { id, observations: &observations }]).await?;
        busy += start.elapsed();
    }
    let start = Instant::now();
    store.close().await;
    busy += start.elapsed();
    let rows = ids.len() as f64 * f64::from(days);
    println!("write {rows} observations of {} series: {:.0} a second", ids.len(), rows / busy.as_secs_f64());
    Ok(())
}

async fn read(url: &str, ids: &[SeriesId]) -> Outcome<()> {
    let middle = &ids[ids.len() / 2];
    let pair = [ids[0].clone(), middle.clone()];
    print_median("open, load two series", 50, async || Store::open(url).await?.load_many(&pair).await).await?;
    let store = Store::open(url).await?;
    print_median("load one series, packed", 200, async || store.load(middle).await).await?;
    print_median("load one series, rows", 20, async || store.load_known_at(middle, Timestamp::MAX).await).await?;
    print_median("load all series, packed", 5, async || store.load_many(ids).await).await?;
    print_median("list all series", 50, async || store.list().await).await
}

async fn print_median<T>(what: &str, times: usize, mut run: impl AsyncFnMut() -> Result<T, StoreError>) -> Outcome<()> {
    let mut took = Vec::with_capacity(times);
    for _ in 0..times {
        let start = Instant::now();
        run().await?;
        took.push(start.elapsed());
    }
    took.sort();
    println!("{what}: {:?} (median of {times}), {:?} at most", took[times / 2], took[times - 1]);
    Ok(())
}

fn report_size(path: &std::path::Path) -> Outcome<()> {
    println!("file: {} MB", std::fs::metadata(path)?.len() / 1_000_000);
    Ok(())
}

/// A walk with four decimals; a small generator of its own keeps the example free of dependencies.
fn walk(at: usize, days: i32) -> Outcome<Series> {
    let mut state = at as u64 * 7_919 + 12_345;
    let mut level = 100.0 + at as f64;
    let values = (0..days).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        level *= 1.0 + ((state >> 40) as f64 / 16_777_216.0 - 0.5) * 0.02;
        (level * 1e4).round() / 1e4
    });
    let first = Day::new(2000, 1, 3).ok_or("no such day")?;
    Ok(Series::new((0..days).map(|n| first + n).collect(), values.collect())?)
}
