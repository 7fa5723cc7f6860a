//! Worlds made of pieces of the past, the same pieces for every series.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Resampled pasts: stretches of calendar time in an order of their own, common to all series, so that what the series
/// share in a stretch they still share.
///
/// Stretches begin anywhere with equal chance and go round from the end to the beginning; their lengths are geometric, so
/// that a world is stationary (Politis and Romano 1994). Time is counted in whole units, whatever they are.
#[derive(Clone, Debug)]
pub struct Worlds {
    first: i32,
    last: i32,
    pasts: Vec<Vec<Stretch>>,
}

/// Some consecutive units of time.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    start: i32,
    len: i32,
}

impl Worlds {
    /// So many worlds over the time from `first` to `last`, of stretches of a mean length, each world at least `enough` long.
    ///
    /// # Panics
    /// If `last` is before `first`.
    pub fn draw(first: i32, last: i32, mean_length: f64, enough: i32, worlds: usize, seed: [u8; 32]) -> Self {
        assert!(first <= last, "time does not run backwards");
        let mut random = ChaCha8Rng::from_seed(seed);
        let span = u64::from((last - first) as u32) + 1;
        let go_on = 1.0 - 1.0 / mean_length.max(1.0);
        let mut uniform = || (f64::from(random.next_u32()) + 0.5) / 2f64.powi(32);
        let one = |_| {
            let (mut world, mut long) = (Vec::new(), 0);
            while long < enough {
                let start = first + (uniform() * span as f64) as i32;
                // By inversion: the chance to be longer than k is go_on to the power of k.
                let len = if go_on > 0.0 { 1.0 + (uniform().ln() / go_on.ln()).floor() } else { 1.0 };
                let len = len.min(span as f64) as i32;
                world.push(Stretch { start, len });
                long += len;
            }
            world
        };
        Self { first, last, pasts: (0..worlds).map(one).collect() }
    }

    /// How many worlds there are.
    pub fn len(&self) -> usize {
        self.pasts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pasts.is_empty()
    }

    /// What has happened at these times, by place, so that worlds can be read quickly. The times rise.
    pub fn calendar(&self, times: &[i32]) -> Calendar {
        let place = |time: i32| times.partition_point(|at| *at < time) as u32;
        Calendar { places: (self.first..=self.last + 1).map(place).collect() }
    }

    /// The last `count` places of a world, in its order; `None` if nothing happens in its stretches.
    ///
    /// A series without anything in a stretch passes it over; a world that is too short for a series begins again.
    pub fn last(&self, world: usize, calendar: &Calendar, count: usize, into: &mut Vec<u32>) -> Option<()> {
        into.clear();
        // Filled from the end, so that the last places of all series stem from the same stretches.
        while into.len() < count {
            let before = into.len();
            for stretch in &self.pasts[world] {
                let end = stretch.start + stretch.len;
                let beyond = end - self.last - 1;
                if beyond > 0 {
                    calendar.push_backwards(self.first, self.first, self.first + beyond, into);
                }
                calendar.push_backwards(self.first, stretch.start, end.min(self.last + 1), into);
                if into.len() >= count {
                    break;
                }
            }
            if into.len() == before {
                return None;
            }
        }
        into.truncate(count);
        into.reverse();
        Some(())
    }
}

/// Places of what happened, by time.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// For each unit of time, how much happened before it.
    places: Vec<u32>,
}

impl Calendar {
    fn push_backwards(&self, first: i32, from: i32, to: i32, into: &mut Vec<u32>) {
        let place = |time: i32| self.places[(time - first) as usize];
        into.extend((place(from)..place(to)).rev());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_of_one_world_stand_on_the_same_days() {
        let worlds = Worlds::draw(100, 499, 20.0, 600, 50, [3; 32]);
        let every: Vec<i32> = (100..500).collect();
        let second: Vec<i32> = (100..500).step_by(2).collect();
        let (all, half) = (worlds.calendar(&every), worlds.calendar(&second));
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for world in 0..worlds.len() {
            worlds.last(world, &all, 200, &mut one).unwrap();
            worlds.last(world, &half, 100, &mut other).unwrap();
            let days: Vec<i32> = one.iter().map(|place| every[*place as usize]).collect();
            let even: Vec<i32> = days.iter().copied().filter(|day| day % 2 == 0).collect();
            let shared = even.len().min(90);
            let theirs: Vec<i32> = other.iter().map(|place| second[*place as usize]).collect();
            assert_eq!(even[even.len() - shared..], theirs[theirs.len() - shared..]);
            let runs = 1 + days.windows(2).filter(|pair| pair[1] != pair[0] + 1).count();
            assert!((2..60).contains(&runs), "{runs} stretches");
        }
    }

    #[test]
    fn every_day_is_drawn_equally_often() {
        let worlds = Worlds::draw(0, 49, 7.0, 500, 400, [9; 32]);
        let calendar = worlds.calendar(&(0..50).collect::<Vec<i32>>());
        let (mut places, mut seen) = (Vec::new(), [0_u32; 50]);
        for world in 0..400 {
            worlds.last(world, &calendar, 500, &mut places).unwrap();
            for place in &places {
                seen[*place as usize] += 1;
            }
        }
        assert!(seen.iter().all(|count| count.abs_diff(4_000) < 600), "{seen:?}");
    }

    #[test]
    fn a_series_outside_its_time_has_no_world() {
        let worlds = Worlds::draw(0, 49, 7.0, 50, 1, [9; 32]);
        assert_eq!(worlds.last(0, &worlds.calendar(&[60, 61]), 5, &mut Vec::new()), None);
        // Two days serve a world of five, again and again.
        let mut places = Vec::new();
        worlds.last(0, &worlds.calendar(&[3, 4]), 5, &mut places);
        assert!(places.is_empty() || places.len() == 5);
    }
}
