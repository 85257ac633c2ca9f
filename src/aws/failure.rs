//! From the SDK's errors to what failed, why, and what to do next.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::error::Error;
use crate::model::{Fact, Unread, UnreadReason};

/// A request that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The operation as a policy names it: `iam:GetRole`.
    pub action: &'static str,
    pub resource: String,
    pub kind: FailureKind,
    /// In AWS's words.
    pub message: String,
}

/// What kind of failure, as far as it decides what happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    NotFound,
    Denied,
    Throttled,
    NoCredentials,
    SsoExpired,
    BadCredentials,
    /// The answer is none of AWS's: an emulator, or a proxy.
    NotServed,
    Unreachable,
    /// Any other error code.
    Code(String),
}

impl Failure {
    pub(super) fn of<E>(action: &'static str, resource: &str, error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let full = DisplayErrorContext(error).to_string();
        let (kind, message) = match error {
            SdkError::ServiceError(service) => {
                let metadata = service.err().meta();
                let status = service.raw().status().as_u16();
                let message = metadata.message().unwrap_or("no message").to_owned();
                match metadata.code() {
                    Some(code) => (kind_of_code(code), message),
                    None => (FailureKind::NotServed, format!("HTTP status {status} without an error code")),
                }
            }
            SdkError::ResponseError(response) => {
                let status = response.raw().status().as_u16();
                (FailureKind::NotServed, format!("HTTP status {status} with an answer that is none of AWS's"))
            }
            _ => kind_of_local(&full),
        };
        Self { action, resource: resource.to_owned(), kind, message }
    }

    /// Turns a failed read into the fact that it is: absent, or not read.
    pub(super) fn into_fact<T>(self) -> Fact<T> {
        let reason = match self.kind {
            FailureKind::NotFound => return Fact::Absent,
            FailureKind::Denied => UnreadReason::Denied,
            FailureKind::NotServed => UnreadReason::NotServed,
            _ => UnreadReason::Failed(self.message),
        };
        Fact::Unread(Unread { action: self.action.to_owned(), resource: self.resource, reason })
    }

    /// Whether no other request can succeed either, so that going on makes no sense.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        use FailureKind as K;
        matches!(self.kind, K::NoCredentials | K::SsoExpired | K::BadCredentials | K::Unreachable)
    }
}

fn kind_of_code(code: &str) -> FailureKind {
    match code {
        "NoSuchEntity" | "NoSuchEntityException" | "ResourceNotFoundException" | "NotFoundException" => {
            FailureKind::NotFound
        }
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" => FailureKind::Denied,
        "Throttling" | "ThrottlingException" | "TooManyRequestsException" | "RequestLimitExceeded" => {
            FailureKind::Throttled
        }
        "ExpiredToken"
        | "ExpiredTokenException"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "IncompleteSignature" => FailureKind::BadCredentials,
        other => FailureKind::Code(other.to_owned()),
    }
}

/// Failures before any answer: the SDK has no code for them, only its words.
fn kind_of_local(full: &str) -> (FailureKind, String) {
    let lower = full.to_ascii_lowercase();
    let kind = if lower.contains("sso") && (lower.contains("token") || lower.contains("expired")) {
        FailureKind::SsoExpired
    } else if lower.contains("credential") || lower.contains("identity") {
        FailureKind::NoCredentials
    } else {
        FailureKind::Unreachable
    };
    // The chain of causes ends in the SDK's debug output, which is of no use to anybody.
    let message = full.split(" (").next().unwrap_or(full);
    (kind, message.to_owned())
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let Failure { action, resource, kind, message } = failure;
        let service = action.split(':').next().unwrap_or_default();
        let failed = |why: &str| Error::failed(format!("{action} on {resource} failed: {why}"));
        match kind {
            FailureKind::NotFound => failed("not found").because(message),
            FailureKind::Denied => failed("access denied")
                .because(message)
                .hinted(format!("grant {action} to the caller, or use credentials that have it with --profile")),
            FailureKind::Throttled => failed("throttled, also after retries")
                .because(message)
                .hinted("wait a minute and run the command again; it starts where it stopped"),
            FailureKind::NoCredentials => Error::failed("no AWS credentials")
                .because(message)
                .hinted("aws sso login, or aws configure, or set AWS_PROFILE"),
            FailureKind::SsoExpired => {
                Error::failed("the SSO session has expired, or there is none").because(message).hinted("aws sso login")
            }
            FailureKind::BadCredentials => Error::failed("AWS does not accept the credentials")
                .because(message)
                .hinted("renew them (aws sso login, aws configure), or choose others with --profile"),
            FailureKind::NotServed => failed("the endpoint does not serve it")
                .because(message)
                .hinted(format!("look at AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_{}", service.to_ascii_uppercase())),
            FailureKind::Unreachable => failed("no answer from AWS")
                .because(message)
                .hinted("look at the region's name (--region), AWS_ENDPOINT_URL, the proxy and the network"),
            FailureKind::Code(code) => {
                let error = failed(&format!("{code}: {message}"));
                match code.as_str() {
                    "EntityAlreadyExists" => error.hinted("run the command again: it repairs what is there"),
                    "LimitExceeded" => error.hinted("use another role with --role-name, or ask for a higher quota"),
                    _ => error.hinted("look at the requests with -v; the command can be run again at any time"),
                }
            }
        }
    }
}
