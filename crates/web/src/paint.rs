//! Cuts a line into the pieces that the editor paints: colour from the tokens, underline from the
//! findings.

use engine::diagnostic::{Diagnostic, Level};
use engine::source::Span;

use crate::analysis::{Analysis, Sheet, visible};
use crate::services::engine::TokenKind;

/// A piece of one line that looks the same from end to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes.
    pub span: Span,
    /// Its colour.
    pub kind: Option<TokenKind>,
    /// The finding that underlines it.
    pub finding: Option<(usize, Level)>,
    /// How it is pointed out.
    pub lit: Option<Lit>,
}

/// How words are pointed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lit {
    /// As the place that a finding is about.
    Main,
    /// As another place that belongs to it.
    Related,
}

/// Words that are pointed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Their bytes.
    pub span: Span,
    /// How.
    pub lit: Lit,
}

/// The places of what is pointed at: a reason under the pointer, else what has a place at the caret,
/// else the unfolded finding. One that has a single place is underlined anyway.
pub fn lit(
    analysis: &Analysis,
    pointed: Option<usize>,
    open: Option<usize>,
    caret: u32,
) -> Vec<Place> {
    let several = |found: &&Diagnostic| !found.related.is_empty();
    let here = |found: &&Diagnostic| {
        let mut related = found.related.iter().map(|related| related.span);
        found.span.touches(caret) || related.any(|span| span.touches(caret))
    };
    let reasons = (0..analysis.report.reasons.len()).filter_map(|at| analysis.behind(at));
    let found = analysis.findings.iter().map(|finding| &finding.diagnostic);
    let open = || Some(&analysis.findings.get(open?)?.diagnostic).filter(several);
    let pointed = pointed.and_then(|at| analysis.behind(at));
    let chosen = pointed.or_else(|| reasons.chain(found).filter(several).find(here)).or_else(open);
    chosen.map_or_else(Vec::new, |found| places(&analysis.text, found))
}

/// The places of a finding, its own first.
fn places(text: &str, finding: &Diagnostic) -> Vec<Place> {
    let place = |span, lit| Place { span: visible(text, span), lit };
    let related = finding.related.iter().map(|related| place(related.span, Lit::Related));
    std::iter::once(place(finding.span, Lit::Main)).chain(related).collect()
}

/// The pieces of a line (from 0), which together are exactly its text.
///
/// `findings` are the indexes of those that touch the window, so that a long report costs nothing
/// per line; `lit` are the words that are pointed out.
pub fn pieces(sheet: &Sheet, line: usize, findings: &[usize], lit: &[Place]) -> Vec<Piece> {
    let whole = sheet.line_span(line);
    let first = sheet.tokens.partition_point(|token| token.span.end <= whole.start);
    let tokens: Vec<_> = sheet.tokens[first..]
        .iter()
        .take_while(|token| token.span.start < whole.end)
        .copied()
        .collect();
    let marks: Vec<(usize, Span, Level)> = findings
        .iter()
        .filter_map(|index| {
            let finding = sheet.findings.get(*index)?;
            let within = underlined(sheet, clip(finding.marked, whole)?)?;
            Some((*index, within, finding.diagnostic.level))
        })
        .collect();
    let lit: Vec<Place> = lit
        .iter()
        .filter_map(|place| {
            Some(Place { span: underlined(sheet, clip(place.span, whole)?)?, ..*place })
        })
        .collect();
    let mut cuts = vec![whole.start, whole.end];
    let spans = tokens.iter().map(|token| token.span).chain(marks.iter().map(|mark| mark.1));
    let spans = spans.chain(lit.iter().map(|place| place.span));
    for span in spans.filter_map(|span| clip(span, whole)) {
        for cut in [span.start, span.end] {
            if let Err(place) = cuts.binary_search(&cut) {
                cuts.insert(place, cut);
            }
        }
    }
    cuts.windows(2)
        .map(|pair| {
            let span = Span::new(pair[0], pair[1]);
            Piece {
                span,
                kind: tokens.iter().find(|token| token.span.contains(span)).map(|token| token.kind),
                finding: marks
                    .iter()
                    .filter(|mark| mark.1.contains(span))
                    .max_by_key(|mark| (mark.2, std::cmp::Reverse(mark.1.len())))
                    .map(|mark| (mark.0, mark.2)),
                lit: lit.iter().find(|place| place.span.contains(span)).map(|place| place.lit),
            }
        })
        .collect()
}

