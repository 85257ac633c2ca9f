//! Questions on a terminal. Their answer is no by default.

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, Select};

use super::harmless;
use crate::error::Error;

/// Asks for consent.
///
/// # Errors
/// Ctrl-C, or a terminal that went away.
pub fn confirm(question: &str) -> Result<bool, Error> {
    let answer = Confirm::with_theme(&*theme()).with_prompt(question).default(false).interact();
    answer.map_err(|error| interrupted(&error))
}

/// Lets one of several be chosen.
///
/// # Errors
/// Ctrl-C, or a terminal that went away.
pub fn choose(question: &str, items: &[String]) -> Result<usize, Error> {
    let shown: Vec<_> = items.iter().map(|item| harmless(item)).collect();
    let answer = Select::with_theme(&*theme()).with_prompt(question).items(&shown).default(0).interact();
    answer.map_err(|error| interrupted(&error))
}

fn theme() -> Box<dyn Theme> {
    match anstream::AutoStream::choice(&std::io::stderr()) {
        anstream::ColorChoice::Never => Box::new(SimpleTheme),
        _ => Box::new(ColorfulTheme::default()),
    }
}

/// dialoguer hides the cursor while it asks.
fn interrupted(error: &dialoguer::Error) -> Error {
    let _ = dialoguer::console::Term::stderr().show_cursor();
    let dialoguer::Error::IO(io) = error;
    match io.kind() {
        std::io::ErrorKind::Interrupted => Error::interrupted("interrupted; nothing was changed"),
        _ => Error::failed("the terminal gave no answer").because(io.to_string()),
    }
}
