//! Where the lead of a text ends: the opening paragraph, in which a reporter says the most.

/// The least and the most bytes of a lead.
const LENGTH: (usize, usize) = (120, 400);

/// Returns the beginning of a text: its first paragraph, or several if they are short, or the first few
/// lines of a long one.
pub(super) fn lead(text: &str) -> &str {
    if text.len() <= LENGTH.0 {
        return text;
    }
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (least, most) = (boundary(LENGTH.0), boundary(LENGTH.1));
    match text[least..most].find('\n') {
        Some(end) => &text[..least + end],
        // Not in the middle of a word.
        None if most < text.len() => &text[..text[..most].rfind(char::is_whitespace).unwrap_or(most)],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_the_first_paragraph_or_a_few_lines() {
        assert_eq!(lead("Court."), "Court.");
        let first = "mot ".repeat(40);
        assert_eq!(lead(&format!("{first}\nsuite")), first);
        assert_eq!(lead(&format!("Titre\n{first}\nsuite")), format!("Titre\n{first}"));
        let long = "é".repeat(150) + " " + &"mot ".repeat(200);
        assert!(lead(&long).len() <= 400 && lead(&long).ends_with("mot"));
    }
}
