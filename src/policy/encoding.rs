//! The percent-encoding in which IAM's API returns policy documents (RFC 3986, so `+` is a plus).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Decodes a policy document as IAM's API returns it.
///
/// # Errors
/// The offset of the first byte that is not UTF-8 once decoded.
pub fn decode(encoded: &str) -> Result<Cow<'_, str>, usize> {
    percent_decode_str(encoded).decode_utf8().map_err(|error| error.valid_up_to())
}

/// Whether `text` is a percent-encoded document: a JSON object's `{` can only stand at its start as `%7B`.
#[must_use]
pub fn is_encoded(text: &str) -> bool {
    text.trim_start().get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%7B"))
}

#[cfg(test)]
mod tests {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(text in any::<String>()) {
            let encoded = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
            prop_assert_eq!(decode(&encoded).unwrap(), text);
        }

        #[test]
        fn any_text_decodes_or_fails_without_panic(text in any::<String>()) {
            let _ = decode(&text);
            let _ = is_encoded(&text);
        }
    }

    #[test]
    fn a_plus_is_a_plus() {
        assert_eq!(decode("a+b%2Bc").unwrap(), "a+b+c");
    }
}
