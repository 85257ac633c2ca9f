//! The cluster is where Fargate is offered.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};

pub static CHECK: Check = Check {
    id: "fargate-partition",
    severity: Severity::Warning,
    summary: "Fargate is offered in the cluster's partition",
    why: "EKS on Fargate is not offered in the AWS GovCloud (US) regions: the role may be right, and no profile can \
          use it.",
    fix: "Use node groups in these regions.",
    sources: &["Amazon EKS user guide, \"Simplify compute management with AWS Fargate\""],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    if case.place.partition == "aws-us-gov" {
        report.find(
            format!("EKS on Fargate is not offered in {}", case.place.region),
            "use node groups: https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
        );
    }
}
