//! The words after `cargo xtask`: flags, options and names. Commands say what they take; whatever is left over is refused.

use std::str::FromStr;

use anyhow::{Context, bail};

/// The arguments not yet taken by anyone.
#[derive(Debug)]
pub(crate) struct Args {
    rest: Vec<String>,
}

impl Args {
    pub(crate) fn from_env() -> Self {
        Self { rest: std::env::args().skip(1).collect() }
    }

    #[cfg(test)]
    fn of(words: &[&str]) -> Self {
        Self { rest: words.iter().map(ToString::to_string).collect() }
    }

    /// Takes the first word.
    pub(crate) fn command(&mut self) -> Option<String> {
        (!self.rest.is_empty()).then(|| self.rest.remove(0))
    }

    /// Takes `--name`; whether it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|word| word != name);
        self.rest.len() != before
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    pub(crate) fn option<T>(&mut self, name: &str) -> anyhow::Result<Option<T>>
    where
        T: FromStr,
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        let with_equals = format!("{name}=");
        let Some(at) = self.rest.iter().position(|word| word == name || word.starts_with(&with_equals)) else {
            return Ok(None);
        };
        let word = self.rest.remove(at);
        let value = match word.strip_prefix(&with_equals) {
            Some(value) => value.to_owned(),
            None if at < self.rest.len() => self.rest.remove(at),
            None => bail!("`{name}` needs a value"),
        };
        value.parse().map(Some).with_context(|| format!("`{name}` cannot be `{value}`"))
    }

    /// Takes the next word that is not an option.
    pub(crate) fn word(&mut self) -> Option<String> {
        let at = self.rest.iter().position(|word| !word.starts_with('-'))?;
        Some(self.rest.remove(at))
    }

    /// Refuses whatever nobody took.
    pub(crate) fn done(&self) -> anyhow::Result<()> {
        match self.rest.first() {
            None => Ok(()),
            Some(word) => bail!("`{word}` is not understood here; `cargo xtask help` lists what is"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn takes_a_command_its_flags_and_its_options() {
        let mut args = Args::of(&["demo", "--keep", "--port-base", "9000"]);
        assert_eq!(args.command().as_deref(), Some("demo"));
        assert!(args.flag("--keep"));
        assert!(!args.flag("--keep"));
        assert_eq!(args.option::<u16>("--port-base").unwrap(), Some(9000));
        args.done().unwrap();
    }

    #[test]
    fn takes_an_option_written_with_an_equals_sign() {
        let mut args = Args::of(&["--port-base=9000"]);
        assert_eq!(args.option::<u16>("--port-base").unwrap(), Some(9000));
    }

    #[test]
    fn refuses_a_wrong_value_a_missing_value_and_a_leftover() {
        let wrong = Args::of(&["--port-base", "high"]).option::<u16>("--port-base").unwrap_err();
        assert_eq!(wrong.to_string(), "`--port-base` cannot be `high`");
        let missing = Args::of(&["--port-base"]).option::<u16>("--port-base").unwrap_err();
        assert_eq!(missing.to_string(), "`--port-base` needs a value");
        assert!(Args::of(&["--kepe"]).done().unwrap_err().to_string().contains("--kepe"));
    }
}
