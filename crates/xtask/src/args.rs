//! The few kinds of command line argument that these commands take.

use std::env;

use anyhow::{Result, bail};

/// What is left of the command line; each reader takes its part out.
pub struct Args(Vec<String>);

impl Args {
    /// The arguments of this process, without its name.
    pub fn from_env() -> Self {
        Self(env::args().skip(1).collect())
    }

    /// The first argument that is not an option.
    pub fn positional(&mut self) -> Option<String> {
        let at = self.0.iter().position(|arg| !arg.starts_with("--") || arg == "--help")?;
        Some(self.0.remove(at))
    }

    /// Whether `name` was given.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|arg| arg != name);
        self.0.len() < before
    }

    /// The value of `--name value` or `--name=value`.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        if let Some(at) = self.0.iter().position(|arg| arg == name) {
            if at + 1 == self.0.len() {
                bail!("{name} needs a value");
            }
            self.0.remove(at);
            return Ok(Some(self.0.remove(at)));
        }
        let prefix = format!("{name}=");
        let at = self.0.iter().position(|arg| arg.starts_with(&prefix));
        Ok(at.map(|at| self.0.remove(at).split_off(prefix.len())))
    }

    /// All that is left, for commands that hand it on.
    pub fn rest(self) -> Vec<String> {
        self.0
    }

    /// Refuses what nobody asked for, so that a typo is not silently ignored.
    pub fn finish(self) -> Result<()> {
        match self.0.first() {
            Some(arg) => bail!("unexpected argument `{arg}`"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Args {
        Args(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn takes_flags_and_values_in_any_order() {
        let mut args = args("serve --port 9000 --offline");
        assert_eq!(args.positional().as_deref(), Some("serve"));
        assert!(args.flag("--offline"));
        assert!(!args.flag("--offline"));
        assert_eq!(args.value("--port").unwrap().as_deref(), Some("9000"));
        assert!(args.finish().is_ok());
    }

    #[test]
    fn refuses_what_is_left_over() {
        assert!(args("--ofline").finish().is_err());
        assert!(args("--port").value("--port").is_err());
        assert_eq!(args("--port=1").value("--port").unwrap().as_deref(), Some("1"));
    }
}
