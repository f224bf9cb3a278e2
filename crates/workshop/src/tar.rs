//! An archive of text files, as every system unpacks it. All of it is text, so it is a string.

use engine::builder::File;

const BLOCK: usize = 512;

/// The files in one archive, in the order of `files`; `time` is in seconds since 1970.
pub fn archive(files: &[File], time: u64) -> String {
    let mut out = String::new();
    for file in files {
        out.push_str(&header(file, time));
        out.push_str(&file.text);
        pad(&mut out);
    }
    // Two empty blocks end it.
    out.push_str(&"\0".repeat(2 * BLOCK));
    out
}

/// The header of a file in the format `ustar`. Names of ours are short, and plain letters.
fn header(file: &File, time: u64) -> String {
    let mode = if file.text.starts_with("#!") { 0o755 } else { 0o644 };
    let size = file.text.len();
    let before =
        format!("{:\0<100}{mode:07o}\0{:07o}\0{:07o}\0{size:011o}\0{time:011o}\0", file.name, 0, 0);
    let after = format!("0{:\0<100}ustar\x0000", "");
    // The sum of all bytes, where its own eight count as blanks.
    let sum = before.bytes().chain(after.bytes()).map(u32::from).sum::<u32>() + 8 * u32::from(b' ');
    let mut header = format!("{before}{sum:06o}\0 {after}");
    pad(&mut header);
    header
}

fn pad(out: &mut String) {
    let rest = out.len() % BLOCK;
    if rest > 0 {
        out.push_str(&"\0".repeat(BLOCK - rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_made_of_blocks_with_a_right_sum() {
        let file = File { name: "ops/run.sh".into(), text: "#!/bin/sh\necho é\n".into() };
        let tar = archive(std::slice::from_ref(&file), 1_700_000_000);
        assert_eq!(tar.len(), 4 * BLOCK);
        let header = &tar.as_bytes()[..BLOCK];
        let sum: u32 =
            header[..148].iter().chain(&header[156..]).map(|byte| u32::from(*byte)).sum();
        let written = std::str::from_utf8(&header[148..154]).unwrap();
        assert_eq!(u32::from_str_radix(written, 8).unwrap(), sum + 8 * 32);
        assert_eq!(&header[100..107], b"0000755");
        assert_eq!(&header[257..265], b"ustar\x0000");
        assert!(tar[BLOCK..].starts_with(&file.text));
        assert_eq!(archive(&[], 0).len(), 2 * BLOCK);
    }
}
