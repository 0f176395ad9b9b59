//! Looking through what was said: bodies and addresses of exchanges, unpacked one after another where nobody waits behind
//! it. A call goes through so many bytes and no more; it says how far it came.

use std::collections::HashMap;

use super::needle::Needle;
use super::{Heavy, Mark, PAGE, Shelf, Sketch, along, bounds, count};
use crate::packing::{Facts, Unpacker, aside};
use crate::{BodiesPage, BodyMatch, ConnectionId, ExchangeId, OperationFilter, Result, Way};

/// How many bytes of bodies one call goes through, before it ends with the operation it is at.
const MOST: u64 = 8 << 20;
/// How many bytes of bodies are in memory at a time, but for those of one exchange.
const AT_ONCE: u64 = 4 << 20;
/// How many operations are read at a time.
const STEP: u32 = 256;
/// How many operations one call goes through: some have next to nothing to look through.
const OPERATIONS: usize = 10_000;

pub(crate) async fn search_bodies<S: Shelf + ?Sized>(
    shelf: &S,
    connection: &ConnectionId,
    needle: &str,
    filter: &OperationFilter,
    older: Option<i64>,
    limit: u32,
) -> Result<BodiesPage> {
    let Some(place) = shelf.place(connection).await? else { return Ok(BodiesPage::default()) };
    let Some(needle) = Needle::new(needle) else { return Ok(BodiesPage::default()) };
    let limit = count(limit.clamp(1, PAGE));
    let mut span = bounds::span(shelf, place, filter).await?.below(older.unwrap_or(i64::MAX));
    let along = along(filter);
    let mut search = Search { needle, spent: 0, found: Vec::new(), limit };
    let mut seen = 0;
    // The last operation that was looked at, if there is more behind it.
    let mut end = None;
    while !span.is_empty() {
        let stop = shelf.ahead(place, along, span, false, STEP - 1).await?;
        let part = super::Span { first: stop.map_or(span.first, |mark| mark.seq), ..span };
        let wanted = shelf.worded(place, along, filter, part, STEP).await?;
        let marks: Vec<Mark> = wanted.into_iter().map(|(mark, ..)| mark).collect();
        let looked = search.through(shelf, &marks).await?;
        seen += count(STEP);
        if let Some(cut) = looked {
            // It ended within this part; whether that was the last operation of all does not matter: the next call says so.
            end = Some(cut);
            break;
        }
        let Some(stop) = stop else { break };
        span = span.below(stop.seq);
        if search.is_over() || seen >= OPERATIONS {
            end = Some(stop);
            break;
        }
    }
    if let Some(mark) = end {
        let rest = span.below(mark.seq);
        if rest.is_empty() || shelf.ahead(place, along, rest, false, 0).await?.is_none() {
            end = None;
        }
    }
    let seqs: Vec<i64> = search.found.iter().map(|hit| hit.operation).collect();
    let rows = shelf.these(place, &OperationFilter::default(), &seqs).await?;
    let mut rows: HashMap<i64, _> = rows.into_iter().map(|worded| (worded.row.seq, worded.row)).collect();
    let found = search
        .found
        .into_iter()
        .filter_map(|hit| {
            let row = rows.remove(&hit.operation)?;
            Some(BodyMatch {
                row,
                exchange: hit.exchange,
                way: hit.way,
                in_answer: hit.in_answer,
                excerpt: hit.excerpt,
            })
        })
        .collect();
    Ok(BodiesPage { found, older: end.map(|mark| mark.seq), looked_to: end.map(|mark| mark.received_at) })
}

/// An exchange that holds the text.
struct Hit {
    operation: i64,
    exchange: ExchangeId,
    way: Way,
    in_answer: bool,
    excerpt: String,
}

struct Search {
    needle: Needle,
    spent: u64,
    found: Vec<Hit>,
    limit: usize,
}

/// An exchange to look through.
struct Candidate {
    sketch: Sketch,
    facts: Facts,
}

impl Search {
    fn is_over(&self) -> bool {
        self.spent >= MOST || self.found.len() >= self.limit
    }

