use eks_fargate_role_sandbox::{FaultKind, Sandbox, World, trust_policy};
use serde_json::json;

use super::support::*;

#[test]
fn the_demonstration_is_judged() {
    let sandbox = Sandbox::start(World::demo());
    let document = run(&sandbox, "check -c shop -o json").exits(3).json();
    assert_fits_schema(&document, "check");
    let mut found: Vec<String> = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            let subject = f["subject"].as_str().unwrap().rsplit('/').next().unwrap();
            format!("{subject} {} {}", f["severity"].as_str().unwrap(), f["id"].as_str().unwrap())
        })
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "eksctl-shop-cluster-FargatePodExecutionRole-1A2B3C4D5E6F7 warning confused-deputy",
            "eksctl-shop-cluster-FargatePodExecutionRole-1A2B3C4D5E6F7 warning other-principals",
            "ml error profile-health",
            "shop-fargate-api error trust-principal",
            "shop-fargate-api warning other-principals",
            "shop-fargate-api warning other-principals",
            "shop-fargate-batch error trust-condition",
            "shop-fargate-ml error role-exists",
            "shop-fargate-payments error permissions-boundary",
            "shop-fargate-search error managed-policy",
            "shop-fargate-search error trust-condition",
            "shop-nodes error access-entry",
            "shop-nodes error shared-with-nodes",
            "shop-nodes info pod-permissions",
            "shop-nodes warning confused-deputy",
            "shop-nodes warning other-principals",
        ]
    );
    assert!(writes(&sandbox).is_empty());
}

#[test]
fn exit_codes() {
    let mut world = small_world();
    world.role("open", r#"{"Statement": {"Effect": "Allow", "Principal": {"Service": "eks-fargate-pods.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#);
    let managed = world.managed_arn("AmazonEKSFargatePodExecutionRolePolicy");
    world.roles.get_mut("open").unwrap().attach(&managed);
    world.role("closed", trust_policy(REGION, ACCOUNT, "shop")).attach(&managed);
    world.deny("ListInstanceProfilesForRole", Some("closed"));
    world.fault("SimulatePrincipalPolicy", None, None, FaultKind::Html { status: 500 });
    let sandbox = Sandbox::start(world);
    let good = run(&sandbox, "check -c shop --role good -o json").exits(0).json();
    assert_eq!(good["notChecked"][0]["id"], "organization-policy");
    assert_eq!(good["notChecked"][0]["decisive"], false);
    run(&sandbox, "check -c shop --role open").exits(0);
    run(&sandbox, "check -c shop --role open --fail-on warning").exits(3);
    let undecided = run(&sandbox, "check -c shop --role closed -o json").exits(4).json();
    let reasons: Vec<_> =
        undecided["notChecked"].as_array().unwrap().iter().map(|n| n["reason"].as_str().unwrap()).collect();
    assert!(reasons.iter().any(|reason| reason.contains("iam:ListInstanceProfilesForRole")), "{reasons:?}");
    run(&sandbox, "check -c shop --role absent").exits(3);
    let foreign = run(&sandbox, "check -c shop --role arn:aws:iam::999999999999:role/x -o json").exits(3).json();
    assert!(ids(&foreign).contains(&"role-account".to_owned()), "{foreign:#}");
}

/// One world a check that the demonstration does not show.
#[test]
fn each_role_check_finds_what_it_looks_for() {
    let cases: [(&str, fn(&mut World)); 7] = [
        ("role-path", |world| world.roles.get_mut("good").unwrap().path = "/team/".into()),
        ("permissions-deny", |world| {
            let deny =
                json!({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "ecr:*", "Resource": "*"}]});
            world.roles.get_mut("good").unwrap().inline("no-ecr", deny);
        }),
        ("organization-policy", |world| world.denied_by_organization.push("ecr:*".into())),
        ("managed-policy", |world| world.roles.get_mut("good").unwrap().attached.clear()),
        ("shared-with-nodes", |world| world.roles.get_mut("good").unwrap().instance_profiles.push("nodes".into())),
        ("access-entry", |world| {
            let arn = world.role_arn("good");
            world.cluster("shop").authentication_mode = "API".into();
            world.cluster("shop").profile("p", &arn);
            world.roles.get_mut("good").unwrap().created += 100 * 86_400;
        }),
        ("trust-deny", |world| {
            let policy = json!({"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "eks-fargate-pods.amazonaws.com"}, "Action": "sts:AssumeRole"},
                {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}}]});
            world.roles.get_mut("good").unwrap().trust = policy.to_string();
        }),
    ];
    for (id, change) in cases {
        let mut world = small_world();
        change(&mut world);
        let path = world.roles["good"].path.clone();
        let sandbox = Sandbox::start(world);
        let line = format!("check -c shop --role arn:aws:iam::{ACCOUNT}:role{path}good -o json");
        let document = run(&sandbox, &line).exits(3).json();
        assert!(ids(&document).contains(&id.to_owned()), "{id}: {document:#}");
    }
}

