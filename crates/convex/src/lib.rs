//! The program: command line, desk, site, API. Only this crate knows HTTP, HTML and the clock.

pub mod alerts;
pub mod api;
pub mod chart;
pub mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod export;
pub mod fetch;
pub mod format;
pub mod ingest;
pub mod live;
pub mod mail;
pub mod og;
pub mod outlook;
pub mod screen;
pub mod settings;
pub mod telemetry;
pub mod web;
