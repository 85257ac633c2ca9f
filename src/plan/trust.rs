//! Mending a trust policy by adding to it: every statement that is there stays, to the byte, unless it is about
//! `eks-fargate-pods.amazonaws.com` and nothing else, and then it only gains a value or a condition.

use serde_json::json;

use crate::model::ClusterPlace;
use crate::policy::condition::Test;
use crate::policy::context::{ProfileArn, SOURCE_ARN};
use crate::policy::document::{Condition, PrincipalKind, parse_trust};
use crate::policy::{ASSUME_ROLE, Context, Effect, FARGATE_PODS_SERVICE, Malformed, Policy, Statement, Verdict, trust};

/// What became of a trust policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustRepair {
    /// The same text where nothing had to be done.
    pub text: String,
    /// What was left alone or is worth knowing, and why.
    pub notes: Vec<String>,
}

/// Why a trust policy cannot be mended by adding to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Irreparable {
    Malformed(Malformed),
    /// The Sids or numbers of the statements that deny.
    Denied(Vec<String>),
}

/// The trust policy of a role that is made for one cluster (user guide, "Amazon EKS pod execution IAM role").
#[must_use]
pub fn new_trust_policy(place: &ClusterPlace) -> String {
    format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {}\n  ]\n}}",
        own_statement(&place.profile_arn(None, None).recommended_pattern())
    )
}

/// A statement that admits the profiles of a pattern.
fn own_statement(pattern: &str) -> String {
    // Written out, since serde_json's map would sort the keys.
    format!(
        "{{\n      \"Effect\": \"Allow\",\n      \"Principal\": {{\n        \"Service\": \"{FARGATE_PODS_SERVICE}\"\n      \
         }},\n      \"Action\": \"{ASSUME_ROLE}\",\n      \"Condition\": {}\n    }}",
        own_condition(pattern)
    )
}

fn own_condition(pattern: &str) -> String {
    format!("{{\n        \"ArnLike\": {{\n          \"{SOURCE_ARN}\": {}\n        }}\n      }}", json!(pattern))
}

/// Adds to a trust policy until EKS may assume the role for `profiles` and for every other profile of the cluster.
///
/// A missing value joins the list of a statement of ours; else a statement is added. A statement of ours without a
/// condition gets one, for the whole account: that locks out no cluster, since a profile's role is always of the
/// cluster's account, and nobody can tell which clusters of which regions use the role.
///
/// # Errors
/// [`Irreparable`], where adding does not help.
pub fn repair_trust_policy(
    text: &str,
    place: &ClusterPlace,
    profiles: &[ProfileArn],
) -> Result<TrustRepair, Irreparable> {
    let policy = parse_trust(text).map_err(Irreparable::Malformed)?;
    let any = place.profile_arn(None, None);
    let wanted: Vec<ProfileArn> = profiles.iter().cloned().chain([any.clone()]).collect();
    let admitted = if admits_all(&policy, &wanted) {
        text.to_owned()
    } else {
        let pattern = any.recommended_pattern();
        let merged = policy.statements.iter().filter_map(|statement| merge(text, statement, &pattern));
        let candidates = merged.chain([append(text, &policy, &own_statement(&pattern))]);
        let mended = candidates.into_iter().find(|text| parse_trust(text).is_ok_and(|p| admits_all(&p, &wanted)));
        mended.ok_or_else(|| Irreparable::Denied(denying(&policy, &wanted)))?
    };
    Ok(guard(admitted, &any, &wanted))
}

fn admits(policy: &Policy, profile: &ProfileArn) -> bool {
    trust::decide(policy, &Context::fargate(profile)).verdict == Verdict::Allow
}

fn admits_all(policy: &Policy, profiles: &[ProfileArn]) -> bool {
    profiles.iter().all(|profile| admits(policy, profile))
}

fn denying(policy: &Policy, profiles: &[ProfileArn]) -> Vec<String> {
    let applies =
        |index: usize| profiles.iter().any(|p| trust::decide(policy, &Context::fargate(p)).outcomes[index].applies());
    let denies = policy.statements.iter().enumerate().filter(|(_, statement)| statement.effect == Effect::Deny);
    denies.filter(|(index, _)| applies(*index)).map(|(index, statement)| name(index, statement)).collect()
}

fn name(index: usize, statement: &Statement) -> String {
    match statement.sid.as_deref() {
        Some(sid) if !sid.is_empty() => format!("statement {sid}"),
        _ => format!("statement {}", index + 1),
    }
}

/// Whether a statement is about EKS assuming the role and nothing else.
fn is_ours(statement: &Statement) -> bool {
    let fargate =
        |p: &crate::policy::document::Principal| p.kind == PrincipalKind::Service && p.id.text == FARGATE_PODS_SERVICE;
    statement.effect == Effect::Allow
        && !statement.principals.is_empty()
        && statement.principals.iter().all(fargate)
        && statement.action.covers(ASSUME_ROLE)
}

/// The condition on `aws:SourceArn` that a value can join.
fn joinable(statement: &Statement) -> Option<&Condition> {
    let [condition] = &statement.conditions[..] else { return None };
    let operator = condition.operator;
    let positive = matches!(operator.test, Test::Arn { negated: false } | Test::StringLike { negated: false });
    (positive && condition.key.text.eq_ignore_ascii_case(SOURCE_ARN)).then_some(condition)
}

fn merge(text: &str, statement: &Statement, pattern: &str) -> Option<String> {
    let condition = joinable(statement).filter(|_| is_ours(statement))?;
    let values: Vec<&str> = condition.values.iter().map(|value| value.text.as_str()).chain([pattern]).collect();
    let list: Vec<_> = values.iter().map(|value| json!(value).to_string()).collect();
    Some(splice(text, condition.place.start, condition.place.end, &format!("[{}]", list.join(", "))))
}

