//! Recorded answers of real providers, where they are at hand.

use std::path::Path;

use super::reply::Reply;

/// A recorded answer.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// File of the body.
    pub(crate) file: String,
    /// Host that was asked.
    pub(crate) host: String,
    /// Path with query, as asked.
    pub(crate) target: String,
    /// The answer.
    pub(crate) reply: Reply,
}

impl Recorded {
    /// Path without query.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

/// Reads the recordings of a provider's folder: a body beside `NAME.meta.json`, which says what was asked.
pub(crate) fn recorded(folder: &Path) -> Vec<Recorded> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| read(path)).collect()
}

fn read(sidecar: &Path) -> Option<Recorded> {
    let file = sidecar.file_name()?.to_str()?.strip_suffix(".meta.json")?.to_owned();
    let meta: serde_json::Value = serde_json::from_slice(&std::fs::read(sidecar).ok()?).ok()?;
    let body = std::fs::read(sidecar.with_file_name(&file)).ok()?;
    let url = url::Url::parse(meta["request"]["url"].as_str()?).ok()?;
    let status = meta["status"].as_u64().and_then(|status| u16::try_from(status).ok())?;
    let mut reply = Reply::new(status, meta["content_type"].as_str().unwrap_or_default(), body);
    // The body is decoded and has its own length; connections are the server's business.
    let kept = ["etag", "last-modified", "retry-after", "date"];
    for (name, value) in meta["response_headers"].as_object().into_iter().flatten() {
        if let (true, Some(value)) = (kept.contains(&name.to_lowercase().as_str()), value.as_str()) {
            reply = reply.header(&name.to_lowercase(), value);
        }
    }
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(Recorded { file, host: url.host_str()?.to_owned(), target: format!("{}{query}", url.path()), reply })
}
