use convex_core::catalog::Provider;

use crate::recording::{check, fails, values};

#[test]
fn recorded_answers() {
    check(
        Provider::Cboe,
        "cboe",
        &[
            values("rawformat_excerpt_VIX_History_2026.csv", "_VIX", 35, ("2026-05-20", 17.44), ("2026-07-07", 16.13)),
            values(
                "rawformat_excerpt_VVIX_History_2026.csv",
                "_VVIX",
                18,
                ("2026-09-01", 91.25),
                ("2026-09-25", 87.84),
            ),
            // Headers only, without their body.
            fails("recorded_headers_charts_historical.empty", "SPY", "empty"),
            // The end of a file, without its first line.
            fails("recorded_headers_index_history_tail.csv", "_VIX", "malformed"),
            values(
                "reserialised_COR1M_History_to_2026-03-27.csv",
                "_COR1M",
                5090,
                ("2006-01-03", 23.5),
                ("2026-03-27", 41.68),
            ),
            values(
                "reserialised_DSPX_History_to_2026-03-27.csv",
                "_DSPX",
                2961,
                ("2014-06-19", 17.81),
                ("2026-03-27", 31.87),
            ),
            values(
                "reserialised_VIX_History_to_2026-03-27.csv",
                "_VIX",
                8586,
                ("1990-01-02", 17.24),
                ("2026-03-27", 31.05),
            ),
            values(
                "reserialised_VVIX_History_to_2026-03-27.csv",
                "_VVIX",
                4987,
                ("2006-03-06", 71.73),
                ("2026-03-27", 133.18),
            ),
        ],
    );
}
