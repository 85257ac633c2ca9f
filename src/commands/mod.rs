//! One file a command: each joins the rooms, and decides nothing that belongs to one of them.

mod check;
mod completions;
mod create_profile;
mod ensure;
mod explain;
mod inspect;

use std::cell::RefCell;
use std::io::Write;
use std::time::Duration;

use serde::Serialize;

use crate::aws::{self, Clients, Event};
use crate::cli::{Aws, Command, Consent, Format, Global};
use crate::error::{Error, Exit};
use crate::plan::Plan;
use crate::report;
use crate::ui::{self, Progress, Terminal};

/// Runs a command.
///
/// # Errors
/// Whatever ends it early.
pub async fn run(command: Command, global: &Global) -> Result<Exit, Error> {
    let timeout = command.aws().map(|aws| aws.timeout).unwrap_or_default();
    let session = Session { terminal: Terminal::of_streams(global.quiet), global: global.clone(), timeout };
    match command {
        Command::Inspect(args) => inspect::run(args, &session).await,
        Command::Check(args) => check::run(args, &session).await,
        Command::Ensure(args) => ensure::run(args, &session).await,
        Command::CreateProfile(args) => create_profile::run(*args, &session).await,
        Command::Explain(args) => explain::run(&args),
        Command::Completions(args) => completions::run(&args),
    }
}

/// What all commands share: the terminal, and how to print.
struct Session {
    terminal: Terminal,
    global: Global,
    timeout: Duration,
}

impl Session {
    async fn connect(&self, aws: &Aws) -> Result<Clients, Error> {
        let verbose = self.global.verbose;
        aws::connect(&aws::Options { region: aws.region.clone(), profile: aws.profile.clone(), verbose }).await
    }

    /// The cluster that is named, or chosen on a terminal.
    async fn cluster(&self, named: Option<String>, clients: &Clients) -> Result<String, Error> {
        if let Some(name) = named {
            return Ok(name);
        }
        let missing = "no cluster is named";
        if !self.terminal.interactive {
            return Err(Error::usage(missing).hinted("name it with --cluster"));
        }
        let mut names = aws::cluster_names(clients).await?;
        if names.is_empty() {
            return Err(Error::usage(format!("{missing}, and there is none in {}", clients.region))
                .hinted("choose another region with --region"));
        }
        Ok(names.swap_remove(ui::choose("EKS cluster", &names)?))
    }

    /// Does a piece of reading with a spinner, and within the time that it may take.
    async fn reading<T>(&self, what: &str, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let _spinner = Progress::reading(self.terminal, what);
        tokio::time::timeout(self.timeout, work).await.unwrap_or_else(|_| {
            let seconds = self.timeout.as_secs_f32();
            Err(Error::failed(format!("{what} took longer than {seconds} s"))
                .hinted("give it more time with --timeout"))
        })
    }

    /// Prints a document, or the text for people.
    fn print(&self, document: &impl Serialize, table: impl FnOnce() -> String) -> Result<(), Error> {
        print(&match self.global.output {
            Format::Table => table(),
            Format::Json => report::json(document),
            Format::Yaml => report::yaml(document),
        })
    }

    /// Shows the plan and asks. `Ok(false)` where it is only to be shown.
    fn agree(&self, plan: &Plan, consent: Consent) -> Result<bool, Error> {
        // -q does not hide what somebody is asked to agree to, or asked to see.
        if consent.yes && !consent.dry_run {
            self.terminal.note(report::plan(plan).trim_end());
            return Ok(true);
        }
        anstream::eprint!("{}", report::plan(plan));
        if consent.dry_run {
            return Ok(false);
        }
        if !self.terminal.interactive {
            return Err(Error::usage("this changes the AWS account, and there is no terminal to ask on")
                .hinted("agree with --yes, or look at the plan only with --dry-run"));
        }
        if ui::confirm("Apply this plan?")? {
            Ok(true)
        } else {
            Err(Error::failed("not agreed to; nothing was changed"))
        }
    }

    /// Applies a plan, until it is done or Ctrl-C.
    async fn apply(&self, clients: &Clients, cluster: &str, plan: &Plan) -> Result<(), Error> {
        let journal = Journal::new(self.terminal);
        let on_event = |event: Event| journal.record(event);
        let applied = aws::apply(clients, cluster, plan, self.timeout, &on_event);
        let outcome = tokio::select! {
            outcome = applied => outcome,
            () = interrupted() => Err(journal.interrupted(plan)),
        };
        outcome.map_err(|error| journal.so_far(error))
    }
}

/// Resolves on Ctrl-C.
pub(crate) async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// What was done, to be told whenever it ends early.
struct Journal {
    progress: RefCell<Progress>,
    done: RefCell<Vec<String>>,
}

impl Journal {
    fn new(terminal: Terminal) -> Self {
        Self { progress: RefCell::new(Progress::new(terminal)), done: RefCell::default() }
    }

    fn record(&self, event: Event) {
        match event {
            Event::Started(what) => self.progress.borrow_mut().started(what),
            Event::Waiting { what, elapsed } => self.progress.borrow().waiting(what, elapsed),
            Event::Done(what) => {
                self.progress.borrow().done(what);
                self.done.borrow_mut().push(what.to_owned());
            }
        }
    }

    fn interrupted(&self, plan: &Plan) -> Error {
        let done = self.done.borrow().len();
        let error = Error::interrupted("interrupted");
        let steps = plan.steps.iter().map(|step| step.summary(&plan.role)).enumerate().skip(done);
        let error = steps.fold(error, |error, (index, step)| {
            error.because(if index == done { format!("perhaps done: {step}") } else { format!("not done: {step}") })
        });
        error.hinted("run the command again: it goes on from there")
    }

    fn so_far(&self, error: Error) -> Error {
        self.done.borrow().iter().fold(error, |error, step| error.because(format!("done before: {step}")))
    }
}

/// Waits for a profile, with progress, until Ctrl-C.
async fn wait(
    session: &Session,
    clients: &Clients,
    cluster: &str,
    name: &str,
) -> Result<crate::model::FargateProfile, Error> {
    let journal = Journal::new(session.terminal);
    let on_event = |event: Event| journal.record(event);
    tokio::select! {
        profile = aws::wait_until_active(clients, cluster, name, session.timeout, &on_event) => profile,
        () = interrupted() => Err(Error::interrupted("interrupted while waiting")
            .because(format!("Fargate profile {name} goes on being created"))
            .hinted("run the command again: it finds the profile and goes on waiting")),
    }
}

/// The state has to be what the plan was made for.
fn unmoved(shown: &Plan, now: &Plan) -> Result<(), Error> {
    if shown == now {
        return Ok(());
    }
    Err(Error::failed(format!("role {} changed while the plan was being looked at; nothing was done", shown.role.name))
        .hinted("run the command again, and look at the new plan"))
}

impl From<crate::plan::Refusal> for Error {
    fn from(refusal: crate::plan::Refusal) -> Self {
        Self::failed(refusal.reason).hinted(refusal.hint)
    }
}

/// Writes data to standard output. A reader that went away (`| head`) is no failure.
fn print(text: &str) -> Result<(), Error> {
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::failed("standard output cannot be written").because(error.to_string()))
        }
        _ => Ok(()),
    }
}
