//! The permissions boundary lets the role pull images.

use crate::check::grants::{Grants, ecr_actions, simulated_allowed, unparsed};
use crate::check::{Check, Judge, Reporter, RoleCase, Severity};
use crate::model::Fact;
use crate::policy::Effect;
use crate::policy::document::parse_identity;
use crate::policy::identity::{Reach, reach};

/// What the log router does in CloudWatch (user guide, "Fargate logging").
const LOGS_ACTIONS: [&str; 4] =
    ["logs:CreateLogStream", "logs:CreateLogGroup", "logs:DescribeLogStreams", "logs:PutLogEvents"];

pub static CHECK: Check = Check {
    id: "permissions-boundary",
    severity: Severity::Error,
    summary: "The permissions boundary, if any, allows what the role is for",
    why: "A role can do what both its policies and its boundary allow. A boundary written for applications rarely \
          has the ECR actions, and image pulls fail although the managed policy is attached.",
    fix: "Allow the actions in the boundary, or give the role another one: ensure --permissions-boundary ARN.",
    sources: &["IAM user guide, \"Permissions boundaries for IAM entities\""],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    let Some(role) = report.need(&case.facts.role) else { return };
    let Some(arn) = &role.boundary_arn else { return };
    let text = match &case.facts.boundary {
        Fact::Known(text) => text,
        Fact::Unread(_) if simulated_allowed(case.facts) => return,
        other => {
            report.need(other);
            return;
        }
    };
    let boundary = match parse_identity(text) {
        Ok(boundary) => boundary,
        Err(_) if simulated_allowed(case.facts) => return,
        Err(malformed) => return report.undecided(&unparsed(arn, false, &malformed)),
    };
    let allowed = |action: &str| match reach([&boundary], Effect::Deny, action) {
        Reach::Full => Reach::None,
        Reach::Partial => reach([&boundary], Effect::Allow, action).min(Reach::Partial),
        Reach::None => reach([&boundary], Effect::Allow, action),
    };
    let blocked = ecr_actions(|action| allowed(action) == Reach::None);
    let partly = ecr_actions(|action| allowed(action) == Reach::Partial);
    let fix = |actions: &[&str]| format!("allow {} on * in {arn}", actions.join(", "));
    if !blocked.is_empty() {
        report.find(format!("the permissions boundary {arn} does not allow {}", blocked.join(", ")), fix(&blocked));
    }
    if !partly.is_empty() {
        let message = format!("the permissions boundary {arn} allows only in part {}", partly.join(", "));
        report.find_as(Severity::Warning, message, fix(&partly));
    }
    let grants = Grants::of(case.facts);
    let granted = |action: &&str| grants.reach(Effect::Allow, action) != Reach::None;
    let logs: Vec<&str> =
        LOGS_ACTIONS.into_iter().filter(granted).filter(|action| allowed(action) == Reach::None).collect();
    if !logs.is_empty() {
        let message = format!("the permissions boundary {arn} undoes the role's {}", logs.join(", "));
        report.find_as(Severity::Warning, message, fix(&logs));
    }
}
