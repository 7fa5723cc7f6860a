//! Listening to a provider that does everything providers do.

mod live_support;

use std::time::Duration;

use convex::live::{Health, Limits, Plan, Rest, Running, Speaker, Standing, start};
use convex_core::catalog::Provider;
use live_support::provider::{Step, frame, nobody, numbers, play, say, speaker};
use live_support::{HANGS, Site, until};
use tokio::time::timeout;

/// Pauses as short as a test likes them.
const REST: Rest = Rest {
    first: Duration::from_millis(1),
    longest: Duration::from_millis(4),
    hopeless: Duration::from_millis(50),
    patience: 3,
};

struct Listening {
    site: Site,
    _running: Running,
}

impl Listening {
    async fn to(speakers: Vec<Speaker>, patience: Duration) -> Self {
        let site = Site::new(Limits::default()).await;
        let plan = Plan { speakers, make: numbers(patience), rest: REST };
        let running = start(&site.desk, plan).await;
        Self { site, _running: running }
    }

    /// To Coinbase alone, who plays these parts.
    async fn one(parts: Vec<Vec<Step>>) -> Self {
        let stage = play(parts).await;
        Self::to(vec![speaker(Provider::Coinbase, &stage.address)], HANGS).await
    }

    fn value(&self) -> Option<f64> {
        self.site.live().latest("btc").map(|latest| latest.value)
    }

    async fn until_value(&self, value: f64) {
        until(&format!("{value} is shown"), || self.value() == Some(value)).await;
    }

    fn health(&self, provider: Provider) -> Health {
        self.site.live().ledger().all()[&provider].clone()
    }

    fn failures(&self, provider: Provider) -> Vec<(&'static str, u64)> {
        let all = self.site.live().ledger().all();
        all.get(&provider).into_iter().flat_map(|health| health.failures.clone()).collect()
    }
}

#[tokio::test]
async fn a_provider_is_greeted_answered_and_believed() {
    let part = vec![say(1, 65_000.0), Step::Ping, Step::Say("are you well?".to_owned())];
    let mut stage = play(vec![part]).await;
    let listening = Listening::to(vec![speaker(Provider::Coinbase, &stage.address)], HANGS).await;
    let mut heard = Vec::new();
    for _ in 0..4 {
        heard.push(timeout(HANGS, stage.heard.recv()).await.unwrap().unwrap());
    }
    assert_eq!(heard, ["tell me of BTC-USD and ETH-USD", "and more", "pong", "very"]);
    listening.until_value(65_000.0).await;
    let health = listening.health(Provider::Coinbase);
    assert_eq!((health.standing, health.connections, health.quotes), (Standing::Listening, 1, 1));
    assert_eq!(health.last_quote, Some(live_support::now()));
    assert_eq!(listening.site.live().late_after("btc"), Some(3 * HANGS));
}

#[tokio::test]
async fn whatever_ends_a_conversation_another_follows() {
    let large = 2 << 20;
    let table: [(&str, Vec<Step>, &str); 9] = [
        ("cut", vec![say(1, 1.0), Step::Cut], "cut-off"),
        ("closed", vec![say(1, 1.0), Step::Close], "cut-off"),
        ("garbage", vec![say(1, 1.0), Step::Say("<html>".to_owned())], "malformed"),
        ("a gap", vec![say(1, 1.0), say(3, 1.0)], "malformed"),
        ("not the protocol", vec![say(1, 1.0), Step::Raw(vec![0xff; 32])], "protocol"),
        ("not text", vec![Step::Raw(frame(b"\xff\xfe", 2))], "protocol"),
        ("too large", vec![Step::Raw(frame(b"x", large))], "too-large"),
        (
            "rate limit",
            vec![Step::Refuse("HTTP/1.1 429 Too Many Requests\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n")],
            "rate-limited",
        ),
        ("a page", vec![Step::Refuse("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>")], "protocol"),
    ];
    for (what, part, class) in table {
        let after = vec![say(1, 65_000.0)];
        println!("{what}");
        let listening = Listening::one(vec![part, after]).await;
        listening.until_value(65_000.0).await;
        assert_eq!(listening.failures(Provider::Coinbase), [(class, 1)], "{what}");
        assert_eq!(listening.health(Provider::Coinbase).standing, Standing::Listening, "{what}");
    }
}

