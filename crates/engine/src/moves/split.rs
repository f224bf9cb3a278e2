//! A program that ships with the stage that built it: it gets a stage of its own.

use super::{Facts, Plan};
use crate::diagnostic::Edit;
use crate::image::{BaseFacts, has_shell_as_entrypoint};
use crate::model::Step;
use crate::source::Span;
use crate::syntax::{Body, CommandLine, ItemKind, json_string};

impl Facts<'_, '_> {
    /// Appends a stage with the program and what says how it runs.
    pub(super) fn split(&self, plan: &mut Plan<'_>) -> Result<(), String> {
        let build = self.name_of(self.stage, plan);
        let mut stage = format!("\nFROM {}\n", plan.target.reference);
        self.bring_data(plan, &[]);
        stage.push_str(&std::mem::take(&mut plan.added));
        stage.push_str(&format!("COPY --from={build} {0} {0}\n", self.path));
        let mut user = None;
        for step in &self.stage.steps {
            let written = match step.body() {
                Body::User(word) => {
                    user = step.text(word).map(str::to_owned);
                    continue;
                }
                Body::Expose(_) | Body::Stopsignal(_) | Body::Label(_) | Body::Volume(_) => {
                    self.written(step.instruction.span())
                }
                Body::Cmd(command) | Body::Entrypoint(command) => {
                    self.start(step, command, &plan.target.base)?
                }
                Body::Env(pairs) => {
                    // Variables of the build stay with it.
                    const OF_BUILD: [&str; 4] = ["CARGO", "CGO", "GO", "RUST"];
                    let of_build = |name: &str| {
                        OF_BUILD.iter().any(|start| name.starts_with(start)) || name == "PATH"
                    };
                    if pairs.iter().any(|pair| of_build(&pair.key.text)) {
                        continue;
                    }
                    stage.push_str(&self.written(step.instruction.span()));
                    continue;
                }
                Body::Healthcheck(_) => {
                    plan.edits.push(Edit::delete(self.lines(step.instruction.span())));
                    plan.note("HEALTHCHECK goes, since its tool may not be there; a program can check itself");
                    continue;
                }
                _ => continue,
            };
            // What is said of it goes along.
            let own = self.lines(step.instruction.span());
            let comments = Span::new(self.comments_above(own.start), own.start);
            plan.edits.push(Edit::delete(Span::new(self.blanks_above(comments.start), own.end)));
            stage.push_str(comments.of(self.text));
            stage.push_str(&written);
        }
        let numeric =
            user.filter(|user| user.bytes().all(|byte| byte.is_ascii_digit() || byte == b':'));
        if let Some(user) = numeric {
            stage.push_str(&format!("USER {user}\n"));
        }
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        if !self.text.ends_with('\n') {
            stage.insert(0, '\n');
        }
        plan.edits.push(Edit::insert(end, stage));
        plan.note(format!(
            "the program gets a stage of its own, and the stage `{build}` stays behind"
        ));
        plan.note("files that it reads at run time need a COPY of their own");
        Ok(())
    }

    /// Where the comments start that stand right above a place.
    fn comments_above(&self, place: u32) -> u32 {
        self.above(place, |kind| matches!(kind, ItemKind::Comment))
    }

    /// Where the empty lines start that stand right above a place.
    fn blanks_above(&self, place: u32) -> u32 {
        self.above(place, |kind| matches!(kind, ItemKind::Blank))
    }

    fn above(&self, place: u32, wanted: impl Fn(&ItemKind) -> bool) -> u32 {
        let items = &self.model.tree.items;
        let before = items.partition_point(|item| item.extent.end <= place);
        let above = items.get(..before).unwrap_or_default().iter().rev();
        let first = above.take_while(|item| wanted(&item.kind)).last();
        first.map_or(place, |item| item.extent.start)
    }

    /// CMD or ENTRYPOINT, with the path of the program in full.
    fn start(
        &self,
        step: &Step<'_>,
        command: &CommandLine,
        base: &BaseFacts,
    ) -> Result<String, String> {
        let words: Vec<String> = match command {
            CommandLine::Exec(words, _) => words.iter().map(|word| word.text.to_string()).collect(),
            CommandLine::Shell(_) => {
                let [command] = step.script.commands.as_slice() else {
                    return Err(format!("{} does what only a shell can", step.keyword().name()));
                };
                let literal = command.words.iter().all(|word| word.literal);
                if !literal || !command.redirects.is_empty() || !command.assignments.is_empty() {
                    return Err(format!("{} does what only a shell can", step.keyword().name()));
                }
                command.unwrapped().iter().map(|word| word.text.to_string()).collect()
            }
            CommandLine::Empty => Vec::new(),
        };
        let entry = self.image.entry().map(|entry| entry.span);
        let is_entry = entry == Some(step.instruction.statement.arguments.span);
        let mut words = words;
        if let Some(first) = words.first_mut().filter(|_| is_entry) {
            self.path.clone_into(first);
        }
        let words: Vec<String> = words.iter().map(|word| json_string(word)).collect();
        let keyword = match is_entry && has_shell_as_entrypoint(base) {
            true => "ENTRYPOINT",
            false => step.keyword().name(),
        };
        Ok(format!("{keyword} [{}]\n", words.join(", ")))
    }
}
