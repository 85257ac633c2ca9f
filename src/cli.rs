//! The command line. Flags keep the letters and meanings that eksctl gives them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check::Severity;
use crate::model::{DEFAULT_ROLE, Selector};
use crate::plan;

/// Inspect, check, create and repair the pod execution roles of Amazon EKS Fargate profiles.
#[derive(Debug, Parser)]
#[command(name = "eks-fargate-role", version, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 fine, 1 failed, 2 usage, 3 findings, 4 not decided, 130 interrupted.")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Output format
    #[arg(short, long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub output: Format,
    /// Print no progress and no notes
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print each request to AWS
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colour the output
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

/// Output formats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Json,
    Yaml,
}

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On terminals, as `NO_COLOR` and `CLICOLOR_FORCE` say
    #[default]
    Auto,
    Always,
    Never,
}

/// Which account and region.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "AWS options")]
pub struct Aws {
    /// AWS region
    #[arg(short, long, value_parser = parse_region)]
    pub region: Option<String>,
    /// AWS profile of the configuration files
    #[arg(short, long, value_name = "AWS_PROFILE")]
    pub profile: Option<String>,
    /// How long AWS may take: to be read, and until a Fargate profile is ACTIVE
    #[arg(long, default_value = "25m0s", value_name = "DURATION", value_parser = humantime::parse_duration)]
    pub timeout: Duration,
}

/// How writing is agreed to.
#[derive(Debug, Clone, Copy, Args)]
pub struct Consent {
    /// Do not ask
    #[arg(short, long, visible_alias = "approve")]
    pub yes: bool,
    /// Print the plan, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List a cluster's Fargate profiles, their pod execution roles and the roles' health
    Inspect(Inspect),
    /// Judge pod execution roles, or a trust policy in a file, and print findings
    Check(Check),
    /// Make the role exist and be right for the cluster; print its ARN
    Ensure(Ensure),
    /// Verify the role, create a Fargate profile with it, and wait until it is ACTIVE
    CreateProfile(Box<CreateProfile>),
    /// Say what a check looks for, why, and how to mend what it finds
    Explain(Explain),
    /// Print the completion script of a shell
    Completions(Completions),
}

impl Command {
    /// The AWS options, of commands that ask AWS.
    #[must_use]
    pub fn aws(&self) -> Option<&Aws> {
        match self {
            Self::Inspect(args) => Some(&args.aws),
            Self::Check(args) => Some(&args.aws),
            Self::Ensure(args) => Some(&args.aws),
            Self::CreateProfile(args) => Some(&args.aws),
            Self::Explain(_) | Self::Completions(_) => None,
        }
    }
}

#[derive(Debug, Args)]
pub struct Inspect {
    /// EKS cluster
    #[arg(short, long, value_parser = parse_cluster)]
    pub cluster: Option<String>,
    #[command(flatten)]
    pub aws: Aws,
}

#[derive(Debug, Args)]
pub struct Check {
    /// EKS cluster
    #[arg(short, long, value_parser = parse_cluster)]
    pub cluster: Option<String>,
    /// Judge this role instead of those of the cluster's profiles; may be repeated
    #[arg(long, value_name = "NAME|ARN", conflicts_with = "trust_policy")]
    pub role: Vec<String>,
    /// Exit with 3 for findings of this severity or worse
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub fail_on: FailOn,
    /// Judge the trust policy in this file (- for standard input), asking AWS nothing
    #[arg(long, value_name = "FILE", requires = "account", requires = "cluster", requires = "region")]
    pub trust_policy: Option<PathBuf>,
    /// AWS account of the cluster, for --trust-policy
    #[arg(long, requires = "trust_policy", value_parser = parse_account)]
    pub account: Option<String>,
    /// Fargate profile that the role is for, for --trust-policy [default: any of the cluster]
    #[arg(long, requires = "trust_policy")]
    pub fargate_profile: Option<String>,
    #[command(flatten)]
    pub aws: Aws,
}

/// The least severity that fails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    #[default]
    Error,
    Warning,
}

impl FailOn {
    /// As a severity.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
        }
    }
}

#[derive(Debug, Args)]
pub struct Ensure {
    /// EKS cluster
    #[arg(short, long, value_parser = parse_cluster)]
    pub cluster: Option<String>,
    /// Name of the role
    #[arg(long, default_value = DEFAULT_ROLE, value_name = "NAME", value_parser = parse_role_name)]
    pub role_name: String,
    #[command(flatten)]
    pub role: RoleOptions,
    #[command(flatten)]
    pub consent: Consent,
    #[command(flatten)]
    pub aws: Aws,
}

/// What the role should be.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Role options")]
pub struct RoleOptions {
    /// Path of a role that is created; EKS documents / as the only one that works
    #[arg(long, default_value = "/", value_name = "PATH", value_parser = parse_path)]
    pub role_path: String,
    /// Policy that bounds what the role may do
    #[arg(long, value_name = "ARN", value_parser = parse_policy_arn)]
    pub permissions_boundary: Option<String>,
    /// Policy to attach besides the managed one; may be repeated
    #[arg(long, value_name = "ARN", value_parser = parse_policy_arn)]
    pub attach_policy: Vec<String>,
    /// Tags of the role
    #[arg(long, value_name = "K=V,…", value_parser = parse_pairs, default_value = "", hide_default_value = true)]
    pub tags: Pairs,
    /// Description of the role
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Permit the log router to write there
    #[arg(long, value_enum, value_name = "DESTINATION")]
    pub logging: Option<Logging>,
    /// Change the role even if EC2 nodes use it or CloudFormation manages it, or give it a path
    #[arg(long)]
    pub force: bool,
}

