//! Colours, as far as legibility needs them.

/// A colour, `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

/// `#12493b`
impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Rgb {
    /// The channels as amounts of light, 0 to 1 (sRGB transfer function, IEC 61966-2-1).
    pub fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.040_45 {
                channel / 12.92
            } else {
                ((channel + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// The nearest colour to amounts of light; what lies outside of sRGB is cut off.
    pub fn from_linear(light: [f64; 3]) -> Self {
        let [red, green, blue] = light.map(|channel| {
            let channel = channel.clamp(0.0, 1.0);
            let encoded = if channel <= 0.003_130_8 {
                channel * 12.92
            } else {
                1.055 * channel.powf(1.0 / 2.4) - 0.055
            };
            // The value lies within 0 and 255.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let byte = (encoded * 255.0).round() as u8;
            byte
        });
        Self { red, green, blue }
    }

    /// Relative luminance (WCAG 2.2, definitions).
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2, definitions).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::Rgb;

    #[test]
    fn contrast_is_that_of_wcag() {
        let grey = Rgb { red: 0x77, green: 0x77, blue: 0x77 };
        let white = Rgb { red: 255, green: 255, blue: 255 };
        assert!((grey.contrast(white) - 4.48).abs() < 0.01);
        assert_eq!(Rgb::from_linear(grey.linear()), grey);
    }
}
