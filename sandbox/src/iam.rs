//! IAM, the reading half: roles, their policies, managed policies; and who the caller is.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Failure, iso};
use crate::call::Call;
use crate::resources::{ManagedPolicy, Role, SEEDED};
use crate::world::{World, stable_id};
use crate::{roles, simulate};

/// IAM encodes policy documents as RFC 3986 says: all but its unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub fn answer(world: &mut World, call: &Call) -> Answer {
    match call.operation.as_str() {
        "GetRole" => {
            let (name, role) = role(world, call)?;
            Ok(json!({ "Role": role_value(world, name, role) }))
        }
        "ListRoles" => list_roles(world, call),
        "ListAttachedRolePolicies" => {
            let attached = role(world, call)?
                .1
                .attached
                .iter()
                .map(|arn| json!({ "PolicyName": arn.rsplit('/').next(), "PolicyArn": arn }));
            listed(world, call, "AttachedPolicies", attached.collect())
        }
        "ListRolePolicies" => {
            let names = role(world, call)?.1.inline.keys().map(|name| json!(name));
            listed(world, call, "PolicyNames", names.collect())
        }
        "GetRolePolicy" => get_role_policy(world, call),
        "ListInstanceProfilesForRole" => list_instance_profiles(world, call),
        "GetPolicy" => {
            let (arn, policy) = policy(world, call)?;
            Ok(json!({ "Policy": policy_value(world, arn, policy) }))
        }
        "GetPolicyVersion" => get_policy_version(world, call),
        "SimulatePrincipalPolicy" => {
            let results = simulate::answer(world, call)?;
            listed(world, call, "EvaluationResults", results)
        }
        _ => roles::answer(world, call),
    }
}

/// STS has one operation here.
pub fn caller_identity(world: &World, call: &Call) -> Answer {
    if call.operation != "GetCallerIdentity" {
        return Err(unknown_operation(call));
    }
    let id = stable_id("AIDA", "platform");
    Ok(json!({ "Arn": world.caller(), "UserId": id, "Account": world.account }))
}

/// The role that the request names.
pub fn role<'a>(world: &'a World, call: &'a Call) -> Result<(&'a str, &'a Role), Failure> {
    let name = call.required("RoleName")?;
    world.roles.get(name).map(|role| (name, role)).ok_or_else(|| no_such_role(name))
}

pub fn role_value(world: &World, name: &str, role: &Role) -> Value {
    let tag = |(key, value)| json!({ "Key": key, "Value": value });
    let tags: Vec<Value> = role.tags.iter().map(tag).collect();
    let boundary =
        role.boundary.as_ref().map(|arn| json!({ "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn }));
    let last_used = role
        .last_used
        .as_ref()
        .map_or(json!({}), |(moment, region)| json!({ "LastUsedDate": iso(*moment), "Region": region }));
    let mut value = listed_role_value(world, name, role);
    value["Tags"] = json!(tags);
    value["PermissionsBoundary"] = json!(boundary);
    value["RoleLastUsed"] = last_used;
    value
}

/// Lists leave out the tags, the boundary and the last use.
fn listed_role_value(world: &World, name: &str, role: &Role) -> Value {
    json!({
        "Path": role.path,
        "RoleName": name,
        // A role that is deleted and made again has another id.
        "RoleId": stable_id("AROA", &format!("{name} {}", role.created)),
        "Arn": world.role_arn(name),
        "CreateDate": iso(role.created),
        "AssumeRolePolicyDocument": encoded(&role.trust),
        "Description": role.description,
        "MaxSessionDuration": 3600,
    })
}

fn list_roles(world: &World, call: &Call) -> Answer {
    let prefix = call.text("PathPrefix").unwrap_or("/");
    let roles = world.roles.iter().filter(|(_, role)| role.path.starts_with(prefix));
    let values = roles.map(|(name, role)| listed_role_value(world, name, role)).collect();
    listed(world, call, "Roles", values)
}

fn get_role_policy(world: &World, call: &Call) -> Answer {
    let (role_name, role) = role(world, call)?;
    let name = call.required("PolicyName")?;
    let Some(document) = role.inline.get(name) else {
        return Err(no_such(&format!("The role policy with name {name} cannot be found.")));
    };
    Ok(json!({
        "RoleName": role_name,
        "PolicyName": name,
        "PolicyDocument": encoded(document),
    }))
}

fn list_instance_profiles(world: &World, call: &Call) -> Answer {
    let (role_name, role) = role(world, call)?;
    let profiles = role.instance_profiles.iter().map(|name| {
        json!({
            "Path": "/",
            "InstanceProfileName": name,
            "InstanceProfileId": stable_id("AIPA", name),
            "Arn": world.arn("iam", "", &format!("instance-profile/{name}")),
            "CreateDate": iso(role.created),
            "Roles": [listed_role_value(world, role_name, role)],
        })
    });
    listed(world, call, "InstanceProfiles", profiles.collect())
}

fn policy<'a>(world: &'a World, call: &'a Call) -> Result<(&'a str, &'a ManagedPolicy), Failure> {
    let arn = call.required("PolicyArn")?;
    let policy = world.policies.get(arn);
    let missing = || no_such(&format!("Policy {arn} was not found."));
    policy.map(|policy| (arn, policy)).ok_or_else(missing)
}

fn policy_value(world: &World, arn: &str, policy: &ManagedPolicy) -> Value {
    let bound = |role: &&Role| role.boundary.as_deref() == Some(arn);
    let attached = |role: &&Role| role.attached.iter().any(|attached| attached == arn);
    json!({
        "PolicyName": policy.name,
        "PolicyId": stable_id("ANPA", arn),
        "Arn": arn,
        "Path": "/",
        "DefaultVersionId": policy.default_version,
        "AttachmentCount": world.roles.values().filter(attached).count(),
        "PermissionsBoundaryUsageCount": world.roles.values().filter(bound).count(),
        "IsAttachable": true,
        "CreateDate": iso(SEEDED),
        "UpdateDate": iso(SEEDED),
    })
}

fn get_policy_version(world: &World, call: &Call) -> Answer {
    let (arn, policy) = policy(world, call)?;
    let version = call.required("VersionId")?;
    if version != policy.default_version {
        let message = format!("Policy {arn} version {version} does not exist");
        return Err(no_such(&message));
    }
    Ok(json!({ "PolicyVersion": {
        "Document": encoded(&policy.document),
        "VersionId": version,
        "IsDefaultVersion": true,
        "CreateDate": iso(SEEDED),
    }}))
}

fn listed(world: &World, call: &Call, field: &str, items: Vec<Value>) -> Answer {
    let (items, next) = call.page(items, world.settings.page_size)?;
    let mut page = Map::new();
    page.insert(field.to_owned(), Value::Array(items));
    page.insert("IsTruncated".to_owned(), json!(next.is_some()));
    page.insert("Marker".to_owned(), json!(next));
    Ok(Value::Object(page))
}

fn encoded(document: &str) -> String {
    utf8_percent_encode(document, RESERVED).to_string()
}

pub fn no_such(message: &str) -> Failure {
    Failure::new(404, "NoSuchEntity", message)
}

pub fn no_such_role(name: &str) -> Failure {
    no_such(&format!("The role with name {name} cannot be found."))
}

pub fn unknown_operation(call: &Call) -> Failure {
    let version = call.text("Version").unwrap_or_default();
    let message = format!("Could not find operation {} for version {version}", call.operation);
    Failure::new(400, "InvalidAction", &message)
}
