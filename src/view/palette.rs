//! The brand's two colours as a family of custom properties, light and dark.
//!
//! Lightness is changed in OKLab, where equal steps look equal, until the contrast that WCAG 2.2
//! asks of text (4.5:1) is reached. The names are part of the contract with themes.

use std::fmt::Write as _;

use crate::model::{Brand, Rgb};

const WHITE: Rgb = Rgb { red: 255, green: 255, blue: 255 };
/// The darkest surface on which a theme may set the dark scheme's colours.
const NIGHT: Rgb = Rgb { red: 24, green: 27, blue: 32 };
/// WCAG 2.2, 1.4.3, with a little to spare for surfaces that are not quite white.
const TEXT_CONTRAST: f64 = 5.2;

/// The colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureColors {
    /// What lies below everything.
    pub ground: Rgb,
    /// What is written with.
    pub letters: Rgb,
    /// Rules.
    pub accent: Rgb,
}

/// The ground of pictures of a catalog without a colour of its own; the theme's.
const GROUND: Rgb = Rgb { red: 0x10, green: 0x49, blue: 0x3a };
/// Its accent.
const ACCENT: Rgb = Rgb { red: 0xf0, green: 0xb0, blue: 0x2f };

/// The colours of pictures: the brand's own, dark enough to be written on in white.
pub fn picture_colors(brand: &Brand) -> PictureColors {
    let ground = brand.color.as_ref().map_or(GROUND, |color| color.value);
    PictureColors {
        ground: toward_contrast(Lab::of(ground), WHITE, -0.01).rgb(),
        letters: WHITE,
        accent: brand.accent.as_ref().map_or(ACCENT, |color| color.value),
    }
}

/// Custom properties for the colours that the catalog sets, in the layer that themes leave to
/// them; nothing when it sets none.
pub fn brand_styles(brand: &Brand) -> Option<String> {
    let pairs: Vec<(&str, Rgb)> = [("brand", &brand.color), ("accent", &brand.accent)]
        .into_iter()
        .filter_map(|(name, color)| color.as_ref().map(|color| (name, color.value)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let mut light = String::new();
    let mut dark = String::new();
    for (name, color) in pairs {
        let base = Lab::of(color);
        let readable = toward_contrast(base, WHITE, -0.01);
        let deeper = readable.with_lightness(readable.lightness * 0.8);
        let lifted = base.with_lightness(base.lightness.max(0.70));
        let lifted = toward_contrast(lifted, NIGHT, 0.01);
        let brighter = lifted.with_lightness((lifted.lightness + 0.10).min(0.97));
        let (pale, dim) = (base.tinted(0.955, 0.28), base.tinted(0.29, 0.55));
        if name == "accent" {
            // Fills and rules are the colour itself; only text must be readable.
            declare(&mut light, name, base, readable, pale);
        } else {
            declare(&mut light, name, readable, deeper, pale);
        }
        declare(&mut dark, name, lifted, brighter, dim);
    }
    // Paper is light, whatever the screen was.
    Some(format!(
        "@layer site {{\n:root {{\n{light}}}\n@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n\
         @media print {{\n:root {{\n{light}}}\n}}\n}}\n"
    ))
}

fn declare(into: &mut String, name: &str, plain: Lab, strong: Lab, soft: Lab) {
    let on = if plain.rgb().contrast(WHITE) >= plain.rgb().contrast(NIGHT) { WHITE } else { NIGHT };
    for (property, color) in [
        (format!("--{name}"), plain.rgb()),
        (format!("--{name}-strong"), strong.rgb()),
        (format!("--{name}-soft"), soft.rgb()),
        (format!("--on-{name}"), on),
    ] {
        // Writing to a string cannot fail.
        let _ = writeln!(into, "{property}: {color};");
    }
}

/// The colour made lighter or darker in small steps until it can be read on the surface.
fn toward_contrast(mut color: Lab, surface: Rgb, step: f64) -> Lab {
    for _ in 0..100 {
        if color.rgb().contrast(surface) >= TEXT_CONTRAST {
            break;
        }
        color = color.with_lightness((color.lightness + step).clamp(0.0, 1.0));
    }
    color
}

/// A colour in OKLab (Ottosson, 2020).
#[derive(Clone, Copy)]
struct Lab {
    lightness: f64,
    a: f64,
    b: f64,
}

impl Lab {
    fn of(color: Rgb) -> Self {
        let [red, green, blue] = color.linear();
        let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        Self {
            lightness: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            a: 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            b: 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        }
    }

    fn with_lightness(self, lightness: f64) -> Self {
        Self { lightness, ..self }
    }

    /// The same hue at another lightness and with a part of the colourfulness.
    fn tinted(self, lightness: f64, part: f64) -> Self {
        Self { lightness, a: self.a * part, b: self.b * part }
    }

    fn rgb(self) -> Rgb {
        let l = (self.lightness + 0.396_337_777_4 * self.a + 0.215_803_757_3 * self.b).powi(3);
        let m = (self.lightness - 0.105_561_345_8 * self.a - 0.063_854_172_8 * self.b).powi(3);
        let s = (self.lightness - 0.089_484_177_5 * self.a - 1.291_485_548_0 * self.b).powi(3);
        Rgb::from_linear([
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::{NIGHT, TEXT_CONTRAST, WHITE, brand_styles};
    use crate::model::{Brand, Rgb};
    use crate::source::{Sources, Span, Spanned};

    fn color(css: &str, name: &str) -> Rgb {
        let at = css.find(&format!("{name}: #")).expect(name) + name.len() + 3;
        let channel = |from: usize| u8::from_str_radix(&css[at + from..at + from + 2], 16).unwrap();
        Rgb { red: channel(0), green: channel(2), blue: channel(4) }
    }

    #[test]
    fn every_brand_can_be_read_in_both_schemes() {
        let sources = Sources::from_texts([("content/catalog.yaml", "")]);
        let file = sources.iter().next().unwrap().0;
        for (red, green, blue) in
            [(255, 255, 0), (0, 0, 0), (255, 255, 255), (200, 30, 60), (12, 74, 110)]
        {
            let value = Rgb { red, green, blue };
            let brand = Brand {
                color: Some(Spanned::new(value, Span::start_of(file))),
                ..Brand::default()
            };
            let css = brand_styles(&brand).unwrap();
            let (light, dark) = css.split_once("@media").unwrap();
            assert!(color(light, "--brand").contrast(WHITE) >= TEXT_CONTRAST, "{value:?}");
            assert!(color(light, "--brand-strong").contrast(WHITE) >= TEXT_CONTRAST, "{value:?}");
            assert!(color(dark, "--brand").contrast(NIGHT) >= TEXT_CONTRAST, "{value:?}");
            for scheme in [light, dark] {
                assert!(
                    color(scheme, "--on-brand").contrast(color(scheme, "--brand")) >= 4.5,
                    "{value:?}"
                );
            }
        }
        assert_eq!(brand_styles(&Brand::default()), None);
    }
}
