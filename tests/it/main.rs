//! The integration tests, in one binary so that they link once. They drive the real program against the emulator, and
//! look at the requests it makes as well as at what it prints.

#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::type_complexity,
    reason = "a test that panics has failed"
)]

mod bad_input;
mod check;
mod create_profile;
mod ensure;
mod generated;
mod inspect;
mod layers;
mod moto;
mod readme;
mod support;
mod terminal;
mod trust;
