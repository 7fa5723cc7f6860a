//! How large the next change is expected to be: exponentially weighted, and GARCH(1,1) with Student's t.

mod ewma;
mod garch;
mod recursion;

pub use ewma::{DECAY, ewma};
pub use garch::{Garch, garch};
pub use recursion::Recursion;
