//! What a rule sees, and how it reports.

use super::{Check, Rule};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Impact, Level, Related, Spoils};
use crate::image::{Image, Started};
use crate::model::ignore::IgnoreFile;
use crate::model::{Model, Stage, Step};
use crate::order;
use crate::pragma::Pragma;
use crate::report::{RuleSet, Settings, Workspace};
use crate::shellcheck::ShellLinter;
use crate::source::{LineIndex, Span};
use crate::syntax::{Directive, Dockerfile, Flag, Item, ItemKind, Keyword, Refusal, RefusalKind};

/// The facts, and the findings so far.
pub struct Context<'c, 'a> {
    /// The text of the Dockerfile.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'c LineIndex,
    /// What the user gave us besides.
    pub workspace: &'c Workspace,
    /// What the user wants of the rules.
    pub settings: &'c Settings,
    /// The tree.
    pub tree: &'a Dockerfile,
    /// The stages.
    pub model: &'c Model<'a>,
    /// The `.dockerignore`, where there is one.
    pub ignore: Option<&'c IgnoreFile>,
    /// What BuildKit refuses.
    pub refusals: &'c [Refusal],
    /// The simulated image of each stage.
    pub images: &'c [Image],
    /// What a container of each stage starts.
    pub(super) starts: &'c [Started<'c>],
    /// The linter for the scripts of RUN, where there is one.
    pub scripts: Option<&'c dyn ShellLinter>,
    /// The comments that silence rules, each with its place.
    pub pragmas: &'c [(Pragma, Span)],
    pub(super) speaker: &'c Speaker,
    pub(super) found: Vec<Diagnostic>,
}

/// The rule that is running.
#[derive(Clone, Copy)]
pub(super) struct Speaker {
    pub(super) rule: &'static Rule,
    /// The peers' codes of the rule.
    pub(super) codes: &'static [&'static str],
    /// The level under the settings in force.
    pub(super) level: Level,
}

/// An instruction in its surroundings.
pub struct Site<'c, 'a> {
    /// The stage; `None` before the first FROM.
    pub stage: Option<&'c Stage<'a>>,
    /// The instruction with its expansion.
    pub step: &'c Step<'a>,
}

