//! Tools that report home while the image is built.

use crate::diagnostic::{Edit, Level};
use crate::model::Step;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::ShellWord;

pub const RULE: Rule = Rule {
    name: "telemetry-opt-out",
    aliases: &["tally:prefer-telemetry-opt-out"],
    area: Area::ArgEnv,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

/// The program, the variable that silences it, and its value.
const TOOLS: [(&str, &str, &str); 12] = [
    ("astro", "ASTRO_TELEMETRY_DISABLED", "1"),
    ("az", "AZURE_CORE_COLLECT_TELEMETRY", "0"),
    ("brew", "HOMEBREW_NO_ANALYTICS", "1"),
    ("dotnet", "DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
    ("func", "FUNCTIONS_CORE_TOOLS_TELEMETRY_OPTOUT", "1"),
    ("gatsby", "GATSBY_TELEMETRY_DISABLED", "1"),
    ("next", "NEXT_TELEMETRY_DISABLED", "1"),
    ("nuxt", "NUXT_TELEMETRY_DISABLED", "1"),
    ("pwsh", "POWERSHELL_TELEMETRY_OPTOUT", "1"),
    ("turbo", "TURBO_TELEMETRY_DISABLED", "1"),
    ("vcpkg", "VCPKG_DISABLE_METRICS", "1"),
    ("wrangler", "WRANGLER_SEND_METRICS", "false"),
];

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    // What each stage needs, tool by tool; a stage has what the stage below needs, too.
    let mut needed: Vec<[Option<Edit>; TOOLS.len()]> = Vec::new();
    for stage in &model.stages {
        let below = stage.parent().and_then(|parent| needed.get(parent));
        let mut edits = below.cloned().unwrap_or_default();
        for step in stage.steps.iter().filter(|step| step.run().is_some()) {
            for command in &step.script.commands {
                let program = command.program();
                let tools = TOOLS.iter().zip(&mut edits);
                let mut known = tools.filter(|((tool, ..), _)| *tool == program);
                let Some(((_, variable, value), edit)) = known.next() else { continue };
                let sets = |word: &ShellWord| word.text.split('=').next() == Some(*variable);
                let here = command.assignments.iter().any(sets);
                let Some(word) = command.words.first().filter(|_| !here) else { continue };
                if stage.scope.defines(variable) {
                    continue;
                }
                let message =
                    format!("`{program}` reports how it is used, unless `{variable}` says not to");
                // One line for all of them.
                let edit = edit.get_or_insert_with(|| insertion(step, variable, value, cx)).clone();
                let title = format!("Insert `ENV {variable}={value}`, which the image keeps");
                cx.report(word.span, message).unsafe_fix(title, vec![edit]);
            }
        }
        needed.push(edits);
    }
}

fn insertion(step: &Step<'_>, variable: &str, value: &str, cx: &Context<'_, '_>) -> Edit {
    let place = step.instruction.span();
    let end = if cx.extent(place).of(cx.text).contains('\r') { "\r\n" } else { "\n" };
    Edit::insert(place.start, format!("ENV {variable}={value}{end}"))
}
