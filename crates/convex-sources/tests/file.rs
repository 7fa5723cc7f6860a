//! Files as people have them: what is read, what is refused and in which words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::io::{self, Read};

use convex_core::{Day, Series};
use convex_sources::file::{Limits, Mistake, Parsed, parse};
use proptest::prelude::*;

#[test]
fn reads_what_people_have() {
    let plain = series(&[("2025-01-02", 1.5), ("2025-01-03", -2.0)]);
    for file in [
        "date,close\n2025-01-02,1.5\n2025-01-03,-2\n",
        "date,close\n2025-01-02,1.5\n2025-01-03,-2",
        "date,close\r\n2025-01-02,1.5\r\n2025-01-03,-2\r\n",
        "\u{feff}date,close\n2025-01-02,1.5\n2025-01-03,-2\n",
        "\u{feff}\"date\",\"close\"\r\n\"2025-01-02\",\"1.5\"\r\n\"2025-01-03\",\"-2\"\r\n",
        "date,value\n2025-01-02,1.5\n2025-01-03,-2\n",
        " Date , CLOSE \n 2025-01-02 , 1.50 \n2025-01-03\t,\t-2.0\n",
        "\n  \ndate,close\n\n2025-01-02,1.5\n\r\n2025-01-03,-2\n\n \n",
        "close,date\n1.5,2025-01-02\n-2,2025-01-03\n",
        "date,note,close,volume\n2025-01-02,,1.5,many\n2025-01-03,\"a, b\",-2e0,\n",
        "date,value,close\n2025-01-02,9,+1.5\n2025-01-03,,-.2E1\n",
        "date,open,high,low,close\n2025-01-02,,,,1.5\n2025-01-03,-2,-1,-3,-2\n",
    ] {
        let parsed = read(file).unwrap_or_else(|words| panic!("{words}\n{file}"));
        assert_eq!(parsed, Parsed { close: plain.clone(), adj_close: None, warnings: vec![] }, "{file}");
    }
}

#[test]
fn adjusted_close_is_a_series_of_its_own() {
    for name in ["adj_close", "Adj Close", "ADJ_CLOSE"] {
        let parsed = read(&format!("date,close,{name}\n2025-01-02,10,9.5\n2025-01-03,11,10.5\n")).unwrap();
        assert_eq!(parsed.close, series(&[("2025-01-02", 10.0), ("2025-01-03", 11.0)]));
        assert_eq!(parsed.adj_close, Some(series(&[("2025-01-02", 9.5), ("2025-01-03", 10.5)])));
    }
}

#[test]
fn odd_ranges_are_counted_and_do_no_harm() {
    let warned = |rows: &[&str]| {
        let file = format!("date,open,high,low,close\n2025-01-01,2,3,1,2\n{}\n", rows.join("\n"));
        let parsed = read(&file).unwrap();
        assert_eq!(parsed.close.len(), rows.len() + 1, "the close is kept");
        parsed.warnings.first().map(ToString::to_string)
    };
    assert_eq!(warned(&["2025-01-02,2,3,1,3"]), None);
    for row in [
        "2025-01-02,x,3,1,2",
        "2025-01-02,2,nan,1,2",
        "2025-01-02,2,3,-inf,2",
        "2025-01-02,2,3,1,4",
        "2025-01-02,2,3,1,0.5",
        "2025-01-02,4,3,1,2",
        "2025-01-02,,1,3,",
    ] {
        let row = if row.ends_with(',') { format!("{row}2") } else { row.to_owned() };
        let words = "1 row has an open, high or low that does not fit, first in line 3; the close is kept";
        assert_eq!(warned(&[&row]).as_deref(), Some(words), "{row}");
    }
    assert_eq!(
        warned(&["2025-01-02,2,3,1,2", "2025-01-03,2,3,1,4", "2025-01-04,2,3,1,5"]).as_deref(),
        Some("2 rows have an open, high or low that does not fit, first in line 4; the close is kept")
    );
}

