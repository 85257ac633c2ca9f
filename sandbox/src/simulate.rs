//! `SimulatePrincipalPolicy`, as far as actions decide: resources and conditions are not looked at.

use serde_json::{Value, json};

use crate::answer::Failure;
use crate::call::Call;
use crate::iam::no_such;
use crate::trust::{one_or_many, strings};
use crate::world::World;

/// One result for each action that the request asks about.
pub fn answer(world: &World, call: &Call) -> Result<Vec<Value>, Failure> {
    let arn = call.required("PolicySourceArn")?;
    let (_, role) = world
        .roles
        .iter()
        .find(|(name, _)| world.role_arn(name) == arn)
        .ok_or_else(|| no_such(&format!("The entity with ARN {arn} cannot be found.")))?;
    let document = |arn: &String| world.policies.get(arn).map(|policy| policy.document.as_str());
    let inline = role.inline.values().map(String::as_str);
    let granted: Vec<&str> = inline.chain(role.attached.iter().filter_map(document)).collect();
    let boundary: Option<Vec<&str>> = role.boundary.as_ref().map(|arn| document(arn).into_iter().collect());

    let evaluate = |action: &str| {
        let by_boundary = boundary.as_ref().map(|policies| says(policies, "Allow", action));
        let by_organization = !world.denied_by_organization.iter().any(|it| covers(it, action));
        let denied =
            says(&granted, "Deny", action) || boundary.as_ref().is_some_and(|policies| says(policies, "Deny", action));
        let allowed = says(&granted, "Allow", action) && by_boundary != Some(false);
        json!({
            "EvalActionName": action,
            "EvalResourceName": "*",
            "EvalDecision": match (denied, allowed && by_organization) {
                (true, _) => "explicitDeny",
                (false, true) => "allowed",
                (false, false) => "implicitDeny",
            },
            "MatchedStatements": [],
            "MissingContextValues": [],
            "OrganizationsDecisionDetail": { "AllowedByOrganizations": by_organization },
            "PermissionsBoundaryDecisionDetail":
                by_boundary.map(|allowed| json!({ "AllowedByPermissionsBoundary": allowed })),
        })
    };
    Ok(call.members("ActionNames", "").into_iter().map(evaluate).collect())
}

/// Whether a statement of this effect in one of the documents names the action.
fn says(documents: &[&str], effect: &str, action: &str) -> bool {
    documents.iter().any(|document| {
        let policy: Value = serde_json::from_str(document).unwrap_or_default();
        one_or_many(&policy["Statement"]).iter().any(|statement| {
            statement["Effect"] == effect && strings(&statement["Action"]).any(|pattern| covers(pattern, action))
        })
    })
}

/// `ecr:BatchGetImage`, or with one `*` at the end: `ecr:*`, `*`.
fn covers(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    match pattern.strip_suffix('*') {
        Some(prefix) => action.starts_with(prefix),
        None => action == pattern,
    }
}
