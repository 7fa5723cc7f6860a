//! Reading a rule.

use winnow::ascii::{space0, space1};
use winnow::combinator::{alt, cut_err, eof, not, opt, preceded, terminated};
use winnow::error::{ContextError, StrContext, StrContextValue};
use winnow::prelude::*;
use winnow::token::{one_of, take_while};

use super::rule::COOL_DOWN;
use super::{Amount, Condition, Rule, Scale, Side, Subject};

/// Longest text that is read as a rule.
const LONGEST: usize = 240;
/// Most closes, or sessions, that a rule may count.
const MOST_SESSIONS: u32 = 252;

/// Rules of each kind.
pub const EXAMPLES: [&str; 5] = [
    "dia-vs-iwm: ratio.z_1y above 2 for 3 closes",
    "spy-vs-rsp: correlation.90d.pearson below 0.5",
    "bamlh0a0hym2 +50 bp in 5 sessions",
    "gold-vs-iwm: verdict of lead changes",
    "icsa late",
];

/// Why a text is not a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    /// It is longer than any rule.
    #[error("a rule has at most {LONGEST} characters")]
    TooLong,
    /// It cannot be read.
    #[error("the rule cannot be read at \"{at}\"{expected}; write it like \"{}\"", EXAMPLES[0])]
    Unreadable {
        /// The text from where it cannot be read.
        at: String,
        /// What could stand there.
        expected: String,
    },
    /// It names no metric or pair, and none was given beside it.
    #[error("the rule names no metric or pair: write it like \"{}\"", EXAMPLES[0])]
    NoSubject,
}

impl Rule {
    /// Reads a rule. One that names no subject is about `subject`, if that is given.
    ///
    /// ```
    /// use convex_core::alert::{Rule, Subject};
    /// let rule = Rule::parse("hy-oas +50 bp in 5 sessions", None).unwrap();
    /// assert_eq!(rule.to_string(), "hy-oas: +50 bp in 5 sessions");
    /// let pair = Subject::Pair("dia".into(), "iwm".into());
    /// let rule = Rule::parse("ratio.z_1y above 2 for 3 closes", Some(&pair)).unwrap();
    /// assert_eq!(rule.to_string(), "dia-vs-iwm: ratio.z_1y above 2 for 3 closes");
    /// ```
    pub fn parse(text: &str, subject: Option<&Subject>) -> Result<Self, BadRule> {
        if text.chars().count() > LONGEST {
            return Err(BadRule::TooLong);
        }
        let text = text.trim().to_lowercase().replace(['−', '–'], "-");
        let (named, condition, cool_down) = whole.parse(&text).map_err(|error| {
            let at: String = text.chars().skip(text[..error.offset()].chars().count()).take(30).collect();
            let named = error.inner().context().filter_map(|context| match context {
                StrContext::Expected(value) => Some(value.to_string()),
                _ => None,
            });
            let named: Vec<String> = named.collect();
            let expected = if named.is_empty() { String::new() } else { format!(", {} expected", named.join(" or ")) };
            BadRule::Unreadable { at, expected }
        })?;
        let subject = named.or_else(|| subject.cloned()).ok_or(BadRule::NoSubject)?;
        Ok(Self { subject, condition, cool_down })
    }
}

fn whole(input: &mut &str) -> ModalResult<(Option<Subject>, Condition, u32)> {
    let subject = opt(alt((
        terminated(subject, (space0, ':', space0)),
        terminated(subject.verify(|subject| !is_reserved(subject)), space1),
    )))
    .parse_next(input)?;
    let condition = cut_err(alt((verdict, late, of_figure))).parse_next(input)?;
    let mut pause =
        opt(preceded((opt((space0, ',')), space1, words("at most once in"), space1), terminated(count, sessions)));
    let cool_down = pause.parse_next(input)?.unwrap_or(COOL_DOWN);
    (space0, eof).context(expected("the end")).parse_next(input)?;
    Ok((subject, condition, cool_down))
}

/// Words with which a condition begins, so that they name no metric.
fn is_reserved(subject: &Subject) -> bool {
    let Subject::Metric(id) = subject else { return false };
    matches!(id.as_str(), "verdict" | "series" | "late" | "value" | "ratio" | "spread" | "above" | "below")
}

