//! The trust policy follows the policy grammar.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};

pub static CHECK: Check = Check {
    id: "trust-document",
    severity: Severity::Error,
    summary: "The trust policy is JSON, follows the policy grammar, and has nothing that trust policies may not have",
    why: "IAM refuses such a document, and what it would mean is not defined. Common ways there: a key that stands \
          twice in one object (a second aws:SourceArn, of which one is lost), an element with a typing error \
          (Conditions), a Resource, or an identity policy pasted where the trust policy belongs.",
    fix: "Correct the place shown. Several values of aws:SourceArn go into one list under one key.",
    sources: &["IAM user guide, \"Grammar of the IAM JSON policy language\""],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    if let Err(malformed) = &case.parsed {
        let fix = malformed.hint.clone().unwrap_or_else(|| "correct the document at the place shown".to_owned());
        case.find(report, malformed.message.clone(), case.fix_by_hand(&fix), &malformed.place, "here");
    }
}
