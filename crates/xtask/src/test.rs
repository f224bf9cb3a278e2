//! Every test there is, as named steps that stop at the first failure.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::finish::Site;
use crate::setup::{self, Scope};
use crate::tools::{Browser, Tools, WasmToolchain};
use crate::{budget, catalog, process, rules, trunk, workspace};

/// A step: its name on the command line, what it does, and how.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Tools) -> Result<()>,
}

/// Cheap and telling steps come first.
const STEPS: [Step; 9] = [
    Step { name: "format", about: "rustfmt", run: format },
    Step { name: "catalog", about: "plausible figures", run: |_| catalog::check() },
    Step { name: "lint", about: "clippy, native", run: lint },
    Step { name: "native", about: "tests of every crate and every rule page", run: native },
    Step { name: "lint-wasm", about: "clippy, wasm32", run: lint_wasm },
    Step { name: "browser", about: "component tests in Chromium", run: browser },
    Step { name: "build", about: "dist/ as it is deployed", run: build },
    Step { name: "budget", about: "download sizes", run: |_| budget::run() },
    Step { name: "e2e", about: "end-to-end tests over dist/ in Chromium", run: e2e },
];

/// Sets up, then runs all steps, or only those that are named.
pub fn run(names: &[String]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        let known = STEPS.map(|step| step.name).join(", ");
        bail!("no test step `{unknown}`; there are: {known}");
    }
    let chosen: Vec<_> = STEPS
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
        .collect();
    let start = Instant::now();
    let tools = setup::run(Scope::Tests, false)?;
    let mut times = vec![("setup", start.elapsed())];
    for (index, step) in chosen.iter().enumerate() {
        println!("\n== {}/{} {}: {}", index + 1, chosen.len(), step.name, step.about);
        let began = Instant::now();
        let outcome = (step.run)(&tools);
        times.push((step.name, began.elapsed()));
        if outcome.is_err() {
            print_times(&times, start.elapsed());
        }
        outcome
            .with_context(|| format!("step {0} failed; alone: cargo xtask test {0}", step.name))?;
    }
    print_times(&times, start.elapsed());
    println!("All {} steps passed.", chosen.len());
    Ok(())
}

/// Runs the benchmarks, which live in the crate `tests`.
pub fn bench(args: &[String]) -> Result<()> {
    process::run(Command::new("cargo").args(["bench", "--package", "tests", "--"]).args(args))
}

fn print_times(times: &[(&str, Duration)], total: Duration) {
    println!();
    for (name, time) in times.iter().chain([&("total", total)]) {
        println!("{name:<10} {:>7.1} s", time.as_secs_f64());
    }
}

fn format(tools: &Tools) -> Result<()> {
    process::run(tools.command("cargo")?.args(["fmt", "--all", "--", "--check"]))?;
    // Cargo finds no rule: the build script does.
    let root = workspace::root()?;
    let rules = rules::all(&root)?;
    let mut rustfmt = tools.command("rustfmt")?;
    rustfmt.args(["--edition", "2024", "--check"]).current_dir(&root);
    process::run(rustfmt.args(rules.iter().map(|rule| rule.page.with_extension("rs"))))
}

fn lint(tools: &Tools) -> Result<()> {
    let mut cargo = tools.command("cargo")?;
    process::run(cargo.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn lint_wasm(tools: &Tools) -> Result<()> {
    if tools.wasm == WasmToolchain::Debian {
        println!("skipped: Debian's toolchain has no clippy; the build will compile the same code");
        return Ok(());
    }
    let mut cargo = tools.wasm_command("cargo")?;
    cargo.args(["clippy", "--package", "engine", "--package", "web", "--target", setup::TARGET]);
    process::run(cargo.args(["--", "-D", "warnings"]))
}

/// Properties draw their texts from a fixed seed, so that the outcome depends on the code alone.
/// Plain `cargo test` draws others each time; so does a seed in the environment.
fn native(tools: &Tools) -> Result<()> {
    const SEED: &str = "PROPTEST_RNG_SEED";
    let seed = std::env::var(SEED).unwrap_or_else(|_| "1".to_owned());
    process::run(tools.command("cargo")?.args(["test", "--workspace"]).env(SEED, seed))
}

fn browser(tools: &Tools) -> Result<()> {
    let browser = tools.browser.as_ref().context("no browser was set up")?;
    let mut cargo = tools.wasm_command("cargo")?;
    cargo
        .args(["test", "--package", "web", "--target", setup::TARGET])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver_json(browser)?)
        .env("CHROMEDRIVER", &browser.driver);
    process::run(&mut cargo)
}

/// The capabilities of crates/web, with the browser that was found instead of the one named there.
fn webdriver_json(browser: &Browser) -> Result<PathBuf> {
    let root = workspace::root()?;
    let text = fs::read_to_string(root.join("crates/web/webdriver.json"))
        .context("cannot read crates/web/webdriver.json")?;
    let mut json: serde_json::Value = serde_json::from_str(&text)?;
    json["goog:chromeOptions"]["binary"] = browser.browser.to_string_lossy().into();
    let path = root.join("target").join("webdriver.json");
    fs::create_dir_all(root.join("target"))?;
    fs::write(&path, json.to_string())?;
    Ok(path)
}

/// With the layout of versions; the tests of the site look at that too.
fn build(tools: &Tools) -> Result<()> {
    trunk::build(tools, &Site { url: None, versioned: true })
}

fn e2e(tools: &Tools) -> Result<()> {
    let browser = tools.browser.as_ref().context("no browser was set up")?;
    let root = workspace::root()?;
    let mut npm = tools.command(if cfg!(windows) { "npm.cmd" } else { "npm" })?;
    npm.args(["--prefix", setup::E2E, "test"])
        .current_dir(&root)
        .env("DIST", root.join("dist"))
        .env("CHROMIUM", &browser.browser);
    process::run(&mut npm)
}
