//! `ensure`: makes the role exist and be right for the cluster.

use std::time::Duration;

use super::{Session, print, unmoved};
use crate::aws::{self, Clients, Roles};
use crate::check;
use crate::cli::{self, Format};
use crate::error::{Error, Exit};
use crate::model::Facts;
use crate::plan::{DesiredRole, Plan, plan_role};
use crate::report::{self, EnsureDocument};
use crate::ui::harmless;

pub(super) async fn run(args: cli::Ensure, session: &Session) -> Result<Exit, Error> {
    let desired = desired(args.role)?;
    let clients = session.connect(&args.aws).await?;
    let cluster = session.cluster(args.cluster, &clients).await?;
    let facts = session.reading("reading the role", read(&clients, &cluster, &args.role_name)).await?;
    let plan = plan(&facts, &desired)?;
    let agreed = match plan.steps.is_empty() {
        true => {
            for note in &plan.notes {
                session.terminal.note(&format!("note: {}", harmless(note)));
            }
            false
        }
        false => session.agree(&plan, args.consent)?,
    };
    let facts = match agreed {
        true => {
            let before = session.reading("reading the role again", read(&clients, &cluster, &args.role_name)).await?;
            unmoved(&plan, &self::plan(&before, &desired)?)?;
            session.apply(&clients, &cluster, &plan).await?;
            let result = read_result(&clients, &cluster, &args.role_name, &desired);
            session.reading("looking at the result", result).await?
        }
        false => facts,
    };
    let dry_run = args.consent.dry_run;
    if plan.steps.is_empty() {
        session.terminal.note(&format!("role {} needs no change for cluster {cluster}", plan.role.name));
    }
    match session.global.output {
        Format::Table => print(&format!("{}\n", plan.role.arn))?,
        _ => session.print(&EnsureDocument::of(&plan, dry_run), String::new)?,
    }
    let planned_only = dry_run && !plan.steps.is_empty();
    Ok(if planned_only { Exit::Fine } else { remaining(session, &facts) })
}

/// What was asked for, where it makes sense.
fn desired(options: cli::RoleOptions) -> Result<DesiredRole, Error> {
    if options.role_path != "/" && !options.force {
        return Err(Error::usage(format!("--role-path {} does not work", options.role_path))
            .because("EKS documents that the ARN given to a Fargate profile can have no path other than /")
            .hinted("leave --role-path out, or add --force to create the role all the same"));
    }
    Ok(DesiredRole {
        path: options.role_path,
        boundary: options.permissions_boundary,
        attach: options.attach_policy,
        tags: options.tags.0,
        description: options.description,
        logging: options.logging.map(Into::into),
        force: options.force,
    })
}

/// The facts of the cluster's profiles and of one role.
async fn read(clients: &Clients, cluster: &str, role: &str) -> Result<Facts, Error> {
    aws::read_facts(clients, cluster, &Roles::Named(vec![role.to_owned()])).await
}

/// IAM may show a change only some seconds after it took it (IAM user guide, "Troubleshoot IAM").
async fn read_result(clients: &Clients, cluster: &str, role: &str, desired: &DesiredRole) -> Result<Facts, Error> {
    for pause in [1, 2, 4] {
        let facts = read(clients, cluster, role).await?;
        if plan(&facts, desired).is_ok_and(|plan| plan.steps.is_empty()) {
            return Ok(facts);
        }
        tokio::time::sleep(Duration::from_secs(pause)).await;
    }
    read(clients, cluster, role).await
}

fn plan(facts: &Facts, desired: &DesiredRole) -> Result<Plan, Error> {
    let role = facts.roles.first().ok_or_else(|| Error::failed("no role was read"))?;
    Ok(plan_role(&facts.cluster, role, &facts.users_of(role), desired)?)
}

/// What is still wrong, and not for `ensure` to mend: it is said, and decides the exit code.
fn remaining(session: &Session, facts: &Facts) -> Exit {
    let judged = facts.roles.first().map(|role| check::judge_role(facts, role));
    let findings = judged.unwrap_or_default().into_obstacles();
    if findings.is_empty() {
        return Exit::Fine;
    }
    session.terminal.note(report::findings(&findings).trim_end());
    if findings.findings.is_empty() { Exit::Undecided } else { Exit::Findings }
}
