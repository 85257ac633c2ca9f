//! How an error is told: `error:`, why, and what to do next.

use super::harmless;
use crate::error::Error;

/// Prints an error on standard error. With `document`, standard output gets one JSON document as well, so that whoever
/// parses it always finds one.
pub fn print_error(error: &Error, document: bool) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{style}error{style:#}: {}", harmless(&error.message));
    for cause in &error.causes {
        anstream::eprintln!("  because: {}", harmless(cause));
    }
    let style = anstyle::AnsiColor::Cyan.on_default().bold();
    for hint in &error.hints {
        anstream::eprintln!("  {style}hint{style:#}: {}", harmless(hint));
    }
    if document {
        let document = serde_json::json!({
            "schemaVersion": 1,
            "error": {"message": error.message, "causes": error.causes, "hints": error.hints},
        });
        anstream::println!("{document:#}");
    }
}
