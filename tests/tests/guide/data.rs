//! Files of other kinds: they are read to their end, and hold something.

use engine::model::ignore::IgnoreFile;
use guide::Kind;
use serde_json::Value;

use super::blocks;
use crate::companions;

#[test]
fn data_are_well_formed() {
    blocks(|_, block| {
        let text = &block.text;
        let error = match block.kind {
            Kind::Yaml => companions::documents(text).and_then(|documents| {
                documents.iter().try_for_each(companions::check)?;
                Ok(documents.is_empty())
            }),
            Kind::Json => serde_json::from_str::<Value>(text)
                .map(|_| false)
                .map_err(|error| error.to_string()),
            Kind::Toml => toml::from_str::<toml::Table>(text)
                .map(|table| table.is_empty())
                .map_err(|error| error.to_string()),
            Kind::Ignore => {
                let IgnoreFile { patterns, errors } = IgnoreFile::parse(text);
                match errors.first() {
                    Some((_, error)) => Err(error.clone()),
                    None => Ok(patterns.is_empty()),
                }
            }
            _ => return None,
        };
        match error {
            Ok(false) => None,
            Ok(true) => Some("is empty".to_owned()),
            Err(error) => Some(error),
        }
    });
}
