//! A request, read: which operation of which service, on what, with which parameters.

use axum::http::{HeaderMap, Method, Uri};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::answer::Failure;
use crate::world::World;

pub struct Call {
    /// As signed for: `iam`, `eks`, `sts`; empty where the request is not signed.
    pub service: String,
    pub region: String,
    pub operation: String,
    /// What an EKS path names: the cluster, then the profile or the access entry's principal.
    pub names: Vec<String>,
    /// The form of an IAM request; the query and the JSON body of an EKS request.
    pub parameters: Map<String, Value>,
}

impl Call {
    pub fn read(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Call {
        let (region, service) = signed_for(headers);
        if service == "eks" {
            let mut parameters = form(uri.query().unwrap_or_default().as_bytes());
            if let Ok(Value::Object(fields)) = serde_json::from_slice(body) {
                parameters.extend(fields);
            }
            let (operation, names) = eks_route(method, uri.path());
            Call { service, region, operation, names, parameters }
        } else {
            let parameters = form(body);
            let operation = parameters.get("Action").and_then(Value::as_str).unwrap_or_default().to_owned();
            Call { service, region, operation, names: Vec::new(), parameters }
        }
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).and_then(Value::as_str)
    }

    /// A parameter that an IAM operation cannot do without.
    pub fn required(&self, name: &str) -> Result<&str, Failure> {
        self.text(name).ok_or_else(|| Failure::new(400, "ValidationError", &format!("{name} is required")))
    }

    /// The values of a list in a query form: `Name.member.1`, `Name.member.2`, …, each with `field` behind it.
    pub fn members(&self, name: &str, field: &str) -> Vec<&str> {
        (1..).map_while(|n| self.text(&format!("{name}.member.{n}{field}"))).collect()
    }

    /// What the request is about, for the log and for faults. A role is always meant by its name.
    pub fn resource(&self) -> String {
        if let Some(arn) = self.text("PolicySourceArn") {
            return arn.rsplit('/').next().unwrap_or(arn).to_owned();
        }
        let fields = ["RoleName", "PolicyArn", "fargateProfileName"];
        let named = fields.iter().find_map(|field| self.text(field)).map(str::to_owned);
        self.names.iter().cloned().chain(named).collect::<Vec<_>>().join("/")
    }

    /// One page of `items`, and the token for the next one. A page never holds more than `limit`.
    pub fn page(&self, items: Vec<Value>, limit: usize) -> Result<(Vec<Value>, Option<String>), Failure> {
        let bad = || Failure::new(400, "InvalidParameterException", "Invalid pagination token or page size");
        let number = |names: [&str; 2]| names.iter().find_map(|name| self.text(name)).map(str::parse::<usize>);
        let start = number(["Marker", "nextToken"]).transpose().map_err(|_| bad())?.unwrap_or(0);
        let asked = number(["MaxItems", "maxResults"]).transpose().map_err(|_| bad())?.unwrap_or(100);
        let end = start.saturating_add(asked.min(limit).max(1));
        let next = (end < items.len()).then(|| end.to_string());
        Ok((items.into_iter().take(end).skip(start).collect(), next))
    }

    pub fn throttled(&self) -> Failure {
        match self.service.as_str() {
            "eks" => Failure::new(429, "ThrottlingException", "Rate exceeded"),
            _ => Failure::new(400, "Throttling", "Rate exceeded"),
        }
    }

    pub fn denied(&self, world: &World) -> Failure {
        let action = format!("{}:{}", self.service, self.operation);
        let (code, resource) = match (self.service.as_str(), self.names.first()) {
            ("eks", cluster) => {
                let cluster = cluster.map_or("*", String::as_str);
                ("AccessDeniedException", world.arn("eks", &self.region, &format!("cluster/{cluster}")))
            }
            _ if self.text("PolicyArn").is_some() && self.text("RoleName").is_none() => {
                ("AccessDenied", format!("policy {}", self.resource()))
            }
            _ => ("AccessDenied", format!("role {}", self.resource())),
        };
        let user = world.caller();
        let message = format!(
            "User: {user} is not authorized to perform: {action} on resource: {resource} \
             because no identity-based policy allows the {action} action"
        );
        Failure::new(403, code, &message)
    }
}

/// Region and service from `AWS4-HMAC-SHA256 Credential=AKID/DATE/REGION/SERVICE/aws4_request, …`.
fn signed_for(headers: &HeaderMap) -> (String, String) {
    let authorization = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let credential = authorization.split_once("Credential=").map_or("", |(_, rest)| rest);
    let mut scope = credential.split('/').skip(2).map(str::to_owned);
    (scope.next().unwrap_or_default(), scope.next().unwrap_or_default())
}

fn form(text: &[u8]) -> Map<String, Value> {
    form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), Value::from(value))).collect()
}

/// The operation behind a method and a path, and the names in the path.
fn eks_route(method: &Method, path: &str) -> (String, Vec<String>) {
    let decode = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
    let parts: Vec<String> = path.split('/').skip(1).map(decode).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (operation, names) = match (method.as_str(), parts.as_slice()) {
        ("GET", ["clusters"]) => ("ListClusters", vec![]),
        ("GET", ["clusters", cluster]) => ("DescribeCluster", vec![*cluster]),
        ("GET", ["clusters", cluster, "fargate-profiles"]) => ("ListFargateProfiles", vec![*cluster]),
        ("POST", ["clusters", cluster, "fargate-profiles"]) => ("CreateFargateProfile", vec![*cluster]),
        ("GET", ["clusters", cluster, "fargate-profiles", name]) => ("DescribeFargateProfile", vec![*cluster, *name]),
        ("DELETE", ["clusters", cluster, "fargate-profiles", name]) => ("DeleteFargateProfile", vec![*cluster, *name]),
        ("GET", ["clusters", cluster, "access-entries"]) => ("ListAccessEntries", vec![*cluster]),
        ("GET", ["clusters", cluster, "access-entries", arn]) => ("DescribeAccessEntry", vec![*cluster, *arn]),
        _ => return (format!("{method} {path}"), vec![]),
    };
    (operation.to_owned(), names.into_iter().map(str::to_owned).collect())
}
