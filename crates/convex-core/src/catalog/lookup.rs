//! From what people type to the metric they mean.

use std::collections::HashMap;
use std::sync::Arc;

use super::Metric;
use super::entries::Catalog;

/// Longest text that is compared with names; nobody's typing error is longer.
const LONGEST: usize = 60;

/// From this likeness on a name is what was meant, and names much further away are not worth showing.
const GOOD: f64 = 0.6;

/// Every name a metric answers to, as [`fold`] leaves it, with the metric's position.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(HashMap<String, usize>);

impl Names {
    /// Ids come before aliases, those before short names, labels and full names: the first owner of a name keeps it.
    pub(super) fn of<'m>(metrics: impl Iterator<Item = &'m Arc<Metric>>) -> Self {
        let metrics: Vec<&Metric> = metrics.map(Arc::as_ref).collect();
        let mut names = HashMap::new();
        let mut claim = |position: usize, name: &str| {
            names.entry(fold(name)).or_insert(position);
        };
        for (position, metric) in metrics.iter().enumerate() {
            claim(position, &metric.id);
        }
        for (position, metric) in metrics.iter().enumerate() {
            metric.aliases.iter().for_each(|alias| claim(position, alias));
        }
        let written: [fn(&Metric) -> &str; 3] = [|m| &m.short, |m| &m.label, |m| &m.name];
        for name in written {
            for (position, metric) in metrics.iter().enumerate() {
                claim(position, name(metric));
            }
        }
        names.remove("");
        Self(names)
    }
}

impl Catalog {
    /// The metric meant by an id, an alias, a short or a full name, in any case. A leading `^` or `$` is forgiven, and
    /// so are spaces, dots, hyphens and other marks in between.
    pub fn resolve(&self, typed: &str) -> Option<&Arc<Metric>> {
        // An exact id goes first: two ids may differ only in a mark when one is a user's.
        self.metric(typed).or_else(|| self.at(*self.names.0.get(&fold(typed))?))
    }

    /// The metrics whose ids, aliases or names are nearest to what was typed, the nearest first, at most `limit`. If
    /// something is near, what is far from it is left out; if nothing is, the least far are given.
    pub fn nearest(&self, typed: &str, limit: usize) -> Vec<&Arc<Metric>> {
        let typed: String = fold(typed).chars().take(LONGEST).collect();
        if typed.is_empty() {
            return Vec::new();
        }
        let mut scored: Vec<(f64, &Arc<Metric>)> =
            self.metrics().map(|metric| (likeness(&typed, metric), metric)).filter(|(score, _)| *score > 0.0).collect();
        scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let best = scored.first().map_or(0.0, |(score, _)| *score);
        let least = if best >= GOOD { best * 0.75 } else { 0.0 };
        scored.into_iter().take_while(|(score, _)| *score >= least).take(limit).map(|(_, metric)| metric).collect()
    }
}

/// A name without what people leave out or add: case, a leading `^` or `$`, spaces and marks between letters and digits.
pub(super) fn fold(name: &str) -> String {
    let name = name.trim().trim_start_matches(['^', '$']);
    let dropped = |c: char| c.is_whitespace() || "_.-‐‑–—−/&(),'’:".contains(c);
    name.chars().filter(|c| !dropped(*c)).flat_map(char::to_lowercase).collect()
}

/// How near a metric is to a folded text, from 0 to 1.
fn likeness(typed: &str, metric: &Metric) -> f64 {
    let whole = [&metric.id, &metric.short, &metric.label, &metric.name].into_iter().chain(&metric.aliases);
    let whole = whole.map(|name| closeness(typed, &fold(name)));
    let long_enough = |word: &&str| word.chars().count() >= 4;
    let words = metric.name.split_whitespace().chain(metric.short.split_whitespace()).filter(long_enough);
    let words = words.map(|word| 0.95 * closeness(typed, &fold(word)));
    whole.chain(words).fold(0.0, f64::max)
}

/// Few typing errors apart, or the beginning of it, or a part of it.
fn closeness(typed: &str, name: &str) -> f64 {
    let spelling = strsim::normalized_damerau_levenshtein(typed, name);
    let part = match typed.chars().count() {
        0..3 => 0.0,
        _ if name.starts_with(typed) => 0.9,
        _ if name.contains(typed) => 0.8,
        _ => 0.0,
    };
    spelling.max(part)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn marks_and_case_are_forgiven() {
        for (typed, folded) in [
            ("^VIX", "vix"),
            ("$spy", "spy"),
            (" BRK.B ", "brkb"),
            ("Russell 2000 (IWM)", "russell2000iwm"),
            ("S&P 500", "sp500"),
            ("EUR/USD", "eurusd"),
            ("hy_oas", "hyoas"),
            ("GC=F", "gc=f"),
            ("---", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }
}
