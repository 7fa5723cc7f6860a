//! Feeds and the calendar.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::setting::Setting;

fn well_formed(xml: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut entries = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return entries,
            Event::Start(tag) if tag.name().as_ref() == "entry" => entries += 1,
            _ => {}
        }
    }
}

#[tokio::test]
async fn feeds_are_read_by_others() {
    let setting = Setting::new().await;
    let day = "2026-01-02".parse().unwrap();
    setting.delivery().keep_digest(day).await.unwrap();
    let atom = setting.get("/feed.xml").await;
    assert_eq!((atom.status.as_u16(), well_formed(&atom.body)), (200, 1));
    assert!(atom.header("content-type").starts_with("application/atom+xml"));
    let json: serde_json::Value = serde_json::from_str(&setting.get("/feed.json").await.body).unwrap();
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert!(json["items"][0]["url"].as_str().unwrap().ends_with("/digest/2026-01-02"));
    for (path, least) in
        [("/feeds/divergences.xml", 0), ("/feeds/compare/dia-vs-iwm.xml", 0), ("/feeds/metrics/vix.xml", 50)]
    {
        let feed = setting.get(path).await;
        assert_eq!(feed.status, 200, "{path}");
        assert!(well_formed(&feed.body) >= least, "{path}");
    }
    // What may not be passed on stands there as changes alone.
    let mine = setting.get("/feeds/metrics/mine.xml").await;
    assert!(
        mine.body.contains(" %") && !mine.body.contains("index,"),
        "{}",
        mine.body.chars().take(900).collect::<String>()
    );
    let calendar = setting.get("/calendar.ics").await;
    assert!(calendar.body.starts_with("BEGIN:VCALENDAR\r\n") && calendar.body.trim_end().ends_with("END:VCALENDAR"));
    assert_eq!(calendar.body.matches("BEGIN:VEVENT").count(), 3, "{}", calendar.body);
    assert!(calendar.body.lines().all(|line| line.len() <= 75 && !line.contains("null")));
    for path in ["/feeds/compare/nothing-vs-iwm.xml", "/feeds/metrics/nothing.xml", "/feeds/compare/x"] {
        assert_eq!(setting.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_digest_is_the_same_page_for_ever() {
    let setting = Setting::new().await;
    let day = "2026-01-02".parse().unwrap();
    setting.delivery().keep_digest(day).await.unwrap();
    let before = setting.get("/digest/2026-01-02").await;
    assert!(!before.figures().iter().any(String::is_empty) && before.body.contains("data-figure="));
    let setting = setting.later(24 * 30).await;
    assert_eq!(setting.get("/digest/2026-01-02").await.body, before.body);
    // A day on which nothing was kept is made from what was known then, and says so.
    let past = setting.get("/digest/2025-06-10").await;
    assert!(past.text().contains("made now from what was known"), "{}", past.text());
    assert!(past.text().contains("Jun 2025") && !past.text().contains("Dec 2025"));
}
