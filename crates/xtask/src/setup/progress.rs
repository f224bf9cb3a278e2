//! One line per step, and what a person can do when a step fails.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::{process, workspace};

/// How many lines of a failed installer are shown; its whole output stays in the log.
const SHOWN_LINES: usize = 15;

/// Counts the steps.
pub struct Progress {
    total: usize,
    current: usize,
    offline: bool,
}

impl Progress {
    /// Starts a run of `total` steps; `offline` forbids every installation.
    pub fn new(total: usize, offline: bool) -> Self {
        Self { total, current: 0, offline }
    }

    /// Opens the line of the next step.
    pub fn step(&mut self, name: &str) -> Step {
        self.current += 1;
        let head = format!("[{}/{}] {name} ...", self.current, self.total);
        eprint!("{head}");
        flush();
        let name = name.to_owned();
        let step = Step { head, name, offline: self.offline, started: Instant::now() };
        // The log tells of this run only.
        if let Ok(log) = step.log_path() {
            let _ = fs::remove_file(log);
        }
        step
    }
}

/// The line of one step.
pub struct Step {
    head: String,
    name: String,
    offline: bool,
    started: Instant,
}

impl Step {
    /// Closes the line: nothing was to be done.
    pub fn found(self, note: &str) {
        eprintln!(" found{}{note}", if note.is_empty() { "" } else { ", " });
    }

    /// Closes the line: the step is not needed or has a substitute.
    pub fn skipped(self, why: &str) {
        eprintln!(" skipped: {why}");
    }

    /// Says that an installation begins and how long it may take.
    pub fn installing(&mut self, estimate: &str) -> Result<()> {
        if self.offline {
            eprintln!(" missing");
            bail!("{} is missing; run `cargo xtask setup` with a network", self.name);
        }
        self.head.push_str(&format!(" installing ({estimate})"));
        eprint!(" installing ({estimate})");
        flush();
        Ok(())
    }

    /// Runs one installer, its output to a log; says whether it succeeded.
    pub fn run(&self, command: &mut Command) -> Result<bool> {
        let log = self.open_log(command)?;
        command.stdout(log.try_clone()?).stderr(log).stdin(Stdio::null());
        let Ok(mut child) = command.spawn() else {
            return Ok(false);
        };
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success());
            }
            thread::sleep(Duration::from_millis(200));
            if io::stderr().is_terminal() {
                eprint!("\r{} {} s", self.head, self.started.elapsed().as_secs());
                flush();
            }
        }
    }

    /// Closes the line: the installation is done.
    pub fn done(self) {
        if io::stderr().is_terminal() {
            eprint!("\r{}", self.head);
        }
        eprintln!(" done in {} s", self.started.elapsed().as_secs());
    }

    /// Closes the line and tells what to type; the end of the log says why.
    pub fn failed(self, by_hand: &str) -> anyhow::Error {
        eprintln!(" failed after {} s", self.started.elapsed().as_secs());
        if let Ok(log) = self.log_path().and_then(|path| Ok(fs::read_to_string(path)?)) {
            let lines: Vec<_> = log.lines().collect();
            for line in &lines[lines.len().saturating_sub(SHOWN_LINES)..] {
                eprintln!("    {line}");
            }
        }
        anyhow!("{} could not be installed. Do it by hand and try again:\n    {by_hand}", self.name)
    }

    fn open_log(&self, command: &Command) -> Result<File> {
        let path = self.log_path()?;
        fs::create_dir_all(workspace::tools_cache()?).context("cannot create the cache folder")?;
        let mut log = File::options().create(true).append(true).open(path)?;
        writeln!(log, "$ {}", process::show(command))?;
        Ok(log)
    }

    fn log_path(&self) -> Result<PathBuf> {
        let name: String =
            self.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        Ok(workspace::tools_cache()?.join(format!("{name}.log")))
    }
}

fn flush() {
    // A closed pipe shows at the next line.
    let _ = io::stderr().flush();
}
