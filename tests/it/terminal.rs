//! What only a terminal shows: questions, progress, Ctrl-C.

use std::time::Duration;

use eks_fargate_role_sandbox::{Sandbox, World};
use rexpect::session::{PtySession, spawn_command};

use super::support::*;

fn spawn(sandbox: &Sandbox, line: &str) -> PtySession {
    let mut command = command(sandbox.env());
    command.args(line.split_whitespace()).env("TERM", "xterm-256color").env("NO_COLOR", "1");
    spawn_command(command, Some(20_000)).unwrap()
}

fn ends(session: &PtySession, code: i32) {
    let status = format!("{:?}", session.process().wait().unwrap());
    assert!(status.starts_with("Exited") && status.ends_with(&format!(", {code})")), "{status}");
}

#[test]
fn a_plan_is_asked_for_and_no_is_the_default() {
    let sandbox = Sandbox::start(small_world());
    let mut session = spawn(&sandbox, "ensure -c shop");
    session.exp_string("Plan: 2 to add").unwrap();
    session.exp_string("Apply this plan?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("nothing was changed").unwrap();
    session.exp_eof().unwrap();
    ends(&session, 1);
    assert!(writes(&sandbox).is_empty());

    let mut session = spawn(&sandbox, "ensure -c shop");
    session.exp_string("Apply this plan?").unwrap();
    session.send("y").unwrap();
    session.flush().unwrap();
    session.exp_string("arn:aws:iam::111122223333:role/AmazonEKSFargatePodExecutionRole").unwrap();
    session.exp_eof().unwrap();
    ends(&session, 0);
    assert_eq!(writes(&sandbox), ["CreateRole", "AttachRolePolicy"]);
}

#[test]
fn the_cluster_is_chosen_from_a_list() {
    let sandbox = Sandbox::start(World::demo());
    let mut session = spawn(&sandbox, "inspect");
    session.exp_string("EKS cluster").unwrap();
    session.exp_string("data").unwrap();
    session.send_line("").unwrap();
    session.exp_string("NAME").unwrap();
    session.exp_eof().unwrap();
    ends(&session, 0);
}

#[test]
fn a_question_that_is_interrupted_changes_nothing() {
    let sandbox = Sandbox::start(small_world());
    let mut session = spawn(&sandbox, "ensure -c shop");
    session.exp_string("Apply this plan?").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("interrupted").unwrap();
    session.exp_eof().unwrap();
    ends(&session, 130);
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn a_wait_that_is_interrupted_says_what_goes_on() {
    let mut world = small_world();
    world.settings.profile_creation = Duration::from_mins(1);
    let sandbox = Sandbox::start(world);
    let mut session = spawn(&sandbox, "create-profile -c shop --name web --namespace web --role good -y");
    session.exp_string("done: create Fargate profile web").unwrap();
    session.exp_string("waiting for").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("interrupted while waiting").unwrap();
    session.exp_string("goes on being created").unwrap();
    session.exp_eof().unwrap();
    ends(&session, 130);
}
