//! How some programs write the values of a record: names as links between notes, a source as an address, a day and its time
//! in two fields.
//!
//! Separate from `record`, which puts values in their places.

/// Returns what a link between notes shows: `[[people/Anne Petit|Anne]]`.
pub(super) fn unlinked(name: String) -> String {
    let Some(target) = name.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) else { return name };
    let shown = target.rsplit_once('|').map(|(_, shown)| shown);
    shown.or_else(|| target.rsplit('/').next()).unwrap_or(target).trim().to_owned()
}

/// Returns the host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| host.contains('.'))
}

/// Returns the dates of a record: a day alone together with a time that another field states alone.
pub(super) fn dated(stated: Vec<String>) -> Vec<String> {
    let is_clock = |text: &String| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits) && text.len() <= 12 && text[digits..].starts_with([':', 'h', 'H'])
    };
    let (clocks, mut dates): (Vec<String>, Vec<String>) = stated.into_iter().partition(is_clock);
    if let (Some(day), Some(clock)) = (dates.first(), clocks.first())
        && day.len() <= 20
        && !day.contains(':')
    {
        dates.insert(0, format!("{day} {clock}"));
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_alone_belongs_to_a_day_alone() {
        for (stated, first) in [
            (&["04/03/2025", "08:15"][..], "04/03/2025 08:15"),
            (&["2025-03-04", "8h15", "x"], "2025-03-04 8h15"),
            (&["2025-03-04T08:00:00Z", "08:15"], "2025-03-04T08:00:00Z"),
            (&["2025-03-04"], "2025-03-04"),
        ] {
            assert_eq!(dated(stated.iter().map(|date| (*date).to_owned()).collect())[0], first, "{stated:?}");
        }
        assert!(dated(vec!["08:15".to_owned()]).is_empty());
    }

    #[test]
    fn addresses_have_hosts() {
        for (url, want) in [
            ("https://www.a.example/1?x", Some("a.example")),
            ("http://a.example:80", Some("a.example")),
            ("https://localhost/", None),
            ("a.example", None),
        ] {
            assert_eq!(host(url), want, "{url}");
        }
    }
}
