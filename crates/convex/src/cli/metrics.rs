//! `convex metrics`: the catalogue, and single metrics.

use super::open::Opened;
use super::table::Table;
use super::{Format, Global, Outcome};
use crate::api::{MetricDto, MetricRowDto};
use crate::desk::{Desk, MetricRow};
use crate::format::{self, Measure, Style};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex metrics                 every metric, with its last value and age
  convex metrics --stored        only those with observations
  convex metrics 10y-yield       one metric in full")]
pub(super) struct Args {
    /// One metric: id, ticker, provider id or name
    id: Option<String>,
    /// Leave out metrics without observations
    #[arg(long)]
    stored: bool,
    /// How to print [default: table on a terminal, json into a pipe]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let desk = Opened::new(global)?.desk().await?;
    let format = Format::or_default(args.format);
    match args.id {
        Some(id) => one(&desk, &id, format).await,
        None => all(&desk, args.stored, format).await,
    }
}

async fn all(desk: &Desk, stored: bool, format: Format) -> anyhow::Result<Outcome> {
    let rows = desk.overview().await?;
    let shown = || rows.iter().filter(|row| !stored || row.n > 0);
    if format == Format::Json {
        let metrics: Vec<MetricRowDto> = shown().map(MetricRowDto::from).collect();
        println!("{}", serde_json::to_string_pretty(&serde_json::json!({ "metrics": metrics }))?);
        return Ok(Outcome::Done);
    }
    let mut table = Table::with_right(&[2, 3, 4]);
    table.row(["id", "name", "last", "change", "n", "as of", "age"]);
    for row in shown() {
        print_row(&mut table, row);
    }
    print!("{}", table.render());
    Ok(Outcome::Done)
}

fn print_row(table: &mut Table, row: &MetricRow) {
    let Some((day, value)) = row.last else {
        return table.row([&row.metric.id, &row.metric.short, "", "", "0", "", row.freshness.state.word()]);
    };
    let change = format::figure(&row.change_1obs, Style::of("change.1obs", Measure::of(&row.metric)));
    table.row([
        &row.metric.id,
        &row.metric.short,
        &format::level(value, row.metric.unit),
        &change.text,
        &format::count(row.n),
        &day.to_string(),
        row.freshness.state.word(),
    ]);
}

async fn one(desk: &Desk, id: &str, format: Format) -> anyhow::Result<Outcome> {
    let view = desk.metric(id, None).await?;
    if format == Format::Json {
        println!("{}", serde_json::to_string_pretty(&MetricDto::from(&view))?);
    } else {
        println!("{} ({})\n{}\n", view.metric.name, view.metric.id, view.metric.definition);
        let mut table = Table::with_right(&[1]);
        for (name, figure) in view.figures.iter() {
            let text = format::figure(figure, Style::of(name, Measure::of(&view.metric)));
            table.row([name, &text.text, text.reason.as_deref().unwrap_or("")]);
        }
        print!("{}\n{}\n", table.render(), format::age(&view.freshness));
        for warning in &view.warnings {
            println!("! {warning}");
        }
    }
    Ok(if view.series.is_empty() { Outcome::NothingComputed } else { Outcome::Done })
}
