//! Everything a provider does instead of answering.

use std::sync::LazyLock;
use std::time::Duration;

use super::reply::{Delivery, Reply, gzipped};

/// A way to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fault {
    /// 429 with a JSON body that repeats the status, and a time to wait.
    Json429,
    /// 429 as a content network says it, in plain text.
    Cloudflare429,
    /// 429 as a page.
    Html429,
    /// 429 in three words.
    Plain429,
    /// 429 with a date to wait for.
    Dated429,
    /// Unavailable for legal reasons.
    Legal451,
    /// Internal error.
    Status500,
    /// Bad gateway, as a page.
    Status502,
    /// Unavailable, with a time to wait.
    Status503,
    /// No content.
    Status204,
    /// Forbidden, as a page.
    Status403,
    /// A page with status 200.
    Html200,
    /// A page that asks for proof of work, with status 200.
    ProofOfWork,
    /// A ZIP archive instead of text.
    Zip,
    /// Nothing, with status 200.
    EmptyBody,
    /// The connection is closed before the announced length has come.
    Truncated,
    /// The last chunk does not come.
    ChunksCut,
    /// A byte now and then.
    SlowDrip,
    /// Not a byte.
    Silence,
    /// The request is sent on to where it came from.
    RedirectLoop,
    /// The request is sent on to another host.
    RedirectElsewhere,
    /// An image by its content type and its bytes.
    WrongType,
    /// Data without end.
    Endless,
    /// A length of gigabytes.
    Gigabytes,
    /// A few bytes that become gigabytes.
    GzipBomb,
    /// Compressed data that are not.
    BadGzip,
    /// Bytes that are not UTF-8.
    BadUtf8,
    /// The connection is reset.
    Reset,
    /// The connection is closed without a byte.
    Hangup,
    /// What comes is not HTTP.
    NotHttp,
}

impl Fault {
    /// All of them.
    pub(crate) const ALL: [Self; 30] = [
        Self::Json429,
        Self::Cloudflare429,
        Self::Html429,
        Self::Plain429,
        Self::Dated429,
        Self::Legal451,
        Self::Status500,
        Self::Status502,
        Self::Status503,
        Self::Status204,
        Self::Status403,
        Self::Html200,
        Self::ProofOfWork,
        Self::Zip,
        Self::EmptyBody,
        Self::Truncated,
        Self::ChunksCut,
        Self::SlowDrip,
        Self::Silence,
        Self::RedirectLoop,
        Self::RedirectElsewhere,
        Self::WrongType,
        Self::Endless,
        Self::Gigabytes,
        Self::GzipBomb,
        Self::BadGzip,
        Self::BadUtf8,
        Self::Reset,
        Self::Hangup,
        Self::NotHttp,
    ];

    /// Its name on a command line.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| format!("{fault:?}").eq_ignore_ascii_case(name))
    }

    /// The answer it gives to a request for a target.
    pub(crate) fn reply(self, target: &str) -> Reply {
        let page = "<!DOCTYPE html><html><head><title>Error</title></head><body>Something went wrong</body></html>";
        let html = "text/html; charset=utf-8";
        let good = Reply::csv("date,value\n2026-11-19,1.5\n2026-11-20,2.5\n");
        match self {
            Self::Json429 => {
                Reply::new(429, "application/json", r#"{"status":{"error_code":429,"error_message":"too many"}}"#)
                    .header("retry-after", "119")
            }
            Self::Cloudflare429 => Reply::new(429, "text/plain; charset=UTF-8", "error code: 1015"),
            Self::Html429 => Reply::new(429, html, page),
            Self::Plain429 => Reply::new(429, "text/plain", "Too Many Requests\r\n"),
            Self::Dated429 => Reply::new(429, "", "")
                .header("date", "Fri, 20 Nov 2026 12:00:00 GMT")
                .header("retry-after", "Fri, 20 Nov 2026 12:03:00 GMT"),
            Self::Legal451 => Reply::new(451, "application/json", r#"{"code":0,"msg":"restricted location"}"#),
            Self::Status500 => Reply::new(500, "application/json", r#"{"error":"internal"}"#),
            Self::Status502 => Reply::new(502, html, page),
            Self::Status503 => Reply::new(503, html, page).header("retry-after", "600"),
            Self::Status204 => Reply::new(204, "", ""),
            Self::Status403 => Reply::new(403, html, page),
            Self::Html200 => Reply::new(200, html, page),
            Self::ProofOfWork => Reply::new(
                200,
                html,
                "<!DOCTYPE html><html><head><script>const c='x';fetch('/__verify?c='+c)</script></head></html>",
            ),
            Self::Zip => Reply::new(200, "application/zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00invented.csv".to_vec()),
            Self::EmptyBody => Reply::csv(""),
            Self::Truncated => good.delivered(Delivery::CutAfter(20)),
            Self::ChunksCut => good.delivered(Delivery::ChunksCut),
            Self::SlowDrip => good.delivered(Delivery::Drip(Duration::from_millis(50))),
            Self::Silence => good.delivered(Delivery::Silence),
            Self::RedirectLoop => Reply::new(302, "", "").header("location", target),
            Self::RedirectElsewhere => Reply::new(302, "", "").header("location", "http://127.0.0.1:9/elsewhere"),
            Self::WrongType => Reply::new(200, "image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
            Self::Endless => Reply::csv("2026-11-19,1.5\n".repeat(1_000)).delivered(Delivery::Endless),
            Self::Gigabytes => good.delivered(Delivery::Announced(5_000_000_000)),
            Self::GzipBomb => Reply { body: bomb(), ..Reply::csv("") }.header("content-encoding", "gzip"),
            Self::BadGzip => good.header("content-encoding", "gzip"),
            Self::BadUtf8 => Reply::csv(b"date,value\n2026-11-19,1.5\n\xff\xfe\xfa\n".to_vec()),
            Self::Reset => good.delivered(Delivery::Reset),
            Self::Hangup => good.delivered(Delivery::Hangup),
            Self::NotHttp => Reply { body: b"220 mail.example ESMTP\r\n".to_vec(), ..good }.delivered(Delivery::Raw),
        }
    }
}

/// Many members of gzip one after the other, which count as one stream: two gigabytes in two megabytes.
fn bomb() -> Vec<u8> {
    static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzipped(&vec![b'1'; 4 << 20]).repeat(512));
    BOMB.clone()
}
