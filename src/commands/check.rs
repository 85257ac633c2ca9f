//! `check`: judges roles, or a trust policy in a file.

use std::io::Read;
use std::path::Path;

use super::Session;
use crate::aws::{self, Roles};
use crate::check::{self, Findings, Severity};
use crate::cli;
use crate::error::{Error, Exit};
use crate::model::ClusterPlace;
use crate::policy::{Verdict, arn, encoding};
use crate::report::{self, CheckDocument};

/// Far more than IAM takes; a file that is larger is no policy.
const MAX_BYTES: u64 = 1 << 20;

pub(super) async fn run(args: cli::Check, session: &Session) -> Result<Exit, Error> {
    let (findings, verdict) = match &args.trust_policy {
        Some(path) => {
            let (verdict, findings) = check_file(path, &args)?;
            (findings, Some(verdict))
        }
        None => (check_cluster(&args, session).await?, None),
    };
    session.print(&CheckDocument::of(&findings, verdict), || {
        let verdict = verdict.map(|verdict| format!("verdict: {}\n", verdict.name())).unwrap_or_default();
        format!("{}{verdict}{}\n", report::findings(&findings), report::summary(&findings))
    })?;
    Ok(exit(&findings, args.fail_on.severity()))
}

async fn check_cluster(args: &cli::Check, session: &Session) -> Result<Findings, Error> {
    let clients = session.connect(&args.aws).await?;
    let cluster = session.cluster(args.cluster.clone(), &clients).await?;
    let roles = if args.role.is_empty() { Roles::OfProfiles } else { Roles::Named(args.role.clone()) };
    let facts =
        session.reading(&format!("reading cluster {cluster}"), aws::read_facts(&clients, &cluster, &roles)).await?;
    if facts.profiles.is_empty() && facts.roles.is_empty() {
        session.terminal.note(&format!("cluster {cluster} has no Fargate profiles; name a role with --role"));
    }
    Ok(check::judge(&facts))
}

fn check_file(path: &Path, args: &cli::Check) -> Result<(Verdict, Findings), Error> {
    let (text, origin) = read(path)?;
    let text = match encoding::is_encoded(&text) {
        true => encoding::decode(&text)
            .map_err(|at| Error::failed(format!("{origin} is not UTF-8 once percent-decoded, at byte {at}")))?
            .into_owned(),
        false => text,
    };
    let region = args.aws.region.clone().unwrap_or_default();
    let place = ClusterPlace {
        name: args.cluster.clone().unwrap_or_default(),
        partition: arn::partition_of(&region).to_owned(),
        account: args.account.clone().unwrap_or_default(),
        region,
    };
    Ok(check::judge_trust_policy(&text, &origin, &place, args.fargate_profile.as_deref()))
}

fn read(path: &Path) -> Result<(String, String), Error> {
    let mut bytes = Vec::new();
    let origin = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes))
    };
    read.map_err(|error| {
        Error::failed(format!("{origin} cannot be read"))
            .because(error.to_string())
            .hinted("name the file that holds the trust policy, or - for standard input")
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        Error::failed(format!("{origin} is not UTF-8, at byte {}", error.utf8_error().valid_up_to()))
    })?;
    Ok((text, origin))
}

fn exit(findings: &Findings, fail_on: Severity) -> Exit {
    if findings.findings.iter().any(|finding| finding.severity >= fail_on) {
        Exit::Findings
    } else if findings.not_checked.iter().any(|entry| entry.decisive) {
        Exit::Undecided
    } else {
        Exit::Fine
    }
}
