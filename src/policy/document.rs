//! The policy grammar: from text to statements, or to the one reason why it is malformed.
//!
//! Source: IAM user guide, "Grammar of the IAM JSON policy language", and for trust policies the elements that IAM
//! refuses there (`Resource`, `NotResource`, `NotPrincipal`, the principal `"*"`).

use super::condition::Operator;
use super::json::{self, Member, Node, Place, Value};

/// What the API accepts at most, in characters (API: `AssumeRolePolicyDocument`, length constraint).
pub const MAX_CHARACTERS: usize = 131_072;

/// Why a document is not a policy, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    pub place: Place,
    pub message: String,
    pub hint: Option<String>,
}

impl Malformed {
    pub(super) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), hint: None }
    }

    pub(super) fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The `Version` element. Without one, IAM behaves as with 2008-10-17.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 2008-10-17, or none: `${…}` is literal text.
    V2008,
    /// 2012-10-17: policy variables work.
    V2012,
}

/// A policy that follows the grammar.
#[derive(Debug, Clone)]
pub struct Policy {
    pub version: Version,
    pub statements: Vec<Statement>,
}

/// What a statement does to the requests it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Allow,
    Deny,
}

/// A string and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub text: String,
    pub place: Place,
}

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    pub place: Place,
    pub sid: Option<String>,
    pub effect: Effect,
    /// Empty in identity policies.
    pub principals: Vec<Principal>,
    /// The `Principal` element's value, in trust policies.
    pub principal_place: Place,
    pub action: Element,
    /// `None` in trust policies.
    pub resource: Option<Element>,
    pub conditions: Vec<Condition>,
}

/// The keys of a `Principal` element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrincipalKind {
    Aws,
    Service,
    Federated,
    CanonicalUser,
}

impl PrincipalKind {
    /// The key as the grammar writes it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }

    fn of(key: &str) -> Option<Self> {
        [Self::Aws, Self::Service, Self::Federated, Self::CanonicalUser].into_iter().find(|kind| kind.key() == key)
    }
}

/// One principal.
#[derive(Debug, Clone)]
pub struct Principal {
    pub kind: PrincipalKind,
    pub id: Located,
}

/// `Action` or `NotAction`, `Resource` or `NotResource`.
#[derive(Debug, Clone)]
pub struct Element {
    pub negated: bool,
    pub place: Place,
    pub patterns: Vec<Located>,
}

/// One key under one operator; all of a statement's conditions have to hold.
#[derive(Debug, Clone)]
pub struct Condition {
    pub operator: Operator,
    /// The operator as written.
    pub operator_name: Located,
    pub key: Located,
    pub values: Vec<Located>,
    /// The value or the list of values.
    pub place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Trust,
    Identity,
}

/// Parses a role's trust policy.
///
/// # Errors
/// [`Malformed`]: not JSON, not the policy grammar, or something that trust policies may not contain.
pub fn parse_trust(text: &str) -> Result<Policy, Malformed> {
    parse(text, Kind::Trust)
}

/// Parses a managed or inline policy, or a permissions boundary.
///
/// # Errors
/// [`Malformed`]: not JSON or not the policy grammar.
pub fn parse_identity(text: &str) -> Result<Policy, Malformed> {
    parse(text, Kind::Identity)
}

/// The size that IAM's quota counts: characters that are not white space.
#[must_use]
pub fn quota_size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn parse(text: &str, kind: Kind) -> Result<Policy, Malformed> {
    check_characters(text)?;
    let root = json::parse(text)?;
    let Value::Object(members) = &root.value else {
        return Err(wrong_type(&root, "the document", "an object"));
    };
    let mut version = Version::V2008;
    let mut statements = None;
    for member in members {
        match member.key.as_str() {
            "Version" => version = parse_version(&member.value)?,
            "Id" => drop(string(&member.value, "Id")?),
            "Statement" => statements = Some(parse_statements(&member.value, kind)?),
            _ => return Err(unknown_key(member, "the document", &["Version", "Id", "Statement"]).or_wrapper(member)),
        }
    }
    let statements = statements.ok_or_else(|| Malformed::new(root.place.clone(), "the document has no Statement"))?;
    Ok(Policy { version, statements })
}

/// The characters that the API accepts (API: pattern of `AssumeRolePolicyDocument`).
fn check_characters(text: &str) -> Result<(), Malformed> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}');
    if let Some((start, c)) = text.char_indices().find(|(_, c)| !allowed(*c)) {
        let place = Place { start, end: start + c.len_utf8(), ..Place::default() };
        let message = format!("the character U+{:04X} is not allowed in a policy", u32::from(c));
        return Err(Malformed::new(place, message)
            .hinted("IAM takes tab, line feed, carriage return, and the characters U+0020 to U+00FF"));
    }
    let size = text.chars().count();
    if size > MAX_CHARACTERS {
        let message = format!("the document has {size} characters; the API takes {MAX_CHARACTERS} at most");
        return Err(Malformed::new(Place::default(), message));
    }
    Ok(())
}

