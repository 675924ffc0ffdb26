//! A picture of four colours, four pixels a byte, as PNG has it.

/// The colour of rectangles. Those of letters are 1 where they cover a pixel by half, and 2 where
/// they cover it.
const ACCENT: u8 = 3;

/// The picture. Colour 0 is the ground.
pub(super) struct Canvas {
    pub width: u32,
    pub height: u32,
    /// The bytes of a row, with the one in front of it that says how the row is filtered.
    pub stride: usize,
    pub rows: Vec<u8>,
}

/// The shape of a letter: how much of each pixel it covers, in halves.
#[derive(Debug, Default)]
pub(super) struct Glyph {
    /// From the pen to its left edge.
    left: i32,
    /// From the baseline to its top edge; negative above.
    top: i32,
    /// Its rows as they are on a canvas on which it begins with the first, second, third or fourth
    /// pixel of a byte, so that a letter is set byte by byte.
    shifted: [Vec<u8>; 4],
    /// The bytes of a row.
    stride: usize,
}

impl Glyph {
    /// A letter of so many pixels to a row, each covered by 0, 1 or 2 halves.
    pub(super) fn new(left: i32, top: i32, width: usize, levels: &[u8]) -> Self {
        if width == 0 {
            return Self::default();
        }
        // One more than the width needs, for the pixels that are shifted out of the last byte.
        let stride = width.div_ceil(4) + 1;
        let shifted = [0, 1, 2, 3].map(|shift| {
            let mut rows = vec![0; stride * (levels.len() / width)];
            for (row, levels) in rows.chunks_exact_mut(stride).zip(levels.chunks_exact(width)) {
                for (x, level) in levels.iter().enumerate() {
                    let at = x + shift;
                    row[at / 4] |= (level & 3) << (6 - 2 * (at % 4));
                }
            }
            rows
        });
        Self { left, top, shifted, stride }
    }
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32) -> Self {
        let stride = 1 + width.div_ceil(4) as usize;
        Self { width, height, stride, rows: vec![0; stride * height as usize] }
    }

    /// A rectangle in the accent, as far as it lies within the picture.
    pub(super) fn fill(&mut self, x: i32, y: i32, width: i32, height: i32) {
        for row in y..y + height {
            for column in x..x + width {
                self.set(column, row, ACCENT);
            }
        }
    }

    /// A letter at a point of the baseline, as far as it lies within the picture.
    pub(super) fn letter(&mut self, glyph: &Glyph, x: i32, baseline: i32) {
        if glyph.stride == 0 {
            return;
        }
        let left = x + glyph.left;
        // The remainder of a division by 4 is one of the four.
        let Some(rows) = glyph.shifted.get(left.rem_euclid(4).unsigned_abs() as usize) else {
            return;
        };
        for (y, levels) in (baseline + glyph.top..).zip(rows.chunks_exact(glyph.stride)) {
            let Some(row) = self.row(y) else { continue };
            for (at, &new) in (left.div_euclid(4)..).zip(levels) {
                let Some(byte) = usize::try_from(at).ok().and_then(|at| row.get_mut(at)) else {
                    continue;
                };
                let covered = (new | new >> 1) & 0b0101_0101;
                *byte = *byte & !(covered * 0b11) | new;
            }
        }
    }

    /// The pixels of a row.
    fn row(&mut self, y: i32) -> Option<&mut [u8]> {
        let y = usize::try_from(y).ok().filter(|y| *y < self.height as usize)?;
        self.rows.get_mut(y * self.stride + 1..(y + 1) * self.stride)
    }

    fn set(&mut self, x: i32, y: i32, color: u8) {
        let Some(x) = u32::try_from(x).ok().filter(|x| *x < self.width) else { return };
        let Some(byte) = self.row(y).and_then(|row| row.get_mut(x as usize / 4)) else { return };
        let shift = 6 - 2 * (x % 4);
        *byte = *byte & !(3 << shift) | color << shift;
    }
}
