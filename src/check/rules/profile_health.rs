//! EKS reports no problem of the Fargate profile.

use crate::check::{Check, Judge, ProfileCase, Reporter, Severity};

pub static CHECK: Check = Check {
    id: "profile-health",
    severity: Severity::Error,
    summary: "The Fargate profile has not failed, and EKS reports no health issue",
    why: "A profile that failed runs no pods. Health issues say why: PodExecutionRoleAlreadyInUse (the role is that \
          of nodes), AccessDenied (EKS cannot assume the role), ClusterUnreachable, InternalFailure.",
    fix: "Mend the cause; a profile that failed has to be deleted and created again.",
    sources: &["Amazon EKS API reference, FargateProfileHealth"],
    judge: Judge::Profile(judge),
};

fn judge(case: &ProfileCase, report: &mut Reporter) {
    let (profile, place) = (case.profile, &case.cluster.place);
    let failed = matches!(profile.status.as_str(), "CREATE_FAILED" | "DELETE_FAILED");
    let delete = format!(
        "aws eks delete-fargate-profile --cluster-name {} --region {} --fargate-profile-name {}",
        place.name, place.region, profile.name
    );
    for issue in &profile.health_issues {
        let fix = match issue.code.as_str() {
            "PodExecutionRoleAlreadyInUse" => format!(
                "eks-fargate-role ensure -c {} -r {} --role-name AmazonEKSFargateOnlyPodExecutionRole",
                place.name, place.region
            ),
            "AccessDenied" => format!(
                "eks-fargate-role check -c {} -r {} --role {}",
                place.name, place.region, profile.pod_execution_role_arn
            ),
            "ClusterUnreachable" => format!("aws eks describe-cluster --name {} --region {}", place.name, place.region),
            _ => delete.clone(),
        };
        report.find(format!("Fargate profile {}: {}: {}", profile.name, issue.code, issue.message), fix);
    }
    if failed && profile.health_issues.is_empty() {
        report.find(format!("Fargate profile {} is {}", profile.name, profile.status), delete);
    }
}
