//! What is put into the outbox.

use convex_core::Day;
use convex_store::{NewMessage, StoreError, Subscriber};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::desk::Desk;

/// Queues the digest of a day for readers. Each gets it once, however often this is called.
pub async fn queue_digest(desk: &Desk, day: Day, readers: &[Subscriber], now: Timestamp) -> Result<u64, StoreError> {
    let of = |reader: &Subscriber| NewMessage {
        key: format!("digest {day} {}", reader.id),
        subscriber: Some(reader.id),
        address: reader.address.clone(),
        kind: "digest".to_owned(),
        content: day.to_string(),
        due: now,
    };
    let messages: Vec<NewMessage> = readers.iter().filter(|reader| reader.wishes.digest).map(of).collect();
    desk.readers().queue(&messages).await
}

/// Whether it is the hour of a reader, on one of their days.
pub fn is_time(reader: &Subscriber, now: Timestamp) -> bool {
    let zone = TimeZone::get(&reader.wishes.zone).unwrap_or(TimeZone::UTC);
    let local = now.to_zoned(zone);
    let bit = local.weekday().to_monday_zero_offset();
    local.hour() as u8 >= reader.wishes.hour && reader.wishes.weekdays >> bit & 1 == 1
}

/// Queues a letter that a visitor asked for: one that asks for a yes, or one that leads to what was chosen. A few a day
/// and no more, whoever asks.
pub async fn queue_asked(desk: &Desk, reader: &Subscriber, rule: &str, now: Timestamp) -> Result<bool, StoreError> {
    /// Letters of this kind to one address in a day.
    const MOST: usize = 3;
    let since = now.saturating_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
    let known = desk.readers().messages_of(reader.id).await?;
    let recent = known
        .iter()
        .filter(|(message, _)| matches!(message.new.kind.as_str(), "confirm" | "manage") && message.new.due > since);
    let recent: Vec<_> = recent.collect();
    let is_waiting = recent.iter().any(|(message, state)| state == "waiting" && message.new.content == rule);
    if recent.len() >= MOST || is_waiting {
        return Ok(false);
    }
    let kind = if reader.confirmed.is_some() { "manage" } else { "confirm" };
    let message = NewMessage {
        key: format!("{kind} {} {} {}", reader.id, now.as_second(), recent.len()),
        subscriber: Some(reader.id),
        address: reader.address.clone(),
        kind: kind.to_owned(),
        content: rule.to_owned(),
        due: now,
    };
    Ok(desk.readers().queue(&[message]).await? > 0)
}

#[cfg(test)]
mod tests {
    use convex_store::Wishes;

    use super::*;

    #[test]
    fn the_hour_is_that_of_the_reader() {
        let reader = |zone: &str, hour, weekdays| Subscriber {
            id: 1,
            address: "a@b.c".into(),
            confirmed: None,
            generation: 1,
            wishes: Wishes { zone: zone.into(), hour, weekdays, ..Wishes::default() },
        };
        let check = |reader: &Subscriber, now: &str, expected: bool| {
            assert_eq!(is_time(reader, now.parse().unwrap()), expected, "{now}");
        };
        // 2025-11-28 is a Friday; New York is five hours behind.
        check(&reader("America/New_York", 7, 31), "2025-11-28T11:59:00Z", false);
        check(&reader("America/New_York", 7, 31), "2025-11-28T12:00:00Z", true);
        check(&reader("America/New_York", 7, 15), "2025-11-28T12:00:00Z", false);
        check(&reader("Asia/Tokyo", 7, 32), "2025-11-28T23:00:00Z", true);
        check(&reader("Nowhere/Land", 7, 31), "2025-11-28T07:00:00Z", true);
    }
}
