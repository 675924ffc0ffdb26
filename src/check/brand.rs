//! The brand's colours can be read.

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::Rgb;

const WHITE: Rgb = Rgb { red: 255, green: 255, blue: 255 };

/// WCAG 2.2 level AA: 4.5 for text (1.4.3), 3 for what is not text (1.4.11). The main colour is
/// that of links and buttons, the second one that of marks and lines.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let brand = &facts.catalog.settings.brand;
    [("color", &brand.color, 4.5), ("accent", &brand.accent, 3.0)]
        .into_iter()
        .filter_map(|(field, color, least)| {
            let color = color.as_ref()?;
            let contrast = color.value.contrast(WHITE);
            (contrast < least).then(|| {
                let message = format!(
                    "the color of `{field}` is too light: its contrast with white is {contrast:.1} to 1, and {least} is needed"
                );
                let darker = darkened(color.value, least);
                Diagnostic::new(Code::LowContrast, color.span, message).hint(format!(
                    "write a darker one, for example `{field}: \"#{:02x}{:02x}{:02x}\"`",
                    darker.red, darker.green, darker.blue
                ))
            })
        })
        .collect()
}

/// The same colour with less light, until it can be read.
fn darkened(color: Rgb, least: f64) -> Rgb {
    let mut light = color.linear();
    let mut darker = color;
    for _ in 0..200 {
        if darker.contrast(WHITE) >= least {
            break;
        }
        light = light.map(|channel| channel * 0.97);
        darker = Rgb::from_linear(light);
    }
    darker
}

#[cfg(test)]
mod tests {
    use super::{WHITE, darkened};
    use crate::model::Rgb;

    #[test]
    fn the_proposal_can_be_read() {
        for (red, green, blue) in [(255, 255, 0), (242, 169, 0), (120, 200, 255)] {
            assert!(darkened(Rgb { red, green, blue }, 4.5).contrast(WHITE) >= 4.5);
        }
    }
}
