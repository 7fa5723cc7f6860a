//! Digests as they are kept: the first of a day stays.

use std::sync::Arc;

use convex_core::Day;

use super::{Content, make};
use crate::desk::{Desk, Error};

/// The digest of a day if it is kept.
pub(crate) async fn kept(desk: &Desk, day: Day) -> Result<Option<Content>, Error> {
    let found = desk.readers().digest(day).await?;
    Ok(found.and_then(|(_, text)| serde_json::from_str(&text).ok()))
}

/// The digest of a day: as it is kept, else made now from what was known at its end.
pub(crate) async fn kept_or_made(desk: &Arc<Desk>, day: Day) -> Result<Content, Error> {
    match kept(desk, day).await? {
        Some(content) => Ok(content),
        None => make(desk, day, day >= desk.today(), before(desk, day).await?.as_ref()).await,
    }
}

/// Makes the digest of a day and keeps it, unless it is kept. A simulated market has no past worth keeping, unless
/// nothing else is there to be sent.
pub(crate) async fn keep(desk: &Arc<Desk>, day: Day) -> Result<Content, Error> {
    let content = kept_or_made(desk, day).await?;
    // A value of plain texts is always JSON.
    let text = serde_json::to_string(&content).unwrap_or_default();
    let text = desk.readers().keep_digest(day, &text, desk.now()).await?;
    Ok(serde_json::from_str(&text).unwrap_or(content))
}

/// The newest digest before a day.
async fn before(desk: &Desk, day: Day) -> Result<Option<Content>, Error> {
    let newest = desk.readers().digests(60).await?;
    Ok(newest.into_iter().find(|one| one.0 < day).and_then(|(_, _, text)| serde_json::from_str(&text).ok()))
}
