//! From the queue to the till and back: the engine against both stand-ins, step by step by the test's clock.

mod answers;
mod discounts;
mod keeping;
mod lost;
mod resending;
mod several;
pub(crate) mod stage;
mod telling;
mod turns;
