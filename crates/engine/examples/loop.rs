//! Scratch.
#![allow(clippy::all)]
use engine::{RuleSet, Settings, Workspace, analyze};
fn main() {
    let mut args = std::env::args().skip(1);
    let mode = args.next().unwrap();
    let n: usize = args.next().unwrap().parse().unwrap();
    let texts: Vec<String> = args.map(|p| std::fs::read_to_string(p).unwrap()).collect();
    let settings = Settings { set: RuleSet::All, ..Settings::default() };
    let start = std::time::Instant::now();
    let mut found = 0;
    for _ in 0..n {
        for t in &texts {
            match mode.as_str() {
                "parse" => {
                    found += 1;
                    std::hint::black_box(engine::syntax::parse(t));
                }
                "bases" => {
                    let w = Workspace { dockerfile: t.clone(), ..Workspace::default() };
                    let r = analyze(&w, &settings);
                    found += engine::bases(&w, &r).len();
                }
                _ => {
                    let w = Workspace { dockerfile: t.clone(), ..Workspace::default() };
                    found += analyze(&w, &settings).diagnostics.len();
                }
            }
        }
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let s = start.elapsed().as_secs_f64();
    println!(
        "{mode}: {found} found, {:.3} ms each round, {:.2} MB/s",
        s * 1e3 / n as f64,
        bytes as f64 * n as f64 / s / 1e6
    );
}
