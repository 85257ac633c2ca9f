//! `eks-fargate-role`: inspects, checks, creates and repairs the pod execution roles of Amazon EKS Fargate profiles.
//!
//! The rooms, and who may know whom (a test reads the `use` lines):
//!
//! ```text
//! policy ← model ← check ← plan        pure: no SDK, tokio, clap, environment or files
//! aws    → policy, model, plan, error  the only room that talks to AWS
//! report → check, plan, …, ui          functions from results to text
//! ui     → error                       streams, colour, progress, prompts
//! commands                             joins them, one file a command
//! ```

mod aws;
pub mod check;
pub mod cli;
mod commands;
mod error;
pub mod model;
pub mod plan;
pub mod policy;
mod report;
mod ui;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Color, Format};
use crate::error::Error;

/// Runs the program with these arguments; the first is the program's name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    ui::set_color(match cli.global.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    });
    let format = cli.global.output;
    let outcome = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(async {
            // While a plan is applied, the command listens to Ctrl-C itself, and tells what was done.
            tokio::select! {
                biased;
                outcome = commands::run(cli.command, &cli.global) => outcome,
                () = commands::interrupted() => Err(Error::interrupted("interrupted")
                    .hinted("run the command again: it goes on from what is there")),
            }
        }),
        Err(error) => Err(Error::failed("the runtime does not start").because(error.to_string())),
    };
    let exit = outcome.unwrap_or_else(|error| {
        ui::print_error(&error, format != Format::Table);
        error.exit
    });
    ExitCode::from(exit as u8)
}
