//! Ways in which a body can be wrong.

use serde_json::{Map, Value, json};

/// A few bytes changed, left out or doubled.
pub(crate) fn bytes(body: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let mut body = body.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(body.len().max(1));
        let end = (at + 1 + dice.below(20)).min(body.len());
        match dice.below(4) {
            0 if at < body.len() => body[at] = dice.below(256) as u8,
            1 if at < end => drop(body.drain(at..end)),
            2 if at < end => {
                let piece = body[at..end].to_vec();
                body.splice(at..at, piece);
            }
            _ => body.insert(at.min(body.len()), b"0123456789.eE-\"{}[],:null"[dice.below(25)]),
        }
    }
    body
}

/// Still JSON, with a few members missing, doubled, out of order, or something else than they were.
pub(crate) fn members(body: &str, seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut value: Value = serde_json::from_str(body).unwrap();
    for _ in 0..=dice.below(3) {
        damage(&mut value, &mut dice);
    }
    value.to_string()
}

fn damage(value: &mut Value, dice: &mut Dice) {
    if dice.below(4) > 0 && inner(value, dice).is_some() {
        return;
    }
    match value {
        Value::Array(items) if !items.is_empty() && dice.below(3) > 0 => {
            let at = dice.below(items.len());
            match dice.below(3) {
                0 => drop(items.remove(at)),
                1 => items.push(items[at].clone()),
                _ => items.swap(0, at),
            }
        }
        Value::Object(items) if !items.is_empty() && dice.below(2) > 0 => {
            let key = items.keys().nth(dice.below(items.len())).cloned().unwrap();
            let item = items.shift_remove(&key).unwrap();
            if dice.below(2) > 0 {
                items.insert(format!("{key}x"), item);
            }
        }
        other => *other = any(dice),
    }
}

fn inner(value: &mut Value, dice: &mut Dice) -> Option<()> {
    let child = match value {
        Value::Array(items) => {
            let at = dice.below(items.len().max(1));
            items.get_mut(at)?
        }
        Value::Object(items) => {
            let at = dice.below(items.len().max(1));
            items.values_mut().nth(at)?
        }
        _ => return None,
    };
    damage(child, dice);
    Some(())
}

fn any(dice: &mut Dice) -> Value {
    let choices = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1e308),
        json!(-1e308),
        json!(1e15),
        json!(u64::MAX),
        json!(0.5),
        json!(1e-300),
        json!("0"),
        json!(""),
        json!("NaN"),
        json!("1e400"),
        json!("9999-12-31"),
        json!("2026-02-30T25:61:61Z"),
        json!("America/Nowhere"),
        json!("\u{0}é…"),
        json!([]),
        json!([[]]),
        json!([null]),
        Value::Object(Map::new()),
        json!({"error": "x", "message": "y", "status": "error", "error_code": 429}),
    ];
    choices[dice.below(choices.len())].clone()
}

/// Numbers that look like chance, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % n as u64) as usize
    }
}
