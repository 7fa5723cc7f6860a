//! Each provider's own way of saying the same.

use std::fmt::Write;
use std::time::Duration;

use convex_core::Day;
use convex_core::calendar::Calendar;
use convex_core::catalog::{Cadence, Catalog, Metric, Provider, SourceRef, TradingCalendar};
use jiff::Timestamp;
use url::Url;

use super::{Market, Quirk};

type Served = Option<(&'static str, String)>;

/// The body under a path, as known at an instant; `None` for what this world does not have.
pub(crate) fn serve(market: &Market, path: &str, now: Timestamp, is_empty: bool, quirk: &Quirk) -> Served {
    let url = Url::parse(&format!("http://world{path}")).unwrap();
    let parts: Vec<String> = url.path_segments().unwrap().map(decode).collect();
    let query = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let asked = Asked { market, now, is_empty, quirk };
    match parts.as_slice() {
        ["yahoo", .., "chart", symbol] => asked.yahoo(symbol, query("period1").as_deref(), query("range").as_deref()),
        ["cboe", .., "daily_prices", file] => asked.cboe_file(file.strip_suffix("_History.csv")?),
        ["cboe", .., "historical", file] => asked.cboe_chart(file.strip_suffix(".json")?),
        ["fred", "graph", "fredgraph.csv"] => asked.fred(&query("id")?, query("cosd")),
        ["treasury", ..] => asked.treasury(),
        ["lbma", "json", "gold_pm.json"] => asked.lbma(),
        ["coinbase", "products", symbol, "candles"] => asked.coinbase(symbol, query("start"), query("end")),
        ["kraken", .., "OHLC"] => asked.kraken(&query("pair")?),
        ["ecb", .., key] => asked.ecb(key),
        _ => None,
    }
}

/// What a source of the catalogue says at an instant; `None` for a provider this world does not have.
pub(crate) fn known_at(market: &Market, reference: &SourceRef, now: Timestamp) -> Option<Vec<(Day, f64)>> {
    let asked = Asked { market, now, is_empty: false, quirk: &Quirk::default() };
    let delay = match reference.provider {
        Provider::Yahoo => YAHOO,
        Provider::Cboe if reference.symbol.starts_with('_') => CBOE_FILE,
        Provider::Cboe => CBOE_CHART,
        Provider::Fred => FRED,
        Provider::Treasury => TREASURY,
        Provider::Lbma => LBMA,
        Provider::Coinbase => COINBASE,
        Provider::Kraken => KRAKEN,
        Provider::Ecb => ECB,
        _ => return None,
    };
    asked.known(reference.provider, &reference.symbol, delay)
}

/// How long after a close each provider has it.
const YAHOO: Duration = Duration::from_mins(10);
const CBOE_FILE: Duration = Duration::from_hours(1);
const CBOE_CHART: Duration = Duration::from_hours(7);
const FRED: Duration = Duration::from_hours(14);
const TREASURY: Duration = Duration::from_mins(150);
const LBMA: Duration = Duration::from_mins(40);
const COINBASE: Duration = Duration::from_secs(30);
const KRAKEN: Duration = Duration::from_secs(20);
const ECB: Duration = Duration::from_mins(90);

struct Asked<'a> {
    market: &'a Market,
    now: Timestamp,
    is_empty: bool,
    quirk: &'a Quirk,
}

