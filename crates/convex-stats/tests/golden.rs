//! Every closed form against the numbers of scipy, pandas, statsmodels and arch; see golden/README.md.

use std::path::Path;

use convex_stats::bootstrap::{correlation_interval, optimal_block_length};
use convex_stats::correlation::{correlation, pearson, pearson_influence, spearman, spearman_influence};
use convex_stats::long_run::{degrees_of_freedom, newey_west, newey_west_lag, student_975};
use convex_stats::regression::slope;
use convex_stats::rolling::{rolling_correlation, rolling_moments};
use convex_stats::tracking_error::tracking_error;
use convex_stats::volatility_ratio::volatility_ratio;
use convex_stats::{Interval, describe};
use serde_json::Value;

const SERIES: [&str; 10] = [
    "tiny_20",
    "sparse_20",
    "ties_62",
    "normal_252",
    "negative_252",
    "unrelated_252",
    "collinear_252",
    "offset_252",
    "fat_1000",
    "persistent_1000",
];

/// One file of golden values.
struct Golden {
    name: &'static str,
    values: Value,
}

impl Golden {
    fn read(name: &'static str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name).with_extension("json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        Self { name, values: serde_json::from_str(&text).expect("golden files are JSON") }
    }

    fn numbers(&self, pointer: &str) -> Vec<f64> {
        let list = self.values.pointer(pointer).and_then(Value::as_array);
        list.unwrap_or_else(|| panic!("{}{pointer}", self.name))
            .iter()
            .map(|value| value.as_f64().expect("a number"))
            .collect()
    }

    fn number(&self, pointer: &str) -> f64 {
        self.values.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("{}{pointer}", self.name))
    }

    fn pair(&self) -> (Vec<f64>, Vec<f64>) {
        (self.numbers("/x"), self.numbers("/y"))
    }

    /// Equal to 1e-9 relative, or to 1e-9 of `unit` where the number itself is next to nothing.
    #[track_caller]
    fn check(&self, pointer: &str, found: f64, unit: f64) {
        let expected = self.number(pointer);
        let allowed = 1e-9 * expected.abs().max(unit * 1e-4);
        assert!((found - expected).abs() <= allowed, "{}{pointer}: {found}, golden {expected}", self.name);
    }

    #[track_caller]
    fn check_interval(&self, pointer: &str, found: Interval, unit: f64) {
        self.check(&format!("{pointer}/0"), found.low, unit);
        self.check(&format!("{pointer}/1"), found.high, unit);
    }
}

fn each(check: impl Fn(&Golden, &[f64], &[f64])) {
    for name in SERIES {
        let golden = Golden::read(name);
        let (x, y) = golden.pair();
        check(&golden, &x, &y);
    }
}

#[test]
fn description_equals_pandas_and_scipy() {
    each(|golden, x, _| {
        let check = |name: &str, found: f64, unit: f64| golden.check(&format!("/describe/{name}"), found, unit);
        check("mean", describe::mean(x).unwrap(), describe::stdev(x).unwrap());
        check("stdev", describe::stdev(x).unwrap(), 0.0);
        check("median", describe::median(x).unwrap(), 0.0);
        check("position_of_min", describe::position_of_min(x).unwrap() as f64, 0.0);
        check("position_of_max", describe::position_of_max(x).unwrap() as f64, 0.0);
        check("skewness", describe::skewness(x).unwrap(), 1.0);
        check("excess_kurtosis", describe::excess_kurtosis(x).unwrap(), 1.0);
        check("percentile_of_last", describe::percentile_of(x, x[x.len() - 1]).unwrap(), 0.0);
        check("percentile_of_zero", describe::percentile_of(x, 0.0).unwrap(), 0.0);
        check("range_position", describe::range_position(x).unwrap(), 0.0);
        check("z_of_last", describe::z_of_last(x).unwrap(), 1.0);
        check("share_positive", describe::share_positive(x).unwrap(), 0.0);
        for share in ["0.01", "0.025", "0.3", "0.77", "0.975"] {
            check(&format!("quantiles/{share}"), describe::quantile(x, share.parse().unwrap()).unwrap(), 0.0);
        }
    });
}

#[test]
fn drawdowns_equal_pandas() {
    each(|golden, _, _| {
        let levels = golden.numbers("/levels");
        let path = describe::drawdowns(&levels).unwrap();
        golden.check("/drawdown/max", describe::max_drawdown(&levels).unwrap(), 0.0);
        golden.check("/drawdown/last", path[path.len() - 1], 0.0);
        golden.check("/drawdown/mean", describe::mean(&path).unwrap(), 0.0);
    });
}

#[test]
fn correlations_and_their_intervals_equal_scipy() {
    each(|golden, x, y| {
        let found = correlation(x, y, 20, [0; 32]).unwrap();
        golden.check("/correlation/n", found.n as f64, 0.0);
        golden.check("/correlation/pearson", found.pearson, 1.0);
        golden.check("/correlation/spearman", found.spearman, 1.0);
        golden.check_interval("/correlation/fisher_95", found.fisher_95, 1.0);
        golden.check_interval("/correlation/ewc_95", found.ewc_95, 1.0);
        golden.check_interval("/correlation/spearman_ewc_95", found.spearman_ewc_95, 1.0);
        golden.check("/bootstrap/block", found.block, 0.0);
        golden.check("/correlation/pearson", pearson(x, y).unwrap(), 1.0);
        golden.check("/correlation/spearman", spearman(x, y).unwrap(), 1.0);
    });
}

