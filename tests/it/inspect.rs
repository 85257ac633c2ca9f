use std::time::Duration;

use eks_fargate_role_sandbox::{FaultKind, Sandbox, World, trust_policy};

use super::support::*;

/// Ten profiles with ten roles, each with the managed policy.
fn ten() -> World {
    let mut world = World::new();
    let managed = world.managed_arn("AmazonEKSFargatePodExecutionRolePolicy");
    for n in 0..10 {
        let name = format!("role-{n}");
        world.role(&name, trust_policy(REGION, ACCOUNT, "shop")).attach(&managed);
        let arn = world.role_arn(&name);
        world.cluster("shop").profile(&format!("p{n}"), &arn);
    }
    world
}

#[test]
fn ten_profiles_take_four_requests_one_after_another_and_none_twice() {
    let mut world = ten();
    world.settings.latency = Duration::from_millis(100);
    let sandbox = Sandbox::start(world);
    let run = run(&sandbox, "inspect -c shop -o json").exits(0);
    let document = run.json();
    assert_fits_schema(&document, "inspect");
    assert_eq!(document["fargateProfiles"].as_array().unwrap().len(), 10);
    assert!(document["fargateProfiles"].as_array().unwrap().iter().all(|p| p["roleHealth"] == "ok"), "{document:#}");
    assert_no_request_twice(&sandbox.requests());
    let chain: Vec<_> = sandbox.longest_chain().into_iter().map(|request| request.operation).collect();
    assert!(chain.len() <= 4, "{chain:?}");
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn every_page_is_read_and_a_shared_role_once() {
    let mut world = small_world();
    world.settings.page_size = 2;
    let arn = world.role_arn("good");
    for name in ["a", "b", "c", "d", "e"] {
        world.cluster("shop").profile(name, &arn);
    }
    let sandbox = Sandbox::start(world);
    let document = run(&sandbox, "inspect -c shop -o json").exits(0).json();
    assert_eq!(document["fargateProfiles"].as_array().unwrap().len(), 5);
    let reads = sandbox.requests().into_iter().filter(|request| request.operation == "GetRole").count();
    assert_eq!(reads, 1);
}

#[test]
fn the_demonstration_at_a_glance() {
    let sandbox = Sandbox::start(World::demo());
    let document = run(&sandbox, "inspect -c shop -o json").exits(0).json();
    let health: Vec<String> = document["fargateProfiles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| format!("{} {}", p["name"].as_str().unwrap(), p["roleHealth"].as_str().unwrap()))
        .collect();
    assert_eq!(
        health,
        [
            "api broken",
            "audit unknown",
            "batch broken",
            "jobs broken",
            "legacy warning",
            "ml missing",
            "payments broken",
            "search broken",
            "web ok"
        ]
    );
    let yaml = run(&sandbox, "inspect -c shop -o yaml").exits(0).stdout;
    assert!(yaml.contains("roleHealth: broken"), "{yaml}");
    let table = run(&sandbox, "inspect -c shop -q").exits(0);
    assert_eq!(table.stderr, "");
    assert!(table.stdout.starts_with("NAME "), "{}", table.stdout);
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_goes_on() {
    let mut world = ten();
    world.deny("DescribeFargateProfile", Some("shop/p3"));
    world.fault("GetRole", Some("role-4"), Some(2), FaultKind::Throttle);
    let sandbox = Sandbox::start(world);
    let document = run(&sandbox, "inspect -c shop -o json").exits(0).json();
    assert_eq!(document["fargateProfiles"].as_array().unwrap().len(), 9);
    let reason = document["notRead"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("eks:DescribeFargateProfile"), "{reason}");
}
