//! Runs the tool in an AWS account that does not exist: an emulator on loopback, seeded with one good pod execution
//! role and the mistakes seen in the wild.
//!
//! ```text
//! cargo run --example sandbox                              the main job, from inspect to a new Fargate profile
//! cargo run --example sandbox -- check -c shop             any command of the tool
//! cargo run --example sandbox -- shell                     your shell with the sandbox in its environment
//! ```

#![allow(clippy::print_stdout, reason = "it talks to whoever runs it")]

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use eks_fargate_role_sandbox::{Sandbox, World};

/// Set in the child: it is the tool, and this program its sandbox.
const INSIDE: &str = "EKS_FARGATE_ROLE_SANDBOX";

/// The main job. `api`'s role trusts the wrong service: it is found, repaired, and a profile is created with it.
const TOUR: [&str; 6] = [
    "inspect -c shop",
    "check -c shop --role shop-fargate-api",
    "ensure -c shop --role-name shop-fargate-api --dry-run",
    "ensure -c shop --role-name shop-fargate-api -y",
    "check -c shop --role shop-fargate-api",
    "create-profile -c shop --name orders --namespace orders --role shop-fargate-api -y",
];

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if std::env::var_os(INSIDE).is_some() {
        return eks_fargate_role::run(["eks-fargate-role".into()].into_iter().chain(arguments));
    }
    let sandbox = Sandbox::start(World::demo());
    match arguments.first() {
        None => {
            for line in TOUR {
                println!("$ eks-fargate-role {line}");
                run(&sandbox, line.split(' ').map(OsString::from));
                println!();
            }
            ExitCode::SUCCESS
        }
        Some(first) if first == "shell" => {
            let shell = std::env::var_os("SHELL").unwrap_or_else(|| "sh".into());
            println!("AWS is {} until this shell ends", sandbox.url());
            exit_code(Command::new(shell).envs(sandbox.env()))
        }
        Some(_) => run(&sandbox, arguments.into_iter()),
    }
}

/// Runs the tool in a process of its own, as a user would.
fn run(sandbox: &Sandbox, arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let program = std::env::current_exe().expect("the program's own path");
    exit_code(Command::new(program).args(arguments).env(INSIDE, "1").envs(sandbox.env()))
}

fn exit_code(command: &mut Command) -> ExitCode {
    let status = command.status().expect("the process starts");
    ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}
