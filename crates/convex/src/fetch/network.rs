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
    let causes = causes(error);
    if find::<Unresolved>(&causes).is_some() {
        return Network::Name;
    }
    let io = find::<io::Error>(&causes).map(io::Error::kind);
    if error.is_timeout() || io == Some(io::ErrorKind::TimedOut) {
        return Network::TimedOut;
    }
    if error.is_connect() {
        return match io {
            // The machine was reached, and then did not speak the secure protocol or not well enough.
            Some(
                io::ErrorKind::InvalidData
                | io::ErrorKind::InvalidInput
                | io::ErrorKind::UnexpectedEof
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe,
            ) => Network::Tls,
            _ => Network::Connect,
        };
    }
    let hyper = find::<hyper::Error>(&causes);
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

/// The causes of an error, itself first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let mut causes = vec![error];
    while let Some(&last) = causes.last() {
        // An error of reading holds the one it wraps without naming it as its source.
        let wrapped = last.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        match wrapped.map(|wrapped| wrapped as &(dyn Error + 'static)).or_else(|| last.source()) {
            Some(next) => causes.push(next),
            None => break,
        }
    }
    causes
}

/// The last cause of a kind: the layers above only wrap it.
fn find<'a, E: Error + 'static>(causes: &[&'a (dyn Error + 'static)]) -> Option<&'a E> {
    causes.iter().rev().find_map(|cause| cause.downcast_ref())
}
