//! `completions`: the script of a shell.

use clap::CommandFactory;

use super::print;
use crate::cli::{self, Cli};
use crate::error::{Error, Exit};

pub(super) fn run(args: &cli::Completions) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "eks-fargate-role", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
