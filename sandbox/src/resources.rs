//! What an account holds: clusters, profiles, access entries, roles, policies, with their builders.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::world::stable_uuid;

/// When everything seeded was created, 2026-09-01 08:00 UTC; profiles and access entries a day
/// later, since a registration older than its role is a fault that the tool looks for.
pub const SEEDED: i64 = 1_788_249_600;
const DAY: i64 = 86_400;

/// An EKS cluster.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are those of the EKS API")]
pub struct Cluster {
    pub name: String,
    pub region: String,
    pub arn: String,
    pub status: String,
    pub version: String,
    /// `CONFIG_MAP`, `API_AND_CONFIG_MAP` or `API`; access entries are served in the last two.
    pub authentication_mode: String,
    pub subnets: Vec<String>,
    pub created: i64,
    pub profiles: Vec<FargateProfile>,
    pub access_entries: Vec<AccessEntry>,
    /// Code and message: the next profile to be created ends `CREATE_FAILED` with this issue.
    pub fail_next_profile: Option<(String, String)>,
}

/// A Fargate profile.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are those of the EKS API")]
pub struct FargateProfile {
    pub name: String,
    pub arn: String,
    pub role_arn: String,
    pub status: String,
    /// As the API has them: `{"namespace": …, "labels": {…}}`.
    pub selectors: Vec<Value>,
    pub subnets: Vec<String>,
    pub tags: BTreeMap<String, String>,
    /// Code and message.
    pub issues: Vec<(String, String)>,
    pub created: i64,
    /// The body of the request that created it, to recognize the same request again.
    pub(crate) request: Option<Value>,
    /// When CREATING or DELETING ends, and the issue that CREATING ends with.
    pub(crate) settles: Option<Instant>,
    pub(crate) failure: Option<(String, String)>,
}

/// A principal's registration with a cluster.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are those of the EKS API")]
pub struct AccessEntry {
    pub principal_arn: String,
    /// `FARGATE_LINUX`, `EC2_LINUX`, `STANDARD`…
    pub kind: String,
    pub created: i64,
}

/// An IAM role; its name is its key in the world.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are those of the IAM API")]
pub struct Role {
    pub path: String,
    /// The trust policy, to the letter.
    pub trust: String,
    pub description: Option<String>,
    /// The ARN of a policy.
    pub boundary: Option<String>,
    pub tags: BTreeMap<String, String>,
    /// The ARNs of managed policies.
    pub attached: Vec<String>,
    /// Documents by name.
    pub inline: BTreeMap<String, String>,
    /// Names of the instance profiles that hold the role.
    pub instance_profiles: Vec<String>,
    /// When and in which region.
    pub last_used: Option<(i64, String)>,
    pub created: i64,
    /// What EKS still takes for the trust policy (None: no such role yet), and until when.
    pub(crate) former: Option<(Option<String>, Instant)>,
}

/// A managed policy, of AWS or of the account; its ARN is its key in the world.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are those of the IAM API")]
pub struct ManagedPolicy {
    pub name: String,
    pub default_version: String,
    pub document: String,
}

impl Cluster {
    pub(crate) fn new(name: &str, region: &str, arn: &str) -> Cluster {
        Cluster {
            name: name.into(),
            region: region.into(),
            arn: arn.into(),
            status: "ACTIVE".into(),
            version: "1.34".into(),
            authentication_mode: "API_AND_CONFIG_MAP".into(),
            subnets: vec!["subnet-0a1b2c3d4e5f60001".into(), "subnet-0a1b2c3d4e5f60002".into()],
            created: SEEDED,
            profiles: Vec::new(),
            access_entries: Vec::new(),
            fail_next_profile: None,
        }
    }

    /// Adds an active profile for the namespace of its own name, and registers its role.
    pub fn profile(&mut self, name: &str, role_arn: &str) -> &mut FargateProfile {
        self.register(role_arn, "FARGATE_LINUX", SEEDED + DAY);
        let arn = self.arn.replace(":cluster/", ":fargateprofile/");
        self.profiles.push(FargateProfile {
            name: name.into(),
            arn: format!("{arn}/{name}/{}", stable_uuid(&format!("{arn}/{name}"))),
            role_arn: role_arn.into(),
            status: "ACTIVE".into(),
            selectors: vec![json!({ "namespace": name })],
            subnets: self.subnets.clone(),
            tags: BTreeMap::new(),
            issues: Vec::new(),
            created: SEEDED + DAY,
            request: None,
            settles: None,
            failure: None,
        });
        self.profiles.last_mut().expect("the profile just added")
    }

