//! Many readers and many rules at one close. `CONVEX_RULES=50000 CONVEX_READERS=10000` is the full size.

use std::time::Instant;

use convex::mail::queue_digest;
use convex_core::alert::{Rule, Watch};
use convex_store::{StoredRule, Wishes};

use crate::setting::Setting;

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rule_is_stepped_and_every_reader_queued() {
    let (rules, readers) = (number("CONVEX_RULES", 400), number("CONVEX_READERS", 100));
    let setting = Setting::new().await;
    let store = setting.desk.readers();
    let mut ids = Vec::new();
    for at in 0..readers {
        let reader =
            store.ask_for_mail(&format!("r{at}@example.org"), &Wishes::default(), setting.desk.now()).await.unwrap();
        store.confirm(reader.id, setting.desk.now()).await.unwrap();
        ids.push(reader.id);
    }
    let legs = ["dia", "iwm", "vixcls", "gold", "rsp", "qqq", "dgs10", "dgs2"];
    let figures =
        ["correlation.90d.pearson", "beta.90d.beta", "correlation.252obs.spearman", "correlation.90d.spearman"];
    let seen = "2025-12-30".parse().ok();
    for at in 0..rules {
        let (a, b) = (legs[at % 8], legs[(at / 8 + 1 + at) % 8]);
        let level = (at / 64) as f64 * 0.001;
        let text = match at % 3 {
            0 => format!("{a}: change.30d above {level}"),
            _ if a == b => format!("{a}: value above {level}"),
            _ => format!("{a}-vs-{b}: {} above {level}", figures[at % 4]),
        };
        let text = Rule::parse(&text, None).unwrap().to_string();
        let rule = StoredRule {
            id: 0,
            subscriber: Some(ids[at % readers]),
            text,
            channel: "mail".into(),
            target: String::new(),
            watch: Watch { seen, ..Watch::default() },
        };
        store.keep_rule(&rule, setting.desk.now()).await.unwrap();
    }
    let kept = store.rules(None).await.unwrap().len();
    let started = Instant::now();
    let fired = convex::alerts::evaluate_all(&setting.desk, setting.desk.mailer().unwrap()).await.unwrap();
    let evaluated = started.elapsed();
    let day = "2026-01-02".parse().unwrap();
    setting.delivery().keep_digest(day).await.unwrap();
    let all = store.confirmed_subscribers().await.unwrap();
    let queued = queue_digest(&setting.desk, day, &all, setting.desk.now()).await.unwrap();
    println!("{kept} rules in {evaluated:.1?}, {fired} fired; {queued} digests queued after {:.1?}", started.elapsed());
    assert_eq!(queued as usize, readers);
    assert!(fired > 0);
    let after = store.rules(None).await.unwrap();
    assert!(after.iter().all(|rule| rule.watch.seen > seen), "a rule was not stepped");
    // Nobody has more alerts than they allow in a week.
    let mut sent: std::collections::HashMap<i64, usize> = std::collections::HashMap::new();
    for (reader, _) in store.queued_alerts("2025-01-01".parse().unwrap()).await.unwrap() {
        *sent.entry(reader).or_default() += 1;
    }
    assert!(sent.values().all(|count| *count <= 5), "{sent:?}");
}
