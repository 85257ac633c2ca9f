//! Bad input of each kind: the documented exit code, the next step, and nothing written.

use eks_fargate_role_sandbox::{Sandbox, World};

use super::support::*;

#[test]
fn each_kind_has_its_exit_code_and_its_next_step() {
    let sandbox = Sandbox::start(World::demo());
    let six = "--selector a --selector b --selector c --selector d --selector e --selector f";
    let cases = [
        ("inspect -c shopp".to_owned(), 1, "clusters there: shop"),
        ("inspect -c shop -r eu-west-1".to_owned(), 1, "shopping-eu"),
        ("inspect -c shop -r sa-east-1".to_owned(), 1, "--region"),
        ("inspect".to_owned(), 2, "--cluster"),
        ("inspect -c shop/*".to_owned(), 2, "cluster's name"),
        ("inspect -c shop -r us_west".to_owned(), 2, "us-west-2"),
        ("inspect -c shop -p nobody".to_owned(), 1, "nobody"),
        ("check -c shop --role a/b".to_owned(), 2, "is no role name"),
        ("check -c shop --role arn:aws:iam::111122223333:user/x".to_owned(), 2, "not the ARN of an IAM role"),
        ("check --trust-policy x.json".to_owned(), 2, "--account"),
        ("check --trust-policy x.json --cluster c --region r --account 1".to_owned(), 2, "12 digits"),
        ("check --trust-policy no.json --cluster c --region r --account 111122223333".to_owned(), 1, "no.json"),
        ("ensure -c shop --role-name a/b -y".to_owned(), 2, "role's name"),
        ("ensure -c shop --tags a -y".to_owned(), 2, "KEY=VALUE"),
        ("ensure -c shop --attach-policy x -y".to_owned(), 2, "not an ARN"),
        ("create-profile -c shop --name eks-x --namespace a -y".to_owned(), 2, "eks-"),
        (format!("create-profile -c shop --name x {six} -y"), 2, "5 selectors at most"),
        ("create-profile -c shop --name x -y".to_owned(), 2, "--namespace"),
        (
            "create-profile -c shop --name x --namespace x --role arn:aws:iam::999999999999:role/r -y".to_owned(),
            1,
            "999999999999",
        ),
        ("explain trust-principle".to_owned(), 2, "trust-principal"),
        ("frobnicate".to_owned(), 2, "frobnicate"),
    ];
    for (line, code, says) in cases {
        run(&sandbox, &line).exits(code).says(says);
    }
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn without_credentials_or_region() {
    let sandbox = Sandbox::start(World::demo());
    let endpoint = || ("AWS_ENDPOINT_URL", sandbox.url().to_owned());
    let none = || ("AWS_EC2_METADATA_DISABLED", "true".to_owned());
    let region = || ("AWS_REGION", REGION.to_owned());
    run_with([endpoint(), none(), region()], "inspect -c shop", "")
        .exits(1)
        .says("no AWS credentials")
        .says("aws sso login");
    run_with([endpoint(), none()], "inspect -c shop", "").exits(1).says("no AWS region").says("--region");
    let json = run_with([endpoint(), none()], "inspect -c shop -o json", "").exits(1).json();
    assert_eq!(json["error"]["message"], "no AWS region is set");
}

#[test]
fn a_closed_port_is_no_answer() {
    let env = [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9".to_owned()),
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_ACCESS_KEY_ID", "a".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "b".to_owned()),
    ];
    run_with(env, "inspect -c shop", "").exits(1).says("no answer from AWS").says("AWS_ENDPOINT_URL");
}

#[test]
fn a_stalling_endpoint_is_given_up() {
    let mut world = World::demo();
    let stall = eks_fargate_role_sandbox::FaultKind::Stall(std::time::Duration::from_secs(30));
    world.fault("ListFargateProfiles", None, None, stall);
    let sandbox = Sandbox::start(world);
    run(&sandbox, "inspect -c shop --timeout 500ms").exits(1).says("took longer than 0.5 s").says("--timeout");
}
