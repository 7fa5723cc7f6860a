//! Stretches of time drawn behind the lines: recessions, and times of fear on the market.

use crate::compare::{References, recessions, scares};
use crate::{Day, Series};

/// Stretches that are marked on every chart of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shading {
    /// Recessions as dated afterwards, first to last day.
    pub recessions: Vec<(Day, Day)>,
    /// From the first close of VIX at 25 or above to the first one below 20.
    pub stress: Vec<(Day, Day)>,
}

impl Shading {
    /// The stretches the references tell, those under way among them.
    pub fn of(references: &References) -> Self {
        let recessions = references.get("usrec").map(|flags| {
            let over = recessions(flags).into_iter().map(|(before, end)| (before + 1, end));
            over.chain(open_since(flags, |flag| flag >= 0.5, |flag| flag < 0.5)).collect()
        });
        let stress = references.get("vixcls").map(|vix| {
            let over = scares(vix).into_iter().map(|(before, end)| (first_after(vix, before), end));
            over.chain(open_since(vix, |close| close >= 25.0, |close| close < 20.0)).collect()
        });
        Self { recessions: recessions.unwrap_or_default(), stress: stress.unwrap_or_default() }
    }

    /// Only what reaches into some days, cut at their ends.
    #[must_use]
    pub fn within(&self, from: Day, to: Day) -> Self {
        let cut = |spans: &[(Day, Day)]| {
            let inside = spans.iter().filter(|(begin, end)| *end >= from && *begin <= to);
            inside.map(|(begin, end)| (from.max(*begin), to.min(*end))).collect()
        };
        Self { recessions: cut(&self.recessions), stress: cut(&self.stress) }
    }
}

fn first_after(series: &Series, day: Day) -> Day {
    series.after(day).first().map_or(day, |(day, _)| day)
}

/// A stretch that has begun and is not over by the last observation.
fn open_since(series: &Series, begins: impl Fn(f64) -> bool, ends: impl Fn(f64) -> bool) -> Option<(Day, Day)> {
    let mut open = None;
    for (day, value) in series.iter() {
        if ends(value) {
            open = None;
        } else if open.is_none() && begins(value) {
            open = Some(day);
        }
    }
    open.zip(series.last().map(|(day, _)| day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(at: i32) -> Day {
        Day::from_epoch_days(at).unwrap()
    }

    #[test]
    fn what_is_over_and_what_is_under_way() {
        let series = |values: &[f64]| {
            Series::new((0..values.len() as i32).map(|at| day(at * 2)).collect(), values.to_vec()).unwrap()
        };
        let mut references = References::default();
        references.put("vixcls", series(&[14.0, 26.0, 22.0, 19.0, 24.0, 31.0, 21.0]));
        let shading = Shading::of(&references);
        assert_eq!(shading.stress, [(day(2), day(6)), (day(10), day(12))]);
        assert!(shading.recessions.is_empty());
        assert_eq!(shading.within(day(4), day(11)).stress, [(day(4), day(6)), (day(10), day(11))]);
        assert_eq!(shading.within(day(7), day(9)), Shading::default());

        references.put("usrec", series(&[0.0, 1.0, 1.0, 0.0, 1.0]));
        assert_eq!(Shading::of(&references).recessions, [(day(2), day(5)), (day(8), day(8))]);
    }
}
