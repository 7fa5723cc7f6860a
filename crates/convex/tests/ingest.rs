//! `convex ingest` against a world of providers on loopback.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod world;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use convex::clock::Clock;
use world::{Mode, World};

/// Runs the program in a folder; gives its exit code and what it said.
async fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_convex"));
    command.current_dir(folder).args(arguments).env_remove("CONVEX_DB").env_remove("CONVEX_CONFIG");
    let done = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

/// A folder whose configuration leads to a world that stands at a moment.
async fn world() -> (Arc<World>, tempfile::TempDir) {
    let world = World::start(Clock::System).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("convex.toml"),
        world.configuration("quota = { per_second = 1000, per_minute = 10000, per_hour = 100000 }"),
    )
    .unwrap();
    (world, folder)
}

/// Observations by series.
async fn stored(folder: &Path) -> BTreeMap<String, usize> {
    let url = format!("sqlite://{}", folder.join("data/convex.db").display());
    let store = convex_store::Store::open(&url).await.unwrap();
    store.list().await.unwrap().into_iter().map(|one| (one.id.to_string(), one.n)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_seed_legs_and_thirty_more_come_and_come_only_once() {
    let (world, folder) = world().await;
    let (code, out, err) = run(folder.path(), &["ingest"]).await;
    println!("{out}\n{err}");
    assert!(err.contains("from whom and on what terms") && err.contains("Yahoo Finance"), "{err}");
    let first = stored(folder.path()).await;
    for leg in ["dia", "iwm", "rsp", "qqq", "vixcls", "gold"] {
        assert!(first.get(leg).is_some_and(|&n| n > 400), "{leg}: {first:?}");
    }
    assert!(first.contains_key("dia.tr"), "total return is a series of its own");
    assert!(first.len() >= 36, "only {} series: {:?}", first.len(), first.keys());
    assert_eq!(code, 0, "{out}");

    let requests = world.requests();
    let (code, out, err) = run(folder.path(), &["ingest"]).await;
    assert_eq!(code, 0, "{out}\n{err}");
    assert_eq!(stored(folder.path()).await, first, "nothing came twice");
    assert!(!err.contains("terms"), "terms are said once");
    let again: Vec<String> = world.log.lock().unwrap()[requests..].iter().map(|(_, path)| path.clone()).collect();
    assert!(again.iter().all(|path| !path.contains("period1=0&")), "{again:?}");

    let (code, out, _) = run(folder.path(), &["ingest", "--only", "dia,vix"]).await;
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("dia ") && out.contains("nothing new at Yahoo Finance"), "{out}");
    let (code, out, _) = run(folder.path(), &["replay"]).await;
    assert_eq!(code, 0);
    assert!(out.ends_with("; 0 changed\n"), "{out}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_names_and_providers_in_trouble_are_told_apart() {
    let (world, folder) = world().await;
    world.set(Mode::Html);
    let (code, out, _) = run(folder.path(), &["ingest", "--only", "vix,gold"]).await;
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("no answer that can be used") && out.contains("turned away"), "{out}");
    let (_, out, _) = run(folder.path(), &["doctor"]).await;
    assert!(out.contains("without an answer at the last attempt") && out.contains("LBMA: turned away"), "{out}");
    let (code, _, err) = run(folder.path(), &["ingest", "--only", "dja"]).await;
    assert_eq!(code, 1);
    assert!(err.contains("\"dja\" is not in the catalogue: near it are dia"), "{err}");
    let (code, _, err) = run(folder.path(), &["replay", "--provider", "yaho"]).await;
    assert_eq!(code, 1);
    assert!(err.contains("unknown provider \"yaho\": there are fred"), "{err}");
}
