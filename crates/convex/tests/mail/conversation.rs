//! Subscribe, confirm, receive, change, leave by one click, bounce.

use convex::mail::queue_digest;
use convex_core::Day;

use crate::setting::{Setting, link, parsed, path, text};

fn today() -> Day {
    "2026-01-02".parse().unwrap()
}

async fn digest(setting: &Setting) -> u64 {
    let readers = setting.desk.readers().confirmed_subscribers().await.unwrap();
    let kept = setting.get(&format!("/digest/{}", today())).await;
    assert_eq!(kept.status, 200);
    setting.delivery().keep_digest(today()).await.unwrap();
    queue_digest(&setting.desk, today(), &readers, setting.desk.now()).await.unwrap()
}

#[tokio::test]
async fn from_the_form_to_the_last_click() {
    let setting = Setting::new().await;
    let asked = setting.post("/subscribe", &[("address", "Ann@Example.ORG"), ("pair", "iwm-vs-dia")]).await;
    assert!(asked.status == 200 && asked.text().contains("Look into your mail"));
    assert_eq!(setting.send().await.sent, 1);
    let letter = setting.last_to("Ann@example.org");
    assert_eq!(parsed(&letter).subject(), Some("Do you want mail from Convex?"));
    assert!(parsed(&letter).header_raw("List-Unsubscribe").is_none(), "there is nothing to leave yet");
    let confirm = link(&letter, "/confirm/");

    // A program that opens every link changes nothing.
    assert_eq!(setting.get(&confirm).await.status, 200);
    assert!(setting.desk.readers().confirmed_subscribers().await.unwrap().is_empty());
    assert_eq!(digest(&setting).await, 0);
    assert_eq!(setting.post(&confirm, &[]).await.status, 200);
    // Saying yes twice is saying yes.
    assert_eq!(setting.post(&confirm, &[]).await.status, 200);

    assert_eq!((digest(&setting).await, digest(&setting).await), (1, 0), "the digest of a day is queued once");
    assert_eq!(setting.send().await.sent, 1);
    let letter = setting.last_to("Ann@example.org");
    let said = text(&letter);
    assert!(said.contains("YOURS") && said.contains("DIA vs IWM"), "{said}");
    assert!(letter.text.len() < 100_000, "{} bytes", letter.text.len());
    let read = parsed(&letter);
    let html = read.body_html(0).unwrap();
    for line in said.lines().filter(|line| line.starts_with("  https://")) {
        let href = line.trim();
        assert!(html.contains(&format!("href=\"{href}\"")), "{href} is not in the HTML");
        assert_eq!(setting.get(&path(href)).await.status, 200, "{href}");
    }
    for word in ["null", "undefined", "NaN", "No data available"] {
        assert!(!said.contains(word) && !html.contains(word), "{word}");
    }

    let manage = link(&letter, "/manage/");
    let page = setting.get(&manage).await;
    assert!(page.status == 200 && page.body.contains("Ann@example.org"));
    let form = [
        ("digest", "1"),
        ("plain", "1"),
        ("day", "0"),
        ("day", "5"),
        ("hour", "9"),
        ("zone", "Europe/Berlin"),
        ("pairs", "gold/iwm, rsp-vs-iwm"),
        ("metrics", "vix"),
        ("budget", "3"),
    ];
    assert_eq!(setting.post(&manage, &form).await.status, 303);
    let reader = &setting.desk.readers().confirmed_subscribers().await.unwrap()[0];
    assert_eq!((reader.wishes.weekdays, reader.wishes.hour, reader.wishes.plain), (0b10_0001, 9, true));
    assert_eq!(
        (reader.wishes.pairs.join(" "), reader.wishes.metrics.join(" ")),
        ("gold-vs-iwm rsp-vs-iwm".into(), "vixcls".into())
    );
    let bad = setting.post(&manage, &[("hour", "25"), ("zone", "UTC"), ("budget", "1")]).await;
    assert!(bad.body.contains("is not a number from 0 to 23"), "{}", bad.text());
    let data = setting.get(&format!("{manage}/data.json")).await;
    assert!(data.header("content-type").starts_with("application/json") && data.body.contains("Ann@example.org"));

    // RFC 8058: the address stands in the header, and a POST with these words ends it.
    let header = read.header_raw("List-Unsubscribe").unwrap().trim().trim_matches(['<', '>']).to_owned();
    assert_eq!(setting.get(&path(&header)).await.status, 200);
    assert_eq!(setting.desk.readers().confirmed_subscribers().await.unwrap().len(), 1, "a GET ends nothing");
    let ended = setting.post(&path(&header), &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(ended.status, 200);
    assert!(setting.desk.readers().confirmed_subscribers().await.unwrap().is_empty());
    assert_eq!(setting.post(&path(&header), &[("List-Unsubscribe", "One-Click")]).await.status, 200);
    assert_eq!(setting.get(&manage).await.status, 400, "the links of one who left lead nowhere");
}

#[tokio::test]
async fn a_dead_address_is_written_to_once() {
    let setting = Setting::new().await;
    setting.post("/subscribe", &[("address", "dead@example.org")]).await;
    setting.post("/subscribe", &[("address", "busy@example.org")]).await;
    let done = setting.send().await;
    assert_eq!((done.sent, done.postponed, done.dead), (0, 1, 1));
    // The server said no for good: the address is forgotten, and known as dead by its hash alone.
    let hash = setting.desk.mailer().unwrap().hash("dead@example.org");
    assert!(setting.desk.readers().is_suppressed(&hash).await.unwrap());
    setting.post("/subscribe", &[("address", "dead@example.org")]).await;
    let setting = setting.later(1).await;
    let done = setting.send().await;
    assert_eq!((done.sent, done.dead), (1, 0), "what was busy came, what was dead was not tried");
    assert_eq!(setting.server.count(), 1);
}

#[tokio::test]
async fn a_rule_is_kept_by_its_owner_and_told_of_once() {
    let setting = Setting::new().await;
    let rule = "dia-vs-iwm: ratio.z_1y above -9, at most once in 1 sessions";
    let shown = setting.get("/alerts?rule=dia-vs-iwm:+ratio.z_1y+above+1").await;
    assert!(
        shown.text().contains("It would have fired") && shown.text().contains("sessions later"),
        "{}",
        shown.text()
    );
    setting.post("/subscribe", &[("address", "ann@example.org"), ("rule", rule)]).await;
    setting.send().await;
    let confirm = link(&setting.last_to("ann@example.org"), "/confirm/");
    assert!(confirm.contains("?rule="));
    assert!(setting.desk.readers().rules(None).await.unwrap().is_empty(), "nothing is watched before a yes");
    let bare = confirm.split('?').next().unwrap();
    setting.post(bare, &[("rule", rule)]).await;
    let kept = setting.desk.readers().rules(None).await.unwrap();
    assert_eq!(kept[0].text, rule);
    // What has been seen in the preview is not news.
    let mailer = setting.desk.mailer().unwrap();
    assert_eq!(convex::alerts::evaluate_all(&setting.desk, mailer).await.unwrap(), 0);
    // The same rule with an earlier memory finds one: told once, however often it is looked at.
    let mut watch = kept[0].watch.clone();
    watch.seen = watch.seen.map(|day| day - 3);
    (watch.armed, watch.quiet) = (true, None);
    let step = convex_store::Stepped { rule: kept[0].id, watch, fired: Vec::new() };
    setting.desk.readers().keep_steps(&[step], &[], setting.desk.now()).await.unwrap();
    assert_eq!(convex::alerts::evaluate_all(&setting.desk, mailer).await.unwrap(), 1);
    assert_eq!(convex::alerts::evaluate_all(&setting.desk, mailer).await.unwrap(), 0);
    assert_eq!(setting.send().await.sent, 1);
    let letter = setting.last_to("ann@example.org");
    let subject = parsed(&letter).subject().unwrap().to_owned();
    assert!(subject.starts_with("DIA/IWM: ") && subject.contains("Dec 2025"), "{subject}");
    let manage = link(&letter, "/manage/");
    assert!(setting.get(&manage).await.text().contains("queued"));
    let drop = format!("{manage}/rules/{}/drop", kept[0].id);
    assert_eq!(setting.post(&drop, &[]).await.status, 303);
    assert!(setting.desk.readers().rules(None).await.unwrap().is_empty());
}
