//! Parquet, written column by column: two columns need no data frame.

use std::io::{self, Write};
use std::sync::Arc;

use convex_core::{Series, SeriesId};
use parquet::basic::Compression;
use parquet::data_type::{DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

const SCHEMA: &str = "message series { required int32 date (DATE); required double value; }";

pub(super) fn write(id: &SeriesId, series: &Series, output: &mut (impl Write + Send)) -> io::Result<()> {
    columns(id, series, output).map_err(|error| match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::other(cause),
        },
        error => io::Error::other(error),
    })
}

fn columns(id: &SeriesId, series: &Series, output: &mut (impl Write + Send)) -> Result<(), ParquetError> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let series_id = KeyValue::new("series".to_owned(), id.to_string());
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(parquet::basic::ZstdLevel::default()))
        .set_key_value_metadata(Some(vec![series_id]))
        .build();
    let mut file = SerializedFileWriter::new(output, schema, Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    let days: Vec<i32> = series.days().iter().map(|day| day.epoch_days()).collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<Int32Type>().write_batch(&days, None, None)?;
        column.close()?;
    }
    if let Some(mut column) = group.next_column()? {
        column.typed::<DoubleType>().write_batch(series.values(), None, None)?;
        column.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(())
}
