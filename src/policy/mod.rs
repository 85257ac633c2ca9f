//! What IAM's documented semantics make of a policy: grammar, patterns, conditions, and the trust verdict.
//!
//! Pure: this room knows strings and nothing else of the project. Everything it reads is untrusted, so parsing is
//! depth-limited, matching is linear in the pattern, and no input panics.

pub mod arn;
pub mod condition;
pub mod context;
pub mod document;
pub mod encoding;
pub mod identity;
pub mod json;
pub mod pattern;
pub mod trust;

pub use arn::Arn;
pub use context::Context;
pub use document::{Effect, Malformed, Policy, Statement};
pub use json::{Place, Pointer};
pub use trust::{Decision, Verdict};

/// The service that assumes a pod execution role. The same name in every partition (user guide, "Amazon EKS pod
/// execution IAM role"; eksctl issue 7713 for China).
pub const FARGATE_PODS_SERVICE: &str = "eks-fargate-pods.amazonaws.com";

/// The one action a pod execution role's trust policy has to allow (user guide, same page).
pub const ASSUME_ROLE: &str = "sts:AssumeRole";
