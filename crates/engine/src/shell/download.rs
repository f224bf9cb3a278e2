//! curl and wget: what they fetch, and with which switches.

use super::{Command, ShellWord};
use std::ops::BitOr;

/// Programs that fetch what a URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetcher {
    /// curl.
    Curl,
    /// wget, of GNU or BusyBox.
    Wget,
}

impl Fetcher {
    /// Flags of one letter whose value follows.
    const fn valued_letters(self) -> &'static str {
        match self {
            Self::Curl => "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
            Self::Wget => "oaeiBtOTwQPUDARIXl",
        }
    }

    /// Whether the value of a long flag is the next word, if there is no `=`.
    fn takes_value(self, name: &str) -> bool {
        const CURL: [&str; 42] = [
            "cacert",
            "capath",
            "cert",
            "ciphers",
            "config",
            "connect-timeout",
            "connect-to",
            "continue-at",
            "cookie",
            "cookie-jar",
            "data",
            "data-binary",
            "data-raw",
            "data-urlencode",
            "dump-header",
            "etag-compare",
            "etag-save",
            "form",
            "header",
            "interface",
            "key",
            "limit-rate",
            "max-redirs",
            "max-time",
            "netrc-file",
            "noproxy",
            "output",
            "output-dir",
            "pinnedpubkey",
            "proto",
            "proto-default",
            "proto-redir",
            "proxy",
            "proxy-user",
            "range",
            "referer",
            "request",
            "resolve",
            "retry",
            "retry-delay",
            "retry-max-time",
            "speed-limit",
        ];
        const CURL_MORE: [&str; 10] = [
            "speed-time",
            "stderr",
            "tls-max",
            "unix-socket",
            "upload-file",
            "url",
            "user",
            "user-agent",
            "write-out",
            "variable",
        ];
        const WGET: [&str; 14] = [
            "append-output",
            "directory-prefix",
            "execute",
            "header",
            "input-file",
            "output-document",
            "output-file",
            "password",
            "post-data",
            "timeout",
            "tries",
            "user",
            "user-agent",
            "waitretry",
        ];
        match self {
            Self::Curl => CURL.contains(&name) || CURL_MORE.contains(&name),
            Self::Wget => WGET.contains(&name),
        }
    }
}

/// A call of curl or wget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download<'a> {
    /// The whole command.
    pub command: &'a Command,
    /// Which of them.
    pub fetcher: Fetcher,
    /// What is fetched: URLs, or variables that hold them.
    pub urls: Vec<&'a ShellWord>,
    /// The file that is written, where a flag names it.
    pub output: Option<&'a ShellWord>,
    /// A bit for each letter of a short flag.
    letters: u128,
    names: Vec<&'a str>,
}

impl<'a> Download<'a> {
    /// Reads a command; `None` if it is none of them.
    pub fn of(command: &'a Command) -> Option<Self> {
        let fetcher = match command.unwrapped_name() {
            "curl" => Fetcher::Curl,
            "wget" => Fetcher::Wget,
            _ => return None,
        };
        let (_, arguments) = command.unwrapped().split_first()?;
        let (letters, names) = (0, Vec::new());
        let mut found = Self { command, fetcher, urls: Vec::new(), output: None, letters, names };
        found.read(arguments);
        Some(found)
    }

    fn read(&mut self, arguments: &'a [ShellWord]) {
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let text = word.text.as_str();
            if let Some(long) = text.strip_prefix("--") {
                let (name, inline) = long.split_once('=').map_or((long, false), |it| (it.0, true));
                self.names.push(name);
                let separate = !inline && self.fetcher.takes_value(name);
                let value = if separate { words.next() } else { None };
                match name {
                    "url" => self.urls.extend(value),
                    "output" | "output-document" => self.output = value.or(self.output),
                    _ => {}
                }
            } else if let Some(letters) = text.strip_prefix('-').filter(|rest| !rest.is_empty()) {
                let valued = letters.find(|ch| self.fetcher.valued_letters().contains(ch));
                let end = valued.map_or(letters.len(), |at| at + 1);
                let given = letters.get(..end).unwrap_or_default();
                self.letters |= given.chars().map(bit).fold(0, u128::bitor);
                // `-nv`, `-nc`: the `n` of wget says that the next letter is switched off.
                let value =
                    if valued.is_some() && end == letters.len() { words.next() } else { None };
                if letters.get(..end).is_some_and(|it| it.ends_with(['o', 'O'])) {
                    self.output = value.or(self.output);
                }
            } else {
                self.urls.push(word);
            }
        }
    }

    /// Whether a flag is there under one of its names.
    pub fn has(&self, letter: Option<char>, name: &str) -> bool {
        letter.is_some_and(|letter| self.has_letter(letter)) || self.names.contains(&name)
    }

    fn has_letter(&self, letter: char) -> bool {
        self.letters & bit(letter) != 0
    }

    /// Whether it fetches a document: it does not only ask for the headers, for help or the like,
    /// nor send something.
    pub fn fetches(&self) -> bool {
        let other = match self.fetcher {
            Fetcher::Curl => {
                const NAMES: [&str; 6] =
                    ["head", "version", "help", "data", "request", "upload-file"];
                "IVhdXTwF".chars().any(|letter| self.has_letter(letter))
                    || NAMES.iter().any(|name| self.names.contains(name))
                    || self.names.contains(&"write-out")
                    || self.names.iter().any(|name| name.starts_with("data"))
            }
            Fetcher::Wget => {
                const NAMES: [&str; 4] = ["spider", "version", "help", "post-data"];
                "Vh".chars().any(|letter| self.has_letter(letter))
                    || NAMES.iter().any(|name| self.names.contains(name))
            }
        };
        !self.urls.is_empty() && !other
    }
}

/// The bit of a letter; none of what is not ASCII.
const fn bit(letter: char) -> u128 {
    if letter.is_ascii() { 1 << letter as u32 } else { 0 }
}

/// Whether a later command of the same script checks what was downloaded against a checksum or a
/// signature.
pub fn verifies(command: &Command) -> bool {
    let program = command.unwrapped_program();
    match program {
        "sha1sum" | "sha224sum" | "sha256sum" | "sha384sum" | "sha512sum" | "md5sum" | "b2sum"
        | "shasum" => command.has_flag(Some('c'), "check"),
        "gpg" | "gpg2" | "gpgv" => program == "gpgv" || command.has_flag(None, "verify"),
        "cosign" | "minisign" | "signify" => true,
        _ => false,
    }
}
