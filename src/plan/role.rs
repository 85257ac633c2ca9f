//! From what a role is, and what it should be, to the steps between.

use std::collections::BTreeMap;

use serde_json::json;

use super::trust::Irreparable;
use super::{Plan, Step, new_trust_policy, repair_trust_policy};
use crate::check::grants::Grants;
use crate::model::{
    Cluster, ECR_ACTIONS, Fact, FargateProfile, Role, RoleFacts, RoleReference, pod_execution_policy_arn,
};
use crate::policy::Effect;
use crate::policy::identity::Reach;

/// The tag on roles that this tool creates: for which cluster.
const CLUSTER_TAG: &str = "eks-fargate-role/cluster";

/// Where pods' logs go, which decides what the log router needs (user guide, "Fargate logging").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logging {
    Cloudwatch,
    Firehose,
    Kinesis,
    Opensearch,
}

impl Logging {
    /// The destination's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cloudwatch => "cloudwatch",
            Self::Firehose => "firehose",
            Self::Kinesis => "kinesis",
            Self::Opensearch => "opensearch",
        }
    }

    /// What the log router does there.
    #[must_use]
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Cloudwatch => &[
                "logs:CreateLogStream",
                "logs:CreateLogGroup",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
                "logs:PutRetentionPolicy",
            ],
            Self::Firehose => &["firehose:PutRecordBatch"],
            Self::Kinesis => &["kinesis:PutRecords"],
            Self::Opensearch => &["es:ESHttp*"],
        }
    }

    fn policy_name(self) -> String {
        format!("eks-fargate-logging-{}", self.name())
    }

    fn document(self) -> String {
        let statement = json!({"Action": self.actions(), "Effect": "Allow", "Resource": "*"});
        json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
    }
}

/// What the role should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredRole {
    pub path: String,
    pub boundary: Option<String>,
    pub attach: Vec<String>,
    pub tags: BTreeMap<String, String>,
    pub description: Option<String>,
    pub logging: Option<Logging>,
    /// Change the role even where somebody else owns it.
    pub force: bool,
}

impl Default for DesiredRole {
    fn default() -> Self {
        Self {
            path: "/".to_owned(),
            boundary: None,
            attach: Vec::new(),
            tags: BTreeMap::new(),
            description: None,
            logging: None,
            force: false,
        }
    }
}

/// Why the role is not changed, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub reason: String,
    pub hint: String,
}

impl Refusal {
    fn new(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { reason: reason.into(), hint: hint.into() }
    }
}

/// Plans how the role comes to exist and to be right for the cluster.
///
/// # Errors
/// [`Refusal`] where the role is not this tool's to change, or where adding cannot make it right.
pub fn plan_role(
    cluster: &Cluster,
    facts: &RoleFacts,
    users: &[&FargateProfile],
    desired: &DesiredRole,
) -> Result<Plan, Refusal> {
    let reference = &facts.reference;
    refuse_unreachable(cluster, reference)?;
    let (steps, notes) = match &facts.role {
        Fact::Unread(unread) => {
            let hint = format!("grant {}, or name another role with --role-name", unread.action);
            return Err(Refusal::new(format!("role {} cannot be read: {unread}", reference.name), hint));
        }
        Fact::Absent => (create(cluster, desired), Vec::new()),
        Fact::Known(role) => repair(cluster, facts, role, users, desired)?,
    };
    if let (Fact::Known(role), false, false) = (&facts.role, steps.is_empty(), desired.force) {
        refuse_foreign(role, facts)?;
    }
    let mut arn = reference.arn.clone();
    if facts.role == Fact::Absent {
        arn.resource = format!("role{}{}", desired.path, reference.name);
    } else if let Fact::Known(role) = &facts.role {
        arn.resource = format!("role{}{}", role.path, role.name);
    }
    Ok(Plan { role: RoleReference { arn, name: reference.name.clone() }, steps, notes })
}

