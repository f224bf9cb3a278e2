//! The heads of compound commands: what stands behind `for`, `case`, `[[` and `NAME=(`.

use super::ShellWord;
use super::reader::{Pending, Reader};
use super::words::is_end;

impl Reader<'_> {
    /// At `(` of `NAME=(a b c)`: passes over the list, whose commands count all the same.
    pub(super) fn array(&mut self) {
        self.next();
        while let Some(ch) = self.peek() {
            let start = self.position;
            if !ch.is_whitespace() {
                self.word();
            }
            if self.position == start && self.next() == Some(')') {
                return;
            }
        }
        self.whole = false;
    }

    /// `[[ ... ]]` as one command; its signs join nothing.
    pub(super) fn condition(&mut self, word: ShellWord, pending: &mut Pending) {
        pending.words.push(word);
        while let Some(ch) = self.peek().filter(|ch| *ch != ';') {
            let start = self.position;
            if self.eat("\\\n") {
                continue;
            }
            if is_end(ch) {
                self.next();
                if ch.is_whitespace() {
                    continue;
                }
                let range = start as u32..self.position as u32;
                let text = self.shared.slice(&range);
                pending.words.push(ShellWord { text, span: self.span(start), literal: true });
                continue;
            }
            let word = self.word();
            if self.position == start {
                return;
            }
            let last = word.text == "]]";
            pending.words.push(word);
            if last {
                return;
            }
        }
        self.whole = false;
    }

    /// Passes over the words of `for x in a b c`, or `((...))`.
    pub(super) fn skip_words(&mut self) {
        self.blanks();
        if self.eat("((") {
            self.arithmetic();
            return;
        }
        let mut first = true;
        while let Some(ch) = self.peek().filter(|ch| !matches!(ch, ';' | '\n' | ')')) {
            let start = self.position;
            if matches!(ch, ' ' | '\t' | '\r') {
                self.next();
            } else {
                let word = self.word().text;
                if word == "do" {
                    return;
                }
                if std::mem::take(&mut first) {
                    self.loops.push(word);
                }
            }
            if self.position == start {
                self.next();
            }
        }
    }

    /// Passes over `WORD in` of `case WORD in`; returns whether `in` was there.
    pub(super) fn skip_until_in(&mut self) -> bool {
        while let Some(ch) = self.peek().filter(|ch| *ch != ';') {
            let start = self.position;
            if ch.is_whitespace() {
                self.next();
            } else if self.word().text == "in" {
                return true;
            }
            if self.position == start {
                self.next();
            }
        }
        false
    }
}