#[test]
fn refuses_in_words_that_name_line_and_way_out() {
    for (file, words) in [
        ("", "line 1: the file is empty"),
        ("\n \r\n", "line 2: the file is empty"),
        ("\u{feff}", "line 1: the file is empty"),
        ("date,close\n", "line 1: no row follows the header"),
        ("day,close\n2025-01-02,1\n", "line 1: the header has no column \"date\""),
        ("2025-01-02,1\n", "line 1: the header has no column \"date\""),
        ("date,last\n2025-01-02,1\n", "line 1: the header has no column \"close\" (or \"value\")"),
        ("date,Date,close\n", "line 1: the header has two columns \"date\""),
        ("date,value,value\n", "line 1: the header has two columns \"value\""),
        ("date,close,low,low\n", "line 1: the header has two columns \"low\""),
        ("date;close\n2025-01-02;1\n", "line 1: this file uses semicolons; use commas"),
        ("\"date\"; \"close\"\n", "line 1: this file uses semicolons; use commas"),
        ("Date\tClose\n", "line 1: this file uses tabs; use commas"),
        ("date|close\n", "line 1: this file uses vertical bars; use commas"),
        ("date,close\n2025-01-02\n", "line 2: the header has 2 columns, this line 1"),
        ("date,close\n2025-01-02,1,234.5\n", "line 2: the header has 2 columns, this line 3"),
        ("date,close\n2025-01-02,\n", "line 2: column \"close\" is blank"),
        ("date,value\n2025-01-02,\" \"\n", "line 2: column \"value\" is blank"),
        ("date,close,adj_close\n2025-01-02,1,\n", "line 2: column \"adj_close\" is blank"),
        ("date,close\n,1\n", "line 2: column \"date\" is blank"),
        ("date,close\n2025-01-02,1\n2025-01-03,abc\n", "line 3: \"abc\" in column \"close\" is not a number"),
        ("date,close\n2025-01-02,.\n", "line 2: \".\" in column \"close\" is not a number"),
        ("date,value\n2025-01-02,\"1,234.5\"\n", "line 2: \"1,234.5\" in column \"value\" is not a number"),
        ("date,close\n2025-01-02,0x10\n", "line 2: \"0x10\" in column \"close\" is not a number"),
        ("date,close\n2025-01-02,NaN\n", "line 2: \"NaN\" in column \"close\" is not finite"),
        ("date,close\n2025-01-02,-inf\n", "line 2: \"-inf\" in column \"close\" is not finite"),
        ("date,close\n2025-01-02,1e999\n", "line 2: \"1e999\" in column \"close\" is too large a number"),
        ("date,close\n02/01/2025,1\n", "line 2: \"02/01/2025\" is not a date of the form YYYY-MM-DD"),
        ("date,close\n2025-02-30,1\n", "line 2: \"2025-02-30\" is not a date of the form YYYY-MM-DD"),
        ("date,close\n1492-10-12,1\n", "line 2: \"1492-10-12\" is not a date of the form YYYY-MM-DD"),
        ("date,close\n2025-01-02,1\n2025-01-02,2\n", "line 3: 2025-01-02 stands twice"),
        (
            "date,close\n2025-01-03,1\n\n2025-01-02,2\n",
            "line 4: 2025-01-02 comes after 2025-01-03: sort the rows by date, oldest first",
        ),
        ("date,close\n2025-07-02,1\n", "line 2: 2025-07-02 is in the future, today is 2025-07-01"),
        ("date,close\n\"2025-01-02,1\n", "line 2: a quotation mark is not closed"),
        ("date,close\n\"2025-01-02\" x,1\n", "line 2: a quotation mark is not closed"),
    ] {
        assert_eq!(read(file).unwrap_err(), words, "{file}");
    }
}

