//! The list as Markdown, for a pull request or a wiki.

use super::{Item, State, score};

/// One line for each point, with a box that is ticked where it is done, and how many are.
pub fn markdown(items: &[Item]) -> String {
    let (done, all) = score(items);
    let mut text = format!("**Ready to ship: {done} of {all}**\n\n");
    for item in items {
        let (tick, remark) = match item.state {
            State::Done => ("x", ""),
            State::Missing => (" ", ""),
            State::NotApplicable => ("x", "does not apply: "),
            State::Unknown => (" ", "cannot be told: "),
        };
        let title = item.point.title;
        text += &format!("- [{tick}] {title} ({remark}{})\n", item.why.replace('\n', " "));
    }
    text
}
