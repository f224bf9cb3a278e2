//! The engine on the command line: `analyze [--format NAME] [--set NAME] [--config FILE] FILE...`,
//! or `analyze --jsonl` with one request per input line and one answer per output line.
//!
//! Peers' tests are replayed through `--jsonl`, so its form is stable; README describes it.

mod json;
mod recipe;

use engine::diagnostic::Level;
use engine::export::{self, Linted};
use engine::source::LineIndex;
use engine::{Report, RuleSet, Settings, Workspace, analyze_with, config};
use mimalloc::MiMalloc;
use shellcheck::ShellCheck;
use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;

/// The engine keeps many small things, which this allocator is made for.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const USAGE: &str =
    "usage: analyze [--format text|json|sarif|markdown] [--set NAME] [--config FILE] [--explain LOG] FILE...
       analyze --jsonl < requests > answers
FILE may be `-` for standard input. NAME is recommended, hadolint, buildkit or all.
LOG holds a message of docker build, docker run or the program; what it means is printed too.
The configuration is a .hadolint.yaml; with it, the set is hadolint unless another is named.";

const FORMATS: [&str; 4] = ["text", "json", "sarif", "markdown"];

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("analyze: {message}");
            ExitCode::from(2)
        }
    }
}

/// What the flags and the configuration say.
struct Options {
    format: String,
    settings: Settings,
    failure_threshold: Level,
    no_fail: bool,
    explain: Option<String>,
    files: Vec<String>,
}

fn run(arguments: impl Iterator<Item = String>) -> Result<ExitCode, String> {
    let Some(options) = options(arguments)? else { return Ok(ExitCode::SUCCESS) };
    let scripts = ShellCheck::default();
    let log =
        options.explain.as_deref().map(|log| read(log).map_err(|error| format!("{log}: {error}")));
    let log = log.transpose()?;
    let mut done: Vec<(String, Workspace, Report)> = Vec::new();
    for file in options.files {
        let dockerfile = read(&file).map_err(|error| format!("{file}: {error}"))?;
        let workspace = Workspace { dockerfile, ..Workspace::default() };
        let report = analyze_with(&workspace, &options.settings, Some(&scripts));
        match options.format.as_str() {
            "json" => println!("{}", json::answer(&serde_json::json!(file), &workspace, &report)),
            "text" => {
                print_text(&file, &workspace, &report);
                let log = log.as_deref().unwrap_or_default();
                print_explanations(&file, log, &workspace, &options.settings);
            }
            _ => {}
        }
        done.push((file, workspace, report));
    }
    let files: Vec<Linted<'_>> = done
        .iter()
        .map(|(name, workspace, report)| Linted {
            name,
            text: &workspace.dockerfile,
            diagnostics: &report.diagnostics,
        })
        .collect();
    match options.format.as_str() {
        "sarif" => println!("{}", export::sarif(&files, &|_| None)),
        "markdown" => print!("{}", export::markdown(&files, &|_| None)),
        _ => {}
    }
    let mut found = files.iter().flat_map(|file| file.diagnostics);
    let fails = !options.no_fail && found.any(|found| found.level >= options.failure_threshold);
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads the command line; `None` if there is nothing left to do.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let (mut format, mut set, mut config, mut explain) = (None, None, None, None);
    let mut files = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--jsonl" => return answer_lines().map(|()| None).map_err(|error| error.to_string()),
            "--help" | "-h" => {
                println!("{USAGE}");
                return Ok(None);
            }
            "--format" => {
                let name = arguments.next().unwrap_or_default();
                if !FORMATS.contains(&name.as_str()) {
                    return Err(format!("`{name}` is not a format\n{USAGE}"));
                }
                format = Some(name);
            }
            "--set" => {
                let name = arguments.next().unwrap_or_default();
                let known = RuleSet::from_name(&name);
                set =
                    Some(known.ok_or_else(|| format!("`{name}` is not a set of rules\n{USAGE}"))?);
            }
            "--config" => config = Some(arguments.next().unwrap_or_default()),
            "--explain" => explain = Some(arguments.next().unwrap_or_default()),
            flag if flag.starts_with("--") => return Err(format!("unknown flag {flag}\n{USAGE}")),
            file => files.push(file.to_owned()),
        }
    }
    if files.is_empty() {
        return Err(USAGE.to_owned());
    }
    let mut options = Options {
        format: String::new(),
        settings: Settings { set: set.unwrap_or_default(), ..Settings::default() },
        failure_threshold: Level::Style,
        no_fail: false,
        explain,
        files,
    };
    if let Some(file) = config {
        let text = read(&file).map_err(|error| format!("{file}: {error}"))?;
        options.settings.set = set.unwrap_or(RuleSet::Hadolint);
        let config = config::read(&text, &options.settings);
        for message in config.messages {
            eprintln!("{file}:{}: {}", message.line, message.text);
        }
        options.settings = config.settings;
        options.failure_threshold = config.failure_threshold;
        options.no_fail = config.no_fail;
        let known = config.format.filter(|name| FORMATS.contains(&name.as_str()));
        format = format.or(known);
    }
    options.format = format.unwrap_or_else(|| "text".to_owned());
    Ok(Some(options))
}

/// Any bytes are read; what is not UTF-8 becomes U+FFFD.
fn read(file: &str) -> io::Result<String> {
    let mut bytes = Vec::new();
    if file == "-" {
        io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn print_text(file: &str, workspace: &Workspace, report: &Report) {
    let text = &workspace.dockerfile;
    let lines = LineIndex::new(text);
    for found in &report.diagnostics {
        let place = lines.position(text, found.span.start);
        let codes = if found.codes.is_empty() {
            String::new()
        } else {
            format!(" ({})", found.codes.join(", "))
        };
        println!(
            "{file}:{}:{} {} {}{codes}: {}",
            place.line,
            place.column,
            found.level.name(),
            found.rule,
            found.message
        );
    }
    if let Some(estimate) = &report.estimate {
        let unpacked = estimate.size.unpacked.map_or("unknown".to_owned(), |range| {
            let mb = |bytes: u64| bytes as f64 / 1e6;
            format!("{:.1} MB ({:.1} to {:.1})", mb(range.likely), mb(range.low), mb(range.high))
        });
        println!("{file}: estimated size, unpacked: {unpacked}");
    }
    println!("{file}: {}", report.verdict.name());
    report.reasons.iter().for_each(|reason| println!("{file}:   {}", reason.text));
}

fn print_explanations(file: &str, log: &str, workspace: &Workspace, settings: &Settings) {
    let text = &workspace.dockerfile;
    let lines = LineIndex::new(text);
    for found in engine::explain(log, workspace, settings) {
        println!("\n{} ({})\n  {}", found.title, found.kind, found.cause);
        found.steps.iter().for_each(|step| println!("  - {step}"));
        for place in &found.places {
            println!("  {file}:{}: {}", lines.line(place.span.start), place.message);
        }
        for cause in &found.findings {
            let line = lines.line(cause.span.start);
            println!("  {file}:{line} {} {}: {}", cause.level.name(), cause.rule, cause.message);
        }
        if let Some(otherwise) = found.otherwise {
            println!("  Nothing in this Dockerfile explains it. {otherwise}");
        }
    }
}

fn answer_lines() -> io::Result<()> {
    let scripts = ShellCheck::default();
    let mut input = io::stdin().lock();
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let request = String::from_utf8_lossy(&line);
        writeln!(
            output,
            "{}",
            json::answer_line(request.trim_end_matches(['\n', '\r']), &scripts)
        )?;
        output.flush()?;
        line.clear();
    }
    Ok(())
}
