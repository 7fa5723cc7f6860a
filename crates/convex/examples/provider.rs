//! A provider on loopback that replays recorded answers, with faults on demand, to point `base_url` at:
//! `cargo run -p convex --example provider -- FOLDER… [--listen 127.0.0.1:9000]`.
//!
//! Each folder holds bodies beside `NAME.meta.json`. A line on standard input switches: the name of a fault
//! (`Status500`, `SlowDrip`, …) or `none`.

#[path = "../tests/support/provider/mod.rs"]
mod provider;

use std::path::Path;

use provider::{Fault, ProviderServer, Routes, recorded};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut listen = "127.0.0.1:9000".to_owned();
    let mut routes = Routes::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--listen" {
            listen = arguments.next().unwrap_or(listen);
            continue;
        }
        let found = recorded(Path::new(&argument));
        eprintln!("{argument}: {} answers", found.len());
        for recorded in &found {
            eprintln!("  {} {}{}", recorded.reply.status, recorded.host, recorded.target);
        }
        routes = routes.recorded(found);
    }
    let server = ProviderServer::start_at(&listen, routes, jiff::Timestamp::now).await;
    eprintln!("answering at {}; faults: {:?}", server.url(), Fault::ALL);
    let mut told = 0;
    loop {
        let line = tokio::task::spawn_blocking(|| {
            let mut line = String::new();
            std::io::stdin().read_line(&mut line).map(|bytes| (bytes > 0).then_some(line))
        });
        let Some(line) = line.await?? else { break };
        match (line.trim(), Fault::named(line.trim())) {
            ("none", _) => server.set_fault(None),
            ("", _) => {}
            (_, Some(fault)) => server.set_fault(Some(fault)),
            (other, None) => eprintln!("\"{other}\" is no fault"),
        }
        for seen in server.log().iter().skip(told) {
            eprintln!("{} {}", seen.method, seen.target);
        }
        told = server.log().len();
    }
    // Whoever starts it without anything to read from has it run on.
    std::future::pending().await
}
