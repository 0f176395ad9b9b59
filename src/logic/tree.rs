//! What the browser's parsers made of an order and of a request, as plain values: the rules that read them are tested without
//! a browser.

/// A JSON value. Numbers and switches are kept as their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Nothing,
    /// A text, a number, `true`, `false`.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in its order.
    Map(Vec<(String, Json)>),
}

impl Json {
    /// What an object holds under a name; nothing where that is `null`.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(fields) => {
                fields.iter().find(|(its, _)| its == name).map(|(_, value)| value).filter(|value| !value.is_nothing())
            }
            _ => None,
        }
    }

    /// A text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text under a name.
    pub fn text_at(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Self::text)
    }

    /// The array under a name; empty where there is none.
    pub fn list_at(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Self::List(list)) => list,
            _ => &[],
        }
    }

    /// The object under a name; empty where there is none.
    pub fn map_at(&self, name: &str) -> &[(String, Self)] {
        match self.get(name) {
            Some(Self::Map(fields)) => fields,
            _ => &[],
        }
    }

    /// Whether it says nothing: `null`, or empty.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(_) => false,
            Self::List(list) => list.is_empty(),
            Self::Map(fields) => fields.is_empty(),
        }
    }
}

/// An XML element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its text, where it has no elements.
    pub text: String,
    /// Its elements.
    pub children: Vec<Element>,
}

impl Element {
    /// The text of the first element of a name.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.children.iter().find(|child| child.name == name).map(|child| child.text.as_str())
    }
}
