//! Sent on within the provider's bounds, and nowhere else.

use convex_core::catalog::Provider;
use convex_sources::{Failure, Network, Request};

use crate::provider::{ProviderServer, Reply, Routes};
use crate::setting::{GOOD, Lines, Setting, lines, request};

#[tokio::test]
async fn follows_a_few_and_counts_each() {
    let on = |to: &str| Reply::new(302, "", "").header("location", to);
    let routes = Routes::new()
        .on("/X", on("/b"))
        .on("/b", Reply::new(301, "", "").header("location", "c?x=1"))
        .on("/c", Reply::new(307, "", "").header("location", "/d"))
        .on("/d", Reply::new(308, "", "").header("location", "/e"))
        .on("/e", on("/f"))
        .on("/f", Reply::csv(GOOD));
    let server = ProviderServer::start(routes).await;
    let setting = Setting::new(&server.url()).await;
    setting.fetch("X").await.unwrap();
    let targets: Vec<_> = server.log().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/X?id=X", "/b", "/c?x=1", "/d", "/e", "/f"]);
    let outcomes = setting.store.outcomes(setting.clock.today()).await.unwrap();
    let counted: Vec<_> = outcomes.iter().map(|count| (count.class.as_str(), count.requests)).collect();
    assert_eq!(counted, [("ok", 1), ("redirect", 5)]);
}

#[tokio::test]
async fn is_not_sent_to_another_host_or_port() {
    let inside = ProviderServer::start(Routes::new().on("/secret", Reply::csv(GOOD))).await;
    let server = ProviderServer::start(Routes::new()).await;
    let setting = Setting::new(&server.url()).await;
    let port = inside.url().rsplit_once(':').unwrap().1.to_owned();
    for to in [
        format!("{}/secret", inside.url()),
        format!("//localhost:{port}/secret"),
        format!("http://user@127.0.0.1:{port}/secret"),
        "file:///etc/passwd".to_owned(),
        "http://[::1]/".to_owned(),
        "https://".to_owned(),
    ] {
        server.set("/X", Reply::new(302, "", "").header("location", &to));
        assert_eq!(setting.failure("X").await, Failure::Network(Network::Redirects), "{to}");
        setting.clock.sleep(std::time::Duration::from_hours(2)).await;
    }
    server.set("/X", Reply::new(302, "", ""));
    assert_eq!(setting.failure("X").await, Failure::Network(Network::Redirects));
    assert_eq!(inside.log().len(), 0);
}

#[tokio::test]
async fn an_address_that_is_not_the_providers_is_never_asked() {
    let inside = ProviderServer::start(Routes::new().on("/secret", Reply::csv(GOOD))).await;
    let setting = Setting::new(&inside.url()).await;
    // Another provider, whose address is not configured.
    let other: &'static Lines = Box::leak(Box::new(Lines { provider: Provider::Cboe, policy: lines().policy }));
    for url in [format!("{}/secret", inside.url()), "https://cboe.com.evil.invalid/".to_owned(), "nonsense".to_owned()]
    {
        let asked = Request { url, ..request("X") };
        let error = setting.fetcher.fetch(other, &asked).await.unwrap_err();
        assert_eq!(error.failure().unwrap().class(), "bad-request");
    }
    assert_eq!(inside.log().len(), 0);
}
