use convex_core::catalog::Provider;

use crate::recording::{check, values};

#[test]
fn recorded_answers() {
    let body = "timeseries_APU0000701111_2022_v2_POST.json";
    check(Provider::Bls, "bls", &[values(body, "APU0000701111", 12, ("2022-01-01", 0.424), ("2022-12-01", 0.522))]);
}
