use convex_core::catalog::Provider;

use crate::answer::history;

#[test]
fn a_file_at_an_address() {
    let address = "https://example.invalid/rent.csv";
    let rent = history(Provider::File, &[address]);
    rent.check(
        "date,value\n2026-01-05,1.5\n2026-01-06,1.25\n",
        &[&format!("{address} (undocumented): 2026-01-05 1.5, 2026-01-06 1.25")],
    );
    rent.check(
        "Date,High,Low,Close,Adj Close\r\n2026-01-05,1,2,1.5,1.4\r\n",
        &[
            &format!("{address} (undocumented): 2026-01-05 1.5"),
            &format!("{address} total return (undocumented): 2026-01-05 1.4"),
            "warning: 1 row has an open, high or low that does not fit, first in line 2; the close is kept",
        ],
    );
    rent.check("date,value\n", &["empty: no observation in the answer"]);
    rent.check(
        "date,value\n2026-01-05,x\n",
        &["malformed: unreadable: line 2: \"x\" in column \"value\" is not a number"],
    );
    rent.check(
        "date,value\n2026-01-11,1\n",
        &["malformed: unreadable: line 2: 2026-01-11 is in the future, today is 2026-01-10"],
    );
    rent.check(
        "<!doctype html><p>Sign in",
        &["wrong-kind: an HTML page instead of plain text: <!doctype html><p>Sign in"],
    );
    rent.status(404).check("", &["unknown-symbol: unknown there: 404"]);
}