fn append(text: &str, policy: &Policy, statement: &str) -> String {
    let last = &policy.statements.last().expect("the grammar wants one statement at least").place;
    if last.pointer.to_string() == "/Statement" {
        let alone = &text[last.start..last.end];
        splice(text, last.start, last.end, &format!("[{alone}, {statement}]"))
    } else {
        splice(text, last.end, last.end, &format!(", {statement}"))
    }
}

fn splice(text: &str, start: usize, end: usize, with: &str) -> String {
    format!("{}{with}{}", &text[..start], &text[end..])
}

fn guard(mut text: String, any: &ProfileArn, wanted: &[ProfileArn]) -> TrustRepair {
    let mut notes = Vec::new();
    let stranger = ProfileArn { account: "000000000000".to_owned(), ..any.clone() };
    let open = |text: &str| parse_trust(text).ok().filter(|policy| admits(policy, &stranger));
    let Some(policy) = open(&text) else { return TrustRepair { text, notes } };
    // From the last statement to the first, so that earlier places stay right.
    for statement in policy.statements.iter().rev().filter(|s| is_ours(s) && s.conditions.is_empty()) {
        let closing = statement.place.end - 1;
        let body = text[..closing].trim_end().len();
        let guarded =
            splice(&text, body, body, &format!(",\n      \"Condition\": {}", own_condition(&any.account_pattern())));
        if parse_trust(&guarded).is_ok_and(|policy| admits_all(&policy, wanted)) {
            text = guarded;
            notes.push(format!(
                "the new condition admits every Fargate profile of account {}, so that no other cluster that uses the \
                 role is locked out; narrow it to {} if none does",
                any.account,
                any.recommended_pattern()
            ));
        }
    }
    if let Some(policy) = open(&text) {
        let decision = trust::decide(&policy, &Context::fargate(&stranger));
        for (index, statement) in policy.statements.iter().enumerate() {
            if decision.outcomes[index].applies() && statement.effect == Effect::Allow {
                notes.push(format!(
                    "{} admits Fargate profiles of any account, and is left as it is: a condition could lock out \
                     whoever else relies on it",
                    name(index, statement)
                ));
            }
        }
    }
    TrustRepair { text, notes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> ClusterPlace {
        ClusterPlace {
            name: "shop".into(),
            region: "us-west-2".into(),
            account: "111122223333".into(),
            partition: "aws".into(),
        }
    }

    fn repair(statements: &str) -> Result<TrustRepair, Irreparable> {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": {statements}}}"#);
        repair_trust_policy(&text, &place(), &[])
    }

    const OPS: &str =
        r#"{"Sid":"Ops",  "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}"#;

    #[test]
    fn what_is_right_is_left_alone() {
        let text = new_trust_policy(&place());
        let repaired = repair_trust_policy(&text, &place(), &[]).unwrap();
        assert_eq!(repaired, TrustRepair { text, notes: vec![] });
    }

    #[test]
    fn a_statement_is_added_and_foreign_ones_stay_to_the_byte() {
        for statements in [OPS.to_owned(), format!("[{OPS}]"), format!("[ {OPS} , {} ]", OPS.replace("Ops", "B"))] {
            let repaired = repair(&statements).unwrap();
            assert!(repaired.text.contains(OPS), "{}", repaired.text);
            assert!(admits(&parse_trust(&repaired.text).unwrap(), &place().profile_arn(None, None)));
        }
    }

    #[test]
    fn a_value_joins_the_list_of_another_cluster() {
        let repaired = repair(
            r#"[{"Effect":"Allow","Principal":{"Service":"eks-fargate-pods.amazonaws.com"},"Action":"sts:AssumeRole",
                "Condition":{"ArnLike":{"aws:sourcearn":"arn:aws:eks:us-west-2:111122223333:fargateprofile/data/*"}}}]"#,
        )
        .unwrap();
        assert!(
            repaired.text.contains(
                r#"{"aws:sourcearn":["arn:aws:eks:us-west-2:111122223333:fargateprofile/data/*", "arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/*"]}"#
            ),
            "{}",
            repaired.text
        );
    }

    #[test]
    fn a_condition_is_added_where_it_locks_nobody_out() {
        let bare =
            r#"{"Effect":"Allow","Principal":{"Service":"eks-fargate-pods.amazonaws.com"},"Action":"sts:AssumeRole"}"#;
        let repaired = repair(bare).unwrap();
        let policy = parse_trust(&repaired.text).unwrap();
        let other_cluster =
            ProfileArn { cluster: "data".into(), region: "eu-west-1".into(), ..place().profile_arn(None, None) };
        let stranger = ProfileArn { account: "999999999999".into(), ..place().profile_arn(None, None) };
        assert!(admits(&policy, &other_cluster) && !admits(&policy, &stranger));
        assert_eq!(repaired.notes.len(), 1);

        let shared = bare.replace(
            r#""eks-fargate-pods.amazonaws.com""#,
            r#"["eks-fargate-pods.amazonaws.com", "ec2.amazonaws.com"]"#,
        );
        let repaired = repair(&shared).unwrap();
        assert!(!repaired.text.contains("Condition"));
        assert!(repaired.notes[0].contains("left as it is"), "{:?}", repaired.notes);
    }

    #[test]
    fn a_deny_cannot_be_mended() {
        let deny = r#"{"Sid":"No","Effect":"Deny","Principal":{"AWS":"*"},"Action":"*"}"#;
        assert_eq!(repair(deny).unwrap_err(), Irreparable::Denied(vec!["statement No".into()]));
    }
}
