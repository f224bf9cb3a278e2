//! Everything outside the state: the browser, its storage and the engine. Only files of this
//! folder name `web_sys`.

pub mod address;
pub mod builder;
pub mod clipboard;
pub mod course;
pub mod dom;
pub mod editor;
pub mod effects;
pub mod engine;
pub mod events;
pub mod files;
pub mod host;
pub mod offline;
pub mod pages;
pub mod picture;
pub mod shellcheck;
pub mod storage;
pub mod theme;
pub mod workshop;
