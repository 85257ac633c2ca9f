//! The emulator, driven over HTTP as a client would.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::{FaultKind, Sandbox, World, trust_policy};

const ACCOUNT: &str = "111122223333";
const TRUST_PROBLEM: &str = "Misconfigured PodExecutionRole Trust Policy";

/// Sends one request, signed (as far as the emulator looks) for a region and a service.
fn send(sandbox: &Sandbox, scope: &str, method: &str, path: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(sandbox.url().trim_start_matches("http://")).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential=AKIA/20261102/{scope}/aws4_request\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), body.to_owned())
}

fn eks(sandbox: &Sandbox, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let (status, body) = send(sandbox, "us-west-2/eks", method, path, &body.to_string());
    (status, serde_json::from_str(&body).unwrap())
}

fn iam(sandbox: &Sandbox, form: &[(&str, &str)]) -> (u16, String) {
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    send(sandbox, "us-east-1/iam", "POST", "/", &form)
}

fn get_role(sandbox: &Sandbox, name: &str) -> (u16, String) {
    iam(sandbox, &[("Action", "GetRole"), ("RoleName", name)])
}

fn create_profile(sandbox: &Sandbox, name: &str, role: &str) -> (u16, Value) {
    let body = json!({
        "fargateProfileName": name,
        "podExecutionRoleArn": sandbox.world().role_arn(role),
        "selectors": [{ "namespace": name }],
        "clientRequestToken": "once",
    });
    eks(sandbox, "POST", "/clusters/shop/fargate-profiles", &body)
}

fn status(sandbox: &Sandbox, profile: &str) -> Value {
    let path = format!("/clusters/shop/fargate-profiles/{profile}");
    eks(sandbox, "GET", &path, &Value::Null).1["fargateProfile"]["status"].clone()
}

/// Cluster `shop` and a role `good` that its profiles can use.
fn shop() -> World {
    let mut world = World::new();
    world.cluster("shop");
    world.role("good", trust_policy("us-west-2", ACCOUNT, "shop"));
    world
}

