//! A key goes in at the last moment, and comes out of whatever the provider says back.

use convex_sources::{Body, Failure, KeyPlace, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use url::Url;

use crate::config::{REDACTED, Secret};

/// The address to send to. Never to be kept, logged or shown.
pub(super) fn keyed_url(url: &Url, place: KeyPlace, key: Option<&Secret>) -> Url {
    let mut url = url.clone();
    if let (KeyPlace::Query(name), Some(key)) = (place, key) {
        let key = utf8_percent_encode(key.reveal(), NON_ALPHANUMERIC);
        let query = url.query().filter(|query| !query.is_empty());
        let query = query.map_or_else(|| format!("{name}={key}"), |query| format!("{query}&{name}={key}"));
        url.set_query(Some(&query));
    }
    url
}

/// An address without a key: some providers repeat it where they send a request on to.
pub(super) fn unkeyed_url(mut url: Url, place: KeyPlace) -> Url {
    if let (KeyPlace::Query(name), Some(query)) = (place, url.query()) {
        let is_key = |pair: &&str| pair.split('=').next() == Some(name);
        let rest: Vec<&str> = query.split('&').filter(|pair| !is_key(pair)).collect();
        let rest = rest.join("&");
        url.set_query(Some(rest.as_str()).filter(|rest| !rest.is_empty()));
    }
    url
}

/// Adds headers and body of a request, with the key if it goes there.
pub(super) fn keyed(
    mut builder: RequestBuilder,
    request: &Request,
    key: Option<&Secret>,
) -> Result<RequestBuilder, Failure> {
    for (name, value) in &request.headers {
        builder = builder.header(*name, value);
    }
    if let (KeyPlace::Header { name, prefix }, Some(key)) = (request.key, key) {
        let unfit = |_| Failure::KeyRefused { detail: "it does not fit into a header".to_owned() };
        let mut value = HeaderValue::from_str(&format!("{prefix}{}", key.reveal())).map_err(unfit)?;
        value.set_sensitive(true);
        builder = builder.header(name, value);
    }
    if let Some(body) = &request.body {
        builder = builder.header(CONTENT_TYPE, body.content_type).body(keyed_body(body, request.key, key)?);
    }
    Ok(builder)
}

fn keyed_body(body: &Body, place: KeyPlace, key: Option<&Secret>) -> Result<String, Failure> {
    let (KeyPlace::JsonMember(name), Some(key)) = (place, key) else { return Ok(body.text.clone()) };
    let unfit = || Failure::BadRequest { detail: "its body is no JSON object, which its key goes into".to_owned() };
    let mut object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&body.text).map_err(|_| unfit())?;
    object.insert(name.to_owned(), key.reveal().into());
    Ok(serde_json::Value::Object(object).to_string())
}

/// Takes a key out of what a provider sent: some repeat it in their messages.
pub(super) fn without_key(bytes: Vec<u8>, key: Option<&Secret>) -> Vec<u8> {
    let Some(key) = key else { return bytes };
    let encoded = utf8_percent_encode(key.reveal(), NON_ALPHANUMERIC).to_string();
    let mut bytes = bytes;
    for form in [key.reveal(), &encoded] {
        if let Some(changed) = replaced(&bytes, form.as_bytes()) {
            bytes = changed;
        }
    }
    bytes
}

/// The bytes with every occurrence replaced; `None` if there is none.
fn replaced(bytes: &[u8], needle: &[u8]) -> Option<Vec<u8>> {
    let mut found = memchr::memmem::find_iter(bytes, needle).peekable();
    found.peek()?;
    let mut changed = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for at in found {
        changed.extend_from_slice(&bytes[from..at]);
        changed.extend_from_slice(REDACTED.as_bytes());
        from = at + needle.len();
    }
    changed.extend_from_slice(&bytes[from..]);
    Some(changed)
}

#[cfg(test)]
mod tests {
    use convex_sources::Purpose;

    use super::*;

    #[test]
    fn goes_where_the_source_says() {
        let key = Secret::new("k+/=1").unwrap();
        let url = |text: &str, place| keyed_url(&text.parse().unwrap(), place, Some(&key)).to_string();
        let place = KeyPlace::Query("api_key");
        assert_eq!(url("https://h/p", place), "https://h/p?api_key=k%2B%2F%3D1");
        assert_eq!(url("https://h/p?", place), "https://h/p?api_key=k%2B%2F%3D1");
        assert_eq!(url("https://h/p?a=%20b", place), "https://h/p?a=%20b&api_key=k%2B%2F%3D1");
        assert_eq!(url("https://h/p?a=b", KeyPlace::Nowhere), "https://h/p?a=b");
        let unkeyed = |text: &str| unkeyed_url(text.parse().unwrap(), place).to_string();
        assert_eq!(unkeyed("https://h/p?a=%20b&api_key=k&c"), "https://h/p?a=%20b&c");
        assert_eq!(unkeyed("https://h/p?api_key=k"), "https://h/p");

        let client = reqwest::Client::new();
        let built = |place, text: &str| {
            let mut request = Request::get(Purpose::Quote, &["x"], "https://h/p").with_key(place);
            request.body = Some(Body { content_type: "application/json", text: text.to_owned() });
            keyed(client.post("https://h/p"), &request, Some(&key)).map(|builder| builder.build().unwrap())
        };
        let header = built(KeyPlace::Header { name: "authorization", prefix: "Token " }, "{}").unwrap();
        assert_eq!(header.headers()["authorization"], "Token k+/=1");
        assert!(!format!("{header:?}").contains("k+/=1"), "a header with a key is not shown");
        let body = built(KeyPlace::JsonMember("registrationkey"), "{\"seriesid\":[\"A\"]}").unwrap();
        assert_eq!(body.body().unwrap().as_bytes().unwrap(), b"{\"seriesid\":[\"A\"],\"registrationkey\":\"k+/=1\"}");
        assert!(built(KeyPlace::JsonMember("k"), "[]").is_err());
    }

    #[test]
    fn comes_out_of_what_is_said_back() {
        let key = Secret::new("AB+12").unwrap();
        let check = |text: &str, expected: &str| {
            assert_eq!(String::from_utf8(without_key(text.into(), Some(&key))).unwrap(), expected);
        };
        check("your key AB+12 (AB%2B12) is out, AB+12", "your key *** (***) is out, ***");
        check("nothing here, AB+1", "nothing here, AB+1");
        assert_eq!(without_key(b"AB+12".to_vec(), None), b"AB+12");
    }
}
