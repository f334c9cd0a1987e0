//! Random queries of every sort, made of words and values of the articles that they are asked of, so that they
//! find something.

use std::collections::BTreeSet;

use telex::analysis::{Token, TokenKind, canonical_numbers, function_word_language};
use telex::article::Article;
use telex::query::{ParseOptions, parse};

use crate::testenv::Random;

/// What random queries are made of.
pub struct Words {
    /// Words of the articles that tell no language.
    words: Vec<String>,
    /// Words that stand side by side somewhere.
    pairs: Vec<(String, String)>,
    /// Filters with values of the articles.
    filters: Vec<String>,
}

impl Words {
    /// Takes the words of texts, and the values of the fields of articles.
    pub fn of<'a>(texts: impl Iterator<Item = &'a Vec<Token>>, articles: impl Iterator<Item = &'a Article>) -> Words {
        let plain = |word: &str| {
            word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase()) && function_word_language(word).is_none()
        };
        let (mut words, mut pairs, mut filters) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for tokens in texts {
            let forms: Vec<&Token> = tokens.iter().filter(|token| token.kind == TokenKind::Word).collect();
            words.extend(forms.iter().map(|token| token.text.clone()).filter(|word| plain(word)));
            for pair in forms.windows(2).filter(|pair| pair.iter().all(|token| plain(&token.text))) {
                pairs.insert((pair[0].text.clone(), pair[1].text.clone()));
            }
            let quantities = tokens.iter().filter(|token| token.kind == TokenKind::Quantity);
            filters.extend(quantities.filter_map(|token| quantity(&token.text)));
        }
        for article in articles {
            let quoted = |name: &str, value: &Option<String>| {
                let value = value.as_ref().filter(|value| !value.contains(['"', '*']))?;
                value.contains(char::is_alphanumeric).then(|| format!("{name}:\"{value}\""))
            };
            filters.extend(quoted("source", &article.source));
            filters.extend(quoted("author", &article.author));
            filters.extend(quoted("section", &article.section));
            filters.extend(quoted("url", &article.url));
            filters.extend(quoted("path", &Some(article.path.clone())));
            filters.extend(article.author.iter().filter_map(|author| {
                let last = author.split(' ').next_back().map(str::to_owned);
                quoted("auteur", &last)
            }));
            filters.extend(article.tickers.iter().flat_map(|mention| {
                [format!("ticker:{}", mention.ticker), format!("exchange:{}", mention.company.mic)]
            }));
            filters.extend(article.tickers.iter().map(|mention| format!("ticker:{}@main", mention.ticker.symbol)));
            filters.extend(article.published.and_then(|published| published.year()).map(|year| format!("date:{year}")));
            filters.insert(format!("type:{}", article.file_type()));
            filters.insert(format!("words:>={}", article.words()));
            filters.insert(format!("words:{{{} TO {}]", article.words() / 2, article.words()));
            filters.insert(format!("story:\"{}\"", article.id));
        }
        filters.retain(|filter| parse(filter, &ParseOptions::default()).is_ok());
        let known = "has:ticker has:author has:source has:section has:url has:date has:amount has:pct has:bp has:copies \
                     lang:fr lang:en currency:eur currency:usd copies:0 copies:>=1 indexed:2025 indexed:2024 bp:<=25 \
                     pct:<0 pct:1..5 pct:>10 amount:>1bn amount:<=500M€ amount:1bn$..10bn$";
        filters.extend(known.split(' ').filter(|piece| !piece.is_empty()).map(str::to_owned));
        filters.insert("amount:{1M€ TO 1bn€}".to_owned());
        Words {
            words: words.into_iter().collect(),
            pairs: pairs.into_iter().collect(),
            filters: filters.into_iter().collect(),
        }
    }

    fn word<'a>(&'a self, random: &mut Random) -> &'a str {
        &self.words[random.below(self.words.len())]
    }

    fn filter<'a>(&'a self, random: &mut Random) -> &'a str {
        // First the field, so that those of few values come as often.
        let names: BTreeSet<&str> = self.filters.iter().filter_map(|filter| filter.split(':').next()).collect();
        let name = names.iter().nth(random.below(names.len())).copied().unwrap_or_default();
        let of_field: Vec<&String> =
            self.filters.iter().filter(|filter| filter.split(':').next() == Some(name)).collect();
        of_field[random.below(of_field.len())]
    }

    /// Returns something that has a place in a text.
    fn placed(&self, random: &mut Random, depth: usize) -> String {
        let word = self.word(random);
        let cut = 2 + random.below(word.len() - 2);
        match random.below(if depth == 0 { 12 } else { 18 }) {
            0..=4 => word.to_owned(),
            5 => format!("={word}"),
            6 | 7 => {
                let (first, second) = &self.pairs[random.below(self.pairs.len())];
                let slop = random.pick(&["", "", "~1", "~3"]);
                format!("\"{first} {second}\"{slop}")
            }
            8 => format!("{}*", &word[..cut.max(2)]),
            9 if word.len() > 4 => match random.below(3) {
                0 => format!("{}?{}", &word[..2], &word[3..]),
                1 => format!("*{}", &word[2..]),
                _ => format!("{}*{}", &word[..2], &word[4..]),
            },
            10 if (5..=20).contains(&word.len()) => format!("{}x~{}", &word[..word.len() - 1], 1 + random.below(2)),
            11 => {
                let other = self.word(random);
                if random.below(2) == 0 {
                    format!("/{word}|{other}/")
                } else {
                    format!("/{}.+{}/", &word[..1], &word[cut..])
                }
            }
            12 | 13 => format!("({} OR {})", self.placed(random, depth - 1), self.placed(random, depth - 1)),
            14 => format!("NOSTEM({word})"),
            15 => random.pick(&["pct:>0", "amount:>1M", "has:pct", "currency:eur"]).to_owned(),
            16 => format!("FIRST/{}({})", 1 + random.below(60), self.placed(random, depth - 1)),
            17 => self.near(random, depth - 1),
            _ => word.to_owned(),
        }
    }

    /// Returns words for the group of a field, in which no other field may stand.
    fn words_alone(&self, random: &mut Random) -> String {
        let (first, second) = (self.placed(random, 0), self.placed(random, 0));
        match random.below(4) {
            0 => format!("{first} OR {second}"),
            1 => format!("{first} NEAR/9 {second}"),
            2 => format!("{first} W/S {second}"),
            _ => first,
        }
    }

    fn near(&self, random: &mut Random, depth: usize) -> String {
        let operator = match random.below(6) {
            0 | 1 => format!("NEAR/{}", 1 + random.below(12)),
            2 | 3 => format!("ADJ/{}", 1 + random.below(12)),
            4 => "W/S".to_owned(),
            _ => "SAME".to_owned(),
        };
        // Two words that do stand near one another, as often as not.
        if random.below(2) == 0 {
            let (first, second) = &self.pairs[random.below(self.pairs.len())];
            return format!("({first} {operator} {second})");
        }
        format!("({} {operator} {})", self.placed(random, depth), self.placed(random, depth))
    }

    /// Returns a query.
    pub fn query(&self, random: &mut Random, depth: usize) -> String {
        match random.below(if depth == 0 { 6 } else { 14 }) {
            0 | 1 => self.placed(random, 1),
            2 => self.near(random, 1),
            3 | 4 => self.filter(random).to_owned(),
            5 => format!("ATLEAST{}({})", 1 + random.below(4), self.placed(random, 1)),
            6 => format!("{}:({})", random.pick(&["title", "lead", "body"]), self.words_alone(random)),
            7 => format!("{}^2", self.word(random)),
            8 => format!("(NOT {})", self.query(random, depth - 1)),
            9 => format!("({} NOT {})", self.query(random, depth - 1), self.query(random, depth - 1)),
            10 | 11 => format!("({} OR {})", self.query(random, depth - 1), self.query(random, depth - 1)),
            12 => format!("({} AND {})", self.query(random, depth - 1), self.query(random, depth - 1)),
            _ => format!("({} {})", self.query(random, depth - 1), self.query(random, depth - 1)),
        }
    }
}

/// Returns a filter for which a quantity's canonical form is a bound.
fn quantity(form: &str) -> Option<String> {
    let value = form.strip_prefix('#')?;
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(value.len());
    // A number that may be read in two ways is refused.
    let (number, unit) = value.split_at(end);
    if number.is_empty() || canonical_numbers(number.trim_start_matches('-')).len() > 1 {
        return None;
    }
    Some(match unit {
        "%" => format!("pct:>={number}"),
        "bp" => format!("bp:{number}"),
        _ => format!("amount:<{value}"),
    })
}