impl Asked<'_> {
    /// What is known of a symbol: closes whose provider has had time to publish them.
    fn known(&self, provider: Provider, symbol: &str, delay: Duration) -> Option<Vec<(Day, f64)>> {
        let metric = metric(provider, symbol)?;
        let is_known = |day: Day| Self::published(metric, day) + delay <= self.now;
        let all = match metric.cadence {
            Cadence::Weekly | Cadence::Monthly => {
                self.market.values(&metric.id, TradingCalendar::SevenDay, level(metric))
            }
            _ => self.market.values(&metric.id, metric.calendar, level(metric)),
        };
        let belongs = |day: Day| match metric.cadence {
            Cadence::Weekly => day.weekday() == jiff::civil::Weekday::Saturday,
            Cadence::Monthly => day.date().day() == 1,
            _ => true,
        };
        let Quirk { from, until, spike, factor, .. } = self.quirk;
        let is_given = |day: Day| from.is_none_or(|from| day >= from) && until.is_none_or(|until| day <= until);
        let odd = |day: Day| spike.filter(|(at, _)| *at == day).map_or(1.0, |(_, times)| times);
        let known = all.iter().filter(|&&(day, _)| belongs(day) && !self.is_empty && is_known(day) && is_given(day));
        Some(known.map(|&(day, value)| (day, value * odd(day) * factor.unwrap_or(1.0))).collect())
    }

    /// When a value is there at all.
    fn published(metric: &Metric, day: Day) -> Timestamp {
        let lag = Duration::from_hours(24 * u64::from(metric.publication_lag_days));
        let midnight = |day: Day| day.date().to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
        match metric.cadence {
            Cadence::Weekly => midnight(day + 1) + lag,
            Cadence::Monthly => midnight(day.end_of_month() + 1) + lag,
            _ => Calendar::of(metric.calendar).hours(day).map_or_else(|| midnight(day + 1), |hours| hours.closes) + lag,
        }
    }

    fn yahoo(&self, symbol: &str, period1: Option<&str>, range: Option<&str>) -> Served {
        let known = self.known(Provider::Yahoo, symbol, YAHOO)?;
        let from: i64 = period1.and_then(|text| text.parse().ok()).unwrap_or(i64::MIN);
        let metric = metric(Provider::Yahoo, symbol)?;
        let calendar = Calendar::of(metric.calendar);
        let zone = if metric.calendar == TradingCalendar::SevenDay { "UTC" } else { "America/New_York" };
        let stamp = |day: Day| {
            let opening = calendar.hours(day).map(|hours| hours.opens.as_second());
            match metric.calendar {
                TradingCalendar::Nyse => opening.unwrap(),
                _ => day.date().in_tz(zone).unwrap().timestamp().as_second(),
            }
        };
        let bars: Vec<(i64, f64)> =
            known.iter().map(|&(day, value)| (stamp(day), value)).filter(|&(at, _)| at >= from).collect();
        let kind = if metric.calendar == TradingCalendar::Nyse { "ETF" } else { "INDEX" };
        let last = bars.last().map_or(1.0, |&(_, value)| value);
        let at = bars.last().map_or(0, |&(at, _)| at);
        let meta = format!(
            "{{\"currency\":\"USD\",\"symbol\":\"{symbol}\",\"exchangeTimezoneName\":\"{zone}\",\"gmtoffset\":-18000,\
             \"priceHint\":2,\"instrumentType\":\"{kind}\",\"regularMarketPrice\":{last},\"regularMarketTime\":{at},\"dataGranularity\":\"1d\"}}"
        );
        let body = if bars.is_empty() || range.is_some() {
            format!(
                "{{\"chart\":{{\"result\":[{{\"meta\":{meta},\"indicators\":{{\"quote\":[{{}}],\"adjclose\":[{{}}]}}}}],\"error\":null}}}}"
            )
        } else {
            let times = bars.iter().map(|(at, _)| at.to_string()).collect::<Vec<_>>().join(",");
            let today = Day::from_date(self.now.to_zoned(jiff::tz::TimeZone::UTC).date()).unwrap();
            let payouts: Vec<(i64, f64)> = (self.quirk.payouts.iter())
                .filter(|(day, _, told)| told.unwrap_or(*day) <= today)
                .map(|&(day, share, _)| (stamp(day), share))
                .collect();
            let kept =
                |at: i64| payouts.iter().filter(|(day, _)| at < *day).map(|(_, share)| 1.0 - share).product::<f64>();
            let adjusted =
                bars.iter().map(|(at, value)| (value * 0.97 * kept(*at)).to_string()).collect::<Vec<_>>().join(",");
            let told: Vec<String> = (payouts.iter())
                .filter(|(day, _)| *day >= from)
                .map(|(day, share)| format!("\"{day}\":{{\"amount\":{},\"date\":{day}}}", share * 100.0))
                .collect();
            let events = if told.is_empty() {
                String::new()
            } else {
                format!("\"events\":{{\"dividends\":{{{}}}}},", told.join(","))
            };
            let closes = bars.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>().join(",");
            format!(
                "{{\"chart\":{{\"result\":[{{\"meta\":{meta},\"timestamp\":[{times}],{events}\"indicators\":{{\"quote\":[{{\
                 \"open\":[{closes}],\"high\":[{closes}],\"low\":[{closes}],\"close\":[{closes}],\"volume\":[]}}],\
                 \"adjclose\":[{{\"adjclose\":[{adjusted}]}}]}}}}],\"error\":null}}}}"
            )
        };
        Some(("application/json", body))
    }

    fn cboe_file(&self, index: &str) -> Served {
        let known = self.known(Provider::Cboe, &format!("_{index}"), CBOE_FILE)?;
        let mut text = "DATE,OPEN,HIGH,LOW,CLOSE\n".to_owned();
        for (day, value) in known {
            let date = day.date();
            let _ = writeln!(
                text,
                "{:02}/{:02}/{},{value:.6},{value:.6},{value:.6},{value:.6}",
                date.month(),
                date.day(),
                date.year()
            );
        }
        Some(("text/csv", text))
    }

    fn cboe_chart(&self, symbol: &str) -> Served {
        let known = self.known(Provider::Cboe, symbol, CBOE_CHART)?;
        let rows: Vec<String> = known
            .iter()
            .map(|(day, value)| format!("{{\"date\":\"{day}\",\"open\":\"{value:.6}\",\"high\":\"{value:.6}\",\"low\":\"{value:.6}\",\"close\":\"{value:.6}\",\"volume\":\"0.0\"}}"))
            .collect();
        let body =
            format!("{{\"symbol\":\"{symbol}\",\"timestamp\":\"2026-01-01 00:00:00\",\"data\":[{}]}}", rows.join(","));
        Some(("application/json", body))
    }

    fn fred(&self, id: &str, since: Option<String>) -> Served {
        let known = self.known(Provider::Fred, id, FRED)?;
        let since: Option<Day> = since.and_then(|day| day.parse().ok());
        let mut text = format!("observation_date,{id}\n");
        for (day, value) in known.into_iter().filter(|&(day, _)| since.is_none_or(|since| day >= since)) {
            let _ = writeln!(text, "{day},{value}");
        }
        Some(("text/csv", text))
    }

    fn treasury(&self) -> Served {
        let tenors = ["3 Mo", "2 Yr", "10 Yr"];
        let mut text = "Date,\"3 Mo\",\"2 Yr\",\"10 Yr\"\n".to_owned();
        let columns: Vec<Vec<(Day, f64)>> =
            tenors.iter().map(|tenor| self.known(Provider::Treasury, tenor, TREASURY)).collect::<Option<_>>()?;
        for i in (0..columns[0].len()).rev() {
            let date = columns[0][i].0.date();
            let _ = write!(text, "{:02}/{:02}/{}", date.month(), date.day(), date.year());
            for column in &columns {
                let _ = write!(text, ",{:.2}", column[i].1);
            }
            text.push('\n');
        }
        Some(("text/csv", text))
    }

    fn lbma(&self) -> Served {
        let known = self.known(Provider::Lbma, "gold_pm", LBMA)?;
        let rows: Vec<String> = known
            .iter()
            .map(|(day, value)| format!("{{\"is_cms_locked\":0,\"d\":\"{day}\",\"v\":[{value},0,0]}}"))
            .collect();
        Some(("application/json", format!("[{}]", rows.join(","))))
    }

    fn coinbase(&self, symbol: &str, start: Option<String>, end: Option<String>) -> Served {
        let known = self.known(Provider::Coinbase, symbol, COINBASE)?;
        let instant =
            |text: Option<String>| text.and_then(|text| text.parse::<Timestamp>().ok()).map(Timestamp::as_second);
        let (start, end) = (instant(start), instant(end));
        let rows: Vec<String> = known
            .iter()
            .rev()
            .map(|&(day, value)| (i64::from(day.epoch_days()) * 86_400, value))
            .filter(|&(at, _)| start.is_none_or(|start| at >= start) && end.is_none_or(|end| at <= end))
            .take(300)
            .map(|(at, value)| format!("[{at},{value},{value},{value},{value},1]"))
            .collect();
        Some(("application/json", format!("[{}]", rows.join(","))))
    }

    fn kraken(&self, pair: &str) -> Served {
        let known = self.known(Provider::Kraken, pair, KRAKEN)?;
        let mut rows: Vec<String> = known
            .iter()
            .rev()
            .take(719)
            .rev()
            .map(|&(day, value)| (i64::from(day.epoch_days()) * 86_400, value))
            .map(|(at, value)| format!("[{at},\"{value}\",\"{value}\",\"{value}\",\"{value}\",\"{value}\",\"1.0\",9]"))
            .collect();
        let last = known.last().map_or(0, |&(day, _)| i64::from(day.epoch_days()) * 86_400);
        // The day that has not ended stands last.
        if let Some(&(_, value)) = known.last() {
            let at = last + 86_400;
            rows.push(format!("[{at},\"{value}\",\"{value}\",\"{value}\",\"{value}\",\"{value}\",\"1.0\",9]"));
        }
        Some((
            "application/json",
            format!("{{\"error\":[],\"result\":{{\"{pair}\":[{}],\"last\":{last}}}}}", rows.join(",")),
        ))
    }

    fn ecb(&self, key: &str) -> Served {
        let known = self.known(Provider::Ecb, key, ECB)?;
        let mut text = "KEY,FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n".to_owned();
        for (day, value) in known {
            let _ = writeln!(text, "EXR.{key},D,USD,{day},{value},A");
        }
        Some(("text/csv", text))
    }
}

