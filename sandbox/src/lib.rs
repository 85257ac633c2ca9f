//! An AWS emulator on loopback for the tests and the demonstration of eks-fargate-role.
//!
//! It speaks the wire protocols of IAM and STS (query in, XML out) and of EKS (REST, JSON) and does
//! what ready-made emulators leave out: EKS refuses a role that it cannot assume, IAM takes a while
//! to propagate, profiles are CREATING before they are ACTIVE, lists have pages, requests can be
//! throttled, denied or broken on demand.
//!
//! A request's way through the files:
//!
//! - `server` receives it, `call` reads it, `log` notes it, a [`Fault`] may take over;
//! - `iam` (with `roles` and `simulate`) or `eks` (with `trust`) answers it from the `world` and
//!   its `resources`;
//! - `answer` renders that as the service's protocol wants it.
//!
//! `managed` and `demo` fill a world. Nothing runs in the background: states that change with time
//! (a profile that is being created, a role that propagates) are brought up to date when somebody
//! looks.
//!
//! The emulator never calls the tool's own trust evaluator: `trust` is a second, stricter opinion.

mod answer;
mod call;
mod demo;
mod eks;
mod iam;
mod log;
mod managed;
mod resources;
mod roles;
mod server;
mod simulate;
mod trust;
mod world;

#[cfg(test)]
mod tests;

pub use log::Request;
pub use resources::{AccessEntry, Cluster, FargateProfile, ManagedPolicy, Role, SEEDED};
pub use server::Sandbox;
pub use world::{Fault, FaultKind, Settings, World, trust_policy};
