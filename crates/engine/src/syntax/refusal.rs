//! What BuildKit refuses: the kinds of build errors that the text alone gives away.

use crate::source::Span;

/// What sort of refusal; there is one rule for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// A physical line longer than BuildKit's buffer.
    LongLine,
    /// `# escape=` with another value than a backslash or a backtick.
    EscapeDirective,
    /// A parser directive given twice.
    DuplicateDirective,
    /// A heredoc without end.
    HeredocEnd,
    /// A heredoc where a destination must stand.
    HeredocDestination,
    /// A keyword that is no instruction.
    UnknownInstruction,
    /// An instruction other than ARG before the first FROM.
    BeforeFrom,
    /// A file without FROM.
    NoStage,
    /// Arguments are missing.
    MissingArguments,
    /// There are more arguments than the instruction takes.
    ExtraArguments,
    /// Something else than `AS` behind the image of FROM.
    FromWithoutAs,
    /// A stage name with characters that are not allowed.
    StageName,
    /// `name=value` is malformed.
    KeyValue,
    /// A quote never closes.
    OpenQuote,
    /// `${...}` is malformed, or its modifier is not known.
    Substitution,
    /// A JSON array with something else than strings.
    JsonElements,
    /// SHELL without a JSON array.
    ShellForm,
    /// ONBUILD with a trigger that is not allowed.
    OnbuildTrigger,
    /// HEALTHCHECK with something else than CMD or NONE.
    HealthcheckType,
    /// A HEALTHCHECK duration that is none, or under a millisecond.
    HealthcheckDuration,
    /// HEALTHCHECK --retries that is no number, or negative.
    HealthcheckRetries,
    /// VOLUME with an empty path.
    EmptyVolume,
    /// A flag that the instruction does not have.
    UnknownFlag,
    /// A flag given twice.
    DuplicateFlag,
    /// A flag that needs a value has none.
    FlagWithoutValue,
    /// A flag that is either on or off has another value.
    FlagBoolean,
    /// RUN --mount with an unknown key, a bad value, or keys that exclude each other.
    RunMount,
    /// RUN --network, --security or --device with a bad value.
    RunSandbox,
    /// A reference to an image that breaks the grammar.
    ImageReference,
    /// FROM with an empty image name.
    EmptyImage,
    /// A platform that is none.
    Platform,
    /// EXPOSE with something that is no port.
    Port,
    /// EXPOSE with a protocol other than tcp, udp and sctp.
    PortProtocol,
    /// COPY or ADD --chmod with a bad mode.
    Chmod,
    /// ADD --checksum where none can be checked.
    Checksum,
    /// COPY of a URL or a Git repository.
    CopyRemote,
    /// `--from` with a number that no stage has.
    StageIndex,
    /// `--from` with a stage that comes later.
    LaterStage,
    /// A stage that copies or mounts from itself.
    CopyFromSelf,
    /// Stages that need each other.
    StageCycle,
    /// `--from` with a variable.
    FromVariable,
    /// STOPSIGNAL with something that is no signal.
    Stopsignal,
}

/// A replacement that would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// One refusal, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What sort of refusal.
    pub kind: RefusalKind,
    /// The offending words.
    pub span: Span,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<Suggestion>,
}

impl Refusal {
    pub(crate) fn new(kind: RefusalKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, span, message: message.into(), suggestion: None }
    }

    /// Adds a replacement for the words at `span`.
    pub(crate) fn suggest(mut self, span: Span, text: impl Into<String>) -> Self {
        self.suggestion = Some(Suggestion { span, text: text.into() });
        self
    }
}
