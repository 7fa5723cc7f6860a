//! A site with a few invented series, a mail server, and one who sends.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use convex::clock::Clock;
use convex::config::MailConfig;
use convex::desk::Desk;
use convex::mail::{Delivered, Delivery, Mailer};
use convex_core::catalog::Catalog;
use jiff::{SignedDuration, Timestamp};
use mail_parser::{Message, MessageParser};
use tempfile::TempDir;

use crate::pages_support::{Answer, Site, write_series};
use crate::server::{Received, Server};
use crate::support::store_with;

pub(crate) const ORIGIN: &str = "https://convex.example";

/// Everything one test needs.
pub(crate) struct Setting {
    pub(crate) server: Server,
    pub(crate) desk: Arc<Desk>,
    pub(crate) site: Site,
    folders: Vec<TempDir>,
}

/// Half past seven in the morning of Friday, 2 January 2026, UTC: the invented series end two days before.
pub(crate) fn morning() -> Timestamp {
    "2026-01-02T07:30:00Z".parse().unwrap()
}

impl Setting {
    pub(crate) async fn new() -> Self {
        Self::at(morning()).await
    }

    pub(crate) async fn at(now: Timestamp) -> Self {
        let files = tempfile::tempdir().unwrap();
        write_series(files.path(), 700);
        let (store, database) = store_with(&[files.path().to_path_buf()]).await;
        let server = Server::start().await;
        let desk = desk(store, &server, now).await;
        Self { site: Site::of_desk(Arc::clone(&desk)), server, desk, folders: vec![files, database] }
    }

    /// The same database at a later time.
    pub(crate) async fn later(self, hours: i64) -> Self {
        let now = self.desk.now() + SignedDuration::from_hours(hours);
        let desk = desk(self.desk.readers().clone(), &self.server, now).await;
        Self { site: Site::of_desk(Arc::clone(&desk)), desk, ..self }
    }

    pub(crate) fn database(&self) -> String {
        format!("sqlite://{}", self.folders[1].path().join("convex.db").display())
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folders[0].path()
    }

    pub(crate) async fn send(&self) -> Delivered {
        self.delivery().run().await.unwrap()
    }

    pub(crate) fn delivery(&self) -> Delivery {
        let mailer = Arc::clone(self.desk.mailer().unwrap());
        Delivery { desk: Arc::clone(&self.desk), mailer, holder: "test".into(), clock: Clock::Fixed(self.desk.now()) }
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.site.ask(request.body(Body::from(body)).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.site.get(path).await
    }

    /// Asks for mail and says yes; returns the path of the page where one chooses.
    pub(crate) async fn join(&self, address: &str) -> String {
        assert_eq!(self.post("/subscribe", &[("address", address)]).await.status, 200);
        self.send().await;
        let confirm = link(&self.last_to(address), "/confirm/");
        let answer = self.post(&confirm, &[]).await;
        assert_eq!(answer.status, 200);
        path(&answer.attributes("href").into_iter().find(|href| href.contains("/manage/")).unwrap())
    }

    pub(crate) fn last_to(&self, address: &str) -> Received {
        self.server.letters().into_iter().rfind(|letter| letter.to == address).unwrap()
    }
}

async fn desk(store: convex_store::Store, server: &Server, now: Timestamp) -> Arc<Desk> {
    let config = MailConfig {
        smtp_url: Some(server.url()),
        from: Some("Convex <digest@convex.example>".into()),
        per_minute: 0,
        ..MailConfig::default()
    };
    let mailer = Mailer::open(&config, &store, ORIGIN).await.unwrap().map(Arc::new);
    Arc::new(Desk::new(Catalog::builtin(), store, None, Clock::Fixed(now)).with_mailer(mailer))
}

pub(crate) fn parsed(letter: &Received) -> Message<'_> {
    MessageParser::default().parse(&letter.text).unwrap()
}

pub(crate) fn text(letter: &Received) -> String {
    parsed(letter).body_text(0).unwrap().into_owned()
}

/// The path of the link in a letter that begins so.
pub(crate) fn link(letter: &Received, begins: &str) -> String {
    let text = text(letter);
    let found = text.split_whitespace().find(|word| word.starts_with(&format!("{ORIGIN}{begins}")));
    path(found.unwrap_or_else(|| panic!("no link {begins} in {text}")))
}

pub(crate) fn path(url: &str) -> String {
    url.strip_prefix(ORIGIN).unwrap_or(url).to_owned()
}
