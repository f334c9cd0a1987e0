//! How many stories the articles of a value tell: its articles, less those that repeat a story of the same
//! value. Only articles that have copies are looked at, which are few.

use rustc_hash::FxHashMap;

use super::values::Values;

/// The articles of stories met while a facet is counted, by value.
#[derive(Default)]
pub(super) struct Copies {
    /// A number for each value, by its key.
    numbers: FxHashMap<Vec<u8>, u32>,
    /// The value and the story of each article.
    told: Vec<(u32, u32)>,
}

impl Copies {
    /// Adds the articles of a segment, each by the group of its value and its story.
    pub fn add(&mut self, values: &Values, told: &[(u32, u32)]) -> tantivy::Result<()> {
        if told.is_empty() {
            return Ok(());
        }
        let mut numbers: Vec<Option<u32>> = vec![None; values.len()];
        told.iter().for_each(|(group, _)| numbers[*group as usize] = Some(0));
        let wanted: Vec<bool> = numbers.iter().map(Option::is_some).collect();
        values.keys(
            |group| wanted[group as usize],
            |group, key| {
                let next = self.numbers.len() as u32;
                numbers[group as usize] = Some(*self.numbers.entry(key.to_vec()).or_insert(next));
            },
        )?;
        self.told.extend(told.iter().filter_map(|(group, story)| Some((numbers[*group as usize]?, *story))));
        Ok(())
    }

    /// Returns, by the key of a value, how many of its articles repeat a story.
    pub fn repeats(mut self) -> FxHashMap<Vec<u8>, u64> {
        self.told.sort_unstable();
        let mut repeats = vec![0; self.numbers.len()];
        for pair in self.told.windows(2).filter(|pair| pair[0] == pair[1]) {
            repeats[pair[0].0 as usize] += 1;
        }
        let numbers = self.numbers.into_iter();
        numbers.map(|(key, number)| (key, repeats[number as usize])).filter(|(_, repeats)| *repeats > 0).collect()
    }
}
