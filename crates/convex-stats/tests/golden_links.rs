//! Leads, bends, states, hedges, drivers, breaks and tails against statsmodels, scipy and ruptures; see golden/links.py.

use std::path::Path;
use std::sync::LazyLock;

use convex_stats::Interval;
use convex_stats::asymmetry::asymmetry;
use convex_stats::breaks::{Jumps, jumps, mean_breaks, variance_breaks};
use convex_stats::conditional::{Conditional, Decomposition};
use convex_stats::convexity::convexity;
use convex_stats::drivers::drivers;
use convex_stats::hedge::WalkForward;
use convex_stats::lead_lag::lead_lag;
use convex_stats::score_test::ScoreTest;
use convex_stats::tails::{Benchmark, Corner, EventSlope, tails};
use serde_json::Value;

const SEED: [u8; 32] = [42; 32];

static GOLDEN: LazyLock<Value> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden_links.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    serde_json::from_str(&text).expect("golden files are JSON")
});

/// A place in the golden file.
#[derive(Clone)]
struct Place(String);

impl Place {
    fn at(&self, name: impl std::fmt::Display) -> Self {
        Self(format!("{}/{name}", self.0))
    }

    fn value(&self) -> &'static Value {
        GOLDEN.pointer(&self.0).unwrap_or_else(|| panic!("{} is not in the file", self.0))
    }

    fn number(&self) -> f64 {
        self.value().as_f64().unwrap_or_else(|| panic!("{} is not a number", self.0))
    }

    fn numbers(&self) -> Vec<f64> {
        let list = self.value().as_array().unwrap_or_else(|| panic!("{} is not a list", self.0));
        list.iter().map(|value| value.as_f64().expect("a number")).collect()
    }

    /// Equal to `tolerance`, relative, or of `unit` where the number is next to nothing.
    #[track_caller]
    fn near(&self, name: &str, found: f64, tolerance: f64) {
        let expected = self.at(name).number();
        let allowed = tolerance * expected.abs().max(1e-3);
        assert!((found - expected).abs() <= allowed, "{}/{name}: {found}, {expected} expected", self.0);
    }

    #[track_caller]
    fn equal(&self, name: &str, found: f64) {
        self.near(name, found, 1e-9);
    }

    #[track_caller]
    fn count(&self, name: &str, found: usize) {
        assert_eq!(self.at(name).value().as_u64(), Some(found as u64), "{}/{name}", self.0);
    }

    #[track_caller]
    fn interval(&self, name: &str, found: Interval, tolerance: f64) {
        self.near(&format!("{name}/0"), found.low, tolerance);
        self.near(&format!("{name}/1"), found.high, tolerance);
    }

    #[track_caller]
    fn score_test(&self, name: &str, found: ScoreTest, tolerance: f64) {
        let place = self.at(name);
        place.near("estimate", found.estimate, tolerance);
        place.interval("ewc_95", found.ewc_95, tolerance);
        place.near("t", found.t, tolerance);
        place.count("df", found.df);
        let p = place.at("p").number();
        assert!((found.p - p).abs() <= 1e-6_f64.max(tolerance), "{}/{name}/p: {}, {p} expected", self.0, found.p);
    }

    /// A p-value from 999 draws beside one from ten times as many: within four standard errors of the two.
    #[track_caller]
    fn random_p(&self, name: &str, found: f64) {
        let expected = self.at(name).number();
        let error = (expected.max(1e-3) * (1.0 - expected) / 999.0 * 1.1).sqrt();
        assert!((found - expected).abs() <= 4.0 * error + 1e-3, "{}/{name}: {found}, {expected} expected", self.0);
    }
}

fn members(of: &str) -> impl Iterator<Item = Place> {
    let place = Place(format!("/{of}"));
    place.value().as_object().expect("named").keys().map(move |name| place.at(name))
}

fn each_pair(check: impl Fn(&Place, &[f64], &[f64])) {
    for place in members("pairs") {
        check(&place, &place.at("a").numbers(), &place.at("b").numbers());
    }
}

#[test]
fn leads() {
    each_pair(|place, a, b| {
        let (found, place) = (lead_lag(a, b, SEED).unwrap(), place.at("lead_lag"));
        place.count("n", found.n);
        place.count("ar_a", found.ar_a);
        place.count("ar_b", found.ar_b);
        for (at, ccf) in found.ccf.iter().enumerate() {
            place.equal(&format!("ccf/{at}"), *ccf);
        }
        place.random_p("p_joint", found.p_joint);
        let limits = place.at("limits/93").number()..place.at("limits/97").number();
        assert!(limits.contains(&found.limit_95), "{}: {} outside {limits:?}", place.0, found.limit_95);
        for (name, lead) in [("a_leads", found.a_leads), ("b_leads", found.b_leads)] {
            place.at(name).count("lag", lead.lag);
            place.at(name).equal("ccf", lead.ccf);
            place.at(name).random_p("p_side", lead.p_side);
        }
    });
    let leading = Place("/pairs/leading_500".into());
    let found = lead_lag(&leading.at("a").numbers(), &leading.at("b").numbers(), SEED).unwrap();
    assert!(found.b_leads.lag == 3 && found.p_joint < 0.05, "the pair was made with b three days ahead");
}

