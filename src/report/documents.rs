//! What `-o json` and `-o yaml` print: types of their own, so that a change inside does not change the output.
//! The committed JSON Schemas in `schemas/` are generated from them, and a test compares.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::{Finding, Findings, RoleHealth, Severity, role_health};
use crate::model::{Cluster, Fact, Facts, FargateProfile};
use crate::plan::{Change, Plan};
use crate::policy::Verdict;

/// Raised when a field changes its meaning or goes away; new fields do not raise it.
const SCHEMA_VERSION: u32 = 1;

/// `inspect`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InspectDocument {
    pub schema_version: u32,
    pub cluster: ClusterDocument,
    pub fargate_profiles: Vec<FargateProfileDocument>,
    /// Profiles that exist and could not be read, with why.
    pub not_read: Vec<NotReadDocument>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterDocument {
    pub name: String,
    pub arn: String,
    pub region: String,
    pub account_id: String,
    pub status: String,
    pub version: Option<String>,
    pub authentication_mode: Option<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotReadDocument {
    pub name: Option<String>,
    pub reason: String,
}

/// A Fargate profile.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FargateProfileDocument {
    pub name: String,
    pub arn: String,
    pub status: String,
    pub selectors: Vec<SelectorDocument>,
    pub subnets: Vec<String>,
    pub tags: BTreeMap<String, String>,
    pub health_issues: Vec<HealthIssueDocument>,
    pub pod_execution_role_arn: String,
    /// `ok`, `warning`, `broken`, `missing` or `unknown`.
    pub role_health: &'static str,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SelectorDocument {
    pub namespace: String,
    pub labels: BTreeMap<String, String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthIssueDocument {
    pub code: String,
    pub message: String,
    pub resource_ids: Vec<String>,
}

impl InspectDocument {
    #[must_use]
    pub fn of(facts: &Facts, findings: &Findings) -> Self {
        let unread = facts.profiles.iter().filter_map(|(name, profile)| match profile {
            Fact::Unread(unread) => Some(NotReadDocument { name: Some(name.clone()), reason: unread.to_string() }),
            _ => None,
        });
        let unlisted = facts.unlisted.iter().map(|unread| NotReadDocument { name: None, reason: unread.to_string() });
        Self {
            schema_version: SCHEMA_VERSION,
            cluster: ClusterDocument::of(&facts.cluster),
            fargate_profiles: facts
                .known_profiles()
                .map(|profile| FargateProfileDocument::of(profile, health_of(facts, profile, findings)))
                .collect(),
            not_read: unlisted.chain(unread).collect(),
        }
    }
}

/// The health of a profile's role.
pub(super) fn health_of(facts: &Facts, profile: &FargateProfile, findings: &Findings) -> RoleHealth {
    let role = facts.roles.iter().find(|role| role.is_called(&profile.pod_execution_role_arn));
    role_health(role, findings)
}

impl ClusterDocument {
    fn of(cluster: &Cluster) -> Self {
        Self {
            name: cluster.place.name.clone(),
            arn: cluster.arn.clone(),
            region: cluster.place.region.clone(),
            account_id: cluster.place.account.clone(),
            status: cluster.status.clone(),
            version: cluster.version.clone(),
            authentication_mode: cluster.authentication_mode.as_ref().map(|mode| mode.name().to_owned()),
        }
    }
}

impl FargateProfileDocument {
    #[must_use]
    pub fn of(profile: &FargateProfile, health: RoleHealth) -> Self {
        let profile = profile.clone();
        let selector = |selector: crate::model::Selector| SelectorDocument {
            namespace: selector.namespace,
            labels: selector.labels,
        };
        let issue = |issue: crate::model::HealthIssue| HealthIssueDocument {
            code: issue.code,
            message: issue.message,
            resource_ids: issue.resource_ids,
        };
        Self {
            name: profile.name,
            arn: profile.arn,
            status: profile.status,
            selectors: profile.selectors.into_iter().map(selector).collect(),
            subnets: profile.subnets,
            tags: profile.tags,
            health_issues: profile.health_issues.into_iter().map(issue).collect(),
            pod_execution_role_arn: profile.pod_execution_role_arn,
            role_health: health.name(),
        }
    }
}

/// `check`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CheckDocument {
    pub schema_version: u32,
    /// `allow`, `deny` or `malformed`; with `--trust-policy` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<&'static str>,
    pub findings: Vec<FindingDocument>,
    pub not_checked: Vec<NotCheckedDocument>,
    pub summary: SummaryDocument,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FindingDocument {
    pub id: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    pub subject: String,
    pub message: String,
    /// RFC 6901 pointer into the policy, where the finding points at one.
    pub pointer: Option<String>,
    pub used_by: Vec<String>,
    pub fix: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotCheckedDocument {
    pub id: &'static str,
    pub subject: String,
    pub reason: String,
    /// Whether an error may hide here; evidence that only refines a check does not decide.
    pub decisive: bool,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SummaryDocument {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub not_checked: usize,
}

impl CheckDocument {
    #[must_use]
    pub fn of(findings: &Findings, verdict: Option<Verdict>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            verdict: verdict.map(Verdict::name),
            findings: findings.findings.iter().map(FindingDocument::of).collect(),
            not_checked: findings
                .not_checked
                .iter()
                .map(|entry| NotCheckedDocument {
                    id: entry.check,
                    subject: entry.subject.clone(),
                    reason: entry.reason.clone(),
                    decisive: entry.decisive,
                })
                .collect(),
            summary: SummaryDocument {
                errors: findings.count(Severity::Error),
                warnings: findings.count(Severity::Warning),
                infos: findings.count(Severity::Info),
                not_checked: findings.not_checked.len(),
            },
        }
    }
}

impl FindingDocument {
    fn of(finding: &Finding) -> Self {
        Self {
            id: finding.check,
            severity: finding.severity.name(),
            subject: finding.subject.clone(),
            message: finding.message.clone(),
            pointer: finding.excerpt.as_ref().map(|excerpt| excerpt.place.pointer.to_string()),
            used_by: finding.used_by.clone(),
            fix: finding.fix.clone(),
        }
    }
}

/// `ensure`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EnsureDocument {
    pub schema_version: u32,
    pub role_arn: String,
    /// Whether anything was changed; with `--dry-run`, whether anything would be.
    pub changed: bool,
    pub dry_run: bool,
    pub steps: Vec<StepDocument>,
    /// What was left alone, and why.
    pub notes: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepDocument {
    /// `add` or `change`.
    pub change: &'static str,
    /// The IAM action of the write.
    pub action: &'static str,
    pub summary: String,
}

impl EnsureDocument {
    #[must_use]
    pub fn of(plan: &Plan, dry_run: bool) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            role_arn: plan.role.arn.to_string(),
            changed: !plan.steps.is_empty(),
            dry_run,
            steps: steps(plan),
            notes: plan.notes.clone(),
        }
    }
}

