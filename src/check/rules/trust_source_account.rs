//! The verdict does not hang on a condition key that EKS does not promise to send.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};
use crate::policy::context::SOURCE_ACCOUNT;
use crate::policy::{Context, Verdict, trust};

pub static CHECK: Check = Check {
    id: "trust-source-account",
    severity: Severity::Warning,
    summary: "The trust policy works without aws:SourceAccount",
    why: "EKS documents that it sends aws:SourceArn when it assumes a pod execution role; of aws:SourceAccount the \
          documentation says nothing. A policy that needs the key may work today, and nobody promises that it will \
          tomorrow.",
    fix: "Use aws:SourceArn, which contains the account as well.",
    sources: &["Amazon EKS user guide, \"Amazon EKS pod execution IAM role\""],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    let Ok(policy) = &case.parsed else { return };
    let needs_key = case.requests.iter().any(|request| {
        let without = Context::fargate(&request.profile).without(SOURCE_ACCOUNT);
        request.decision.verdict == Verdict::Allow && trust::decide(policy, &without).verdict != Verdict::Allow
    });
    if !needs_key {
        return;
    }
    let message = format!("the trust policy works only if EKS sends {SOURCE_ACCOUNT}, which it does not document");
    let fix = case.fix_by_hand(&format!("use \"ArnLike\": {{\"aws:SourceArn\": \"{}\"}}", case.expected_pattern()));
    let place = case.statements().iter().flat_map(|statement| &statement.conditions).find(|condition| {
        condition.key.text.eq_ignore_ascii_case(SOURCE_ACCOUNT)
            || condition.values.iter().any(|value| value.text.to_ascii_lowercase().contains("aws:sourceaccount"))
    });
    match place {
        Some(condition) => case.find(report, message, fix, &condition.place, "depends on an undocumented key"),
        None => drop(report.find(message, fix)),
    }
}
