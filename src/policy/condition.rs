//! Condition operators (IAM user guide, "Condition operators" and "Multivalued context keys").

use std::cmp::Ordering;
use std::str::FromStr;

use super::context::Context;
use super::document::{Condition, Located, Version};
use super::pattern::{Pattern, Text, Wildcards};

/// A condition operator with its prefix and suffix.
#[derive(Debug, Clone, Copy)]
pub struct Operator {
    pub set: Option<Set>,
    pub test: Test,
    pub if_exists: bool,
}

/// The prefixes for keys with several values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    ForAllValues,
    ForAnyValue,
}

/// What is compared, and how.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    StringEquals {
        negated: bool,
        ignore_case: bool,
    },
    StringLike {
        negated: bool,
    },
    Numeric {
        negated: bool,
        holds: fn(Ordering) -> bool,
    },
    /// Dates, addresses and bytes: no key that EKS sends holds one, so that nothing ever matches.
    OtherType {
        negated: bool,
    },
    Bool,
    Arn {
        negated: bool,
    },
    Null,
}

impl FromStr for Operator {
    type Err = ();

    /// Reads an operator's name. Its case does not matter: the user guide is silent, IAM's simulator accepts any.
    fn from_str(name: &str) -> Result<Self, ()> {
        let lower = name.to_ascii_lowercase();
        let (set, rest) = match lower.split_once(':') {
            Some(("forallvalues", rest)) => (Some(Set::ForAllValues), rest),
            Some(("foranyvalue", rest)) => (Some(Set::ForAnyValue), rest),
            Some(_) => return Err(()),
            None => (None, lower.as_str()),
        };
        let (rest, if_exists) = rest.strip_suffix("ifexists").map_or((rest, false), |rest| (rest, true));
        let test = match rest {
            "stringequals" => Test::StringEquals { negated: false, ignore_case: false },
            "stringnotequals" => Test::StringEquals { negated: true, ignore_case: false },
            "stringequalsignorecase" => Test::StringEquals { negated: false, ignore_case: true },
            "stringnotequalsignorecase" => Test::StringEquals { negated: true, ignore_case: true },
            "stringlike" => Test::StringLike { negated: false },
            "stringnotlike" => Test::StringLike { negated: true },
            "numericequals" => Test::Numeric { negated: false, holds: Ordering::is_eq },
            "numericnotequals" => Test::Numeric { negated: true, holds: Ordering::is_eq },
            "numericlessthan" => Test::Numeric { negated: false, holds: Ordering::is_lt },
            "numericlessthanequals" => Test::Numeric { negated: false, holds: Ordering::is_le },
            "numericgreaterthan" => Test::Numeric { negated: false, holds: Ordering::is_gt },
            "numericgreaterthanequals" => Test::Numeric { negated: false, holds: Ordering::is_ge },
            "dateequals"
            | "datelessthan"
            | "datelessthanequals"
            | "dategreaterthan"
            | "dategreaterthanequals"
            | "binaryequals"
            | "ipaddress" => Test::OtherType { negated: false },
            "datenotequals" | "notipaddress" => Test::OtherType { negated: true },
            "bool" => Test::Bool,
            "arnequals" | "arnlike" => Test::Arn { negated: false },
            "arnnotequals" | "arnnotlike" => Test::Arn { negated: true },
            // "IfExists" goes with every operator but this one.
            "null" if !if_exists => Test::Null,
            _ => return Err(()),
        };
        Ok(Self { set, test, if_exists })
    }
}

impl Test {
    /// Whether the operator holds where no value matches.
    #[must_use]
    pub fn is_negated(self) -> bool {
        match self {
            Self::StringEquals { negated, .. }
            | Self::StringLike { negated }
            | Self::Numeric { negated, .. }
            | Self::OtherType { negated }
            | Self::Arn { negated } => negated,
            Self::Bool | Self::Null => false,
        }
    }
}

impl Condition {
    /// Whether the condition holds for a request.
    #[must_use]
    pub fn holds(&self, context: &Context, version: Version) -> bool {
        let Operator { set, test, if_exists } = self.operator;
        let actual = context.get(&self.key.text);
        match (test, set) {
            // Access Analyzer's policy checks: with a set operator, Null always has the same result.
            (Test::Null, Some(set)) => set == Set::ForAllValues,
            (Test::Null, None) => {
                let wanted = if actual.is_empty() { "true" } else { "false" };
                self.values.iter().any(|value| value.text.eq_ignore_ascii_case(wanted))
            }
            _ if actual.is_empty() => {
                if_exists
                    || match set {
                        Some(Set::ForAllValues) => true,
                        Some(Set::ForAnyValue) => false,
                        None => test.is_negated(),
                    }
            }
            (_, Some(Set::ForAllValues)) => actual.iter().all(|actual| self.admits(actual, context, version)),
            _ => actual.iter().any(|actual| self.admits(actual, context, version)),
        }
    }

    /// Whether one value of the request satisfies the condition: the values are alternatives, and a negated operator
    /// wants none of them to match.
    fn admits(&self, actual: &Text, context: &Context, version: Version) -> bool {
        self.values.iter().any(|value| self.matches(value, actual, context, version)) != self.operator.test.is_negated()
    }

    fn matches(&self, value: &Located, actual: &Text, context: &Context, version: Version) -> bool {
        let pattern = |wildcards| match version {
            Version::V2012 => Pattern::with_variables(&value.text, wildcards, context),
            Version::V2008 => Some(Pattern::literal_variables(&value.text, wildcards)),
        };
        match self.operator.test {
            Test::StringEquals { ignore_case: false, .. } => {
                pattern(Wildcards::Literal).is_some_and(|pattern| pattern.matches(actual))
            }
            Test::StringEquals { ignore_case: true, .. } => {
                pattern(Wildcards::Literal).is_some_and(|pattern| pattern.matches_ignoring_case(actual))
            }
            Test::StringLike { .. } => pattern(Wildcards::Active).is_some_and(|pattern| pattern.matches(actual)),
            Test::Arn { .. } => pattern(Wildcards::Active).is_some_and(|pattern| pattern.matches_arn(actual)),
            Test::Bool => actual.as_known().is_some_and(|actual| actual.eq_ignore_ascii_case(&value.text)),
            Test::Numeric { holds, .. } => numeric_order(actual, &value.text).is_some_and(holds),
            Test::OtherType { .. } | Test::Null => false,
        }
    }
}

fn numeric_order(actual: &Text, value: &str) -> Option<Ordering> {
    let actual: f64 = actual.as_known()?.parse().ok()?;
    actual.partial_cmp(&value.parse().ok()?)
}
