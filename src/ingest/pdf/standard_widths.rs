//! How wide the letters of the standard fonts are: Helvetica, Times and Courier, which every reader of PDF has, so that a
//! document need not say it, and the fonts that are made to be as wide.
//!
//! The widths are those of Adobe's metrics of the 14 standard fonts (ISO 32000-1, 9.6.2.2), in thousandths of the size.
//! Its fonts of signs, Symbol and Zapf Dingbats, are no text.

use unicode_normalization::char::decompose_canonical;

/// The letters behind those of ASCII. One with an accent is as wide as the same without.
const OTHERS: &str = "‘’“”‚„–—…•€£¥§©®°·«»‹›æœøßÆŒØ±×¡¿";

/// The widths of one font: of the letters from the space to the tilde, and of the others.
struct Widths {
    ascii: [u16; 95],
    others: [u16; 33],
}

static HELVETICA: Widths = Widths {
    ascii: [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584,
    ],
    others: [
        222, 222, 333, 333, 222, 333, 556, 1000, 1000, 350, 556, 556, 556, 556, 737, 737, 400, 278, 556, 556, 333, 333,
        889, 944, 611, 611, 1000, 1000, 778, 584, 584, 333, 611,
    ],
};

static HELVETICA_BOLD: Widths = Widths {
    ascii: [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722,
        611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556,
        611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778,
        556, 556, 500, 389, 280, 389, 584,
    ],
    others: [
        278, 278, 500, 500, 278, 500, 556, 1000, 1000, 350, 556, 556, 556, 556, 737, 737, 400, 278, 556, 556, 333, 333,
        889, 944, 611, 611, 1000, 1000, 778, 584, 584, 333, 611,
    ],
};

static TIMES: Widths = Widths {
    ascii: [
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
        500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722,
        611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444,
        500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722,
        500, 500, 444, 480, 200, 480, 541,
    ],
    others: [
        333, 333, 444, 444, 333, 444, 500, 1000, 1000, 350, 500, 500, 500, 500, 760, 760, 400, 250, 500, 500, 333, 333,
        667, 722, 500, 500, 889, 889, 722, 564, 564, 333, 444,
    ],
};

static TIMES_BOLD: Widths = Widths {
    ascii: [
        250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
        500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778,
        667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500,
        556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722,
        500, 500, 444, 394, 220, 394, 520,
    ],
    others: [
        333, 333, 500, 500, 333, 500, 500, 1000, 1000, 350, 500, 500, 500, 500, 747, 747, 400, 250, 500, 500, 333, 333,
        722, 722, 500, 556, 1000, 1000, 778, 570, 570, 333, 500,
    ],
};

static TIMES_ITALIC: Widths = Widths {
    ascii: [
        250, 333, 420, 500, 500, 833, 778, 214, 333, 333, 500, 675, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
        500, 500, 500, 500, 333, 333, 675, 675, 675, 500, 920, 611, 611, 667, 722, 611, 611, 722, 722, 333, 444, 667,
        556, 833, 667, 722, 611, 722, 611, 500, 556, 722, 611, 833, 611, 556, 556, 389, 278, 389, 422, 500, 333, 500,
        500, 444, 500, 444, 278, 500, 500, 278, 278, 444, 278, 722, 500, 500, 500, 500, 389, 389, 278, 500, 444, 667,
        444, 444, 389, 400, 275, 400, 541,
    ],
    others: [
        333, 333, 556, 556, 333, 556, 500, 889, 889, 350, 500, 500, 500, 500, 760, 760, 400, 250, 500, 500, 333, 333,
        667, 667, 500, 500, 889, 944, 722, 675, 675, 389, 500,
    ],
};

