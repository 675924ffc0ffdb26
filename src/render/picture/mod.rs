//! Pictures, drawn without a browser: title pictures of pages, and icons.
//!
//! A picture has four colours, and its letters are drawn from glyphs that are made once for each
//! size. So one costs a fraction of a millisecond, and many offerings cost little.

mod canvas;
mod letters;
mod png;

use canvas::Canvas;
use letters::Letters;

use crate::model::Rgb;
use crate::theme::PictureFonts;
use crate::view::{
    IconPicture, PICTURE_HEIGHT, PICTURE_WIDTH, Picture, PictureColors, TitlePicture,
};

/// What draws pictures: the typefaces, with the glyphs that were needed so far.
pub(super) struct Painter {
    heading: Letters,
    text: Letters,
}

/// Where the words of a title picture begin and end.
const MARGIN: i32 = 88;
/// The sizes of a title, in pixels of the em, each with the most lines; the largest that fits.
const TITLE: [(usize, usize); 3] = [(76, 3), (62, 4), (48, 5)];
/// The size of the other words.
const SMALL: usize = 30;
/// The sizes in which the heading's letters are kept; the last three are those of icons.
const HEADING_SIZES: [usize; 6] = [76, 62, 48, 80, 85, 227];
const TEXT_SIZES: [usize; 1] = [SMALL];

impl Painter {
    /// A painter with a theme's typefaces; none when one of them cannot be read.
    pub(super) fn new(fonts: &PictureFonts) -> Option<Self> {
        let heading = Letters::new(&fonts.heading, &HEADING_SIZES)?;
        Some(Self { heading, text: Letters::new(&fonts.text, &TEXT_SIZES)? })
    }

    /// The bytes of the file.
    pub(super) fn draw(&self, picture: &Picture) -> Vec<u8> {
        match picture {
            Picture::Title(title) => self.title(title),
            Picture::Icon(icon, size) => self.icon(icon, *size),
            Picture::IconShape(icon) => self.shape(icon).into_bytes(),
        }
    }

    fn title(&self, picture: &TitlePicture) -> Vec<u8> {
        let mut canvas = Canvas::new(PICTURE_WIDTH, PICTURE_HEIGHT);
        let (width, height) = (PICTURE_WIDTH.cast_signed(), PICTURE_HEIGHT.cast_signed());
        let room = width - 2 * MARGIN;
        canvas.fill(0, 0, width, 14);
        self.text.line(&mut canvas, SMALL, &picture.above, MARGIN, 110, room);
        canvas.fill(MARGIN, 150, 96, 6);

        let (size, lines) = self.fit(&picture.title, room);
        let mut baseline = 174 + size_of(size);
        for line in &lines {
            self.heading.line(&mut canvas, size, line, MARGIN, baseline, room);
            baseline += size_of(size) * 6 / 5;
        }
        let baseline = height - MARGIN + 12;
        self.text.line(&mut canvas, SMALL, &picture.below, MARGIN, baseline, room);
        png::write(canvas, colors(picture.colors))
    }

    /// The largest size in which a title fits, and its lines. One that fits in none is cut.
    fn fit(&self, title: &str, room: i32) -> (usize, Vec<String>) {
        for (size, most) in TITLE {
            let lines = self.heading.wrap(size, title, room);
            if lines.len() <= most
                && lines.iter().all(|line| self.heading.width(size, line) <= room)
            {
                return (size, lines);
            }
        }
        let (size, most) = TITLE[TITLE.len() - 1];
        let mut lines = self.heading.wrap(size, title, room);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.push('…');
            }
        }
        (size, lines)
    }

    fn icon(&self, icon: &IconPicture, pixels: u32) -> Vec<u8> {
        let mut canvas = Canvas::new(pixels, pixels);
        let side = pixels.cast_signed();
        let em = usize::try_from(pixels * 4 / 9).unwrap_or_default();
        let width = self.heading.width(em, &icon.initials);
        let baseline = side / 2 + size_of(em) * 7 / 20;
        let x = (side - width) / 2;
        self.heading.line(&mut canvas, em, &icon.initials, x, baseline, side);
        let rule = side / 24;
        canvas.fill(side / 3, baseline + rule * 2, side / 3, rule);
        png::write(canvas, colors(icon.colors))
    }

    fn shape(&self, icon: &IconPicture) -> String {
        let PictureColors { ground, letters, accent } = icon.colors;
        let path = self.heading.path(&icon.initials, 192.0, 85.0);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 192 192\">\n\
             <rect width=\"192\" height=\"192\" rx=\"28\" fill=\"{ground}\"/>\n\
             <path fill=\"{letters}\" d=\"{path}\"/>\n\
             <rect x=\"64\" y=\"141\" width=\"64\" height=\"8\" fill=\"{accent}\"/>\n</svg>\n"
        )
    }
}

fn size_of(size: usize) -> i32 {
    i32::try_from(size).unwrap_or_default()
}

/// The four colours of a picture: the ground, the ground half covered by letters, letters, accent.
fn colors(colors: PictureColors) -> [Rgb; 4] {
    let PictureColors { ground, letters, accent } = colors;
    let half = |one: u8, other: u8| one.midpoint(other);
    let between = Rgb {
        red: half(ground.red, letters.red),
        green: half(ground.green, letters.green),
        blue: half(ground.blue, letters.blue),
    };
    [ground, between, letters, accent]
}

#[cfg(test)]
mod tests {
    use super::{Painter, TITLE};
    use crate::theme;

    fn painter() -> Painter {
        Painter::new(&theme::default_picture_fonts()).unwrap()
    }

    #[test]
    fn a_title_is_as_large_as_fits_and_no_line_is_wider_than_the_picture() {
        let painter = painter();
        let room = 1024;
        let long = "Leading for equity, one conversation at a time, in every school ".repeat(4);
        let words = ["Self as Core", long.trim(), &"W".repeat(90), "", "   "];
        for title in words {
            let (size, lines) = painter.fit(title, room);
            let most = TITLE.iter().find(|(one, _)| *one == size).unwrap().1;
            assert!(lines.len() <= most, "{title}");
            let drawn = |line: &String| painter.heading.cut(size, line, room);
            let fits = |line: &String| painter.heading.width(size, &drawn(line)) <= room;
            assert!(lines.iter().all(fits), "{lines:?}");
        }
        assert_eq!(painter.fit("Self as Core", room).0, 76);
    }
}
