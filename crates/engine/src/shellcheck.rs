//! The scripts of a Dockerfile, for a linter of shell scripts, and the way back of its findings.
//!
//! ShellCheck's checks are no part of the engine: the command line links a linter, the page asks
//! one in a worker. Both hand it in as a [`ShellLinter`]; the engine says which scripts there are,
//! where each byte of them stands, and which findings count.

use crate::catalog::Family;
use crate::diagnostic::{Applicability, Edit, Fix, Level};
use crate::model::{Model, Shell, ShellKind, Step};
use crate::named::Names;
use crate::order;
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Instruction, Word, instruction::ArgDeclaration};
use crate::text::Text;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

/// A script that a shell runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellScript {
    /// The text, continuation lines joined.
    pub text: Text,
    /// The shell that runs it.
    pub shell: Rc<Shell>,
    /// Variables that are set before it starts, sorted.
    pub variables: Rc<[String]>,
}

/// What a linter says of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellFinding {
    /// ShellCheck's number for it: 2086 for SC2086.
    pub code: u16,
    /// How much it matters.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// Where, in bytes of the script.
    pub range: Range<u32>,
    /// The mend, where there is one.
    pub fix: Option<ShellFix>,
}

/// A mend of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellFix {
    /// What it does.
    pub title: String,
    /// Whether the script does the same afterwards.
    pub safe: bool,
    /// Replacements, in bytes of the script.
    pub edits: Vec<(Range<u32>, String)>,
}

/// Something that finds what ShellCheck would find.
pub trait ShellLinter {
    /// What it says of one script; nothing if it does not know yet.
    fn lint(&self, script: &ShellScript) -> Rc<[ShellFinding]>;
}

/// ShellCheck's codes that may be reported.
static CODES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../data/shellcheck.txt").lines().collect());

/// The name of a code, as in `SC2086`, at its place in the list, which a finding can share; `None` if
/// nobody has it.
pub fn code_name(code: u16) -> Option<&'static &'static str> {
    let name = format!("SC{code:04}");
    CODES.iter().find(|known| **known == name)
}

/// A script with its place in the file.
pub(crate) struct Placed<'m> {
    pub(crate) script: ShellScript,
    instruction: &'m Instruction,
    source: Source<'m>,
    /// The distribution whose `/bin/sh` runs it, where no other shell was chosen.
    family: Option<Family>,
}

/// Where the text of a script comes from.
enum Source<'m> {
    /// The line, and the lines of its heredocs behind it.
    Line(&'m Word, Option<Span>),
    Heredoc(Span),
}

impl Placed<'_> {
    fn span(&self, range: &Range<u32>) -> Span {
        match self.source {
            Source::Line(word, bodies) => {
                // A line end stands between the two.
                let line = word.text.len() as u32 + 1;
                match bodies.filter(|_| range.start >= line) {
                    Some(bodies) => within(bodies, range.start - line, range.end - line),
                    None => word.part(&self.instruction.line, range),
                }
            }
            Source::Heredoc(body) => within(body, range.start, range.end),
        }
    }

    /// Whether the shell of that distribution knows what a POSIX shell need not know.
    pub(crate) fn is_known_there(&self, code: u16) -> bool {
        match self.family {
            // There `sh` is bash.
            Some(Family::Amazon | Family::Rhel) => (3000..3100).contains(&code),
            Some(Family::Alpine | Family::Busybox | Family::Wolfi) => {
                KNOWN_TO_BUSYBOX.contains(&code)
            }
            _ => false,
        }
    }

    /// The place of a finding in the file.
    pub(crate) fn place(&self, finding: &ShellFinding) -> Span {
        self.span(&finding.range)
    }

    /// The fix as edits of the file; `None` if it reaches over a line end that the script lacks.
    pub(crate) fn fix(&self, fix: &ShellFix) -> Option<Fix> {
        let edit = |(range, text): &(Range<u32>, String)| {
            let span = self.span(range);
            let whole = span.len() == range.end - range.start;
            (whole && !text.contains('\n')).then(|| Edit::replace(span, text.as_str()))
        };
        let mut edits: Vec<Edit> = fix.edits.iter().map(edit).collect::<Option<_>>()?;
        order::by_span(&mut edits, |edit| edit.span);
        let applicability = if fix.safe { Applicability::Safe } else { Applicability::Unsafe };
        Some(Fix { title: fix.title.clone(), applicability, edits })
    }
}

