//! Reads an instruction: keyword, flags, and arguments in the form that the keyword wants.
//!
//! Follows `frontend/dockerfile/parser/line_parsers.go` for the form of the arguments and
//! `frontend/dockerfile/instructions/parse.go` for what an instruction needs. A malformed
//! instruction keeps what could be read of it.

use super::instruction::{
    Body, CommandLine, Copy, From, Healthcheck, KeyValue, Keyword, Statement,
};
use super::json::{self, Json};
use super::{LogicalLine, Refusal, RefusalKind, Word, flags, key_value};
use crate::source::Span;
use crate::suggest::nearest;
use crate::text::Text;
use std::ops::Range;

/// Reads the instruction on a logical line.
pub(super) fn parse(line: &LogicalLine, escape: char, errors: &mut Vec<Refusal>) -> Statement {
    statement(line, 0..line.text.len() as u32, escape, false, errors)
}

fn statement(
    line: &LogicalLine,
    range: Range<u32>,
    escape: char,
    trigger: bool,
    errors: &mut Vec<Refusal>,
) -> Statement {
    let range = trimmed(line, range);
    let text = line.slice(&range);
    let blank = |ch: char| matches!(ch, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ');
    let keyword_end = range.start + text.find(blank).unwrap_or(text.len()) as u32;
    let keyword_word = Word::slice(line, &(range.start..keyword_end));
    let keyword = Keyword::from_name(&keyword_word.text);
    let (mut flags, start) = flags::parse(line, &(keyword_end..range.end), escape);
    flags.shrink_to_fit();
    let arguments = trimmed(line, start..range.end);
    let mut reader = Reader { line, escape, keyword, arguments: arguments.clone(), errors };
    let body = if trigger && keyword == Keyword::Onbuild {
        Body::Malformed
    } else {
        reader.body(keyword_word.span)
    };
    let arguments = Word::slice(line, &arguments);
    Statement { keyword, keyword_word, flags, arguments, body }
}

fn trimmed(line: &LogicalLine, range: Range<u32>) -> Range<u32> {
    let text = line.slice(&range);
    let start = range.start + (text.len() - text.trim_start().len()) as u32;
    let end = range.end - (text.len() - text.trim_end().len()) as u32;
    start..end.max(start)
}

struct Reader<'a> {
    line: &'a LogicalLine,
    escape: char,
    keyword: Keyword,
    arguments: Range<u32>,
    errors: &'a mut Vec<Refusal>,
}

