//! The trust policy fits the quota.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};
use crate::policy::document::quota_size;

/// Characters that are not white space (IAM quotas, "Role trust policy length").
const DEFAULT_QUOTA: usize = 2_048;

pub static CHECK: Check = Check {
    id: "trust-size",
    severity: Severity::Warning,
    summary: "The trust policy fits the default quota of 2,048 characters",
    why: "IAM refuses a longer trust policy (\"Cannot exceed quota for ACLSizePerRole: 2048\") unless the account's \
          quota was raised. White space does not count.",
    fix: "Use one value with a wildcard, or a role for each cluster.",
    sources: &["IAM user guide, \"IAM and AWS STS quotas\""],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    let size = quota_size(&case.text);
    if case.parsed.is_ok() && size > DEFAULT_QUOTA {
        report.find(
            format!("the trust policy has {size} characters; the default quota is {DEFAULT_QUOTA}"),
            "replace values of aws:SourceArn by one with a wildcard, or use a role for each cluster",
        );
    }
}
