//! Addresses with parameters.

use url::Url;
use url::form_urlencoded::Serializer;

/// An address with its query.
pub(crate) fn address(base: &str, parameters: &[(&str, &str)]) -> String {
    format!("{base}?{}", Serializer::new(String::new()).extend_pairs(parameters).finish())
}

/// The value of a parameter of an address.
pub(crate) fn parameter(address: &str, name: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The address with some parameters set anew, the others kept in their order.
pub(crate) fn with_parameters(address: &str, changes: &[(&str, &str)]) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| changes.iter().all(|(name, _)| name != key))
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept).extend_pairs(changes);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_encoded_and_read_again() {
        let made = address("https://example.invalid/chart", &[("events", "div|split"), ("symbol", "XAU/USD")]);
        assert_eq!(made, "https://example.invalid/chart?events=div%7Csplit&symbol=XAU%2FUSD");
        assert_eq!(parameter(&made, "symbol").as_deref(), Some("XAU/USD"));
        assert_eq!(parameter(&made, "apikey"), None);
    }

    #[test]
    fn parameters_are_read_and_replaced() {
        let address = "https://host/path/?data[0]=value&offset=0&length=5000";
        assert_eq!(parameter(address, "offset").as_deref(), Some("0"));
        assert_eq!(parameter(address, "data[0]").as_deref(), Some("value"));
        assert_eq!(parameter("no address", "offset"), None);
        let next = with_parameters(address, &[("offset", "5000")]);
        assert_eq!(next, "https://host/path/?data%5B0%5D=value&length=5000&offset=5000");
        assert_eq!(parameter(&next, "data[0]").as_deref(), Some("value"));
    }
}
