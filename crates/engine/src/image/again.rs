//! Files that RUN stores a second time: whatever it changes, moves or copies.
//!
//! A layer holds whole files. Changing the owner, the mode or the name of a file of a layer below puts all
//! of its bytes into the new one; a file of the same RUN is stored once, as it is in the end.

use super::copy::carried;
use super::files::{File, Origin};
use super::layer::{Addition, What};
use super::run::Run;
use super::simulate::Walk;
use crate::shell::Command;
use crate::text::Text;

/// So often chown and chmod of a stage are followed to copied things. Each of many commands may touch
/// all of many copies, which would take more memory than anybody has.
const MOST: usize = 1024;

/// How a program is made smaller after it was linked.
#[derive(Clone, Copy)]
enum Shrink {
    Strip,
    Pack,
}

impl Walk<'_, '_> {
    /// chown and chmod store every file that they touch a second time.
    pub(super) fn change(&mut self, command: &Command, run: &mut Run) {
        let recursive = command.has_flag(Some('R'), "recursive");
        let operands = command.arguments().iter().filter(|word| !word.text.starts_with('-'));
        for word in operands.skip(1).filter(|word| word.literal) {
            let Some(path) = run.path(&word.text) else { continue };
            let path = path.trim_end_matches("/*");
            for step in self.copied_within(path, recursive) {
                if run.touched.contains(&step) {
                    continue;
                }
                if self.stored_again >= MOST {
                    let what = What::Unknown(Text::from(command.program()));
                    run.additions.push(Addition { what, span: command.span });
                    return;
                }
                self.stored_again += 1;
                run.touched.push(step);
                let layer = self.image.layers.get(step).map(|layer| &*layer.additions);
                for addition in layer.unwrap_or_default() {
                    // Without -R, the folder alone changes.
                    let folder = matches!(addition.what, What::Context { whole: true, .. });
                    if recursive || !folder {
                        again(addition.what.clone(), path, command, run);
                    }
                }
            }
            // A program that an earlier RUN of this stage, or a stage below, has linked.
            if let Some(File { origin: origin @ Origin::Built(_), span, .. }) = self.find(path)
                && !self.copied.iter().any(|copied| copied.is_at(path))
                && !run.additions.iter().any(|addition| addition.span == *span)
            {
                again(carried(origin, path, path), path, command, run);
            }
        }
    }

    /// cp, mv and install of files that are known; whether all of them are.
    pub(super) fn moved(&self, command: &Command, run: &mut Run) -> bool {
        let words = command.arguments().iter().filter(|word| !word.text.starts_with('-'));
        let words: Vec<_> = words.collect();
        let Some((_, sources)) = words.split_last() else { return false };
        let mut found = Vec::new();
        for word in sources {
            let path = Some(&word.text).filter(|_| word.literal).and_then(|path| run.path(path));
            let file = path.as_deref().and_then(|path| self.find(path));
            let (Some(path), Some(file)) = (path, file) else { return false };
            if matches!(file.origin, Origin::Elsewhere) {
                return false;
            }
            found.push((path, file));
        }
        for (path, file) in found {
            let fresh = run.additions.iter().any(|addition| addition.span == file.span);
            if !fresh || command.program() != "mv" {
                again(carried(&file.origin, &path, &path), &path, command, run);
            }
        }
        !sources.is_empty()
    }

    /// strip and upx, which write a program anew; whether it is one that Go has linked.
    pub(super) fn shrunk(&mut self, command: &Command, run: &mut Run) -> bool {
        let shrink = if command.program() == "upx" { Shrink::Pack } else { Shrink::Strip };
        let operands = command.arguments().iter().filter(|word| !word.text.starts_with('-'));
        let path = operands.filter(|word| word.literal).find_map(|word| {
            let path = run.path(&word.text)?;
            matches!(self.find(&path)?.origin, Origin::Built(_)).then_some(path)
        });
        let Some(path) = path else { return false };
        let Some(mut file) = self.find(&path).cloned() else { return false };
        let Origin::Built(binary) = &mut file.origin else { return false };
        match shrink {
            Shrink::Strip => binary.stripped = true,
            Shrink::Pack => binary.packed = true,
        }
        let linked_here = run
            .additions
            .iter_mut()
            .find(|addition| matches!(&addition.what, What::Binary(_, made) if *made == path));
        match linked_here {
            Some(addition) => addition.what = What::Binary(binary.clone(), path.clone()),
            None => again(What::Binary(binary.clone(), path.clone()), &path, command, run),
        }
        self.image.files.insert(path, file);
        true
    }
}

fn again(what: What, path: &str, command: &Command, run: &mut Run) {
    let what = Box::new(what);
    let command_name = command.program().to_owned();
    let what = What::Again { path: path.to_owned(), what, command: command_name };
    run.additions.push(Addition { what, span: command.span });
}
