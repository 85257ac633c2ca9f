//! A policy's excerpt for a finding: IAM returns documents on one line, and nobody reads those.

use std::ops::Range;

use crate::check::Excerpt;
use crate::policy::json::{self, Node, Value};

/// The document's text and the bytes to point at. A document on one line is laid out anew; one with lines, or one that
/// cannot be parsed, is shown as it is.
pub(super) fn lay_out(excerpt: &Excerpt) -> (String, Range<usize>) {
    let (text, place) = (excerpt.document.as_ref(), &excerpt.place);
    if !text.trim().contains('\n')
        && let Ok(root) = json::parse(text)
    {
        let mut writer = Writer { text: String::new(), wanted: place.start..place.end, found: None };
        writer.node(&root, 0);
        if let Some(found) = writer.found {
            return (writer.text, found);
        }
    }
    let end = place.end.min(text.len());
    // Point at the first line of something long: a caret under a whole statement says nothing.
    let first_line = text[place.start.min(end)..end].find('\n').map_or(end, |length| place.start + length);
    (text.to_owned(), place.start.min(end)..first_line)
}

struct Writer {
    text: String,
    /// In the original.
    wanted: Range<usize>,
    /// In the new text.
    found: Option<Range<usize>>,
}

impl Writer {
    fn node(&mut self, node: &Node, depth: usize) {
        let start = self.text.len();
        match &node.value {
            Value::Null => self.text.push_str("null"),
            Value::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            Value::Number(text) => self.text.push_str(text),
            Value::String(text) => self.string(text),
            Value::Array(items) => self.block('[', ']', items, depth, |writer, item| writer.node(item, depth + 1)),
            Value::Object(members) => self.block('{', '}', members, depth, |writer, member| {
                let key = writer.text.len();
                writer.string(&member.key);
                writer.note(member.key_place.start, member.key_place.end, key);
                writer.text.push_str(": ");
                writer.node(&member.value, depth + 1);
            }),
        }
        self.note(node.place.start, node.place.end, start);
    }

    fn string(&mut self, text: &str) {
        self.text.push_str(&serde_json::to_string(text).expect("strings are JSON"));
    }

    fn block<T>(&mut self, open: char, close: char, items: &[T], depth: usize, write: impl Fn(&mut Self, &T)) {
        self.text.push(open);
        for (index, item) in items.iter().enumerate() {
            self.text.push_str(if index == 0 { "\n" } else { ",\n" });
            self.text.push_str(&"  ".repeat(depth + 1));
            write(self, item);
        }
        if !items.is_empty() {
            self.text.push('\n');
            self.text.push_str(&"  ".repeat(depth));
        }
        self.text.push(close);
    }

    fn note(&mut self, start: usize, end: usize, at: usize) {
        if self.wanted == (start..end) && self.found.is_none() {
            let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
            self.found = Some(at..end);
        }
    }
}

/// A value with one member a line.
pub(super) fn pretty(node: &Node) -> String {
    let mut writer = Writer { text: String::new(), wanted: usize::MAX..usize::MAX, found: None };
    writer.node(node, 0);
    writer.text
}
