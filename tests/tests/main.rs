//! One binary for all native tests: it links once, and tests share their helpers.

mod analyze;
mod buildkit;
mod buildkit_lint;
mod calibration;
mod catalog;
mod claims;
mod config;
mod exemplary;
mod explain;
mod export;
mod fix;
mod format;
mod go;
mod hadolint;
mod ignore;
mod lexer;
mod moves;
mod other_parser;
mod packages;
mod pragma;
mod robust;
mod rules;
mod savings;
mod settings;
mod shell;
mod start;
