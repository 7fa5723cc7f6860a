//! What every page has around it: title, search field, mark of simulated data, addresses of style and script.

use super::origin::Origin;
use crate::desk::Desk;

/// Addresses and labels of the menu.
pub(super) const MENU: [(&str, &str); 10] = [
    ("/", "Today"),
    ("/screen", "Screen"),
    ("/correlations", "Correlations"),
    ("/regime", "Regime"),
    ("/scenarios", "Scenarios"),
    ("/forecasts", "Forecasts"),
    ("/metrics", "Metrics"),
    ("/methods", "Methods"),
    ("/sources", "Sources"),
    ("/status", "Status"),
];

/// The frame of a page.
#[derive(Clone, Debug)]
pub(super) struct Shell {
    pub(super) title: String,
    pub(super) description: String,
    /// Scheme and host, where addresses must be whole.
    pub(super) origin: String,
    /// The one address of the page, for search engines.
    pub(super) canonical: Option<String>,
    /// Address of the picture that stands for the page where it is shared.
    pub(super) picture: Option<String>,
    /// Blocks of structured data, ready to stand in script elements.
    pub(super) structured: Vec<String>,
    /// Whether the data are simulated.
    pub(super) sample: bool,
    /// Which entry of the menu is the page's own.
    pub(super) active: &'static str,
    /// What stands in the search field.
    pub(super) search: String,
    /// Whether search engines are asked to leave the page out.
    pub(super) is_hidden: bool,
    /// Whether mail can be asked for.
    pub(super) has_mail: bool,
}

impl Shell {
    /// A frame with a title and a description.
    pub(super) async fn of(desk: &Desk, title: impl Into<String>, description: impl Into<String>) -> Self {
        let sample = desk.is_sample().await;
        Self {
            title: title.into(),
            description: description.into(),
            origin: desk.public_url().unwrap_or_default().to_owned(),
            canonical: None,
            picture: None,
            structured: Vec::new(),
            sample,
            active: "",
            search: String::new(),
            is_hidden: sample,
            has_mail: desk.mailer().is_some(),
        }
    }

    /// The entry of the menu that leads here, which is also the address of the page.
    pub(super) fn at(mut self, path: &'static str) -> Self {
        self.active = path;
        self.canonical = Some(path.to_owned());
        self
    }

    /// Where the site is found.
    pub(super) fn from(mut self, origin: &Origin) -> Self {
        self.origin.clone_from(&origin.0);
        self
    }

    /// The picture that stands for the page.
    pub(super) fn picture(mut self, path: impl Into<String>) -> Self {
        self.picture = Some(path.into());
        self
    }

    /// What search engines read.
    pub(super) fn structured(mut self, blocks: Vec<String>) -> Self {
        self.structured = blocks;
        self
    }

    pub(super) fn canonical(mut self, path: impl Into<String>) -> Self {
        self.canonical = Some(path.into());
        self
    }

    /// Whether an entry of the menu is the page's own.
    pub(super) fn is_at(&self, path: &str) -> bool {
        self.active == path
    }

    /// The menu.
    #[expect(clippy::unused_self, reason = "templates call it on the frame")]
    pub(super) fn pages(&self) -> &'static [(&'static str, &'static str)] {
        &MENU
    }

    #[expect(clippy::unused_self, reason = "templates call it on the frame")]
    pub(super) fn style(&self) -> &'static str {
        env!("CONVEX_STYLE")
    }

    #[expect(clippy::unused_self, reason = "templates call it on the frame")]
    pub(super) fn script(&self) -> &'static str {
        env!("CONVEX_SCRIPT")
    }

    #[expect(clippy::unused_self, reason = "templates call it on the frame")]
    pub(super) fn icon(&self) -> &'static str {
        env!("CONVEX_ICON")
    }

    #[expect(clippy::unused_self, reason = "templates call it on the frame")]
    pub(super) fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
