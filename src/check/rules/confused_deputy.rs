//! The trust policy keeps other accounts' Fargate profiles out.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};
use crate::policy::context::{ProfileArn, SOURCE_ARN};
use crate::policy::{Context, Verdict, trust};

pub static CHECK: Check = Check {
    id: "confused-deputy",
    severity: Severity::Warning,
    summary: "The trust policy admits Fargate profiles of this account only",
    why: "EKS acts for everybody. Without a condition on aws:SourceArn, or with one whose account is a wildcard, EKS \
          could be made to assume this role for a Fargate profile of another account: the confused deputy. This \
          check asks the policy just that, for an account that is not yours.",
    fix: "Add \"ArnLike\": {\"aws:SourceArn\": \"arn:aws:eks:REGION:ACCOUNT:fargateprofile/CLUSTER/*\"} to the \
          statement. REGION and CLUSTER may be *; the account may not. Other clusters that use the role need a \
          value of theirs in the same list. ensure adds a condition that locks out no cluster of the account.",
    sources: &[
        "Amazon EKS user guide, \"Amazon EKS pod execution IAM role\"",
        "IAM user guide, \"The confused deputy problem\"",
    ],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    let Ok(policy) = &case.parsed else { return };
    let Some(request) = case.requests.iter().find(|request| request.decision.verdict == Verdict::Allow) else {
        return;
    };
    let stranger = ProfileArn { account: other_account(&case.place.account), ..request.profile.clone() };
    let decision = trust::decide(policy, &Context::fargate(&stranger));
    if decision.verdict != Verdict::Allow {
        report_foreign_values(case, report);
        return;
    }
    let fix =
        case.fix(format!("\"Condition\": {{\"ArnLike\": {{\"aws:SourceArn\": \"{}\"}}}}", case.expected_pattern()));
    let open = case.allows().find(|(index, _)| decision.outcomes[*index].applies());
    let Some((_, statement)) = open else { return };
    // A condition on a statement that others share would lock them out: that is for whoever knows them.
    let shared = statement.principals.len() > 1 || !statement.conditions.is_empty();
    let fix = match shared {
        true => case.fix_by_hand(&format!(
            "give eks-fargate-pods.amazonaws.com a statement of its own, with \"ArnLike\": {{\"aws:SourceArn\": \"{}\"}}",
            case.expected_pattern()
        )),
        false => fix,
    };
    if let Some(condition) =
        statement.conditions.iter().find(|condition| condition.key.text.eq_ignore_ascii_case(SOURCE_ARN))
    {
        let message = "aws:SourceArn is so wide that Fargate profiles of any account get the role".to_owned();
        case.find(report, message, fix, &condition.place, "admits other accounts");
    } else {
        let message = "no condition on aws:SourceArn: Fargate profiles of any account get the role".to_owned();
        case.find(report, message, fix, &statement.principal_place, "without a condition on aws:SourceArn");
    }
}

/// Values of `aws:SourceArn` that are for another account, or for some accounts besides this one.
fn report_foreign_values(case: &TrustCase, report: &mut Reporter) {
    let naming = case.allows().filter(|(_, statement)| trust::names_fargate(statement));
    let conditions = naming.flat_map(|(_, statement)| &statement.conditions);
    for condition in conditions.filter(|c| c.key.text.eq_ignore_ascii_case(SOURCE_ARN) && !c.operator.test.is_negated())
    {
        for value in &condition.values {
            let account = value.text.split(':').nth(4).filter(|account| *account != case.place.account);
            if let Some(account) = account.filter(|_| value.text.contains(":fargateprofile/")) {
                let message = format!("aws:SourceArn admits Fargate profiles of account {account}");
                let fix = case.fix_by_hand("remove the value if nothing needs it");
                case.find(report, message, fix, &value.place, "not the cluster's account");
            }
        }
    }
}

/// An account that shares no digit with this one, so that no pattern made for this one admits it.
fn other_account(account: &str) -> String {
    account.chars().map(|c| c.to_digit(10).map_or('0', |digit| char::from(b'0' + ((digit + 5) % 10) as u8))).collect()
}
