//! Whether a provider gives less than it did.

use super::{Offer, Shortened};
use crate::{Day, Series};

/// Kept observations the provider may lack before it is said: corrections take away a few.
const FEW: usize = 5;

/// The provider's loss of history, if it offered all it has.
pub(super) fn shortened(known: &Series, offer: &Offer<'_>) -> Option<Shortened> {
    let (kept_from, _) = known.first()?;
    if !offer.whole {
        return None;
    }
    let mut offered: Vec<Day> = offer.points.iter().map(|point| point.day).collect();
    offered.sort_unstable();
    let missing = known.days().iter().filter(|day| offered.binary_search(day).is_err()).count();
    let offered_from = offered.first().copied();
    let later = offered_from.is_none_or(|from| from > kept_from);
    (missing > FEW || later && missing > 0).then_some(Shortened { kept_from, offered_from, missing })
}