static TIMES_BOLD_ITALIC: Widths = Widths {
    ascii: [
        250, 389, 555, 500, 500, 833, 778, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
        500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 832, 667, 667, 667, 722, 667, 667, 722, 778, 389, 500, 667,
        611, 889, 722, 722, 611, 722, 667, 556, 611, 722, 667, 889, 667, 611, 611, 333, 278, 333, 570, 500, 333, 500,
        500, 444, 500, 444, 333, 500, 556, 278, 278, 500, 278, 778, 556, 500, 500, 500, 389, 389, 278, 556, 444, 667,
        500, 444, 389, 348, 220, 348, 570,
    ],
    others: [
        333, 333, 500, 500, 333, 500, 500, 1000, 1000, 350, 500, 500, 500, 500, 747, 747, 400, 250, 500, 500, 333, 333,
        722, 722, 500, 500, 944, 944, 722, 570, 570, 389, 500,
    ],
};

/// What every letter of Courier is wide.
const COURIER: u16 = 600;

/// A standard font.
#[derive(Clone, Copy)]
pub(super) struct Standard(Option<&'static Widths>);

impl Standard {
    /// Returns the font of a name that a document gives, `ABCDEF+Helvetica-BoldOblique`, if it is one or as wide as one.
    pub fn named(name: &str) -> Option<Standard> {
        let name = name.split_once('+').map_or(name, |(_, name)| name).to_ascii_lowercase().replace([' ', '_'], "");
        let (bold, italic) = (name.contains("bold"), name.contains("italic") || name.contains("oblique"));
        let is_of = |families: &[&str]| families.iter().any(|family| name.starts_with(family));
        // Narrow and black ones have widths of their own.
        if name.contains("narrow") || name.contains("black") || name.contains("condensed") {
            return None;
        }
        let font = match () {
            () if is_of(&["helvetica", "arial", "liberationsans"]) => {
                Some(if bold { &HELVETICA_BOLD } else { &HELVETICA })
            }
            () if is_of(&["times", "timesnewroman", "liberationserif"]) => Some(match (bold, italic) {
                (false, false) => &TIMES,
                (true, false) => &TIMES_BOLD,
                (false, true) => &TIMES_ITALIC,
                (true, true) => &TIMES_BOLD_ITALIC,
            }),
            () if is_of(&["courier", "liberationmono"]) => None,
            () => return None,
        };
        Some(Standard(font))
    }

    /// Returns how wide a letter is, in thousandths of the size.
    pub fn width(self, c: char) -> Option<f64> {
        let Some(widths) = self.0 else { return Some(f64::from(COURIER)) };
        let mut base = None;
        decompose_canonical(c, |part| base = base.or(Some(part)));
        let c = match base.unwrap_or(c) {
            '\u{a0}' => ' ',
            '\u{ad}' => '-',
            c => c,
        };
        let ascii = (c as usize).checked_sub(usize::from(b' ')).and_then(|at| widths.ascii.get(at));
        let width = ascii.or_else(|| widths.others.get(OTHERS.chars().position(|other| other == c)?));
        width.map(|width| f64::from(*width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_wide_as_the_standard_says() {
        assert_eq!(OTHERS.chars().count(), HELVETICA.others.len());
        for (font, text, widths) in [
            ("Helvetica", "A i€é’", &[667., 278., 222., 556., 556., 222.][..]),
            ("ABCDEF+ArialMT", "A", &[667.]),
            ("Arial-BoldMT", "A–", &[722., 556.]),
            ("Times-Roman", "Aœ\u{a0}", &[722., 722., 250.]),
            ("TimesNewRomanPS-BoldItalicMT", "A", &[667.]),
            ("Courier-Bold", "iW", &[600., 600.]),
        ] {
            let font = Standard::named(font).unwrap();
            assert_eq!(text.chars().filter_map(|c| font.width(c)).collect::<Vec<_>>(), widths, "{text}");
            assert_eq!(font.width('漢').is_some(), font.0.is_none());
        }
        for other in ["Symbol", "Georgia", "ArialNarrow", "", "+"] {
            assert!(Standard::named(other).is_none(), "{other}");
        }
    }
}