#[test]
fn lists_have_pages_and_regions() {
    let mut world = shop();
    world.settings.page_size = 2;
    for name in ["a", "b", "c"] {
        world.cluster(name);
        world.role(name, "{}");
    }
    world.cluster_in("eu-west-1", "elsewhere");
    let sandbox = Sandbox::start(world);

    let (_, first) = eks(&sandbox, "GET", "/clusters?maxResults=100", &Value::Null);
    assert_eq!(first["clusters"], json!(["shop", "a"]));
    let next = first["nextToken"].as_str().unwrap();
    let path = format!("/clusters?nextToken={next}");
    let (_, second) = eks(&sandbox, "GET", &path, &Value::Null);
    assert_eq!(second, json!({ "clusters": ["b", "c"] }));
    let (_, other) = send(&sandbox, "eu-west-1/eks", "GET", "/clusters", "");
    assert_eq!(other, r#"{"clusters":["elsewhere"]}"#);

    let (_, first) = iam(&sandbox, &[("Action", "ListRoles"), ("MaxItems", "3")]);
    assert!(first.contains("<IsTruncated>true</IsTruncated><Marker>2</Marker>"), "{first}");
    let (_, second) = iam(&sandbox, &[("Action", "ListRoles"), ("Marker", "2")]);
    assert!(second.contains("<RoleName>good</RoleName>"), "{second}");
    assert!(second.contains("<IsTruncated>false</IsTruncated>"), "{second}");
}

#[test]
fn a_profile_is_creating_then_active_or_failed() {
    let mut world = shop();
    world.settings.profile_creation = Duration::from_millis(150);
    let sandbox = Sandbox::start(world);

    let (code, first) = create_profile(&sandbox, "web", "good");
    assert_eq!((code, &first["fargateProfile"]["status"]), (200, &json!("CREATING")));
    assert_eq!(create_profile(&sandbox, "web", "good"), (200, first), "the same request again");
    let (code, other) = create_profile(&sandbox, "api", "good");
    assert_eq!(code, 409);
    assert_eq!(
        other["message"],
        "Cannot create Fargate Profile api because cluster shop currently has Fargate profile web \
         in status CREATING"
    );
    thread::sleep(Duration::from_millis(200));
    assert_eq!(status(&sandbox, "web"), "ACTIVE");
    assert_eq!(sandbox.world().cluster("shop").access_entries[0].kind, "FARGATE_LINUX");

    let issue = ("AccessDenied".to_owned(), "no".to_owned());
    sandbox.world().cluster("shop").fail_next_profile = Some(issue);
    assert_eq!(create_profile(&sandbox, "api", "good").0, 200);
    thread::sleep(Duration::from_millis(200));
    assert_eq!(status(&sandbox, "api"), "CREATE_FAILED");

    eks(&sandbox, "DELETE", "/clusters/shop/fargate-profiles/api", &Value::Null);
    assert_eq!(status(&sandbox, "api"), "DELETING");
    thread::sleep(Duration::from_millis(200));
    assert_eq!(status(&sandbox, "api"), Value::Null);
}

#[test]
fn eks_refuses_roles_that_it_cannot_assume() {
    let mut world = shop();
    let good = trust_policy("us-west-2", ACCOUNT, "shop");
    let service = r#""eks-fargate-pods.amazonaws.com""#;
    world.role("principal", good.replace("eks-fargate-pods", "eks-fargate"));
    world.role("cluster-arn", good.replace("fargateprofile/shop/*", "cluster/shop"));
    world.role("equals", good.replace("ArnLike", "StringEquals"));
    world.role("no-star", good.replace("shop/*", "shop/web"));
    world.role("deny", good.replace(r#""Allow""#, r#""Deny""#));
    world.role("not-json", "{");
    world.role("path", &good).path = "/platform/".into();
    world.role("one-profile", good.replace("shop/*", "shop/web/*"));
    world.role("list", good.replace(service, &format!(r#"["eks.amazonaws.com", {service}]"#)));
    let sandbox = Sandbox::start(world);

    let bad = ["principal", "cluster-arn", "equals", "no-star", "deny", "not-json", "path", "none"];
    for role in bad {
        let (code, answer) = create_profile(&sandbox, "web", role);
        let message = answer["message"].as_str().unwrap();
        assert!(code == 400 && message.starts_with(TRUST_PROBLEM), "{role}: {answer}");
    }
    for role in ["one-profile", "list"] {
        assert_eq!(create_profile(&sandbox, "web", role).0, 200, "{role}");
        sandbox.world().cluster("shop").profiles.clear();
    }
}

#[test]
fn eks_checks_names_selectors_and_subnets() {
    let sandbox = Sandbox::start(shop());
    let selector = json!({ "namespace": "web" });
    let role = sandbox.world().role_arn("good");
    let bad = [
        json!({ "fargateProfileName": "eks-web", "selectors": [selector] }),
        json!({ "fargateProfileName": "web", "selectors": vec![&selector; 6] }),
        json!({ "fargateProfileName": "web", "selectors": [{ "labels": {} }] }),
        json!({
            "fargateProfileName": "web", "selectors": [selector], "subnets": ["subnet-public"]
        }),
    ];
    for mut body in bad {
        body["podExecutionRoleArn"] = json!(role);
        let (code, answer) = eks(&sandbox, "POST", "/clusters/shop/fargate-profiles", &body);
        assert_eq!(code, 400, "{answer}");
        assert!(!answer["message"].as_str().unwrap().starts_with(TRUST_PROBLEM), "{answer}");
    }
}

#[test]
fn eks_sees_a_new_trust_policy_late() {
    let mut world = shop();
    world.settings.propagation = Duration::from_millis(150);
    let sandbox = Sandbox::start(world);
    let document = trust_policy("us-west-2", ACCOUNT, "*");
    let new = [("Action", "CreateRole"), ("RoleName", "new"), ("AssumeRolePolicyDocument", &document)];
    assert_eq!(iam(&sandbox, &new).0, 200);
    assert_eq!(iam(&sandbox, &new).0, 409);
    assert_eq!(get_role(&sandbox, "new").0, 200);
    assert_eq!(create_profile(&sandbox, "web", "new").0, 400);
    thread::sleep(Duration::from_millis(200));
    assert_eq!(create_profile(&sandbox, "web", "new").0, 200);

    let closed = document.replace("eks-fargate-pods", "ec2");
    let update = [("Action", "UpdateAssumeRolePolicy"), ("RoleName", "new"), ("PolicyDocument", &closed)];
    assert_eq!(iam(&sandbox, &update).0, 200);
    sandbox.world().cluster("shop").profiles.clear();
    assert_eq!(create_profile(&sandbox, "web", "new").0, 200, "the former policy still counts");
    thread::sleep(Duration::from_millis(200));
    sandbox.world().cluster("shop").profiles.clear();
    assert_eq!(create_profile(&sandbox, "web", "new").0, 400);
}

#[test]
fn faults_take_the_requests_they_name() {
    let mut world = shop();
    world.role("other", "{}");
    world.fault("GetRole", None, Some(1), FaultKind::Throttle);
    world.deny("GetRole", Some("other"));
    let after = FaultKind::After(Box::new(FaultKind::Html { status: 500 }));
    world.fault("DeleteRole", None, None, after);
    let sandbox = Sandbox::start(world);

    let (code, throttled) = get_role(&sandbox, "good");
    assert!(code == 400 && throttled.contains("<Code>Throttling</Code>"), "{throttled}");
    assert_eq!(get_role(&sandbox, "good").0, 200);
    let (code, denied) = get_role(&sandbox, "other");
    assert!(code == 403 && denied.contains("iam:GetRole on resource: role other"), "{denied}");
    let (code, html) = iam(&sandbox, &[("Action", "DeleteRole"), ("RoleName", "good")]);
    assert!(code == 500 && html.starts_with("<!doctype html>"), "{html}");
    assert!(!sandbox.world().roles.contains_key("good"));
}

#[test]
fn the_log_knows_what_followed_what() {
    let mut world = shop();
    world.settings.latency = Duration::from_millis(100);
    let sandbox = Sandbox::start(world);
    get_role(&sandbox, "good");
    thread::scope(|scope| {
        for name in ["x", "y", "z"] {
            let sandbox = &sandbox;
            scope.spawn(move || get_role(sandbox, name));
        }
    });
    eks(&sandbox, "DELETE", "/clusters/shop/fargate-profiles/web", &Value::Null);

    let log = sandbox.requests();
    assert_eq!(log.len(), 5);
    assert_eq!((log[0].resource.as_str(), log[0].status), ("good", 200));
    assert_eq!(log[0].parameters["RoleName"], "good");
    assert_eq!((log[4].resource.as_str(), log[4].region.as_str()), ("shop/web", "us-west-2"));
    assert_eq!((log[4].is_write(), log[0].is_write(), log[4].status), (true, false, 404));
    let chain: Vec<String> = sandbox.longest_chain().into_iter().map(|it| it.operation).collect();
    assert_eq!(chain, ["GetRole", "GetRole", "DeleteFargateProfile"]);
    sandbox.clear_requests();
    assert!(sandbox.requests().is_empty());
}

#[test]
fn the_demonstration_is_as_described() {
    let sandbox = Sandbox::start(World::demo());
    let (_, list) = eks(&sandbox, "GET", "/clusters/shop/fargate-profiles", &Value::Null);
    let names = ["web", "api", "legacy", "jobs", "batch", "search", "payments", "ml", "audit"];
    assert_eq!(list["fargateProfileNames"], json!(names));
    assert_eq!(get_role(&sandbox, "security-fargate-audit").0, 403);
    assert_eq!(get_role(&sandbox, "shop-fargate-ml").0, 404);
    assert_eq!(get_role(&sandbox, "AmazonEKSFargatePodExecutionRole").0, 404);
    let arn = sandbox.world().role_arn("shop-fargate-payments");
    let (_, simulated) = iam(
        &sandbox,
        &[
            ("Action", "SimulatePrincipalPolicy"),
            ("PolicySourceArn", &arn),
            ("ActionNames.member.1", "ecr:BatchGetImage"),
        ],
    );
    assert!(simulated.contains("<EvalDecision>implicitDeny</EvalDecision>"), "{simulated}");
}