fn refuse_unreachable(cluster: &Cluster, reference: &RoleReference) -> Result<(), Refusal> {
    let place = &cluster.place;
    if !reference.within_reach(place) {
        return Err(Refusal::new(
            format!(
                "role {} belongs to account {} ({}), cluster {} to account {} ({})",
                reference.arn,
                reference.arn.account,
                reference.arn.partition,
                place.name,
                place.account,
                place.partition
            ),
            format!("a pod execution role is of the cluster's account: eks-fargate-role ensure -c {}", place.name),
        ));
    }
    let service_linked =
        reference.arn.resource.starts_with("role/aws-service-role/") || reference.name.starts_with("AWSServiceRoleFor");
    if service_linked {
        return Err(Refusal::new(
            format!("{} is a service-linked role: only its service changes it", reference.name),
            "name a role of your own with --role-name",
        ));
    }
    Ok(())
}

/// What somebody else owns is not changed unasked, even to mend it.
fn refuse_foreign(role: &Role, facts: &RoleFacts) -> Result<(), Refusal> {
    let unasked = "use another name with --role-name, or --force to change this one";
    if role.path.starts_with("/aws-service-role/") {
        return Err(Refusal::new(format!("{} is a service-linked role", role.name), unasked));
    }
    match &facts.instance_profiles {
        Fact::Known(profiles) if !profiles.is_empty() => {
            let reason = format!(
                "role {} is the role of EC2 nodes (instance profile {}), and nodes and Fargate must not share one",
                role.name,
                profiles.join(", ")
            );
            return Err(Refusal::new(reason, unasked));
        }
        Fact::Unread(unread) => {
            let reason = format!("whether EC2 nodes use role {} is not known: {unread}", role.name);
            return Err(Refusal::new(reason, format!("grant {}, or use --force", unread.action)));
        }
        _ => {}
    }
    if let Some(stack) = role.tags.get("aws:cloudformation:stack-name") {
        let reason = format!(
            "role {} belongs to the CloudFormation stack {stack}, which would drift, and undo the change when updated",
            role.name
        );
        return Err(Refusal::new(reason, format!("change it in the stack; or {unasked}")));
    }
    Ok(())
}

fn create(cluster: &Cluster, desired: &DesiredRole) -> Vec<Step> {
    let place = &cluster.place;
    let mut tags = BTreeMap::from([(CLUSTER_TAG.to_owned(), place.name.clone())]);
    tags.extend(desired.tags.clone());
    let description = format!("Pod execution role of the Fargate profiles of EKS cluster {}", place.name);
    let mut steps = vec![Step::CreateRole {
        path: desired.path.clone(),
        trust_policy: new_trust_policy(place),
        description: desired.description.clone().unwrap_or(description),
        boundary: desired.boundary.clone(),
        tags,
    }];
    let managed = pod_execution_policy_arn(&place.partition);
    let wanted = std::iter::once(&managed).chain(desired.attach.iter().filter(|arn| **arn != managed));
    steps.extend(wanted.map(|arn| Step::AttachPolicy { arn: arn.clone() }));
    steps.extend(desired.logging.map(|logging| Step::PutInlinePolicy {
        name: logging.policy_name(),
        before: None,
        document: logging.document(),
    }));
    steps
}

