"""Trading calendars for convex-core, from other people's software.

    python calendars/make.py            writes catalog/calendars/*.txt
    python calendars/make.py --check    compares with what is there instead, and fails where a day differs

Holidays and early closes come from PyPI exchange-calendars; those of the US bond market, which it lacks, from
pandas-market-calendars, with the corrections below. Needs the versions in requirements.txt.
"""

import argparse
import dataclasses
import pathlib
import sys
import warnings
from collections.abc import Iterable

import exchange_calendars
import pandas as pd
import pandas_market_calendars
from dateutil.easter import easter

FOLDER = pathlib.Path(__file__).parent.parent / "catalog" / "calendars"
# Whole years, so that a file changes only where an exchange changed its mind or a year was added.
FROM, TO = pd.Timestamp("1990-01-01"), pd.Timestamp("2029-12-31")
WEEKDAYS = pd.bdate_range(FROM, TO)

# The volatility index is published on days of the global session from this day on, New York's holidays among them.
CBOE_GLOBAL_HOURS = pd.Timestamp("2022-05-30")

# Where the recommended bond holidays are not what the Treasury's and the Federal Reserve's published yields show.
BOND_CLOSED = {
    "1994-04-27": "funeral of President Nixon",
    "2001-09-11": "attacks",
    "2001-09-12": "attacks",
    "2004-06-11": "funeral of President Reagan",
    "2012-10-30": "hurricane",
    "2018-12-05": "funeral of President Bush",
}
BOND_OPEN = {
    day: "Good Friday with the employment report"
    for day in ["1996-04-05", "1999-04-02", "2007-04-06", "2010-04-02", "2012-04-06", "2015-04-03"]
}

BOND_EARLY = {"2025-01-09": "14:00"}  # funeral of President Carter


@dataclasses.dataclass
class Market:
    """One file."""

    key: str
    name: str
    rests_on: str
    note: str
    zone: str
    hours: str
    sessions: set[pd.Timestamp]
    also: set[pd.Timestamp]
    early: dict[pd.Timestamp, str]


def upstream(name: str):
    """A calendar of exchange-calendars over our span."""
    return exchange_calendars.get_calendar(name, start=FROM, end=TO)


def sessions(name: str) -> set[pd.Timestamp]:
    return set(upstream(name).sessions)


def early(name: str, zone: str, usual: str) -> dict[pd.Timestamp, str]:
    """Days that close before the usual time, with the local time they close at."""
    calendar = upstream(name)
    closes = {day: calendar.closes[day].tz_convert(zone).strftime("%H:%M") for day in calendar.early_closes}
    return {day: time for day, time in closes.items() if time < usual}


def without_rules(name: str) -> set[pd.Timestamp]:
    """Weekdays that no rule of the exchange closes: days closed for an occasion count as sessions."""
    calendar = upstream(name)
    rules = calendar.regular_holidays.holidays(FROM, TO)
    return set(WEEKDAYS) - set(pd.DatetimeIndex(rules).tz_localize(None).normalize())


def target() -> set[pd.Timestamp]:
    """TARGET's closing days as the European Central Bank decided them, checked against Paris, which keeps the same."""
    closed = set()
    for year in range(1999, TO.year + 1):
        sunday = pd.Timestamp(easter(year))
        closed |= {pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 25)}
        if year >= 2000:
            closed |= {sunday - pd.Timedelta(days=2), sunday + pd.Timedelta(days=1)}
            closed |= {pd.Timestamp(year, 5, 1), pd.Timestamp(year, 12, 26)}
    # The last day of the year, for the changeover of 2000 and for euro notes and coins.
    closed |= {pd.Timestamp("1999-12-31"), pd.Timestamp("2001-12-31")}
    days = set(WEEKDAYS) - closed
    since = pd.Timestamp("2002-01-01")
    differ = {day for day in days ^ sessions("XPAR") if day >= since}
    if differ:
        sys.exit(f"TARGET and Paris differ on {sorted(differ)}")
    return days


def bonds() -> tuple[set[pd.Timestamp], dict[pd.Timestamp, str]]:
    """Sessions and early closes of the US government bond market."""
    calendar = pandas_market_calendars.get_calendar("SIFMAUS")
    schedule = calendar.schedule(FROM, TO)
    days = set(schedule.index) - {pd.Timestamp(day) for day in BOND_CLOSED} | {pd.Timestamp(day) for day in BOND_OPEN}
    closes = calendar.early_closes(schedule)["market_close"].dt.tz_convert("America/New_York").dt.strftime("%H:%M")
    early_days = {day: time for day, time in closes.items() if day in days and time < "17:00"}
    return days, early_days | {pd.Timestamp(day): time for day, time in BOND_EARLY.items()}