/// What BusyBox's shell understands of that which ShellCheck calls unknown to POSIX, tried with
/// 1.35: `<()`, `$''`, `[[`, `<` and `==` and `=~` in tests, `++`, `**`, `&>`, names of functions,
/// `echo -n`, `echo -e`, `let`, `pipefail`, `local`, `source`, ERR and SIG in traps, substrings and
/// replacements in `${}`.
const KNOWN_TO_BUSYBOX: [u16; 21] = [
    3001, 3003, 3010, 3012, 3014, 3015, 3018, 3019, 3020, 3033, 3036, 3037, 3039, 3040, 3043, 3046,
    3047, 3048, 3051, 3057, 3060,
];

/// Most scripts of a file that are looked at, and most variables that are told of: a linter of
/// scripts takes a thousand times as long for a line as ours.
const MAX_SCRIPTS: usize = 1_000;
const MAX_VARIABLES: usize = 200;

/// The scripts of all RUN instructions that a POSIX shell runs.
pub(crate) fn scripts<'m>(model: &'m Model<'_>) -> Vec<Placed<'m>> {
    let mut scripts = Vec::new();
    for stage in &model.stages {
        let mut names = Names::new();
        let root = model.stages.get(stage.root).and_then(|root| root.found);
        let family = root.map(|found| found.image.family);
        let mut variables: Rc<[String]> = Rc::default();
        for step in &stage.steps {
            if names.len() < MAX_VARIABLES && declare(step, &mut names) {
                variables = names.names().map(str::to_owned).collect();
            }
            scripts.extend(script(step, model.text, &variables, family));
            if scripts.len() >= MAX_SCRIPTS {
                return scripts;
            }
        }
    }
    scripts
}

/// Adds what ARG and ENV set; says whether that was anything.
fn declare(step: &Step<'_>, names: &mut Names) -> bool {
    match step.body() {
        Body::Arg(declarations) => {
            let name = |declaration: &ArgDeclaration| declaration.name.text.to_string();
            names.extend(declarations.iter().map(name));
        }
        Body::Env(pairs) => names.extend(pairs.iter().map(|pair| pair.key.text.to_string())),
        _ => return false,
    }
    true
}

fn script<'m>(
    step: &'m Step<'_>,
    source: &str,
    variables: &Rc<[String]>,
    family: Option<Family>,
) -> Option<Placed<'m>> {
    let unix = matches!(step.shell.kind, ShellKind::Sh | ShellKind::Bash | ShellKind::OtherUnix);
    let Body::Run(CommandLine::Shell(word)) = &step.run().filter(|_| unix)?.body else {
        return None;
    };
    let line = &step.instruction.line;
    // A lone heredoc is the script itself; a `#!` line in it has its own say about the shell.
    let (text, source) = match line.heredocs.first() {
        Some(heredoc) if word.span == heredoc.span => {
            (Text::from(heredoc.body.of(source)), Source::Heredoc(heredoc.body))
        }
        // The shell reads what `cat <<EOF` gets behind the line, as BuildKit puts it there.
        Some(first) => match line.heredocs.last().and_then(|last| last.terminator) {
            Some(end) => {
                let bodies = Span::new(first.body.start, end.end);
                let text = format!("{}\n{}\n", word.text, bodies.of(source));
                (Text::from(text.as_str()), Source::Line(word, Some(bodies)))
            }
            None => (word.text.clone(), Source::Line(word, None)),
        },
        None => (word.text.clone(), Source::Line(word, None)),
    };
    if text.trim().is_empty() {
        return None;
    }
    let family = family.filter(|_| !step.shell.chosen && !text.starts_with("#!"));
    let (shell, variables) = (Rc::clone(&step.shell), Rc::clone(variables));
    let script = ShellScript { text, shell, variables };
    Some(Placed { script, instruction: step.instruction, source, family })
}

/// A part of a span; nothing of it lies behind its end.
fn within(span: Span, start: u32, end: u32) -> Span {
    Span::new((span.start + start).min(span.end), (span.start + end).min(span.end))
}