#[test]
fn refuses_bytes_that_are_not_text() {
    for (bytes, words) in [
        (&b"date,close\n2025-01-02,1\n2025-01-03,\xff\n"[..], "line 3: the text is not UTF-8: save the file as UTF-8"),
        (b"date,close,n\xf6te\n", "line 1: the text is not UTF-8: save the file as UTF-8"),
        (b"\xff\xfed\0a\0t\0e\0,\0", "line 1: the text is not UTF-8: save the file as UTF-8"),
        (b"date,close\n2025-01-02,1\0\n", "line 2: \"1\u{fffd}\" in column \"close\" is not a number"),
    ] {
        assert_eq!(parse(bytes, &limits()).unwrap_err().to_string(), words);
    }
}

#[test]
fn memory_and_size_are_bounded() {
    let endless = b"date,close\n2025-01-02,".chain(io::repeat(b'1'));
    assert_eq!(parse(endless, &limits()).unwrap_err().to_string(), "line 2: the line is longer than 65536 bytes");
    let open_mark = b"date,close\n\"".chain(&b"2025-01-02,1\n"[..]).chain(io::repeat(b'\n'));
    assert_eq!(parse(open_mark, &limits()).unwrap_err().to_string(), "line 2: a quotation mark is not closed");
    let blank_lines = b"date,close\n2025-01-02,1\n".chain(io::repeat(b'\n'));
    let error = parse(blank_lines, &Limits { max_bytes: 1 << 20, ..limits() }).unwrap_err();
    assert!(matches!(error.mistake, Mistake::LargeFile(1_048_576)), "{error}");
    assert_eq!(error.mistake.to_string(), "the file is larger than the 1048576 bytes allowed");
    let exactly = "date,close\n2025-01-02,1\n";
    let max_bytes = exactly.len() as u64;
    assert!(parse(exactly.as_bytes(), &Limits { max_bytes, ..limits() }).is_ok());
    assert!(parse(exactly.as_bytes(), &Limits { max_bytes: max_bytes - 1, ..limits() }).is_err());
}

#[test]
fn a_failing_disk_is_named() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let error = parse(b"date,close\n2025-01-02,1\n".chain(Failing), &limits()).unwrap_err();
    assert_eq!(error.to_string(), "line 2: cannot be read: the disk is gone");
}

proptest! {
    #[test]
    fn whatever_the_bytes_nothing_panics(bytes: Vec<u8>) {
        let _ = parse(&bytes[..], &limits());
    }

    #[test]
    fn near_files_never_panic(text in "(\u{feff})?(date|close|value|low|,|\"|;|\n){0,12}\n([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9.,e\"\r\n-]|nan|é){0,60}") {
        let _ = parse(text.as_bytes(), &limits());
    }

    /// Reading in pieces of any size gives the same.
    #[test]
    fn pieces_do_not_matter(rows in prop::collection::btree_map(0..20_000i32, -1e12f64..1e12, 1..300), piece in 1usize..50) {
        struct Pieces<'a>(&'a [u8], usize);
        impl Read for Pieces<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let n = self.1.min(buffer.len());
                self.0.read(&mut buffer[..n])
            }
        }
        let rows: Vec<(Day, f64)> = rows.into_iter().map(|(n, value)| (Day::from_epoch_days(n).unwrap(), value)).collect();
        let mut text = "date,close\n".to_owned();
        for (day, value) in &rows {
            writeln!(text, "{day},{value}").unwrap();
        }
        let parsed = parse(Pieces(text.as_bytes(), piece), &limits()).unwrap();
        prop_assert_eq!(parsed.close.iter().collect::<Vec<_>>(), rows);
    }
}

fn read(text: &str) -> Result<Parsed, String> {
    parse(text.as_bytes(), &limits()).map_err(|error| error.to_string())
}

fn limits() -> Limits {
    Limits { today: "2025-07-01".parse().unwrap(), max_bytes: 2_000_000_000 }
}

fn series(rows: &[(&str, f64)]) -> Series {
    let days = rows.iter().map(|(day, _)| day.parse().unwrap()).collect();
    Series::new(days, rows.iter().map(|(_, value)| *value).collect()).unwrap()
}
