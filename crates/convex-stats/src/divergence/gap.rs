//! How far a level is from its recent past, and for how long.

use super::WINDOW;
use crate::Undefined;
use crate::rolling::rolling_moments;

/// A wide gap: |z| rose above 2 and has not fallen below 0.5 since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Episode {
    /// Place in the series of z at which |z| rose above 2.
    pub first: usize,
    /// Place at which |z| fell below 0.5; `None` if it has not yet.
    pub closed: Option<usize>,
}

/// Each level less the mean of the last 252, its own included, by their standard deviation: n - 251 values without unit.
///
/// Not a number where a window is constant. Needs 252 finite values without gaps. Errors: [`Undefined::TooFew`],
/// [`Undefined::NotMeaningful`] if a square overflows.
///
/// ```
/// let line: Vec<f64> = (0..300).map(f64::from).collect();
/// let z = convex_stats::divergence::trailing_z(&line).unwrap();
/// assert_eq!(z.len(), 49);
/// assert!((z[0] - 125.5 / (252.0 * 253.0 / 12.0_f64).sqrt()).abs() < 1e-12);
/// ```
pub fn trailing_z(levels: &[f64]) -> Result<Vec<f64>, Undefined> {
    let windows = rolling_moments(levels, WINDOW)?;
    Ok(levels[WINDOW - 1..].iter().zip(windows).map(|(level, window)| (level - window.mean) / window.stdev).collect())
}

/// The wide gaps of a series of z, in order: entered where |z| rises above 2, left where it falls below 0.5.
///
/// ```
/// use convex_stats::divergence::{Episode, episodes};
///
/// let found = episodes(&[0.0, 2.5, 1.0, 2.5, 0.4, -2.1]);
/// assert_eq!(found, [Episode { first: 1, closed: Some(4) }, Episode { first: 5, closed: None }]);
/// ```
pub fn episodes(z: &[f64]) -> Vec<Episode> {
    let mut found: Vec<Episode> = Vec::new();
    let mut inside = false;
    for (place, z) in z.iter().enumerate() {
        if inside && z.abs() < 0.5 {
            inside = false;
            if let Some(episode) = found.last_mut() {
                episode.closed = Some(place);
            }
        } else if !inside && z.abs() > 2.0 {
            inside = true;
            found.push(Episode { first: place, closed: None });
        }
    }
    found
}
