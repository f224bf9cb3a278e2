//! What is left to do on a built page: names with a hash, integrity, the content security policy,
//! and for publishing all that a web site has beside its page.
//!
//! Trunk calls this as its post_build hook, before it moves the staging folder to `dist/`.
//! `cargo xtask build` asks for the site by the variables that [`Site`] reads; `trunk serve` does
//! not, so nothing that it serves is kept by a browser.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::workspace;

mod csp;
mod embed;
pub mod files;
mod folders;
mod headers;
mod icons;
mod import_map;
mod imports;
mod loader;
pub mod offline;
mod pages;
mod picture;
mod search;
pub mod single;
mod versioned;

pub use versioned::VERSION;

/// How the page is to be published.
#[derive(Debug, Default)]
pub struct Site {
    /// Where it will stand, with a slash at its end; addresses that must be absolute need it.
    pub url: Option<String>,
    /// Whether it also goes to `v/VERSION/`, for those who pin a version.
    pub versioned: bool,
}

const PUBLISH: &str = "PLAYGROUND_PUBLISH";
const URL: &str = "PLAYGROUND_URL";
const VERSIONED: &str = "PLAYGROUND_VERSIONED";

impl Site {
    /// Checks the address and ends it with a slash.
    pub fn new(url: Option<String>, versioned: bool) -> Result<Self> {
        let url = url.map(|url| format!("{}/", url.trim_end_matches('/')));
        if let Some(url) = url.as_ref().filter(|url| !url.starts_with("http") || url.contains('"'))
        {
            bail!("`{url}` is no address of a site");
        }
        Ok(Self { url, versioned })
    }

    /// The variables that tell the hook of it.
    pub fn vars(&self) -> Vec<(&'static str, &str)> {
        let mut vars = vec![(PUBLISH, "1")];
        vars.extend(self.url.as_deref().map(|url| (URL, url)));
        vars.extend(self.versioned.then_some((VERSIONED, "1")));
        vars
    }

    fn from_env() -> Option<Self> {
        env::var_os(PUBLISH)?;
        Some(Self { url: env::var(URL).ok(), versioned: env::var_os(VERSIONED).is_some() })
    }
}

/// Finishes the folder that Trunk names, else `dist/`.
pub fn run() -> Result<()> {
    let dist = match env::var_os("TRUNK_STAGING_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => workspace::root()?.join("dist"),
    };
    let site = Site::from_env();
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).context("cannot read index.html")?;
    let html = folders::hash(&html, &dist)?;
    let html = loader::replace(&html, &dist)?;
    let html = match &site {
        Some(site) => offline::mark(&search::describe(&html, site.url.as_deref())),
        None => html,
    };
    let url = site.as_ref().and_then(|site| site.url.as_deref());
    pages::write(&dist, &html, url)?;
    embed::write(&dist, &html)?;
    fs::write(&index, html).context("cannot write index.html")?;
    icons::write(&dist)?;

    let mut pages = Vec::new();
    for name in files::all(&dist)?.into_iter().filter(|name| name.ends_with(".html")) {
        let path = dist.join(&name);
        let html = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
        let html = search::place(&html, &name, url);
        let policy = csp::policy(&html);
        let html = csp::set(&html, &policy).unwrap_or(html);
        fs::write(&path, html).with_context(|| format!("cannot write {name}"))?;
        pages.push(headers::Page { name, policy });
    }
    let Some(site) = &site else { return offline::write_farewell(&dist) };
    search::write(&dist, &pages, url)?;
    if site.versioned {
        versioned::copy(&dist)?;
    }
    single::write(&dist, &fs::read_to_string(&index)?)?;
    offline::write(&dist)?;
    headers::write(&dist, &pages)
}
