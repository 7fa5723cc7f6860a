//! A process is killed in the middle of sending: afterwards everybody has exactly one letter.
//!
//! `CONVEX_LETTERS=5000` sends as many; without it a few hundred.

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::time::Duration;

use convex_store::Wishes;

use crate::setting::Setting;

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_one_letter_after_a_kill() {
    let letters: usize = std::env::var("CONVEX_LETTERS").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    let kills = if letters >= 1_000 { 5 } else { 2 };
    let setting = Setting::new().await;
    let store = setting.desk.readers();
    for at in 0..letters {
        let reader =
            store.ask_for_mail(&format!("reader{at}@example.org"), &Wishes::default(), setting.desk.now()).await;
        store.confirm(reader.unwrap().id, setting.desk.now()).await.unwrap();
    }
    let config = setting.folder().join("convex.toml");
    let text = format!(
        "public_url = \"https://convex.example\"\n[mail]\nsmtp_url = \"{}\"\nfrom = \"digest@convex.example\"\nper_minute = 0\nlease_seconds = 1\n",
        setting.server.url()
    );
    std::fs::write(&config, text).unwrap();
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_convex"))
            .args(["digest", "--send", "--date", "2026-01-02", "--db", &setting.database()])
            .arg("--config")
            .arg(&config)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    for kill in 1..=kills {
        let mut child = start();
        // Killed once a share of them has come, wherever it then is.
        while setting.server.count() < letters * kill / (kills + 1) && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let last = tokio::task::spawn_blocking({
        let child = start();
        move || child.wait_with_output().unwrap()
    });
    let last = last.await.unwrap();
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stdout));
    let mut count: HashMap<String, usize> = HashMap::new();
    for letter in setting.server.letters() {
        *count.entry(letter.to).or_default() += 1;
    }
    let twice: Vec<&String> = count.iter().filter(|(_, count)| **count != 1).map(|(to, _)| to).collect();
    assert!(twice.is_empty(), "more than one letter: {twice:?}");
    assert_eq!(count.len(), letters, "letters missing");
    println!("{letters} letters, {kills} kills: one each; {}", String::from_utf8_lossy(&last.stdout).trim());
}
