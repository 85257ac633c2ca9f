//! Waiting for EKS. The SDK's own waiter has fixed pauses and tells nobody how it goes.

use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBuilder};

use super::{Clients, Event, read_profile};
use crate::error::Error;
use crate::model::{Fact, FargateProfile};

/// Growing pauses without end: half a second, up to ten.
pub(super) fn pauses() -> impl Iterator<Item = Duration> {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(500))
        .with_factor(1.5)
        .with_max_delay(Duration::from_secs(10))
        .without_max_times()
        .build()
}

/// Waits until the profile is ACTIVE.
///
/// # Errors
/// The profile fails (at once, with its health issues), disappears, cannot be read, or takes longer than `timeout`.
pub async fn wait_until_active(
    clients: &Clients,
    cluster: &str,
    name: &str,
    timeout: Duration,
    on_event: &dyn Fn(Event),
) -> Result<FargateProfile, Error> {
    let started = Instant::now();
    let what = format!("Fargate profile {name} to be ACTIVE");
    on_event(Event::Started(&format!("wait for {what}")));
    for pause in pauses() {
        let profile = match read_profile(clients, cluster, name).await {
            Fact::Known(profile) => profile,
            Fact::Absent => return Err(Error::failed(format!("Fargate profile {name} does not exist any more"))),
            Fact::Unread(unread) => return Err(unread.into()),
        };
        match profile.status.as_str() {
            "ACTIVE" => {
                on_event(Event::Done(&format!("Fargate profile {name} is ACTIVE")));
                return Ok(profile);
            }
            "CREATING" => {}
            status => return Err(failed(cluster, &profile, status)),
        }
        if started.elapsed() + pause > timeout {
            let seconds = timeout.as_secs();
            return Err(Error::failed(format!("Fargate profile {name} is still {} after {seconds} s", profile.status))
                .hinted("run the command again: it finds the profile and goes on waiting; --timeout sets how long"));
        }
        on_event(Event::Waiting { what: &what, elapsed: started.elapsed() });
        tokio::time::sleep(pause).await;
    }
    unreachable!("the pauses have no end")
}

fn failed(cluster: &str, profile: &FargateProfile, status: &str) -> Error {
    let name = &profile.name;
    let error = Error::failed(format!("Fargate profile {name} is {status}"));
    let error = profile
        .health_issues
        .iter()
        .fold(error, |error, issue| error.because(format!("{}: {}", issue.code, issue.message)));
    error.hinted(format!("eks-fargate-role check -c {cluster}")).hinted(format!(
        "then delete it and create it again: aws eks delete-fargate-profile --cluster-name {cluster} \
         --fargate-profile-name {name}"
    ))
}
