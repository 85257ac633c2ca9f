//! The role is registered with the cluster.

use crate::check::{Check, Judge, Reporter, RoleCase, Severity};
use crate::model::{AuthenticationMode, Fact, Unread, UnreadReason};

const FARGATE: &str = "FARGATE_LINUX";

pub static CHECK: Check = Check {
    id: "access-entry",
    severity: Severity::Error,
    summary: "The cluster's access entry for the role is there, of the right type, and not stale",
    why: "EKS registers the role of a Fargate profile with the cluster, by an access entry of type FARGATE_LINUX or \
          in the aws-auth ConfigMap. Without it the kubelet cannot join: \"Pod execution role is not found in auth \
          config\". An access entry stores the role's unique id, so that a role deleted and created again under the \
          same name is not recognised.",
    fix: "Delete the entry if it is wrong or stale, and create one of type FARGATE_LINUX.",
    sources: &["Amazon EKS user guide, \"Grant IAM users access to Kubernetes with EKS access entries\""],
    judge: Judge::Role(judge),
};

fn judge(case: &RoleCase, report: &mut Reporter) {
    let mode = case.cluster.authentication_mode.as_ref();
    if matches!(mode, None | Some(AuthenticationMode::ConfigMap)) && !case.users.is_empty() {
        report.unrefined(&Unread {
            action: "kubectl -n kube-system get configmap aws-auth".to_owned(),
            resource: format!("cluster {}", case.cluster.place.name),
            reason: UnreadReason::Failed("no AWS API shows whether the role is in it".to_owned()),
        });
    }
    let (Some(mode @ (AuthenticationMode::Api | AuthenticationMode::ApiAndConfigMap)), Fact::Known(role)) =
        (mode, &case.facts.role)
    else {
        return;
    };
    if case.users.is_empty() {
        return;
    }
    let place = &case.cluster.place;
    let target = format!("--cluster-name {} --region {} --principal-arn {}", place.name, place.region, role.arn);
    let create = format!("aws eks create-access-entry {target} --type {FARGATE}");
    let replace = format!("aws eks delete-access-entry {target} && {create}");
    match &case.facts.access_entry {
        Fact::Known(entry) if entry.kind != FARGATE => {
            let message = format!("the access entry of role {} is of type {}, not {FARGATE}", role.name, entry.kind);
            // Nodes join with this very entry: replacing it would lock them out.
            let of_nodes = entry.kind.starts_with("EC2") || entry.kind.starts_with("HYBRID");
            report.find(message, if of_nodes { case.separate_role_command() } else { replace });
        }
        Fact::Known(entry) if entry.created.is_some_and(|created| created < role.created) => {
            let message = format!(
                "the access entry of role {} is older than the role: it stores the unique id of a role that was \
                 deleted and created again",
                role.name
            );
            report.find(message, replace);
        }
        Fact::Known(_) => {}
        Fact::Absent if *mode == AuthenticationMode::Api => {
            report.find(format!("the cluster has no access entry for role {}", role.name), create);
        }
        Fact::Absent => {
            let message = format!(
                "the cluster has no access entry for role {}; unless aws-auth has it, pods cannot join",
                role.name
            );
            report.find_as(Severity::Warning, message, create);
        }
        Fact::Unread(unread) => report.unrefined(unread),
    }
}
