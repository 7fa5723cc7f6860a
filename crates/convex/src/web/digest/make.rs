//! Making the digest of a day.

use std::sync::Arc;

use convex_core::Day;
use convex_core::digest::{Fact, headline};
use convex_core::freshness::AgeState;
use convex_core::screen::{GapState, Question, TestedPair, question_name};

use super::moves::{Moved, moves};
use super::{Content, Line, Number, Part};
use crate::desk::{Desk, Error, ScreenAsk, TestedScreen};
use crate::format;
use crate::screen::tested_note;
use crate::web::view::screen::{TestLine, names, state_words, test_line, test_order};
use crate::web::view::weather::{TOLD_BY, weather};

/// Lines of each list.
const MOST: usize = 8;
/// Days ahead of which releases are told.
const AHEAD: i32 = 2;
/// A change of correlation beyond this p-value is not listed.
const SHOWN: f64 = 0.05;

/// The digest of a day: what was known at its end, or what is known now where `is_now`. `before` is the one before it.
pub(crate) async fn make(desk: &Arc<Desk>, day: Day, is_now: bool, before: Option<&Content>) -> Result<Content, Error> {
    let as_of = (!is_now).then_some(day);
    let family = desk.tested_screen(ScreenAsk { as_of, ..ScreenAsk::default() }).await?;
    let members = desk.members_of_all(as_of).await?;
    let moved = moves(&members, day, before);
    let marks = marks(&family);
    let is_new = |mark: &str| before.is_none_or(|before| !before.marks.iter().any(|known| known == mark));

    let mut facts: Vec<(Fact, String, Option<String>)> = Vec::new();
    for one in &moved {
        facts.push((Fact { p: one.p, is_new: true }, said_of_move(one), None));
    }
    for pair in &family.tested.pairs {
        for question in [Question::Divergence, Question::Correlation] {
            if let Some(test) = pair.test(question) {
                let mark = mark(pair, question, &family);
                let fact = Fact { p: test.judged.p_family, is_new: is_new(&mark) };
                let (_, _, slug) = names(&pair.row, &family.frame);
                facts.push((fact, said_of_test(pair, question, &family), Some(slug)));
            }
        }
    }
    let only: Vec<Fact> = facts.iter().map(|fact| fact.0).collect();
    let strongest = headline(&only).map(|place| facts[place].clone());
    let quiet = strongest.is_none();
    let simulated = if family.frame.sample { "Simulated: " } else { "" };
    let looked = format!(
        "{} of {} and {} looked at",
        format::plural(family.tested.tests, "test"),
        format::plural(family.tested.pairs.len(), "pair"),
        format::plural(moved.len(), "new observation"),
    );
    let (subject, lead, picture) = match &strongest {
        Some((_, said, picture)) => (format!("{simulated}{said}"), said.clone(), picture.clone()),
        None => (
            format!("{simulated}Nothing stands out, {}", format::day(day)),
            format!("Nothing stands out: of {looked}, none is new beyond what chance shows on one day in twenty."),
            None,
        ),
    };
    let widest = || family.tested.pairs.first().map(|pair| names(&pair.row, &family.frame).2);
    let picture = picture.or_else(|| if quiet { None } else { widest() });
    let mut parts = vec![
        changed(&moved, quiet),
        tests("Diverging now", Question::Divergence, &family, quiet, &|pair| {
            matches!(pair.row.state, GapState::Wide { .. })
        }),
        tests("Correlation changed", Question::Correlation, &family, quiet, &|pair| {
            pair.test(Question::Correlation).is_some_and(|test| test.judged.p <= SHOWN)
        }),
        back(&family),
        regime(desk, as_of).await?,
        releases(desk, day).await?,
        late(desk, as_of).await?,
    ];
    if let Some(part) = parts.get_mut(1) {
        part.note = tested_note(&family);
    }
    parts.retain(|part| !part.lines.is_empty());
    let latest = members.iter().filter_map(|one| Some((one.metric.id.clone(), one.series.last()?.0.to_string())));
    let rows = desk.overview().await?;
    let providers = rows.iter().filter_map(|row| row.provider).map(|provider| provider.attribution().to_owned());
    let mut sources: Vec<String> = providers.filter(|text| !text.is_empty()).collect();
    sources.sort();
    sources.dedup();
    let name = |id: &str| desk.catalog().metric(id).map_or_else(|| id.to_owned(), |metric| metric.label.clone());
    let legs = picture.as_deref().and_then(crate::api::split_pair);
    let picture_alt = legs.map(|(a, b)| format!("Chart of {} against {}", name(a), name(b))).unwrap_or_default();
    Ok(Content {
        day: day.to_string(),
        sample: family.frame.sample,
        subject,
        lead,
        quiet,
        parts,
        picture,
        picture_alt,
        marks,
        latest: latest.collect(),
        sources: if family.frame.sample { Vec::new() } else { sources },
    })
}

