//! What is meant to make a static program, and does not.

use crate::diagnostic::{Edit, Level};
use crate::image::{Cgo, GoBuild};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule, golang};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "go-static-flags",
    aliases: &[],
    area: Area::Go,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    for step in &stage.steps {
        step.assigned(&mut |name, value, span| {
            let value = value.filter(|value| !matches!(*value, "" | "0" | "1"));
            let Some(value) = value.filter(|_| name == "CGO_ENABLED") else { return };
            let message =
                format!("`CGO_ENABLED` is `0` or `1` to Go, and `{value}` changes nothing");
            let off = matches!(value, "false" | "no" | "off" | "False" | "FALSE");
            let number = if off { "0" } else { "1" };
            let bare = span.of(cx.text).ends_with(value);
            let found = cx.report(span, message);
            if bare {
                let place = Span::new(span.end - value.len() as u32, span.end);
                found.unsafe_fix(format!("Write `{number}`"), vec![Edit::replace(place, number)]);
            }
        });
    }
    let Some(image) = cx.image(stage) else { return };
    for build in &image.go_builds {
        let linker = &build.linker;
        if !linker.is_static || linker.external || linker.open || build.own_resolver() {
            continue;
        }
        let Some(word) = build.flag("ldflags").and_then(|flag| flag.value_word) else { continue };
        let plain = golang::run_of(build, cx).is_some_and(|(_, step)| golang::is_plain(step));
        match build.cgo {
            Cgo::Off => {
                let message = "`-static` is for the linker of C, which takes no part without cgo";
                let edit = removal(build, cx).filter(|_| plain);
                let found = cx.report(word, message).level(Level::Info);
                if let Some(edit) = edit {
                    found.safe_fix("Remove it", vec![edit]);
                }
            }
            Cgo::Possible => {
                let message = "`-static` is for the linker of C, which Go calls only where a package of your own uses C; with `net` alone the program stays dynamic";
                let removal = removal(build, cx).filter(|_| plain);
                let found = cx.report(word, message);
                if let Some(removal) = removal {
                    let edit = Edit::insert(build.span.start, "CGO_ENABLED=0 ");
                    let title = "Build with CGO_ENABLED=0 instead, if no package needs C";
                    found.unsafe_fix(title, vec![edit, removal]);
                }
            }
            // Who asks for cgo has C, and then the flag works.
            Cgo::On => {}
        }
    }
}

/// Takes `-extldflags` out, as far as it says nothing but `-static`.
fn removal(build: &GoBuild, cx: &Context<'_, '_>) -> Option<Edit> {
    const SPELLINGS: [&str; 8] = [
        "-extldflags \"-static\"",
        "-extldflags '-static'",
        "-extldflags=\"-static\"",
        "-extldflags='-static'",
        "-extldflags \\\"-static\\\"",
        "-extldflags=\\\"-static\\\"",
        "-extldflags=-static",
        "-extldflags -static",
    ];
    let flag = build.flag("ldflags")?;
    let (word, whole) = (flag.value_word?, flag.span?);
    let text = word.of(cx.text);
    let (at, spelling) = SPELLINGS.iter().find_map(|known| Some((text.find(known)?, known)))?;
    let mut place = Span::new(word.start + at as u32, word.start + (at + spelling.len()) as u32);
    let before = text.get(..at)?;
    let behind = text.get(at + spelling.len()..)?;
    if behind.starts_with(' ') {
        place = Span::new(place.start, place.end + 1);
    } else if before.ends_with(' ') {
        place = Span::new(place.start - 1, place.end);
    } else if matches!(behind, "" | "\"" | "'") && before.ends_with(['\'', '"', '=']) {
        // Nothing else was in it.
        let blank = Span::new(whole.start.saturating_sub(1), whole.start);
        let start = if blank.of(cx.text) == " " { blank.start } else { whole.start };
        place = Span::new(start, whole.end);
    }
    let complete = behind.starts_with([' ', '"', '\'']) || behind.is_empty();
    complete.then(|| Edit::delete(place))
}
