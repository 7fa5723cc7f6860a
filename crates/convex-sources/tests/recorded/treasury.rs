use convex_core::catalog::Provider;

use crate::recording::{Recording, check, values};

#[test]
fn recorded_answers() {
    let file = |symbol, n, first, last| -> Recording {
        values("daily-treasury-rates_all_to_2022-03-11.csv", symbol, n, first, last)
    };
    check(
        Provider::Treasury,
        "treasury",
        &[
            file("10 Yr", 4579, ("1990-01-02", 7.94), ("2022-03-11", 2.0)).with(&["3 Mo", "2 Mo", "30 Yr"]),
            file("3 Mo", 4579, ("1990-01-02", 7.83), ("2022-03-11", 0.4)),
            file("2 Mo", 851, ("2018-10-16", 2.22), ("2022-03-11", 0.28)),
            file("30 Yr", 4579, ("1990-01-02", 8.0), ("2022-03-11", 2.36)),
        ],
    );
}
