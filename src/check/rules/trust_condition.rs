//! The conditions of the trust policy admit the cluster's Fargate profiles.

use crate::check::{Check, Judge, Reporter, Severity, TrustCase};
use crate::model::ClusterPlace;
use crate::policy::condition::Test;
use crate::policy::context::{ProfileArn, SOURCE_ACCOUNT, SOURCE_ARN};
use crate::policy::document::{Condition, Located, Version, closest};
use crate::policy::pattern::{Pattern, Text, Wildcards};
use crate::policy::{ASSUME_ROLE, Context, Verdict, trust};

pub static CHECK: Check = Check {
    id: "trust-condition",
    severity: Severity::Error,
    summary: "The conditions of the trust policy admit the Fargate profiles of this cluster",
    why: "EKS sends the profile's ARN, arn:PARTITION:eks:REGION:ACCOUNT:fargateprofile/CLUSTER/PROFILE/UUID, as \
          aws:SourceArn. A condition that this ARN does not meet shuts EKS out: \"Misconfigured PodExecutionRole \
          Trust Policy\", or pods that stay Pending. Seen in the wild: the cluster's ARN, no /* at the end, another \
          region, account or partition, * under StringEquals, and keys that EKS does not send (sts:ExternalId, \
          aws:PrincipalOrgID, MFA).",
    fix: "Write \"ArnLike\": {\"aws:SourceArn\": \"arn:aws:eks:REGION:ACCOUNT:fargateprofile/CLUSTER/*\"}; for \
          several clusters, one list under the one key. ensure does that.",
    sources: &[
        "Amazon EKS user guide, \"Amazon EKS pod execution IAM role\"",
        "IAM user guide, \"IAM JSON policy elements: Condition operators\"",
    ],
    judge: Judge::Trust(judge),
};

fn judge(case: &TrustCase, report: &mut Reporter) {
    let Ok(policy) = &case.parsed else { return };
    let mut reported = Vec::new();
    for request in &case.requests {
        if request.decision.verdict == Verdict::Allow || request_is_allowed(case, &request.decision.outcomes) {
            continue;
        }
        for (index, statement) in case.allows() {
            if !trust::names_fargate(statement) || !statement.action.covers(ASSUME_ROLE) {
                continue;
            }
            for &failed in &request.decision.outcomes[index].failed_conditions {
                if reported.contains(&(index, failed)) {
                    continue;
                }
                reported.push((index, failed));
                let condition = &statement.conditions[failed];
                let Mistake { what, place_is_key, label } =
                    mistake(condition, &case.place, &request.profile, policy.version);
                let place = if place_is_key { &condition.key.place } else { &condition.place };
                let fix = case.fix(format!(
                    "\"Condition\": {{\"ArnLike\": {{\"aws:SourceArn\": \"{}\"}}}}",
                    case.expected_pattern()
                ));
                case.find(report, format!("a condition shuts EKS out: {what}"), fix, place, label);
            }
        }
    }
}

/// Whether some Allow applies: then it is a Deny that decides, and another check's matter.
fn request_is_allowed(case: &TrustCase, outcomes: &[trust::Outcome]) -> bool {
    case.allows().any(|(index, _)| outcomes[index].applies())
}

struct Mistake {
    what: String,
    place_is_key: bool,
    label: String,
}

fn mistake(condition: &Condition, place: &ClusterPlace, profile: &ProfileArn, version: Version) -> Mistake {
    let key = condition.key.text.as_str();
    let expected = profile.recommended_pattern();
    let context = Context::fargate(profile);
    let at_value = |what: String, label: String| Mistake { what, place_is_key: false, label };
    if context.get(key).is_empty() {
        let known: Vec<&str> = context.keys().collect();
        let what = match closest(key, &known) {
            Some(meant) => format!("there is no key {key}; {meant} is meant"),
            None => format!("EKS does not send {key}, and {} needs it", condition.operator_name.text),
        };
        return Mistake { what, place_is_key: true, label: format!("not sent; use \"{SOURCE_ARN}\"") };
    }
    if key.eq_ignore_ascii_case(SOURCE_ACCOUNT) {
        return at_value(
            format!("{SOURCE_ACCOUNT} is not the cluster's account, {}", place.account),
            format!("should be \"{}\"", place.account),
        );
    }
    if !key.eq_ignore_ascii_case(SOURCE_ARN) {
        let what = format!("{} {key} does not hold for a call of the service", condition.operator_name.text);
        return at_value(what, "never holds".to_owned());
    }
    if condition.operator.test.is_negated() {
        let what = format!("{} excludes the very profiles of this cluster", condition.operator_name.text);
        return at_value(what, format!("use ArnLike with \"{expected}\""));
    }
    let should = format!("should be \"{expected}\"");
    if matches!(condition.operator.test, Test::Null) {
        return at_value("Null wants aws:SourceArn to be absent, and EKS sends it".to_owned(), should);
    }
    // Values for other clusters are right in their own way; the odd one is more likely the mistake.
    let for_others = |value: &&Located| value.text.contains(":fargateprofile/") && value.text.contains(&place.account);
    let Some(value) = condition.values.iter().find(|value| !for_others(value)).or(condition.values.first()) else {
        return at_value("aws:SourceArn has an empty list of values, which nothing matches".to_owned(), should);
    };
    let equality = matches!(condition.operator.test, Test::StringEquals { .. });
    if equality && value.text.contains(['*', '?']) {
        let what = format!("{} takes * and ? to the letter, so that no ARN matches", condition.operator_name.text);
        return at_value(what, format!("use ArnLike instead of {}", condition.operator_name.text));
    }
    if version == Version::V2008 && value.text.contains("${") {
        let what = "without \"Version\": \"2012-10-17\", ${…} is literal text, and no ARN matches";
        return at_value(what.to_owned(), "literal text".to_owned());
    }
    let others = if condition.values.len() > 1 { " (nor does any other of its values match)" } else { "" };
    at_value(format!("aws:SourceArn {}{others}", arn_mistake(&value.text, place, profile)), should)
}