impl Reader<'_> {
    fn body(&mut self, keyword_span: Span) -> Body {
        if self.keyword == Keyword::Unknown {
            return Body::Malformed;
        }
        let may_be_empty = matches!(
            self.keyword,
            Keyword::Run | Keyword::Cmd | Keyword::Entrypoint | Keyword::From
        );
        if self.arguments.is_empty() && !may_be_empty {
            let message = format!("{} needs an argument", self.keyword.name());
            self.error(RefusalKind::MissingArguments, keyword_span, message);
            return Body::Malformed;
        }
        match self.keyword {
            Keyword::From => self.from(keyword_span),
            Keyword::Run => Body::Run(self.command_line()),
            Keyword::Cmd => Body::Cmd(self.command_line()),
            Keyword::Entrypoint => Body::Entrypoint(self.command_line()),
            Keyword::Copy => self.copy().map_or(Body::Malformed, Body::Copy),
            Keyword::Add => self.copy().map_or(Body::Malformed, Body::Add),
            Keyword::Env => Body::Env(self.pairs()),
            Keyword::Label => Body::Label(self.pairs()),
            Keyword::Arg => {
                let (line, escape) = (self.line, self.escape);
                Body::Arg(key_value::declarations(line, &self.arguments, escape, self.errors))
            }
            Keyword::Expose => Body::Expose(self.words()),
            Keyword::Volume => self.volume(),
            Keyword::Shell => self.shell(),
            Keyword::Healthcheck => self.healthcheck(),
            Keyword::Onbuild => self.onbuild(),
            Keyword::User => Body::User(self.whole()),
            Keyword::Workdir => Body::Workdir(self.whole()),
            Keyword::Stopsignal => Body::Stopsignal(self.whole()),
            Keyword::Maintainer => Body::Maintainer(self.whole()),
            Keyword::Unknown => Body::Malformed,
        }
    }

    fn error(&mut self, kind: RefusalKind, span: Span, message: impl Into<String>) {
        self.errors.push(Refusal::new(kind, span, message));
    }

    fn text(&self) -> &str {
        self.line.slice(&self.arguments)
    }

    fn whole(&self) -> Word {
        Word::slice(self.line, &self.arguments)
    }

    /// The arguments split at blanks; quotes mean nothing here.
    fn words(&self) -> Vec<Word> {
        let text = self.text();
        let base = text.as_ptr() as usize;
        let words = text.split([' ', '\t', '\u{b}', '\u{c}', '\r']).filter(|word| !word.is_empty());
        let range = |word: &str| {
            let start = self.arguments.start + (word.as_ptr() as usize - base) as u32;
            start..start + word.len() as u32
        };
        words.map(|word| Word::slice(self.line, &range(word))).collect()
    }

    /// The arguments as a JSON array of strings; complains about arrays of anything else.
    fn json_words(&mut self, arguments: &Range<u32>) -> Option<Vec<Word>> {
        let at = |range: &Range<u32>| arguments.start + range.start..arguments.start + range.end;
        match json::parse(self.line.slice(arguments)) {
            Json::Strings(strings) => {
                let word = |(text, range): (String, Range<u32>)| {
                    let (inner, outer) = (at(&(range.start + 1..range.end - 1)), at(&range));
                    let written = self.line.text.slice(&inner);
                    let text = if written == text { written } else { Text::from(text) };
                    Word { text, span: self.line.source_span(&outer) }
                };
                Some(strings.into_iter().map(word).collect())
            }
            Json::NotStrings(stranger) => {
                let stranger = at(&stranger);
                let span = self.line.source_span(&stranger);
                let message = "every element of a JSON array must be a string in double quotes";
                let refusal = Refusal::new(RefusalKind::JsonElements, span, message);
                let text = self.line.slice(&stranger);
                self.errors.push(match text.starts_with(['[', '{']) {
                    true => refusal,
                    false => refusal.suggest(span, format!("\"{text}\"")),
                });
                None
            }
            Json::Not => None,
        }
    }

    fn command_line(&mut self) -> CommandLine {
        self.command_line_in(&self.arguments.clone())
    }

    fn command_line_in(&mut self, arguments: &Range<u32>) -> CommandLine {
        if arguments.is_empty() {
            return CommandLine::Empty;
        }
        match self.json_words(arguments) {
            Some(words) => CommandLine::Exec(words, self.line.source_span(arguments)),
            None => CommandLine::Shell(Word::slice(self.line, arguments)),
        }
    }

    fn from(&mut self, keyword_span: Span) -> Body {
        let words = self.words();
        let (image, as_word, name) = match words.as_slice() {
            [] => {
                self.error(
                    RefusalKind::MissingArguments,
                    keyword_span,
                    "FROM needs an image or a stage",
                );
                return Body::Malformed;
            }
            [image] => (image, None, None),
            [image, as_word, name] if as_word.text.eq_ignore_ascii_case("as") => {
                self.stage_name(name);
                (image, Some(as_word.clone()), Some(name.clone()))
            }
            [image, as_word] if as_word.text.eq_ignore_ascii_case("as") => {
                self.error(
                    RefusalKind::MissingArguments,
                    as_word.span,
                    "`AS` needs a stage name behind it",
                );
                (image, Some(as_word.clone()), None)
            }
            [image, as_word, name, extra, ..] if as_word.text.eq_ignore_ascii_case("as") => {
                let message =
                    format!("`{}` stands behind the stage name, where nothing may", extra.text);
                self.error(RefusalKind::ExtraArguments, extra.span, message);
                (image, Some(as_word.clone()), Some(name.clone()))
            }
            [image, second, ..] => {
                let message = format!(
                    "FROM takes `image` or `image AS name`, and `{}` is neither",
                    second.text
                );
                self.errors.push(
                    Refusal::new(RefusalKind::FromWithoutAs, second.span, message)
                        .suggest(second.span, "AS"),
                );
                (image, None, None)
            }
        };
        Body::From(From { image: image.clone(), as_word, name })
    }

    fn stage_name(&mut self, name: &Word) {
        let text = name.text.to_ascii_lowercase();
        let letters =
            |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || "-_.".contains(ch);
        if !text.starts_with(|ch: char| ch.is_ascii_lowercase()) || !text.chars().all(letters) {
            let message = format!(
                "`{}` cannot name a stage: a letter first, then letters, digits, `-`, `_` and `.`",
                name.text
            );
            self.error(RefusalKind::StageName, name.span, message);
        }
    }

    fn pairs(&mut self) -> Vec<KeyValue> {
        let name = self.keyword.name();
        key_value::pairs(self.line, &self.arguments, self.escape, name, self.errors)
    }

    fn copy(&mut self) -> Option<Copy> {
        let arguments = self.arguments.clone();
        let (mut words, json) = match self.json_words(&arguments) {
            Some(words) => (words, true),
            None => (self.words(), false),
        };
        let name = self.keyword.name();
        let whole = self.line.source_span(&arguments);
        let destination = words.pop();
        let Some(destination) = destination.filter(|_| !words.is_empty()) else {
            let message = format!("{name} needs at least a source and a destination");
            self.error(RefusalKind::MissingArguments, whole, message);
            return None;
        };
        let is_heredoc = |word: &Word| {
            !json && word.text.trim_start_matches(|ch: char| ch.is_ascii_digit()).starts_with("<<")
        };
        if is_heredoc(&destination) {
            let message = format!("{name} cannot write into a heredoc: the destination comes last");
            self.error(RefusalKind::HeredocDestination, destination.span, message);
        }
        let (heredocs, sources) = words.into_iter().partition(is_heredoc);
        Some(Copy { sources, heredocs, destination, json })
    }

    fn volume(&mut self) -> Body {
        let arguments = self.arguments.clone();
        let words = match self.json_words(&arguments) {
            Some(words) => words,
            None => self.words(),
        };
        for empty in words.iter().filter(|word| word.text.trim().is_empty()) {
            self.error(
                RefusalKind::EmptyVolume,
                empty.span,
                "VOLUME needs a path, and this one is empty",
            );
        }
        if words.is_empty() {
            let span = self.line.source_span(&arguments);
            self.error(RefusalKind::MissingArguments, span, "VOLUME needs at least one path");
        }
        Body::Volume(words)
    }

    fn shell(&mut self) -> Body {
        let arguments = self.arguments.clone();
        let whole = self.line.source_span(&arguments);
        let complaints = self.errors.len();
        match self.json_words(&arguments) {
            Some(words) if words.is_empty() => {
                self.error(
                    RefusalKind::MissingArguments,
                    whole,
                    "SHELL needs at least the shell's path",
                );
                Body::Malformed
            }
            Some(words) => Body::Shell(words),
            None => {
                if self.errors.len() == complaints {
                    let message = "SHELL takes a JSON array, as in `SHELL [\"/bin/bash\", \"-c\"]`";
                    let refusal = Refusal::new(RefusalKind::ShellForm, whole, message);
                    let text = self.text();
                    let plain = !text.contains(['"', '\'', '[', ']', '\\']);
                    let words: Vec<_> = text.split_whitespace().map(json::string).collect();
                    self.errors.push(match plain {
                        true => refusal.suggest(whole, format!("[{}]", words.join(", "))),
                        false => refusal,
                    });
                }
                Body::Malformed
            }
        }
    }

    fn healthcheck(&mut self) -> Body {
        let text = self.text();
        let type_length = text.find(char::is_whitespace).unwrap_or(text.len());
        let kind_range = self.arguments.start..self.arguments.start + type_length as u32;
        let rest = trimmed(self.line, kind_range.end..self.arguments.end);
        let kind = Word::slice(self.line, &kind_range);
        if kind.text.eq_ignore_ascii_case("none") {
            if !rest.is_empty() {
                let span = self.line.source_span(&rest);
                self.error(
                    RefusalKind::ExtraArguments,
                    span,
                    "HEALTHCHECK NONE takes no arguments",
                );
            }
            return Body::Healthcheck(Healthcheck::None);
        }
        if !kind.text.eq_ignore_ascii_case("cmd") {
            let message = format!("HEALTHCHECK takes `CMD` or `NONE`, not `{}`", kind.text);
            let refusal = Refusal::new(RefusalKind::HealthcheckType, kind.span, message);
            let meant = match nearest(&kind.text, ["CMD", "NONE"]) {
                Some(meant) => meant.to_owned(),
                None => format!("CMD {}", kind.text),
            };
            self.errors.push(refusal.suggest(kind.span, meant));
            return Body::Malformed;
        }
        let command = self.command_line_in(&rest);
        let nothing = match &command {
            CommandLine::Empty => true,
            CommandLine::Exec(words, _) => words.is_empty(),
            CommandLine::Shell(_) => false,
        };
        if nothing {
            self.error(RefusalKind::MissingArguments, kind.span, "HEALTHCHECK CMD needs a command");
        }
        Body::Healthcheck(Healthcheck::Command(command))
    }

    fn onbuild(&mut self) -> Body {
        // BuildKit reads a trigger now, but checks it only when a child image runs it.
        let mut found = Vec::new();
        let trigger = statement(self.line, self.arguments.clone(), self.escape, true, &mut found);
        found.retain(|refusal| match refusal.kind {
            RefusalKind::JsonElements => true,
            RefusalKind::KeyValue => trigger.keyword != Keyword::Arg,
            _ => false,
        });
        self.errors.append(&mut found);
        let refused = match trigger.keyword {
            Keyword::Onbuild => Some("ONBUILD cannot be chained"),
            Keyword::From => Some("FROM cannot be a trigger of ONBUILD"),
            Keyword::Maintainer => Some("MAINTAINER cannot be a trigger of ONBUILD"),
            _ => None,
        };
        if let Some(message) = refused {
            self.error(RefusalKind::OnbuildTrigger, trigger.keyword_word.span, message);
        }
        Body::Onbuild(Box::new(trigger))
    }
}