    /// Looks through these operations, the newest first. The last one, where it ended before all were looked at.
    async fn through<S: Shelf + ?Sized>(&mut self, shelf: &S, marks: &[Mark]) -> Result<Option<Mark>> {
        if marks.is_empty() {
            return Ok(None);
        }
        let seqs: Vec<i64> = marks.iter().map(|mark| mark.seq).collect();
        let mut of: HashMap<i64, Vec<Candidate>> = HashMap::new();
        for sketch in shelf.sketches(&seqs).await? {
            let facts = Facts::unpack(&sketch.facts)?;
            of.entry(sketch.operation).or_default().push(Candidate { sketch, facts });
        }
        let mut batch: Vec<Candidate> = Vec::new();
        let (mut weight, mut planned) = (0, self.spent);
        for (nth, mark) in marks.iter().enumerate() {
            let mut candidates = of.remove(&mark.seq).unwrap_or_default();
            candidates.sort_unstable_by_key(|candidate| candidate.sketch.seq);
            // Of one operation, too, no more than that is looked through.
            let mut own = 0;
            for candidate in candidates {
                let bytes = candidate.facts.request_size + candidate.facts.response_size;
                if own > MOST {
                    break;
                }
                own += bytes;
                weight += bytes;
                planned += bytes;
                batch.push(candidate);
                if weight >= AT_ONCE {
                    self.batch(shelf, std::mem::take(&mut batch)).await?;
                    weight = 0;
                }
            }
            let full = planned >= MOST || self.found.len() >= self.limit;
            if full || nth + 1 == marks.len() {
                self.batch(shelf, std::mem::take(&mut batch)).await?;
                weight = 0;
            }
            if self.found.len() > self.limit {
                // What was looked through beyond the page's last is looked through again.
                self.found.truncate(self.limit);
                let last = self.found.last().map(|hit| hit.operation);
                return Ok(marks.iter().find(|mark| Some(mark.seq) == last).copied());
            }
            if full && nth + 1 < marks.len() {
                return Ok(Some(*mark));
            }
        }
        Ok(None)
    }

    /// Looks through these exchanges, which are in the order operations are shown in, and each one's in its own.
    async fn batch<S: Shelf + ?Sized>(&mut self, shelf: &S, batch: Vec<Candidate>) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let named: Vec<_> = batch.iter().map(|one| (one.sketch.operation, one.sketch.seq)).collect();
        let mut packed: HashMap<i64, Heavy> =
            shelf.packed(&named).await?.into_iter().map(|heavy| (heavy.seq, heavy)).collect();
        self.spent += batch.iter().map(|one| one.facts.request_size + one.facts.response_size).sum::<u64>();
        let needle = self.needle.clone();
        let last = self.found.last().map(|hit| hit.operation);
        let hits = aside(move || {
            let (mut unpacker, mut lower, mut hits) = (Unpacker::new()?, Vec::new(), Vec::<Hit>::new());
            for Candidate { sketch, facts } in batch {
                // One exchange of an operation is enough.
                let known = hits.last().map(|hit| hit.operation).or(last) == Some(sketch.operation);
                let Some(heavy) = packed.remove(&sketch.seq).filter(|_| !known) else { continue };
                let parts = unpacker.unpack(&heavy.packed, heavy.first.as_deref())?;
                let places = [
                    (parts.request_body.as_slice(), false),
                    (facts.url.as_bytes(), false),
                    (parts.response_body.as_slice(), true),
                ];
                let at = places.iter().find_map(|(bytes, in_answer)| {
                    needle.find(bytes, &mut lower).map(|at| (needle.excerpt(bytes, at), *in_answer))
                });
                if let Some((excerpt, in_answer)) = at {
                    let exchange = ExchangeId::new(sketch.id);
                    hits.push(Hit { operation: sketch.operation, exchange, way: facts.way, in_answer, excerpt });
                }
            }
            Ok(hits)
        })
        .await?;
        self.found.extend(hits);
        Ok(())
    }
}
