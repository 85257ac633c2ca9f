//! No policy of the role denies pulling images.

use crate::check::grants::{Granting, Grants, simulated};
use crate::check::{Check, Judge, Reporter, RoleCase, Severity};
use crate::model::ECR_ACTIONS;
use crate::policy::Effect;
use crate::policy::identity::{Reach, statement_reach};

pub static CHECK: Check = Check {
    id: "permissions-deny",
    severity: Severity::Error,
    summary: "No policy of the role denies the actions that pull images",
    why: "An explicit Deny wins over every Allow, the managed policy's included, and image pulls fail.",
    fix: "Limit the Deny to other actions or resources, or take the policy off this role.",
    sources: &["IAM user guide, \"Policy evaluation logic\""],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    let grants = Grants::of(case.facts);
    if let Some(unread) = &grants.unread
        && !simulated(case.facts, |decision| decision != "explicitDeny")
    {
        report.undecided(unread);
    }
    for granting in &grants.policies {
        judge_policy(case, granting, report);
    }
}

fn judge_policy(case: &RoleCase, granting: &Granting, report: &mut Reporter) {
    let role = &case.facts.reference.name;
    for statement in granting.policy.statements.iter().filter(|statement| statement.effect == Effect::Deny) {
        let reached = |action: &&str| statement_reach(statement, action) != Reach::None;
        let denied: Vec<&str> = ECR_ACTIONS.into_iter().filter(reached).collect();
        if denied.is_empty() {
            continue;
        }
        let full = denied.iter().any(|action| statement_reach(statement, action) == Reach::Full);
        let (severity, how) =
            if full { (Severity::Error, "denies") } else { (Severity::Warning, "denies, in some cases,") };
        let fix = match granting.inline {
            true => format!(
                "limit the statement to other actions: aws iam get-role-policy --role-name {role} --policy-name {}",
                granting.name
            ),
            false => format!("limit the statement to other actions: aws iam get-policy --policy-arn {}", granting.name),
        };
        let message = format!("policy {} {how} {}", granting.name, denied.join(", "));
        report.find_as(severity, message, fix).at(granting.name, granting.text, &statement.place, "this Deny");
    }
}
