//! The Fargate profile that is asked for: its limits, and how it compares with one that exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::model::{FargateProfile, Selector};

/// A Fargate profile to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredProfile {
    pub name: String,
    pub role_arn: String,
    pub selectors: Vec<Selector>,
    /// Empty: EKS takes the private subnets of the cluster.
    pub subnets: Vec<String>,
    pub tags: BTreeMap<String, String>,
}

/// Why EKS would refuse a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadProfile(pub String);

impl fmt::Display for BadProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Checks what EKS checks, before anything is asked of it (API: `CreateFargateProfile`; user guide, "Define which pods
/// use AWS Fargate when launched").
///
/// # Errors
/// [`BadProfile`], with the limit that is exceeded.
pub fn validate_profile(name: &str, selectors: &[Selector]) -> Result<(), BadProfile> {
    let bad = |message: String| Err(BadProfile(message));
    let name_fits =
        (1..=100).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if !name_fits {
        return bad(format!("the profile name \"{name}\" has to be 1 to 100 letters, digits, - and _"));
    }
    if name.to_ascii_lowercase().starts_with("eks-") {
        return bad(format!("the profile name \"{name}\" begins with eks-, which EKS keeps for itself"));
    }
    if selectors.is_empty() {
        return bad("a Fargate profile needs a selector: --namespace NAME, or --selector NAMESPACE:KEY=VALUE".into());
    }
    if selectors.len() > 5 {
        return bad(format!("a Fargate profile has 5 selectors at most, not {}", selectors.len()));
    }
    for selector in selectors {
        if selector.namespace.is_empty() {
            return bad("a selector has no namespace".into());
        }
        if selector.labels.len() > 5 {
            let (namespace, count) = (&selector.namespace, selector.labels.len());
            return bad(format!("the selector of namespace {namespace} has {count} labels; EKS takes 5 at most"));
        }
    }
    let mut seen = BTreeSet::new();
    match selectors.iter().find(|selector| !seen.insert(*selector)) {
        Some(twice) => bad(format!("the selector of namespace {} stands twice", twice.namespace)),
        None => Ok(()),
    }
}

/// A profile that exists under the name that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExistingProfile {
    /// It is what is asked for.
    Same,
    /// What differs; a profile cannot be changed.
    Different(Vec<String>),
}

/// Compares; what was not asked for (subnets, tags) is not compared.
#[must_use]
pub fn compare_profile(existing: &FargateProfile, desired: &DesiredProfile) -> ExistingProfile {
    let mut differences = Vec::new();
    let mut differ = |what: &str, is: String, asked: String| {
        if is != asked {
            differences.push(format!("{what}: is {is}, asked for {asked}"));
        }
    };
    differ("role", existing.pod_execution_role_arn.clone(), desired.role_arn.clone());
    differ("selectors", show_selectors(&existing.selectors), show_selectors(&desired.selectors));
    if !desired.subnets.is_empty() {
        differ("subnets", show_set(&existing.subnets), show_set(&desired.subnets));
    }
    for (key, value) in &desired.tags {
        let is = existing.tags.get(key).cloned().unwrap_or_else(|| "not set".to_owned());
        differ(&format!("tag {key}"), is, value.clone());
    }
    match differences.is_empty() {
        true => ExistingProfile::Same,
        false => ExistingProfile::Different(differences),
    }
}

fn show_set(items: &[String]) -> String {
    items.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(",")
}

fn show_selectors(selectors: &[Selector]) -> String {
    let shown: BTreeSet<String> = selectors.iter().map(ToString::to_string).collect();
    shown.into_iter().collect::<Vec<_>>().join(" ")
}

impl fmt::Display for Selector {
    /// As `--selector` takes it: `namespace:key=value,key=value`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels: Vec<_> = self.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
        match labels.is_empty() {
            true => f.write_str(&self.namespace),
            false => write!(f, "{}:{}", self.namespace, labels.join(",")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(namespace: &str) -> Selector {
        Selector { namespace: namespace.into(), labels: BTreeMap::new() }
    }

    #[test]
    fn limits() {
        let one = [selector("a")];
        let error = |name: &str, selectors: &[Selector]| validate_profile(name, selectors).unwrap_err().0;
        assert_eq!(validate_profile("web_1-A", &one), Ok(()));
        assert_eq!(validate_profile("x", &[Selector { namespace: "*".into(), ..Selector::default() }]), Ok(()));
        assert!(error("", &one).contains("1 to 100"));
        assert!(error(&"a".repeat(101), &one).contains("1 to 100"));
        assert!(error("a b", &one).contains("1 to 100"));
        assert!(error("EKS-web", &one).contains("eks-"));
        assert!(error("web", &[]).contains("--namespace"));
        assert!(error("web", &["a", "b", "c", "d", "e", "f"].map(selector)).contains("5 selectors at most, not 6"));
        assert!(error("web", &[selector("a"), selector("a")]).contains("twice"));
        let labels = (0..6).map(|n| (n.to_string(), String::new())).collect();
        assert!(error("web", &[Selector { namespace: "a".into(), labels }]).contains("6 labels"));
    }
}
