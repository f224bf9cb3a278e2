//! What BuildKit refuses to read.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with unknown-instruction: hadolint has one code for all that it cannot read.
pub const RULE: Rule = Rule {
    name: "parse-failure",
    aliases: &["hadolint:DL1000"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for refusal in cx.refusals {
        if has_own_rule(refusal.kind) {
            continue;
        }
        let found = cx.report_refusal(refusal);
        if !hadolint_stops_at(refusal.kind) {
            found.codes(&[]);
        }
    }
}

const fn has_own_rule(kind: RefusalKind) -> bool {
    matches!(
        kind,
        RefusalKind::UnknownInstruction
            | RefusalKind::NoStage
            | RefusalKind::BeforeFrom
            | RefusalKind::StageIndex
            | RefusalKind::LaterStage
            | RefusalKind::FromVariable
    )
}

/// What hadolint cannot read either; the rest it accepts, or has another code for.
const fn hadolint_stops_at(kind: RefusalKind) -> bool {
    matches!(
        kind,
        RefusalKind::HeredocEnd
            | RefusalKind::MissingArguments
            | RefusalKind::ExtraArguments
            | RefusalKind::FromWithoutAs
            | RefusalKind::StageName
            | RefusalKind::KeyValue
            | RefusalKind::HealthcheckType
            | RefusalKind::HealthcheckDuration
            | RefusalKind::HealthcheckRetries
            | RefusalKind::UnknownFlag
            | RefusalKind::DuplicateFlag
            | RefusalKind::FlagWithoutValue
            | RefusalKind::RunMount
            | RefusalKind::RunSandbox
            | RefusalKind::PortProtocol
    )
}
