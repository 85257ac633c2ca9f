//! What a role's policies say of an action, over all of them.

use crate::model::{ECR_ACTIONS, Fact, RoleFacts, Unread, UnreadReason};
use crate::policy::document::parse_identity;
use crate::policy::identity::{Reach, reach};
use crate::policy::{Effect, Malformed, Policy};

/// One policy of a role, attached or inline.
pub struct Granting<'f> {
    /// The ARN of a managed policy, the name of an inline one.
    pub name: &'f str,
    pub inline: bool,
    pub text: &'f str,
    pub policy: Policy,
}

/// A role's policies, as far as they could be read.
pub struct Grants<'f> {
    pub policies: Vec<Granting<'f>>,
    /// The first thing that could not be read, or not be understood: what it holds is not known.
    pub unread: Option<Unread>,
}

impl<'f> Grants<'f> {
    /// Collects the policies of a role.
    #[must_use]
    pub fn of(facts: &'f RoleFacts) -> Self {
        let mut grants = Self { policies: Vec::new(), unread: None };
        match &facts.attached {
            Fact::Known(attached) => {
                for policy in attached {
                    grants.add(&policy.arn, false, &policy.document);
                }
            }
            Fact::Unread(unread) => grants.unread = Some(unread.clone()),
            Fact::Absent => {}
        }
        match &facts.inline {
            Fact::Known(inline) => {
                for policy in inline {
                    grants.add(&policy.name, true, &policy.document);
                }
            }
            Fact::Unread(unread) => grants.miss(unread.clone()),
            Fact::Absent => {}
        }
        grants
    }

    fn add(&mut self, name: &'f str, inline: bool, document: &'f Fact<String>) {
        match document {
            Fact::Known(text) => match parse_identity(text) {
                Ok(policy) => self.policies.push(Granting { name, inline, text, policy }),
                Err(malformed) => self.miss(unparsed(name, inline, &malformed)),
            },
            Fact::Unread(unread) => self.miss(unread.clone()),
            Fact::Absent => {}
        }
    }

    fn miss(&mut self, unread: Unread) {
        self.unread.get_or_insert(unread);
    }

    /// How far the policies grant, or deny, an action.
    #[must_use]
    pub fn reach(&self, effect: Effect, action: &str) -> Reach {
        reach(self.policies.iter().map(|granting| &granting.policy), effect, action)
    }
}

/// A document that was read, and says nothing that can be judged.
pub(super) fn unparsed(name: &str, inline: bool, malformed: &Malformed) -> Unread {
    Unread {
        action: if inline { "iam:GetRolePolicy" } else { "iam:GetPolicyVersion" }.to_owned(),
        resource: format!("policy {name}"),
        reason: UnreadReason::Failed(malformed.message.clone()),
    }
}

/// The ECR actions that are reached no further than this.
pub(super) fn ecr_actions(reaches: impl Fn(&str) -> bool) -> Vec<&'static str> {
    ECR_ACTIONS.into_iter().filter(|action| reaches(action)).collect()
}

/// Whether IAM's own simulation says that the role may pull images; it sees what could not be read.
pub(super) fn simulated_allowed(facts: &RoleFacts) -> bool {
    simulated(facts, |decision| decision == "allowed")
}

/// Whether IAM's own simulation decides each of the ECR actions so.
pub(super) fn simulated(facts: &RoleFacts, decides: impl Fn(&str) -> bool) -> bool {
    facts.simulation.known().is_some_and(|results| {
        ECR_ACTIONS.iter().all(|action| results.iter().any(|r| r.action == *action && decides(&r.decision)))
    })
}
