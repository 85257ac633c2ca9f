//! JSON that remembers where each value stands, so that a finding can point at it.
//!
//! `serde_json` does the parsing; its `RawValue` borrows from the text, which gives each value's place for free.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::document::Malformed;

/// Deeper than any policy of the IAM grammar (8 levels), shallow enough for any stack.
const MAX_DEPTH: usize = 32;

/// An RFC 6901 JSON pointer.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer of the member `key` below this one.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        Self(format!("{}/{}", self.0, key.replace('~', "~0").replace('/', "~1")))
    }

    /// The pointer of the element `index` below this one.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where something stands in a document: its pointer, and its bytes in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub pointer: Pointer,
    pub start: usize,
    pub end: usize,
}

impl Place {
    fn of(pointer: Pointer, span: Range<usize>) -> Self {
        Self { pointer, start: span.start, end: span.end }
    }
}

/// A JSON value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    pub place: Place,
    pub value: Value,
}

/// A JSON value; numbers keep their text.
#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// A member of an object, in the order of the text.
#[derive(Debug, Clone)]
pub struct Member {
    pub key: String,
    pub key_place: Place,
    pub value: Node,
}

impl Value {
    /// The JSON type's name, with an article, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

/// Parses `text` as one strict JSON value.
///
/// # Errors
/// [`Malformed`] for a syntax error, a duplicate key, or nesting deeper than 32 levels.
pub fn parse(text: &str) -> Result<Node, Malformed> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| syntax_error(text, &error))?;
    Reader { text }.node(raw, Pointer::default(), 0)
}

/// The byte offset of a 1-based line and column, as `serde_json` counts them (columns in bytes).
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut offset = (line_start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn syntax_error(text: &str, error: &serde_json::Error) -> Malformed {
    let start = offset_of(text, error.line(), error.column());
    let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
    let message = if text.trim().is_empty() {
        "the document is empty".to_owned()
    } else {
        // serde_json appends " at line L column C"; the place is reported by whoever shows the finding.
        let full = error.to_string();
        let reason = full.rsplit_once(" at line ").map_or(full.as_str(), |(reason, _)| reason);
        format!("not JSON: {reason}")
    };
    Malformed::new(Place::of(Pointer::default(), start..end), message)
}

struct Reader<'t> {
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn span(&self, raw: &RawValue) -> Range<usize> {
        let start = raw.get().as_ptr().addr() - self.text.as_ptr().addr();
        start..start + raw.get().len()
    }

    fn node(&self, raw: &'t RawValue, pointer: Pointer, depth: usize) -> Result<Node, Malformed> {
        let place = Place::of(pointer, self.span(raw));
        let text = raw.get();
        if depth > MAX_DEPTH {
            return Err(Malformed::new(place, format!("nested deeper than {MAX_DEPTH} levels")));
        }
        let value = match text.as_bytes().first() {
            Some(b'{') => Value::Object(self.members(text, &place, depth)?),
            Some(b'[') => {
                let raws: Vec<&'t RawValue> = decode(text, &place)?;
                let nodes = raws
                    .into_iter()
                    .enumerate()
                    .map(|(index, raw)| self.node(raw, place.pointer.index(index), depth + 1));
                Value::Array(nodes.collect::<Result<_, _>>()?)
            }
            Some(b'"') => Value::String(decode(text, &place)?),
            Some(b't' | b'f') => Value::Bool(decode(text, &place)?),
            Some(b'n') => Value::Null,
            _ => Value::Number(text.to_owned()),
        };
        Ok(Node { place, value })
    }

    fn members(&self, text: &'t str, object: &Place, depth: usize) -> Result<Vec<Member>, Malformed> {
        let RawMembers(raws) = decode(text, object)?;
        let mut seen = HashSet::new();
        let mut members = Vec::with_capacity(raws.len());
        for (raw_key, raw) in raws {
            let key: String = decode(raw_key.get(), &Place::of(object.pointer.clone(), self.span(raw_key)))?;
            let pointer = object.pointer.key(&key);
            let key_place = Place::of(pointer.clone(), self.span(raw_key));
            if !seen.insert(key.clone()) {
                return Err(Malformed::new(key_place, format!("the key \"{key}\" stands twice in one object"))
                    .hinted("write one key with a list of values; of two equal keys, one would be lost"));
            }
            members.push(Member { key, key_place, value: self.node(raw, pointer, depth + 1)? });
        }
        Ok(members)
    }
}

/// Decodes text that is known to be JSON: what can still fail is an escape that is no character.
fn decode<'t, T: Deserialize<'t>>(text: &'t str, place: &Place) -> Result<T, Malformed> {
    serde_json::from_str(text).map_err(|_| Malformed::new(place.clone(), "not JSON: an escape that is no character"))
}

/// An object's members with duplicates kept.
struct RawMembers<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> Deserialize<'de> for RawMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = RawMembers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(RawMembers(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_values_own_bytes() {
        let text = r#" {"a~/b": [1, "é", {"x": null}] } "#;
        let Value::Object(members) = parse(text).unwrap().value else { panic!("an object") };
        let list = &members[0].value;
        assert_eq!(&text[list.place.start..list.place.end], r#"[1, "é", {"x": null}]"#);
        let Value::Array(items) = &list.value else { panic!("a list") };
        assert_eq!(items[1].place.pointer.to_string(), "/a~0~1b/1");
        assert_eq!(&text[items[1].place.start..items[1].place.end], r#""é""#);
    }

    #[test]
    fn duplicate_keys_are_found_even_when_written_differently() {
        let error = parse(r#"{"a": 1, "\u0061": 2}"#).unwrap_err();
        assert!(error.message.contains("stands twice"), "{}", error.message);
        assert_eq!((error.place.start, error.place.end), (9, 17));
    }

    #[test]
    fn depth_is_limited_without_recursion_on_the_text() {
        let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(parse(&text).unwrap_err().message.contains("deeper"));
    }

    #[test]
    fn syntax_errors_have_a_place() {
        let error = parse("{\n  \"a\": 1,\n}").unwrap_err();
        assert_eq!(error.place.start, 12, "{error:?}");
        assert!(error.message.starts_with("not JSON: "), "{}", error.message);
    }

    #[test]
    fn lone_surrogates_are_refused() {
        assert!(parse(r#"{"a": "\ud800"}"#).is_err());
    }
}
