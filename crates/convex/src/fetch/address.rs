//! Where a request goes: to the provider's own hosts, or to the address configured in their place, and nowhere else.

use convex_core::catalog::Provider;
use convex_sources::{Failure, Network};
use url::Url;

use crate::config::BaseUrl;

/// Where a request goes, and where an answer may send it on to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The address, without a key.
    pub(super) url: Url,
    /// The configured address that stands in for the provider's own.
    pub(super) via: Option<String>,
    bounds: Bounds,
}

#[derive(Clone, Debug)]
enum Bounds {
    /// Any host of this domain, over a secure connection.
    Domain(&'static str),
    /// This host and port only, not less securely than the request itself.
    Origin,
}

impl Target {
    /// The target of a request.
    ///
    /// # Errors
    /// [`Failure::BadRequest`] for an address that is not the provider's.
    pub(super) fn of(provider: Provider, address: &str, base: Option<&BaseUrl>) -> Result<Self, Failure> {
        let refuse =
            |what: &str| Failure::BadRequest { detail: format!("not an address of {}: {what}", provider.name()) };
        let url = Url::parse(address).map_err(|_| refuse(address))?;
        if let Some(base) = base {
            return Ok(Self { url: base.carry(&url), via: Some(base.to_string()), bounds: Bounds::Origin });
        }
        let target = match domain(provider) {
            Some(domain) => Self { url, via: None, bounds: Bounds::Domain(domain) },
            // Files the operator has named lie wherever the operator says.
            None if provider == Provider::File && matches!(url.scheme(), "http" | "https") => {
                Self { url, via: None, bounds: Bounds::Origin }
            }
            None => return Err(refuse(address)),
        };
        if target.admits(&target.url) { Ok(target) } else { Err(refuse(&host(&target.url))) }
    }

    /// Where a redirect leads.
    ///
    /// # Errors
    /// [`Network::Redirects`] if it leads elsewhere than a request of this source may go.
    pub(super) fn follow(&self, from: &Url, location: &str) -> Result<Url, Failure> {
        let refuse = Failure::Network(Network::Redirects);
        let mut url = from.join(location).map_err(|_| refuse.clone())?;
        url.set_fragment(None);
        let downgrade = from.scheme() == "https" && url.scheme() != "https";
        if downgrade || !self.admits(&url) { Err(refuse) } else { Ok(url) }
    }

    fn admits(&self, url: &Url) -> bool {
        if !url.username().is_empty() || url.password().is_some() {
            return false;
        }
        match self.bounds {
            Bounds::Domain(domain) => {
                let of_domain = |host: &str| {
                    host == domain || host.strip_suffix(domain).is_some_and(|before| before.ends_with('.'))
                };
                url.scheme() == "https" && url.host_str().is_some_and(of_domain)
            }
            Bounds::Origin => {
                url.host() == self.url.host()
                    && (url.port_or_known_default() == self.url.port_or_known_default()
                        || (self.url.scheme(), url.scheme()) == ("http", "https") && url.port().is_none())
                    && matches!(url.scheme(), "http" | "https")
            }
        }
    }
}

/// Host and port, under which failures of a host are counted.
pub(super) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The domain of a provider's hosts.
fn domain(provider: Provider) -> Option<&'static str> {
    Some(match provider {
        Provider::Fred => "stlouisfed.org",
        Provider::Cboe => "cboe.com",
        Provider::Yahoo => "yahoo.com",
        Provider::Coingecko => "coingecko.com",
        Provider::Coinbase => "coinbase.com",
        Provider::Kraken => "kraken.com",
        Provider::GoldApi => "gold-api.com",
        Provider::Lbma => "lbma.org.uk",
        Provider::Treasury => "treasury.gov",
        Provider::Bls => "bls.gov",
        Provider::Eia => "eia.gov",
        Provider::Ecb => "europa.eu",
        Provider::Tiingo => "tiingo.com",
        Provider::AlphaVantage => "alphavantage.co",
        Provider::TwelveData => "twelvedata.com",
        Provider::File | Provider::Sample => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_providers_own_hosts_are_asked() {
        let check = |provider, address: &str, allowed: bool| {
            assert_eq!(Target::of(provider, address, None).is_ok(), allowed, "{address}");
        };
        check(Provider::Fred, "https://fred.stlouisfed.org/graph/fredgraph.csv?id=DGS10", true);
        check(Provider::Fred, "https://stlouisfed.org/", true);
        check(Provider::Fred, "http://fred.stlouisfed.org/", false);
        check(Provider::Fred, "https://evilstlouisfed.org/", false);
        check(Provider::Fred, "https://stlouisfed.org.evil.example/", false);
        check(Provider::Fred, "https://fred.stlouisfed.org@evil.example/", false);
        check(Provider::Fred, "https://user:x@fred.stlouisfed.org/", false);
        check(Provider::Fred, "https://169.254.169.254/latest/meta-data", false);
        check(Provider::Fred, "file:///etc/passwd", false);
        check(Provider::File, "https://example.org/mine.csv", true);
        check(Provider::File, "file:///etc/passwd", false);
        check(Provider::Sample, "https://example.org/", false);
    }

    #[test]
    fn every_source_asks_only_its_own_hosts() {
        use convex_core::catalog::Catalog;
        use convex_sources::{Access, Purpose, Want, registry};
        let mut asked = 0;
        for metric in Catalog::builtin().metrics() {
            for of in &metric.sources {
                let Some(source) = registry::source(of.provider) else { continue };
                let history = Purpose::History { since: None };
                for (purpose, access) in [
                    (history, Access::Keyless),
                    (history, Access::Key),
                    (history, Access::ProKey),
                    (Purpose::Quote, Access::Key),
                    (Purpose::Vintages { since: None }, Access::Key),
                ] {
                    let now = "2026-11-20T12:00:00Z".parse().unwrap();
                    let want = Want { symbols: &[&of.symbol], purpose, now, access };
                    for request in source.requests(&want).unwrap_or_default() {
                        assert!(Target::of(of.provider, &request.url, None).is_ok(), "{}", request.url);
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 100, "{asked}");
    }

    #[test]
    fn redirects_stay_with_the_provider() {
        let own = Target::of(Provider::Yahoo, "https://query1.finance.yahoo.com/v8", None).unwrap();
        let base = BaseUrl::try_from("http://127.0.0.1:8080/mirror".to_owned()).unwrap();
        let via = Target::of(Provider::Yahoo, "https://query1.finance.yahoo.com/v8", Some(&base)).unwrap();
        assert_eq!(via.url.as_str(), "http://127.0.0.1:8080/mirror/v8");
        let check = |target: &Target, location: &str, expected: Option<&str>| {
            let to = target.follow(&target.url, location).ok();
            assert_eq!(to.as_ref().map(Url::as_str), expected, "{location}");
        };
        check(&own, "/v9#x", Some("https://query1.finance.yahoo.com/v9"));
        check(&own, "https://query2.finance.yahoo.com/v8", Some("https://query2.finance.yahoo.com/v8"));
        check(&own, "http://query2.finance.yahoo.com/v8", None);
        check(&own, "https://yahoo.com.evil.example/", None);
        check(&own, "//127.0.0.1/", None);
        check(&via, "/there", Some("http://127.0.0.1:8080/there"));
        check(&via, "https://127.0.0.1/there", Some("https://127.0.0.1/there"));
        check(&via, "http://127.0.0.1:22/", None);
        check(&via, "https://query1.finance.yahoo.com/v8", None);
    }
}
