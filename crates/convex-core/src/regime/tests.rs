use super::*;
use crate::figure::Unavailable;
use crate::{Day, Series};

fn day(at: i32) -> Day {
    Day::from_epoch_days(at).unwrap()
}

fn series(values: Vec<f64>) -> Series {
    Series::new((0..values.len() as i32).map(day).collect(), values).unwrap()
}

#[test]
fn bands_of_the_vix() {
    let vix = series(vec![14.99, 15.0, 24.9, 25.0, 30.0, 12.0]);
    let found = histories(|id| (id == "vixcls").then_some(&vix));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].states, [0, 1, 1, 2, 2, 0]);
    let before = found[0].until(day(4)).now().unwrap();
    assert_eq!((before.state, before.since), (2, day(3)));
}

#[test]
fn a_rule_knows_nothing_of_what_follows() {
    let market = crate::sample::market(crate::sample::SEED, crate::sample::first_day(), "2010-12-31".parse().unwrap());
    let cut: Day = "2008-06-30".parse().unwrap();
    let whole = |id: &str| market.iter().find(|sample| sample.id == id).map(|sample| &sample.series);
    let known: Vec<(&str, Series)> = market.iter().map(|sample| (sample.id, sample.series.until(cut))).collect();
    let then = histories(|id| known.iter().find(|(other, _)| *other == id).map(|(_, series)| series));
    let now = histories(whole);
    assert!(then.len() >= 5, "{}", then.len());
    for (then, now) in then.iter().zip(&now) {
        // What is published later is dated later: cut at what was known.
        let last = *then.days.last().unwrap();
        assert_eq!(then.rule.id, now.rule.id);
        let now = now.until(last.min(cut));
        assert_eq!(then.until(cut).states, now.states, "{}", then.rule.id);
        assert_eq!(then.until(cut).chances, now.chances, "{}", then.rule.id);
    }
}

#[test]
fn spans_do_not_overlap() {
    let vix = series([[10.0; 42], [30.0; 42]].concat());
    let now = histories(|id| (id == "vixcls").then_some(&vix))[0].now().unwrap();
    // From 42 and from 63: the second would end beyond the last day.
    assert_eq!((now.spans, now.kept), (1, 1));
}

#[test]
fn appetite_is_fifty_where_nothing_is_unusual() {
    let wave = |at: i32| (f64::from(at) * 0.7).sin() * 0.01;
    let all: Vec<Series> = (0..10)
        .map(|leg| series((0..200).map(|at| (f64::from(leg) * 0.1 + f64::from(leg % 2) * wave(at)).exp()).collect()))
        .collect();
    let ids: Vec<&str> = APPETITE.iter().flat_map(|(risky, safe)| [*risky, *safe]).collect();
    let found = appetite(|id| ids.iter().position(|other| *other == id).map(|at| &all[at])).unwrap();
    assert_eq!(found.index.len(), 141);
    assert!(found.index.values().iter().all(|value| (0.0..=100.0).contains(value)));
    let mean = found.index.values().iter().sum::<f64>() / 141.0;
    assert!((mean - 50.0).abs() < 5.0, "{mean}");
    assert!((found.parts.iter().sum::<f64>() - found.index.values()[140]).abs() < 1e-9);
}

#[test]
fn appetite_does_not_rest_on_what_has_ended() {
    let long = series((0..200).map(|at| 100.0 + f64::from(at % 7)).collect());
    let (behind, ended) = (long.until(long.days()[195]), long.until(long.days()[180]));
    let with = |hyg| appetite(|id| if id == "hyg" { hyg } else { Some(&long) });
    assert_eq!(with(Some(&behind)).unwrap().index.last().map(|(day, _)| day), Some(long.days()[195]));
    assert_eq!(with(Some(&ended)), Err(Unavailable::Stale { id: "hyg".to_owned(), last: long.days()[180] }));
    assert_eq!(with(None), Err(Unavailable::Needs("hyg".to_owned())));
}
