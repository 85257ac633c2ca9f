//! What was read from AWS, as plain values. Pure: nothing here knows how it was read.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::policy::Arn;
use crate::policy::arn::NotAnArn;
use crate::policy::context::ProfileArn;

/// The name of the AWS managed policy that a pod execution role needs (user guide, "Amazon EKS pod execution IAM
/// role").
pub const POD_EXECUTION_POLICY: &str = "AmazonEKSFargatePodExecutionRolePolicy";

/// A role's name where none is given: the one that the user guide uses.
pub const DEFAULT_ROLE: &str = "AmazonEKSFargatePodExecutionRole";

/// What that policy allows, on every resource (AWS managed policy reference).
pub const ECR_ACTIONS: [&str; 4] =
    ["ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"];

/// The ARN of the managed policy in a partition. It has no path.
#[must_use]
pub fn pod_execution_policy_arn(partition: &str) -> String {
    format!("arn:{partition}:iam::aws:policy/{POD_EXECUTION_POLICY}")
}

/// Something that was asked of AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact<T> {
    Known(T),
    /// AWS says that there is none.
    Absent,
    /// It could not be read: what depends on it is not decided, and never passes silently.
    Unread(Unread),
}

impl<T> Fact<T> {
    /// The value, where it is known.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Unread(_) => None,
        }
    }
}

/// A read that brought no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The IAM action of the read, as a policy names it: `iam:GetRole`.
    pub action: String,
    /// What was to be read.
    pub resource: String,
    pub reason: UnreadReason,
}

/// Why a read brought no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreadReason {
    /// The caller lacks the permission.
    Denied,
    /// The endpoint does not know the operation, as emulators and some regions do.
    NotServed,
    /// The role belongs to another account or partition, which the caller's credentials do not reach.
    OutOfReach,
    /// Anything else, in AWS's words.
    Failed(String),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, resource, reason } = self;
        match reason {
            UnreadReason::Denied => write!(f, "{action} on {resource} is denied to the caller"),
            UnreadReason::NotServed => write!(f, "{action} is not served by this endpoint"),
            UnreadReason::OutOfReach => write!(f, "{resource} belongs to another account or partition"),
            UnreadReason::Failed(message) => write!(f, "{action} on {resource} failed: {message}"),
        }
    }
}

/// The place a cluster has in AWS: everything that the ARNs of its Fargate profiles consist of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterPlace {
    pub name: String,
    pub region: String,
    pub account: String,
    pub partition: String,
}

impl ClusterPlace {
    /// The ARN of a Fargate profile of this cluster: `None` stands for any name, and for an unknown UUID.
    #[must_use]
    pub fn profile_arn(&self, profile: Option<&str>, uuid: Option<&str>) -> ProfileArn {
        ProfileArn {
            partition: self.partition.clone(),
            region: self.region.clone(),
            account: self.account.clone(),
            cluster: self.name.clone(),
            profile: profile.map(str::to_owned),
            uuid: uuid.map(str::to_owned),
        }
    }
}

/// How a cluster admits principals (API: `accessConfig.authenticationMode`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthenticationMode {
    ConfigMap,
    ApiAndConfigMap,
    Api,
    Other(String),
}

impl AuthenticationMode {
    /// The mode's name in the API.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::ConfigMap => "CONFIG_MAP",
            Self::ApiAndConfigMap => "API_AND_CONFIG_MAP",
            Self::Api => "API",
            Self::Other(name) => name,
        }
    }

    /// Reads the mode's name in the API.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            "CONFIG_MAP" => Self::ConfigMap,
            "API_AND_CONFIG_MAP" => Self::ApiAndConfigMap,
            "API" => Self::Api,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// A cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    pub place: ClusterPlace,
    pub arn: String,
    pub status: String,
    pub version: Option<String>,
    /// `None` where the API does not say, which means `CONFIG_MAP` (clusters older than access entries).
    pub authentication_mode: Option<AuthenticationMode>,
}

/// One selector of a Fargate profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selector {
    pub namespace: String,
    pub labels: BTreeMap<String, String>,
}

/// A problem that EKS reports of a Fargate profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthIssue {
    pub code: String,
    pub message: String,
    pub resource_ids: Vec<String>,
}

/// A Fargate profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FargateProfile {
    pub name: String,
    pub arn: String,
    pub status: String,
    pub pod_execution_role_arn: String,
    pub selectors: Vec<Selector>,
    pub subnets: Vec<String>,
    pub tags: BTreeMap<String, String>,
    pub health_issues: Vec<HealthIssue>,
}

impl FargateProfile {
    /// The UUID that EKS gave the profile, from its ARN.
    #[must_use]
    pub fn uuid(&self) -> Option<&str> {
        self.arn.rsplit_once('/').map(|(_, uuid)| uuid)
    }
}

