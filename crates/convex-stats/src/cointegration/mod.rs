//! Do two wandering series keep together?

mod engle_granger;
mod gregory_hansen;
mod johansen;
mod regimes;
mod system;

pub use engle_granger::{EitherWay, EngleGranger, engle_granger, engle_granger_either_way};
pub use gregory_hansen::{GregoryHansen, gregory_hansen};
pub use johansen::{Johansen, RankTest, johansen, johansen_lag};
pub use regimes::Shift;
