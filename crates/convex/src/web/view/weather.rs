//! The state of the market now, in a few words and values: the states that correlations are conditioned on elsewhere.

use convex_core::catalog::MetricUnit;
use convex_core::figure::Figures;
use convex_core::state::drawdown_from_high;

use super::figures::of_metric;
use crate::desk::MetricView;
use crate::format;
use crate::web::shown::{Owner, Shown};

/// One state: what it is told from, the value, the state in words.
#[derive(Clone, Debug)]
pub(in crate::web) struct Weather {
    pub(in crate::web) id: String,
    pub(in crate::web) name: String,
    pub(in crate::web) value: Shown,
    pub(in crate::web) unit: &'static str,
    /// `calm`, `usual` or `strained`: decides the mark and the class.
    pub(in crate::web) class: &'static str,
    pub(in crate::web) state: &'static str,
    /// Day of the value.
    pub(in crate::web) day: String,
}

/// The metrics that tell a state.
pub(in crate::web) const TOLD_BY: [&str; 5] = ["vixcls", "spy", "t10y2y", "bamlh0a0hym2", "usrec"];

/// The states that the metrics stored tell.
pub(in crate::web) fn weather(views: &[MetricView]) -> Vec<Weather> {
    views.iter().filter_map(of).collect()
}

fn of(view: &MetricView) -> Option<Weather> {
    let (day, last) = view.series.last()?;
    let (class, state) = match view.metric.id.as_str() {
        "vixcls" if last < 15.0 => ("calm", "under 15: calm"),
        "vixcls" if last < 25.0 => ("usual", "15 to 25"),
        "vixcls" => ("strained", "25 and up: stress"),
        "spy" => match drawdown_from_high(&view.series).last()?.1 {
            fall if fall > -0.1 => ("calm", "within 10 % of its high of 252 sessions"),
            _ => ("strained", "10 % or more below its high of 252 sessions"),
        },
        "t10y2y" if last < 0.0 => ("strained", "inverted"),
        "t10y2y" => ("calm", "upward sloping"),
        "bamlh0a0hym2" => {
            let before = view.series.at_or_before(day - 90)?.1;
            if last > before { ("strained", "wider than 90 days ago") } else { ("calm", "narrower than 90 days ago") }
        }
        "usrec" if last >= 0.5 => ("strained", "recession, as dated"),
        "usrec" => ("calm", "no recession, as dated so far"),
        _ => return None,
    };
    let metric = view.metric.as_ref();
    Some(Weather {
        id: metric.id.clone(),
        name: metric.label.clone(),
        value: value(&view.figures, view),
        unit: if metric.unit == MetricUnit::Flag { "" } else { format::unit_words(metric.unit) },
        class,
        state,
        day: format::day(day),
    })
}

fn value(figures: &Figures, view: &MetricView) -> Shown {
    let owner = Owner::Metric(view.metric.id.clone());
    of_metric(figures, view.metric.as_ref(), &owner, "value")
}
