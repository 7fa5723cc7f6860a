//! Any bytes: the parser of files answers with a series or a mistake, and what it accepts it would accept again.

#![no_main]

use convex_core::Day;
use convex_sources::file::{Limits, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { today: Day::MAX, max_bytes: 1 << 20 };
    let Ok(parsed) = parse(bytes, &limits) else { return };
    assert!(!parsed.close.is_empty());
    let text: String = parsed.close.iter().map(|(day, value)| format!("{day},{value}\n")).collect();
    let again = parse(format!("date,close\n{text}").as_bytes(), &limits).expect("what was read can be read again");
    assert_eq!(again.close, parsed.close);
});
