//! The engine on the command line: `analyze [--format text|json] [--set NAME] FILE...`, or
//! `analyze --jsonl` with one request per input line and one answer per output line.
//!
//! Peers' tests are replayed through `--jsonl`, so its form is stable; README describes it.

mod json;

use engine::source::LineIndex;
use engine::{Report, RuleSet, Settings, Workspace, analyze_with};
use shellcheck::ShellCheck;
use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: analyze [--format text|json] [--set NAME] FILE...
       analyze --jsonl < requests > answers
FILE may be `-` for standard input. NAME is recommended, hadolint, buildkit or all.";

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("analyze: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<ExitCode, String> {
    let mut json = false;
    let mut settings = Settings::default();
    let mut files = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--jsonl" => return answer_lines().map_err(|error| error.to_string()),
            "--help" | "-h" => {
                println!("{USAGE}");
                return Ok(ExitCode::SUCCESS);
            }
            "--format" => match arguments.next().as_deref() {
                Some("json") => json = true,
                Some("text") => json = false,
                _ => return Err(format!("--format takes `text` or `json`\n{USAGE}")),
            },
            "--set" => {
                let name = arguments.next().unwrap_or_default();
                settings.set = RuleSet::from_name(&name)
                    .ok_or_else(|| format!("`{name}` is not a set of rules\n{USAGE}"))?;
            }
            flag if flag.starts_with("--") => return Err(format!("unknown flag {flag}\n{USAGE}")),
            file => files.push(file.to_owned()),
        }
    }
    if files.is_empty() {
        return Err(USAGE.to_owned());
    }
    let scripts = ShellCheck::default();
    let mut clean = true;
    for file in files {
        let dockerfile = read(&file).map_err(|error| format!("{file}: {error}"))?;
        let workspace = Workspace { dockerfile, ..Workspace::default() };
        let report = analyze_with(&workspace, &settings, Some(&scripts));
        clean &= report.diagnostics.is_empty();
        if json {
            println!("{}", json::answer(&serde_json::json!(file), &workspace, &report));
        } else {
            print_text(&file, &workspace, &report);
        }
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
    report.reasons.iter().for_each(|reason| println!("{file}:   {reason}"));
}

fn answer_lines() -> io::Result<ExitCode> {
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
    Ok(ExitCode::SUCCESS)
}
