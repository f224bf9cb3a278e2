//! `go.toml`: sizes of Go programs and of what their builds leave behind.

use std::fmt::Write as _;

use super::packages::origin;
use super::row::{File, Row};

/// The profiles, the factors between versions and architectures, and the effects of cgo.
pub fn generate(file: &File) -> Result<String, String> {
    let top = file.top();
    top.only(&[
        "source",
        "date",
        "confidence",
        "modules_source",
        "modules_confidence",
        "factors",
        "cgo",
        "upx",
        "profile",
    ])?;
    let mut text = origin(&top, "GO")?;
    let _ =
        writeln!(text, "pub const GO_MODULES_SOURCE: &str = {:?};", top.text("modules_source")?);
    text += &factors(&top)?;
    text += &cgo(&top)?;
    let upx = inner(&top, "upx")?;
    for (key, name) in [("whole", "GO_UPX"), ("stripped", "GO_UPX_STRIPPED")] {
        let range = inner(&upx, key)?.range()?;
        let _ = writeln!(text, "pub const {name}: [u32; 3] = {range:?};");
    }
    let rows = file.rows("profile", "name", false)?;
    let _ = writeln!(text, "pub static GO_PROFILES: [GoProfile; {}] = [", rows.len());
    for row in &rows {
        row.only(&["name", "title", "holds", "binary", "build_cache", "modules"])?;
        let modules = inner(row, "modules")?.range()?;
        let _ = writeln!(
            text,
            "    GoProfile {{ name: {:?}, title: {:?}, holds: {:?}, binaries: &[{}], build_caches: \
             &[{}], modules: {modules:?} }},",
            row.text("name")?,
            row.text("title")?,
            row.text("holds")?,
            binaries(row)?,
            caches(row)?,
        );
    }
    Ok(text + "];\n")
}

fn factors(top: &Row<'_>) -> Result<String, String> {
    let row = inner(top, "factors")?;
    row.only(&["version", "arm64", "error"])?;
    let versions = inner(&row, "version")?;
    let mut list = Vec::new();
    for key in versions.keys() {
        list.push((minor(&versions, key)?, versions.number(key)?));
    }
    list.sort_unstable();
    Ok(format!(
        "pub static GO_FACTORS: [(u8, u16); {}] = {list:?};\npub const GO_ARM64: u16 = {};\npub \
         const GO_ERROR: u16 = {};\n",
        list.len(),
        row.number("arm64")?,
        row.number("error")?
    ))
}

fn cgo(top: &Row<'_>) -> Result<String, String> {
    let row = inner(top, "cgo")?;
    row.only(&["dynamic", "static", "sqlite"])?;
    let sqlite = inner(&row, "sqlite")?;
    Ok(format!(
        "pub const GO_CGO_DYNAMIC: [u32; 3] = {:?};\npub const GO_CGO_STATIC: [u32; 3] = {:?};\n\
         pub const GO_SQLITE: [u32; 2] = {:?};\n",
        inner(&row, "dynamic")?.range()?,
        inner(&row, "static")?.range()?,
        [sqlite.number("unstripped")?, sqlite.number("stripped")?],
    ))
}

fn binaries(profile: &Row<'_>) -> Result<String, String> {
    let mut text = String::new();
    for row in profile.inner_rows("binary")? {
        row.only(&["go", "arch", "bytes", "gzip", "stripped", "stripped_gzip"])?;
        let [bytes, gzip, stripped, stripped_gzip] = [
            row.number("bytes")?,
            row.number("gzip")?,
            row.number("stripped")?,
            row.number("stripped_gzip")?,
        ];
        if stripped >= bytes || gzip >= bytes || stripped_gzip >= stripped {
            return Err(row.error("stripping and compressing must make it smaller"));
        }
        let _ = write!(
            text,
            "GoBinary {{ minor: {}, platform: {}, whole: [{bytes}, {gzip}], stripped: [{stripped}, \
             {stripped_gzip}] }}, ",
            minor(&row, row.text("go")?)?,
            row.variant("arch", "Platform", &["amd64", "arm64"])?,
        );
    }
    if text.is_empty() {
        return Err(profile.error("has no binary"));
    }
    Ok(text)
}

fn caches(profile: &Row<'_>) -> Result<String, String> {
    let mut text = String::new();
    for row in profile.inner_rows("build_cache")? {
        row.only(&["go", "bytes", "gzip"])?;
        let _ = write!(
            text,
            "GoBuildCache {{ minor: {}, bytes: {}, gzip: {} }}, ",
            minor(&row, row.text("go")?)?,
            row.number("bytes")?,
            row.number("gzip")?
        );
    }
    Ok(text)
}

fn inner<'a>(row: &Row<'a>, key: &str) -> Result<Row<'a>, String> {
    row.inner(key)?.ok_or_else(|| row.error(&format!("{key} is missing")))
}

/// The 26 of `1.26`.
fn minor(row: &Row<'_>, version: &str) -> Result<u8, String> {
    let minor = version.strip_prefix("1.").and_then(|minor| minor.parse().ok());
    minor.ok_or_else(|| row.error(&format!("{version:?} is no Go version such as 1.26")))
}
