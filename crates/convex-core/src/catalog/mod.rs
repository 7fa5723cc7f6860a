//! The typed catalogue: metrics, and the pairs worth naming.

mod metric;
mod pair;

pub use metric::{
    Cadence, Category, ChangeKind, CloseTime, Licence, Metric, MetricUnit, Provider, RiskSign, Role, SourceRef,
    TradingCalendar,
};
pub use pair::{Pair, PairKind};
