//! The request that EKS makes when it assumes a pod execution role: which condition keys it carries.

use super::FARGATE_PODS_SERVICE;
use super::pattern::Text;

/// The condition key that holds the Fargate profile's ARN (user guide, "Amazon EKS pod execution IAM role").
pub const SOURCE_ARN: &str = "aws:SourceArn";
/// The condition key that EKS does not document to send.
pub const SOURCE_ACCOUNT: &str = "aws:SourceAccount";

/// Which Fargate profile the role is assumed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileArn {
    pub partition: String,
    pub region: String,
    pub account: String,
    pub cluster: String,
    /// `None`: any profile of the cluster.
    pub profile: Option<String>,
    /// `None`: not known yet, for EKS makes it up when the profile is created.
    pub uuid: Option<String>,
}

impl ProfileArn {
    /// The ARN, with unknown symbols for what is not known.
    #[must_use]
    pub fn text(&self) -> Text {
        let Self { partition, region, account, cluster, profile, uuid } = self;
        let text = Text::default().known(&format!("arn:{partition}:eks:{region}:{account}:fargateprofile/{cluster}/"));
        let text = match profile {
            Some(name) => text.known(name),
            None => text.unknown(),
        }
        .known("/");
        match uuid {
            Some(uuid) => text.known(uuid),
            None => text.uuid(),
        }
    }

    /// The value of `aws:SourceArn` that the user guide recommends: every profile of this cluster, and no other.
    #[must_use]
    pub fn recommended_pattern(&self) -> String {
        let Self { partition, region, account, cluster, .. } = self;
        format!("arn:{partition}:eks:{region}:{account}:fargateprofile/{cluster}/*")
    }

    /// The widest value of `aws:SourceArn` that still keeps other accounts out. The user guide documents both
    /// widenings (region and cluster).
    #[must_use]
    pub fn account_pattern(&self) -> String {
        let Self { partition, account, .. } = self;
        format!("arn:{partition}:eks:*:{account}:fargateprofile/*/*")
    }
}

/// The condition keys of a request, with their values.
#[derive(Debug, Clone)]
pub struct Context {
    values: Vec<(&'static str, Vec<Text>)>,
}

impl Context {
    /// What EKS sends when it assumes the role for `profile`, read as if `aws:SourceAccount` were sent as well.
    ///
    /// Every other key (`aws:PrincipalOrgID`, `sts:ExternalId`, `aws:MultiFactorAuthPresent`, …) is absent, as for
    /// any call that an AWS service makes by itself (IAM user guide, "AWS global condition context keys").
    #[must_use]
    pub fn fargate(profile: &ProfileArn) -> Self {
        let known = |text: &str| vec![Text::default().known(text)];
        Self {
            values: vec![
                (SOURCE_ARN, vec![profile.text()]),
                (SOURCE_ACCOUNT, known(&profile.account)),
                ("aws:PrincipalIsAWSService", known("true")),
                ("aws:PrincipalServiceName", known(FARGATE_PODS_SERVICE)),
                ("aws:PrincipalServiceNamesList", known(FARGATE_PODS_SERVICE)),
            ],
        }
    }

    /// This request without `key`.
    #[must_use]
    pub fn without(mut self, key: &str) -> Self {
        self.values.retain(|(name, _)| !name.eq_ignore_ascii_case(key));
        self
    }

    /// The values of a key; none where the request does not carry it. Names of keys are case-insensitive.
    #[must_use]
    pub fn get(&self, key: &str) -> &[Text] {
        self.values.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map_or(&[], |(_, values)| values)
    }

    /// The names of the keys that the request carries.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.values.iter().map(|(name, _)| *name)
    }
}
