//! PNG (W3C, third edition): a picture with a palette, two bits a pixel.

use super::canvas::Canvas;
use crate::model::Rgb;

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
/// A row as what differs from the row above: of letters that is little, and what compresses a
/// picture looks for runs of zeros alone.
const UP: u8 = 2;

/// The file.
pub(super) fn write(mut canvas: Canvas, palette: [Rgb; 4]) -> Vec<u8> {
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
    filter(&mut canvas);
    chunk(&mut file, *b"IDAT", &fdeflate::compress_to_vec(&canvas.rows));
    chunk(&mut file, *b"IEND", &[]);
    file
}

/// Each row as what differs from the row above, from the last to the first.
fn filter(canvas: &mut Canvas) {
    let stride = canvas.stride;
    let mut rest = canvas.rows.as_mut_slice();
    while rest.len() >= stride {
        let (above, row) = rest.split_at_mut(rest.len() - stride);
        if let Some(above) = above.len().checked_sub(stride).map(|from| &above[from..]) {
            for (byte, above) in row.iter_mut().zip(above) {
                *byte = byte.wrapping_sub(*above);
            }
        }
        row[0] = UP;
        rest = above;
    }
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
