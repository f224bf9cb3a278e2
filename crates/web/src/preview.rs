//! What a fix changes, as whole lines before and after.

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
