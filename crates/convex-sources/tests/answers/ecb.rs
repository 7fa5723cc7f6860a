use convex_core::catalog::Provider;

use crate::answer::history;

#[test]
fn the_portal() {
    let dollar = history(Provider::Ecb, &["D.USD.EUR.SP00.A"]);
    let facts = &["D.USD.EUR.SP00.A (none): 2026-01-02 1.1732, 2026-01-06 1.1741"];
    let header =
        "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE,TITLE_COMPL";
    let row = |day: &str, value: &str| {
        format!(
            "EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,{day},{value},A,US dollar/Euro,\"ECB reference rate, US dollar/Euro\""
        )
    };
    let rows =
        [row("2026-01-02", "1.1732"), row("2026-01-05", "NaN"), row("2026-01-06", "1.1741"), row("2026-01-07", "")];
    dollar.check(&format!("{header}\r\n{}\r\n", rows.join("\r\n")), facts);
    // Fewer columns, several series, an empty last row.
    dollar.check(
        "FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE\nD,AUD,2026-01-02,1.75\nD,USD,2026-01-06,1.1741\nD,USD,2026-01-02,1.1732\nM,USD,2026-01,1.1\n,,,\n",
        facts,
    );
    dollar.check(
        "FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE\nD,AUD,2026-01-02,1.75\n",
        &["malformed: unreadable: an answer without \"D.USD.EUR.SP00.A\""],
    );
    history(Provider::Ecb, &["M.USD.EUR.SP00.A"]).check(
        "FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE\nM,USD,2025-12,1.1709\n",
        &["M.USD.EUR.SP00.A (none): 2025-12-01 1.1709"],
    );
    dollar.check(
        &format!("{header}\n{}", &row("2026-01-02", "1.1732")[..60]),
        &["malformed: unreadable: line 2: 10 cells, the header has 11"],
    );
}

#[test]
fn nothing_new_is_empty() {
    let dollar = history(Provider::Ecb, &["D.USD.EUR.SP00.A"]);
    dollar.clone().status(404).check("<html>No results found.</html>", &["empty: no observation in the answer"]);
    dollar.check("", &["empty: no observation in the answer"]);
    dollar.check("KEY,TIME_PERIOD,OBS_VALUE\n", &["empty: no observation in the answer"]);
    dollar.status(500).check("", &["unavailable: the provider has trouble: 500"]);
}

#[test]
fn the_reference_rates() {
    let dollar = history(Provider::Ecb, &["D.USD.EUR.SP00.A"]);
    let facts = &["D.USD.EUR.SP00.A (none): 2026-01-05 1.1732, 2026-01-06 1.1741"];
    dollar.check(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gesmes:Envelope xmlns:gesmes=\"g\" xmlns=\"e\"><gesmes:subject>Reference rates</gesmes:subject>\
         <Cube><Cube time='2026-01-06'><Cube currency='USD' rate='1.1741'/><Cube currency='JPY' rate='183.6'/></Cube>\
         <Cube time='2026-01-05'><Cube currency='USD' rate='1.1732'/></Cube></Cube></gesmes:Envelope>",
        facts,
    );
    dollar.check("Date,USD,JPY,CYP,\n2026-01-06,1.1741,183.6,N/A,\n2026-01-05,1.1732,182.9,N/A,\n", facts);
    dollar.check("<Error/>", &["malformed: unreadable: XML without a day of rates"]);
    dollar.check(
        "<Cube><Cube time='2026-01-06'><Cube currency='JPY' rate='1'/></Cube></Cube>",
        &["unknown-symbol: unknown there: D.USD.EUR.SP00.A"],
    );
}
