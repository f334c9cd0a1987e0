//! The operators of a page one after the other, each with its operands (ISO 32000-1, 7.8.2).
//!
//! Separate from `pages`, which knows what they mean. Operands are places in the content, and no more of them are kept
//! than an operator has: a page that unpacks to millions costs no memory but that of its bytes.

use memchr::{memchr, memchr2, memmem};

/// How many operands of an operator are kept: one more than any that places text has.
const MOST: usize = 7;

/// An operand, as it stands in the content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand<'c> {
    Number(f64),
    /// The letters behind the `/`.
    Name(&'c [u8]),
    /// What stands between `(` and `)`.
    Literal(&'c [u8]),
    /// What stands between `<` and `>`.
    Hexadecimal(&'c [u8]),
    /// What stands between `[` and `]`.
    Array(&'c [u8]),
    /// A dictionary, a truth value, nothing.
    Other,
}

impl<'c> Operand<'c> {
    /// Returns the elements of an array, and the operand itself if it is none.
    pub fn elements(self) -> impl Iterator<Item = Operand<'c>> {
        let (one, inner) = match self {
            Operand::Array(inner) => (None, inner),
            one => (Some(one), &[][..]),
        };
        let mut tokens = Tokens { rest: inner };
        one.into_iter().chain(std::iter::from_fn(move || {
            loop {
                if let Token::Operand(operand) = tokens.next()? {
                    return Some(operand);
                }
            }
        }))
    }

    /// Returns the number that it is, 0 if it is none.
    pub fn number(self) -> f64 {
        if let Operand::Number(number) = self { number } else { 0. }
    }

    /// Returns the name that it is, its escapes `#20` resolved.
    pub fn name(self) -> Option<Vec<u8>> {
        let Operand::Name(written) = self else { return None };
        let mut name = Vec::with_capacity(written.len());
        let mut rest = written;
        while let Some((&byte, after)) = rest.split_first() {
            let escaped =
                (byte == b'#').then(|| Some((digit(*after.first()?)? << 4) | digit(*after.get(1)?)?)).flatten();
            name.push(escaped.unwrap_or(byte));
            rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
        }
        Some(name)
    }

    /// Returns the bytes of a string.
    pub fn string(self) -> Option<Vec<u8>> {
        match self {
            Operand::Literal(written) => Some(unescaped(written)),
            Operand::Hexadecimal(written) => {
                let digits: Vec<u8> = written.iter().filter_map(|&byte| digit(byte)).collect();
                // A digit that is missing at the end is 0.
                Some(digits.chunks(2).map(|pair| (pair[0] << 4) | pair.get(1).copied().unwrap_or(0)).collect())
            }
            _ => None,
        }
    }
}

/// Returns the bytes of a string that was written between `(` and `)`.
fn unescaped(written: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'\r' => {
                rest = after.strip_prefix(b"\n").unwrap_or(after);
                bytes.push(b'\n');
            }
            b'\\' => {
                let Some((&escaped, after)) = after.split_first() else { return bytes };
                rest = after;
                match escaped {
                    b'n' => bytes.push(b'\n'),
                    b'r' => bytes.push(b'\r'),
                    b't' => bytes.push(b'\t'),
                    b'b' => bytes.push(8),
                    b'f' => bytes.push(12),
                    // The line goes on in the next.
                    b'\n' => {}
                    b'\r' => rest = after.strip_prefix(b"\n").unwrap_or(after),
                    b'0'..=b'7' => {
                        let more = after.iter().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                        let (digits, after) = after.split_at(more);
                        rest = after;
                        let code = |code: u8, digit: &u8| code.wrapping_mul(8).wrapping_add(digit - b'0');
                        bytes.push(digits.iter().fold(escaped - b'0', code));
                    }
                    other => bytes.push(other),
                }
            }
            byte => bytes.push(byte),
        }
    }
    bytes
}

/// Returns the value of a hexadecimal digit.
fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The operators of a content.
pub(super) struct Operators<'c> {
    tokens: Tokens<'c>,
    operands: Vec<Operand<'c>>,
}

impl<'c> Operators<'c> {
    /// Returns the operators of the bytes of a page or a form.
    pub fn of(content: &'c [u8]) -> Operators<'c> {
        Operators { tokens: Tokens { rest: content }, operands: Vec::with_capacity(MOST) }
    }

    /// Returns the next operator with the first of its operands. Images within the text are passed over.
    pub fn next(&mut self) -> Option<(&'c [u8], &[Operand<'c>])> {
        self.operands.clear();
        loop {
            match self.tokens.next()? {
                Token::Operand(operand) if self.operands.len() < MOST => self.operands.push(operand),
                Token::Operand(_) => {}
                Token::Operator(b"BI") => {
                    self.operands.clear();
                    self.tokens.pass_image()?;
                }
                Token::Operator(operator) => return Some((operator, &self.operands)),
            }
        }
    }
}

enum Token<'c> {
    Operand(Operand<'c>),
    Operator(&'c [u8]),
}

struct Tokens<'c> {
    rest: &'c [u8],
}

