use convex_core::catalog::Provider;

use crate::recording::{check, fails, values};

#[test]
fn recorded_answers() {
    let body = "ecb_historical.csv";
    check(
        Provider::Ecb,
        "ecb",
        &[
            values(body, "D.GBP.EUR.SP00.A", 309, ("2025-01-02", 0.83118), ("2026-03-18", 0.86393)),
            values(body, "D.AUD.EUR.SP00.A", 309, ("2025-01-02", 1.6618), ("2026-03-18", 1.6305)),
            values(body, "D.THB.EUR.SP00.A", 87, ("2025-01-02", 35.355), ("2025-05-07", 37.147)),
            // Cut off before the dollar.
            fails(body, "D.USD.EUR.SP00.A", "malformed"),
        ],
    );
}
