//! FROM with a variable that no ARG declares.

use crate::diagnostic::{Edit, Level};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "undefined-arg-in-from",
    aliases: &["buildkit:UndefinedArgInFrom", "dockadvisor:UndefinedArgInFrom", "droast:DF086"],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    for variable in &stage.from.expansion.undefined {
        let name = &variable.name;
        let message = match &variable.suggestion {
            Some(other) => {
                format!("no ARG before this FROM declares `{name}`; did you mean `{other}`?")
            }
            None => format!(
                "no ARG before the first FROM declares `{name}`, so `--build-arg` cannot set it"
            ),
        };
        let place = variable.name_span(cx.text);
        let found = cx.report(variable.span, message);
        if let (Some(other), Some(place)) = (&variable.suggestion, place) {
            let title = format!("Use `{other}`, if that is the one you mean");
            found.unsafe_fix(title, vec![Edit::replace(place, other.as_str())]);
        }
    }
}