impl<'c, 'a> Context<'c, 'a> {
    /// The same facts under other settings, with nothing found yet.
    pub(super) fn again<'n>(&'n self, settings: &'n Settings) -> Context<'n, 'a> {
        Context { settings, found: Vec::new(), ..*self }
    }

    /// The simulated image at the end of a stage.
    pub fn image(&self, stage: &Stage<'_>) -> Option<&'c Image> {
        self.images.get(stage.index)
    }

    /// What a container of a stage starts.
    pub(crate) fn started(&self, stage: &Stage<'_>) -> &'c Started<'c> {
        self.starts.get(stage.index).unwrap_or(&Started::Unknown(None))
    }

    /// Whether the user asked for the rules of a peer, and so for what that peer says, also where we
    /// would rather be silent.
    pub fn follows(&self, peer: RuleSet) -> bool {
        self.settings.set == peer
    }

    /// Reports a finding at `span`; the returned draft takes a fix and related places.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Draft<'_> {
        let instruction_line = self.instruction_line(span.start);
        let Speaker { rule, codes, level } = *self.speaker;
        self.found.push(Diagnostic {
            rule: rule.name,
            codes,
            level,
            message: message.into(),
            span,
            instruction_line,
            related: Vec::new(),
            fix: None,
            impact: self.impact(span),
        });
        let own_level = level == rule.level;
        Draft { diagnostic: self.found.last_mut(), own_level }
    }

    /// What a finding of the running rule means for the stage that it lies in.
    fn impact(&self, span: Span) -> Option<Impact> {
        let Check::Decides(spoils, _) = self.speaker.rule.check else { return None };
        let stages = &self.model.stages;
        let behind = stages.partition_point(|stage| stage.span().start <= span.start);
        Some(Impact { spoils, stage: behind.saturating_sub(1) })
    }

    /// Reports what BuildKit refuses, with the replacement that was probably meant.
    pub fn report_refusal(&mut self, refusal: &Refusal) -> Draft<'_> {
        let reads_on = self.hadolint_reads_on(refusal);
        let mut found = self.report(refusal.span, refusal.message.as_str());
        if reads_on {
            found = found.codes(&[]);
        }
        match &refusal.suggestion {
            Some(meant) => found.unsafe_fix(
                format!("Write `{}`, if that is what you mean", meant.text),
                vec![Edit::replace(meant.span, meant.text.as_str())],
            ),
            None => found,
        }
    }

    /// Whether hadolint takes a flag for something else, where BuildKit stops: in RUN for the
    /// command, in COPY without a value for a path.
    fn hadolint_reads_on(&self, refusal: &Refusal) -> bool {
        use RefusalKind::{DuplicateFlag, FlagWithoutValue, UnknownFlag};
        let Some(ItemKind::Instruction(found)) =
            self.item(refusal.span.start).map(|item| &item.kind)
        else {
            return false;
        };
        match found.statement.keyword {
            Keyword::Run => {
                matches!(refusal.kind, DuplicateFlag | FlagWithoutValue | UnknownFlag)
            }
            Keyword::Copy => refusal.kind == FlagWithoutValue,
            _ => false,
        }
    }

    /// The lines that an instruction takes up, the end of the last one included.
    pub fn extent(&self, instruction: Span) -> Span {
        self.item(instruction.start).map_or(instruction, |item| item.extent)
    }

    /// Whether blanks follow; hadolint counts them as part of an argument at the end of a line.
    pub fn has_blank_behind(&self, argument: Span) -> bool {
        Span::new(argument.end, argument.end + 1).of(self.text).starts_with([' ', '\t'])
    }

    /// Takes a flag of an instruction away, with the blank behind it.
    pub fn removal(&self, flag: &Flag) -> Edit {
        let blank = Span::new(flag.span.end, flag.span.end + 1);
        let end = if blank.of(self.text) == " " { blank.end } else { flag.span.end };
        Edit::delete(Span::new(flag.span.start, end))
    }

    /// The first line that is no directive, read as one: what a mistake has kept from being one.
    pub fn below_directives(&self, separators: &[char]) -> Option<Directive> {
        let is_directive = |item: &&Item| matches!(item.kind, ItemKind::Directive(_));
        let item = self.tree.items.iter().find(|item| !is_directive(item))?;
        let comment = item.kind == ItemKind::Comment;
        comment.then(|| Directive::of_comment(self.text, item.extent, separators))?
    }

    /// Whether a comment for people stands on the line above the item at `offset`, or, since nothing may
    /// stand above a directive, on the line below it.
    pub fn has_remark_beside(&self, offset: u32) -> bool {
        let items = &self.tree.items;
        let own = items.partition_point(|item| item.extent.end <= offset);
        let directive =
            items.get(own).is_some_and(|own| matches!(own.kind, ItemKind::Directive(_)));
        let beside = if directive { Some(own + 1) } else { own.checked_sub(1) };
        beside.and_then(|index| items.get(index)).is_some_and(|item| {
            item.kind == ItemKind::Comment
                && Pragma::of_comment(self.text, item.extent).is_none()
                && item.extent.of(self.text).contains(char::is_alphabetic)
        })
    }

    /// The whole lines that `span` touches, the end of the last one included.
    pub fn whole_lines(&self, span: Span) -> Span {
        let last = self.lines.line(span.end);
        let end = match (last as usize) < self.lines.len() {
            true => self.lines.line_start(last + 1),
            false => self.text.len() as u32,
        };
        Span::new(self.lines.line_start(self.lines.line(span.start)), end)
    }

    /// Whether the line above an instruction is a comment.
    pub fn has_comment_above(&self, instruction: Span) -> bool {
        let place = self.tree.items.partition_point(|item| item.extent.end <= instruction.start);
        let above = place.checked_sub(1).and_then(|place| self.tree.items.get(place));
        above.is_some_and(|item| item.kind == ItemKind::Comment)
    }

    fn item(&self, offset: u32) -> Option<&'a Item> {
        let items = &self.tree.items;
        items.get(items.partition_point(|item| item.extent.end <= offset))
    }

    fn instruction_line(&self, offset: u32) -> u32 {
        match self.item(offset).map(|item| &item.kind) {
            Some(ItemKind::Instruction(instruction)) => instruction.start_line(),
            _ => self.lines.line(offset),
        }
    }
}

