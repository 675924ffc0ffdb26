//! Letters: glyphs of a typeface in a few sizes, each drawn once, and words set with them.
//!
//! A text of which the typeface lacks a letter is left out, whole: half a word would be a wrong one.

use std::fmt::Write as _;
use std::sync::OnceLock;

use ab_glyph::{Font, FontVec, OutlineCurve, PxScale, ScaleFont};
use unicode_normalization::UnicodeNormalization;

use super::canvas::{Canvas, Glyph};

/// A typeface with the glyphs that were drawn so far.
pub(super) struct Letters {
    font: FontVec,
    /// For each size, in pixels of the em: every glyph of the typeface, once it is drawn.
    sizes: Vec<(usize, Vec<OnceLock<Glyph>>)>,
}

impl Letters {
    /// A typeface in some sizes; none when it cannot be read.
    pub(super) fn new(bytes: &[u8], sizes: &[usize]) -> Option<Self> {
        let font = FontVec::try_from_vec(bytes.to_vec()).ok()?;
        let blank = || (0..font.glyph_count()).map(|_| OnceLock::new()).collect();
        let sizes = sizes.iter().map(|size| (*size, blank())).collect();
        Some(Self { font, sizes })
    }

    /// The scale at which the em has so many pixels.
    #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
    fn scale(&self, size: usize) -> PxScale {
        let em = self.font.units_per_em().unwrap_or(1000.0);
        PxScale::from(self.font.height_unscaled() / em * size as f32)
    }

    /// The width of a text in pixels.
    #[expect(clippy::cast_possible_truncation, reason = "a text is some thousand pixels wide")]
    pub(super) fn width(&self, size: usize, text: &str) -> i32 {
        let font = self.font.as_scaled(self.scale(size));
        text.nfc().map(|c| font.h_advance(font.glyph_id(c))).sum::<f32>().ceil() as i32
    }

    /// A text in lines of whole words, as wide as there is room.
    pub(super) fn wrap(&self, size: usize, text: &str, room: i32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(size, &format!("{line} {word}")) <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// As much of a line as there is room for, with an ellipsis if that is not all.
    pub(super) fn cut(&self, size: usize, line: &str, room: i32) -> String {
        let mut line: String = line.nfc().collect();
        if self.width(size, &line) > room {
            let room = room - self.width(size, "…");
            while self.width(size, &line) > room && line.pop().is_some() {}
            line.push('…');
        }
        line
    }

    /// Sets a line. What has no room is cut, and an ellipsis says so.
    #[expect(clippy::cast_possible_truncation, reason = "a picture is some thousand pixels wide")]
    #[expect(clippy::cast_precision_loss, reason = "a picture is some thousand pixels wide")]
    pub(super) fn line(
        &self,
        canvas: &mut Canvas,
        size: usize,
        text: &str,
        x: i32,
        baseline: i32,
        room: i32,
    ) {
        let letters = self.cut(size, text, room);
        if letters.chars().any(|c| self.font.glyph_id(c).0 == 0) {
            return;
        }
        let font = self.font.as_scaled(self.scale(size));
        let mut pen = x as f32;
        for c in letters.chars() {
            let id = font.glyph_id(c);
            if let Some(glyph) = self.glyph(size, id) {
                canvas.letter(glyph, pen.round() as i32, baseline);
            }
            pen += font.h_advance(id);
        }
    }

    fn glyph(&self, size: usize, id: ab_glyph::GlyphId) -> Option<&Glyph> {
        let (_, glyphs) = self.sizes.iter().find(|(one, _)| *one == size)?;
        Some(glyphs.get(usize::from(id.0))?.get_or_init(|| self.drawn(size, id)))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a glyph is some hundred pixels wide, and coverage is from 0 to 1"
    )]
    fn drawn(&self, size: usize, id: ab_glyph::GlyphId) -> Glyph {
        let glyph = id.with_scale(self.scale(size));
        let Some(outlined) = self.font.outline_glyph(glyph) else { return Glyph::default() };
        let bounds = outlined.px_bounds();
        let width = bounds.width().ceil() as usize;
        let mut levels = vec![0; width * bounds.height().ceil() as usize];
        outlined.draw(|x, y, coverage| {
            if let Some(level) = levels.get_mut(y as usize * width + x as usize) {
                *level = (coverage.clamp(0.0, 1.0) * 2.0).round() as u8;
            }
        });
        Glyph::new(bounds.min.x as i32, bounds.min.y as i32, width, &levels)
    }

    /// A text as the path of an SVG, in the middle of a square; nothing if a letter is lacking.
    pub(super) fn path(&self, text: &str, square: f32, em_size: f32) -> String {
        let em = self.font.units_per_em().unwrap_or(1000.0);
        let factor = em_size / em;
        let ids: Vec<_> = text.nfc().map(|c| self.font.glyph_id(c)).collect();
        if ids.iter().any(|id| id.0 == 0) {
            return String::new();
        }
        let width: f32 = ids.iter().map(|id| self.font.h_advance_unscaled(*id) * factor).sum();
        let mut pen = (square - width) / 2.0;
        let baseline = square / 2.0 + em_size * 0.35;
        let mut path = String::new();
        for id in ids {
            let at = |point: ab_glyph::Point| (pen + point.x * factor, baseline - point.y * factor);
            let mut last = None;
            for curve in self.font.outline(id).map(|outline| outline.curves).unwrap_or_default() {
                let (from, to) = match curve {
                    OutlineCurve::Line(from, to)
                    | OutlineCurve::Quad(from, _, to)
                    | OutlineCurve::Cubic(from, _, _, to) => (at(from), at(to)),
                };
                if last != Some(from) {
                    push(&mut path, 'M', &[from]);
                }
                match curve {
                    OutlineCurve::Line(..) => push(&mut path, 'L', &[to]),
                    OutlineCurve::Quad(_, a, _) => push(&mut path, 'Q', &[at(a), to]),
                    OutlineCurve::Cubic(_, a, b, _) => push(&mut path, 'C', &[at(a), at(b), to]),
                }
                last = Some(to);
            }
            pen += self.font.h_advance_unscaled(id) * factor;
        }
        path
    }
}

/// A command of a path with its points, to a hundredth.
fn push(path: &mut String, command: char, points: &[(f32, f32)]) {
    path.push(command);
    for (index, (x, y)) in points.iter().enumerate() {
        let space = if index > 0 { " " } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(path, "{space}{x:.2} {y:.2}");
    }
}
