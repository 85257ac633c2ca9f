//! The state of the emulated AWS account: what exists, how fast it answers, what goes wrong.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::time::{Duration, Instant};

use crate::call::Call;
use crate::managed;
use crate::resources::{Cluster, ManagedPolicy, Role};

/// What the account's clock shows when the world is made, 2026-11-02 09:00 UTC: what is created
/// later has the same date in every run.
const NOW: i64 = 1_793_610_000;

/// One AWS account: roles and policies are global to it, clusters live in a region.
#[derive(Debug, Clone)]
pub struct World {
    /// Twelve digits.
    pub account: String,
    /// `aws`, `aws-cn`…
    pub partition: String,
    /// Where builders put clusters, and what [`Sandbox::env`](crate::Sandbox::env) tells clients.
    pub region: String,
    /// Of all regions.
    pub clusters: Vec<Cluster>,
    /// By name.
    pub roles: BTreeMap<String, Role>,
    /// By ARN, those of AWS and those of the account.
    pub policies: BTreeMap<String, ManagedPolicy>,
    /// Actions that a service control policy denies to everybody, as `ecr:*`.
    pub denied_by_organization: Vec<String>,
    /// How the account behaves.
    pub settings: Settings,
    /// What goes wrong; the first that fits a request takes it.
    pub faults: Vec<Fault>,
    made: Instant,
}

/// Sizes and times.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The most that a page of any list holds, whatever the client asks for.
    pub page_size: usize,
    /// Added to each request.
    pub latency: Duration,
    /// How long a profile is CREATING or DELETING.
    pub profile_creation: Duration,
    /// How long after a role's creation or a change of its trust policy EKS sees the former state.
    pub propagation: Duration,
}

/// A request that does not get its ordinary answer.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The API operation, as `GetRole`.
    pub operation: String,
    /// What the request is about, as in the log; None for anything.
    pub resource: Option<String>,
    /// How many requests it takes; None for all.
    pub times: Option<u32>,
    /// What they get.
    pub kind: FaultKind,
}

/// What a request gets instead of its ordinary answer.
#[derive(Debug, Clone)]
pub enum FaultKind {
    /// "Rate exceeded", in the words of the service.
    Throttle,
    /// The caller lacks the permission.
    Denied,
    /// Any error of AWS.
    Error {
        /// The HTTP status.
        status: u16,
        /// The error code, as `ServerException`.
        code: String,
        /// The text.
        message: String,
    },
    /// A page of HTML, as other emulators answer operations that they do not serve.
    Html {
        /// The HTTP status.
        status: u16,
    },
    /// The request has its effect, then the fault is the answer.
    After(Box<FaultKind>),
    /// The ordinary answer, late; the effect is late too, unless inside [`FaultKind::After`].
    Stall(Duration),
}

impl World {
    /// An account in us-west-2 with nothing but the managed policies of AWS.
    pub fn new() -> World {
        World::in_region("us-west-2")
    }

    /// An empty account in the partition of `region`.
    pub fn in_region(region: &str) -> World {
        let partition = partition_of(region);
        World {
            account: "111122223333".into(),
            partition: partition.into(),
            region: region.into(),
            clusters: Vec::new(),
            roles: BTreeMap::new(),
            policies: managed::policies(partition),
            denied_by_organization: Vec::new(),
            settings: Settings::default(),
            faults: Vec::new(),
            made: Instant::now(),
        }
    }

    /// The cluster of this name in the world's region, made where there is none.
    pub fn cluster(&mut self, name: &str) -> &mut Cluster {
        self.cluster_in(&self.region.clone(), name)
    }

    /// The cluster of this name in `region`, made where there is none.
    pub fn cluster_in(&mut self, region: &str, name: &str) -> &mut Cluster {
        let at = self.find_cluster(region, name).unwrap_or_else(|| {
            let arn = self.arn("eks", region, &format!("cluster/{name}"));
            self.clusters.push(Cluster::new(name, region, &arn));
            self.clusters.len() - 1
        });
        &mut self.clusters[at]
    }

    /// Adds or replaces a role with this trust policy, known everywhere at once.
    pub fn role(&mut self, name: &str, trust: impl Display) -> &mut Role {
        self.roles.insert(name.to_owned(), Role::trusting(trust));
        self.roles.get_mut(name).expect("the role just added")
    }