fn said_of_move(moved: &Moved) -> String {
    let Some(surprise) = moved.surprise else { return String::new() };
    let size = match surprise.since {
        Some(since) => format!("the largest move in {}", format::plural(since, "observation")),
        None => format!("the largest of the last {} moves", format::count(surprise.n + 1)),
    };
    format!("{} {}: {size}", moved.noun, moved.change)
}

fn said_of_test(pair: &TestedPair, question: Question, family: &TestedScreen) -> String {
    let (_, title, _) = names(&pair.row, &family.frame);
    let line = test_line(pair, question, &family.frame);
    match question {
        Question::Divergence => {
            format!(
                "{title} is {} deviations from its year (p {} among {} tests)",
                line.estimate.bare().plain(),
                line.p_family.plain(),
                family.tested.tests
            )
        }
        Question::Correlation | Question::Move => {
            format!(
                "{title}: correlation {} (p {} among {} tests)",
                line.note,
                line.p_family.plain(),
                family.tested.tests
            )
        }
    }
}

fn mark(pair: &TestedPair, question: Question, family: &TestedScreen) -> String {
    format!("{} {}", question_name(question), names(&pair.row, &family.frame).2)
}

fn marks(family: &TestedScreen) -> Vec<String> {
    let passing = family.tested.pairs.iter().flat_map(|pair| {
        let passes = |question: &Question| pair.test(*question).is_some_and(convex_core::screen::Test::passes);
        Question::ALL.into_iter().filter(passes).map(|question| mark(pair, question, family)).collect::<Vec<_>>()
    });
    passing.collect()
}

/// The most unusual moves. On a quiet day the first few.
fn changed(moved: &[Moved], quiet: bool) -> Part {
    let most = if quiet { 3 } else { MOST };
    Part {
        title: "Moved most".to_owned(),
        note:
            "By how rare a move of that size was among the series’ own last ten years; ● where it stays rare among all \
               series looked at."
                .to_owned(),
        lines: moved.iter().filter(|one| one.surprise.is_some()).take(most).map(|one| one.line.clone()).collect(),
    }
}

fn tests(
    title: &str,
    question: Question,
    family: &TestedScreen,
    quiet: bool,
    shown: &dyn Fn(&TestedPair) -> bool,
) -> Part {
    let asked = family.tested.pairs.iter().filter(|pair| pair.test(question).is_some() && shown(pair));
    let mut pairs: Vec<&TestedPair> = asked.collect();
    pairs.sort_by(|one, other| test_order(one, question).total_cmp(&test_order(other, question)));
    let line = |pair: &TestedPair| {
        let TestLine { href, title, passes, estimate, p, p_family, note, .. } =
            test_line(pair, question, &family.frame);
        let figure = if question == Question::Divergence { "divergence.z" } else { "correlation.change.z_difference" };
        let day = pair.row.as_of.map(format::day).unwrap_or_default();
        Line {
            marked: passes,
            title,
            href,
            number: Some(Number {
                figure: figure.to_owned(),
                kind: "pair".to_owned(),
                id: names(&pair.row, &family.frame).2,
                text: estimate.plain(),
            }),
            text: format!("{note}; p {}, in the family {}; {day}", p.plain(), p_family.plain()),
        }
    };
    let most = if quiet { 3 } else { MOST };
    Part { title: title.to_owned(), note: String::new(), lines: pairs.into_iter().take(most).map(line).collect() }
}

