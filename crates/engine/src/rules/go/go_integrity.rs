//! Variables that keep Go from checking what it downloads.

use crate::diagnostic::Level;
use crate::image::go_arguments;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::source::Span;
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "go-integrity",
    aliases: &[],
    area: Area::Go,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Arg, Keyword::Env, Keyword::Run], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    site.step.assigned(&mut |name, value, span| say(name, value, span, cx));
    let script = &site.step.script;
    let concerns = site.step.run().is_some() && (script.may_run("go") || script.may_run("env"));
    for command in script.commands.iter().filter(|_| concerns) {
        let words = go_arguments(command, &["env", "-w"]).unwrap_or_default();
        // `env NAME=value go ...`
        let before = command.words.iter().filter(|_| command.program() == "env");
        for word in words.iter().chain(before) {
            if let Some((name, value)) = word.text.split_once('=') {
                say(name, Some(value), word.span, cx);
            }
        }
    }
}

fn say(name: &str, value: Option<&str>, span: Span, cx: &mut Context<'_, '_>) {
    let Some(value) = value else { return };
    let all = value.split(',').any(|pattern| matches!(pattern, "*" | "*.*" | "**"));
    let plain = |part: &str| part.starts_with("http://") && !is_local(part);
    let (level, message) = match name {
        "GOPROXY" if value.split([',', '|']).any(plain) => {
            (Level::Warning, "modules come without encryption from this proxy")
        }
        "GOFLAGS" if value.split_whitespace().any(|flag| flag == "-insecure") => {
            (Level::Warning, "`-insecure` is gone since Go 1.17, and the build fails")
        }
        "GOSUMDB" if value == "off" => {
            (Level::Info, "new modules are not compared with the public database of hashes")
        }
        "GONOSUMDB" | "GOPRIVATE" if all => {
            (Level::Info, "no module is compared with the public database of hashes")
        }
        "GONOSUMCHECK" => (Level::Info, "Go has no variable of that name"),
        _ => return,
    };
    cx.report(span, format!("`{name}`: {message}")).level(level);
}

/// Whether a proxy runs beside the build.
fn is_local(address: &str) -> bool {
    let host = address.trim_start_matches("http://");
    ["localhost", "127.", "[::1]", "host.docker.internal"].iter().any(|own| host.starts_with(own))
}
