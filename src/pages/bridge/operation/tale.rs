//! What every part of an operation's page knows: the operation, its two sides, and which part of them is picked.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{Operation, Point, ProblemCode, Side, Sides};

use super::super::Here;
use crate::{
    api::{Answer, ApiError, operation::Place, until_cleanup},
    app::Users,
    browser::page,
    components::announcer::Announcer,
    i18n::{Language, td_string},
};

/// What a part knows.
#[derive(Clone)]
pub struct Tale {
    /// The till.
    pub here: Here,
    /// The operation's address at the server.
    pub place: StoredValue<Place>,
    /// The operation as it is now.
    pub operation: Memo<Operation>,
    /// Where it comes from.
    pub asked: Answer<Operation>,
    /// Where the two sides come from.
    pub asked_sides: Answer<Sides>,
    /// The two sides laid beside each other; nothing until they have come.
    pub sides: Memo<Option<Sides>>,
    /// What was picked.
    pub picked: RwSignal<Option<Point>>,
    /// Whether the reader may do something with it.
    pub acts: Memo<bool>,
    /// The page's voice.
    pub announcer: Announcer,
    /// The language of the page.
    pub language: Language,
    /// Who ends what is under way when the page goes.
    pub owner: StoredValue<Option<Owner>>,
}

impl Tale {
    /// Whether the reader may act: who manages the connection, and the vendor's support; tracked.
    pub fn may_act(here: &Here) -> Memo<bool> {
        let (manages, users, vendor) = (here.manages(), expect_context::<Users>(), here.vendor.slug.clone());
        Memo::new(move |_| manages.get() || users.of(&vendor).is_some_and(|user| user.support))
    }

    /// Picks a part and brings it into view, with the focus on it.
    pub fn show(&self, point: Point) {
        self.picked.set(Some(point));
        page::focus(id(Point { cell: None, ..point }));
    }

    /// Makes a call, until the page goes.
    pub fn call(&self, call: impl Future<Output = ()> + 'static) {
        match self.owner.get_value() {
            Some(owner) => spawn_local(owner.with(|| until_cleanup(call))),
            None => spawn_local(call),
        }
    }

    /// Does what changes the operation. What came of it is announced; where somebody was faster, how it stands is asked
    /// for and that is said. `failed` gets any other problem.
    pub fn change(
        &self,
        call: impl Future<Output = Result<Operation, ApiError>> + 'static,
        busy: RwSignal<bool>,
        done: String,
        over: impl Fn(Result<(), ApiError>) + 'static,
    ) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (asked, announcer, language) = (self.asked, self.announcer, self.language);
        self.call(async move {
            let answer = call.await;
            _ = busy.try_set(false);
            match answer {
                Ok(now) => {
                    asked.put(now);
                    announcer.say(done);
                    over(Ok(()));
                    // The button that was pressed may have gone.
                    page::focus_if_lost("state");
                }
                Err(error) if error.code() == Some(ProblemCode::Conflict) => {
                    asked.refresh();
                    announcer.say(td_string!(language.get_untracked(), operation.act.faster).to_owned());
                    over(Ok(()));
                }
                Err(error) => over(Err(error)),
            }
        });
    }
}

/// What an element of a line or a cell is called in the document.
pub fn id(point: Point) -> String {
    let side = match point.side {
        Side::Order => "at-o",
        Side::Request => "at-r",
    };
    let line = point.line.to_string();
    match point.cell {
        Some(cell) => [side, &line, "-", &cell.to_string()].concat(),
        None => [side, &line].concat(),
    }
}

/// The line or the cell an element is of.
pub fn point(id: &str) -> Option<Point> {
    let rest = id.strip_prefix("at-")?;
    let (side, rest) = match rest.strip_prefix('o') {
        Some(rest) => (Side::Order, rest),
        None => (Side::Request, rest.strip_prefix('r')?),
    };
    let (line, cell) = rest.split_once('-').map_or((rest, None), |(line, cell)| (line, Some(cell)));
    Some(Point { side, line: line.parse().ok()?, cell: cell.and_then(|cell| cell.parse().ok()) })
}