/// The findings that touch the lines `first..last` (from 0).
pub fn touching(sheet: &Sheet, first: usize, last: usize) -> Vec<usize> {
    let window = Span::new(
        sheet.line_span(first).start,
        sheet.line_span(last.saturating_sub(1).max(first)).end,
    );
    let touches = |span: Span| span.start <= window.end && span.end >= window.start;
    (0..sheet.findings.len()).filter(|at| touches(sheet.findings[*at].marked)).collect()
}

fn clip(span: Span, to: Span) -> Option<Span> {
    let clipped = Span::new(span.start.max(to.start), span.end.min(to.end));
    (!clipped.is_empty()).then_some(clipped)
}

/// Without the indentation of a continued line: a squiggle under blanks says nothing.
fn underlined(sheet: &Sheet, span: Span) -> Option<Span> {
    let text = span.of(&sheet.text);
    let start = span.start + (text.len() - text.trim_start().len()) as u32;
    let end = span.end - (text.len() - text.trim_end().len()) as u32;
    if start < end { Some(Span::new(start, end)) } else { None }
}

#[cfg(test)]
mod tests {
    use engine::{Project, Settings};

    use super::*;

    fn painted(text: &str) -> (Analysis, Vec<Vec<Piece>>) {
        let analysis = Analysis::of(text.into(), None, &Project::default(), &Settings::default());
        let count = analysis.lines.len();
        let findings = touching(&analysis, 0, count);
        let lines = (0..count).map(|line| pieces(&analysis, line, &findings, &[])).collect();
        (analysis, lines)
    }

    #[test]
    fn the_pieces_of_a_line_are_its_text() {
        let text = "# 🐳\r\nFROM golang AS b\n\nRUN echo \"a\" \\\n  && b\nCMD x";
        let (analysis, lines) = painted(text);
        for (number, line) in lines.iter().enumerate() {
            let joined: String = line.iter().map(|piece| piece.span.of(text)).collect();
            assert_eq!(joined, analysis.line_span(number).of(text));
        }
    }

    #[test]
    fn the_underline_covers_exactly_the_span() {
        let (_, lines) = painted("FROM golang\n");
        let marked: Vec<_> = lines[0].iter().filter(|piece| piece.finding.is_some()).collect();
        assert_eq!(marked.first().map(|piece| piece.span.start), Some(5));
        assert_eq!(marked.last().map(|piece| piece.span.end), Some(11));
    }

    #[test]
    fn the_places_of_a_finding_are_pointed_out_each_in_its_way() {
        let text = "FROM golang:1.26 AS b\nRUN CGO_ENABLED=1 go build -o /app .\n\nFROM scratch\nCOPY --from=b /app /app\nCMD [\"/app\"]\n";
        let (analysis, _) = painted(text);
        let places = lit(&analysis, Some(0), None, 0);
        let at_related = text.find("scratch").unwrap() as u32;
        assert_eq!(lit(&analysis, None, None, at_related), places);
        assert_eq!(lit(&analysis, None, None, 0), []);
        let words = |line: usize, lit: Lit| -> String {
            let pieces = pieces(&analysis, line, &[], &places);
            let lit = pieces.iter().filter(|piece| piece.lit == Some(lit));
            lit.map(|piece| piece.span.of(text)).collect()
        };
        assert!(words(1, Lit::Main).contains("CGO_ENABLED"), "{places:?}");
        assert_eq!(words(3, Lit::Related), "scratch");
        assert_eq!(words(1, Lit::Related) + &words(4, Lit::Main), "");
    }
}