#[test]
fn bends() {
    each_pair(|place, a, b| {
        let (found, expected) = (convexity(a, b, SEED).unwrap(), place.at("convexity"));
        expected.equal("gamma", found.gamma);
        expected.equal("t_hc0", found.t_hc0);
        expected.random_p("p_wild", found.p_wild);
        let (found, expected) = (asymmetry(a, b, SEED).unwrap(), place.at("asymmetry"));
        expected.equal("beta_up", found.beta_up);
        expected.equal("beta_down", found.beta_down);
        expected.equal("difference", found.difference);
        expected.equal("t_hc0", found.t_hc0);
        expected.random_p("p_wild", found.p_wild);
    });
}

#[test]
fn states() {
    each_pair(|place, a, b| {
        let place = place.at("states");
        let pair = Conditional::new(a, b).unwrap();
        let mask = |rest: usize| (0..a.len()).map(|t| t / 90 % 3 == rest).collect::<Vec<bool>>();
        let (wild, calm) = (pair.in_state(&mask(2)).unwrap(), pair.in_state(&mask(0)).unwrap());
        for (name, state) in [("wild", &wild), ("calm", &calm)] {
            let expected = place.at(name);
            expected.count("n", state.n);
            expected.equal("pearson", state.pearson);
            expected.interval("ewc_95", state.ewc_95, 1e-9);
            expected.equal("stdev_a", state.stdev_a);
            expected.equal("stdev_b", state.stdev_b);
        }
        let found = pair.difference(&wild, &calm).unwrap();
        place.score_test("z_difference", found.z_difference, 1e-9);
        for (name, parts) in [("a_on_b", found.a_on_b), ("b_on_a", found.b_on_a)] {
            let Decomposition { log_odds, log_beta, log_sigma, log_sigma_residual } = parts;
            place.at(name).equal("log_odds", log_odds);
            place.at(name).equal("log_beta", log_beta);
            place.at(name).equal("log_sigma", log_sigma);
            place.at(name).equal("log_sigma_residual", log_sigma_residual);
        }
        let rest = pair.residual_volatility(&wild, &calm).unwrap();
        place.score_test("residual_volatility", rest, 1e-9);
        match pair.forbes_rigobon(&wild, &calm) {
            Ok(found) => place.score_test("forbes_rigobon", found, 1e-9),
            Err(_) => assert!(rest.excludes_zero(), "{}", place.0),
        }
    });
}

#[test]
fn hedges() {
    each_pair(|place, a, b| {
        for (horizon, _) in place.at("hedge").value().as_object().unwrap() {
            let found = WalkForward::new(a, b, horizon.parse().unwrap()).unwrap().hedge().unwrap();
            let expected = place.at("hedge").at(horizon);
            expected.count("n", found.n);
            expected.equal("ratio_now", found.ratio_now);
            expected.equal("in_sample_r2", found.in_sample_r2);
            expected.score_test("variance_reduction", found.variance_reduction, 1e-9);
            expected.score_test("es5_reduction", found.es5_reduction, 1e-9);
        }
    });
    assert!(GOLDEN.pointer("/pairs/fat_2000/hedge/21").is_some(), "all three horizons are compared");
}

#[test]
fn what_moves_with_a_series() {
    let place = Place("/drivers".into());
    let columns: Vec<Vec<f64>> = (0..4).map(|column| place.at("x").at(column).numbers()).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let found = drivers(&place.at("y").numbers(), &columns).unwrap();
    place.count("n", found.n);
    place.equal("r2", found.r2);
    for (at, driver) in found.drivers.iter().enumerate() {
        let expected = place.at("drivers").at(at);
        expected.score_test("slope", driver.slope, 1e-9);
        expected.equal("shapley_share", driver.shapley_share);
    }
}

#[test]
fn breaks_of_the_mean() {
    for place in members("singles") {
        let (y, place) = (place.at("y").numbers(), place.at("mean"));
        let found = mean_breaks(&y).unwrap();
        let breaks: Vec<f64> = found.breaks.iter().map(|place| *place as f64).collect();
        assert_eq!(breaks, place.at("breaks").numbers(), "{}", place.0);
        assert_eq!(found.tests.len(), place.at("tests").value().as_array().unwrap().len(), "{}", place.0);
        for (at, test) in found.tests.iter().enumerate() {
            let expected = place.at("tests").at(at);
            expected.count("breaks", test.breaks);
            expected.count("place", test.place);
            expected.count("lag", test.lag);
            expected.equal("sup_f", test.sup_f);
        }
        for (at, segment) in found.segments.iter().enumerate() {
            let expected = place.at("segments").at(at);
            expected.count("begin", segment.begin);
            expected.count("end", segment.end);
            expected.equal("mean", segment.mean);
            expected.equal("half", segment.ewc_95.width() / 2.0);
        }
    }
    let found = mean_breaks(&Place("/singles/stairs_500/y".into()).numbers()).unwrap();
    assert_eq!(found.breaks.len(), 3, "the series was made with three breaks");
}

