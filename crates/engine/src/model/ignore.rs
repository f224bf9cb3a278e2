//! `.dockerignore`: which files of the build context Docker never sees.
//!
//! Follows `moby/patternmatcher`: patterns are read line by line, `!` takes files back, and of all
//! patterns that match a file or one of its folders the last one counts.

use crate::source::Span;

/// One line that is a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The pattern, cleaned: no `!`, no leading slash, no `.` and `..`.
    pub text: String,
    /// Whether it takes back what earlier patterns exclude.
    pub negated: bool,
    /// Where it stands in the `.dockerignore`.
    pub span: Span,
    tokens: Vec<Token>,
}

/// A whole `.dockerignore`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IgnoreFile {
    /// The patterns, in order.
    pub patterns: Vec<Pattern>,
    /// Lines that Docker refuses, with the reason.
    pub errors: Vec<(Span, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Literal(char),
    /// `?`: any character but a slash.
    One,
    /// `*`: any characters but slashes.
    Any,
    /// `**/` inside of a pattern: any folders, also none.
    Folders,
    /// `**` at the end: everything.
    All,
    /// `[a-z]`, maybe negated.
    Class(bool, Vec<(char, char)>),
}

impl IgnoreFile {
    /// Reads the text of a `.dockerignore`.
    pub fn parse(text: &str) -> Self {
        let mut file = Self::default();
        let mut offset = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let start = offset;
            offset += line.len();
            let line = line.trim_end_matches(['\r', '\n']);
            let line = if number == 0 { line.trim_start_matches('\u{feff}') } else { line };
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let span = Span::new(start as u32, (start + line.len()) as u32);
            match pattern(line.trim(), span) {
                Ok(pattern) => file.patterns.push(pattern),
                Err(reason) => file.errors.push((span, reason)),
            }
        }
        file
    }

    /// The pattern that keeps `path` out of the context; `None` if Docker sees the file. The root
    /// of the context is only kept out by patterns that leave nothing of it.
    pub fn excludes(&self, path: &str) -> Option<&Pattern> {
        let path = clean(path);
        let path = path.trim_start_matches('/');
        if path.is_empty() || path == "." {
            return self.pattern_for_all().filter(|_| !self.has_exceptions());
        }
        let characters: Vec<char> = path.chars().collect();
        let folder_ends =
            characters.iter().enumerate().filter(|(_, ch)| **ch == '/').map(|(at, _)| at);
        let ends: Vec<usize> = folder_ends.chain([characters.len()]).collect();
        let mut excluded = None;
        for pattern in &self.patterns {
            // A pattern can only change the outcome in one direction.
            if pattern.negated != excluded.is_some() {
                continue;
            }
            let matches = |end: &usize| {
                characters.get(..*end).is_some_and(|part| is_match(&pattern.tokens, part))
            };
            if ends.iter().any(matches) {
                excluded = (!pattern.negated).then_some(pattern);
            }
        }
        excluded
    }

    /// The pattern that excludes whatever no later one takes back, as `*` does.
    pub fn pattern_for_all(&self) -> Option<&Pattern> {
        let all = |text: &str| matches!(text, "*" | "**" | "**/*");
        self.patterns.iter().find(|pattern| !pattern.negated && all(&pattern.text))
    }

    /// Whether any pattern takes files back; then a folder that is excluded may still hold files.
    pub fn has_exceptions(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.negated)
    }
}

/// Docker cleans a line twice, the second time with its `!`; so `/!a` takes `a` back, and
/// `!../../b` excludes `b`.
fn pattern(line: &str, span: Span) -> Result<Pattern, String> {
    let (mark, text) = match line.strip_prefix('!') {
        Some(rest) => ("!", rest.trim()),
        None => ("", line),
    };
    let text = if text.is_empty() { String::new() } else { clean(text) };
    let text = if text.len() > 1 { text.strip_prefix('/').unwrap_or(&text) } else { &text };
    let cleaned = clean(&format!("{mark}{text}"));
    let (negated, text) = match cleaned.strip_prefix('!') {
        Some("") => return Err("`!` takes nothing back: a pattern must follow".to_owned()),
        Some(rest) => (true, rest),
        None => (false, cleaned.as_str()),
    };
    Ok(Pattern { text: text.to_owned(), negated, span, tokens: tokens(text)? })
}

/// Go's `filepath.Clean`.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            other => parts.push(other),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

fn tokens(pattern: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(ch) = rest.next() {
        tokens.push(match ch {
            '*' if rest.peek() == Some(&'*') => {
                rest.next();
                if rest.peek() == Some(&'/') {
                    rest.next();
                }
                if rest.peek().is_none() { Token::All } else { Token::Folders }
            }
            '*' => Token::Any,
            '?' => Token::One,
            '[' => class(&mut rest).ok_or_else(|| format!("`{pattern}` has a `[` without `]`"))?,
            '\\' => Token::Literal(rest.next().ok_or_else(|| format!("`{pattern}` ends in `\\`"))?),
            other => Token::Literal(other),
        });
    }
    Ok(tokens)
}

fn class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Token> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let start = match rest.next()? {
            ']' if !ranges.is_empty() => return Some(Token::Class(negated, ranges)),
            ']' => return None,
            '\\' => rest.next()?,
            other => other,
        };
        let mut end = start;
        if rest.next_if_eq(&'-').is_some() {
            end = match rest.next()? {
                ']' => return None,
                '\\' => rest.next()?,
                other => other,
            };
        }
        ranges.push((start, end));
    }
}

/// Whether the tokens match all of `path`: a walk over the set of reachable positions.
fn is_match(tokens: &[Token], path: &[char]) -> bool {
    let mut reached = vec![false; path.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for token in tokens {
        let mut next = vec![false; path.len() + 1];
        // Whether `Any`, `Folders` or `All` can still go on from an earlier position.
        let mut open = false;
        for position in 0..=path.len() {
            let here = reached.get(position).copied().unwrap_or_default();
            let before = position.checked_sub(1);
            let last = before.and_then(|before| path.get(before)).copied();
            let from_last =
                before.and_then(|before| reached.get(before)).copied().unwrap_or_default();
            let matched = match token {
                Token::Literal(wanted) => from_last && last == Some(*wanted),
                Token::One => from_last && last.is_some_and(|ch| ch != '/'),
                Token::Class(negated, ranges) => {
                    let inside =
                        |ch: char| ranges.iter().any(|(from, to)| (*from..=*to).contains(&ch));
                    from_last && last.is_some_and(|ch| inside(ch) != *negated)
                }
                Token::Any => {
                    open = here || (open && last != Some('/'));
                    open
                }
                Token::All => {
                    open |= here;
                    open
                }
                Token::Folders => {
                    let matched = here || (open && last == Some('/'));
                    open |= here;
                    matched
                }
            };
            if let Some(slot) = next.get_mut(position) {
                *slot = matched;
            }
        }
        if !next.contains(&true) {
            return false;
        }
        reached = next;
    }
    reached.last().copied().unwrap_or_default()
}
