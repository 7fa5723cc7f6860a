//! Query strings and path parts, checked before anything is asked of the desk.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use convex_core::Day;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Problem;

/// A query string read into `T`; what cannot be read is a problem of status 400, never a bare text.
#[derive(Debug)]
pub(super) struct Checked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Checked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(query) = Query::<T>::from_request_parts(parts, state)
            .await
            .map_err(|rejection| Problem::bad_request(rejection.body_text()))?;
        Ok(Self(query))
    }
}

/// `?as_of=YYYY-MM-DD`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AsOf {
    as_of: Option<String>,
}

impl AsOf {
    /// The day asked for, if one was.
    pub(super) fn day(&self) -> Result<Option<Day>, Problem> {
        parse_day("as_of", self.as_of.as_deref())
    }
}

/// A day under a name; an empty value is as good as none.
pub fn parse_day(name: &str, text: Option<&str>) -> Result<Option<Day>, Problem> {
    match text {
        None | Some("") => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|error: convex_core::NotADay| Problem::bad_request(format!("{name}: {error}"))),
    }
}

/// The two names in `a-vs-b`.
pub fn split_pair(pair: &str) -> Option<(&str, &str)> {
    let (a, b) = pair.split_once("-vs-")?;
    (!a.is_empty() && !b.is_empty()).then_some((a, b))
}

/// What a visitor sent, short enough to repeat.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
