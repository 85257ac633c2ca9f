//! Reading everything about a role: seven requests at once, then those that they lead to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_config::retry::RetryConfig;
use futures::{StreamExt, stream};
use tokio::sync::OnceCell;

use super::{Clients, Failure, FailureKind};
use crate::model::{
    AccessEntry, AttachedPolicy, AuthenticationMode, Cluster, ECR_ACTIONS, Fact, InlinePolicy, Role, RoleFacts,
    RoleReference, SimulatedAction, Unread, UnreadReason, pod_execution_policy_arn,
};
use crate::policy::encoding;

/// Reads roles of one cluster's account. A managed policy is read once, however many roles have it.
pub(super) struct Reader<'c> {
    clients: &'c Clients,
    cluster: &'c Cluster,
    policies: Mutex<HashMap<String, Arc<OnceCell<Fact<String>>>>>,
}

impl<'c> Reader<'c> {
    pub(super) fn new(clients: &'c Clients, cluster: &'c Cluster) -> Self {
        Self { clients, cluster, policies: Mutex::default() }
    }

    pub(super) async fn read(&self, reference: RoleReference) -> RoleFacts {
        if !reference.within_reach(&self.cluster.place) {
            return out_of_reach(reference);
        }
        let name = reference.name.as_str();
        let arn = reference.arn.to_string();
        let ((role, boundary), attached, inline, instance_profiles, access_entry, simulation) = tokio::join!(
            self.role(name),
            self.attached(name),
            self.inline(name),
            self.instance_profiles(name),
            self.access_entry(&arn),
            self.simulation(&arn),
        );
        RoleFacts { reference, role, attached, inline, boundary, instance_profiles, access_entry, simulation }
    }

    async fn role(&self, name: &str) -> (Fact<Role>, Fact<String>) {
        let output = match self.clients.iam.get_role().role_name(name).send().await {
            Ok(output) => output,
            Err(error) => {
                return (Failure::of("iam:GetRole", &format!("role {name}"), &error).into_fact(), Fact::Absent);
            }
        };
        let Some(role) = output.role else { return (Fact::Absent, Fact::Absent) };
        let document = decoded("iam:GetRole", name, &role.assume_role_policy_document.unwrap_or_default());
        let trust_policy = match document {
            Fact::Known(text) => text,
            Fact::Absent => String::new(),
            Fact::Unread(unread) => return (Fact::Unread(unread), Fact::Absent),
        };
        let boundary_arn = role.permissions_boundary.and_then(|boundary| boundary.permissions_boundary_arn);
        let boundary = match &boundary_arn {
            Some(arn) => self.managed_policy(arn).await,
            None => Fact::Absent,
        };
        let role = Role {
            arn: role.arn,
            name: role.role_name,
            path: role.path,
            created: role.create_date.secs(),
            trust_policy,
            description: role.description.unwrap_or_default(),
            boundary_arn,
            tags: role.tags.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.value)).collect(),
        };
        (Fact::Known(role), boundary)
    }

    async fn attached(&self, role: &str) -> Fact<Vec<AttachedPolicy>> {
        let pages = self.clients.iam.list_attached_role_policies().role_name(role).into_paginator().items().send();
        let policies: Vec<_> = match pages.try_collect().await {
            Ok(policies) => policies,
            Err(error) => {
                return Failure::of("iam:ListAttachedRolePolicies", &format!("role {role}"), &error).into_fact();
            }
        };
        let arns = policies.into_iter().filter_map(|policy: aws_sdk_iam::types::AttachedPolicy| policy.policy_arn);
        let read = |arn: String| async move {
            let document = self.managed_policy(&arn).await;
            AttachedPolicy { arn, document }
        };
        Fact::Known(stream::iter(arns).map(read).buffered(10).collect().await)
    }

    async fn inline(&self, role: &str) -> Fact<Vec<InlinePolicy>> {
        let pages = self.clients.iam.list_role_policies().role_name(role).into_paginator().items().send();
        let names: Vec<String> = match pages.try_collect().await {
            Ok(names) => names,
            Err(error) => return Failure::of("iam:ListRolePolicies", &format!("role {role}"), &error).into_fact(),
        };
        let read = |name: String| async move {
            let request = self.clients.iam.get_role_policy().role_name(role).policy_name(&name);
            let document = match request.send().await {
                Ok(output) => decoded("iam:GetRolePolicy", &name, &output.policy_document),
                Err(error) => Failure::of("iam:GetRolePolicy", &format!("role {role}"), &error).into_fact(),
            };
            InlinePolicy { name, document }
        };
        Fact::Known(stream::iter(names).map(read).buffered(10).collect().await)
    }

    async fn instance_profiles(&self, role: &str) -> Fact<Vec<String>> {
        let pages = self.clients.iam.list_instance_profiles_for_role().role_name(role).into_paginator().items().send();
        match pages.try_collect().await {
            Ok(profiles) => {
                let name = |profile: aws_sdk_iam::types::InstanceProfile| profile.instance_profile_name;
                Fact::Known(profiles.into_iter().map(name).collect())
            }
            Err(error) => Failure::of("iam:ListInstanceProfilesForRole", &format!("role {role}"), &error).into_fact(),
        }
    }

    /// Clusters in mode `CONFIG_MAP` have no access entries to ask for.
    async fn access_entry(&self, arn: &str) -> Fact<AccessEntry> {
        if matches!(self.cluster.authentication_mode, None | Some(AuthenticationMode::ConfigMap)) {
            return Fact::Absent;
        }
        let cluster = &self.cluster.place.name;
        let request = self.clients.eks.describe_access_entry().cluster_name(cluster).principal_arn(arn);
        // Refines a check only: where it is not served, waiting for retries would help nobody.
        let once = aws_sdk_eks::config::Builder::new().retry_config(RetryConfig::standard().with_max_attempts(2));
        match request.customize().config_override(once).send().await {
            Ok(output) => output.access_entry.map_or(Fact::Absent, |entry| {
                Fact::Known(AccessEntry {
                    kind: entry.r#type.unwrap_or_default(),
                    created: entry.created_at.map(|created| created.secs()),
                })
            }),
            Err(error) => Failure::of("eks:DescribeAccessEntry", &format!("cluster {cluster}"), &error).into_fact(),
        }
    }

    async fn simulation(&self, arn: &str) -> Fact<Vec<SimulatedAction>> {
        let actions = ECR_ACTIONS.map(str::to_owned).to_vec();
        let request =
            self.clients.iam.simulate_principal_policy().policy_source_arn(arn).set_action_names(Some(actions));
        let once = aws_sdk_iam::config::Builder::new().retry_config(RetryConfig::disabled());
        let output = match request.customize().config_override(once).send().await {
            Ok(output) => output,
            Err(error) => return Failure::of("iam:SimulatePrincipalPolicy", arn, &error).into_fact(),
        };
        let results = output.evaluation_results.unwrap_or_default();
        let result = |result: aws_sdk_iam::types::EvaluationResult| SimulatedAction {
            decision: result.eval_decision.as_str().to_owned(),
            allowed_by_organization: result.organizations_decision_detail.map(|d| d.allowed_by_organizations),
            action: result.eval_action_name,
        };
        Fact::Known(results.into_iter().map(result).collect())
    }

    /// The document of a managed policy's default version.
    async fn managed_policy(&self, arn: &str) -> Fact<String> {
        if arn == pod_execution_policy_arn(&self.cluster.place.partition) {
            return Fact::Known(pod_execution_policy());
        }
        let cell = {
            let mut policies = self.policies.lock().expect("no panic while it is held");
            policies.entry(arn.to_owned()).or_default().clone()
        };
        cell.get_or_init(|| self.fetch_managed_policy(arn)).await.clone()
    }

    async fn fetch_managed_policy(&self, arn: &str) -> Fact<String> {
        let version = match self.clients.iam.get_policy().policy_arn(arn).send().await {
            Ok(output) => output.policy.and_then(|policy| policy.default_version_id).unwrap_or_default(),
            Err(error) => return not_absent(Failure::of("iam:GetPolicy", arn, &error)),
        };
        match self.clients.iam.get_policy_version().policy_arn(arn).version_id(version).send().await {
            Ok(output) => {
                let document = output.policy_version.and_then(|version| version.document).unwrap_or_default();
                decoded("iam:GetPolicyVersion", arn, &document)
            }
            Err(error) => not_absent(Failure::of("iam:GetPolicyVersion", arn, &error)),
        }
    }
}

