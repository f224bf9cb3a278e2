//! `-ldflags`: what Go's linker is asked for.

/// A variable that `-X` sets in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkVariable {
    /// Its name with the import path, as in `main.version`.
    pub name: String,
    /// The value as written; `None` where there is no `=`.
    pub value: Option<String>,
    /// Whether quotes for the linker hold the value together.
    pub quoted: bool,
}

/// What `-ldflags` asks of the linker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linker {
    /// `-s`: no symbol table, and no debug information either.
    pub no_symbols: bool,
    /// `-w`: no debug information.
    pub no_debug: bool,
    /// `-linkmode external`: the C compiler links.
    pub external: bool,
    /// `-static` among `-extldflags`.
    pub is_static: bool,
    /// The variables of `-X`.
    pub variables: Vec<LinkVariable>,
    /// Whether a variable of the shell may hold more flags.
    pub open: bool,
}

impl Linker {
    pub(super) fn of(text: &str) -> Self {
        let mut linker = Self::default();
        // `all=-s` is for all packages; the linker sees the rest.
        let text = match text.split_once('=') {
            Some((pattern, rest)) if !pattern.starts_with(['-', '\'', '"', ' ', '$']) => rest,
            _ => text,
        };
        let words = split(text);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let Some(flag) = word.text.strip_prefix('-') else {
                linker.open |= word.text.contains(['$', '`']);
                continue;
            };
            let flag = flag.strip_prefix('-').unwrap_or(flag);
            let (name, own) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (flag, None),
            };
            match name {
                "s" => linker.no_symbols = own != Some("false"),
                "w" => linker.no_debug = !matches!(own, Some("false" | "0")),
                "linkmode" | "extldflags" | "X" => {
                    let (value, quoted) = match own {
                        Some(value) => (Some(value), word.quoted),
                        None => {
                            let next = words.next();
                            (
                                next.map(|next| next.text.as_str()),
                                next.is_some_and(|next| next.quoted),
                            )
                        }
                    };
                    let Some(value) = value else { continue };
                    match name {
                        "linkmode" => linker.external = value == "external",
                        "extldflags" => linker.is_static = value.contains("-static"),
                        _ => {
                            let (name, value) = match value.split_once('=') {
                                Some((name, value)) => (name, Some(value.to_owned())),
                                None => (value, None),
                            };
                            let name = name.to_owned();
                            linker.variables.push(LinkVariable { name, value, quoted });
                        }
                    }
                }
                _ => {}
            }
        }
        linker
    }
}

/// A word of such a list, without its quotes.
pub(super) struct Part {
    pub(super) text: String,
    quoted: bool,
}

/// Words as Go splits its own flags: by blanks, unless a word starts with a quote. Expansions of
/// the shell count as part of their word.
pub(super) fn split(text: &str) -> Vec<Part> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quote, mut depth) = (None, 0u32);
    let mut before = ' ';
    for ch in text.chars() {
        match ch {
            _ if quote == Some(ch) && depth == 0 => {
                quote = None;
                words.push(Part { text: std::mem::take(&mut word), quoted: true });
                before = ' ';
                continue;
            }
            '\'' | '"' if word.is_empty() && quote.is_none() => {
                quote = Some(ch);
                continue;
            }
            '(' if depth > 0 || before == '$' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' | '\t' | '\n' | '\r' if quote.is_none() && depth == 0 => {
                if !word.is_empty() {
                    words.push(Part { text: std::mem::take(&mut word), quoted: false });
                }
                before = ch;
                continue;
            }
            _ => {}
        }
        word.push(ch);
        before = ch;
    }
    if !word.is_empty() {
        words.push(Part { text: word, quoted: quote.is_some() });
    }
    words
}