fn parse_version(node: &Node) -> Result<Version, Malformed> {
    match &node.value {
        Value::String(text) if text == "2012-10-17" => Ok(Version::V2012),
        Value::String(text) if text == "2008-10-17" => Ok(Version::V2008),
        _ => Err(Malformed::new(node.place.clone(), "Version has to be \"2012-10-17\" or \"2008-10-17\"")
            .hinted("Version names the policy language, not the date of the policy: write \"2012-10-17\"")),
    }
}

fn parse_statements(node: &Node, kind: Kind) -> Result<Vec<Statement>, Malformed> {
    let statements = match &node.value {
        Value::Array(nodes) if nodes.is_empty() => {
            return Err(Malformed::new(node.place.clone(), "the list of statements is empty"));
        }
        Value::Array(nodes) => nodes.iter().map(|node| parse_statement(node, kind)).collect::<Result<Vec<_>, _>>()?,
        _ => vec![parse_statement(node, kind)?],
    };
    let mut sids = std::collections::HashSet::new();
    for statement in &statements {
        if let Some(sid) = statement.sid.as_deref().filter(|sid| !sid.is_empty())
            && !sids.insert(sid)
        {
            return Err(Malformed::new(statement.place.clone(), format!("two statements have the Sid \"{sid}\"")));
        }
    }
    Ok(statements)
}

fn parse_statement(node: &Node, kind: Kind) -> Result<Statement, Malformed> {
    const KEYS: [&str; 7] = ["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "Condition"];
    let Value::Object(members) = &node.value else {
        return Err(wrong_type(node, "a statement", "an object"));
    };
    let (mut sid, mut effect, mut principal) = (None, None, None);
    let (mut action, mut resource, mut conditions) = (None, None, Vec::new());
    for member in members {
        let value = &member.value;
        match (member.key.as_str(), kind) {
            ("Sid", _) => sid = Some(parse_sid(value)?),
            ("Effect", _) => effect = Some(parse_effect(value)?),
            ("Principal", Kind::Trust) => principal = Some((parse_principals(value)?, value.place.clone())),
            ("NotPrincipal", Kind::Trust) => {
                return Err(forbidden(member, "name the principals that may assume the role under Principal"));
            }
            ("Resource" | "NotResource", Kind::Trust) => {
                return Err(forbidden(member, "remove it: the resource of a trust policy is the role itself"));
            }
            ("Action" | "NotAction", _) => set_once(&mut action, member)?,
            ("Resource" | "NotResource", Kind::Identity) => set_once(&mut resource, member)?,
            ("Condition", _) => conditions = parse_conditions(value)?,
            _ => return Err(unknown_key(member, "a statement", &KEYS)),
        }
    }
    let missing = |what: &str| Malformed::new(node.place.clone(), format!("the statement has no {what}"));
    let effect = effect.ok_or_else(|| missing("Effect"))?;
    if kind == Kind::Trust && principal.is_none() {
        return Err(missing("Principal")
            .hinted("a policy without Principal grants permissions; a trust policy says who may assume the role"));
    }
    if kind == Kind::Identity && resource.is_none() {
        return Err(missing("Resource"));
    }
    let (principals, principal_place) = principal.unwrap_or_default();
    let action = action.ok_or_else(|| missing("Action"))?;
    Ok(Statement { place: node.place.clone(), sid, effect, principals, principal_place, action, resource, conditions })
}

fn parse_sid(node: &Node) -> Result<String, Malformed> {
    let sid = string(node, "Sid")?;
    if sid.chars().all(|c| c.is_ascii_alphanumeric()) {
        Ok(sid)
    } else {
        Err(Malformed::new(node.place.clone(), "a Sid consists of the letters A-Z and a-z and of digits"))
    }
}

fn parse_effect(node: &Node) -> Result<Effect, Malformed> {
    match &node.value {
        Value::String(text) if text == "Allow" => Ok(Effect::Allow),
        Value::String(text) if text == "Deny" => Ok(Effect::Deny),
        _ => Err(Malformed::new(node.place.clone(), "Effect has to be \"Allow\" or \"Deny\"")),
    }
}

fn parse_principals(node: &Node) -> Result<Vec<Principal>, Malformed> {
    let members = match &node.value {
        Value::Object(members) => members,
        Value::String(text) if text == "*" => {
            return Err(Malformed::new(node.place.clone(), "trust policies may not contain the principal \"*\"")
                .hinted("name the service: {\"Service\": \"eks-fargate-pods.amazonaws.com\"}"));
        }
        _ => {
            return Err(wrong_type(node, "Principal", "an object")
                .hinted("write {\"Service\": \"eks-fargate-pods.amazonaws.com\"}"));
        }
    };
    let mut principals = Vec::new();
    for member in members {
        let kind = PrincipalKind::of(&member.key)
            .ok_or_else(|| unknown_key(member, "Principal", &["AWS", "Service", "Federated", "CanonicalUser"]))?;
        for id in strings(&member.value, &member.key)? {
            if kind == PrincipalKind::Service && id.text == "*" {
                return Err(Malformed::new(id.place, "\"*\" is no service")
                    .hinted("name the service: \"eks-fargate-pods.amazonaws.com\""));
            }
            principals.push(Principal { kind, id });
        }
    }
    Ok(principals)
}

fn set_once(slot: &mut Option<Element>, member: &Member) -> Result<(), Malformed> {
    if slot.is_some() {
        let other = member.key.strip_prefix("Not").map_or_else(|| format!("Not{}", member.key), str::to_owned);
        let message = format!("a statement has either {} or {other}, not both", member.key);
        return Err(Malformed::new(member.key_place.clone(), message));
    }
    let patterns = strings(&member.value, &member.key)?;
    if patterns.is_empty() {
        return Err(Malformed::new(member.value.place.clone(), format!("{} is an empty list", member.key)));
    }
    *slot = Some(Element { negated: member.key.starts_with("Not"), place: member.value.place.clone(), patterns });
    Ok(())
}

fn parse_conditions(node: &Node) -> Result<Vec<Condition>, Malformed> {
    let Value::Object(operators) = &node.value else {
        return Err(wrong_type(node, "Condition", "an object"));
    };
    let mut conditions = Vec::new();
    for member in operators {
        let operator: Operator = member.key.parse().map_err(|()| {
            Malformed::new(member.key_place.clone(), format!("there is no condition operator \"{}\"", member.key))
        })?;
        let Value::Object(keys) = &member.value.value else {
            return Err(wrong_type(&member.value, &member.key, "an object of condition keys"));
        };
        for key in keys {
            conditions.push(Condition {
                operator,
                operator_name: Located { text: member.key.clone(), place: member.key_place.clone() },
                key: Located { text: key.key.clone(), place: key.key_place.clone() },
                values: scalars(&key.value, &key.key)?,
                place: key.value.place.clone(),
            });
        }
    }
    Ok(conditions)
}

fn string(node: &Node, what: &str) -> Result<String, Malformed> {
    match &node.value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(wrong_type(node, what, "a string")),
    }
}

