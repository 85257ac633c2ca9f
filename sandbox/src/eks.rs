//! EKS: clusters, Fargate profiles, access entries, and the rules for creating a profile.

use std::time::Instant;

use serde_json::{Value, json};

use crate::answer::{Answer, Failure};
use crate::call::Call;
use crate::resources::{AccessEntry, Cluster, FargateProfile};
use crate::trust::{self, Subject};
use crate::world::{World, stable_uuid};

const PROFILES_PER_CLUSTER: usize = 10;
const SELECTORS_PER_PROFILE: usize = 5;
const LABELS_PER_SELECTOR: usize = 5;

pub fn answer(world: &mut World, call: &Call) -> Answer {
    let Some(name) = call.names.first() else {
        return match call.operation.as_str() {
            "ListClusters" => list_clusters(world, call),
            other => {
                let message = format!("The sandbox does not serve {other}");
                Err(Failure::new(404, "UnknownOperationException", &message))
            }
        };
    };
    let Some(at) = world.find_cluster(&call.region, name) else {
        let failure = not_found(&format!("No cluster found for name: {name}."));
        return Err(failure.with("clusterName", name));
    };
    let cluster = &world.clusters[at];
    match call.operation.as_str() {
        "DescribeCluster" => Ok(json!({ "cluster": cluster_value(cluster) })),
        "ListFargateProfiles" => {
            let names = cluster.profiles.iter().map(|profile| json!(profile.name)).collect();
            listed(world, call, "fargateProfileNames", names)
        }
        "DescribeFargateProfile" => {
            let profile = &cluster.profiles[find_profile(cluster, &call.names[1])?];
            Ok(profile_value(cluster, profile))
        }
        "CreateFargateProfile" => create_profile(world, at, call),
        "DeleteFargateProfile" => delete_profile(world, at, &call.names[1]),
        "ListAccessEntries" => {
            access_entries_served(cluster)?;
            let arns = cluster.access_entries.iter().map(|entry| json!(entry.principal_arn));
            listed(world, call, "accessEntries", arns.collect())
        }
        _ => describe_access_entry(cluster, &call.names[1]),
    }
}

fn list_clusters(world: &World, call: &Call) -> Answer {
    let here = world.clusters.iter().filter(|cluster| cluster.region == call.region);
    listed(world, call, "clusters", here.map(|cluster| json!(cluster.name)).collect())
}

fn listed(world: &World, call: &Call, field: &str, items: Vec<Value>) -> Answer {
    let (items, next) = call.page(items, world.settings.page_size)?;
    let mut page = json!({ field: items });
    if let Some(next) = next {
        page["nextToken"] = json!(next);
    }
    Ok(page)
}

fn cluster_value(cluster: &Cluster) -> Value {
    json!({
        "name": cluster.name,
        "arn": cluster.arn,
        "createdAt": cluster.created,
        "version": cluster.version,
        "status": cluster.status,
        "endpoint": format!("https://{}.{}.eks.example", cluster.name, cluster.region),
        "resourcesVpcConfig": {
            "subnetIds": cluster.subnets,
            "securityGroupIds": [],
            "vpcId": "vpc-0a1b2c3d4e5f60000",
            "endpointPublicAccess": true,
            "endpointPrivateAccess": true,
        },
        "accessConfig": { "authenticationMode": cluster.authentication_mode },
        "tags": {},
    })
}

fn profile_value(cluster: &Cluster, profile: &FargateProfile) -> Value {
    let resources = [&profile.role_arn];
    let issue =
        |(code, message): &(String, String)| json!({ "code": code, "message": message, "resourceIds": resources });
    let issues: Vec<Value> = profile.issues.iter().map(issue).collect();
    json!({ "fargateProfile": {
        "fargateProfileName": profile.name,
        "fargateProfileArn": profile.arn,
        "clusterName": cluster.name,
        "createdAt": profile.created,
        "podExecutionRoleArn": profile.role_arn,
        "subnets": profile.subnets,
        "selectors": profile.selectors,
        "status": profile.status,
        "tags": profile.tags,
        "health": { "issues": issues },
    }})
}

