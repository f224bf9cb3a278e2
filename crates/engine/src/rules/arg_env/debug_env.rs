//! Debug mode in the image that ships.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "debug-env",
    aliases: &["sonar:S4507"],
    area: Area::ArgEnv,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Env], check),
};

/// The name, the values that switch it on, and what that does.
const SWITCHES: [(&str, &[&str], &str); 10] = [
    ("APP_DEBUG", &["1", "true"], "shows errors with their context to visitors"),
    ("ASPNETCORE_ENVIRONMENT", &["development"], "shows errors with their context to visitors"),
    ("DJANGO_DEBUG", &["1", "true"], "shows errors with their context to visitors"),
    ("FLASK_DEBUG", &["1", "true"], "lets visitors run Python in the debugger"),
    ("FLASK_ENV", &["development"], "lets visitors run Python in the debugger"),
    ("GIN_MODE", &["debug"], "logs every route and every request"),
    ("NODE_ENV", &["development"], "makes libraries slower and their errors talkative"),
    ("RACK_ENV", &["development"], "shows errors with their context to visitors"),
    ("RAILS_ENV", &["development"], "shows errors with their context to visitors"),
    ("WERKZEUG_DEBUG_PIN", &["off"], "opens the debugger to everybody"),
];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if !site.stage.is_some_and(|stage| stage.shipped && !stage.is_for_development()) {
        return;
    }
    site.step.assigned(&mut |name, value, span| {
        let Some(value) = value else { return };
        let on = |values: &[&str]| values.iter().any(|on| on.eq_ignore_ascii_case(value));
        let meant = SWITCHES.iter().find(|(known, values, _)| *known == name && on(values));
        if let Some((_, _, what)) = meant {
            cx.report(span, format!("`{name}={value}` {what}"));
        }
    });
}
