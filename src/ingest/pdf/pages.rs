//! What the pages of a PDF show: their operators are followed as far as they place text (ISO 32000-1, 9.4).
//!
//! Bounded whatever a file says: forms within forms by depth and number, everything by the bytes that it
//! unpacks to and by time.

use std::time::{Duration, Instant};

use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId, Stream};
use rustc_hash::FxHashMap;

use super::allowance::Allowance;
use super::font::Font;
use super::layout::{Layout, Run};
use super::operators::{Operand, Operators};
use crate::article::SkipReason;
use crate::ingest::source::{Trouble, too_large};

/// How long one document is read.
const TIME: Duration = Duration::from_secs(20);
/// The most bytes of one page's operators.
const LARGEST_PAGE: usize = 8 * 1024 * 1024;
/// How deep forms may lie in forms, and pages in the tree of pages.
const DEEPEST: usize = 12;
/// How many forms a document may show.
const MOST_FORMS: usize = 20_000;
/// After how many operators the time is looked at.
const PACE: usize = 4096;
/// What a line costs beside its letters, in bytes: its place, and what puts it in order.
const LINE: usize = 64;

/// Reads the pages of a document into `layout`, within its allowance. Returns what is wrong with single pages, each at
/// its number.
pub(super) fn read(pdf: &Document, allowance: &Allowance<'_>, layout: &mut Layout) -> Result<Vec<Trouble>, Trouble> {
    let mut reader = Reader { pdf, layout, allowance, forms: 0, start: Instant::now(), fonts: FxHashMap::default() };
    let mut troubles = Vec::new();
    for (number, page) in pdf.get_pages() {
        if let Err(trouble) = reader.read_page(page) {
            // What an archive may unpack to ends the archive, and with it the document.
            if allowance.is_budget_spent() {
                return Err(trouble);
            }
            troubles.push(trouble.at(u64::from(number)));
            if allowance.left() == 0 {
                break;
            }
        }
        reader.check_time()?;
    }
    Ok(troubles)
}

/// A map from one system of coordinates to another: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Matrix = Matrix([1., 0., 0., 1., 0., 0.]);

    /// Returns the map that applies this one first, and then `next`.
    fn then(self, next: Matrix) -> Matrix {
        let (Matrix([a, b, c, d, e, f]), Matrix([k, l, m, n, o, p])) = (self, next);
        Matrix([a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p])
    }

    fn shift(x: f64, y: f64) -> Matrix {
        Matrix([1., 0., 0., 1., x, y])
    }
}