fn steps(plan: &Plan) -> Vec<StepDocument> {
    let step = |step: &crate::plan::Step| StepDocument {
        change: match step.change() {
            Change::Add => "add",
            Change::Change => "change",
        },
        action: step.operation(),
        summary: step.summary(&plan.role),
    };
    plan.steps.iter().map(step).collect()
}

/// `create-profile`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProfileDocument {
    pub schema_version: u32,
    /// Absent with `--dry-run`, where there is none yet.
    pub fargate_profile: Option<FargateProfileDocument>,
    pub role_arn: String,
    pub changed: bool,
    pub dry_run: bool,
    pub steps: Vec<StepDocument>,
}

impl ProfileDocument {
    #[must_use]
    pub fn of(plan: &Plan, profile: Option<FargateProfileDocument>, dry_run: bool) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            fargate_profile: profile,
            role_arn: plan.role.arn.to_string(),
            changed: !plan.steps.is_empty(),
            dry_run,
            steps: steps(plan),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// `UPDATE=1 cargo test` writes the schemas anew.
    #[test]
    fn the_committed_schemas_are_those_of_the_types() {
        let schemas = [
            ("inspect", schemars::schema_for!(InspectDocument)),
            ("check", schemars::schema_for!(CheckDocument)),
            ("ensure", schemars::schema_for!(EnsureDocument)),
            ("create-profile", schemars::schema_for!(ProfileDocument)),
        ];
        for (name, schema) in schemas {
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.schema.json"));
            let text = super::super::json(&schema);
            if std::env::var_os("UPDATE").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &text).unwrap();
            }
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(committed, text, "run UPDATE=1 cargo test: schemas/{name}.schema.json is not up to date");
        }
    }
}