    /// Adds an access entry for a role that has none, as EKS does for profiles and node groups.
    pub fn access_entry(&mut self, role_arn: &str, kind: &str) -> &mut Cluster {
        self.register(role_arn, kind, SEEDED + DAY);
        self
    }

    pub(crate) fn register(&mut self, role_arn: &str, kind: &str, created: i64) {
        let known = self.access_entries.iter().any(|entry| entry.principal_arn == role_arn);
        if self.serves_access_entries() && !known {
            let (principal_arn, kind) = (role_arn.into(), kind.into());
            self.access_entries.push(AccessEntry { principal_arn, kind, created });
        }
    }

    pub(crate) fn serves_access_entries(&self) -> bool {
        self.authentication_mode != "CONFIG_MAP"
    }

    /// Ends CREATING and DELETING where their time is over.
    pub(crate) fn settle(&mut self) {
        let now = Instant::now();
        let over = |profile: &FargateProfile| profile.settles.is_some_and(|end| end <= now);
        self.profiles.retain(|profile| profile.status != "DELETING" || !over(profile));
        for profile in self.profiles.iter_mut().filter(|profile| over(profile)) {
            profile.settles = None;
            profile.issues.extend(profile.failure.take());
            let failed = !profile.issues.is_empty();
            profile.status = if failed { "CREATE_FAILED" } else { "ACTIVE" }.into();
        }
    }
}

impl FargateProfile {
    /// Replaces the selectors by one.
    pub fn selects(&mut self, namespace: &str, labels: &[(&str, &str)]) -> &mut FargateProfile {
        let labels: BTreeMap<_, _> = labels.iter().copied().collect();
        self.selectors = vec![json!({ "namespace": namespace, "labels": labels })];
        self
    }

    /// Makes the profile CREATING for a while, then ACTIVE.
    pub fn creating(&mut self, time: Duration) -> &mut FargateProfile {
        self.status = "CREATING".into();
        self.settles = Some(Instant::now() + time);
        self
    }

    /// Adds a health issue.
    pub fn issue(&mut self, code: &str, message: &str) -> &mut FargateProfile {
        self.issues.push((code.into(), message.into()));
        self
    }
}

impl Role {
    /// A role with this trust policy and nothing else.
    pub fn trusting(document: impl Display) -> Role {
        Role {
            path: "/".into(),
            trust: document.to_string(),
            description: None,
            boundary: None,
            tags: BTreeMap::new(),
            attached: Vec::new(),
            inline: BTreeMap::new(),
            instance_profiles: Vec::new(),
            last_used: None,
            created: SEEDED,
            former: None,
        }
    }

    /// Attaches a managed policy.
    pub fn attach(&mut self, policy_arn: &str) -> &mut Role {
        self.attached.push(policy_arn.into());
        self
    }

    /// Adds an inline policy.
    pub fn inline(&mut self, name: &str, document: impl Display) -> &mut Role {
        self.inline.insert(name.into(), document.to_string());
        self
    }

    /// Adds a tag.
    pub fn tag(&mut self, key: &str, value: &str) -> &mut Role {
        self.tags.insert(key.into(), value.into());
        self
    }

    /// Sets when and where the role was last used.
    pub fn used(&mut self, moment: i64, region: &str) -> &mut Role {
        self.last_used = Some((moment, region.into()));
        self
    }

    /// The trust policy as EKS sees it; None while EKS does not know the role.
    pub(crate) fn trust_seen_by_eks(&self) -> Option<&str> {
        match &self.former {
            Some((trust, until)) if Instant::now() < *until => trust.as_deref(),
            _ => Some(&self.trust),
        }
    }
}

impl ManagedPolicy {
    /// A policy whose default version is `version`.
    pub fn new(name: &str, version: &str, document: impl Display) -> ManagedPolicy {
        ManagedPolicy { name: name.into(), default_version: version.into(), document: document.to_string() }
    }
}
