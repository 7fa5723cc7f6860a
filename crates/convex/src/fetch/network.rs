//! What went wrong below HTTP, from the error of the client. Its text is never used: it can hold an address with a key.

use std::error::Error;
use std::io;

use convex_sources::{Failure, Network};

use super::client::Unresolved;

/// Classifies an error of the client.
pub(super) fn failure(error: &reqwest::Error) -> Failure {
    Failure::Network(network(error))
}

fn network(error: &reqwest::Error) -> Network {
    if find::<Unresolved>(error).is_some() {
        return Network::Name;
    }
    let io = find::<io::Error>(error).map(io::Error::kind);
    if error.is_timeout() || io == Some(io::ErrorKind::TimedOut) {
        return Network::TimedOut;
    }
    if error.is_connect() {
        return match io {
            // What the layer for secure connections refuses comes as invalid data.
            Some(io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput) => {
                Network::Tls
            }
            _ => Network::Connect,
        };
    }
    let hyper = find::<hyper::Error>(error);
    if hyper.is_some_and(hyper::Error::is_parse) {
        return Network::Protocol;
    }
    let cut = matches!(
        io,
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe)
    );
    if cut || hyper.is_some() {
        return Network::CutOff;
    }
    if error.is_decode() || error.is_body() { Network::Encoding } else { Network::CutOff }
}

/// The first error of a kind among the causes.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // An error of reading wraps the one below it without naming it as its source.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = wrapped.and_then(|wrapped| find(wrapped)) {
            return Some(found);
        }
        cause = error.source();
    }
    None
}
