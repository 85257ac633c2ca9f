//! What checks look at: facts, joined and asked.

use super::{Finding, Reporter};
use crate::model::{Cluster, ClusterPlace, DEFAULT_ROLE, FargateProfile, Role, RoleFacts};
use crate::policy::context::ProfileArn;
use crate::policy::{Context, Decision, Effect, Malformed, Place, Policy, Statement, Verdict, document, trust};

/// A Fargate profile of a cluster.
pub struct ProfileCase<'f> {
    pub cluster: &'f Cluster,
    pub profile: &'f FargateProfile,
}

/// A role, and the profiles that use it.
pub struct RoleCase<'f> {
    pub cluster: &'f Cluster,
    pub facts: &'f RoleFacts,
    pub users: &'f [&'f FargateProfile],
}

impl RoleCase<'_> {
    /// The names of the profiles that use the role.
    #[must_use]
    pub fn user_names(&self) -> Vec<String> {
        self.users.iter().map(|profile| profile.name.clone()).collect()
    }

    /// The command that makes a role for Fargate alone, under a name that this one does not have.
    #[must_use]
    pub fn separate_role_command(&self) -> String {
        let name = match self.facts.reference.name == DEFAULT_ROLE {
            true => "AmazonEKSFargateOnlyPodExecutionRole",
            false => DEFAULT_ROLE,
        };
        ensure_command(&self.cluster.place, name)
    }

    /// The command that makes the role right.
    #[must_use]
    pub fn ensure_command(&self) -> String {
        ensure_command(&self.cluster.place, &self.facts.reference.name)
    }
}

fn ensure_command(place: &ClusterPlace, role: &str) -> String {
    let ClusterPlace { name, region, .. } = place;
    format!("eks-fargate-role ensure -c {name} -r {region} --role-name {role}")
}

/// A trust policy, and what it decides for the profiles in question.
pub struct TrustCase {
    /// What the document is, for excerpts.
    pub origin: String,
    pub text: String,
    pub parsed: Result<Policy, Malformed>,
    pub place: ClusterPlace,
    /// The role's name, where the document is a role's.
    pub role: Option<String>,
    /// One for each profile that uses the role, or one for any profile of the cluster. Empty where malformed.
    pub requests: Vec<TrustRequest>,
}

/// EKS assuming the role for one profile.
pub struct TrustRequest {
    pub profile: ProfileArn,
    pub decision: Decision,
}

impl TrustCase {
    /// A role's trust policy, asked for each profile that uses it, or for any where none does.
    #[must_use]
    pub fn of_role(case: &RoleCase, role: &Role) -> Self {
        let place = &case.cluster.place;
        let mut profiles: Vec<_> =
            case.users.iter().map(|profile| place.profile_arn(Some(&profile.name), profile.uuid())).collect();
        if profiles.is_empty() {
            profiles.push(place.profile_arn(None, None));
        }
        let origin = format!("trust policy of {}", role.name);
        Self::new(&role.trust_policy, &origin, place, Some(role.name.clone()), profiles)
    }

    /// A document that is no role's yet.
    #[must_use]
    pub fn of_document(text: &str, origin: &str, place: &ClusterPlace, profile: Option<&str>) -> Self {
        Self::new(text, origin, place, None, vec![place.profile_arn(profile, None)])
    }

    fn new(text: &str, origin: &str, place: &ClusterPlace, role: Option<String>, profiles: Vec<ProfileArn>) -> Self {
        let parsed = document::parse_trust(text);
        let request = |policy: &Policy, profile: ProfileArn| {
            let decision = trust::decide(policy, &Context::fargate(&profile));
            TrustRequest { profile, decision }
        };
        let requests = match &parsed {
            Ok(policy) => profiles.into_iter().map(|profile| request(policy, profile)).collect(),
            Err(_) => Vec::new(),
        };
        Self { origin: origin.to_owned(), text: text.to_owned(), parsed, place: place.clone(), role, requests }
    }

    /// The verdict over all requests: every profile has to be admitted.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match &self.parsed {
            Err(_) => Verdict::Malformed,
            Ok(_) if self.requests.iter().all(|request| request.decision.verdict == Verdict::Allow) => Verdict::Allow,
            Ok(_) => Verdict::Deny,
        }
    }

    /// The statements; none where the document is malformed.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        self.parsed.as_ref().map_or(&[], |policy| &policy.statements)
    }

    /// The Allow statements, with their numbers.
    pub fn allows(&self) -> impl Iterator<Item = (usize, &Statement)> {
        self.statements().iter().enumerate().filter(|(_, statement)| statement.effect == Effect::Allow)
    }

    /// The value of `aws:SourceArn` that admits the cluster's profiles and nothing else.
    #[must_use]
    pub fn expected_pattern(&self) -> String {
        self.place.profile_arn(None, None).recommended_pattern()
    }

    /// What mends the policy: the command for a role, the text to write for a file.
    #[must_use]
    pub fn fix(&self, in_file: impl Into<String>) -> String {
        match &self.role {
            Some(role) => ensure_command(&self.place, role),
            None => in_file.into(),
        }
    }

    /// What mends a policy that only somebody can mend who knows why it is so.
    #[must_use]
    pub fn fix_by_hand(&self, what: &str) -> String {
        match &self.role {
            Some(role) => format!(
                "{what}: aws iam update-assume-role-policy --role-name {role} --policy-document file://trust.json"
            ),
            None => what.to_owned(),
        }
    }

    /// Points a finding at a place of this policy.
    pub fn point(&self, finding: &mut Finding, place: &Place, label: impl Into<String>) {
        finding.at(&self.origin, &self.text, place, label);
    }

    /// Reports a finding at a place of this policy.
    pub fn find(&self, report: &mut Reporter, message: String, fix: String, place: &Place, label: impl Into<String>) {
        self.point(report.find(message, fix), place, label);
    }
}
