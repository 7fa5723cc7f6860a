use convex_core::catalog::Provider;

use crate::recording::check;

#[test]
fn recorded_answers() {
    check(Provider::Eia, "eia", &[]);
}
