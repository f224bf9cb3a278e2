//! Packages that one RUN installs and removes by name.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Install, Invocation, Manager, PackageArgument};
use crate::source::Span;
use crate::syntax::Keyword;
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "apk-virtual",
    aliases: &["dockerfilelint:apkadd-missing-virtual"],
    area: Area::Packages,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if site.step.run().is_none() {
        return;
    }
    let commands = &site.step.script.commands;
    let apk = |found: &Invocation<'_>| found.manager == Manager::Apk && found.verb.text == "del";
    let removals: Vec<Invocation<'_>> =
        commands.iter().filter_map(Invocation::of).filter(apk).collect();
    if removals.is_empty() {
        return;
    }
    let removed: HashSet<&str> = removals
        .iter()
        .flat_map(|found| found.arguments().map(|word| word.text.as_str()))
        .collect();
    let adds = commands.iter().filter_map(Install::of).filter(|add| add.manager == Manager::Apk);
    for add in adds.filter(|add| !add.command.has_flag(Some('t'), "virtual")) {
        let gone = |package: &&PackageArgument| removed.contains(package.name.as_str());
        let count = add.packages.iter().filter(gone).count();
        let Some(first) = add.packages.iter().find(gone) else { continue };
        let message =
            format!("`{}` is installed for this RUN only and removed by its name", first.name);
        let found = cx.report(first.span, message);
        // One removal of all that one installation brings, and of nothing else.
        let [removal] = removals.as_slice() else { continue };
        let ends = removal.arguments().next().zip(removal.arguments().next_back());
        let same = count == add.packages.len() && count == removal.arguments().count();
        if let Some((start, end)) = ends.filter(|_| same && !add.open_ended) {
            let names = Span::new(start.span.start, end.span.end);
            let edits = vec![
                Edit::insert(add.verb.span.end, " --virtual .build-deps"),
                Edit::replace(names, ".build-deps"),
            ];
            let title =
                "Give them a name in common, which keeps those that the base image had already";
            found.unsafe_fix(title, edits);
        }
    }
}
