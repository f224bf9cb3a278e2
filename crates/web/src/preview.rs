//! What a fix changes, as whole lines before and after.

use engine::diagnostic::Edit;

/// Lines that go and lines that come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// The first changed line, from 1.
    pub line: usize,
    /// Lines that go.
    pub before: Vec<String>,
    /// Lines that come in their place.
    pub after: Vec<String>,
}

/// Compares two texts by cutting off what they share at both ends.
pub fn preview(before: &str, after: &str) -> Preview {
    let old: Vec<&str> = before.split('\n').collect();
    let new: Vec<&str> = after.split('\n').collect();
    let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same_start;
    let same_end =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let changed = |lines: &[&str]| {
        lines[same_start..lines.len() - same_end].iter().map(ToString::to_string).collect()
    };
    Preview { line: same_start + 1, before: changed(&old), after: changed(&new) }
}

/// What edits change, region by region: those that touch the same lines stand together.
pub fn regions(text: &str, edits: &[Edit]) -> Vec<Preview> {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
    let mut groups: Vec<(usize, usize, Vec<Edit>)> = Vec::new();
    for edit in edits {
        let (from, to) = (edit.span.start as usize, edit.span.end as usize);
        // Whole lines that go end with their line break, and the next line has no part in it.
        let whole = to > from && text[..to].ends_with('\n') && edit.text.is_empty();
        let (start, end) = (line_start(from), line_end(if whole { to - 1 } else { to }));
        match groups.last_mut().filter(|(_, last, _)| start <= *last) {
            Some((_, last, members)) => {
                *last = end.max(*last);
                members.push(edit.clone());
            }
            None => groups.push((start, end, vec![edit.clone()])),
        }
    }
    let region = |(start, end, members): (usize, usize, Vec<Edit>)| {
        let mut after = text[start..end].to_owned();
        let reach = members.last().map_or(end, |edit| end.max(edit.span.end as usize));
        after.push_str(&text[end..reach]);
        for edit in members.iter().rev() {
            let (from, to) = (edit.span.start as usize - start, edit.span.end as usize - start);
            after.replace_range(from..to, &edit.text);
        }
        let shown = preview(
            &format!("{}\n", &text[start..end]),
            &format!("{}\n", after.trim_end_matches('\n')),
        );
        let line = text[..start].matches('\n').count() + shown.line;
        Preview { line, ..shown }
    };
    groups.into_iter().map(region).collect()
}

/// The smallest replacement that turns `before` into `after`: byte range and new text.
pub fn replacement<'a>(before: &str, after: &'a str) -> (std::ops::Range<usize>, &'a str) {
    let shared = |a: char, b: char| a == b;
    let start: usize = before
        .chars()
        .zip(after.chars())
        .take_while(|(a, b)| shared(*a, *b))
        .map(|(ch, _)| ch.len_utf8())
        .sum();
    let end: usize = before[start..]
        .chars()
        .rev()
        .zip(after[start..].chars().rev())
        .take_while(|(a, b)| shared(*a, *b))
        .map(|(ch, _)| ch.len_utf8())
        .sum();
    (start..before.len() - end, &after[start..after.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_only_the_lines_that_change() {
        let shown = preview("FROM a\nRUN b\nCMD c\n", "FROM a:1\nRUN b\nCMD c\n");
        assert_eq!(shown.line, 1);
        assert_eq!((shown.before.len(), shown.after.len()), (1, 1));
        let deleted = preview("a\nb\nb\n", "a\nb\n");
        assert_eq!((deleted.before, deleted.after), (vec!["b".to_owned()], vec![]));
        assert_eq!(preview("a", "a"), Preview { line: 2, ..Preview::default() });
    }

    #[test]
    fn regions_show_each_place_by_itself() {
        use engine::source::Span;
        let text = "FROM a\nRUN b\nRUN c\nUSER d\nCMD e\n";
        let edits = [
            Edit::replace(Span::new(5, 6), "z"),
            Edit::delete(Span::new(13, 19)),
            Edit::insert(26, "COPY x y\n"),
        ];
        let shown = regions(text, &edits);
        let lines = |lines: &[String]| lines.join("|");
        let shown: Vec<_> =
            shown.iter().map(|at| (at.line, lines(&at.before), lines(&at.after))).collect();
        let of = |line, before: &str, after: &str| (line, before.to_owned(), after.to_owned());
        let expected = [of(1, "FROM a", "FROM z"), of(3, "RUN c", ""), of(5, "", "COPY x y")];
        assert_eq!(shown, expected);
        assert!(regions("", &[]).is_empty());
        assert_eq!(regions("a", &[Edit::insert(1, "\nb\n")])[0].after, ["b"]);
    }

    #[test]
    fn a_replacement_leads_from_one_text_to_the_other() {
        for (before, after) in
            [("abc", "abc"), ("", "x"), ("aaa", "aa"), ("é🐳", "é🐋"), ("ab", "ba")]
        {
            let (range, text) = replacement(before, after);
            let mut changed = before.to_owned();
            changed.replace_range(range, text);
            assert_eq!(changed, after);
        }
    }
}
