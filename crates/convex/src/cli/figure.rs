//! `convex figure`: one figure with all it rests on, and the command that prints it again.

use convex_core::catalog::Metric;
use convex_core::compare::{Comparison, Provenance, provenance, sha256_of};
use convex_core::figure::{Figure, Value};
use convex_core::{Basis, Day, Series, SeriesId};
use serde::Serialize;

use super::open::Opened;
use super::table::Table;
use super::{Format, Global, Outcome};
use crate::api::FigureDto;
use crate::desk::Desk;

/// Similar names shown for one that does not exist.
const NEAREST: usize = 5;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex figure dia-vs-iwm correlation.all.spearman
  convex figure iwm-vs-vix regimes.stress_minus_calm.z_difference --as-of 2020-03-18
  convex figure lqd-vs-hyg total_return.unit_root.log_ratio.adf_p --format json

Exit 1: no figure of that name; 3: the figure cannot be computed, and why.")]
pub(super) struct Args {
    /// Pair: two ids, tickers, provider ids or names with -vs- between them
    #[arg(value_name = "A-vs-B", value_parser = pair)]
    pair: (String, String),
    /// Name of the figure, as in `convex compare A B --format json`
    name: String,
    /// Use nothing that became known after this day
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// How to print [default: table on a terminal, json into a pipe]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

fn pair(typed: &str) -> Result<(String, String), String> {
    match typed.split_once("-vs-") {
        Some((a, b)) if !a.is_empty() && !b.is_empty() => Ok((a.to_owned(), b.to_owned())),
        _ => Err("two names with -vs- between them are needed, as in dia-vs-iwm".to_owned()),
    }
}

/// A figure and what it rests on.
#[derive(Debug, Serialize)]
struct Printed {
    pair: String,
    name: String,
    figure: FigureDto,
    sample: bool,
    inputs: Vec<Input>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aligned: Option<Observations>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    version: &'static str,
    command: String,
}

/// A stored series behind a figure.
#[derive(Debug, Serialize)]
struct Input {
    series: String,
    basis: &'static str,
    version: i64,
    #[serde(flatten)]
    observations: Observations,
}

/// Observations, told by their number, their days and their hash.
#[derive(Debug, Serialize)]
struct Observations {
    kind: &'static str,
    n: usize,
    from: Option<String>,
    to: Option<String>,
    sha256: String,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let desk = Opened::new(global)?.desk().await?;
    let comparison = desk.comparison(&args.pair.0, &args.pair.1, args.as_of).await?;
    let Some(figure) = comparison.figures.get(&args.name) else {
        let nearest = comparison.figures.nearest(&args.name, NEAREST).join(", ");
        anyhow::bail!("no figure \"{}\" for this pair; the nearest names are {nearest}", args.name);
    };
    let rests_on = provenance(&comparison, &args.name);
    let inputs = inputs(&desk, &comparison, &rests_on, args.as_of).await?;
    let (a, b) = (&comparison.a.metric.id, &comparison.b.metric.id);
    let as_of = args.as_of.unwrap_or_else(|| desk.today());
    let printed = Printed {
        pair: format!("{a}-vs-{b}"),
        name: args.name.clone(),
        figure: FigureDto::named(&args.name, figure),
        sample: comparison.sample,
        inputs,
        aligned: (!rests_on.aligned.days.is_empty()).then(|| Observations {
            kind: rests_on.aligned.kind,
            n: rests_on.aligned.days.len(),
            from: rests_on.aligned.days.first().map(Day::to_string),
            to: rests_on.aligned.days.last().map(Day::to_string),
            sha256: hex(&rests_on.aligned.sha256()),
        }),
        seed: rests_on.seed.map(|seed| hex(&seed)),
        version: env!("CARGO_PKG_VERSION"),
        command: format!("convex figure {a}-vs-{b} {} --as-of {as_of}", args.name),
    };
    match Format::or_default(args.format) {
        Format::Json => println!("{}", serde_json::to_string_pretty(&printed)?),
        Format::Table => print!("{}", table(&printed, figure)),
    }
    Ok(if figure.is_ok() { Outcome::Done } else { Outcome::NothingComputed })
}

async fn inputs(
    desk: &Desk,
    comparison: &Comparison,
    rests_on: &Provenance,
    as_of: Option<Day>,
) -> anyhow::Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for used in &rests_on.legs {
        let leg = if used.first { &comparison.a } else { &comparison.b };
        let series = match (used.id.basis, &leg.total_return) {
            (Basis::TotalReturn, Some(total)) => &total.series,
            _ => &leg.series,
        };
        inputs.push(input(&used.id, &leg.metric, used.version, series));
    }
    for id in &rests_on.references {
        let (id, metric) = (SeriesId::price(*id), desk.resolve(id).await?);
        if let Some((version, series)) = desk.stored(&id, as_of).await? {
            inputs.push(input(&id, &metric, version, &series));
        }
    }
    Ok(inputs)
}

fn input(id: &SeriesId, metric: &Metric, version: i64, series: &Series) -> Input {
    let basis = if id.basis == Basis::TotalReturn { id.basis } else { metric.basis };
    let observations = Observations {
        kind: "observations",
        n: series.len(),
        from: series.first().map(|(day, _)| day.to_string()),
        to: series.last().map(|(day, _)| day.to_string()),
        sha256: hex(&sha256_of(series.days(), &[series.values()])),
    };
    Input { series: id.to_string(), basis: basis.words(), version, observations }
}

fn table(printed: &Printed, figure: &Figure) -> String {
    let mut table = Table::with_right(&[]);
    table.row(["figure", &printed.name]);
    table.row(["pair", &printed.pair]);
    match figure {
        Ok(estimate) => {
            match &estimate.value {
                Value::Number(number) => table.row(["value", &number.to_string()]),
                Value::Day(day) => table.row(["value", &day.to_string()]),
                Value::List(list) => {
                    table.row(["value", &list.iter().map(f64::to_string).collect::<Vec<_>>().join(" ")]);
                }
                Value::IntervalOnly => {}
            }
            if let Some(interval) = estimate.interval {
                table.row(["interval of 95 %", &format!("{} to {}", interval.low, interval.high)]);
            }
            table.row(["unit", estimate.unit.word()]);
            table.row(["n", &estimate.n.to_string()]);
            table.row(["dates", &format!("{} to {}", estimate.from, estimate.to)]);
            table.row(["method", estimate.method]);
        }
        Err(why) => table.row(["unavailable", &why.to_string()]),
    }
    for input in &printed.inputs {
        let name = format!("{} ({}), version {}", input.series, input.basis, input.version);
        table.row(["input", &format!("{name}: {}", input.observations)]);
    }
    if let Some(aligned) = &printed.aligned {
        table.row(["exact data", &aligned.to_string()]);
    }
    if let Some(seed) = &printed.seed {
        table.row(["seed", seed]);
    }
    table.row(["program", &format!("convex {}", printed.version)]);
    table.row(["again", &printed.command]);
    table.render()
}

impl std::fmt::Display for Observations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.n, self.kind)?;
        if let (Some(from), Some(to)) = (&self.from, &self.to) {
            write!(f, ", {from} to {to}")?;
        }
        write!(f, ", SHA-256 {}", self.sha256)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
