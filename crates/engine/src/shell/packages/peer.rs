//! How hadolint reads the words of a package manager, where that differs from what the manager
//! would do with them.

use super::{Command, ShellWord, lists};

/// The words of a command that hadolint takes for no flag and for no value of a flag: what starts
/// with a dash is a flag, and the next word is its value if the flag is in `valued`, a list of
/// letters and names without dashes. `*` in the list stands for every flag, up to `--`.
pub fn operands<'a>(
    command: &'a Command,
    valued: &'a str,
) -> impl Iterator<Item = &'a ShellWord> + use<'a> {
    let mut value = false;
    let words = command.arguments().iter();
    words.take_while(move |word| valued != "*" || word.text != "--").filter(move |word| {
        if std::mem::take(&mut value) {
            return false;
        }
        let text = word.text.as_str();
        let Some(flag) = text.strip_prefix('-') else { return true };
        value = valued == "*"
            || match flag.strip_prefix('-') {
                Some(name) => lists(valued, name),
                None => flag.chars().any(|letter| valued.split(' ').any(|name| is(name, letter))),
            };
        value &= valued == "*" || !text.contains('=');
        false
    })
}

fn is(name: &str, letter: char) -> bool {
    let mut letters = name.chars();
    letters.next() == Some(letter) && letters.next().is_none()
}

/// Whether hadolint takes a command for pip: any program of that beginning but pipenv, and
/// `python -m pip install`.
pub fn is_pip(command: &Command) -> bool {
    let program = command.program_path();
    if !program.starts_with("python") {
        return program.starts_with("pip") && !program.starts_with("pipenv");
    }
    command.arguments().windows(3).any(|words| {
        let mut texts = words.iter().map(|word| word.text.as_str());
        ["-m", "pip", "install"].into_iter().all(|text| texts.next() == Some(text))
    })
}
