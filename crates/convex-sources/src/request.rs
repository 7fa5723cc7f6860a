//! What to send to a provider. Never holds a key: it says where one goes.

use convex_core::Day;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Closes by day, from a day on, or all there are.
    History {
        /// First day of interest; `None` for all history.
        since: Option<Day>,
    },
    /// The latest value within the day.
    Quote,
    /// Closes by day with every revision and the day each became known.
    Vintages {
        /// First day of interest; `None` for all history.
        since: Option<Day>,
    },
}

impl Purpose {
    /// The word under which an archived answer is kept.
    pub fn key(self) -> &'static str {
        match self {
            Self::History { .. } => "history",
            Self::Quote => "quote",
            Self::Vintages { .. } => "vintages",
        }
    }

    /// The purpose of that word; what it asked from is no longer known.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "history" => Some(Self::History { since: None }),
            "quote" => Some(Self::Quote),
            "vintages" => Some(Self::Vintages { since: None }),
            _ => None,
        }
    }

    /// First day of interest, if there is one.
    pub fn since(self) -> Option<Day> {
        match self {
            Self::History { since } | Self::Vintages { since } => since,
            Self::Quote => None,
        }
    }
}

/// One request. Two equal requests ask the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// What it is for.
    pub purpose: Purpose,
    /// The series its answer can hold, by the provider's own names.
    pub symbols: Vec<String>,
    /// The method.
    pub method: Method,
    /// The address with its query, without a key: `https://host/path?query`.
    pub url: String,
    /// What is sent in the body.
    pub body: Option<Body>,
    /// Further headers; never a key.
    pub headers: Vec<(&'static str, String)>,
    /// Where the key goes.
    pub key: KeyPlace,
}

impl Request {
    /// A plain `GET` without a key.
    pub fn get(purpose: Purpose, symbols: &[&str], url: impl Into<String>) -> Self {
        Self {
            purpose,
            symbols: symbols.iter().map(|&symbol| symbol.to_owned()).collect(),
            method: Method::Get,
            url: url.into(),
            body: None,
            headers: Vec::new(),
            key: KeyPlace::Nowhere,
        }
    }

    /// The same request with its key in a place.
    #[must_use]
    pub fn with_key(self, key: KeyPlace) -> Self {
        Self { key, ..self }
    }
}

/// Method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Asks.
    Get,
    /// Asks with a body.
    Post,
}

/// Body of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Body {
    /// Its content type.
    pub content_type: &'static str,
    /// Its text, without a key.
    pub text: String,
}

/// Where the fetcher puts a key on its way out, after what is archived has been written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPlace {
    /// No key is sent.
    Nowhere,
    /// A parameter of the query.
    Query(&'static str),
    /// A header, with what stands before the key in it.
    Header {
        /// Name of the header, lower case.
        name: &'static str,
        /// What stands before the key, such as `Token `.
        prefix: &'static str,
    },
    /// A member of the JSON object in the body.
    JsonMember(&'static str),
}
