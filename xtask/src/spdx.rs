//! Licence expressions: `MIT OR (Apache-2.0 AND BSD-3-Clause)`, and the older `MIT/Apache-2.0`.

/// Whether the terms can be met with allowed licences only. An expression that cannot be read is not allowed.
pub(crate) fn permits(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, at: 0, allowed };
    reader.any_of() == Some(true) && reader.at == words.len()
}

struct Reader<'a> {
    words: &'a [&'a str],
    at: usize,
    allowed: &'a [&'a str],
}

impl<'a> Reader<'a> {
    fn any_of(&mut self) -> Option<bool> {
        let mut met = self.all_of()?;
        while self.skip("OR") {
            met |= self.all_of()?;
        }
        Some(met)
    }

    fn all_of(&mut self) -> Option<bool> {
        let mut met = self.one()?;
        while self.skip("AND") {
            met &= self.one()?;
        }
        Some(met)
    }

    fn one(&mut self) -> Option<bool> {
        if self.skip("(") {
            let met = self.any_of()?;
            return self.skip(")").then_some(met);
        }
        let name = self.word()?;
        if matches!(name, "OR" | "AND" | "WITH" | ")") {
            return None;
        }
        if self.skip("WITH") {
            let full = format!("{name} WITH {}", self.word()?);
            return Some(self.allowed.contains(&full.as_str()));
        }
        Some(self.allowed.contains(&name))
    }

    fn word(&mut self) -> Option<&'a str> {
        let word = *self.words.get(self.at)?;
        self.at += 1;
        Some(word)
    }

    fn skip(&mut self, expected: &str) -> bool {
        let found = self.words.get(self.at) == Some(&expected);
        self.at += usize::from(found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::permits;

    #[test]
    fn reads_expressions() {
        let allowed = ["MIT", "Apache-2.0", "BSD-3-Clause", "Apache-2.0 WITH LLVM-exception"];
        for met in [
            "MIT",
            "MIT/Apache-2.0",
            "Apache-2.0 / MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0 OR MIT",
            "MIT AND BSD-3-Clause",
            "(MIT OR GPL-3.0) AND Apache-2.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        ] {
            assert!(permits(met, &allowed), "{met}");
        }
        for unmet in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR Apache-2.0) AND MPL-2.0",
            "Apache-2.0 WITH Other-exception",
            "MIT OR",
            "(MIT",
            "MIT)",
            "MIT MIT",
            "WITH",
            "SEE LICENSE IN LICENSE.md",
        ] {
            assert!(!permits(unmet, &allowed), "{unmet}");
        }
    }
}