/// Returns whether something unpacks to more than it may.
fn is_limit(error: &Error) -> bool {
    matches!(error, Error::Decompress(DecompressError::MemoryLimitExceeded { .. }))
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    place: Matrix,
    /// Its key in the fonts that were read.
    font: Option<usize>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

struct Reader<'d, 'l> {
    pdf: &'d Document,
    layout: &'l mut Layout,
    allowance: &'l Allowance<'l>,
    forms: usize,
    start: Instant,
    /// By where their dictionary is: fonts are shared by pages.
    fonts: FxHashMap<usize, Font<'d>>,
}

impl<'d> Reader<'d, '_> {
    fn read_page(&mut self, page: ObjectId) -> Result<(), Trouble> {
        let resources = self.inherited(page, b"Resources").and_then(|found| found.as_dict().ok());
        let turned = self.inherited(page, b"Rotate").and_then(|found| found.as_i64().ok()).unwrap_or(0);
        let most = self.allowance.left().min(LARGEST_PAGE);
        let content = match self.pdf.get_page_content_with_limit(page, most) {
            Ok(content) => content,
            Err(error) if is_limit(&error) => {
                // It was unpacked that far.
                self.allowance.spend(most.saturating_add(1))?;
                return Err(too_large(("the page, once unpacked,", "la page, une fois déballée,"), most as u64));
            }
            Err(error) => {
                return Err(Trouble::new(
                    SkipReason::Malformed,
                    said!("the page is damaged: {error}", "la page est abîmée : {error}"),
                ));
            }
        };
        let place = match turned.rem_euclid(360) {
            90 => Matrix([0., -1., 1., 0., 0., 0.]),
            180 => Matrix([-1., 0., 0., -1., 0., 0.]),
            270 => Matrix([0., 1., -1., 0., 0., 0.]),
            _ => Matrix::IDENTITY,
        };
        self.layout.begin_page();
        self.run(&content, resources, place, 0)
    }

    /// Returns what a page, or the nearest part of the tree above it, has under a name.
    fn inherited(&self, page: ObjectId, name: &[u8]) -> Option<&'d Object> {
        let mut node = self.pdf.get_dictionary(page).ok()?;
        for _ in 0..DEEPEST * 4 {
            match node.get_deref(name, self.pdf) {
                Ok(found) => return Some(found),
                Err(_) => node = node.get_deref(b"Parent", self.pdf).and_then(Object::as_dict).ok()?,
            }
        }
        None
    }

    fn check_time(&self) -> Result<(), Trouble> {
        match self.start.elapsed() > TIME {
            true => Err(Trouble::new(
                SkipReason::TooLarge,
                said!("it takes longer than {} seconds", "sa lecture dure plus de {} secondes", TIME.as_secs()),
            )),
            false => Ok(()),
        }
    }

    /// Follows the operators of a page or a form.
    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'d Dictionary>,
        place: Matrix,
        depth: usize,
    ) -> Result<(), Trouble> {
        self.allowance.spend(content.len())?;
        let state =
            State { place, font: None, size: 0., letter_space: 0., word_space: 0., stretch: 1., leading: 0., rise: 0. };
        let mut text =
            Text { state, kept: Vec::new(), line: Matrix::IDENTITY, pen: Matrix::IDENTITY, hidden: Vec::new() };
        let mut operators = Operators::of(content);
        let mut followed = 0_usize;
        while let Some((operator, operands)) = operators.next() {
            if followed.is_multiple_of(PACE) {
                self.check_time()?;
            }
            followed += 1;
            match operator {
                b"Do" if !text.is_hidden() => self.show_form(operands, resources, text.state.place, depth)?,
                b"Tf" => self.set_font(operands, resources, &mut text.state)?,
                b"Tj" => self.show(operands.first(), &mut text)?,
                b"TJ" => self.show_parts(operands.first(), &mut text)?,
                b"'" => {
                    text.next_line();
                    self.show(operands.first(), &mut text)?;
                }
                b"\"" => {
                    text.state.word_space = number(operands, 0);
                    text.state.letter_space = number(operands, 1);
                    text.next_line();
                    self.show(operands.get(2), &mut text)?;
                }
                operator => text.follow(operator, operands),
            }
        }
        Ok(())
    }

    fn set_font(
        &mut self,
        operands: &[Operand<'_>],
        resources: Option<&'d Dictionary>,
        state: &mut State,
    ) -> Result<(), Trouble> {
        let Some(name) = operands.first().and_then(|name| name.name()) else { return Ok(()) };
        state.size = number(operands, 1);
        let fonts = resources.and_then(|found| found.get_deref(b"Font", self.pdf).and_then(Object::as_dict).ok());
        let font = fonts.and_then(|fonts| fonts.get_deref(&name, self.pdf).and_then(Object::as_dict).ok());
        state.font = font.map(|font| std::ptr::from_ref(font).addr());
        if let (Some(font), Some(key)) = (font, state.font)
            && !self.fonts.contains_key(&key)
        {
            // A page may name thousands of fonts, each with a large table.
            self.check_time()?;
            let font = Font::of(font, self.pdf);
            self.allowance.spend(font.cost)?;
            self.fonts.insert(key, font);
        }
        Ok(())
    }

    /// Shows a form: a page in the page.
    fn show_form(
        &mut self,
        operands: &[Operand<'_>],
        resources: Option<&'d Dictionary>,
        place: Matrix,
        depth: usize,
    ) -> Result<(), Trouble> {
        let Some(form) = self.form(operands, resources) else { return Ok(()) };
        self.forms += 1;
        if depth >= DEEPEST || self.forms > MOST_FORMS {
            return Err(Trouble::new(
                SkipReason::TooLarge,
                ("it has too many forms, one in another", "il a trop de formulaires imbriqués"),
            ));
        }
        let most = self.allowance.left().min(LARGEST_PAGE);
        let content = match form.get_plain_content_with_limit(most) {
            Ok(content) => content,
            Err(error) if is_limit(&error) => return self.allowance.spend(most.saturating_add(1)),
            // A form that is damaged takes only itself.
            Err(_) => return Ok(()),
        };
        let own = form.dict.get_deref(b"Resources", self.pdf).and_then(Object::as_dict).ok();
        let matrix = form.dict.get_deref(b"Matrix", self.pdf).and_then(Object::as_array);
        let float = |object: &Object| object.as_float().map_or(0., f64::from);
        let matrix = matrix.map_or(Matrix::IDENTITY, |numbers| matrix_of(numbers.iter().map(float)));
        self.run(&content, own.or(resources), matrix.then(place), depth + 1)
    }

    fn form(&self, operands: &[Operand<'_>], resources: Option<&'d Dictionary>) -> Option<&'d Stream> {
        let name = operands.first()?.name()?;
        let objects = resources?.get_deref(b"XObject", self.pdf).and_then(Object::as_dict).ok()?;
        let found = objects.get_deref(&name, self.pdf).and_then(Object::as_stream).ok()?;
        let is_form = found.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form");
        is_form.then_some(found)
    }

    /// Shows texts with the pen moved between them.
    fn show_parts(&mut self, parts: Option<&Operand<'_>>, text: &mut Text) -> Result<(), Trouble> {
        let Some(parts @ Operand::Array(_)) = parts else { return Ok(()) };
        for part in parts.elements() {
            match part {
                Operand::Number(back) => text.advance(-back / 1000. * text.state.size * text.state.stretch),
                part => self.show(Some(&part), text)?,
            }
        }
        Ok(())
    }

    /// Shows a text where the pen is, and moves the pen behind it.
    fn show(&mut self, shown: Option<&Operand<'_>>, text: &mut Text) -> Result<(), Trouble> {
        let (Some(codes), Some(key)) = (shown.and_then(|shown| shown.string()), text.state.font) else { return Ok(()) };
        let Some(font) = self.fonts.get_mut(&key) else { return Ok(()) };
        let length = font.code_length();
        let Some((x, y, size)) = text.place() else { return Ok(()) };
        let mut run = Run { text: String::new(), x, y, size, width: 0. };
        let before = text.pen;
        for code in codes.chunks_exact(length) {
            let glyph = font.glyph(code);
            // A code may stand for many letters.
            self.allowance.spend(glyph.text.len())?;
            run.text.push_str(&glyph.text);
            let space = if code == b" " { text.state.word_space } else { 0. };
            let moved = glyph.width * text.state.size + text.state.letter_space + space;
            text.advance(moved * text.state.stretch);
        }
        if let Some((end, _, _)) = text.place() {
            run.width = end - x;
        }
        if !text.is_hidden() && text.pen != before && self.layout.add(run) {
            self.allowance.spend(LINE)?;
        }
        Ok(())
    }
}

/// Where the text is.
struct Text {
    state: State,
    kept: Vec<State>,
    /// Where the line begins.
    line: Matrix,
    pen: Matrix,
    /// The marked parts around, each with whether it is no part of the text: a running head, a page number.
    hidden: Vec<bool>,
}

impl Text {
    /// Follows an operator that shows nothing.
    fn follow(&mut self, operator: &[u8], operands: &[Operand<'_>]) {
        let numbers = operands.iter().map(|operand| operand.number());
        match operator {
            b"q" if self.kept.len() < 512 => self.kept.push(self.state.clone()),
            b"Q" => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => self.state.place = matrix_of(numbers).then(self.state.place),
            b"BT" => self.begin_line(Matrix::IDENTITY),
            b"Tm" => self.begin_line(matrix_of(numbers)),
            b"Td" => self.move_line(number(operands, 0), number(operands, 1)),
            b"TD" => {
                self.state.leading = -number(operands, 1);
                self.move_line(number(operands, 0), number(operands, 1));
            }
            b"T*" => self.next_line(),
            b"Tc" => self.state.letter_space = number(operands, 0),
            b"Tw" => self.state.word_space = number(operands, 0),
            b"Tz" => self.state.stretch = number(operands, 0) / 100.,
            b"TL" => self.state.leading = number(operands, 0),
            b"Ts" => self.state.rise = number(operands, 0),
            b"BMC" | b"BDC" if self.hidden.len() < 512 => {
                self.hidden.push(matches!(operands.first(), Some(Operand::Name(b"Artifact"))));
            }
            b"EMC" => drop(self.hidden.pop()),
            _ => {}
        }
    }

    fn is_hidden(&self) -> bool {
        self.hidden.contains(&true)
    }

    fn begin_line(&mut self, at: Matrix) {
        self.line = at;
        self.pen = at;
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.begin_line(Matrix::shift(x, y).then(self.line));
    }

    fn next_line(&mut self) {
        self.move_line(0., -self.state.leading);
    }

    fn advance(&mut self, by: f64) {
        self.pen = Matrix::shift(by, 0.).then(self.pen);
    }

    /// Returns where the pen is on the page, y downwards, and the size of letters there; `None` if they would
    /// not stand upright.
    fn place(&self) -> Option<(f64, f64, f64)> {
        let Matrix([a, b, c, d, x, y]) = Matrix::shift(0., self.state.rise).then(self.pen).then(self.state.place);
        let size = self.state.size.abs() * (a * d - b * c).abs().sqrt();
        let fits = [x, y, size].iter().all(|number| number.is_finite() && number.abs() < 1e6);
        (fits && size > 0. && a.abs() > b.abs()).then_some((x, -y, size))
    }
}

fn number(operands: &[Operand<'_>], at: usize) -> f64 {
    operands.get(at).map_or(0., |operand| operand.number())
}

fn matrix_of(mut numbers: impl ExactSizeIterator<Item = f64>) -> Matrix {
    match numbers.len() {
        6 => Matrix(std::array::from_fn(|_| numbers.next().unwrap_or(0.))),
        _ => Matrix::IDENTITY,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, pdf, shown};
    use super::*;
    use crate::ingest::budget::Budget;
    use crate::ingest::testing::{read, read_one};

    fn check(page: &str, expected: &str) {
        let mut layout = Layout::default();
        let bytes = pdf(&[page]);
        let pdf = Document::load_mem(&bytes).unwrap();
        let budget = Budget::unlimited();
        let troubles = super::read(&pdf, &Allowance::new(1 << 20, &budget), &mut layout).unwrap();
        assert_eq!((layout.paragraphs().texts.join("/").as_str(), troubles), (expected, vec![]), "{page}");
    }

    #[test]
    fn the_pen_is_followed() {
        for (page, expected) in [
            ("BT /F1 10 Tf 50 700 Td (Le mot) Tj ET", "Le mot"),
            // Kerning within a word, and a space that is only a move.
            ("BT /F1 10 Tf 50 700 Td [(Soci) 20 (\\351t\\351)-300(G)10(\\351n\\351rale)] TJ ET", "Société Générale"),
            ("BT /F1 10 Tf 50 700 Td (un) Tj 40 0 Td (mot) Tj ET", "un mot"),
            ("BT /F1 10 Tf 12 TL 50 700 Td (un) Tj (deux) ' T* (trois) Tj 0 0 (quatre) \" ET", "un deux trois quatre"),
            ("q 1 0 0 1 50 700 cm BT /F1 10 Tf (a) Tj ET Q q 1 0 0 1 50 600 cm BT /F1 10 Tf (b) Tj ET Q", "a/b"),
            ("BT 10 0 0 10 50 700 Tm /F1 1 Tf (grand) Tj ET", "grand"),
            ("BT /F2 10 Tf 50 700 Td <004C00E900670065> Tj ET", "Lége"),
            // Half a code at the end is none.
            ("BT /F2 10 Tf 50 700 Td <006E6E> Tj <FB01006E0061006E00630065> Tj ET", "nfinance"),
            ("/Artifact BMC BT /F1 10 Tf (Page 1) Tj ET EMC BT /F1 10 Tf 50 700 Td (a) Tj ET", "a"),
            // Along the margin.
            ("BT /F1 10 Tf 0 1 -1 0 20 300 Tm (margin) Tj 1 0 0 1 50 300 Tm (text) Tj ET", "text"),
            ("BT /F1 10 Tf Tj TJ ' \" (x) Tf Tm cm Q EMC T* ET", ""),
            ("BT /F1 1e30 Tf 1e30 0 Td (far) Tj ET", ""),
        ] {
            check(page, expected);
        }
    }

    #[test]
    fn forms_are_pages_in_pages_and_may_not_go_on_for_ever() {
        let form = |text: &str, next: &str| {
            let content = format!("BT /F1 10 Tf 50 700 Td ({text}) Tj ET {next}");
            format!(
                "<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 0 -100]/Length {}>>stream\n{content}\nendstream",
                content.len()
            )
        };
        let with = |form: String| {
            let page = b"<</Length 6>>stream\n/X1 Do\nendstream".to_vec();
            file(&[
                b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
                b"<</Type/Pages/Kids[4 0 R]/Count 1>>".to_vec(),
                b"<<>>".to_vec(),
                b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</XObject<</X1 6 0 R>>/Font<</F1 7 0 R>>>>>>"
                    .to_vec(),
                page,
                form.into_bytes(),
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
            ])
        };
        assert_eq!(read_one("a.pdf", &with(form("Un texte.", ""))).body, "Un texte.");
        let results = read("a.pdf", &with(form("Un texte.", "/X1 Do /X1 Do")));
        assert_eq!(results[0].as_ref().unwrap_err().reason, SkipReason::TooLarge, "{results:?}");
    }

    #[test]
    fn a_page_that_is_too_large_takes_no_other_with_it() {
        let large = "q Q ".repeat(LARGEST_PAGE / 4 + 1);
        let results = read("a.pdf", &pdf(&[&large, &shown(&["Un texte."])]));
        assert_eq!(results[0].as_ref().unwrap_err().line, Some(1));
        assert_eq!(results[1].as_ref().unwrap().body, "Un texte.");
    }
}
