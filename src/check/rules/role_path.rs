//! The role has no path.

use crate::check::{Check, Judge, Reporter, RoleCase, Severity};

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
    let Some(role) = report.need(&case.facts.role) else { return };
    if role.path != "/" {
        let place = &case.cluster.place;
        let fix =
            format!("eks-fargate-role ensure -c {} -r {} --role-name {}-fargate", place.name, place.region, place.name);
        report.find(format!("role {} has the path {}, and may have none but /", role.name, role.path), fix);
    }
}
