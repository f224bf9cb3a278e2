//! Users and groups that cannot be created as asked.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::Clash;
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "account-refused",
    aliases: &[],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    for fault in &image.account_faults {
        let name = &fault.name;
        let message = match fault.clash {
            Clash::NoGroup => format!("there is no group `{name}` here, so this fails"),
            Clash::NoUser => format!("there is no user `{name}` here, so this fails"),
            Clash::UserThere => format!("the user `{name}` exists already, so this fails"),
            Clash::GroupThere => format!("the group `{name}` exists already, so this fails"),
            Clash::OwnGroupThere(_) => format!(
                "a group `{name}` exists already, so this fails unless the user is put into it"
            ),
            Clash::NumberTaken => format!("somebody else has the number {name}, so this fails"),
        };
        let found = cx.report(fault.span, message);
        if let Clash::OwnGroupThere(flag) = fault.clash {
            let edit = Edit::insert(fault.span.start, format!("{flag} {name} "));
            found.unsafe_fix(format!("Put the user into `{name}`"), vec![edit]);
        }
    }
}
