//! Addresses with parameters.

use url::Url;

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
