//! Wildcard patterns over texts of which some characters are not known yet.
//!
//! The ARN of a Fargate profile ends in a UUID that nobody knows before the profile exists, and a trust policy is
//! judged before that. A [`Text`] therefore holds symbols: known characters, and unknown ones that only a wildcard
//! can match.

use super::context::Context;

/// One symbol of a request's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// A known character.
    Char(char),
    /// Exactly one unknown character.
    Unknown,
    /// Any number of unknown characters.
    UnknownRun,
}

/// A request's value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(Vec<Symbol>);

impl Text {
    /// Appends known characters.
    #[must_use]
    pub fn known(mut self, text: &str) -> Self {
        self.0.extend(text.chars().map(Symbol::Char));
        self
    }

    /// Appends unknown characters in the shape of a UUID, whose dashes are known.
    #[must_use]
    pub fn uuid(mut self) -> Self {
        for (index, length) in [8, 4, 4, 4, 12].into_iter().enumerate() {
            if index > 0 {
                self.0.push(Symbol::Char('-'));
            }
            self.0.extend(std::iter::repeat_n(Symbol::Unknown, length));
        }
        self
    }

    /// Appends one or more unknown characters.
    #[must_use]
    pub fn unknown(mut self) -> Self {
        self.0.extend([Symbol::Unknown, Symbol::UnknownRun]);
        self
    }

    fn folded(&self) -> Self {
        Self(self.0.iter().map(|symbol| fold(*symbol)).collect())
    }

    /// The text, where every character of it is known.
    #[must_use]
    pub fn as_known(&self) -> Option<String> {
        let known = |symbol: &Symbol| if let Symbol::Char(c) = symbol { Some(*c) } else { None };
        self.0.iter().map(known).collect()
    }
}

fn fold(symbol: Symbol) -> Symbol {
    match symbol {
        // A policy's characters end at U+00FF, where a lower-case form is one character.
        Symbol::Char(c) => Symbol::Char(c.to_lowercase().next().unwrap_or(c)),
        unknown => unknown,
    }
}

/// How the characters `*` and `?` of a pattern are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wildcards {
    Active,
    Literal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Star,
    Question,
    Exact(Symbol),
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern(Vec<Token>);

impl Pattern {
    /// Reads a pattern without policy variables.
    #[must_use]
    pub fn literal_variables(text: &str, wildcards: Wildcards) -> Self {
        let mut tokens = Vec::new();
        push_text(&mut tokens, text, wildcards);
        Self(tokens)
    }

    /// Reads a pattern, putting the request's values for policy variables (`${aws:SourceAccount}`,
    /// `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the characters themselves). What a variable stands for is
    /// text: a `*` in it is no wildcard. `None` where a variable has no value, so that nothing matches
    /// (IAM user guide, "Policy variables").
    #[must_use]
    pub fn with_variables(text: &str, wildcards: Wildcards, context: &Context) -> Option<Self> {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((variable, after)) = after.split_once('}') else { break };
            push_text(&mut tokens, before, wildcards);
            let value = match variable {
                "*" | "?" | "$" => Text::default().known(variable),
                _ => variable_value(variable, context)?,
            };
            tokens.extend(value.0.into_iter().map(Token::Exact));
            rest = after;
        }
        push_text(&mut tokens, rest, wildcards);
        Some(Self(tokens))
    }

    /// Whether the whole text matches.
    #[must_use]
    pub fn matches(&self, text: &Text) -> bool {
        glob(&self.0, &text.0)
    }

    /// Whether the whole text matches, upper and lower case being the same.
    #[must_use]
    pub fn matches_ignoring_case(&self, text: &Text) -> bool {
        let folded = |token: &Token| match token {
            Token::Exact(symbol) => Token::Exact(fold(*symbol)),
            wildcard => *wildcard,
        };
        glob(&self.0.iter().map(folded).collect::<Vec<_>>(), &text.folded().0)
    }

    /// Whether the text matches as an ARN: six colon-separated parts, compared one by one, so that `*` does not cross
    /// a colon (IAM user guide, "ARN condition operators"). The resource may contain colons of its own.
    #[must_use]
    pub fn matches_arn(&self, text: &Text) -> bool {
        let pattern_parts: Vec<_> = self.0.splitn(6, |token| *token == Token::Exact(Symbol::Char(':'))).collect();
        let text_parts: Vec<_> = text.0.splitn(6, |symbol| *symbol == Symbol::Char(':')).collect();
        pattern_parts.len() == 6
            && text_parts.len() == 6
            && pattern_parts.iter().zip(text_parts).all(|(pattern, text)| glob(pattern, text))
    }
}

