//! What leaves the program reads back as what went in.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::File;
use std::io::{self, Write};

use convex::export::{ExportFormat, between, write};
use convex_core::{Day, Series, SeriesId};
use convex_sources::file::{Limits, parse};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::prelude::*;

#[test]
fn csv_and_json_as_written() {
    let series = series(&[("2025-01-02", 100.0), ("2025-01-03", -37.63), ("2025-01-06", 1.5e-9)]);
    assert_eq!(text(&series, ExportFormat::Csv), "date,value\n2025-01-02,100\n2025-01-03,-37.63\n2025-01-06,1.5e-9\n");
    assert_eq!(
        text(&series, ExportFormat::Json),
        "[\n{\"date\":\"2025-01-02\",\"value\":100},\n{\"date\":\"2025-01-03\",\"value\":-37.63},\n\
         {\"date\":\"2025-01-06\",\"value\":1.5e-9}\n]\n"
    );
    assert_eq!(text(&Series::empty(), ExportFormat::Csv), "date,value\n");
    assert_eq!(text(&Series::empty(), ExportFormat::Json), "[]\n");
}

#[test]
fn parquet_reads_back() {
    let series = series(&[("1968-01-02", 35.18), ("2025-01-03", f64::MIN_POSITIVE), ("2025-01-06", 4_368.15)]);
    let reader = parquet_reader(&series);
    let metadata = reader.metadata().file_metadata();
    let keys: Vec<_> =
        metadata.key_value_metadata().unwrap().iter().map(|of| (of.key.as_str(), of.value.as_deref())).collect();
    assert!(keys.contains(&("series", Some("dia.tr"))), "{keys:?}");
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let read: Vec<_> = rows
        .iter()
        .map(|row| {
            let cells: Vec<_> = row.get_column_iter().collect();
            match cells[..] {
                [(date, Field::Date(day)), (value, Field::Double(number))] if date == "date" && value == "value" => {
                    (Day::from_epoch_days(*day).unwrap(), *number)
                }
                _ => panic!("{row:?}"),
            }
        })
        .collect();
    assert_eq!(read, series.iter().collect::<Vec<_>>());
    assert_eq!(parquet_reader(&Series::empty()).get_row_iter(None).unwrap().count(), 0);
}

#[test]
fn days_can_be_chosen() {
    let whole = series(&[("2025-01-02", 1.0), ("2025-01-03", 2.0), ("2025-01-06", 3.0)]);
    let check = |from: Option<&str>, to: Option<&str>, expected: &[f64]| {
        let cut = between(&whole, from.map(|day| day.parse().unwrap()), to.map(|day| day.parse().unwrap()));
        assert_eq!(cut.values(), expected, "{from:?} {to:?}");
    };
    check(None, None, &[1.0, 2.0, 3.0]);
    check(Some("2025-01-03"), None, &[2.0, 3.0]);
    check(None, Some("2025-01-03"), &[1.0, 2.0]);
    check(Some("2025-01-03"), Some("2025-01-05"), &[2.0]);
    check(Some("2025-01-07"), Some("2025-01-02"), &[]);
    check(Some("1700-01-01"), Some("2999-12-31"), &[1.0, 2.0, 3.0]);
}

#[test]
fn a_reader_that_has_gone_is_no_failure_and_a_full_disk_is() {
    struct Failing(io::ErrorKind);
    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let (id, series) = (SeriesId::price("dia"), series(&[("2025-01-02", 1.0)]));
    for format in [ExportFormat::Csv, ExportFormat::Json, ExportFormat::Parquet] {
        write(&id, &series, format, Failing(io::ErrorKind::BrokenPipe)).unwrap();
        let error = write(&id, &series, format, Failing(io::ErrorKind::StorageFull)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{format:?}");
    }
}

proptest! {
    #[test]
    fn an_export_can_be_imported(values in prop::collection::vec(prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL, 1..50)) {
        let first = Day::new(2001, 1, 1).unwrap();
        let days = (0..values.len() as i32).map(|n| first + n).collect();
        let series = Series::new(days, values).unwrap();
        let limits = Limits { today: Day::MAX, max_bytes: 1 << 20 };
        let parsed = parse(text(&series, ExportFormat::Csv).as_bytes(), &limits).unwrap();
        prop_assert_eq!(&parsed.close, &series);
        let json = text(&series, ExportFormat::Json);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap().is_array());
        // Read as text: a JSON reader may round the last place of a number.
        let rows = json.lines().filter_map(|line| line.split_once(",\"value\":"));
        let read: Vec<f64> = rows.map(|(_, number)| number.trim_end_matches([',', '}']).parse().unwrap()).collect();
        prop_assert_eq!(&read[..], series.values());
    }
}

fn parquet_reader(series: &Series) -> SerializedFileReader<File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes(series, ExportFormat::Parquet)).unwrap();
    SerializedFileReader::new(file).unwrap()
}

fn text(series: &Series, format: ExportFormat) -> String {
    String::from_utf8(bytes(series, format)).unwrap()
}

fn bytes(series: &Series, format: ExportFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&SeriesId::total_return("dia"), series, format, &mut bytes).unwrap();
    bytes
}

fn series(rows: &[(&str, f64)]) -> Series {
    let days = rows.iter().map(|(day, _)| day.parse().unwrap()).collect();
    Series::new(days, rows.iter().map(|(_, value)| *value).collect()).unwrap()
}
