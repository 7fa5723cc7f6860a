//! Whatever comes over the wire, a source answers with values in order or a failure, and nothing that was cut off passes for
//! whole.

#![expect(clippy::unwrap_used, reason = "tests")]

use convex_core::catalog::{Catalog, Provider};
use convex_sources::{Access, Kind, Parsed, Payload, Purpose, Request, Source, Want, registry};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Whole answers, one of each form.
const WHOLE: &[(Provider, &str, &str, &str)] = &[
    (
        Provider::Fred,
        "DGS10",
        "/graph/fredgraph.csv",
        "observation_date,DGS10\n2026-01-01,\n2026-01-02,4.19\n2026-01-05,4.17\n2026-01-06,4.1\n",
    ),
    (
        Provider::Fred,
        "DGS10",
        "/fred/series/observations?realtime_start=1776-07-04&realtime_end=9999-12-31",
        r#"{"count":3,"offset":0,"limit":3,"observations":[{"realtime_start":"2026-01-05","realtime_end":"9999-12-31","date":"2026-01-02","value":"4.19"},{"realtime_start":"2026-01-06","realtime_end":"9999-12-31","date":"2026-01-05","value":"."}]}"#,
    ),
    (
        Provider::Cboe,
        "_VIX",
        "/us_indices/daily_prices/VIX_History.csv",
        "DATE,OPEN,HIGH,LOW,CLOSE\n01/05/2026,15.000000,16.000000,14.500000,15.250000\n01/06/2026,15.3,2.58,14.9,14.950000\n",
    ),
    (
        Provider::Cboe,
        "DIA",
        "/delayed_quotes/charts/historical/DIA.json",
        r#"{"symbol":"DIA","data":[{"date":"2026-01-06","open":"484.1","high":"486.0","low":"482.5","close":"485.25","volume":"0.0"}]}"#,
    ),
    (
        Provider::Cboe,
        "_VIX",
        "/delayed_quotes/quotes/_VIX.json",
        r#"{"timestamp":"2026-01-08 21:30:12","data":{"symbol":"^VIX","current_price":15.38,"last_trade_time":"2026-01-08T16:14:59"}}"#,
    ),
    (
        Provider::Treasury,
        "10 Yr",
        "/daily-treasury-rates.csv/2026/all",
        "Date,\"1 Mo\",\"10 Yr\"\n01/06/2026,3.70,4.18\n01/05/2026,3.72,4.17\n01/02/2026,3.72,4.19",
    ),
    (
        Provider::Treasury,
        "10 Yr",
        "/pages/xml",
        "<?xml version=\"1.0\"?><feed xmlns:m=\"m\" xmlns:d=\"d\"><entry><content><m:properties><d:NEW_DATE m:type=\"x\">2026-01-06T00:00:00</d:NEW_DATE><d:BC_10YEAR>4.18</d:BC_10YEAR><d:BC_1_5MONTH m:null=\"true\"/></m:properties></content></entry></feed>",
    ),
    (
        Provider::Bls,
        "LNS14000000",
        "/timeseries/data/",
        r#"{"status":"REQUEST_SUCCEEDED","message":[],"Results":{"series":[{"seriesID":"LNS14000000","data":[{"year":"2025","period":"M11","value":"4.6"},{"year":"2025","period":"M10","value":"-"}]}]}}"#,
    ),
    (
        Provider::Eia,
        "RWTC",
        "/v2/petroleum/pri/spt/data/?offset=0&length=2",
        r#"{"response":{"total":"9","data":[{"period":"2026-01-05","series":"RWTC","value":"58.32"},{"period":"2020-04-20","series":"RWTC","value":-36.98}]}}"#,
    ),
    (
        Provider::Ecb,
        "D.USD.EUR.SP00.A",
        "/service/data/EXR/D.USD.EUR.SP00.A",
        "KEY,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nEXR.D.USD.EUR.SP00.A,2026-01-02,1.1732,A\nEXR.D.USD.EUR.SP00.A,2026-01-05,NaN,H\n",
    ),
    (
        Provider::Ecb,
        "D.USD.EUR.SP00.A",
        "/stats/eurofxref/eurofxref-hist.xml",
        "<Envelope><Cube><Cube time='2026-01-06'><Cube currency='USD' rate='1.1741'/></Cube></Cube></Envelope>",
    ),
    (Provider::File, "https://example.invalid/a.csv", "/a.csv", "date,close,adj_close\n2026-01-05,1.5,1.25\n"),
];

/// How an answer may be spoilt.
#[derive(Clone, Debug)]
enum Spoiling {
    Cut(Index),
    Remove(Index, usize),
    Insert(Index, Vec<u8>),
    Repeat(Index, usize),
    Set(Index, u8),
}

impl Spoiling {
    fn apply(&self, body: &mut Vec<u8>) {
        if body.is_empty() {
            return;
        }
        let until = |from: usize, length: usize| (from + length).min(body.len());
        match self {
            Self::Cut(at) => body.truncate(at.index(body.len())),
            Self::Remove(at, length) => {
                let from = at.index(body.len());
                let until = until(from, *length);
                body.drain(from..until);
            }
            Self::Insert(at, bytes) => {
                let at = at.index(body.len());
                body.splice(at..at, bytes.iter().copied());
            }
            Self::Repeat(at, length) => {
                let from = at.index(body.len());
                let part = body[from..until(from, *length)].to_vec();
                body.splice(from..from, part);
            }
            Self::Set(at, byte) => {
                let at = at.index(body.len());
                body[at] = *byte;
            }
        }
    }
}

