//! From a draft to an article: its language, date, headline, boilerplate and tickers.

pub mod ticker;
