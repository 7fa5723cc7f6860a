use convex_core::catalog::Provider;
use convex_sources::Purpose;

use crate::recording::{check, fails, not_asked, values};

#[test]
fn recorded_answers() {
    let all = Purpose::Vintages { since: None };
    check(
        Provider::Fred,
        "fred",
        &[
            // No header: an excerpt by its author's own hand.
            fails("alfred_first_release_DGS2_tail.csv", "DGS2", "wrong-kind"),
            fails("error_400_bad_series_id.json", "bad_series_id", "unknown-symbol"),
            fails("error_400_missing_series_id.json", "X", "bad-request"),
            not_asked("fred_release__get_release.json"),
            not_asked("fred_release_dates__get_release_dates.json"),
            not_asked("fred_series_GDP_get_series_info.json"),
            not_asked("fred_series_WGS10YR_list_methods_diff.json"),
            not_asked("fred_series_vintagedates_GDP_get_series_vintagedates.json"),
            values(
                "fred_series_observations_GDP_get_series_all_releases_json_.json",
                "GDP",
                2622,
                ("1947-01-01", 226.7),
                ("2024-07-01", 29349.924),
            )
            .purpose(all),
            values(
                "fred_series_observations_GDP_get_series_asof_date_json_.json",
                "GDP",
                2649,
                ("1947-01-01", 226.7),
                ("2018-07-01", 20658.204),
            )
            .purpose(all),
            values(
                "fred_series_observations_GDP_get_series_json_.json",
                "GDP",
                311,
                ("1947-01-01", 243.164),
                ("2024-07-01", 29349.924),
            ),
            values(
                "fred_series_observations_WGS10YR_list_methods_diff.json",
                "WGS10YR",
                2906,
                ("1962-01-05", 4.03),
                ("2024-10-25", 4.22),
            ),
            values(
                "observations_DEXBZUS_2026-03-19.json",
                "DEXBZUS",
                10,
                ("2026-03-02", 5.1901),
                ("2026-03-13", 5.2914),
            ),
            values(
                "observations_DEXSLUS_2026-03-19.json",
                "DEXSLUS",
                10,
                ("2026-03-02", 309.2),
                ("2026-03-13", 310.97),
            ),
            values(
                "observations_DEXUSEU_2026-03-19.json",
                "DEXUSEU",
                10,
                ("2026-03-02", 1.169),
                ("2026-03-13", 1.1444),
            ),
            values(
                "observations_DEXUSUK_2026-03-19.json",
                "DEXUSUK",
                10,
                ("2026-03-02", 1.3393),
                ("2026-03-13", 1.324),
            ),
            values(
                "observations_HQMCB10YR_2024-06-27.json",
                "HQMCB10YR",
                6,
                ("2023-01-01", 4.98),
                ("2023-06-01", 5.22),
            ),
            values(
                "reserialised_fredgraph_DGS2_to_2026-03-26.csv",
                "DGS2",
                8062,
                ("1994-01-03", 4.3),
                ("2026-03-26", 3.96),
            ),
            values(
                "reserialised_fredgraph_VIXCLS_to_2026-03-26.csv",
                "VIXCLS",
                8140,
                ("1994-01-03", 12.57),
                ("2026-03-26", 27.44),
            ),
        ],
    );
}
