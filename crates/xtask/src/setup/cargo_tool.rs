//! Steps: programs that `cargo install` compiles.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::setup::TRUNK;
use crate::setup::progress::Progress;
use crate::tools::Tools;
use crate::{process, workspace};

/// A program from the crate registry, of exactly one version.
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: String,
    estimate: &'static str,
}

/// The builder and development server.
pub fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        program: "trunk",
        version: TRUNK.to_owned(),
        estimate: "5 to 10 minutes",
    }
}

/// The generator of the JavaScript glue. It must be of the very version that the page links.
pub fn wasm_bindgen() -> Result<CargoTool> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: workspace::locked_version("wasm-bindgen")?,
        estimate: "2 to 5 minutes",
    })
}

/// Takes the tool from `PATH` or the cache when the version is right; else installs it there.
pub fn ensure(progress: &mut Progress, tools: &mut Tools, tool: &CargoTool) -> Result<()> {
    let mut step = progress.step(&format!("{} {}", tool.package, tool.version));
    let folder = workspace::tool_dir(tool.package, &tool.version)?;
    let installed = folder.join("bin").join(tool.program);
    let on_path = process::which(tool.program);
    if let Some(program) = on_path.into_iter().chain([installed.clone()]).find(|it| tool.is(it)) {
        tools.add_folder_of(&program);
        step.found("");
        return Ok(());
    }
    step.installing(tool.estimate)?;
    // A published lock file may name a release that a mirror does not have yet: try without.
    if !(step.run(&mut tool.install(&folder, true))?
        || step.run(&mut tool.install(&folder, false))?)
    {
        let by_hand = process::show(&tool.install(&PathBuf::from("DIR"), true));
        return Err(step.failed(&by_hand.replace(" --root DIR", "")));
    }
    tools.add_folder_of(&installed);
    step.done();
    Ok(())
}

impl CargoTool {
    fn is(&self, program: &Path) -> bool {
        let version = process::output(Command::new(program).arg("--version"));
        version.is_some_and(|text| text.split_whitespace().nth(1) == Some(&self.version))
    }

    fn install(&self, folder: &Path, locked: bool) -> Command {
        let mut command = Command::new("cargo");
        command.arg("install").args(locked.then_some("--locked"));
        command.args([self.package, "--version", &self.version, "--root"]).arg(folder);
        // These programs run for a second per build; compiling them is what takes long.
        command
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env_remove("CARGO_TARGET_DIR");
        command
    }
}
