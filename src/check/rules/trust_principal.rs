//! The trust policy names the service that assumes the role.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};
use crate::policy::document::{Principal, PrincipalKind};
use crate::policy::{FARGATE_PODS_SERVICE, trust};

pub static CHECK: Check = Check {
    id: "trust-principal",
    severity: Severity::Error,
    summary: "The trust policy allows the service eks-fargate-pods.amazonaws.com",
    why: "EKS refuses a Fargate profile whose role does not trust eks-fargate-pods.amazonaws.com (\"Misconfigured \
          PodExecutionRole Trust Policy\"); where the trust was broken later, new pods stay Pending. Similar names \
          are other services: eks.amazonaws.com is the control plane, eks-fargate.amazonaws.com belongs to the \
          service-linked role. The name is the same in every partition, China included.",
    fix: "Add a statement that allows sts:AssumeRole to {\"Service\": \"eks-fargate-pods.amazonaws.com\"}. ensure \
          does that and leaves the other statements as they are.",
    sources: &[
        "Amazon EKS user guide, \"Amazon EKS pod execution IAM role\"",
        "eksctl issue 7713 (the service's name in China)",
    ],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    if case.parsed.is_err() || case.allows().any(|(_, statement)| trust::names_fargate(statement)) {
        return;
    }
    let fix = case.fix(format!("\"Principal\": {{\"Service\": \"{FARGATE_PODS_SERVICE}\"}}"));
    let principals = case.allows().flat_map(|(_, statement)| &statement.principals);
    let nearest = principals.filter_map(|principal| Some((near_miss(principal)?, principal))).min_by_key(|(m, _)| m.0);
    if let Some((NearMiss(_, what), principal)) = nearest {
        let message = format!("the trust policy does not allow {FARGATE_PODS_SERVICE}: {what}");
        case.find(report, message, fix, &principal.id.place, format!("should be \"{FARGATE_PODS_SERVICE}\""));
    } else if let Some((_, statement)) = case.allows().next() {
        let message = format!("the trust policy does not allow {FARGATE_PODS_SERVICE}");
        case.find(report, message, fix, &statement.principal_place, format!("no \"{FARGATE_PODS_SERVICE}\" here"));
    } else {
        report.find(format!("no statement of the trust policy allows {FARGATE_PODS_SERVICE}"), fix);
    }
}

/// How near, and what it is instead.
struct NearMiss(usize, String);

/// Names what somebody probably meant to be the service.
fn near_miss(principal: &Principal) -> Option<NearMiss> {
    let id = principal.id.text.as_str();
    let near = |rank, what: String| Some(NearMiss(rank, what));
    if principal.kind == PrincipalKind::Aws && id == FARGATE_PODS_SERVICE {
        return near(0, "the service's name stands under the key AWS, where it never matches".to_owned());
    }
    if principal.kind == PrincipalKind::Federated {
        return near(9, format!("{id} is an identity provider, as roles for service accounts (IRSA) have"));
    }
    if principal.kind != PrincipalKind::Service {
        return None;
    }
    if id.contains(['*', '?']) {
        return near(1, format!("\"{id}\" has a wildcard, and service names match to the letter"));
    }
    let plain = id.trim().trim_end_matches('.').to_ascii_lowercase();
    let plain = plain.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    if plain == FARGATE_PODS_SERVICE {
        return near(0, format!("\"{id}\" differs in case, white space or punctuation, and names match to the letter"));
    }
    if matches!(plain.strip_prefix("eks-fargate-pods."), Some("amazonaws.com.cn" | "amazonaws.cn")) {
        return near(0, format!("{id} does not exist: the service has the same name in every partition, without .cn"));
    }
    let known = match plain {
        "eks-fargate.amazonaws.com" => "the principal of the service-linked role AWSServiceRoleForAmazonEKSForFargate",
        "eks.amazonaws.com" => "the EKS control plane, as cluster roles have",
        "eks-nodegroup.amazonaws.com" => "the principal of managed node groups",
        "ec2.amazonaws.com" => "EC2, as the roles of nodes have",
        "pods.eks.amazonaws.com" => "EKS Pod Identity, which does not work on Fargate",
        "ecs-tasks.amazonaws.com" => "the principal of tasks of Amazon ECS, not EKS",
        "fargate.amazonaws.com" => "no principal of EKS",
        _ => {
            let distance = strsim::damerau_levenshtein(plain, FARGATE_PODS_SERVICE);
            let alike = distance <= 4 || plain.starts_with("eks-fargate-pod");
            return if alike { near(distance, format!("{id} is a typing error")) } else { None };
        }
    };
    near(5, format!("{id} is {known}"))
}
