//! No Deny statement shuts the service out.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};
use crate::policy::Effect;

pub static CHECK: Check = Check {
    id: "trust-deny",
    severity: Severity::Error,
    summary: "No Deny statement of the trust policy applies to EKS assuming the role",
    why: "A Deny that applies wins over every Allow. Guards against foreign organizations are a common cause: \
          StringNotEquals on aws:PrincipalOrgID holds where the key is missing, and a service sends none.",
    fix: "Exempt services, for instance with \"Bool\": {\"aws:PrincipalIsAWSService\": \"false\"} in the Deny's \
          Condition. ensure never removes a statement that somebody else wrote.",
    sources: &["IAM user guide, \"Policy evaluation logic\"", "IAM user guide, \"aws:PrincipalIsAWSService\""],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    for (index, statement) in case.statements().iter().enumerate() {
        let applies = case.requests.iter().any(|request| request.decision.outcomes[index].applies());
        if statement.effect == Effect::Deny && applies {
            let sid = statement.sid.as_deref().filter(|sid| !sid.is_empty());
            let name = sid.map_or_else(|| format!("statement {}", index + 1), |sid| format!("statement {sid}"));
            let absent = statement.conditions.iter().find(|condition| condition.operator.test.is_negated());
            let message = match absent {
                Some(condition) if !condition.key.text.to_ascii_lowercase().starts_with("aws:source") => format!(
                    "{name} denies EKS the role: {} holds, for EKS does not send {}",
                    condition.operator_name.text, condition.key.text
                ),
                _ => format!("{name} denies EKS the role, whatever other statements allow"),
            };
            let what = "exempt AWS services in the statement's Condition: \
                        \"Bool\": {\"aws:PrincipalIsAWSService\": \"false\"}";
            case.find(report, message, case.fix_by_hand(what), &statement.place, "this Deny applies");
        }
    }
}
