//! What every page has around it: title, search field, mark of simulated data, addresses of style and script.

use crate::desk::Desk;

/// The frame of a page.
#[derive(Clone, Debug)]
pub(super) struct Shell {
    pub(super) title: String,
    pub(super) description: String,
    /// The one address of the page, for search engines.
    pub(super) canonical: Option<String>,
    /// Whether the data are simulated.
    pub(super) sample: bool,
    /// Which entry of the menu is the page's own.
    pub(super) active: &'static str,
    /// What stands in the search field.
    pub(super) search: String,
    /// Whether search engines are asked to leave the page out.
    pub(super) is_hidden: bool,
}

impl Shell {
    /// A frame with a title and a description.
    pub(super) async fn of(desk: &Desk, title: impl Into<String>, description: impl Into<String>) -> Self {
        let sample = desk.is_sample().await;
        Self {
            title: title.into(),
            description: description.into(),
            canonical: None,
            sample,
            active: "",
            search: String::new(),
            is_hidden: sample,
        }
    }

    /// The entry of the menu that leads here, which is also the address of the page.
    pub(super) fn at(mut self, path: &'static str) -> Self {
        self.active = path;
        self.canonical = Some(path.to_owned());
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
    pub(super) fn pages(&self) -> [(&'static str, &'static str); 7] {
        [
            ("/", "Today"),
            ("/screen", "Screen"),
            ("/correlations", "Correlations"),
            ("/metrics", "Metrics"),
            ("/methods", "Methods"),
            ("/sources", "Sources"),
            ("/status", "Status"),
        ]
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
