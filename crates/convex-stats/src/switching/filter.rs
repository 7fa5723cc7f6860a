//! What the changes up to each moment say about the state.

/// Two states with their means and variances, and the chance of leaving each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct States {
    pub(super) means: [f64; 2],
    pub(super) variances: [f64; 2],
    pub(super) leaves: [f64; 2],
}

/// One pass over the changes.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    pub(super) log_likelihood: f64,
    /// Chance of each state after each change, from that change and those before it.
    pub(super) filtered: Vec<[f64; 2]>,
    /// Chance of each state before each change.
    pub(super) predicted: Vec<[f64; 2]>,
}

impl States {
    fn density(&self, state: usize, change: f64) -> f64 {
        let deviation = change - self.means[state];
        let variance = self.variances[state];
        (-0.5 * deviation * deviation / variance).exp() / (std::f64::consts::TAU * variance).sqrt()
    }

    /// The chance of each state in the long run.
    fn steady(&self) -> [f64; 2] {
        let both = self.leaves[0] + self.leaves[1];
        [self.leaves[1] / both, self.leaves[0] / both]
    }

    /// One step of the hidden chain.
    pub(super) fn step(&self, [calm, wild]: [f64; 2]) -> [f64; 2] {
        let next = calm * (1.0 - self.leaves[0]) + wild * self.leaves[1];
        [next, calm + wild - next]
    }

    /// Hamilton's (1989) filter from the steady state.
    pub(super) fn filter(&self, changes: &[f64]) -> Pass {
        let mut before = self.steady();
        let mut pass = Pass {
            log_likelihood: 0.0,
            filtered: Vec::with_capacity(changes.len()),
            predicted: Vec::with_capacity(changes.len()),
        };
        for change in changes {
            let joint = [before[0] * self.density(0, *change), before[1] * self.density(1, *change)];
            let density = (joint[0] + joint[1]).max(f64::MIN_POSITIVE);
            let after = [joint[0] / density, joint[1] / density];
            pass.log_likelihood += density.ln();
            pass.predicted.push(before);
            pass.filtered.push(after);
            before = self.step(after);
        }
        pass
    }

    /// The log-likelihood alone.
    pub(super) fn log_likelihood(&self, changes: &[f64]) -> f64 {
        let mut before = self.steady();
        let mut total = 0.0;
        for change in changes {
            let joint = [before[0] * self.density(0, *change), before[1] * self.density(1, *change)];
            let density = (joint[0] + joint[1]).max(f64::MIN_POSITIVE);
            total += density.ln();
            before = self.step([joint[0] / density, joint[1] / density]);
        }
        total
    }
}
