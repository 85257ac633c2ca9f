use eks_fargate_role_sandbox::{FaultKind, Sandbox, World, trust_policy};

use super::support::*;

const DEFAULT_ARN: &str = "arn:aws:iam::111122223333:role/AmazonEKSFargatePodExecutionRole";

#[test]
fn an_absent_role_is_created_and_is_right() {
    let sandbox = Sandbox::start(small_world());
    let dry = run(&sandbox, "ensure -c shop --dry-run").exits(0).says("Plan: 2 to add, 0 to change, 0 to remove.");
    assert_eq!(dry.stdout, format!("{DEFAULT_ARN}\n"));
    assert!(writes(&sandbox).is_empty());
    let made = run(&sandbox, "ensure -c shop -y --tags team=a --logging cloudwatch").exits(0);
    assert_eq!(made.stdout, format!("{DEFAULT_ARN}\n"));
    assert_eq!(writes(&sandbox), ["CreateRole", "AttachRolePolicy", "PutRolePolicy"]);
    {
        let world = sandbox.world();
        let role = &world.roles["AmazonEKSFargatePodExecutionRole"];
        assert_eq!(role.tags["eks-fargate-role/cluster"], "shop");
        assert_eq!(role.tags["team"], "a");
        assert!(role.trust.contains("arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/*"));
        assert!(role.inline["eks-fargate-logging-cloudwatch"].contains("logs:PutLogEvents"));
    }
    run(&sandbox, "check -c shop --role AmazonEKSFargatePodExecutionRole --fail-on warning").exits(0);
    sandbox.clear_requests();
    let again = run(&sandbox, "ensure -c shop -y --tags team=a --logging cloudwatch -o json").exits(0).json();
    assert_fits_schema(&again, "ensure");
    assert_eq!(again["changed"], false);
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn a_second_cluster_joins_the_list() {
    let mut world = small_world();
    world.cluster("data");
    let sandbox = Sandbox::start(world);
    run(&sandbox, "ensure -c data --role-name good -y").exits(0);
    let trust = sandbox.world().roles["good"].trust.clone();
    assert!(
        trust.contains("fargateprofile/shop/*\", \"arn:aws:eks:us-west-2:111122223333:fargateprofile/data/*\""),
        "{trust}"
    );
    for cluster in ["shop", "data"] {
        run(&sandbox, &format!("check -c {cluster} --role good")).exits(0);
    }
}

#[test]
fn a_repair_keeps_what_others_wrote() {
    let sandbox = Sandbox::start(World::demo());
    run(&sandbox, "ensure -c shop --role-name shop-fargate-api -y -q").exits(0);
    assert_eq!(writes(&sandbox), ["UpdateAssumeRolePolicy"]);
    let trust = sandbox.world().roles["shop-fargate-api"].trust.clone();
    assert!(trust.contains("OpsBreakGlass") && trust.contains("eks-fargate.amazonaws.com"));
    run(&sandbox, "check -c shop --role shop-fargate-api").exits(0);
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let mut world = World::demo();
    world.role(
        "denied",
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"Lock","Effect":"Deny","Principal":{"AWS":"*"},"Action":"*"}]}"#,
    );
    let sandbox = Sandbox::start(world);
    let legacy = "eksctl-shop-cluster-FargatePodExecutionRole-1A2B3C4D5E6F7";
    run(&sandbox, &format!("ensure -c data --role-name {legacy} -y --tags a=b"))
        .exits(1)
        .says("CloudFormation stack eksctl-shop-cluster");
    run(&sandbox, "ensure -c shop --role-name shop-nodes -y --tags a=b").exits(1).says("role of EC2 nodes");
    run(&sandbox, "ensure -c shop --role-name AWSServiceRoleForAmazonEKS -y").exits(1).says("service-linked");
    run(&sandbox, "ensure -c shop --role-name denied -y").exits(1).says("statement Lock");
    run(&sandbox, "ensure -c shop --role-name security-fargate-audit -y").exits(1).says("iam:GetRole");
    run(&sandbox, "ensure -c shop --role-path /x/ -y").exits(2).says("--force");
    run(&sandbox, "ensure -c shop").exits(2).says("--yes");
    assert!(writes(&sandbox).is_empty());
    run(&sandbox, &format!("ensure -c shop --role-name {legacy} -y --tags a=b --force")).exits(0);
    assert_eq!(writes(&sandbox), ["TagRole"]);
    let boundary = run(&sandbox, "ensure -c shop --role-name shop-fargate-payments -y").exits(3);
    assert!(boundary.stderr.contains("permissions-boundary"), "{}", boundary.stderr);
}

#[test]
fn an_open_role_is_guarded_without_locking_anybody_out() {
    let mut world = small_world();
    let managed = world.managed_arn("AmazonEKSFargatePodExecutionRolePolicy");
    let open = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"eks-fargate-pods.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    world.role("open", open).attach(&managed);
    world.cluster_in("eu-west-1", "elsewhere");
    let sandbox = Sandbox::start(world);
    run(&sandbox, "ensure -c shop --role-name open -y")
        .exits(0)
        .says("no other cluster that uses the role is locked out");
    run(&sandbox, "check -c shop --role open --fail-on warning").exits(0);
    run(&sandbox, "check -c elsewhere -r eu-west-1 --role open --fail-on warning").exits(0);
}

#[test]
fn a_failure_halfway_is_told_and_the_next_run_goes_on() {
    let mut world = small_world();
    world.fault("AttachRolePolicy", None, Some(1), FaultKind::Denied);
    let sandbox = Sandbox::start(world);
    run(&sandbox, "ensure -c shop -y").exits(1).says("iam:AttachRolePolicy").says("done before: create role");
    run(&sandbox, "ensure -c shop -y").exits(0);
    run(&sandbox, "check -c shop --role AmazonEKSFargatePodExecutionRole").exits(0);
    let trust = sandbox.world().roles["AmazonEKSFargatePodExecutionRole"].trust.clone();
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(json(&trust), json(&trust_policy(REGION, ACCOUNT, "shop")));
}

#[test]
fn a_trust_policy_that_would_be_too_long_says_what_to_do() {
    let mut world = small_world();
    let managed = world.managed_arn("AmazonEKSFargatePodExecutionRolePolicy");
    let others: Vec<String> =
        (0..26).map(|n| format!("\"arn:aws:eks:{REGION}:{ACCOUNT}:fargateprofile/cluster-number-{n}/*\"")).collect();
    let full = trust_policy(REGION, ACCOUNT, "other").replace(
        &format!("\"arn:aws:eks:{REGION}:{ACCOUNT}:fargateprofile/other/*\""),
        &format!("[{}]", others.join(",")),
    );
    world.role("full", full).attach(&managed);
    let sandbox = Sandbox::start(world);
    run(&sandbox, "ensure -c shop --role-name full -y").exits(1).says("LimitExceeded").says("--role-name");
}
