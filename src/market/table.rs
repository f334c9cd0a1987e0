//! Rows of the tables in `data/`, as slices of the text compiled into the program.
//!
//! The `csv` crate copies each field; these tables are ours, keep to a simple form (no quotation mark
//! inside a field, no line break), and so give `&'static str` without a copy.

/// Returns the rows below the header line, each as `N` fields; missing fields are empty.
pub(super) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    lines(table).map(fields)
}

/// Returns the lines below the header line that hold a row.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip(1).filter(|line| !line.is_empty())
}

/// Cuts a line at its commas, but for those between quotation marks.
pub(super) fn fields<const N: usize>(line: &str) -> [&str; N] {
    let mut fields = [""; N];
    let mut rest = line;
    for field in &mut fields {
        if let Some((quoted, after)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            *field = quoted;
            rest = after.strip_prefix(',').unwrap_or(after);
        } else if let Some((plain, after)) = rest.split_once(',') {
            *field = plain;
            rest = after;
        } else {
            *field = std::mem::take(&mut rest);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_quotation_marks_do_not_cut() {
        assert_eq!(fields::<3>("A,\"B, Inc.\",C"), ["A", "B, Inc.", "C"]);
        assert_eq!(fields::<3>("\"A\",,"), ["A", "", ""]);
        assert_eq!(fields::<3>("A"), ["A", "", ""]);
        assert_eq!(rows::<2>("head,er\na,b\n\nc,d\n").collect::<Vec<_>>(), [["a", "b"], ["c", "d"]]);
    }
}
