//! A list that comes page by page: shown from the first page on, complete after the last.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{Choice, ChoicePage};

use crate::api::{ApiError, until_cleanup};

/// More pages than any account has; ends the reading if a server's cursor leads in a circle.
const MOST_PAGES: usize = 200;

/// The list, as far as it has come.
#[derive(Clone, Copy)]
pub struct Listing {
    /// What has come.
    pub items: RwSignal<Vec<Choice>>,
    /// Whether that is all.
    pub complete: RwSignal<bool>,
    /// What stopped it.
    pub problem: RwSignal<Option<ApiError>>,
    start: StoredValue<Box<dyn Fn() + Send + Sync>>,
}

impl Listing {
    /// Begins to read; `page` asks for the page a cursor leads to. Reading ends with the reactive owner.
    pub fn load<F>(page: impl Fn(Option<String>) -> F + Clone + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<ChoicePage, ApiError>> + 'static,
    {
        let items = RwSignal::new(Vec::new());
        let complete = RwSignal::new(false);
        let problem = RwSignal::new(None);
        let owner = Owner::current();
        let start = move || {
            let page = page.clone();
            items.set(Vec::new());
            complete.set(false);
            problem.set(None);
            let read = async move {
                let mut cursor = None;
                for _ in 0..MOST_PAGES {
                    match page(cursor).await {
                        Ok(ChoicePage { items: more, next_cursor }) => {
                            items.update(|items| items.extend(more));
                            cursor = next_cursor;
                            if cursor.is_none() {
                                break;
                            }
                        }
                        Err(error) => return problem.set(Some(error)),
                    }
                }
                complete.set(true);
            };
            match &owner {
                Some(owner) => spawn_local(owner.with(|| until_cleanup(read))),
                None => spawn_local(read),
            }
        };
        start();
        Self { items, complete, problem, start: StoredValue::new(Box::new(start)) }
    }

    /// Reads afresh.
    pub fn again(self) {
        self.start.with_value(|start| start());
    }
}