def markets() -> list[Market]:
    new_york, london, euro = "America/New_York", "Europe/London", "Europe/Berlin"
    nyse, globex, energy = sessions("XNYS"), sessions("CMES"), sessions("IEPA")
    regular = without_rules("XNYS")
    bond_days, bond_early = bonds()
    # An index and a future that trade round the clock rest only where a rule says so, not on New York's days of mourning.
    globex, energy = globex | regular, energy | regular
    global_hours = {day for day in globex if day >= CBOE_GLOBAL_HOURS}
    return [
        Market(
            "nyse", "New York Stock Exchange", "exchange-calendars XNYS", "", new_york, "09:30 16:00",
            nyse, set(), early("XNYS", new_york, "16:00"),
        ),
        Market(
            "cboe", "Cboe's indices", "exchange-calendars XNYS; CMES for the days besides",
            "An index is due on the days its options trade. VIX, not its siblings, also comes on the other days of the global "
            "session, since 2022-05-30.",
            new_york, "09:30 16:15", nyse, global_hours - nyse, early("XCBF", new_york, "16:15"),
        ),
        Market(
            "cme", "CME's metals and energy, and spot metal",
            "exchange-calendars XNYS; CMES for the days besides",
            "A settlement is due on the days New York's shares trade; trade itself goes on on the days besides.",
            new_york, "18:00-1 17:00", nyse, globex - nyse, early("CMES", new_york, "17:00"),
        ),
        Market(
            "ice", "ICE Futures US, the dollar index",
            "exchange-calendars XNYS; IEPA for the days besides",
            "A close is due on the days New York's shares trade; vendors carry some of the days besides.",
            new_york, "20:00-1 17:00", nyse, energy - nyse, early("IEPA", new_york, "17:00"),
        ),
        Market(
            "london", "London business days", "exchange-calendars XLON", "", london, "08:00 16:30",
            sessions("XLON"), set(), early("XLON", london, "16:30"),
        ),
        Market(
            "target", "TARGET, the euro area's settlement days", "the closing days of the European Central Bank",
            "", euro, "07:00 18:00", target(), set(), {},
        ),
        Market(
            "us-government", "US government bonds", "pandas-market-calendars SIFMAUS, corrected by the days yields were published",
            "On the days besides, shares trade or the Federal Reserve is open, and some series have a value.",
            new_york, "08:00 17:00", bond_days, (nyse | regular) - bond_days, bond_early,
        ),
    ]


def by_year(days: Iterable[pd.Timestamp], text=lambda day: f"{day:%m-%d}") -> dict[int, list[str]]:
    years: dict[int, list[str]] = {}
    for day in sorted(days):
        years.setdefault(day.year, []).append(text(day))
    return years


def write(market: Market) -> str:
    closed = set(WEEKDAYS) - market.sessions - market.also
    assert all(day.weekday() < 5 for day in market.sessions | market.also), market.key
    open_days = market.sessions | market.also
    shortened = {day: time for day, time in market.early.items() if day in open_days}
    lines = [f"# {market.name}: made by `cargo xtask calendars` from {market.rests_on}"]
    lines += [f"# {market.note}"] if market.note else []
    lines += [f"zone {market.zone}", f"hours {market.hours}", "weekdays mon-fri", f"from {FROM:%Y-%m-%d}", f"to {TO:%Y-%m-%d}"]
    kinds = [
        ("closed", by_year(closed)),
        ("besides", by_year(market.also)),
        ("early", by_year(shortened, lambda day: f"{day:%m-%d}={shortened[day]}")),
    ]
    for word, years in kinds:
        lines += [f"{word} {year} {' '.join(days)}" for year, days in years.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    warnings.simplefilter("ignore")
    stale = []
    FOLDER.mkdir(exist_ok=True)
    for market in markets():
        path, text = FOLDER / f"{market.key}.txt", write(market)
        if not check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale.append(path.name)
    if stale:
        sys.exit(f"not what the packages say: {', '.join(stale)}; run cargo xtask calendars and look at the difference")
    print(f"{'compared with' if check else 'wrote'} {FOLDER}: {FROM:%Y} to {TO:%Y}")


if __name__ == "__main__":
    main()
