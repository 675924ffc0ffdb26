//! PNG (W3C, third edition): a picture with a palette, two bits a pixel.

use miniz_oxide::deflate::compress_to_vec_zlib;

use super::canvas::Canvas;
use crate::model::Rgb;

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
/// A row as it is. The other filters make such pictures larger.
const NO_FILTER: u8 = 0;
/// The least effort. The next level makes a picture smaller by a fifth, in twice the time.
const EFFORT: u8 = 1;

/// The file.
pub(super) fn write(canvas: &Canvas, palette: [Rgb; 4]) -> Vec<u8> {
    let mut file = Vec::with_capacity(16 * 1024);
    file.extend(SIGNATURE);
    let mut header = Vec::with_capacity(13);
    header.extend(canvas.width.to_be_bytes());
    header.extend(canvas.height.to_be_bytes());
    // Bits, palette, then the only method of each sort there is, and no interlacing.
    header.extend([2, 3, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &header);
    let colors: Vec<u8> = palette.iter().flat_map(|one| [one.red, one.green, one.blue]).collect();
    chunk(&mut file, *b"PLTE", &colors);
    let rows: Vec<u8> = canvas
        .rows
        .chunks_exact(canvas.stride)
        .flat_map(|row| std::iter::once(&NO_FILTER).chain(row))
        .copied()
        .collect();
    chunk(&mut file, *b"IDAT", &compress_to_vec_zlib(&rows, EFFORT));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    // A picture is smaller than the 2 GiB that a chunk may hold.
    file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = file.len();
    file.extend(name);
    file.extend(data);
    let sum = crc32fast::hash(&file[start..]);
    file.extend(sum.to_be_bytes());
}
