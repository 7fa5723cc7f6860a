//! Writing what was read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use convex_core::catalog::{Catalog, Provider};
use convex_core::{Basis, Series, SeriesId};
use convex_sources::file::{Mistake, Parsed};
use convex_store::{Batch, Store, StoreError, Write};

use super::read::{Read, Refusal};
use super::{FileReport, ImportError, ImportOptions, MAY_CHANGE, Outcome};
use crate::format::{count, percent};
use crate::ingest::named_series;

/// Writes one file after the other, and remembers which file led to which series.
pub(super) struct Writer<'a> {
    store: &'a Store,
    catalog: &'a Catalog,
    options: &'a ImportOptions,
    taken: BTreeMap<SeriesId, PathBuf>,
}

/// Why a file is not written.
enum Not {
    Taken(Outcome),
    Possible(ImportError),
}

impl From<StoreError> for Not {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::TooManyChanged { series, changed, known } => Self::Taken(Outcome::left_out(format!(
                "{} of {} known values of \"{series}\" would change ({}; up to {} are taken for revisions): \
                 another basis or unit? --revise takes them all the same",
                count(changed),
                count(known),
                percent(changed as f64 / known as f64),
                percent(MAY_CHANGE),
            ))),
            error => Self::Possible(error.into()),
        }
    }
}

impl<'a> Writer<'a> {
    pub(super) fn new(store: &'a Store, catalog: &'a Catalog, options: &'a ImportOptions) -> Self {
        Self { store, catalog, options, taken: BTreeMap::new() }
    }

    /// Writes a file, or says why not.
    pub(super) async fn write(&mut self, read: Read) -> Result<FileReport, ImportError> {
        let mut notices = Vec::new();
        let outcome = match read.content {
            Ok(parsed) => match self.append(&read.path, &parsed, &mut notices).await {
                Ok(outcome) | Err(Not::Taken(outcome)) => outcome,
                Err(Not::Possible(error)) => return Err(error),
            },
            Err(Refusal::Line(found)) if read.in_folder && matches!(found.mistake, Mistake::NoDateColumn) => {
                Outcome::Skipped(found.mistake.to_string())
            }
            Err(Refusal::Line(found)) => Outcome::LeftOut { line: Some(found.line), why: found.mistake.to_string() },
            Err(Refusal::File(why)) => Outcome::left_out(why),
        };
        Ok(FileReport { path: read.path, notices, outcome })
    }

    async fn append(&mut self, path: &Path, parsed: &Parsed, notices: &mut Vec<String>) -> Result<Outcome, Not> {
        let id = self.series_of(path, notices)?;
        notices.extend(parsed.warnings.iter().map(ToString::to_string));
        let received = both(id, parsed)?;
        for (id, _) in &received {
            if let Some(other) = self.taken.get(id) {
                let why = format!("leads to \"{id}\" as {} does; import only one of them", other.display());
                return Err(Not::Taken(Outcome::left_out(why)));
            }
        }
        let write = Write {
            may_change: (!self.options.revise).then_some(MAY_CHANGE),
            ..Write::new(Provider::File.key(), self.options.now)
        };
        let batches: Vec<_> = received.iter().map(|(id, observations)| Batch { id, observations }).collect();
        let appended = self.store.append(&write, &batches).await?;
        for (id, _) in received {
            self.taken.insert(id, path.to_owned());
        }
        Ok(Outcome::Taken(appended))
    }

    /// The series of the file's name, or of `--id`.
    fn series_of(&self, path: &Path, notices: &mut Vec<String>) -> Result<SeriesId, Not> {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = self.options.id.as_deref().unwrap_or(&stem);
        let named = named_series(self.catalog, name)
            .map_err(|error| Not::Taken(Outcome::left_out(format!("{error}; or give it a name with --id"))))?;
        let mut id = named.id;
        if self.options.total_return {
            id.basis = Basis::TotalReturn;
        }
        if !named.catalogued {
            notices.push(format!(
                "\"{}\" is not in the catalogue: taken as a daily price, its changes as logarithms",
                id.metric
            ));
        } else if id.metric != name.to_lowercase().trim_end_matches(".tr") {
            notices.push(format!("\"{name}\" is taken as \"{id}\""));
        }
        Ok(id)
    }
}

/// The close under its id, and the adjusted close beside it where there is one.
fn both(id: SeriesId, parsed: &Parsed) -> Result<Vec<(SeriesId, &Series)>, Not> {
    let Some(adjusted) = &parsed.adj_close else { return Ok(vec![(id, &parsed.close)]) };
    if id.basis == Basis::TotalReturn {
        let why =
            format!("holds both close and adj_close: import it as \"{}\", which makes \"{id}\" as well", id.metric);
        return Err(Not::Taken(Outcome::left_out(why)));
    }
    let total_return = SeriesId::total_return(&id.metric);
    Ok(vec![(id, &parsed.close), (total_return, adjusted)])
}
