//! Files become one catalogue: later layers override earlier ones, and names must stay unambiguous.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::entries::Catalog;
use super::lookup::fold;
use super::read::{File, MetricEntry, Mistake, PairEntry, Place};
use super::{Metric, Pair, PairKind};

impl Catalog {
    /// Lays `user` over `builtin`. All mistakes are reported, in the order of files and lines.
    pub(super) fn merge(builtin: &[File], user: &[File]) -> Result<Self, Vec<Mistake>> {
        let files = || builtin.iter().chain(user);
        let mut mistakes: Vec<Mistake> = files().flat_map(|file| file.mistakes.iter().cloned()).collect();
        let entries = merge_metrics([builtin, user], &mut mistakes);
        check_names(&entries, &mut mistakes);
        check_live(&entries, &mut mistakes);
        let metrics = entries.into_iter().map(|(id, (_, entry))| (id.to_owned(), Arc::clone(&entry.metric))).collect();
        let declared = files().flat_map(|file| &file.declared).map(String::as_str).collect();
        let pairs = merge_pairs([builtin, user], &metrics, &declared, &mut mistakes);
        if mistakes.is_empty() {
            return Ok(Self::new(metrics, pairs));
        }
        let order: HashMap<&str, usize> = files().map(|file| &*file.name).zip(0..).collect();
        mistakes.sort_by_key(|mistake| (order.get(mistake.file.as_str()).copied(), mistake.line));
        Err(mistakes)
    }
}

/// The entries by id, each with the layer it comes from; one that overrides keeps the place of the one it replaces.
type Entries<'f> = IndexMap<&'f str, (usize, &'f MetricEntry)>;

fn merge_metrics<'f>(layers: [&'f [File]; 2], mistakes: &mut Vec<Mistake>) -> Entries<'f> {
    let mut merged = Entries::new();
    for (layer, files) in layers.into_iter().enumerate() {
        for entry in files.iter().flat_map(|file| &file.metrics) {
            let id = entry.metric.id.as_str();
            match merged.get(id) {
                Some((earlier, first)) if *earlier == layer => {
                    let Place { file, line } = &first.place;
                    let message = format!("metric \"{id}\" is already described at {file}:{line}");
                    mistakes.push(entry.place.mistake(entry.place.line, message));
                }
                _ => drop(merged.insert(id, (layer, entry))),
            }
        }
    }
    merged
}

/// No id and no alias may read the same as another, whichever metric it belongs to. Layers are gone through in order,
/// ids before aliases, so a clash is reported where it was brought in.
fn check_names(entries: &Entries<'_>, mistakes: &mut Vec<Mistake>) {
    let mut taken: HashMap<String, Name<'_>> = HashMap::new();
    for layer in 0..2 {
        let here = || entries.values().filter(move |(of, _)| *of == layer).map(|(_, entry)| *entry);
        for entry in here() {
            let id = entry.metric.id.as_str();
            match taken.entry(fold(id)) {
                Entry::Occupied(first) => {
                    let message = format!("id {}: choose another", first.get().clash(id));
                    mistakes.push(entry.place.mistake(entry.place.line, message));
                }
                Entry::Vacant(free) => drop(free.insert(Name::Id(id))),
            }
        }
        for entry in here() {
            for (alias, line) in entry.metric.aliases.iter().zip(&entry.alias_lines) {
                match taken.entry(fold(alias)) {
                    Entry::Occupied(first) => {
                        let message = format!("alias {}: leave it out or choose another", first.get().clash(alias));
                        mistakes.push(entry.place.mistake(*line, message));
                    }
                    Entry::Vacant(free) => drop(free.insert(Name::AliasOf(&entry.metric.id))),
                }
            }
        }
    }
}

/// What stands in for a metric within the day must be described, and be in the same unit.
fn check_live(entries: &Entries<'_>, mistakes: &mut Vec<Mistake>) {
    for (_, entry) in entries.values() {
        let (metric, place) = (&entry.metric, &entry.place);
        let Some(live) = &metric.live else { continue };
        let trouble = match entries.get(live.as_str()) {
            None => "is not the id of a metric",
            Some((_, other)) if other.metric.unit != metric.unit => "is in another unit",
            Some(_) => continue,
        };
        mistakes.push(place.mistake(place.line, format!("live values of \"{}\": \"{live}\" {trouble}", metric.id)));
    }
}

/// Who has a name already.
enum Name<'n> {
    Id(&'n str),
    AliasOf(&'n str),
}

impl Name<'_> {
    fn clash(&self, name: &str) -> String {
        match self {
            Self::Id(id) if *id == name => format!("\"{name}\" is the id of a metric"),
            Self::Id(id) => format!("\"{name}\" reads the same as the id \"{id}\""),
            Self::AliasOf(id) => format!("\"{name}\" is already an alias of \"{id}\""),
        }
    }
}

fn merge_pairs(
    layers: [&[File]; 2],
    metrics: &IndexMap<String, Arc<Metric>>,
    declared: &HashSet<&str>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Arc<Pair>> {
    let mut merged: IndexMap<[&str; 2], (usize, &PairEntry)> = IndexMap::new();
    for (layer, files) in layers.into_iter().enumerate() {
        for entry in files.iter().flat_map(|file| &file.pairs) {
            let mut legs = [entry.a.as_str(), entry.b.as_str()];
            legs.sort_unstable();
            match merged.get(&legs) {
                Some((earlier, first)) if *earlier == layer => {
                    let Place { file, line } = &first.place;
                    let message = format!("pair {}/{} is already named at {file}:{line}", entry.a, entry.b);
                    mistakes.push(entry.place.mistake(entry.place.line, message));
                }
                _ => drop(merged.insert(legs, (layer, entry))),
            }
        }
    }
    let mut pairs = Vec::with_capacity(merged.len());
    for (_, entry) in merged.into_values() {
        let legs = [(&entry.a, entry.leg_lines[0]), (&entry.b, entry.leg_lines[1])];
        for (id, line) in legs {
            if !metrics.contains_key(id) && !declared.contains(id.as_str()) {
                mistakes.push(entry.place.mistake(line, unknown_leg(id, metrics)));
            }
        }
        if let (Some(a), Some(b)) = (metrics.get(&entry.a), metrics.get(&entry.b)) {
            pairs.push(Arc::new(Pair {
                a: entry.a.clone(),
                b: entry.b.clone(),
                kind: entry.kind.unwrap_or_else(|| PairKind::of(a, b)),
                rationale: entry.rationale.clone(),
                a_ahead: entry.a_ahead.clone(),
                b_ahead: entry.b_ahead.clone(),
            }));
        }
    }
    pairs
}

fn unknown_leg(typed: &str, metrics: &IndexMap<String, Arc<Metric>>) -> String {
    let catalog = Catalog::new(metrics.clone(), Vec::new());
    if let Some(metric) = catalog.resolve(typed) {
        return format!("a pair names ids, and \"{typed}\" is another name of \"{}\": write that", metric.id);
    }
    match catalog.nearest(typed, 1).first() {
        Some(near) => format!("unknown metric \"{typed}\" in a pair: describe it, or did you mean \"{}\"?", near.id),
        None => format!("unknown metric \"{typed}\" in a pair: describe it first"),
    }
}
