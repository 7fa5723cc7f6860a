//! What the first page says of the named pairs today: diverging, broken, back.

use convex_core::screen::{GapState, Question, TestedPair};

use super::screen::{TestLine, names, state_words, test_line, test_order};
use crate::desk::TestedScreen;
use crate::screen::tested_note;

/// Lines of each list.
const MOST: usize = 6;
/// A change of correlation beyond this p-value is not shown on the first page.
const SHOWN: f64 = 0.05;

/// The lists of the first page.
#[derive(Clone, Debug)]
pub(in crate::web) struct Today {
    pub(in crate::web) note: String,
    pub(in crate::web) diverging: Vec<TestLine>,
    pub(in crate::web) broken: Vec<TestLine>,
    /// Address, title and since when.
    pub(in crate::web) back: Vec<(String, String, String)>,
}

pub(in crate::web) fn today(screen: &TestedScreen) -> Today {
    let list = |question: Question, shown: &dyn Fn(&TestedPair) -> bool| -> Vec<TestLine> {
        let asked = screen.tested.pairs.iter().filter(|pair| pair.test(question).is_some());
        let mut pairs: Vec<&TestedPair> = asked.filter(|pair| shown(pair)).collect();
        pairs.sort_by(|one, other| test_order(one, question).total_cmp(&test_order(other, question)));
        pairs.into_iter().take(MOST).map(|pair| test_line(pair, question, &screen.frame)).collect()
    };
    let is_wide = |pair: &TestedPair| matches!(pair.row.state, GapState::Wide { .. });
    let has_changed = |pair: &TestedPair| pair.test(Question::Correlation).is_some_and(|test| test.judged.p <= SHOWN);
    let mut back: Vec<&TestedPair> =
        screen.tested.pairs.iter().filter(|pair| matches!(pair.row.state, GapState::Back { .. })).collect();
    back.sort_by_key(|pair| if let GapState::Back { ago, .. } = pair.row.state { ago } else { usize::MAX });
    let came = |pair: &TestedPair| {
        let (href, title, _) = names(&pair.row, &screen.frame);
        (href, title, state_words(pair.row.state))
    };
    Today {
        note: tested_note(screen),
        diverging: list(Question::Divergence, &is_wide),
        broken: list(Question::Correlation, &has_changed),
        back: back.into_iter().take(MOST).map(came).collect(),
    }
}