impl<'c> Tokens<'c> {
    fn next(&mut self) -> Option<Token<'c>> {
        loop {
            let (&first, after) = self.rest.split_first()?;
            let operand = match first {
                b'%' => {
                    self.rest = from_line_end(after);
                    continue;
                }
                b'(' => Operand::Literal(self.take_literal()),
                b'<' if after.first() == Some(&b'<') => {
                    self.take_enclosed();
                    Operand::Other
                }
                b'<' => {
                    let end = memchr(b'>', after).unwrap_or(after.len());
                    self.rest = after.get(end + 1..).unwrap_or_default();
                    Operand::Hexadecimal(after.get(..end).unwrap_or_default())
                }
                b'[' => Operand::Array(self.take_enclosed()),
                b'/' => {
                    self.rest = after;
                    Operand::Name(self.take_while(is_regular))
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => Operand::Number(self.take_number()),
                _ => {
                    match self.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'\'' | b'"')) {
                        // White space, and what has no meaning here.
                        [] => {
                            self.rest = after;
                            continue;
                        }
                        b"true" | b"false" | b"null" => Operand::Other,
                        operator => return Some(Token::Operator(operator)),
                    }
                }
            };
            return Some(Token::Operand(operand));
        }
    }

    fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'c [u8] {
        let end = self.rest.iter().position(|&byte| !fits(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// Takes a number. A sign within its fraction, which some programs write, is passed over.
    fn take_number(&mut self) -> f64 {
        let sign = self.rest.first().copied();
        if matches!(sign, Some(b'+' | b'-')) {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        let value = |digits: &[u8]| {
            let digits = digits.iter().filter(|byte| byte.is_ascii_digit());
            digits.fold((0., 1.), |(value, unit), digit| (value * 10. + f64::from(digit - b'0'), unit * 10.))
        };
        let (mut number, _) = value(self.take_while(|byte| byte.is_ascii_digit()));
        if let Some(fraction) = self.rest.strip_prefix(b".") {
            self.rest = fraction;
            let (fraction, unit) = value(self.take_while(|byte| byte.is_ascii_digit() || byte == b'-'));
            // Of endless digits there is no telling.
            number += if f64::is_finite(unit) { fraction / unit } else { 0. };
        }
        if sign == Some(b'-') { -number } else { number }
    }

    /// Takes a string from its `(`, and returns what is in it.
    fn take_literal(&mut self) -> &'c [u8] {
        let inner = self.rest.get(1..).unwrap_or_default();
        let mut depth = 1;
        let mut at = 0;
        while let Some(&byte) = inner.get(at) {
            match byte {
                b'\\' => at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            at += 1;
        }
        self.rest = inner.get(at + 1..).unwrap_or_default();
        inner.get(..at).unwrap_or(inner)
    }

    /// Takes an array or a dictionary from its `[` or `<<`, however deep others lie in it, and returns what is between
    /// the brackets of an array.
    fn take_enclosed(&mut self) -> &'c [u8] {
        let whole = self.rest;
        let mut depth = 0_usize;
        while let Some((&byte, after)) = self.rest.split_first() {
            let is_double = after.first() == Some(&byte);
            match byte {
                b'(' => {
                    self.take_literal();
                    continue;
                }
                b'%' => {
                    self.rest = from_line_end(after);
                    continue;
                }
                b'<' if !is_double => {
                    let end = memchr(b'>', after).unwrap_or(after.len());
                    self.rest = after.get(end + 1..).unwrap_or_default();
                    continue;
                }
                b'[' | b'<' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'>' if is_double => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.rest =
                if matches!(byte, b'<' | b'>') && is_double { after.get(1..).unwrap_or_default() } else { after };
            if depth == 0 {
                break;
            }
        }
        let end = whole.len() - self.rest.len();
        // One that is cut has no bracket at its end.
        let end = if depth == 0 { end.saturating_sub(1) } else { end };
        whole.get(1..end).unwrap_or_default()
    }

    /// Passes over an image from behind its `BI`: its properties, `ID`, and its bytes up to `EI`.
    fn pass_image(&mut self) -> Option<()> {
        while !matches!(self.next()?, Token::Operator(b"ID")) {}
        for at in memmem::find_iter(self.rest, b"EI") {
            let (image, behind) = (self.rest.get(..at)?, self.rest.get(at + 2..)?);
            let begins = image.last().is_none_or(|byte| is_space(*byte) || *byte == b'>');
            // The letters may be bytes of the image: only behind its end does text follow.
            let is_text = |byte: &u8| is_space(*byte) || byte.is_ascii_graphic();
            if begins && behind.first().is_none_or(|byte| is_space(*byte)) && behind.iter().take(10).all(is_text) {
                self.rest = behind;
                return Some(());
            }
        }
        None
    }
}

fn from_line_end(bytes: &[u8]) -> &[u8] {
    memchr2(b'\n', b'\r', bytes).and_then(|end| bytes.get(end..)).unwrap_or_default()
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use lopdf::Object;
    use lopdf::content::Content;
    use proptest::prelude::*;

    use super::*;

    /// Returns an operand as a person would write it.
    fn written(operand: Operand<'_>) -> String {
        let text = |bytes: Option<Vec<u8>>| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
        match operand {
            Operand::Number(number) => format!("{}", number as f32),
            Operand::Name(_) => format!("/{}", text(operand.name())),
            Operand::Literal(_) | Operand::Hexadecimal(_) => format!("({})", text(operand.string())),
            Operand::Array(_) => format!("[{}]", operand.elements().map(written).collect::<Vec<_>>().join(" ")),
            Operand::Other => "?".to_owned(),
        }
    }

    /// Returns the operators of a content, each behind its operands.
    fn read(content: &[u8]) -> Vec<String> {
        let mut operators = Operators::of(content);
        let mut read = Vec::new();
        while let Some((operator, operands)) = operators.next() {
            let operands = operands.iter().map(|operand| written(*operand) + " ").collect::<String>();
            read.push(operands + std::str::from_utf8(operator).unwrap());
        }
        read
    }

    #[test]
    fn operands_stand_before_their_operator() {
        for (content, expected) in [
            ("", &[][..]),
            ("q Q", &["q", "Q"]),
            ("1 0 0 -1 .5 -0.25 cm", &["1 0 0 -1 0.5 -0.25 cm"]),
            ("0.00-41 4. +7 - Td", &["0.0041 4 7 -0 Td"]),
            ("1 2 3 4 5 6 7 8 9 sc", &["1 2 3 4 5 6 7 sc"]),
            ("/F#201 12 Tf", &["/F 1 12 Tf"]),
            ("(a\\(b\\)\\n(c)\\101\\7z\\\r\nd)Tj", &["(a(b)\n(c)A\u{7}zd) Tj"]),
            ("<48 65 6C6C 7> '", &["(Hellp) '"]),
            ("[(a]) -20 <42> [1 2] /N]TJ", &["[(a]) -20 (B) [1 2] /N] TJ"]),
            ("/P <</MCID 0/T(>>)/A[1 <</B 2>>]>> BDC T*", &["/P ? BDC", "T*"]),
            ("% a (comment\rq true f", &["q", "? f"]),
            ("BI /W 2 /H 2 /BPC 8 ID \x01(EI\x02 EI Q", &["Q"]),
            ("BI /W 2 ID xx", &[]),
            (") > ] } Q", &["Q"]),
            ("(no end Tj", &[]),
            ("[1 (a) Tj", &[]),
        ] {
            assert_eq!(read(content.as_bytes()), expected, "{content}");
        }
    }

    #[test]
    fn what_is_kept_does_not_grow_with_the_content() {
        for piece in ["q ", "1 ", "[] ", "[", "<<", "(", "/a ", "1 q "] {
            let content = piece.repeat(100_000);
            let mut operators = Operators::of(content.as_bytes());
            while operators.next().is_some() {}
            assert_eq!(operators.operands.capacity(), MOST, "{piece}");
        }
    }

    /// Returns an operand as `lopdf` read it.
    fn known(object: &Object) -> String {
        match object {
            Object::Integer(number) => format!("{}", *number as f32),
            Object::Real(number) => format!("{number}"),
            Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
            Object::String(bytes, _) => format!("({})", String::from_utf8_lossy(bytes)),
            Object::Array(array) => format!("[{}]", array.iter().map(known).collect::<Vec<_>>().join(" ")),
            _ => "?".to_owned(),
        }
    }

    proptest! {
        /// `lopdf` reads the same, and holds all of it.
        #[test]
        fn what_lopdf_reads_is_read(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "q ", "Q\n", "BT ", "ET ", "1 0 0 1 50 700 cm ", "/F1 12 Tf ", "(a (b) \\051 \\\n) Tj ", "<00 4A6> Tj ",
                "[(a]) -12.5 <41> ] TJ ", "/Span <</A (>>) /B [1 2]>> BDC ", "0 -14 Td\r\n", "% (note\n", "T* ",
                "true null f* ", "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI ", ".5 -.25 +3 m ",
            ]), 0..20)
        ) {
            let content = pieces.concat();
            let expected = Content::decode(content.as_bytes()).unwrap().operations.iter()
                .filter(|operation| operation.operator != "BI")
                .map(|operation| {
                    operation.operands.iter().map(|operand| known(operand) + " ").collect::<String>() + &operation.operator
                })
                .collect::<Vec<_>>();
            prop_assert_eq!(read(content.as_bytes()), expected);
        }

        #[test]
        fn any_bytes_are_read_to_their_end(content in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut operators = Operators::of(&content);
            let mut left = content.len();
            while let Some((operator, operands)) = operators.next() {
                prop_assert!(!operator.is_empty() && operands.len() <= MOST);
                let now = operators.tokens.rest.len();
                prop_assert!(now < left);
                left = now;
            }
            // Only an image that has no end leaves anything.
            prop_assert!(operators.tokens.rest.is_empty() || memmem::find(&content, b"BI").is_some());
        }
    }
}
