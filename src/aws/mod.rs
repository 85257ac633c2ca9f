//! The only room that talks to AWS: reading it into [facts](crate::model), and applying [plans](crate::plan).
//!
//! Concrete SDK clients, no trait around them: the tests speak the wire protocols to the real binary.

mod apply;
mod failure;
mod read;
mod role;
mod trace;
mod wait;

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, Region};

pub use apply::{Event, apply, different};
pub use failure::{Failure, FailureKind};
pub use read::{Roles, cluster_names, read_facts, read_one_role, read_profile};
pub use wait::wait_until_active;

use crate::error::Error;

/// How the command line narrows down what the environment and the AWS configuration files say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub region: Option<String>,
    pub profile: Option<String>,
    /// Print each request.
    pub verbose: bool,
}

/// The clients of a region and an account.
#[derive(Debug, Clone)]
pub struct Clients {
    pub(crate) eks: aws_sdk_eks::Client,
    pub(crate) iam: aws_sdk_iam::Client,
    pub region: String,
}

/// Reads the AWS configuration; asks AWS nothing.
///
/// # Errors
/// No region, or an AWS profile that no configuration file has.
pub async fn connect(options: &Options) -> Result<Clients, Error> {
    check_profile(options).await?;
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(4))
        .operation_attempt_timeout(Duration::from_secs(30))
        .build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .app_name(AppName::new("eks-fargate-role").expect("a valid name"))
        .retry_config(RetryConfig::adaptive().with_max_attempts(6))
        .timeout_config(timeouts);
    if let Some(region) = &options.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some(profile) = &options.profile {
        loader = loader.profile_name(profile);
    }
    let config = loader.load().await;
    let Some(region) = config.region().map(ToString::to_string) else {
        return Err(Error::failed("no AWS region is set")
            .because("neither --region, nor AWS_REGION, nor the AWS profile names one")
            .hinted("name it with --region us-west-2, or set AWS_REGION"));
    };
    let mut eks = aws_sdk_eks::config::Builder::from(&config);
    let mut iam = aws_sdk_iam::config::Builder::from(&config);
    if options.verbose {
        eks = eks.interceptor(trace::Trace);
        iam = iam.interceptor(trace::Trace);
    }
    Ok(Clients {
        eks: aws_sdk_eks::Client::from_conf(eks.build()),
        iam: aws_sdk_iam::Client::from_conf(iam.build()),
        region,
    })
}

/// An unknown profile would fall through to the instance's metadata service, with a misleading error.
async fn check_profile(options: &Options) -> Result<(), Error> {
    let from_environment = || std::env::var("AWS_PROFILE").ok().filter(|name| !name.is_empty());
    let Some(name) = options.profile.clone().or_else(from_environment) else { return Ok(()) };
    let (fs, env) = (aws_types::os_shim_internal::Fs::real(), aws_types::os_shim_internal::Env::real());
    let files = aws_runtime::env_config::file::EnvConfigFiles::default();
    let profiles = aws_config::profile::load(&fs, &env, &files, None)
        .await
        .map_err(|error| Error::failed("the AWS configuration files cannot be read").because(error.to_string()))?;
    if profiles.get_profile(&name).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = profiles.profiles().collect();
    let error = Error::failed(format!("there is no AWS profile \"{name}\" in the AWS configuration files"));
    Err(match known.is_empty() {
        true => error.hinted("aws configure sso"),
        false => error.hinted(format!("choose one with --profile: {}", known.join(", "))),
    })
}
