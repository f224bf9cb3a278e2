//! What a build sees of a text.

use engine::shell::Script;
use engine::syntax::{self, Body, ItemKind, Statement};

/// All that a build sees of a text, and its comments.
pub fn meaning(text: &str) -> Vec<String> {
    let tree = syntax::parse(text);
    let mut out = vec![format!("escape {}, {} errors", tree.escape, tree.errors.len())];
    for item in &tree.items {
        match &item.kind {
            ItemKind::Blank => {}
            ItemKind::Comment => out.push(item.extent.of(text).trim().to_owned()),
            ItemKind::Directive(directive) => {
                out.push(format!("{} = {}", directive.name, directive.value));
            }
            ItemKind::Instruction(instruction) => {
                let line = &instruction.line;
                out.extend(line.comments.iter().map(|span| span.of(text).trim().to_owned()));
                out.push(statement(&instruction.statement));
                for heredoc in &line.heredocs {
                    let body = heredoc.body.of(text);
                    out.push(format!(
                        "<<{} {} {} {body:?}",
                        heredoc.name, heredoc.expand, heredoc.chomp
                    ));
                }
                let script = Script::of(instruction, text);
                for command in script.iter().flat_map(|script| &script.commands) {
                    let words = command.assignments.iter().chain(&command.words);
                    let words: Vec<String> = words
                        .map(|word| {
                            if word.literal { word.text.to_string() } else { squeezed(&word.text) }
                        })
                        .collect();
                    out.push(format!("{:?} {} {words:?}", command.joint, command.depth));
                }
            }
        }
    }
    out
}

fn statement(found: &Statement) -> String {
    let keyword = found.keyword_word.text.to_ascii_uppercase();
    let flags: Vec<&str> = found.flags.iter().map(|flag| flag.text.as_str()).collect();
    let texts =
        |words: &[syntax::Word]| words.iter().map(|word| word.text.to_string()).collect::<Vec<_>>();
    let command = |command: &syntax::CommandLine| match command {
        syntax::CommandLine::Exec(words, _) => format!("exec {:?}", texts(words)),
        syntax::CommandLine::Shell(word) => format!("shell {}", squeezed(&word.text)),
        syntax::CommandLine::Empty => String::new(),
    };
    let body = match &found.body {
        Body::From(from) => {
            let name = from.name.as_ref().map(|name| name.text.to_string());
            format!("{} {} {name:?}", from.image.text, from.as_word.is_some())
        }
        Body::Add(copy) | Body::Copy(copy) => format!(
            "{:?} {:?} {} {}",
            texts(&copy.sources),
            texts(&copy.heredocs),
            copy.destination.text,
            copy.json
        ),
        Body::Run(line) | Body::Cmd(line) | Body::Entrypoint(line) => command(line),
        Body::Healthcheck(syntax::instruction::Healthcheck::Command(line)) => command(line),
        Body::Healthcheck(syntax::instruction::Healthcheck::None) => "none".to_owned(),
        Body::Onbuild(trigger) => statement(trigger),
        Body::Env(pairs) | Body::Label(pairs) => pairs
            .iter()
            .map(|pair| format!("{}={:?} {} ", pair.key.text, pair.value.text, pair.legacy))
            .collect(),
        Body::Arg(names) => names
            .iter()
            .map(|found| {
                format!(
                    "{}={:?} ",
                    found.name.text,
                    found.default.as_ref().map(|d| d.text.to_string())
                )
            })
            .collect(),
        Body::Expose(words) | Body::Volume(words) | Body::Shell(words) => {
            format!("{:?}", texts(words))
        }
        Body::Malformed => format!("{:?}", found.arguments.text),
        Body::Maintainer(word)
        | Body::Stopsignal(word)
        | Body::User(word)
        | Body::Workdir(word) => {
            format!("{:?}", word.text)
        }
    };
    format!("{keyword} {flags:?} {body}")
}

/// A shell text with one blank for several, except in quotes. Inside of `$(...)` quotes begin anew.
fn squeezed(text: &str) -> String {
    let mut out = String::new();
    let mut quotes = vec![None];
    let mut chars = text.chars();
    while let Some(ch) = chars.next() {
        let quote = quotes.last().copied().flatten();
        match (quote, ch) {
            (None, ' ' | '\t') => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                continue;
            }
            (None | Some('"'), '\\') => {
                out.push(ch);
                out.extend(chars.next());
                continue;
            }
            (None | Some('"'), '(') if out.ends_with('$') => quotes.push(None),
            (None, ')') if quotes.len() > 1 => drop(quotes.pop()),
            (None, '\'' | '"') => *quotes.last_mut().expect("a state") = Some(ch),
            (Some(open), _) if open == ch => *quotes.last_mut().expect("a state") = None,
            _ => {}
        }
        out.push(ch);
    }
    out.trim_end().to_owned()
}
