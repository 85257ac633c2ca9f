//! The trust verdict: may `eks-fargate-pods.amazonaws.com` assume the role for a Fargate profile, and why.

use super::context::Context;
use super::document::{Effect, Element, Policy, PrincipalKind, Statement};
use super::pattern::{Pattern, Text, Wildcards};
use super::{ASSUME_ROLE, FARGATE_PODS_SERVICE};

/// The answer for one trust policy and one Fargate profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Allow,
    Deny,
    Malformed,
}

impl Verdict {
    /// The verdict's name in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::Malformed => "malformed",
        }
    }
}

/// What one statement makes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The statement names the service, or everybody.
    pub principal: bool,
    /// The statement covers `sts:AssumeRole`.
    pub action: bool,
    /// The conditions that do not hold, by their place in [`Statement::conditions`].
    pub failed_conditions: Vec<usize>,
}

impl Outcome {
    /// Whether the statement applies to the request.
    #[must_use]
    pub fn applies(&self) -> bool {
        self.principal && self.action && self.failed_conditions.is_empty()
    }
}

/// How a policy decides a request: one outcome a statement, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub outcomes: Vec<Outcome>,
    pub verdict: Verdict,
}

/// Decides a request. A Deny that applies wins over any Allow; without an Allow that applies the answer is Deny.
#[must_use]
pub fn decide(policy: &Policy, context: &Context) -> Decision {
    let outcomes: Vec<Outcome> =
        policy.statements.iter().map(|statement| outcome(statement, policy, context)).collect();
    let applies = |effect| {
        policy.statements.iter().zip(&outcomes).any(|(statement, o)| statement.effect == effect && o.applies())
    };
    let verdict = if applies(Effect::Allow) && !applies(Effect::Deny) { Verdict::Allow } else { Verdict::Deny };
    Decision { outcomes, verdict }
}

fn outcome(statement: &Statement, policy: &Policy, context: &Context) -> Outcome {
    let fails = |(index, condition): (usize, &super::document::Condition)| {
        (!condition.holds(context, policy.version)).then_some(index)
    };
    Outcome {
        principal: names_fargate(statement),
        action: statement.action.covers(ASSUME_ROLE),
        failed_conditions: statement.conditions.iter().enumerate().filter_map(fails).collect(),
    }
}

/// Whether a statement's principals include the service: by its exact name, or by `{"AWS": "*"}`, which stands for
/// everybody, services included.
#[must_use]
pub fn names_fargate(statement: &Statement) -> bool {
    statement.principals.iter().any(|principal| match principal.kind {
        PrincipalKind::Service => principal.id.text == FARGATE_PODS_SERVICE,
        PrincipalKind::Aws => principal.id.text == "*",
        PrincipalKind::Federated | PrincipalKind::CanonicalUser => false,
    })
}

impl Element {
    /// Whether an `Action` or `NotAction` covers an action; actions are case-insensitive.
    #[must_use]
    pub fn covers(&self, action: &str) -> bool {
        let action = Text::default().known(action);
        let matched = self
            .patterns
            .iter()
            .any(|pattern| Pattern::literal_variables(&pattern.text, Wildcards::Active).matches_ignoring_case(&action));
        matched != self.negated
    }
}
