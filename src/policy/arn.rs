//! Amazon Resource Names, and the ones this project is about.

use std::fmt;
use std::str::FromStr;

/// An ARN's six parts. The resource may itself contain colons.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    pub partition: String,
    pub service: String,
    pub region: String,
    pub account: String,
    pub resource: String,
}

/// Why a text is not an ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnArn(pub String);

impl fmt::Display for NotAnArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not an ARN (arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE)", self.0)
    }
}

impl std::error::Error for NotAnArn {}

impl FromStr for Arn {
    type Err = NotAnArn;

    fn from_str(text: &str) -> Result<Self, NotAnArn> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        match parts[..] {
            ["arn", partition, service, region, account, resource]
                if !partition.is_empty() && !service.is_empty() && !resource.is_empty() =>
            {
                Ok(Self {
                    partition: partition.to_owned(),
                    service: service.to_owned(),
                    region: region.to_owned(),
                    account: account.to_owned(),
                    resource: resource.to_owned(),
                })
            }
            _ => Err(NotAnArn(text.to_owned())),
        }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

impl Arn {
    /// The ARN of an IAM role. `path` begins and ends with `/`.
    #[must_use]
    pub fn role(partition: &str, account: &str, path: &str, name: &str) -> Self {
        Self {
            partition: partition.to_owned(),
            service: "iam".to_owned(),
            region: String::new(),
            account: account.to_owned(),
            resource: format!("role{path}{name}"),
        }
    }

    /// The path (with both slashes) and the name, where this is the ARN of an IAM role.
    #[must_use]
    pub fn role_path_and_name(&self) -> Option<(&str, &str)> {
        if self.service != "iam" {
            return None;
        }
        let rest = self.resource.strip_prefix("role")?;
        let slash = rest.rfind('/')?;
        let (path, name) = (&rest[..=slash], &rest[slash + 1..]);
        (path.starts_with('/') && !name.is_empty()).then_some((path, name))
    }
}

/// The partition a region belongs to, from the region's prefix (AWS general reference, "Regions and partitions").
#[must_use]
pub fn partition_of(region: &str) -> &'static str {
    const PREFIXES: [(&str, &str); 7] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-isob-", "aws-iso-b"),
        ("us-isof-", "aws-iso-f"),
        ("us-iso-", "aws-iso"),
        ("eu-isoe-", "aws-iso-e"),
        ("eusc-", "aws-eusc"),
    ];
    PREFIXES.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, partition)| partition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let text = "arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/web/1:2";
        assert_eq!(text.parse::<Arn>().unwrap().to_string(), text);
        for bad in ["", "arn", "arn:aws:eks:us-west-2:1", "x:aws:eks:r:a:res", "arn::eks:r:a:res", "arn:aws:eks:r:a:"] {
            assert!(bad.parse::<Arn>().is_err(), "{bad}");
        }
    }

    #[test]
    fn role_names_and_paths() {
        let parts = |text: &str| {
            let arn: Arn = text.parse().unwrap();
            arn.role_path_and_name().map(|(path, name)| (path.to_owned(), name.to_owned()))
        };
        assert_eq!(parts("arn:aws:iam::1:role/r"), Some(("/".into(), "r".into())));
        assert_eq!(parts("arn:aws:iam::1:role/a/b/r"), Some(("/a/b/".into(), "r".into())));
        assert_eq!(parts("arn:aws:iam::1:role/"), None);
        assert_eq!(parts("arn:aws:iam::1:roles/r"), None);
        assert_eq!(parts("arn:aws:iam::1:user/r"), None);
        assert_eq!(parts("arn:aws:sts::1:role/r"), None);
    }

    #[test]
    fn partitions() {
        for (region, partition) in [
            ("us-west-2", "aws"),
            ("cn-north-1", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
        ] {
            assert_eq!(partition_of(region), partition);
        }
    }
}