    /// Adds a policy of the account's own and gives its ARN.
    pub fn policy(&mut self, name: &str, document: impl Display) -> String {
        let arn = self.arn("iam", "", &format!("policy/{name}"));
        self.policies.insert(arn.clone(), ManagedPolicy::new(name, "v1", document));
        arn
    }

    /// The ARN of the role of this name, whether it exists or not.
    pub fn role_arn(&self, name: &str) -> String {
        let path = self.roles.get(name).map_or("/", |role| &role.path);
        self.arn("iam", "", &format!("role{path}{name}"))
    }

    /// The ARN of a managed policy of AWS.
    pub fn managed_arn(&self, name: &str) -> String {
        format!("arn:{}:iam::aws:policy/{name}", self.partition)
    }

    /// Denies an operation on a resource, or on any.
    pub fn deny(&mut self, operation: &str, resource: Option<&str>) {
        self.fault(operation, resource, None, FaultKind::Denied);
    }

    /// Adds a fault.
    pub fn fault(&mut self, operation: &str, resource: Option<&str>, times: Option<u32>, kind: FaultKind) {
        let (operation, resource) = (operation.to_owned(), resource.map(str::to_owned));
        self.faults.push(Fault { operation, resource, times, kind });
    }

    /// Seconds since 1970 on the account's clock.
    pub(crate) fn now(&self) -> i64 {
        NOW + i64::try_from(self.made.elapsed().as_secs()).unwrap_or_default()
    }

    pub(crate) fn arn(&self, service: &str, region: &str, resource: &str) -> String {
        format!("arn:{}:{service}:{region}:{}:{resource}", self.partition, self.account)
    }

    /// Who makes the requests.
    pub(crate) fn caller(&self) -> String {
        self.arn("iam", "", "user/platform")
    }

    pub(crate) fn find_cluster(&self, region: &str, name: &str) -> Option<usize> {
        self.clusters.iter().position(|cluster| cluster.region == region && cluster.name == name)
    }

    /// Brings what changes with time up to date.
    pub(crate) fn settle(&mut self) {
        self.clusters.iter_mut().for_each(Cluster::settle);
    }

    /// How long the request has to wait, and the fault that takes it.
    pub(crate) fn admit(&mut self, call: &Call) -> (Duration, Option<FaultKind>) {
        let resource = call.resource();
        let fault = self.faults.iter_mut().find(|fault| {
            fault.operation == call.operation
                && fault.resource.as_ref().is_none_or(|wanted| *wanted == resource)
                && fault.times != Some(0)
        });
        let kind = fault.map(|fault| {
            fault.times = fault.times.map(|times| times - 1);
            fault.kind.clone()
        });
        (self.settings.latency, kind)
    }
}

impl Default for World {
    fn default() -> World {
        World::new()
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            page_size: 100,
            latency: Duration::ZERO,
            profile_creation: Duration::from_millis(300),
            propagation: Duration::ZERO,
        }
    }
}

/// The trust policy that the EKS user guide gives for the profiles of one cluster.
pub fn trust_policy(region: &str, account: &str, cluster: &str) -> String {
    let partition = partition_of(region);
    format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Effect": "Allow",
      "Condition": {{
        "ArnLike": {{
          "aws:SourceArn": "arn:{partition}:eks:{region}:{account}:fargateprofile/{cluster}/*"
        }}
      }},
      "Principal": {{
        "Service": "eks-fargate-pods.amazonaws.com"
      }},
      "Action": "sts:AssumeRole"
    }}
  ]
}}"#
    )
}

fn partition_of(region: &str) -> &'static str {
    if region.starts_with("cn-") { "aws-cn" } else { "aws" }
}

/// The same text gives the same id in every run, so that captured output does not change (FNV-1a).
fn stable_number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// An id of IAM's form, as `AROA0123456789ABCDEF0`.
pub fn stable_id(prefix: &str, name: &str) -> String {
    format!("{prefix}{:017X}", stable_number(name))
}

/// An id of EKS's form, a UUID.
pub fn stable_uuid(name: &str) -> String {
    let (high, low) = (stable_number(name), stable_number(&format!("{name} ")));
    let hex = format!("{high:016x}{low:016x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
