//! What a form sent.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};

use crate::web::errors::PageError;

/// Names and values in the order they were sent.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of that name, without the space around it.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// Whether a box of that name was ticked.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Every value of that name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        // A body that is longer than any form is cut off by the layer around, which says so.
        let body = Bytes::from_request(request, state).await.map_err(|_| PageError::TooLarge)?;
        let pairs = url::form_urlencoded::parse(&body);
        Ok(Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()))
    }
}
