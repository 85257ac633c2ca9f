//! The role has no path.

use crate::check::{Check, Judge, Reporter, RoleCase, Severity};
use crate::model::Fact;

pub static CHECK: Check = Check {
    id: "role-path",
    severity: Severity::Error,
    summary: "The role has no path other than /",
    why: "The user guide allows no path in the ARN given to a Fargate profile, and an aws-auth entry cannot have one: \
          the kubelet is then not recognised (\"Pod execution role is not found in auth config\").",
    fix: "A role's path cannot be changed: create a role without one, and a Fargate profile with it.",
    sources: &["Amazon EKS user guide, \"Amazon EKS pod execution IAM role\""],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    // The ARN that a profile names has the path in it, so that an unreadable role need not be read for this.
    let path = match (&case.facts.role, case.facts.reference.arn.role_path_and_name()) {
        (Fact::Known(role), _) => role.path.as_str(),
        (Fact::Unread(_), Some((path, _))) if path != "/" => path,
        (role, _) => {
            report.need(role);
            return;
        }
    };
    if path != "/" {
        let fix = case.separate_role_command();
        report.find(format!("role {} has the path {path}, and may have none but /", case.facts.reference.name), fix);
    }
}
