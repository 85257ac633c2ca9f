//! The account of the demonstration: one good role, the mistakes seen in the wild, an unreadable
//! one.

use std::time::Duration;

use crate::resources::SEEDED;
use crate::world::{World, trust_policy};

const REGION: &str = "us-west-2";
const ACCOUNT: &str = "111122223333";
const EKSCTL_ROLE: &str = "eksctl-shop-cluster-FargatePodExecutionRole-1A2B3C4D5E6F7";
const MONTH: i64 = 30 * 86_400;

/// What a caller without rights on a role cannot read of it.
const READS: [&str; 6] = [
    "GetRole",
    "ListAttachedRolePolicies",
    "ListRolePolicies",
    "GetRolePolicy",
    "ListInstanceProfilesForRole",
    "SimulatePrincipalPolicy",
];

impl World {
    /// Cluster `shop` with nine profiles, each on a role of its own: `web` is in order, what is
    /// wrong with each other is said where it is added. Next to it `data`, which shares a role, and
    /// `shopping-eu` in another region.
    pub fn demo() -> World {
        let mut world = World::in_region(REGION);
        world.settings.profile_creation = Duration::from_secs(2);
        world.settings.propagation = Duration::from_secs(1);
        world.cluster("shop");
        world.cluster("data");
        world.cluster_in("eu-west-1", "shopping-eu");
        add_good(&mut world);
        add_wrong_principals(&mut world);
        add_wrong_conditions(&mut world);
        add_wrong_permissions(&mut world);
        add_unusable(&mut world);
        // Those that EKS can assume have been in use.
        for role in ["shop-fargate-web", EKSCTL_ROLE, "shop-nodes", "shop-fargate-payments"] {
            world.roles.get_mut(role).expect("a role added above").used(SEEDED + MONTH, REGION);
        }
        world
    }

    /// Adds a role with the managed policy, and a profile of `shop` that uses it.
    fn add(&mut self, profile: &str, role: &str, trust: &str) {
        let managed = self.managed_arn("AmazonEKSFargatePodExecutionRolePolicy");
        self.role(role, trust).attach(&managed);
        let arn = self.role_arn(role);
        self.cluster("shop").profile(profile, &arn);
    }
}

fn add_good(world: &mut World) {
    world.add("web", "shop-fargate-web", &trust_policy(REGION, ACCOUNT, "shop"));
    world.cluster("shop").profiles[0].selects("web", &[("tier", "frontend")]);
}

fn add_wrong_principals(world: &mut World) {
    // The principal of the service-linked role, and somebody's own statement that must survive.
    let api = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "eks-fargate.amazonaws.com" },
      "Action": "sts:AssumeRole"
    },
    {
      "Sid": "OpsBreakGlass",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/ops" },
      "Action": "sts:AssumeRole",
      "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }
    }
  ]
}"#;
    world.add("api", "shop-fargate-api", api);

    // As eksctl makes it: works, but is open to any profile, and shared with another cluster.
    let legacy = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "Service": ["eks.amazonaws.com", "eks-fargate-pods.amazonaws.com"]
      },
      "Action": "sts:AssumeRole"
    }
  ]
}"#;
    world.add("legacy", EKSCTL_ROLE, legacy);
    let role = world.roles.get_mut(EKSCTL_ROLE).expect("the role just added");
    role.tag("alpha.eksctl.io/cluster-name", "shop");
    role.tag("aws:cloudformation:stack-name", "eksctl-shop-cluster");
    let arn = world.role_arn(EKSCTL_ROLE);
    world.cluster("data").profile("etl", &arn);

    // The role of the EC2 nodes, opened for Fargate as well.
    let jobs = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "Service": ["ec2.amazonaws.com", "eks-fargate-pods.amazonaws.com"]
      },
      "Action": "sts:AssumeRole"
    }
  ]
}"#;
    let arn = world.role_arn("shop-nodes");
    world.cluster("shop").access_entry(&arn, "EC2_LINUX");
    world.add("jobs", "shop-nodes", jobs);
    let policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryReadOnly"];
    let attached = policies.map(|name| world.managed_arn(name)).to_vec();
    let nodes = world.roles.get_mut("shop-nodes").expect("the role just added");
    nodes.attached = attached;
    nodes.instance_profiles.push("shop-nodes".into());
}

fn add_wrong_conditions(world: &mut World) {
    // The cluster's ARN where the profiles' is meant: no profile ever matches.
    let batch = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "eks-fargate-pods.amazonaws.com" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "ArnLike": {
          "aws:SourceArn": "arn:aws:eks:us-west-2:111122223333:cluster/shop"
        }
      }
    }
  ]
}"#;
    world.add("batch", "shop-fargate-batch", batch);

    // Equality takes the star to the letter; and nothing lets this role pull images.
    let search = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "eks-fargate-pods.amazonaws.com" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {
          "aws:SourceArn": "arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/*"
        }
      }
    }
  ]
}"#;
    world.add("search", "shop-fargate-search", search);
    world.roles.get_mut("shop-fargate-search").expect("the role just added").attached.clear();
}

fn add_wrong_permissions(world: &mut World) {
    // A boundary that was written for applications, not for pulling images.
    let boundary = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ApplicationsMayUse",
      "Effect": "Allow",
      "Action": ["s3:*", "sqs:*", "dynamodb:*", "logs:*"],
      "Resource": "*"
    }
  ]
}"#;
    let boundary = world.policy("platform-boundary", boundary);
    world.add("payments", "shop-fargate-payments", &trust_policy(REGION, ACCOUNT, "shop"));
    let payments = world.roles.get_mut("shop-fargate-payments").expect("the role just added");
    payments.boundary = Some(boundary);
}

fn add_unusable(world: &mut World) {
    // Deleted behind the profile's back: pods stay pending.
    let arn = world.role_arn("shop-fargate-ml");
    world.cluster("shop").profile("ml", &arn).issue(
        "AccessDenied",
        "Misconfigured Fargate Profile: fargate profile ml blocked for new launches due to: \
         Failed to assume PodExecutionRole arn:aws:iam::111122223333:role/shop-fargate-ml",
    );

    // Another team's role, of which the caller may read nothing.
    let audit = "security-fargate-audit";
    world.add("audit", audit, &trust_policy(REGION, ACCOUNT, "shop"));
    for operation in READS {
        world.deny(operation, Some(audit));
    }
}
