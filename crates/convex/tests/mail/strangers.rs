//! Nothing happens that the owner did not ask for.

use axum::body::Body;
use axum::http::Request;

use crate::setting::{Setting, link};

#[tokio::test]
async fn a_form_says_the_same_whoever_is_asked_about() {
    let setting = Setting::new().await;
    setting.join("ann@example.org").await;
    let new = setting.post("/subscribe", &[("address", "bob@example.org")]).await;
    let known = setting.post("/subscribe", &[("address", "ann@example.org")]).await;
    let robot = setting.post("/subscribe", &[("address", "eve@example.org"), ("website", "x")]).await;
    assert_eq!((new.status, &new.body), (known.status, &known.body));
    assert_eq!((robot.status, &robot.body), (known.status, &known.body));
    let sent = setting.send().await.sent;
    assert_eq!(sent, 2, "one letter to each of the two, none to the robot’s");
    // However often somebody asks, an address gets a few letters a day and no more.
    for _ in 0..20 {
        setting.post("/subscribe", &[("address", "bob@example.org")]).await;
        setting.send().await;
    }
    let to_bob = setting.server.letters().iter().filter(|letter| letter.to == "bob@example.org").count();
    assert_eq!(to_bob, 3);
}

#[tokio::test]
async fn addresses_that_are_none_do_nothing() {
    let setting = Setting::new().await;
    for address in
        ["", "a", "a@b", "a@b.c\r\nBcc: x@y.z", "a@b.c%0d%0aBcc:x@y.z\n", "<a@b.c>", "a@b.c, d@e.f", "\u{0}@b.c"]
    {
        let answer = setting.post("/subscribe", &[("address", address)]).await;
        assert!(answer.status == 200 && !answer.text().contains("Look into your mail"), "{address:?}");
    }
    let long = "x".repeat(1 << 20);
    let answer = setting.post("/subscribe", &[("address", &long)]).await;
    assert_eq!(answer.status, 413);
    let answer = setting.post("/subscribe", &[("address", &long[..60_000])]).await;
    assert!(answer.status == 200 && answer.text().contains("at most 254 characters"));
    assert_eq!(setting.send().await.sent, 0);
    setting.post("/subscribe", &[("address", "jörg@münchen.example")]).await;
    assert_eq!(setting.send().await.sent, 1);
    assert_eq!(setting.server.letters()[0].to, "jörg@xn--mnchen-3ya.example");
}

#[tokio::test]
async fn links_of_others_do_nothing() {
    let setting = Setting::new().await;
    let manage = setting.join("ann@example.org").await;
    let confirm = link(&setting.last_to("ann@example.org"), "/confirm/");
    let token = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let mut forged = token(&manage);
    forged.replace_range(10..11, if &forged[10..11] == "A" { "B" } else { "A" });
    for path in [
        format!("/manage/{}", token(&confirm)),
        format!("/unsubscribe/{}", token(&manage)),
        format!("/unsubscribe/{}", token(&confirm)),
        format!("/manage/{forged}"),
        "/manage/x".to_owned(),
        format!("/confirm/{}", "A".repeat(5_000)),
        "/manage/%00%ff".to_owned(),
    ] {
        let [get, post] = [setting.get(&path).await, setting.post(&path, &[("hour", "1")]).await];
        assert!(get.status.is_client_error(), "{path}: {}", get.status);
        assert!(post.status.is_client_error() || path.starts_with("/unsubscribe/"), "{path}: {}", post.status);
    }
    let readers = setting.desk.readers().confirmed_subscribers().await.unwrap();
    assert_eq!(readers.len(), 1, "a link for one thing ends nothing");
    // Two days later the link that asked for a yes is over; three months later the one to choose is.
    let setting = setting.later(49).await;
    assert_eq!(setting.get(&confirm).await.status, 400);
    assert_eq!(setting.get(&manage).await.status, 200);
    let setting = setting.later(24 * 90).await;
    assert_eq!(setting.get(&manage).await.status, 400);
}

#[tokio::test]
async fn the_rules_of_one_reader_are_not_the_others() {
    let setting = Setting::new().await;
    let ann = setting.join("ann@example.org").await;
    let bob = setting.join("bob@example.org").await;
    assert_eq!(setting.post(&format!("{ann}/rules"), &[("rule", "vix above 30")]).await.status, 303);
    let id = setting.desk.readers().rules(None).await.unwrap()[0].id;
    assert_eq!(setting.post(&format!("{bob}/rules/{id}/drop"), &[]).await.status, 303);
    assert_eq!(setting.desk.readers().rules(None).await.unwrap().len(), 1);
    for (rule, expected) in [
        ("vix over 30", "cannot be read"),
        ("nothing above 30", "unknown metric"),
        ("vix: window_90d.mood above 3", "no figure"),
        ("vix above 50 bp", "do not fit"),
        ("gold-vs-dgs2: verdict of lead changes", "named pairs"),
    ] {
        let answer = setting.post(&format!("{ann}/rules"), &[("rule", rule)]).await;
        assert!(answer.text().contains(expected), "{rule}: {}", answer.text());
    }
    let private = [("rule", "vix above 30"), ("channel", "webhook"), ("target", "http://169.254.169.254/x")];
    let answer = setting.post(&format!("{ann}/rules"), &private).await;
    assert!(answer.text().contains("private network"), "{}", answer.text());
}

#[tokio::test]
async fn without_mail_set_up_nothing_asks_for_an_address() {
    let site = crate::pages_support::Site::with(300).await;
    assert!(!site.get("/").await.body.contains("type=\"email\""));
    for path in ["/subscribe", "/manage/x", "/confirm/x", "/unsubscribe/x"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    let request = Request::post("/subscribe").body(Body::from("address=a@b.c")).unwrap();
    assert_eq!(site.ask(request).await.status, 404);
    assert_eq!(site.get("/alerts?rule=vix+above+20").await.status, 200);
    assert_eq!(site.get("/digest").await.status, 200);
    assert_eq!(site.get("/digest/2999-01-01").await.status, 400);
    assert_eq!(site.get("/digest/x").await.status, 400);
}
