//! A text together with all that the engine says of it, translated to what an editor counts in.

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

use engine::diagnostic::{Applicability, Diagnostic, Fix, Level};
use engine::size::{BaseRow, Range, Verdict};
use engine::source::{LineIndex, Position, Span, Utf16Cursor};
use engine::{Project, Report, Settings, Workspace};

use crate::services::engine::order;
use crate::services::engine::{self as door, Token};
use crate::state::{Many, Same};

/// Above this many bytes the analysis waits for a pause in typing.
pub const DEFERRED_ABOVE: usize = 160_000;
/// A text with a longer line than this is shown without colours: a browser lays out such a line
/// slowly, and twice is too much.
const LONGEST_PAINTED_LINE: usize = 4_000;

/// One finding with its place as people and as browsers count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What the engine said.
    pub diagnostic: Diagnostic,
    /// Where it starts.
    pub start: Position,
    /// Where it ends, in UTF-16 units: `(start, end)`.
    pub utf16: (u32, u32),
    /// What is underlined: the span, or where that is empty, a character beside it.
    pub marked: Span,
}

impl Finding {
    /// What is turned off or fixed as one: the rule, or of the linter of scripts, the code.
    pub fn name(&self) -> &'static str {
        door::name_of_finding(&self.diagnostic)
    }

    /// Whether a rule of that name or code has found it.
    pub fn is_of(&self, rule: &str) -> bool {
        self.diagnostic.is_of(rule)
    }

    /// The fix, unless it has a gap that only the user can fill.
    pub fn usable_fix(&self) -> Option<&Fix> {
        usable(&self.diagnostic)
    }
}

/// The fix of a finding, unless it has a gap that only the user can fill.
pub fn usable(found: &Diagnostic) -> Option<&Fix> {
    found.fix.as_ref().filter(|fix| !fix.edits.is_empty())
}

/// How many findings of each level there are, mildest first as in [`Level::ALL`].
pub type Counts = [usize; 4];

/// A text as the editor paints it.
#[derive(Debug)]
pub struct Sheet {
    /// The text that was analysed.
    pub text: Rc<str>,
    /// Where its lines start.
    pub lines: LineIndex,
    /// Its coloured words in order.
    pub tokens: Vec<Token>,
    /// The findings in the order of their place.
    pub findings: Vec<Finding>,
    /// Whether the text is too unwieldy to be painted.
    pub plain: bool,
}

/// Everything the page shows of both files. Findings are always in the Dockerfile, whose sheet it
/// stands for.
#[derive(Debug)]
pub struct Analysis {
    /// The Dockerfile.
    pub dockerfile: Same<Sheet>,
    /// The `.dockerignore`; empty where there is none.
    pub ignore: Same<Sheet>,
    /// The rest of the engine's answer; its diagnostics moved to the sheet of the Dockerfile.
    pub report: Report,
    /// What the user told of the project.
    project: Project,
    /// The table of base images, once somebody looks at it.
    bases: OnceCell<Vec<BaseRow>>,
}

impl Deref for Analysis {
    type Target = Sheet;

    fn deref(&self) -> &Sheet {
        &self.dockerfile
    }
}

impl Analysis {
    /// Asks the engine about the text of a Dockerfile and its `.dockerignore`, where there is one.
    pub fn of(
        text: Rc<str>,
        ignore: Option<&Rc<str>>,
        project: &Project,
        settings: &Settings,
    ) -> Self {
        let workspace = Workspace {
            dockerfile: text.to_string(),
            dockerignore: ignore.map(ToString::to_string),
            project: project.clone(),
        };
        let mut report = door::analyze(&workspace, settings);
        let mut diagnostics = std::mem::take(&mut report.diagnostics);
        // Whoever has an empty editor before him wants to begin, not to be told off.
        if text.trim().is_empty() {
            diagnostics.clear();
            report.verdict = Verdict::Unknown;
            report.reasons.clear();
        }
        let dockerfile = Sheet::new(text, diagnostics, door::highlight);
        let ignore = ignore.map_or_else(|| "".into(), Rc::clone);
        let ignore = Sheet::new(ignore, Vec::new(), door::highlight_ignore);
        let (dockerfile, ignore) = (Same(Rc::new(dockerfile)), Same(Rc::new(ignore)));
        let (project, bases) = (project.clone(), OnceCell::new());
        Self { dockerfile, ignore, report, project, bases }
    }

    /// The same program on each base image.
    pub fn bases(&self) -> &[BaseRow] {
        self.bases.get_or_init(|| door::bases(&self.text, &self.project, &self.report))
    }

    /// The findings per level.
    pub fn counts(&self) -> Counts {
        Level::ALL.map(|level| self.findings.iter().filter(|f| f.diagnostic.level == level).count())
    }

    /// The gravest level of all findings.
    pub fn worst(&self) -> Option<Level> {
        self.findings.iter().map(|finding| finding.diagnostic.level).max()
    }

    /// The size of the image in short: unpacked, or where that is unknown, compressed.
    pub fn size(&self) -> Option<Range> {
        let size = self.report.estimate.as_ref()?.size;
        size.unpacked.or(size.compressed)
    }

    /// The finding behind a reason of the verdict. What BuildKit refuses is told by a rule too.
    pub fn behind(&self, reason: usize) -> Option<&Diagnostic> {
        let reason = self.report.reasons.get(reason)?;
        let mut told = self.findings.iter().map(|finding| &finding.diagnostic);
        reason.finding.as_ref().or_else(|| told.find(|found| found.message == reason.text))
    }

    /// Whether the verdict is because of a finding.
    pub fn decides(&self, finding: &Finding) -> bool {
        self.report.reasons.iter().any(|reason| reason.text == finding.diagnostic.message)
    }

