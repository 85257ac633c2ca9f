//! What checks report.

use std::sync::Arc;

use super::Check;
use crate::model::{Fact, Unread};
use crate::policy::Place;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Works today, and is a risk.
    Warning,
    /// Does not work.
    Error,
}

impl Severity {
    /// The word in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a policy that a finding points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What the document is: a file's name, or which policy of which role.
    pub origin: String,
    pub document: Arc<str>,
    pub place: Place,
    /// A few words for the caret.
    pub label: String,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub check: &'static str,
    pub severity: Severity,
    /// The role's or the profile's ARN or name, or the file.
    pub subject: String,
    pub message: String,
    pub excerpt: Option<Excerpt>,
    /// The names of the Fargate profiles that use the role.
    pub used_by: Vec<String>,
    /// A command or a text to paste.
    pub fix: String,
}

/// A check that could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotChecked {
    pub check: &'static str,
    pub subject: String,
    pub reason: String,
    /// Whether an error may hide here. Evidence that only refines a check does not decide.
    pub decisive: bool,
}

impl NotChecked {
    pub(super) fn of(check: &Check, subject: &str, reason: String, decisive: bool) -> Self {
        let decisive = decisive && check.severity == Severity::Error;
        Self { check: check.id, subject: subject.to_owned(), reason, decisive }
    }
}

/// Everything that the checks said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub findings: Vec<Finding>,
    pub not_checked: Vec<NotChecked>,
}

impl Findings {
    pub(super) fn sort(&mut self) {
        self.findings.sort_by(|a, b| {
            let key = |finding: &Finding| (std::cmp::Reverse(finding.severity), finding.subject.clone(), finding.check);
            key(a).cmp(&key(b))
        });
        self.not_checked.sort_by(|a, b| (&a.subject, a.check).cmp(&(&b.subject, b.check)));
    }

    /// What keeps a role from being called fit: the errors, and the checks behind which an error may hide.
    #[must_use]
    pub fn into_obstacles(mut self) -> Self {
        self.findings.retain(|finding| finding.severity == Severity::Error);
        self.not_checked.retain(|entry| entry.decisive);
        self
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.not_checked.is_empty()
    }

    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// What a check reports to: it knows the check, the subject, and who uses it.
pub struct Reporter<'r> {
    check: &'static Check,
    subject: &'r str,
    used_by: &'r [String],
    out: &'r mut Findings,
}

impl<'r> Reporter<'r> {
    pub(super) fn new(check: &'static Check, subject: &'r str, used_by: &'r [String], out: &'r mut Findings) -> Self {
        Self { check, subject, used_by, out }
    }

    /// Reports a finding of the check's own severity.
    pub fn find(&mut self, message: impl Into<String>, fix: impl Into<String>) -> &mut Finding {
        self.find_as(self.check.severity, message, fix)
    }

    /// Reports a finding that is less bad than the check's worst.
    pub fn find_as(&mut self, severity: Severity, message: impl Into<String>, fix: impl Into<String>) -> &mut Finding {
        let finding = Finding {
            check: self.check.id,
            severity,
            subject: self.subject.to_owned(),
            message: message.into(),
            excerpt: None,
            used_by: self.used_by.to_vec(),
            fix: fix.into(),
        };
        let index = self.out.findings.len();
        self.out.findings.push(finding);
        &mut self.out.findings[index]
    }

    /// The fact, where it is known; where it could not be read, the check is not decided.
    pub fn need<'f, T>(&mut self, fact: &'f Fact<T>) -> Option<&'f T> {
        match fact {
            Fact::Known(value) => Some(value),
            Fact::Absent => None,
            Fact::Unread(unread) => {
                self.undecided(unread);
                None
            }
        }
    }

    /// The check needs what could not be read.
    pub fn undecided(&mut self, unread: &Unread) {
        self.push(unread, true);
    }

    /// What could not be read would only have refined the check.
    pub fn unrefined(&mut self, unread: &Unread) {
        self.push(unread, false);
    }

    fn push(&mut self, unread: &Unread, decisive: bool) {
        let entry = NotChecked::of(self.check, self.subject, unread.to_string(), decisive);
        if !self.out.not_checked.contains(&entry) {
            self.out.not_checked.push(entry);
        }
    }
}

impl Finding {
    /// Points at a place of a document.
    pub fn at(&mut self, origin: &str, document: &str, place: &Place, label: impl Into<String>) -> &mut Self {
        self.excerpt = Some(Excerpt {
            origin: origin.to_owned(),
            document: Arc::from(document),
            place: place.clone(),
            label: label.into(),
        });
        self
    }
}