fn subject(input: &mut &str) -> ModalResult<Subject> {
    let name = take_while(1..=90, |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_/".contains(c));
    let named = name.verify_map(|name: &str| {
        let (a, b) = match name.split_once("-vs-").or_else(|| name.split_once('/')) {
            Some((a, b)) => (a, Some(b)),
            None => (name, None),
        };
        let is_id = |id: &str| crate::is_metric_id(id);
        match b {
            None => is_id(a).then(|| Subject::Metric(a.to_owned())),
            Some(b) => (is_id(a) && is_id(b) && a != b).then(|| Subject::Pair(a.to_owned(), b.to_owned())),
        }
    });
    named.context(expected("a metric or a pair")).parse_next(input)
}

fn verdict(input: &mut &str) -> ModalResult<Condition> {
    let claim = take_while(1..=40, |c: char| c.is_ascii_lowercase() || c == '-');
    let after = preceded((words("verdict of"), space1), cut_err(terminated(claim, (space1, word("changes")))));
    after.map(|claim: &str| Condition::Verdict { claim: question(claim).to_owned() }).parse_next(input)
}

/// The id of a question by another name people use for it.
fn question(typed: &str) -> &str {
    if typed == "lead-lag" { "lead" } else { typed }
}

fn late(input: &mut &str) -> ModalResult<Condition> {
    (opt((word("series"), space1)), word("late")).value(Condition::Late).parse_next(input)
}

fn of_figure(input: &mut &str) -> ModalResult<Condition> {
    let figure = opt(terminated(figure, space1)).parse_next(input)?.unwrap_or_else(|| "value".to_owned());
    let level = (side, space1, cut_err(amount));
    if let Some((side, _, level)) = opt(level).parse_next(input)? {
        let closes =
            opt(preceded((space1, word("for"), space1), cut_err(terminated(count, closes)))).parse_next(input)?;
        let back = (space1, words("until"), space1, opt((words("back"), space1)), word(side.other().word()), space1);
        let until = opt(preceded(back, cut_err(amount))).parse_next(input)?;
        return Ok(Condition::Level { figure, side, level, closes: closes.unwrap_or(1), until });
    }
    let sign = one_of(['+', '-']).context(expected("above, below or a signed change")).parse_next(input)?;
    let size = cut_err(unsigned).parse_next(input)?;
    let sessions = cut_err(preceded((space1, word("in"), space1), terminated(count, sessions))).parse_next(input)?;
    let number = if sign == '-' { -size.number } else { size.number };
    Ok(Condition::Move { size: Amount { number, ..size }, sessions })
}

/// A dotted name; a word of the language is none.
fn figure(input: &mut &str) -> ModalResult<String> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c);
    let name = take_while(1..=80, is_part).verify(|name: &str| {
        !matches!(name, "above" | "below") && name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.ends_with('.')
    });
    name.map(|name: &str| match name {
        "ratio" | "spread" => format!("{name}.value"),
        name => name.to_owned(),
    })
    .parse_next(input)
}

fn side(input: &mut &str) -> ModalResult<Side> {
    alt((word("above").value(Side::Above), word("below").value(Side::Below))).parse_next(input)
}

fn amount(input: &mut &str) -> ModalResult<Amount> {
    let is_negative = opt(one_of(['+', '-'])).parse_next(input)? == Some('-');
    let amount = unsigned(input)?;
    Ok(Amount { number: if is_negative { 0.0 - amount.number } else { amount.number }, ..amount })
}

fn unsigned(input: &mut &str) -> ModalResult<Amount> {
    let digits = take_while(1..=60, |c: char| c.is_ascii_digit() || c == '.');
    // Within these bounds every number is written as it was read.
    let is_sized = |number: &f64| *number == 0.0 || (1e-9..=1e12).contains(number);
    let number = digits.verify_map(|digits: &str| digits.parse::<f64>().ok().filter(is_sized));
    let number = number.context(expected("a number")).parse_next(input)?;
    let bp = (space0, word("bp")).value(Scale::BasisPoints);
    let scale = opt(alt((bp, (space0, '%').value(Scale::Percent)))).parse_next(input)?.unwrap_or(Scale::Own);
    Ok(Amount { number, scale })
}

fn count(input: &mut &str) -> ModalResult<u32> {
    let digits = take_while(1..=3, |c: char| c.is_ascii_digit());
    let number = digits.verify_map(|digits: &str| digits.parse().ok().filter(|n| (1..=MOST_SESSIONS).contains(n)));
    number.context(expected("a number from 1 to 252")).parse_next(input)
}

fn closes(input: &mut &str) -> ModalResult<()> {
    (space1, alt((word("closes"), word("close"), word("sessions"), word("session"), word("observations"))))
        .void()
        .parse_next(input)
}