#[tokio::test]
async fn a_message_in_many_pieces_is_one_message() {
    let text = b"1 BTC-USD 65000";
    let listening = Listening::one(vec![vec![Step::Raw(frame(text, text.len()))]]).await;
    listening.until_value(65_000.0).await;
    assert_eq!(listening.failures(Provider::Coinbase), []);
}

#[tokio::test]
async fn silence_beyond_patience_is_a_failure_even_with_pings() {
    let stage = play(vec![vec![Step::Ping], vec![say(1, 65_000.0)]]).await;
    let patience = Duration::from_millis(100);
    let listening = Listening::to(vec![speaker(Provider::Coinbase, &stage.address)], patience).await;
    listening.until_value(65_000.0).await;
    assert_eq!(listening.failures(Provider::Coinbase)[0].0, "timed-out");
}

#[tokio::test]
async fn the_next_provider_takes_over_and_gives_back() {
    let kraken = play(vec![vec![Step::Say("1 XBTUSD 64000".to_owned()), Step::Say("2 XBTUSD 64001".to_owned())]]).await;
    // Coinbase speaks, fails often enough, and comes back.
    let good = |value: f64| vec![say(1, value)];
    let spoken = vec![say(1, 65_000.0), Step::Cut];
    let mut parts = vec![spoken];
    parts.extend(std::iter::repeat_n(vec![Step::Cut], 4));
    let silent = parts.clone();
    parts.push(good(65_010.0));

    let coinbase = play(silent).await;
    let speakers = vec![speaker(Provider::Coinbase, &coinbase.address), speaker(Provider::Kraken, &kraken.address)];
    let listening = Listening::to(speakers, HANGS).await;
    // Whoever connects first may speak first; what counts is who speaks after the failures.
    let last = || listening.site.live().switches().last().map(|switch| (switch.from, switch.to));
    until("kraken takes over", || last() == Some((Provider::Coinbase, Provider::Kraken))).await;
    listening.until_value(64_001.0).await;
    assert_eq!(listening.health(Provider::Kraken).standing, Standing::Listening);

    let (coinbase, kraken) = (play(parts).await, kraken);
    let speakers = vec![speaker(Provider::Coinbase, &coinbase.address), speaker(Provider::Kraken, &kraken.address)];
    let listening = Listening::to(speakers, HANGS).await;
    listening.until_value(65_010.0).await;
    until("kraken stands by", || listening.health(Provider::Kraken).standing == Standing::Standby).await;
    assert_eq!(listening.site.live().latest("btc").unwrap().provider, Provider::Coinbase);
}

#[tokio::test]
async fn a_provider_nobody_reaches_is_no_reason_to_stop() {
    let kraken = play(vec![vec![Step::Say("1 XBTUSD 64000".to_owned())]]).await;
    let speakers = vec![speaker(Provider::Coinbase, &nobody().await), speaker(Provider::Kraken, &kraken.address)];
    let listening = Listening::to(speakers, HANGS).await;
    listening.until_value(64_000.0).await;
    until("it is tried again", || listening.failures(Provider::Coinbase)[0].1 > 5).await;
    assert_eq!(listening.failures(Provider::Coinbase)[0].0, "connect");
    assert_eq!(listening.site.live().switches(), []);
}

#[tokio::test]
async fn a_secure_address_that_is_not_secure_is_a_failure_of_its_own() {
    let stage = play(vec![vec![say(1, 65_000.0)]]).await;
    let secure = stage.address.replace("ws://", "wss://").replace("127.0.0.1", "localhost");
    let listening = Listening::to(vec![speaker(Provider::Coinbase, &secure)], HANGS).await;
    until("it fails", || !listening.failures(Provider::Coinbase).is_empty()).await;
    assert!(
        ["tls", "cut-off"].contains(&listening.failures(Provider::Coinbase)[0].0),
        "{:?}",
        listening.health(Provider::Coinbase)
    );
}

#[tokio::test]
async fn nobody_is_asked_twice_after_the_end() {
    let mut stage = play(vec![vec![]]).await;
    let listening = Listening::to(vec![speaker(Provider::Coinbase, &stage.address)], HANGS).await;
    assert!(timeout(HANGS, stage.heard.recv()).await.unwrap().is_some());
    let Listening { site, _running: running } = listening;
    timeout(HANGS, running.stop()).await.unwrap();
    assert_eq!(site.live().ledger().all()[&Provider::Coinbase].failures.len(), 0);
}
