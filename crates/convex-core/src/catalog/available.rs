//! When an observation can be had, and on which days a metric has values.

use jiff::civil::Weekday;

use super::vocabulary::vocabulary;
use super::{CloseTime, Metric, TradingCalendar};
use crate::calendar::Kind;

/// When an observation can be had from its sources. This is about age alone: what was known when is told by
/// [`Metric::publication_lag_days`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// How long after the day or period it describes.
    pub after: Wait,
    /// Local time of that day.
    pub time: CloseTime,
}

/// The day an observation comes, counted from the day or the end of the period it describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// So many sessions later; zero for the same day.
    Sessions(u16),
    /// So many calendar days later.
    Days(u16),
    /// On the next such day of the week; on the session after it where that is a holiday.
    Weekday(Weekday),
}

/// Whether a metric may have values on days its calendar calls closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OffDays {
    /// Never: such a value is a mistake.
    Refuse,
    /// On holidays, not at weekends.
    Holidays,
    /// On any day.
    Any,
}

vocabulary!(OffDays, "rule for days off", {
    Refuse => "refuse", "no values on days off";
    Holidays => "holidays", "values on some holidays";
    Any => "any", "values on some holidays and weekends";
});

impl OffDays {
    /// What is usual for a calendar: exchanges are strict about their days, publishers of indices and rates are not.
    pub(super) fn usual(calendar: TradingCalendar) -> Self {
        match calendar {
            TradingCalendar::Nyse | TradingCalendar::London | TradingCalendar::Target => Self::Refuse,
            TradingCalendar::Cboe | TradingCalendar::Cme | TradingCalendar::Ice | TradingCalendar::UsGovernment => {
                Self::Holidays
            }
            TradingCalendar::SevenDay | TradingCalendar::Release => Self::Any,
        }
    }
}

impl Metric {
    /// Whether a value on a day of that kind is let pass.
    pub fn allows_off_day(&self, kind: Kind) -> bool {
        match kind {
            Kind::Session | Kind::Besides => true,
            Kind::Holiday => self.off_days != OffDays::Refuse,
            Kind::Weekend => self.off_days == OffDays::Any,
        }
    }
}
