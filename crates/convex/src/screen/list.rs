//! Lists of ids or pairs, one a line.

/// What a list holds, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Series.
    Series(Vec<String>),
    /// Pairs.
    Pairs(Vec<(String, String)>),
}

/// A list that cannot be read: the line, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadList {
    /// A line has more than two names.
    #[error("line {0}: \"{1}\" is neither an id nor a pair like dia/iwm")]
    Line(usize, String),
    /// Ids and pairs stand in one list.
    #[error("line {0}: a list holds ids or pairs, not both")]
    Mixed(usize),
    /// There is nothing in the list.
    #[error("the list is empty: write an id or a pair like dia/iwm on each line")]
    Empty,
    /// The list is longer than any catalogue.
    #[error("the list has more than {0} lines")]
    Long(usize),
}

/// Lines a list may have.
const MOST: usize = 200_000;

/// Reads ids or pairs, one a line: `dia`, `dia/iwm`, `dia iwm`, `dia,iwm` or `dia-vs-iwm`. Empty lines and what follows a
/// `#` are passed over.
pub fn read_list(text: &str) -> Result<Listed, BadList> {
    let (mut ids, mut pairs) = (Vec::new(), Vec::new());
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if at >= MOST {
            return Err(BadList::Long(MOST));
        }
        if line.is_empty() {
            continue;
        }
        let spaced = line.replace("-vs-", " ").replace(['/', ',', ';', '\t'], " ");
        match *spaced.split_whitespace().collect::<Vec<_>>() {
            [id] => ids.push(id.to_owned()),
            [a, b] => pairs.push((a.to_owned(), b.to_owned())),
            _ => return Err(BadList::Line(at + 1, line.chars().take(60).collect())),
        }
        if !ids.is_empty() && !pairs.is_empty() {
            return Err(BadList::Mixed(at + 1));
        }
    }
    match (ids.is_empty(), pairs.is_empty()) {
        (false, _) => Ok(Listed::Series(ids)),
        (_, false) => Ok(Listed::Pairs(pairs)),
        _ => Err(BadList::Empty),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<String> {
        match read_list(text) {
            Ok(Listed::Pairs(pairs)) => pairs.into_iter().map(|(a, b)| format!("{a}+{b}")).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn reads_pairs_however_they_are_written() {
        let text = "\u{feff}# mine\r\ndia/iwm\r\ngold iwm # why not\n\nqqq,iwm\nspy-vs-tlt\n";
        assert_eq!(pairs(text), ["dia+iwm", "gold+iwm", "qqq+iwm", "spy+tlt"]);
        assert_eq!(read_list("dia\niwm\n"), Ok(Listed::Series(vec!["dia".to_owned(), "iwm".to_owned()])));
    }

    #[test]
    fn refuses_in_words() {
        let refused = |text: &str| read_list(text).unwrap_err().to_string();
        assert_eq!(refused("dia\n\ngold iwm qqq"), "line 3: \"gold iwm qqq\" is neither an id nor a pair like dia/iwm");
        assert_eq!(refused("dia\ngold iwm"), "line 2: a list holds ids or pairs, not both");
        assert_eq!(refused(" \n# nothing\n"), "the list is empty: write an id or a pair like dia/iwm on each line");
    }
}
