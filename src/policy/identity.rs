//! What identity policies and permissions boundaries say of an action.

use super::document::{Effect, Policy, Statement};

/// How far a set of policies grants, or denies, an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// No statement does.
    None,
    /// Some statement does, for some resources or under conditions: whether it does for a given image is not decided.
    Partial,
    /// Some statement does, for every resource and under no condition.
    Full,
}

/// How far the statements of `policies` with this effect reach an action.
pub fn reach<'p>(policies: impl IntoIterator<Item = &'p Policy>, effect: Effect, action: &str) -> Reach {
    let statements = policies.into_iter().flat_map(|policy| &policy.statements);
    statements
        .filter(|statement| statement.effect == effect)
        .map(|statement| statement_reach(statement, action))
        .max()
        .unwrap_or(Reach::None)
}

/// How far one statement reaches an action.
#[must_use]
pub fn statement_reach(statement: &Statement, action: &str) -> Reach {
    if !statement.action.covers(action) {
        return Reach::None;
    }
    let every_resource = statement
        .resource
        .as_ref()
        .is_some_and(|resource| !resource.negated && resource.patterns.iter().any(|pattern| pattern.text == "*"));
    if every_resource && statement.conditions.is_empty() { Reach::Full } else { Reach::Partial }
}

#[cfg(test)]
mod tests {
    use super::super::document::parse_identity;
    use super::*;

    fn of(statement: &str, effect: Effect) -> Reach {
        let policy = parse_identity(&format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#)).unwrap();
        reach([&policy], effect, "ecr:BatchGetImage")
    }

    #[test]
    fn reaches() {
        let allow = |rest: &str| of(&format!(r#"{{"Effect": "Allow", {rest}}}"#), Effect::Allow);
        assert_eq!(allow(r#""Action": "ecr:*", "Resource": "*""#), Reach::Full);
        assert_eq!(allow(r#""Action": "ECR:batch*", "Resource": ["arn:aws:x", "*"]"#), Reach::Full);
        assert_eq!(allow(r#""NotAction": "iam:*", "Resource": "*""#), Reach::Full);
        assert_eq!(allow(r#""Action": "ecr:*", "Resource": "arn:aws:ecr:us-west-2:1:repository/a""#), Reach::Partial);
        assert_eq!(allow(r#""Action": "ecr:*", "NotResource": "*""#), Reach::Partial);
        assert_eq!(
            allow(r#""Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}"#),
            Reach::Partial
        );
        assert_eq!(allow(r#""Action": "s3:*", "Resource": "*""#), Reach::None);
        assert_eq!(of(r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#, Effect::Allow), Reach::None);
        assert_eq!(of(r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#, Effect::Deny), Reach::Full);
    }
}
