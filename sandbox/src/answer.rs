//! Answers: a JSON value or a failure from the services, rendered in the protocol of the one that was asked.

use std::fmt::Write;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::call::Call;
use crate::world::stable_uuid;

/// What a service has to say; in XML, objects become elements, lists become `<member>`s, null is left out.
pub type Answer = Result<Value, Failure>;

/// An error of AWS.
#[derive(Debug)]
pub struct Failure {
    status: u16,
    code: String,
    message: String,
    /// What an EKS error says beside its message: `clusterName`, `fargateProfileName`.
    fields: Vec<(&'static str, String)>,
}

impl Failure {
    pub fn new(status: u16, code: &str, message: &str) -> Failure {
        Failure { status, code: code.to_owned(), message: message.to_owned(), fields: Vec::new() }
    }

    pub fn with(mut self, field: &'static str, value: &str) -> Failure {
        self.fields.push((field, value.to_owned()));
        self
    }
}

pub fn render(call: &Call, answer: &Answer) -> Response {
    // The same request gets the same id, so that captured output does not change.
    let id = stable_uuid(&format!("{} {}", call.operation, call.resource()));
    let status = answer.as_ref().map_or_else(|failure| failure.status, |_| 200);
    let mut response = Response::builder().status(status).header("x-amzn-requestid", &id);
    let body = if matches!(call.service.as_str(), "iam" | "sts") {
        response = response.header(CONTENT_TYPE, "text/xml");
        query_document(call, answer, &id)
    } else {
        response = response.header(CONTENT_TYPE, "application/json");
        if let Err(failure) = answer {
            response = response.header("x-amzn-errortype", &failure.code);
        }
        rest_document(answer).to_string()
    };
    response.body(Body::from(body)).expect("a valid response")
}

/// The answer of a server that is not AWS: other emulators say this about operations that they do not serve.
pub fn html(status: u16) -> Response {
    let body = "<!doctype html>\n<html lang=en>\n<title>Not served</title>\n<h1>Not served</h1>\n";
    let response = Response::builder().status(status).header(CONTENT_TYPE, "text/html; charset=utf-8");
    response.body(Body::from(body)).expect("a valid response")
}

/// A moment as IAM writes it; EKS writes the number.
pub fn iso(epoch_seconds: i64) -> String {
    let moment = OffsetDateTime::from_unix_timestamp(epoch_seconds).expect("a date of our era");
    moment.format(&Rfc3339).expect("a date of our era")
}

fn rest_document(answer: &Answer) -> Value {
    match answer {
        Ok(value) => value.clone(),
        Err(failure) => {
            let mut body = json!({ "message": failure.message });
            for (field, value) in &failure.fields {
                body[field] = json!(value);
            }
            body
        }
    }
}

fn query_document(call: &Call, answer: &Answer, id: &str) -> String {
    let namespace = match call.service.as_str() {
        "iam" => "https://iam.amazonaws.com/doc/2010-05-08/",
        _ => "https://sts.amazonaws.com/doc/2011-06-15/",
    };
    let (root, content) = match answer {
        Ok(value) => {
            let result = format!("{}Result", call.operation);
            // Two objects, since clients read the result first, and the keys of one would be sorted.
            let metadata = json!({ "ResponseMetadata": { "RequestId": id } });
            (format!("{}Response", call.operation), vec![json!({ result: value }), metadata])
        }
        Err(failure) => {
            let sender = if failure.status < 500 { "Sender" } else { "Receiver" };
            let error = json!({ "Type": sender, "Code": failure.code, "Message": failure.message });
            ("ErrorResponse".to_owned(), vec![json!({ "Error": error, "RequestId": id })])
        }
    };
    let mut xml = format!("<{root} xmlns=\"{namespace}\">");
    for part in &content {
        write_content(&mut xml, part);
    }
    let _ = write!(xml, "</{root}>");
    xml
}

fn write_content(xml: &mut String, value: &Value) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| write_element(xml, name, value)),
        Value::Array(items) => items.iter().for_each(|item| write_element(xml, "member", item)),
        Value::String(text) => xml.push_str(&escape(text)),
        other => xml.push_str(&other.to_string()),
    }
}

fn write_element(xml: &mut String, name: &str, value: &Value) {
    if !value.is_null() {
        let _ = write!(xml, "<{name}>");
        write_content(xml, value);
        let _ = write!(xml, "</{name}>");
    }
}

/// `&` first; a bare carriage return would be read as a line feed.
fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\r', "&#13;")
}
