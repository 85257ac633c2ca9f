use std::time::Duration;

use eks_fargate_role_sandbox::Sandbox;

use super::support::*;

#[test]
fn an_absent_role_comes_with_the_profile_in_one_plan() {
    let mut world = small_world();
    world.settings.propagation = Duration::from_secs(1);
    let sandbox = Sandbox::start(world);
    let line = "create-profile -c shop --name batch --namespace batch -l tier=a --selector web:x=y,z=* -t team=a";
    run(&sandbox, &format!("{line} --dry-run")).exits(0).says("Plan: 3 to add, 0 to change, 0 to remove.");
    run(&sandbox, line).exits(2).says("--yes");
    assert!(writes(&sandbox).is_empty());
    let made = run(&sandbox, &format!("{line} -y -o json")).exits(0).json();
    assert_fits_schema(&made, "create-profile");
    assert_eq!(made["changed"], true);
    let role = "arn:aws:iam::111122223333:role/AmazonEKSFargatePodExecutionRole";
    assert_eq!(made["roleArn"], role);
    assert_eq!(made["fargateProfile"]["podExecutionRoleArn"], role);
    assert_eq!(made["fargateProfile"]["status"], "ACTIVE");
    assert_eq!(made["fargateProfile"]["roleHealth"], "ok");
    assert_eq!(made["fargateProfile"]["selectors"].as_array().unwrap().len(), 2);
    sandbox.clear_requests();
    let again = run(&sandbox, &format!("{line} -y -o json")).exits(0).json();
    assert_eq!(again["changed"], false);
    assert!(writes(&sandbox).is_empty());
    run(&sandbox, "check -c shop").exits(0);
}

#[test]
fn a_profile_of_that_name_with_other_content_is_an_error_that_shows_it() {
    let mut world = small_world();
    let arn = world.role_arn("good");
    world.cluster("shop").profile("web", &arn);
    let sandbox = Sandbox::start(world);
    run(&sandbox, "create-profile -c shop --name web --namespace other -y")
        .exits(1)
        .says("selectors: is web, asked for other");
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn a_profile_that_fails_ends_the_wait_at_once() {
    let mut world = small_world();
    world.cluster("shop").fail_next_profile = Some(("InternalFailure".into(), "no capacity".into()));
    let sandbox = Sandbox::start(world);
    run(&sandbox, "create-profile -c shop --name web --namespace web --role good -y")
        .exits(1)
        .says("CREATE_FAILED")
        .says("no capacity");
}

#[test]
fn another_profile_in_creation_is_waited_for() {
    let mut world = small_world();
    let arn = world.role_arn("good");
    world.cluster("shop").profile("first", &arn).creating(Duration::from_secs(2));
    let sandbox = Sandbox::start(world);
    run(&sandbox, "create-profile -c shop --name second --namespace second --role good -y").exits(0);
    assert!(writes(&sandbox).len() > 1, "EKS refused at first");
}

#[test]
fn several_roles_are_a_question() {
    let mut world = small_world();
    let arn = world.role_arn("good");
    let managed = world.managed_arn("AmazonEKSFargatePodExecutionRolePolicy");
    world.role("other", eks_fargate_role_sandbox::trust_policy(REGION, ACCOUNT, "shop")).attach(&managed);
    let other = world.role_arn("other");
    world.cluster("shop").profile("a", &arn);
    world.cluster("shop").profile("b", &other);
    let sandbox = Sandbox::start(world);
    run(&sandbox, "create-profile -c shop --name c --namespace c -y").exits(2).says("--role");
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn a_role_that_stays_broken_gets_no_profile() {
    let sandbox = Sandbox::start(eks_fargate_role_sandbox::World::demo());
    run(&sandbox, "create-profile -c shop --name x --namespace x --role shop-fargate-payments -y")
        .exits(1)
        .says("permissions-boundary");
    run(&sandbox, "create-profile -c shop --name x --namespace x --role shop-nodes -y").exits(1);
    run(
        &sandbox,
        "create-profile -c shop --name x --namespace x --subnet-ids subnet-public1 --role shop-fargate-web -y",
    )
    .exits(1)
    .says("private subnets");
    assert_eq!(writes(&sandbox), ["CreateFargateProfile"]);
}

#[test]
fn the_role_has_to_admit_this_very_profile() {
    let mut world = small_world();
    let deny = r#"{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:eks:*:*:fargateprofile/shop/legacy-*/*"}}}"#;
    let good = world.roles["good"].trust.clone();
    world.roles.get_mut("good").unwrap().trust =
        good.replacen("\"Statement\": [", &format!("\"Statement\": [{deny},"), 1);
    let sandbox = Sandbox::start(world);
    run(&sandbox, "create-profile -c shop --name legacy-1 --namespace a --role good -y").exits(1).says("statement 1");
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn what_is_not_known_is_not_assumed() {
    let mut world = small_world();
    world.deny("ListFargateProfiles", None);
    world.role("nodes", eks_fargate_role_sandbox::trust_policy(REGION, ACCOUNT, "shop"));
    let (managed, nodes) = (world.managed_arn("AmazonEKSFargatePodExecutionRolePolicy"), world.role_arn("nodes"));
    world.roles.get_mut("nodes").unwrap().attach(&managed);
    world.cluster("shop").access_entry(&nodes, "EC2_LINUX");
    world.deny("ListInstanceProfilesForRole", Some("nodes"));
    let sandbox = Sandbox::start(world);
    run(&sandbox, "create-profile -c shop --name a --namespace a -y")
        .exits(1)
        .says("eks:ListFargateProfiles")
        .says("--role");
    run(&sandbox, "create-profile -c shop --name a --namespace a --role nodes -y").exits(1).says("shared-with-nodes");
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn a_dead_profile_is_no_success() {
    let mut world = small_world();
    let arn = world.role_arn("good");
    world.cluster("shop").profile("dead", &arn).status = "CREATE_FAILED".into();
    world.cluster("shop").profile("going", &arn).status = "DELETING".into();
    let sandbox = Sandbox::start(world);
    run(&sandbox, "create-profile -c shop --name dead --namespace dead --no-wait -y").exits(1).says("CREATE_FAILED");
    run(&sandbox, "create-profile -c shop --name going --namespace going -y").exits(1).says("is being deleted");
}
