//! The catalogue that comes with Convex.

use std::sync::LazyLock;

use super::entries::Catalog;
use super::read::{self, File};

/// The files of `catalog/`, in the order in which their metrics are listed.
const FILES: [(&str, &str); 9] = [
    ("metrics/equity.toml", include_str!("../../../../catalog/metrics/equity.toml")),
    ("metrics/sectors.toml", include_str!("../../../../catalog/metrics/sectors.toml")),
    ("metrics/bonds.toml", include_str!("../../../../catalog/metrics/bonds.toml")),
    ("metrics/rates.toml", include_str!("../../../../catalog/metrics/rates.toml")),
    ("metrics/volatility.toml", include_str!("../../../../catalog/metrics/volatility.toml")),
    ("metrics/commodities.toml", include_str!("../../../../catalog/metrics/commodities.toml")),
    ("metrics/currencies-crypto.toml", include_str!("../../../../catalog/metrics/currencies-crypto.toml")),
    ("metrics/macro.toml", include_str!("../../../../catalog/metrics/macro.toml")),
    ("pairs.toml", include_str!("../../../../catalog/pairs.toml")),
];

static ENTRIES: LazyLock<Vec<File>> =
    LazyLock::new(|| FILES.iter().map(|(name, text)| read::file(name, text)).collect());

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| match Catalog::merge(&ENTRIES, &[]) {
    Ok(catalog) => catalog,
    // The files are part of the program and a test reads them, so this is never seen by a user.
    Err(mistakes) => panic!("the built-in catalogue has mistakes, first {}", mistakes[0]),
});

impl Catalog {
    /// The catalogue that comes with Convex, read once.
    ///
    /// ```
    /// use convex_core::catalog::Catalog;
    /// let catalog = Catalog::builtin();
    /// assert_eq!(catalog.resolve("VIX").unwrap().id, "vixcls");
    /// assert_eq!(catalog.canonical("iwm", "dia"), ("dia".to_owned(), "iwm".to_owned()));
    /// ```
    pub fn builtin() -> &'static Self {
        &CATALOG
    }

    /// The built-in catalogue with files of the user's own laid over it. An entry with the id of a built-in one replaces
    /// it whole; so does a pair of the same two legs, in either order.
    ///
    /// ```
    /// use convex_core::catalog::Catalog;
    /// let mistakes = Catalog::with_user_files([("mine.toml", "[[pair]]\na = 'dia'\nb = 'nonesuch'")]).unwrap_err();
    /// assert_eq!(mistakes[0].to_string(), "mine.toml:1: pair dia/nonesuch lacks \"rationale\"");
    /// ```
    pub fn with_user_files<N: AsRef<str>, T: AsRef<str>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self, Vec<super::Mistake>> {
        let user: Vec<File> = files.into_iter().map(|(name, text)| read::file(name.as_ref(), text.as_ref())).collect();
        if user.is_empty() {
            return Ok(Self::builtin().clone());
        }
        Self::merge(&ENTRIES, &user)
    }
}
