//! `create-profile`: the role and the Fargate profile, in one plan and one confirmation.

use super::{Session, unmoved, wait};
use crate::aws::{self, Clients, Roles};
use crate::check::{self, Findings};
use crate::cli;
use crate::error::{Error, Exit};
use crate::model::{DEFAULT_ROLE, Fact, Facts, FargateProfile, RoleFacts, RoleReference, Selector};
use crate::plan::{
    DesiredProfile, DesiredRole, ExistingProfile, Plan, Step, compare_profile, plan_role, validate_profile,
};
use crate::report::{self, FargateProfileDocument, ProfileDocument};
use crate::ui;

pub(super) async fn run(args: cli::CreateProfile, session: &Session) -> Result<Exit, Error> {
    let selectors = selectors(&args);
    validate_profile(&args.name, &selectors).map_err(|bad| Error::usage(bad.to_string()))?;
    let clients = session.connect(&args.aws).await?;
    let cluster = session.cluster(args.cluster.clone(), &clients).await?;

    let what = format!("reading cluster {cluster}");
    let facts = session.reading(&what, aws::read_facts(&clients, &cluster, &Roles::Named(vec![]))).await?;
    let named = role(&args, &facts, session)?;
    let reference = RoleReference::parse(&named, &facts.cluster.place).map_err(|bad| Error::usage(bad.to_string()))?;
    let mut work = Work { args: &args, selectors, facts, reference, clients: &clients };

    let (plan, role) = session.reading("reading the role", work.plan()).await?;
    work.refuse_what_stays_wrong(session, &role, &plan)?;
    if plan.steps.is_empty() {
        session.terminal.note(&format!("Fargate profile {} exists, with this content", args.name));
    } else {
        if !session.agree(&plan, args.consent)? {
            return finish(session, &plan, None, true);
        }
        work.facts = aws::read_facts(&clients, &cluster, &Roles::Named(vec![])).await?;
        unmoved(&plan, &work.plan().await?.0)?;
        session.apply(&clients, &cluster, &plan).await?;
    }
    let profile = match args.no_wait {
        true => match aws::read_profile(&clients, &cluster, &args.name).await {
            Fact::Known(profile) if matches!(profile.status.as_str(), "ACTIVE" | "CREATING") => profile,
            Fact::Known(profile) => {
                return Err(Error::failed(format!("Fargate profile {} is {}", profile.name, profile.status))
                    .hinted(format!("eks-fargate-role check -c {cluster}")));
            }
            Fact::Absent => return Err(Error::failed(format!("Fargate profile {} does not exist", args.name))),
            Fact::Unread(unread) => return Err(unread.into()),
        },
        false => wait(session, &clients, &cluster, &args.name).await?,
    };
    let role = aws::read_one_role(&clients, &work.facts.cluster, work.reference.clone()).await;
    let health = judged(&work.facts, &role, &profile);
    let document = FargateProfileDocument::of(&profile, check::role_health(Some(&role), &health));
    finish(session, &plan, Some((profile, document)), false)
}

fn selectors(args: &cli::CreateProfile) -> Vec<Selector> {
    let first =
        args.namespace.iter().map(|namespace| Selector { namespace: namespace.clone(), labels: args.labels.0.clone() });
    first.chain(args.selector.iter().cloned()).collect()
}

/// The role that is named; else the one that the cluster's profiles use; else the usual one.
fn role(args: &cli::CreateProfile, facts: &Facts, session: &Session) -> Result<String, Error> {
    if let Some(role) = &args.role {
        return Ok(role.clone());
    }
    if let Some((_, Fact::Known(existing))) = facts.profiles.iter().find(|(name, _)| *name == args.name) {
        return Ok(existing.pod_execution_role_arn.clone());
    }
    let unread = facts.profiles.iter().find_map(|(_, profile)| match profile {
        Fact::Unread(unread) => Some(unread),
        _ => None,
    });
    if let Some(unread) = facts.unlisted.as_ref().or(unread) {
        return Err(Error::failed("which role the cluster's Fargate profiles use is not known")
            .because(unread.to_string())
            .hinted(format!("name the role with --role, or grant {} to the caller", unread.action)));
    }
    let mut used: Vec<String> = facts.known_profiles().map(|profile| profile.pod_execution_role_arn.clone()).collect();
    used.sort();
    used.dedup();
    match used.len() {
        0 => Ok(DEFAULT_ROLE.to_owned()),
        1 => Ok(used.remove(0)),
        _ if session.terminal.interactive => Ok(used.swap_remove(ui::choose("Pod execution role", &used)?)),
        _ => Err(Error::usage("the cluster's Fargate profiles use several roles, and none is named")
            .hinted(format!("name one with --role: {}, or {DEFAULT_ROLE} for a new one", used.join(", ")))),
    }
}

