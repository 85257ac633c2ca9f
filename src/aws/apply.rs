//! Carrying a plan out, step by step. Each step can be run again.

use std::time::{Duration, Instant};

use aws_sdk_eks::types::FargateProfileSelector;

use super::{Clients, Failure, FailureKind, read, wait};
use crate::error::Error;
use crate::model::{Fact, RoleReference};
use crate::plan::{DesiredProfile, ExistingProfile, Plan, Step, compare_profile};

/// What happens while a plan is applied, for whoever shows it.
#[derive(Debug, Clone, Copy)]
pub enum Event<'e> {
    /// A step begins.
    Started(&'e str),
    /// It goes on, waiting for this.
    Waiting { what: &'e str, elapsed: Duration },
    /// It is done.
    Done(&'e str),
}

/// How long IAM's changes may take to reach EKS before a refusal is believed (IAM user guide, "Troubleshoot IAM":
/// changes are eventually consistent).
const PROPAGATION: Duration = Duration::from_mins(2);

/// Applies a plan.
///
/// # Errors
/// The first step that fails; the steps before it stay done, and running the command again goes on from there.
pub async fn apply(
    clients: &Clients,
    cluster: &str,
    plan: &Plan,
    timeout: Duration,
    on_event: &dyn Fn(Event),
) -> Result<(), Error> {
    for step in &plan.steps {
        let summary = step.summary(&plan.role);
        on_event(Event::Started(&summary));
        match step {
            Step::CreateProfile(profile) => create_profile(clients, cluster, profile, timeout, on_event).await?,
            step => change_role(clients, &plan.role, step).await?,
        }
        on_event(Event::Done(&summary));
    }
    Ok(())
}

async fn change_role(clients: &Clients, role: &RoleReference, step: &Step) -> Result<(), Failure> {
    let name = role.name.as_str();
    let resource = format!("role {name}");
    let iam = &clients.iam;
    macro_rules! send {
        ($request:expr) => {
            match $request.send().await {
                Ok(_) => Ok(()),
                Err(error) => Err(Failure::of(step.operation(), &resource, &error)),
            }
        };
    }
    match step {
        Step::CreateRole { path, trust_policy, description, boundary, tags } => send!(
            iam.create_role()
                .role_name(name)
                .path(path)
                .assume_role_policy_document(trust_policy)
                .description(description)
                .set_permissions_boundary(boundary.clone())
                .set_tags(Some(tags_of(tags)))
        ),
        Step::UpdateTrustPolicy { after, .. } => {
            send!(iam.update_assume_role_policy().role_name(name).policy_document(after))
        }
        Step::AttachPolicy { arn } => send!(iam.attach_role_policy().role_name(name).policy_arn(arn)),
        Step::PutInlinePolicy { name: policy, document, .. } => {
            send!(iam.put_role_policy().role_name(name).policy_name(policy).policy_document(document))
        }
        Step::PutBoundary { arn, .. } => {
            send!(iam.put_role_permissions_boundary().role_name(name).permissions_boundary(arn))
        }
        Step::UpdateDescription { after, .. } => send!(iam.update_role().role_name(name).description(after)),
        Step::TagRole { tags, .. } => send!(iam.tag_role().role_name(name).set_tags(Some(tags_of(tags)))),
        Step::CreateProfile(_) => Ok(()),
    }
}

fn tags_of(tags: &std::collections::BTreeMap<String, String>) -> Vec<aws_sdk_iam::types::Tag> {
    let tag = |(key, value): (&String, &String)| {
        aws_sdk_iam::types::Tag::builder().key(key).value(value).build().expect("key and value are set")
    };
    tags.iter().map(tag).collect()
}

/// Creates the profile, waiting for what EKS wants to be over first: IAM's propagation, other profiles, updates.
async fn create_profile(
    clients: &Clients,
    cluster: &str,
    profile: &DesiredProfile,
    timeout: Duration,
    on_event: &dyn Fn(Event),
) -> Result<(), Error> {
    let started = Instant::now();
    for pause in wait::pauses() {
        let failure = match request_profile(clients, cluster, profile).await {
            Ok(()) => return Ok(()),
            Err(failure) => failure,
        };
        let what = match passing(&failure, timeout) {
            Some((what, limit)) if started.elapsed() + pause <= limit => what,
            _ => return refused(clients, cluster, profile, failure).await,
        };
        on_event(Event::Waiting { what, elapsed: started.elapsed() });
        tokio::time::sleep(pause).await;
    }
    unreachable!("the pauses have no end")
}

async fn request_profile(clients: &Clients, cluster: &str, profile: &DesiredProfile) -> Result<(), Failure> {
    let selectors = profile.selectors.iter().map(|selector| {
        let labels = selector.labels.clone().into_iter().collect();
        FargateProfileSelector::builder().namespace(&selector.namespace).set_labels(Some(labels)).build()
    });
    // The SDK makes up a client request token, and sends the same one with each of its retries.
    let request = clients
        .eks
        .create_fargate_profile()
        .cluster_name(cluster)
        .fargate_profile_name(&profile.name)
        .pod_execution_role_arn(&profile.role_arn)
        .set_selectors(Some(selectors.collect()))
        .set_subnets((!profile.subnets.is_empty()).then(|| profile.subnets.clone()))
        .set_tags((!profile.tags.is_empty()).then(|| profile.tags.clone().into_iter().collect()));
    let resource = format!("Fargate profile {}", profile.name);
    request.send().await.map(drop).map_err(|error| Failure::of("eks:CreateFargateProfile", &resource, &error))
}

/// What passes by itself, and how long to wait for it.
fn passing(failure: &Failure, timeout: Duration) -> Option<(&'static str, Duration)> {
    let FailureKind::Code(code) = &failure.kind else { return None };
    let message = failure.message.as_str();
    match code.as_str() {
        "InvalidParameterException" if message.contains("Misconfigured PodExecutionRole Trust Policy") => {
            Some(("IAM to propagate the role", PROPAGATION.min(timeout)))
        }
        "ResourceInUseException" if message.contains("in status") => {
            Some(("another Fargate profile of the cluster", timeout))
        }
        "ResourceInUseException" | "InvalidRequestException" if message.contains("updat") => {
            Some(("an update of the cluster", timeout))
        }
        _ => None,
    }
}

/// EKS's refusal, with what to do next. Where the profile exists by now and is what is asked for, as after an answer
/// that got lost, there is nothing to complain about.
async fn refused(clients: &Clients, cluster: &str, profile: &DesiredProfile, failure: Failure) -> Result<(), Error> {
    if failure.message.contains("already exists")
        && let Fact::Known(existing) = read::read_profile(clients, cluster, &profile.name).await
    {
        return match compare_profile(&existing, profile) {
            ExistingProfile::Same => Ok(()),
            ExistingProfile::Different(differences) => Err(different(&existing.name, &differences)),
        };
    }
    let hint = refusal_hint(&failure.message, cluster, profile);
    let error = Error::from(failure);
    Err(match hint {
        Some(hint) => error.hinted(hint),
        None => error,
    })
}

/// A profile of that name exists and is another one.
pub fn different(name: &str, differences: &[String]) -> Error {
    let error =
        Error::failed(format!("Fargate profile {name} exists with other content, and profiles cannot be changed"));
    let error = differences.iter().fold(error, |error, difference| error.because(difference.clone()));
    error.hinted("create it under another --name, then delete the old one: its pods are evicted")
}

fn refusal_hint(message: &str, cluster: &str, profile: &DesiredProfile) -> Option<String> {
    if message.contains("Trust Policy") {
        Some(format!("eks-fargate-role check -c {cluster} --role {}", profile.role_arn))
    } else if message.contains("private subnet") {
        Some("name private subnets with --subnet-ids: their route table has no internet gateway".to_owned())
    } else if message.contains("Availability Zone") {
        Some("name subnets in other zones with --subnet-ids".to_owned())
    } else if message.contains("PassRole") || message.contains("SLR") || message.contains("not authorized") {
        Some(
            "the caller needs eks:CreateFargateProfile, iam:PassRole on the role, and iam:GetRole and \
             iam:CreateServiceLinkedRole for eks-fargate.amazonaws.com"
                .to_owned(),
        )
    } else {
        None
    }
}
