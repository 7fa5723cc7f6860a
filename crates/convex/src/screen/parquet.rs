//! Flat columns as Parquet, written column by column.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::{Cell, Flat};

pub(super) fn write(flat: &Flat, output: impl Write + Send) -> io::Result<()> {
    columns(flat, output).map_err(|error| match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::other(cause),
        },
        error => io::Error::other(error),
    })
}

fn columns(flat: &Flat, output: impl Write + Send) -> Result<(), ParquetError> {
    let Some(first) = flat.rows.first() else { return Err(ParquetError::General("a screen without rows".to_owned())) };
    let fields: Vec<String> = flat.names.iter().zip(first).map(|(name, cell)| field(name, cell)).collect();
    let schema = Arc::new(parse_message_type(&format!("message screen {{ {} }}", fields.join(" ")))?);
    let mark = flat.sample.then(|| vec![KeyValue::new("simulated".to_owned(), "true".to_owned())]);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(mark)
        .build();
    let mut file = SerializedFileWriter::new(output, schema, Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for at in 0..flat.names.len() {
        let cells = || flat.rows.iter().map(|row| &row[at]);
        match &first[at] {
            Cell::Text(_) => put::<ByteArrayType>(&mut group, cells(), |cell| match cell {
                Cell::Text(text) => Some(ByteArray::from(text.as_str())),
                _ => None,
            }),
            Cell::Number(_) => put::<DoubleType>(&mut group, cells(), |cell| match cell {
                Cell::Number(number) => *number,
                _ => None,
            }),
            Cell::Count(_) => put::<Int64Type>(&mut group, cells(), |cell| match cell {
                Cell::Count(count) => *count,
                _ => None,
            }),
            Cell::Day(_) => put::<Int32Type>(&mut group, cells(), |cell| match cell {
                Cell::Day(day) => day.map(convex_core::Day::epoch_days),
                _ => None,
            }),
            Cell::Flag(_) => put::<BoolType>(&mut group, cells(), |cell| match cell {
                Cell::Flag(flag) => *flag,
                _ => None,
            }),
        }?;
    }
    group.close()?;
    file.close()?;
    Ok(())
}

fn field(name: &str, cell: &Cell) -> String {
    match cell {
        Cell::Text(_) => format!("optional byte_array {name} (UTF8);"),
        Cell::Number(_) => format!("optional double {name};"),
        Cell::Count(_) => format!("optional int64 {name};"),
        Cell::Day(_) => format!("optional int32 {name} (DATE);"),
        Cell::Flag(_) => format!("optional boolean {name};"),
    }
}

/// A column of optional values: the values there are, and for each row whether there is one.
fn put<'a, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, impl Write + Send>,
    cells: impl Iterator<Item = &'a Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let found: Vec<Option<T::T>> = cells.map(value).collect();
    let levels: Vec<i16> = found.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = found.into_iter().flatten().collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&values, Some(&levels), None)?;
        column.close()?;
    }
    Ok(())
}