fn back(family: &TestedScreen) -> Part {
    let came =
        family.tested.pairs.iter().filter(|pair| matches!(pair.row.state, GapState::Back { ago, .. } if ago <= 1));
    let line = |pair: &TestedPair| {
        let (href, title, _) = names(&pair.row, &family.frame);
        Line { title, href, text: state_words(pair.row.state), ..Line::default() }
    };
    Part { title: "Back to normal".to_owned(), note: String::new(), lines: came.map(line).collect() }
}

async fn regime(desk: &Desk, as_of: Option<Day>) -> Result<Part, Error> {
    let mut told = Vec::new();
    for id in TOLD_BY {
        if desk.catalog().metric(id).is_some() {
            told.push(desk.metric(id, as_of).await?);
        }
    }
    let lines = weather(&told).into_iter().map(|state| {
        let may_show = desk.catalog().metric(&state.id).is_some_and(|metric| metric.licence.may_be_passed_on());
        let number = Number {
            figure: "value".to_owned(),
            kind: "metric".to_owned(),
            id: state.id.clone(),
            text: format!("{} {}", state.value.plain(), state.unit).trim().to_owned(),
        };
        Line {
            marked: false,
            title: state.name,
            href: format!("/metrics/{}", state.id),
            number: (may_show || told.iter().any(|view| view.sample)).then_some(number),
            text: format!("{}; {}", state.state, state.day),
        }
    });
    Ok(Part { title: "State of the market".to_owned(), note: String::new(), lines: lines.collect() })
}

/// Releases that are due on the day and the next.
async fn releases(desk: &Desk, day: Day) -> Result<Part, Error> {
    let rows = desk.overview().await?;
    let due = rows.iter().filter(|row| row.freshness.market.is_none() && row.n > 0 && row.freshness.due_day.is_some());
    let mut due: Vec<(Day, Line)> = due
        .filter_map(|row| {
            let on = row.freshness.due_day.filter(|on| *on >= day && *on < day + AHEAD)?;
            let (title, href) = (row.metric.short.clone(), format!("/metrics/{}", row.metric.id));
            Some((on, Line { title, href, text: format!("expected {}", format::weekday(on)), ..Line::default() }))
        })
        .collect();
    due.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.title.cmp(&other.1.title)));
    let lines = due.into_iter().map(|(_, line)| line).take(MOST).collect();
    Ok(Part { title: "Expected releases".to_owned(), note: String::new(), lines })
}

/// Inputs that are late or stale: figures that rest on them are older than the rest.
async fn late(desk: &Desk, as_of: Option<Day>) -> Result<Part, Error> {
    let rows = desk.overview().await?;
    let mut lines = Vec::new();
    for row in rows.iter().filter(|row| row.n > 0) {
        let age = match as_of {
            None => row.freshness.clone(),
            Some(day) => desk.metric(&row.metric.id, Some(day)).await?.freshness,
        };
        if matches!(age.state, AgeState::Late | AgeState::Stale) {
            let (title, href) = (row.metric.short.clone(), format!("/metrics/{}", row.metric.id));
            lines.push(Line { title, href, text: format::age(&age), ..Line::default() });
        }
    }
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let note = match more {
        0 => "What rests on these is older than the rest.".to_owned(),
        more => format!("What rests on these is older than the rest; {more} more are on the page of ages."),
    };
    Ok(Part { title: "Late or stale inputs".to_owned(), note, lines })
}
