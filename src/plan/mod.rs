//! What would be done: one plan value for create, repair and profile creation. Pure: built from facts, shown by a dry
//! run, and applied as it is.

mod profile;
mod role;
mod trust;

use std::collections::BTreeMap;

pub use profile::{BadProfile, DesiredProfile, ExistingProfile, compare_profile, validate_profile};
pub use role::{DesiredRole, Logging, Refusal, plan_role};
pub use trust::{TrustRepair, new_trust_policy, repair_trust_policy};

use crate::model::RoleReference;

/// One write. Each is safe to run again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    CreateRole {
        path: String,
        trust_policy: String,
        description: String,
        boundary: Option<String>,
        tags: BTreeMap<String, String>,
    },
    UpdateTrustPolicy {
        before: String,
        after: String,
    },
    AttachPolicy {
        arn: String,
    },
    PutInlinePolicy {
        name: String,
        before: Option<String>,
        document: String,
    },
    PutBoundary {
        before: Option<String>,
        arn: String,
    },
    UpdateDescription {
        before: String,
        after: String,
    },
    TagRole {
        before: BTreeMap<String, String>,
        tags: BTreeMap<String, String>,
    },
    CreateProfile(DesiredProfile),
}

/// What a step does to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Add,
    Change,
}

impl Step {
    /// Whether the step adds something, or changes what is there. Nothing is ever removed.
    #[must_use]
    pub fn change(&self) -> Change {
        match self {
            Self::CreateRole { .. }
            | Self::AttachPolicy { .. }
            | Self::CreateProfile(_)
            | Self::PutInlinePolicy { before: None, .. }
            | Self::PutBoundary { before: None, .. } => Change::Add,
            Self::TagRole { before, .. } if before.is_empty() => Change::Add,
            _ => Change::Change,
        }
    }

    /// The API operation that does it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::CreateRole { .. } => "iam:CreateRole",
            Self::UpdateTrustPolicy { .. } => "iam:UpdateAssumeRolePolicy",
            Self::AttachPolicy { .. } => "iam:AttachRolePolicy",
            Self::PutInlinePolicy { .. } => "iam:PutRolePolicy",
            Self::PutBoundary { .. } => "iam:PutRolePermissionsBoundary",
            Self::UpdateDescription { .. } => "iam:UpdateRole",
            Self::TagRole { .. } => "iam:TagRole",
            Self::CreateProfile(_) => "eks:CreateFargateProfile",
        }
    }

    /// One line: what it does.
    #[must_use]
    pub fn summary(&self, role: &RoleReference) -> String {
        let name = &role.name;
        match self {
            Self::CreateRole { .. } => format!("create role {}", role.arn),
            Self::UpdateTrustPolicy { .. } => format!("change the trust policy of role {name}"),
            Self::AttachPolicy { arn } => format!("attach {arn} to role {name}"),
            Self::PutInlinePolicy { name: policy, .. } => format!("put inline policy {policy} into role {name}"),
            Self::PutBoundary { arn, .. } => format!("set the permissions boundary of role {name} to {arn}"),
            Self::UpdateDescription { .. } => format!("change the description of role {name}"),
            Self::TagRole { tags, .. } => {
                let tags: Vec<_> = tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
                format!("tag role {name} with {}", tags.join(", "))
            }
            Self::CreateProfile(profile) => format!("create Fargate profile {} with role {name}", profile.name),
        }
    }
}

/// Everything that will be done, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub role: RoleReference,
    pub steps: Vec<Step>,
    /// What was left alone, and why.
    pub notes: Vec<String>,
}

impl Plan {
    /// How many steps add, and how many change.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let adds = self.steps.iter().filter(|step| step.change() == Change::Add).count();
        (adds, self.steps.len() - adds)
    }
}
