//! The shell that runs the shell form of RUN, CMD and ENTRYPOINT.

use crate::syntax::Word;

/// A family of shells: what one of them understands, the others do too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShellKind {
    /// `sh`, and what it is a link to: dash, busybox.
    Sh,
    /// bash.
    Bash,
    /// ksh, zsh and the like.
    OtherUnix,
    /// PowerShell under its two names.
    PowerShell,
    /// `cmd` of Windows.
    Cmd,
    /// Something else.
    Unknown,
}

impl ShellKind {
    /// Whether `$name` is a variable of the environment there.
    pub const fn is_unix(self) -> bool {
        matches!(self, Self::Sh | Self::Bash | Self::OtherUnix)
    }
}

/// The shell in force at an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// The words of SHELL, the script is put behind; `/bin/sh -c` where nobody chose one,
    /// and `cmd /S /C` on Windows.
    pub words: Vec<String>,
    /// The family.
    pub kind: ShellKind,
    /// Whether SHELL or a comment `# hadolint shell=` chose it.
    pub chosen: bool,
}

impl Default for Shell {
    fn default() -> Self {
        let words = vec!["/bin/sh".to_owned(), "-c".to_owned()];
        Self { words, kind: ShellKind::Sh, chosen: false }
    }
}

impl Shell {
    /// What RUN goes through on an image for Windows where nobody chose another.
    pub(super) fn of_windows() -> Self {
        let words = ["cmd", "/S", "/C"].map(str::to_owned).to_vec();
        Self { words, kind: ShellKind::Cmd, chosen: false }
    }

    /// The shell that SHELL chooses.
    pub(super) fn of(words: &[Word]) -> Self {
        Self::named(words.iter().map(|word| word.text.to_string()).collect())
    }

    /// The shell of these words: a program and its flags.
    pub fn named(words: Vec<String>) -> Self {
        let kind = words.first().map_or(ShellKind::Unknown, |program| kind(program));
        Self { words, kind, chosen: true }
    }

    /// The shell that a comment `# hadolint shell=bash` names.
    pub(super) fn of_pragma(comment: &str) -> Option<Self> {
        let program = crate::pragma::shell(comment)?;
        Some(Self::named(vec![program.to_owned()]))
    }

    /// Whether a script ends at the first command that fails: `-e` among the words.
    pub fn stops_at_failure(&self) -> bool {
        let short = |word: &String| word.starts_with('-') && !word.starts_with("--");
        self.words.iter().skip(1).any(|word| short(word) && word.contains('e'))
    }

    /// Whether a pipe fails where any of its commands fails: `-o pipefail` among the words.
    pub fn has_pipefail(&self) -> bool {
        let mut words = self.words.iter().skip(1).peekable();
        while let Some(word) = words.next() {
            let options = word.starts_with('-') && !word.starts_with("--") && word.ends_with('o');
            if options && words.peek().is_some_and(|next| *next == "pipefail") {
                return true;
            }
        }
        false
    }
}

fn kind(program: &str) -> ShellKind {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_ascii_lowercase();
    match name.strip_suffix(".exe").unwrap_or(&name) {
        "sh" | "dash" | "ash" | "busybox" => ShellKind::Sh,
        "bash" => ShellKind::Bash,
        "ksh" | "zsh" | "mksh" | "fish" => ShellKind::OtherUnix,
        "powershell" | "pwsh" => ShellKind::PowerShell,
        "cmd" => ShellKind::Cmd,
        _ => ShellKind::Unknown,
    }
}