fn spoiling() -> impl Strategy<Value = Spoiling> {
    let telling = select(b",.\"{}[]<>/-0129eEN\n\r\0 ;\xff".to_vec());
    prop_oneof![
        any::<Index>().prop_map(Spoiling::Cut),
        (any::<Index>(), 1_usize..40).prop_map(|(at, length)| Spoiling::Remove(at, length)),
        (any::<Index>(), prop::collection::vec(telling.clone(), 1..8))
            .prop_map(|(at, bytes)| Spoiling::Insert(at, bytes)),
        (any::<Index>(), 1_usize..80).prop_map(|(at, length)| Spoiling::Repeat(at, length)),
        (any::<Index>(), telling).prop_map(|(at, byte)| Spoiling::Set(at, byte)),
    ]
}

proptest! {
    #[test]
    fn bytes_without_meaning(body: Vec<u8>, status in select(vec![200_u16, 400, 403, 404, 429, 503]), request in any::<Index>()) {
        let requests = requests();
        let (source, request) = &requests[request.index(requests.len())];
        parse(*source, request, status, &body);
    }

    #[test]
    fn spoilt_answers(whole in select(WHOLE), spoilings in prop::collection::vec(spoiling(), 1..5)) {
        let (source, request) = request(&whole);
        let mut body = whole.3.as_bytes().to_vec();
        for spoiling in &spoilings {
            spoiling.apply(&mut body);
        }
        parse(source, &request, 200, &body);
    }
}

#[test]
fn whole_answers_are_read_and_cut_ones_are_not_taken_for_whole() {
    for whole in WHOLE {
        let (source, request) = request(whole);
        let body = whole.3.as_bytes();
        let expected = parse(source, &request, 200, body).unwrap_or_else(|| panic!("{}", whole.3));
        assert!(!expected.columns.is_empty() || !expected.quotes.is_empty(), "{}", whole.3);
        for cut in 0..body.trim_ascii_end().len() {
            let Some(found) = parse(source, &request, 200, &body[..cut]) else { continue };
            assert_eq!(Kind::of(body), Some(Kind::Text), "cut off at {cut}: {}", whole.3);
            // The last value of a file of the operator's has nothing to be measured by.
            if whole.0 == Provider::File {
                continue;
            }
            for (column, expected) in found.columns.iter().zip(&expected.columns) {
                assert!(
                    column.points.iter().all(|point| expected.points.contains(point)),
                    "cut off at {cut}: {}",
                    whole.3
                );
            }
        }
    }
}

#[test]
fn every_symbol_of_the_catalogue_can_be_asked_for() {
    for (provider, symbol) in catalogued() {
        let Some(source) = registry::source(provider) else { continue };
        let asked = |purpose| ask(source, &[&symbol], purpose);
        let can = asked(Purpose::History { since: None }).or_else(|_| asked(Purpose::Quote));
        assert!(can.is_ok_and(|requests| !requests.is_empty()), "{provider:?} {symbol}");
    }
}

/// What the catalogue names, provider by provider.
fn catalogued() -> Vec<(Provider, String)> {
    let metrics = Catalog::builtin().metrics();
    metrics.flat_map(|metric| metric.sources.iter().map(|at| (at.provider, at.symbol.clone()))).collect()
}

fn ask(source: &dyn Source, symbols: &[&str], purpose: Purpose) -> Result<Vec<Request>, convex_sources::Failure> {
    source.requests(&Want { symbols, purpose, now: received(), access: Access::Key })
}

/// Every request that the catalogue gives rise to.
fn requests() -> Vec<(&'static dyn Source, Request)> {
    let since = "2026-01-02".parse().ok();
    let purposes = [Purpose::History { since: None }, Purpose::Vintages { since }, Purpose::Quote];
    let mut requests = Vec::new();
    for (provider, symbol) in catalogued() {
        let Some(source) = registry::source(provider) else { continue };
        let asked = purposes.iter().flat_map(|&purpose| ask(source, &[&symbol], purpose).unwrap_or_default());
        requests.extend(asked.map(|request| (source, request)));
    }
    requests
}

fn request(&(provider, symbol, path, _): &(Provider, &str, &str, &str)) -> (&'static dyn Source, Request) {
    let purpose = match path {
        path if path.contains("realtime_start") => Purpose::Vintages { since: None },
        path if path.contains("/quotes/") => Purpose::Quote,
        _ => Purpose::History { since: None },
    };
    (registry::source(provider).unwrap(), Request::get(purpose, &[symbol], format!("https://host{path}")))
}

fn received() -> Timestamp {
    "2026-01-09T12:00:00Z".parse().unwrap()
}

/// Reads a body; what comes out of it is in order.
fn parse(source: &dyn Source, request: &Request, status: u16, body: &[u8]) -> Option<Parsed> {
    let payload = Payload { status, ..Payload::ok(body, received()) };
    let parsed = source.parse(request, &payload).ok()?;
    for column in &parsed.columns {
        let keys: Vec<_> = column.points.iter().map(|point| (point.day, point.known)).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{column:?}");
        assert!(column.points.iter().all(|point| point.value.is_finite()), "{column:?}");
        assert!(column.points.last().is_none_or(|point| point.day <= "2026-01-10".parse().unwrap()), "{column:?}");
        assert!(column.candles.windows(2).all(|pair| pair[0].day < pair[1].day), "{column:?}");
        assert!(request.symbols.contains(&column.symbol), "{column:?}");
    }
    assert!(parsed.quotes.iter().all(|quote| quote.value.is_finite()));
    assert_ne!(parsed.next.as_ref(), Some(request), "the next page is another one");
    Some(parsed)
}