/// How a role is named: by an ARN (a profile's, or the user's), or by its name in the cluster's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleReference {
    pub arn: Arn,
    pub name: String,
}

impl RoleReference {
    /// Reads a role's name or ARN; a name is taken to stand in the cluster's account.
    ///
    /// # Errors
    /// Where the text is neither a role name (1 to 64 of letters, digits and `+=,.@-_`) nor the ARN of a role.
    pub fn parse(text: &str, place: &ClusterPlace) -> Result<Self, BadRoleReference> {
        if !text.starts_with("arn:") {
            return match is_role_name(text) {
                true => Ok(Self { arn: Arn::role(&place.partition, &place.account, "/", text), name: text.to_owned() }),
                false => Err(BadRoleReference::Name(text.to_owned())),
            };
        }
        let arn = Arn::from_str(text).map_err(BadRoleReference::Arn)?;
        let name = match arn.role_path_and_name() {
            Some((_, name)) => name.to_owned(),
            None => return Err(BadRoleReference::NotARole(text.to_owned())),
        };
        Ok(Self { arn, name })
    }

    /// Whether the caller's credentials for the cluster's account can reach the role.
    #[must_use]
    pub fn within_reach(&self, place: &ClusterPlace) -> bool {
        self.arn.account == place.account && self.arn.partition == place.partition
    }
}

/// Why a text names no role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadRoleReference {
    Name(String),
    Arn(NotAnArn),
    NotARole(String),
}

impl fmt::Display for BadRoleReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(text) => {
                write!(f, "\"{text}\" is no role name (1 to 64 letters, digits and any of +=,.@-_) and no ARN")
            }
            Self::Arn(error) => error.fmt(f),
            Self::NotARole(text) => write!(f, "\"{text}\" is not the ARN of an IAM role"),
        }
    }
}

/// Whether IAM takes the text as a role's name (API: `RoleName`).
#[must_use]
pub fn is_role_name(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "+=,.@-_".contains(c))
}

/// A role as `GetRole` returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub arn: String,
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// Seconds since 1970.
    pub created: i64,
    /// Decoded.
    pub trust_policy: String,
    pub description: String,
    pub boundary_arn: Option<String>,
    pub tags: BTreeMap<String, String>,
}

/// A policy attached to a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedPolicy {
    pub arn: String,
    pub document: Fact<String>,
}

/// A policy that is part of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlinePolicy {
    pub name: String,
    pub document: Fact<String>,
}

/// A role's registration with a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessEntry {
    pub kind: String,
    /// Seconds since 1970.
    pub created: Option<i64>,
}

/// What `SimulatePrincipalPolicy` says of one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedAction {
    pub action: String,
    /// `allowed`, `implicitDeny` or `explicitDeny`.
    pub decision: String,
    /// `None`: the account is in no organization.
    pub allowed_by_organization: Option<bool>,
}

/// Everything read about one role, once, however many profiles use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleFacts {
    pub reference: RoleReference,
    pub role: Fact<Role>,
    pub attached: Fact<Vec<AttachedPolicy>>,
    pub inline: Fact<Vec<InlinePolicy>>,
    /// The permissions boundary's document.
    pub boundary: Fact<String>,
    pub instance_profiles: Fact<Vec<String>>,
    pub access_entry: Fact<AccessEntry>,
    pub simulation: Fact<Vec<SimulatedAction>>,
}

impl RoleFacts {
    /// Whether the role is named so, by its own ARN or by the one that led to it.
    #[must_use]
    pub fn is_called(&self, arn: &str) -> bool {
        arn == self.arn() || arn == self.reference.arn.to_string()
    }

    /// The role's ARN: as IAM says it, or as it was named.
    #[must_use]
    pub fn arn(&self) -> String {
        self.role.known().map_or_else(|| self.reference.arn.to_string(), |role| role.arn.clone())
    }
}

/// Everything read about a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub cluster: Cluster,
    /// The names of the cluster's Fargate profiles, each with what it is.
    pub profiles: Vec<(String, Fact<FargateProfile>)>,
    /// Why the profiles could not be listed.
    pub unlisted: Option<Unread>,
    /// The roles of the profiles, or those that were asked for.
    pub roles: Vec<RoleFacts>,
}

impl Facts {
    /// The profiles that could be read.
    pub fn known_profiles(&self) -> impl Iterator<Item = &FargateProfile> {
        self.profiles.iter().filter_map(|(_, profile)| profile.known())
    }

    /// The profiles that use a role.
    #[must_use]
    pub fn users_of<'f>(&'f self, role: &RoleFacts) -> Vec<&'f FargateProfile> {
        self.known_profiles().filter(|profile| role.is_called(&profile.pod_execution_role_arn)).collect()
    }
}