/// Destinations of pods' logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Logging {
    Cloudwatch,
    Firehose,
    Kinesis,
    Opensearch,
}

impl From<Logging> for plan::Logging {
    fn from(logging: Logging) -> Self {
        match logging {
            Logging::Cloudwatch => Self::Cloudwatch,
            Logging::Firehose => Self::Firehose,
            Logging::Kinesis => Self::Kinesis,
            Logging::Opensearch => Self::Opensearch,
        }
    }
}

#[derive(Debug, Args)]
pub struct CreateProfile {
    /// EKS cluster
    #[arg(short, long, value_parser = parse_cluster)]
    pub cluster: Option<String>,
    /// Name of the Fargate profile
    #[arg(long)]
    pub name: String,
    /// Namespace of the pods; * and ? are wildcards
    #[arg(long)]
    pub namespace: Option<String>,
    /// Labels of the pods in --namespace
    #[arg(short, long, value_name = "K=V,…", requires = "namespace", value_parser = parse_pairs, default_value = "")]
    #[arg(hide_default_value = true)]
    pub labels: Pairs,
    /// Further selector; may be repeated
    #[arg(long, value_name = "NS:K=V,…", value_parser = parse_selector)]
    pub selector: Vec<Selector>,
    /// Private subnets [default: those of the cluster]
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub subnet_ids: Vec<String>,
    /// Tags of the Fargate profile
    #[arg(short, long, value_name = "K=V,…", value_parser = parse_pairs, default_value = "", hide_default_value = true)]
    pub tags: Pairs,
    /// Pod execution role [default: the one that the cluster's profiles use, or `AmazonEKSFargatePodExecutionRole`]
    #[arg(long, value_name = "NAME|ARN")]
    pub role: Option<String>,
    /// Do not wait until the profile is ACTIVE
    #[arg(long)]
    pub no_wait: bool,
    /// Change the role even if EC2 nodes use it or CloudFormation manages it
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub consent: Consent,
    #[command(flatten)]
    pub aws: Aws,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The check; without it, all are listed
    pub id: Option<String>,
}

#[derive(Debug, Args)]
pub struct Completions {
    pub shell: clap_complete::Shell,
}

/// `k=v,k=v`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs(pub BTreeMap<String, String>);

fn parse_pairs(text: &str) -> Result<Pairs, String> {
    let mut pairs = BTreeMap::new();
    for pair in text.split(',').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').ok_or_else(|| format!("\"{pair}\" is not KEY=VALUE"))?;
        if key.is_empty() {
            return Err(format!("\"{pair}\" has no key"));
        }
        if pairs.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(format!("the key \"{key}\" stands twice"));
        }
    }
    Ok(Pairs(pairs))
}

fn parse_selector(text: &str) -> Result<Selector, String> {
    let (namespace, labels) = text.split_once(':').unwrap_or((text, ""));
    if namespace.is_empty() {
        return Err("a selector begins with a namespace: NAMESPACE:KEY=VALUE,KEY=VALUE".to_owned());
    }
    Ok(Selector { namespace: namespace.to_owned(), labels: parse_pairs(labels)?.0 })
}

/// API: the pattern of a cluster's name.
fn parse_cluster(text: &str) -> Result<String, String> {
    let fits = (1..=100).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    match fits {
        true => Ok(text.to_owned()),
        false => {
            Err("a cluster's name has 1 to 100 letters, digits, - and _, and begins with none of the last two".into())
        }
    }
}

fn parse_region(text: &str) -> Result<String, String> {
    match !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        true => Ok(text.to_owned()),
        false => Err("a region is like us-west-2".to_owned()),
    }
}

fn parse_account(text: &str) -> Result<String, String> {
    match text.len() == 12 && text.chars().all(|c| c.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err("an AWS account has 12 digits".to_owned()),
    }
}

fn parse_role_name(text: &str) -> Result<String, String> {
    match crate::model::is_role_name(text) {
        true => Ok(text.to_owned()),
        false => Err("a role's name has 1 to 64 letters, digits and any of +=,.@-_".to_owned()),
    }
}

fn parse_path(text: &str) -> Result<String, String> {
    match text.starts_with('/') && text.ends_with('/') && text.len() <= 512 {
        true => Ok(text.to_owned()),
        false => Err("a path begins and ends with /".to_owned()),
    }
}

fn parse_policy_arn(text: &str) -> Result<String, String> {
    let arn: crate::policy::Arn = text.parse().map_err(|error: crate::policy::arn::NotAnArn| error.to_string())?;
    match arn.service == "iam" && arn.resource.starts_with("policy/") {
        true => Ok(text.to_owned()),
        false => Err(format!("\"{text}\" is not the ARN of an IAM policy")),
    }
}