#[test]
fn influences_equal_derivatives_by_the_weight_of_one_observation() {
    each(|golden, x, y| {
        let (by_value, by_rank) = (pearson_influence(x, y).unwrap(), spearman_influence(x, y).unwrap());
        // Scores are of order one: 1e-9 of that, also where one of them happens to be small.
        for at in 0..10 {
            golden.check(&format!("/correlation/influence/{at}"), by_value.score[at], 1e4);
            golden.check(&format!("/correlation/spearman_influence/{at}"), by_rank.score[at], 1e4);
        }
    });
}

#[test]
fn block_lengths_equal_arch() {
    each(|golden, x, y| {
        let product: Vec<f64> = x.iter().zip(y).map(|(x, y)| x * y).collect();
        golden.check("/bootstrap/lengths/x", optimal_block_length(x).unwrap(), 0.0);
        golden.check("/bootstrap/lengths/y", optimal_block_length(y).unwrap(), 0.0);
        golden.check("/bootstrap/lengths/xy", optimal_block_length(&product).unwrap(), 0.0);
    });
}

#[test]
fn bootstrap_intervals_fall_within_the_sampling_error_of_arch() {
    each(|golden, x, y| {
        let block = golden.number("/bootstrap/block");
        let percentile = |p: &str| golden.values["bootstrap"]["percentiles"][p].as_f64().unwrap();
        // The rank of a percentile of 2,000 draws has a standard error of 0.35 points, of 20,000 draws 0.11.
        for (draws, [low, low_end, high, high_end]) in
            [(2_000, ["1.2", "3.8", "96.2", "98.8"]), (20_000, ["1.9", "3.1", "96.9", "98.1"])]
        {
            let found = correlation_interval(x, y, block, draws, [42; 32]).unwrap();
            let within = (percentile(low)..=percentile(low_end)).contains(&found.low)
                && (percentile(high)..=percentile(high_end)).contains(&found.high);
            assert!(within, "{}: {found:?} from {draws} draws", golden.name);
        }
    });
}

#[test]
fn slopes_equal_statsmodels() {
    each(|golden, x, y| {
        let found = slope(y, x, 20).unwrap();
        golden.check("/slope/beta", found.beta, 1.0);
        golden.check("/slope/alpha", found.alpha, 1.0);
        golden.check("/slope/se_hac", found.se_hac, 0.0);
        golden.check("/slope/r2", found.r2, 1.0);
        golden.check("/slope/lag", found.lag as f64, 0.0);
        golden.check_interval("/slope/ewc_95", found.ewc_95, 1.0);
    });
}

#[test]
fn long_run_variances_equal_statsmodels() {
    each(|golden, x, _| {
        let mean = describe::mean(x).unwrap();
        let centred: Vec<f64> = x.iter().map(|x| x - mean).collect();
        for lag in [0, 1, 4, 10] {
            golden.check(&format!("/newey_west/{lag}"), newey_west(&centred, lag).unwrap(), 0.0);
        }
    });
}

#[test]
fn volatility_ratios_and_tracking_errors_equal_numpy() {
    each(|golden, x, y| {
        golden.check("/tracking_error", tracking_error(x, y, 252.0).unwrap(), 0.0);
        if x.len() >= 60 {
            let found = volatility_ratio(x, y).unwrap();
            golden.check("/volatility_ratio/log", found.log, 1.0);
            golden.check_interval("/volatility_ratio/ewc_95", found.ewc_95, 1.0);
        }
    });
}

#[test]
fn rolling_windows_equal_pandas_and_scipy_on_each() {
    each(|golden, x, y| {
        let window = golden.number("/rolling/window") as usize;
        let moments = rolling_moments(x, window).unwrap();
        let correlations = rolling_correlation(x, y, window).unwrap();
        let scale = describe::stdev(x).unwrap();
        for (place, at) in golden.numbers("/rolling/at").into_iter().enumerate() {
            let at = at as usize;
            golden.check(&format!("/rolling/mean/{place}"), moments[at].mean, scale);
            golden.check(&format!("/rolling/stdev/{place}"), moments[at].stdev, 0.0);
            let path = format!("/rolling/correlation/{place}");
            match correlations[at] {
                Ok(found) => {
                    golden.check(&format!("{path}/0"), found.pearson, 1.0);
                    golden.check(&format!("{path}/1"), found.ewc_95.low, 1.0);
                    golden.check(&format!("{path}/2"), found.ewc_95.high, 1.0);
                }
                Err(_) => assert!(golden.values.pointer(&path).unwrap().is_null()),
            }
        }
    });
}

#[test]
fn rules_of_thumb_change_where_python_changes_them() {
    let golden = Golden::read("rules");
    let check = |name: &str, last: usize, rule: fn(usize) -> usize| {
        let mut expected = golden.values[name].as_array().unwrap().iter().peekable();
        let mut current = Value::Null;
        for n in 5..last {
            if let Some(step) = expected.next_if(|step| step[0] == n) {
                current = step[1].clone();
            }
            assert_eq!(current, rule(n), "{name} of {n}");
        }
    };
    check("degrees_of_freedom", 20_000, degrees_of_freedom);
    check("newey_west_lag", 60_000, newey_west_lag);
}

#[test]
fn quantiles_of_students_t_equal_scipy() {
    let golden = Golden::read("rules");
    for (place, row) in golden.values["student_975"].as_array().unwrap().iter().enumerate() {
        let found = student_975(row[0].as_u64().unwrap() as usize);
        let expected = golden.number(&format!("/student_975/{place}/1"));
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} of {} degrees, scipy {expected}", row[0]);
    }
}
