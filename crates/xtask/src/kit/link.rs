//! Links into the playground of the kit.

use std::io::Write;

use anyhow::Result;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::json;

/// The fragment of an address that opens the playground with this Dockerfile; see `link.rs` of the
/// page, which reads it.
pub fn to(dockerfile: &str) -> Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(json!({ "d": dockerfile }).to_string().as_bytes())?;
    Ok(format!("#1:{}", BASE64_URL_SAFE_NO_PAD.encode(encoder.finish()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_what_the_page_reads() {
        // The same as `link::encode` makes of this text, but for the effort to make it short.
        let link = to("FROM a\n").unwrap();
        let packed = BASE64_URL_SAFE_NO_PAD.decode(link.strip_prefix("#1:").unwrap()).unwrap();
        let mut json = String::new();
        let mut decoder = flate2::read::DeflateDecoder::new(&packed[..]);
        std::io::Read::read_to_string(&mut decoder, &mut json).unwrap();
        assert_eq!(json, r#"{"d":"FROM a\n"}"#);
    }
}
