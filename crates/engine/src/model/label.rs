//! What the value of a label may look like. Each format is as lenient as hadolint is, so that both
//! judge a label alike.

use crate::report::LabelKind;

/// Identifiers of SPDX that are not deprecated; a line with `#` tells where they come from.
const LICENSES: &str = include_str!("../../data/licenses.txt");

impl LabelKind {
    /// Whether `value` is one of this kind.
    pub fn accepts(self, value: &str) -> bool {
        match self {
            Self::Raw => true,
            Self::Email => is_email(value),
            Self::GitHash => {
                matches!(value.len(), 7 | 40)
                    && value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            }
            Self::Time => time(value.trim_matches([' ', '\t'])).is_some(),
            Self::SemanticVersion => version(value).is_some(),
            Self::Spdx => is_license(value.trim_end_matches([' ', '\t'])),
            Self::Url => url(value).is_some(),
        }
    }
}

/// The identifiers of SPDX.
pub fn licenses() -> impl Iterator<Item = &'static str> {
    LICENSES.lines().filter(|line| !line.starts_with('#'))
}

fn is_license(id: &str) -> bool {
    licenses().any(|known| known == id)
}

/// Whether `value` is an expression of SPDX, as in `MIT OR (GPL-2.0-only WITH x)`. Exceptions, whose
/// list is not ours, may have any name.
pub fn is_license_expression(value: &str) -> bool {
    let spaced = value.replace('(', " ( ").replace(')', " ) ");
    let mut open = 0u32;
    // Whether a license must come next; behind WITH, an exception.
    let (mut wanted, mut exception) = (true, false);
    for word in spaced.split_whitespace() {
        match word {
            "(" if wanted && !exception => open += 1,
            ")" if !wanted && open > 0 => open -= 1,
            "AND" | "OR" | "and" | "or" if !wanted => wanted = true,
            "WITH" | "with" if !wanted => (wanted, exception) = (true, true),
            _ if exception => (wanted, exception) = (false, false),
            _ if wanted => {
                let id = word.strip_suffix('+').unwrap_or(word);
                if !is_license(id) && !id.contains("LicenseRef-") {
                    return false;
                }
                wanted = false;
            }
            _ => return false,
        }
    }
    !wanted && open == 0
}

/// A dotted local part or one in quotes, and a domain of labels or an address in brackets.
fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.trim_matches([' ', '\t']).rsplit_once('@') else {
        return false;
    };
    let (local, domain) = (local.trim_end(), domain.trim_start());
    let atom = |ch: char| ch.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(ch);
    let is_atom = |part: &str| !part.is_empty() && part.chars().all(atom);
    let quoted = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let local_fits = match quoted {
        Some(text) => !text.contains('"') && text.is_ascii(),
        None => local.split('.').all(is_atom),
    };
    let bracketed = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_label = |label: &str| {
        let inner = |ch: char| ch.is_ascii_alphanumeric() || ch == '-';
        let edge = label.starts_with('-') || label.ends_with('-');
        !edge && (1..64).contains(&label.len()) && label.chars().all(inner)
    };
    let domain_fits = match bracketed {
        Some(text) => !text.contains(['[', ']', '\\']),
        None => {
            let labels = domain.strip_suffix('.').unwrap_or(domain);
            labels.len() < 254 && labels.split('.').all(is_label)
        }
    };
    local_fits && local.len() <= 64 && domain_fits
}

/// Reads from the front of a text.
struct Reader<'t>(&'t str);

impl Reader<'_> {
    /// A number of at least `least` digits, and of at most `most`.
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count().min(most);
        let (number, rest) = self.0.split_at_checked(digits).filter(|_| digits >= least)?;
        self.0 = rest;
        // Of a number too long to be held only the length mattered.
        Some(number.parse().unwrap_or(u32::MAX))
    }

    /// One character out of `set`.
    fn one_of(&mut self, set: &str) -> Option<()> {
        let found = self.0.chars().next().filter(|ch| set.contains(*ch))?;
        self.0 = self.0.get(found.len_utf8()..)?;
        Some(())
    }
}

