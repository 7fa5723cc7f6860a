//! When a metric is observed.

use super::vocabulary::vocabulary;

/// Days on which a metric is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TradingCalendar {
    /// New York Stock Exchange.
    Nyse,
    /// Cboe index publication (also some NYSE holidays).
    Cboe,
    /// CME futures.
    Cme,
    /// ICE futures.
    Ice,
    /// London business days: the bullion market, North Sea oil.
    London,
    /// TARGET2, the euro area's settlement days.
    Target,
    /// US government bond market and Federal Reserve business days.
    UsGovernment,
    /// Every day.
    SevenDay,
    /// Weekly or monthly release.
    Release,
}

vocabulary!(TradingCalendar, "calendar", {
    Nyse => "nyse", "days the New York Stock Exchange is open";
    Cboe => "cboe", "days Cboe publishes its indices";
    Cme => "cme", "days CME futures settle";
    Ice => "ice", "days ICE futures trade";
    London => "london", "London business days";
    Target => "target", "settlement days of the euro area";
    UsGovernment => "us-government", "business days of the US bond market";
    SevenDay => "seven-day", "every day";
    Release => "release", "days of release";
});

/// When and where the day's value is fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseTime {
    /// Local wall-clock time, `HH:MM`.
    pub time: String,
    /// IANA time zone.
    pub zone: String,
}

impl CloseTime {
    /// Hours from midnight UTC in winter, to tell how far apart two closes are; midnight itself ends the day (24).
    pub fn utc_hour(&self) -> Option<f64> {
        let (hour, minute) = self.time.split_once(':')?;
        let local = jiff::civil::date(2025, 1, 15).at(hour.parse().ok()?, minute.parse().ok()?, 0, 0);
        let utc = local.in_tz(&self.zone).ok()?.with_time_zone(jiff::tz::TimeZone::UTC);
        let hours = f64::from(utc.hour()) + f64::from(utc.minute()) / 60.0;
        Some(if hours == 0.0 { 24.0 } else { hours })
    }
}
