//! The trust verdict: a corpus of policies with the verdict that IAM's documentation gives, and the properties that
//! examples cannot cover.

use std::path::Path;

use eks_fargate_role::policy::context::ProfileArn;
use eks_fargate_role::policy::{Context, Verdict, document, encoding, trust};
use proptest::prelude::*;
use serde_json::{Value, json};

fn profile(cluster: &str, profile: &str) -> ProfileArn {
    ProfileArn {
        partition: "aws".into(),
        region: "us-west-2".into(),
        account: "111122223333".into(),
        cluster: cluster.into(),
        profile: Some(profile.into()),
        uuid: None,
    }
}

fn verdict(text: &str, profile: &ProfileArn) -> Verdict {
    match document::parse_trust(text) {
        Ok(policy) => trust::decide(&policy, &Context::fargate(profile)).verdict,
        Err(_) => Verdict::Malformed,
    }
}

fn corpus_failures(path: &Path) -> (usize, Vec<String>) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut decided = 0;
    let mut failures = Vec::new();
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| case[name].as_str().unwrap().to_owned();
        if field("confidence") == "low" {
            continue;
        }
        let raw = case["trustPolicy"].as_str().map_or_else(|| case["trustPolicy"].to_string(), str::to_owned);
        let policy = if field("confidence") == "input-layer" { encoding::decode(&raw).unwrap() } else { raw.into() };
        let profile = ProfileArn {
            partition: field("partition"),
            region: field("region"),
            account: field("account"),
            cluster: field("cluster"),
            profile: Some(field("profile")),
            uuid: None,
        };
        decided += 1;
        let verdict = verdict(&policy, &profile).name();
        if verdict != field("expect") {
            failures.push(format!("{}: {verdict}, not {}: {}", field("id"), field("expect"), field("why")));
        }
    }
    (decided, failures)
}

/// The committed corpus, and the one beside the checkout where there is one (it may have grown since).
#[test]
fn the_corpus_is_decided_as_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = root.join("../shared/corpus/trust-policies.jsonl");
    for path in [root.join("tests/corpus/trust-policies.jsonl"), beside] {
        if path.exists() {
            let (decided, failures) = corpus_failures(&path);
            assert!(failures.is_empty(), "{} of {decided} wrong:\n{}", failures.len(), failures.join("\n"));
            assert!(decided >= 180, "only {decided} lines in {}", path.display());
        }
    }
}

/// Statements that IAM could hold: good ones, near misses, denies, and conditions of many kinds.
fn statement() -> impl Strategy<Value = Value> {
    let effect = prop_oneof![3 => Just("Allow"), 1 => Just("Deny")];
    let principal = prop_oneof![
        4 => Just(json!({"Service": "eks-fargate-pods.amazonaws.com"})),
        1 => Just(json!({"Service": ["ec2.amazonaws.com", "eks-fargate-pods.amazonaws.com"]})),
        1 => Just(json!({"Service": "eks.amazonaws.com"})),
        1 => Just(json!({"AWS": "*"})),
        1 => Just(json!({"AWS": "arn:aws:iam::111122223333:root", "Federated": "accounts.google.com"})),
    ];
    let action = prop_oneof![
        4 => Just(json!("sts:AssumeRole")),
        1 => Just(json!(["sts:TagSession", "STS:assume*"])),
        1 => Just(json!("sts:TagSession")),
    ];
    let operator = prop_oneof![
        Just("ArnLike"),
        Just("ArnNotLike"),
        Just("StringLike"),
        Just("StringEquals"),
        Just("StringNotEqualsIgnoreCase"),
        Just("ArnLikeIfExists"),
        Just("ForAnyValue:StringLike"),
        Just("ForAllValues:ArnEquals"),
        Just("Bool"),
        Just("Null"),
    ];
    let key = prop_oneof![
        4 => Just("aws:SourceArn"),
        1 => Just("AWS:sourceaccount"),
        1 => Just("aws:PrincipalOrgID"),
        1 => Just("aws:PrincipalIsAWSService"),
    ];
    let value = prop_oneof![
        4 => Just("arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/*"),
        1 => Just("arn:aws:eks:*:${aws:SourceAccount}:fargateprofile/*"),
        1 => Just("arn:aws:eks:us-west-2:111122223333:cluster/shop"),
        1 => Just("111122223333"),
        1 => Just("true"),
        1 => Just("*"),
    ];
    let condition = prop::collection::btree_map(
        operator,
        prop::collection::btree_map(key, prop::collection::vec(value, 1..3), 1..3),
        0..3,
    );
    (effect, principal, action, condition).prop_map(|(effect, principal, action, condition)| {
        let mut statement = json!({"Effect": effect, "Principal": principal, "Action": action});
        if !condition.is_empty() {
            statement["Condition"] = json!(condition);
        }
        statement
    })
}