fn repair(
    cluster: &Cluster,
    facts: &RoleFacts,
    role: &Role,
    users: &[&FargateProfile],
    desired: &DesiredRole,
) -> Result<(Vec<Step>, Vec<String>), Refusal> {
    let mut steps = Vec::new();
    if desired.path != "/" && desired.path != role.path {
        return Err(Refusal::new(
            format!("role {} exists with the path {}, and a role's path cannot be changed", role.name, role.path),
            "leave --role-path out, or choose another --role-name",
        ));
    }
    let profiles: Vec<_> = users.iter().map(|user| cluster.place.profile_arn(Some(&user.name), user.uuid())).collect();
    let repaired =
        repair_trust_policy(&role.trust_policy, &cluster.place, &profiles).map_err(|error| irreparable(role, error))?;
    if repaired.text != role.trust_policy {
        steps.push(Step::UpdateTrustPolicy { before: role.trust_policy.clone(), after: repaired.text });
    }
    steps.extend(missing_attachments(cluster, facts, desired)?);
    steps.extend(missing_logging(facts, desired)?);
    if let Some(arn) = desired.boundary.as_ref().filter(|arn| Some(*arn) != role.boundary_arn.as_ref()) {
        steps.push(Step::PutBoundary { before: role.boundary_arn.clone(), arn: arn.clone() });
    }
    if let Some(description) = desired.description.as_ref().filter(|text| **text != role.description) {
        steps.push(Step::UpdateDescription { before: role.description.clone(), after: description.clone() });
    }
    let tags: BTreeMap<_, _> = desired.tags.iter().filter(|(key, value)| role.tags.get(*key) != Some(value)).collect();
    if !tags.is_empty() {
        let tags: BTreeMap<String, String> = tags.into_iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        let before = role.tags.iter().filter(|(key, _)| tags.contains_key(*key));
        steps.push(Step::TagRole { before: before.map(|(k, v)| (k.clone(), v.clone())).collect(), tags });
    }
    Ok((steps, repaired.notes))
}

fn irreparable(role: &Role, error: Irreparable) -> Refusal {
    let hint = format!(
        "eks-fargate-role explain trust-deny; \
         aws iam update-assume-role-policy --role-name {} --policy-document file://trust.json",
        role.name
    );
    match error {
        Irreparable::Malformed(malformed) => Refusal::new(
            format!("the trust policy of role {} is malformed: {}", role.name, malformed.message),
            hint.replace("trust-deny", "trust-document"),
        ),
        Irreparable::Denied(statements) => Refusal::new(
            format!(
                "{} of the trust policy of role {} denies EKS the role, and is not this tool's to remove",
                statements.join(" and "),
                role.name
            ),
            hint,
        ),
    }
}

/// The managed policy, unless its actions are granted otherwise, and the policies asked for.
fn missing_attachments(cluster: &Cluster, facts: &RoleFacts, desired: &DesiredRole) -> Result<Vec<Step>, Refusal> {
    let attached = match &facts.attached {
        Fact::Known(attached) => attached,
        Fact::Absent => return Ok(Vec::new()),
        Fact::Unread(unread) => return Err(unreadable(facts, unread)),
    };
    let managed = pod_execution_policy_arn(&cluster.place.partition);
    let grants = Grants::of(facts);
    let granted = ECR_ACTIONS.iter().all(|action| grants.reach(Effect::Allow, action) == Reach::Full);
    let wanted = (!granted).then_some(&managed).into_iter().chain(&desired.attach);
    let mut steps: Vec<Step> = Vec::new();
    for arn in wanted {
        let step = Step::AttachPolicy { arn: arn.clone() };
        if !attached.iter().any(|policy| policy.arn == *arn) && !steps.contains(&step) {
            steps.push(step);
        }
    }
    Ok(steps)
}

fn missing_logging(facts: &RoleFacts, desired: &DesiredRole) -> Result<Option<Step>, Refusal> {
    let Some(logging) = desired.logging else { return Ok(None) };
    let inline = match &facts.inline {
        Fact::Known(inline) => inline,
        Fact::Absent => return Ok(None),
        Fact::Unread(unread) => return Err(unreadable(facts, unread)),
    };
    let (name, document) = (logging.policy_name(), logging.document());
    let before = match inline.iter().find(|policy| policy.name == name).map(|policy| &policy.document) {
        Some(Fact::Unread(unread)) => return Err(unreadable(facts, unread)),
        Some(Fact::Known(text)) if same_json(text, &document) => return Ok(None),
        Some(Fact::Known(text)) => Some(text.clone()),
        Some(Fact::Absent) | None => None,
    };
    Ok(Some(Step::PutInlinePolicy { name, before, document }))
}

fn unreadable(facts: &RoleFacts, unread: &crate::model::Unread) -> Refusal {
    Refusal::new(
        format!("what role {} has is not known: {unread}", facts.reference.name),
        format!("grant {} to the caller", unread.action),
    )
}

fn same_json(a: &str, b: &str) -> bool {
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    parse(a).is_some_and(|a| Some(a) == parse(b))
}
