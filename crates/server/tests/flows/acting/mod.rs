//! What people do with operations: send again, mark, show names, share, save views; and customers who are forgotten.

mod cases;
mod erasing;
mod marks;
mod resending;
mod stage;
mod views;
