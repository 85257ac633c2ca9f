"""Seeds an account of moto, or prints a role's trust policy: `account.py URL seed`, `account.py URL trust ROLE`."""

import json
import sys

import boto3

url, action = sys.argv[1:3]
session = boto3.Session("test", "test", region_name="us-west-2")
iam, eks = (session.client(name, endpoint_url=url) for name in ("iam", "eks"))

if action == "seed":
    service = {"Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    foreign = {
        "Sid": "Ops",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": "sts:AssumeRole",
    }
    trust = {"Version": "2012-10-17", "Statement": [service, foreign]}
    iam.create_role(RoleName="shop-fargate", AssumeRolePolicyDocument=json.dumps(trust))
    policy = "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"
    iam.attach_role_policy(RoleName="shop-fargate", PolicyArn=policy)
    cluster_role = "arn:aws:iam::123456789012:role/cluster"
    eks.create_cluster(name="shop", roleArn=cluster_role, resourcesVpcConfig={"subnetIds": ["subnet-1"]})
else:
    print(json.dumps(iam.get_role(RoleName=sys.argv[3])["Role"]["AssumeRolePolicyDocument"]))
