//! Reading a cluster: in at most five steps one after another, and each thing once.

use futures::{StreamExt, stream};

use super::role::Reader;
use super::{Clients, Failure, FailureKind};
use crate::error::Error;
use crate::model::{
    AuthenticationMode, Cluster, ClusterPlace, Fact, Facts, FargateProfile, HealthIssue, RoleFacts, RoleReference,
    Selector, Unread,
};
use crate::policy::Arn;

/// Requests in flight at once: enough to hide the latency, few enough for IAM's rate.
const AT_ONCE: usize = 16;

/// Which roles to read.
#[derive(Debug, Clone)]
pub enum Roles {
    /// Those that the cluster's Fargate profiles use.
    OfProfiles,
    /// These, by name or ARN.
    Named(Vec<String>),
}

/// Reads a cluster, its Fargate profiles and the roles. What cannot be read is a fact as well.
///
/// # Errors
/// The cluster cannot be described, a role is badly named, or no request can succeed.
pub async fn read_facts(clients: &Clients, cluster: &str, roles: &Roles) -> Result<Facts, Error> {
    let listing = async { Ok(list_profiles(clients, cluster).await) };
    let (cluster, listing) = tokio::try_join!(describe_cluster(clients, cluster), listing)?;
    let (names, unlisted) = match listing {
        Ok(names) => (names, None),
        Err(failure) if failure.is_fatal() => return Err(failure.into()),
        Err(failure) => match failure.into_fact::<()>() {
            Fact::Unread(unread) => (Vec::new(), Some(unread)),
            _ => (Vec::new(), None),
        },
    };
    let place = &cluster.place;
    let profiles: Vec<(String, Fact<FargateProfile>)> = stream::iter(names)
        .map(|name| async move {
            let profile = read_profile(clients, &place.name, &name).await;
            (name, profile)
        })
        .buffered(AT_ONCE)
        .collect()
        .await;
    let roles = read_roles(clients, &cluster, references(&profiles, place, roles)?).await;
    Ok(Facts { cluster, profiles, unlisted, roles })
}

/// Reads one role of a cluster's account.
pub async fn read_one_role(clients: &Clients, cluster: &Cluster, reference: RoleReference) -> RoleFacts {
    Reader::new(clients, cluster).read(reference).await
}

async fn read_roles(clients: &Clients, cluster: &Cluster, references: Vec<RoleReference>) -> Vec<RoleFacts> {
    let reader = &Reader::new(clients, cluster);
    stream::iter(references).map(|reference| reader.read(reference)).buffered(AT_ONCE).collect().await
}

/// The roles to read, each once.
fn references(
    profiles: &[(String, Fact<FargateProfile>)],
    place: &ClusterPlace,
    roles: &Roles,
) -> Result<Vec<RoleReference>, Error> {
    let mut references: Vec<RoleReference> = Vec::new();
    let texts: Vec<&str> = match roles {
        Roles::OfProfiles => {
            profiles.iter().filter_map(|(_, profile)| Some(profile.known()?.pod_execution_role_arn.as_str())).collect()
        }
        Roles::Named(names) => names.iter().map(String::as_str).collect(),
    };
    for text in texts {
        let reference = RoleReference::parse(text, place).map_err(|error| Error::usage(error.to_string()))?;
        if !references.contains(&reference) {
            references.push(reference);
        }
    }
    Ok(references)
}

/// Describes a cluster.
///
/// # Errors
/// Where there is none of that name, the nearest names of the region are said.
async fn describe_cluster(clients: &Clients, name: &str) -> Result<Cluster, Error> {
    let described = clients.eks.describe_cluster().name(name).send().await;
    let cluster =
        match described.map_err(|error| Failure::of("eks:DescribeCluster", &format!("cluster {name}"), &error)) {
            Ok(output) => output.cluster,
            Err(failure) if failure.kind == FailureKind::NotFound => return Err(unknown_cluster(clients, name).await),
            Err(failure) => return Err(failure.into()),
        };
    let malformed = || Error::failed(format!("eks:DescribeCluster on cluster {name} brought no usable ARN"));
    let cluster = cluster.ok_or_else(malformed)?;
    let arn: Arn = cluster.arn().unwrap_or_default().parse().map_err(|_| malformed())?;
    let mode = cluster.access_config().and_then(|config| config.authentication_mode());
    Ok(Cluster {
        place: ClusterPlace {
            name: name.to_owned(),
            region: arn.region.clone(),
            account: arn.account.clone(),
            partition: arn.partition.clone(),
        },
        arn: arn.to_string(),
        status: cluster.status().map_or("UNKNOWN", |status| status.as_str()).to_owned(),
        version: cluster.version().map(str::to_owned),
        authentication_mode: mode.map(|mode| AuthenticationMode::of(mode.as_str())),
    })
}

