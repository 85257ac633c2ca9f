//! The role is of the cluster's account and partition.

use crate::check::{Check, Judge, Reporter, RoleCase, Severity};

pub static CHECK: Check = Check {
    id: "role-account",
    severity: Severity::Error,
    summary: "The role belongs to the account and the partition of the cluster",
    why: "EKS takes a pod execution role of the cluster's own account only; pulling images from another account is a \
          matter of that account's repository policies. An arn:aws: in China names a role that cannot exist there.",
    fix: "Use a role of the cluster's account.",
    sources: &["Amazon EKS API reference, CreateFargateProfile", "eksctl issue 7713 (partitions)"],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    let (arn, place) = (&case.facts.reference.arn, &case.cluster.place);
    let fix = format!("eks-fargate-role ensure -c {} -r {}", place.name, place.region);
    if arn.partition != place.partition {
        let message = format!("role {arn} is of partition {}, the cluster of {}", arn.partition, place.partition);
        report.find(message, fix);
    } else if arn.account != place.account {
        report.find(format!("role {arn} belongs to account {}, the cluster to {}", arn.account, place.account), fix);
    }
}
