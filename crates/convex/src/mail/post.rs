//! Where letters go: a mail server, or a folder to look at them.

use std::path::PathBuf;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};

/// How long a server may take for anything.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where letters go.
#[derive(Clone, Debug)]
pub enum Post {
    /// A mail server; the address holds the password.
    Server(Server),
    /// A folder.
    Folder(PathBuf),
}

/// A mail server. It is never shown.
#[derive(Clone)]
pub struct Server(url::Url);

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}

/// A letter did not go.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct Failure {
    /// What the server said, or why it could not be asked.
    pub words: String,
    /// Whether trying again is pointless.
    pub is_final: bool,
    /// Whether the server refused the address itself: it is dead.
    pub is_bounce: bool,
    /// Whether the connection can be used further.
    pub is_connected: bool,
}

/// An open line to a server, used for one letter after the other.
pub struct Line(AsyncSmtpConnection);

impl Server {
    /// The server of an address with its password.
    pub fn new(url: url::Url) -> Self {
        Self(url)
    }

    /// Opens a line: TLS from the first byte for `smtps`, STARTTLS where asked for or offered, else plain; then the login.
    ///
    /// # Errors
    /// If the server cannot be reached, has no TLS where it is required, or refuses the login.
    pub async fn connect(&self) -> Result<Line, Failure> {
        let host = self.0.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let is_wrapped = self.0.scheme() == "smtps";
        let wanted = self.0.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let is_required = wanted.as_deref() == Some("required") || self.0.password().is_some();
        let port = self.0.port().unwrap_or(match (is_wrapped, is_required) {
            (true, _) => 465,
            (false, true) => 587,
            (false, false) => 25,
        });
        let tls = || TlsParameters::new(host.clone()).map_err(|error| of(&error, false));
        let hello = ClientId::default();
        let wrapper = if is_wrapped { Some(tls()?) } else { None };
        let place = (host.as_str(), port);
        let connected = AsyncSmtpConnection::connect_tokio1(place, Some(PATIENCE), &hello, wrapper, None).await;
        let mut line = connected.map_err(|error| of(&error, false))?;
        if !is_wrapped && (line.can_starttls() && wanted.as_deref() != Some("none")) {
            line.starttls(tls()?, &hello).await.map_err(|error| of(&error, false))?;
        } else if !is_wrapped && is_required && !is_loopback(&host) {
            return Err(Failure {
                words: format!("{host} offers no TLS, and none of the login goes out without it"),
                is_final: false,
                is_bounce: false,
                is_connected: false,
            });
        }
        if let Some(password) = self.0.password() {
            let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
            let login = Credentials::new(plain(self.0.username()), plain(password));
            line.auth(DEFAULT_MECHANISMS, &login).await.map_err(|error| of(&error, false))?;
        }
        Ok(Line(line))
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Line {
    /// Names sender and reader, and asks to send the text. After this the text alone is missing.
    ///
    /// # Errors
    /// What the server says of the sender or the reader.
    pub async fn announce(&mut self, envelope: &Envelope) -> Result<(), Failure> {
        let mut options = Vec::new();
        let is_ascii = envelope.to().iter().chain(envelope.from()).all(|address| address.to_string().is_ascii());
        if !is_ascii {
            if !self.0.server_info().supports_feature(Extension::SmtpUtfEight) {
                let words = "the server takes no address with such letters".to_owned();
                return Err(Failure { words, is_final: true, is_bounce: false, is_connected: true });
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if self.0.server_info().supports_feature(Extension::EightBitMime) {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let sender = Mail::new(envelope.from().cloned(), options);
        self.0.command(sender).await.map_err(|error| of(&error, false))?;
        for to in envelope.to() {
            if let Err(error) = self.0.command(Rcpt::new(to.clone(), Vec::new())).await {
                let failure = of(&error, true);
                // The server has the sender still; without a reset it would take the next one for a mistake.
                let is_connected = self.0.command(lettre::transport::smtp::commands::Rset).await.is_ok();
                return Err(Failure { is_connected, ..failure });
            }
        }
        self.0.command(Data).await.map_err(|error| of(&error, false))?;
        Ok(())
    }

    /// Sends the text and waits for the server to take it.
    ///
    /// # Errors
    /// What the server says.
    pub async fn send(&mut self, text: &[u8]) -> Result<(), Failure> {
        self.0.message(text).await.map(|_| ()).map_err(|error| of(&error, false))
    }

    /// Takes leave.
    pub async fn close(mut self) {
        // A server that does not say goodbye has the letters all the same.
        let _ = self.0.quit().await;
    }
}

/// A failure in the words of the server. A refusal of the reader's address for good means that it is dead.
fn of(error: &lettre::transport::smtp::Error, is_reader: bool) -> Failure {
    let code = error.status().map(|code| code.to_string());
    let is_dead = matches!(code.as_deref(), Some("550" | "551" | "553"));
    Failure {
        words: std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source())
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(": "),
        is_final: error.is_permanent(),
        is_bounce: is_reader && is_dead,
        is_connected: error.is_transient() || error.is_permanent(),
    }
}
