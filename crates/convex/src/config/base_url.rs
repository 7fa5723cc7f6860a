//! The address that stands in for a provider's own.

use std::fmt;

use serde::Deserialize;
use url::Url;

/// Scheme, host and port, perhaps with the beginning of a path. The rest of each address follows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// The address, with the path and query of another one behind its own path.
    pub fn carry(&self, address: &Url) -> Url {
        let mut carried = self.0.clone();
        carried.set_path(&format!("{}{}", self.0.path().trim_end_matches('/'), address.path()));
        carried.set_query(address.query());
        carried
    }

    /// The address itself.
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let url = Url::parse(&text).map_err(|error| format!("\"{text}\" is not an address: {error}"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a name or password does not belong in an address: it would be logged".to_owned());
        }
        if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") || url.host().is_none() {
            return Err(format!("\"{text}\" is not an address like https://host or http://127.0.0.1:8080"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!("\"{text}\" has a query: write only scheme, host, port and path"));
        }
        Ok(Self(url))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carries_path_and_query_of_the_provider() {
        let check = |base: &str, address: &str, expected: &str| {
            let base = BaseUrl::try_from(base.to_owned()).unwrap();
            assert_eq!(base.carry(&address.parse().unwrap()).as_str(), expected);
        };
        let address = "https://api.stlouisfed.org/fred/series?id=A%20B&x=1";
        check("http://127.0.0.1:9", address, "http://127.0.0.1:9/fred/series?id=A%20B&x=1");
        check("http://127.0.0.1:9/", address, "http://127.0.0.1:9/fred/series?id=A%20B&x=1");
        check("https://mirror.example/fred-api/", address, "https://mirror.example/fred-api/fred/series?id=A%20B&x=1");
        check("ws://127.0.0.1:9", "wss://ws.kraken.com/v2", "ws://127.0.0.1:9/v2");
    }

    #[test]
    fn refuses_what_is_no_base() {
        let check = |text: &str, expected: &str| {
            let error = BaseUrl::try_from(text.to_owned()).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        };
        check("localhost:8080", "is not an address like");
        check("ftp://host", "is not an address like");
        check("/path", "is not an address: ");
        check("https://host/?q=1", "has a query");
        check("https://user:secret@host", "does not belong in an address");
        assert!(!BaseUrl::try_from("https://user:secret@host".to_owned()).unwrap_err().contains("secret"));
    }
}
