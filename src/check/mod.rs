//! What can be wrong with a pod execution role, and what is. Pure: from facts to findings.
//!
//! A check is one file in `rules/`: its constant [`Check`] and one function. Adding one is that file and one line in
//! `rules/mod.rs`; a test compares the two.

mod case;
mod finding;
pub mod grants;
pub mod rules;

pub use case::{ProfileCase, RoleCase, TrustCase, TrustRequest};
pub use finding::{Excerpt, Finding, Findings, NotChecked, Reporter, Severity};

use crate::model::{ClusterPlace, Fact, Facts, RoleFacts};
use crate::policy::Verdict;

/// A check: what it is called, what it means, and how it judges.
pub struct Check {
    /// In kebab case; the file's name in `rules/`.
    pub id: &'static str,
    /// The worst that it reports.
    pub severity: Severity,
    /// One line.
    pub summary: &'static str,
    /// What happens when it fails, and why: paragraphs for `explain`.
    pub why: &'static str,
    /// How to mend it: paragraphs for `explain`.
    pub fix: &'static str,
    /// Where the facts come from.
    pub sources: &'static [&'static str],
    pub judge: Judge,
}

/// What a check looks at.
pub enum Judge {
    /// A trust policy, be it a role's or a file's.
    Trust(fn(&TrustCase, &mut Reporter)),
    /// Everything read about a role.
    Role(fn(&RoleCase, &mut Reporter)),
    /// A Fargate profile.
    Profile(fn(&ProfileCase, &mut Reporter)),
}

/// The check of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Check> {
    rules::ALL.iter().copied().find(|check| check.id == id)
}

/// Judges everything that was read about a cluster.
#[must_use]
pub fn judge(facts: &Facts) -> Findings {
    let mut findings = Findings::default();
    let asked = |arn: &str| facts.roles.iter().any(|role| role.is_called(arn));
    // Where roles are named, other roles' profiles are nobody's question.
    let in_question = |profile: &Fact<crate::model::FargateProfile>| {
        profile.known().is_none_or(|profile| asked(&profile.pod_execution_role_arn))
    };
    for (name, profile) in facts.profiles.iter().filter(|(_, profile)| in_question(profile)) {
        judge_profile(facts, name, profile, &mut findings);
    }
    for role in &facts.roles {
        add_role(facts, role, &mut findings);
    }
    if let Some(unread) = &facts.unlisted {
        findings.not_checked.push(NotChecked::of(&rules::PROFILE_HEALTH, &facts.cluster.arn, unread.to_string(), true));
    }
    findings.sort();
    findings
}

fn judge_profile(facts: &Facts, name: &str, profile: &Fact<crate::model::FargateProfile>, findings: &mut Findings) {
    let subject = format!("{}/{name}", facts.cluster.place.name);
    for check in rules::ALL {
        if let Judge::Profile(judge) = check.judge {
            let mut reporter = Reporter::new(check, &subject, &[], findings);
            if let Some(profile) = reporter.need(profile) {
                judge(&ProfileCase { cluster: &facts.cluster, profile }, &mut reporter);
            }
        }
    }
}

/// Judges one role, for the cluster and the profiles of the facts.
#[must_use]
pub fn judge_role(facts: &Facts, role: &RoleFacts) -> Findings {
    let mut findings = Findings::default();
    add_role(facts, role, &mut findings);
    findings.sort();
    findings
}

fn add_role(facts: &Facts, role: &RoleFacts, findings: &mut Findings) {
    let users = facts.users_of(role);
    let case = RoleCase { cluster: &facts.cluster, facts: role, users: &users };
    let trust = role.role.known().map(|known| TrustCase::of_role(&case, known));
    let (subject, used_by) = (role.arn(), case.user_names());
    for check in rules::ALL {
        let mut reporter = Reporter::new(check, &subject, &used_by, findings);
        match check.judge {
            Judge::Role(judge) => judge(&case, &mut reporter),
            Judge::Trust(judge) => match &trust {
                Some(trust) => judge(trust, &mut reporter),
                // Says why, where the role could not be read; a role that does not exist has no trust policy.
                None => drop(reporter.need(&role.role)),
            },
            Judge::Profile(_) => {}
        }
    }
}

/// Judges a trust policy that is not, or not yet, a role's: for one profile of the cluster, or for any.
#[must_use]
pub fn judge_trust_policy(
    text: &str,
    origin: &str,
    place: &ClusterPlace,
    profile: Option<&str>,
) -> (Verdict, Findings) {
    let case = TrustCase::of_document(text, origin, place, profile);
    let mut findings = Findings::default();
    for check in rules::ALL {
        if let Judge::Trust(judge) = check.judge {
            judge(&case, &mut Reporter::new(check, origin, &[], &mut findings));
        }
    }
    findings.sort();
    (case.verdict(), findings)
}

/// What a role is worth, at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleHealth {
    Ok,
    Warning,
    Broken,
    Missing,
    Unknown,
}

impl RoleHealth {
    /// The word in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Broken => "broken",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
        }
    }
}

/// Sums up the findings about one role. `role` is `None` where nothing could be read about it.
#[must_use]
pub fn role_health(role: Option<&RoleFacts>, findings: &Findings) -> RoleHealth {
    let Some(role) = role else { return RoleHealth::Unknown };
    if role.role == Fact::Absent {
        return RoleHealth::Missing;
    }
    let arn = role.arn();
    let worst = findings.findings.iter().filter(|finding| finding.subject == arn).map(|finding| finding.severity).max();
    let undecided = findings.not_checked.iter().any(|entry| entry.subject == arn && entry.decisive);
    match worst {
        Some(Severity::Error) => RoleHealth::Broken,
        _ if undecided => RoleHealth::Unknown,
        Some(Severity::Warning) => RoleHealth::Warning,
        Some(Severity::Info) | None => RoleHealth::Ok,
    }
}