/// A policy that is attached and cannot be found was not read; it is not absent.
fn not_absent<T>(failure: Failure) -> Fact<T> {
    match failure.kind {
        FailureKind::NotFound => Failure { kind: FailureKind::Code("NotFound".to_owned()), ..failure }.into_fact(),
        _ => failure.into_fact(),
    }
}

fn decoded(action: &str, resource: &str, document: &str) -> Fact<String> {
    match encoding::decode(document) {
        Ok(text) => Fact::Known(text.into_owned()),
        Err(offset) => Fact::Unread(Unread {
            action: action.to_owned(),
            resource: resource.to_owned(),
            reason: UnreadReason::Failed(format!("the policy document is not UTF-8 at byte {offset}")),
        }),
    }
}

/// The AWS managed policy, which is public and need not be read (AWS managed policy reference).
fn pod_execution_policy() -> String {
    let statement = serde_json::json!({"Effect": "Allow", "Action": ECR_ACTIONS, "Resource": "*"});
    serde_json::json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
}

fn out_of_reach(reference: RoleReference) -> RoleFacts {
    fn unread<T>(action: &str, reference: &RoleReference) -> Fact<T> {
        Fact::Unread(Unread {
            action: action.to_owned(),
            resource: reference.arn.to_string(),
            reason: UnreadReason::OutOfReach,
        })
    }
    RoleFacts {
        role: unread("iam:GetRole", &reference),
        attached: unread("iam:ListAttachedRolePolicies", &reference),
        inline: unread("iam:ListRolePolicies", &reference),
        boundary: Fact::Absent,
        instance_profiles: unread("iam:ListInstanceProfilesForRole", &reference),
        access_entry: unread("eks:DescribeAccessEntry", &reference),
        simulation: unread("iam:SimulatePrincipalPolicy", &reference),
        reference,
    }
}