    /// How many of the fixes a step would apply, as far as they show by now.
    pub fn fixes(&self, many: Many) -> usize {
        let wanted = |finding: &&Finding| {
            let trust = finding.usable_fix().map(|fix| fix.applicability);
            match many {
                Many::Rule(name) if finding.name() != name => false,
                Many::Safe => trust == Some(Applicability::Safe),
                Many::Rule(_) | Many::All => trust > Some(Applicability::Manual),
            }
        };
        self.findings.iter().filter(wanted).count()
    }
}

impl Sheet {
    fn new(text: Rc<str>, found: Vec<Diagnostic>, highlight: fn(&str) -> Vec<Token>) -> Self {
        let lines = LineIndex::new(&text);
        let plain = text.lines().any(|line| line.len() > LONGEST_PAINTED_LINE);
        let tokens = if plain { Vec::new() } else { highlight(&text) };
        let findings = place(&text, &lines, found);
        Self { text, lines, tokens, findings, plain }
    }

    /// The finding at a UTF-16 offset: the gravest, then the shortest.
    pub fn finding_at(&self, utf16: u32) -> Option<usize> {
        let touching = self
            .findings
            .iter()
            .enumerate()
            .filter(|(_, finding)| finding.utf16.0 <= utf16 && utf16 <= finding.utf16.1);
        touching
            .max_by_key(|(_, finding)| {
                (finding.diagnostic.level, std::cmp::Reverse(finding.diagnostic.span.len()))
            })
            .map(|(index, _)| index)
    }

    /// The bytes of a line (from 0), without its line end.
    pub fn line_span(&self, line: usize) -> Span {
        let number = line as u32 + 1;
        let start = self.lines.line_start(number);
        let end = if line + 1 < self.lines.len() {
            self.lines.line_start(number + 1).saturating_sub(1)
        } else {
            self.text.len() as u32
        };
        let carriage_return = Span::new(start, end).of(&self.text).ends_with('\r');
        Span::new(start, end - u32::from(carriage_return))
    }
}

fn place(text: &str, lines: &LineIndex, diagnostics: Vec<Diagnostic>) -> Vec<Finding> {
    let unsorted: Vec<u32> =
        diagnostics.iter().flat_map(|found| [found.span.start, found.span.end]).collect();
    let sorted = order(unsorted.iter().map(|offset| u64::from(*offset)));
    let mut offsets: Vec<u32> = sorted.into_iter().map(|index| unsorted[index]).collect();
    offsets.dedup();
    let mut cursor = Utf16Cursor::new(text);
    let utf16: Vec<u32> = offsets.iter().map(|offset| cursor.to_utf16(*offset)).collect();
    let translate = |offset: u32| match offsets.binary_search(&offset) {
        Ok(index) => utf16.get(index).copied().unwrap_or_default(),
        Err(_) => 0,
    };
    diagnostics
        .into_iter()
        .map(|diagnostic| Finding {
            start: lines.position(text, diagnostic.span.start),
            utf16: (translate(diagnostic.span.start), translate(diagnostic.span.end)),
            marked: visible(text, diagnostic.span),
            diagnostic,
        })
        .collect()
}

/// A span that has something to underline.
pub(crate) fn visible(text: &str, span: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    let (before, after) = text.split_at_checked(span.start as usize).unwrap_or((text, ""));
    if let Some(next) = after.chars().next().filter(|ch| !matches!(ch, '\n' | '\r')) {
        return Span::new(span.start, span.start + next.len_utf8() as u32);
    }
    match before.chars().next_back().filter(|ch| *ch != '\n') {
        Some(previous) => Span::new(span.start - previous.len_utf8() as u32, span.start),
        None => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyse(text: &str) -> Analysis {
        Analysis::of(text.into(), None, &Project::default(), &Settings::default())
    }

    #[test]
    fn places_count_utf16_units_for_the_browser_and_characters_for_people() {
        let analysis = analyse("# 🐳 whale\nFROM golang\n");
        let found =
            analysis.findings.iter().find(|f| f.diagnostic.rule == "untagged-base").unwrap();
        assert_eq!(found.utf16, (16, 22));
        assert_eq!((found.start.line, found.start.column), (2, 6));
        assert_eq!(
            analysis.finding_at(18).map(|at| analysis.findings[at].diagnostic.rule),
            Some("untagged-base")
        );
        assert_eq!(analysis.finding_at(3), None);
    }

    #[test]
    fn an_empty_span_borrows_a_character_of_its_own_line() {
        assert_eq!(visible("ab\ncd", Span::at(0)), Span::new(0, 1));
        assert_eq!(visible("ab\ncd", Span::at(2)), Span::new(1, 2));
        assert_eq!(visible("ab\n", Span::at(3)), Span::at(3));
        assert_eq!(visible("", Span::at(0)), Span::at(0));
    }

    #[test]
    fn lines_have_no_line_ends() {
        let analysis = analyse("FROM a:1\r\nRUN b\n");
        assert_eq!(analysis.line_span(0).of(&analysis.text), "FROM a:1");
        assert_eq!(analysis.line_span(1).of(&analysis.text), "RUN b");
        assert_eq!(analysis.line_span(2).of(&analysis.text), "");
    }

    #[test]
    fn an_empty_text_is_a_beginning_and_no_mistake() {
        for text in ["", " \n\t\n"] {
            let analysis = analyse(text);
            assert!(analysis.findings.is_empty() && analysis.report.verdict == Verdict::Unknown);
        }
    }

    #[test]
    fn a_very_long_line_is_left_unpainted() {
        assert!(analyse(&"x".repeat(5_000)).plain);
        assert!(!analyse(&"x\n".repeat(5_000)).plain);
    }
}
