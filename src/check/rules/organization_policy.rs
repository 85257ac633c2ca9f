//! No service control policy denies pulling images.

use crate::check::{Check, Judge, Reporter, RoleCase, Severity};
use crate::model::Fact;

pub static CHECK: Check = Check {
    id: "organization-policy",
    severity: Severity::Error,
    summary: "No service control policy of the organization denies the actions that pull images",
    why: "Service control policies stand above the account's own policies. Nobody in the account can read them, but \
          IAM's simulation (iam:SimulatePrincipalPolicy) says what they do.",
    fix: "Whoever manages the organization has to allow the actions in the account's service control policies.",
    sources: &["IAM API reference, SimulatePrincipalPolicy (OrganizationsDecisionDetail)"],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    let results = match &case.facts.simulation {
        Fact::Known(results) => results,
        Fact::Unread(unread) => return report.unrefined(unread),
        Fact::Absent => return,
    };
    let denied = results.iter().filter(|result| result.allowed_by_organization == Some(false));
    let denied: Vec<&str> = denied.map(|result| result.action.as_str()).collect();
    if !denied.is_empty() {
        let (actions, account) = (denied.join(", "), &case.cluster.place.account);
        report.find(
            format!("a service control policy of the organization denies {actions}"),
            format!("ask whoever manages the organization to allow {actions} in account {account}"),
        );
    }
}
