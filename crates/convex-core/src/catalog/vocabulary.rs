//! Closed sets of words: how a value is spelt in a catalogue file, and what a reader sees.

/// A type whose values are words of the catalogue.
pub(super) trait Word: Copy + 'static {
    /// What the word says about an entry.
    const WHAT: &'static str;

    /// Every value, in the order of the documentation.
    fn all() -> &'static [Self];

    /// How the value is spelt in a catalogue file.
    fn spelling(self) -> &'static str;
}

/// Gives an enum its `ALL`, `key()` and `words()` from one table, so that a variant cannot lack a spelling.
macro_rules! vocabulary {
    ($name:ident, $what:literal, { $($variant:ident => $key:literal, $words:literal;)+ }) => {
        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in catalogue files and answers.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key),+
                }
            }

            /// The words a reader sees, fit for the middle of a sentence.
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$variant => $words),+
                }
            }
        }

        impl crate::catalog::vocabulary::Word for $name {
            const WHAT: &'static str = $what;

            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn spelling(self) -> &'static str {
                self.key()
            }
        }
    };
}

pub(super) use vocabulary;
