//! Files and folders into a real database: what comes in, what is left out, and in which words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::path::{Path, PathBuf};

use convex::ingest::import::{ImportError, ImportOptions, ImportReport, Outcome, import};
use convex_core::catalog::Catalog;
use convex_core::{Day, SeriesId};
use convex_store::Store;
use indicatif::ProgressBar;
use jiff::Timestamp;
use tempfile::TempDir;

#[tokio::test]
async fn a_folder_comes_in_by_file_names() {
    let desk = Desk::new().await;
    desk.file("dia.csv", "date,close\n2025-01-02,1\n2025-01-03,2\n");
    desk.file("VIX.CSV", "\u{feff}Date,Value\r\n2025-01-02,17.5\r\n");
    desk.file("myfund.csv", "date,close,adj_close\n2025-01-02,10,9\n2025-01-03,11,10\n");
    desk.file("iwm.tr.csv", "date,close\n2025-01-02,5\n");
    desk.file("notes.csv", "title,text\nx,y\n");
    desk.file("README.md", "not a series");
    desk.file("._dia.csv", "left behind by an archive");
    std::fs::create_dir_all(desk.path("total_return.csv")).unwrap();
    desk.file("total_return.csv/qqq.csv", "date,close\n2025-01-02,1\n");

    let report = desk.import(&[""]).await;
    assert!(!report.failed());
    assert_eq!(
        desk.lines(&report),
        [
            "VIX.CSV: \"VIX\" is taken as \"vixcls\"",
            "vixcls: 1 new, 0 changed, 0 unchanged",
            "dia: 2 new, 0 changed, 0 unchanged",
            "iwm.tr: 1 new, 0 changed, 0 unchanged",
            "myfund.csv: \"myfund\" is not in the catalogue: taken as a daily price, its changes as logarithms",
            "myfund: 2 new, 0 changed, 0 unchanged",
            "myfund.tr: 2 new, 0 changed, 0 unchanged",
            "notes.csv: skipped: the header has no column \"date\"",
        ]
    );
    let total = ImportReport { seconds: 0.001, ..report }.to_string();
    assert_eq!(
        total,
        "4 files, 5 series, 8 observations: 8 new, 0 changed, 0 unchanged; 0.00 s, 8,000 a second; 1 file skipped"
    );
    assert_eq!(desk.values("myfund").await, [10.0, 11.0]);
    assert_eq!(desk.values("myfund.tr").await, [9.0, 10.0]);
    assert_eq!(desk.store.load(&SeriesId::price("dia")).await.unwrap().unwrap().provider, "file");
}

#[tokio::test]
async fn a_bad_file_is_left_out_whole_and_the_others_are_kept() {
    for (name, content, message) in [
        ("empty.csv", &b""[..], "empty.csv:1: left out: the file is empty"),
        ("bare.csv", b"date,close\n", "bare.csv:1: left out: no row follows the header"),
        ("x.csv", b"date,last\n2025-01-02,1\n", "x.csv:1: left out: the header has no column \"close\" (or \"value\")"),
        ("x.csv", b"day,close\n2025-01-02,1\n", "x.csv:1: left out: the header has no column \"date\""),
        (
            "x.csv",
            b"date,close\n2025-01-02,1\n2025-01-03,n/a\n",
            "x.csv:3: left out: \"n/a\" in column \"close\" is not a number",
        ),
        ("x.csv", b"date,close\n2025-01-02,1\n2025-01-02,2\n", "x.csv:3: left out: 2025-01-02 stands twice"),
        (
            "x.csv",
            b"date,close\n2025-01-03,1\n2025-01-02,2\n",
            "x.csv:3: left out: 2025-01-02 comes after 2025-01-03: sort the rows by date, oldest first",
        ),
        (
            "x.csv",
            b"date,close\n2025-01-02,1\n2026-11-21,2\n",
            "x.csv:3: left out: 2026-11-21 is in the future, today is 2026-11-20",
        ),
        ("x.csv", b"date,close\n2025-01-02,NaN\n", "x.csv:2: left out: \"NaN\" in column \"close\" is not finite"),
        ("x.csv", b"date,close\n2025-01-02,-inf\n", "x.csv:2: left out: \"-inf\" in column \"close\" is not finite"),
        (
            "x.csv",
            b"date,close\n2025-01-02,1e999\n",
            "x.csv:2: left out: \"1e999\" in column \"close\" is too large a number",
        ),
        (
            "x.csv",
            b"date,close\n2025-01-02,1\xe9\n",
            "x.csv:2: left out: the text is not UTF-8: save the file as UTF-8",
        ),
        ("x.csv", b"date;close\n2025-01-02;1\n", "x.csv:1: left out: this file uses semicolons; use commas"),
        (
            "my fund (1).csv",
            b"date,close\n2025-01-02,1\n",
            "my fund (1).csv: left out: \"my fund (1)\" cannot name a series: use 1 to 40 of a-z 0-9 _ -, starting with a \
             letter or digit, without \"-vs-\"; or give it a name with --id",
        ),
        ("absent.csv", b"-", "absent.csv: left out: there is no such file or folder"),
        ("folder", b"-", "folder: left out: no file of this folder ends in .csv"),
        (
            "large.csv",
            &[b'x'; 2_000],
            "large.csv: left out: larger than the 1,000 bytes allowed; max_file_bytes in [import] of convex.toml allows \
             more",
        ),
    ] {
        let mut desk = Desk::new().await;
        desk.options.max_bytes = 1_000;
        desk.file("dia.csv", "date,close\n2025-01-02,1\n");
        desk.file("iwm.csv", "date,close\n2025-01-02,2\n");
        match name {
            "absent.csv" => {}
            "folder" => std::fs::create_dir(desk.path(name)).unwrap(),
            _ => std::fs::write(desk.path(name), content).unwrap(),
        }
        let report = desk.import(&["dia.csv", name, "iwm.csv"]).await;
        assert!(report.failed(), "{name}");
        let expected = ["dia: 1 new, 0 changed, 0 unchanged", message, "iwm: 1 new, 0 changed, 0 unchanged"];
        assert_eq!(desk.lines(&report), expected);
        assert!(report.to_string().ends_with("; 1 file left out"), "{report}");
        assert_eq!(desk.store.list().await.unwrap().len(), 2, "{name}: nothing of a bad file is kept");
    }
}