fn push_text(tokens: &mut Vec<Token>, text: &str, wildcards: Wildcards) {
    tokens.extend(text.chars().map(|c| match (c, wildcards) {
        ('*', Wildcards::Active) => Token::Star,
        ('?', Wildcards::Active) => Token::Question,
        _ => Token::Exact(Symbol::Char(c)),
    }));
}

fn variable_value(variable: &str, context: &Context) -> Option<Text> {
    let (key, default) = match variable.split_once(',') {
        Some((key, default)) => (key, Some(default.trim().strip_prefix('\'')?.strip_suffix('\'')?)),
        None => (variable, None),
    };
    match context.get(key.trim()) {
        [value] => Some(value.clone()),
        [] => default.map(|text| Text::default().known(text)),
        _ => None,
    }
}

/// Greedy matching that goes back to the last star only: each symbol is looked at no more than once for each token, so
/// the time is bounded by the product of the lengths whatever the pattern, and linear in the pattern for a given text.
fn glob(pattern: &[Token], text: &[Symbol]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(Token::Star) => {
                last_star = Some((p, t));
                p += 1;
            }
            Some(Token::Question) if text[t] != Symbol::UnknownRun => {
                p += 1;
                t += 1;
            }
            Some(Token::Exact(symbol)) if *symbol == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match last_star {
                Some((star, from)) => {
                    last_star = Some((star, from + 1));
                    p = star + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|token| *token == Token::Star)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::literal_variables(pattern, Wildcards::Active).matches(&Text::default().known(text))
    }

    /// The definition, without any cleverness.
    fn reference(pattern: &[char], text: &[char]) -> bool {
        match (pattern.first(), text.first()) {
            (None, None) => true,
            (Some('*'), _) => reference(&pattern[1..], text) || (!text.is_empty() && reference(pattern, &text[1..])),
            (Some('?'), Some(_)) => reference(&pattern[1..], &text[1..]),
            (Some(p), Some(t)) if p == t => reference(&pattern[1..], &text[1..]),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(pattern in "[ab*?]{0,10}", text in "[ab]{0,10}") {
            let expected = reference(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
            prop_assert_eq!(matches(&pattern, &text), expected);
        }
    }

    #[test]
    fn hostile_patterns_end() {
        let pattern = "*a".repeat(50_000) + "b";
        assert!(!matches(&pattern, &"a".repeat(200)));
    }

    #[test]
    fn unknown_characters_match_wildcards_only() {
        let text = Text::default().known("web/").uuid();
        let matches = |pattern: &str| Pattern::literal_variables(pattern, Wildcards::Active).matches(&text);
        assert!(matches("web/*"));
        assert!(matches("web/????????-*"));
        assert!(matches(&format!("web/{}", "?".repeat(36))));
        assert!(!matches("web/0*"));
        assert!(!matches(&format!("web/{}", "?".repeat(35))));
        assert!(!matches("web/"));
    }

    #[test]
    fn an_unknown_name_is_at_least_one_character() {
        let text = Text::default().known("shop/").unknown().known("/x");
        let matches = |pattern: &str| Pattern::literal_variables(pattern, Wildcards::Active).matches(&text);
        assert!(matches("shop/*"));
        assert!(matches("shop/?*"));
        assert!(matches("shop/*/x"));
        assert!(!matches("shop/?"));
        assert!(!matches("shop/?/x"));
        assert!(!matches("shop/web*"));
    }
}
