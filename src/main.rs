//! The program: see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    eks_fargate_role::run(std::env::args_os())
}
