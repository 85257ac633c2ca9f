//! `explain`: what a check looks for.

use super::print;
use crate::check;
use crate::cli;
use crate::error::{Error, Exit};
use crate::policy::document::closest;
use crate::report;

pub(super) fn run(args: &cli::Explain) -> Result<Exit, Error> {
    let Some(id) = &args.id else {
        print(&report::explain_list())?;
        return Ok(Exit::Fine);
    };
    let Some(check) = check::find(id) else {
        let ids: Vec<&str> = check::rules::ALL.iter().map(|check| check.id).collect();
        let error = Error::usage(format!("there is no check \"{id}\""));
        return Err(match closest(id, &ids) {
            Some(meant) => error.hinted(format!("did you mean {meant}?")),
            None => error.hinted("list them: eks-fargate-role explain"),
        });
    };
    print(&report::explain(check))?;
    Ok(Exit::Fine)
}