/// A finding that is still being worded.
pub struct Draft<'f> {
    diagnostic: Option<&'f mut Diagnostic>,
    /// Whether the level is the rule's own, not one that the settings chose.
    own_level: bool,
}

impl Draft<'_> {
    fn change(mut self, change: impl FnOnce(&mut Diagnostic)) -> Self {
        if let Some(diagnostic) = self.diagnostic.as_deref_mut() {
            change(diagnostic);
        }
        self
    }

    /// Adds a fix that leaves the image as it is.
    pub fn safe_fix(self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix(Applicability::Safe, title, edits)
    }

    /// Adds a fix that may change the image; the title says how.
    pub fn unsafe_fix(self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix(Applicability::Unsafe, title, edits)
    }

    fn fix(
        self,
        applicability: Applicability,
        title: impl Into<String>,
        mut edits: Vec<Edit>,
    ) -> Self {
        order::by_span(&mut edits, |edit| edit.span);
        let fix = Fix { title: title.into(), applicability, edits };
        self.change(|diagnostic| diagnostic.fix = Some(fix))
    }

    /// Points at another place.
    pub fn related(self, span: Span, message: impl Into<String>) -> Self {
        let related = Related { span, message: message.into() };
        self.change(|diagnostic| diagnostic.related.push(related))
    }

    /// Says which stage's image is meant, where that is not the one with the words.
    pub fn in_stage(self, stage: usize) -> Self {
        self.change(|diagnostic| {
            diagnostic.impact.iter_mut().for_each(|impact| impact.stage = stage);
        })
    }

    /// Says what this finding spoils, where that is not what the rule's others do.
    pub fn spoils(self, spoils: Option<Spoils>) -> Self {
        self.change(|diagnostic| {
            let stage = diagnostic.impact.map(|impact| impact.stage);
            diagnostic.impact = stage.zip(spoils).map(|(stage, spoils)| Impact { spoils, stage });
        })
    }

    /// Narrows the peers' codes to those that speak of this very case.
    pub fn codes(self, codes: &'static [&'static str]) -> Self {
        self.change(|diagnostic| diagnostic.codes = codes)
    }

    /// Keeps the codes of those who speak of this very case, of a rule with one code of hadolint and
    /// behind it one of BuildKit.
    pub fn said_by(self, hadolint: bool, buildkit: bool) -> Self {
        let kept = usize::from(!hadolint)..1 + usize::from(buildkit);
        self.change(|diagnostic| diagnostic.codes = diagnostic.codes.get(kept).unwrap_or_default())
    }

    /// Sets the level, whatever the rule's own.
    pub(super) fn certain_level(self, level: Level) -> Self {
        self.change(|diagnostic| diagnostic.level = level)
    }

    /// Adds a fix that somebody else has put together.
    pub(super) fn ready_fix(self, fix: Fix) -> Self {
        self.change(|diagnostic| diagnostic.fix = Some(fix))
    }

    /// Replaces the rule's level, unless the settings have set one.
    pub fn level(self, level: Level) -> Self {
        if !self.own_level {
            return self;
        }
        self.change(|diagnostic| diagnostic.level = level)
    }
}

/// The comments that silence rules, each with its place.
pub(super) fn pragmas(text: &str, tree: &Dockerfile) -> Vec<(Pragma, Span)> {
    let of_item = |item: &Item| match &item.kind {
        ItemKind::Directive(directive) if directive.name == "check" => {
            let pragma = Pragma::of_check(&directive.value, directive.value_span.start);
            Some((pragma, directive.span))
        }
        ItemKind::Comment => {
            let comment = item.extent.of(text);
            let end = item.extent.start + comment.trim_end().len() as u32;
            let start = item.extent.end - comment.trim_start().len() as u32;
            Some((Pragma::of_comment(text, item.extent)?, Span::new(start, end)))
        }
        _ => None,
    };
    tree.items.iter().filter_map(of_item).collect()
}
