//! The statement that names the service allows the right action.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};
use crate::policy::{ASSUME_ROLE, trust};

pub static CHECK: Check = Check {
    id: "trust-action",
    severity: Severity::Error,
    summary: "The statement for eks-fargate-pods.amazonaws.com allows sts:AssumeRole",
    why: "EKS assumes the role with sts:AssumeRole. sts:AssumeRoleWithWebIdentity belongs to roles for service \
          accounts (IRSA), and sts:TagSession alone lets nobody in. Principal and action have to match in the same \
          statement.",
    fix: "Write \"Action\": \"sts:AssumeRole\" in the statement that names the service.",
    sources: &["Amazon EKS user guide, \"Amazon EKS pod execution IAM role\""],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    let naming: Vec<_> = case.allows().filter(|(_, statement)| trust::names_fargate(statement)).collect();
    if naming.iter().any(|(_, statement)| statement.action.covers(ASSUME_ROLE)) {
        return;
    }
    if let Some((_, statement)) = naming.first() {
        let element = if statement.action.negated { "NotAction" } else { "Action" };
        let message = format!("the {element} of the statement for the service does not cover {ASSUME_ROLE}");
        let fix = case.fix(format!("\"Action\": \"{ASSUME_ROLE}\""));
        case.find(report, message, fix, &statement.action.place, format!("should cover \"{ASSUME_ROLE}\""));
    }
}