fn sessions(input: &mut &str) -> ModalResult<()> {
    (space1, alt((word("sessions"), word("session"), word("closes"), word("observations")))).void().parse_next(input)
}

/// A word of the language that is not merely the beginning of another.
fn word<'a>(text: &'static str) -> impl Parser<&'a str, (), winnow::error::ErrMode<ContextError>> {
    (text, not(one_of(|c: char| c.is_alphanumeric() || "._".contains(c)))).void()
}

/// Several words, however many spaces stand between them.
fn words<'a>(text: &'static str) -> impl Parser<&'a str, (), winnow::error::ErrMode<ContextError>> {
    move |input: &mut &'a str| {
        for (at, one) in text.split(' ').enumerate() {
            if at > 0 {
                space1.parse_next(input)?;
            }
            word(one).parse_next(input)?;
        }
        Ok(())
    }
}

fn expected(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pair() -> Subject {
        Subject::Pair("dia".into(), "iwm".into())
    }

    #[test]
    fn reads_what_people_write() {
        let check = |typed: &str, expected: &str| {
            let rule = Rule::parse(typed, Some(&pair())).map(|rule| rule.to_string());
            assert_eq!(rule.as_deref(), Ok(expected), "{typed}");
        };
        check("ratio.z_1y above 2 for 3 closes", "dia-vs-iwm: ratio.z_1y above 2 for 3 closes");
        check("  Ratio.Z_1Y  above  2  ", "dia-vs-iwm: ratio.z_1y above 2");
        check("correlation.90d.pearson below 0.5", "dia-vs-iwm: correlation.90d.pearson below 0.5");
        check("hy-oas +50 bp in 5 sessions", "hy-oas: +50 bp in 5 sessions");
        check("hy-oas: −50bp in 1 session", "hy-oas: -50 bp in 1 session");
        check("spy -5% in 21 sessions", "spy: -5 % in 21 sessions");
        check("verdict of lead-lag changes", "dia-vs-iwm: verdict of lead changes");
        check("gold/iwm: verdict of gap-now changes", "gold-vs-iwm: verdict of gap-now changes");
        check("series late", "dia-vs-iwm: late");
        check("icsa late", "icsa: late");
        check("vixcls above 30 until below 20", "vixcls: value above 30 until below 20");
        check(
            "ratio above 1.9, at most once in 20 sessions",
            "dia-vs-iwm: ratio.value above 1.9, at most once in 20 sessions",
        );
        check("divergence.z below -2 until back above -0.5", "dia-vs-iwm: divergence.z below -2 until above -0.5");
        check("gold/iwm ratio.z_1y above 2", "gold-vs-iwm: ratio.z_1y above 2");
        check("+3 % in 2 sessions", "dia-vs-iwm: +3 % in 2 sessions");
    }

    #[test]
    fn says_where_it_cannot_read_on() {
        let check = |typed: &str, expected: &str| {
            let error = Rule::parse(typed, None).unwrap_err().to_string();
            assert!(error.contains(expected), "{typed}: {error}");
        };
        check("dia-vs-iwm: ratio.z_1y over 2", "at \"over 2\", above, below or a signed change expected");
        check("dia: value above two", "at \"two\"");
        check("dia: value above 2 for 0 closes", "at \"0 closes\", a number from 1 to 252 expected");
        check("dia: value above 2 please", "the end expected");
        check("value above 2", "names no metric or pair");
        check("", "cannot be read");
        check(&"x".repeat(300), "at most 240 characters");
        check("dia: value above 1e400", "at \"e400\"");
        check("dia: value above 9999999999999999", "a number expected");
    }

    proptest! {
        #[test]
        fn never_panics_and_what_it_reads_it_reads_again(text in "\\PC{0,80}") {
            if let Ok(rule) = Rule::parse(&text, Some(&pair())) {
                prop_assert_eq!(Rule::parse(&rule.to_string(), None), Ok(rule));
            }
        }

        #[test]
        fn near_rules_survive_a_round(
            words in proptest::collection::vec(proptest::sample::select(vec![
                "dia", "dia-vs-iwm:", "ratio.z_1y", "above", "below", "2", "-0.5", "+50", "bp", "%", "in", "5", "sessions",
                "0.30000000000000004", "999999999999", "for", "closes", "until", "verdict", "of", "lead", "changes", "late", ",", "at most once in",
            ]), 1..9)
        ) {
            if let Ok(rule) = Rule::parse(&words.join(" "), Some(&pair())) {
                prop_assert_eq!(Rule::parse(&rule.to_string(), None), Ok(rule));
            }
        }
    }
}
