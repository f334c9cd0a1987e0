//! Rows of the tables in `data/`, as slices of the text compiled into the program.
//!
//! The `csv` crate copies each field; these tables are ours, keep to a simple form (no quotation mark
//! inside a field, no line break), and so give `&'static str` without a copy. A person's tables are read by the
//! crate (`own`).

/// Returns the rows below the header line, each as `N` fields; missing fields are empty.
pub(super) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    lines(table).map(fields)
}

/// Returns the lines below the header line that hold a row.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip(1).filter(|line| !line.is_empty())
}

/// Returns the rows of a table, sorted below its header as bytes are, whose first two fields are these.
pub(super) fn of<'t>(table: &'t str, first: &str, second: &str) -> impl Iterator<Item = &'t str> + use<'t> {
    let key = [first, ",", second, ","].concat();
    let header = table.find('\n').map_or(table.len(), |end| end + 1);
    let (mut low, mut high) = (header, table.len());
    while low < high {
        let middle = (low + high) / 2;
        let begin = memchr::memrchr(b'\n', &table.as_bytes()[low..middle]).map_or(low, |end| low + end + 1);
        if &table.as_bytes()[begin..high] < key.as_bytes() {
            low = memchr::memchr(b'\n', &table.as_bytes()[middle..high]).map_or(high, |end| middle + end + 1);
        } else {
            high = begin;
        }
    }
    table[low..].lines().take_while(move |line| line.starts_with(&key))
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
    fn rows_of_a_sorted_table_are_found_by_two_fields() {
        let table = "head,er\nA,1,x\nA,1,y\nA,10,z\nB,2,q\n";
        let found = |first, second| of(table, first, second).collect::<Vec<_>>();
        assert_eq!(found("A", "1"), ["A,1,x", "A,1,y"]);
        assert_eq!(found("A", "10"), ["A,10,z"]);
        assert_eq!(found("B", "2"), ["B,2,q"]);
        assert!(found("0", "1").is_empty() && found("A", "2").is_empty() && found("C", "1").is_empty());
        assert_eq!(of("head,er", "A", "1").count() + of("", "A", "1").count(), 0);
    }

    #[test]
    fn commas_in_quotation_marks_do_not_cut() {
        assert_eq!(fields::<3>("A,\"B, Inc.\",C"), ["A", "B, Inc.", "C"]);
        assert_eq!(fields::<3>("\"A\",,"), ["A", "", ""]);
        assert_eq!(fields::<3>("A"), ["A", "", ""]);
        assert_eq!(rows::<2>("head,er\na,b\n\nc,d\n").collect::<Vec<_>>(), [["a", "b"], ["c", "d"]]);
    }
}
