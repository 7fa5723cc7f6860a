//! Whatever comes over the wire, no reader panics, what passes for an answer keeps the promises of [`Parsed`], and what is
//! cut off does not pass.

#![expect(clippy::unwrap_used, reason = "tests")]

mod bodies;
mod damage;

use bodies::{ANSWERS, Answer, MESSAGES, Message};
use convex_sources::{Access, Failure, Parsed, Payload, Request, Want, registry};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

const RECEIVED: &str = "2026-01-07T12:00:00Z";

fn request(answer: &Answer) -> Request {
    let source = registry::source(answer.provider).unwrap();
    let (symbols, now) = ([answer.symbol], RECEIVED.parse().unwrap());
    let want = |access| Want { symbols: &symbols, purpose: answer.purpose, now, access };
    let requests = source.requests(&want(Access::Keyless)).or_else(|_| source.requests(&want(Access::Key)));
    requests.unwrap().pop().unwrap()
}

fn read(answer: &Answer, request: &Request, status: u16, body: &[u8]) -> Result<Parsed, Failure> {
    let received: Timestamp = RECEIVED.parse().unwrap();
    let parsed =
        registry::source(answer.provider).unwrap().parse(request, &Payload { status, ..Payload::ok(body, received) });
    if let Ok(parsed) = &parsed {
        keeps_its_promises(parsed, received);
    }
    parsed
}

fn keeps_its_promises(parsed: &Parsed, received: Timestamp) {
    let last = TimeZone::UTC.to_datetime(received).date();
    for column in &parsed.columns {
        let key = |index: usize| (column.points[index].day, column.points[index].known);
        assert!((1..column.points.len()).all(|index| key(index - 1) < key(index)), "{column:?}");
        assert!(column.points.iter().all(|point| point.value.is_finite() && point.day.date() <= last), "{column:?}");
        let candle = |value: Option<f64>| value.is_none_or(f64::is_finite);
        assert!(column.candles.iter().all(|c| candle(c.open) && candle(c.high) && candle(c.low)), "{column:?}");
        assert!(column.candles.windows(2).all(|pair| pair[0].day < pair[1].day), "{column:?}");
        assert!(column.splits.iter().all(|split| split.ratio.is_finite() && split.ratio > 0.0), "{column:?}");
        assert!(column.dividends.iter().all(|dividend| dividend.amount.is_finite()), "{column:?}");
    }
    assert!(parsed.quotes.iter().all(|quote| quote.value.is_finite()), "{parsed:?}");
}

fn hear(message: &Message, text: &str) -> Result<usize, Failure> {
    let mut feed = registry::feed(message.provider, &[message.symbol]).unwrap();
    let heard = feed.read(text, RECEIVED.parse().unwrap())?;
    assert!(heard.quotes.iter().all(|quote| quote.value.is_finite() && quote.symbol == message.symbol), "{heard:?}");
    Ok(heard.quotes.len())
}

#[test]
fn the_bodies_are_whole_and_their_beginnings_are_not() {
    for answer in ANSWERS {
        let request = request(answer);
        let parsed = read(answer, &request, 200, answer.body.as_bytes()).unwrap();
        let values: usize = parsed.columns.iter().map(|column| column.points.len()).sum();
        assert!(values + parsed.quotes.len() > 0, "{}: {parsed:?}", answer.body);
        for cut in 0..answer.body.trim_end().len() {
            assert!(read(answer, &request, 200, &answer.body.as_bytes()[..cut]).is_err(), "{}", &answer.body[..cut]);
        }
    }
    for message in MESSAGES {
        assert_eq!(hear(message, message.text), Ok(1), "{}", message.text);
        for cut in 0..message.text.trim_end().len() {
            assert!(hear(message, &message.text[..cut]).is_err(), "{}", &message.text[..cut]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(body in proptest::collection::vec(any::<u8>(), 0..300), status in 100u16..1000) {
        for answer in ANSWERS {
            let _ = read(answer, &request(answer), status, &body);
        }
        for message in MESSAGES {
            let _ = hear(message, &String::from_utf8_lossy(&body));
        }
    }

    #[test]
    fn bodies_with_bytes_changed(seed in any::<u64>(), status in prop_oneof![Just(200u16), Just(404), Just(429), Just(500)]) {
        for answer in ANSWERS {
            let body = damage::bytes(answer.body.as_bytes(), seed);
            let _ = read(answer, &request(answer), status, &body);
        }
        for message in MESSAGES {
            let _ = hear(message, &String::from_utf8_lossy(&damage::bytes(message.text.as_bytes(), seed)));
        }
    }

    #[test]
    fn bodies_with_members_changed(seed in any::<u64>()) {
        for answer in ANSWERS {
            let _ = read(answer, &request(answer), 200, damage::members(answer.body, seed).as_bytes());
        }
        for message in MESSAGES {
            let _ = hear(message, &damage::members(message.text, seed));
        }
    }
}
