//! Frames of version 1 of the socket: `[channel, data, name of the channel, pair]`, or an object with an event.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::feed::refusal;
use crate::Failure;
use crate::read::numbers::Number;

/// The last trade in a frame.
pub(super) struct Trade {
    pub price: f64,
    pub at: Option<Timestamp>,
}

/// Pair and last trade of a frame; `None` for frames about other things.
pub(super) fn read(frame: &Value) -> Result<Option<(&str, Trade)>, Failure> {
    if frame["event"] == "subscriptionStatus" && frame["status"] == "error" {
        return Err(refusal(frame["errorMessage"].as_str().unwrap_or_default()));
    }
    let Some([.., channel, pair]) = frame.as_array().map(Vec::as_slice) else { return Ok(None) };
    let (Some(channel), Some(pair)) = (channel.as_str(), pair.as_str()) else { return Ok(None) };
    let data = &frame[1];
    let (price, at) = match channel {
        "trade" => {
            // Price, volume, time, side, order type, rest.
            let Some(last) = data.as_array().and_then(|trades| trades.last()) else { return Ok(None) };
            (number(&last[0])?, number(&last[2])?)
        }
        "ticker" => (number(&data["c"][0])?, None),
        _ => return Ok(None),
    };
    let at = at.and_then(|seconds| Timestamp::from_microsecond((seconds * 1e6).round() as i64).ok());
    Ok(price.map(|price| (pair, Trade { price, at })))
}

fn number(value: &Value) -> Result<Option<f64>, Failure> {
    Number::deserialize(value).map(|number| number.0).map_err(|error| Failure::malformed(error.to_string()))
}
