//! The encryption key and its file: read, or generated once for the embedded database.
//!
//! What is encrypted with it, and how, is `crypto`'s affair.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{Settings, values};

/// The key's file in the data folder, when it was generated.
const GENERATED: &str = "encryption.key";

/// Why there is no encryption key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read.
    #[error("the encryption key's file `{}` cannot be read: {source}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("the file `{}` is not an encryption key: {message}", path.display())]
    Invalid {
        /// Which file.
        path: PathBuf,
        /// What was expected.
        message: String,
    },
    /// A new key cannot be written.
    #[error("an encryption key cannot be written to `{}`: {source}; see `server.data_dir`", path.display())]
    Unwritable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    NoRandomness(getrandom::Error),
}

impl Settings {
    /// The key that encrypts tokens: from the environment, from `encryption.key_file`, or from the data folder,
    /// where it is generated (mode 0600) when there is none yet.
    ///
    /// # Errors
    /// When a file cannot be read or written, or does not hold a key.
    pub fn encryption_key(&self) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        if let Some(key) = &self.encryption.key {
            return values::encryption_key(key.expose())
                .map_err(|message| KeyError::Invalid { path: PathBuf::from("PASSERELLE_ENCRYPTION_KEY"), message });
        }
        if let Some(path) = &self.encryption.key_file {
            return read(path);
        }
        let path = self.server.data_dir.join(GENERATED);
        match read(&path) {
            Err(KeyError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => generate(&path),
            found => found,
        }
    }

    /// Creates the data folder, readable by its owner alone, when it is missing.
    ///
    /// # Errors
    /// The system's, when it cannot be created.
    pub fn create_data_dir(&self) -> io::Result<()> {
        create_private_dir(&self.server.data_dir)
    }
}

fn read(path: &Path) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let text = fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|source| KeyError::Unreadable { path: path.to_owned(), source })?;
    values::encryption_key(&text).map_err(|message| KeyError::Invalid { path: path.to_owned(), message })
}

/// Writes a new key beside its place and links it there: a file of that name is always whole, and the first of
/// two servers that start at once wins.
fn generate(path: &Path) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let unwritable = |source| KeyError::Unwritable { path: path.to_owned(), source };
    let mut key = Zeroizing::new([0_u8; 32]);
    getrandom::fill(key.as_mut_slice()).map_err(KeyError::NoRandomness)?;
    let text = Zeroizing::new(format!("{}\n", STANDARD.encode(key.as_slice())));
    if let Some(folder) = path.parent() {
        create_private_dir(folder).map_err(unwritable)?;
    }
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    let written = create_private(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let linked = written.and_then(|()| fs::hard_link(&draft, path));
    // The draft's own failure to go away changes nothing: it holds the same key, for the same owner.
    let _gone = fs::remove_file(&draft);
    match linked {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(path),
        Err(error) => Err(unwritable(error)),
    }
}

fn create_private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn create_private_dir(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::config::{File, load};

    const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    fn settings(variable: &str, path: &Path) -> Settings {
        load(&File::IfPresent("/nowhere".into()), [(OsString::from(variable), path.into())]).unwrap().settings
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_generated_once_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let settings = settings("PASSERELLE_SERVER_DATA_DIR", &data);
        assert!(!data.exists(), "loading must not write");
        let first = settings.encryption_key().unwrap();
        let second = settings.encryption_key().unwrap();
        assert_eq!(first, second);
        assert_ne!(*first, [0; 32]);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&data.join("encryption.key")), 0o600);
        assert_eq!(mode(&data), 0o700);
        let left: Vec<_> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["encryption.key"]);
    }

    #[test]
    fn a_key_that_another_server_wrote_first_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(GENERATED);
        fs::write(&path, KEY).unwrap();
        assert_eq!(*generate(&path).unwrap(), [0; 32]);
        assert_eq!(fs::read_to_string(&path).unwrap(), KEY);
    }

    #[test]
    fn a_key_file_that_holds_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let settings = settings("PASSERELLE_ENCRYPTION_KEY_FILE", &path);
        assert!(settings.encryption_key().unwrap_err().to_string().contains("cannot be read"));
        fs::write(&path, "too short").unwrap();
        let refused = settings.encryption_key().unwrap_err().to_string();
        assert!(refused.contains("expected 32 bytes in base64") && !refused.contains("too short"), "{refused}");
        fs::write(&path, format!("{KEY}\n")).unwrap();
        assert_eq!(*settings.encryption_key().unwrap(), [0; 32]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named_with_its_setting() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let refused = settings("PASSERELLE_SERVER_DATA_DIR", &file).encryption_key().unwrap_err().to_string();
        assert!(refused.contains("file/encryption.key"), "{refused}");
    }
}
