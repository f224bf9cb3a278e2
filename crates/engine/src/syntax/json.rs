//! Exec form: the JSON arrays of strings that RUN, CMD, COPY and others accept.
//!
//! Accepts exactly what Go's `encoding/json` accepts, because anything else silently becomes the
//! shell form.

use std::ops::Range;

/// Deepest nesting that is followed. Go allows 10,000; nobody nests at all.
const MAX_DEPTH: u32 = 64;

/// What an argument text is when read as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// An array of strings, each with its range (quotes included) in the text.
    Strings(Vec<(String, Range<u32>)>),
    /// A valid array with something else in it, at this range; BuildKit stops the build.
    NotStrings(Range<u32>),
    /// Not a JSON array, so this is the shell form.
    Not,
}

/// Reads `text` as a JSON array.
pub fn parse(text: &str) -> Json {
    let mut reader = Reader { bytes: text.as_bytes(), text, position: 0 };
    reader.position = text.len() - text.trim_start().len();
    reader.array().unwrap_or(Json::Not)
}

/// A text that was meant for the exec form, and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Whether single quotes instead of double ones are all that is wrong.
    pub single_quotes: bool,
    /// The array that was probably meant, where that can be told.
    pub meant: Option<String>,
    /// Whether a shell runs it; otherwise it is taken for paths.
    pub command: bool,
}

/// Whether `text` was meant for a JSON array: a bracket with a string right behind it, or, of a
/// `command`, with a bare word. The brackets of a test, as in `[ "$a" = b ]`, stand apart.
pub fn broken(text: &str, command: bool) -> Option<Broken> {
    let inner = text.strip_prefix('[')?;
    if parse(text) != Json::Not {
        return None;
    }
    let first = inner.trim_start();
    let quote = first.chars().next().filter(|ch| QUOTES.contains(ch));
    let meant = match quote {
        Some(_) if first.len() == inner.len() => true,
        // `[ "a", ...`
        Some(quote) => {
            let rest = first.get(quote.len_utf8()..)?;
            let behind = rest.find(QUOTES).and_then(|end| rest.get(end..))?;
            behind.trim_start_matches(QUOTES).trim_start().starts_with(',')
        }
        // `[server, -v]`, and not PowerShell's `[Type]::Member`.
        None => {
            let (words, behind) = inner.split_once(']').unwrap_or((inner, ""));
            let bare = inner.starts_with(|ch: char| ch.is_ascii_alphanumeric() || ch == '/');
            command && bare && behind.trim().is_empty() && (words.contains(',') || words != inner)
        }
    };
    let doubled = || parse(&text.replace('\'', "\"")) != Json::Not;
    meant.then(|| Broken {
        single_quotes: !text.contains('"') && doubled(),
        meant: repaired(inner),
        command,
    })
}

/// What opens or closes a string, and what word processors make of it.
const QUOTES: [char; 6] = ['"', '\'', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];

/// The strings and bare words behind a bracket, as an array. Whoever uses escapes or variables has to mend
/// them by hand.
fn repaired(inner: &str) -> Option<String> {
    if inner.contains(['\\', '$', '{', '[']) {
        return None;
    }
    let mut items = Vec::new();
    let mut rest = inner.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix(']') {
            rest = behind.trim_start();
            break;
        }
        let (item, behind) = if QUOTES.contains(&first) {
            let same = |ch: char| if first.is_ascii() { ch == first } else { QUOTES.contains(&ch) };
            let open = rest.get(first.len_utf8()..)?;
            let (item, behind) = open.split_at_checked(open.find(same)?)?;
            (item, behind.get(behind.chars().next()?.len_utf8()..)?)
        } else {
            let end = |ch: char| ch.is_whitespace() || ch == ',' || ch == ']';
            let (item, behind) = rest.split_at_checked(rest.find(end).unwrap_or(rest.len()))?;
            if item.contains(QUOTES) {
                return None;
            }
            (item, behind)
        };
        items.extend((!item.is_empty()).then(|| string(item)));
        rest = behind.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    (rest.is_empty() && !items.is_empty()).then(|| format!("[{}]", items.join(", ")))
}

/// `text` as a JSON string, quotes included.
pub fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for ch in text.chars() {
        match ch {
            '"' | '\\' => out.extend(['\\', ch]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ch if ch < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(ch))),
            ch => out.push(ch),
        }
    }
    out.push('"');
    out
}

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    position: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.position += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.position += 1)
    }

    fn array(&mut self) -> Option<Json> {
        self.eat(b'[')?;
        let mut strings = Vec::new();
        let mut stranger = None;
        self.blanks();
        if self.eat(b']').is_none() {
            loop {
                self.blanks();
                let start = self.position as u32;
                if self.peek()? == b'"' {
                    let value = self.string()?;
                    strings.push((value, start..self.position as u32));
                } else {
                    self.value(0)?;
                    stranger.get_or_insert(start..self.position as u32);
                }
                self.blanks();
                if self.eat(b',').is_none() {
                    self.eat(b']')?;
                    break;
                }
            }
        }
        self.blanks();
        if self.position != self.bytes.len() {
            return None;
        }
        Some(stranger.map_or(Json::Strings(strings), Json::NotStrings))
    }

    /// Skips any value, checking that it is well formed.
    fn value(&mut self, depth: u32) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'[' => self.sequence(b']', depth, false),
            b'{' => self.sequence(b'}', depth, true),
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'n' => self.literal("null"),
            _ => self.number(),
        }
    }

    fn sequence(&mut self, close: u8, depth: u32, keys: bool) -> Option<()> {
        self.position += 1;
        self.blanks();
        if self.eat(close).is_some() {
            return Some(());
        }
        loop {
            self.blanks();
            if keys {
                self.string()?;
                self.blanks();
                self.eat(b':')?;
                self.blanks();
            }
            self.value(depth + 1)?;
            self.blanks();
            if self.eat(b',').is_none() {
                return self.eat(close);
            }
        }
    }

    fn literal(&mut self, word: &str) -> Option<()> {
        self.text.get(self.position..)?.starts_with(word).then(|| self.position += word.len())
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.eat(b'-');
        if self.eat(b'0').is_none() {
            self.digits()?;
        }
        if self.eat(b'.').is_some() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.position += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.position += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.position;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.position += 1;
        }
        (self.position > start).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        self.eat(b'"')?;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.position..)?;
            let plain = rest.find(|ch: char| ch == '"' || ch == '\\' || ch < ' ')?;
            out.push_str(rest.get(..plain)?);
            self.position += plain;
            match self.peek()? {
                b'"' => {
                    self.position += 1;
                    return Some(out);
                }
                b'\\' => {
                    self.position += 1;
                    out.push(self.escape()?);
                }
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.position += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => byte as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                match char::from_u32(unit) {
                    Some(ch) => ch,
                    None => self.surrogate(unit),
                }
            }
            _ => return None,
        })
    }

    /// The second half of a surrogate pair, if it follows; a lone half is U+FFFD, as in Go.
    fn surrogate(&mut self, high: u32) -> char {
        let before = self.position;
        let pair = || -> Option<char> {
            self.eat(b'\\')?;
            self.eat(b'u')?;
            let low = self.unit()?;
            if !(0xd800..0xdc00).contains(&high) || !(0xdc00..0xe000).contains(&low) {
                return None;
            }
            char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
        }();
        pair.unwrap_or_else(|| {
            self.position = before;
            char::REPLACEMENT_CHARACTER
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.position..self.position + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.position += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
