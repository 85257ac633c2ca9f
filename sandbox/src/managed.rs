//! The managed policies of AWS that matter here.

use std::collections::BTreeMap;

use serde_json::json;

use crate::resources::ManagedPolicy;

/// Name, default version, allowed actions.
const POLICIES: &[(&str, &str, &[&str])] = &[
    (
        "AmazonEKSFargatePodExecutionRolePolicy",
        "v1",
        &[
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
        ],
    ),
    (
        "AmazonEC2ContainerRegistryReadOnly",
        "v3",
        &[
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:GetRepositoryPolicy",
            "ecr:DescribeRepositories",
            "ecr:ListImages",
            "ecr:DescribeImages",
            "ecr:BatchGetImage",
        ],
    ),
    (
        "AmazonEKSWorkerNodePolicy",
        "v3",
        &[
            "ec2:DescribeInstances",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
            "eks:DescribeCluster",
            "eks-auth:AssumeRoleForPodIdentity",
        ],
    ),
    ("AmazonS3ReadOnlyAccess", "v3", &["s3:Get*", "s3:List*", "s3:Describe*"]),
    ("CloudWatchLogsFullAccess", "v2", &["logs:*", "cloudwatch:GenerateQuery"]),
];

/// By ARN.
pub fn policies(partition: &str) -> BTreeMap<String, ManagedPolicy> {
    let policy = |&(name, version, actions): &(&str, &str, &[&str])| {
        let statement = json!({ "Effect": "Allow", "Action": actions, "Resource": "*" });
        let document = json!({ "Version": "2012-10-17", "Statement": [statement] });
        let arn = format!("arn:{partition}:iam::aws:policy/{name}");
        (arn, ManagedPolicy::new(name, version, document))
    };
    POLICIES.iter().map(policy).collect()
}