/// A string or a list of strings.
fn strings(node: &Node, what: &str) -> Result<Vec<Located>, Malformed> {
    one_or_many(node, |item| Ok(Located { text: string(item, what)?, place: item.place.clone() }))
}

/// A condition's value or values: quotes around booleans and numbers are optional.
fn scalars(node: &Node, what: &str) -> Result<Vec<Located>, Malformed> {
    one_or_many(node, |item| {
        let text = match &item.value {
            Value::String(text) | Value::Number(text) => text.clone(),
            Value::Bool(value) => value.to_string(),
            _ => return Err(wrong_type(item, &format!("a value of {what}"), "a string")),
        };
        Ok(Located { text, place: item.place.clone() })
    })
}

fn one_or_many<T>(node: &Node, read: impl Fn(&Node) -> Result<T, Malformed>) -> Result<Vec<T>, Malformed> {
    match &node.value {
        Value::Array(items) => items.iter().map(read).collect(),
        _ => Ok(vec![read(node)?]),
    }
}

fn wrong_type(node: &Node, what: &str, expected: &str) -> Malformed {
    Malformed::new(node.place.clone(), format!("{what} has to be {expected}, not {}", node.value.kind()))
}

fn forbidden(member: &Member, hint: &str) -> Malformed {
    Malformed::new(member.key_place.clone(), format!("trust policies may not contain {}", member.key)).hinted(hint)
}

fn unknown_key(member: &Member, place: &str, known: &[&str]) -> Malformed {
    let malformed =
        Malformed::new(member.key_place.clone(), format!("{place} has an unknown element \"{}\"", member.key));
    match closest(&member.key, known) {
        Some(name) => malformed.hinted(format!("did you mean \"{name}\"?")),
        None => malformed.hinted(format!("IAM knows {} here", known.join(", "))),
    }
}

impl Malformed {
    /// A role as `aws iam get-role` prints it is a common thing to paste.
    fn or_wrapper(self, member: &Member) -> Self {
        match member.key.as_str() {
            "Role" | "AssumeRolePolicyDocument" => self.hinted(
                "this is a role, not its trust policy: \
                 aws iam get-role --role-name NAME --query Role.AssumeRolePolicyDocument",
            ),
            _ => self,
        }
    }
}

/// The name that somebody probably meant: equal but for case, or two typing errors away at most.
#[must_use]
pub fn closest<'n>(text: &str, names: &[&'n str]) -> Option<&'n str> {
    let lower = text.to_ascii_lowercase();
    let distance = |name: &&&str| strsim::damerau_levenshtein(&lower, &name.to_ascii_lowercase());
    names.iter().min_by_key(distance).filter(|name| distance(name) <= 2).copied()
}
