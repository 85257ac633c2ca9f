//! The log of requests: what was asked, when, and what depended on what.

use std::time::Instant;

use serde_json::Value;

use crate::call::Call;

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Request {
    /// `iam`, `eks` or `sts`.
    pub service: String,
    /// The API operation, as `GetRole`.
    pub operation: String,
    /// A role's name, `cluster`, `cluster/profile`, a policy's ARN…; empty for lists of everything.
    pub resource: String,
    /// The region that the request was signed for.
    pub region: String,
    /// The fields of the query's form, or of the JSON body.
    pub parameters: Value,
    /// The HTTP status; 0 while there is no answer, or when the client left without waiting for it.
    pub status: u16,
    /// When it arrived.
    pub started: Instant,
    /// When its answer was ready; equal to `started` while there is none.
    pub answered: Instant,
    ticket: u64,
}

impl Request {
    /// Whether the operation could change anything; one that is not served counts by its HTTP method.
    pub fn is_write(&self) -> bool {
        !["GET ", "Get", "List", "Describe", "Simulate"].iter().any(|verb| self.operation.starts_with(verb))
    }
}

/// All requests, noted on arrival so that those whose client gives up are seen too.
#[derive(Default)]
pub struct Log {
    entries: Vec<Request>,
    tickets: u64,
}

impl Log {
    pub fn arrived(&mut self, call: &Call) -> u64 {
        self.tickets += 1;
        let now = Instant::now();
        self.entries.push(Request {
            service: call.service.clone(),
            operation: call.operation.clone(),
            resource: call.resource(),
            region: call.region.clone(),
            parameters: Value::Object(call.parameters.clone()),
            status: 0,
            started: now,
            answered: now,
            ticket: self.tickets,
        });
        self.tickets
    }

    /// Notes the answer, unless the entry was cleared in the meantime.
    pub fn answered(&mut self, ticket: u64, status: u16) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.ticket == ticket) {
            entry.status = status;
            entry.answered = Instant::now();
        }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.entries.clone()
    }

    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Taking always the next request to be answered among those that started late enough gives a longest chain.
    pub fn longest_chain(&self) -> Vec<Request> {
        let mut answered: Vec<_> = self.entries.iter().filter(|request| request.status != 0).collect();
        answered.sort_by_key(|request| request.answered);
        let mut chain: Vec<Request> = Vec::new();
        for request in answered {
            if chain.last().is_none_or(|last| last.answered <= request.started) {
                chain.push(request.clone());
            }
        }
        chain
    }
}