/// The metric a provider knows by a symbol.
fn metric(provider: Provider, symbol: &str) -> Option<&'static Metric> {
    let has = |metric: &&Metric| metric.sources.iter().any(|one| one.provider == provider && one.symbol == symbol);
    Catalog::builtin().metrics().map(AsRef::as_ref).find(has)
}

fn level(metric: &Metric) -> f64 {
    match metric.id.as_str() {
        "unrate" | "dff" | "dgs10" | "dgs2" | "dgs3mo" | "baa10y" | "bamlh0a0hym2" | "t10yie" => 4.0,
        "vixcls" | "vxn" => 18.0,
        "vvix" | "move" => 95.0,
        "eurusd" | "t10y2y" | "t10y3m" => 1.1,
        "usdjpy" => 150.0,
        "btc" => 60_000.0,
        "eth" => 3_000.0,
        "gold" | "gc" | "paxg" => 2_500.0,
        "icsa" => 220_000.0,
        "walcl" => 7_000_000.0,
        "usrec" => 0.0,
        "sahmrealtime" | "nfci" | "stlfsi4" => 0.3,
        "wti" | "brent" | "cl" => 75.0,
        "tip" | "lqd" | "gld" => 110.0,
        "hyg" | "shy" => 81.0,
        "tlt" | "ief" => 93.0,
        "silver" => 30.0,
        "copper" => 4.5,
        "spx" | "sp500tr" | "ndx" => 5_000.0,
        "cpiaucsl" => 315.0,
        _ => 200.0,
    }
}

fn decode(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}
