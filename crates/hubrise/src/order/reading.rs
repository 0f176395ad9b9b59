//! How a field is read: missing, null and oddly typed are told apart from what can be understood. Owns no field.

use serde_json::Value;

/// What stands where HubRise owes a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reading<T> {
    /// Nothing, or null.
    #[default]
    Missing,
    /// Something that cannot be understood, as it was written; text from outside.
    Unreadable(String),
    /// The value.
    Read(T),
}

impl<T> Reading<T> {
    /// The value, if there is one that can be understood.
    pub fn read(&self) -> Option<&T> {
        match self {
            Reading::Read(value) => Some(value),
            Reading::Missing | Reading::Unreadable(_) => None,
        }
    }

    /// The value, or `default` where there is none.
    ///
    /// # Errors
    /// The text that cannot be understood.
    pub fn or(&self, default: T) -> Result<T, &str>
    where
        T: Copy,
    {
        match self {
            Reading::Missing => Ok(default),
            Reading::Unreadable(text) => Err(text),
            Reading::Read(value) => Ok(*value),
        }
    }
}

/// What can be read out of one JSON value; `None` is unreadable.
pub(super) trait Readable: Sized {
    fn from_json(value: &Value) -> Option<Self>;
}

/// A field that must be understood or called unreadable.
pub(super) fn reading<T: Readable>(object: &Value, key: &str) -> Reading<T> {
    match object.get(key) {
        None | Some(Value::Null) => Reading::Missing,
        Some(value) => match T::from_json(value) {
            Some(read) => Reading::Read(read),
            None => Reading::Unreadable(match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            }),
        },
    }
}

/// A text; nothing when it is empty, blank or no text.
pub(super) fn text(object: &Value, key: &str) -> Option<String> {
    match object.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    }
}

/// A ref: a text without blanks around it, or a whole number, as some integrations write them.
pub(super) fn reference(object: &Value, key: &str) -> Option<String> {
    match object.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Some(Value::Number(number)) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// A flag; anything but `true` is `false`.
pub(super) fn flag(object: &Value, key: &str) -> bool {
    object.get(key) == Some(&Value::Bool(true))
}

/// A list of objects, each read with its place in the list. What is no list, and entries that are no objects, are odd.
pub(super) fn list<T>(
    object: &Value,
    key: &str,
    path: &str,
    odd: &mut Vec<String>,
    mut read: impl FnMut(&Value, usize, &mut Vec<String>) -> T,
) -> Vec<T> {
    match object.get(key) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(entries)) => {
            let mut found = Vec::with_capacity(entries.len());
            for (index, entry) in entries.iter().enumerate() {
                if entry.is_object() {
                    found.push(read(entry, index, odd));
                } else {
                    odd.push(format!("{path}[{index}]"));
                }
            }
            found
        }
        Some(_) => {
            odd.push(path.to_owned());
            Vec::new()
        }
    }
}