/// Names what is wrong with a value that should match the profile's ARN.
fn arn_mistake(value: &str, place: &ClusterPlace, profile: &ProfileArn) -> String {
    if value.trim() != value {
        return "has white space at its start or end".to_owned();
    }
    let parts: Vec<&str> = value.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = parts[..] else {
        return format!("has {} of the six parts of an ARN", parts.len());
    };
    let differs = |pattern: &str, actual: &str| {
        let pattern_matches = Pattern::literal_variables(pattern, Wildcards::Active);
        !pattern.contains('$') && !pattern_matches.matches(&Text::default().known(actual))
    };
    if arn != "arn" {
        return "does not begin with arn:".to_owned();
    }
    let cluster = &place.name;
    if let Some((kind, name)) = resource.split_once('/') {
        match kind {
            "cluster" => return "is the ARN of the cluster; EKS sends the ARN of the Fargate profile".to_owned(),
            "nodegroup" => return "is the ARN of a node group; EKS sends the ARN of the Fargate profile".to_owned(),
            "fargateprofile" => {
                if let Some(what) = wrong_part(&differs, partition, service, region, account, place) {
                    return what;
                }
                return name_mistake(name, cluster, profile);
            }
            _ => {}
        }
    }
    if let Some(what) = wrong_part(&differs, partition, service, region, account, place) {
        return what;
    }
    let kind = resource.split(['/', ':']).next().unwrap_or_default();
    format!("names the resource type \"{kind}\"; it has to be fargateprofile/{cluster}/*")
}

fn wrong_part(
    differs: &impl Fn(&str, &str) -> bool,
    partition: &str,
    service: &str,
    region: &str,
    account: &str,
    place: &ClusterPlace,
) -> Option<String> {
    let wrong = |what: &str, value: &str, actual: &str| {
        differs(value, actual).then(|| format!("names the {what} {value}; the cluster is in {actual}"))
    };
    wrong("partition", partition, &place.partition)
        .or_else(|| differs(service, "eks").then(|| format!("names the service {service}, not eks")))
        .or_else(|| wrong("region", region, &place.region))
        .or_else(|| wrong("account", account, &place.account))
}

/// What follows `fargateprofile/`.
fn name_mistake(name: &str, cluster: &str, profile: &ProfileArn) -> String {
    let mut segments = name.split('/');
    let (first, second, third) = (segments.next().unwrap_or_default(), segments.next(), segments.next());
    if first.is_empty() {
        return "has a slash too many".to_owned();
    }
    if first != cluster && !first.contains(['*', '?', '$']) {
        return if first.eq_ignore_ascii_case(cluster) {
            format!("names the cluster {first}; upper and lower case matter: {cluster}")
        } else {
            format!("names the cluster {first}, not {cluster}")
        };
    }
    match (second, third) {
        (None, _) => "ends with the cluster; a profile's ARN goes on, so it needs /* at its end".to_owned(),
        (Some(named), None) if Some(named) == profile.profile.as_deref() => {
            "ends with the profile's name; a UUID follows, so it needs /* at its end".to_owned()
        }
        (Some(_), Some(uuid)) if uuid.len() == 36 && !uuid.contains(['*', '?']) => {
            "names the UUID of one profile; a profile that is created again has another".to_owned()
        }
        (Some(named), _) => match &profile.profile {
            Some(profile) => format!("names the profile {named}, not {profile}"),
            None => format!("admits the profile {named} only, not every profile of {cluster}"),
        },
    }
}
