//! The role exists.

use crate::check::{Check, Judge, Reporter, RoleCase, Severity};
use crate::model::Fact;

pub static CHECK: Check = Check {
    id: "role-exists",
    severity: Severity::Error,
    summary: "The pod execution role exists",
    why: "EKS refuses a Fargate profile whose role does not exist. Where the role was deleted later, the profile \
          stays ACTIVE and new pods stay Pending: \"Failed to assume PodExecutionRole\".",
    fix: "Create the role under the same name: ensure does. The cluster's access entry stores the unique id of the \
          deleted role, and has to be made anew (access-entry).",
    sources: &["Amazon EKS user guide, \"Amazon EKS pod execution IAM role\""],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    if let Some(role) = report.need(&case.facts.role) {
        for user in case.users.iter().filter(|user| user.pod_execution_role_arn != role.arn) {
            let message = format!(
                "Fargate profile {} names {}, which does not exist: the role of that name is {}",
                user.name, user.pod_execution_role_arn, role.arn
            );
            report.find(message, case.separate_role_command());
        }
    }
    if case.facts.role == Fact::Absent {
        let name = &case.facts.reference.name;
        report.find(format!("role {name} does not exist"), case.ensure_command());
    }
}