#[tokio::test]
async fn a_bad_file_in_a_folder_is_no_less_bad() {
    let desk = Desk::new().await;
    desk.file("a.csv", "date;close\n2025-01-02;1\n");
    desk.file("b.csv", "");
    desk.file("dia.csv", "date,close\n2025-01-02,1\n");
    let report = desk.import(&[""]).await;
    assert!(report.failed());
    assert_eq!(
        desk.lines(&report),
        [
            "a.csv:1: left out: this file uses semicolons; use commas",
            "b.csv:1: left out: the file is empty",
            "dia: 1 new, 0 changed, 0 unchanged",
        ]
    );
}

#[tokio::test]
async fn the_same_again_changes_nothing_and_less_removes_nothing() {
    let desk = Desk::new().await;
    let history = rows(100, |n| f64::from(n) + 1.0);
    desk.file("dia.csv", &history);
    desk.import(&["dia.csv"]).await;
    let before = desk.store.load(&SeriesId::price("dia")).await.unwrap();
    let again = desk.import(&["dia.csv"]).await;
    assert_eq!(desk.lines(&again), ["dia: 0 new, 0 changed, 100 unchanged"]);
    assert_eq!(desk.store.load(&SeriesId::price("dia")).await.unwrap(), before, "version and instant included");

    desk.file("dia.csv", &rows(3, |n| f64::from(n) + 1.0));
    let less = desk.import(&["dia.csv"]).await;
    assert_eq!(desk.lines(&less), ["dia: 0 new, 0 changed, 3 unchanged"]);
    assert_eq!(desk.store.load(&SeriesId::price("dia")).await.unwrap(), before);
}

#[tokio::test]
async fn revisions_are_kept_and_another_basis_is_refused() {
    let mut desk = Desk::new().await;
    let id = SeriesId::price("dia");
    desk.file("dia.csv", &rows(100, |n| f64::from(n) + 1.0));
    desk.import(&["dia.csv"]).await;
    let first = desk.options.now;

    desk.options.now = later(first);
    desk.file("dia.csv", &rows(101, |n| f64::from(n) + if n < 5 { 1.5 } else { 1.0 }));
    let revised = desk.import(&["dia.csv"]).await;
    assert_eq!(desk.lines(&revised), ["dia: 1 new, 5 changed, 95 unchanged"]);
    assert_eq!(desk.values("dia").await[..2], [1.5, 2.5]);
    let then = desk.store.load_known_at(&id, first).await.unwrap().unwrap();
    assert_eq!((then.series.len(), then.series.first().map(|(_, value)| value)), (100, Some(1.0)));

    desk.options.now = later(desk.options.now);
    desk.file("dia.csv", &rows(120, |n| f64::from(n) + if n < 6 { 1.25 } else { 1.0 }));
    let before = desk.store.load(&id).await.unwrap();
    let refused = desk.import(&["dia.csv"]).await;
    assert!(refused.failed());
    assert_eq!(
        desk.lines(&refused),
        ["dia.csv: left out: 6 of 101 known values of \"dia\" would change (5.94 %; up to 5.00 % are taken for \
          revisions): another basis or unit? --revise takes them all the same"]
    );
    assert_eq!(desk.store.load(&id).await.unwrap(), before);

    desk.options.revise = true;
    let taken = desk.import(&["dia.csv"]).await;
    assert!(!taken.failed());
    assert_eq!(desk.lines(&taken), ["dia: 19 new, 6 changed, 95 unchanged"]);
}