#[test]
fn breaks_of_the_variance() {
    for place in members("singles") {
        let (y, place) = (place.at("y").numbers(), place.at("variance"));
        let found = variance_breaks(&y).unwrap();
        assert_eq!(found.breaks.len(), place.at("breaks").value().as_array().unwrap().len(), "{}", place.0);
        let places = (0..found.breaks.len()).map(|at| place.at("breaks").at(at));
        for (expected, test) in places.zip(&found.breaks).chain([(place.at("whole"), &found.whole)]) {
            expected.count("place", test.place);
            expected.count("lag", test.lag);
            expected.equal("kappa_2", test.kappa_2);
            expected.near("p", test.p, 1e-6);
            expected.near("p_persistent", test.p_persistent, 1e-6);
        }
    }
    let found = variance_breaks(&Place("/singles/spells_900/y".into()).numbers()).unwrap();
    assert!(found.breaks.len() >= 3, "the series was made with four breaks");
}

#[test]
fn jumps_beyond_the_limit() {
    let check = |found: &Jumps, place: &Place| {
        place.count("n", found.n);
        // Between two points of the table the logarithm of a chance is taken as straight.
        place.near("limit_95", found.limit_95, 1e-3);
        place.near("asymptotic_limit_95", found.asymptotic_limit_95, 1e-12);
        assert_eq!(found.jumps.len(), place.at("jumps").value().as_array().unwrap().len(), "{}", place.0);
        for (at, jump) in found.jumps.iter().enumerate() {
            let expected = place.at("jumps").at(at);
            expected.count("place", jump.place);
            expected.equal("l", jump.l);
            let p = expected.at("p").number();
            assert!((jump.p - p).abs() <= 5e-3 * p + 1e-9, "{}: {} against {p}", expected.0, jump.p);
        }
    };
    for place in members("singles") {
        check(&jumps(&place.at("y").numbers()).unwrap(), &place.at("jumps"));
        let found = jumps(&place.at("struck").numbers()).unwrap();
        check(&found, &place.at("struck_jumps"));
        assert!(!found.jumps.is_empty(), "{} was struck", place.0);
    }
}

#[test]
fn tails_beside_copulas() {
    let benchmark = |place: &Place, name: &str, found: &Benchmark, tolerance: f64| {
        place.at(name).near("value", found.value, tolerance);
        place.at(name).score_test("excess", found.excess, tolerance.max(1e-6));
    };
    let corner = |place: &Place, found: &Corner| {
        place.count("both", found.both);
        place.count("days_a", found.days_a);
        place.count("days_b", found.days_b);
        place.equal("ratio", found.ratio);
        place.interval("ewc_95", found.ewc_95, 1e-6);
        benchmark(place, "normal", &found.normal, 1e-7);
        benchmark(place, "t", &found.t, 1e-7);
    };
    let slope = |place: &Place, found: &EventSlope| {
        place.count("n", found.n);
        place.equal("slope", found.slope);
        place.interval("ewc_95", found.ewc_95, 1e-9);
        benchmark(place, "normal", &found.normal, 1e-9);
        benchmark(place, "t", &found.t, 1e-9);
    };
    each_pair(|place, a, b| {
        if a.len() < 500 {
            return;
        }
        let (found, place) = (tails(a, b).unwrap(), place.at("tails"));
        place.equal("kendall", found.kendall);
        place.equal("correlation", found.correlation);
        assert_eq!(
            place.at("degrees_of_freedom").value().as_u64(),
            found.degrees_of_freedom.map(u64::from),
            "{}",
            place.0
        );
        let corners = [
            ("low_low", &found.both_fall),
            ("high_high", &found.both_rise),
            ("low_high", &found.a_falls_b_rises),
            ("high_low", &found.a_rises_b_falls),
        ];
        for (name, found) in corners {
            let expected = place.at("corners").at(name);
            assert_eq!(expected.value().is_null(), found.is_err(), "{}", expected.0);
            if let Ok(found) = found {
                corner(&expected, found);
            }
        }
        if let Ok(found) = found.fall_less_rise {
            place.score_test("fall_less_rise", found, 1e-6);
        }
        slope(&place.at("slopes/low"), &found.on_falls.unwrap());
        slope(&place.at("slopes/high"), &found.on_rises.unwrap());
    });
}
