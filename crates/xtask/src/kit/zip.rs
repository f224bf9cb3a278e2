//! Writes a zip archive of a few files.

use std::io::Write;

use anyhow::Result;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// 1 January 1980, the first day that the format knows; a real one would make each archive another.
const DAY: u32 = 0x0021_0000;
/// Names are UTF-8, the content is deflated.
const KIND: [u16; 3] = [20, 0x0800, 8];

/// The archive of `files`, each a name and its content.
pub fn archive(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content)?;
        let packed = encoder.finish()?;
        let mut crc = Crc::new();
        crc.update(content);
        let mut entry: Vec<u8> = KIND.iter().flat_map(|part| part.to_le_bytes()).collect();
        for number in [DAY, crc.sum(), packed.len() as u32, content.len() as u32] {
            entry.extend(number.to_le_bytes());
        }
        entry.extend((name.len() as u32).to_le_bytes());
        // The directory repeats each entry, with who made it and where it is.
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend((archive.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        archive.extend(b"PK\x03\x04");
        archive.extend(&entry);
        archive.extend(name.as_bytes());
        archive.extend(packed);
    }
    let start = archive.len() as u32;
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend((files.len() as u16).to_le_bytes());
    archive.extend((files.len() as u16).to_le_bytes());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    Ok(archive)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn holds_its_files() {
        let archive = archive(&[("a.txt".into(), b"aaaa".to_vec())]).unwrap();
        assert!(archive.starts_with(b"PK\x03\x04\x14\x00\x00\x08\x08\x00"));
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(&archive[35..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "aaaa");
        let end = archive.len() - 22;
        assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
        let start = u32::from_le_bytes(archive[end + 16..end + 20].try_into().unwrap()) as usize;
        assert_eq!(&archive[start..start + 4], b"PK\x01\x02");
    }
}
