//! Results as text: functions from results to strings. One file a format or a kind of result.

mod documents;
mod excerpt;
mod findings;
mod plan;
mod table;

use serde::Serialize;

pub use documents::{CheckDocument, EnsureDocument, FargateProfileDocument, InspectDocument, ProfileDocument};
pub use findings::{explain, explain_list, findings, summary};
pub use plan::plan;
pub use table::inspect;

/// A document as JSON, with a line feed at its end.
///
/// # Panics
/// Never: the documents consist of strings, numbers and lists.
#[must_use]
pub fn json(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("documents are plain data");
    text.push('\n');
    text
}

/// A document as YAML.
///
/// # Panics
/// Never: the documents consist of strings, numbers and lists.
#[must_use]
pub fn yaml(document: &impl Serialize) -> String {
    serde_saphyr::to_string(document).expect("documents are plain data")
}
