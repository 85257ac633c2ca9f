//! The role is not the role of EC2 nodes.

use crate::check::{Check, Judge, Reporter, RoleCase, Severity};

pub static CHECK: Check = Check {
    id: "shared-with-nodes",
    severity: Severity::Error,
    summary: "The role is not also the role of EC2 nodes",
    why: "The role of a Fargate profile must differ from the one of node groups: the cluster gives each kind of node \
          other rights, and a role has one registration. EKS reports PodExecutionRoleAlreadyInUse.",
    fix: "Create a role of its own for Fargate, and new Fargate profiles with it; profiles cannot be changed.",
    sources: &[
        "Amazon EKS user guide, \"Amazon EKS pod execution IAM role\"",
        "Amazon EKS API reference, FargateProfileIssue",
    ],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    if let Some(entry) = case.facts.access_entry.known().filter(|entry| entry.kind.starts_with("EC2")) {
        let message =
            format!("role {} is registered with the cluster for EC2 nodes ({})", case.facts.reference.name, entry.kind);
        report.find(message, case.separate_role_command());
        return;
    }
    let Some(profiles) = report.need(&case.facts.instance_profiles) else { return };
    if profiles.is_empty() {
        return;
    }
    report.find(
        format!(
            "role {} is the role of EC2 nodes too (instance profile {})",
            case.facts.reference.name,
            profiles.join(", ")
        ),
        case.separate_role_command(),
    );
}
