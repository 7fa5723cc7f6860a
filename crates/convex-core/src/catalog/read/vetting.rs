//! What vetting lets pass.

use toml::Spanned;
use toml::de::DeValue;

use super::fields::Fields;

/// A year of days: beyond that a standstill is a slip of the pen.
pub(super) const LONGEST_STANDSTILL: u16 = 366;

/// `plausible = [low, high]`.
pub(super) fn plausible(fields: &mut Fields<'_, '_, '_>) -> Option<(f64, f64)> {
    fields.value("plausible")?;
    let bounds: Vec<Option<f64>> = fields.list("plausible").iter().map(number).collect();
    match bounds[..] {
        [Some(low), Some(high)] if low < high => Some((low, high)),
        _ => {
            fields.wrong("plausible", "plausible must be the lowest and the highest value, as in [0.5, 200]");
            None
        }
    }
}

/// `largest_change = 25`.
pub(super) fn largest_change(fields: &mut Fields<'_, '_, '_>) -> Option<f64> {
    let limit = number(fields.value("largest_change")?).filter(|limit| *limit >= 1.0);
    if limit.is_none() {
        fields.wrong("largest_change", "largest_change must be a number of standard deviations, at least 1");
    }
    limit
}

fn number(value: &Spanned<DeValue<'_>>) -> Option<f64> {
    let value = value.get_ref();
    let text = value.as_float().map(|float| float.as_str().to_owned());
    let text =
        text.or_else(|| value.as_integer().filter(|whole| whole.radix() == 10).map(|whole| whole.as_str().to_owned()));
    text?.parse().ok().filter(|number: &f64| number.is_finite())
}