struct Work<'w> {
    args: &'w cli::CreateProfile,
    selectors: Vec<Selector>,
    facts: Facts,
    reference: RoleReference,
    clients: &'w Clients,
}

impl Work<'_> {
    /// Plans the role, and the profile with it.
    async fn plan(&self) -> Result<(Plan, RoleFacts), Error> {
        let facts = &self.facts;
        let role = aws::read_one_role(self.clients, &facts.cluster, self.reference.clone()).await;
        let desired = DesiredRole { force: self.args.force, ..DesiredRole::default() };
        // The role has to admit this profile as well, whatever it says of others.
        let newcomer = self.newcomer(&role);
        let users: Vec<&FargateProfile> = facts.users_of(&role).into_iter().chain([&newcomer]).collect();
        let mut plan = plan_role(&facts.cluster, &role, &users, &desired)?;
        let profile = DesiredProfile {
            name: self.args.name.clone(),
            role_arn: plan.role.arn.to_string(),
            selectors: self.selectors.clone(),
            subnets: self.args.subnet_ids.clone(),
            tags: self.args.tags.0.clone(),
        };
        let existing = facts.profiles.iter().find(|(name, _)| *name == profile.name).map(|(_, existing)| existing);
        match existing {
            None | Some(Fact::Absent) => plan.steps.push(Step::CreateProfile(profile)),
            Some(Fact::Unread(unread)) => return Err(unread.clone().into()),
            Some(Fact::Known(existing)) if existing.status == "DELETING" => {
                return Err(Error::failed(format!("Fargate profile {} is being deleted", profile.name))
                    .hinted("run the command again when it is gone"));
            }
            Some(Fact::Known(existing)) => match compare_profile(existing, &profile) {
                ExistingProfile::Same => {}
                ExistingProfile::Different(differences) => return Err(aws::different(&profile.name, &differences)),
            },
        }
        Ok((plan, role))
    }

    /// The profile as it will be, as far as its role is concerned.
    fn newcomer(&self, role: &RoleFacts) -> FargateProfile {
        FargateProfile {
            name: self.args.name.clone(),
            arn: String::new(),
            status: "CREATING".to_owned(),
            pod_execution_role_arn: role.arn(),
            selectors: self.selectors.clone(),
            subnets: Vec::new(),
            tags: self.args.tags.0.clone(),
            health_issues: Vec::new(),
        }
    }

    /// A profile cannot be changed, so it is not created with a role that the plan leaves broken.
    fn refuse_what_stays_wrong(&self, session: &Session, role: &RoleFacts, plan: &Plan) -> Result<(), Error> {
        let mut findings = judged(&self.facts, role, &self.newcomer(role)).into_obstacles();
        let mended = |check: &str| match check {
            "role-exists" => plan.steps.iter().any(|step| matches!(step, Step::CreateRole { .. })),
            "managed-policy" => plan.steps.iter().any(|step| matches!(step, Step::AttachPolicy { .. })),
            id if id.starts_with("trust-") => {
                plan.steps.iter().any(|step| matches!(step, Step::UpdateTrustPolicy { .. }))
            }
            // The entry is made, or made anew, by EKS and by hand; it is a matter of profiles that exist.
            "access-entry" => true,
            _ => false,
        };
        findings.findings.retain(|finding| !mended(finding.check));
        if findings.is_empty() {
            return Ok(());
        }
        session.terminal.note(report::findings(&findings).trim_end());
        if self.args.force {
            return Ok(());
        }
        Err(Error::failed(format!(
            "role {} is not known to be fit for a Fargate profile; nothing was done",
            plan.role.name
        ))
        .hinted("mend what is shown above, or name another role with --role; --force creates it all the same"))
    }
}

/// Judges the role as the profile's.
fn judged(facts: &Facts, role: &RoleFacts, profile: &FargateProfile) -> Findings {
    let mut facts = facts.clone();
    facts.profiles.retain(|(name, _)| *name != profile.name);
    facts.profiles.push((profile.name.clone(), Fact::Known(profile.clone())));
    check::judge_role(&facts, role)
}

fn finish(
    session: &Session,
    plan: &Plan,
    profile: Option<(FargateProfile, FargateProfileDocument)>,
    dry_run: bool,
) -> Result<Exit, Error> {
    let (profile, document) = profile.unzip();
    session.print(&ProfileDocument::of(plan, document, dry_run), || {
        profile.map(|profile| format!("{}\n", profile.arn)).unwrap_or_default()
    })?;
    Ok(Exit::Fine)
}
