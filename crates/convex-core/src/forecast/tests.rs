use super::*;
use crate::catalog::Catalog;
use crate::sample::{SEED, first_day, market};
use crate::{Day, Series};

fn series(id: &str) -> Series {
    let market = market(SEED, first_day(), "2008-12-31".parse().unwrap());
    market.into_iter().find(|sample| sample.id == id).unwrap().series
}

fn target(id: &str) -> Target {
    Target::of_metric(Catalog::builtin().metric(id).unwrap(), &series(id))
}

fn options() -> Options {
    Options { paths: 400, record_paths: 200, ..Options::default() }
}

fn chain(target: &Target) -> Chain {
    let mut chain = Chain::new(target, options());
    chain.advance(target);
    chain
}

/// What a forecast says, to the last bit.
fn bytes(forecast: &Forecast) -> Vec<u8> {
    let mut bytes = format!("{forecast:?}").into_bytes();
    for outlook in &forecast.outlooks {
        bytes.extend(outlook.quantiles.iter().flat_map(|quantile| quantile.to_le_bytes()));
    }
    bytes
}

#[track_caller]
fn check_no_look_ahead(id: &str) {
    let whole = target(id);
    let long = chain(&whole);
    for cut in ["2006-03-01", "2007-11-30", "2008-09-15"] {
        let cut: Day = cut.parse().unwrap();
        let then = whole.until(cut);
        let alone = chain(&then);
        // The chain that went on has the same record of what was settled by then.
        let settled: Vec<Score> = long.scores().iter().filter(|score| score.settled <= cut).cloned().collect();
        let known = alone.scores();
        assert!(known.len() + 6 >= settled.len() && known.len() > 10, "{id} {} {}", known.len(), settled.len());
        assert_eq!(known, &settled[..known.len()], "{id} {cut}");
        // A chain taken there in steps says the same as one that began with the cut data.
        let mut steps = Chain::new(&whole, options());
        for early in [cut - 700, cut - 100, cut - 1] {
            steps.advance(&whole.until(early));
        }
        steps.advance(&then);
        let (stepped, alone) = (steps.forecast(&then).unwrap(), alone.forecast(&then).unwrap());
        assert_eq!(bytes(&stepped), bytes(&alone), "{id} {cut}");
    }
}

#[test]
fn a_price_is_forecast_without_looking_ahead() {
    check_no_look_ahead("iwm");
}

#[test]
fn a_yield_is_forecast_without_looking_ahead() {
    check_no_look_ahead("dgs10");
}

#[test]
fn a_release_is_forecast_without_looking_ahead() {
    check_no_look_ahead("icsa");
}

#[test]
fn the_future_changes_nothing() {
    let whole = target("spy");
    let cut: Day = "2007-06-29".parse().unwrap();
    let mut changed = whole.clone();
    let at = changed.days.partition_point(|day| *day <= cut);
    for level in &mut changed.levels[at..] {
        *level *= 1.5;
    }
    let forecast = |target: &Target| bytes(&chain(&target.until(cut)).forecast(&target.until(cut)).unwrap());
    assert_eq!(forecast(&whole), forecast(&changed));
}

#[test]
fn bands_lie_within_each_other_and_hold_what_they_promise() {
    let whole = target("spy");
    let chain = chain(&whole);
    let forecast = chain.forecast(&whole).unwrap();
    assert_eq!(forecast.outlooks.iter().map(|outlook| outlook.horizon).collect::<Vec<_>>(), [5, 21, 63]);
    for outlook in &forecast.outlooks {
        let [half, most, nearly] = &outlook.bands;
        assert_eq!(format!("{} {} {}", half.level, most.level, nearly.level), "0.5 0.8 0.95");
        assert!(nearly.low < most.low && most.low < half.low && half.low < outlook.median);
        assert!(outlook.median < half.high && half.high < most.high && most.high < nearly.high);
        assert!(outlook.quantiles.is_sorted() && outlook.quantiles.len() == GRID);
        assert!(nearly.low > 0.0);
    }
    let five: Vec<&Score> = chain.scores().iter().filter(|score| score.horizon == 5).collect();
    let share = five.iter().filter(|score| score.inside()[1]).count() as f64 / five.len() as f64;
    assert!((share - 0.8).abs() < 0.07, "{share} of {}", five.len());
}

#[test]
fn too_few_or_still_series_have_no_forecast() {
    let short = target("spy").until("2004-01-02".parse().unwrap());
    assert!(chain(&short).forecast(&short).is_none());
    let mut still = target("spy");
    still.levels.fill(1.0);
    assert!(chain(&still).forecast(&still).is_none());
}

#[test]
fn a_ratio_is_a_target_of_its_own() {
    let catalog = Catalog::builtin();
    let metric = |id: &str| catalog.metric(id).unwrap();
    let ratio = Target::of_pair(metric("dia"), &series("dia"), metric("iwm"), &series("iwm")).unwrap();
    assert_eq!((ratio.law, ratio.pace), (Law::Walk, Pace::Daily));
    let (dia, iwm) = (series("dia"), series("iwm"));
    let (day, last) = (ratio.days[ratio.len() - 1], ratio.levels[ratio.len() - 1]);
    let expected = dia.at_or_before(day).unwrap().1 / iwm.at_or_before(day).unwrap().1;
    assert!((ratio.value(last) / expected - 1.0).abs() < 1e-12);
    assert!(Target::of_pair(metric("dgs10"), &series("dgs10"), metric("iwm"), &series("iwm")).is_none());
    let fear = Target::of_pair(metric("iwm"), &series("iwm"), metric("vixcls"), &series("vixcls")).unwrap();
    assert_eq!(fear.law, Law::Reverting);
}
