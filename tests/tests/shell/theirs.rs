//! The commands of a script as the crate `shuck-parser` reads them.

use super::{Place, Simple};
use shuck_ast::{
    ArrayElem, Assignment, AssignmentValue, BuiltinCommand, Command, CompoundCommand, DeclOperand,
    Redirect, RedirectTarget, Stmt, StmtSeq, Word, WordPart, WordPartNode,
};
use shuck_parser::parser::{ParseStatus, Parser};
use std::collections::{BTreeMap, BTreeSet};

/// The other parser's commands.
pub struct Theirs<'t> {
    text: &'t str,
    pub found: BTreeSet<Simple>,
    /// What words say without quotes, where nothing is expanded.
    pub texts: BTreeMap<Place, String>,
}

impl<'t> Theirs<'t> {
    /// `None` where the other parser does not read the text.
    pub fn of(text: &'t str) -> Option<Self> {
        let parsed = Parser::new(text).parse();
        if !matches!(parsed.status, ParseStatus::Clean) {
            return None;
        }
        let mut theirs = Self { text, found: BTreeSet::new(), texts: BTreeMap::new() };
        theirs.sequence(&parsed.file.body);
        Some(theirs)
    }

    fn sequence(&mut self, sequence: &StmtSeq) {
        sequence.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &Stmt) {
        for redirect in &statement.redirects {
            self.redirect(redirect);
        }
        match &statement.command {
            Command::Simple(simple) => {
                let words: Vec<&Word> = std::iter::once(&simple.name).chain(&simple.args).collect();
                self.simple(&simple.assignments, &words, None);
            }
            Command::Builtin(builtin) => self.builtin(builtin),
            Command::Decl(clause) => {
                let start = clause.variant_span.start.offset();
                let mut places = vec![(start, clause.variant_span.end.offset())];
                for operand in &clause.operands {
                    places.push(match operand {
                        DeclOperand::Flag(word) | DeclOperand::Dynamic(word) => {
                            self.word(word);
                            place(word.span)
                        }
                        DeclOperand::Name(name) => place(name.span),
                        DeclOperand::Assignment(assignment) => {
                            self.value(assignment);
                            place(assignment.span)
                        }
                    });
                }
                self.push(&clause.assignments, places);
            }
            Command::Binary(binary) => {
                self.statement(&binary.left);
                self.statement(&binary.right);
            }
            Command::Compound(compound) => self.compound(compound),
            Command::Function(function) => self.statement(&function.body),
            Command::AnonymousFunction(function) => self.statement(&function.body),
        }
    }

    fn builtin(&mut self, builtin: &BuiltinCommand) {
        let (name, first, rest, assignments, span) = match builtin {
            BuiltinCommand::Break(it) => {
                ("break", &it.depth, &it.extra_args, &it.assignments, it.span)
            }
            BuiltinCommand::Continue(it) => {
                ("continue", &it.depth, &it.extra_args, &it.assignments, it.span)
            }
            BuiltinCommand::Return(it) => {
                ("return", &it.code, &it.extra_args, &it.assignments, it.span)
            }
            BuiltinCommand::Exit(it) => {
                ("exit", &it.code, &it.extra_args, &it.assignments, it.span)
            }
        };
        let words: Vec<&Word> = first.iter().chain(rest).collect();
        let after = assignments.last().map_or(span.start.offset(), |last| last.span.end.offset());
        let start = after + self.text[after..].find(name).unwrap_or_default();
        self.simple(assignments, &words, Some((start, start + name.len())));
    }

    fn compound(&mut self, compound: &CompoundCommand) {
        match compound {
            CompoundCommand::If(it) => {
                self.sequence(&it.condition);
                self.sequence(&it.then_branch);
                for (condition, branch) in &it.elif_branches {
                    self.sequence(condition);
                    self.sequence(branch);
                }
                it.else_branch.iter().for_each(|branch| self.sequence(branch));
            }
            CompoundCommand::For(it) => {
                it.words.iter().flatten().for_each(|word| self.word(word));
                self.sequence(&it.body);
            }
            CompoundCommand::ArithmeticFor(it) => self.sequence(&it.body),
            CompoundCommand::While(it) => {
                self.sequence(&it.condition);
                self.sequence(&it.body);
            }
            CompoundCommand::Until(it) => {
                self.sequence(&it.condition);
                self.sequence(&it.body);
            }
            CompoundCommand::Case(it) => {
                self.word(&it.word);
                it.cases.iter().for_each(|item| self.sequence(&item.body));
            }
            CompoundCommand::Select(it) => {
                it.words.iter().for_each(|word| self.word(word));
                self.sequence(&it.body);
            }
            CompoundCommand::Subshell(body) | CompoundCommand::BraceGroup(body) => {
                self.sequence(body);
            }
            CompoundCommand::Time(it) => {
                it.command.iter().for_each(|command| self.statement(command));
            }
            // Only bash and zsh have the others, and RUNs do not use them.
            _ => {}
        }
    }

    fn simple(&mut self, assignments: &[Assignment], words: &[&Word], name: Option<Place>) {
        words.iter().for_each(|word| self.word(word));
        let words = words.iter().filter(|word| !word.span.slice(self.text).is_empty());
        for word in words.clone() {
            let text = word.try_static_text(self.text).map(String::from);
            self.texts.extend(text.map(|text| (place(word.span), text)));
        }
        let places = name.into_iter().chain(words.map(|word| place(word.span))).collect();
        self.push(assignments, places);
    }

    fn push(&mut self, assignments: &[Assignment], places: Vec<Place>) {
        assignments.iter().for_each(|assignment| self.value(assignment));
        let assigned: Vec<_> = assignments.iter().map(|it| place(it.span)).collect();
        if !assigned.is_empty() || !places.is_empty() {
            self.found.insert((assigned, places));
        }
    }

    fn value(&mut self, assignment: &Assignment) {
        match &assignment.value {
            AssignmentValue::Scalar(word) => self.word(word),
            AssignmentValue::Compound(array) => {
                for element in &array.elements {
                    if let ArrayElem::Sequential(value) = element {
                        self.word(value);
                    }
                }
            }
        }
    }

    fn redirect(&mut self, redirect: &Redirect) {
        if let RedirectTarget::Word(word) = &redirect.target {
            self.word(word);
        }
    }

    fn word(&mut self, word: &Word) {
        self.parts(&word.parts);
    }

    fn parts(&mut self, parts: &[WordPartNode]) {
        for part in parts {
            match &part.kind {
                WordPart::DoubleQuoted { parts, .. } => self.parts(parts),
                WordPart::CommandSubstitution { body, .. }
                | WordPart::ProcessSubstitution { body, .. } => self.sequence(body),
                WordPart::ArithmeticExpansion { expression_word_ast, .. } => {
                    self.word(expression_word_ast);
                }
                WordPart::ParameterExpansion { operand_word_ast: Some(word), .. } => {
                    self.word(word);
                }
                _ => {}
            }
        }
    }
}

fn place(span: shuck_ast::Span) -> Place {
    (span.start.offset(), span.end.offset())
}