fn check_text(policy: &str, code: i32) -> serde_json::Value {
    let line = format!("check --trust-policy - --cluster shop --region {REGION} --account {ACCOUNT} -o json");
    let document = run_offline(&line, policy).exits(code).json();
    assert_fits_schema(&document, "check");
    document
}

fn with(service: &str, condition: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"{condition}}}]}}"#
    )
}

/// The mistakes seen in the wild are named, and pointed at.
#[test]
fn wild_mistakes_are_named() {
    let fargate = "eks-fargate-pods.amazonaws.com";
    let arn = |arn: &str| with(fargate, &format!(r#","Condition":{{"ArnLike":{{"aws:SourceArn":"{arn}"}}}}"#));
    let at_arn = "/Statement/0/Condition/ArnLike/aws:SourceArn";
    let at_service = "/Statement/0/Principal/Service";
    let cases = [
        (
            arn("arn:aws:eks:us-west-2:111122223333:cluster/shop"),
            "trust-condition",
            "is the ARN of the cluster",
            at_arn,
        ),
        (
            arn("arn:aws:eks:us-west-2:111122223333:fargateprofile/shop"),
            "trust-condition",
            "needs /* at its end",
            at_arn,
        ),
        (
            arn("arn:aws-cn:eks:us-west-2:111122223333:fargateprofile/shop/*"),
            "trust-condition",
            "partition aws-cn",
            at_arn,
        ),
        (
            arn("arn:aws:eks:us-east-1:111122223333:fargateprofile/shop/*"),
            "trust-condition",
            "region us-east-1",
            at_arn,
        ),
        (
            arn("arn:aws:eks:us-west-2:999999999999:fargateprofile/shop/*"),
            "trust-condition",
            "account 999999999999",
            at_arn,
        ),
        (arn("arn:aws:eks:us-west-2:111122223333:fargateprofile/data/*"), "trust-condition", "cluster data", at_arn),
        (
            arn("arn:aws:eks:us-west-2:111122223333:fargateprofile/Shop/*"),
            "trust-condition",
            "upper and lower case",
            at_arn,
        ),
        (arn("arn:aws:eks:us-west-2:111122223333:nodegroup/shop/*"), "trust-condition", "node group", at_arn),
        (with("eks-fargate.amazonaws.com", ""), "trust-principal", "service-linked role", at_service),
        (with("eks.amazonaws.com", ""), "trust-principal", "control plane", at_service),
        (with("eks-fargate-pods.amazonaws.com.cn", ""), "trust-principal", "without .cn", at_service),
        (with("eks-fargate-pod.amazonaws.com", ""), "trust-principal", "typing error", at_service),
        (with("EKS-fargate-pods.amazonaws.com", ""), "trust-principal", "differs in case", at_service),
        (with(fargate, r#","Resource":"*""#), "trust-document", "may not contain Resource", "/Statement/0/Resource"),
        (with(fargate, r#","Conditions":{}"#), "trust-document", "unknown element", "/Statement/0/Conditions"),
        (
            with(fargate, "").replace(r#"{"Service":"eks-fargate-pods.amazonaws.com"}"#, r#""*""#),
            "trust-document",
            "principal \"*\"",
            "/Statement/0/Principal",
        ),
        (
            with(
                fargate,
                r#","Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/*"}}"#,
            ),
            "trust-condition",
            "to the letter",
            "/Statement/0/Condition/StringEquals/aws:SourceArn",
        ),
        (
            with(fargate, r#","Condition":{"StringEquals":{"sts:ExternalId":"x"}}"#),
            "trust-condition",
            "does not send sts:ExternalId",
            "/Statement/0/Condition/StringEquals/sts:ExternalId",
        ),
        (
            with(fargate, r#","Condition":{"ArnLike":{"aws:SourceArn":"a","aws:SourceArn":"b"}}"#),
            "trust-document",
            "stands twice",
            "/Statement/0/Condition/ArnLike/aws:SourceArn",
        ),
        (
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*"}]}"#.to_owned(),
            "trust-document",
            "no Principal",
            "/Statement/0",
        ),
    ];
    for (policy, id, says, pointer) in cases {
        let document = check_text(&policy, 3);
        let finding = &document["findings"][0];
        assert_eq!(finding["id"], id, "{policy}: {document:#}");
        assert!(finding["message"].as_str().unwrap().contains(says), "{says}: {finding:#}");
        assert_eq!(finding["pointer"], pointer, "{policy}");
        assert_eq!(document["verdict"], if id == "trust-document" { "malformed" } else { "deny" });
    }
}

#[test]
fn a_file_needs_no_credentials_and_no_network() {
    let good = trust_policy(REGION, ACCOUNT, "shop");
    let document = check_text(&good, 0);
    assert_eq!(document["verdict"], "allow");
    assert_eq!(document["findings"], json!([]));
    let encoded: String = good.bytes().map(|byte| format!("%{byte:02X}")).collect();
    assert_eq!(check_text(&encoded, 0)["verdict"], "allow");
    let open = check_text(&with("eks-fargate-pods.amazonaws.com", ""), 0);
    assert_eq!(ids(&open), ["confused-deputy"]);
    let account =
        with("eks-fargate-pods.amazonaws.com", r#","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}"#);
    assert_eq!(ids(&check_text(&account, 0)), ["trust-source-account"]);
    let gov = run_offline(
        "check --trust-policy - --cluster shop --region us-gov-west-1 --account 111122223333 -o json",
        &trust_policy("us-gov-west-1", ACCOUNT, "shop").replace("arn:aws:", "arn:aws-us-gov:"),
    );
    assert_eq!(ids(&gov.exits(0).json()), ["fargate-partition"]);
    let named = arn_for_profile("batch");
    let line = |profile: &str| {
        format!("check --trust-policy - --cluster shop --region {REGION} --account {ACCOUNT} -o json{profile}")
    };
    assert_eq!(run_offline(&line(" --fargate-profile batch"), &named).exits(0).json()["verdict"], "allow");
    assert_eq!(run_offline(&line(""), &named).exits(3).json()["verdict"], "deny");
}

fn arn_for_profile(profile: &str) -> String {
    trust_policy(REGION, ACCOUNT, "shop").replace("/shop/*", &format!("/shop/{profile}/*"))
}

#[test]
fn hostile_text_cannot_command_the_terminal() {
    let policy = with("eks\\u001b[31m.amazonaws.com", "");
    let line = format!("check --trust-policy - --cluster shop --region {REGION} --account {ACCOUNT} --color never");
    let run = run_offline(&line, &policy).exits(3);
    assert!(!run.stdout.contains('\u{1b}'), "{:?}", run.stdout);
    let lines = run_offline(&line, &with("eks.amazonaws.com\\nall checks passed", "")).exits(3);
    assert!(!lines.stdout.lines().any(|line| line.starts_with("all checks passed")), "{}", lines.stdout);
    let windows = trust_policy(REGION, ACCOUNT, "other").replace('\n', "\r\n");
    let windows = run_offline(&line, &windows).exits(3);
    assert!(windows.stdout.contains("^^^^") && !windows.stdout.contains("u{d}"), "{}", windows.stdout);
}

#[test]
fn values_for_others_are_told_from_mistakes() {
    let list = |values: &str| {
        with("eks-fargate-pods.amazonaws.com", &format!(r#","Condition":{{"ArnLike":{{"aws:SourceArn":[{values}]}}}}"#))
    };
    let ours = r#""arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/*""#;
    let foreign = check_text(&list(&format!(r#"{ours},"arn:aws:eks:us-west-2:999988887777:fargateprofile/x/*""#)), 0);
    assert_eq!(ids(&foreign), ["confused-deputy"]);
    assert_eq!(foreign["findings"][0]["pointer"], "/Statement/0/Condition/ArnLike/aws:SourceArn/1");
    let mixed = check_text(
        &list(
            r#""arn:aws:eks:us-west-2:111122223333:fargateprofile/data/*","arn:aws:eks:us-west-2:111122223333:cluster/shop""#,
        ),
        3,
    );
    assert!(mixed["findings"][0]["message"].as_str().unwrap().contains("ARN of the cluster"), "{mixed:#}");
    let region = check_text(&list(r#""arn:aws:eks:eu-*:111122223333:fargateprofile/shop/*""#), 3);
    assert!(region["findings"][0]["message"].as_str().unwrap().contains("region eu-*"), "{region:#}");
    let wild =
        with("eks-fargate-pods.amazonaws.com", &format!(r#","Condition":{{"ArnLike":{{"aws:SourceArn":{ours}}}}}"#))
            .replace(r#"{"Service":"#, r#"{"AWS":"arn:aws:iam::111122223333:role/*","Service":"#);
    let wild = check_text(&wild, 0);
    assert!(wild["findings"][0]["message"].as_str().unwrap().contains("nobody matches it"), "{wild:#}");
}

#[test]
fn a_profile_that_names_a_role_under_another_path_is_found() {
    let mut world = small_world();
    world.cluster("shop").profile("web", "arn:aws:iam::111122223333:role/team/good");
    let sandbox = Sandbox::start(world);
    let document = run(&sandbox, "check -c shop -o json").exits(3).json();
    assert!(ids(&document).contains(&"role-exists".to_owned()), "{document:#}");
}
