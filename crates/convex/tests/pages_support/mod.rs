//! A site over small invented series, and what a test asks of a page.

#![allow(clippy::unwrap_used, unreachable_pub, reason = "a part of a test: what is not as expected must fail it")]
#![allow(dead_code, reason = "each test uses its own part of it")]

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use convex::desk::Desk;
use convex::web::router;
use convex_core::Day;
use convex_core::catalog::Catalog;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::support::{clock, store_with};

/// A site under test; its database goes with it.
pub struct Site {
    router: Router,
    _folders: Vec<TempDir>,
}

/// An answer, its body decoded.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Site {
    /// Over invented series, so many sessions long.
    pub async fn with(sessions: usize) -> Self {
        let files = tempfile::tempdir().unwrap();
        write_series(files.path(), sessions);
        let (store, database) = store_with(&[files.path().to_path_buf()]).await;
        let desk = Desk::new(Catalog::builtin(), store, None, clock());
        Self { router: router(Arc::new(desk)), _folders: vec![files, database] }
    }

    /// Over a database that stands already.
    pub fn over(store: convex_store::Store) -> Self {
        let desk = Desk::new(Catalog::builtin(), store, None, clock());
        Self { router: router(Arc::new(desk)), _folders: Vec::new() }
    }

    /// Over a desk that a test made itself.
    pub fn of_desk(desk: Arc<Desk>) -> Self {
        Self { router: router(desk), _folders: Vec::new() }
    }

    /// Over an empty database.
    pub async fn empty() -> Self {
        let (store, database) = store_with(&[]).await;
        let desk = Desk::new(Catalog::builtin(), store, None, clock());
        Self { router: router(Arc::new(desk)), _folders: vec![database] }
    }

    /// Over an empty database and a sample market.
    pub async fn simulated() -> Self {
        let files = tempfile::tempdir().unwrap();
        write_series(files.path(), 400);
        let (sample, database) = store_with(&[files.path().to_path_buf()]).await;
        let (store, empty) = store_with(&[]).await;
        let desk = Desk::new(Catalog::builtin(), store, Some(sample), clock());
        Self { router: router(Arc::new(desk)), _folders: vec![files, database, empty] }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let (status, headers, body) = self.ask_raw(request).await;
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub async fn ask_raw(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, to_bytes(body, 8 << 20).await.unwrap().to_vec())
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What a reader reads: the body without tags, scripts and styles.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut rest = self.body.as_str();
        while let Some((before, tag)) = rest.split_once('<') {
            text.push_str(before);
            text.push(' ');
            let is_script = tag.starts_with("script");
            let (_, after) = tag.split_once('>').unwrap_or_default();
            rest = if is_script { after.split_once("</script>").unwrap_or_default().1 } else { after };
        }
        text + rest
    }

    /// Values of an attribute, in order.
    pub fn attributes(&self, name: &str) -> Vec<String> {
        let mark = format!(" {name}=\"");
        let parts = self.body.split(&mark).skip(1);
        parts.map(|part| part.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&")).collect()
    }

    /// Names of the page's own figures, each once.
    pub fn figures(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for tag in self.body.split('<').filter(|tag| tag.contains(" data-figure=\"")) {
            let tag = tag.split('>').next().unwrap();
            if !tag.contains(" data-pair=") && !tag.contains(" data-metric=") {
                names.push(tag.split(" data-figure=\"").nth(1).unwrap().split('"').next().unwrap().to_owned());
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Texts of the second-level headings.
    pub fn headings(&self) -> Vec<String> {
        let parts = self.body.split("<h2").skip(1).map(|part| part.split("</h2>").next().unwrap());
        parts
            .map(|part| part.split('>').skip(1).map(|piece| piece.split('<').next().unwrap()).collect::<String>())
            .collect()
    }
}

/// dia and iwm move together, vixcls against them, gold alone; dgs10 and dgs2 are rates, cpiaucsl a release. efa never
/// moves, eem has one value, btc ends before the others begin, mine is not in the catalogue.
pub fn write_series(folder: &Path, sessions: usize) {
    let days = weekdays("2025-12-31".parse().unwrap(), sessions);
    let mut random = Random(17);
    let mut market = (0.0f64, 0.0f64, 0.0f64, 0.0f64, 0.0f64);
    let mut files =
        ["dia", "iwm", "vixcls", "gold", "dgs10", "dgs2", "efa", "rsp", "qqq", "mine"].map(|id| (id, head()));
    for day in &days {
        let (common, own) = (random.next() * 0.008, random.next());
        market.0 += common + own * 0.003;
        market.1 += common * 1.3 + random.next() * 0.007;
        market.2 = market.2 * 0.97 - common * 6.0 + random.next() * 0.03;
        market.3 += random.next() * 0.009;
        market.4 = market.4 * 0.999 + random.next() * 0.05;
        let values = [
            200.0 * market.0.exp(),
            100.0 * market.1.exp(),
            18.0 * market.2.exp(),
            1_500.0 * market.3.exp(),
            3.0 + market.4,
            2.5 + market.4 * 1.2 + own * 0.02,
            50.0,
            120.0 * (market.0 * 0.9 + market.1 * 0.1).exp(),
            300.0 * (market.0 * 1.2 + own * 0.01).exp(),
            7.0 * market.3.exp(),
        ];
        for ((_, file), value) in files.iter_mut().zip(values) {
            writeln!(file, "{day},{value:.4}").unwrap();
        }
    }
    for (id, text) in files {
        write(folder, id, &text);
    }
    write(folder, "eem", "date,close\n2025-12-31,40.5\n");
    let old = weekdays(days[0] - 30, 60);
    write(folder, "btc", &old.iter().enumerate().fold(head(), |text, (at, day)| format!("{text}{day},{}\n", 90 + at)));
    write(folder, "cpiaucsl", &months(48));
}

fn head() -> String {
    "date,close\n".to_owned()
}

fn write(folder: &Path, id: &str, text: &str) {
    std::fs::write(folder.join(format!("{id}.csv")), text).unwrap();
}

fn weekdays(end: Day, count: usize) -> Vec<Day> {
    let mut days: Vec<Day> = (0..).map(|back| end - back).filter(|day| !day.is_weekend()).take(count).collect();
    days.reverse();
    days
}

fn months(count: i32) -> String {
    (0..count).fold(head(), |text, month| {
        let (year, month) = (2022 + month / 12, month % 12 + 1);
        format!("{text}{year}-{month:02}-01,{:.3}\n", 280.0 + f64::from(year - 2022) * 9.0 + f64::from(month) * 0.7)
    })
}

/// A small generator of nearly normal numbers, the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        let mut sum = -6.0;
        for _ in 0..12 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            sum += (self.0 >> 33) as f64 / f64::from(1u32 << 31);
        }
        sum
    }
}