#[tokio::test]
async fn refusing_one_series_of_a_file_refuses_the_file() {
    let desk = Desk::new().await;
    desk.file("efa.csv", "date,close,adj_close\n2025-01-02,10,9\n");
    desk.import(&["efa.csv"]).await;
    desk.file("efa.csv", "date,close,adj_close\n2025-01-02,10,8\n2025-01-03,11,10\n");
    let report = desk.import(&["efa.csv"]).await;
    assert!(matches!(report.files[0].outcome, Outcome::LeftOut { line: None, .. }));
    assert_eq!(desk.values("efa").await, [10.0]);
    assert_eq!(desk.values("efa.tr").await, [9.0]);
}

#[tokio::test]
async fn names_can_be_given_and_bases_told() {
    let mut desk = Desk::new().await;
    desk.file("download (3).csv", "date,close\n2025-01-02,1\n");
    desk.options.id = Some("vix".to_owned());
    let report = desk.import(&["download (3).csv"]).await;
    assert_eq!(desk.lines(&report)[1], "vixcls: 1 new, 0 changed, 0 unchanged");
    let error = import(&desk.store, Catalog::builtin(), &[desk.path("")], &desk.options, &ProgressBar::hidden()).await;
    assert_eq!(error.unwrap_err().to_string(), "--id names one series: give it with one file");

    desk.options.id = Some("-vs-".to_owned());
    assert!(desk.import(&["download (3).csv"]).await.failed());

    desk.options.id = None;
    desk.options.total_return = true;
    desk.file("dia.csv", "date,open,high,low,close,volume\n2025-01-02,1,2,0.5,1.5,900\n");
    let report = desk.import(&["dia.csv"]).await;
    assert_eq!(desk.lines(&report), ["dia.tr: 1 new, 0 changed, 0 unchanged"]);
    assert_eq!(desk.store.load(&SeriesId::price("dia")).await.unwrap(), None);

    desk.file("efa.csv", "date,close,adj_close\n2025-01-02,10,9\n");
    let report = desk.import(&["efa.csv"]).await;
    assert_eq!(
        desk.lines(&report),
        ["efa.csv: left out: holds both close and adj_close: import it as \"efa\", which makes \"efa.tr\" as well"]
    );
}

#[tokio::test]
async fn two_files_never_meet_in_one_series() {
    let desk = Desk::new().await;
    desk.file("vix.csv", "date,close\n2025-01-02,1\n");
    desk.file("vixcls.csv", "date,close\n2025-01-03,2\n");
    let report = desk.import(&[""]).await;
    assert!(report.failed());
    let message = format!(
        "vixcls.csv: left out: leads to \"vixcls\" as {} does; import only one of them",
        desk.path("vix.csv").display()
    );
    assert_eq!(desk.lines(&report)[2], message);
    assert_eq!(desk.values("vixcls").await, [1.0]);
}

#[tokio::test]
async fn odd_ranges_are_a_warning() {
    let desk = Desk::new().await;
    desk.file("dia.csv", "date,open,high,low,close\n2025-01-02,1,2,0,1\n2025-01-03,1,2,0,3\n");
    let report = desk.import(&["dia.csv"]).await;
    assert!(!report.failed());
    assert_eq!(
        desk.lines(&report),
        [
            "dia.csv: 1 row has an open, high or low that does not fit, first in line 3; the close is kept",
            "dia: 2 new, 0 changed, 0 unchanged",
        ]
    );
}

#[tokio::test]
async fn a_failing_database_ends_the_import() {
    let desk = Desk::new().await;
    for n in 0..40 {
        desk.file(&format!("s{n}.csv"), "date,close\n2025-01-02,1\n");
    }
    desk.store.clone().close().await;
    let paths = [desk.path("")];
    let error = import(&desk.store, Catalog::builtin(), &paths, &desk.options, &ProgressBar::hidden()).await;
    assert!(matches!(error, Err(ImportError::Store(_))));
}

