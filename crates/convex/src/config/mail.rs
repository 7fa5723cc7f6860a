//! `[mail]`: who sends, through which server, how fast.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

/// Mail. Nothing is sent, and no form is shown, until `from` and one of `smtp_url` and `test_folder` are given.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// The server: `smtps://user@host` (465), `smtp://user@host:587?tls=required`, `smtp://127.0.0.1:25` without TLS.
    pub smtp_url: Option<String>,
    /// File that holds the password of the user in `smtp_url`.
    pub password_file: Option<PathBuf>,
    /// Sender of every mail: `Convex <digest@convex.example>`.
    pub from: Option<String>,
    /// Postal or web address at the foot of every mail, where the law asks for one.
    pub imprint: String,
    /// Messages a minute, at most.
    pub per_minute: u32,
    /// Write mails into this folder instead of sending them.
    pub test_folder: Option<PathBuf>,
    /// Seconds after which the letters of a process that died are sent by another.
    pub lease_seconds: u64,
    /// Hour of the day, in UTC, from which the digest of the day is made.
    pub digest_hour: u8,
    /// Whether webhooks may go to private and loopback addresses.
    pub private_webhooks: bool,
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            smtp_url: None,
            password_file: None,
            from: None,
            imprint: String::new(),
            per_minute: 300,
            test_folder: None,
            lease_seconds: 30,
            digest_hour: 6,
            private_webhooks: false,
        }
    }
}

/// A password is short; a file that is not has been named by mistake.
const LONGEST: usize = 4096;

impl MailConfig {
    /// Whether mail can be sent.
    pub fn is_on(&self) -> bool {
        self.from.is_some() && (self.smtp_url.is_some() || self.test_folder.is_some())
    }

    /// Names of files, relative to the configuration.
    pub(super) fn beside(&mut self, folder: &Path) {
        for file in [&mut self.password_file, &mut self.test_folder] {
            *file = file.take().map(|file| folder.join(file));
        }
    }

    /// The address of the server with the password in it, for the client alone.
    ///
    /// # Errors
    /// If the password cannot be read, or stands in the address itself, where it would be shown.
    pub(crate) fn server(&self) -> anyhow::Result<Option<url::Url>> {
        let Some(text) = &self.smtp_url else { return Ok(None) };
        let mut url = url::Url::parse(text).context("smtp_url is not an address like smtps://user@host")?;
        if url.password().is_some() {
            bail!("a password does not belong in smtp_url: it would be shown; name a file in password_file");
        }
        if !matches!(url.scheme(), "smtp" | "smtps") || url.host().is_none() {
            bail!("smtp_url is not an address like smtps://user@host or smtp://host:587?tls=required");
        }
        if let Some(path) = &self.password_file {
            let password = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the password file {}", path.display()))?;
            let password = password.trim();
            if password.is_empty() || password.len() > LONGEST {
                bail!("the password file {} holds no password", path.display());
            }
            let encoded = percent_encoding::utf8_percent_encode(password, percent_encoding::NON_ALPHANUMERIC);
            // A scheme with a host takes a password.
            let _ = url.set_password(Some(&encoded.to_string()));
        }
        Ok(Some(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_comes_from_a_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("p"), "pä ss/w\n").unwrap();
        let mut config = MailConfig {
            smtp_url: Some("smtps://me@mail.example".into()),
            password_file: Some("p".into()),
            ..MailConfig::default()
        };
        config.beside(folder.path());
        assert_eq!(config.server().unwrap().unwrap().as_str(), "smtps://me:p%C3%A4%20ss%2Fw@mail.example");
        config.smtp_url = Some("smtps://me:word@mail.example".into());
        let error = config.server().unwrap_err().to_string();
        assert!(error.starts_with("a password does not belong in smtp_url") && !error.contains("word@"), "{error}");
        config.smtp_url = Some("http://mail.example".into());
        assert!(config.server().is_err());
    }
}
