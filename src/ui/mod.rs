//! The terminal: streams, colour, progress and prompts. Knows nothing of AWS.

mod failure;
mod progress;
mod prompt;

use std::borrow::Cow;
use std::io::IsTerminal;

pub use failure::print_error;
pub use progress::Progress;
pub use prompt::{choose, confirm};

/// How to talk: what `-q` and the terminal say.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    pub quiet: bool,
    /// Standard input and standard error are a terminal, so that questions can be asked.
    pub interactive: bool,
    /// Standard error is a terminal.
    pub animated: bool,
}

impl Terminal {
    /// Looks at the standard streams.
    #[must_use]
    pub fn of_streams(quiet: bool) -> Self {
        let animated = std::io::stderr().is_terminal();
        Self { quiet, interactive: animated && std::io::stdin().is_terminal(), animated: animated && !quiet }
    }

    /// A note on standard error, unless `-q`.
    pub fn note(self, text: &str) {
        if !self.quiet {
            anstream::eprintln!("{text}");
        }
    }
}

/// Decides colour for both streams: `--color`, then `NO_COLOR` and `CLICOLOR_FORCE`, then the terminal.
pub fn set_color(choice: anstream::ColorChoice) {
    choice.write_global();
}

/// Makes every control character visible, line feeds included: what comes from AWS or from a file must neither command
/// the terminal nor write lines of its own.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    escape(text, |_| false)
}

/// The same for a document, which has lines and tabs.
#[must_use]
pub fn harmless_lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| matches!(c, '\n' | '\t'))
}

fn escape(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    // Besides control characters, those that turn the direction of writing.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hostile = |c: char| (c.is_control() || turns(c)) && !keep(c);
    if !text.contains(hostile) {
        return text.into();
    }
    let shown = |c: char| if hostile(c) { c.escape_unicode().to_string() } else { c.to_string() };
    text.chars().map(shown).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::{harmless, harmless_lines};

    #[test]
    fn escapes_are_neutralised() {
        assert_eq!(harmless("a\u{1b}[31mb\u{9b}c\u{202e}"), "a\\u{1b}[31mb\\u{9b}c\\u{202e}");
        assert_eq!(harmless("a\n\té"), "a\\u{a}\\u{9}é");
        assert_eq!(harmless_lines("a\n\té\u{1b}"), "a\n\té\\u{1b}");
    }
}