#[tokio::test]
async fn real_history_comes_in() {
    let Some(shared) = support::shared() else { return };
    let mut desk = Desk::new().await;
    let data = shared.join("data");
    let report = desk.import_paths(std::slice::from_ref(&data)).await;
    assert!(!report.failed(), "{:?}", desk.lines(&report));
    let list = desk.store.list().await.unwrap();
    let files = std::fs::read_dir(&data).unwrap().filter(|entry| is_csv(&entry.as_ref().unwrap().path())).count();
    assert_eq!(list.len(), files + 1, "one file holds an adjusted close as well");
    assert_eq!(list.iter().map(|series| series.n).sum::<usize>(), report.appended().map(|of| of.new).sum::<usize>());
    for (id, n, last) in [
        ("dia", 6_539, ("2025-12-31", 480.57)),
        ("gold", 14_658, ("2025-12-31", 4_307.95)),
        ("cpiaucsl", 947, ("2025-12-01", 326.031)),
        ("btc", 4_124, ("2025-12-31", 87_508.83)),
    ] {
        check_series(&desk, id, n, last).await;
    }
    let again = desk.import_paths(std::slice::from_ref(&data)).await;
    assert!(again.appended().all(|of| of.new == 0 && of.changed == 0));

    desk.options.total_return = true;
    let adjusted = desk.import_paths(&[data.join("total_return")]).await;
    let left_out: Vec<_> = adjusted.files.iter().filter(|file| file.appended().is_empty()).collect();
    assert_eq!(left_out.len(), 1, "efa.tr came with efa.csv, and the two providers' bases differ");
    assert_eq!(left_out[0].path, data.join("total_return/efa.csv"));
    assert_eq!(desk.store.check().await.unwrap().problems, []);
}

async fn check_series(desk: &Desk, id: &str, n: usize, (day, value): (&str, f64)) {
    let series = desk.store.load(&SeriesId::parse(id).unwrap()).await.unwrap().unwrap().series;
    assert_eq!((series.len(), series.last()), (n, Some((day.parse().unwrap(), value))), "{id}");
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "csv")
}

/// A folder with files, and a database beside it.
struct Desk {
    files: TempDir,
    store: Store,
    options: ImportOptions,
    _database: TempDir,
}

impl Desk {
    async fn new() -> Self {
        let (store, database) = support::store_with(&[]).await;
        let options = ImportOptions {
            id: None,
            revise: false,
            total_return: false,
            today: support::clock().today(),
            now: support::clock().now(),
            max_bytes: 1 << 30,
        };
        Self { files: tempfile::tempdir().unwrap(), store, options, _database: database }
    }

    fn path(&self, name: &str) -> PathBuf {
        if name.is_empty() { self.files.path().to_owned() } else { self.files.path().join(name) }
    }

    fn file(&self, name: &str, content: &str) {
        std::fs::write(self.path(name), content).unwrap();
    }

    async fn import(&self, names: &[&str]) -> ImportReport {
        let paths: Vec<_> = names.iter().map(|name| self.path(name)).collect();
        self.import_paths(&paths).await
    }

    async fn import_paths(&self, paths: &[PathBuf]) -> ImportReport {
        import(&self.store, Catalog::builtin(), paths, &self.options, &ProgressBar::hidden()).await.unwrap()
    }

    /// All a person sees of the files, without the folder's path.
    fn lines(&self, report: &ImportReport) -> Vec<String> {
        let folder = format!("{}/", self.files.path().display());
        let lines = report.files.iter().flat_map(|file| file.messages().chain(file.summary()).collect::<Vec<_>>());
        lines.map(|line| line.strip_prefix(&folder).map_or(line.clone(), str::to_owned)).collect()
    }

    async fn values(&self, id: &str) -> Vec<f64> {
        let stored = self.store.load(&SeriesId::parse(id).unwrap()).await.unwrap().unwrap();
        stored.series.values().to_vec()
    }
}

/// A file of so many consecutive days.
fn rows(n: i32, value: impl Fn(i32) -> f64) -> String {
    let first = Day::new(2024, 1, 1).unwrap();
    let rows: Vec<_> = (0..n).map(|at| format!("{},{}", first + at, value(at))).collect();
    format!("date,close\n{}\n", rows.join("\n"))
}

fn later(instant: Timestamp) -> Timestamp {
    instant + jiff::SignedDuration::from_secs(1)
}
