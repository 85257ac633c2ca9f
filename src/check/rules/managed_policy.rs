//! The role may pull images.

use crate::check::grants::{Grants, ecr_actions, simulated_allowed};
use crate::check::{Check, Judge, Reporter, RoleCase, Severity};
use crate::model::{POD_EXECUTION_POLICY, pod_execution_policy_arn};
use crate::policy::Effect;
use crate::policy::identity::Reach;

pub static CHECK: Check = Check {
    id: "managed-policy",
    severity: Severity::Error,
    summary: "AmazonEKSFargatePodExecutionRolePolicy is attached, or its four actions are granted otherwise",
    why: "The Fargate infrastructure pulls images with this role: ecr:GetAuthorizationToken, \
          ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer and ecr:BatchGetImage. Without them pods stay \
          in ImagePullBackOff.",
    fix: "Attach the AWS managed policy. It has no service-role/ in its ARN, and the partition is the cluster's.",
    sources: &["Amazon EKS user guide, \"Amazon EKS pod execution IAM role\"", "AWS managed policy reference"],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    let managed = pod_execution_policy_arn(&case.cluster.place.partition);
    let attached = case.facts.attached.known();
    if attached.is_some_and(|policies| policies.iter().any(|policy| policy.arn == managed))
        || case.facts.role == crate::model::Fact::Absent
    {
        return;
    }
    let grants = Grants::of(case.facts);
    let missing = ecr_actions(|action| grants.reach(Effect::Allow, action) == Reach::None);
    if !missing.is_empty() {
        match &grants.unread {
            Some(_) if simulated_allowed(case.facts) => {}
            Some(unread) => report.undecided(unread),
            None => {
                let message =
                    format!("{POD_EXECUTION_POLICY} is not attached, and no policy grants {}", missing.join(", "));
                report.find(message, case.ensure_command());
            }
        }
        return;
    }
    let partial = ecr_actions(|action| grants.reach(Effect::Allow, action) == Reach::Partial);
    let settled_by_simulation = grants.unread.is_some() && simulated_allowed(case.facts);
    if !partial.is_empty() && !settled_by_simulation {
        let message = format!("granted for some resources or under conditions only: {}", partial.join(", "));
        report.find_as(Severity::Warning, message, case.ensure_command());
    }
}
