//! stub
pub fn run(_area: &str, _name: &str) -> anyhow::Result<()> {
    Ok(())
}