/// `2006-01-02T15:04:05.999+07:00`.
fn time(value: &str) -> Option<()> {
    let mut reader = Reader(value.strip_prefix('-').unwrap_or(value));
    let year = reader.number(3, usize::MAX)?;
    reader.one_of("-")?;
    let month = reader.number(2, 2)?;
    reader.one_of("-")?;
    let day = reader.number(2, 2)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    };
    reader.one_of("Tt")?;
    let hour = reader.number(2, 2)?;
    reader.one_of(":")?;
    let minute = reader.number(2, 2)?;
    reader.one_of(":")?;
    let second = reader.number(2, 2)?;
    if reader.one_of(".").is_some() {
        reader.number(0, usize::MAX)?;
    }
    if reader.one_of("Zz").is_none() {
        reader.one_of("+-")?;
        reader.number(2, 2)?;
        let _ = reader.one_of(":");
        reader.number(2, 2)?;
    }
    let fits = (1..=days).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    (fits && reader.0.is_empty()).then_some(())
}

/// `1.2.3-rc.1+build.5`.
fn version(value: &str) -> Option<()> {
    let mut reader = Reader(value);
    reader.number(1, usize::MAX)?;
    reader.one_of(".")?;
    reader.number(1, usize::MAX)?;
    reader.one_of(".")?;
    reader.number(1, usize::MAX)?;
    let (rest, build) = reader.0.split_once('+').unwrap_or((reader.0, ""));
    let release = match rest {
        "" => "",
        _ => rest.strip_prefix('-')?,
    };
    let letters = |ch: char| ch.is_ascii_alphanumeric() || ch == '-';
    let is_list = |list: &str| {
        let list = list.strip_suffix('.').unwrap_or(list);
        list.is_empty() || list.split('.').all(|part| !part.is_empty() && part.chars().all(letters))
    };
    (is_list(release) && is_list(build)).then_some(())
}

/// An absolute URI.
fn url(value: &str) -> Option<()> {
    let (scheme, rest) = value.split_once(':')?;
    let in_scheme = |ch: char| ch.is_ascii_alphanumeric() || "+-.".contains(ch);
    let is_scheme = scheme.starts_with(|ch: char| ch.is_ascii_alphabetic());
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?,
        None => ("", rest),
    };
    let (user, host) = authority.split_once('@').unwrap_or(("", authority));
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            let in_address = |ch: char| ch.is_ascii_hexdigit() || ":.".contains(ch);
            let future = address.starts_with('v');
            if !future && (!address.contains(':') || !address.chars().all(in_address)) {
                return None;
            }
            ("", port.strip_prefix(':').or_else(|| port.is_empty().then_some(port))?)
        }
        None => host.split_once(':').unwrap_or((host, "")),
    };
    let fits = is_scheme
        && scheme.chars().all(in_scheme)
        && has_only(user, ":")
        && has_only(name, "")
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && has_only(path, ":@/")
        && has_only(query, ":@/?")
        && has_only(fragment, ":@/?");
    fits.then_some(())
}

/// Whether a part of a URI has only characters that may stand anywhere, and those of `more`.
fn has_only(part: &str, more: &str) -> bool {
    let mut pieces = part.split('%');
    let plain = |text: &str| {
        let fits = |ch: char| {
            ch.is_ascii_alphanumeric() || "-._~!$&'()*+,;=".contains(ch) || more.contains(ch)
        };
        text.chars().all(fits)
    };
    let escaped = |piece: &str| {
        let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        piece.split_at_checked(2).is_some_and(|(digits, rest)| is_hex(digits) && plain(rest))
    };
    pieces.next().is_none_or(plain) && pieces.all(escaped)
}

/// Whether hadolint takes `key` for a good one: small letters and digits with single separators
/// between them, a letter first, and no namespace that Docker keeps for itself.
pub fn key_problem(key: &str) -> Option<&'static str> {
    let reserved = ["com.docker.", "io.docker.", "org.dockerproject."];
    if reserved.iter().any(|namespace| key.starts_with(namespace)) {
        return Some("is in a namespace that Docker keeps for itself");
    }
    let letter = |ch: char| ch.is_ascii_lowercase();
    let inner = |ch: char| letter(ch) || ch.is_ascii_digit() || "-._/".contains(ch);
    if !key.chars().all(inner) {
        return Some("has something else in it than small letters, digits, `.`, `-`, `_` and `/`");
    }
    if !key.starts_with(letter) {
        return Some("does not start with a small letter");
    }
    if !key.ends_with(|ch: char| letter(ch) || ch.is_ascii_digit()) {
        return Some("does not end with a letter or a digit");
    }
    ["..", "--"].iter().any(|pair| key.contains(pair)).then_some("has two separators in a row")
}
