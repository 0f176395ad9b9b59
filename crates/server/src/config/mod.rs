//! Configuration: annotated defaults, then a file, then the environment; every fault reported at once.
//!
//! Owns reading, checking and showing settings, and the encryption key's file. What a setting is used for
//! is decided elsewhere.

mod fault;
mod key_file;
mod reader;
mod report;
mod schema;
mod secret;
mod settings;
#[cfg(test)]
mod tests;
mod values;

use std::{collections::BTreeMap, ffi::OsString, fs, io, path::PathBuf};

pub use fault::{Fault, Faults, Origin};
pub use key_file::KeyError;
pub use secret::{MASK, Secret};
pub use settings::{
    AttemptSettings, DatabaseSettings, DatabaseUrl, EncryptionSettings, HubriseSettings, LogFormat, LogSettings,
    OperationSettings, PixelpointSettings, PublicUrl, ServerSettings, SessionSettings, Settings, VendorSettings,
};

pub use reader::variable;
use reader::{InForce, Reader};

/// The annotated defaults, which are also the settings' documentation.
pub const DEFAULTS: &str = include_str!("../../config.default.toml");

/// The file that is read when none is named.
pub const DEFAULT_FILE: &str = "passerelle.toml";

/// The embedded database's file in the data folder.
const DATABASE_FILE: &str = "passerelle.db";

/// Where to look for a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// This one, which must be there.
    Named(PathBuf),
    /// This one, if it is there.
    IfPresent(PathBuf),
}

/// Settings, and where each came from.
#[derive(Debug)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    in_force: BTreeMap<String, InForce>,
}

/// Reads defaults, file and environment (as from [`std::env::vars_os`]). Touches no file but the one named.
///
/// # Errors
/// Everything that is wrong, at once.
pub fn load(file: &File, environment: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Loaded, Faults> {
    let mut reader = Reader::new();
    reader.toml(DEFAULTS, &|_line| Origin::Default);
    read_file(&mut reader, file);
    reader.environment(environment);
    check_together(&mut reader);
    let Reader { mut settings, in_force, faults } = reader;
    if !faults.0.is_empty() {
        return Err(faults);
    }
    if let DatabaseUrl::Sqlite(path) = &mut settings.database.url
        && path.as_os_str().is_empty()
    {
        *path = settings.server.data_dir.join(DATABASE_FILE);
    }
    Ok(Loaded { settings, in_force })
}

fn read_file(reader: &mut Reader, file: &File) {
    let (File::Named(path) | File::IfPresent(path)) = file;
    match fs::read_to_string(path) {
        Ok(source) => {
            let name = path.display().to_string();
            reader.toml(&source, &|line| Origin::File { name: name.clone(), line });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && matches!(file, File::IfPresent(_)) => {}
        Err(error) => reader.fault(None, None, format!("the file `{}` cannot be read: {error}", path.display())),
    }
}

/// The rules that concern more than one key.
fn check_together(reader: &mut Reader) {
    let origin = |reader: &Reader, key: &str| reader.in_force.get(key).map(|value| value.origin.clone());
    let settings = &reader.settings;
    if settings.sessions.idle > settings.sessions.max {
        let at = origin(reader, "sessions.idle_hours");
        reader.fault(at, Some("sessions.idle_hours"), "must not be more than `sessions.max_hours`");
    }
    let encryption = &reader.settings.encryption;
    if encryption.key.is_some() && encryption.key_file.is_some() {
        let at = origin(reader, "encryption.key_file");
        reader.fault(at, Some("encryption.key_file"), "the key itself is set too: give one of the two");
    } else if encryption.key.is_none()
        && encryption.key_file.is_none()
        && !reader.faults.0.iter().any(|fault| fault.key.as_deref().is_some_and(|key| key.starts_with("encryption.")))
        && matches!(reader.settings.database.url, DatabaseUrl::Postgres(_))
    {
        let message = format!(
            "PostgreSQL needs a key that outlives this machine: set {} or {}",
            variable("encryption.key"),
            variable("encryption.key_file")
        );
        reader.fault(None, Some("encryption.key"), message);
    }
}
