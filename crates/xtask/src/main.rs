//! Sets up, serves, builds, tests and measures the playground.
//!
//! Run it as `cargo xtask <command>`; the alias is in `.cargo/config.toml`.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::args::Args;
use crate::setup::Scope;

mod args;
mod budget;
mod catalog;
mod finish;
mod html;
mod kit;
mod modules;
mod new_rule;
mod pages;
mod process;
mod readme;
mod rules;
mod setup;
mod test;
mod tools;
mod trunk;

mod workspace;

const USAGE: &str = "\
Usage: cargo xtask <command>

  setup [--tests] [--offline]        find or install the tools; --tests adds the browser and npm
  serve [--offline] [--port 8080]    set up, build and serve the page on 127.0.0.1
  build [--offline] [--url URL] [--versioned]
                                     write a deployable site to dist/; --url says where it will
                                     stand, --versioned adds v/VERSION/
  kit                                make the trainer's kit from dist/ and lessons/: a zip
  test [STEP...]                     run every test, or only the named steps
  bench [ARGS...]                    run the native benchmarks
  budget                             check the download sizes of dist/
  catalog check                      tell which figures of the catalogue cannot be true
  catalog refresh [--write] [NAME...]  ask registries for compressed sizes; changes nothing without --write
  readme                             renew the rule table in README.md
  new-rule <area> <name>             write the two skeletons of a new rule
  env                                print the environment for calling trunk by hand
  web-prepare                        write what a build needs; Trunk calls this as its pre_build hook
  web-finish                         finish a build; Trunk calls this as its post_build hook
";

fn main() -> ExitCode {
    match run(Args::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut args: Args) -> Result<()> {
    let Some(command) = args.positional() else {
        print!("{USAGE}");
        return Ok(());
    };
    match command.as_str() {
        "setup" => {
            let scope = if args.flag("--tests") { Scope::Tests } else { Scope::Page };
            let offline = args.flag("--offline");
            args.finish()?;
            setup::run(scope, offline).map(drop)
        }
        "serve" => {
            let offline = args.flag("--offline");
            let port = args.value("--port")?.map_or(Ok(8080), |port| port.parse())?;
            args.finish()?;
            trunk::serve(port, offline)
        }
        "build" => {
            let offline = args.flag("--offline");
            let site = finish::Site::new(args.value("--url")?, args.flag("--versioned"))?;
            args.finish()?;
            trunk::build(&setup::run(Scope::Page, offline)?, &site)
        }
        "kit" => args.finish().and_then(|()| kit::run()),
        "env" => args.finish().and_then(|()| trunk::print_env()),
        "test" => test::run(&args.rest()),
        "bench" => test::bench(&args.rest()),
        "budget" => args.finish().and_then(|()| budget::run()),
        "web-prepare" => args.finish().and_then(|()| pages::run()).and_then(|()| modules::run()),
        "catalog" => catalog::run(args),
        "readme" => args.finish().and_then(|()| readme::run()),
        "new-rule" => {
            let (area, name) = (args.positional(), args.positional());
            args.finish()?;
            match (area, name) {
                (Some(area), Some(name)) => new_rule::run(&area, &name),
                _ => bail!("usage: cargo xtask new-rule <area> <name>"),
            }
        }
        "web-finish" => args.finish().and_then(|()| finish::run()),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => bail!("no command `{other}`\n\n{USAGE}"),
    }
}
