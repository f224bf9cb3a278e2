//! What a `go.mod` requires, as far as it can be read: people paste pieces of it.

/// Most lines that are read.
const MOST: usize = 5_000;

/// The paths of the modules that the text of a `go.mod` requires for its own code, in its order;
/// those marked as indirect are needed by others only.
pub fn required(text: &str) -> Vec<&str> {
    let mut paths = Vec::new();
    // The keyword of the block in which a line stands.
    let mut block = None;
    for line in text.lines().take(MOST) {
        let (line, comment) = line.split_once("//").unwrap_or((line, ""));
        let mut words = line.split_whitespace().filter(|word| *word != "(");
        let opens = line.trim_end().ends_with('(');
        let first = words.next().map(|word| word.trim_end_matches('('));
        match (block, first) {
            (_, None) => {}
            (Some(_), Some(word)) if word.starts_with(')') => block = None,
            (None, Some(keyword)) if opens => block = Some(keyword),
            (Some("require"), Some(path)) => add(path, words.next(), comment, &mut paths),
            (None, Some("require")) => {
                if let Some(path) = words.next() {
                    add(path, words.next(), comment, &mut paths);
                }
            }
            // A piece from the middle of a block has paths and versions only.
            (None, Some(path)) if path.contains(['.', '/']) => {
                add(path, words.next(), comment, &mut paths);
            }
            _ => {}
        }
    }
    paths
}

fn add<'t>(path: &'t str, version: Option<&str>, comment: &str, paths: &mut Vec<&'t str>) {
    let path = path.trim_matches(['"', '`']);
    let is_version = version.is_some_and(|version| version.trim_matches('"').starts_with('v'));
    if is_version && !path.is_empty() && !comment.contains("indirect") {
        paths.push(path);
    }
}
