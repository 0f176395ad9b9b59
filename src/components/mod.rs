//! The pieces pages are made of. They show what they are given and tell what was pressed; none of them makes a call.

pub mod announcer;
pub mod bridge;
pub mod button;
pub mod choices;
pub mod copy;
pub mod dialog;
pub mod disclosure;
pub mod dynamic;
pub mod field;
pub mod header;
pub mod icon;
pub mod menu;
pub mod moment;
pub mod notice;
pub mod offline;
pub mod problem;
pub mod progress;
pub mod state;
pub mod stepper;
pub mod tills;
pub mod waiting;
pub mod way;
