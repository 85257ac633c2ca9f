//! The role holds nothing that is meant for pods.

use std::collections::BTreeSet;

use crate::check::grants::Grants;
use crate::check::{Check, Judge, Reporter, RoleCase, Severity};
use crate::policy::Effect;

/// Services that the Fargate infrastructure itself has to do with: images, logs, and their keys.
const INFRASTRUCTURE: [&str; 9] = ["ecr", "ecr-public", "logs", "kinesis", "firehose", "es", "aoss", "kms", "sts"];

pub static CHECK: Check = Check {
    id: "pod-permissions",
    severity: Severity::Info,
    summary: "The role has no permissions that are meant for pods, which never receive them",
    why: "The Fargate infrastructure assumes the pod execution role, and containers never get it. Permissions for an \
          application (S3, DynamoDB, …) do nothing here but widen what the infrastructure may do.",
    fix: "Give them to the pods' service account with IAM roles for service accounts (IRSA). EKS Pod Identity does \
          not work on Fargate.",
    sources: &[
        "Amazon EKS user guide, \"Amazon EKS pod execution IAM role\"",
        "Amazon EKS user guide, \"IAM roles for service accounts\"",
    ],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    let grants = Grants::of(case.facts);
    if let Some(unread) = &grants.unread {
        report.unrefined(unread);
    }
    let (mut services, mut policies) = (BTreeSet::new(), BTreeSet::new());
    for granting in &grants.policies {
        let allows = granting.policy.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        for pattern in allows.filter(|allow| !allow.action.negated).flat_map(|allow| &allow.action.patterns) {
            let service = pattern.text.split(':').next().unwrap_or_default().to_ascii_lowercase();
            if !INFRASTRUCTURE.contains(&service.as_str()) {
                services.insert(if service == "*" { "every service".to_owned() } else { service });
                policies.insert(granting.name);
            }
        }
    }
    if !services.is_empty() {
        let join = |items: Vec<&str>| items.join(", ");
        let message = format!(
            "pods never receive these permissions of role {}: {} (from {})",
            case.facts.reference.name,
            join(services.iter().map(String::as_str).collect()),
            join(policies.into_iter().collect()),
        );
        report.find(message, "give them to the pods' service account (IRSA): https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html");
    }
}