async fn unknown_cluster(clients: &Clients, name: &str) -> Error {
    let error = Error::failed(format!("there is no cluster {name} in {}", clients.region));
    match cluster_names(clients).await {
        Ok(names) if names.is_empty() => error.hinted(format!(
            "there are no clusters in {} for these credentials: choose with --region and --profile",
            clients.region
        )),
        Ok(mut names) => {
            names.sort_by_key(|known| strsim::damerau_levenshtein(known, name));
            names.truncate(5);
            error.hinted(format!("clusters there: {}; or choose another region with --region", names.join(", ")))
        }
        Err(_) => error.hinted("choose with --cluster, --region and --profile"),
    }
}

/// The names of the region's clusters.
///
/// # Errors
/// [`Failure`] of eks:ListClusters.
pub async fn cluster_names(clients: &Clients) -> Result<Vec<String>, Failure> {
    let pages = clients.eks.list_clusters().into_paginator().items().send();
    let resource = format!("region {}", clients.region);
    pages.try_collect().await.map_err(|error| Failure::of("eks:ListClusters", &resource, &error))
}

async fn list_profiles(clients: &Clients, cluster: &str) -> Result<Vec<String>, Failure> {
    let pages = clients.eks.list_fargate_profiles().cluster_name(cluster).into_paginator().items().send();
    let resource = format!("cluster {cluster}");
    let mut names: Vec<String> =
        pages.try_collect().await.map_err(|error| Failure::of("eks:ListFargateProfiles", &resource, &error))?;
    names.sort();
    Ok(names)
}

/// Reads one Fargate profile.
pub async fn read_profile(clients: &Clients, cluster: &str, name: &str) -> Fact<FargateProfile> {
    let request = clients.eks.describe_fargate_profile().cluster_name(cluster).fargate_profile_name(name);
    let resource = format!("Fargate profile {name}");
    match request.send().await {
        Ok(output) => output.fargate_profile.map_or(Fact::Absent, |profile| Fact::Known(from_api(profile))),
        Err(error) => Failure::of("eks:DescribeFargateProfile", &resource, &error).into_fact(),
    }
}

/// A profile as the API describes it.
fn from_api(profile: aws_sdk_eks::types::FargateProfile) -> FargateProfile {
    let issues = profile.health.and_then(|health| health.issues).unwrap_or_default();
    let selectors = profile.selectors.unwrap_or_default();
    FargateProfile {
        name: profile.fargate_profile_name.unwrap_or_default(),
        arn: profile.fargate_profile_arn.unwrap_or_default(),
        status: profile.status.map_or_else(|| "UNKNOWN".to_owned(), |status| status.as_str().to_owned()),
        pod_execution_role_arn: profile.pod_execution_role_arn.unwrap_or_default(),
        selectors: selectors
            .into_iter()
            .map(|selector| Selector {
                namespace: selector.namespace.unwrap_or_default(),
                labels: selector.labels.unwrap_or_default().into_iter().collect(),
            })
            .collect(),
        subnets: profile.subnets.unwrap_or_default(),
        tags: profile.tags.unwrap_or_default().into_iter().collect(),
        health_issues: issues
            .into_iter()
            .map(|issue| HealthIssue {
                code: issue.code.map_or_else(String::new, |code| code.as_str().to_owned()),
                message: issue.message.unwrap_or_default(),
                resource_ids: issue.resource_ids.unwrap_or_default(),
            })
            .collect(),
    }
}

impl From<Unread> for Error {
    fn from(unread: Unread) -> Self {
        let hint = format!("grant {} to the caller", unread.action);
        Error::failed(unread.to_string()).hinted(hint)
    }
}
