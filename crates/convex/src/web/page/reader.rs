//! The reader a link belongs to.

use std::sync::Arc;

use convex_store::Subscriber;

use crate::desk::Desk;
use crate::mail::{Mailer, Purpose, Token};
use crate::web::errors::PageError;

/// Who sends mail; without anybody the pages of mail are not there.
pub(super) fn mailer(desk: &Desk) -> Result<Arc<Mailer>, PageError> {
    desk.mailer().cloned().ok_or(PageError::NotFound)
}

/// The reader of a link that is good for this.
pub(super) async fn reader(desk: &Desk, text: &str, purpose: Purpose) -> Result<Subscriber, PageError> {
    let mailer = mailer(desk)?;
    // One answer to whatever is wrong, so that a link tells nobody who reads here.
    let bad = || {
        PageError::BadRequest("this link is not good any more: it was used up, has expired, or is not whole".to_owned())
    };
    let id = Token::claimed(text).map_err(|_| bad())?;
    let reader = desk.readers().subscriber(id).await.map_err(failed)?.ok_or_else(bad)?;
    let token = Token::read(text, &mailer.links.key, &reader.address, purpose, desk.now()).map_err(|_| bad())?;
    if token.generation != reader.generation {
        return Err(bad());
    }
    Ok(reader)
}

/// A failure of the database, for the log.
#[expect(clippy::needless_pass_by_value, reason = "it is mapped over")]
pub(super) fn failed(error: convex_store::StoreError) -> PageError {
    tracing::error!(%error, "a page of mail failed");
    PageError::Internal
}
