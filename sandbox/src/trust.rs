//! Whether the emulated EKS accepts a role's trust policy.
//!
//! On purpose not the semantics of IAM but a short list of the shapes that are known to work: it is a second opinion
//! on the tool's evaluator, and would rather refuse a policy that AWS takes than take one that AWS refuses.

use serde_json::Value;

const SERVICE: &str = "eks-fargate-pods.amazonaws.com";

/// The profile that wants to use the role.
pub struct Subject<'a> {
    pub partition: &'a str,
    pub region: &'a str,
    pub account: &'a str,
    pub cluster: &'a str,
    pub profile: &'a str,
}

pub fn admits(document: &str, subject: &Subject) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(document) else { return false };
    let statements = one_or_many(&policy["Statement"]);
    let denied = |statement: &Value| {
        statement["Effect"] == "Deny"
            && (names(&statement["Principal"]["Service"], SERVICE) || names(&statement["Principal"]["AWS"], "*"))
    };
    let allowed = |statement: &Value| {
        statement["Effect"] == "Allow"
            && names(&statement["Principal"]["Service"], SERVICE)
            && strings(&statement["Action"]).any(|action| action.eq_ignore_ascii_case("sts:AssumeRole"))
            && statement.get("Condition").is_none_or(|condition| holds(condition, subject))
    };
    statements.iter().any(allowed) && !statements.iter().any(denied)
}

/// One operator, one key, one of whose values is among the patterns that fit the profile.
fn holds(condition: &Value, subject: &Subject) -> bool {
    let Some((operator, keys)) = only_entry(condition) else { return false };
    let Some((key, values)) = only_entry(keys) else { return false };
    let patterns = accepted_patterns(subject);
    ["ArnLike", "ArnEquals", "StringLike"].contains(&operator)
        && key.eq_ignore_ascii_case("aws:SourceArn")
        && strings(values).any(|value| patterns.iter().any(|pattern| pattern == value))
}

fn accepted_patterns(subject: &Subject) -> Vec<String> {
    let Subject { partition, region, account, cluster, profile } = subject;
    let mut patterns = Vec::new();
    for region in [region, "*"] {
        for account in [account, "*"] {
            for cluster in [cluster, "*"] {
                let prefix = format!("arn:{partition}:eks:{region}:{account}:fargateprofile/{cluster}");
                patterns.push(format!("{prefix}/*"));
                patterns.push(format!("{prefix}/{profile}/*"));
            }
        }
    }
    patterns
}

/// Policies write a list of one as the value itself.
pub fn one_or_many(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(values) => values,
        single => std::slice::from_ref(single),
    }
}

/// The texts of a value or a list.
pub fn strings(value: &Value) -> impl Iterator<Item = &str> {
    one_or_many(value).iter().filter_map(Value::as_str)
}

fn names(value: &Value, wanted: &str) -> bool {
    strings(value).any(|value| value == wanted)
}

fn only_entry(value: &Value) -> Option<(&str, &Value)> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    fields.iter().next().map(|(name, value)| (name.as_str(), value))
}
