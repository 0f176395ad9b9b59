//! Where each node of a request came from, noted as it is written and spelled out only for who asks: of an order on its
//! way nobody does, and its hundreds of paths would be half the work of translating it.

use std::sync::Arc;

use serde::Serialize;

use crate::draft::{at, field_of, place};

/// Where a node of the request came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The node, as the default dialect writes it: `Transaction/Items/Item[3]/ProdNum`. Places count from 1.
    pub node: String,
    /// Paths in the HubRise order (`items[0].options[1].ref`), where places count from 0; empty for what the interface
    /// demands or the configuration says.
    pub from: Vec<String>,
}

/// The origins of a request's nodes, in the order the nodes are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    traces: Vec<Trace>,
    /// Of all traces, one after another.
    sources: Vec<Source>,
}

/// A node that is not spelled out yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// The node itself, or what it stands in.
    pub(crate) within: &'static str,
    /// Which of those, from 1; 0 where there is one.
    pub(crate) index: u32,
    /// Its name in there; empty for `within` itself.
    pub(crate) name: &'static str,
}

/// A path in the order that is not spelled out yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The part; none is the order.
    part: Option<Arc<str>>,
    /// The field of it; empty for the part itself.
    field: &'static str,
}

/// The paths a node came from.
#[derive(Clone, Debug, Default)]
pub(crate) enum Came {
    /// None: the interface demands it.
    #[default]
    FromNowhere,
    /// One.
    From(Source),
    /// Two.
    FromBoth(Source, Source),
    /// Any number.
    FromMany(Vec<Source>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Trace {
    node: Node,
    /// Where its sources end; they begin where those before it end.
    end: usize,
}

impl Node {
    /// A node there is one of.
    pub(crate) fn only(path: &'static str) -> Self {
        Self { within: path, index: 0, name: "" }
    }

    /// The path.
    pub(crate) fn path(self) -> String {
        let Node { within, index, name } = self;
        let within = match index {
            0 => within.to_owned(),
            index => place(within, usize::try_from(index).unwrap_or(usize::MAX)),
        };
        if name.is_empty() { within } else { at(&within, name) }
    }
}

impl Source {
    /// A part itself.
    pub(crate) fn part(part: &Arc<str>) -> Self {
        Self { part: Some(part.clone()), field: "" }
    }

    /// A field of a part.
    pub(crate) fn field(part: &Arc<str>, field: &'static str) -> Self {
        Self { part: Some(part.clone()), field }
    }

    /// A field of the order.
    pub(crate) fn of_order(field: &'static str) -> Self {
        Self { part: None, field }
    }

    fn path(&self) -> String {
        match (&self.part, self.field) {
            (None, field) => field.to_owned(),
            (Some(part), "") => String::from(&**part),
            (Some(part), field) => field_of(part, field),
        }
    }
}

impl Origins {
    /// Room for so many.
    pub(crate) fn with_room_for(nodes: usize) -> Self {
        Self { traces: Vec::with_capacity(nodes), sources: Vec::with_capacity(nodes) }
    }

    /// Notes the next node.
    pub(crate) fn push(&mut self, node: Node, came: Came) {
        match came {
            Came::FromNowhere => {}
            Came::From(source) => self.sources.push(source),
            Came::FromBoth(first, second) => self.sources.extend([first, second]),
            Came::FromMany(sources) => self.sources.extend(sources),
        }
        self.traces.push(Trace { node, end: self.sources.len() });
    }

    /// Each origin, spelled out.
    pub fn iter(&self) -> impl Iterator<Item = Origin> {
        let mut from = 0;
        self.traces.iter().map(move |trace| {
            let sources = self.sources.get(from..trace.end).unwrap_or_default();
            from = trace.end;
            Origin { node: trace.node.path(), from: sources.iter().map(Source::path).collect() }
        })
    }
}

impl IntoIterator for Origins {
    type Item = Origin;
    type IntoIter = std::vec::IntoIter<Origin>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}
