//! Lines and columns as editors count them, for all findings of a file in one pass.

use crate::diagnostic::Diagnostic;
use crate::order;
use crate::source::Span;

/// A line and a column, both from 1; the column counts UTF-16 code units.
pub(super) type Place = (u32, u32);

/// The places of the offsets that findings speak of.
#[derive(Debug)]
pub(super) struct Places {
    /// Sorted by offset.
    known: Vec<(u32, Place)>,
}

impl Places {
    pub(super) fn new(text: &str, found: &[Diagnostic]) -> Self {
        let mut offsets: Vec<u32> = Vec::new();
        for found in found {
            let edits = found.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            let related = found.related.iter().map(|related| related.span);
            let spans = edits.chain(related).chain([found.span]);
            offsets.extend(spans.flat_map(|span| [span.start, span.end]));
        }
        order::by_number(&mut offsets, |offset| u64::from(*offset));
        offsets.dedup();
        // A byte order mark is no part of what editors show.
        let mut chars = text.char_indices().skip_while(|(_, ch)| *ch == '\u{feff}').peekable();
        let (mut line, mut column) = (1, 1);
        let place = |offset: u32| {
            while let Some((_, ch)) = chars.next_if(|(at, _)| *at < offset as usize) {
                column += ch.len_utf16() as u32;
                if ch == '\n' {
                    (line, column) = (line + 1, 1);
                }
            }
            (offset, (line, column))
        };
        Self { known: offsets.into_iter().map(place).collect() }
    }

    pub(super) fn of(&self, span: Span) -> (Place, Place) {
        (self.place(span.start), self.place(span.end))
    }

    fn place(&self, offset: u32) -> Place {
        let found = self.known.binary_search_by_key(&offset, |(known, _)| *known).ok();
        found.and_then(|index| self.known.get(index)).map_or((1, 1), |(_, place)| *place)
    }
}
