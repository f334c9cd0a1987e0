//! Whole numbers in few bytes: groups of seven bits, the lowest first, of which all but the last have their high bit set
//! (LEB128, unsigned).

/// Appends a number.
#[inline]
pub(crate) fn push_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number and moves past it; `None` if there is no whole one, or it has more than 64 bits.
#[inline]
pub(crate) fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_without_an_end_is_none() {
        for bytes in [&[][..], &[0x80], &[0xff; 12]] {
            assert_eq!(read_varint(&mut &*bytes), None, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn numbers_come_back(mut numbers in proptest::collection::vec(any::<u64>(), 0..20)) {
            numbers.extend([0, 127, 128, 300_000, u64::MAX]);
            let mut bytes = Vec::new();
            numbers.iter().for_each(|number| push_varint(&mut bytes, *number));
            let mut rest = &bytes[..];
            for number in &numbers {
                prop_assert_eq!(read_varint(&mut rest), Some(*number));
            }
            prop_assert_eq!(read_varint(&mut rest), None);
        }
    }
}
