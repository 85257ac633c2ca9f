//! `inspect`: a cluster's Fargate profiles and the health of their roles.

use super::Session;
use crate::aws::{self, Roles};
use crate::check;
use crate::cli;
use crate::error::{Error, Exit};
use crate::report::{self, InspectDocument};
use crate::ui::harmless;

pub(super) async fn run(args: cli::Inspect, session: &Session) -> Result<Exit, Error> {
    let clients = session.connect(&args.aws).await?;
    let cluster = session.cluster(args.cluster, &clients).await?;
    let read = aws::read_facts(&clients, &cluster, &Roles::OfProfiles);
    let facts = session.reading(&format!("reading cluster {cluster}"), read).await?;
    let findings = check::judge(&facts);
    session.print(&InspectDocument::of(&facts, &findings), || report::inspect(&facts, &findings))?;
    if let Some(unread) = &facts.unlisted {
        session
            .terminal
            .note(&format!("warning: the Fargate profiles cannot be listed: {}", harmless(&unread.to_string())));
    } else if facts.profiles.is_empty() {
        session.terminal.note(&format!("cluster {cluster} has no Fargate profiles"));
    } else if findings.findings.iter().any(|finding| finding.severity > check::Severity::Info) {
        session.terminal.note(&format!("{}: eks-fargate-role check -c {cluster}", report::summary(&findings)));
    }
    Ok(Exit::Fine)
}
