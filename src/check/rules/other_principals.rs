//! Nobody but EKS may assume the role.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};
use crate::policy::FARGATE_PODS_SERVICE;
use crate::policy::document::PrincipalKind;

pub static CHECK: Check = Check {
    id: "other-principals",
    severity: Severity::Warning,
    summary: "The trust policy lets nobody but eks-fargate-pods.amazonaws.com assume the role",
    why: "A pod execution role has one user: the Fargate infrastructure. Everybody else in its trust policy gets the \
          registry and log permissions too. Old eksctl versions trusted eks.amazonaws.com as well; a node role that \
          was opened for Fargate trusts ec2.amazonaws.com. {\"AWS\": \"*\"} lets everybody in.",
    fix: "Remove the principal if nothing needs it. ensure does not: it never takes away what somebody else put there.",
    sources: &["Amazon EKS user guide, \"Amazon EKS pod execution IAM role\"", "eksctl changelog, 0.43"],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    for (_, statement) in case.allows() {
        for principal in &statement.principals {
            let id = principal.id.text.as_str();
            if principal.kind == PrincipalKind::Service && id == FARGATE_PODS_SERVICE {
                continue;
            }
            let message = match principal.kind {
                PrincipalKind::Aws if id == "*" => {
                    "the trust policy names everybody: any principal that meets the conditions may assume the role"
                        .to_owned()
                }
                PrincipalKind::Aws if id.starts_with("AROA") || id.starts_with("AIDA") => {
                    format!("the trust policy names {id}, a role or user that was deleted")
                }
                PrincipalKind::Aws if id.contains(['*', '?']) => {
                    format!("{id} has a wildcard, which IAM does not expand in a principal: nobody matches it")
                }
                _ => format!("the trust policy also lets {id} assume the role"),
            };
            let fix = case.fix_by_hand("remove the principal if nothing needs it");
            case.find(report, message, fix, &principal.id.place, "not the Fargate infrastructure");
        }
    }
}
