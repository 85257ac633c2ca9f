//! IAM, the writing half: making, changing and deleting roles.

use std::time::Instant;

use serde_json::{Value, json};

use crate::answer::{Answer, Failure};
use crate::call::Call;
use crate::iam::{no_such, no_such_role, role_value, unknown_operation};
use crate::resources::Role;
use crate::trust::one_or_many;
use crate::world::World;

const TRUST_POLICY_SIZE: usize = 2048;
const POLICIES_PER_ROLE: usize = 10;

pub fn answer(world: &mut World, call: &Call) -> Answer {
    match call.operation.as_str() {
        "CreateRole" => create_role(world, call),
        "UpdateAssumeRolePolicy" => {
            let document = call.required("PolicyDocument")?;
            let visible = Instant::now() + world.settings.propagation;
            let role = role_mut(world, call)?;
            check_trust(document)?;
            role.former = Some((role.trust_seen_by_eks().map(str::to_owned), visible));
            document.clone_into(&mut role.trust);
            Ok(Value::Null)
        }
        "UpdateRole" => {
            let description = call.text("Description").map(str::to_owned);
            let role = role_mut(world, call)?;
            role.description = description.or_else(|| role.description.take());
            Ok(json!({}))
        }
        "TagRole" => {
            add_tags(role_mut(world, call)?, call);
            Ok(Value::Null)
        }
        "PutRolePermissionsBoundary" => {
            let arn = attachable(world, call.required("PermissionsBoundary")?)?;
            role_mut(world, call)?.boundary = Some(arn);
            Ok(Value::Null)
        }
        "AttachRolePolicy" => attach_policy(world, call),
        "DetachRolePolicy" => {
            let arn = call.required("PolicyArn")?;
            let role = role_mut(world, call)?;
            let Some(at) = role.attached.iter().position(|attached| attached == arn) else {
                return Err(no_such(&format!("Policy {arn} was not found.")));
            };
            role.attached.remove(at);
            Ok(Value::Null)
        }
        "PutRolePolicy" => {
            let (name, document) = (call.required("PolicyName")?, call.required("PolicyDocument")?);
            let role = role_mut(world, call)?;
            statements(document)?;
            role.inline.insert(name.to_owned(), document.to_owned());
            Ok(Value::Null)
        }
        "DeleteRole" => delete_role(world, call),
        _ => Err(unknown_operation(call)),
    }
}

fn role_mut<'a>(world: &'a mut World, call: &Call) -> Result<&'a mut Role, Failure> {
    let name = call.required("RoleName")?;
    world.roles.get_mut(name).ok_or_else(|| no_such_role(name))
}

fn create_role(world: &mut World, call: &Call) -> Answer {
    let name = call.required("RoleName")?;
    let document = call.required("AssumeRolePolicyDocument")?;
    check_name(name)?;
    if world.roles.contains_key(name) {
        let message = format!("Role with name {name} already exists.");
        return Err(Failure::new(409, "EntityAlreadyExists", &message));
    }
    check_trust(document)?;
    let mut role = Role::trusting(document);
    call.text("Path").unwrap_or("/").clone_into(&mut role.path);
    role.description = call.text("Description").map(str::to_owned);
    role.boundary = call.text("PermissionsBoundary").map(|arn| attachable(world, arn)).transpose()?;
    role.created = world.now();
    role.former = Some((None, Instant::now() + world.settings.propagation));
    add_tags(&mut role, call);
    world.roles.insert(name.to_owned(), role);
    Ok(json!({ "Role": role_value(world, name, &world.roles[name]) }))
}

fn check_name(name: &str) -> Result<(), Failure> {
    let letter = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if (1..=64).contains(&name.len()) && name.chars().all(letter) {
        return Ok(());
    }
    let message = format!("The role name {name} must be 1 to 64 of [A-Za-z0-9_+=,.@-]");
    Err(Failure::new(400, "ValidationError", &message))
}

fn check_trust(document: &str) -> Result<(), Failure> {
    for statement in statements(document)? {
        if statement.get("Principal").is_none() {
            return Err(malformed("Missing required field Principal"));
        }
        if statement.get("Resource").is_some() {
            return Err(malformed("Has prohibited field Resource"));
        }
    }
    if document.chars().filter(|c| !c.is_whitespace()).count() > TRUST_POLICY_SIZE {
        let message = format!("Cannot exceed quota for ACLSizePerRole: {TRUST_POLICY_SIZE}");
        return Err(Failure::new(409, "LimitExceeded", &message));
    }
    Ok(())
}

fn statements(document: &str) -> Result<Vec<Value>, Failure> {
    let Ok(policy) = serde_json::from_str::<Value>(document) else {
        return Err(malformed("This policy contains invalid Json"));
    };
    match one_or_many(&policy["Statement"]) {
        [] => Err(malformed("Syntax errors in policy.")),
        statements => Ok(statements.to_vec()),
    }
}

fn malformed(message: &str) -> Failure {
    Failure::new(400, "MalformedPolicyDocument", message)
}

fn add_tags(role: &mut Role, call: &Call) {
    for (key, value) in call.members("Tags", ".Key").iter().zip(call.members("Tags", ".Value")) {
        role.tag(key, value);
    }
}

fn attach_policy(world: &mut World, call: &Call) -> Answer {
    let arn = attachable(world, call.required("PolicyArn")?)?;
    let role = role_mut(world, call)?;
    if role.attached.contains(&arn) {
        return Ok(Value::Null);
    }
    if role.attached.len() >= POLICIES_PER_ROLE {
        let message = format!("Cannot exceed quota for PoliciesPerRole: {POLICIES_PER_ROLE}");
        return Err(Failure::new(409, "LimitExceeded", &message));
    }
    role.attached.push(arn);
    Ok(Value::Null)
}

fn attachable(world: &World, arn: &str) -> Result<String, Failure> {
    if world.policies.contains_key(arn) {
        return Ok(arn.to_owned());
    }
    Err(no_such(&format!("Policy {arn} does not exist or is not attachable.")))
}

fn delete_role(world: &mut World, call: &Call) -> Answer {
    let role = role_mut(world, call)?;
    let obstacle = if !role.instance_profiles.is_empty() {
        "must remove roles from instance profile first."
    } else if !role.attached.is_empty() {
        "must detach all policies first."
    } else if !role.inline.is_empty() {
        "must delete policies first."
    } else {
        world.roles.remove(call.required("RoleName")?);
        return Ok(Value::Null);
    };
    Err(Failure::new(409, "DeleteConflict", &format!("Cannot delete entity, {obstacle}")))
}
