//! A plan as Terraform's users read one: `+` adds, `~` changes, and a diff of what changes.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use crate::plan::{Change, Plan, Step};
use crate::ui::harmless;

const ADD: Style = AnsiColor::Green.on_default();
const CHANGE: Style = AnsiColor::Yellow.on_default();
const REMOVE: Style = AnsiColor::Red.on_default();

/// Everything that will be done, in order, and the count of it.
#[must_use]
pub fn plan(plan: &Plan) -> String {
    let mut text = String::new();
    for step in &plan.steps {
        let (style, sign) = match step.change() {
            Change::Add => (ADD, '+'),
            Change::Change => (CHANGE, '~'),
        };
        let _ = writeln!(text, "{style}{sign}{style:#} {}", harmless(&step.summary(&plan.role)));
        text.push_str(&details(step));
    }
    for note in &plan.notes {
        let _ = writeln!(text, "note: {}", harmless(note));
    }
    let (adds, changes) = plan.counts();
    let _ = writeln!(text, "Plan: {adds} to add, {changes} to change, 0 to remove.");
    text
}

fn details(step: &Step) -> String {
    match step {
        Step::CreateRole { trust_policy, description, boundary, tags, .. } => {
            let mut text = fact("description", description);
            text.push_str(&boundary.as_ref().map(|arn| fact("permissions boundary", arn)).unwrap_or_default());
            text.push_str(&tags.iter().map(|(key, value)| fact(&format!("tag {key}"), value)).collect::<String>());
            text + &diff("", trust_policy)
        }
        Step::UpdateTrustPolicy { before, after } => diff(before, after),
        Step::PutInlinePolicy { before, document, .. } => diff(before.as_deref().unwrap_or_default(), document),
        Step::PutBoundary { before: Some(before), arn } => fact("permissions boundary", &format!("{before} -> {arn}")),
        Step::UpdateDescription { before, after } => fact("description", &format!("\"{before}\" -> \"{after}\"")),
        Step::TagRole { before, tags } => tags
            .iter()
            .filter_map(|(key, value)| Some(fact(&format!("tag {key}"), &format!("{} -> {value}", before.get(key)?))))
            .collect(),
        Step::CreateProfile(profile) => {
            let mut text = fact("role", &profile.role_arn);
            text.push_str(&profile.selectors.iter().map(|s| fact("selector", &s.to_string())).collect::<String>());
            if !profile.subnets.is_empty() {
                text.push_str(&fact("subnets", &profile.subnets.join(", ")));
            }
            text + &profile.tags.iter().map(|(key, value)| fact(&format!("tag {key}"), value)).collect::<String>()
        }
        Step::AttachPolicy { .. } | Step::PutBoundary { before: None, .. } => String::new(),
    }
}

fn fact(name: &str, value: &str) -> String {
    format!("    {name}: {}\n", harmless(value))
}

/// The lines of two JSON documents, side by side in one column.
fn diff(before: &str, after: &str) -> String {
    let (before, after) = (pretty(before), pretty(after));
    let mut text = String::new();
    for change in TextDiff::from_lines(&before, &after).iter_all_changes() {
        let (style, sign) = match change.tag() {
            ChangeTag::Insert => (ADD, '+'),
            ChangeTag::Delete => (REMOVE, '-'),
            ChangeTag::Equal => (Style::new(), ' '),
        };
        let line = harmless(change.value().trim_end_matches('\n')).into_owned();
        let _ = writeln!(text, "    {style}{sign} {line}{style:#}");
    }
    text
}

/// The document with one member a line, its keys in their order.
fn pretty(text: &str) -> String {
    crate::policy::json::parse(text).map_or_else(|_| text.to_owned(), |node| super::excerpt::pretty(&node) + "\n")
}