fn statements() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(statement(), 1..5)
}

fn policy(statements: &[Value]) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn decide(document: &Value) -> Verdict {
    verdict(&document.to_string(), &profile("shop", "web"))
}

/// The same value with the members of every object in reverse order, as text.
fn reversed_keys(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: Vec<_> =
                members.iter().rev().map(|(key, value)| format!("{}:{}", json!(key), reversed_keys(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(reversed_keys).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}

/// The same policy with every string that may be a list as a one-element list.
fn listed(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| match value {
                Value::String(_) if key != "Version" && key != "Effect" => (key.clone(), json!([value])),
                _ => (key.clone(), listed(value)),
            })
            .collect(),
        Value::Array(items) if items.len() == 1 && items[0].is_string() => items[0].clone(),
        Value::Array(items) => items.iter().map(listed).collect(),
        scalar => scalar.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn generated_policies_follow_the_grammar(statements in statements()) {
        prop_assert_ne!(decide(&policy(&statements)), Verdict::Malformed);
    }

    #[test]
    fn the_order_of_statements_never_matters(statements in statements(), by in 0usize..5) {
        let mut moved = statements.clone();
        moved.rotate_left(by % statements.len());
        prop_assert_eq!(decide(&policy(&statements)), decide(&policy(&moved)));
        moved.reverse();
        prop_assert_eq!(decide(&policy(&statements)), decide(&policy(&moved)));
    }

    #[test]
    fn the_order_of_keys_never_matters(statements in statements()) {
        let document = policy(&statements);
        prop_assert_eq!(decide(&document), verdict(&reversed_keys(&document), &profile("shop", "web")));
    }

    #[test]
    fn a_string_and_a_list_of_it_are_the_same(statements in statements()) {
        let document = policy(&statements);
        prop_assert_eq!(decide(&document), decide(&listed(&document)));
    }

    #[test]
    fn a_statement_and_a_list_of_it_are_the_same(statement in statement()) {
        let alone = json!({"Version": "2012-10-17", "Statement": statement});
        prop_assert_eq!(decide(&alone), decide(&policy(&[statement])));
    }

    #[test]
    fn an_added_allow_never_takes_away(statements in statements(), mut added in statement()) {
        added["Effect"] = json!("Allow");
        let before = decide(&policy(&statements));
        let after = decide(&policy(&[statements, vec![added]].concat()));
        prop_assert!(before == Verdict::Deny || after == Verdict::Allow);
    }

    #[test]
    fn an_added_deny_never_gives(statements in statements(), mut added in statement()) {
        added["Effect"] = json!("Deny");
        let before = decide(&policy(&statements));
        let after = decide(&policy(&[statements, vec![added]].concat()));
        prop_assert!(before == Verdict::Allow || after == Verdict::Deny);
    }

    #[test]
    fn any_text_gets_a_verdict(text in any::<String>()) {
        prop_assert_eq!(verdict(&text, &profile("shop", "web")), Verdict::Malformed);
    }

    #[test]
    fn any_damage_gets_a_verdict(statements in statements(), at in any::<prop::sample::Index>(), with in any::<char>()) {
        let text = policy(&statements).to_string();
        let mut characters: Vec<char> = text.chars().collect();
        let at = at.index(characters.len());
        characters[at] = with;
        let _ = verdict(&characters.into_iter().collect::<String>(), &profile("shop", "web"));
        let _ = verdict(text.get(..at).unwrap_or_default(), &profile("shop", "web"));
    }
}