fn create_profile(world: &mut World, at: usize, call: &Call) -> Answer {
    let cluster = &world.clusters[at];
    let body = Value::Object(call.parameters.clone());
    let name = call.text("fargateProfileName").unwrap_or_default();
    if let Some(existing) = cluster.profiles.iter().find(|profile| profile.name == name) {
        // The same token with the same content is the same request, sent again.
        if call.text("clientRequestToken").is_some() && existing.request.as_ref() == Some(&body) {
            return Ok(profile_value(cluster, existing));
        }
        let message = "A Fargate Profile already exists with this name in this cluster.";
        return Err(in_use(message).with("fargateProfileName", name));
    }
    let selectors = trust::one_or_many(&body["selectors"]).to_vec();
    let subnets: Vec<String> = match trust::strings(&body["subnets"]).count() {
        0 => cluster.subnets.clone(),
        _ => trust::strings(&body["subnets"]).map(str::to_owned).collect(),
    };
    let role_arn = call.text("podExecutionRoleArn").unwrap_or_default();
    check_name(name)?;
    check_selectors(&selectors)?;
    check_subnets(&subnets)?;
    check_room(cluster, name)?;
    check_role(world, cluster, name, role_arn)?;

    let now = world.now();
    let duration = world.settings.profile_creation;
    let cluster = &mut world.clusters[at];
    cluster.register(role_arn, "FARGATE_LINUX", now);
    let failure = cluster.fail_next_profile.take();
    let profile = cluster.profile(name, role_arn);
    profile.creating(duration).created = now;
    profile.failure = failure;
    profile.selectors = selectors;
    profile.subnets = subnets;
    for (key, value) in body["tags"].as_object().into_iter().flatten() {
        profile.tags.insert(key.clone(), value.as_str().unwrap_or_default().into());
    }
    profile.request = Some(body);
    let profile = profile.clone();
    Ok(profile_value(cluster, &profile))
}

fn check_name(name: &str) -> Result<(), Failure> {
    let letters = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !letters || name.is_empty() || name.len() > 100 {
        return Err(invalid("The Fargate Profile name must be 1 to 100 letters, digits, hyphens and underscores"));
    }
    if name.starts_with("eks-") {
        return Err(invalid("Fargate Profile names beginning with eks- are reserved"));
    }
    Ok(())
}

fn check_selectors(selectors: &[Value]) -> Result<(), Failure> {
    if selectors.is_empty() || selectors.len() > SELECTORS_PER_PROFILE {
        return Err(invalid("A Fargate Profile must have 1 to 5 selectors"));
    }
    for selector in selectors {
        if selector["namespace"].as_str().is_none_or(str::is_empty) {
            return Err(invalid("Selector: namespace must not be empty"));
        }
        if selector["labels"].as_object().is_some_and(|labels| labels.len() > LABELS_PER_SELECTOR) {
            return Err(invalid("Selector: a selector can have at most 5 labels"));
        }
    }
    Ok(())
}

/// There are no route tables here: a subnet is public when its id says so.
fn check_subnets(subnets: &[String]) -> Result<(), Failure> {
    let Some(public) = subnets.iter().find(|subnet| subnet.contains("public")) else {
        return Ok(());
    };
    let message = format!("Subnet {public} provided in Fargate Profile is not a private subnet");
    Err(invalid(&message))
}

fn check_room(cluster: &Cluster, name: &str) -> Result<(), Failure> {
    if cluster.profiles.len() >= PROFILES_PER_CLUSTER {
        let message = format!("Cluster {} has reached its quota of Fargate profiles", cluster.name);
        return Err(Failure::new(400, "ResourceLimitExceededException", &message));
    }
    nothing_in_progress(cluster, "create", name)
}

