//! One binary for all native tests: it links once, and tests share their helpers.

mod analyze;
mod buildkit;
mod catalog;
mod exemplary;
mod ignore;
mod robust;
mod rules;
