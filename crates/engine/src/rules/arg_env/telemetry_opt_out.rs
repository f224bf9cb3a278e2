//! Tools that report home while the image is built.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, ShellWord};

pub const RULE: Rule = Rule {
    name: "telemetry-opt-out",
    aliases: &["tally:prefer-telemetry-opt-out"],
    area: Area::ArgEnv,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(
        &[
            "astro", "az", "brew", "dotnet", "func", "gatsby", "next", "nuxt", "pwsh", "turbo",
            "vcpkg", "wrangler",
        ],
        check,
    ),
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

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(stage) = site.stage else { return };
    let program = command.program();
    let Some((_, variable, value)) = TOOLS.iter().find(|(tool, _, _)| *tool == program) else {
        return;
    };
    let sets = |word: &ShellWord| word.text.split('=').next() == Some(*variable);
    let here = command.assignments.iter().any(sets);
    if here || stage.scope.defines(variable) {
        return;
    }
    let Some(word) = command.words.first() else { return };
    let message = format!("`{program}` reports how it is used, unless `{variable}` says not to");
    let place = site.step.instruction.span();
    let end = if cx.extent(place).of(cx.text).contains('\r') { "\r\n" } else { "\n" };
    let edit = Edit::insert(place.start, format!("ENV {variable}={value}{end}"));
    let title = format!("Insert `ENV {variable}={value}`, which the image keeps");
    cx.report(word.span, message).unsafe_fix(title, vec![edit]);
}