fn nothing_in_progress(cluster: &Cluster, verb: &str, name: &str) -> Result<(), Failure> {
    let moving = |profile: &&FargateProfile| profile.status.ends_with("ING");
    let Some(other) = cluster.profiles.iter().find(moving) else { return Ok(()) };
    let message = format!(
        "Cannot {verb} Fargate Profile {name} because cluster {} currently has Fargate profile {} \
         in status {}",
        cluster.name, other.name, other.status
    );
    Err(in_use(&message).with("clusterName", &cluster.name))
}

/// Whatever keeps EKS from assuming the role, it gives the same advice.
fn check_role(world: &World, cluster: &Cluster, profile: &str, arn: &str) -> Result<(), Failure> {
    let name = arn.strip_prefix(&world.arn("iam", "", "role/"));
    let role = name.and_then(|name| world.roles.get(name)).filter(|role| role.path == "/");
    let subject = Subject {
        partition: &world.partition,
        region: &cluster.region,
        account: &world.account,
        cluster: &cluster.name,
        profile,
    };
    let trust = role.and_then(|role| role.trust_seen_by_eks());
    if trust.is_some_and(|document| trust::admits(document, &subject)) {
        return Ok(());
    }
    Err(invalid(
        "Misconfigured PodExecutionRole Trust Policy; Please add the \
         eks-fargate-pods.amazonaws.com Service Principal",
    ))
}

fn delete_profile(world: &mut World, at: usize, name: &str) -> Answer {
    let settles = Instant::now() + world.settings.profile_creation;
    let cluster = &mut world.clusters[at];
    let found = find_profile(cluster, name)?;
    nothing_in_progress(cluster, "delete", name)?;
    let profile = &mut cluster.profiles[found];
    profile.status = "DELETING".into();
    profile.settles = Some(settles);
    Ok(profile_value(cluster, &cluster.profiles[found]))
}

fn describe_access_entry(cluster: &Cluster, principal: &str) -> Answer {
    access_entries_served(cluster)?;
    let Some(entry) = cluster.access_entries.iter().find(|entry| entry.principal_arn == principal) else {
        return Err(not_found("The specified principalArn could not be found."));
    };
    Ok(json!({ "accessEntry": access_entry_value(cluster, entry) }))
}

fn access_entry_value(cluster: &Cluster, entry: &AccessEntry) -> Value {
    let arn = cluster.arn.replace(":cluster/", ":access-entry/");
    let account = entry.principal_arn.split(':').nth(4).unwrap_or_default();
    let name = entry.principal_arn.rsplit('/').next().unwrap_or_default();
    let id = stable_uuid(&entry.principal_arn);
    json!({
        "clusterName": cluster.name,
        "principalArn": entry.principal_arn,
        "kubernetesGroups": ["system:nodes"],
        "accessEntryArn": format!("{arn}/role/{account}/{name}/{id}"),
        "createdAt": entry.created,
        "modifiedAt": entry.created,
        "tags": {},
        "username": "system:node:{{SessionName}}",
        "type": entry.kind,
    })
}

fn access_entries_served(cluster: &Cluster) -> Result<(), Failure> {
    if cluster.serves_access_entries() {
        return Ok(());
    }
    let message = "The cluster's authentication mode must be set to one of [API, \
                   API_AND_CONFIG_MAP] to perform this operation.";
    Err(Failure::new(400, "InvalidRequestException", message).with("clusterName", &cluster.name))
}

fn find_profile(cluster: &Cluster, name: &str) -> Result<usize, Failure> {
    cluster.profiles.iter().position(|profile| profile.name == name).ok_or_else(|| {
        not_found(&format!("No Fargate Profile found with name: {name}."))
            .with("clusterName", &cluster.name)
            .with("fargateProfileName", name)
    })
}

fn invalid(message: &str) -> Failure {
    Failure::new(400, "InvalidParameterException", message)
}

fn in_use(message: &str) -> Failure {
    Failure::new(409, "ResourceInUseException", message)
}

fn not_found(message: &str) -> Failure {
    Failure::new(404, "ResourceNotFoundException", message)
}
