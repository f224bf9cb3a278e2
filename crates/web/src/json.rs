//! As much of JSON as drafts, links and pages of the guide need. serde_json would cost 13 KB of
//! download; the tests compare with it.

use std::fmt::Write as _;

/// Deeper than anything of ours; guards the stack against hostile links.
const MAX_DEPTH: usize = 64;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`, and numbers that are no natural ones: nothing of ours has any.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A natural number.
    Number(u64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, in the order of the text.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text; `None` where it is not JSON, or nested too deeply.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { rest: text };
        let value = reader.value(0)?;
        reader.skip_blanks();
        reader.rest.is_empty().then_some(value)
    }

    /// The value of a key; of a doubled one the last, as everywhere.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(entries) = self else { return None };
        entries.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The string that it is.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The number that it is.
    pub const fn as_u64(&self) -> Option<u64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The truth value that it is.
    pub const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The elements of an array; none for anything else.
    pub fn elements(&self) -> &[Self] {
        if let Self::Array(elements) = self { elements } else { &[] }
    }

    /// Appends its text, without blanks, to `out`.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::String(text) => write_string(text, out),
            Self::Array(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    element.write(out);
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    write_string(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for ch in text.chars() {
        match ch {
            '"' | '\\' => out.extend(['\\', ch]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(ch));
            }
            _ => out.push(ch),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn eat(&mut self, word: &str) -> bool {
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.skip_blanks();
        if depth > MAX_DEPTH {
            return None;
        }
        for (word, value) in
            [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))]
        {
            if self.eat(word) {
                return Some(value);
            }
        }
        if self.eat("\"") {
            return self.string().map(Json::String);
        }
        if self.eat("[") {
            let mut elements = Vec::new();
            self.list("]", |reader| {
                elements.push(reader.value(depth + 1)?);
                Some(())
            })?;
            return Some(Json::Array(elements));
        }
        if self.eat("{") {
            let mut entries = Vec::new();
            self.list("}", |reader| {
                reader.skip_blanks();
                let key = if reader.eat("\"") { reader.string()? } else { return None };
                reader.skip_blanks();
                let value = if reader.eat(":") { reader.value(depth + 1)? } else { return None };
                entries.push((key, value));
                Some(())
            })?;
            return Some(Json::Object(entries));
        }
        self.number()
    }

    /// Elements between commas up to `end`.
    fn list(&mut self, end: &str, mut element: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.skip_blanks();
        if self.eat(end) {
            return Some(());
        }
        loop {
            element(self)?;
            self.skip_blanks();
            if self.eat(end) {
                return Some(());
            }
            if !self.eat(",") {
                return None;
            }
        }
    }

    /// Natural numbers exactly; all others only so far that the rest can be read.
    fn number(&mut self) -> Option<Json> {
        let is_part = |ch: char| ch.is_ascii_digit() || matches!(ch, '-' | '+' | '.' | 'e' | 'E');
        let end = self.rest.find(|ch| !is_part(ch)).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        let leading_zero = digits.len() > 1 && digits.starts_with('0');
        match digits.parse() {
            Ok(number) if !leading_zero && !digits.starts_with('+') => Some(Json::Number(number)),
            _ => is_number(digits).then_some(Json::Null),
        }
    }

    /// The rest of a string behind its opening quote.
    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            let end = self.rest.find(|ch| matches!(ch, '"' | '\\' | '\0'..='\u{1f}'))?;
            let (plain, rest) = self.rest.split_at(end);
            out.push_str(plain);
            self.rest = rest;
            if self.eat("\"") {
                return Some(out);
            }
            if !self.eat("\\") {
                return None;
            }
            out.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let letter = rest.next()?;
        self.rest = rest.as_str();
        Some(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => match self.unit()? {
                high @ 0xd800..0xdc00 => {
                    let low = if self.eat("\\u") { self.unit()? } else { return None };
                    char::decode_utf16([high, low]).next()?.ok()?
                }
                unit => char::from_u32(u32::from(unit))?,
            },
            _ => return None,
        })
    }

    /// The four digits of a UTF-16 unit.
    fn unit(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
    }
}

/// Whether a word is a number by JSON's grammar.
fn is_number(word: &str) -> bool {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = word.split_once(['e', 'E']).unwrap_or((word, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    all_digits(whole) && !leading_zero && all_digits(fraction) && all_digits(exponent)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// What serde_json makes of a text, in our type.
    fn theirs(text: &str) -> Option<Json> {
        fn convert(value: Value) -> Json {
            match value {
                Value::Null => Json::Null,
                Value::Bool(value) => Json::Bool(value),
                Value::Number(number) => number.as_u64().map_or(Json::Null, Json::Number),
                Value::String(text) => Json::String(text),
                Value::Array(elements) => Json::Array(elements.into_iter().map(convert).collect()),
                Value::Object(entries) => Json::Object(
                    entries.into_iter().map(|(key, value)| (key, convert(value))).collect(),
                ),
            }
        }
        serde_json::from_str(text).ok().map(convert)
    }

    #[test]
    fn reads_and_refuses_what_serde_json_does() {
        let texts = [
            "null",
            " true ",
            "false",
            "0",
            "7",
            "18446744073709551615",
            "18446744073709551616",
            "-1",
            "-0",
            "1.5",
            "1e3",
            "1E-3",
            "1.",
            ".5",
            "01",
            "+1",
            "1e",
            "--1",
            "1-",
            "\"\"",
            r#""a\n\r\t\b\f\/\\\"b""#,
            r#""\u00e9\ud83d\udc33""#,
            r#""\ud83d""#,
            r#""\udc33""#,
            r#""\ud83dx""#,
            r#""\ud83d\u0041""#,
            r#""\u12""#,
            r#""\u+123""#,
            r#""\x""#,
            "\"a\nb\"",
            "\"🐳 é\"",
            "\"open",
            "[]",
            "[ ]",
            "[1, 2 ,3]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[",
            "]",
            "{}",
            r#"{"a":1,"b":[{"c":null}]}"#,
            r#"{"a"1}"#,
            r#"{"a":1,}"#,
            "{a:1}",
            "{1:1}",
            "",
            " ",
            "nul",
            "truefalse",
            "1 1",
            "[1]x",
            "\u{feff}1",
        ];
        for text in texts {
            assert_eq!(Json::parse(text), theirs(text), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_by_both() {
        let all: String = (0..=0x1_0000).filter_map(char::from_u32).collect();
        let value = Json::Object(vec![
            ("d \"\\".to_owned(), Json::String(format!("{all}🐳"))),
            (
                "n".to_owned(),
                Json::Array(vec![Json::Number(u64::MAX), Json::Bool(true), Json::Null]),
            ),
        ]);
        let mut text = String::new();
        value.write(&mut text);
        assert_eq!(Json::parse(&text).as_ref(), Some(&value));
        assert_eq!(theirs(&text), Some(value));
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Json::parse(&nested(60)).is_some());
        assert_eq!(Json::parse(&nested(100_000)), None);
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
    }

    #[test]
    fn every_prefix_and_every_broken_byte_is_survived() {
        let text = r#"{"d":"a\u00e9\n","off":["x"],"bin":12}"#;
        for end in 0..text.len() {
            assert_eq!(Json::parse(&text[..end]), None);
            for ch in ['"', '\\', '{', ']', ',', '9', '\0'] {
                let broken = format!("{}{ch}{}", &text[..end], &text[end + 1..]);
                assert_eq!(Json::parse(&broken).is_some(), theirs(&broken).is_some(), "{broken}");
            }
        }
    }
}
