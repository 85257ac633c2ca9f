//! Findings as a compiler prints them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::lay_out;
use crate::check::{Check, Finding, Findings, Severity, rules};
use crate::ui::{harmless, harmless_lines};

/// Every finding with its excerpt, then what was not checked.
#[must_use]
pub fn findings(findings: &Findings) -> String {
    let mut text = String::new();
    for finding in &findings.findings {
        text.push_str(&one(finding));
        text.push_str("\n\n");
    }
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in &findings.not_checked {
        reasons.entry(&entry.reason).or_default().push(entry.check);
    }
    for (reason, mut checks) in reasons {
        checks.sort_unstable();
        checks.dedup();
        let _ = writeln!(text, "not checked: {}\n  = because: {}\n", checks.join(", "), harmless(reason));
    }
    text
}

fn one(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let subject = short(&finding.subject);
    let needs_subject = finding.excerpt.is_none() && subject != finding.subject && !finding.message.contains(subject);
    let message = match needs_subject {
        true => format!("role {}: {}", harmless(subject), harmless(&finding.message)),
        false => harmless(&finding.message).into_owned(),
    };
    let title = level.primary_title(message).id(finding.check);
    let laid_out = finding.excerpt.as_ref().map(|excerpt| (excerpt, lay_out(excerpt)));
    let clean = laid_out.as_ref().map(|(excerpt, (text, range))| (*excerpt, visible(text, range)));
    let mut group = Group::with_title(title);
    if let Some((excerpt, (text, range))) = &clean {
        let label = harmless(&excerpt.label).into_owned();
        let annotation = AnnotationKind::Primary.span(range.clone()).label(label);
        let snippet =
            Snippet::source(text.as_str()).path(harmless(&excerpt.origin).into_owned()).annotation(annotation);
        group = group.element(snippet);
    }
    if !finding.used_by.is_empty() {
        let users = finding.used_by.join(", ");
        group = group.element(Level::NOTE.with_name("used by").message(harmless(&users).into_owned()));
    }
    group = group
        .element(Level::HELP.with_name("fix").message(harmless(&finding.fix).into_owned()))
        .element(Level::HELP.with_name("more").message(format!("eks-fargate-role explain {}", finding.check)));
    Renderer::styled().term_width(100).render(&[group]).clone()
}

/// The text with its control characters made visible, and the place to point at in it.
fn visible(text: &str, range: &std::ops::Range<usize>) -> (String, std::ops::Range<usize>) {
    // A carriage return at a line's end is no command, and Windows editors write it.
    let shown = |text: &str| harmless_lines(&text.replace("\r\n", "\n")).into_owned();
    let (before, inside) = (shown(&text[..range.start]).len(), shown(&text[range.clone()]).len());
    (shown(text), before..before + inside)
}

/// An ARN's last part: what people call the role.
fn short(subject: &str) -> &str {
    subject.rsplit_once(":role/").map_or(subject, |(_, name)| name)
}

/// One line: how much of each.
#[must_use]
pub fn summary(findings: &Findings) -> String {
    let count = |severity, one: &str| match findings.count(severity) {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    let not_checked = findings.not_checked.len();
    if findings.is_empty() {
        return "all checks passed".to_owned();
    }
    let mut parts =
        vec![count(Severity::Error, "error"), count(Severity::Warning, "warning"), count(Severity::Info, "info")];
    if not_checked > 0 {
        parts.push(format!("{not_checked} not checked"));
    }
    parts.join(", ")
}

/// The list of checks, for `awk` and for eyes.
#[must_use]
pub fn explain_list() -> String {
    let width = rules::ALL.iter().map(|check| check.id.len()).max().unwrap_or(0);
    let mut text = format!("{:width$}  {:8}  SUMMARY\n", "ID", "SEVERITY");
    for check in rules::ALL {
        let _ = writeln!(text, "{:width$}  {:8}  {}", check.id, check.severity.name(), check.summary);
    }
    text
}

/// The page of one check.
#[must_use]
pub fn explain(check: &Check) -> String {
    let wrap = |text: &str| textwrap::fill(text, 80);
    let mut page = format!("{} ({})\n\n{}\n", check.id, check.severity.name(), wrap(check.summary));
    let _ =
        write!(page, "\nWhy it matters\n\n{}\n\nHow to mend it\n\n{}\n\nSources\n\n", wrap(check.why), wrap(check.fix));
    for source in check.sources {
        let _ = writeln!(page, "- {source}");
    }
    page
}
