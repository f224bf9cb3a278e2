//! Short names for the functions that the wasm imports from its glue.
//!
//! wasm-bindgen ends each name with a hash, so that crates of several versions do not collide. In a
//! finished module nothing is added any more, and hashes are what no compression makes smaller: in
//! two files of the first load, two hundred of them.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::files;

const HEADER: usize = 8;
const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;

/// Old names with the new ones.
type Names = Vec<(String, String)>;

/// Renames them in both files of `dist`. Returns the hash of the glue before, which Trunk has
/// written into the page, and after.
pub fn shorten(dist: &Path, glue: &str, wasm: &str) -> Result<(String, String)> {
    let (module, names) = renamed(&files::read(dist, wasm)?)?;
    let mut text = String::from_utf8(files::read(dist, glue)?)?;
    let before = files::integrity(text.as_bytes());
    for (name, short) in names {
        let key = format!(" {name}: ");
        ensure!(text.matches(&key).count() == 1, "the glue does not define `{name}` once");
        text = text.replace(&key, &format!(" {short}: "));
    }
    files::write(dist, glue, &text)?;
    files::write(dist, wasm, module)?;
    Ok((before, files::integrity(text.as_bytes())))
}

/// The module with short names, and which they are.
fn renamed(wasm: &[u8]) -> Result<(Vec<u8>, Names)> {
    let mut out = wasm.get(..HEADER).context("no wasm")?.to_vec();
    let mut names = Names::new();
    let mut reader = Reader(&wasm[HEADER..]);
    while !reader.0.is_empty() {
        let id = reader.bytes(1)?[0];
        let section = reader.name()?;
        out.push(id);
        if id == IMPORTS {
            write_name(&mut out, &imports(section, &mut names)?);
        } else {
            write_name(&mut out, section);
        }
    }
    Ok((out, names))
}

fn imports(section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader(section);
    let mut out = Vec::with_capacity(section.len());
    let count = reader.number()?;
    write_number(&mut out, count);
    for _ in 0..count {
        write_name(&mut out, reader.name()?);
        let name = reader.name()?;
        if name.starts_with(b"__wb") {
            let short = format!("i{}", names.len());
            write_name(&mut out, short.as_bytes());
            names.push((String::from_utf8(name.to_vec())?, short));
        } else {
            // A function of a script of ours, which has a name of ours.
            write_name(&mut out, name);
        }
        if reader.bytes(1)?[0] != FUNCTION {
            bail!("the wasm imports something that is no function");
        }
        out.push(FUNCTION);
        write_number(&mut out, reader.number()?);
    }
    Ok(out)
}

/// What is left of a module, or of one of its sections.
struct Reader<'w>(&'w [u8]);

impl<'w> Reader<'w> {
    fn bytes(&mut self, count: usize) -> Result<&'w [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count).context("the wasm ends too early")?;
        self.0 = rest;
        Ok(bytes)
    }

    /// LEB128, as all numbers of a module.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.bytes(1)?[0];
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("a number of the wasm is too long");
    }

    /// Bytes behind their count.
    fn name(&mut self) -> Result<&'w [u8]> {
        let count = self.number()?;
        self.bytes(count)
    }
}

fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number as u8 & 0x7f | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    write_number(out, name.len());
    out.extend_from_slice(name);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, fs};

    /// A module with an empty type and two functions of it, imported.
    fn module(names: [&str; 2]) -> Vec<u8> {
        let mut section = vec![2];
        for name in names {
            write_name(&mut section, b"./a_bg.js");
            write_name(&mut section, name.as_bytes());
            section.extend([FUNCTION, 0]);
        }
        let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0".to_vec();
        wasm.push(IMPORTS);
        write_name(&mut wasm, &section);
        wasm
    }

    #[test]
    fn both_files_get_the_same_names() {
        let dist = env::temp_dir().join("playground-imports-test");
        let long = format!("__wbg_x_{}", "a".repeat(200));
        files::write(&dist, "a_bg.wasm", module([&long, "own"])).unwrap();
        let glue = format!("{{ {long}: f, own: g }}");
        files::write(&dist, "a.js", &glue).unwrap();
        let (before, after) = shorten(&dist, "a.js", "a_bg.wasm").unwrap();
        assert_eq!(before, files::integrity(glue.as_bytes()));
        let (glue, wasm) = (files::read(&dist, "a.js").unwrap(), files::read(&dist, "a_bg.wasm"));
        fs::remove_dir_all(&dist).unwrap();
        assert_eq!(glue, b"{ i0: f, own: g }");
        assert_eq!(after, files::integrity(&glue));
        assert_eq!(wasm.unwrap(), module(["i0", "own"]));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let whole = module(["__wbg_a", "own"]);
        for end in [4, 9, 20, whole.len() - 1] {
            assert!(renamed(&whole[..end]).is_err(), "{end}");
        }
    }
}
