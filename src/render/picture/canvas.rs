//! A picture of four colours, four pixels a byte, as PNG has it.

/// What is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// The colour of letters: 1 where they cover a pixel by half, 2 where they cover it.
    Letters,
    /// The accent, which is for rectangles.
    Accent,
}

impl Ink {
    /// The colour for a coverage of 1 or 2 halves.
    fn color(self, level: u8) -> u8 {
        match self {
            Self::Letters => level,
            Self::Accent => 3,
        }
    }
}

/// The picture. Colour 0 is the ground.
pub(super) struct Canvas {
    pub width: u32,
    pub height: u32,
    /// The bytes of a row.
    pub stride: usize,
    pub rows: Vec<u8>,
}

/// The shape of a letter: how much of each pixel it covers, in halves.
#[derive(Debug, Default)]
pub(super) struct Glyph {
    /// From the pen to its left edge.
    pub left: i32,
    /// From the baseline to its top edge; negative above.
    pub top: i32,
    pub width: usize,
    pub levels: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32) -> Self {
        let stride = width.div_ceil(4) as usize;
        Self { width, height, stride, rows: vec![0; stride * height as usize] }
    }

    /// A rectangle, as far as it lies within the picture.
    pub(super) fn fill(&mut self, x: i32, y: i32, width: i32, height: i32, ink: Ink) {
        for row in y..y + height {
            for column in x..x + width {
                self.set(column, row, ink.color(2));
            }
        }
    }

    /// A letter at a point of the baseline, as far as it lies within the picture.
    pub(super) fn glyph(&mut self, glyph: &Glyph, x: i32, baseline: i32, ink: Ink) {
        if glyph.width == 0 {
            return;
        }
        let left = x + glyph.left;
        for (row, levels) in (baseline + glyph.top..).zip(glyph.levels.chunks_exact(glyph.width)) {
            for (column, level) in (left..).zip(levels) {
                if *level > 0 {
                    self.set(column, row, ink.color(*level));
                }
            }
        }
    }

    fn set(&mut self, x: i32, y: i32, color: u8) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        let byte = &mut self.rows[y as usize * self.stride + x as usize / 4];
        let shift = 6 - 2 * (x % 4);
        *byte = *byte & !(3 << shift) | color << shift;
    }
}
