//! Which path is answered how.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::recorded::Recorded;
use super::reply::Reply;
use super::seen::Seen;

/// Answers by path. A path that is not there is 404.
#[derive(Clone, Default)]
pub(crate) struct Routes {
    paths: BTreeMap<String, Route>,
    recorded: Vec<Recorded>,
    otherwise: Option<Answerer>,
}

type Answerer = Arc<dyn Fn(&Seen) -> Reply + Send + Sync>;

#[derive(Clone)]
enum Route {
    /// One answer after the other; the last stays.
    Script(Vec<Reply>),
    /// An answer made from the request.
    Made(Answerer),
}

impl Routes {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A path that is always answered in the same way.
    pub(crate) fn on(self, path: &str, reply: Reply) -> Self {
        self.script(path, vec![reply])
    }

    /// A path that is answered with one after the other, and with the last from then on.
    pub(crate) fn script(mut self, path: &str, replies: Vec<Reply>) -> Self {
        assert!(!replies.is_empty());
        self.paths.insert(path.to_owned(), Route::Script(replies));
        self
    }

    /// A path whose answer is made from the request.
    pub(crate) fn made(mut self, path: &str, make: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        self.paths.insert(path.to_owned(), Route::Made(Arc::new(make)));
        self
    }

    /// What is answered to every path that is not given.
    pub(crate) fn otherwise(mut self, make: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        self.otherwise = Some(Arc::new(make));
        self
    }

    /// Recorded answers, for what no path is given: by path and query, else by path.
    pub(crate) fn recorded(mut self, recorded: Vec<Recorded>) -> Self {
        self.recorded.extend(recorded);
        self
    }

    pub(super) fn set(&mut self, path: &str, reply: Reply) {
        self.paths.insert(path.to_owned(), Route::Script(vec![reply]));
    }

    pub(super) fn answer(&mut self, seen: &Seen) -> Reply {
        match self.paths.get_mut(seen.path()) {
            Some(Route::Script(replies)) if replies.len() > 1 => replies.remove(0),
            Some(Route::Script(replies)) => replies[0].clone(),
            Some(Route::Made(make)) => make(seen),
            None => {
                let exact = self.recorded.iter().find(|recorded| recorded.target == seen.target);
                let path = || self.recorded.iter().find(|recorded| recorded.path() == seen.path());
                let recorded = exact.or_else(path).map(|recorded| recorded.reply.clone());
                let made = || self.otherwise.as_ref().map(|make| make(seen));
                recorded.or_else(made).unwrap_or_else(|| Reply::new(404, "text/plain", "not found"))
            }
        }
    }
}
