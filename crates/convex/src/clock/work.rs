//! What runs in simulated time: work holds time still, waiting lets it pass.

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Busy, Simulation};

thread_local! {
    /// Whether what was just polled waits for time, or for something that does, and not for real work.
    static WAITS: Cell<bool> = const { Cell::new(false) };
}

/// Notes that the future polled now waits for time.
pub(super) fn waits() {
    WAITS.set(true);
}

/// Work. While it waits for anything but time, time stands still.
pub(super) struct Work<F> {
    simulation: &'static Simulation,
    inner: Pin<Box<F>>,
    busy: Option<Busy>,
}

impl<F: Future> Work<F> {
    pub(super) fn new(simulation: &'static Simulation, work: F) -> Self {
        Self { simulation, inner: Box::pin(work), busy: Some(simulation.busy()) }
    }
}

impl<F: Future> Future for Work<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        WAITS.set(false);
        let polled = self.inner.as_mut().poll(context);
        if polled.is_ready() || WAITS.get() {
            self.busy = None;
        } else if self.busy.is_none() {
            self.busy = Some(self.simulation.busy());
        }
        // Whoever awaits this is accounted for by it.
        waits();
        polled
    }
}

/// Something that waits for another task, which is accounted for itself.
pub(super) struct Waiting<F>(Pin<Box<F>>);

impl<F: Future> Waiting<F> {
    pub(super) fn new(wait: F) -> Self {
        Self(Box::pin(wait))
    }
}

impl<F: Future> Future for Waiting<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let polled = self.0.as_mut().poll(context);
        if polled.is_pending() {
            waits();
        }
        polled
    }
}
