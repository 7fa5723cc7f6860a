//! Days as a reader reads them: day, month in letters, year, so that no country misreads them.

use convex_core::Day;
use jiff::civil::Weekday;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `31 Dec 2025`.
pub fn day(day: Day) -> String {
    format!("{} {}", day_of_year(day), day.year())
}

/// `31 Dec`, where the year stands beside it.
pub fn day_of_year(day: Day) -> String {
    format!("{} {}", day.date().day(), month(day))
}

/// `Dec 2025`.
pub fn month_year(day: Day) -> String {
    format!("{} {}", month(day), day.year())
}

/// `Wed 31 Dec 2025`.
pub fn weekday(of: Day) -> String {
    let name = match of.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    };
    format!("{name} {}", day(of))
}

/// `3 Oct to 31 Dec 2025`; the first year only where it differs.
pub fn span(from: Day, to: Day) -> String {
    if from == to {
        day(from)
    } else if from.year() == to.year() {
        format!("{} to {}", day_of_year(from), day(to))
    } else {
        format!("{} to {}", day(from), day(to))
    }
}

/// `Dec`.
pub fn month(day: Day) -> &'static str {
    MONTHS[(day.month() - 1) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_read() {
        let new_year: Day = "2025-01-02".parse().unwrap();
        let eve: Day = "2025-12-31".parse().unwrap();
        let table = [
            (day(eve), "31 Dec 2025"),
            (day(new_year), "2 Jan 2025"),
            (day_of_year(eve), "31 Dec"),
            (month_year(eve), "Dec 2025"),
            (weekday(eve), "Wed 31 Dec 2025"),
            (span(new_year, eve), "2 Jan to 31 Dec 2025"),
            (span(new_year - 30, eve), "3 Dec 2024 to 31 Dec 2025"),
            (span(eve, eve), "31 Dec 2025"),
        ];
        for (text, expected) in table {
            assert_eq!(text, expected);
        }
    }
}
