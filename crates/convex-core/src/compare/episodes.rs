//! When the link broke before, what followed: episodes of a rolling correlation low against its own past.

use convex_stats::correlation::pearson;
use convex_stats::describe::median;

use super::episodes_past::Past;
use super::episodes_share::{LEAST, wilson};
use super::group::{Group, absent, span};
use super::{Changes, GapKind};
use crate::figure::{Figures, Unavailable, Unit};

const METHOD: &str = "the correlation of 63 changes fell below the 5th percentile of its own past (504 windows or more), \
                      until back above the median of that past";
const MOVES: &str = "median absolute move of the gap over 63 sessions";

/// Changes in a window, and sessions over which it is followed.
const WINDOW: usize = 63;
/// Windows a past needs.
const PAST: usize = 504;

const LEAVES: [&str; 7] =
    ["episodes", "median_sessions", "share_back", "share_back_95", "move_after", "move_usual", "still_open"];

/// An episode, by places among the windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Episode {
    /// The window that fell below.
    begin: usize,
    /// The first window back above; `None` if there is none yet.
    back: Option<usize>,
}

/// `breakdown.*`. With fewer than eight episodes only their number stands.
pub(super) fn put(figures: &mut Figures, changes: &Changes, gap: GapKind) {
    let n = changes.days.len();
    let need = PAST + WINDOW;
    if n < need {
        return put_absent(figures, &Unavailable::TooFew { have: n, need });
    }
    let windows: Vec<f64> = changes
        .a
        .windows(WINDOW)
        .zip(changes.b.windows(WINDOW))
        // A window that does not vary has no link.
        .map(|(a, b)| pearson(a, b).unwrap_or(0.0))
        .collect();
    let found = episodes(&windows);
    let mut group = Group::new(figures, "breakdown", n, span(&changes.days));
    group.count("episodes", found.len(), METHOD);
    group.count("still_open", found.iter().filter(|episode| episode.back.is_none()).count(), METHOD);
    if found.len() < LEAST {
        let few = Unavailable::TooFew { have: found.len(), need: LEAST };
        LEAVES.iter().filter(|leaf| !["episodes", "still_open"].contains(leaf)).for_each(|leaf| {
            group.put(leaf, Err(few.clone()));
        });
        return;
    }
    let lengths: Vec<f64> = found.iter().filter_map(|e| Some((e.back? - e.begin) as f64)).collect();
    match median(&lengths) {
        Ok(length) => group.number("median_sessions", length, Unit::Sessions, METHOD),
        Err(why) => group.put("median_sessions", Err(why.into())),
    };
    put_share_back(&mut group, &found, windows.len());
    put_moves(&mut group, &found, changes, gap);
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "breakdown", &LEAVES, why);
}

/// Of the episodes that could be followed for 63 sessions, how many were over by then.
fn put_share_back(group: &mut Group<'_>, found: &[Episode], windows: usize) {
    let followed: Vec<&Episode> = found.iter().filter(|episode| episode.begin + WINDOW < windows).collect();
    let back = followed.iter().filter(|e| e.back.is_some_and(|back| back - e.begin <= WINDOW)).count();
    if followed.len() < LEAST {
        let few = Unavailable::TooFew { have: followed.len(), need: LEAST };
        group.put("share_back", Err(few.clone())).put("share_back_95", Err(few));
        return;
    }
    let interval = wilson(back, followed.len());
    group.within("share_back", back as f64 / followed.len() as f64, interval, Unit::Fraction, METHOD).interval(
        "share_back_95",
        interval,
        Unit::Fraction,
        METHOD,
    );
}

/// How far the gap moved over the 63 sessions after an episode began, beside all stretches of 63 sessions.
fn put_moves(group: &mut Group<'_>, found: &[Episode], changes: &Changes, gap: GapKind) {
    if gap == GapKind::None {
        let none = Unavailable::NotMeaningful("one leg is measured in log changes, the other in differences");
        group.put("move_after", Err(none.clone())).put("move_usual", Err(none));
        return;
    }
    let mut path = vec![0.0];
    path.extend(changes.a.iter().zip(&changes.b).scan(0.0, |at, (a, b)| {
        *at += a - b;
        Some(*at)
    }));
    let moved = |from: usize| (path.get(from + WINDOW)? - path.get(from)?).abs().into();
    let after: Vec<f64> = found.iter().filter_map(|episode| moved(episode.begin + WINDOW)).collect();
    let usual: Vec<f64> = (0..path.len()).filter_map(moved).collect();
    let is_ratio = gap == GapKind::Ratio;
    let unit = if let GapKind::Spread(unit) = gap { Unit::Own(unit) } else { Unit::Fraction };
    for (leaf, moves) in [("move_after", after), ("move_usual", usual)] {
        match median(&moves) {
            Ok(middle) => group.number(leaf, if is_ratio { middle.exp_m1() } else { middle }, unit, MOVES),
            Err(why) => group.put(leaf, Err(why.into())),
        };
    }
}

/// Each window is judged by those before it, in the direction of their median: a link of one sign breaks towards the other.
fn episodes(windows: &[f64]) -> Vec<Episode> {
    let mut past = Past::of(windows);
    let mut found: Vec<Episode> = Vec::new();
    // Direction and median of the past in which the open episode began.
    let mut open: Option<(f64, f64)> = None;
    for (at, now) in windows.iter().enumerate() {
        match open {
            Some((direction, middle)) if direction * now >= direction * middle => {
                if let Some(episode) = found.last_mut() {
                    episode.back = Some(at);
                }
                open = None;
            }
            None if past.known() >= PAST => {
                let middle = past.quantile(0.5);
                let (direction, edge) =
                    if middle >= 0.0 { (1.0, past.quantile(0.05)) } else { (-1.0, past.quantile(0.95)) };
                if direction * now < direction * edge {
                    found.push(Episode { begin: at, back: None });
                    open = Some((direction, middle));
                }
            }
            _ => {}
        }
        past.learn();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_episode_begins_below_the_edge_and_ends_at_the_median() {
        let mut windows: Vec<f64> = (0..600).map(|t| 0.6 + f64::from(t * 37 % 101) / 1_000.0).collect();
        windows[510] = 0.1;
        windows[511] = 0.62;
        windows[512] = 0.9;
        windows[599] = 0.0;
        let found = episodes(&windows);
        assert!(found.contains(&Episode { begin: 510, back: Some(512) }), "{found:?}");
        assert!(found.contains(&Episode { begin: 599, back: None }), "{found:?}");
        // Nothing is judged before 504 windows are known, and an inverse link breaks upwards.
        let turned: Vec<f64> = windows.iter().map(|window| -window).collect();
        assert!(episodes(&turned).contains(&Episode { begin: 510, back: Some(512) }));
        assert!(found.iter().all(|episode| episode.begin >= PAST));
    }
}
